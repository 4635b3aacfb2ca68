//! Java's pattern syntax, read by recursive descent and written in the common syntax of the engines.
//!
//! In: a pattern. Out: its translation, the number and names of its groups, and whether it needs the backtracking engine.
//! Flags are resolved here: what is written is the same under every default of the engines.

use std::fmt::Write;

use super::class::{self, Items};
use super::{PatternError, Purpose};

/// Groups within groups, and classes within classes.
const DEPTH: usize = 60;
/// Java's line terminators, as a class's content.
const TERMINATORS: &str = r"\n\r\x{85}\x{2028}\x{2029}";

/// A pattern in the engines' syntax.
pub(super) struct Translated {
    pub(super) text: String,
    pub(super) groups: usize,
    pub(super) names: Vec<(Box<str>, usize)>,
    pub(super) backtracking: bool,
}

/// Java's embedded flags.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Flags {
    /// `i`: ASCII letters match in both cases.
    pub(super) insensitive: bool,
    /// `u`: with `i`, all letters do.
    unicode_case: bool,
    /// `U`: predefined classes are Unicode's.
    pub(super) unicode_class: bool,
    /// `m`
    multiline: bool,
    /// `s`
    dot_all: bool,
    /// `d`: only `\n` ends a line.
    unix_lines: bool,
    /// `x`
    pub(super) comments: bool,
}

impl Flags {
    /// Whether letters beyond ASCII match in both cases.
    pub(super) fn folds_all(self) -> bool {
        self.insensitive && (self.unicode_case || self.unicode_class)
    }

    fn set(&mut self, letter: char, on: bool) -> bool {
        match letter {
            'i' => self.insensitive = on,
            'u' => self.unicode_case = on,
            'U' => self.unicode_class = on,
            'm' => self.multiline = on,
            's' => self.dot_all = on,
            'd' => self.unix_lines = on,
            'x' => self.comments = on,
            _ => return false,
        }
        true
    }
}

/// Translates a pattern. What is repeated can be `disguised` as a choice, of which one part never matches.
pub(super) fn translate(
    pattern: &str,
    purpose: Purpose,
    disguised: bool,
) -> Result<Translated, PatternError> {
    let mut reader = Reader {
        chars: pattern.chars().collect(),
        at: 0,
        flags: Flags::default(),
        depth: 0,
        purpose,
        disguised,
        out: Translated { text: String::new(), groups: 0, names: Vec::new(), backtracking: false },
    };
    let text = reader.alternatives()?;
    if reader.at < reader.chars.len() {
        return Err(reader.error("Unmatched closing ')'"));
    }
    reader.out.text = text;
    Ok(reader.out)
}

/// Where the reading stands.
pub(super) struct Reader {
    chars: Vec<char>,
    pub(super) at: usize,
    pub(super) flags: Flags,
    depth: usize,
    purpose: Purpose,
    disguised: bool,
    out: Translated,
}

