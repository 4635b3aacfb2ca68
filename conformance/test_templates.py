"""Mapping templates through the wire: what `$input`, `$util`, `$context` and `$stageVariables` give, in both directions, and
what a client sees of templates that fail."""

import gzip
import json

import pytest

from harness.api import Api, late_message
from harness.backend import Backend

JSON = "application/json"
ERROR = late_message("Internal server error")


@pytest.fixture(scope="module")
def upstream():
    running = Backend()
    yield running
    running.close()


def request_templates(api, upstream, templates):
    """POST /{n}/{id} renders template n towards the backend."""
    for number, template in enumerate(templates):
        path = f"/{number}/{{id}}"
        api.http(path, upstream.url, "POST", requestTemplates={JSON: template}).response(path, "POST")
    api.deploy(variables={"color": "red", "size": "9"})
    return api


INPUT = [
    # body, template, what the backend gets
    ('{"a": 1}', "$input.body", '{"a": 1}'),
    ("", "$input.body", "{}"),
    ("some raw data", "$input.body", "some raw data"),
    ('{"anything": 1}', "[$input.body.anything]", "[]"),
    ('{"p":{"b":[1,true,null],"a":"x"}}', "$input.json('$.p')", '{"b":[1,true,null],"a":"x"}'),
    ('{"p":"6"}', "$input.json('$.p')", '"6"'),
    ('{"p":10.00}', "$input.json('$.p')", "10.0"),
    ('{"p":6}', "$input.json('$.missing')", '""'),
    ("", "$input.json('$')", "{}"),
    ("no json", "$input.json('$.p')", '""'),
    ("no json", "[$input.path('$.p')]", "[]"),
    ("a=1&b=x+y", "#foreach($pair in $input.path('$').split('&'))<$pair>#end", "<a=1><b=x+y>"),
    ('{"foo":"bar"}', "$input.path('$')", "{foo=bar}"),
    ('[{"foo":"bar"}]', "$input.path('$')", '[{"foo":"bar"}]'),
    ('[{"foo":"bar"}]', "#set($r = $input.path('$'))$r[0]", "{foo=bar}"),
    ('[[{"foo":"bar"}]]', "#set($r = $input.path('$'))$r[0]", '[{"foo":"bar"}]'),
    ('{"foo":[{"nested":"bar"}]}', "#set($r = $input.path('$'))$r", '{foo=[{"nested":"bar"}]}'),
    ('{"bigger":"dict","to":"test","with":"separators"}', "$input.path('$')", "{bigger=dict, to=test, with=separators}"),
    ('{"list":[{"foo":"bar"}]}', "$input.path('$').toString()", '{list=[{"foo":"bar"}]}'),
    ("{}", "#set($r = $input.path('$'))[$r.x]#if($r.x == $null)n#end#if($r.x == \"\")e#end", "[]ne"),
    ("[]", "#set($r = $input.path('$'))$r#if($r == \"\")e#end", "[]"),
    ('{"a":[{"b":1},{"b":2}]}', "$input.path('$..b') $input.path('$.a[?(@.b==2)]')", '[1,2] [{"b":2}]'),
    ('{"a":{"b":1}}', "#set($r = $input.path('$'))#set($r.new = 'x')$input.json('$')", '{"a":{"b":1},"new":"x"}'),
    ("{}", "$input.params('id')", "7%2F8"),
    ("{}", "$input.params('q') [$input.params('empty')] [$input.params('none')]", "b c [] []"),
    ("{}", "$input.params().path.id $input.params().querystring.id", "7%2F8 query"),
    ("{}", "$input.params().header.get('X-Own')", "2"),
    ("{}", "#foreach($n in $input.params().querystring.keySet())$n=$input.params().querystring.get($n);#end",
     "q=b c;id=query;empty=;"),
]


@pytest.fixture(scope="module")
def inputs(gateway, apigateway, upstream):
    return request_templates(Api(gateway, apigateway), upstream, [row[1] for row in INPUT])


@pytest.mark.parametrize("number", range(len(INPUT)), ids=[row[1][:60] for row in INPUT])
def test_input(inputs, upstream, number):
    upstream.reset()
    body, _, expected = INPUT[number]
    headers = [("Content-Type", JSON), ("X-Own", "1"), ("X-Own", "2")]
    inputs.call(f"/{number}/7%2F8?q=a&q=b%20c&id=query&empty=", "POST", headers, body)
    assert upstream.take().body.decode() == expected


