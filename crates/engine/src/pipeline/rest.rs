//! What a REST API does with one call, in AWS's order. Each step takes what the one before proved.

use bytes::Bytes;
use stagedoor_base::Cause;
use stagedoor_program::{Event, Program, Record};

use crate::Engine;
use crate::Serving;
use crate::evaluate::Extracted;
use crate::stage::{
    Caller, Mapped, Metered, Picked, Recalled, Reply, Routed, TestPass, ask, authorize, decode, integrate,
    map_body, map_parameters, map_response, meter, pick, prepare, recall, request_extraction, route, settle,
    validate,
};

/// What is called, and by whom.
#[derive(Debug)]
pub(crate) enum Door<'s> {
    Call(&'s Serving),
    /// Past everything that asks who calls, and how often.
    Test(&'s Program, TestPass),
}

pub(crate) async fn run(
    engine: &Engine,
    door: Door<'_>,
    record: &mut Record,
    body: Result<Bytes, Cause>,
) -> Result<Reply, Cause> {
    let (picked, routed, ticket, caller, cached) = match door {
        Door::Call(serving) => {
            let (picked, routed, caller) = enter(engine, &serving.program, record, body)?;
            let caller = match caller {
                Some(caller) => caller,
                // Most calls have nobody to wait for, and this future is large.
                None => Box::pin(ask(engine, &picked, &routed, record)).await?,
            };
            engine.note(record, || Event::Authorized);
            let ticket = match meter(engine, serving, &routed, &caller, record)? {
                Metered::Ticket(ticket) => ticket,
                Metered::Later(keyed) => Box::pin(settle(engine, keyed, serving, &routed, record)).await?,
            };
            engine.note(record, || Event::Metered);
            (picked, routed, ticket, caller, serving.caching.is_some().then_some(serving))
        }
        Door::Test(program, pass) => {
            let (picked, routed, ticket) = pass.admit(engine, program, record, body)?;
            (picked, routed, ticket, Caller::default(), None)
        }
    };
    let decoded = decode(engine, &ticket, picked, record).await?;
    engine.note(record, || decoded.event());
    let input = validate(engine, &routed, decoded, record).await?;
    input.note(engine, &routed, record);
    let extracted = match request_extraction(&routed, &input) {
        None => Extracted::default(),
        Some(extraction) => Box::pin(extraction.run(engine)).await?,
    };
    let recalled = match cached {
        None => Recalled::Off,
        Some(serving) => match recall(engine, serving, &routed, &input, &extracted, caller.signer(), record)?
        {
            Recalled::Waits(waits) => Box::pin(waits.outcome(engine, record)).await,
            recalled => recalled,
        },
    };
    let missed = match recalled {
        Recalled::Reply(reply) => {
            engine.note(record, || reply.event());
            return Ok(reply);
        }
        Recalled::Missed(missed) => Some(missed),
        Recalled::Off | Recalled::Waits(_) => None,
    };
    let parameters = map_parameters(&routed, &input, extracted, record)?;
    let body = map_body(&routed, input, record)?.render(engine, record).await?;
    let call = prepare(engine, &routed, &caller, parameters, body, record)?;
    let answer = integrate(engine, ticket, call, record).await;
    let mut outcome = match answer.and_then(|answer| map_response(&routed, answer, record)) {
        Ok(Mapped::Reply(reply)) => Ok(reply),
        Ok(Mapped::Later(later)) => Box::pin(later.finish(engine, &routed, record)).await,
        Err(cause) => Err(cause),
    };
    if let Some(missed) = missed {
        missed.settle(engine, &mut outcome);
    }
    let reply = outcome?;
    engine.note(record, || reply.event());
    Ok(reply)
}

/// The way of a client's call to its method, and the caller, where nobody else has to be asked.
fn enter<'p>(
    engine: &Engine,
    program: &'p Program,
    record: &mut Record,
    body: Result<Bytes, Cause>,
) -> Result<(Picked<'p>, Routed<'p>, Option<Caller>), Cause> {
    let picked = pick(program, body)?;
    let routed = route(engine, &picked, record)?;
    engine.note(record, || Event::Routed);
    let caller = authorize(engine, &picked, &routed, record)?;
    Ok((picked, routed, caller))
}
