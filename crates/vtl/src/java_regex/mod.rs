//! Java's regular expressions (`java.util.regex`) on engines whose work is bounded.
//!
//! In: a pattern in Java's syntax, texts. Out: what `matches`, `replaceAll`, `replaceFirst` and `split` of `java.lang.String`
//! give. A pattern is translated and runs on `regex` in linear time; look-around, back-references, possessive and atomic
//! groups run on `fancy-regex` with a bound on its steps. Must not know: templates.
//!
//! Two spellings of Java's are refused as errors: `\X` and `\N{…}`. A reference to a group that opens only later never matches.

mod class;
mod property;
mod replace;
mod translate;

pub use replace::ReplaceError;
use translate::Translated;

/// Steps of the backtracking engine for one search.
const STEPS: usize = 200_000;
/// The same where the text is anybody's: about a millisecond.
const STEPS_FOR_ANYBODY: usize = 20_000;
/// Bytes of one compiled pattern.
const SIZE: usize = 1 << 20;
/// Instructions of one compiled pattern of the backtracking engine.
const INSTRUCTIONS: usize = 1 << 16;

/// A compiled pattern. The automaton for whole texts and the one for parts are made when they are first asked for.
#[derive(Debug)]
pub struct Pattern {
    engine: Engine,
    /// Capturing groups, without the whole match.
    groups: usize,
    names: Vec<(Box<str>, usize)>,
}

/// What a pattern is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be compared with whole texts: [`Pattern::matches`].
    Whole,
    /// The same with texts that anybody may send, as often as they like.
    WholeOfAnybody,
    /// To be found in texts.
    Part,
}

#[derive(Debug)]
enum Engine {
    Linear(regex::Regex),
    Backtracking(Box<fancy_regex::Regex>),
}

/// Why a text is no pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// Java would refuse it too.
    #[error("{reason} near index {at}")]
    Syntax {
        /// What is wrong.
        reason: &'static str,
        /// Where, in characters from the start.
        at: usize,
    },
    /// Java would take it, but it is beyond what is built here.
    #[error("the regular expression is too complex")]
    TooComplex,
}

/// A search took more steps than it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the regular expression takes too many steps on this text")]
pub struct TooManySteps;

/// A match and its groups, as byte ranges of the text.
pub(crate) struct Found(Vec<Option<(usize, usize)>>);

impl Found {
    fn whole(&self) -> (usize, usize) {
        self.0.first().copied().flatten().unwrap_or((0, 0))
    }

    fn group<'t>(&self, number: usize, text: &'t str) -> &'t str {
        self.0.get(number).copied().flatten().map_or("", |(start, end)| &text[start..end])
    }
}

impl Pattern {
    /// Compiles a pattern of Java's syntax.
    ///
    /// # Errors
    /// When Java would refuse it, or when it is too large.
    pub fn new(pattern: &str, purpose: Purpose) -> Result<Self, PatternError> {
        let made = Self::build(translate::translate(pattern, purpose, false)?, purpose);
        // The backtracking engine does not repeat what is never wider than nothing, unless it cannot see that.
        made.or_else(|_| Self::build(translate::translate(pattern, purpose, true)?, purpose))
    }

    fn build(translated: Translated, purpose: Purpose) -> Result<Self, PatternError> {
        let text = match purpose {
            Purpose::Whole | Purpose::WholeOfAnybody => format!(r"\A(?:{})\z", translated.text),
            Purpose::Part => translated.text,
        };
        let steps = if purpose == Purpose::WholeOfAnybody { STEPS_FOR_ANYBODY } else { STEPS };
        let engine = if translated.backtracking { backtracking(&text, steps)? } else { linear(&text)? };
        Ok(Self { engine, groups: translated.groups, names: translated.names })
    }

    /// Whether the text matches; of a pattern made for whole texts, whether all of it does.
    ///
    /// # Errors
    /// When that takes too many steps to say.
    pub fn matches(&self, text: &str) -> Result<bool, TooManySteps> {
        match &self.engine {
            Engine::Linear(regex) => Ok(regex.is_match(text)),
            Engine::Backtracking(regex) => regex.is_match(text).map_err(|_| TooManySteps),
        }
    }

    /// The first match that starts at this byte or later.
    pub(crate) fn find(&self, text: &str, from: usize) -> Result<Option<Found>, TooManySteps> {
        match &self.engine {
            Engine::Linear(regex) if self.groups == 0 => {
                Ok(regex.find_at(text, from).map(|found| Found(vec![Some((found.start(), found.end()))])))
            }
            Engine::Linear(regex) => Ok(regex.captures_at(text, from).map(|found| {
                Found(found.iter().map(|group| group.map(|group| (group.start(), group.end()))).collect())
            })),
            Engine::Backtracking(regex) => {
                let found = regex.captures_from_pos(text, from).map_err(|_| TooManySteps)?;
                Ok(found.map(|found| {
                    Found(found.iter().map(|group| group.map(|group| (group.start(), group.end()))).collect())
                }))
            }
        }
    }

    fn group_named(&self, name: &str) -> Option<usize> {
        self.names.iter().find(|(known, _)| **known == *name).map(|&(_, number)| number)
    }
}

fn linear(text: &str) -> Result<Engine, PatternError> {
    let built = regex::RegexBuilder::new(text).size_limit(SIZE).build();
    built.map(Engine::Linear).map_err(|_| PatternError::TooComplex)
}

fn backtracking(text: &str, steps: usize) -> Result<Engine, PatternError> {
    let built = fancy_regex::RegexBuilder::new(text)
        .backtrack_limit(steps)
        .delegate_size_limit(SIZE)
        .max_prog_size(INSTRUCTIONS)
        .build();
    built.map(|regex| Engine::Backtracking(Box::new(regex))).map_err(|_| PatternError::TooComplex)
}

#[cfg(test)]
mod tests;
