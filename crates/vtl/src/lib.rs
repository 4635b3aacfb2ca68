//! The template language of Apache Velocity 1.7: templates are parsed once and rendered many times.
//!
//! In: the text of a template, values by name (a [`Host`]), limits. Out: text, or an error with line and column.
//! It must not know who renders what: where an embedder differs from Velocity, it says so by [`Options`].

mod error;
mod host;
pub mod java_regex;
mod limits;
mod methods;
mod number;
mod options;
mod parse;
mod render;
mod syntax;
mod template;
#[cfg(test)]
mod tests;
mod value;

pub use error::{CallError, Exceeded, ParseError, Problem, RenderError};
pub use host::{Host, Object};
pub use limits::{Limits, Meter};
pub use options::Options;
pub use template::Template;
pub use value::{BigInteger, Block, Entry, Key, Kind, List, Map, Pairs, Sequence, Value};
