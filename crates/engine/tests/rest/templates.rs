//! Mapping templates in both directions: what they can read, what they print, what they override, how they fail.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use stagedoor_engine::{Inbound, UpstreamReply};
use stagedoor_model::{HttpMethod, Integration, IntegrationType};
use stagedoor_program::StageView;

use crate::support::{Gateway, Outcome, api, call, integration, mock, put, response};

const JSON: &str = "application/json";

/// HTTP to a backend, with a request template.
fn http(template: &str) -> Integration {
    let mut http = integration(IntegrationType::Http);
    http.http_method = Some("POST".to_owned());
    http.uri = Some("http://backend/{id}".to_owned());
    http.request_templates.insert(JSON.to_owned(), Some(template.to_owned()));
    http.responses.insert(200, response(200, None));
    http
}

fn with_response_template(mut integration: Integration, template: &str) -> Integration {
    let mut ok = response(200, None);
    ok.templates = Some([(JSON.to_owned(), Some(template.to_owned()))].into_iter().collect());
    integration.responses.insert(200, ok);
    integration
}

fn gateway(integration: Integration) -> Gateway {
    let mut tree = api();
    put(&mut tree, "/pets/{id}", HttpMethod::Any, integration);
    let mut stage = StageView::bare("dev".into());
    stage.variables.insert("color".to_owned(), "red".into());
    let mut gateway = Gateway::with_stage(tree, stage);
    gateway.upstream = Arc::new(|_| Ok(answer(&[], "{}")));
    gateway
}

fn answer(headers: &[(&str, &str)], body: &str) -> UpstreamReply {
    let header = |(name, value): &(&str, &str)| {
        (HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap())
    };
    UpstreamReply {
        status: 200,
        headers: headers.iter().map(header).collect(),
        body: Bytes::copy_from_slice(body.as_bytes()),
    }
}

fn pet(body: &str) -> Inbound {
    let headers = [("x-own", "1"), ("x-own", "2"), ("user-agent", "test/1"), ("content-type", JSON)];
    call("POST", "/dev/pets/7%2F8?q=a&q=b%20c&id=query&empty=", &headers, body.as_bytes())
}

/// What a request template makes of a body; the log's line where it fails.
fn render(template: &str, body: &str) -> Result<String, String> {
    let outcome = gateway(http(template)).send(pet(body));
    match outcome.sent.first() {
        Some(sent) => Ok(String::from_utf8_lossy(&sent.body).into_owned()),
        None => Err(outcome.log[0].clone()),
    }
}

fn check(template: &str, body: &str, expected: &str) {
    assert_eq!(render(template, body).as_deref(), Ok(expected), "{template} of {body}");
}