UTIL = [
    ("$util.escapeJavaScript($input.path('$.text'))", r"say \"hi\", it\'s a\/b\\c\n\u00FC"),
    ("[$util.escapeJavaScript($none)]", "[]"),
    ("$util.parseJson('{\"a\":[{\"b\":5}]}').a[0].b", "5"),
    ("#set($o = $util.parseJson($input.body))$o.text.length()", "22"),
    ("$util.urlEncode($input.json('$.value'))", "%7B%22some%22%3A%22v%22%7D"),
    ("[$util.urlEncode($none)]", "[]"),
    ("$util.urlDecode('a%3Ab+c')", "a:b c"),
    ("$util.base64Encode('text')", "dGV4dA=="),
    ("$util.base64Decode('dGV4dA==')", "text"),
]


@pytest.fixture(scope="module")
def utils(gateway, apigateway, upstream):
    return request_templates(Api(gateway, apigateway), upstream, [row[0] for row in UTIL])


@pytest.mark.parametrize("number", range(len(UTIL)), ids=[row[0][:60] for row in UTIL])
def test_util(utils, upstream, number):
    upstream.reset()
    body = json.dumps({"text": 'say "hi", it\'s a/b\\c\nü', "value": {"some": "v"}})
    utils.call(f"/{number}/1", "POST", {"Content-Type": JSON}, body)
    assert upstream.take().body.decode() == UTIL[number][1]


@pytest.fixture(scope="module")
def mirror(gateway, apigateway):
    """GET /{name}: a MOCK that answers with what its response template prints."""
    api = Api(gateway, apigateway)
    for name, template in MIRRORS.items():
        api.mock(f"/{name}", body=template)
    api.deployment = api.deploy(variables={"color": "red"})
    return api


MIRRORS = {
    "keys": "$context.keySet()",
    "identity": "$context.identity.keySet()",
    "overrides": "$context.requestOverride.keySet() $context.responseOverride.keySet()",
    "ids": "$context.accountId $context.apiId $context.deploymentId $context.requestId $context.extendedRequestId",
    "place": "$context.stage $context.path $context.resourcePath $context.resourceId $context.httpMethod $context.protocol",
    "domain": "$context.domainName $context.domainPrefix",
    "caller": "$context.identity.sourceIp [$context.identity.caller] $context.identity.userAgent",
    "absent": "[$context.authorizer.principalId$context.status$context.error.message$context.nothing]"
              "#foreach($k in $context.authorizer.keySet())$k#end",
    "nested": "[$context.get('identity')]",
    "stage-variables": "$stageVariables.color $stageVariables['color'] ${stageVariables['color']} ${stageVariables.color}"
                       " [$stageVariables.none]",
    "params": "$input.params('q') [$input.body]",
}


@pytest.mark.parametrize("name, expected", [
    ("keys", "[accountId, apiId, deploymentId, domainName, domainPrefix, extendedRequestId, httpMethod, identity, path, protocol, "
             "requestId, requestOverride, requestTime, requestTimeEpoch, resourceId, resourcePath, responseOverride, stage]"),
    ("identity", "[accessKey, accountId, caller, cognitoAuthenticationProvider, cognitoAuthenticationType, cognitoIdentityId, "
                 "cognitoIdentityPoolId, principalOrgId, sourceIp, user, userAgent, userArn]"),
    ("overrides", "[header, path, querystring] [header]"),
    ("ids", "000000000000 {api.id} {api.deployment} {request} {extended}"),
    ("place", "test /test/place /place {resource} GET HTTP/1.1"),
    ("domain", "{api.host} {api.id}"),
    ("caller", "127.0.0.1 [] conformance/1"),
    ("absent", "[]"),
    ("nested", "[]"),
    ("stage-variables", "red red red red []"),
    ("params", "x [{{}}]"),
])
def test_context(mirror, name, expected):
    reply = mirror.call(f"/{name}?q=x", headers={"User-Agent": "conformance/1"})
    expected = expected.format(api=mirror, request=reply.header("x-amzn-requestid"),
                               extended=reply.header("x-amz-apigw-id"), resource=mirror.resource(f"/{name}"))
    assert (reply.status, reply.text) == (200, expected)


