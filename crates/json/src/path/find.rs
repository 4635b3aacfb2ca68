//! Following a path through a value.
//!
//! In: a route and a value. Out: what is there. Work is counted, because scans within scans explode; recursion is bounded
//! by the steps of the route and the depth of values.

use std::borrow::Cow;
use std::cell::Cell;

use super::Found;
use super::filter::{Condition, Scene};
use super::function::{Call, Given};
use super::token::{Route, Slice, Step, Token};
use crate::{Map, Value};

/// How much one call may look at: values, and pieces of [`PIECE`] bytes of what it finds.
pub(super) const MAX_WORK: u64 = 8_000_000;
const PIECE: u64 = 8;

/// Why following ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// A definite beginning is not there; a wildcard before it goes on with the next value.
    NotFound,
    /// A function asked for an item that a list does not have; a step into a list goes on with the next item.
    Outside,
    /// Something cannot be computed.
    Failed,
    /// A step or an operator does not fit what it stands on: a filter around it does not hold.
    Unfit,
    Work,
}

/// The work that is left.
#[derive(Debug)]
pub(super) struct Work(Cell<u64>);

impl Work {
    pub(super) fn spend(&self, amount: u64) -> Result<(), Stop> {
        let left = self.0.get().checked_sub(amount).ok_or(Stop::Work)?;
        self.0.set(left);
        Ok(())
    }

    /// Spends what a copy of a value costs.
    pub(super) fn weigh(&self, value: &Value) -> Result<(), Stop> {
        match value {
            Value::String(text) => self.spend(1 + text.len() as u64 / PIECE),
            Value::Array(items) => {
                self.spend(1)?;
                items.iter().try_for_each(|item| self.weigh(item))
            }
            Value::Object(map) => {
                self.spend(1)?;
                map.iter().try_for_each(|(key, value)| {
                    self.spend(key.len() as u64 / PIECE)?;
                    self.weigh(value)
                })
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => self.spend(1),
        }
    }
}

/// Follows a route with all the work allowed.
pub(super) fn find<'v>(route: &Route, root: &'v Value, start: &'v Value) -> Result<Found<'v>, Stop> {
    find_with(route, root, start, &Work(Cell::new(MAX_WORK)))
}

/// Follows a route with the work that is left.
pub(super) fn find_with<'v>(
    route: &Route,
    root: &'v Value,
    start: &'v Value,
    work: &Work,
) -> Result<Found<'v>, Stop> {
    if let Some(value) = scanned(route, root, start, work)? {
        return Ok(Found::Value(value));
    }
    let mut finder = Finder::new(&route.steps, root, work);
    finder.weighed = !route.definite;
    finder.follow(0, start)?;
    if !route.definite {
        return Ok(Found::List(finder.found));
    }
    Ok(finder.found.pop().map_or(Found::Missing, Found::Value))
}

/// Whether a route leads anywhere; every key that it names has to be there.
pub(super) fn exists(route: &Route, root: &Value, start: &Value, work: &Work) -> Result<bool, Stop> {
    let mut finder = Finder::new(&route.steps, root, work);
    finder.strict = true;
    match finder.follow(0, start) {
        // An indefinite route always gives a list.
        Ok(()) => Ok(!route.definite || !finder.found.is_empty()),
        Err(Stop::NotFound) => Ok(false),
        Err(stop) => Err(stop),
    }
}

/// A function at the end of a path that begins with `..` is called once: on the beginning, with all that the path finds
/// as its argument.
fn scanned<'v>(
    route: &Route,
    root: &'v Value,
    start: &'v Value,
    work: &Work,
) -> Result<Option<Cow<'v, Value>>, Stop> {
    let [Step { token: Token::Scan, .. }, .., Step { token: Token::Function(call), .. }] = &*route.steps
    else {
        return Ok(None);
    };
    let steps = &route.steps[..route.steps.len() - 1];
    let mut finder = Finder::new(steps, root, work);
    finder.follow(0, start)?;
    let argument = Given::List(finder.found.into_iter().map(Cow::into_owned).collect());
    call.function.result(start, &[argument], work).map(|value| Some(Cow::Owned(value)))
}

