//! `identities`: who may call, declared in the file: users with access keys, groups, roles, policies, in one or several
//! accounts.
//!
//! In: the keys below `identities`. Out: what is declared of each account. Secrets come from the environment or from files
//! of their own. It must not know what a policy means: the control plane reads documents when they are applied.

use std::collections::BTreeMap;

use stagedoor_auth::managed;
use stagedoor_base::{AccountId, Timestamp};
use stagedoor_control::DeclaredIdentities;
use stagedoor_model::{
    AccessKey, Group, IamKind, IamTree, ManagedPolicy, ManagedPolicyVersion, Map, Permissions, Role, User,
};

use super::secret::{self, Given};
use super::tree::{Entry, Node, Value};
use super::written::Reader;

const KEYS: [&str; 5] = ["users", "groups", "roles", "policies", "accounts"];
const OF_ACCOUNT: [&str; 4] = ["users", "groups", "roles", "policies"];
const USER_KEYS: [&str; 7] = ["path", "groups", "policies", "inline", "boundary", "tags", "access_keys"];
const GROUP_KEYS: [&str; 3] = ["path", "policies", "inline"];
const ROLE_KEYS: [&str; 8] =
    ["path", "policies", "inline", "boundary", "tags", "trust", "max_session_seconds", "description"];
const KEY_KEYS: [&str; 3] = ["id", "secret_env", "secret_file"];

/// Reads `identities`; what stands there directly belongs to `account`.
pub(super) fn read(reader: &mut Reader<'_>, node: &Node, account: &AccountId) -> Vec<DeclaredIdentities> {
    let mut declared = Vec::new();
    let own: Vec<&Entry> = reader.keys(node, &KEYS);
    let (accounts, own): (Vec<&Entry>, Vec<&Entry>) =
        own.into_iter().partition(|entry| entry.key == "accounts");
    if !own.is_empty() {
        declared.push(Declaring::new(reader, account).read(&own));
    }
    for Entry { value, .. } in accounts {
        for Entry { key, place, value } in reader.map(value) {
            let Ok(account) = AccountId::parse(key) else {
                reader.complain(*place, format!("`{key}` is not an account: 12 digits, in quotes"));
                continue;
            };
            if declared.iter().any(|it| it.account == account) {
                reader.complain(*place, format!("the identities of account {account} are declared twice"));
            }
            let entries = reader.keys(value, &OF_ACCOUNT);
            declared.push(Declaring::new(reader, &account).read(&entries));
        }
    }
    refuse_shared_keys(reader, node, &declared);
    declared
}

fn refuse_shared_keys(reader: &mut Reader<'_>, node: &Node, declared: &[DeclaredIdentities]) {
    let mut ids: Vec<&String> = declared.iter().flat_map(|it| it.tree.access_keys.keys()).collect();
    ids.sort_unstable();
    if let Some(pair) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
        reader.complain(node.place, format!("the access key {} belongs to two accounts", pair[0]));
    }
}

/// The identities of one account while they are read.
struct Declaring<'r, 'f> {
    reader: &'r mut Reader<'f>,
    account: AccountId,
    file: String,
    /// The ARNs of the policies declared beside.
    policies: BTreeMap<String, String>,
    tree: IamTree,
}

/// What users, groups and roles have in common.
#[derive(Default)]
struct Carried {
    path: Option<String>,
    permissions: Permissions,
    boundary: Option<String>,
    tags: Map<String>,
}

impl<'r, 'f> Declaring<'r, 'f> {
    fn new(reader: &'r mut Reader<'f>, account: &AccountId) -> Self {
        let file = reader.file.display().to_string();
        Self { reader, account: account.clone(), file, policies: BTreeMap::new(), tree: IamTree::default() }
    }

    /// Policies first: the others name them.
    fn read(mut self, entries: &[&Entry]) -> DeclaredIdentities {
        for wanted in ["policies", "groups", "roles", "users"] {
            for Entry { value, .. } in entries.iter().filter(|entry| entry.key == wanted) {
                for entry in self.reader.map(value) {
                    self.entity(wanted, entry);
                }
            }
        }
        DeclaredIdentities { account: self.account, tree: self.tree }
    }

    fn entity(&mut self, kind: &str, entry: &Entry) {
        if !is_name(&entry.key) {
            let message = format!("`{}` is not a name: at most 64 letters, digits and _+=,.@-", entry.key);
            return self.reader.complain(entry.place, message);
        }
        match kind {
            "policies" => self.policy(entry),
            "groups" => self.group(entry),
            "roles" => self.role(entry),
            _ => self.user(entry),
        }
    }

