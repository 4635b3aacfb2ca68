//! The end of a call's log, for callers that asked for it with their answer.
//!
//! In: every line that functions print. Out: the last 4 KB of the calls that somebody follows. It must not know who reads.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use stagedoor_lambda::LogLine;

/// What `X-Amz-Log-Result` carries before it is encoded.
const TAIL: usize = 4096;

/// The calls that are followed.
#[derive(Debug, Default)]
pub(crate) struct Tails {
    /// Spares the lines of all other calls a look at the table.
    followed: AtomicUsize,
    tails: Mutex<HashMap<String, Vec<u8>>>,
}

/// One followed call. Dropping it ends that.
#[derive(Debug)]
pub(crate) struct Following {
    tails: Arc<Tails>,
    request_id: String,
}

impl Tails {
    /// Keeps the end of this call's log from now on.
    pub(crate) fn follow(self: &Arc<Self>, request_id: &str) -> Following {
        self.lock().insert(request_id.to_owned(), Vec::new());
        self.followed.fetch_add(1, Relaxed);
        Following { tails: Arc::clone(self), request_id: request_id.to_owned() }
    }

    /// Whether somebody follows this call.
    pub(super) fn follows(&self, request_id: &str) -> bool {
        self.followed.load(Relaxed) > 0 && self.lock().contains_key(request_id)
    }

    /// The whole tail of a call that was logged elsewhere.
    pub(super) fn set(&self, request_id: &str, log: Vec<u8>) {
        if let Some(tail) = self.lock().get_mut(request_id) {
            *tail = log;
        }
    }

    /// A function printed something.
    pub(crate) fn note(&self, line: &LogLine) {
        if self.followed.load(Relaxed) == 0 {
            return;
        }
        let Some(request_id) = &line.request_id else { return };
        if let Some(tail) = self.lock().get_mut(&**request_id) {
            append(tail, line.text.as_bytes());
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Vec<u8>>> {
        self.tails.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Following {
    /// What the call has logged.
    pub(crate) fn end(self) -> Vec<u8> {
        self.tails.lock().get_mut(&self.request_id).map(std::mem::take).unwrap_or_default()
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        self.tails.lock().remove(&self.request_id);
        self.tails.followed.fetch_sub(1, Relaxed);
    }
}

fn append(tail: &mut Vec<u8>, line: &[u8]) {
    tail.extend_from_slice(&line[line.len().saturating_sub(TAIL)..]);
    tail.push(b'\n');
    let excess = tail.len().saturating_sub(TAIL);
    tail.drain(..excess);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use stagedoor_base::FunctionArn;
    use stagedoor_lambda::{LogKind, LogLine};

    use super::{TAIL, Tails};

    fn line(request_id: Option<&str>, text: &str) -> LogLine {
        let function = FunctionArn::parse("arn:aws:lambda:us-east-1:000000000000:function:f").unwrap();
        LogLine {
            function: Arc::new(function),
            request_id: request_id.map(Arc::from),
            kind: LogKind::Function,
            text: text.to_owned(),
        }
    }

    #[test]
    fn only_the_followed_calls_last_lines_are_kept() {
        let tails = Arc::new(Tails::default());
        tails.note(&line(Some("a"), "before anybody asked"));
        let following = tails.follow("a");
        for (id, text) in
            [(Some("a"), "one"), (Some("b"), "another's"), (None, "nobody's"), (Some("a"), "two")]
        {
            tails.note(&line(id, text));
        }
        assert_eq!(following.end(), b"one\ntwo\n");
        assert!(tails.lock().is_empty());
    }

    #[test]
    fn a_long_log_keeps_its_end() {
        let tails = Arc::new(Tails::default());
        let following = tails.follow("a");
        tails.note(&line(Some("a"), &"x".repeat(3 * TAIL)));
        tails.note(&line(Some("a"), "last"));
        let kept = following.end();
        assert_eq!(kept.len(), TAIL);
        assert!(kept.ends_with(b"xx\nlast\n"));
    }
}
