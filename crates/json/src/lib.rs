//! JSON as gateways need it: values that keep order and digits, Jayway's JSONPath over them, printing as Java prints, and
//! the lenient reading that AWS does of some texts.
//!
//! In: texts and values. Out: values and texts. It must not know what they mean.

mod lenient;
mod number;
mod parse;
mod path;
mod print;
mod regular;
mod schema;
mod value;

pub use lenient::{mock_status, read_lenient};
pub use number::{JavaNumber, Number, java_double};
pub use parse::{MAX_DEPTH, ParseError, Problem, parse};
pub use path::{FindError, Found, Path, PathError};
pub use print::{Slashes, push_java, push_json, push_string, to_java_text, to_json_text};
pub use schema::{Schema, SchemaError, SchemaProblem, ValidationProblem, Work};
pub use value::{Iter, Map, Value};
