//! PATCH of usage plans.
//!
//! In: operations in their order. Out: a changed plan, or the refusal of the first that is none. Whether the plan as a whole
//! may be is checked afterwards.

use std::borrow::Cow;

use serde::Deserialize;
use stagedoor_base::{ApiId, StageName};
use stagedoor_model::{Map, PlanStage, ThrottleSettings, UsagePlan};

use super::quota;
use crate::ApiError;
use crate::patch::{Patch, PatchOp, PathTable, unescape};

const STAGE_THROTTLE: &str = "/apiStages/<apidId:stageName>/throttle";
const METHOD_THROTTLE: &str = "/apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>";
const METHOD_RATE: &str = "/apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>/rateLimit";
const METHOD_BURST: &str = "/apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>/burstLimit";

// The list of `remove` is the service's own, in its order and spelling.
const PATCHES: PathTable = PathTable {
    supported: &[
        (
            PatchOp::Remove,
            &["/apiStages", "/quota", "/throttle", "/productCode", METHOD_THROTTLE, STAGE_THROTTLE],
        ),
        (
            PatchOp::Replace,
            &[
                "/name",
                "/description",
                "/productCode",
                "/quota/limit",
                "/quota/offset",
                "/quota/period",
                "/throttle/rateLimit",
                "/throttle/burstLimit",
                STAGE_THROTTLE,
                METHOD_RATE,
                METHOD_BURST,
            ],
        ),
        (
            PatchOp::Add,
            &[
                "/apiStages",
                "/productCode",
                "/quota/limit",
                "/quota/offset",
                "/quota/period",
                "/throttle/rateLimit",
                "/throttle/burstLimit",
                STAGE_THROTTLE,
                METHOD_RATE,
                METHOD_BURST,
            ],
        ),
    ],
};

/// A quota on its way: one operation changes one part, and only the whole has to be right.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Quota {
    limit: Option<i64>,
    offset: Option<i64>,
    period: Option<String>,
}

/// Applies all operations.
pub(super) fn apply(plan: &mut UsagePlan, patches: &[Patch]) -> Result<(), ApiError> {
    let known = plan.quota.map(|it| Quota {
        limit: i64::try_from(it.limit).ok(),
        offset: Some(i64::from(it.offset)),
        period: Some(it.period.to_string()),
    });
    let mut changed = known.clone();
    patches.iter().try_for_each(|patch| one(plan, &mut changed, patch))?;
    if changed != known {
        plan.quota = changed.map(|it| quota(it.limit, it.offset, it.period.as_deref())).transpose()?;
    }
    Ok(())
}

fn one(plan: &mut UsagePlan, quota: &mut Option<Quota>, patch: &Patch) -> Result<(), ApiError> {
    if let Some(target) = Target::of(patch) {
        PATCHES.check(&Patch { path: Some(target.kind().to_owned()), ..patch.clone() })?;
        return target.apply(plan, patch);
    }
    PATCHES.check(patch)?;
    let removing = patch.op == PatchOp::Remove;
    match patch.path() {
        "/name" => plan.name = patch.value.clone().unwrap_or_default(),
        "/description" => plan.description = patch.text(),
        "/productCode" => plan.product_code = patch.text().filter(|_| !removing),
        "/apiStages" => change_stages(plan, patch)?,
        "/throttle" => plan.throttle = None,
        "/throttle/rateLimit" => plan.throttle.get_or_insert_default().rate_limit = Some(rate(patch)?),
        "/throttle/burstLimit" => plan.throttle.get_or_insert_default().burst_limit = Some(burst(patch)?),
        "/quota" => *quota = None,
        "/quota/limit" => quota.get_or_insert_default().limit = Some(number(patch)?),
        "/quota/offset" => quota.get_or_insert_default().offset = Some(number(patch)?),
        _ => quota.get_or_insert_default().period = patch.text(),
    }
    Ok(())
}

fn invalid_value(patch: &Patch) -> ApiError {
    let value = patch.value.as_deref().unwrap_or("null");
    ApiError::BadRequest(format!("Invalid value '{value}' specified for path {}", patch.path()))
}

fn number(patch: &Patch) -> Result<i64, ApiError> {
    let whole = |text: &str| text.trim().parse::<i32>().ok();
    patch.value.as_deref().and_then(whole).map(i64::from).ok_or_else(|| invalid_value(patch))
}

fn burst(patch: &Patch) -> Result<i32, ApiError> {
    number(patch).and_then(|number| i32::try_from(number).map_err(|_| invalid_value(patch)))
}

fn rate(patch: &Patch) -> Result<f64, ApiError> {
    let rate = patch.value.as_deref().and_then(|text| text.trim().parse::<f64>().ok());
    rate.filter(|rate| rate.is_finite()).ok_or_else(|| invalid_value(patch))
}

