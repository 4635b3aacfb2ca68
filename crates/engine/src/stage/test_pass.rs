//! `TestInvokeMethod` in place of steps 1 to 4: the method is named, not routed to, and nobody is asked who calls.
//!
//! In: the program of an API as edited. Out: what the steps behind need. Only [`crate::Engine::test`] makes a pass, never
//! a call of the data plane.

use bytes::Bytes;
use http::Method;
use stagedoor_base::{Cause, ResourceId};
use stagedoor_program::{Event, Program, Record, RouteMatch};

use super::{Picked, Routed, Ticket};
use crate::Engine;

/// Leave to execute one method without any of the checks that guard it.
#[derive(Debug)]
pub(crate) struct TestPass {
    route: RouteMatch,
}

impl TestPass {
    /// A pass for the method that a resource has for a verb, `ANY` included; none when it has none.
    pub(crate) fn to(program: &Program, resource: &ResourceId, verb: &Method, path: &str) -> Option<Self> {
        program.deployment.find_named(resource, verb, path).map(|route| Self { route })
    }

    pub(crate) fn admit<'p>(
        self,
        engine: &Engine,
        program: &'p Program,
        record: &mut Record,
        body: Result<Bytes, Cause>,
    ) -> Result<(Picked<'p>, Routed<'p>, Ticket), Cause> {
        let picked = Picked { program, body: body? };
        let routed = Routed {
            program,
            resource: program.deployment.resource(self.route.resource),
            method: program.deployment.method(self.route.method),
        };
        let ticket = Ticket::of_test(&self);
        record.route = Some(self.route);
        engine.note(record, || Event::Routed);
        Ok((picked, routed, ticket))
    }
}
