//! `$`: references, and text that only looks like one.

use super::{Builder, Parse, Parser};
use crate::syntax::{Expr, Node, Part, Reference};

/// How a reference is written before its name.
struct Opening {
    quiet: bool,
    formal: bool,
    /// Where the name begins; the identifier in it may come later, after another `$`.
    name_at: usize,
    identifier_at: usize,
}

impl Parser<'_> {
    /// At a `$` with that many backslashes before it.
    pub(super) fn dollar(&mut self, slashes: usize, builder: &mut Builder) -> Parse<()> {
        if let Some(opening) = self.opening() {
            let reference = self.reference_of(&opening, slashes)?;
            let ends_with_property =
                !opening.formal && matches!(reference.parts.last(), Some(Part::Property(_)));
            builder.node(Node::Reference(Box::new(reference)));
            // Right after a property Velocity sees no comment.
            if ends_with_property && self.rest() == "##" {
                return self.fail("the template ends with '#'");
            }
            if ends_with_property && self.rest().starts_with("##") {
                builder.text("##");
                self.at += 2;
            }
            return if opening.formal { Ok(()) } else { self.braces(builder) };
        }
        builder.slashes(slashes);
        self.text_with_dollar(builder)
    }

    /// A reference inside of a directive.
    pub(super) fn reference(&mut self) -> Parse<Reference> {
        match self.opening() {
            Some(opening) => self.reference_of(&opening, 0),
            None => self.expected("the name of a variable after '$'"),
        }
    }

    /// What opens a reference, if one begins here.
    fn opening(&self) -> Option<Opening> {
        let quiet = self.byte(self.at + 1) == Some(b'!');
        let brace = self.at + 1 + usize::from(quiet);
        let formal = self.byte(brace) == Some(b'{');
        let name_at = brace + usize::from(formal);
        // `${$name}` is a reference too, but no variable has that name.
        let identifier_at = name_at + if formal { self.dollars(name_at) } else { 0 };
        let opens = self.byte(identifier_at)?.is_ascii_alphabetic();
        opens.then_some(Opening { quiet, formal, name_at, identifier_at })
    }

    /// The length of a `$` or `$!` at `at`, 0 if there is none.
    fn dollars(&self, at: usize) -> usize {
        match (self.byte(at), self.byte(at + 1)) {
            (Some(b'$'), Some(b'!')) => 2,
            (Some(b'$'), _) => 1,
            _ => 0,
        }
    }

    /// Right after a reference or `${`, `{name}` is read as a reference without `$`: Velocity prints its brace only.
    fn braces(&mut self, builder: &mut Builder) -> Parse<()> {
        while self.take(b'{') {
            builder.text("{");
            let identifier_at = self.at + self.dollars(self.at);
            let length = self.identifier(identifier_at);
            if length == 0 {
                continue;
            }
            self.at = identifier_at + length;
            self.nested(Self::parts)?;
            return if self.take(b'}') { Ok(()) } else { self.expected("'}'") };
        }
        Ok(())
    }

    fn reference_of(&mut self, opening: &Opening, slashes: usize) -> Parse<Reference> {
        let begin = self.at;
        self.at = opening.identifier_at + self.identifier(opening.identifier_at);
        let root = self.tables.variable(&self.text[opening.name_at..self.at]);
        let parts = self.nested(Self::parts)?;
        if opening.formal && !self.take(b'}') {
            return self.expected("'}' at the end of the reference");
        }
        Ok(Reference {
            spot: self.spot(begin),
            root,
            parts: parts.into(),
            literal: self.text[begin..self.at].into(),
            quiet: opening.quiet,
            slashes: u32::try_from(slashes).unwrap_or(u32::MAX),
        })
    }

    fn parts(&mut self) -> Parse<Vec<Part>> {
        let mut parts = Vec::new();
        loop {
            match self.peek() {
                Some(b'[') => parts.push(self.index()?),
                Some(b'.') => {
                    let length = self.identifier(self.at + 1);
                    if length == 0 {
                        return Ok(parts);
                    }
                    parts.push(self.property_or_method(length)?);
                }
                _ => return Ok(parts),
            }
        }
    }

    fn property_or_method(&mut self, length: usize) -> Parse<Part> {
        let name = &self.text[self.at + 1..self.at + 1 + length];
        self.at += 1 + length;
        // A parenthesis at the very end opens nothing.
        if self.rest() == "(" || !self.take(b'(') {
            return Ok(Part::Property(name.into()));
        }
        Ok(Part::Method(name.into(), self.method_arguments()?.into()))
    }

    fn method_arguments(&mut self) -> Parse<Vec<Expr>> {
        let mut arguments = Vec::new();
        if self.take(b')') {
            return Ok(arguments);
        }
        // As in Velocity: blanks must be followed by an argument.
        self.skip_space();
        loop {
            arguments.push(self.argument()?);
            self.skip_space();
            if self.take(b')') {
                return Ok(arguments);
            }
            if !self.take(b',') {
                return self.expected("',' or ')' among the arguments");
            }
            self.skip_space();
        }
    }

    fn index(&mut self) -> Parse<Part> {
        self.at += 1;
        self.skip_space();
        let index = match self.peek() {
            Some(b'$') => Expr::Reference(Box::new(self.reference()?)),
            Some(b'[' | b'{' | b'(' | b'.') => return self.expected("an index"),
            _ => self.argument()?,
        };
        self.skip_space();
        if matches!(index, Expr::Double(_)) || !self.take(b']') {
            return self.expected("']' after the index");
        }
        Ok(Part::Index(index))
    }

    /// A `$` that opens no reference, with the oddities of Velocity's lexer.
    fn text_with_dollar(&mut self, builder: &mut Builder) -> Parse<()> {
        let after = self.at + 1;
        let slashes = self.run_of(after, |byte| byte == b'\\');
        let beyond = self.byte(after + slashes);
        match self.byte(after) {
            None => return self.fail("the template ends with '$'"),
            Some(b' ' | b'\t') if self.sets_after_blanks(after) => {
                self.lose_hash(self.at, builder);
                self.at = after;
            }
            Some(b'!') => return self.text_with_bang(builder),
            Some(b'#') => self.dollar_before_hash(after, builder),
            // `$\!name` is text, less one backslash.
            Some(b'\\') if beyond == Some(b'!') && self.names_something(after + slashes + 1) => {
                builder.text("$");
                builder.slashes(slashes - 1);
                self.at = after + slashes;
            }
            // Backslashes between two `$` escape nothing.
            Some(b'\\') if beyond == Some(b'$') => {
                builder.text("$");
                builder.slashes(slashes);
                self.at = after + slashes;
            }
            Some(b'{') => {
                builder.text("${");
                self.at = after + 1;
                return self.braces(builder);
            }
            Some(_) => {
                builder.text("$");
                self.at = after;
            }
        }
        Ok(())
    }

    /// Velocity loses a `$`, or `#$`, right before some directives, and takes others as text after it.
    fn dollar_before_hash(&mut self, hash_at: usize, builder: &mut Builder) {
        let begin = self.at;
        self.at = hash_at;
        match self.word() {
            Some(word) if matches!(word.name, "if" | "elseif" | "else" | "end") => {
                self.lose_hash(begin, builder)
            }
            Some(word) if word.name == "set" && self.set_opens(word.end).is_some() => {
                self.lose_hash(begin, builder);
            }
            Some(word) => {
                builder.text(&self.text[begin..word.end]);
                self.at = word.end;
            }
            None if self.byte(self.at + 1) == Some(b'*') => self.lose_hash(begin, builder),
            None => builder.text(&self.text[begin..hash_at]),
        }
    }

    /// A lone `#` right before a `$` that is lost.
    fn lose_hash(&self, dollar_at: usize, builder: &mut Builder) {
        if self.lone_hash == dollar_at {
            builder.drop_hash();
        }
    }

    fn names_something(&self, at: usize) -> bool {
        matches!(self.byte(at), Some(byte) if byte.is_ascii_alphabetic() || byte == b'{')
    }

    /// `$!` that opens no reference: the `!` stays only before `{` and `$`.
    fn text_with_bang(&mut self, builder: &mut Builder) -> Parse<()> {
        let after = self.at + 2;
        let slashes = self.run_of(after, |byte| byte == b'\\');
        match self.byte(after) {
            None => return self.fail("the template ends with '$!'"),
            Some(b' ' | b'\t') if self.sets_after_blanks(after) => {}
            Some(b'#') => {
                self.dollar_before_hash(after, builder);
                return Ok(());
            }
            Some(b'{' | b'$') => builder.text("$!"),
            Some(b'\\') if self.byte(after + slashes) == Some(b'$') => {
                builder.text("$!");
                builder.slashes(slashes);
                self.at = after + slashes;
                return Ok(());
            }
            Some(_) => builder.text("$"),
        }
        self.at = after;
        Ok(())
    }
}
