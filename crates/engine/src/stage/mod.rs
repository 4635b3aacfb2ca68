//! The steps of the pipeline, one file each. A step's result is the only way to get at the next step.

mod authorize;
mod cache;
mod decode;
mod integrate;
mod map_body;
mod map_parameters;
mod map_response;
mod meter;
mod pick;
mod respond;
mod route;
mod test_pass;
mod validate;

use stagedoor_program::Event;

use crate::{Body, HeaderList};

pub(crate) use authorize::{Bearer, Caller, Decision, ask, authorize, consult};
pub(crate) use cache::{Recalled, recall};
pub(crate) use decode::{Decoded, decode};
pub(crate) use integrate::{Answer, integrate, upstream, upstream_cause};
pub(crate) use map_body::{Call, map_body, prepare};
pub(crate) use map_parameters::{Parameters, map_parameters, request_extraction};
pub(crate) use map_response::{Mapped, map_response};
pub(crate) use meter::{Metered, Ticket, meter, settle};
pub(crate) use pick::{Picked, pick};
pub(crate) use respond::respond;
pub(crate) use route::{Routed, route};
pub(crate) use test_pass::TestPass;
pub(crate) use validate::{Input, validate};

/// What goes to the client, before the standard headers.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderList,
    pub(crate) body: Body,
}

impl Reply {
    pub(crate) fn event(&self) -> Event {
        Event::Mapped { status: self.status, body: self.body.as_whole().clone() }
    }
}

/// An empty list for a reply's headers: those at hand and the standard ones.
pub(crate) fn reply_headers(count: usize) -> HeaderList {
    const STANDARD: usize = 4;
    HeaderList::with_capacity(count + STANDARD)
}
