//! Whoever has an access key, and the signing keys that follow from its secret.

use std::sync::Arc;

use arc_swap::ArcSwap;
use stagedoor_auth::policy::{Aws, AwsIdentity, Policy};
use stagedoor_auth::session::{Session, SessionPrincipal};
use stagedoor_auth::sigv4::{Secret, SigV4Error, SigningKey, Wanted};
use stagedoor_base::Timestamp;
use stagedoor_program::CallerIdentity;

use super::holder::{Holder, HolderKind, Readable};
use crate::AwsCredentials;
use crate::access::Signed;

/// Signing keys kept of one access key: presigned URLs of another day, and another region, stand beside today's.
const DERIVED: usize = 4;

/// Somebody with an access key.
#[derive(Debug)]
pub struct Signatory {
    pub(crate) by: Arc<CallerIdentity>,
    secret: Secret,
    /// The newest first.
    derived: ArcSwap<Vec<Arc<Derived>>>,
    /// None: the root of the account.
    holder: Option<Arc<Holder>>,
    session: Option<Temporary>,
}

/// What sets temporary credentials apart.
#[derive(Debug)]
struct Temporary {
    token: Box<str>,
    issued: Timestamp,
    expires: Timestamp,
    policies: Readable<Option<Vec<Arc<Policy>>>>,
    /// The session's own, and those of its holder.
    tags: Vec<(String, String)>,
}

/// A secret narrowed to a day, a region and a service.
#[derive(Debug)]
pub(super) struct Derived {
    date: Box<str>,
    region: Box<str>,
    service: Box<str>,
    key: Arc<SigningKey>,
}

impl Derived {
    fn is_for(&self, wanted: &Wanted<'_>) -> bool {
        self.scope() == (wanted.date, wanted.region, wanted.service)
    }

    fn scope(&self) -> (&str, &str, &str) {
        (&self.date, &self.region, &self.service)
    }
}

impl Signatory {
    /// A user with one of its keys.
    #[must_use]
    pub fn user(access_key: &str, secret: Secret, holder: Arc<Holder>) -> Self {
        let by = CallerIdentity {
            access_key: access_key.into(),
            account: holder.account.clone(),
            user: holder.id.clone(),
            user_arn: holder.arn.clone(),
        };
        Self::new(by, secret, Some(holder), None)
    }

    /// The root of an account.
    pub(super) fn root(access_key: &str, account: &str, secret: Secret) -> Self {
        let arn = root_arn(account);
        let by = CallerIdentity {
            access_key: access_key.into(),
            account: account.into(),
            user: account.into(),
            user_arn: arn,
        };
        Self::new(by, secret, None, None)
    }

    pub(super) fn session(
        session: Session,
        token: &str,
        holder: Option<Arc<Holder>>,
        policies: Readable<Option<Vec<Arc<Policy>>>>,
    ) -> Self {
        let account = session.account.as_str();
        let (user, user_arn) = match (&session.principal, &holder) {
            // AWS leaves the role's path out.
            (SessionPrincipal::Role { name, id, session }, _) => (
                format!("{id}:{session}").into(),
                format!("arn:aws:sts::{account}:assumed-role/{name}/{session}").into(),
            ),
            (SessionPrincipal::User { .. }, Some(user)) => (user.id.clone(), user.arn.clone()),
            (SessionPrincipal::User { .. } | SessionPrincipal::Root, _) => {
                (account.into(), root_arn(account))
            }
        };
        let by = CallerIdentity {
            access_key: session.access_key.as_str().into(),
            account: account.into(),
            user,
            user_arn,
        };
        let mut tags = session.tags;
        tags.extend(holder.iter().flat_map(|holder| holder.tags.iter().cloned()));
        let temporary = Temporary {
            token: token.into(),
            issued: session.issued,
            expires: session.expires,
            policies,
            tags,
        };
        Self::new(by, Secret::from(session.secret), holder, Some(temporary))
    }

    fn new(
        by: CallerIdentity,
        secret: Secret,
        holder: Option<Arc<Holder>>,
        session: Option<Temporary>,
    ) -> Self {
        Self { by: Arc::new(by), secret, derived: ArcSwap::default(), holder, session }
    }

    /// Whether a request with this token, or none, may be signed by it. Of roots, tokens do not count.
    pub(super) fn has_token(&self, token: Option<&str>) -> bool {
        self.session.as_ref().is_none_or(|session| token == Some(&session.token))
    }

    pub(super) fn check_expiry(&self, now: Timestamp) -> Result<(), SigV4Error> {
        match &self.session {
            Some(session) if session.expires <= now => Err(SigV4Error::ExpiredToken),
            _ => Ok(()),
        }
    }

    /// The signing key for a request: the one at hand, or a new one.
    pub(super) fn derived(&self, wanted: &Wanted<'_>) -> (Arc<SigningKey>, Option<Derived>) {
        let at_hand = self.derived.load();
        if let Some(found) = at_hand.iter().find(|derived| derived.is_for(wanted)) {
            return (Arc::clone(&found.key), None);
        }
        let key = Arc::new(wanted.derive(&self.secret));
        let (date, region, service) = (wanted.date.into(), wanted.region.into(), wanted.service.into());
        (Arc::clone(&key), Some(Derived { date, region, service, key }))
    }

    /// Keeps a signing key that made a good signature.
    pub(super) fn keep(&self, derived: &Arc<Derived>) {
        self.derived.rcu(|kept| {
            let older = kept.iter().filter(|other| other.scope() != derived.scope());
            let older = older.take(DERIVED - 1).cloned();
            std::iter::once(Arc::clone(derived)).chain(older).collect::<Vec<_>>()
        });
    }

    #[cfg(test)]
    pub(super) fn keeps(&self) -> usize {
        self.derived.load().len()
    }

    /// What calls in this one's name are signed with.
    pub(crate) fn credentials(&self) -> AwsCredentials {
        AwsCredentials {
            access_key: self.by.access_key.to_string(),
            secret: self.secret.clone(),
            session_token: self.session.as_ref().map(|session| Secret::from(&*session.token)),
        }
    }

    /// As policies see it.
    ///
    /// # Errors
    /// Why nothing is allowed, where one of the policies cannot be read.
    pub(crate) fn signed(&self) -> Readable<Signed<'_>> {
        let principal = Aws {
            account: &self.by.account,
            arn: &self.by.user_arn,
            identity: self.identity(),
            user_id: &self.by.user,
            tags: self.tags(),
            issued: self.session.as_ref().map(|session| session.issued),
        };
        let whole = match &self.holder {
            None => Signed { principal, identity: &[], boundary: None, session: None, unrestricted: true },
            Some(holder) => holder.signed(principal)?,
        };
        let session = match &self.session {
            None => None,
            Some(session) => session.policies.as_ref().map_err(Arc::clone)?.as_deref(),
        };
        Ok(Signed { session, ..whole })
    }

    fn identity(&self) -> AwsIdentity<'_> {
        match &self.holder {
            None => AwsIdentity::Root,
            Some(holder) => match holder.kind {
                HolderKind::User => AwsIdentity::User { name: &holder.name },
                HolderKind::Role { .. } => AwsIdentity::Session { role_arn: &holder.arn },
            },
        }
    }

    fn tags(&self) -> &[(String, String)] {
        match (&self.session, &self.holder) {
            (Some(session), _) => &session.tags,
            (None, Some(holder)) => &holder.tags,
            (None, None) => &[],
        }
    }
}

fn root_arn(account: &str) -> Box<str> {
    format!("arn:aws:iam::{account}:root").into()
}
