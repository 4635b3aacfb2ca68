//! The steps of one call, kept only when somebody asked for them: for the developer's console and execution logs.
//!
//! In: what each step proved. Out: the same in order, with the time since the call arrived. It must not decide how a step is
//! shown, nor hide secrets: whoever prints does.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue};

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
    /// The caller may call.
    Authorized,
    /// API key, throttles and quota admit the call.
    Metered,
    /// Execution begins, before anything is validated; holds the body as everything behind reads it.
    Started { body: Bytes },
    /// The request fits its method; holds the body as everything behind reads it.
    Validated { body: Bytes },
    /// The integration is called with this.
    Calling(Outgoing),
    /// The integration has answered with this, before anything is decoded or mapped. A function's answer is its payload.
    Answered { status: Option<u16>, headers: Vec<(HeaderName, HeaderValue)>, body: Bytes },
    /// The client's reply is made.
    Mapped { status: u16, body: Bytes },
    /// The reply has all its headers.
    Replied { headers: Vec<(HeaderName, HeaderValue)> },
}

/// What goes to an integration.
#[derive(Debug)]
pub enum Outgoing {
    /// Nothing: the mock's template chose this status.
    Mock(u16),
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