    fn policy(&mut self, Entry { key, value, .. }: &Entry) {
        let Some(document) = self.document(value) else { return };
        let version = ManagedPolicyVersion { document, created: Timestamp(0) };
        self.policies.insert(key.clone(), IamKind::Policy.arn(self.account.as_str(), "/", key));
        let policy = ManagedPolicy {
            name: key.clone(),
            id: String::new(),
            path: "/".to_owned(),
            description: None,
            created: Timestamp(0),
            updated: Timestamp(0),
            versions: BTreeMap::from([(1, version)]),
            default_version: 1,
            last_version: 1,
            tags: Map::new(),
            declared_in: Some(self.file.clone()),
        };
        self.tree.policies.insert(key.clone(), policy);
    }

    fn group(&mut self, Entry { key, value, .. }: &Entry) {
        let carried = self.carried(value, &GROUP_KEYS);
        let group = Group {
            name: key.clone(),
            id: String::new(),
            path: carried.path.unwrap_or_else(|| "/".to_owned()),
            created: Timestamp(0),
            permissions: carried.permissions,
            declared_in: Some(self.file.clone()),
        };
        self.tree.groups.insert(key.clone(), group);
    }

    fn user(&mut self, Entry { key, value, .. }: &Entry) {
        let carried = self.carried(value, &USER_KEYS);
        let mut user = User {
            name: key.clone(),
            id: String::new(),
            path: carried.path.unwrap_or_else(|| "/".to_owned()),
            created: Timestamp(0),
            groups: Default::default(),
            permissions: carried.permissions,
            boundary: carried.boundary,
            tags: carried.tags,
            declared_in: Some(self.file.clone()),
        };
        for Entry { key: member, value, .. } in entries(value) {
            match member.as_str() {
                "groups" => user.groups = self.names(value).into_iter().collect(),
                "access_keys" => self.access_keys(key, value),
                _ => {}
            }
        }
        self.tree.users.insert(key.clone(), user);
    }

    fn role(&mut self, entry: &Entry) {
        let carried = self.carried(&entry.value, &ROLE_KEYS);
        let (mut trust, mut seconds, mut description) = (None, 3600, None);
        for Entry { key, value, .. } in entries(&entry.value) {
            match key.as_str() {
                "trust" => trust = self.document(value),
                "max_session_seconds" => seconds = self.session_seconds(value),
                "description" => description = self.reader.text(value).map(str::to_owned),
                _ => {}
            }
        }
        let Some(trust_policy) = trust else {
            let message = format!("role `{}` needs `trust`: a policy that says who may assume it", entry.key);
            return self.reader.complain(entry.place, message);
        };
        let role = Role {
            name: entry.key.clone(),
            id: String::new(),
            path: carried.path.unwrap_or_else(|| "/".to_owned()),
            created: Timestamp(0),
            description,
            trust_policy,
            max_session_seconds: seconds,
            permissions: carried.permissions,
            boundary: carried.boundary,
            tags: carried.tags,
            declared_in: Some(self.file.clone()),
        };
        self.tree.roles.insert(entry.key.clone(), role);
    }

    fn session_seconds(&mut self, node: &Node) -> u32 {
        match self.reader.parsed(node, "a number of seconds") {
            Some(seconds @ 3600..=43_200) => seconds,
            Some(other) => {
                self.reader.complain(node.place, format!("`{other}` is not 3600 to 43200 seconds"));
                3600
            }
            None => 3600,
        }
    }

    fn carried(&mut self, node: &Node, known: &[&str]) -> Carried {
        let mut carried = Carried::default();
        for Entry { key, value, .. } in self.reader.keys(node, known) {
            match key.as_str() {
                "path" => carried.path = self.path(value),
                "policies" => carried.permissions.attached = self.policy_arns(value),
                "inline" => carried.permissions.inline = self.inline(value),
                "boundary" => carried.boundary = self.policy_arn(value),
                "tags" => carried.tags = self.reader.texts(value).into_iter().collect(),
                _ => {}
            }
        }
        carried
    }

    fn path(&mut self, node: &Node) -> Option<String> {
        let text = self.reader.text(node)?;
        let is_path =
            text.starts_with('/') && text.ends_with('/') && text.bytes().all(|byte| byte.is_ascii_graphic());
        if is_path {
            return Some(text.to_owned());
        }
        self.reader.complain(node.place, format!("`{text}` is not a path like /team/"));
        None
    }

