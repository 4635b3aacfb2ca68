//! How long reading a body and following paths in it takes: `cargo run --release -p stagedoor-json --example speed`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use stagedoor_json::{Path, parse, to_json_text};

const ROUNDS: usize = 9;
const CALLS: u32 = 20_000;

fn main() {
    let body = body();
    println!("a body of {} bytes, the median of {ROUNDS} rounds of {CALLS} calls:", body.len());
    let Ok(value) = parse(&body) else { return println!("the body is no JSON") };
    let paths = |texts: &[String]| texts.iter().filter_map(|text| Path::parse(text).ok()).collect::<Vec<_>>();
    let definite: Vec<_> = (0..10).map(|at| format!("$.items[{at}].address.city")).collect();
    let filter = paths(&["$.items[?(@.price > 20 && @.tags[0] == 'b')].name".to_owned()]);
    let scan = paths(&["$..city".to_owned()]);
    let ten = paths(&definite);
    report("parse", || drop(black_box(parse(&body))));
    report("ten definite paths", || follow(&ten, &value));
    report("one filter", || follow(&filter, &value));
    report("one scan", || follow(&scan, &value));
    report("print", || drop(black_box(to_json_text(&value))));
    report("parse ten paths", || drop(black_box(paths(&definite))));
}

fn follow(paths: &[Path], value: &stagedoor_json::Value) {
    for path in paths {
        drop(black_box(path.find(black_box(value))));
    }
}

fn report(what: &str, call: impl Fn()) {
    let mut rounds: Vec<Duration> = (0..ROUNDS).map(|_| round(&call)).collect();
    rounds.sort();
    println!("{what:>20}: {:>7.2} µs", rounds[ROUNDS / 2].as_secs_f64() * 1e6 / f64::from(CALLS));
}

fn round(call: &impl Fn()) -> Duration {
    let start = Instant::now();
    (0..CALLS).for_each(|_| call());
    start.elapsed()
}

/// About two kilobytes.
fn body() -> String {
    let item = |at: usize| {
        format!(
            r#"{{"id":{at},"name":"item number {at}","price":1{at}.50,"tags":["{}","new"],"sold":false,"address":{{"street":"Long Street {at}","city":"Town \u00e9{at}","zip":"0{at}000"}}}}"#,
            if at.is_multiple_of(2) { "a" } else { "b" }
        )
    };
    let items: Vec<_> = (0..12).map(item).collect();
    format!(r#"{{"order":"o-1","items":[{}],"total":1234.00}}"#, items.join(","))
}
