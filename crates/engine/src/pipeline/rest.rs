//! What a REST API does with one call, in AWS's order. Each step takes what the one before proved.

use bytes::Bytes;
use stagedoor_base::Cause;
use stagedoor_program::{Event, Program, Record};

use crate::Engine;
use crate::evaluate::Extracted;
use crate::stage::{
    Mapped, Picked, Reply, Routed, TestPass, Ticket, authorize, decode, integrate, map_body, map_parameters,
    map_response, meter, pick, prepare, request_extraction, route, validate,
};

pub(crate) async fn run(
    engine: &Engine,
    program: &Program,
    record: &mut Record,
    body: Result<Bytes, Cause>,
    test: Option<TestPass>,
) -> Result<Reply, Cause> {
    let (picked, routed, ticket) = match test {
        None => admit(engine, program, record, body)?,
        Some(pass) => pass.admit(engine, program, record, body)?,
    };
    let decoded = decode(engine, &ticket, picked, record).await?;
    engine.note(record, || decoded.event());
    let input = validate(engine, &routed, decoded, record).await?;
    engine.note(record, || input.event());
    let extracted = match request_extraction(&routed, &input) {
        None => Extracted::default(),
        Some(extraction) => Box::pin(extraction.run(engine)).await?,
    };
    let parameters = map_parameters(&routed, &input, extracted, record)?;
    let body = map_body(&routed, input, record)?.render(engine, record).await?;
    let call = prepare(engine, &routed, parameters, body, record)?;
    let answer = integrate(engine, ticket, call, record).await?;
    let reply = match map_response(&routed, answer, record)? {
        Mapped::Reply(reply) => reply,
        Mapped::Later(later) => Box::pin(later.finish(engine, &routed, record)).await?,
    };
    engine.note(record, || reply.event());
    Ok(reply)
}

/// The way of a client's call to its method.
fn admit<'p>(
    engine: &Engine,
    program: &'p Program,
    record: &mut Record,
    body: Result<Bytes, Cause>,
) -> Result<(Picked<'p>, Routed<'p>, Ticket), Cause> {
    let picked = pick(program, body)?;
    let routed = route(&picked, record)?;
    engine.note(record, || Event::Routed);
    let caller = authorize(&routed)?;
    engine.note(record, || Event::Authorized);
    let ticket = meter(&routed, caller)?;
    engine.note(record, || Event::Metered);
    Ok((picked, routed, ticket))
}
