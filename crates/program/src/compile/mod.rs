//! From a frozen deployment to a program. Never fails: what cannot execute becomes a plan that refuses, and a remark.

mod authorization;
mod aws;
mod integration;
mod responses;
mod templates;
mod validation;

use std::sync::Arc;

use http::HeaderValue;
use stagedoor_base::{DeploymentId, Scope};
use stagedoor_model::{ApiTree, HttpMethod, Integration, Method, Resource, Snapshot, TransferMode};

use crate::inert;
use crate::{
    BinaryTypes, CachePlan, DeploymentProgram, Diagnostic, GatewayResponses, MethodPlan, ResourcePlan,
    ResourcePolicy, Routes,
};

/// Compiles a deployment.
#[must_use]
pub fn compile(
    scope: &Scope,
    id: &DeploymentId,
    snapshot: &Snapshot,
) -> (DeploymentProgram, Vec<Diagnostic>) {
    let tree = &snapshot.tree;
    let mut compiler = Compiler {
        tree,
        at: None,
        diagnostics: inert::remarks_on_api(tree),
        schemas: validation::Schemas::default(),
        authorizers: authorization::Authorizers::default(),
    };
    let mut program = DeploymentProgram {
        scope: scope.clone(),
        api_id: tree.api.id.clone(),
        id: id.clone(),
        endpoint_type: tree.api.endpoint.endpoint_type,
        disable_execute_api_endpoint: tree.api.disable_execute_api_endpoint,
        binary_types: BinaryTypes::compile(&tree.api.binary_media_types),
        minimum_compression_size: tree.api.minimum_compression_size,
        gateway_responses: GatewayResponses::compile(&tree.gateway_responses),
        resource_policy: compiler.resource_policy(scope),
        api_id_header: header_text(tree.api.id.as_str()),
        user_agent: header_text(&format!("AmazonAPIGateway_{}", tree.api.id)),
        routes: Routes::default(),
        resources: Vec::with_capacity(tree.resources.len()),
        methods: Vec::new(),
    };
    for resource in tree.resources.values() {
        compiler.resource(&mut program, resource);
    }
    (program, compiler.diagnostics)
}

/// The state of one compilation.
struct Compiler<'s> {
    tree: &'s ApiTree,
    /// The method in hand, for remarks.
    at: Option<(HttpMethod, &'s str)>,
    diagnostics: Vec<Diagnostic>,
    schemas: validation::Schemas,
    authorizers: authorization::Authorizers<'s>,
}

impl<'s> Compiler<'s> {
    fn remark(&mut self, message: impl Into<String>) {
        let method = self.at.map(|(verb, path)| (verb, path.to_owned()));
        self.diagnostics.push(Diagnostic { method, message: message.into() });
    }

    /// Remarks on something that does not execute, and makes the reason to log when a call meets it.
    fn refuse(&mut self, reason: impl Into<String>) -> Arc<str> {
        let reason = reason.into();
        self.remark(format!("{reason}; calls will be answered with 500"));
        reason.into()
    }

    fn resource_policy(&mut self, scope: &Scope) -> Option<Box<ResourcePolicy>> {
        let guard = ResourcePolicy::compile(scope, &self.tree.api)?;
        match &guard {
            ResourcePolicy::Compiled(_) => {}
            ResourcePolicy::Missing => {
                self.remark(
                    "a private API without a resource policy lets nobody in; calls will be answered with 403",
                );
            }
            ResourcePolicy::Broken(reason) => {
                self.remark(format!("{reason}; calls will be answered with 500"))
            }
        }
        Some(Box::new(guard))
    }

    fn resource(&mut self, program: &mut DeploymentProgram, resource: &'s Resource) {
        let index = u32::try_from(program.resources.len()).unwrap_or(u32::MAX);
        let mut methods = Vec::with_capacity(resource.methods.len());
        for (verb, method) in &resource.methods {
            self.at = Some((*verb, &resource.path));
            methods.push((*verb, u32::try_from(program.methods.len()).unwrap_or(u32::MAX)));
            program.methods.push(self.method(index, method));
        }
        self.at = None;
        program.routes.add(&resource.path, index, &methods);
        program.resources.push(ResourcePlan {
            id: resource.id.clone(),
            path: resource.path.as_str().into(),
            parameters: parameter_names(&resource.path),
        });
    }

    fn method(&mut self, resource: u32, method: &'s Method) -> MethodPlan {
        MethodPlan {
            resource,
            authorization: self.authorization(method),
            verb: method.http_method,
            operation_name: method.operation_name.as_deref().map(Arc::from),
            api_key: method.api_key_required.then_some(self.tree.api.api_key_source),
            validator: self.validator(method),
            integration: self.integration(method),
            streams: method.integration.as_ref().is_some_and(streams),
            cache: method.integration.as_ref().map(CachePlan::compile).unwrap_or_default(),
        }
    }
}

/// Whether replies leave while the backend still makes them.
fn streams(integration: &Integration) -> bool {
    integration.transfer_mode == TransferMode::Stream
}

/// Ids are plain ASCII; another one could not stand in a header.
fn header_text(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""))
}

fn parameter_names(path: &str) -> Vec<Arc<str>> {
    let name = |segment: &str| {
        let name = segment.strip_prefix('{')?.strip_suffix('}')?;
        Some(Arc::from(name.strip_suffix('+').unwrap_or(name)))
    };
    path.split('/').filter_map(name).collect()
}