struct Finder<'f, 'v> {
    steps: &'f [Step],
    root: &'v Value,
    work: &'f Work,
    /// What is found counts as work, as there may be much of it.
    weighed: bool,
    /// Every key has to be there.
    strict: bool,
    found: Vec<Cow<'v, Value>>,
}

impl<'f, 'v> Finder<'f, 'v> {
    fn new(steps: &'f [Step], root: &'v Value, work: &'f Work) -> Self {
        Self { steps, root, work, weighed: true, strict: false, found: Vec::new() }
    }

    fn follow(&mut self, at: usize, value: &'v Value) -> Result<(), Stop> {
        self.work.spend(1)?;
        let Some(step) = self.steps.get(at) else { return self.add(Cow::Borrowed(value)) };
        match &step.token {
            Token::Keys(keys) => self.keys(at, keys, value),
            Token::Indexes(indexes) => self.indexes(at, indexes, value),
            Token::Slice(slice) => self.slice(at, *slice, value),
            Token::Wildcard => self.wildcard(at, value),
            Token::Scan => self.scan(at, value),
            Token::Filter(condition) => self.filter(at, condition, value),
            Token::Function(call) => self.function(at, call, value),
        }
    }

    fn add(&mut self, value: Cow<'v, Value>) -> Result<(), Stop> {
        if self.weighed {
            self.work.weigh(&value)?;
        }
        self.found.push(value);
        Ok(())
    }

    fn is_last(&self, at: usize) -> bool {
        at + 1 == self.steps.len()
    }

    /// Something is not as the step needs it: an error behind a definite beginning, nothing otherwise.
    fn unfit(&self, at: usize) -> Result<(), Stop> {
        if self.steps[at].after_definite { Err(Stop::NotFound) } else { Ok(()) }
    }

    fn keys(&mut self, at: usize, keys: &[Box<str>], value: &'v Value) -> Result<(), Stop> {
        let Value::Object(map) = value else { return self.unfit(at) };
        if let [key] = keys {
            return match map.get(key) {
                Some(member) => self.follow(at + 1, member),
                None if self.strict => Err(Stop::NotFound),
                None if self.is_last(at) => Ok(()),
                None => self.unfit(at),
            };
        }
        if self.strict && !keys.iter().all(|key| map.contains_key(key)) {
            return Err(Stop::NotFound);
        }
        if self.is_last(at) {
            return self.merge(keys, map);
        }
        keys.iter().filter_map(|key| map.get(key)).try_for_each(|member| self.follow(at + 1, member))
    }

    /// One object of the members that are there.
    fn merge(&mut self, keys: &[Box<str>], map: &'v Map) -> Result<(), Stop> {
        let mut merged = Map::new();
        for key in keys {
            if let Some(member) = map.get(key) {
                self.work.weigh(member)?;
                merged.insert(key.clone(), member.clone());
            }
        }
        self.add(Cow::Owned(merged.into()))
    }

    fn indexes(&mut self, at: usize, indexes: &[i64], value: &'v Value) -> Result<(), Stop> {
        let Value::Array(items) = value else { return self.unfit(at) };
        let wanted = indexes.iter().filter_map(|index| self::at(items, *index));
        wanted.into_iter().try_for_each(|item| item_left_out(self.follow(at + 1, item)))
    }

    fn slice(&mut self, at: usize, slice: Slice, value: &'v Value) -> Result<(), Stop> {
        let Value::Array(items) = value else { return self.unfit(at) };
        let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
        let (from, to) = match (slice.from, slice.to) {
            (Some(from), Some(to)) => (from, to.min(length)),
            (Some(from), None) => (if from < 0 { (length + from).max(0) } else { from }, length),
            (None, Some(to)) => (0, if to < 0 { length + to } else { to.min(length) }),
            (None, None) => return Ok(()),
        };
        // Between two bounds the library counts on from a negative one, through -1 to 0.
        for index in from.max(-length)..to {
            if let Some(item) = self::at(items, index) {
                item_left_out(self.follow(at + 1, item))?;
            }
        }
        Ok(())
    }

