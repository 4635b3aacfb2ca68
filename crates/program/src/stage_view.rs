//! What lives on a stage and changes without a deployment.
//!
//! In: a stored stage. Out: its settings as calls see them, and those of its canary; the stage that `TestInvokeMethod` pretends.
//! It must not know which deployments they belong to.

use std::sync::Arc;

use stagedoor_base::StageName;
use stagedoor_model::{Map, Stage};

use crate::{Diagnostic, LogFormat, inert};

/// The name of the stage that AWS gives to calls of `TestInvokeMethod`.
const TEST_STAGE: &str = "test-invoke-stage";

/// A stage's live settings, compiled.
#[derive(Debug, Clone, PartialEq)]
pub struct StageView {
    pub name: StageName,
    pub variables: Map<Arc<str>>,
    pub access_log: Option<AccessLog>,
    /// `$context.isCanaryRequest`; none while the stage has no canary.
    pub is_canary: Option<bool>,
    /// Whether calls come from `TestInvokeMethod`: then there is no client whose address and headers could be told.
    pub is_test: bool,
    /// A setting that cannot execute yet and would change what every call means.
    pub refusal: Option<Arc<str>>,
    /// The same for single methods: (`{path}/{VERB}` as the stage spells it, reason).
    pub method_refusals: Vec<(Arc<str>, Arc<str>)>,
}

/// Where access-log lines go, and their form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessLog {
    pub destination_arn: Option<Arc<str>>,
    pub format: LogFormat,
}

impl StageView {
    /// A stage without any settings.
    #[must_use]
    pub fn bare(name: StageName) -> Self {
        Self {
            name,
            variables: Map::new(),
            access_log: None,
            is_canary: None,
            is_test: false,
            refusal: None,
            method_refusals: Vec::new(),
        }
    }

    /// The stage of a call of `TestInvokeMethod`, with the variables that the caller gives.
    #[must_use]
    pub fn test(variables: &Map<String>) -> Self {
        Self { variables: shared(variables), is_test: true, ..Self::bare(TEST_STAGE.into()) }
    }

    /// A stage variable's value.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(AsRef::as_ref)
    }

    /// Why calls of this method must be refused, when a setting asks for what does not execute yet.
    #[must_use]
    pub fn refusal_of(&self, path: &str, verb: &str) -> Option<&Arc<str>> {
        if self.refusal.is_some() || self.method_refusals.is_empty() {
            return self.refusal.as_ref();
        }
        let key = setting_key(path, verb);
        self.method_refusals.iter().find(|(known, _)| **known == *key).map(|(_, reason)| reason)
    }
}

/// The key of a method's settings: `~1pets~1{id}/GET`, in the form without a leading slash.
fn setting_key(path: &str, verb: &str) -> String {
    format!("{}/{verb}", path.strip_prefix('/').unwrap_or(path).replace('/', "~1"))
}

/// Compiles a stage's settings. Never fails.
#[must_use]
pub fn compile_stage(stage: &Stage) -> (StageView, Vec<Diagnostic>) {
    let mut view = StageView::bare(stage.name.clone());
    view.variables = shared(&stage.variables);
    view.is_canary = stage.canary.as_ref().map(|_| false);
    view.access_log = stage.access_log.format.as_deref().map(|format| AccessLog {
        destination_arn: stage.access_log.destination_arn.as_deref().map(Arc::from),
        format: LogFormat::compile(format),
    });
    refuse_throttles(stage, &mut view);
    let diagnostics = view
        .refusal
        .iter()
        .chain(view.method_refusals.iter().map(|(_, reason)| reason))
        .map(|reason| Diagnostic { method: None, message: format!("stage {}: {reason}", stage.name) })
        .chain(inert::remarks_on_stage(stage))
        .collect();
    (view, diagnostics)
}

/// The same settings as the stage's canary has them: its overrides join the variables, and its lines have a log of their
/// own. None without a canary.
#[must_use]
pub fn compile_canary(stage: &Stage, view: &StageView) -> Option<StageView> {
    let canary = stage.canary.as_ref()?;
    let mut view = view.clone();
    view.is_canary = Some(true);
    view.variables.extend(shared(&canary.stage_variable_overrides));
    if let Some(log) = &mut view.access_log {
        log.destination_arn = log.destination_arn.as_deref().map(canary_destination);
    }
    Some(view)
}

fn shared(variables: &Map<String>) -> Map<Arc<str>> {
    variables.iter().map(|(name, value)| (name.clone(), Arc::from(value.as_str()))).collect()
}

/// A log group's name with `/Canary` behind it; a Firehose stream takes both.
fn canary_destination(arn: &str) -> Arc<str> {
    match arn.contains(":log-group:") {
        true => format!("{}/Canary", arn.strip_suffix(":*").unwrap_or(arn)).into(),
        false => arn.into(),
    }
}

