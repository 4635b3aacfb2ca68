//! One request and its reply on a pooled or new connection.

use http::Method;
use http::uri::Scheme;
use stagedoor_engine::{UpstreamFailure, UpstreamRequest, UpstreamStreamReply};

use super::Upstream;
use super::codec::{Connection, Exchanged, Reading};
use super::gate::{Entered, Grant};
use super::pool::Target;

/// What came of one attempt on a connection that others used before.
enum Attempted {
    Done(Result<UpstreamStreamReply, UpstreamFailure>),
    /// The backend closed before it could see anything of the request.
    Unsent,
    /// It closed, may have seen the request, and may see it twice.
    Unanswered,
}

/// What is sent, and how.
#[derive(Clone, Copy)]
struct Sending<'r> {
    request: &'r UpstreamRequest,
    reading: Reading,
    /// Whether the backend may see it twice.
    repeatable: bool,
}

impl Upstream {
    pub(super) async fn exchange(
        &self,
        request: &UpstreamRequest,
        reading: Reading,
    ) -> Result<UpstreamStreamReply, UpstreamFailure> {
        let target = Target {
            tls: request.scheme == Scheme::HTTPS,
            authority: request.authority.clone(),
            skip_verification: request.insecure_skip_verification,
        };
        let mut repeatable = is_idempotent(&request.method);
        while let Some(connection) = self.pool.take(&target) {
            let sending = Sending { request, reading, repeatable };
            match self.attempt_again(&target, connection, sending).await {
                Attempted::Done(outcome) => return outcome,
                Attempted::Unsent => {}
                Attempted::Unanswered => {
                    repeatable = false;
                    break;
                }
            }
        }
        // Rare and large.
        Box::pin(self.exchange_in_turn(&target, Sending { request, reading, repeatable })).await
    }

    /// On a connection of its own, or on one that somebody else hands over.
    async fn exchange_in_turn(
        &self,
        target: &Target,
        mut sending: Sending<'_>,
    ) -> Result<UpstreamStreamReply, UpstreamFailure> {
        loop {
            let connection = match self.admit(target).await? {
                Grant::Connection(used) => {
                    match self.attempt_again(target, used, sending).await {
                        Attempted::Done(outcome) => return outcome,
                        Attempted::Unsent => {}
                        Attempted::Unanswered => sending.repeatable = false,
                    }
                    continue;
                }
                Grant::Place(place) => self.connect(target, place).await?,
            };
            return settle(self.attempt(target, connection, sending).await);
        }
    }

    /// Waits for a connection, or for a place among the backend's.
    async fn admit(&self, target: &Target) -> Result<Grant, UpstreamFailure> {
        let gate = self.settings.gates.of(target);
        match gate.enter(self.pool.core) {
            Some(Entered::Now(place)) => Ok(Grant::Place(place)),
            Some(Entered::Later(granted)) => {
                // What became idle before this call stood in line would be offered to nobody.
                if let Some(connection) = self.pool.take(target) {
                    return Ok(Grant::Connection(connection));
                }
                self.settings.gates.reclaim(target);
                granted.await.map_err(|_| busy(target))
            }
            None => Err(busy(target)),
        }
    }

    /// A backend may close an idle connection at the moment of the next request.
    async fn attempt_again(
        &self,
        target: &Target,
        mut connection: Box<Connection>,
        sending: Sending<'_>,
    ) -> Attempted {
        if !sending.repeatable {
            // What cannot be sent twice must not be sent in vain: the kernel knows of an end before the runtime does.
            if connection.has_ended() {
                return Attempted::Unsent;
            }
            connection.mark();
        }
        match self.attempt(target, connection, sending).await {
            Exchanged::Unsent(_) => Attempted::Unsent,
            Exchanged::Stale(_) if sending.repeatable => Attempted::Unanswered,
            exchanged => Attempted::Done(settle(exchanged)),
        }
    }

    async fn attempt(
        &self,
        target: &Target,
        mut connection: Box<Connection>,
        sending: Sending<'_>,
    ) -> Exchanged {
        let exchanged = connection.exchange(sending.request, &self.settings, sending.reading).await;
        match exchanged {
            Exchanged::Begun(begun, deadline) => {
                let reply = self.follow(target, connection, *begun, deadline);
                return Exchanged::Reply { reply, reusable: false };
            }
            Exchanged::Reply { reusable: true, .. } => self.pool.put(target, connection),
            _ => {}
        }
        exchanged
    }
}

fn settle(exchanged: Exchanged) -> Result<UpstreamStreamReply, UpstreamFailure> {
    match exchanged {
        Exchanged::Reply { reply, .. } => Ok(reply),
        Exchanged::Begun(..) => Err(UpstreamFailure::Broken("nobody reads the reply".to_owned())),
        Exchanged::Stale(reason) | Exchanged::Unsent(reason) => Err(UpstreamFailure::Broken(reason)),
        Exchanged::Failed(failure) => Err(failure),
    }
}

fn busy(target: &Target) -> UpstreamFailure {
    let authority = &target.authority;
    UpstreamFailure::Connect(format!(
        "all connections to {authority} are busy, and too many calls wait for one"
    ))
}

fn is_idempotent(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS | Method::PUT | Method::DELETE)
}
