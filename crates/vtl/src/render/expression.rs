//! Values of expressions, and whether they hold.

use std::rc::Rc;

use super::{Frame, Renderer, Run};
use crate::number;
use crate::syntax::{Expr, Node, Operator};
use crate::value::{Kind, List, Map, Pairs, Value};

impl<'r> Renderer<'r> {
    /// The value of an expression; where missing is empty, that of a reference is never null.
    pub(super) fn value(&mut self, expr: &'r Expr, frame: &Frame<'_, 'r>) -> Run<Value> {
        let value = self.value_or_null(expr, frame)?;
        if self.options.missing_is_empty && value.is_null() && matches!(expr, Expr::Reference(_)) {
            return Ok(Value::String(self.empty.clone()));
        }
        Ok(value)
    }

    pub(super) fn value_or_null(&mut self, expr: &'r Expr, frame: &Frame<'_, 'r>) -> Run<Value> {
        Ok(match expr {
            Expr::Text(number) => Value::String(self.constant(*number)),
            Expr::Bool(value) => Value::Bool(*value),
            Expr::Int(value) => Value::Int(*value),
            Expr::Long(value) => Value::Long(*value),
            Expr::Double(value) => Value::Double(*value),
            Expr::Big(value) => Value::BigInteger(Rc::new((**value).clone())),
            Expr::Template(nodes) => self.string(nodes, frame)?,
            Expr::Reference(reference) => self.reference(reference, frame)?,
            Expr::List(items) => self.deeper(|renderer| renderer.list(items, frame))?,
            Expr::Map(pairs) => self.deeper(|renderer| renderer.map(pairs, frame))?,
            Expr::Range(ends) => self.range(ends, frame)?,
            Expr::Word => Value::Null,
            Expr::Chain(first, rest) => self.deeper(|renderer| renderer.chain(first, rest, frame))?,
            Expr::Not(_) | Expr::All(_) | Expr::Any(_) => Value::Bool(self.holds(expr, frame)?),
        })
    }

    /// Whether a condition holds.
    pub(super) fn holds(&mut self, expr: &'r Expr, frame: &Frame<'_, 'r>) -> Run<bool> {
        self.meter.steps(1)?;
        self.deeper(|renderer| renderer.holds_inside(expr, frame))
    }

