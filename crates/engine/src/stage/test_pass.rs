//! `TestInvokeMethod`, and `TestInvokeAuthorizer`, in place of steps 1 to 4: the method is named, not routed to, and nobody is asked who calls.
//!
//! In: the program of an API as edited. Out: what the steps behind need. Only [`crate::Engine::test`] makes a pass, never
//! a call of the data plane.

use bytes::Bytes;
use stagedoor_base::{Cause, ResourceId};
use stagedoor_program::{Event, Program, Record};

use super::{Picked, Routed, Ticket, consult};
use crate::Engine;

/// Leave to execute one method, which the record names, without any of the checks that guard it.
#[derive(Debug)]
pub(crate) struct TestPass(());

impl TestPass {
    /// A pass for the method that a resource has for a verb, `ANY` included; none when it has none.
    pub(crate) fn to(program: &Program, resource: &ResourceId, record: &mut Record) -> Option<Self> {
        let (verb, path) = (&record.head.method, record.head.path());
        record.route = Some(program.deployment.find_named(resource, verb, path)?);
        Some(Self(()))
    }

    /// What the method's authorizer says of a caller.
    pub(crate) async fn consult(
        self,
        engine: &Engine,
        program: &Program,
        record: &mut Record,
        body: Bytes,
    ) -> Result<(), Cause> {
        let picked = Picked { program, body };
        let routed = found(program, record)?;
        consult(engine, &picked, &routed, record).await
    }

    pub(crate) fn admit<'p>(
        self,
        engine: &Engine,
        program: &'p Program,
        record: &mut Record,
        body: Result<Bytes, Cause>,
    ) -> Result<(Picked<'p>, Routed<'p>, Ticket), Cause> {
        let picked = Picked { program, body: body? };
        let routed = found(program, record)?;
        engine.note(record, || Event::Routed);
        Ok((picked, routed, Ticket::of_test(&self)))
    }
}

fn found<'p>(program: &'p Program, record: &Record) -> Result<Routed<'p>, Cause> {
    let found = record.route.as_ref().ok_or(Cause::NoRoute)?;
    let deployment = &program.deployment;
    let (resource, method) = (deployment.resource(found.resource), deployment.method(found.method));
    Ok(Routed { program, resource, method })
}
