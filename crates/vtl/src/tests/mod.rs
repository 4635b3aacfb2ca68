//! The engine as its embedders see it: errors, limits, hosts. What templates mean is proved beside Velocity itself, in
//! `tests/differential`.

mod errors;
mod hosts;
mod limits;

use crate::{Host, Limits, Options, Template, Value};

/// Variables by name.
struct Variables(Vec<(&'static str, Value)>);

impl Host for Variables {
    fn variable(&mut self, name: &str) -> Option<Value> {
        self.0.iter().find(|(own, _)| *own == name).map(|(_, value)| value.clone())
    }
}

fn parsed(template: &str) -> Template {
    Template::parse(template, &Options::default()).unwrap_or_else(|error| panic!("{template}: {error}"))
}

fn rendered(template: &str) -> Result<String, String> {
    let limits = Limits { fuel: 200_000, memory: 4 << 20, output: 1 << 20, ..Limits::default() };
    parsed(template).render(&mut (), &limits).map_err(|error| error.to_string())
}
