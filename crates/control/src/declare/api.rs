//! A declared API: its document applied, deployed and staged in one change.
//!
//! In: a document. Out: an API whose one stage runs it. Nobody else may change such an API, so deployments that its
//! stage left behind serve nobody and go.

use stagedoor_base::{ApiId, DeploymentId, StageName};
use stagedoor_model::{ApiTree, Deployment, HttpMethod, Map, RestApi, Snapshot, Stage};
use stagedoor_openapi::{Diagnostic, Document, Mode, parse};
use stagedoor_store::{Change, Versioned};

use super::{AppliedApi, DeclareError, DeclaredApi, DeclaredSetting, refused};
use crate::context::Context;
use crate::import::{self, Parameters};
use crate::{ApiError, stage, usage_plan};

/// What a change of the API starts from.
struct Before {
    tree: Option<Versioned<ApiTree>>,
    stages: Vec<Stage>,
    deployments: Vec<Deployment>,
}

/// What applying a declaration will do: nothing of it is written yet.
pub(super) struct Plan {
    /// The API as it will be.
    pub(super) tree: ApiTree,
    applied: AppliedApi,
    /// None: what is stored agrees already.
    change: Option<Change>,
}

/// Checks a declaration by all rules.
pub(super) fn plan(ctx: &Context, declared: &DeclaredApi) -> Result<Plan, DeclareError> {
    let document = parse(&declared.document, &declared.file_name).map_err(DeclareError::Document)?;
    let planned = attempt(ctx, declared, &document).map_err(|error| refusal(declared, error))?;
    planned.map_err(DeclareError::Document)
}

/// Writes a plan, or, when the store has moved on since, a new one.
pub(super) fn apply(ctx: &Context, declared: &DeclaredApi, plan: Plan) -> Result<AppliedApi, DeclareError> {
    let mut next = Some(plan);
    loop {
        let Plan { applied, change, .. } = match next.take() {
            Some(plan) => plan,
            None => self::plan(ctx, declared)?,
        };
        match change.map_or(Ok(()), |change| ctx.commit(change)) {
            Ok(()) => return Ok(applied),
            Err(ApiError::Raced) => {}
            Err(error) => return Err(refusal(declared, error)),
        }
    }
}

fn refusal(declared: &DeclaredApi, error: ApiError) -> DeclareError {
    refused(&format!("API {} ({})", declared.id, declared.file_name), error)
}

pub(super) fn remove(ctx: &Context, api: &ApiId) -> Result<(), ApiError> {
    let gone = Change::delete_api(&ctx.scope, api);
    ctx.commit_all(std::iter::once(gone).chain(usage_plan::leaving_plans(ctx, api)?))
}

fn attempt(
    ctx: &Context,
    declared: &DeclaredApi,
    document: &Document,
) -> Result<Result<Plan, Vec<Diagnostic>>, ApiError> {
    let before = Before::read(ctx, &declared.id)?;
    let mut tree = starting_point(ctx, &declared.id, before.tree.as_ref());
    let file = &declared.file_name;
    let warnings = match import::apply(ctx, document, &mut tree, &Parameters::deploying(), Mode::Overwrite) {
        Ok(warnings) => warnings,
        Err(errors) => return Ok(Err(errors)),
    };
    tree.api.declared_in = Some(file.clone());
    let (stage, change) = difference(ctx, declared, &before, &tree)?;
    let AppliedStage { deployment_id: deployment, name } = stage;
    let applied =
        AppliedApi { id: declared.id.clone(), stage: name, deployment, changed: change.is_some(), warnings };
    Ok(Ok(Plan { tree, applied, change }))
}

/// What the document is applied to: the stored resources, so that they keep their ids, under an API without settings,
/// so that what the file no longer says is gone.
fn starting_point(ctx: &Context, id: &ApiId, found: Option<&Versioned<ApiTree>>) -> ApiTree {
    let fresh = import::new_tree(ctx, id.clone());
    match found.map(|found| &found.value) {
        None => fresh,
        Some(stored) => ApiTree {
            api: RestApi {
                created: stored.api.created,
                root_resource_id: stored.api.root_resource_id.clone(),
                ..fresh.api
            },
            ..stored.clone()
        },
    }
}

struct AppliedStage {
    deployment_id: DeploymentId,
    name: StageName,
}

impl Before {
    fn read(ctx: &Context, api: &ApiId) -> Result<Self, ApiError> {
        let tree = ctx.store.api(&ctx.scope, api)?;
        if tree.as_ref().is_some_and(|found| found.value.api.declared_in.is_none()) {
            return Err(ApiError::conflict(
                "an API with this id was made by calls; delete it, or declare another id",
            ));
        }
        let stages = ctx.store.stages(&ctx.scope, api)?;
        let deployments = ctx.store.deployments(&ctx.scope, api)?;
        Ok(Self { tree, stages, deployments })
    }

