//! A template of any bytes is refused with a place, or renders within its limits.

use std::fs;

use stagedoor_vtl::{Host, Key, Kind, Limits, List, Map, Options, Template, Value};

/// Templates over every construct.
const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/vtl/tests/differential/cases");
const OUTPUT: usize = 1 << 20;

/// Parses a template in both dialects and renders it twice.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for options in [Options::default(), api_gateway()] {
        match Template::parse(&text, &options) {
            Ok(template) => check(&template),
            Err(error) => assert!(error.line > 0 && error.column > 0, "{error} has no place"),
        }
    }
}

fn check(template: &Template) {
    let limits = Limits { fuel: 100_000, depth: 30, output: OUTPUT, memory: 16 << 20, ..Limits::default() };
    let first = template.render(&mut Variables, &limits);
    match &first {
        Ok(text) => assert!(text.len() <= OUTPUT, "{} bytes", text.len()),
        Err(error) => assert!(error.line > 0 && error.column > 0, "{error} has no place"),
    }
    if let Some(text) = template.as_static() {
        assert_eq!(first.as_deref(), Ok(text), "the static text is another one");
    }
    assert_eq!(first, template.render(&mut Variables, &limits), "a rendering changed the template");
}

fn api_gateway() -> Options {
    Options { missing_is_empty: true, max_loops: 1000, ..Options::default() }
}

struct Variables;

impl Host for Variables {
    fn variable(&mut self, name: &str) -> Option<Value> {
        Some(match name {
            "s" | "csv" | "uni" | "regex" => Value::from("Hello, Wörld 🎉"),
            "i" | "idx" | "zero" => Value::Int(1),
            "big" => Value::Int(i32::MAX),
            "maxlong" => Value::Long(i64::MAX),
            "d" => Value::Double(2.5),
            "t" => Value::Bool(true),
            "f" => Value::Bool(false),
            "nil" => Value::Null,
            "list" | "items" | "mixed" => list(vec![Value::from("x"), Value::Int(2), list(Vec::new())]),
            "nums" => Value::List(List::new(Kind::Json, vec![Value::Int(3), Value::Int(1)])),
            "map" => Value::Map(Map::new(
                [("foo", Value::from("bar")), ("nested", list(vec![Value::Null]))]
                    .into_iter()
                    .map(|(name, value)| (Key(Value::from(name)), value))
                    .collect(),
            )),
            _ => return None,
        })
    }
}

fn list(items: Vec<Value>) -> Value {
    Value::list(items)
}

/// The hand-made cases.
pub fn corpus() -> Vec<Vec<u8>> {
    let files = fs::read_dir(CASES).expect("the cases are there");
    files
        .flatten()
        .flat_map(|file| {
            let text = fs::read_to_string(file.path()).expect("a file of cases is UTF-8");
            let parts: Vec<Vec<u8>> = text
                .split("===\n")
                .filter_map(|case| case.split_once("\n----------\n"))
                .map(|(template, _)| template.as_bytes().to_vec())
                .collect();
            parts
        })
        .collect()
}
