//! Functions: create, read, update, delete.

use stagedoor_model::{Function, FunctionCode, FunctionTree, FunctionVersion};
use stagedoor_store::Change;
use stagedoor_wire::lambda as wire;

use super::code::{self, Source};
use super::configuration::{Extras, Wanted, to_wire};
use super::name::FunctionName;
use super::{check_revision, layer, marked, resolve, version};
use crate::authorize::Passed;
use crate::context::Context;
use crate::{ApiError, tags};

/// The qualifier of the version that can be edited.
pub(super) const LATEST: &str = "$LATEST";
const MAX_NAME: usize = 64;

pub(crate) fn create_function(
    ctx: &Context,
    request: wire::CreateFunctionRequest,
) -> Result<wire::FunctionConfiguration, ApiError> {
    let name = FunctionName::unqualified(&ctx.scope, &request.function_name)?;
    if name.name.len() > MAX_NAME {
        return Err(ApiError::bad_request(format!("Function names have at most {MAX_NAME} characters")));
    }
    extras_of_creation(&request, &name).check()?;
    let (publish, tags) = (request.publish == Some(true), request.tags.unwrap_or_default());
    tags::check(&tags)?;
    let mut configuration = Wanted {
        description: request.description,
        role: Some(request.role),
        runtime: request.runtime,
        handler: request.handler,
        timeout: request.timeout,
        memory_size: request.memory_size,
        environment: request.environment,
    }
    .create()?;
    let (zip, code) = code::accept(ctx, Source::from(request.code))?;
    configuration.layers = layer::resolve(ctx, &request.layers.unwrap_or_default(), code.unpacked_bytes())?;
    let mut tree = FunctionTree::new(Function {
        name: name.name.clone(),
        latest: FunctionVersion {
            version: LATEST.to_owned(),
            configuration,
            code,
            last_modified: ctx.now,
            revision_id: ctx.new_uuid(),
        },
        last_version: 0,
        tags,
        declared_in: None,
        reserved_concurrency: None,
        event_invoke: Default::default(),
        allows_recursion: false,
    });
    ctx.pass_roles(&Passed::by_function(None, &tree))?;
    let number = publish.then(|| version::publish(ctx, &mut tree, None));
    ctx.retrying(|| {
        if ctx.store.function(&ctx.scope, &name.name)?.is_some() {
            return Err(ApiError::conflict(format!("Function already exist: {}", name.name)));
        }
        ctx.commit(Change::create_function(&ctx.scope, &tree).put_blob(zip.clone()))
    })?;
    version::reported(&tree, &name, number)
}

fn extras_of_creation(request: &wire::CreateFunctionRequest, name: &FunctionName) -> Extras {
    Extras {
        function: name.name.clone(),
        vpc_config: request.vpc_config.clone(),
        dead_letter_config: request.dead_letter_config.clone(),
        kms_key_arn: request.kms_key_arn.clone(),
        tracing_config: request.tracing_config.clone(),
        file_system_configs: request.file_system_configs.as_ref().is_some_and(|it| !it.is_empty()),
        image_config: request.image_config.is_some(),
        ephemeral_storage: request.ephemeral_storage.clone(),
        snap_start: request.snap_start.clone(),
        logging_config: request.logging_config.clone(),
        architectures: request.architectures.clone(),
        others: vec![
            ("PackageType", request.package_type.as_deref().is_some_and(|it| it != "Zip")),
            ("PublishTo", request.publish_to.is_some()),
            ("CodeSigningConfigArn", request.code_signing_config_arn.is_some()),
            ("TenancyConfig", request.tenancy_config.is_some()),
            ("CapacityProviderConfig", request.capacity_provider_config.is_some()),
            ("DurableConfig", request.durable_config.is_some()),
            ("RuntimeConfig", request.runtime_config.is_some()),
            ("AcceleratorConfig", request.accelerator_config.is_some()),
        ],
    }
}

