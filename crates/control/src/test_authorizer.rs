//! `TestInvokeAuthorizer`: an authorizer of an API as edited, asked without a deployment; and `FlushStageAuthorizersCache`.
//!
//! In: decoded requests. Out: what the authorizer said, with its log. It must not know how an authorizer is asked.

use stagedoor_base::{ApiId, Scope, StageName};
use stagedoor_model::{ApiTree, AuthorizationType, Authorizer, AuthorizerType, HttpMethod, Method, Resource};
use stagedoor_wire::{
    Encode as _, Fault, Matched, Operation, Raw, Reply, Request, Service, apigateway as wire, decode,
};

use crate::context::{Context, Origin};
use crate::ports::{AuthorizerAnswer, PortFuture, TestCall, TestRefusal};
use crate::{ApiError, Control, ControlRequest, Source, authorizer, fault, stage, test_invoke};

pub(crate) fn test_invoke_authorizer(
    control: Control,
    scope: Scope,
    matched: Matched,
    request: ControlRequest,
) -> PortFuture<Result<Reply, Fault>> {
    Box::pin(async move {
        let wanted = decoded(&matched, &request)?;
        let answered = test(&control, scope, wanted).await;
        let answered = answered.map_err(|error| fault::of(Service::ApiGateway, &error))?;
        let operation = Operation::ApiGateway(wire::Op::TestInvokeAuthorizer);
        Ok(to_wire(answered).encode(operation.status()))
    })
}

pub(crate) fn flush_stage_authorizers_cache(
    control: Control,
    scope: Scope,
    matched: Matched,
    request: ControlRequest,
) -> PortFuture<Result<Reply, Fault>> {
    Box::pin(async move {
        let wanted = decoded(&matched, &request)?;
        let flushed = flush(&control, scope, wanted).await;
        flushed.map_err(|error| fault::of(Service::ApiGateway, &error))?;
        Ok(Reply::acknowledging(Operation::ApiGateway(wire::Op::FlushStageAuthorizersCache)))
    })
}

fn decoded<Q: Request>(matched: &Matched, request: &ControlRequest) -> Result<Q, Fault> {
    let raw = Raw { query: &request.query, headers: &request.headers, body: &request.body };
    decode(matched, &raw).map_err(|invalid| Fault::invalid(Service::ApiGateway, invalid))
}

async fn test(
    control: &Control,
    scope: Scope,
    request: wire::TestInvokeAuthorizerRequest,
) -> Result<AuthorizerAnswer, ApiError> {
    let call = control
        .on_blocking_thread(scope, Origin::Call(Source::INSIDE), move |ctx| prepare(ctx, request))
        .await??;
    (control.ports().test_authorizer)(call).await.map_err(|refusal| match refusal {
        TestRefusal::NoMethod => authorizer::unknown(),
        TestRefusal::BadRequest(reason) => ApiError::BadRequest(reason),
        TestRefusal::Failed(reason) => ApiError::Internal(reason),
    })
}

fn prepare(ctx: &Context, request: wire::TestInvokeAuthorizerRequest) -> Result<TestCall, ApiError> {
    let tree = ctx.read_api(&request.rest_api_id, authorizer::unknown)?;
    let tested = tree.authorizers.get(&request.authorizer_id).ok_or_else(authorizer::unknown)?;
    if request.additional_context.is_some_and(|context| !context.is_empty()) {
        return Err(ApiError::bad_request("additionalContext is not supported"));
    }
    let (resource, tree) = (tree.api.root_resource_id.clone(), behind(tested, &tree));
    Ok(TestCall {
        scope: ctx.scope.clone(),
        resource,
        method: http::Method::GET,
        target: target(request.path_with_query_string),
        headers: test_invoke::headers(request.headers, request.multi_value_headers),
        body: request.body.unwrap_or_default().into(),
        stage_variables: request.stage_variables.unwrap_or_default(),
        received: ctx.now,
        tree,
    })
}

fn target(given: Option<String>) -> String {
    match given {
        Some(path) if path.starts_with('/') => path,
        Some(path) => format!("/{path}"),
        None => "/".to_owned(),
    }
}

