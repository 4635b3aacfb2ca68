//! Credentials of roles: kept until shortly before they expire, and asked for once however many calls wait for them.
//!
//! In: a role. Out: its credentials, or why there are none. Whoever asks STS lives on the control runtime; nothing here
//! blocks a data core.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use stagedoor_base::Timestamp;
use stagedoor_engine::{AwsCredentials, Endpoints, RoleFailure, RoleRequest};
use tokio::runtime::Handle;
use tokio::sync::watch;

use super::source::{Own, look_up};
use super::sts::{self, Session};
use super::{CredentialsConfig, Keys, RoleStep};
use crate::upstream::{Settings, Upstream, described};

/// Credentials are renewed in the background when so much of their life is left, or a fifth of it.
const RENEWAL: Duration = Duration::from_mins(5);
/// And no longer used when so much is left.
const MARGIN: Duration = Duration::from_secs(10);
/// How long a failure is remembered, and how long nobody tries to renew after one.
const FAILURE: Duration = Duration::from_secs(1);
/// How long the gateway's own credentials count before they are read again.
const OWN: Duration = Duration::from_mins(1);
/// Roles that are kept. A definition names few; stage variables and tests may name more.
const ROLES: usize = 1024;

type Outcome = Result<Arc<AwsCredentials>, RoleFailure>;

/// The credentials that the gateway has or can get.
#[derive(Debug)]
pub(crate) struct Roles {
    config: CredentialsConfig,
    endpoints: Arc<Endpoints>,
    upstream: Arc<Upstream>,
    runtime: Handle,
    clock: fn() -> Timestamp,
    slots: Mutex<HashMap<Box<str>, Slot>>,
}

#[derive(Debug)]
enum Slot {
    Asking(watch::Receiver<Option<Outcome>>),
    Ready {
        credentials: Arc<AwsCredentials>,
        expires: Timestamp,
        /// For ever while somebody does it.
        renew: Timestamp,
    },
    Failed {
        failure: RoleFailure,
        until: Timestamp,
    },
}

enum Found {
    Known(Outcome),
    Waiting(watch::Receiver<Option<Outcome>>),
}

impl Roles {
    /// Must be called on the runtime on which STS is asked.
    pub(crate) fn start(
        config: CredentialsConfig,
        endpoints: Arc<Endpoints>,
        upstream: Settings,
        clock: fn() -> Timestamp,
    ) -> Arc<Self> {
        let (runtime, slots, upstream) = (Handle::current(), Mutex::default(), Upstream::sweeping(upstream));
        Arc::new(Self { config, endpoints, upstream, runtime, clock, slots })
    }

    /// The credentials of a role, within the request's timeout.
    pub(crate) async fn obtain(self: Arc<Self>, request: RoleRequest) -> Outcome {
        let timeout = request.timeout;
        match self.find(request) {
            Found::Known(outcome) => outcome,
            Found::Waiting(answer) => {
                tokio::time::timeout(timeout, awaited(answer)).await.unwrap_or(Err(RoleFailure::Timeout))
            }
        }
    }

    fn find(self: &Arc<Self>, request: RoleRequest) -> Found {
        let now = (self.clock)();
        let key: Box<str> = if self.config.keep { Box::default() } else { request.role.clone() };
        let mut slots = self.lock();
        match slots.get_mut(&key) {
            Some(Slot::Ready { credentials, expires, renew }) if later(now, MARGIN) < *expires => {
                let found = Found::Known(Ok(Arc::clone(credentials)));
                if *renew <= now {
                    *renew = Timestamp(u64::MAX);
                    self.ask(key, request, None);
                }
                return found;
            }
            Some(Slot::Failed { failure, until }) if now < *until => {
                return Found::Known(Err(failure.clone()));
            }
            // A closed channel is what a question that broke off leaves behind.
            Some(Slot::Asking(answer)) if answer.has_changed().is_ok() => {
                return Found::Waiting(answer.clone());
            }
            _ => {}
        }
        if slots.len() >= ROLES {
            slots.retain(|_, slot| matches!(slot, Slot::Asking(_)));
        }
        let (sender, answer) = watch::channel(None);
        slots.insert(key.clone(), Slot::Asking(answer.clone()));
        self.ask(key, request, Some(sender));
        Found::Waiting(answer)
    }

