"""What reaches an AWS service on the wire, whose name it is signed in, and what happens when there is nobody to ask."""

import hashlib
import json
import os
import re
import subprocess
import threading
import urllib.parse

import pytest
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from conftest import make_client
from harness import signing
from harness.api import Api, late_message
from harness.backend import Backend
from harness.process import Gateway, find_binary
from harness.services import ROLE, integrate

ERROR = late_message("Internal server error")
SESSION = """<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId>
<SecretAccessKey>role secret</SecretAccessKey><SessionToken>tok/en+=</SessionToken>
<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"""
CONFIGURATION = """\
endpoints:
  sts: {sts}
  default: {services}
credentials:
  access_key: AKIABASE
  secret_key: base secret
"""


class Behind:
    """A gateway whose services and STS are backends of the test."""

    def __init__(self, folder, configuration=CONFIGURATION, environment=None):
        self.sts, self.services = Backend(), Backend()
        self.sts.default.body = SESSION.encode()
        folder.joinpath("stagedoor.yaml").write_text(configuration.format(sts=self.sts.url, services=self.services.url))
        self.gateway = Gateway(folder / "data", [str(folder)], {"HOME": str(folder), **(environment or {})}).start()
        self.client = make_client("apigateway", self.gateway)

    def api(self, call, verb="POST", fields=None, variables=None):
        api = Api(self.gateway, self.client)
        integrate(api, "/", call, verb, **(fields or {})).response("/", verb)
        api.deploy(variables=variables or {})
        return api

    def stop(self):
        assert self.gateway.stop() == 0, self.gateway.output.text()
        self.sts.close()
        self.services.close()


@pytest.fixture(scope="module")
def behind(tmp_path_factory):
    running = Behind(tmp_path_factory.mktemp("behind"))
    yield running
    running.stop()


def assert_signed(seen, service, region="us-east-1", key=("ASIAROLE", "role secret", "tok/en+=")):
    """The signature is the one that botocore would make."""
    sent = dict((name.lower(), value) for name, value in seen.headers)
    scope, signed, signature = re.fullmatch(
        r"AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})", sent["authorization"]).groups()
    assert scope == f"{key[0]}/{sent['x-amz-date'][:8]}/{region}/{service}/aws4_request"
    names = signed.split(";")
    assert {"host", "x-amz-date"} <= set(names)
    request = AWSRequest(seen.method, f"http://{sent['host']}{seen.target}", {n: sent[n] for n in names}, seen.body)
    request.context["timestamp"] = sent["x-amz-date"]
    signer = (S3SigV4Auth if service == "s3" else SigV4Auth)(Credentials(*key), service, region)
    text = signer.string_to_sign(request, signer.canonical_request(request))
    assert signer.signature(text, request) == signature
    assert sent.get("x-amz-security-token") == key[2]


def post(api, body="{}", content_type="application/json"):
    return api.call("/", "POST", [("Content-Type", content_type), ("X-Own", "stays"), ("Authorization", "stays")], body)


TARGETS = [
    ("dynamodb:action/PutItem", "/?Action=PutItem", "DynamoDB_20120810.PutItem", "application/x-amz-json-1.0", "dynamodb"),
    ("streams.dynamodb:action/ListStreams", "/?Action=ListStreams", "DynamoDBStreams_20120810.ListStreams",
     "application/x-amz-json-1.0", "dynamodb"),
    ("kinesis:action/PutRecord", "/?Action=PutRecord", "Kinesis_20131202.PutRecord", "application/x-amz-json-1.1", "kinesis"),
    ("firehose:action/PutRecord", "/?Action=PutRecord", "Firehose_20150804.PutRecord", "application/x-amz-json-1.1", "firehose"),
    ("states:action/StartExecution", "/?Action=StartExecution", "AWSStepFunctions.StartExecution", "application/x-amz-json-1.0", "states"),
    ("sqs:action/SendMessage", "/?Action=SendMessage", None, "application/json", "sqs"),
    ("events:action/PutEvents", "/?Action=PutEvents", None, "application/json", "events"),
    ("ssm:action/GetParameter", "/?Action=GetParameter", None, "application/json", "ssm"),
    ("sqs:path/000000000000/q", "/000000000000/q", None, "application/json", "sqs"),
    ("sqs:path//000000000000/q?a=b", "/000000000000/q?a=b", None, "application/json", "sqs"),
    ("sqs:path/q?&a=%41&&b=/+&", "/q?a=A&b=%2F%20", None, "application/json", "sqs"),
    ("runtime.sagemaker:path/endpoints/e/invocations", "/endpoints/e/invocations", None, "application/json", "sagemaker"),
    ("email:action/SendEmail", "/?Action=SendEmail", None, "application/json", "ses"),
    ("s3:path/bucket/a b+c", "/bucket/a%20b%2Bc", None, "application/json", "s3"),
    ("bucket.s3:path/key", "/bucket/key", None, "application/json", "s3"),
]