    /// The declared stage, if what it runs is this tree.
    fn stage_of(
        &self,
        ctx: &Context,
        declared: &DeclaredApi,
        tree: &ApiTree,
    ) -> Result<Option<&Stage>, ApiError> {
        let Some(stage) = self.stages.iter().find(|stage| stage.name == declared.stage) else {
            return Ok(None);
        };
        let frozen = ctx.store.snapshot(&ctx.scope, &declared.id, &stage.deployment_id)?;
        let wanted = Snapshot::freeze(tree.clone());
        Ok(frozen.filter(|frozen| *frozen == wanted).map(|_| stage))
    }
}

/// What differs, all of it in one change.
fn difference(
    ctx: &Context,
    declared: &DeclaredApi,
    before: &Before,
    tree: &ApiTree,
) -> Result<(AppliedStage, Option<Change>), ApiError> {
    let current = before.stage_of(ctx, declared, tree)?;
    let (stage, new_deployment) = match current {
        Some(stage) => (configured(ctx, stage.clone(), declared, tree)?, None),
        None => {
            let deployment = new_deployment(ctx, &before.deployments);
            let stage = staged(ctx, declared, before, &deployment.id)?;
            (configured(ctx, stage, declared, tree)?, Some(deployment))
        }
    };
    let applied = AppliedStage { deployment_id: stage.deployment_id.clone(), name: stage.name.clone() };
    let is_same_tree = before.tree.as_ref().is_some_and(|found| found.value == *tree);
    if is_same_tree && new_deployment.is_none() && current == Some(&stage) && before.stages.len() == 1 {
        return Ok((applied, None));
    }
    let mut change = match &before.tree {
        Some(found) => Change::between(&ctx.scope, &found.value, tree).expecting(found.revision),
        None => Change::create_api(&ctx.scope, tree),
    };
    if let Some(deployment) = &new_deployment {
        change = change.put_deployment(deployment, &Snapshot::freeze(tree.clone()));
    }
    Ok((applied, Some(without_leftovers(change, before, &stage).put_stage(&stage))))
}

fn new_deployment(ctx: &Context, known: &[Deployment]) -> Deployment {
    let id = ctx.new_id_unlike(6, |id| known.iter().any(|deployment| deployment.id.as_str() == id));
    Deployment { id: id.into(), description: None, created: ctx.now }
}

fn staged(
    ctx: &Context,
    declared: &DeclaredApi,
    before: &Before,
    deployment: &DeploymentId,
) -> Result<Stage, ApiError> {
    let found = before.stages.iter().find(|stage| stage.name == declared.stage);
    let mut stage = match found {
        Some(stage) => stage.clone(),
        None => stage::new_stage(ctx, &declared.id, declared.stage.as_str(), deployment)?,
    };
    stage.deployment_id = deployment.clone();
    stage.last_updated = ctx.now;
    Ok(stage)
}

/// The stage with everything that the file says of it, and nothing else.
fn configured(
    ctx: &Context,
    before: Stage,
    declared: &DeclaredApi,
    tree: &ApiTree,
) -> Result<Stage, ApiError> {
    stage::check_variables(&declared.variables, &ctx.limits)?;
    let mut method_settings = Map::new();
    for setting in &declared.method_settings {
        check_method(setting, tree)?;
        stage::declare_setting(&mut method_settings, setting)?;
    }
    let stage = Stage {
        variables: declared.variables.clone(),
        cache_cluster_enabled: declared.cache_cluster_size.is_some(),
        cache_cluster_size: declared.cache_cluster_size,
        method_settings,
        ..before.clone()
    };
    let last_updated = if stage == before { before.last_updated } else { ctx.now };
    Ok(Stage { last_updated, ..stage })
}

/// Settings of a method that is not there would do nothing, and nobody would say so.
fn check_method(setting: &DeclaredSetting, tree: &ApiTree) -> Result<(), ApiError> {
    let Some((verb, path)) = &setting.method else { return Ok(()) };
    let named = HttpMethod::parse(verb);
    let mut resources = tree.resources.values().filter(|resource| resource.path == *path);
    let has = resources.any(|resource| {
        let any = resource.methods.contains_key(&HttpMethod::Any);
        any || named.is_some_and(|verb| resource.methods.contains_key(&verb))
    });
    if named.is_some() && has {
        return Ok(());
    }
    Err(ApiError::BadRequest(format!("there is no method {verb} {path} to have settings")))
}

fn without_leftovers(mut change: Change, before: &Before, stage: &Stage) -> Change {
    for other in before.stages.iter().filter(|other| other.name != stage.name) {
        change = change.delete_stage(&other.name);
    }
    for other in before.deployments.iter().filter(|other| other.id != stage.deployment_id) {
        change = change.delete_deployment(&other.id);
    }
    change
}
