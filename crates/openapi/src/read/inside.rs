//! Where a character of a text stands in the document that says the text.
//!
//! In: the document, the place of a scalar, the scalar's value, an index into it. Out: the character's place. YAML folds,
//! indents and quotes white space in many ways, but nothing else: so the characters that are none are counted in both.

use crate::Place;

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// As it is, in a block or without quotes.
    Plain,
    SingleQuoted,
    /// As in JSON.
    DoubleQuoted,
}

/// The place of the `index`th character of a scalar's value, or of its end. None when the document does not spell the value out
/// at that place, as behind an alias.
pub(crate) fn place(document: &str, scalar: Place, value: &str, index: usize) -> Option<Place> {
    let is_visible = |it: &char| !it.is_whitespace();
    let before = value.chars().take(index).filter(is_visible).count();
    let is_exact = value.chars().nth(index).as_ref().is_some_and(is_visible);
    let mut written = Written::at(document, scalar)?;
    let mut last = Place { column: written.place.column.saturating_sub(1), ..written.place };
    for expected in value.chars().filter(is_visible).take(before + usize::from(is_exact)) {
        let (place, found) = written.next_visible()?;
        if found != expected {
            return None;
        }
        last = place;
    }
    // White space and the end have no character of their own: they are behind the one before.
    Some(Place { column: last.column.saturating_add(u32::from(!is_exact)), ..last })
}

/// A scalar as the document writes it, character by character.
struct Written<'d> {
    rest: std::str::Chars<'d>,
    place: Place,
    style: Style,
}

impl<'d> Written<'d> {
    fn at(document: &'d str, place: Place) -> Option<Self> {
        let index = |count: u32| usize::try_from(count).unwrap_or(usize::MAX).saturating_sub(1);
        let line = document.split_inclusive('\n').nth(index(place.line))?;
        let (column, _) = line.char_indices().nth(index(place.column))?;
        let from = line.as_ptr().addr() - document.as_ptr().addr() + column;
        let mut written = Self { rest: document[from..].chars(), place, style: Style::Plain };
        written.begin();
        Some(written)
    }

    /// Takes what stands before the text itself: tags, anchors, the sign of a block, a quote.
    fn begin(&mut self) {
        while self.rest.as_str().starts_with(['!', '&']) {
            while self.next().is_some_and(|it| !it.is_whitespace()) {}
            while self.rest.as_str().starts_with(char::is_whitespace) {
                self.next();
            }
        }
        match self.rest.clone().next() {
            Some('|' | '>') => while self.next().is_some_and(|it| it != '\n') {},
            Some(quote @ ('"' | '\'')) => {
                self.style = if quote == '"' { Style::DoubleQuoted } else { Style::SingleQuoted };
                self.next();
            }
            _ => {}
        }
    }

    fn next(&mut self) -> Option<char> {
        let found = self.rest.next()?;
        if found == '\n' {
            self.place = Place { line: self.place.line.saturating_add(1), column: 1 };
        } else {
            self.place.column = self.place.column.saturating_add(1);
        }
        Some(found)
    }

    /// The next character of the value that is no white space, with its place.
    fn next_visible(&mut self) -> Option<(Place, char)> {
        loop {
            let place = self.place;
            let found = match (self.next()?, self.style) {
                ('\\', Style::DoubleQuoted) => self.escaped()?,
                ('\'', Style::SingleQuoted) => self.next().filter(|it| *it == '\'')?,
                ('"', Style::DoubleQuoted) => return None,
                (found, _) => found,
            };
            if !found.is_whitespace() {
                return Some((place, found));
            }
        }
    }

    /// What a backslash in double quotes stands for.
    fn escaped(&mut self) -> Option<char> {
        match self.next()? {
            'n' | 't' | 'r' | 'f' | 'v' | 'N' | '_' | 'L' | 'P' => Some(' '),
            'x' => char::from_u32(self.number(2)?),
            'u' => self.unit(),
            'U' => char::from_u32(self.number(8)?),
            'b' => Some('\u{8}'),
            'a' => Some('\u{7}'),
            'e' => Some('\u{1b}'),
            '0' => Some('\0'),
            other => Some(other),
        }
    }

    /// `\uXXXX`, or two of them that are one character.
    fn unit(&mut self) -> Option<char> {
        let first = self.number(4)?;
        if char::from_u32(first).is_some() {
            return char::from_u32(first);
        }
        (self.next()? == '\\' && self.next()? == 'u').then_some(())?;
        let second = self.number(4)?;
        char::decode_utf16([u16::try_from(first).ok()?, u16::try_from(second).ok()?]).next()?.ok()
    }

    fn number(&mut self, digits: usize) -> Option<u32> {
        let mut number = 0;
        for _ in 0..digits {
            number = number * 16 + self.next()?.to_digit(16)?;
        }
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use crate::Place;
    use crate::node::Node;

    /// Where the `!` of the value of `a` is found.
    fn check(document: &str, expected: Option<(u32, u32)>) {
        let root = if document.starts_with('{') {
            super::super::json::read(document)
        } else {
            super::super::yaml::read(document)
        };
        let root = root.unwrap_or_else(|broken| panic!("{document}: {}", broken.message));
        let node = root.get("a").unwrap_or_else(|| panic!("{document}"));
        let value = node.as_text().unwrap_or_default();
        let index = value.chars().position(|it| it == '!').unwrap_or_else(|| value.chars().count());
        let found = super::place(document, Node::clone(node).place, value, index);
        assert_eq!(found, expected.map(|(line, column)| Place { line, column }), "{document}");
    }

    #[test]
    fn characters_are_found_however_a_text_is_written() {
        for (document, expected) in [
            ("a: b!", (1, 5)),
            ("a: b c\n  d\n\n  e!f\n", (4, 4)),
            ("a: |\n  b\n    c!\n", (3, 6)),
            ("a: |- # why\n\n  b\n  !\n", (4, 3)),
            ("a: |2\n    b\n  ä!\n", (3, 4)),
            ("a: !!str |\n  b!\n", (2, 4)),
            ("a: &x |\n  b!\n", (2, 4)),
            ("a: >\n  b\n  c\n\n  d !\n", (5, 5)),
            ("a: >+\n\n  b\n    c!\n", (4, 6)),
            ("a: |\r\n  b\r\n  !\r\n", (3, 3)),
            ("a: 'it''s\n  !'", (2, 3)),
            ("a: \"b\\n\\\n  \\x41\\\"!\"", (2, 9)),
            ("{\"a\": \"\\u00e4\\ud83d\\ude00\\n\\t\\\\ !\"}", (1, 33)),
            ("{\n\"a\": \"\\/\\\"!\"}", (2, 11)),
        ] {
            check(document, Some(expected));
        }
    }

    #[test]
    fn an_end_is_behind_the_last_character() {
        check("a: |\n  b\n  cd\n\n", Some((3, 5)));
        check("{\"a\": \"b\\n\"}", Some((1, 9)));
        check("a: ''", Some((1, 5)));
    }

    #[test]
    fn what_is_written_elsewhere_has_no_place() {
        check("x: &x b!\na: *x\n", None);
    }
}
