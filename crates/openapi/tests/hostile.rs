//! Documents made to hurt: they end with findings or an API, soon, and never with a panic.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::time::{Duration, Instant};

use stagedoor_base::Entropy;
use support::{How, empty_tree, import_into};

const HEADER: &str = "swagger: '2.0'\ninfo: {title: t, version: '1'}\n";
/// A stack as small as those of the threads that import.
const STACK: usize = 2 * 1024 * 1024;

/// Imports on a thread of its own; returns the first finding, and how long it took.
fn import(document: Vec<u8>) -> (String, Duration) {
    let work = move || {
        let start = Instant::now();
        let found = match import_into(&mut empty_tree(), &document, How::OVERWRITE) {
            Ok(_) => "imported".to_owned(),
            Err(found) => found[0].to_string(),
        };
        (found, start.elapsed())
    };
    std::thread::Builder::new().stack_size(STACK).spawn(work).unwrap().join().unwrap()
}

fn check(document: impl Into<Vec<u8>>, expected: &str) {
    let (found, took) = import(document.into());
    assert!(found.contains(expected), "{found:.300}");
    assert!(took < Duration::from_secs(60), "{expected} took {took:?}");
}

#[test]
fn aliases_cannot_grow_without_bound() {
    let laughs = (1..40).fold("a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned(), |text, level| {
        let before = format!("*a{},", level - 1).repeat(9);
        text + &format!("a{level}: &a{level} [{before}]\n")
    });
    check(laughs, "too many values, aliases expanded");
    let merges = (1..60).fold("a0: &a0 {k0: 1}\n".to_owned(), |text, level| {
        text + &format!("a{level}: &a{level} {{<<: [*a{0}, *a{0}], x: *a{0}, y: *a{0}}}\n", level - 1)
    });
    check(merges, "");
}

#[test]
fn nesting_has_a_bound() {
    check("[".repeat(100_000), "recursion limit exceeded");
    check("{\"a\":".repeat(100_000), "nested deeper than 100 levels");
    check("- ".repeat(100_000), "nested deeper than 100 levels");
    check("? ".repeat(100_000), "");
    check("{".repeat(100_000), "");
    check("{a: ".repeat(100_000), "");
    check("&a".repeat(100_000), "");
    check(format!("{HEADER}x:\n{}", " ".repeat(2_000_000)), "");
}

/// The deepest schemas that are read, each referring into the middle of the one before.
#[test]
fn deep_schemas_that_refer_into_each_other_fit_the_stack() {
    let depth = 45;
    let mut text = format!("{HEADER}paths: {{}}\ndefinitions:\n");
    for index in 0..6 {
        let inner = match index {
            0 => "{type: string}".to_owned(),
            _ => format!("{{$ref: '#/definitions/S{}/properties/p'}}", index - 1),
        };
        let open = "{properties: {p: ".repeat(depth);
        let schema = format!("{open}{inner}{}", "}}".repeat(depth));
        text.push_str(&format!("  S{index}: {schema}\n"));
    }
    check(text, "lead too far");
}

/// References that double at each level.
#[test]
fn references_that_fan_out_have_a_bound() {
    let mut text = format!("{HEADER}paths: {{}}\ndefinitions:\n");
    let members: Vec<String> =
        (0..200).map(|index| format!("m{index}: {{$ref: '#/definitions/A/properties/x'}}")).collect();
    text.push_str(&format!("  A: {{properties: {{x: {{properties: {{{}}}}}}}}}\n", members.join(", ")));
    check(text, "lead too far");
}

#[test]
fn large_documents_are_read_in_time_and_larger_ones_are_refused() {
    check(format!("{HEADER}x: \"{}\"", "\\n".repeat(25_000_000)), "larger than 33554432 bytes");
    check(format!("{HEADER}x: \"{}\"", "\\n".repeat(1_000_000)), "imported");
    let list =
        format!("{{\"swagger\":\"2.0\",\"info\":{{\"title\":\"t\"}},\"x\":[{}0]}}", "0,".repeat(900_000));
    check(list, "imported");
    check(format!("{HEADER}x:\n{}", "- 0\n".repeat(1_000_000)), "too many values");
}