@pytest.mark.parametrize("call, target, operation, content_type, service", TARGETS, ids=[row[0] for row in TARGETS])
def test_requests(behind, call, target, operation, content_type, service):
    api = behind.api(call)
    assert post(api, '{"a": 1}').status == 200
    seen = behind.services.take()
    assert (seen.method, seen.target, seen.body) == ("POST", target, b'{"a": 1}')
    assert seen.header("x-amz-target") == operation
    assert (seen.header("content-type"), seen.header("accept")) == (content_type, "application/json")
    assert seen.header("user-agent") == f"AmazonAPIGateway_{api.id}"
    assert seen.header("x-amzn-apigateway-api-id") == api.id
    assert seen.header("host") == behind.services.url.removeprefix("http://")
    assert "Root=1-" in seen.header("x-amzn-trace-id")
    assert seen.header("x-own") is None
    assert (seen.header("x-amz-content-sha256") == hashlib.sha256(seen.body).hexdigest()) == (service == "s3")
    assert_signed(seen, service)


def test_a_get_has_no_body(behind):
    api = behind.api("sqs:action/ListQueues", "POST", {"integrationHttpMethod": "GET"})
    post(api, "something")
    seen = behind.services.take()
    assert (seen.method, seen.body, seen.header("content-type")) == ("GET", b"", None)
    assert_signed(seen, "sqs")


def test_mapped_parameters_replace_what_is_built_in(behind):
    api = behind.api("dynamodb:action/GetItem", fields={"requestParameters": {
        "integration.request.header.Accept": "'application/xml'", "integration.request.header.Content-Type": "'text/plain'",
        "integration.request.header.X-Amz-Target": "'Other.Thing'", "integration.request.header.Via": "'1.1 x'",
        "integration.request.header.Referer": "'http://x'", "integration.request.querystring.a.b": "'1 & 2/\u00e9'"}})
    post(api)
    seen = behind.services.take()
    assert [seen.header(name) for name in ("accept", "content-type", "x-amz-target", "via", "referer")] == [
        "application/xml", "text/plain", "Other.Thing", "1.1 x", None]
    assert seen.target == "/?Action=GetItem&a.b=1%20%26%202%2F%C3%A9"
    assert_signed(seen, "dynamodb")


def test_what_belongs_to_the_signature_is_not_mapped(behind):
    """Other headers of the family are, and are signed."""
    api = behind.api("s3:path/b/k", fields={"requestParameters": {
        "integration.request.header.X-Amz-Date": "'20200101T000000Z'", "integration.request.header.X-Amz-Security-Token": "'mine'",
        "integration.request.header.x-amz-meta-name": "'Ren\u00e9  und   ich'", "integration.request.header.x-amz-acl": "'private'"}})
    post(api)
    seen = behind.services.take()
    assert seen.all("x-amz-security-token") == ["tok/en+="]
    assert len(seen.all("x-amz-date")) == 1 and not seen.header("x-amz-date").startswith("2020")
    assert seen.header("x-amz-acl") == "private"
    signed = re.search("SignedHeaders=([^,]+),", seen.header("authorization")).group(1).split(";")
    assert {"x-amz-acl", "x-amz-meta-name", "x-amz-content-sha256", "x-amz-security-token"} <= set(signed)


def test_region_of_the_uri_signs(behind):
    api = behind.api("", fields={"uri": "arn:aws:apigateway:eu-west-3:${stageVariables.s}:path/x"}, variables={"s": "sqs"})
    post(api)
    assert_signed(behind.services.take(), "sqs", "eu-west-3")