fn refuse_throttles(stage: &Stage, view: &mut StageView) {
    for (key, setting) in &stage.method_settings {
        let rate = setting.throttling_rate_limit.is_some_and(|rate| rate >= 0.0);
        let burst = setting.throttling_burst_limit.is_some_and(|burst| burst >= 0);
        if !rate && !burst {
            continue;
        }
        let reason: Arc<str> =
            format!("the throttle limit of method setting {key} does not execute yet").into();
        if key == "*/*" {
            view.refusal.get_or_insert(reason);
        } else {
            view.method_refusals.push((key.trim_start_matches("~1").into(), reason));
        }
    }
}

#[cfg(test)]
mod tests {
    use stagedoor_base::Timestamp;
    use stagedoor_model::{AccessLogSettings, CanarySettings, Map, MethodSetting, Stage};

    use super::{compile_canary, compile_stage};

    fn stage(settings: &[(&str, MethodSetting)]) -> Stage {
        let settings = settings.iter().map(|(key, setting)| ((*key).to_owned(), setting.clone()));
        Stage {
            name: "dev".into(),
            deployment_id: "d".into(),
            description: None,
            client_certificate_id: None,
            cache_cluster_enabled: false,
            cache_cluster_size: None,
            method_settings: settings.collect(),
            variables: Map::new(),
            documentation_version: None,
            access_log: AccessLogSettings::default(),
            canary: None,
            tracing_enabled: false,
            web_acl_arn: None,
            tags: Map::new(),
            created: Timestamp(0),
            last_updated: Timestamp(0),
        }
    }

    fn throttled(rate: f64, burst: i32) -> MethodSetting {
        MethodSetting {
            throttling_rate_limit: Some(rate),
            throttling_burst_limit: Some(burst),
            ..MethodSetting::default()
        }
    }

    #[test]
    fn throttles_refuse_the_methods_they_name() {
        let (view, remarks) = compile_stage(&stage(&[("pets~1{id}/GET", throttled(1.0, 1))]));
        for (path, verb, refused) in
            [("/pets/{id}", "GET", true), ("/pets/{id}", "POST", false), ("/pets", "GET", false)]
        {
            assert_eq!(view.refusal_of(path, verb).is_some(), refused, "{verb} {path}");
        }
        assert_eq!(remarks.len(), 1);
        let (view, _) = compile_stage(&stage(&[("*/*", throttled(0.0, 0))]));
        assert!(view.refusal.is_some());
        let (view, remarks) = compile_stage(&stage(&[("*/*", throttled(-1.0, -1))]));
        assert_eq!((view.refusal, remarks), (None, vec![]));
    }

    #[test]
    fn the_root_resource_has_settings_too() {
        let (view, _) = compile_stage(&stage(&[("~1/GET", throttled(1.0, 1))]));
        assert!(view.refusal_of("/", "GET").is_some());
        assert!(view.refusal_of("/x", "GET").is_none());
    }

    #[test]
    fn a_canary_overrides_variables_and_has_its_own_log() {
        let mut stage = stage(&[]);
        let variables = |pairs: &[(&str, &str)]| -> Map<String> {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        stage.variables = variables(&[("kept", "1"), ("changed", "old")]);
        stage.access_log.format = Some("$context.requestId".to_owned());
        let (view, _) = compile_stage(&stage);
        assert_eq!((view.is_canary, compile_canary(&stage, &view)), (None, None));
        stage.canary = Some(CanarySettings {
            deployment_id: "e".into(),
            percent_traffic: 50.0,
            stage_variable_overrides: variables(&[("changed", "new"), ("added", "2")]),
            use_stage_cache: false,
        });
        for (arn, expected) in [
            ("arn:aws:logs:r:0:log-group:calls", "arn:aws:logs:r:0:log-group:calls/Canary"),
            ("arn:aws:logs:r:0:log-group:calls:*", "arn:aws:logs:r:0:log-group:calls/Canary"),
            (
                "arn:aws:firehose:r:0:deliverystream/amazon-apigateway-s",
                "arn:aws:firehose:r:0:deliverystream/amazon-apigateway-s",
            ),
        ] {
            stage.access_log.destination_arn = Some(arn.to_owned());
            let (view, _) = compile_stage(&stage);
            let canary = compile_canary(&stage, &view).unwrap();
            assert_eq!(canary.access_log.unwrap().destination_arn.as_deref(), Some(expected));
            assert_eq!((view.is_canary, canary.is_canary), (Some(false), Some(true)));
            assert_eq!((view.variable("changed"), view.variable("added")), (Some("old"), None));
            let seen = ["kept", "changed", "added"].map(|name| canary.variables.get(name).map(AsRef::as_ref));
            assert_eq!(seen, [Some("1"), Some("new"), Some("2")]);
        }
    }

    #[test]
    fn settings_without_effect_are_told() {
        let mut stage =
            stage(&[("*/*", MethodSetting { caching_enabled: true, ..MethodSetting::default() })]);
        stage.tracing_enabled = true;
        let remarks: Vec<_> = compile_stage(&stage).1.iter().map(ToString::to_string).collect();
        let expected = [
            "Stage.tracingEnabled is stored but has no effect yet",
            "Stage.methodSettings.cachingEnabled is stored but has no effect yet",
        ];
        assert_eq!(remarks, expected);
    }
}
