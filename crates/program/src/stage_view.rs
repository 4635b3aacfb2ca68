//! What lives on a stage and changes without a deployment.
//!
//! In: a stored stage. Out: its settings as calls see them, and those of its canary; the stage that `TestInvokeMethod` pretends.
//! It must not know which deployments they belong to.

use std::sync::Arc;

use stagedoor_base::StageName;
use stagedoor_model::{Map, Stage};

use crate::{Diagnostic, LogFormat, MethodSettings, cache, inert};

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
    pub methods: MethodSettings,
    /// Bytes of the stage's cache cluster; none: it has none.
    pub cache_bytes: Option<u64>,
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
            methods: MethodSettings::default(),
            cache_bytes: None,
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
    view.methods = MethodSettings::compile(&stage.method_settings);
    let size = stage.cache_cluster_size.filter(|_| stage.cache_cluster_enabled);
    view.cache_bytes = size.map(cache::capacity);
    (view, inert::remarks_on_stage(stage))
}

/// The same settings as the stage's canary has them: its overrides join the variables, and its lines have a log of their
/// own. None without a canary.
#[must_use]
pub fn compile_canary(stage: &Stage, view: &StageView) -> Option<StageView> {
    let canary = stage.canary.as_ref()?;
    let mut view = view.clone();
    view.is_canary = Some(true);
    view.cache_bytes = view.cache_bytes.filter(|_| canary.use_stage_cache);
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

#[cfg(test)]
mod tests {
    use stagedoor_base::Timestamp;
    use stagedoor_model::{AccessLogSettings, CacheClusterSize, CanarySettings, Map, MethodSetting, Stage};

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
    fn a_canary_has_the_cluster_if_it_may_use_it() {
        let mut stage = stage(&[]);
        let bytes = |stage: &Stage| {
            let view = compile_stage(stage).0;
            (view.cache_bytes, compile_canary(stage, &view).unwrap().cache_bytes)
        };
        stage.cache_cluster_size = Some(CacheClusterSize::Gb0_5);
        for (enabled, use_stage_cache, expected) in [
            (false, true, (None, None)),
            (true, false, (Some(1 << 29), None)),
            (true, true, (Some(1 << 29), Some(1 << 29))),
        ] {
            stage.cache_cluster_enabled = enabled;
            stage.canary = Some(CanarySettings {
                deployment_id: "e".into(),
                percent_traffic: 50.0,
                stage_variable_overrides: Map::new(),
                use_stage_cache,
            });
            assert_eq!(bytes(&stage), expected);
        }
    }

    #[test]
    fn settings_without_effect_are_told() {
        let mut stage =
            stage(&[("*/*", MethodSetting { metrics_enabled: true, ..MethodSetting::default() })]);
        stage.tracing_enabled = true;
        let remarks: Vec<_> = compile_stage(&stage).1.iter().map(ToString::to_string).collect();
        let expected = [
            "Stage.tracingEnabled is stored but has no effect yet",
            "Stage.methodSettings.metricsEnabled is stored but has no effect yet",
        ];
        assert_eq!(remarks, expected);
    }
}
