//! `#`: directives, calls of macros, and text that only looks like one.

use super::blocks::End;
use super::{Builder, Parse, Parser};
use crate::syntax::{Call, Choice, Expr, Foreach, Node, Nodes, Set, Slot};

/// Words that may be escaped by a backslash, besides the names of macros.
const KNOWN: [&str; 12] =
    ["if", "else", "elseif", "end", "set", "foreach", "macro", "define", "stop", "break", "include", "parse"];
/// Directives that reach outside of the template; an embedder has no files for them.
const UNAVAILABLE: [&str; 3] = ["include", "parse", "evaluate"];

/// The word after a `#`.
pub(super) struct Word<'w> {
    pub(super) name: &'w str,
    pub(super) end: usize,
}

impl<'p> Parser<'p> {
    /// At a `#` with that many backslashes before it. Gives what ends a block.
    pub(super) fn hash(&mut self, slashes: usize, builder: &mut Builder) -> Parse<Option<End>> {
        let Some(word) = self.word() else {
            builder.slashes(slashes);
            return self.no_word(builder).map(|()| None);
        };
        let is_macro = self.tables.is_macro(word.name.trim_start_matches('@'));
        let is_known = is_macro || KNOWN.contains(&word.name);
        if slashes % 2 == 1 {
            builder.slashes(if is_known { slashes / 2 } else { slashes });
            builder.text(&self.text[self.at..word.end]);
            self.at = word.end;
            return Ok(None);
        }
        if word.name == "set" && self.set_opens(word.end).is_some() {
            builder.slashes(slashes);
        } else {
            builder.slashes(if is_known { slashes / 2 } else { slashes });
        }
        self.directive(&word, builder)
    }

    /// `#word`, `#{word}` or `#@word(`
    pub(super) fn word(&self) -> Option<Word<'p>> {
        let braced = self.byte(self.at + 1) == Some(b'{');
        let begin = self.at + 1 + usize::from(braced);
        let is_call = self.byte(begin) == Some(b'@');
        let first = begin + usize::from(is_call);
        if !self.byte(first)?.is_ascii_alphabetic() {
            return None;
        }
        let length = self.run_of(first, |byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let end = first + length;
        if braced && self.byte(end) != Some(b'}') {
            return None;
        }
        Some(Word { name: &self.text[begin..end], end: end + usize::from(braced) })
    }

    fn no_word(&mut self, builder: &mut Builder) -> Parse<()> {
        if self.comment(builder)? {
            return Ok(());
        }
        if self.at + 1 == self.text.len() {
            return self.fail("the template ends with '#'");
        }
        if !self.sets_after_blanks(self.at + 1) {
            builder.text("#");
        }
        self.at += 1;
        self.lone_hash = self.at;
        Ok(())
    }

    fn directive(&mut self, word: &Word<'p>, builder: &mut Builder) -> Parse<Option<End>> {
        let begin = self.at;
        if matches!(word.name, "end" | "else" | "elseif") {
            self.ended = begin;
        }
        match word.name {
            "end" => return Ok(Some(self.ends(word, End::Closed))),
            "else" => return Ok(Some(self.ends(word, End::Else))),
            "elseif" => {
                self.at = word.end;
                return Ok(Some(End::ElseIf));
            }
            "set" => self.set(word, builder)?,
            "if" => {
                self.at = word.end;
                let node = self.nested(|parser| parser.choice(begin))?;
                builder.node(node);
            }
            "foreach" | "define" | "literal" if !self.opens_arguments(word.end) => {
                self.at = word.end;
                builder.node(Node::Fault(self.spot(begin), "the directive has no arguments"));
            }
            "literal" => {
                self.at = word.end;
                let text = self.nested(|parser| parser.literal(begin))?;
                builder.text(text);
            }
            "foreach" => {
                self.at = word.end;
                let node = self.nested(|parser| parser.foreach(begin))?;
                builder.node(node);
            }
            "macro" => {
                self.at = word.end;
                self.nested(|parser| parser.definition(begin))?;
            }
            "define" => {
                self.at = word.end;
                let node = self.nested(|parser| parser.define(begin))?;
                builder.node(node);
            }
            "stop" | "break" => {
                self.at = word.end;
                let arguments = self.optional_arguments()?;
                builder.node(if word.name == "stop" { Node::Stop } else { self.ends_loop(begin, arguments) });
            }
            name if UNAVAILABLE.contains(&name) => return self.fail(format!("'#{name}' is not available")),
            _ => self.call(word, builder)?,
        }
        Ok(None)
    }

