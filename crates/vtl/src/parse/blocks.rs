//! Text between directives: what is text, and where something else begins.

use super::{Builder, Parse, Parser};
use crate::syntax::{Node, Nodes};

/// What ended a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Text,
    Closed,
    Else,
    ElseIf,
}

impl End {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "the end of the template",
            Self::Closed => "#end",
            Self::Else => "#else",
            Self::ElseIf => "#elseif",
        }
    }
}

impl Parser<'_> {
    /// Everything up to the end of the text or a directive that ends a block, which is taken too.
    pub(super) fn block(&mut self) -> Parse<(Nodes, End)> {
        let (nodes, end) = self.nodes()?;
        Ok((nodes.into(), end))
    }

    /// Everything up to `#end`, for the directive that begins at `begin`.
    pub(super) fn body(&mut self, of: &str, begin: usize) -> Parse<Nodes> {
        let (nodes, end) = self.block()?;
        if end == End::Closed {
            return Ok(nodes);
        }
        self.fail_at(begin, format!("'{of}' has no '#end' before {}", end.name()))
    }

    pub(super) fn nodes(&mut self) -> Parse<(Vec<Node>, End)> {
        let mut builder = Builder::default();
        loop {
            let plain = self.rest().bytes().take_while(|byte| !matches!(byte, b'$' | b'#' | b'\\')).count();
            self.run = self.at;
            builder.text(&self.rest()[..plain]);
            self.at += plain;
            let slashes = self.run_of(self.at, |byte| byte == b'\\');
            self.at += slashes;
            match self.peek() {
                None => {
                    builder.slashes(slashes);
                    return Ok((builder.finish(), End::Text));
                }
                Some(b'$') => self.dollar(slashes, &mut builder)?,
                Some(b'#') => {
                    if let Some(end) = self.hash(slashes, &mut builder)? {
                        return Ok((builder.finish(), end));
                    }
                }
                Some(_) => builder.slashes(slashes),
            }
        }
    }

    /// `##`, `#* *#` and `#[[ ]]#`; false when it is none of them.
    pub(super) fn comment(&mut self, builder: &mut Builder) -> Parse<bool> {
        match (self.byte(self.at + 1), self.byte(self.at + 2)) {
            (Some(b'#'), _) => self.line_comment()?,
            (Some(b'*'), None) => return self.fail("a comment begins at the very end"),
            (Some(b'*'), _) => {
                let body = &self.text[self.at + 2..];
                self.at = body.find("*#").map_or(self.text.len(), |length| self.at + 2 + length + 2);
            }
            (Some(b'['), Some(b'[')) => {
                let body = &self.text[self.at + 3..];
                let Some(length) = body.find("]]#") else {
                    return self.fail("'#[[' has no ']]#'");
                };
                builder.text(&body[..length]);
                self.at += 3 + length + 3;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// A comment takes its line end with it.
    fn line_comment(&mut self) -> Parse<()> {
        let length = self.run_of(self.at, |byte| !matches!(byte, b'\n' | b'\r'));
        self.at += length;
        if length > 2 && self.at == self.text.len() && self.text.ends_with('#') {
            return self.fail("the template ends with '#'");
        }
        self.gobble_line_end();
        Ok(())
    }
}
