//! The latest lines of the console, kept for whoever asks later: `stagedoor logs`.
//!
//! In: lines in their order. Out: those behind a number that the reader has seen. Bounded in bytes: the oldest go first. It
//! must not know who reads.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

/// Bytes of text that are kept.
const CAPACITY: usize = 4 * 1024 * 1024;

/// One line as it was printed, without its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Counts every line from 1 on.
    pub number: u64,
    /// Milliseconds since 1970.
    pub time: u64,
    pub source: Source,
    /// With [`crate::Style`] marks in it.
    pub text: String,
}

/// Whom a line is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The program itself.
    Gateway,
    /// A call of `api/stage`.
    Stage(String),
    /// A function's own output, or what the platform says of it.
    Function(String),
}

/// The latest lines.
#[derive(Debug)]
pub struct Ring {
    kept: Mutex<Kept>,
    last: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Kept {
    entries: VecDeque<Entry>,
    bytes: usize,
    closed: bool,
}

impl Default for Ring {
    fn default() -> Self {
        Self { kept: Mutex::default(), last: watch::Sender::new(0) }
    }
}

impl Ring {
    /// Adds a line.
    pub fn push(&self, time: u64, source: Source, text: String) {
        let number = *self.last.borrow() + 1;
        let mut kept = self.kept();
        kept.bytes += text.len();
        kept.entries.push_back(Entry { number, time, source, text });
        while kept.bytes > CAPACITY
            && let Some(oldest) = kept.entries.pop_front()
        {
            kept.bytes -= oldest.text.len();
        }
        drop(kept);
        self.last.send_replace(number);
    }

    /// The lines behind `after`, at most `limit` of them that `wanted` accepts, and the number to go on from.
    #[must_use]
    pub fn read(&self, after: u64, limit: usize, wanted: impl Fn(&Entry) -> bool) -> (Vec<Entry>, u64) {
        let kept = self.kept();
        let start = kept.entries.partition_point(|entry| entry.number <= after);
        let mut seen = after;
        let mut found = Vec::new();
        for entry in kept.entries.range(start..) {
            if found.len() == limit {
                break;
            }
            seen = entry.number;
            if wanted(entry) {
                found.push(entry.clone());
            }
        }
        (found, seen)
    }

    /// Completes when there is a line behind `after`, or none will come any more.
    pub async fn news(&self, after: u64) {
        let mut last = self.last.subscribe();
        // It fails only when the sender is gone, which is part of self.
        let _ = last.wait_for(|number| *number > after || self.kept().closed).await;
    }

    /// Lets everybody go who waits for news.
    pub fn close(&self) {
        self.kept().closed = true;
        self.last.send_modify(|_| ());
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{CAPACITY, Ring, Source};

    #[test]
    fn readers_go_on_where_they_were() {
        let ring = Ring::default();
        for text in ["a", "b", "c"] {
            ring.push(7, Source::Function(text.to_owned()), text.to_owned());
        }
        let texts = |after, limit| {
            let (found, seen) = ring.read(after, limit, |entry| entry.text != "b");
            (found.into_iter().map(|entry| entry.text).collect::<Vec<_>>().join(""), seen)
        };
        assert_eq!(texts(0, 9), ("ac".to_owned(), 3));
        assert_eq!(texts(0, 1), ("a".to_owned(), 1));
        assert_eq!(texts(3, 9), (String::new(), 3));
    }

    #[test]
    fn the_oldest_lines_go_first() {
        let ring = Ring::default();
        for index in 0..5 {
            ring.push(index, Source::Gateway, "x".repeat(CAPACITY / 4));
        }
        let (found, _) = ring.read(0, 9, |_| true);
        assert_eq!(found.iter().map(|entry| entry.number).collect::<Vec<_>>(), [2, 3, 4, 5]);
    }

    #[tokio::test]
    async fn waiting_ends_with_a_line_or_with_the_program() {
        let ring = Ring::default();
        ring.push(0, Source::Gateway, String::new());
        ring.news(0).await;
        let waiting = ring.news(1);
        ring.close();
        waiting.await;
    }
}
