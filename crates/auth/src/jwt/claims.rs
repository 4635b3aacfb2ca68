//! What a verified token says.
//!
//! In: the members of its payload, the time. Out: single claims, whether the token counts now, its scopes. It must not know
//! which values are wanted.

use std::time::Duration;

use stagedoor_base::Timestamp;

use super::InvalidToken;
use super::json::{Json, member};

/// The last second of the year 9999: what lies beyond is no date.
const LAST_SECOND: u64 = 253_402_300_799;

/// The claims of a token, in its order.
#[derive(Debug, Clone, PartialEq)]
pub struct Claims {
    members: Vec<(Box<str>, Json)>,
}

/// How exactly times are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeRules {
    /// A token counts for so long after its `exp`.
    pub late: Duration,
    /// `nbf` and `iat` may lie so far ahead: clocks differ.
    pub early: Duration,
}

impl Claims {
    pub(super) fn new(members: Vec<(Box<str>, Json)>) -> Self {
        Self { members }
    }

    /// A claim.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        member(&self.members, name)
    }

    /// A claim that is a string.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Json::as_text)
    }

    /// All claims.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.members.iter().map(|(name, value)| (&**name, value))
    }

    /// Whether the token counts now; returns when it expires.
    ///
    /// # Errors
    /// It has expired, lies ahead, or its times are no dates.
    pub fn check_times(&self, now: Timestamp, rules: TimeRules) -> Result<Timestamp, InvalidToken> {
        let expires = self.instant("exp")?.ok_or(InvalidToken::Missing("exp"))?;
        let last = Timestamp(expires.0.saturating_add(millis(rules.late)));
        if now >= last {
            return Err(InvalidToken::Expired);
        }
        let latest = Timestamp(now.0.saturating_add(millis(rules.early)));
        for name in ["nbf", "iat"] {
            if self.instant(name)?.is_some_and(|instant| instant > latest) {
                return Err(InvalidToken::NotYetValid);
            }
        }
        Ok(last)
    }

    /// A claim that is a number of seconds since the epoch.
    ///
    /// # Errors
    /// It is something else.
    pub fn instant(&self, name: &'static str) -> Result<Option<Timestamp>, InvalidToken> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let Json::Number(number) = value else { return Err(InvalidToken::Claim(name)) };
        let seconds = number.as_u64().or_else(|| number.as_f64().and_then(whole));
        let seconds = seconds.filter(|seconds| *seconds <= LAST_SECOND).ok_or(InvalidToken::Claim(name))?;
        Ok(Some(Timestamp(seconds * 1000)))
    }

    /// The audience: a string, or a list of them.
    pub fn audiences(&self) -> impl Iterator<Item = &str> {
        let aud = self.get("aud");
        let list = match aud {
            Some(Json::List(items)) => items.as_slice(),
            _ => &[],
        };
        aud.and_then(Json::as_text).into_iter().chain(list.iter().filter_map(Json::as_text))
    }

    /// The scopes: the words of `scope`, else `scp`, which some issuers write as a list.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        let claim = self.get("scope").or_else(|| self.get("scp"));
        let list = match claim {
            Some(Json::List(items)) => items.as_slice(),
            _ => &[],
        };
        let words = claim.and_then(Json::as_text).into_iter().flat_map(|text| text.split(' '));
        words.filter(|word| !word.is_empty()).chain(list.iter().filter_map(Json::as_text))
    }
}

/// RFC 7519 allows fractions of a second; they are cut off.
fn whole(seconds: f64) -> Option<u64> {
    // Within the range of dates the cast is exact.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (0.0..1e12).contains(&seconds).then_some(seconds as u64)
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
