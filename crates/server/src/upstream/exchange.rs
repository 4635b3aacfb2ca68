//! One request and its reply on a pooled or new connection.

use http::Method;
use http::uri::Scheme;
use stagedoor_engine::{UpstreamFailure, UpstreamReply, UpstreamRequest};

use super::Upstream;
use super::codec::{Connection, Exchanged};
use super::pool::Target;

impl Upstream {
    pub(super) async fn exchange(&self, request: &UpstreamRequest) -> Result<UpstreamReply, UpstreamFailure> {
        let target = Target {
            tls: request.scheme == Scheme::HTTPS,
            authority: request.authority.clone(),
            skip_verification: request.insecure_skip_verification,
        };
        let repeatable = is_idempotent(&request.method);
        while let Some(connection) = self.pool.take(&target) {
            // What cannot be sent twice must not be sent in vain: the kernel knows of an end before the runtime does.
            if !repeatable && connection.has_ended() {
                continue;
            }
            match self.attempt(&target, connection, request).await {
                // A backend may close an idle connection at the moment of the next request.
                Exchanged::Stale(_) if repeatable => break,
                exchanged => return settle(exchanged),
            }
        }
        // Rare and large.
        let connection = Box::pin(self.connect(&target)).await?;
        settle(self.attempt(&target, connection, request).await)
    }

    async fn attempt(
        &self,
        target: &Target,
        mut connection: Connection,
        request: &UpstreamRequest,
    ) -> Exchanged {
        let exchanged = connection.exchange(request, &self.settings).await;
        if let Exchanged::Reply { reusable: true, .. } = &exchanged {
            self.pool.put(target, connection);
        }
        exchanged
    }
}

fn settle(exchanged: Exchanged) -> Result<UpstreamReply, UpstreamFailure> {
    match exchanged {
        Exchanged::Reply { reply, .. } => Ok(reply),
        Exchanged::Stale(reason) => Err(UpstreamFailure::Broken(reason)),
        Exchanged::Failed(failure) => Err(failure),
    }
}

fn is_idempotent(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS | Method::PUT | Method::DELETE)
}
