//! What is wrong with a configuration, said so that the reader can fix it.

use std::fmt;
use std::path::{Path, PathBuf};

use stagedoor_openapi::{Diagnostic, Level};

use super::tree::Place;

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) file: PathBuf,
    /// None when the file as a whole is wrong.
    pub(crate) place: Option<Place>,
    pub(crate) message: String,
}

impl Problem {
    pub(crate) fn new(file: &Path, place: Place, message: impl Into<String>) -> Self {
        Self { file: file.to_owned(), place: Some(place), message: message.into() }
    }

    /// The problem with the line that it is about, as a person at a terminal reads it. `text` is the file's.
    pub(crate) fn report(&self, text: &str) -> String {
        let Some(Place { line, column }) = self.place else { return self.to_string() };
        diagnostic(&self.file, line, column, &self.message).with_source(text).report(false)
    }
}

/// A finding about any file, in the form of those about documents.
pub(crate) fn diagnostic(file: &Path, line: usize, column: usize, message: &str) -> Diagnostic {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Diagnostic {
        level: Level::Error,
        message: message.to_owned(),
        file: file.display().to_string(),
        line: count(line),
        column: count(column),
        help: None,
        excerpt: None,
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some(Place { line, column }) => {
                write!(f, "{}:{line}:{column}: {}", self.file.display(), self.message)
            }
            None => write!(f, "{}: {}", self.file.display(), self.message),
        }
    }
}

/// What the system says, without its number.
pub(crate) fn said(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error ").next().unwrap_or(&text).to_owned()
}

/// All mistakes of one configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problems(pub Vec<Problem>);

impl Problems {
    /// The file cannot be read at all.
    pub(crate) fn unreadable(file: &Path, error: &std::io::Error) -> Self {
        Self(vec![Problem { file: file.to_owned(), place: None, message: said(error) }])
    }
}

impl Problems {
    /// All problems with the lines that they are about.
    pub(crate) fn report(&self) -> String {
        let report = |problem: &Problem| {
            let text = std::fs::read_to_string(&problem.file).unwrap_or_default();
            problem.report(&text)
        };
        self.0.iter().map(report).collect::<Vec<_>>().join("\n")
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for Problems {}

/// The known word that a misspelled one most likely means.
pub(crate) fn suggestion<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let close = known.iter().map(|candidate| (distance(word, candidate), *candidate));
    close.filter(|(distance, _)| *distance <= 2).min().map(|(_, candidate)| candidate)
}

/// Insertions, deletions and replacements between two words.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::suggestion;

    #[test]
    fn near_words_are_suggested_and_far_ones_are_not() {
        let known = ["openapi", "stage", "variables"];
        assert_eq!(suggestion("opnapi", &known), Some("openapi"));
        assert_eq!(suggestion("stages", &known), Some("stage"));
        assert_eq!(suggestion("colour", &known), None);
    }
}
