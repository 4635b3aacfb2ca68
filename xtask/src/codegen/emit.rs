//! Structs of requests and responses with the code that decodes and encodes them.

use std::fmt::Write as _;

use super::constraints;
use super::model::{Kind, Location, Member, Model, Operation, Service};
use super::names::field;

/// Maps whose values may be `null`: templates.
const NULLABLE_VALUES: [(&str, &str); 4] = [
    ("PutIntegrationRequest", "requestTemplates"),
    ("PutIntegrationResponseRequest", "responseTemplates"),
    ("Integration", "requestTemplates"),
    ("IntegrationResponse", "responseTemplates"),
];
const DERIVES: &str = "#[derive(Debug, Clone, Default, PartialEq)]";

/// `requests.rs`: one struct per operation that takes one.
pub(super) fn requests(service: &Service, model: &Model) -> String {
    let mut text = "//! Requests, made by `cargo xtask codegen`; do not edit.\n\n\
        #[allow(unused_imports)]\nuse super::{Op, constraints, shapes};\n\
        use crate::decode::Mismatch;\nuse crate::request::{Reader, Request};\nuse crate::Operation;\n\
        #[allow(unused_imports)]\nuse crate::Map;\n\n"
        .to_owned();
    for operation in &model.operations {
        let Some(input) = &operation.input else { continue };
        let _ = writeln!(text, "/// What `{}` takes.", operation.name);
        text += &structure(model, input, "shapes::");
        text += &reader(service, model, operation, input);
    }
    text
}

/// `shapes.rs`: what requests and responses consist of, and the responses.
pub(super) fn shapes(model: &Model) -> String {
    let inputs = || model.operations.iter().filter_map(|operation| operation.input.as_ref());
    let outputs = || model.operations.iter().filter_map(|operation| operation.output.as_ref());
    let (decoded, encoded) = (model.structures(inputs()), model.structures(outputs()));
    let mut body = String::new();
    for name in decoded.union(&encoded) {
        if inputs().any(|input| input == name) {
            continue;
        }
        let _ = writeln!(body, "/// `{name}` of the service model.");
        body += &structure(model, name, "");
        if decoded.contains(name) {
            body += &decoder(model, name);
        }
        if encoded.contains(name) {
            body += &encoder(model, name);
        }
        if let Some(operation) = model.operations.iter().find(|it| it.output.as_ref() == Some(name)) {
            body += &if model.is_query { result(model, operation, name) } else { response(model, name) };
        }
    }
    let namespace = if model.is_query { "use super::NAMESPACE;\n" } else { "" };
    "//! Shapes and responses, made by `cargo xtask codegen`; do not edit.\n\n".to_owned()
        + namespace
        + "#[allow(unused_imports)]\nuse super::constraints;\n\
        #[allow(unused_imports)]\nuse crate::decode::{Context, FromJson, Item, Members, Mismatch};\n\
        use crate::encode::{Element, Encode, Object, Reply, ToJson};\n\
        #[allow(unused_imports)]\nuse crate::{Map, Time};\n\
        #[allow(unused_imports)]\nuse serde_json::Value;\n\n"
        + &body
}

fn structure(model: &Model, name: &str, path: &str) -> String {
    let mut text = format!("{DERIVES}\npub struct {name} {{\n");
    for member in model.members(name) {
        let plain = if NULLABLE_VALUES.contains(&(name, &member.name)) {
            "Map<Option<String>>".to_owned()
        } else {
            rust_type(model, &member.shape, path)
        };
        let is_raw = is_payload(model, name, member);
        let plain = if member.required || is_raw { plain } else { format!("Option<{plain}>") };
        let _ = writeln!(text, "pub {}: {plain},", field(&member.name));
    }
    text + "}\n\n"
}

fn rust_type(model: &Model, shape: &str, path: &str) -> String {
    match &model.shapes[shape].kind {
        Kind::Structure(_) => format!("{path}{shape}"),
        Kind::List(item) => format!("Vec<{}>", rust_type(model, item, path)),
        Kind::Map { value, .. } => format!("Map<{}>", rust_type(model, value, path)),
        Kind::String => "String".to_owned(),
        Kind::Integer => "i32".to_owned(),
        Kind::Long => "i64".to_owned(),
        Kind::Double => "f64".to_owned(),
        Kind::Boolean => "bool".to_owned(),
        Kind::Timestamp { .. } => "crate::Time".to_owned(),
        Kind::Blob => "Vec<u8>".to_owned(),
    }
}

fn is_payload(model: &Model, structure: &str, member: &Member) -> bool {
    model.shapes[structure].payload.as_ref() == Some(&member.name)
}

/// How a request is read: members of the body first, because their sentences come first.
fn reader(service: &Service, model: &Model, operation: &Operation, input: &str) -> String {
    let mut members: Vec<&Member> = model.members(input).iter().collect();
    members.sort_by_key(|member| member.location != Location::Body);
    let fields: Vec<String> = members
        .iter()
        .map(|member| format!("{}: {}", field(&member.name), taken(model, operation, input, member)))
        .collect();
    let raw = if model.shapes[input].payload.is_some() { "const RAW_BODY: bool = true;\n" } else { "" };
    let reader = if fields.is_empty() { "_" } else { "reader" };
    format!(
        "impl Request for {input} {{\n\
         const OPERATION: Operation = Operation::{}(Op::{});\n{raw}\n\
         fn read({reader}: &mut Reader<'_>) -> Result<Self, Mismatch> {{ Ok(Self {{ {} }}) }}\n}}\n\n",
        service.variant,
        operation.name,
        fields.join(", ")
    )
}

