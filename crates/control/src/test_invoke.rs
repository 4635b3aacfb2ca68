//! `TestInvokeMethod`: one method of an API as edited, executed without a deployment.
//!
//! In: the decoded request of a caller whose signature was checked. Out: what the method answered, with its log. It must not
//! know how a method is executed.

use http::Method;
use stagedoor_base::Scope;
use stagedoor_model::{ApiTree, HttpMethod, Map, Resource};
use stagedoor_wire::{
    Encode as _, Fault, Matched, Operation, Raw, Reply, Service, apigateway as wire, decode,
};

use crate::context::{Context, Origin};
use crate::ports::{PortFuture, TestAnswer, TestCall, TestRefusal};
use crate::{ApiError, Control, ControlRequest, Source, fault, method, resource};

pub(crate) fn test_invoke_method(
    control: Control,
    scope: Scope,
    matched: Matched,
    request: ControlRequest,
) -> PortFuture<Result<Reply, Fault>> {
    Box::pin(async move {
        let raw = Raw { query: &request.query, headers: &request.headers, body: &request.body };
        let wanted: wire::TestInvokeMethodRequest =
            decode(&matched, &raw).map_err(|invalid| Fault::invalid(Service::ApiGateway, invalid))?;
        let answered = run(&control, scope, wanted).await;
        let answered = answered.map_err(|error| fault::of(Service::ApiGateway, &error))?;
        let operation = Operation::ApiGateway(wire::Op::TestInvokeMethod);
        Ok(to_wire(&answered).encode(operation.status()))
    })
}

async fn run(
    control: &Control,
    scope: Scope,
    request: wire::TestInvokeMethodRequest,
) -> Result<TestAnswer, ApiError> {
    let call = control
        .on_blocking_thread(scope, Origin::Call(Source::INSIDE), move |ctx| prepare(ctx, request))
        .await??;
    (control.ports().test_invoke)(call).await.map_err(|refusal| match refusal {
        TestRefusal::NoMethod => method::unknown(),
        TestRefusal::BadRequest(reason) => ApiError::BadRequest(reason),
        TestRefusal::Failed(reason) => ApiError::Internal(reason),
    })
}

fn prepare(ctx: &Context, request: wire::TestInvokeMethodRequest) -> Result<TestCall, ApiError> {
    let tree = ctx.read_api(&request.rest_api_id, resource::unknown)?;
    let found = find(&tree, &request.resource_id)?;
    let verb = verb(found, &request.http_method)?;
    // None can exist yet, so that a backend that asks for one would refuse the gateway.
    if request.client_certificate_id.as_deref().is_some_and(|id| !id.is_empty()) {
        return Err(ApiError::bad_request("Invalid Client Certificate identifier specified"));
    }
    Ok(TestCall {
        scope: ctx.scope.clone(),
        resource: found.id.clone(),
        method: verb,
        target: target(found, request.path_with_query_string.as_deref()),
        headers: headers(request.headers, request.multi_value_headers),
        body: request.body.unwrap_or_default().into(),
        stage_variables: request.stage_variables.unwrap_or_default(),
        received: ctx.now,
        tree,
    })
}

fn find<'t>(tree: &'t ApiTree, id: &str) -> Result<&'t Resource, ApiError> {
    let mut all = tree.resources.values();
    all.find(|resource| resource.id.as_str() == id).ok_or_else(resource::unknown)
}

/// The verb to call with; a resource's `ANY` answers for all, but is none itself.
fn verb(resource: &Resource, name: &str) -> Result<Method, ApiError> {
    let known =
        HttpMethod::parse(name).filter(|verb| *verb != HttpMethod::Any).ok_or_else(method::unknown)?;
    let answered = [known, HttpMethod::Any].iter().any(|verb| resource.methods.contains_key(verb));
    let verb = Method::from_bytes(known.as_str().as_bytes()).map_err(|_| method::unknown())?;
    if answered { Ok(verb) } else { Err(method::unknown()) }
}

/// What is called: by default the resource's own path, its braces included.
fn target(resource: &Resource, given: Option<&str>) -> String {
    match given {
        None | Some("") => resource.path.clone(),
        Some(query) if query.starts_with('?') => format!("{}{query}", resource.path),
        Some(path) if path.starts_with('/') => path.to_owned(),
        Some(path) => format!("/{path}"),
    }
}

/// Multiple values first, then the single ones that are not among them, as for a function's reply.
pub(crate) fn headers(single: Option<Map<String>>, multi: Option<Map<Vec<String>>>) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = Vec::new();
    for (name, values) in multi.into_iter().flatten() {
        headers.extend(values.into_iter().map(|value| (name.clone(), value)));
    }
    for (name, value) in single.into_iter().flatten() {
        let known = |(known, given): &(String, String)| known.eq_ignore_ascii_case(&name) && *given == value;
        if !headers.iter().any(known) {
            headers.push((name, value));
        }
    }
    headers
}

