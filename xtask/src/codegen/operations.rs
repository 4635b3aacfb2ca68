//! The `Op` enum and the URI table of a service.

use std::fmt::Write as _;

use super::model::{Model, Operation, Service};

/// Labels that take the rest of the path: ARNs, whose slashes clients may leave un-encoded.
const ARN_LABELS: [&str; 5] =
    ["resource_arn", "resource-arn", "domain_name_access_association_arn", "Resource", "ARN"];

pub(super) fn module(service: &Service, model: &Model) -> String {
    let mut text = format!(
        "//! Service model `{}` {}, made by `cargo xtask codegen`; do not edit.\n\n\
         pub(crate) mod constraints;\nmod requests;\nmod shapes;\n\n\
         pub use requests::*;\n#[allow(unused_imports)]\npub use shapes::*;\n\n\
         use crate::route::{{{}}};\n\n",
        service.name,
        service.api_version,
        if model.is_query { "Spec" } else { "Operation, UriRoute, Segment, Spec" }
    );
    text += &enumeration(model);
    text += &if model.is_query { named(service) } else { table(service, model) };
    text
}

fn enumeration(model: &Model) -> String {
    let (mut variants, mut all, mut specs) = (String::new(), String::new(), String::new());
    for Operation { name, method, uri, status, .. } in &model.operations {
        let _ = write!(variants, "/// `{method} {uri}`\n{name},\n");
        let _ = write!(all, "Self::{name},");
        let _ =
            write!(specs, "Spec {{ name: {name:?}, method: {method:?}, uri: {uri:?}, status: {status} }},");
    }
    format!(
        "/// An operation of the service.\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]\n\
         pub enum Op {{ {variants} }}\n\n\
         const SPECS: &[Spec] = &[{specs}];\n\n\
         impl Op {{\n\
         /// Every operation.\n\
         pub const ALL: &[Self] = &[{all}];\n\n\
         const fn spec(self) -> &'static Spec {{ &SPECS[self as usize] }}\n\n\
         /// AWS's name.\n\
         #[must_use]\npub const fn name(self) -> &'static str {{ self.spec().name }}\n\n\
         /// The HTTP method.\n\
         #[must_use]\npub const fn method(self) -> &'static str {{ self.spec().method }}\n\n\
         /// The URI with its labels.\n\
         #[must_use]\npub const fn uri(self) -> &'static str {{ self.spec().uri }}\n\n\
         /// The status of success.\n\
         #[must_use]\npub const fn status(self) -> u16 {{ self.spec().status }}\n\
         }}\n\n"
    )
}

/// What stands for a URI table where every call has the same URI: the version that calls name, and the namespace of answers.
fn named(service: &Service) -> String {
    let Service { name, api_version, .. } = service;
    format!(
        "pub(crate) const VERSION: &str = {api_version:?};\n\
         pub(crate) const NAMESPACE: &str = \"https://{name}.amazonaws.com/doc/{api_version}/\";\n"
    )
}

/// Literals before labels, so that the first match is the right one.
fn table(service: &Service, model: &Model) -> String {
    let mut operations: Vec<&Operation> = model.operations.iter().collect();
    operations.sort_by_key(|operation| (!operation.uri.contains('?'), rank(&operation.uri), &operation.name));
    let mut text = "pub(crate) static ROUTES: &[UriRoute] = &[\n".to_owned();
    for operation in operations {
        let (path, query) = operation.uri.split_once('?').unwrap_or((&operation.uri, ""));
        let segments: Vec<String> = segments(path).map(segment).collect();
        let query = query
            .split_once('=')
            .map_or_else(|| "None".to_owned(), |(name, value)| format!("Some(({name:?}, {value:?}))"));
        let _ = writeln!(
            text,
            "UriRoute {{ method: {:?}, segments: &[{}], query: {query}, operation: Operation::{}(Op::{}) }},",
            operation.method,
            segments.join(", "),
            service.variant,
            operation.name
        );
    }
    text + "];\n"
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.trim_matches('/').split('/')
}

fn label(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

fn segment(segment: &str) -> String {
    match label(segment) {
        Some(label) if ARN_LABELS.contains(&label) => format!("Segment::Rest({label:?})"),
        Some(label) => format!("Segment::Label({label:?})"),
        None => format!("Segment::Literal({segment:?})"),
    }
}

fn rank(uri: &str) -> Vec<u8> {
    segments(uri.split('?').next().unwrap_or_default()).map(|part| u8::from(label(part).is_some())).collect()
}
