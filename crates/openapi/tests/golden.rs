//! Documents and what they become, a behaviour in each file of `golden/`.
//!
//! A file is a document, a line of ten hyphens, and the result: the API, or the findings as a person sees them. A line of
//! ten equals signs stands between documents that are applied one after the other. The first line may hold options:
//! `# merge`, `# basepath=split`, `# ignore=documentation`, `# templates=unchecked`; they count for the last document. `UPDATE_GOLDEN=1` writes the
//! results anew.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use stagedoor_model::ApiTree;
use stagedoor_openapi::{BasePath, Mode};
use support::{How, empty_tree, import_into};

const RESULT: &str = "\n----------\n";
const NEXT: &str = "\n==========\n";

#[test]
fn documents_become_what_their_files_say() {
    let mut failures = Vec::new();
    let files = files();
    assert!(files.len() >= 60, "{} files", files.len());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let (input, expected) = text.split_once(RESULT).unwrap_or((text.trim_end_matches('\n'), ""));
        let actual = result(input);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&file, format!("{input}{RESULT}{actual}")).unwrap();
        } else if actual != expected {
            failures.push(format!("{}:\n--- expected\n{expected}--- actual\n{actual}", file.display()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn options(input: &str) -> How {
    let line = input.lines().next().unwrap_or_default();
    let words = line.strip_prefix("# ").unwrap_or_default().split(' ');
    let mut how = How::OVERWRITE;
    for word in words {
        match word {
            "merge" => how.mode = Mode::Merge,
            "basepath=prepend" => how.base_path = BasePath::Prepend,
            "basepath=split" => how.base_path = BasePath::Split,
            "templates=unchecked" => how.check_templates = false,
            "ignore=documentation" => how.ignore_documentation = true,
            _ => {}
        }
    }
    how
}

fn result(input: &str) -> String {
    let mut tree = empty_tree();
    let mut documents: Vec<&str> = input.split(NEXT).collect();
    let last = documents.pop().unwrap();
    for document in documents {
        import_into(&mut tree, document.as_bytes(), How::OVERWRITE).unwrap();
    }
    match import_into(&mut tree, &bytes(last), options(last)) {
        Ok(_) => shown(&tree),
        Err(found) => found.iter().fold(String::new(), |text, found| format!("{text}{found:#}\n")),
    }
}

/// Characters that editors would spoil are written as `\u{…}` escapes in files whose first line says so.
fn bytes(document: &str) -> Vec<u8> {
    let Some(escaped) = document.strip_prefix("# escaped\n") else { return document.as_bytes().to_vec() };
    let mut bytes = Vec::new();
    let mut rest = escaped;
    while let Some((before, after)) = rest.split_once("\\x") {
        bytes.extend(before.bytes());
        bytes.push(u8::from_str_radix(&after[..2], 16).unwrap());
        rest = &after[2..];
    }
    bytes.extend(rest.bytes());
    bytes
}

/// An API without what every API has: fields with their defaults are left out, resources are called by their paths.
fn shown(tree: &ApiTree) -> String {
    let mut out = String::new();
    let mut api = serde_json::to_value(&tree.api).unwrap();
    let warnings = api["warnings"].take();
    for (name, default) in [
        ("id", json!("abcde12345")),
        ("created", json!(0)),
        ("api_key_source", json!("HEADER")),
        ("endpoint", json!({"endpoint_type": "EDGE", "ip_address_type": "ipv4", "vpc_endpoint_ids": []})),
        ("root_resource_id", json!("rootrootro")),
        ("security_policy", json!("TLS_1_0")),
    ] {
        drop_default(&mut api, name, &default);
    }
    for warning in warnings.as_array().unwrap() {
        let _ = writeln!(out, "warning: {}", warning.as_str().unwrap());
    }
    entity(&mut out, "api", api);
    named(&mut out, "model", &serde_json::to_value(&tree.models).unwrap(), "name");
    named(&mut out, "validator", &serde_json::to_value(&tree.validators).unwrap(), "name");
    named(&mut out, "authorizer", &serde_json::to_value(&tree.authorizers).unwrap(), "name");
    named(
        &mut out,
        "gateway response",
        &serde_json::to_value(&tree.gateway_responses).unwrap(),
        "response_type",
    );
    let mut resources: Vec<_> = tree.resources.values().collect();
    resources.sort_by(|one, other| one.path.cmp(&other.path));
    for resource in resources {
        if resource.methods.is_empty() {
            let _ = writeln!(out, "{}", resource.path);
        }
        for (verb, given) in &resource.methods {
            let mut method = serde_json::to_value(given).unwrap();
            method_defaults(&mut method, resource.id.as_str());
            entity(&mut out, &format!("{} {verb}", resource.path), method);
        }
    }
    let mut parts: Vec<_> = tree.documentation_parts.values().collect();
    parts.sort_by(|one, other| one.location.cmp(&other.location));
    for part in parts {
        let _ = writeln!(out, "documentation {}: {}", part.location, part.properties);
    }
    out
}

fn method_defaults(method: &mut Value, resource: &str) {
    method.as_object_mut().unwrap().remove("http_method");
    drop_default(method, "authorization_type", &json!("NONE"));
    drop_default(method, "sequence", &json!(0));
    let responses = method["responses"].as_object_mut().unwrap();
    responses.values_mut().for_each(|response| drop(response.as_object_mut().unwrap().remove("status")));
    let Some(integration) = method["integration"].as_object_mut() else { return };
    for (_, response) in integration["responses"].as_object_mut().unwrap() {
        response.as_object_mut().unwrap().remove("status");
    }
    for (name, default) in [
        ("connection_type", json!("INTERNET")),
        ("passthrough_behavior", json!("WHEN_NO_MATCH")),
        ("timeout_millis", json!(29000)),
        ("cache_namespace", json!(resource)),
        ("transfer_mode", json!("BUFFERED")),
    ] {
        drop_default(&mut method["integration"], name, &default);
    }
}

fn drop_default(value: &mut Value, name: &str, default: &Value) {
    if value[name] == *default {
        value.as_object_mut().unwrap().remove(name);
    }
}

/// Entities by their names, whatever their ids are.
fn named(out: &mut String, kind: &str, entities: &Value, name: &str) {
    let mut shown: Vec<(String, Value)> = Vec::new();
    for given in entities.as_object().unwrap().values() {
        let mut value = given.clone();
        let fields = value.as_object_mut().unwrap();
        fields.remove("id");
        let title = fields.remove(name).unwrap();
        drop_default(&mut value, "content_type", &json!("application/json"));
        shown.push((format!("{kind} {}", title.as_str().unwrap()), value));
    }
    shown.sort_by(|one, other| one.0.cmp(&other.0));
    shown.into_iter().for_each(|(title, value)| entity(out, &title, value));
}

fn entity(out: &mut String, title: &str, value: Value) {
    let _ = writeln!(out, "{title}");
    let Value::Object(fields) = value else { panic!("{title} is no object") };
    write_fields(out, fields, 1);
}

fn write_fields(out: &mut String, fields: Map<String, Value>, depth: usize) {
    let indent = "  ".repeat(depth);
    for (name, value) in fields {
        match value {
            Value::Null => {}
            Value::Bool(false) if depth == 1 => {}
            Value::Array(items) if items.is_empty() => {}
            Value::Object(inner) if inner.is_empty() => {}
            Value::Object(inner) => {
                let _ = writeln!(out, "{indent}{name}:");
                write_fields(out, inner, depth + 1);
            }
            Value::String(text) if text.contains('\n') => {
                let _ = writeln!(out, "{indent}{name}:");
                for line in text.lines() {
                    let _ = writeln!(out, "{indent}  {line}");
                }
            }
            other => {
                let _ = writeln!(out, "{indent}{name}: {other}");
            }
        }
    }
}