impl Reader {
    pub(super) fn error(&self, reason: &'static str) -> PatternError {
        PatternError::Syntax { reason, at: self.at }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    pub(super) fn ahead(&self, distance: usize) -> Option<char> {
        self.chars.get(self.at + distance).copied()
    }

    pub(super) fn take(&mut self, expected: char) -> bool {
        let taken = self.peek() == Some(expected);
        self.at += usize::from(taken);
        taken
    }

    pub(super) fn deeper(&mut self) -> Result<(), PatternError> {
        self.depth += 1;
        if self.depth > DEPTH { Err(PatternError::TooComplex) } else { Ok(()) }
    }

    pub(super) fn shallower(&mut self) {
        self.depth -= 1;
    }

    fn alternatives(&mut self) -> Result<String, PatternError> {
        let mut text = self.sequence()?;
        while self.take('|') {
            text.push('|');
            text.push_str(&self.sequence()?);
        }
        Ok(text)
    }

    fn sequence(&mut self) -> Result<String, PatternError> {
        let mut text = String::new();
        while let Some(next) = self.peek() {
            if next == '|' || next == ')' {
                break;
            }
            if self.flags.comments && self.skip_comment() {
                continue;
            }
            self.repeated(&mut text)?;
        }
        Ok(text)
    }

    /// Skips white space or a comment, under the flag `x`.
    pub(super) fn skip_comment(&mut self) -> bool {
        match self.peek() {
            Some(' ' | '\t' | '\n' | '\u{b}' | '\u{c}' | '\r') => self.at += 1,
            Some('#') => {
                while self
                    .peek()
                    .is_some_and(|next| !matches!(next, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}'))
                {
                    self.at += 1;
                }
            }
            _ => return false,
        }
        true
    }

    /// One atom with what repeats it.
    fn repeated(&mut self, text: &mut String) -> Result<(), PatternError> {
        if self.chars[self.at..].starts_with(&['\\', 'Q']) {
            return self.quoted(text);
        }
        let atom = self.atom()?;
        self.repeat(&atom, text)
    }

    /// `\Q…\E`: what repeats it repeats its last character.
    fn quoted(&mut self, text: &mut String) -> Result<(), PatternError> {
        let mut last = None;
        self.at += 2;
        while let Some(next) = self.peek() {
            if next == '\\' && self.ahead(1) == Some('E') {
                self.at += 2;
                break;
            }
            if let Some(before) = last.replace(next) {
                text.push_str(&class::letter(before, self.flags));
            }
            self.at += 1;
        }
        let last = last.map_or_else(|| "(?:)".to_owned(), |last| class::letter(last, self.flags));
        self.repeat(&last, text)
    }

    fn repeat(&mut self, atom: &str, text: &mut String) -> Result<(), PatternError> {
        while self.flags.comments && self.skip_comment() {}
        let Some(counts) = self.counts()? else {
            text.push_str(atom);
            return Ok(());
        };
        let never = if self.disguised { format!("|{}", Items::nothing()) } else { String::new() };
        if self.take('+') {
            self.out.backtracking = true;
            let _ = write!(text, "(?>(?:{atom}{never}){counts})");
        } else if self.take('?') {
            let _ = write!(text, "(?:{atom}{never}){counts}?");
        } else {
            let _ = write!(text, "(?:{atom}{never}){counts}");
        }
        Ok(())
    }

    /// `*`, `+`, `?` or `{…}`, as it is written for the engines.
    fn counts(&mut self) -> Result<Option<String>, PatternError> {
        let Some(sign @ ('*' | '+' | '?' | '{')) = self.peek() else {
            return Ok(None);
        };
        self.at += 1;
        if sign != '{' {
            return Ok(Some(sign.to_string()));
        }
        let least = self.count()?.ok_or_else(|| self.error("Illegal repetition"))?;
        let most = if self.take(',') { self.count()? } else { Some(least) };
        if !self.take('}') {
            return Err(self.error("Unclosed counted closure"));
        }
        match most {
            Some(most) if most < least => Err(self.error("Illegal repetition range")),
            Some(most) => Ok(Some(format!("{{{least},{most}}}"))),
            None => Ok(Some(format!("{{{least},}}"))),
        }
    }

    fn count(&mut self) -> Result<Option<u32>, PatternError> {
        let mut count = None;
        while let Some(digit) = self.peek().and_then(|next| next.to_digit(10)) {
            self.at += 1;
            let larger = count.unwrap_or(0_u32).checked_mul(10).and_then(|count| count.checked_add(digit));
            let larger = larger.filter(|count| i32::try_from(*count).is_ok());
            count = Some(larger.ok_or_else(|| self.error("Illegal repetition range"))?);
        }
        Ok(count)
    }

    fn atom(&mut self) -> Result<String, PatternError> {
        let Some(first) = self.peek() else {
            return Ok(String::new());
        };
        match first {
            '*' | '+' | '?' => return Err(self.error("Dangling meta character")),
            // Java reads a count without anything before it as one of nothing.
            '{' => return Ok("(?:)".to_owned()),
            '\\' => return self.escaped(),
            '[' => return class::class(self),
            '(' => return self.group(),
            _ => self.at += 1,
        }
        Ok(match first {
            '.' => self.dot(),
            '^' => self.line_start(),
            '$' => self.line_end(),
            letter => class::letter(letter, self.flags),
        })
    }

    fn dot(&self) -> String {
        match self.flags {
            Flags { dot_all: true, .. } => r"[\s\S]".to_owned(),
            Flags { unix_lines: true, .. } => r"[^\n]".to_owned(),
            _ => format!("[^{TERMINATORS}]"),
        }
    }

    fn line_start(&mut self) -> String {
        if !self.flags.multiline {
            return r"\A".to_owned();
        }
        self.out.backtracking = true;
        if self.flags.unix_lines {
            return r"(?:\A|(?<=\n)(?!\z))".to_owned();
        }
        r"(?:\A|(?:(?<=[\n\x{85}\x{2028}\x{2029}])|(?<=\r)(?!\n))(?!\z))".to_owned()
    }

    fn line_end(&mut self) -> String {
        if self.flags.multiline {
            self.out.backtracking = true;
            return if self.flags.unix_lines {
                r"(?=\n|\z)".to_owned()
            } else {
                r"(?:(?=[\r\x{85}\x{2028}\x{2029}]|\z)|(?<!\r)(?=\n))".to_owned()
            };
        }
        // Nothing can come after: a line terminator that it would step over makes the whole not match.
        if self.purpose != Purpose::Part && self.chars[self.at..].iter().all(|next| *next == ')') {
            return r"\z".to_owned();
        }
        self.last_line_end()
    }

    /// `$` and `\Z`: the end, also before a line terminator that ends the text.
    fn last_line_end(&mut self) -> String {
        self.out.backtracking = true;
        if self.flags.unix_lines {
            return r"(?=\n?\z)".to_owned();
        }
        r"(?:(?=(?:\r\n|[\r\x{85}\x{2028}\x{2029}])?\z)|(?<!\r)(?=\n\z))".to_owned()
    }

    fn group(&mut self) -> Result<String, PatternError> {
        self.deeper()?;
        self.at += 1;
        let outside = self.flags;
        let opening = if self.take('?') { self.special_group()? } else { Some(self.capturing()) };
        let Some(opening) = opening else {
            // Flags for the rest of the group around.
            self.shallower();
            return Ok("(?:)".to_owned());
        };
        let inside = self.alternatives()?;
        if !self.take(')') {
            return Err(self.error("Unclosed group"));
        }
        self.flags = outside;
        self.shallower();
        Ok(format!("{opening}{inside})"))
    }

    fn capturing(&mut self) -> &'static str {
        self.out.groups += 1;
        "("
    }

    /// What follows `(?`; nothing when it only sets flags.
    fn special_group(&mut self) -> Result<Option<&'static str>, PatternError> {
        let opening = match (self.peek(), self.ahead(1)) {
            (Some(':'), _) => "(?:",
            (Some('='), _) => "(?=",
            (Some('!'), _) => "(?!",
            (Some('>'), _) => "(?>",
            (Some('<'), Some('=')) => "(?<=",
            (Some('<'), Some('!')) => "(?<!",
            (Some('<'), _) => return self.named_group().map(Some),
            _ => return self.flag_group(),
        };
        self.at += opening.len() - 2;
        self.out.backtracking |= opening != "(?:";
        Ok(Some(opening))
    }

