//! Operators, by precedence.

use super::{Parse, Parser};
use crate::syntax::{Expr, Operator};

/// An operator and how it is written: signs, then the word.
type Written = (&'static str, Option<&'static str>, Operator);

const EQUALITY: &[Written] = &[("==", Some("eq"), Operator::Equal), ("!=", Some("ne"), Operator::NotEqual)];
const RELATION: &[Written] = &[
    ("<=", Some("le"), Operator::LessOrEqual),
    (">=", Some("ge"), Operator::GreaterOrEqual),
    ("<", Some("lt"), Operator::Less),
    (">", Some("gt"), Operator::Greater),
];
const SUM: &[Written] = &[("+", None, Operator::Add), ("-", None, Operator::Subtract)];
const PRODUCT: &[Written] =
    &[("*", None, Operator::Multiply), ("/", None, Operator::Divide), ("%", None, Operator::Remainder)];

/// From the loosest to the tightest.
const LEVELS: [&[Written]; 4] = [EQUALITY, RELATION, SUM, PRODUCT];

impl Parser<'_> {
    /// An expression with the white space around it.
    pub(super) fn expression(&mut self) -> Parse<Expr> {
        self.nested(|parser| {
            let first = parser.conjunction()?;
            let mut all = vec![first];
            while parser.takes("||", "or") {
                all.push(parser.conjunction()?);
            }
            Ok(one_or(all, Expr::Any))
        })
    }

    fn conjunction(&mut self) -> Parse<Expr> {
        let mut all = vec![self.chain(0)?];
        while self.takes("&&", "and") {
            all.push(self.chain(0)?);
        }
        Ok(one_or(all, Expr::All))
    }

    fn chain(&mut self, level: usize) -> Parse<Expr> {
        let Some(operators) = LEVELS.get(level) else {
            return self.unary();
        };
        let first = self.chain(level + 1)?;
        let mut rest = Vec::new();
        while let Some(operator) = self.operator(operators) {
            rest.push((operator, self.chain(level + 1)?));
        }
        Ok(if rest.is_empty() { first } else { Expr::Chain(Box::new(first), rest.into()) })
    }

    fn operator(&mut self, among: &[Written]) -> Option<Operator> {
        self.skip_space();
        // A minus before a digit belongs to the number, which cannot stand here.
        if self.peek() == Some(b'-') && self.byte(self.at + 1).is_some_and(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let found = among
            .iter()
            .find(|(signs, word, _)| self.comes(signs) || word.is_some_and(|word| self.is_word(word)));
        let (signs, word, operator) = found?;
        self.at += if self.comes(signs) { signs.len() } else { word.map_or(0, str::len) };
        Some(*operator)
    }

    fn comes(&self, signs: &str) -> bool {
        self.rest().starts_with(signs)
    }

    fn is_word(&self, word: &str) -> bool {
        self.rest().starts_with(word) && self.word_length(self.at) == word.len()
    }

    fn takes(&mut self, signs: &str, word: &str) -> bool {
        self.skip_space();
        let length = if self.comes(signs) {
            signs.len()
        } else if self.is_word(word) {
            word.len()
        } else {
            0
        };
        self.at += length;
        length > 0
    }

    fn unary(&mut self) -> Parse<Expr> {
        self.skip_space();
        if self.takes("!", "not") {
            return Ok(Expr::Not(Box::new(self.nested(Self::unary)?)));
        }
        if !self.take(b'(') {
            return self.argument();
        }
        let inside = self.expression()?;
        self.skip_space();
        if !self.take(b')') {
            return self.expected("')'");
        }
        Ok(inside)
    }
}

fn one_or(mut all: Vec<Expr>, many: impl FnOnce(Box<[Expr]>) -> Expr) -> Expr {
    match all.pop() {
        Some(only) if all.is_empty() => only,
        Some(last) => {
            all.push(last);
            many(all.into())
        }
        None => Expr::Bool(false),
    }
}
