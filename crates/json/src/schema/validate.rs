//! A value held against a schema.
//!
//! The Java library stops where it finds something wrong: a value's members are looked at only while the report is clean.
//! Schemas within `allOf` and the like have reports of their own, of which only the outcome counts.

use super::ecma::TooLong;
use super::keyword::{Dependency, Keyword, Verdict};
use super::{Id, Node, Schema, sentence};
use crate::{Map, Value};

/// How deep schemas may be applied within each other.
const MAX_DEPTH: usize = 1_500;
/// Sentences beyond this many are not made.
const MAX_SENTENCES: usize = 100;
/// A sentence that shows more of the value is cut, in bytes.
const MAX_SENTENCE: usize = 4 * 1024;

/// How much may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work(pub u64);

impl Work {
    /// Enough for any value of that length with any reasonable schema, and less than a second or two.
    #[must_use]
    pub fn for_text(bytes: usize) -> Self {
        Self(2_000_000 + 4 * bytes as u64)
    }
}

/// Why it cannot be said whether a value is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// More steps than allowed, an expression that backtracks too far, or too deep.
    #[error("the validation takes too much work")]
    Work,
    /// Schemas that lead back to each other without looking into the value.
    #[error("the schemas lead back to each other")]
    Loop,
}

impl From<TooLong> for Problem {
    fn from(_: TooLong) -> Self {
        Self::Work
    }
}

pub(super) fn validate(schema: &Schema, value: &Value, work: Work) -> Result<Vec<String>, Problem> {
    let mut run = Run { schema, left: work.0, depth: 0, here: Vec::new(), value: 0 };
    let mut report = Report::Sentences(Vec::new());
    run.apply(schema.root, value, &mut report)?;
    Ok(match report {
        Report::Sentences(sentences) => sentences,
        Report::Outcome { .. } => Vec::new(),
    })
}

/// What was found so far.
enum Report {
    Sentences(Vec<String>),
    Outcome { failed: bool },
}

impl Report {
    fn is_clean(&self) -> bool {
        match self {
            Self::Sentences(sentences) => sentences.is_empty(),
            Self::Outcome { failed } => !failed,
        }
    }

    /// Whether nothing more can change it.
    fn is_decided(&self) -> bool {
        match self {
            Self::Sentences(sentences) => sentences.len() >= MAX_SENTENCES,
            Self::Outcome { failed } => *failed,
        }
    }

    fn fail(&mut self, sentence: impl FnOnce() -> String) {
        match self {
            Self::Sentences(sentences) if sentences.len() < MAX_SENTENCES => sentences.push(cut(sentence())),
            Self::Sentences(_) => {}
            Self::Outcome { failed } => *failed = true,
        }
    }
}

fn cut(mut sentence: String) -> String {
    if sentence.len() > MAX_SENTENCE {
        let end = sentence.floor_char_boundary(MAX_SENTENCE);
        sentence.truncate(end);
        sentence.push_str("...");
    }
    sentence
}

struct Run<'s> {
    schema: &'s Schema,
    left: u64,
    depth: usize,
    /// The schemas being applied, to the value in hand from `value` on, and before that to those around it.
    here: Vec<Id>,
    value: usize,
}

impl<'s> Run<'s> {
    fn spend(&mut self, steps: usize) -> Result<(), Problem> {
        self.left = self.left.checked_sub(steps as u64).ok_or(Problem::Work)?;
        Ok(())
    }

    /// Applies a schema to the value in hand.
    fn apply(&mut self, id: Id, value: &Value, report: &mut Report) -> Result<(), Problem> {
        if self.here[self.value..].contains(&id) {
            return Err(Problem::Loop);
        }
        if self.depth >= MAX_DEPTH {
            return Err(Problem::Work);
        }
        self.here.push(id);
        self.depth += 1;
        let done = self.check(self.schema.node(id), value, report);
        self.depth -= 1;
        self.here.pop();
        done
    }

    /// Applies a schema to something inside the value in hand.
    fn descend(&mut self, id: Id, value: &Value, report: &mut Report) -> Result<(), Problem> {
        let around = std::mem::replace(&mut self.value, self.here.len());
        let done = self.apply(id, value, report);
        self.value = around;
        done
    }

    fn check(&mut self, node: &'s Node, value: &Value, report: &mut Report) -> Result<(), Problem> {
        self.spend(1)?;
        for keyword in &node.keywords {
            self.keyword(node, keyword, value, report)?;
            if report.is_decided() {
                return Ok(());
            }
        }
        if !report.is_clean() {
            return Ok(());
        }
        match value {
            Value::Array(items) => self.items(node, items, report),
            Value::Object(members) => self.members(node, members, report),
            _ => Ok(()),
        }
    }