    fn named_group(&mut self) -> Result<&'static str, PatternError> {
        self.at += 1;
        let name = self.group_name()?;
        if self.out.names.iter().any(|(known, _)| *known == name) {
            return Err(self.error("Named capturing group is already defined"));
        }
        let opening = self.capturing();
        self.out.names.push((name, self.out.groups));
        Ok(opening)
    }

    /// A name and the `>` that ends it.
    fn group_name(&mut self) -> Result<Box<str>, PatternError> {
        if !self.peek().is_some_and(|first| first.is_ascii_alphabetic()) {
            return Err(self.error("capturing group name does not start with a Latin letter"));
        }
        let mut name = String::new();
        while let Some(next) = self.peek().filter(char::is_ascii_alphanumeric) {
            name.push(next);
            self.at += 1;
        }
        if !self.take('>') {
            return Err(self.error("named capturing group is missing trailing '>'"));
        }
        Ok(name.into())
    }

    /// `(?i-m)` or `(?i-m:`
    fn flag_group(&mut self) -> Result<Option<&'static str>, PatternError> {
        let mut on = true;
        while let Some(next) = self.peek() {
            match next {
                '-' if on => on = false,
                ')' | ':' => {
                    self.at += 1;
                    return Ok((next == ':').then_some("(?:"));
                }
                letter if self.flags.set(letter, on) => {}
                _ => break,
            }
            self.at += 1;
        }
        Err(self.error("Unknown inline modifier"))
    }

    fn escaped(&mut self) -> Result<String, PatternError> {
        let Some(letter) = self.ahead(1) else {
            return Err(self.error("Unexpected end of the pattern after a backslash"));
        };
        if let Some(assertion) = self.assertion(letter) {
            self.at += 2;
            return Ok(assertion);
        }
        match letter {
            '1'..='9' => Ok(self.numbered_reference()),
            'k' => self.named_reference(),
            'R' => {
                self.at += 2;
                Ok(r"(?:\r\n|[\n-\r\x{85}\x{2028}\x{2029}])".to_owned())
            }
            _ => class::escape(self, false).map(|items| items.written(self.flags)),
        }
    }

    fn assertion(&mut self, letter: char) -> Option<String> {
        Some(match letter {
            'A' => r"\A".to_owned(),
            'z' => r"\z".to_owned(),
            'Z' => self.last_line_end(),
            'b' if self.ahead(2) != Some('{') => r"\b".to_owned(),
            'B' => r"\B".to_owned(),
            'G' => {
                self.out.backtracking = true;
                r"\G".to_owned()
            }
            _ => return None,
        })
    }

    /// `\1`: as many digits as there are groups for.
    fn numbered_reference(&mut self) -> String {
        self.at += 1;
        let mut number = 0;
        while let Some(digit) = self.peek().and_then(|next| next.to_digit(10)) {
            let larger = number * 10 + digit as usize;
            if number > 0 && larger > self.out.groups {
                break;
            }
            number = larger;
            self.at += 1;
        }
        self.reference(number)
    }

    fn named_reference(&mut self) -> Result<String, PatternError> {
        self.at += 2;
        if !self.take('<') {
            return Err(self.error("\\k is not followed by '<' for named capturing group"));
        }
        let name = self.group_name()?;
        let known = self.out.names.iter().find(|(known, _)| *known == name).map(|&(_, number)| number);
        known
            .map(|number| self.reference(number))
            .ok_or_else(|| self.error("named capturing group does not exist"))
    }

    fn reference(&mut self, number: usize) -> String {
        if number > self.out.groups {
            return Items::nothing();
        }
        self.out.backtracking = true;
        if self.flags.insensitive { format!("(?i:\\{number})") } else { format!("(?:\\{number})") }
    }
}