    fn names(&mut self, node: &Node) -> Vec<String> {
        let reader = &mut *self.reader;
        let items = reader.list(node);
        items.iter().filter_map(|item| reader.text(item).map(str::to_owned)).collect()
    }

    fn policy_arns(&mut self, node: &Node) -> Vec<String> {
        let items = self.reader.list(node);
        items.iter().filter_map(|item| self.policy_arn(item)).collect()
    }

    /// A policy declared beside, one of AWS's by its name, or any by its ARN.
    fn policy_arn(&mut self, node: &Node) -> Option<String> {
        let text = self.reader.text(node)?;
        let known = self.policies.get(text).cloned();
        let of_aws = || managed::ALL.iter().find(|policy| policy.name == text).map(managed::AwsManaged::arn);
        let given = || text.starts_with("arn:").then(|| text.to_owned());
        let arn = known.or_else(of_aws).or_else(given);
        if arn.is_none() {
            let message = format!(
                "there is no policy `{text}`: declare it under `policies`, or name one of AWS's like AdministratorAccess"
            );
            self.reader.complain(node.place, message);
        }
        arn
    }

    fn inline(&mut self, node: &Node) -> BTreeMap<String, String> {
        let entries = self.reader.map(node);
        let documents =
            entries.iter().filter_map(|Entry { key, value, .. }| Some((key, self.document(value)?)));
        documents.map(|(name, document)| (name.clone(), document)).collect()
    }

    /// A policy written here, or a file that holds one.
    fn document(&mut self, node: &Node) -> Option<String> {
        if !matches!(node.value, Value::Scalar(_)) {
            return Some(json(node).to_string());
        }
        let path = super::existing(self.reader, node)?;
        match std::fs::read_to_string(&path) {
            Ok(text) => Some(text),
            Err(error) => {
                self.reader.complain(node.place, format!("{}: {error}", path.display()));
                None
            }
        }
    }

    fn access_keys(&mut self, user: &str, node: &Node) {
        for item in self.reader.list(node) {
            let (mut id, mut secret) = (None, None);
            for Entry { key, value, .. } in self.reader.keys(item, &KEY_KEYS) {
                match key.as_str() {
                    "id" => id = self.reader.text(value).map(str::to_owned),
                    "secret_env" => {
                        let given = secret::of_environment(self.reader, value);
                        secret = given.and_then(|given| self.secret(value, given));
                    }
                    _ => {
                        let given = secret::of_file(self.reader, value);
                        secret = given.and_then(|given| self.secret(value, given));
                    }
                }
            }
            self.access_key(user, item, id, secret);
        }
    }

    fn access_key(&mut self, user: &str, node: &Node, id: Option<String>, secret: Option<String>) {
        let place = node.place;
        let Some(id) = id.filter(|id| is_key_id(id)) else {
            let message = "an access key needs `id`: 16 to 128 letters and digits, like AKIA and 16 more";
            return self.reader.complain(place, message);
        };
        let says_secret = entries(node).iter().any(|entry| entry.key.starts_with("secret_"));
        let Some(secret) = secret else {
            if !says_secret {
                let message = "an access key needs `secret_env: VARIABLE` or `secret_file: FILE`";
                self.reader.complain(place, message);
            }
            return;
        };
        let key = AccessKey {
            id: id.clone(),
            user: user.to_owned(),
            secret: secret.into(),
            active: true,
            created: Timestamp(0),
            declared_in: Some(self.file.clone()),
        };
        if self.tree.access_keys.insert(id.clone(), key).is_some() {
            self.reader.complain(place, format!("the access key {id} is declared twice"));
        }
    }

    fn secret(&mut self, node: &Node, Given { text, source }: Given) -> Option<String> {
        if text.len() >= LEAST_SECRET && text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Some(text);
        }
        let message = format!("{source} holds no secret: at least {LEAST_SECRET} characters in one line");
        self.reader.complain(node.place, message);
        None
    }
}

/// AWS's own have 40; a short one could be guessed.
const LEAST_SECRET: usize = 16;

fn entries(node: &Node) -> &[Entry] {
    match &node.value {
        Value::Map(entries) => entries,
        _ => &[],
    }
}

fn is_name(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte);
    (1..=64).contains(&text.len()) && text.bytes().all(allowed)
}

