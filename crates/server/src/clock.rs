//! What time it is, for everything that a call may meet: one handle, which `dev` can move forward.
//!
//! In: nothing, or by how much to move. Out: the time of day, the time since the start. Moving it ends quotas' periods,
//! fills buckets and lets cached replies, tokens and sessions expire, as time itself would. Whoever signs a call does so by
//! the time of the world, and so do we towards others: that time is [`Clock::real`], and never moves.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::{Response, StatusCode};
use serde::Deserialize;
use serde_json::json;
use stagedoor_base::Timestamp;

use crate::status::{json, text};

/// The furthest that the clock moves, all moves together: a hundred years.
const FURTHEST: u64 = 100 * 366 * 86_400;

/// See the module. Clones tell the same time.
#[derive(Debug, Clone)]
pub(crate) struct Clock(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    start: Instant,
    moved_seconds: AtomicU64,
}

impl Clock {
    /// A clock that shows the time of the world.
    pub(crate) fn start() -> Self {
        Self(Arc::new(Inner { start: Instant::now(), moved_seconds: AtomicU64::new(0) }))
    }

    /// The time of day.
    pub(crate) fn now(&self) -> Timestamp {
        Timestamp(real().0 + 1_000 * self.0.moved_seconds.load(Relaxed))
    }

    /// The time since the start. It never goes back.
    pub(crate) fn elapsed(&self) -> Duration {
        self.0.start.elapsed() + self.moved()
    }

    /// How far it was moved.
    pub(crate) fn moved(&self) -> Duration {
        Duration::from_secs(self.0.moved_seconds.load(Relaxed))
    }

    /// Moves it forward; false when that would be too far.
    fn advance(&self, seconds: u64) -> bool {
        let further = |moved: u64| moved.checked_add(seconds).filter(|moved| *moved <= FURTHEST);
        self.0.moved_seconds.fetch_update(Relaxed, Relaxed, further).is_ok()
    }

    /// Answers a wish to move it.
    pub(crate) fn move_by(&self, body: &[u8]) -> Response<Bytes> {
        let Ok(Move { advance_seconds }) = serde_json::from_slice(body) else {
            let usage = "send {\"advanceSeconds\": N}, N a whole number of seconds, not negative\n";
            return text(StatusCode::BAD_REQUEST, usage);
        };
        match self.advance(advance_seconds) {
            true => self.show(),
            false => text(StatusCode::BAD_REQUEST, "the clock moves a hundred years at most\n"),
        }
    }

    /// Tells the time, and how far it was moved.
    pub(crate) fn show(&self) -> Response<Bytes> {
        let shown = json!({ "now": self.now().to_string(), "advancedSeconds": self.moved().as_secs() });
        json(shown.to_string())
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Move {
    advance_seconds: u64,
}

/// The time of the world.
pub(crate) fn real() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Clock, FURTHEST, real};

    #[test]
    fn moving_moves_both_times() {
        let clock = Clock::start();
        let (now, elapsed) = (clock.now(), clock.elapsed());
        assert_eq!(clock.move_by(br#"{"advanceSeconds": 3600}"#).status(), 200);
        assert!(clock.now().0 >= now.0 + 3_600_000);
        assert!(clock.elapsed() >= elapsed + Duration::from_secs(3600));
        assert!(real().0 < clock.now().0);
        assert_eq!(clock.moved(), Duration::from_secs(3600));
    }

    #[test]
    fn what_is_no_move_is_refused() {
        let clock = Clock::start();
        for body in [
            "",
            "{}",
            "[]",
            "7",
            r#"{"advanceSeconds": -1}"#,
            r#"{"advanceSeconds": 1.5}"#,
            r#"{"advanceSeconds": "1"}"#,
            r#"{"advanceSeconds": 1, "by": 2}"#,
            r#"{"advanceSeconds": 18446744073709551616}"#,
        ] {
            assert_eq!(clock.move_by(body.as_bytes()).status(), 400, "{body}");
        }
        assert_eq!(clock.moved(), Duration::ZERO);
        assert!(clock.advance(FURTHEST));
        for seconds in [1, u64::MAX] {
            assert!(!clock.advance(seconds));
        }
        assert_eq!(clock.moved(), Duration::from_secs(FURTHEST));
    }
}