/// An API with nothing but the authorizer and a method behind it.
fn behind(authorizer: &Authorizer, tree: &ApiTree) -> ApiTree {
    let mut method = Method::open(HttpMethod::Get);
    method.authorization_type = match authorizer.authorizer_type {
        AuthorizerType::Token | AuthorizerType::Request => AuthorizationType::Custom,
        AuthorizerType::CognitoUserPools => AuthorizationType::CognitoUserPools,
        AuthorizerType::Jwt => AuthorizationType::Jwt,
    };
    method.authorizer_id = Some(authorizer.id.clone());
    let root = Resource {
        id: tree.api.root_resource_id.clone(),
        parent_id: None,
        path_part: String::new(),
        path: "/".to_owned(),
        methods: [(HttpMethod::Get, method)].into(),
    };
    let mut alone = ApiTree::bare(tree.api.clone());
    // What it says of a caller is asked, not whether the API lets that caller in.
    alone.api.policy = None;
    alone.resources = [(root.id.clone(), root)].into();
    alone.authorizers = [(authorizer.id.clone(), authorizer.clone())].into();
    alone
}

async fn flush(
    control: &Control,
    scope: Scope,
    request: wire::FlushStageAuthorizersCacheRequest,
) -> Result<(), ApiError> {
    let (api, name) = (ApiId::from(request.rest_api_id), StageName::from(request.stage_name));
    let (wanted, named) = (api.clone(), name.clone());
    let find = move |ctx: &Context| match ctx.store.stage(&ctx.scope, &wanted, &named)? {
        Some(_) => Ok(()),
        None => Err(stage::missing(ctx, &wanted, stage::unknown)),
    };
    control.on_blocking_thread(scope, Origin::Call(Source::INSIDE), find).await??;
    (control.ports().flush_authorizers)(&api, &name);
    Ok(())
}

fn to_wire(answer: AuthorizerAnswer) -> wire::TestInvokeAuthorizerResponse {
    let claims = (!answer.claims.is_empty()).then(|| answer.claims.into_iter().collect());
    wire::TestInvokeAuthorizerResponse {
        // AWS: zero if the authorizer succeeded.
        client_status: Some(answer.refused.unwrap_or_default().into()),
        log: Some(answer.log),
        latency: i64::try_from(answer.latency.as_millis()).ok(),
        principal_id: answer.principal_id,
        policy: answer.policy,
        authorization: None,
        claims,
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::House;

    const DOOR: &str = r#"{"name":"door","type":"TOKEN","identitySource":"method.request.header.Authorization","authorizerUri":"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:door/invocations"}"#;

    #[test]
    fn what_is_unknown_is_named() {
        let (house, api) = House::with_api();
        let authorizers = format!("/restapis/{api}/authorizers");
        let id = house.call("POST", &authorizers, DOOR).text("/id");
        let unknown = "Invalid Authorizer identifier specified";
        for path in [format!("{authorizers}/abc123"), "/restapis/nosuchapi1/authorizers/abc123".to_owned()] {
            house.finds_nothing(("POST", &path, "{}"), unknown);
        }
        let more = r#"{"additionalContext":{"a":"b"}}"#;
        house.refuses_bad(
            ("POST", &format!("{authorizers}/{id}"), more),
            "additionalContext is not supported",
        );
    }

    #[test]
    fn the_answer_is_aws_s() {
        let (house, api) = House::with_api();
        let authorizers = format!("/restapis/{api}/authorizers");
        let id = house.call("POST", &authorizers, DOOR).text("/id");
        let expected = r#"{"clientStatus":401,"log":"said","latency":7,"principalId":"me","policy":"{}"}"#;
        house.check(("POST", &format!("{authorizers}/{id}"), "{}"), 200, expected);
    }

    #[test]
    fn a_stage_is_flushed_or_unknown() {
        let (house, api) = House::with_api();
        let cache = |api: &str, stage: &str| format!("/restapis/{api}/stages/{stage}/cache/authorizers");
        house.finds_nothing(("DELETE", &cache(&api, "nope"), ""), "Invalid Stage identifier specified");
        house.finds_nothing(
            ("DELETE", &cache("nosuchapi1", "nope"), ""),
            "Invalid API identifier specified 000000000000:nosuchapi1",
        );
    }
}