    fn holds_inside(&mut self, expr: &'r Expr, frame: &Frame<'_, 'r>) -> Run<bool> {
        match expr {
            Expr::Not(inner) => Ok(!self.holds(inner, frame)?),
            Expr::All(all) => {
                for one in all {
                    if !self.holds(one, frame)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Expr::Any(any) => {
                for one in any {
                    if self.holds(one, frame)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            expr if !self.is_evaluated(expr) => Ok(false),
            expr => {
                let value = self.value(expr, frame)?;
                Ok(self.is_true(expr, &value))
            }
        }
    }

    /// Whether a condition is looked at: Velocity takes what only makes a value for false.
    fn is_evaluated(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Reference(_) | Expr::Bool(_) => true,
            Expr::Chain(_, rest) if rest.last().is_some_and(|(operator, _)| operator.compares()) => true,
            _ => self.options.missing_is_empty,
        }
    }

    /// In Velocity literals other than `true` are false; where missing is empty, only `false` is.
    fn is_true(&self, expr: &Expr, value: &Value) -> bool {
        match value {
            Value::Bool(value) => *value,
            Value::Null => false,
            _ => self.options.missing_is_empty || matches!(expr, Expr::Reference(_)),
        }
    }

    fn constant(&mut self, number: u32) -> Rc<str> {
        let index = number as usize;
        self.constants[index].get_or_insert_with(|| Rc::from(&*self.program.constants[index])).clone()
    }

    /// The text of a string that is a template.
    pub(super) fn string(&mut self, nodes: &'r [Node], frame: &Frame<'_, 'r>) -> Run<Value> {
        let mut text = String::new();
        self.block(nodes, frame, &mut text)?;
        self.meter.bytes(text.len())?;
        Ok(Value::String(text.into()))
    }

    /// A value that can leave the rendering: blocks become their text.
    pub(super) fn settled(&mut self, value: Value, frame: &Frame<'_, 'r>) -> Run<Value> {
        let Value::Block(block) = value else { return Ok(value) };
        let mut text = String::new();
        let is_text = self.print_block(block, frame, &mut text)?;
        self.meter.bytes(text.len())?;
        Ok(if is_text { Value::String(text.into()) } else { Value::Null })
    }

    fn settled_value(&mut self, expr: &'r Expr, frame: &Frame<'_, 'r>) -> Run<Value> {
        let value = self.value(expr, frame)?;
        self.settled(value, frame)
    }

    fn list(&mut self, items: &'r [Expr], frame: &Frame<'_, 'r>) -> Run<Value> {
        self.meter.bytes(size_of::<Value>() * (items.len() + 1))?;
        let items = items.iter().map(|item| self.settled_value(item, frame)).collect::<Run<Vec<_>>>()?;
        Ok(Value::List(List::new(Kind::List, items)))
    }

    fn map(&mut self, pairs: &'r [(Expr, Expr)], frame: &Frame<'_, 'r>) -> Run<Value> {
        self.meter.bytes(size_of::<Value>() * 2 * (pairs.len() + 1))?;
        let map = Map::new(Pairs::default());
        for (key, value) in pairs {
            let key = self.settled_value(key, frame)?;
            let value = self.settled_value(value, frame)?;
            map.put(key, value);
        }
        Ok(Value::Map(map))
    }

    fn range(&mut self, ends: &'r (Expr, Expr), frame: &Frame<'_, 'r>) -> Run<Value> {
        let Some((first, last)) = self.ends(ends, frame)? else {
            return Ok(Value::Null);
        };
        let length = first.abs_diff(last) as usize + 1;
        self.meter.bytes(size_of::<Value>().saturating_mul(length))?;
        let items = if first <= last {
            (first..=last).map(Value::Int).collect()
        } else {
            (last..=first).rev().map(Value::Int).collect()
        };
        Ok(Value::list(items))
    }

    /// The ends of a range, when both are numbers.
    pub(super) fn ends(&mut self, ends: &'r (Expr, Expr), frame: &Frame<'_, 'r>) -> Run<Option<(i32, i32)>> {
        let first = self.value(&ends.0, frame)?;
        let last = self.value(&ends.1, frame)?;
        Ok(number::int_value(&first).zip(number::int_value(&last)))
    }

    fn chain(&mut self, first: &'r Expr, rest: &'r [(Operator, Expr)], frame: &Frame<'_, 'r>) -> Run<Value> {
        let mut left = self.settled_value(first, frame)?;
        let mut written = Some(first);
        for (operator, expr) in rest {
            self.meter.steps(1)?;
            let right = self.settled_value(expr, frame)?;
            left = match operator {
                Operator::Add if left.as_str().is_some() || right.as_str().is_some() => {
                    self.joined((&left, written), (&right, Some(expr)))?
                }
                operator => number::apply(*operator, &left, &right, &mut self.meter)?,
            };
            written = None;
        }
        Ok(left)
    }

    /// Texts in a row; what has no value stands as it is written.
    fn joined(&mut self, left: (&Value, Option<&Expr>), right: (&Value, Option<&Expr>)) -> Run<Value> {
        let mut text = String::new();
        for (value, written) in [left, right] {
            match (value, written) {
                (Value::Null, Some(Expr::Reference(reference))) => {
                    self.push(&mut text, &reference.literal)?
                }
                (value, _) => self.print(value, &mut text)?,
            }
        }
        self.meter.bytes(text.len())?;
        Ok(Value::String(text.into()))
    }
}