#[test]
fn the_body_is_text() {
    check("$input.body", r#"{"a": 1}"#, r#"{"a": 1}"#);
    check("$input.body", "", "{}");
    check("$input.body", "some raw data", "some raw data");
    check("[$input.body.anything]", r#"{"anything":1}"#, "[]");
    check("$input.body", "10.00", "10.00");
}

#[test]
fn json_is_printed_as_json() {
    let body = r#"{"p": {"s": "6", "n": 10.00, "l": [1, {"x": true}], "z": null}}"#;
    for (path, expected) in [
        ("$.p.s", r#""6""#),
        ("$.p.n", "10.0"),
        ("$.p.l", r#"[1,{"x":true}]"#),
        ("$.p", r#"{"s":"6","n":10.0,"l":[1,{"x":true}],"z":null}"#),
        ("$.missing", r#""""#),
        ("$.p.l[*]", r#"[1,{"x":true}]"#),
        ("$..x", "[true]"),
    ] {
        check(&format!("$input.json('{path}')"), body, expected);
        check(&format!("#set($p = '{path}')$input.json($p)"), body, expected);
    }
    check("$input.json('$')", "", "{}");
    check("$input.json('$')", "no json", r#""no json""#);
    check("$input.json('$')", "{no json", r#""""#);
    check("[$input.path('$.p')]", "a=1&b=2", "[]");
    check("#foreach($pair in $input.path('$').split('&'))<$pair>#end", "a=1&b=2", "<a=1><b=2>");
}

#[test]
fn paths_give_objects() {
    for (body, template, expected) in [
        (r#"{"foo":"bar"}"#, "$input.path('$')", "{foo=bar}"),
        (r#"[{"foo":"bar"}]"#, "$input.path('$')", r#"[{"foo":"bar"}]"#),
        (r#"[{"foo":"bar"}]"#, "#set($r = $input.path('$'))$r[0]", "{foo=bar}"),
        (r#"[[{"foo":"bar"}]]"#, "#set($r = $input.path('$'))$r[0]", r#"[{"foo":"bar"}]"#),
        (r#"{"foo":[{"nested":"bar"}]}"#, "$input.path('$')", r#"{foo=[{"nested":"bar"}]}"#),
        (r#"{"list":[{"foo":"bar"}]}"#, "$input.path('$').toString()", r#"{list=[{"foo":"bar"}]}"#),
        ("{}", "[$input.path('$').x]", "[]"),
        (
            "{}",
            "#set($r = $input.path('$'))#if($r.x == $null)null#end#if($r.x == \"\")empty#end",
            "nullempty",
        ),
        ("[]", "#set($r = $input.path('$'))$r#if($r == \"\")empty#end", "[]"),
        (r#"{"n":10.00}"#, "$input.path('$.n')", "10.0"),
        (r#"{"a":[{"b":1},{"b":2}]}"#, "$input.path('$.a[?(@.b==2)].b')", "[2]"),
        (r#"{"a":[{"b":1},{"b":2}]}"#, "#foreach($x in $input.path('$.a'))$x.b;#end", "1;2;"),
        ("no json", "[$input.path('$.a')]", "[]"),
        (r#"{"a":{"b":1}}"#, "#set($r = $input.path('$'))#set($r.a.c = 2)$r", "{a={b=1, c=2}}"),
    ] {
        check(template, body, expected);
    }
}

#[test]
fn changes_of_the_body_are_seen_by_every_path() {
    for (template, expected) in [
        ("#set($r = $input.path('$'))#set($r.new = \"x\")$input.json('$')", r#"{"a":{"b":[1]},"new":"x"}"#),
        ("$input.path('$.a').put('c', 2)$input.json('$')", r#"{"a":{"b":[1],"c":2}}"#),
        (
            "#set($ok = $input.path(\"$['a'].b\").add(2))$input.path('$.a.b') $input.json('$..b')",
            "[1,2] [[1,2]]",
        ),
        ("#set($r = $input.path('$'))#set($r.a = $r)$input.path('$.a.a.a.b')", ""),
        ("$input.path('$').remove('a')$input.path('$.a')$input.json('$')", "{b=[1]}{}"),
    ] {
        check(template, r#"{"a":{"b":[1]}}"#, expected);
    }
}

#[test]
fn parameters_are_searched_in_order() {
    for (template, expected) in [
        ("$input.params('id')", "7%2F8"),
        ("$input.params('q')", "b c"),
        ("$input.params('x-own')", "2"),
        ("[$input.params('X-Own')]", "[]"),
        ("[$input.params('empty')]", "[]"),
        ("[$input.params('none')]", "[]"),
        ("$input.params().path.id", "7%2F8"),
        ("$input.params().querystring.get('id')", "query"),
        ("$input.params().header.get('x-own')", "2"),
        ("$input.params().header['User-Agent']", "test/1"),
        ("$input.params().keySet()", "[path, querystring, header]"),
        ("$input.params().path.keySet()", "[id]"),
        ("$input.params().querystring", "{q=b c, id=query, empty=}"),
        (
            "#foreach($n in $input.params().querystring.keySet())$n=$input.params().querystring.get($n);#end",
            "q=b c;id=query;empty=;",
        ),
        ("$input.params('X-Forwarded-For')", "192.0.2.7"),
    ] {
        check(template, "", expected);
    }
}

#[test]
fn utilities() {
    for (template, expected) in [
        ("$util.escapeJavaScript(\"a'b\")", r"a\'b"),
        ("$util.escapeJavaScript($input.json('$'))", r#"{\"a\":\"\/\"}"#),
        ("$util.urlEncode($input.body)", "%7B%22a%22%3A%22%2F%22%7D"),
        ("$util.urlDecode('a%20b+c')", "a b c"),
        ("$util.base64Encode('hi')$util.base64Decode('aGk=')", "aGk=hi"),
        ("#set($o = $util.parseJson('{\"a\":[{\"b\":5}]}'))$o.a[0].b", "5"),
        ("[$util.escapeJavaScript($none)$util.urlEncode($none)]", "[]"),
        ("[$util.toJson('x')$util.nothing]", "[]"),
    ] {
        check(template, r#"{"a":"/"}"#, expected);
    }
}

#[test]
fn context_and_stage_variables() {
    for (template, expected) in [
        ("$context.httpMethod $context.stage $context.apiId", "POST dev abcdefghij"),
        ("$context.accountId $context.deploymentId", "000000000000 dep123"),
        ("$context.path $context.resourcePath", "/dev/pets/7%2F8 /pets/{id}"),
        ("$context.requestTimeEpoch", "1795352155042"),
        ("$context.identity.sourceIp [$context.identity.caller]", "192.0.2.7 []"),
        ("$context.identity.userAgent", "test/1"),
        (
            "$context.keySet()",
            "[accountId, apiId, deploymentId, domainName, domainPrefix, extendedRequestId, httpMethod, identity, path, protocol, requestId, requestOverride, requestTime, requestTimeEpoch, resourceId, resourcePath, responseOverride, stage]",
        ),
        (
            "$context.identity.keySet()",
            "[accessKey, accountId, caller, cognitoAuthenticationProvider, cognitoAuthenticationType, cognitoIdentityId, cognitoIdentityPoolId, principalOrgId, sourceIp, user, userAgent, userArn]",
        ),
        ("$context.requestOverride.keySet()", "[header, path, querystring]"),
        ("$context.responseOverride.keySet()", "[header]"),
        ("[$context.get('identity')$context.get('requestOverride')]", "[]"),
        ("$context.get('stage')", "dev"),
        (
            "[$context.authorizer$context.authorizer.x]#foreach($k in $context.authorizer.keySet())$k#end",
            "[]",
        ),
        ("[$context.status$context.endpointType$context.error.message$context.unknown]", "[]"),
        (
            "$stageVariables.color ${stageVariables.color} $stageVariables['color'] [$stageVariables.none]",
            "red red red []",
        ),
        ("$stageVariables.keySet() $stageVariables", "[color] {color=red}"),
    ] {
        check(template, "", expected);
    }
}

fn overridden(request: &str, reply: &str) -> Outcome {
    gateway(with_response_template(http(request), reply)).send(pet("{}"))
}

#[test]
fn requests_are_overridden() {
    let outcome = overridden(
        "#set($context.requestOverride.header.X-Set = \"a\")#set($context.requestOverride.path.id = \"9\")#set($context.requestOverride.querystring.q = [\"1\", \"2\"])#set($context.requestOverride.header['Accept'] = \"text/x\")",
        "$context.requestOverride.path.id",
    );
    let sent = &outcome.sent[0];
    assert_eq!(sent.path_and_query, "/9?q=1&q=2");
    assert_eq!(sent.headers.get(HeaderName::from_static("x-set")).unwrap(), "a");
    let accept: Vec<_> = sent.headers.get_all(&http::header::ACCEPT).collect();
    assert_eq!(accept, ["text/x"]);
    assert_eq!(outcome.body(), "9");
}

#[test]
fn replies_are_overridden_by_either_template() {
    let set =
        "#set($context.responseOverride.status = 444)#set($context.responseOverride.header.X-A = \"1\")";
    let outcome = overridden(set, "$context.responseOverride.status");
    assert_eq!((outcome.status(), outcome.body(), outcome.header("x-a")), (444, "444", Some("1")));
    let outcome = overridden("{}", &format!("{set}x"));
    assert_eq!((outcome.status(), outcome.body(), outcome.header("x-a")), (444, "x", Some("1")));
    // Without any response template too.
    let request = format!("{set}{{\"statusCode\": 200}}");
    let mut mock = mock(&request, "");
    mock.responses.insert(200, response(200, None));
    let outcome = gateway(mock).get("/dev/pets/1");
    assert_eq!((outcome.status(), outcome.body(), outcome.header("x-a")), (444, "", Some("1")));
}

#[test]
fn lists_do_not_make_more_headers_than_a_head_can_have() {
    for (kind, words) in [("requestOverride", "request"), ("responseOverride", "response")] {
        let template = format!("#set($context.{kind}.header.X-A = $input.path('$.l'))");
        let body = format!(r#"{{"l":[{}1]}}"#, "1,".repeat(30_000));
        let outcome = gateway(http(&template)).send(pet(&body));
        assert_eq!(outcome.status(), 500, "{kind}");
        assert!(
            outcome.log[0].contains(&format!("Unable to transform {words}: overrides make more than 1000"))
        );
    }
}

#[test]
fn a_status_is_an_integer() {
    for (status, expected) in [("444", 444), ("\"444\"", 200), ("99", 200), ("600", 200), ("[1]", 200)] {
        let outcome = overridden("{}", &format!("#set($context.responseOverride.status = {status})"));
        assert_eq!(outcome.status(), expected, "{status}");
    }
}

#[test]
fn replies_are_mapped_from_the_backends_body() {
    let mut gateway = gateway(with_response_template(
        http("{}"),
        "{\"name\": $input.json('$.pet.name'), \"id\": \"$input.params('id')\", \"raw\": \"$util.base64Encode($input.body)\"}",
    ));
    gateway.upstream =
        Arc::new(|_| Ok(answer(&[("content-type", "application/json")], r#"{"pet":{"name":"Rex"}}"#)));
    let outcome = gateway.send(pet("{}"));
    assert_eq!(
        outcome.body(),
        r#"{"name": "Rex", "id": "7%2F8", "raw": "eyJwZXQiOnsibmFtZSI6IlJleCJ9fQ=="}"#
    );
}

#[test]
fn a_mock_reads_its_rendered_template() {
    for (template, expected) in [
        ("{\"statusCode\": $input.json('$.s')}", 200),
        ("#if($input.params('q') == 'b c'){\"statusCode\": 200}#end", 200),
        ("{\"statusCode\": \"$input.json('$.s')\"}", 500),
        ("$input.body", 500),
    ] {
        let outcome = gateway(mock(template, "ok")).send(pet(r#"{"s":200}"#));
        assert_eq!(outcome.status(), expected, "{template}");
    }
    let outcome = gateway(mock("{\"statusCode\": 200}", "$input.body $context.httpMethod")).send(pet("x"));
    assert_eq!(outcome.body(), "{} POST");
}

#[test]
fn broken_templates_answer_500_and_say_why() {
    let message = r#"{"message": "Internal server error"}"#;
    for (template, reason) in [
        (
            "a\n #if($x)",
            "Unable to transform request: the template for application/json cannot be parsed: line 2",
        ),
        ("$util.parseJson('{')", "Unable to transform request: the template failed at line 1, column 1: "),
        ("$util.urlDecode('%')", "Unable to transform request: the template failed at line 1"),
        ("$input.path('$[')", "Unable to transform request: the template failed at line 1"),
    ] {
        let outcome = gateway(http(template)).send(pet("{}"));
        assert_eq!((outcome.status(), outcome.body()), (500, message), "{template}");
        assert_eq!(outcome.header("x-amzn-errortype"), Some("InternalServerErrorException"));
        assert!(outcome.log[0].contains(reason), "{:?}", outcome.log);
        assert!(outcome.sent.is_empty());
    }
    let outcome = overridden("{}", "$util.parseJson('{')");
    assert_eq!((outcome.status(), outcome.body()), (500, message));
    assert!(outcome.log[0].contains("Unable to transform response: "), "{:?}", outcome.log);
    let remarks = gateway(http("#if(")).remarks;
    assert!(remarks.iter().any(|remark| remark.contains("cannot be parsed: line 1, column")), "{remarks:?}");
}

#[test]
fn templates_that_run_away_are_stopped() {
    let nested = "#foreach($a in [1..1000])#foreach($b in [1..1000])#foreach($c in [1..1000])$a#end#end#end";
    let growing = "#set($s = 'aaaaaaaaaaaaaaaa')#foreach($i in [1..100])#set($s = \"$s$s\")#end$s";
    let recursive = "#macro(m)#m()#end#m()";
    let folded = "#set($l = ['x'])#foreach($i in [1..60])#set($l = [$l, $l])#end#set($context.requestOverride.header.X = $l)";
    let cyclic = "#set($r = $input.path('$'))#set($r.a = $r)#set($r.b = $r)$input.json('$')";
    for template in [nested, growing, recursive, folded, cyclic] {
        let log = render(template, "{}").unwrap_err();
        assert!(log.contains("Unable to transform request: the template failed at line 1"), "{log}");
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let log = render("$input.path('$')", &deep).unwrap_err();
    assert!(log.contains("nested deeper than"), "{log}");
}

#[test]
fn large_bodies_are_rendered_elsewhere_with_the_same_result() {
    let text = "x".repeat(200_000);
    let body = format!(r#"{{"a":"{text}"}}"#);
    assert!(render("$input.path('$.a')", &body).as_deref() == Ok(&text));
    // A small body with a large output begins on the core and ends elsewhere.
    let many = "#foreach($i in [1..1000])#foreach($j in [1..100])ab#end#end";
    assert!(render(many, "{}").as_deref() == Ok(&"ab".repeat(100_000)));
    let set = "#set($context.requestOverride.header.X-Set = \"a\")";
    let outcome = gateway(http(&format!("{many}{set}"))).send(pet("{}"));
    assert_eq!(outcome.sent[0].headers.get(HeaderName::from_static("x-set")).unwrap(), "a");
}

#[test]
fn invalid_utf8_becomes_replacement_characters() {
    let headers = [("content-type", JSON)];
    let outcome = gateway(http("$input.body")).send(call("POST", "/dev/pets/1", &headers, b"a\xffb"));
    assert_eq!(&outcome.sent[0].body[..], "a\u{fffd}b".as_bytes());
}
