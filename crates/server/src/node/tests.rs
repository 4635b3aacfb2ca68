//! A node beside a real control plane on a temporary store.

use std::sync::Arc;

use bytes::Bytes;
use http::HeaderMap;
use stagedoor_auth::sigv4::Secret;
use stagedoor_base::{AccountId, AccountThrottles, ApiKeyId, Limits, Region, Scope, Timestamp, UsagePlanId};
use stagedoor_control::{Control, ControlRequest, RootIdentity, Source};
use stagedoor_engine::{Compute, ScopeKeys};
use stagedoor_lambda::{GuardProgram, Pool, PoolConfig};
use stagedoor_model::ApiKey;
use stagedoor_shared::{Ledger, Shared};
use stagedoor_store::{Change, Revision, Store, Which};
use tokio::runtime::Handle;

use super::Node;
use crate::adapters::{ServiceParts, control_ports};
use crate::aws::{CredentialsConfig, Roles};
use crate::buffers::Buffers;
use crate::clock::Clock;
use crate::config::LambdaConfig;
use crate::functions::{Functions, Queue, Tails};
use crate::keysets::KeySets;
use crate::stage_table::Slot;
use crate::test_invoke::Tester;
use crate::upstream::{Refused, Settings as UpstreamSettings, Trust, UpstreamLimits};

struct House {
    store: Arc<Store>,
    pool: Arc<Pool>,
    shared: Arc<Shared>,
    node: Arc<Node>,
    control: Control,
    _folder: tempfile::TempDir,
}