pub(crate) fn get_function(
    ctx: &Context,
    request: wire::GetFunctionRequest,
) -> Result<wire::GetFunctionResponse, ApiError> {
    let name = FunctionName::parse(&ctx.scope, &request.function_name, request.qualifier.as_deref())?;
    let tree = ctx.read_function(&name)?.value;
    let found = resolve(&tree, &name)?;
    let (repository_type, location) = match &found.code {
        FunctionCode::Zip { .. } => ("S3", None),
        FunctionCode::Directory { path } => ("Directory", Some(path.clone())),
        FunctionCode::Remote { endpoint } => ("Remote", Some(endpoint.clone())),
    };
    Ok(wire::GetFunctionResponse {
        configuration: Some(to_wire(&tree, found, &name.arn())),
        code: Some(wire::FunctionCodeLocation {
            repository_type: Some(repository_type.to_owned()),
            location,
            ..Default::default()
        }),
        tags: Some(tree.function.tags.clone()).filter(|tags| !tags.is_empty()),
        concurrency: reserved_concurrency(&tree),
        ..Default::default()
    })
}

fn reserved_concurrency(tree: &FunctionTree) -> Option<wire::Concurrency> {
    let reserved = i32::try_from(tree.function.reserved_concurrency?).ok();
    Some(wire::Concurrency { reserved_concurrent_executions: reserved })
}

pub(crate) fn get_function_configuration(
    ctx: &Context,
    request: wire::GetFunctionConfigurationRequest,
) -> Result<wire::FunctionConfiguration, ApiError> {
    let name = FunctionName::parse(&ctx.scope, &request.function_name, request.qualifier.as_deref())?;
    let tree = ctx.read_function(&name)?.value;
    Ok(to_wire(&tree, resolve(&tree, &name)?, &name.arn()))
}

pub(crate) fn list_functions(
    ctx: &Context,
    request: wire::ListFunctionsRequest,
) -> Result<wire::ListFunctionsResponse, ApiError> {
    if request.master_region.as_deref().is_some_and(|it| it != "ALL" && it != ctx.scope.region.as_str()) {
        return Ok(wire::ListFunctionsResponse { next_marker: None, functions: Some(Vec::new()) });
    }
    let mut all = Vec::new();
    for function in ctx.store.functions(&ctx.scope)? {
        let name = FunctionName::unqualified(&ctx.scope, &function.name)?;
        if request.function_version.is_some() {
            all.extend(version::all(&ctx.read_function(&name)?.value, &name));
        } else {
            let tree = FunctionTree::new(function);
            all.push(to_wire(&tree, &tree.function.latest, &name.arn()));
        }
    }
    let key = |it: &wire::FunctionConfiguration| it.function_arn.clone().unwrap_or_default();
    let (functions, next_marker) = marked(all, request.marker.as_deref(), request.max_items, key)?;
    Ok(wire::ListFunctionsResponse { next_marker, functions: Some(functions) })
}

pub(crate) fn update_function_code(
    ctx: &Context,
    request: wire::UpdateFunctionCodeRequest,
) -> Result<wire::FunctionConfiguration, ApiError> {
    let name = FunctionName::unqualified(&ctx.scope, &request.function_name)?;
    ctx.read_function(&name)?;
    let architectures = request.architectures;
    let others = vec![("PublishTo", request.publish_to.is_some())];
    Extras { function: name.name.clone(), architectures, others, ..Default::default() }.check()?;
    let source = Source {
        zip_file: request.zip_file,
        s3: request.s3_bucket.is_some() || request.s3_key.is_some(),
        image: request.image_uri.is_some(),
        encrypted: request.source_kms_key_arn.is_some_and(|key| !key.is_empty()),
    };
    let (zip, code) = code::accept(ctx, source)?;
    let edit = |tree: &mut FunctionTree| {
        check_revision(request.revision_id.as_deref(), &tree.function.latest.revision_id)?;
        layer::check_size(&tree.function.latest.configuration.layers, code.unpacked_bytes())?;
        // The same code again is an update too, out of which a new version can be published.
        tree.function.latest.code = code.clone();
        touch(ctx, &mut tree.function.latest);
        let number = (request.publish == Some(true)).then(|| version::publish(ctx, tree, None));
        version::reported(tree, &name, number)
    };
    if request.dry_run == Some(true) {
        return edit(&mut ctx.read_function(&name)?.value);
    }
    ctx.edit_function(&name, Some(&zip), edit)
}