    fn ends(&mut self, word: &Word<'_>, end: End) -> End {
        self.at = word.end;
        self.gobble_line_end();
        end
    }

    /// Where the arguments of a `#set` begin; without them it is text.
    pub(super) fn set_opens(&self, at: usize) -> Option<usize> {
        let blanks = self.run_of(at, |byte| matches!(byte, b' ' | b'\t'));
        (self.byte(at + blanks) == Some(b'(')).then_some(at + blanks + 1)
    }

    /// Whether blanks and a `#set` come at `at`: they take a lone `$` or `#` before them along.
    pub(super) fn sets_after_blanks(&mut self, at: usize) -> bool {
        let blanks = self.run_of(at, |byte| matches!(byte, b' ' | b'\t'));
        let here = std::mem::replace(&mut self.at, at + blanks);
        let sets = blanks > 0
            && self.peek() == Some(b'#')
            && self.word().is_some_and(|word| word.name == "set" && self.set_opens(word.end).is_some());
        self.at = here;
        sets
    }

    fn set(&mut self, word: &Word<'p>, builder: &mut Builder) -> Parse<()> {
        let Some(open) = self.set_opens(word.end) else {
            return self.call(word, builder);
        };
        let begin = self.at;
        // Blanks before it go, but only when they are all there is since whatever was before.
        let before = &self.text[self.run..begin];
        if before.bytes().all(|byte| matches!(byte, b' ' | b'\t')) {
            builder.trim(before.len());
        }
        self.at = open;
        self.skip_space();
        self.skip_slashes();
        if self.peek() != Some(b'$') {
            return self.expected("a reference to set");
        }
        let target = self.reference()?;
        self.skip_space();
        if self.byte(self.at + 1) == Some(b'=') || !self.take(b'=') {
            return self.expected("'=' in '#set'");
        }
        let value = self.expression()?;
        self.close("#set")?;
        builder.node(Node::Set(Box::new(Set { spot: self.spot(begin), target, value })));
        Ok(())
    }

    /// The `)` of a directive takes the rest of an empty line with it.
    pub(super) fn close(&mut self, of: &str) -> Parse<()> {
        self.skip_space();
        if !self.take(b')') {
            return self.expected(&format!("')' at the end of '{of}'"));
        }
        self.gobble_line_end();
        Ok(())
    }

    fn open(&mut self, of: &str) -> Parse<()> {
        self.skip_space();
        if self.take(b'(') { Ok(()) } else { self.expected(&format!("'(' after '{of}'")) }
    }

    fn choice(&mut self, begin: usize) -> Parse<Node> {
        let mut branches = Vec::new();
        let mut otherwise = Nodes::default();
        loop {
            self.open("#if")?;
            let condition = self.expression()?;
            self.close("#if")?;
            let (nodes, end) = self.block()?;
            branches.push((condition, nodes));
            match end {
                End::ElseIf => {}
                End::Closed => break,
                End::Else => {
                    otherwise = self.body("#else", self.ended)?;
                    break;
                }
                End::Text => return self.fail_at(begin, "'#if' has no '#end'"),
            }
        }
        let choice = Choice { spot: self.spot(begin), branches: branches.into(), otherwise };
        Ok(Node::If(Box::new(choice)))
    }

    fn foreach(&mut self, begin: usize) -> Parse<Node> {
        const USAGE: &str = "'#foreach' is written '#foreach($item in $list)'";
        let mut arguments = self.arguments("#foreach")?;
        if arguments.iter().enumerate().any(|(place, argument)| place != 1 && matches!(argument, Expr::Word))
        {
            return self.fail_at(begin, USAGE);
        }
        let variable = match arguments.first() {
            Some(Expr::Reference(item)) => item.root,
            // No reference has this name: the items go nowhere.
            _ => self.tables.variable(""),
        };
        let over = match arguments.len() {
            0 | 1 => None,
            3 => arguments.pop(),
            // Velocity walks over nothing then.
            _ => Some(Expr::Word),
        };
        let (spot, body) = (self.spot(begin), self.body("#foreach", begin)?);
        Ok(match over {
            Some(over) => Node::Foreach(Box::new(Foreach { spot, variable, over, body })),
            None => Node::Fault(spot, USAGE),
        })
    }

