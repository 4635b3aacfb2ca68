//! One condition: a key, an operator, and the values that it is compared with.

use std::net::IpAddr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::arn::ArnPattern;
use super::context::{Keys, TextBuffer, Value};
use super::date;
use super::network::Network;
use super::operator::{Operator, Order, Quantifier, Test};
use super::pattern::{Pattern, Syntax};
use super::principal::is_of_principal;

/// What is known of a condition, or of all of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    No,
    Yes,
    /// Nobody can tell; the statement's effect decides.
    Unknown,
}

impl Verdict {
    fn of(value: bool) -> Self {
        if value { Self::Yes } else { Self::No }
    }
}

/// A compiled condition.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Condition {
    pub(super) operator: Operator,
    /// In lower case.
    pub(super) key: Box<str>,
    is_of_principal: bool,
    values: Values,
}

/// What a key's value is compared with; any may match.
#[derive(Debug, Clone, PartialEq)]
enum Values {
    Equal(Box<[Pattern]>),
    EqualIgnoringCase(Box<[Pattern]>),
    Arn(Box<[ArnPattern]>),
    Numbers(Order, Box<[f64]>),
    /// Milliseconds since the epoch.
    Dates(Order, Box<[i64]>),
    Flags(Box<[bool]>),
    /// In canonical base64.
    Binary(Box<[Box<str>]>),
    Networks(Box<[Network]>),
}

impl Condition {
    /// The error is the value that the operator can never compare.
    pub(super) fn compile<'t>(
        operator: Operator,
        key: &str,
        texts: &[&'t str],
        variables: bool,
    ) -> Result<Self, &'t str> {
        let values = Values::compile(operator.test, texts, variables)?;
        let key = key.to_ascii_lowercase();
        Ok(Self { operator, is_of_principal: is_of_principal(&key), key: key.into(), values })
    }

    /// `ArnLike` on `aws:SourceArn`.
    pub(super) fn source_arn(arn: &str) -> Self {
        let values = Values::Arn([ArnPattern::compile(arn, false)].into());
        Self {
            operator: Operator::plain(Test::Arn),
            key: "aws:sourcearn".into(),
            is_of_principal: false,
            values,
        }
    }

    /// `StringEquals` on `aws:SourceAccount`.
    pub(super) fn source_account(account: &str) -> Self {
        let plain = Syntax { wildcards: false, variables: false };
        let values = Values::Equal([Pattern::compile(account, plain)].into());
        Self {
            operator: Operator::plain(Test::StringEquals),
            key: "aws:sourceaccount".into(),
            is_of_principal: false,
            values,
        }
    }

    pub(super) fn holds(&self, keys: &Keys<'_>) -> Verdict {
        let operator = &self.operator;
        let value = if self.is_of_principal { keys.get(&self.key) } else { keys.get_of_context(&self.key) };
        match value {
            Value::Unknown => Verdict::Unknown,
            value if operator.test == Test::Null => {
                let is_absent = matches!(value, Value::Absent | Value::Many([]));
                Verdict::of(self.values.has_flag(is_absent))
            }
            Value::Absent | Value::Many([]) => Verdict::of(match operator.quantifier {
                _ if operator.if_exists => true,
                Quantifier::All => true,
                Quantifier::Any => false,
                Quantifier::Single => operator.negated,
            }),
            Value::Many(texts) => self.hold(texts, keys),
            value => self.passes(value, keys),
        }
    }

    /// Without a quantifier AWS leaves open what several values mean: one has to match, or none of them if negated.
    fn hold(&self, texts: &[&str], keys: &Keys<'_>) -> Verdict {
        let all = match self.operator.quantifier {
            Quantifier::All => true,
            Quantifier::Any => false,
            Quantifier::Single => self.operator.negated,
        };
        let mut found = Verdict::of(all);
        for text in texts {
            match self.passes(Value::Text(text), keys) {
                Verdict::Unknown => found = Verdict::Unknown,
                verdict if verdict == Verdict::of(!all) => return verdict,
                _ => {}
            }
        }
        found
    }

    fn passes(&self, value: Value<'_>, keys: &Keys<'_>) -> Verdict {
        match (self.values.any_matches(value, keys), self.operator.negated) {
            (Some(matches), negated) => Verdict::of(matches != negated),
            (None, false) if !self.values.is_unknown(keys) => Verdict::No,
            (None, _) => Verdict::Unknown,
        }
    }
}

