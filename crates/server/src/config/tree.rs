//! A YAML document as a tree in which every value knows its place.
//!
//! In: text. Out: [`Node`]s. It must not know which keys mean something.

use saphyr_parser::{Event, Marker, Parser};

/// Nesting that a configuration never needs.
const MAX_DEPTH: usize = 32;

/// A place in the file, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) place: Place,
    pub(crate) value: Value,
}

/// Scalars stay text as written: `5`, `"5"` and `yes` are for their reader to interpret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Scalar(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// One key of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) place: Place,
    pub(crate) value: Node,
}

/// The text is no YAML document that we read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Malformed {
    pub(crate) place: Place,
    pub(crate) message: String,
}

type Events<'a> = Parser<'a, saphyr_parser::StrInput<'a>>;

/// Parses one document; an empty one is an empty map.
pub(crate) fn parse(text: &str) -> Result<Node, Malformed> {
    let mut events = Parser::new_from_str(text);
    loop {
        match next(&mut events)? {
            (Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, _) => {}
            (Event::StreamEnd | Event::DocumentEnd, place) => {
                return Ok(Node { place, value: Value::Map(Vec::new()) });
            }
            (event, place) => {
                let root = node(&mut events, event, place, 0)?;
                return end(&mut events).map(|()| root);
            }
        }
    }
}

/// A second document would be ignored in silence.
fn end(events: &mut Events<'_>) -> Result<(), Malformed> {
    loop {
        match next(events)? {
            (Event::StreamEnd, _) => return Ok(()),
            (Event::DocumentStart(_), place) => {
                return Err(Malformed { place, message: "a second document is not read".to_owned() });
            }
            _ => {}
        }
    }
}

fn next<'a>(events: &mut Events<'a>) -> Result<(Event<'a>, Place), Malformed> {
    match events.next() {
        Some(Ok((event, span))) => Ok((event, place(span.start))),
        Some(Err(error)) => {
            Err(Malformed { place: place(*error.marker()), message: error.info().to_owned() })
        }
        None => {
            Err(Malformed { place: Place { line: 1, column: 1 }, message: "the file ends early".to_owned() })
        }
    }
}

fn place(marker: Marker) -> Place {
    Place { line: marker.line(), column: marker.col() + 1 }
}

fn node(events: &mut Events<'_>, event: Event<'_>, place: Place, depth: usize) -> Result<Node, Malformed> {
    let malformed = |message: &str| Malformed { place, message: message.to_owned() };
    if depth > MAX_DEPTH {
        return Err(malformed("nested too deeply"));
    }
    let value = match event {
        Event::Scalar(text, ..) => Value::Scalar(text.into_owned()),
        Event::SequenceStart(..) => Value::List(list(events, depth)?),
        Event::MappingStart(..) => Value::Map(map(events, depth)?),
        Event::Alias(_) => return Err(malformed("aliases are not supported here")),
        _ => return Err(malformed("unexpected end")),
    };
    Ok(Node { place, value })
}

fn list(events: &mut Events<'_>, depth: usize) -> Result<Vec<Node>, Malformed> {
    let mut items = Vec::new();
    loop {
        match next(events)? {
            (Event::SequenceEnd, _) => return Ok(items),
            (event, place) => items.push(node(events, event, place, depth + 1)?),
        }
    }
}

fn map(events: &mut Events<'_>, depth: usize) -> Result<Vec<Entry>, Malformed> {
    let mut entries: Vec<Entry> = Vec::new();
    loop {
        let (key, place) = match next(events)? {
            (Event::MappingEnd, _) => return Ok(entries),
            (Event::Scalar(key, ..), place) => (key.into_owned(), place),
            (_, place) => return Err(Malformed { place, message: "a key must be plain text".to_owned() }),
        };
        if entries.iter().any(|entry| entry.key == key) {
            return Err(Malformed { place, message: format!("`{key}` stands here twice") });
        }
        let (event, at) = next(events)?;
        let value = node(events, event, at, depth + 1)?;
        entries.push(Entry { key, place, value });
    }
}

#[cfg(test)]
mod tests {
    use super::{Value, parse};

    #[test]
    fn values_know_their_place() {
        let node = parse("a: 1\nb:\n  c: [x, 'y']\n").unwrap();
        let Value::Map(entries) = node.value else { panic!("no map") };
        assert_eq!((entries[1].place.line, entries[1].place.column), (2, 1));
        let Value::Map(inner) = &entries[1].value.value else { panic!("no map") };
        assert_eq!((inner[0].place.line, inner[0].place.column), (3, 3));
        assert!(matches!(&inner[0].value.value, Value::List(items) if items.len() == 2));
    }

    #[test]
    fn what_is_no_document_is_refused_with_its_place() {
        let deep = "[".repeat(100);
        let table = [
            ("a: 1\na: 2", 2),
            ("a: &x 1\nb: *x", 2),
            ("a: [1", 1),
            ("? [1]\n: 2", 1),
            (deep.as_str(), 1),
            ("a: \"\n", 1),
            ("a: 1\n---\nb: 1\n", 2),
        ];
        for (text, line) in table {
            let malformed = parse(text).unwrap_err();
            assert!(malformed.place.line >= line, "{text}: {malformed:?}");
        }
        assert_eq!(parse("").unwrap().value, Value::Map(vec![]));
    }
}
