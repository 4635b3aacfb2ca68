//! Calls as they come over the wire, and what is made of them.

use http::HeaderMap;
use stagedoor_wire::apigateway::{self as v1, Op};
use stagedoor_wire::{
    Encode, Fault, Invalid, Map, Operation, Raw, Request, Service, Time, apigatewaymanagementapi,
    apigatewayv2, decode, lambda, route,
};

/// Routes and decodes one call.
fn read<R: Request>(method: &str, target: &str, body: &str) -> Result<R, Invalid> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let matched = route(method, path, query).expect("an operation");
    assert_eq!(matched.operation, R::OPERATION, "{method} {target}");
    decode(&matched, &Raw { query, headers: &HeaderMap::new(), body: body.as_bytes() })
}

fn validation<R: Request + std::fmt::Debug>(method: &str, target: &str, body: &str) -> String {
    match read::<R>(method, target, body) {
        Err(Invalid::Validation(message)) => message,
        other => panic!("{other:?}"),
    }
}

fn serialization<R: Request + std::fmt::Debug>(method: &str, target: &str, body: &str) -> String {
    match read::<R>(method, target, body) {
        Err(Invalid::Serialization(message)) => message,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn check_json(response: &impl Encode, expected: &str) {
    assert_eq!(String::from_utf8_lossy(&response.encode(200).body), expected);
}

#[test]
fn every_operation_is_found_by_its_own_uri() {
    let uris = (Op::ALL.iter().map(|op| (op.method(), op.uri(), Operation::ApiGateway(*op))))
        .chain(apigatewayv2::Op::ALL.iter().map(|op| (op.method(), op.uri(), Operation::ApiGatewayV2(*op))))
        .chain(lambda::Op::ALL.iter().map(|op| (op.method(), op.uri(), Operation::Lambda(*op))))
        .chain(
            apigatewaymanagementapi::Op::ALL
                .iter()
                .map(|op| (op.method(), op.uri(), Operation::ApiGatewayManagement(*op))),
        );
    for (method, uri, operation) in uris {
        let filled = uri.replace('{', "x-").replace('}', "");
        let (path, query) = filled.split_once('?').unwrap_or((&filled, ""));
        assert_eq!(
            route(method, path, query).map(|matched| matched.operation),
            Some(operation),
            "{method} {uri}"
        );
    }
    assert_eq!((Op::ALL.len(), apigatewayv2::Op::ALL.len()), (124, 103));
}

#[test]
fn routes_tell_neighbours_apart() {
    let name = |method: &str, target: &str| {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        route(method, path, query).map(|matched| matched.operation.name())
    };
    for (method, target, expected) in [
        ("POST", "/restapis", Some("CreateRestApi")),
        ("POST", "/restapis?mode=import", Some("ImportRestApi")),
        ("POST", "/restapis?basepath=split&mode=import", Some("ImportRestApi")),
        ("POST", "/restapis?mode=imported", Some("CreateRestApi")),
        ("POST", "/restapis?mode=IMPORT", Some("CreateRestApi")),
        ("POST", "/apikeys?mode=import", Some("ImportApiKeys")),
        ("GET", "/restapis/", Some("GetRestApis")),
        ("GET", "/restapis//resources", None),
        (
            "GET",
            "/restapis/a/resources/b/methods/GET/integration/responses/200",
            Some("GetIntegrationResponse"),
        ),
        ("PUT", "/v2/apis", Some("ImportApi")),
        ("GET", "/2015-03-31/functions", Some("ListFunctions")),
        ("GET", "/2015-03-31/functions/", Some("ListFunctions")),
        ("TRACE", "/restapis", None),
        ("GET", "/", None),
        ("GET", "", None),
        ("GET", "/nothing/here", None),
    ] {
        assert_eq!(name(method, target), expected, "{method} {target}");
    }
}

#[test]
fn labels_are_decoded_and_arns_keep_their_slashes() {
    let arn = "arn:aws:apigateway:us-east-1::/restapis/abc";
    for path in [
        "/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Fabc",
        "/tags/arn:aws:apigateway:us-east-1::/restapis/abc",
    ] {
        let request: v1::GetTagsRequest = read("GET", path, "").unwrap();
        assert_eq!(request.resource_arn, arn);
    }
    let request: v1::UntagResourceRequest =
        read("DELETE", "/tags/arn%3Ax?tagKeys=a&tagKeys=b%20c", "").unwrap();
    assert_eq!(request.tag_keys, ["a", "b c"]);
}

#[test]
fn queries_become_lists_numbers_and_maps() {
    let request: v1::GetResourcesRequest =
        read("GET", "/restapis/a/resources?embed=methods&limit=-1&position=x%3D", "").unwrap();
    assert_eq!((request.limit, request.position.as_deref()), (Some(-1), Some("x=")));
    assert_eq!(request.embed, Some(vec!["methods".to_owned()]));

    let import: v1::ImportRestApiRequest =
        read("POST", "/restapis?mode=import&failonwarnings=true&basepath=prepend", "swagger: '2.0'").unwrap();
    assert_eq!(import.fail_on_warnings, Some(true));
    assert_eq!(import.parameters, Some(Map::from([("basepath".to_owned(), "prepend".to_owned())])));
    assert_eq!(import.body, b"swagger: '2.0'");
}

#[test]
fn bodies_keep_null_templates_and_drop_other_nulls() {
    let request: v1::PutIntegrationRequest = read(
        "PUT",
        "/restapis/a/resources/b/methods/GET/integration",
        r#"{"type":"MOCK","requestTemplates":{"application/json":null,"text/plain":"x"},"uri":null,"unknown":[1]}"#,
    )
    .unwrap();
    let templates = request.request_templates.unwrap();
    assert_eq!(templates.get("application/json"), Some(&None));
    assert_eq!(templates.get("text/plain"), Some(&Some("x".to_owned())));
    assert_eq!((request.uri, request.http_method.as_str()), (None, "GET"));
}

#[test]
fn validation_sentences_name_every_broken_constraint() {
    assert_eq!(
        validation::<v1::CreateRestApiRequest>("POST", "/restapis", "{}"),
        "1 validation error detected: Value null at 'createRestApiInput.name' failed to satisfy constraint: \
         Member must not be null"
    );
    assert_eq!(
        validation::<v1::CreateRestApiRequest>(
            "POST",
            "/restapis",
            r#"{"name":"a","endpointConfiguration":{"ipAddressType":"ipv6","types":["WEST"]}}"#
        ),
        "2 validation errors detected: Value '[WEST]' at 'createRestApiInput.endpointConfiguration.types' failed to \
         satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [PRIVATE, EDGE, \
         REGIONAL]]; Value 'ipv6' at 'createRestApiInput.endpointConfiguration.ipAddressType' failed to satisfy \
         constraint: Member must satisfy enum value set: [ipv4, dualstack]"
    );
    assert_eq!(
        validation::<v1::UpdateRestApiRequest>(
            "PATCH",
            "/restapis/a",
            r#"{"patchOperations":[{"op":"add","path":"/x"},{"op":"Add"}]}"#
        ),
        "1 validation error detected: Value 'Add' at 'updateRestApiInput.patchOperations.2.member.op' failed to \
         satisfy constraint: Member must satisfy enum value set: [add, remove, move, test, replace, copy]"
    );
    assert_eq!(
        validation::<v1::PutMethodResponseRequest>(
            "PUT",
            "/restapis/a/resources/b/methods/GET/responses/wrong",
            "{}"
        ),
        "1 validation error detected: Value 'wrong' at 'statusCode' failed to satisfy constraint: Member must satisfy \
         regular expression pattern: [1-5]\\d\\d"
    );
    assert_eq!(
        validation::<v1::PutIntegrationRequest>(
            "PUT",
            "/restapis/a/resources/b/methods/GET/integration",
            r#"{"type":"HTTPS"}"#
        ),
        "1 validation error detected: Value 'HTTPS' at 'putIntegrationInput.type' failed to satisfy constraint: \
         Member must satisfy enum value set: [HTTP, MOCK, AWS_PROXY, HTTP_PROXY, AWS]"
    );
}

#[test]
fn lambda_sentences_have_bare_names_and_bounds() {
    let message = validation::<lambda::CreateFunctionRequest>(
        "POST",
        "/2015-03-31/functions",
        r#"{"FunctionName":"a b","Role":"arn:aws:iam::000000000000:role/r","Code":{},"Timeout":0}"#,
    );
    assert_eq!(
        message,
        "2 validation errors detected: Value 'a b' at 'functionName' failed to satisfy constraint: Member must \
         satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?; \
         Value '0' at 'timeout' failed to satisfy constraint: Member must have value greater than or equal to 1"
    );
    let alias = validation::<lambda::CreateAliasRequest>(
        "POST",
        "/2015-03-31/functions/f/aliases",
        r#"{"Name":"123","FunctionVersion":"1"}"#,
    );
    assert!(alias.contains("Value '123' at 'name'"), "{alias}");
}

#[test]
fn wrong_types_end_the_call_before_constraints() {
    let target = "/restapis";
    for (body, expected) in [
        (r#"{"tags":{"a":true}}"#, "class java.lang.Boolean can not be converted to an String"),
        (
            r#"{"name":1}"#,
            "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String",
        ),
        (r#"{"name":{}}"#, "Start of structure or map found where not expected."),
        (r#"{"name":["a"]}"#, "Start of list found where not expected."),
        (r#"[]"#, "Start of list found where not expected."),
        (r#"{"binaryMediaTypes":"a"}"#, "Expected list or null"),
    ] {
        assert_eq!(serialization::<v1::CreateRestApiRequest>("POST", target, body), expected, "{body}");
    }
    let broken = serialization::<v1::CreateRestApiRequest>("POST", target, "{\"name\":");
    assert!(broken.starts_with("Could not parse request body into json: "), "{broken}");
    let deep = "[".repeat(100_000);
    serialization::<v1::CreateRestApiRequest>("POST", target, &format!("{{\"name\":{deep}"));
}

#[test]
fn blobs_and_headers_of_lambda() {
    let request: lambda::UpdateFunctionCodeRequest =
        read("PUT", "/2015-03-31/functions/f/code", r#"{"ZipFile":"aGk="}"#).unwrap();
    assert_eq!(request.zip_file, Some(b"hi".to_vec()));

    let mut headers = HeaderMap::new();
    headers.insert("X-Amz-Invocation-Type", "DryRun".parse().unwrap());
    let matched = route(
        "POST",
        "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Af/invocations",
        "Qualifier=live",
    )
    .unwrap();
    let raw = Raw { query: "Qualifier=live", headers: &headers, body: b"{not json" };
    let request: lambda::InvocationRequest = decode(&matched, &raw).unwrap();
    assert_eq!(request.invocation_type.as_deref(), Some("DryRun"));
    assert_eq!((request.qualifier.as_deref(), request.payload.as_slice()), (Some("live"), &b"{not json"[..]));

    let reply = lambda::InvocationResponse {
        status_code: Some(200),
        function_error: Some("Unhandled".to_owned()),
        payload: b"{}".to_vec(),
        ..Default::default()
    }
    .encode(202);
    assert_eq!((reply.status, reply.body.as_slice()), (200, &b"{}"[..]));
    assert_eq!(reply.headers, [("X-Amz-Function-Error", "Unhandled".to_owned())]);
}

#[test]
fn responses_print_exactly() {
    check_json(&v1::RestApis { position: None, items: Some(vec![]) }, r#"{"item":[]}"#);
    check_json(
        &v1::Stage {
            stage_name: Some("prod".to_owned()),
            created_date: Some(Time(1_494_510_000_000)),
            method_settings: Some(Map::new()),
            canary_settings: Some(v1::CanarySettings { percent_traffic: Some(50.0), ..Default::default() }),
            ..Default::default()
        },
        r#"{"stageName":"prod","methodSettings":{},"canarySettings":{"percentTraffic":50.0},"createdDate":1494510000}"#,
    );
    check_json(
        &v1::IntegrationResponse {
            status_code: Some("200".to_owned()),
            response_templates: Some(Map::from([("application/json".to_owned(), None)])),
            ..Default::default()
        },
        r#"{"statusCode":"200","responseTemplates":{"application/json":null}}"#,
    );
    check_json(
        &apigatewayv2::CreateApiResponse {
            name: Some("a".to_owned()),
            created_date: Some(Time(0)),
            ..Default::default()
        },
        r#"{"createdDate":"1970-01-01T00:00:00Z","name":"a"}"#,
    );
}

#[test]
fn faults_print_as_their_service_does() {
    let body = |fault: &Fault| String::from_utf8(fault.reply().body).unwrap();
    let validation = Invalid::Validation("1 validation error detected: …".to_owned());
    let cases = [
        (
            Fault::new(Service::ApiGateway, 404, "NotFoundException", "Invalid \"id\""),
            r#"{"message":"Invalid \"id\""}"#,
        ),
        (
            Fault::invalid(Service::ApiGateway, validation.clone()),
            r#"{"__type":"ValidationException","Message":"1 validation error detected: …"}"#,
        ),
        (
            Fault::invalid(Service::Lambda, validation.clone()),
            r#"{"message":"1 validation error detected: …"}"#,
        ),
        (
            Fault::invalid(Service::ApiGatewayV2, validation),
            r#"{"message":"1 validation error detected: …"}"#,
        ),
        (
            Fault::new(Service::Lambda, 404, "ResourceNotFoundException", "Function not found: f"),
            r#"{"Type":"User","Message":"Function not found: f"}"#,
        ),
        (
            Fault::new(Service::ApiGateway, 403, "AccessDeniedException", "User: x"),
            r#"{"Message":"User: x"}"#,
        ),
    ];
    for (fault, expected) in &cases {
        assert_eq!(body(fault), *expected);
    }
    let slow =
        Fault::new(Service::ApiGateway, 429, "TooManyRequestsException", "Too Many Requests").retry_after(3);
    assert!(slow.reply().headers.contains(&("Retry-After", "3".to_owned())));
    assert!(slow.reply().headers.contains(&("x-amzn-ErrorType", "TooManyRequestsException".to_owned())));
}
