//! `functions.NAME.debug`: where a function's one process listens for a debugger.
//!
//! In: the written value. Out: a port, or a problem. It must not know debuggers.

use std::collections::HashMap;

use super::tree::{Entry, Node};
use super::written::Reader;
use super::{FunctionConfig, within};

pub(super) fn port(reader: &mut Reader<'_>, node: &Node) -> Option<u16> {
    within(reader, node, 1, u32::from(u16::MAX)).and_then(|port| u16::try_from(port).ok())
}

/// Two processes cannot listen on one port: the second function would wait for ever.
pub(super) fn complain_of_shared_ports(
    reader: &mut Reader<'_>,
    entries: &[Entry],
    functions: &[FunctionConfig],
) {
    let mut taken: HashMap<u16, &str> = HashMap::new();
    for function in functions {
        let Some(port) = function.debug else { continue };
        let Some(other) = taken.insert(port, &function.name) else { continue };
        if let Some(entry) = entries.iter().find(|entry| entry.key == function.name) {
            reader.complain(
                entry.place,
                format!("the debug port {port} is that of function `{other}` already"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::Config;

    #[test]
    fn ports_are_checked() {
        let file = |a: &str, b: &str| {
            let function = |debug: &str| format!("{{runtime: provided.al2023, code: ., debug: {debug}}}");
            format!("functions:\n  a: {}\n  b: {}\n", function(a), function(b))
        };
        let cases = [
            (file("9229", "9230"), None),
            (file("0", "9230"), Some("0 is not between 1 and 65535")),
            (file("65536", "9230"), Some("65536 is not between 1 and 65535")),
            (file("x", "9230"), Some("`x` is not a number")),
            (file("9229", "9229"), Some(":3:3: the debug port 9229 is that of function `a` already")),
        ];
        for (text, problem) in cases {
            let read = Config::parse(Path::new("/tmp/stagedoor.yaml"), &text);
            match (read, problem) {
                (Ok(config), None) => assert_eq!(config.functions[0].debug, Some(9229)),
                (Err(problems), Some(told)) => assert!(problems.to_string().contains(told), "{problems}"),
                (read, _) => panic!("{text}: {read:?}"),
            }
        }
    }
}
