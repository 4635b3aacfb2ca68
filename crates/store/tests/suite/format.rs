//! Documents of version 1, as committed in `documents-v1.json`, are read for ever.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use stagedoor_model::Snapshot;

use crate::samples;

/// The stored file has every kind of document once; what is read from it is what the sample of today writes.
#[test]
fn version_1_is_read() {
    let stored: Value = serde_json::from_str(include_str!("documents-v1.json")).unwrap();
    let tree = samples::tree("pets");
    let function = samples::function("hello", "sha");
    check(&stored["api"], &tree.api);
    check(&stored["resource"], tree.resources.values().next().unwrap());
    check(&stored["model"], &tree.models["Pet"]);
    check(&stored["validator"], &tree.validators["valid1"]);
    check(&stored["gateway_response"], tree.gateway_responses.values().next().unwrap());
    check(&stored["stage"], &samples::stage("live", "dep001"));
    check(&stored["deployment"], &samples::deployment("dep001"));
    check(&stored["snapshot"], &before_authorizers(samples::snapshot("pets")));
    check(&stored["authorizer"], &tree.authorizers["author"]);
    check(&stored["documentation_version"], &samples::documentation("1.0"));
    check(&stored["frozen_documentation"], &samples::frozen_documentation());
    check(&stored["documentation_part"], &tree.documentation_parts["part01"]);
    check(&stored["account"], &stagedoor_model::AccountSettings::default());
    check(&stored["function"], &function.function);
    check(&stored["function_version"], &function.versions[&1]);
    check(&stored["alias"], &function.aliases["live"]);
    check(&stored["function_policy"], &function.policies[&None]);
    check(&stored["layer"], &samples::layer().layer);
    check(&stored["layer_version"], &samples::layer().versions[&1]);
    check(&stored["function_with_layers"], &samples::function_with_layers());
    let identities = samples::identities();
    check(&stored["iam_user"], &identities.users["anna"]);
    check(&stored["access_key"], &identities.access_keys["AKIA0000000000000001"]);
    check(&stored["iam_group"], &identities.groups["staff"]);
    check(&stored["iam_role"], &identities.roles["caller"]);
    check(&stored["iam_policy"], &identities.policies["reader"]);
    check(&stored["api_key"], &samples::api_key());
    check(&stored["usage_plan"], &samples::usage_plan());
    check(&stored["usage_plan_key"], &samples::usage_plan_key());
}

/// What deployments froze when no API could have authorizers.
fn before_authorizers(mut snapshot: Snapshot) -> Snapshot {
    snapshot.tree.authorizers.clear();
    snapshot
}

fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(stored: &Value, sample: &T) {
    let read: T = serde_json::from_str(&stored.to_string()).unwrap();
    assert_eq!(&read, sample);
}
