//! Secrets that the file only names: in the environment, or in files of their own.
//!
//! In: the node that names one. Out: its text and where it came from, for complaints that never show it.

use super::existing;
use super::tree::Node;
use super::written::Reader;

/// A secret and where it came from.
pub(super) struct Given {
    pub(super) text: String,
    pub(super) source: String,
}

/// The variable of the environment that the node names.
pub(super) fn of_environment(reader: &mut Reader<'_>, node: &Node) -> Option<Given> {
    let name = reader.text(node)?;
    match std::env::var(name) {
        Ok(text) => Some(Given { text, source: name.to_owned() }),
        Err(_) => {
            reader.complain(node.place, format!("the environment has no variable {name}"));
            None
        }
    }
}

/// The file that the node names, without the line break at its end.
pub(super) fn of_file(reader: &mut Reader<'_>, node: &Node) -> Option<Given> {
    let path = existing(reader, node)?;
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(Given { text: text.trim_end().to_owned(), source: path.display().to_string() }),
        Err(error) => {
            reader.complain(node.place, format!("{}: {error}", path.display()));
            None
        }
    }
}
