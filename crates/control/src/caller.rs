//! Who makes a control call, and the policies that decide what this caller may do.
//!
//! In: stored identities, or what a session token says. Out: a [`Caller`]. It must not know signatures, or what a policy
//! means.

use stagedoor_base::{AccountId, Scope, Timestamp};
use stagedoor_model::{IamKind, IamTree, Map, Permissions, Role, User};

/// Somebody whose signature was good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Caller {
    /// The account of the caller, and the region that the signature names.
    pub(crate) scope: Scope,
    /// As the call named it.
    pub(crate) access_key: String,
    pub(crate) who: Who,
    /// The tags of the user or role.
    pub(crate) tags: Map<String>,
    /// When the session began whose token the call carries; none for long-lived keys.
    pub(crate) session_issued: Option<Timestamp>,
    /// None: the root of an account, which may do everything in it.
    pub(crate) policies: Option<Held>,
}

/// The identity behind a caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Who {
    Root,
    User {
        name: String,
        path: String,
        id: String,
    },
    /// A session of a role.
    Role {
        name: String,
        path: String,
        id: String,
        session: String,
    },
}

/// The policies that a caller's permissions follow from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Held {
    /// Of the user with its groups, or of the role: any of them may allow.
    pub(crate) identity: Vec<HeldPolicy>,
    /// What must allow too; a boundary that cannot be found allows nothing.
    pub(crate) boundary: Option<HeldPolicy>,
    /// Of these, if there are any, one must allow too.
    pub(crate) session: Vec<HeldPolicy>,
}

/// A policy's text, and what to call it in an explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeldPolicy {
    pub(crate) name: String,
    pub(crate) document: String,
}

impl Caller {
    /// The root of an account.
    pub(crate) fn root(scope: Scope, access_key: &str) -> Self {
        Self {
            scope,
            access_key: access_key.to_owned(),
            who: Who::Root,
            tags: Map::new(),
            session_issued: None,
            policies: None,
        }
    }

    pub(crate) fn user(scope: Scope, access_key: &str, tree: &IamTree, user: &User) -> Self {
        let groups = user.groups.iter().filter_map(|name| tree.groups.get(name));
        let carried = groups.map(|group| (group.name.as_str(), &group.permissions));
        let carriers = std::iter::once((user.name.as_str(), &user.permissions)).chain(carried);
        let account = scope.account.clone();
        let identity = carriers.flat_map(|(name, it)| held(&account, tree, name, it)).collect();
        let boundary = user.boundary.as_deref().map(|arn| managed(&account, tree, arn));
        Self {
            scope,
            access_key: access_key.to_owned(),
            who: Who::User { name: user.name.clone(), path: user.path.clone(), id: user.id.clone() },
            tags: user.tags.clone(),
            session_issued: None,
            policies: Some(Held { identity, boundary, session: Vec::new() }),
        }
    }

    pub(crate) fn role(
        scope: Scope,
        access_key: &str,
        tree: &IamTree,
        (role, session): (&Role, &str),
    ) -> Self {
        let identity = held(&scope.account, tree, &role.name, &role.permissions).collect();
        let boundary = role.boundary.as_deref().map(|arn| managed(&scope.account, tree, arn));
        let (name, path, id) = (role.name.clone(), role.path.clone(), role.id.clone());
        Self {
            scope,
            access_key: access_key.to_owned(),
            who: Who::Role { name, path, id, session: session.to_owned() },
            tags: role.tags.clone(),
            session_issued: None,
            policies: Some(Held { identity, boundary, session: Vec::new() }),
        }
    }

    pub(crate) fn account(&self) -> &AccountId {
        &self.scope.account
    }

    /// As `GetCallerIdentity` and `aws:PrincipalArn` of users and root show it; of a session it is the session's.
    pub(crate) fn arn(&self) -> String {
        let account = &self.scope.account;
        match &self.who {
            Who::Root => format!("arn:aws:iam::{account}:root"),
            Who::User { name, path, .. } => IamKind::User.arn(account.as_str(), path, name),
            // AWS leaves the path out.
            Who::Role { name, session, .. } => {
                format!("arn:aws:sts::{account}:assumed-role/{name}/{session}")
            }
        }
    }

    /// `aws:PrincipalArn`: of a session, its role.
    pub(crate) fn principal_arn(&self) -> String {
        match &self.who {
            Who::Role { name, path, .. } => IamKind::Role.arn(self.scope.account.as_str(), path, name),
            Who::Root | Who::User { .. } => self.arn(),
        }
    }

    /// `aws:userid`.
    pub(crate) fn user_id(&self) -> String {
        match &self.who {
            Who::Root => self.scope.account.to_string(),
            Who::User { id, .. } => id.clone(),
            Who::Role { id, session, .. } => format!("{id}:{session}"),
        }
    }

    /// `aws:username`, which only users have.
    pub(crate) fn user_name(&self) -> Option<&str> {
        match &self.who {
            Who::User { name, .. } => Some(name),
            Who::Root | Who::Role { .. } => None,
        }
    }

    /// Whether the call itself carries a session of a role, so that assuming another chains them.
    pub(crate) fn is_role_session(&self) -> bool {
        matches!(self.who, Who::Role { .. })
    }
}

/// The policies that one entity carries, inline ones first.
fn held<'t>(
    account: &'t AccountId,
    tree: &'t IamTree,
    carrier: &'t str,
    permissions: &'t Permissions,
) -> impl Iterator<Item = HeldPolicy> + 't {
    let inline = permissions.inline.iter().map(move |(name, document)| HeldPolicy {
        name: format!("{name} of {carrier}"),
        document: document.clone(),
    });
    inline.chain(permissions.attached.iter().map(|arn| managed(account, tree, arn)))
}

/// A managed policy by its ARN. One that does not exist has no text, which nobody can read as permission.
pub(crate) fn managed(account: &AccountId, tree: &IamTree, arn: &str) -> HeldPolicy {
    let own = || {
        let (path_and_name, prefix) = (arn.strip_prefix("arn:aws:iam::")?, format!("{account}:policy/"));
        let name = path_and_name.strip_prefix(&prefix)?.rsplit('/').next()?;
        tree.policies.get(name)?.document().map(str::to_owned)
    };
    let document = stagedoor_auth::managed::document(arn).map(str::to_owned).or_else(own).unwrap_or_default();
    HeldPolicy { name: arn.to_owned(), document }
}
