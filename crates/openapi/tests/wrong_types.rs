//! A document that uses every element, with each of its values replaced by each other type: nothing panics, and what is
//! left out or refused is said with its place.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use serde_json::{Value, json};
use stagedoor_openapi::BasePath;
use support::{How, empty_tree, import_into};

const HOW: How = How { base_path: BasePath::Prepend, ..How::OVERWRITE };
const WHOLE: &str = include_str!("whole.json");

/// Where any value is as good as another, and values that nobody reads.
const FREE: [&str; 11] = [
    "/servers/0/url",
    "/x-amazon-apigateway-policy/",
    "/info/contact/",
    "/info/license/",
    "/externalDocs/",
    "/post/externalDocs/",
    "/tags/1/description",
    "/properties/a",
    "/components/schemas/Pet/",
    "/schema/properties",
    "/schema/type",
];

#[test]
fn the_whole_document_is_imported_without_a_word() {
    let applied = import_into(&mut empty_tree(), WHOLE.as_bytes(), How::OVERWRITE).unwrap();
    assert_eq!(applied.warnings, []);
}

#[test]
fn values_of_wrong_types_are_found() {
    let whole: Value = serde_json::from_str(WHOLE).unwrap();
    let mut pointers = Vec::new();
    collect(&whole, String::new(), &mut pointers);
    let mut silent = Vec::new();
    for pointer in &pointers {
        for wrong in [
            json!(null),
            json!(true),
            json!(7),
            json!("text"),
            json!([]),
            json!([[1]]),
            json!({}),
            json!({"a": []}),
        ] {
            if is_silent(&whole, pointer, &wrong) {
                silent.push(format!("{pointer} = {wrong}"));
            }
        }
    }
    assert!(silent.is_empty(), "{} of {}:\n{}", silent.len(), pointers.len(), silent.join("\n"));
}

/// Whether a wrong type is taken without a finding.
fn is_silent(whole: &Value, pointer: &str, wrong: &Value) -> bool {
    let right = whole.pointer(pointer).unwrap();
    if !is_wrong(right, wrong, pointer) || FREE.iter().any(|free| pointer.contains(free)) {
        return false;
    }
    let mut document = whole.clone();
    *document.pointer_mut(pointer).unwrap() = wrong.clone();
    let text = serde_json::to_string_pretty(&document).unwrap();
    match import_into(&mut empty_tree(), text.as_bytes(), HOW) {
        Ok(applied) => applied.warnings.is_empty(),
        Err(found) => {
            assert!(found.iter().all(|found| found.line > 0 && found.excerpt.is_some()), "{found:?}");
            false
        }
    }
}

/// Scalars are read as texts; a null in a plain element is nothing at all.
fn is_wrong(right: &Value, wrong: &Value, pointer: &str) -> bool {
    let kind = |value: &Value| match value {
        Value::Array(_) => 1,
        Value::Object(_) => 2,
        _ => 0,
    };
    let is_template = pointer.ends_with("Templates/application~1json");
    let is_policy = pointer == "/x-amazon-apigateway-policy";
    if wrong.is_null() {
        // The requirements of the document stand in for an operation's.
        let is_requirement = pointer.ends_with("/security");
        return !is_template
            && !is_requirement
            && ["x-amazon", "/security", "/openapi"].iter().any(|guard| pointer.contains(guard));
    }
    kind(right) != kind(wrong) && !(is_policy && wrong.is_string())
}

fn collect(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let step = key.replace('~', "~0").replace('/', "~1");
                collect(value, format!("{pointer}/{step}"), pointers);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                collect(value, format!("{pointer}/{index}"), pointers);
            }
        }
        _ => {}
    }
    if !pointer.is_empty() {
        pointers.push(pointer);
    }
}