impl House {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(Store::open(&folder.path().join("store")).unwrap());
        let mut config = PoolConfig::new(folder.path().join("functions"));
        // No function runs here, so nothing is ever guarded.
        config.guard = GuardProgram::Program("/bin/false".into());
        let pool = Arc::new(Pool::new(config, Arc::new(drop)).unwrap());
        let shared = Arc::new(Shared::start(Ledger::in_memory()).unwrap());
        let node = Arc::new(node(&store, &pool, &shared));
        let (refused, trust) = (Arc::new(Refused::default()), Trust::new(None).unwrap());
        let upstream =
            UpstreamSettings::new(refused, trust, 1000, Buffers::new(1000), UpstreamLimits::default());
        let clock = || Timestamp(1_700_000_000_000);
        let functions =
            Functions::start(Arc::clone(&pool), Arc::new(Tails::default()), upstream.clone(), clock);
        let (queued, directory) = (Arc::clone(&functions), Arc::clone(node.directory()));
        let events =
            Queue::load(Arc::clone(&store), directory, queued, &LambdaConfig::default(), clock).unwrap();
        let services = ServiceParts {
            endpoints: Arc::default(),
            roles: Roles::start(CredentialsConfig::default(), Arc::default(), upstream.clone(), clock),
            user_pools: Arc::default(),
            key_sets: KeySets::start(&upstream, clock),
            verified: Arc::default(),
            queue: Arc::clone(&events),
            runtime: Handle::current(),
            event_bytes: 1000,
        };
        let directory = Arc::clone(node.directory());
        let tester = Tester::start(
            upstream,
            Arc::clone(&functions),
            directory,
            Compute::default(),
            &services,
            Clock::start(),
        );
        let settings = stagedoor_control::Settings {
            limits: Arc::new(Limits::default()),
            identities: Arc::new(|_| {
                Some(RootIdentity { account: AccountId::from("000000000000"), secret: Secret::from("test") })
            }),
            clock: Arc::new(|| Timestamp(1_700_000_000_000)),
            wall: Arc::new(|| Timestamp(1_700_000_000_000)),
            seed: [1; 4],
        };
        let (state, audit) = (Arc::clone(&shared), Arc::new(|_: &_| ()));
        let ports = control_ports(Arc::clone(&node), functions, events, tester, Arc::default(), state, audit);
        let control = Control::new(Arc::clone(&store), settings, ports);
        Self { store, pool, shared, node, control, _folder: folder }
    }

    /// A node that starts on the same store.
    fn another_node(&self) -> Node {
        node(&self.store, &self.pool, &self.shared)
    }

    async fn call(&self, method: &str, path: &str, body: &str) -> String {
        let scope = Scope { account: AccountId::from("000000000000"), region: Region::from("us-east-1") };
        let request = ControlRequest {
            method: method.to_owned(),
            path: path.to_owned(),
            query: String::new(),
            headers: HeaderMap::new(),
            body: Bytes::copy_from_slice(body.as_bytes()),
            source: Source::INSIDE,
        };
        let reply = self.control.execute(scope, request).await;
        let text = String::from_utf8(reply.body.to_vec()).unwrap();
        assert!((200..300).contains(&reply.status), "{method} {path}: {text}");
        text
    }

    /// An API with a MOCK method on its root, deployed to stage `v1`.
    async fn deploy(&self) {
        let created = self.call("POST", "/restapis", r#"{"name":"n","tags":{"_custom_id_":"pets"}}"#).await;
        let created: serde_json::Value = serde_json::from_str(&created).unwrap();
        let method =
            format!("/restapis/pets/resources/{}/methods/GET", created["rootResourceId"].as_str().unwrap());
        self.call("PUT", &method, r#"{"authorizationType":"NONE"}"#).await;
        self.call("PUT", &format!("{method}/integration"), r#"{"type":"MOCK"}"#).await;
        self.call("POST", "/restapis/pets/deployments", r#"{"stageName":"v1"}"#).await;
    }

    fn deployment(&self, node: &Node) -> Option<String> {
        match node.table().find("pets/v1")? {
            Slot::Ready(serving) => Some(serving.program().deployment.id.to_string()),
            pending => Some(node.ready(pending).unwrap().program().deployment.id.to_string()),
        }
    }
}

fn node(store: &Arc<Store>, pool: &Arc<Pool>, shared: &Arc<Shared>) -> Node {
    let (store, pool, shared) = (Arc::clone(store), Arc::clone(pool), Arc::clone(shared));
    Node::start(store, pool, 1000, shared, AccountThrottles::off()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_acknowledged_change_is_served() {
    let house = House::new();
    house.deploy().await;
    let first = house.deployment(&house.node).unwrap();
    assert!(matches!(house.node.table().find("pets/v1"), Some(Slot::Ready(_))));
    house.call("POST", "/restapis/pets/deployments", r#"{"stageName":"v1"}"#).await;
    assert_ne!(house.deployment(&house.node).unwrap(), first);
    let back =
        format!(r#"{{"patchOperations":[{{"op":"replace","path":"/deploymentId","value":"{first}"}}]}}"#);
    house.call("PATCH", "/restapis/pets/stages/v1", &back).await;
    assert_eq!(house.deployment(&house.node).unwrap(), first);
    house.call("DELETE", "/restapis/pets/stages/v1", "").await;
    assert_eq!(house.deployment(&house.node), None);
    assert!(house.node.table().knows("pets"));
    house.call("DELETE", "/restapis/pets", "").await;
    assert!(!house.node.table().knows("pets"));
    assert_eq!(house.node.revision(), house.store.revision().unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_starting_node_serves_what_it_finds_and_compiles_it_later() {
    let house = House::new();
    house.deploy().await;
    let first = house.deployment(&house.node);
    let node = house.another_node();
    assert!(matches!(node.table().find("pets/v1"), Some(Slot::Pending(_))));
    assert_eq!(house.deployment(&node), first);
    assert!(matches!(node.table().find("pets/v1"), Some(Slot::Ready(_))));
    let other = house.another_node();
    while other.compile_next() {}
    assert!(matches!(other.table().find("pets/v1"), Some(Slot::Ready(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn canaries_are_compiled_too_and_share_deployments() {
    let house = House::new();
    house.deploy().await;
    let canary =
        r#"{"stageName":"v1","canarySettings":{"percentTraffic":50,"stageVariableOverrides":{"a":"b"}}}"#;
    house.call("POST", "/restapis/pets/deployments", canary).await;
    let second = house.another_node();
    for node in [&*house.node, &second] {
        let serving = node.ready(node.table().find("pets/v1").unwrap()).unwrap();
        let program = serving.program();
        let canary = program.canary.as_ref().unwrap();
        assert_ne!(canary.program.deployment.id, program.deployment.id);
        assert_eq!((canary.percent, canary.program.stage.variable("a")), (50.0, Some("b")));
    }
    let promotion =
        r#"{"patchOperations":[{"op":"copy","path":"/deploymentId","from":"/canarySettings/deploymentId"}]}"#;
    house.call("PATCH", "/restapis/pets/stages/v1", promotion).await;
    let serving = house.node.ready(house.node.table().find("pets/v1").unwrap()).unwrap();
    let program = serving.program();
    let canary = &program.canary.as_ref().unwrap().program;
    assert!(Arc::ptr_eq(&program.deployment, &canary.deployment));
    house
        .call(
            "PATCH",
            "/restapis/pets/stages/v1",
            r#"{"patchOperations":[{"op":"remove","path":"/canarySettings"}]}"#,
        )
        .await;
    let serving = house.node.ready(house.node.table().find("pets/v1").unwrap()).unwrap();
    let program = serving.program();
    assert!(program.canary.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_leaves_nothing() {
    let house = House::new();
    house.deploy().await;
    let node = Arc::clone(&house.node);
    tokio::task::spawn_blocking(move || node.reset()).await.unwrap().unwrap();
    assert!(!house.node.table().knows("pets"));
    assert_eq!(house.deployment(&house.node), None);
    assert!(house.node.revision() > Revision(0));
}

/// The ids of a key and of a plan that it is in.
async fn subscribe(house: &House) -> (ApiKeyId, UsagePlanId) {
    let made = |text: String| text.split_once(r#""id":""#).unwrap().1.split_once('"').unwrap().0.to_owned();
    let key = made(house.call("POST", "/apikeys", r#"{"name":"k","enabled":true}"#).await);
    let plan = made(house.call("POST", "/usageplans", r#"{"name":"p"}"#).await);
    let body = format!(r#"{{"keyId":"{key}","keyType":"API_KEY"}}"#);
    house.call("POST", &format!("/usageplans/{plan}/keys"), &body).await;
    (key.as_str().into(), plan.as_str().into())
}

fn keys(house: &House) -> (Scope, Arc<ScopeKeys>) {
    house.node.directory().keys().scopes().pop().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_leaves_no_key_and_no_plan() {
    let house = House::new();
    let (key, plan) = subscribe(&house).await;
    let (scope, known) = keys(&house);
    assert!(known.key(&key).is_some() && known.plan(&plan).is_some());
    let node = Arc::clone(&house.node);
    tokio::task::spawn_blocking(move || node.reset()).await.unwrap().unwrap();
    assert!(known.key(&key).is_none() && known.plan(&plan).is_none());
    let mut left = 0;
    house.store.for_each_metered(Which::All, |_, _| left += 1).unwrap();
    assert_eq!((left, house.store.plans_of_key(&scope, &key).unwrap()), (0, Vec::new()));
}

/// As when the log was too short for a node that fell behind.
#[tokio::test(flavor = "multi_thread")]
async fn reading_everything_again_forgets_only_what_is_gone() {
    let house = House::new();
    let ((key, plan), (gone, gone_plan)) = (subscribe(&house).await, subscribe(&house).await);
    let (scope, known) = keys(&house);
    // Behind the node's back.
    house.store.commit(Change::delete_usage_plan(&scope, &gone_plan)).unwrap();
    let deleted = house.store.api_key(&scope, &gone).unwrap().unwrap().value;
    house.store.commit(Change::delete_api_key(&scope, &gone)).unwrap();
    let heir = ApiKey { id: "heir".into(), ..deleted };
    house.store.commit(Change::create_api_key(&scope, &heir)).unwrap();
    house.node.load(&mut house.node.lock()).unwrap();
    let has = |id: &ApiKeyId| known.key(id).is_some();
    assert_eq!((has(&key), has(&gone), has(&heir.id)), (true, false, true));
    assert!(known.plan(&plan).is_some() && known.plan(&gone_plan).is_none());
}
