//! `functions.NAME.endpoint`: a function that another Lambda API runs.

use std::path::PathBuf;

use http::Uri;
use http::uri::Scheme;
use stagedoor_model::Runtime;

use super::FunctionConfig;
use super::tree::{Entry, Node, Value};
use super::written::Reader;

/// What has an effect on a function that runs elsewhere.
const KEYS: [&str; 2] = ["endpoint", "concurrency"];
/// More than any account has.
const MAX_CONCURRENCY: u32 = 100_000;

/// Whether this function runs elsewhere.
pub(super) fn is_remote(entry: &Entry) -> bool {
    matches!(&entry.value.value, Value::Map(keys) if keys.iter().any(|it| it.key == "endpoint"))
}

/// Reads a function that runs elsewhere.
pub(super) fn read(reader: &mut Reader<'_>, entry: &Entry) -> Option<FunctionConfig> {
    let (mut endpoint, mut concurrency) = (None, None);
    for Entry { key, value, .. } in reader.keys(&entry.value, &KEYS) {
        match key.as_str() {
            "endpoint" => endpoint = url(reader, value),
            _ => concurrency = reserved(reader, value),
        }
    }
    Some(FunctionConfig {
        name: entry.key.clone(),
        // Neither is looked at: the other side has its own.
        runtime: Runtime::parse("provided.al2023")?,
        handler: "bootstrap".to_owned(),
        code: PathBuf::new(),
        environment: Vec::new(),
        timeout_seconds: 900,
        memory_mb: 128,
        debug: None,
        layers: Vec::new(),
        sandbox: None,
        concurrency,
        endpoint: Some(endpoint?),
    })
}

/// `concurrency:` of any function.
pub(super) fn reserved(reader: &mut Reader<'_>, node: &Node) -> Option<u32> {
    super::lambda::number(reader, node, 0, MAX_CONCURRENCY)
}

fn url(reader: &mut Reader<'_>, node: &Node) -> Option<String> {
    let text = reader.text(node)?;
    let uri = text.parse::<Uri>().ok().filter(|uri| {
        let http = uri.scheme().is_some_and(|scheme| *scheme == Scheme::HTTP || *scheme == Scheme::HTTPS);
        http && uri.authority().is_some_and(|it| !it.as_str().contains('@')) && uri.query().is_none()
    });
    if uri.is_none() {
        reader.complain(node.place, format!("`{text}` is not the URL of a Lambda API like http://host:4566"));
    }
    uri.map(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::Config;

    fn parse(text: &str) -> Result<Config, String> {
        Config::parse(Path::new("/app/stagedoor.yaml"), text).map_err(|problems| problems.to_string())
    }

    #[test]
    fn a_function_may_run_elsewhere() {
        let text = "functions: {far: {endpoint: 'https://lambda.example.com:8443/x', concurrency: 0}}";
        let function = parse(text).unwrap().functions.remove(0);
        assert_eq!(function.endpoint.as_deref(), Some("https://lambda.example.com:8443/x"));
        assert_eq!(function.concurrency, Some(0));
        assert_eq!(function.folders(), Vec::<std::path::PathBuf>::new());
    }

    #[test]
    fn what_would_have_no_effect_is_a_problem() {
        let table = [
            ("{endpoint: 'ftp://host'}", "is not the URL of a Lambda API"),
            ("{endpoint: host}", "is not the URL of a Lambda API"),
            ("{endpoint: 'http://user@host'}", "is not the URL of a Lambda API"),
            (
                "{endpoint: 'http://host', runtime: python3.13}",
                "unknown key `runtime`; known here: endpoint, concurrency",
            ),
            ("{endpoint: 'http://host', concurrency: -1}", "`-1` is not a whole number from 0 to 100000"),
        ];
        for (function, expected) in table {
            let problem = parse(&format!("functions: {{far: {function}}}")).unwrap_err();
            assert!(problem.contains(expected), "{function}: {problem}");
        }
    }
}
