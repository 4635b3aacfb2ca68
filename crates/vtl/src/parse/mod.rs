//! Reads templates as Velocity 1.7's grammar does, with its rules of white space and escapes.
//!
//! In: text. Out: a [`Program`], or an error with its place. It must not know values.

mod arguments;
mod blocks;
mod directive;
mod dollar;
mod expression;
mod literal;
mod tables;

use crate::error::ParseError;
use crate::options::Options;
use crate::syntax::{Node, Program, Spot};
use blocks::End;
use tables::Tables;

pub(crate) use tables::place;

type Parse<T> = Result<T, ParseError>;

/// Parses a whole template.
pub(crate) fn program(text: &str, options: &Options) -> Parse<Program> {
    let mut tables = Tables::new(text, options);
    let mut parser =
        Parser { text, at: 0, run: 0, lone_hash: 0, ended: 0, origin: None, tables: &mut tables };
    if text.len() > options.max_template {
        return parser.fail(format!("the template is longer than {} bytes", options.max_template));
    }
    let (body, end) = parser.block()?;
    match end {
        End::Text => Ok(tables.into_program(body)),
        other => {
            let problem = format!("'{}' without a directive that it belongs to", other.name());
            parser.fail_at(parser.ended, problem)
        }
    }
}

/// Reads one text: the template, or a string in it.
struct Parser<'p> {
    text: &'p str,
    at: usize,
    /// Where the text before the next `$`, `#` or backslash began.
    run: usize,
    /// Where the last `#` that is no directive ended.
    lone_hash: usize,
    /// Where the directive stands that ended the last block.
    ended: usize,
    /// For a string, where it stands in the template.
    origin: Option<Spot>,
    tables: &'p mut Tables,
}

impl<'p> Parser<'p> {
    fn fail<T>(&self, problem: impl Into<std::borrow::Cow<'static, str>>) -> Parse<T> {
        Err(self.tables.error(self.origin, self.at, problem.into()))
    }

    fn fail_at<T>(&mut self, at: usize, problem: impl Into<std::borrow::Cow<'static, str>>) -> Parse<T> {
        self.at = at;
        self.fail(problem)
    }

    /// What stands here instead of what should.
    fn expected<T>(&self, what: &str) -> Parse<T> {
        match self.text[self.at..].chars().next() {
            Some(found) => self.fail(format!("expected {what}, found '{}'", found.escape_debug())),
            None => self.fail(format!("expected {what}, found the end")),
        }
    }

    fn spot(&self, at: usize) -> Spot {
        // A template has fewer bytes than an u32 counts: `max_template` is far below.
        self.origin.unwrap_or(u32::try_from(at).unwrap_or(u32::MAX))
    }

    fn rest(&self) -> &'p str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<u8> {
        self.byte(self.at)
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// Takes this byte if it comes next.
    fn take(&mut self, byte: u8) -> bool {
        let comes = self.peek() == Some(byte);
        self.at += usize::from(comes);
        comes
    }

    /// Takes white space, line ends too, as between the words of a directive.
    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Takes blanks and a line end, if that is all that is left of the line.
    fn gobble_line_end(&mut self) {
        let mut at = self.at;
        while matches!(self.byte(at), Some(b' ' | b'\t')) {
            at += 1;
        }
        let ending = match (self.byte(at), self.byte(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(b'\n' | b'\r'), _) => 1,
            _ => return,
        };
        self.at = at + ending;
    }

    fn run_of(&self, mut at: usize, is_part: impl Fn(u8) -> bool) -> usize {
        let begin = at;
        while self.byte(at).is_some_and(&is_part) {
            at += 1;
        }
        at - begin
    }

    /// An identifier that begins at `at`: its length, 0 if there is none.
    fn identifier(&self, at: usize) -> usize {
        match self.byte(at) {
            Some(first) if first.is_ascii_alphabetic() => {
                self.run_of(at, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            }
            _ => 0,
        }
    }

    /// Runs a parser one level deeper.
    fn nested<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<T> {
        if !self.tables.enter() {
            return self.fail("the template nests too deeply");
        }
        let result = parse(self);
        self.tables.leave();
        result
    }
}

/// Collects nodes; texts in a row become one.
#[derive(Default)]
struct Builder {
    nodes: Vec<Node>,
    text: String,
}

impl Builder {
    fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn slashes(&mut self, count: usize) {
        self.text.extend(std::iter::repeat_n('\\', count));
    }

    fn node(&mut self, node: Node) {
        self.flush();
        self.nodes.push(node);
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.nodes.push(Node::Text(std::mem::take(&mut self.text).into_boxed_str()));
        }
    }

    /// Takes back a `#` at the end of the text.
    fn drop_hash(&mut self) {
        if self.text.ends_with('#') {
            self.text.pop();
        }
    }

    /// Takes back blanks at the end of the text.
    fn trim(&mut self, count: usize) {
        for _ in 0..count {
            if !self.text.ends_with([' ', '\t']) {
                break;
            }
            self.text.pop();
        }
    }

    fn finish(mut self) -> Vec<Node> {
        self.flush();
        self.nodes
    }
}