fn to_wire(answer: &TestAnswer) -> wire::TestInvokeMethodResponse {
    let mut multi = Map::<Vec<String>>::new();
    for (name, value) in &answer.headers {
        multi.entry(name.clone()).or_default().push(value.clone());
    }
    let last =
        |(name, values): (&String, &Vec<String>)| (name.clone(), values.last().cloned().unwrap_or_default());
    wire::TestInvokeMethodResponse {
        status: Some(answer.status.into()),
        body: Some(String::from_utf8_lossy(&answer.body).into_owned()),
        headers: Some(multi.iter().map(last).collect()),
        multi_value_headers: Some(multi),
        log: Some(answer.log.clone()),
        latency: i64::try_from(answer.latency.as_millis()).ok(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use super::{TestAnswer, TestCall, headers};
    use crate::testing::House;

    const OPEN: &str = r#"{"authorizationType":"NONE"}"#;

    /// A house whose port answers, and what it was asked.
    fn house() -> (House, Arc<Mutex<Vec<TestCall>>>) {
        let asked = Arc::<Mutex<Vec<TestCall>>>::default();
        let kept = Arc::clone(&asked);
        let house = House::with_test_invoke(Arc::new(move |call| {
            kept.lock().unwrap().push(call);
            let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
            let answer = TestAnswer {
                status: 201,
                headers: vec![pair("A", "1"), pair("B", "x"), pair("A", "2")],
                body: "made".into(),
                log: "Execution log\n".to_owned(),
                latency: Duration::from_micros(7900),
            };
            Box::pin(std::future::ready(Ok(answer)))
        }));
        (house, asked)
    }

    /// An API with `/pets/{id}` and a method, and where that method is.
    fn method(house: &House, verb: &str) -> (String, String) {
        let api = house.call("POST", "/restapis", r#"{"name":"pets"}"#).text("/id");
        let pets = house.resource(&api, "pets");
        let below = format!("/restapis/{api}/resources");
        let id = house.call("POST", &format!("{below}/{pets}"), r#"{"pathPart":"{id}"}"#).text("/id");
        let methods = format!("{below}/{id}/methods");
        assert_eq!(house.call("PUT", &format!("{methods}/{verb}"), OPEN).status, 201);
        (api, methods)
    }

    #[test]
    fn the_answer_has_single_and_multiple_headers() {
        let (house, _) = house();
        let (_, methods) = method(&house, "GET");
        let expected = r#"{"status":201,"body":"made","headers":{"A":"2","B":"x"},"multiValueHeaders":{"A":["1","2"],"B":["x"]},"log":"Execution log\n","latency":7}"#;
        house.check(("POST", &format!("{methods}/GET"), "{}"), 200, expected);
    }

    #[test]
    fn the_method_is_called_as_asked() {
        let (house, asked) = house();
        let (_, methods) = method(&house, "ANY");
        for (body, expected) in [
            ("{}", "/pets/{id}"),
            (r#"{"pathWithQueryString":""}"#, "/pets/{id}"),
            (r#"{"pathWithQueryString":"/pets/7?a=b"}"#, "/pets/7?a=b"),
            (r#"{"pathWithQueryString":"?a=b"}"#, "/pets/{id}?a=b"),
            (r#"{"pathWithQueryString":"other"}"#, "/other"),
        ] {
            assert_eq!(house.call("POST", &format!("{methods}/PUT"), body).status, 200, "{body}");
            let call = asked.lock().unwrap().pop().unwrap();
            assert_eq!((call.target.as_str(), call.method.as_str()), (expected, "PUT"));
        }
        let full = r#"{"body":"b","headers":{"H":"1"},"stageVariables":{"v":"w"}}"#;
        house.call("POST", &format!("{methods}/GET"), full);
        let call = asked.lock().unwrap().pop().unwrap();
        assert_eq!((&call.body[..], call.stage_variables["v"].as_str()), (&b"b"[..], "w"));
        assert_eq!(call.headers, [("H".to_owned(), "1".to_owned())]);
    }

    #[test]
    fn what_is_unknown_is_named() {
        let (house, _) = house();
        let (api, methods) = method(&house, "GET");
        let method = "Invalid Method identifier specified";
        for verb in ["POST", "ANY"] {
            house.finds_nothing(("POST", &format!("{methods}/{verb}"), "{}"), method);
        }
        let resource = "Invalid Resource identifier specified";
        for path in [
            format!("/restapis/{api}/resources/abc123/methods/GET"),
            "/restapis/nosuchapi1/resources/abc123/methods/GET".to_owned(),
        ] {
            house.finds_nothing(("POST", &path, "{}"), resource);
        }
        let certificate = r#"{"clientCertificateId":"abc123"}"#;
        let text = "Invalid Client Certificate identifier specified";
        house.refuses_bad(("POST", &format!("{methods}/GET"), certificate), text);
    }

    #[test]
    fn headers_of_both_kinds_join() {
        let single = [("A", "1"), ("b", "2"), ("C", "3")].map(|(k, v)| (k.to_owned(), v.to_owned()));
        let multi = [("a".to_owned(), vec!["0".to_owned(), "1".to_owned()])];
        let joined = headers(Some(single.into_iter().collect()), Some(multi.into_iter().collect()));
        let joined: Vec<_> = joined.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(joined, [("a", "0"), ("a", "1"), ("b", "2"), ("C", "3")]);
    }
}