/// `add` and `remove` of `/apiStages` name the stage in their value.
fn change_stages(plan: &mut UsagePlan, patch: &Patch) -> Result<(), ApiError> {
    let invalid = || ApiError::bad_request("Invalid API Stage specified");
    let value = patch.text().ok_or_else(invalid)?;
    let (api, stage) = value.split_once(':').ok_or_else(invalid)?;
    if api.is_empty() || stage.is_empty() {
        return Err(invalid());
    }
    let (api, stage) = (ApiId::from(api), StageName::from(stage));
    if patch.op == PatchOp::Add {
        plan.api_stages.push(PlanStage { api, stage, throttle: Map::new() });
        return Ok(());
    }
    let place = plan.api_stages.iter().position(|it| it.api == api && it.stage == stage);
    plan.api_stages.remove(place.ok_or_else(|| unknown_stage(plan.id.as_str(), &value))?);
    Ok(())
}

fn unknown_stage(plan: &str, stage: &str) -> ApiError {
    ApiError::NotFound(format!("API Stage {stage} is not associated with Usage Plan {plan}"))
}

/// What a path below `/apiStages/` is about.
struct Target<'p> {
    stage: Cow<'p, str>,
    part: Part,
}

enum Part {
    Methods,
    Method(String),
    Rate(String),
    Burst(String),
}

impl<'p> Target<'p> {
    fn of(patch: &'p Patch) -> Option<Self> {
        let rest = patch.path().strip_prefix("/apiStages/")?;
        let (stage, rest) = rest.split_once("/throttle")?;
        let part = match rest.strip_prefix('/') {
            None if rest.is_empty() => Part::Methods,
            None => return None,
            Some(rest) => Part::of(rest)?,
        };
        Some(Self { stage: unescape(stage).into(), part })
    }

    /// As the table writes it.
    fn kind(&self) -> &'static str {
        match self.part {
            Part::Methods => STAGE_THROTTLE,
            Part::Method(_) => METHOD_THROTTLE,
            Part::Rate(_) => METHOD_RATE,
            Part::Burst(_) => METHOD_BURST,
        }
    }

    fn apply(self, plan: &mut UsagePlan, patch: &Patch) -> Result<(), ApiError> {
        let named = |it: &&mut PlanStage| format!("{}:{}", it.api, it.stage) == self.stage;
        let Some(stage) = plan.api_stages.iter_mut().find(named) else {
            return Err(unknown_stage(plan.id.as_str(), &self.stage));
        };
        match self.part {
            Part::Methods if patch.op == PatchOp::Remove => stage.throttle = Map::new(),
            Part::Methods => stage.throttle = methods(patch)?,
            Part::Method(method) => {
                let gone = stage.throttle.shift_remove(&method);
                gone.ok_or_else(|| {
                    ApiError::NotFound(format!("No throttle limit is set for the method {method}"))
                })?;
            }
            Part::Rate(method) => stage.throttle.entry(method).or_default().rate_limit = Some(rate(patch)?),
            Part::Burst(method) => {
                stage.throttle.entry(method).or_default().burst_limit = Some(burst(patch)?);
            }
        }
        Ok(())
    }
}

impl Part {
    /// The last segment may be a limit, the one before is the verb, and all before is the path: escaped, as the service wants
    /// it, or as it is, as Terraform sends it.
    fn of(rest: &str) -> Option<Self> {
        let (method, part): (&str, fn(String) -> Self) = match rest.rsplit_once('/') {
            Some((method, "rateLimit")) => (method, Self::Rate),
            Some((method, "burstLimit")) => (method, Self::Burst),
            _ => (rest, Self::Method),
        };
        let (path, verb) = method.rsplit_once('/')?;
        let path = unescape(path);
        let slash = if path.starts_with('/') { "" } else { "/" };
        Some(part(format!("{slash}{path}/{verb}")))
    }
}

/// The value of `/apiStages/{stage}/throttle`: `{"/pets/GET":{"rateLimit":1,"burstLimit":2}}`.
fn methods(patch: &Patch) -> Result<Map<ThrottleSettings>, ApiError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Limits {
        rate_limit: Option<f64>,
        burst_limit: Option<i32>,
    }
    let given: Map<Limits> =
        serde_json::from_str(patch.value.as_deref().unwrap_or_default()).map_err(|_| invalid_value(patch))?;
    let limits = |it: Limits| ThrottleSettings { rate_limit: it.rate_limit, burst_limit: it.burst_limit };
    Ok(given.into_iter().map(|(method, given)| (method, limits(given))).collect())
}