def test_a_user_agent_of_any_bytes(mirror):
    reply = mirror.call("/caller", headers={"User-Agent": "M\xc3\xb6bel \xff"})
    assert reply.text == "127.0.0.1 [] M\u00f6bel \ufffd"


def test_a_response_template_reads_the_backends_body(api, upstream):
    upstream.reset()
    upstream.answer_json({"Items": [{"id": {"S": "a"}}, {"id": {"S": "b"}}]})
    api.http("/pets", upstream.url)
    api.response("/pets", responseTemplates={JSON: "#set($root = $input.path('$'))[#foreach($i in $root.Items)\"$i.id.S\""
                                                   "#if($foreach.hasNext),#end#end] $input.params('page')"})
    api.deploy()
    assert api.call("/pets?page=3").text == '["a","b"] 3'


@pytest.mark.parametrize("content_type, accept, expected", [
    (JSON, None, "json"), ("application/json; charset=utf-8", None, "json"), ("text/xml", None, "xml"), (None, None, "json"),
    ("image/png", None, "default"), (JSON, "text/html", "json")])
def test_the_template_is_chosen_by_content_type(api, upstream, content_type, accept, expected):
    upstream.reset()
    given = {JSON: "json", "text/xml": "x#set($a = 'ml')$a", "$default": "#if(true)default#end"}
    api.http("/m", upstream.url, "POST", requestTemplates=given).response("/m", "POST")
    api.deploy()
    headers = {"Content-Type": content_type, "Accept": accept}
    api.call("/m", "POST", {name: value for name, value in headers.items() if value}, "body")
    assert upstream.take().body.decode() == expected


@pytest.mark.parametrize("accept, expected, content_type", [
    (None, "json GET", JSON), ("text/xml", "xml GET", "text/xml"), ("image/png", "json GET", JSON)])
def test_the_response_template_is_chosen_by_accept(api, accept, expected, content_type):
    api.mock("/m")
    api.client.put_integration_response(**api.at("/m", "GET"), statusCode="200", responseTemplates={
        JSON: "json $context.httpMethod", "text/xml": "xml $context.httpMethod"})
    api.deploy()
    reply = api.call("/m", headers={"Accept": accept} if accept else {})
    assert (reply.text, reply.header("content-type")) == (expected, content_type)


@pytest.mark.parametrize("media, expected", [("$default", JSON), ("text/html", "text/html")])
def test_a_reply_is_never_of_a_type_that_is_none(api, media, expected):
    api.mock("/m")
    api.client.put_integration_response(**api.at("/m", "GET"), statusCode="200", responseTemplates={media: "any"})
    api.client.put_gateway_response(
        restApiId=api.id, responseType="MISSING_AUTHENTICATION_TOKEN", responseTemplates={media: "any"})
    api.deploy()
    for path in ("/m", "/none"):
        reply = api.call(path)
        assert (reply.text, reply.header("content-type")) == ("any", expected)


@pytest.mark.parametrize("template, status", [
    ("{\"statusCode\": $input.json('$.s')}", 200),
    ("#if($input.params('q') == 'x'){\"statusCode\": 200}#end", 200),
    ("#set($s = 200){statusCode: $s}", 200),
    ("{\"statusCode\": \"$input.json('$.s')\"}", 500),
    ("#if($input.params('q') == 'y'){\"statusCode\": 200}#end", 500),
])
def test_a_mock_reads_what_its_template_renders(api, template, status):
    api.mock("/m", "POST", request=template, body="ok")
    api.deploy()
    assert api.call("/m?q=x", "POST", {"Content-Type": JSON}, '{"s": 200}').status == status


@pytest.mark.parametrize("number", [-1, 0, 70000])
def test_a_mock_may_choose_any_integer(api, number):
    """It is only what selection patterns are tried on."""
    api.mock("/m", request=f"#if(true){{statusCode: {number}}}#end")
    api.response("/m", status="202", selectionPattern=str(number), responseTemplates={JSON: "chosen"})
    api.deploy()
    reply = api.call("/m")
    assert (reply.status, reply.text) == (202, "chosen")


