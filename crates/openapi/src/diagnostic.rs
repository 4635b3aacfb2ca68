//! Findings about a document, with the place they are about and the line that stands there.
//!
//! In: a message, a place and the document's text. Out: one line for logs (`{}`), or the same with the source line and a
//! caret below (`{:#}`).

use std::fmt;

use annotate_snippets::{AnnotationKind, Group, Renderer, Snippet};

/// How many characters of a long line are shown on each side of the place.
const SIDE: usize = 60;

/// A place in a document; both counts start at 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub line: u32,
    pub column: u32,
}

impl Place {
    /// The beginning of a document, for findings about all of it.
    pub const START: Self = Self { line: 1, column: 1 };

    /// The place behind a text that begins the document.
    pub(crate) fn after(text: &str) -> Self {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let last = text.rsplit('\n').next().unwrap_or_default();
        let line = count(text.bytes().filter(|byte| *byte == b'\n').count()).saturating_add(1);
        Self { line, column: count(last.chars().count()).saturating_add(1) }
    }
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Warning,
    Error,
}

/// A finding for the author of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub level: Level,
    pub message: String,
    pub file: String,
    pub line: u32,
    pub column: u32,
    /// What to do about it.
    pub help: Option<String>,
    /// The line that it is about, when the document's text is known.
    pub excerpt: Option<Excerpt>,
}

/// A line of a document, long ones cut down to what surrounds a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    text: String,
    /// The bytes of `text` that a finding is about.
    span: std::ops::Range<usize>,
}

impl Diagnostic {
    pub(crate) fn error(file: &str, place: Place, message: impl Into<String>) -> Self {
        Self::new(Level::Error, file, place, message.into())
    }

    pub(crate) fn warning(file: &str, place: Place, message: impl Into<String>) -> Self {
        Self::new(Level::Warning, file, place, message.into())
    }

    fn new(level: Level, file: &str, place: Place, message: String) -> Self {
        let Place { line, column } = place;
        Self { level, message, file: file.to_owned(), line, column, help: None, excerpt: None }
    }

    pub(crate) fn with_help(self, help: &str) -> Self {
        Self { help: Some(help.to_owned()), ..self }
    }

    /// The same with its line out of the document's text.
    #[must_use]
    pub fn with_source(self, text: &str) -> Self {
        let index = |count: u32| usize::try_from(count).unwrap_or(usize::MAX).saturating_sub(1);
        let line = text.lines().nth(index(self.line));
        Self { excerpt: line.map(|line| Excerpt::new(line, index(self.column))), ..self }
    }

    /// The finding as a person at a terminal reads it: the line with a caret, and what to do.
    #[must_use]
    pub fn report(&self, styled: bool) -> String {
        let Some(excerpt) = &self.excerpt else { return self.to_string() };
        let level = match self.level {
            Level::Warning => annotate_snippets::Level::WARNING,
            Level::Error => annotate_snippets::Level::ERROR,
        };
        let title = format!("{}:{}:{}: {}", self.file, self.line, self.column, self.message);
        let snippet = Snippet::source(excerpt.text.as_str())
            .line_start(usize::try_from(self.line).unwrap_or(1))
            .annotation(AnnotationKind::Primary.span(excerpt.span.clone()));
        let mut group = level.primary_title(title.as_str()).element(snippet);
        if let Some(help) = &self.help {
            group = group.element(annotate_snippets::Level::HELP.message(help.as_str()));
        }
        rendered(group, styled)
    }
}

fn rendered(group: Group<'_>, styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

impl Excerpt {
    /// Marks the word that begins at a column.
    fn new(line: &str, column: usize) -> Self {
        // Minified documents are one line of megabytes: only what is shown is copied.
        let from = column.saturating_sub(SIDE);
        let shown = line.chars().skip(from).take(2 * SIDE + 1);
        let characters: Vec<char> = shown.map(|it| if it.is_control() { ' ' } else { it }).collect();
        let column = (column - from).min(characters.len());
        let word =
            characters[column..].iter().take(SIDE).take_while(|it| !is_end_of_word(**it)).count().max(1);
        let to = (column + SIDE).min(characters.len());
        let cut = |from: usize, to: usize| characters[from..to].iter().collect::<String>();
        let before = format!("{}{}", if from > 0 { "…" } else { "" }, cut(0, column));
        let marked = cut(column, (column + word).min(to));
        let after = cut((column + word).min(to), to);
        let span = before.len()..before.len() + marked.len();
        let rest = if to < characters.len() { "…" } else { "" };
        Self { text: format!("{before}{marked}{after}{rest}"), span }
    }
}

fn is_end_of_word(character: char) -> bool {
    character.is_whitespace() || matches!(character, ':' | ',' | '}' | ']')
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() && self.excerpt.is_some() {
            return f.write_str(&self.report(false));
        }
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, " ({help})"))
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{Diagnostic, Place};

    fn check(text: &str, (line, column): (u32, u32), expected: &Expect) {
        let found = Diagnostic::error("api.yaml", Place { line, column }, "wrong").with_source(text);
        expected.assert_eq(&found.report(false));
    }

    #[test]
    fn the_line_is_shown_with_a_caret() {
        check(
            "a: 1\r\nb:\tcd: e\r\n",
            (2, 4),
            &expect![[r#"
            error: api.yaml:2:4: wrong
              |
            2 | b: cd: e
              |    ^^"#]],
        );
        check(
            "ä: ö",
            (1, 4),
            &expect![[r#"
            error: api.yaml:1:4: wrong
              |
            1 | ä: ö
              |    ^"#]],
        );
        check(
            "a",
            (1, 9),
            &expect![[r#"
            error: api.yaml:1:9: wrong
              |
            1 | a
              |  ^"#]],
        );
    }

    #[test]
    fn of_a_long_line_only_the_surroundings_are_shown() {
        let line = format!("{}here{}", "a".repeat(5000), "b".repeat(5000));
        check(
            &line,
            (1, 5001),
            &expect![[r#"
            error: api.yaml:1:5001: wrong
              |
            1 | …aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaherebbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb…
              |                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"#]],
        );
    }

    #[test]
    fn without_its_source_a_finding_is_one_line() {
        let found = Diagnostic::error("api.yaml", Place::START, "wrong").with_help("mend it");
        assert_eq!(format!("{found:#}"), "api.yaml:1:1: wrong (mend it)");
        let beyond = Diagnostic::error("f", Place { line: 9, column: 1 }, "wrong").with_source("a");
        assert_eq!(format!("{beyond:#}"), "f:9:1: wrong");
    }
}
