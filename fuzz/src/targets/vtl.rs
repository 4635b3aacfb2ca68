//! A template of any bytes is refused with a place, or renders within its limits.

use std::fs;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use stagedoor_vtl::{
    Exceeded, Host, Key, Kind, Limits, List, Map, Options, Problem, RenderError, Template, Value,
};

/// Templates over every construct.
const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/vtl/tests/differential/cases");
const OUTPUT: usize = 1 << 20;
/// Of one rendering; the driver allows four of them several times as much.
const LONGEST: Duration = Duration::from_secs(2);

/// Parses a template in both dialects and renders it twice.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for options in [Options::default(), Options::api_gateway()] {
        match Template::parse(&text, &options) {
            Ok(template) => check(&template),
            Err(error) => assert!(error.line > 0 && error.column > 0, "{error} has no place"),
        }
    }
}

fn check(template: &Template) {
    let limits = Limits { fuel: 100_000, depth: 30, output: OUTPUT, memory: 16 << 20, time: LONGEST, clock };
    let first = template.render(&mut Variables, &limits);
    match &first {
        Ok(text) => assert!(text.len() <= OUTPUT, "{} bytes", text.len()),
        Err(error) => assert!(error.line > 0 && error.column > 0, "{error} has no place"),
    }
    if let Some(text) = template.as_static() {
        assert_eq!(first.as_deref(), Ok(text), "the static text is another one");
    }
    let second = template.render(&mut Variables, &limits);
    // When the time is over is the machine's business.
    if ![&first, &second].into_iter().any(ran_out_of_time) {
        assert_eq!(first, second, "a rendering changed the template");
    }
}

/// The time of the process: what takes long in single steps is only ended by a clock.
fn clock() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

fn ran_out_of_time(rendered: &Result<String, RenderError>) -> bool {
    matches!(rendered, Err(RenderError { problem: Problem::Exceeded(Exceeded::Time), .. }))
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
