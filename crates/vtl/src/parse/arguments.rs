//! Arguments of directives and methods: literals and references, no operators.

use super::{Parse, Parser};
use crate::syntax::{Argument, Expr};

impl Parser<'_> {
    /// Whether `(` comes at `at`, maybe after white space.
    pub(super) fn opens_arguments(&self, at: usize) -> bool {
        let space = self.run_of(at, |byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
        self.byte(at + space) == Some(b'(')
    }

    /// `(arguments)` of a directive; commas between them may be left out.
    pub(super) fn arguments(&mut self, of: &str) -> Parse<Vec<Expr>> {
        self.skip_space();
        if !self.take(b'(') {
            return self.expected(&format!("'(' after '{of}'"));
        }
        self.more_arguments(of)
    }

    /// The arguments of a call, which are also printed as they are written.
    pub(super) fn call_arguments(&mut self, of: &str) -> Parse<Vec<Argument>> {
        self.skip_space();
        self.at += 1;
        self.more(of, |parser| {
            let begin = parser.at;
            let expr = parser.directive_argument()?;
            Ok(Argument { expr, literal: parser.text[begin..parser.at].into() })
        })
    }

    /// The arguments that are left, with the `)`.
    pub(super) fn more_arguments(&mut self, of: &str) -> Parse<Vec<Expr>> {
        self.more(of, Self::directive_argument)
    }

    fn more<T>(&mut self, of: &str, mut argument: impl FnMut(&mut Self) -> Parse<T>) -> Parse<Vec<T>> {
        let mut arguments = Vec::new();
        loop {
            self.skip_space();
            if self.peek() == Some(b')') {
                self.close(of)?;
                return Ok(arguments);
            }
            if self.take(b',') {
                self.skip_space();
            }
            arguments.push(argument(self)?);
        }
    }

    fn directive_argument(&mut self) -> Parse<Expr> {
        let length = self.word_length(self.at);
        if length > 0 && !matches!(&self.rest()[..length], "true" | "false") {
            self.at += length;
            return Ok(Expr::Word);
        }
        self.argument()
    }

    /// The length of a word at `at`, 0 if there is none.
    pub(super) fn word_length(&self, at: usize) -> usize {
        match self.byte(at) {
            Some(first) if first.is_ascii_alphabetic() => {
                self.run_of(at, |byte| byte.is_ascii_alphanumeric() || byte == b'_')
            }
            _ => 0,
        }
    }

    /// A literal or a reference.
    pub(super) fn argument(&mut self) -> Parse<Expr> {
        self.skip_slashes();
        match self.peek() {
            Some(b'$') => Ok(Expr::Reference(Box::new(self.reference()?))),
            Some(b'"') => self.nested(Self::double_quoted),
            Some(b'\'') => self.single_quoted(),
            Some(b'[') => self.nested(Self::list_or_range),
            Some(b'{') => self.nested(Self::map),
            Some(b'-' | b'.' | b'0'..=b'9') => self.number(),
            _ => self.truth(),
        }
    }

    /// Backslashes before a reference, which mean nothing within directives.
    pub(super) fn skip_slashes(&mut self) {
        let slashes = self.run_of(self.at, |byte| byte == b'\\');
        if slashes > 0 && self.byte(self.at + slashes) == Some(b'$') {
            self.at += slashes;
        }
    }

    fn truth(&mut self) -> Parse<Expr> {
        let length = self.word_length(self.at);
        let value = match &self.rest()[..length] {
            "true" => true,
            "false" => false,
            _ => return self.expected("a value"),
        };
        self.at += length;
        Ok(Expr::Bool(value))
    }

    /// `[a, b]` or `[1..5]`
    fn list_or_range(&mut self) -> Parse<Expr> {
        self.at += 1;
        if self.take(b']') {
            return Ok(Expr::List(Box::default()));
        }
        self.skip_space();
        let first = self.argument()?;
        self.skip_space();
        let may_range = matches!(first, Expr::Reference(_) | Expr::Int(_) | Expr::Long(_) | Expr::Big(_));
        if may_range && self.rest().starts_with("..") {
            self.at += 2;
            return self.range(first);
        }
        let mut items = vec![first];
        while !self.take(b']') {
            if !self.take(b',') {
                return self.expected("',' or ']' in the list");
            }
            self.skip_space();
            items.push(self.argument()?);
            self.skip_space();
        }
        Ok(Expr::List(items.into()))
    }

    fn range(&mut self, first: Expr) -> Parse<Expr> {
        self.skip_space();
        let last = match self.peek() {
            Some(b'$' | b'-' | b'0'..=b'9') => self.argument()?,
            _ => return self.expected("the end of the range"),
        };
        self.skip_space();
        if matches!(last, Expr::Double(_)) || !self.take(b']') {
            return self.expected("']' after the range");
        }
        Ok(Expr::Range(Box::new((first, last))))
    }

    fn map(&mut self) -> Parse<Expr> {
        self.at += 1;
        let mut pairs = Vec::new();
        self.skip_space();
        if self.take(b'}') {
            return Ok(Expr::Map(Box::default()));
        }
        loop {
            self.skip_space();
            let key = self.argument()?;
            self.skip_space();
            if !self.take(b':') {
                return self.expected("':' in the map");
            }
            self.skip_space();
            pairs.push((key, self.argument()?));
            self.skip_space();
            if self.take(b'}') {
                return Ok(Expr::Map(pairs.into()));
            }
            if !self.take(b',') {
                return self.expected("',' or '}' in the map");
            }
        }
    }
}
