//! What is fuzzed: one file for each target, and the list of all.

pub mod cache;
pub mod java_regex;
pub mod jsonpath;
pub mod jwt;
pub mod openapi;
pub mod policy;
pub mod query_form;
pub mod session;
pub mod sigv4;
pub mod vtl;

/// A function that must bear any bytes.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    pub name: &'static str,
    /// Panics when something is wrong.
    pub run: fn(&[u8]),
    /// Inputs to begin with; at least one.
    pub corpus: fn() -> Vec<Vec<u8>>,
}

/// Every target.
pub const ALL: [Target; 10] = [
    Target { name: "openapi", run: openapi::run, corpus: openapi::corpus },
    Target { name: "vtl", run: vtl::run, corpus: vtl::corpus },
    Target { name: "jsonpath", run: jsonpath::run, corpus: jsonpath::corpus },
    Target { name: "jwt", run: jwt::run, corpus: jwt::corpus },
    Target { name: "policy", run: policy::run, corpus: policy::corpus },
    Target { name: "sigv4", run: sigv4::run, corpus: sigv4::corpus },
    Target { name: "session", run: session::run, corpus: session::corpus },
    Target { name: "cache", run: cache::run, corpus: cache::corpus },
    Target { name: "query_form", run: query_form::run, corpus: query_form::corpus },
    Target { name: "java_regex", run: java_regex::run, corpus: java_regex::corpus },
];