    fn items(&mut self, node: &Node, items: &[Value], report: &mut Report) -> Result<(), Problem> {
        for (index, item) in items.iter().enumerate() {
            let Some(id) = node.children.of_item(index) else { return Ok(()) };
            self.descend(id, item, report)?;
            if report.is_decided() {
                return Ok(());
            }
        }
        Ok(())
    }

    fn members(&mut self, node: &Node, members: &Map, report: &mut Report) -> Result<(), Problem> {
        if node.children.ignores_members() {
            return Ok(());
        }
        self.spend(members.len() * (1 + node.children.patterns.len()))?;
        let mut sorted: Vec<(&str, &Value)> = members.iter().collect();
        sorted.sort_unstable_by_key(|(name, _)| *name);
        for (name, value) in sorted {
            node.children.of_member(name, |id| self.descend(id, value, report))?;
            if report.is_decided() {
                return Ok(());
            }
        }
        Ok(())
    }

    fn keyword(
        &mut self,
        node: &Node,
        keyword: &Keyword,
        value: &Value,
        report: &mut Report,
    ) -> Result<(), Problem> {
        match (keyword, value) {
            (Keyword::AllOf(ids), _) => {
                let matched = self.matching(ids, value)?;
                if matched < ids.len() {
                    report.fail(|| sentence::all_of(matched, ids.len()));
                }
            }
            (Keyword::AnyOf(ids), _) => {
                if !self.any_matches(ids, value)? {
                    report.fail(|| sentence::any_of(ids.len()));
                }
            }
            (Keyword::OneOf(ids), _) => {
                let matched = self.matching(ids, value)?;
                if matched != 1 {
                    report.fail(|| sentence::one_of(matched, ids.len()));
                }
            }
            (Keyword::Not(id), _) => {
                if self.matches(*id, value)? {
                    report.fail(|| sentence::NOT.to_owned());
                }
            }
            (Keyword::Dependencies(all), Value::Object(members)) => {
                self.dependencies(all, value, members, report)?;
            }
            _ => self.alone(node, keyword, value, report)?,
        }
        Ok(())
    }

    /// A keyword that needs no other schema.
    fn alone(
        &mut self,
        node: &Node,
        keyword: &Keyword,
        value: &Value,
        report: &mut Report,
    ) -> Result<(), Problem> {
        self.spend(cost(node, keyword, value))?;
        match keyword.check(node, value) {
            Verdict::Good => Ok(()),
            Verdict::Bad => {
                report.fail(|| keyword.sentence(node, value));
                Ok(())
            }
            Verdict::TooLong => Err(Problem::Work),
        }
    }

    /// Missing members first, in the order of the schema, then schemas.
    fn dependencies(
        &mut self,
        all: &[(Box<str>, Dependency)],
        value: &Value,
        members: &Map,
        report: &mut Report,
    ) -> Result<(), Problem> {
        for (name, dependency) in all.iter().filter(|(name, _)| members.contains_key(name)) {
            if let Dependency::Members(required) = dependency {
                let required = required.iter().map(|name| &**name);
                let missing = required.clone().filter(|name| !members.contains_key(name));
                if missing.clone().next().is_some() {
                    report.fail(|| sentence::dependencies(name, required, missing));
                }
            }
        }
        for (_, dependency) in all.iter().filter(|(name, _)| members.contains_key(name)) {
            if let Dependency::Schema(id) = dependency {
                self.apply(*id, value, report)?;
            }
        }
        Ok(())
    }

    fn matches(&mut self, id: Id, value: &Value) -> Result<bool, Problem> {
        let mut report = Report::Outcome { failed: false };
        self.apply(id, value, &mut report)?;
        Ok(report.is_clean())
    }

    fn matching(&mut self, ids: &[Id], value: &Value) -> Result<usize, Problem> {
        let mut count = 0;
        for id in ids {
            count += usize::from(self.matches(*id, value)?);
        }
        Ok(count)
    }

    fn any_matches(&mut self, ids: &[Id], value: &Value) -> Result<bool, Problem> {
        for id in ids {
            if self.matches(*id, value)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Steps of a keyword that looks at all of a value.
fn cost(node: &Node, keyword: &Keyword, value: &Value) -> usize {
    match (keyword, value) {
        (Keyword::UniqueItems, Value::Array(items)) => 1 + items.len(),
        (Keyword::AdditionalProperties, Value::Object(members)) => {
            1 + members.len() * (1 + node.children.patterns.len())
        }
        (
            Keyword::Pattern(_) | Keyword::MaxLength(_) | Keyword::MinLength(_) | Keyword::Format(_),
            Value::String(text),
        ) => 1 + text.len() / 16,
        (Keyword::Enum(values), _) => 1 + values.len(),
        (Keyword::Required(names), _) => 1 + names.len() / 4,
        _ => 1,
    }
}
