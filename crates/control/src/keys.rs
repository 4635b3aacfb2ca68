//! Access keys that are stored, and those of sessions.
//!
//! In: an access key, and the session token that came with it. Out: its secret and who it belongs to. It must not know
//! requests or signatures.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use stagedoor_auth::session::{self, Session, SessionError, SessionPrincipal};
use stagedoor_auth::sigv4::Secret;
use stagedoor_base::{AccountId, Region, Scope, Timestamp};
use stagedoor_model::IamTree;
use stagedoor_store::{Revision, Store};

use crate::ApiError;
use crate::authenticate::Known;
use crate::caller::{Caller, HeldPolicy, managed};
use crate::sts::SESSIONS;

/// Accounts whose identities are kept at hand.
const KEPT: usize = 256;

/// Looks keys up, with the identities of accounts at hand while nobody changes them.
#[derive(Debug, Default)]
pub(crate) struct KeyRing(Mutex<HashMap<AccountId, (Revision, Arc<IamTree>)>>);

impl KeyRing {
    /// Who has this key; none for one that nobody has, that is inactive, or whose token is not good for it.
    pub(crate) fn find(
        &self,
        store: &Store,
        key: &str,
        token: Option<&str>,
        now: Timestamp,
    ) -> Result<Option<Known>, ApiError> {
        match token {
            Some(token) => self.session(store, key, token, now),
            None => self.user(store, key),
        }
    }

    fn user(&self, store: &Store, key: &str) -> Result<Option<Known>, ApiError> {
        let Some(account) = store.access_key_account(key)? else { return Ok(None) };
        let tree = self.tree(store, &account)?;
        let found = tree.access_keys.get(key).filter(|found| found.active);
        let Some(secret) = found.map(|found| Secret::from(found.secret.expose())) else { return Ok(None) };
        let key = key.to_owned();
        let caller = move |region: Region| {
            let user = tree.users.get(&tree.access_keys.get(&key)?.user)?;
            Some(Caller::user(Scope { account, region }, &key, &tree, user))
        };
        Ok(Some(Known { secret, caller: Box::new(caller) }))
    }

    /// A session lives as long as the identity it is of, and no longer than it was made for.
    fn session(
        &self,
        store: &Store,
        key: &str,
        token: &str,
        now: Timestamp,
    ) -> Result<Option<Known>, ApiError> {
        let keys = store.secret_keys().derived(SESSIONS);
        let session = match session::open(token, key, &keys, now) {
            Ok(session) => session,
            Err(SessionError::Invalid) => return Ok(None),
            Err(expired @ SessionError::Expired) => {
                let message = expired.to_string();
                return Err(ApiError::Unauthenticated {
                    status: 403,
                    code: "ExpiredTokenException",
                    message,
                });
            }
        };
        let tree = self.tree(store, &AccountId::from(session.account.as_str()))?;
        let secret = Secret::from(session.secret.as_str());
        let caller = move |region| of_session(&session, &tree, region);
        Ok(Some(Known { secret, caller: Box::new(caller) }))
    }

    /// The identities of an account as they are now.
    pub(crate) fn tree(&self, store: &Store, account: &AccountId) -> Result<Arc<IamTree>, ApiError> {
        let revision = store.iam_revision(account)?;
        if let Some((known, tree)) = self.lock().get(account)
            && *known == revision
        {
            return Ok(Arc::clone(tree));
        }
        let read = store.iam(account)?;
        let tree = Arc::new(read.value);
        let mut kept = self.lock();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(account.clone(), (read.revision, Arc::clone(&tree)));
        Ok(tree)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<AccountId, (Revision, Arc<IamTree>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Who acts in a session; none when that identity is gone, even if another has its name now.
fn of_session(session: &Session, tree: &IamTree, region: Region) -> Option<Caller> {
    let account = AccountId::from(session.account.as_str());
    let (scope, key) = (Scope { account: account.clone(), region }, session.access_key.as_str());
    let mut caller = match &session.principal {
        SessionPrincipal::Root => Caller::root(scope, key),
        SessionPrincipal::User { name, id } => {
            let user = tree.users.get(name).filter(|user| user.id == *id)?;
            Caller::user(scope, key, tree, user)
        }
        SessionPrincipal::Role { name, id, session } => {
            let role = tree.roles.get(name).filter(|role| role.id == *id)?;
            Caller::role(scope, key, tree, (role, session))
        }
    };
    caller.session_issued = Some(session.issued);
    // Tags of a session go before those of the role, whose names ignore case.
    caller.tags.retain(|key, _| !session.tags.iter().any(|(given, _)| given.eq_ignore_ascii_case(key)));
    caller.tags.extend(session.tags.iter().cloned());
    let inline = session
        .policies
        .iter()
        .map(|document| HeldPolicy { name: "of the session".to_owned(), document: document.clone() });
    let managed = session.policy_arns.iter().map(|arn| managed(&account, tree, arn));
    if let Some(held) = &mut caller.policies {
        held.session = inline.chain(managed).collect();
    }
    Some(caller)
}