fn is_key_id(text: &str) -> bool {
    (16..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// All values of policies may be texts.
fn json(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Scalar(text) => text.as_str().into(),
        Value::List(items) => items.iter().map(json).collect(),
        Value::Map(entries) => entries.iter().map(|entry| (entry.key.clone(), json(&entry.value))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::Config;

    fn parse(folder: &Path, text: &str) -> Result<Config, String> {
        Config::parse(&folder.join("stagedoor.yaml"), text).map_err(|problems| problems.to_string())
    }

    const WHOLE: &str = r#"
account: '111122223333'
identities:
  policies:
    deployer: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 'apigateway:*', Resource: '*'}]}
  groups:
    staff: {policies: [ReadOnlyAccess]}
  users:
    ci:
      path: /bots/
      groups: [staff]
      policies: [deployer, 'arn:aws:iam::aws:policy/AWSLambda_FullAccess']
      boundary: AdministratorAccess
      tags: {team: a}
      access_keys: [{id: AKIAEXAMPLE000000001, secret_file: ci.secret}]
  roles:
    caller: {trust: trust.json, max_session_seconds: 7200, inline: {own: {Version: '2012-10-17'}}}
  accounts:
    '444455556666': {users: {guest: }}
"#;

    #[test]
    fn everything_is_read() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ci.secret"), "0123456789abcdef\n").unwrap();
        std::fs::write(folder.path().join("trust.json"), "{}").unwrap();
        let identities = parse(folder.path(), WHOLE).unwrap().identities;
        let [own, other] = identities.as_slice() else { panic!("{identities:?}") };
        assert_eq!((own.account.as_str(), other.account.as_str()), ("111122223333", "444455556666"));
        let ci = &own.tree.users["ci"];
        assert_eq!(
            ci.permissions.attached,
            ["arn:aws:iam::111122223333:policy/deployer", "arn:aws:iam::aws:policy/AWSLambda_FullAccess",]
        );
        assert_eq!(ci.boundary.as_deref(), Some("arn:aws:iam::aws:policy/AdministratorAccess"));
        assert_eq!((ci.path.as_str(), ci.groups.contains("staff")), ("/bots/", true));
        let key = &own.tree.access_keys["AKIAEXAMPLE000000001"];
        assert_eq!((key.user.as_str(), key.secret.expose()), ("ci", "0123456789abcdef"));
        let caller = &own.tree.roles["caller"];
        assert_eq!((caller.trust_policy.as_str(), caller.max_session_seconds), ("{}", 7200));
        assert_eq!(caller.permissions.inline["own"], r#"{"Version":"2012-10-17"}"#);
        assert!(other.tree.users.contains_key("guest"));
    }

    #[test]
    fn mistakes_name_their_place() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("short"), "short").unwrap();
        let key = |text: &str| format!("{{users: {{u: {{access_keys: [{text}]}}}}}}");
        for (text, expected) in [
            ("{people: {}}".to_owned(), "unknown key `people`"),
            ("{users: {'a b': {}}}".to_owned(), "`a b` is not a name"),
            ("{users: {u: {policies: [Missing]}}}".to_owned(), "there is no policy `Missing`"),
            ("{users: {u: {path: x}}}".to_owned(), "`x` is not a path like /team/"),
            ("{roles: {r: {}}}".to_owned(), "role `r` needs `trust`"),
            (
                "{roles: {r: {trust: {}, max_session_seconds: 1}}}".to_owned(),
                "`1` is not 3600 to 43200 seconds",
            ),
            ("{policies: {p: lost.json}}".to_owned(), "lost.json does not exist"),
            ("{accounts: {'12': {}}}".to_owned(), "`12` is not an account"),
            (key("{secret_env: PATH}"), "an access key needs `id`"),
            (key("{id: test, secret_env: PATH}"), "an access key needs `id`"),
            (key("{id: AKIAEXAMPLE000000001}"), "an access key needs `secret_env: VARIABLE`"),
            (key("{id: AKIAEXAMPLE000000001, secret: x}"), "unknown key `secret`"),
            (
                key("{id: AKIAEXAMPLE000000001, secret_env: NOT_SET_ANYWHERE}"),
                "has no variable NOT_SET_ANYWHERE",
            ),
            (
                key("{id: AKIAEXAMPLE000000001, secret_file: short}"),
                "holds no secret: at least 16 characters",
            ),
        ] {
            let problem = parse(folder.path(), &format!("identities: {text}")).unwrap_err();
            assert!(problem.contains(expected), "{text}\n{problem}");
            assert!(problem.contains("stagedoor.yaml:1:"), "{problem}");
        }
    }
}