fn taken(model: &Model, operation: &Operation, input: &str, member: &Member) -> String {
    if is_payload(model, input, member) {
        return "reader.payload()".to_owned();
    }
    let Member { name, wire_name, .. } = member;
    let checks = checks(model, &member.shape);
    match member.location {
        Location::Body => format!("reader.{}({wire_name:?}, {checks})?", body_call(member)),
        Location::Uri => format!("reader.label({wire_name:?}, {name:?}, {checks})?"),
        Location::Query if member.required => {
            format!("reader.query_needed({wire_name:?}, {name:?}, {checks})?")
        }
        Location::Query => format!("reader.query({wire_name:?}, {name:?}, {checks})?"),
        Location::QueryRest => format!("reader.query_rest(&{:?})", bound(model, operation, input)),
        Location::Header | Location::Status => format!("reader.header({wire_name:?}, {name:?}, {checks})?"),
    }
}

/// Parameters of the query that have a meaning of their own.
fn bound(model: &Model, operation: &Operation, input: &str) -> Vec<String> {
    let fixed = operation.uri.split_once('?').and_then(|(_, query)| query.split_once('='));
    let members = model.members(input).iter().filter(|member| member.location == Location::Query);
    members.map(|member| member.wire_name.clone()).chain(fixed.map(|(name, _)| name.to_owned())).collect()
}

fn body_call(member: &Member) -> &'static str {
    if member.required { "need" } else { "get" }
}

fn checks(model: &Model, shape: &str) -> String {
    constraints::of(model, shape).map_or_else(|| "&[]".to_owned(), |name| format!("constraints::{name}"))
}

fn decoder(model: &Model, name: &str) -> String {
    let fields: Vec<String> = model
        .members(name)
        .iter()
        .map(|member| {
            let checks = checks(model, &member.shape);
            format!(
                "{}: members.{}({:?}, {checks})?",
                field(&member.name),
                body_call(member),
                member.wire_name
            )
        })
        .collect();
    let members = if fields.is_empty() { "_" } else { "mut members" };
    format!(
        "impl Item for {name} {{}}\n\
         impl FromJson for {name} {{\n\
         fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {{\n\
         let {members} = Members::of(value, context)?;\n\
         Ok(Self {{ {} }})\n}}\n}}\n\n",
        fields.join(", ")
    )
}

fn encoder(model: &Model, name: &str) -> String {
    let mut puts = String::new();
    for member in model.members(name).iter().filter(|member| member.location == Location::Body) {
        if is_payload(model, name, member) {
            return String::new();
        }
        let iso = matches!(model.shapes[&member.shape].kind, Kind::Timestamp { iso: true });
        let (call, borrow) = if iso { ("put_iso", "") } else { ("put", "&") };
        let _ =
            writeln!(puts, "object.{call}({:?}, {borrow}self.{});", member.wire_name, field(&member.name));
    }
    let object = if puts.is_empty() { "object" } else { "mut object" };
    format!(
        "impl Element for {name} {{}}\n\
         impl ToJson for {name} {{\n\
         fn write(&self, out: &mut Vec<u8>) {{ let {object} = Object::open(out); {puts} object.close(); }}\n\
         }}\n\n"
    )
}

/// A response inside the element that is named after its operation; several operations may share a shape, but not in the
/// query protocol.
fn result(model: &Model, operation: &Operation, name: &str) -> String {
    let sharing = model.operations.iter().filter(|it| it.output.as_deref() == Some(name)).count();
    assert_eq!(sharing, 1, "{name} is the output of several operations");
    format!(
        "impl Encode for {name} {{\n\
         fn encode(&self, status: u16) -> Reply {{ crate::query::result(status, NAMESPACE, {:?}, self) }}\n}}\n\n",
        operation.name
    )
}

fn response(model: &Model, name: &str) -> String {
    let members = model.members(name);
    let payload = members.iter().find(|member| is_payload(model, name, member));
    let mut reply = payload.map_or_else(
        || "Reply::json(status, self)".to_owned(),
        |member| format!("Reply::raw(status, &self.{})", field(&member.name)),
    );
    let mut status = String::new();
    for member in members {
        match member.location {
            Location::Header => {
                let _ = write!(
                    reply,
                    ".with_header({:?}, self.{}.as_ref())",
                    member.wire_name,
                    field(&member.name)
                );
            }
            Location::Status => {
                status = format!("let status = crate::encode::status(self.{}, status);", field(&member.name));
            }
            _ => {}
        }
    }
    format!(
        "impl Encode for {name} {{\nfn encode(&self, status: u16) -> Reply {{ {status} {reply} }}\n}}\n\n"
    )
}
