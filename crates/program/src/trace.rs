//! The steps of one call, kept only when somebody asked for them: for the developer's console and execution logs.
//!
//! In: what each step proved. Out: the same in order, with the time since the call arrived. It must not decide how a step is
//! shown, nor hide secrets: whoever prints does.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue};

use crate::Overrides;

/// The steps that a call went through, in order.
#[derive(Debug, Default)]
pub struct Trace(Vec<Step>);

/// One step, at its end.
#[derive(Debug)]
pub struct Step {
    /// Since the call arrived.
    pub at: Duration,
    pub event: Event,
}

/// What a step found or did.
#[derive(Debug)]
pub enum Event {
    /// Resource and method are found; the record tells which.
    Routed,
    /// A Lambda authorizer begins, for this identity.
    Authorizing { authorizer: Arc<str>, identity: String },
    /// Its function is called with this.
    Asking { arn: String, payload: Bytes },
    /// The function has answered this.
    Told { payload: Bytes, latency: Duration },
    /// What was answered, now or earlier, counts for this principal.
    Known { principal: String, kept: bool },
    /// The caller may call.
    Authorized,
    /// API key, throttles and quota admit the call.
    Metered,
    /// Execution begins, before anything is validated; holds the body as everything behind reads it.
    Started { body: Bytes },
    /// The request fits its method; holds the body as everything behind reads it, and what the method asked for.
    Validated { body: Bytes, asked: Option<Asked> },
    /// A mapping template has made a body.
    Rendered(Rendered),
    /// The integration is called with this.
    Calling(Outgoing),
    /// The integration has answered with this, before anything is decoded or mapped. A function's answer is its payload.
    Answered { status: Option<u16>, headers: Vec<(HeaderName, HeaderValue)>, body: Bytes },
    /// The client's reply is made.
    Mapped { status: u16, body: Bytes },
    /// The reply has all its headers.
    Replied { headers: Vec<(HeaderName, HeaderValue)> },
}

/// What a method's request validator asks for.
#[derive(Debug)]
pub struct Asked {
    /// How many parameters must be there.
    pub parameters: usize,
    /// The content type of the model that the body keeps; none when nobody looks at the body.
    pub model: Option<Box<str>>,
}

/// What a mapping template did.
#[derive(Debug)]
pub struct Rendered {
    /// `request` or `response`.
    pub side: &'static str,
    /// The key by which it was chosen.
    pub media_type: Box<str>,
    /// None: nothing in it is evaluated.
    pub took: Option<Duration>,
    /// Bytes of the body that it read, and of the one that it made.
    pub read: usize,
    pub made: usize,
    /// What it set on `$context.requestOverride` and `$context.responseOverride`, when it touched them.
    pub overrides: Option<Overrides>,
}

/// What goes to an integration.
#[derive(Debug)]
pub enum Outgoing {
    /// Nothing: the mock's template chose this status.
    Mock(i32),
    Http {
        method: String,
        uri: String,
        headers: Vec<(HeaderName, HeaderValue)>,
        body: Bytes,
    },
    Function {
        arn: String,
        payload: Bytes,
    },
}

impl Trace {
    /// Adds a step.
    pub fn push(&mut self, at: Duration, event: Event) {
        self.0.push(Step { at, event });
    }

    /// Fills in the body of a reply that was streamed, once it is known: nothing changed it on its way.
    pub fn complete(&mut self, whole: &Bytes) {
        for step in &mut self.0 {
            if let Event::Answered { body, .. } | Event::Mapped { body, .. } = &mut step.event {
                body.clone_from(whole);
            }
        }
    }

    /// All steps so far.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.0
    }
}
