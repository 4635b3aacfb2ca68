//! One straight function per protocol, and that protocol's own table of failures.

pub(crate) mod rest;
pub(crate) mod rest_causes;