    fn define(&mut self, begin: usize) -> Parse<Node> {
        let arguments = self.arguments("#define")?;
        let variable = match arguments.as_slice() {
            [Expr::Reference(name)] => name.is_nameable().then_some(name.root),
            [Expr::Word] | [] | [_, _, ..] => {
                return self.fail_at(begin, "'#define' is written '#define($name)'");
            }
            [_] => None,
        };
        let body = self.body("#define", begin)?;
        Ok(Node::Define { variable, block: self.tables.block(body) })
    }

    /// The text between `#literal()` and its `#end`.
    fn literal(&mut self, begin: usize) -> Parse<&'p str> {
        self.arguments("#literal")?;
        let first = self.at;
        let (_, end) = self.block()?;
        if end != End::Closed {
            return self.fail_at(begin, "'#literal' has no '#end'");
        }
        let text = &self.text[first..self.at];
        let mark = text.rfind('#').unwrap_or(text.len());
        Ok(&text[..mark])
    }

    fn definition(&mut self, begin: usize) -> Parse<()> {
        self.open("#macro")?;
        self.skip_space();
        let name_at = self.at;
        let length = self.word_length(name_at);
        if length == 0 {
            return self.expected("the name of the macro");
        }
        self.at += length;
        let parameters = self.parameters()?;
        let body = self.body("#macro", begin)?;
        let name = &self.text[name_at..name_at + length];
        if !KNOWN.contains(&name) {
            self.tables.define(name, parameters, body);
        }
        Ok(())
    }

    fn parameters(&mut self) -> Parse<Box<[Slot]>> {
        let mut slots = Vec::new();
        for parameter in self.more_arguments("#macro")? {
            let Expr::Reference(parameter) = parameter else {
                return self.expected("only references as parameters of a macro before this");
            };
            slots.push(parameter.root);
        }
        Ok(slots.into())
    }

    /// A call, or the text of one: which it is turns out when all macros are known.
    fn call(&mut self, word: &Word<'p>, builder: &mut Builder) -> Parse<()> {
        let begin = self.at;
        let has_arguments = self.opens_arguments(word.end);
        let block_name = word.name.strip_prefix('@');
        if block_name.is_some() && !has_arguments {
            builder.text(&self.text[begin..word.end]);
            self.at = word.end;
            return Ok(());
        }
        self.at = word.end;
        let arguments = if has_arguments { self.call_arguments(word.name)? } else { Vec::new() };
        let body = match block_name {
            Some(name) => Some(self.nested(|parser| parser.call_body(name, begin))?),
            None => None,
        };
        let call = Call {
            spot: self.spot(begin),
            callee: self.tables.callee(block_name.unwrap_or(word.name)),
            arguments: arguments.into(),
            body,
            literal: self.text[begin..self.at].into(),
        };
        builder.node(Node::Call(Box::new(call)));
        Ok(())
    }

    fn call_body(&mut self, name: &str, begin: usize) -> Parse<(Slot, u32)> {
        let body = self.body(&format!("#@{name}"), begin)?;
        Ok((self.tables.variable("bodyContent"), self.tables.block(body)))
    }

    fn optional_arguments(&mut self) -> Parse<Vec<Expr>> {
        if self.opens_arguments(self.at) { self.arguments("the directive") } else { Ok(Vec::new()) }
    }

    fn ends_loop(&self, begin: usize, mut arguments: Vec<Expr>) -> Node {
        let (spot, scope) = (self.spot(begin), arguments.pop());
        if arguments.is_empty() {
            return Node::Break(scope.map(|scope| Box::new((spot, scope))));
        }
        Node::Fault(spot, "'#break' takes the scope of one loop")
    }
}
