//! Declared identities of all accounts.
//!
//! In: what a file says of users, keys, groups, roles and policies. Out: stored identities that agree with it. Unique ids
//! and dates of creation stay while the name stays.

use std::collections::{BTreeMap, BTreeSet};

use stagedoor_base::{AccountId, Timestamp};
use stagedoor_model::{AccessKey, Group, IamTree, ManagedPolicy, Role, User};
use stagedoor_store::Change;

use super::{DeclareError, DeclaredIdentities, refused};
use crate::ApiError;
use crate::caller::managed;
use crate::context::Context;
use crate::iam::{check_identity_policy, check_trust_policy, new_unique_id};

/// Refuses a declaration that could not be applied now.
pub(super) fn check(ctx: &Context, declared: &[DeclaredIdentities]) -> Result<(), DeclareError> {
    for DeclaredIdentities { account, tree } in declared {
        check_documents(tree)?;
        let before = ctx.store.iam(account).map_err(ApiError::from);
        let after = before.and_then(|before| merged(ctx, &before.value, tree));
        let entity = format!("identities of account {account}");
        let checked = after.and_then(|after| {
            check_references(account, &after)?;
            tree.access_keys.keys().try_for_each(|id| check_owner(ctx, account, id))
        });
        checked.map_err(|error| refused(&entity, error))?;
    }
    Ok(())
}

/// Makes all accounts agree with the declaration, those included that it no longer names.
pub(super) fn apply(ctx: &Context, declared: &[DeclaredIdentities]) -> Result<(), ApiError> {
    let mut accounts = BTreeMap::new();
    ctx.store.for_each_iam(|account, _| {
        accounts.insert(account, IamTree::default());
    })?;
    accounts.extend(declared.iter().map(|it| (it.account.clone(), it.tree.clone())));
    accounts.iter().try_for_each(|(account, tree)| {
        ctx.retrying(|| {
            let before = ctx.store.iam(account)?;
            let after = merged(ctx, &before.value, tree)?;
            if after == before.value {
                return Ok(());
            }
            let change = Change::between_iam(account, &before.value, &after);
            ctx.commit(change.expecting(before.revision))
        })
    })
}

fn check_documents(tree: &IamTree) -> Result<(), DeclareError> {
    let check = |entity: String, document: &str| {
        check_identity_policy(document).map_err(|error| refused(&entity, error))
    };
    for policy in tree.policies.values() {
        check(format!("policy {}", policy.name), policy.document().unwrap_or_default())?;
    }
    let users = tree.users.values().map(|it| ("user", &it.name, &it.permissions));
    let groups = tree.groups.values().map(|it| ("group", &it.name, &it.permissions));
    let roles = tree.roles.values().map(|it| ("role", &it.name, &it.permissions));
    for (kind, name, permissions) in users.chain(groups).chain(roles) {
        for (policy, document) in &permissions.inline {
            check(format!("policy {policy} of {kind} {name}"), document)?;
        }
    }
    tree.roles.values().try_for_each(|role| {
        let checked = check_trust_policy(&role.trust_policy);
        checked.map_err(|error| refused(&format!("trust policy of role {}", role.name), error))
    })
}

/// Everything that is named exists.
fn check_references(account: &AccountId, tree: &IamTree) -> Result<(), ApiError> {
    let users = tree.users.values().map(|it| (&it.permissions, &it.boundary, &it.declared_in));
    let groups = tree.groups.values().map(|it| (&it.permissions, &None, &it.declared_in));
    let roles = tree.roles.values().map(|it| (&it.permissions, &it.boundary, &it.declared_in));
    let declared = users.chain(groups).chain(roles).filter(|(.., declared_in)| declared_in.is_some());
    for arn in declared.flat_map(|(permissions, boundary, _)| permissions.attached.iter().chain(boundary)) {
        if managed(account, tree, arn).document.is_empty() {
            return Err(ApiError::bad_request(format!("there is no policy {arn}")));
        }
    }
    let members = tree.users.values().filter(|user| user.declared_in.is_some());
    let groups: BTreeSet<&String> = members.flat_map(|user| &user.groups).collect();
    match groups.into_iter().find(|name| !tree.groups.contains_key(*name)) {
        Some(name) => Err(ApiError::bad_request(format!("there is no group {name}"))),
        None => Ok(()),
    }
}

