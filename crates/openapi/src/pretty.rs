//! JSON as AWS prints documents and the schemas of imported models: an entry a line, spaces around colons, lists in line.

use std::fmt::Write as _;

use serde_json::Value;

pub(crate) fn pretty(value: &Value) -> String {
    let mut out = String::new();
    write(value, 1, &mut out);
    out
}

fn write(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            out.push('{');
            for (index, (name, member)) in members.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                new_line(depth, out);
                let _ = write!(out, "{} : ", Value::from(name.as_str()));
                write(member, depth + 1, out);
            }
            new_line(depth - 1, out);
            out.push('}');
        }
        Value::Array(items) if !items.is_empty() => {
            out.push_str("[ ");
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                write(item, depth, out);
            }
            out.push_str(" ]");
        }
        Value::Object(_) => out.push_str("{ }"),
        Value::Array(_) => out.push_str("[ ]"),
        other => drop(write!(out, "{other}")),
    }
}

fn new_line(depth: usize, out: &mut String) {
    let _ = write!(out, "\n{:indent$}", "", indent = depth * 2);
}
