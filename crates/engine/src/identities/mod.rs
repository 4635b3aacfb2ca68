//! Who may sign calls: access keys, the identities behind them, and what their policies say.
//!
//! In: entries that `server` keeps equal to the store, and what requests claim. Out: signing keys and whose they are, found
//! without locks. It must not know requests, nor what policies decide.

mod holder;
mod recent;
mod signatory;

use std::collections::HashSet;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use stagedoor_auth::policy::Policy;
use stagedoor_auth::session::{self, Session, SessionError, SessionPrincipal};
use stagedoor_auth::sigv4::{Secret, SigV4Error, SigningKey, Wanted};
use stagedoor_base::{AccountId, Timestamp};

use crate::Sharded;
pub use holder::{Holder, HolderKind, Permissions, Readable, compiled};
use recent::Recent;
use signatory::Derived;
pub use signatory::Signatory;

/// Finds the account whose root has an access key, and the key's secret.
pub type Roots = dyn Fn(&str) -> Option<(AccountId, Secret)> + Send + Sync;

/// What does not change while a node runs.
pub struct Foundations {
    pub roots: Box<Roots>,
    /// Any of them may have sealed a session token.
    pub session_keys: Vec<[u8; 32]>,
}

impl fmt::Debug for Foundations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Foundations").finish_non_exhaustive()
    }
}

/// Everybody who may sign. Without [`Foundations`] only users may.
#[derive(Debug, Default)]
pub struct Identities {
    foundations: OnceLock<Foundations>,
    /// Keys of users, by id.
    keys: Sharded<Box<str>, Arc<Signatory>>,
    /// Users and roles, by unique id.
    holders: Sharded<Box<str>, Arc<Holder>>,
    /// Roles, by ARN.
    roles: Sharded<Box<str>, Arc<Holder>>,
    /// Managed policies of the accounts, by ARN.
    policies: Sharded<Box<str>, Arc<Policy>>,
    /// Sessions and roots that signed a moment ago.
    recent: Recent,
    /// Counts changes: what is older than the last one is looked up again.
    generation: AtomicU64,
}

/// All that is known of one account's identities.
#[derive(Debug, Default)]
pub struct Entries {
    pub keys: Vec<(Box<str>, Arc<Signatory>)>,
    pub users: Vec<Arc<Holder>>,
    pub roles: Vec<Arc<Holder>>,
    pub policies: Vec<(Box<str>, Arc<Policy>)>,
}

/// Whose key a request was signed with, if its signature is good.
#[derive(Debug)]
pub(crate) struct Candidate {
    pub(crate) signatory: Arc<Signatory>,
    /// The signing key; none: it was at hand.
    derived: Option<Derived>,
    /// Since when it is known; none: it was at hand.
    new: Option<u64>,
}

impl Identities {
    /// Sets what does not change; once.
    pub fn found(&self, foundations: Foundations) {
        // A second time would be a mistake of the caller, and the first one stays.
        let _ = self.foundations.set(foundations);
    }

    /// Replaces what is known of an account. Who signs meanwhile is judged by the old or by the new entries, never by none.
    pub fn replace(&self, before: &Entries, now: &Entries) {
        exchange(&self.policies, &before.policies, &now.policies);
        exchange(&self.holders, &before.by_id(), &now.by_id());
        exchange(&self.roles, &before.roles_by_arn(), &now.roles_by_arn());
        exchange(&self.keys, &before.keys, &now.keys);
        self.generation.fetch_add(1, Ordering::Release);
    }

    /// A role of an account that is kept here.
    #[must_use]
    pub fn role(&self, arn: &str) -> Option<Arc<Holder>> {
        self.roles.get(arn)
    }

    /// Whose key a request names, and that key.
    pub(crate) fn candidate(
        &self,
        wanted: &Wanted<'_>,
        now: Timestamp,
    ) -> Result<(Arc<SigningKey>, Candidate), SigV4Error> {
        let generation = self.generation.load(Ordering::Acquire);
        let (signatory, new) = match self.known(wanted, generation) {
            Some(signatory) => (signatory, None),
            None => (self.introduced(wanted, now)?, Some(generation)),
        };
        signatory.check_expiry(now)?;
        let (key, derived) = signatory.derived(wanted);
        Ok((key, Candidate { signatory, derived, new }))
    }

    /// Whose signature it was, now that it is known to be good. Nobody else gets anything kept at hand.
    pub(crate) fn proved(&self, candidate: Candidate) -> Arc<Signatory> {
        let Candidate { signatory, derived, new } = candidate;
        if let Some(derived) = derived {
            signatory.keep(&Arc::new(derived));
        }
        if let Some(generation) = new {
            self.recent.keep(&signatory, generation);
        }
        signatory
    }

    fn known(&self, wanted: &Wanted<'_>, generation: u64) -> Option<Arc<Signatory>> {
        let user = || self.keys.get(wanted.access_key).filter(|_| wanted.session_token.is_none());
        user().or_else(|| self.recent.get(wanted, generation))
    }

    /// Somebody whose key nobody keeps: the root of an account, or a session.
    fn introduced(&self, wanted: &Wanted<'_>, now: Timestamp) -> Result<Arc<Signatory>, SigV4Error> {
        let foundations = self.foundations.get().ok_or(SigV4Error::UnknownKey)?;
        if let Some((account, secret)) = (foundations.roots)(wanted.access_key) {
            return Ok(Arc::new(Signatory::root(wanted.access_key, account.as_str(), secret)));
        }
        let token = wanted.session_token.ok_or(SigV4Error::UnknownKey)?;
        let session = session::open(token, wanted.access_key, &foundations.session_keys, now);
        let session = session.map_err(|error| match error {
            SessionError::Invalid => SigV4Error::UnknownKey,
            SessionError::Expired => SigV4Error::ExpiredToken,
        })?;
        self.in_session(session, token).map(Arc::new).ok_or(SigV4Error::UnknownKey)
    }

    /// A session ends with the identity it is of, even when that one's name is given again.
    fn in_session(&self, session: Session, token: &str) -> Option<Signatory> {
        let holder = match &session.principal {
            SessionPrincipal::Root => None,
            SessionPrincipal::User { id, .. } | SessionPrincipal::Role { id, .. } => {
                Some(self.holders.get(id.as_str()).filter(|holder| *holder.account == *session.account)?)
            }
        };
        let policies = holder::session_policies(&session, |arn| self.policies.get(arn));
        Some(Signatory::session(session, token, holder, policies))
    }
}

impl Entries {
    fn by_id(&self) -> Vec<(Box<str>, Arc<Holder>)> {
        self.users.iter().chain(&self.roles).map(|it| (it.id.clone(), Arc::clone(it))).collect()
    }

    fn roles_by_arn(&self) -> Vec<(Box<str>, Arc<Holder>)> {
        self.roles.iter().map(|role| (role.arn.clone(), Arc::clone(role))).collect()
    }
}

/// Sets what is there now, then forgets what is no more.
fn exchange<V: Clone>(map: &Sharded<Box<str>, V>, before: &[(Box<str>, V)], now: &[(Box<str>, V)]) {
    map.extend(now.iter().cloned());
    let kept: HashSet<&str> = now.iter().map(|(key, _)| &**key).collect();
    before.iter().filter(|(key, _)| !kept.contains(&**key)).for_each(|(key, _)| map.remove(&**key));
}

#[cfg(test)]
mod tests;