pub(crate) fn update_function_configuration(
    ctx: &Context,
    request: wire::UpdateFunctionConfigurationRequest,
) -> Result<wire::FunctionConfiguration, ApiError> {
    let name = FunctionName::unqualified(&ctx.scope, &request.function_name)?;
    extras_of_update(&request, &name).check()?;
    let layers = request.layers;
    let wanted = Wanted {
        description: request.description,
        role: request.role,
        runtime: request.runtime,
        handler: request.handler,
        timeout: request.timeout,
        memory_size: request.memory_size,
        environment: request.environment,
    };
    ctx.edit_function(&name, None, |tree| {
        check_revision(request.revision_id.as_deref(), &tree.function.latest.revision_id)?;
        let latest = &mut tree.function.latest;
        wanted.apply(&mut latest.configuration)?;
        if let Some(layers) = &layers {
            latest.configuration.layers = layer::resolve(ctx, layers, latest.code.unpacked_bytes())?;
        }
        touch(ctx, &mut tree.function.latest);
        Ok(to_wire(tree, &tree.function.latest, &name.arn()))
    })
}

fn extras_of_update(request: &wire::UpdateFunctionConfigurationRequest, name: &FunctionName) -> Extras {
    Extras {
        function: name.name.clone(),
        vpc_config: request.vpc_config.clone(),
        dead_letter_config: request.dead_letter_config.clone(),
        kms_key_arn: request.kms_key_arn.clone(),
        tracing_config: request.tracing_config.clone(),
        file_system_configs: request.file_system_configs.as_ref().is_some_and(|it| !it.is_empty()),
        image_config: request.image_config.is_some(),
        ephemeral_storage: request.ephemeral_storage.clone(),
        snap_start: request.snap_start.clone(),
        logging_config: request.logging_config.clone(),
        architectures: None,
        others: vec![
            ("CapacityProviderConfig", request.capacity_provider_config.is_some()),
            ("DurableConfig", request.durable_config.is_some()),
            ("RuntimeConfig", request.runtime_config.is_some()),
            ("AcceleratorConfig", request.accelerator_config.is_some()),
        ],
    }
}

fn touch(ctx: &Context, version: &mut FunctionVersion) {
    version.last_modified = ctx.now;
    version.revision_id = ctx.new_uuid();
}

pub(crate) fn delete_function(
    ctx: &Context,
    request: wire::DeleteFunctionRequest,
) -> Result<wire::DeleteFunctionResponse, ApiError> {
    let name = FunctionName::parse(&ctx.scope, &request.function_name, request.qualifier.as_deref())?;
    match name.qualifier.as_deref() {
        None => delete_whole(ctx, &name)?,
        Some(LATEST) => {
            return Err(ApiError::bad_request(
                "$LATEST version cannot be deleted without deleting the function.",
            ));
        }
        Some(qualifier) => version::delete(ctx, &name, qualifier)?,
    }
    Ok(wire::DeleteFunctionResponse { status_code: Some(200) })
}

fn delete_whole(ctx: &Context, name: &FunctionName) -> Result<(), ApiError> {
    ctx.retrying(|| {
        let found = ctx.read_function(name)?;
        ctx.refuse_declared(found.value.function.declared_in.as_deref())?;
        ctx.commit(Change::delete_function(&ctx.scope, &name.name).expecting(found.revision))
    })
}