def test_bytes_are_signed_and_kept(behind):
    api = Api(behind.gateway, behind.client, binaryMediaTypes=["image/png"])
    integrate(api, "/", "s3:path/b/k", backend_verb="PUT").response("/", "POST")
    api.deploy()
    for size in (0, 256, 3_000_000):
        body = bytes(range(256)) * (size // 256)
        assert post(api, body, "image/png").status == 200
        seen = behind.services.take()
        assert seen.body == body
        assert_signed(seen, "s3")


def test_the_role_is_taken_once_for_many_calls(tmp_path):
    """Calls that come while it is asked for wait for the one answer; later ones find it."""
    behind = Behind(tmp_path)
    try:
        api = behind.api("sqs:path/x")
        held = threading.Event()
        behind.sts.answer(release=held, body=SESSION.encode())
        replies = []
        calls = [threading.Thread(target=lambda: replies.append(post(api).status)) for _ in range(12)]
        for call in calls:
            call.start()
        asked = behind.sts.take()
        held.set()
        for call in calls:
            call.join(20)
        assert replies == [200] * 12
        assert post(api).status == 200
        assert behind.sts.untouched()
        form = dict(urllib.parse.parse_qsl(asked.body.decode()))
        assert form == {"Action": "AssumeRole", "Version": "2011-06-15", "RoleArn": ROLE,
                        "RoleSessionName": "BackplaneAssumeRoleSession"}
        assert_signed(asked, "sts", key=("AKIABASE", "base secret", None))
    finally:
        behind.stop()


def failing(behind, words, api=None, fields=None):
    api = api or behind.api("sqs:path/x", fields={"credentials": f"arn:aws:iam::000000000000:role/{len(words)}", **(fields or {})})
    mark = len(behind.gateway.output.lines)
    reply = post(api)
    assert (reply.status, reply.body) == (500, ERROR)
    behind.gateway.output.wait_for(words, since=mark)
    assert behind.services.untouched()


DENIED = b"<ErrorResponse><Error><Code>AccessDenied</Code><Message>not you</Message></Error></ErrorResponse>"


def test_a_role_that_may_not_be_assumed(behind):
    behind.sts.answer(status=403, body=DENIED)
    failing(behind, r"API Gateway does not have permission to assume the provided role arn:aws:iam::000000000000:role/\d+: "
                    r"STS answered 403: AccessDenied: not you")


@pytest.mark.parametrize("answer, words", [
    ({"status": 503, "body": b"busy"}, "STS answered 503: busy"), ({"body": b"<html>"}, "STS answered without credentials"),
    ({"raw": b"nonsense\r\n\r\n"}, "There are no credentials of the role .*: STS at 127.0.0.1"),
    ({"body": SESSION.replace("2099", "99").encode()}, "STS answered  *without credentials"),
], ids=["503", "html", "no http", "no date"])
def test_an_sts_that_answers_nonsense(behind, answer, words):
    behind.sts.answer(**answer)
    failing(behind, words)


def test_a_slow_sts_uses_up_the_integrations_time(behind):
    held = threading.Event()
    behind.sts.answer(release=held, body=SESSION.encode())
    api = behind.api("sqs:path/x", fields={"credentials": "arn:aws:iam::000000000000:role/slow", "timeoutInMillis": 300})
    reply = post(api)
    assert (reply.status, reply.body) == (504, late_message("Endpoint request timed out"))
    # The answer is kept for the next call.
    held.set()
    assert post(api).status in (200, 504)
    assert behind.services.untouched() or behind.services.take()


def test_broken_services(behind):
    api = behind.api("sqs:path/x")
    behind.services.answer(raw=b"nonsense\r\n\r\n")
    assert post(api).status == 504
    behind.services.take()
    behind.services.answer(status=200, body=b"x" * (10 * 1024 * 1024 + 1))
    assert (post(api).status, post(api).status) == (500, 200)
    while not behind.services.untouched():
        behind.services.take()


def test_nothing_secret_is_logged(behind):
    text = behind.gateway.output.text()
    assert not [word for word in ("base secret", "role secret", "tok/en+=") if word in text]


def test_without_credentials(tmp_path):
    behind = Behind(tmp_path, "endpoints: {{sts: '{sts}', default: '{services}'}}\n")
    try:
        failing(behind, "There are no credentials of the role .*: this gateway has no AWS credentials; set AWS_ACCESS_KEY_ID")
        assert behind.sts.untouched()
    finally:
        behind.stop()


@pytest.mark.parametrize("configuration, line", [
    ("credentials: {access_key: AKIAYAML, secret_key: unseen, role: 'arn:r'}\n",
     r"ok +credentials +AWS integrations call as AKIAYAML from stagedoor.yaml, then one role"),
    ("credentials: {profile: lost}\n", r"warn +credentials +there is no profile lost"),
    ("", r"ok +credentials +none; AWS integrations with other services than Lambda would need some"),
], ids=["keys", "no profile", "none"])
def test_the_doctor_tells_whose_they_are(tmp_path, configuration, line):
    tmp_path.joinpath("stagedoor.yaml").write_text(configuration)
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "STAGEDOOR_"))}
    done = subprocess.run([str(find_binary()), "doctor", str(tmp_path), "--data-dir", str(tmp_path / "data")],
                          env={**clean, "HOME": str(tmp_path), "NO_COLOR": "1"}, capture_output=True, text=True, timeout=60)
    assert re.search(line, done.stdout), done.stdout + done.stderr
    assert "unseen" not in done.stdout + done.stderr