    fn wildcard(&mut self, at: usize, value: &'v Value) -> Result<(), Stop> {
        match value {
            Value::Object(map) => map.values().try_for_each(|member| self.follow_if_there(at + 1, member)),
            Value::Array(items) => {
                items.iter().try_for_each(|item| item_left_out(self.follow_if_there(at + 1, item)))
            }
            _ => Ok(()),
        }
    }

    fn follow_if_there(&mut self, at: usize, value: &'v Value) -> Result<(), Stop> {
        match self.follow(at, value) {
            Err(Stop::NotFound) if !self.strict => Ok(()),
            other => other,
        }
    }

    /// The next step on this value and everything below, from the top.
    fn scan(&mut self, at: usize, value: &'v Value) -> Result<(), Stop> {
        self.work.spend(1)?;
        if self.scan_applies(at + 1, value)? {
            self.follow(at + 1, value)?;
        }
        match value {
            Value::Object(map) => map.values().try_for_each(|member| self.scan(at, member)),
            Value::Array(items) => items.iter().try_for_each(|item| self.scan(at, item)),
            _ => Ok(()),
        }
    }

    fn scan_applies(&self, at: usize, value: &'v Value) -> Result<bool, Stop> {
        let Some(step) = self.steps.get(at) else { return Ok(false) };
        Ok(match (&step.token, value) {
            (Token::Keys(keys), Value::Object(map)) => {
                !self.is_last(at) || keys.iter().all(|key| map.contains_key(key))
            }
            (Token::Indexes(_) | Token::Slice(_), Value::Array(_)) => true,
            (Token::Wildcard, Value::Array(_) | Value::Object(_)) => true,
            // The array itself has to be accepted before its items are looked at.
            (Token::Filter(condition), Value::Array(_) | Value::Object(_)) => {
                self.accepts(condition, value)?
            }
            _ => false,
        })
    }

    fn filter(&mut self, at: usize, condition: &Condition, value: &'v Value) -> Result<(), Stop> {
        match value {
            Value::Object(_) => self.follow_accepted(at, condition, value),
            Value::Array(items) => {
                items.iter().try_for_each(|item| item_left_out(self.follow_accepted(at, condition, item)))
            }
            _ if self.steps[at].after_definite => Err(Stop::Unfit),
            _ => Ok(()),
        }
    }

    fn follow_accepted(&mut self, at: usize, condition: &Condition, value: &'v Value) -> Result<(), Stop> {
        if self.accepts(condition, value)? { self.follow(at + 1, value) } else { Ok(()) }
    }

    fn accepts(&self, condition: &Condition, value: &'v Value) -> Result<bool, Stop> {
        self.work.spend(1)?;
        let scene = Scene { root: self.root, current: value, work: self.work };
        match condition.holds(&scene) {
            Err(Stop::Unfit) => Ok(false),
            other => other,
        }
    }

    /// Computes, and follows what is left of the route in what was computed.
    fn function(&mut self, at: usize, call: &Call, value: &'v Value) -> Result<(), Stop> {
        let result = call.result(self.root, value, self.work)?;
        if self.is_last(at) {
            return self.add(Cow::Owned(result));
        }
        let mut rest = Finder::new(self.steps, self.root, self.work);
        rest.follow(at + 1, &result)?;
        let found: Vec<Value> = rest.found.into_iter().map(Cow::into_owned).collect();
        self.found.extend(found.into_iter().map(Cow::Owned));
        Ok(())
    }
}

/// A list goes on behind an item in which a function found too few.
fn item_left_out(followed: Result<(), Stop>) -> Result<(), Stop> {
    if followed == Err(Stop::Outside) { Ok(()) } else { followed }
}

/// The item at an index, which counts from the end when negative.
pub(super) fn at(items: &[Value], index: i64) -> Option<&Value> {
    let distance = usize::try_from(index.unsigned_abs()).ok()?;
    if index < 0 { items.get(items.len().checked_sub(distance)?) } else { items.get(distance) }
}