BROKEN = [
    # template, what the log says
    ("a\n  #if($x)", r"cannot be parsed: line 2"),
    ("$util.parseJson('{')", r"line 1, column 1: "),
    ("$util.urlDecode('%')", r"line 1, column 1: "),
    ("$input.path('$[')", r"line 1, column 1: "),
    ("#foreach($a in [1..1000])#foreach($b in [1..1000])#foreach($c in [1..1000])$a#end#end#end", r"too "),
    ("#set($s = 'aaaaaaaaaaaaaaaa')#foreach($i in [1..100])#set($s = \"$s$s\")#end$s", r"too large"),
    ("#macro(m)#m()#end#m()", r"too deep"),
]


@pytest.mark.parametrize("way", ["request", "response"])
@pytest.mark.parametrize("template, words", BROKEN, ids=[row[0][:40] for row in BROKEN])
def test_a_template_that_fails(gateway, api, way, template, words):
    """The client gets AWS's 500; the log names template, line and column."""
    fields = {"request": template} if way == "request" else {"body": template}
    api.mock("/m", **fields)
    api.deploy()
    mark = len(gateway.output.lines)
    reply = api.call("/m")
    assert (reply.status, reply.body, reply.error_type) == (500, ERROR, "InternalServerErrorException")
    gateway.output.wait_for(rf"GET +/m +500 .*Unable to transform {way}: .*{words}", since=mark)


def test_the_author_of_a_broken_template_is_told_at_deployment(gateway, api):
    api.mock("/m", request="{\"statusCode\": 200}#if(")
    mark = len(gateway.output.lines)
    api.deploy()
    gateway.output.wait_for(rf"WARN API {api.id}: .*the template for application/json cannot be parsed: line 1", since=mark)


def test_rendered_replies_are_compressed_and_compressed_ones_are_read(gateway, apigateway, upstream):
    """Templates see plain bodies in both directions, whatever the codings on the wire."""
    upstream.reset()
    api = Api(gateway, apigateway, minimumCompressionSize=0)
    api.http("/m", upstream.url, "POST", requestTemplates={JSON: "$input.path('$.a')"})
    api.response("/m", "POST", responseTemplates={JSON: "reply: $input.path('$.b')"})
    api.deploy()
    upstream.answer(body=gzip.compress(b'{"b": 2}'), headers=(("Content-Type", JSON), ("Content-Encoding", "gzip")))
    headers = {"Content-Type": JSON, "Content-Encoding": "gzip", "Accept-Encoding": "gzip"}
    reply = api.call("/m", "POST", headers, gzip.compress(b'{"a": 1}'))
    assert upstream.take().body == b"1"
    assert (reply.header("content-encoding"), gzip.decompress(reply.body)) == ("gzip", b"reply: 2")


def test_hostile_bodies(gateway, api, upstream):
    upstream.reset()
    api.http("/m", upstream.url, "POST", requestTemplates={JSON: "[$input.path('$.a')]"}).response("/m", "POST")
    api.deploy()
    mark = len(gateway.output.lines)
    reply = api.call("/m", "POST", {"Content-Type": JSON}, "[" * 10_000_000)
    assert (reply.status, reply.body) == (500, ERROR)
    gateway.output.wait_for(r"POST +/m +500 .*Unable to transform request: .*nested deeper than", since=mark)
    assert api.call("/m", "POST", {"Content-Type": JSON}, b'{"a":"\xff\xfe"}').status == 200
    assert upstream.take().body.decode() == "[\ufffd\ufffd]"
    large = json.dumps({"a": "x" * 9_000_000})
    assert api.call("/m", "POST", {"Content-Type": JSON}, large).status == 200
    assert len(upstream.take().body) == 9_000_002


def test_garbage_from_the_backend(api, upstream):
    upstream.reset()
    api.http("/m", upstream.url).response("/m", responseTemplates={JSON: "[$input.path('$.a')$input.json('$.a')]"})
    api.deploy()
    for body in (b"", b"\x00\xff\xfe", b"{", b"[" * 300):
        upstream.answer(body=body)
        assert (api.call("/m").status, api.call("/m").text) == (200, '[""]')
