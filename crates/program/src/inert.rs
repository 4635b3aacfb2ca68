//! Fields that are stored and validated as AWS does, but have no effect here yet and whose absence endangers nobody.
//!
//! The list stands in `inert-fields.txt` at the top of the repository and may only shrink; whoever deploys one of them
//! is told so. Fields that guard something are not here: they refuse every call until they execute.

use stagedoor_model::{
    ApiTree, EndpointType, Integration, IpAddressType, MethodSetting, Resource, SecurityPolicy, Stage,
};

use crate::Diagnostic;

struct Inert<T> {
    field: &'static str,
    is_used: fn(&T) -> bool,
}

const API: &[Inert<ApiTree>] = &[
    Inert {
        field: "RestApi.endpointConfiguration.types (EDGE and PRIVATE answer as REGIONAL)",
        // EDGE is what CreateRestApi gives to everybody, so only PRIVATE is worth a remark.
        is_used: |tree| tree.api.endpoint.endpoint_type == EndpointType::Private,
    },
    Inert {
        field: "RestApi.endpointConfiguration.ipAddressType",
        is_used: |tree| {
            tree.api.endpoint.ip_address_type == IpAddressType::Dualstack
                && tree.api.endpoint.endpoint_type != EndpointType::Private
        },
    },
    Inert {
        field: "RestApi.endpointConfiguration.vpcEndpointIds",
        is_used: |tree| !tree.api.endpoint.vpc_endpoint_ids.is_empty(),
    },
    Inert {
        field: "RestApi.securityPolicy",
        is_used: |tree| {
            let by_default = match tree.api.endpoint.endpoint_type {
                EndpointType::Private => SecurityPolicy::Tls12,
                EndpointType::Edge | EndpointType::Regional => SecurityPolicy::Tls10,
            };
            tree.api.security_policy != by_default
        },
    },
    Inert { field: "RestApi.endpointAccessMode", is_used: |tree| tree.api.endpoint_access_mode.is_some() },
    Inert {
        // With a VPC link the whole method is refused.
        field: "Integration.integrationTarget",
        is_used: |tree| integrations(tree).any(|(_, integration)| integration.integration_target.is_some()),
    },
];

const STAGE: &[Inert<Stage>] = &[
    Inert { field: "Stage.clientCertificateId", is_used: |stage| stage.client_certificate_id.is_some() },
    Inert {
        field: "Stage.accessLogSettings.destinationArn (lines go to the configured access log)",
        is_used: |stage| stage.access_log.destination_arn.is_some(),
    },
    Inert { field: "Stage.tracingEnabled", is_used: |stage| stage.tracing_enabled },
    Inert { field: "Stage.webAclArn", is_used: |stage| stage.web_acl_arn.is_some() },
    Inert {
        field: "Stage.methodSettings.metricsEnabled",
        is_used: |stage| any_setting(stage, |setting| setting.metrics_enabled),
    },
    Inert {
        field: "Stage.methodSettings.loggingLevel",
        is_used: |stage| any_setting(stage, |setting| setting.logging_level.is_some()),
    },
    Inert {
        field: "Stage.methodSettings.dataTraceEnabled",
        is_used: |stage| any_setting(stage, |setting| setting.data_trace_enabled),
    },
];

fn integrations(tree: &ApiTree) -> impl Iterator<Item = (&Resource, &Integration)> {
    tree.resources.values().flat_map(|resource| {
        let integrations = resource.methods.values().filter_map(|method| method.integration.as_ref());
        integrations.map(move |integration| (resource, integration))
    })
}

fn any_setting(stage: &Stage, is_used: impl Fn(&MethodSetting) -> bool) -> bool {
    stage.method_settings.values().any(is_used)
}

/// Remarks on the inert fields that a frozen API uses.
pub(crate) fn remarks_on_api(tree: &ApiTree) -> Vec<Diagnostic> {
    remarks(API, tree)
}

/// Remarks on the inert fields that a stage uses.
pub(crate) fn remarks_on_stage(stage: &Stage) -> Vec<Diagnostic> {
    remarks(STAGE, stage)
}

fn remarks<T>(table: &[Inert<T>], subject: &T) -> Vec<Diagnostic> {
    let used = table.iter().filter(|inert| (inert.is_used)(subject));
    used.map(|inert| Diagnostic {
        method: None,
        message: format!("{} is stored but has no effect yet", inert.field),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::{API, STAGE};

    #[test]
    fn the_committed_list_is_this_table() {
        let fields = API.iter().map(|inert| inert.field).chain(STAGE.iter().map(|inert| inert.field));
        let table: Vec<&str> = fields.collect();
        let list = include_str!("../../../inert-fields.txt");
        let committed: Vec<&str> =
            list.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
        assert_eq!(table, committed, "inert-fields.txt may only shrink, together with this table");
    }
}