#[test]
fn many_elements_are_counted() {
    let paths: String = (0..20_000).map(|index| format!("  /p{index}: {{}}\n")).collect();
    check(format!("{HEADER}paths:\n{paths}"), "Maximum number of Resources");
    let keys: String = (0..50_000).map(|index| format!("  k{index}: v\n")).collect();
    check(format!("{HEADER}x:\n{keys}"), "imported");
    let wrong: String = (0..20_000).map(|index| format!("  D{index}: wrong\n")).collect();
    check(format!("{HEADER}definitions:\n{wrong}"), "imported");
    let dangling: String = (0..20_000).map(|index| format!("  D{index}: {{$ref: '#/gone'}}\n")).collect();
    check(format!("{HEADER}definitions:\n{dangling}"), "names no schema");
    let operation =
        |inside: String| format!("{HEADER}paths:\n  /a:\n    get:\n      responses: {{}}\n{inside}");
    let parameters: String =
        (0..20_000).map(|index| format!("      - {{name: p{index}, in: query}}\n")).collect();
    check(operation(format!("      parameters:\n{parameters}")), "imported");
    let types: String = (0..20_000).map(|index| format!("- a/b{index}\n")).collect();
    check(format!("{HEADER}x-amazon-apigateway-binary-media-types:\n{types}"), "imported");
}

#[test]
fn values_are_counted() {
    let values = "0,".repeat(1_100_000);
    check(format!("{{\"swagger\": \"2.0\", \"x\": [{values}0]}}"), "too many values");
}

/// However much is left out with a warning, what guards calls is never left out.
#[test]
fn guards_count_behind_any_number_of_warnings() {
    let odd: String = (0..2000).map(|index| format!("      odd{index}: 1\n")).collect();
    let document = format!(
        "{HEADER}paths:\n  /a:\n    get:\n{odd}      responses: {{}}\n  /b:\n    get:\n      responses: {{}}\n      \
         security: {{sec: []}}\nsecurityDefinitions:\n  sec: {{type: apiKey, name: Authorization, in: header, \
         x-amazon-apigateway-authtype: awsSigv4}}\n"
    );
    check(document, "(get).security is not of type `array`");
}

/// What one schema may bring by references into the middle of others, all of them may together.
#[test]
fn copies_of_parts_of_schemas_are_counted_together() {
    let part: String = (0..4000).map(|index| format!("          p{index}: {{}}\n")).collect();
    let copies: String =
        (0..50).map(|index| format!("  C{index}: {{$ref: '#/definitions/A/properties/x'}}\n")).collect();
    let document =
        format!("{HEADER}definitions:\n  A:\n    properties:\n      x:\n        properties:\n{part}{copies}");
    check(document, "lead too far");
}

#[test]
fn odd_texts_are_refused() {
    check("%YAML 1.2\n%TAG ! tag:x\n---\n!!binary x", "the tag `!!binary` is not supported");
    check("\u{0}\u{1}".repeat(1000), "UTF-16");
    check("a\u{0}b: 1", "");
    check(vec![0x80; 100], "not UTF-8");
    check(b"\xff\xfe{\x00}\x00".to_vec(), "UTF-16");
    check("{\"swagger\": \"\\ud800\"}", "invalid escape");
    check("\"\\", "");
    check("{\"a\": 1e", "invalid number");
    // No JSON, but YAML, where it is a text.
    check("{\"a\": --1}", "neither `swagger` nor `openapi` is given");
    check("\u{feff}\u{feff}{}", "");
    check("\r\r\r", "");
}

/// Damaged documents give findings or APIs, never a panic.
#[test]
fn damaged_documents_do_not_panic() {
    let mut entropy = Entropy::new([9; 4]);
    let mut below = |bound: usize| usize::try_from(entropy.next_u64() % bound as u64).unwrap();
    let pieces: Vec<char> = "{}[]:,-&*?|>'\"#%@!~ \n\t\\\u{e9}0aA$".chars().collect();
    for _ in 0..1000 {
        let mut text: Vec<char> = include_str!("whole.json").chars().collect();
        for _ in 0..=below(4) {
            let (from, length) = (below(text.len()), below(12));
            let to = (from + length).min(text.len());
            let with: Vec<char> = (0..below(3)).map(|_| pieces[below(pieces.len())]).collect();
            text.splice(from..to, with);
        }
        let text: String = text.into_iter().collect();
        let _ = import_into(&mut empty_tree(), text.as_bytes(), How::OVERWRITE);
    }
}