    /// Asks in the background; what comes of it is kept. A renewal that fails leaves what is there.
    fn ask(
        self: &Arc<Self>,
        key: Box<str>,
        request: RoleRequest,
        answer: Option<watch::Sender<Option<Outcome>>>,
    ) {
        let roles = Arc::clone(self);
        self.runtime.spawn(async move {
            let fetched = roles.fetch(&request).await;
            let outcome = roles.keep(key, fetched, answer.is_none());
            if let Some(answer) = answer {
                // Nobody may wait any more.
                let _ = answer.send(Some(outcome));
            }
        });
    }

    fn keep(&self, key: Box<str>, fetched: Result<Session, RoleFailure>, renewal: bool) -> Outcome {
        let now = (self.clock)();
        let mut slots = self.lock();
        match fetched {
            Ok(Session { keys, expires }) => {
                let Keys { access_key, secret, session_token } = keys;
                let credentials = Arc::new(AwsCredentials { access_key, secret, session_token });
                let life = Duration::from_millis(expires.0.saturating_sub(now.0));
                let rest = u64::try_from((life / 5).min(RENEWAL).as_millis()).unwrap_or(u64::MAX);
                let renew = Timestamp(expires.0.saturating_sub(rest));
                slots.insert(key, Slot::Ready { credentials: Arc::clone(&credentials), expires, renew });
                Ok(credentials)
            }
            Err(failure) => {
                let until = later(now, FAILURE);
                if let (true, Some(Slot::Ready { renew, .. })) = (renewal, slots.get_mut(&key)) {
                    *renew = until;
                } else {
                    slots.insert(key, Slot::Failed { failure: failure.clone(), until });
                }
                Err(failure)
            }
        }
    }

    /// The gateway's own credentials, and from there one role after the other.
    async fn fetch(&self, request: &RoleRequest) -> Result<Session, RoleFailure> {
        let config = self.config.clone();
        let own = tokio::task::spawn_blocking(move || look_up(&config)).await;
        let own =
            own.map_err(|error| RoleFailure::Unavailable(format!("looking for credentials: {error}")))?;
        let Own { keys, mut steps, .. } = own.map_err(RoleFailure::NoCredentials)?;
        if !self.config.keep {
            let arn = request.role.to_string();
            steps.push(RoleStep { arn, external_id: None, session_name: None });
        }
        let mut session = Session { keys, expires: later((self.clock)(), OWN) };
        for step in &steps {
            session = self.assume(&session.keys, step, request).await?;
        }
        Ok(session)
    }

    async fn assume(
        &self,
        keys: &Keys,
        step: &RoleStep,
        request: &RoleRequest,
    ) -> Result<Session, RoleFailure> {
        let asked = sts::request(keys, step, &request.service, &self.endpoints, (self.clock)())?;
        let authority = asked.authority.clone();
        let reply = self.upstream.call(&asked).await;
        reply
            .map_err(|failure| {
                RoleFailure::Unavailable(format!("STS at {authority}: {}", described(failure, sts::PATIENCE)))
            })
            .and_then(|reply| sts::session(&reply))
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Box<str>, Slot>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn awaited(mut answer: watch::Receiver<Option<Outcome>>) -> Outcome {
    let broken = || Err(RoleFailure::Unavailable("asking for the role broke off".to_owned()));
    match answer.wait_for(Option::is_some).await {
        Ok(outcome) => outcome.clone().unwrap_or_else(broken),
        Err(_) => broken(),
    }
}

fn later(now: Timestamp, wait: Duration) -> Timestamp {
    Timestamp(now.0.saturating_add(u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)))
}

#[cfg(test)]
mod tests;