/// A key belongs to one account.
fn check_owner(ctx: &Context, account: &AccountId, id: &str) -> Result<(), ApiError> {
    match ctx.store.access_key_account(id)? {
        Some(owner) if owner != *account => {
            Err(ApiError::conflict(format!("the access key {id} belongs to account {owner}")))
        }
        _ => Ok(()),
    }
}

/// What calls made stays; what files declared before gives way to what they declare now.
fn merged(ctx: &Context, before: &IamTree, declared: &IamTree) -> Result<IamTree, ApiError> {
    let born =
        |id: &mut String, created: &mut Timestamp, prefix: &str, known: Option<(&String, Timestamp)>| {
            (*id, *created) = match known {
                Some((id, created)) => (id.clone(), created),
                None => (new_unique_id(prefix, 17)?, ctx.now),
            };
            Ok::<_, ApiError>(())
        };
    Ok(IamTree {
        users: settled(&before.users, &declared.users, |user: &mut User, known| {
            born(&mut user.id, &mut user.created, "AIDA", known.map(|it| (&it.id, it.created)))
        })?,
        access_keys: settled(&before.access_keys, &declared.access_keys, |key: &mut AccessKey, known| {
            key.created = known.map_or(ctx.now, |known| known.created);
            Ok(())
        })?,
        groups: settled(&before.groups, &declared.groups, |group: &mut Group, known| {
            born(&mut group.id, &mut group.created, "AGPA", known.map(|it| (&it.id, it.created)))
        })?,
        roles: settled(&before.roles, &declared.roles, |role: &mut Role, known| {
            born(&mut role.id, &mut role.created, "AROA", known.map(|it| (&it.id, it.created)))
        })?,
        policies: settled(&before.policies, &declared.policies, |policy: &mut ManagedPolicy, known| {
            born(&mut policy.id, &mut policy.created, "ANPA", known.map(|it| (&it.id, it.created)))?;
            let same = known.filter(|known| known.document() == policy.document());
            policy.updated = same.map_or(ctx.now, |known| known.updated);
            for version in policy.versions.values_mut() {
                version.created = policy.updated;
            }
            Ok(())
        })?,
    })
}

/// An entity that a file may declare.
trait Declarable: Clone {
    fn declared_in(&self) -> Option<&str>;
}

macro_rules! declarable {
    ($($entity:ty),+) => {
        $(impl Declarable for $entity {
            fn declared_in(&self) -> Option<&str> {
                self.declared_in.as_deref()
            }
        })+
    };
}

declarable!(User, AccessKey, Group, Role, ManagedPolicy);

fn settled<T: Declarable>(
    before: &BTreeMap<String, T>,
    declared: &BTreeMap<String, T>,
    adopt: impl Fn(&mut T, Option<&T>) -> Result<(), ApiError>,
) -> Result<BTreeMap<String, T>, ApiError> {
    let made_by_calls = before.iter().filter(|(_, entity)| entity.declared_in().is_none());
    let mut after: BTreeMap<String, T> =
        made_by_calls.map(|(name, entity)| (name.clone(), entity.clone())).collect();
    for (name, entity) in declared {
        if let Some(taken) = after.keys().find(|taken| taken.eq_ignore_ascii_case(name)) {
            let message = format!("{taken} was made by calls; delete it, or declare another name");
            return Err(ApiError::conflict(message));
        }
        let mut entity = entity.clone();
        adopt(&mut entity, before.get(name).filter(|known| known.declared_in().is_some()))?;
        after.insert(name.clone(), entity);
    }
    Ok(after)
}