def test_services_that_know_no_roles(tmp_path):
    """`assume_roles: false`: the gateway's own keys sign."""
    behind = Behind(tmp_path, CONFIGURATION + "  assume_roles: false\n")
    try:
        assert post(behind.api("dynamodb:action/ListTables")).status == 200
        assert_signed(behind.services.take(), "dynamodb", key=("AKIABASE", "base secret", None))
        assert behind.sts.untouched()
    finally:
        behind.stop()


def test_profiles_and_chains(tmp_path):
    """A profile's own role comes first, then that of `credentials:`, then the integration's."""
    folder = tmp_path / ".aws"
    folder.mkdir()
    folder.joinpath("credentials").write_text("[base]\naws_access_key_id=AKIAFILE\naws_secret_access_key=file secret\n")
    folder.joinpath("config").write_text("[profile deploy]\nrole_arn=arn:profile\nsource_profile=base\nexternal_id=ext\n")
    behind = Behind(tmp_path, "endpoints: {{sts: '{sts}', default: '{services}'}}\n"
                              "credentials: {{profile: deploy, role: 'arn:own'}}\n")
    try:
        assert post(behind.api("sqs:path/x")).status == 200
        steps = [behind.sts.take() for _ in range(3)]
        forms = [dict(urllib.parse.parse_qsl(step.body.decode())) for step in steps]
        assert [(form["RoleArn"], form.get("ExternalId")) for form in forms] == [("arn:profile", "ext"), ("arn:own", None), (ROLE, None)]
        assert_signed(steps[0], "sts", key=("AKIAFILE", "file secret", None))
        assert_signed(steps[2], "sts")
    finally:
        behind.stop()


def test_endpoints_from_the_environment(tmp_path):
    services = Backend()
    behind = Behind(tmp_path, CONFIGURATION, {"AWS_ENDPOINT_URL_SFN": f"{services.url}/base"})
    try:
        assert post(behind.api("states:action/StartExecution")).status == 200
        assert services.take().target == "/base/?Action=StartExecution"
        assert behind.services.untouched()
    finally:
        behind.stop()
        services.close()


def test_the_gateway_never_calls_itself(tmp_path):
    """Also when an endpoint says so: `stagedoor env` exports the gateway's own address to its users."""
    folder = tmp_path
    folder.joinpath("stagedoor.yaml").write_text("credentials: {access_key: a, secret_key: b, assume_roles: false}\n")
    gateway = Gateway(folder / "data", [str(folder)]).start()
    port = gateway.port
    gateway.stop()
    gateway.environment = {"AWS_ENDPOINT_URL_SQS": f"http://127.0.0.1:{port}"}
    gateway.start()
    try:
        api = Api(gateway, make_client("apigateway", gateway))
        integrate(api, "/", "sqs:path/x").response("/", "POST")
        api.deploy()
        mark = len(gateway.output.lines)
        assert post(api).body == ERROR
        gateway.output.wait_for("is this gateway itself", since=mark)
    finally:
        assert gateway.stop() == 0


def test_mistakes_in_the_configuration(tmp_path):
    tmp_path.joinpath("stagedoor.yaml").write_text("endpoints: {sqs: 'ftp://x'}\ncredentials: {access_key: lonely}\n")
    done = subprocess.run([str(find_binary()), "validate", str(tmp_path)], capture_output=True, text=True, timeout=30)
    assert done.returncode != 0
    assert "`ftp://x` is not the URL of a service" in done.stderr
    assert "either `profile`, or `access_key` and `secret_key`" in done.stderr


def test_the_callers_own_identity_signs(behind):
    """Whoever signed the call is whom the service sees, and without a signature there is nobody."""
    iam = make_client("iam", behind.gateway)
    iam.create_user(UserName="own")
    key = iam.create_access_key(UserName="own")["AccessKey"]
    iam.put_user_policy(UserName="own", PolicyName="p", PolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}]}))
    own = {"credentials": "arn:aws:iam::*:user/*"}
    behind.services.reset()
    signed = behind.api("dynamodb:action/ListTables", fields={**own, "method": {"authorizationType": "AWS_IAM"}})
    reply = signing.call(signed, "/", "POST", Credentials(key["AccessKeyId"], key["SecretAccessKey"]), body=b"{}")
    assert reply.status == 200, reply.text
    assert_signed(behind.services.take(), "dynamodb", key=(key["AccessKeyId"], key["SecretAccessKey"], None))
    mark = len(behind.gateway.output.lines)
    assert behind.api("dynamodb:action/ListTables", fields=own).call("/", "POST").body == ERROR
    behind.gateway.output.wait_for("nobody signed the call", since=mark)
