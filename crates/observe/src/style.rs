//! Colours for a developer's terminal.
//!
//! In: text with marks in it, made on the cores. Out: the same with escape sequences, or bare. Marks are control characters,
//! which [`push_clean`] keeps out of everything that a client, a backend or a function may have written: no value can
//! colour a line or end it.

/// How the text behind a mark looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Plain,
    Bold,
    Dim,
    Red,
    Green,
    Yellow,
    Blue,
    Magenta,
    Cyan,
}

/// Mark → escape sequence. Tab and line end are not among the marks.
const MARKS: [(char, &str, Style); 9] = [
    ('\u{1}', "\x1b[0m", Style::Plain),
    ('\u{2}', "\x1b[1m", Style::Bold),
    ('\u{3}', "\x1b[2m", Style::Dim),
    ('\u{4}', "\x1b[31m", Style::Red),
    ('\u{5}', "\x1b[32m", Style::Green),
    ('\u{6}', "\x1b[33m", Style::Yellow),
    ('\u{7}', "\x1b[34m", Style::Blue),
    ('\u{8}', "\x1b[35m", Style::Magenta),
    ('\u{b}', "\x1b[36m", Style::Cyan),
];

impl Style {
    /// The mark that begins this style.
    #[must_use]
    pub fn mark(self) -> char {
        MARKS.iter().find(|(_, _, style)| *style == self).map_or('\u{1}', |(mark, ..)| *mark)
    }

    /// A colour of its own for a name, the same every time.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
        const COLOURS: [Style; 4] = [Style::Cyan, Style::Magenta, Style::Blue, Style::Green];
        let sum: usize = name.bytes().map(usize::from).sum();
        COLOURS[sum % COLOURS.len()]
    }
}

/// Appends a text in a style.
pub fn push_styled(out: &mut String, style: Style, text: &str) {
    out.push(style.mark());
    push_clean(out, text);
    out.push(Style::Plain.mark());
}

/// Appends a text of unknown origin: its control characters become blanks.
pub fn push_clean(out: &mut String, text: &str) {
    if text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') {
        out.push_str(text);
    } else {
        out.extend(text.chars().map(|c| if c.is_control() { ' ' } else { c }));
    }
}

/// Appends marked text as a terminal shows it, or without any style.
pub fn expand(text: &str, colour: bool, out: &mut String) {
    for c in text.chars() {
        match MARKS.iter().find(|(mark, ..)| *mark == c) {
            Some((_, escape, _)) if colour => out.push_str(escape),
            Some(_) => {}
            None => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Style, expand, push_styled};

    #[test]
    fn marks_become_colours_or_nothing_and_values_cannot_bring_their_own() {
        let mut text = String::new();
        push_styled(&mut text, Style::Red, "a\u{1b}[2Jb\u{2}c\nd\u{9b}");
        for (colour, expected) in [(false, "a [2Jb c d "), (true, "\x1b[31ma [2Jb c d \x1b[0m")] {
            let mut out = String::new();
            expand(&text, colour, &mut out);
            assert_eq!(out, expected);
        }
    }
}
