//! Identities of the store as entries of the directory, with their policies compiled.
//!
//! A change of one reads the account again: policies hang together, and an account has few of them.

use std::collections::HashMap;
use std::sync::Arc;

use stagedoor_auth::policy::{Kind, Policy};
use stagedoor_auth::sigv4::Secret;
use stagedoor_base::AccountId;
use stagedoor_engine::{Directory, Entries, Holder, HolderKind, Permissions, Readable, Signatory, compiled};
use stagedoor_model::{IamKind, IamTree, Map, Role, User};
use stagedoor_store::{Revision, Store, StoreError};

/// Keeps the directory's identities equal to the store's.
#[derive(Debug)]
pub(super) struct Identities {
    store: Arc<Store>,
    directory: Arc<Directory>,
    known: HashMap<AccountId, Entries>,
}

impl Identities {
    pub(super) fn new(store: Arc<Store>, directory: Arc<Directory>) -> Self {
        Self { store, directory, known: HashMap::new() }
    }

    /// Reads all accounts.
    pub(super) fn load(&mut self) -> Result<Revision, StoreError> {
        let mut found = HashMap::new();
        let revision = self.store.for_each_iam(|account, tree| {
            found.insert(account, tree);
        })?;
        let gone: Vec<_> = self.known.keys().filter(|known| !found.contains_key(*known)).cloned().collect();
        for account in gone {
            self.set(account, &IamTree::default());
        }
        for (account, tree) in found {
            self.set(account, &tree);
        }
        Ok(revision)
    }

    /// Reads one account again.
    pub(super) fn refresh(&mut self, account: &AccountId) -> Result<(), StoreError> {
        let tree = self.store.iam(account)?.value;
        self.set(account.clone(), &tree);
        Ok(())
    }

    fn set(&mut self, account: AccountId, tree: &IamTree) {
        let now = entries(&account, tree);
        let before = self.known.remove(&account).unwrap_or_default();
        self.directory.identities().replace(&before, &now);
        if !now.users.is_empty() || !now.roles.is_empty() || !now.policies.is_empty() {
            self.known.insert(account, now);
        }
    }
}

fn entries(account: &AccountId, tree: &IamTree) -> Entries {
    let mut compiler = Compiler { account, tree, managed: HashMap::new() };
    let users: HashMap<&str, Arc<Holder>> =
        tree.users.values().map(|user| (user.name.as_str(), Arc::new(compiler.user(user)))).collect();
    let roles = tree.roles.values().map(|role| Arc::new(compiler.role(role))).collect();
    let keys = tree.access_keys.values().filter(|key| key.active).filter_map(|key| {
        let holder = Arc::clone(users.get(key.user.as_str())?);
        let secret = Secret::from(key.secret.expose());
        Some((key.id.as_str().into(), Arc::new(Signatory::user(&key.id, secret, holder))))
    });
    let keys = keys.collect();
    let policies = tree.policies.values().filter_map(|policy| {
        let arn = IamKind::Policy.arn(account.as_str(), &policy.path, &policy.name);
        let session = Policy::parse(policy.document()?, Kind::Session).ok()?.named(&arn);
        Some((arn.into_boxed_str(), Arc::new(session)))
    });
    Entries { keys, users: users.into_values().collect(), roles, policies: policies.collect() }
}

struct Compiler<'t> {
    account: &'t AccountId,
    tree: &'t IamTree,
    /// Each managed policy is compiled once, however many carry it.
    managed: HashMap<&'t str, Readable<Arc<Policy>>>,
}

impl<'t> Compiler<'t> {
    fn user(&mut self, user: &'t User) -> Holder {
        let groups = user.groups.iter().filter_map(|name| self.tree.groups.get(name));
        let groups = groups.map(|group| (group.name.as_str(), &group.permissions));
        let carried: Vec<_> =
            std::iter::once((user.name.as_str(), &user.permissions)).chain(groups).collect();
        let arn = IamKind::User.arn(self.account.as_str(), &user.path, &user.name);
        Holder {
            account: self.account.as_str().into(),
            id: user.id.as_str().into(),
            arn: arn.into(),
            name: user.name.as_str().into(),
            kind: HolderKind::User,
            tags: tags(&user.tags),
            permissions: self.permissions(&carried, user.boundary.as_deref()),
        }
    }

    fn role(&mut self, role: &'t Role) -> Holder {
        let arn = IamKind::Role.arn(self.account.as_str(), &role.path, &role.name);
        let trust = compiled(&format!("of trust of {arn}"), &role.trust_policy, Kind::Trust);
        Holder {
            account: self.account.as_str().into(),
            id: role.id.as_str().into(),
            arn: arn.into(),
            name: role.name.as_str().into(),
            kind: HolderKind::Role { trust },
            tags: tags(&role.tags),
            permissions: self
                .permissions(&[(role.name.as_str(), &role.permissions)], role.boundary.as_deref()),
        }
    }

    fn permissions(
        &mut self,
        carried: &[(&'t str, &'t stagedoor_model::Permissions)],
        boundary: Option<&'t str>,
    ) -> Permissions {
        let mut identity = Vec::new();
        for (carrier, permissions) in carried {
            let inline = permissions.inline.iter();
            identity.extend(
                inline.map(|(name, text)| compiled(&format!("{name} of {carrier}"), text, Kind::Identity)),
            );
            identity.extend(permissions.attached.iter().map(|arn| self.managed(arn)));
        }
        let boundary = boundary.map(|arn| self.managed(arn)).transpose();
        Permissions { identity: identity.into_iter().collect(), boundary }
    }

    fn managed(&mut self, arn: &'t str) -> Readable<Arc<Policy>> {
        if let Some(known) = self.managed.get(arn) {
            return known.clone();
        }
        let policy = match self.document(arn) {
            Some(document) => compiled(arn, document, Kind::Identity),
            None => Err(format!("the policy {arn} does not exist").into()),
        };
        self.managed.insert(arn, policy.clone());
        policy
    }

    /// A policy of AWS, or one of the account; names are unique whatever their path is.
    fn document(&self, arn: &str) -> Option<&'t str> {
        if let Some(document) = stagedoor_auth::managed::document(arn) {
            return Some(document);
        }
        let own = arn.strip_prefix("arn:aws:iam::")?.strip_prefix(self.account.as_str())?;
        let name = own.strip_prefix(":policy/")?.rsplit('/').next()?;
        self.tree.policies.get(name)?.document()
    }
}

fn tags(tags: &Map<String>) -> Vec<(String, String)> {
    tags.iter().map(|(key, value)| (key.clone(), value.clone())).collect()
}