impl Values {
    fn compile<'t>(test: Test, texts: &[&'t str], variables: bool) -> Result<Self, &'t str> {
        let patterns = |wildcards| -> Box<[Pattern]> {
            texts.iter().map(|text| Pattern::compile(text, Syntax { wildcards, variables })).collect()
        };
        Ok(match test {
            Test::StringEquals => Self::Equal(patterns(false)),
            Test::StringEqualsIgnoreCase => Self::EqualIgnoringCase(patterns(false)),
            Test::StringLike => Self::Equal(patterns(true)),
            Test::Arn => Self::Arn(texts.iter().map(|text| ArnPattern::compile(text, variables)).collect()),
            Test::Numeric(order) => Self::Numbers(order, parse_all(texts, number)?),
            Test::Date(order) => Self::Dates(order, parse_all(texts, date::parse)?),
            Test::Bool | Test::Null => Self::Flags(parse_all(texts, flag)?),
            Test::Binary => Self::Binary(parse_all(texts, binary)?),
            Test::Address => Self::Networks(parse_all(texts, Network::parse)?),
        })
    }

    /// Whether a value has a variable that nobody can tell.
    fn is_unknown(&self, keys: &Keys<'_>) -> bool {
        match self {
            Self::Equal(patterns) | Self::EqualIgnoringCase(patterns) => {
                patterns.iter().any(|pattern| pattern.is_unknown(keys))
            }
            Self::Arn(patterns) => patterns.iter().any(|pattern| pattern.is_unknown(keys)),
            _ => false,
        }
    }

    fn has_flag(&self, wanted: bool) -> bool {
        matches!(self, Self::Flags(flags) if flags.contains(&wanted))
    }

    /// None: it cannot be compared, for the lack of a variable or because the value is of another kind.
    fn any_matches(&self, value: Value<'_>, keys: &Keys<'_>) -> Option<bool> {
        let mut buffer = TextBuffer::default();
        match self {
            Self::Equal(patterns) => {
                let text = value.as_single_text(&mut buffer)?;
                any(patterns, |pattern| pattern.matches(text, keys))
            }
            Self::EqualIgnoringCase(patterns) => {
                let text = value.as_single_text(&mut buffer)?;
                any(patterns, |pattern| pattern.same_ignoring_case(text, keys))
            }
            Self::Arn(patterns) => {
                let text = value.as_single_text(&mut buffer)?;
                any(patterns, |pattern| pattern.matches(text, keys))
            }
            Self::Binary(own) => {
                let text = value.as_single_text(&mut buffer)?;
                Some(own.iter().any(|own| **own == *text))
            }
            Self::Numbers(order, own) => {
                let actual = as_number(value)?;
                Some(own.iter().any(|&own| order.holds(actual, own)))
            }
            Self::Dates(order, own) => {
                let actual = as_date(value)?;
                Some(own.iter().any(|&own| order.holds(actual, own)))
            }
            Self::Flags(own) => as_flag(value).map(|actual| own.contains(&actual)),
            Self::Networks(own) => {
                let address = as_address(value)?;
                Some(own.iter().any(|own| own.contains(address)))
            }
        }
    }
}

/// Whether any matches; one that matches outweighs those that cannot tell.
pub(super) fn any<T>(patterns: &[T], matches: impl Fn(&T) -> Option<bool>) -> Option<bool> {
    let mut found = Some(false);
    for pattern in patterns {
        match matches(pattern) {
            Some(true) => return Some(true),
            Some(false) => {}
            None => found = None,
        }
    }
    found
}

fn parse_all<'t, T>(texts: &[&'t str], parse: impl Fn(&str) -> Option<T>) -> Result<Box<[T]>, &'t str> {
    texts.iter().map(|text| parse(text).ok_or(*text)).collect()
}

fn number(text: &str) -> Option<f64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    text.parse().ok().filter(|number: &f64| is_plain && number.is_finite())
}

fn flag(text: &str) -> Option<bool> {
    let is = |word: &str| text.eq_ignore_ascii_case(word).then_some(word == "true");
    is("true").or(is("false"))
}

fn binary(text: &str) -> Option<Box<str>> {
    STANDARD.decode(text).ok().map(|bytes| STANDARD.encode(bytes).into())
}

fn as_number(value: Value<'_>) -> Option<f64> {
    match value {
        Value::Text(text) => number(text),
        // Numbers of requests are counts and seconds, far below what a float rounds.
        Value::Number(number) => Some(number as f64),
        Value::Time(time) => Some(time.epoch_seconds() as f64),
        _ => None,
    }
}

fn as_date(value: Value<'_>) -> Option<i64> {
    match value {
        Value::Text(text) => date::parse(text),
        Value::Number(seconds) => seconds.checked_mul(1000),
        Value::Time(time) => i64::try_from(time.0).ok(),
        _ => None,
    }
}

fn as_flag(value: Value<'_>) -> Option<bool> {
    match value {
        Value::Bool(value) => Some(value),
        Value::Text(text) => flag(text),
        _ => None,
    }
}

fn as_address(value: Value<'_>) -> Option<IpAddr> {
    match value {
        Value::Address(address) => Some(address),
        Value::Text(text) => text.parse().ok(),
        _ => None,
    }
}
