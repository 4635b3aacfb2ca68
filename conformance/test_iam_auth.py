"""AWS_IAM methods: signatures as real signers make them, AWS's refusals word for word, and policies of whoever signed."""

import base64
import datetime
import hashlib
import json
import threading

import pytest
from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.credentials import Credentials

from conftest import make_client
from harness import functions, raw, signing
from harness.api import Api, lambda_uri, message
from harness.process import Gateway

ACCOUNT = "000000000000"
IDENTITY = json.dumps({key: f"$context.identity.{key}" for key in ["accountId", "caller", "user", "userArn", "accessKey"]})
LOG = " ".join(f"$context.{name}" for name in [
    "status", "identity.user", "identity.caller", "identity.userArn", "identity.accountId",
    "authenticate.status", "authorize.status", "authenticate.error", "authorize.error"])
METHODS = [("/who", "GET"), ("/who", "POST"), ("/", "GET"), ("/a/{name}", "GET"), ("/admin", "GET")]


def build(api, **fields):
    for path, verb in METHODS:
        api.mock(path, verb, body=IDENTITY, authorizationType="AWS_IAM", **fields)
    api.mock("/open", body="open")
    api.deploy()
    return api


@pytest.fixture(scope="module")
def guarded(shared_api):
    return build(shared_api())


@pytest.fixture(scope="module")
def iam(gateway):
    return make_client("iam", gateway)


@pytest.fixture(scope="module")
def sts(gateway):
    return make_client("sts", gateway)


def document(*statements):
    made = [{"Effect": effect, "Action": "execute-api:Invoke", "Resource": resource, **more}
            for effect, resource, more in statements]
    return json.dumps({"Version": "2012-10-17", "Statement": made})


def arn(api, rest="*", account=ACCOUNT):
    return f"arn:aws:execute-api:us-east-1:{account}:{api.id}/{rest}"


def allow(api, rest="*"):
    return document(("Allow", arn(api, rest), {}))


_names = iter(range(1_000_000))


def user(iam, policy=None, **fields):
    """A new user's name and credentials."""
    name = f"user-{next(_names)}"
    iam.create_user(UserName=name, **fields)
    if policy:
        iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return name, Credentials(key["AccessKeyId"], key["SecretAccessKey"])


def role(iam, policy=None, principal=None):
    name = f"role-{next(_names)}"
    trust = {"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal or {"AWS": ACCOUNT}}}
    made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]
    if policy:
        iam.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=policy)
    return name, made["Arn"], made["RoleId"]


def assume(sts, role_arn, **fields):
    made = sts.assume_role(RoleArn=role_arn, RoleSessionName="job", **fields)["Credentials"]
    return Credentials(made["AccessKeyId"], made["SecretAccessKey"], made["SessionToken"])


def masked(api, rest):
    return f"arn:aws:execute-api:us-east-1:********0000:{api.id}/{rest}"


def denied(reply, text):
    expected = json.dumps({"Message": text}, separators=(",", ":"))
    assert (reply.status, reply.error_type, reply.text) == (403, "AccessDeniedException", expected)


# Signers


PATHS = ["/who", "/who?b=2&a=1&a=0&empty=&x=a%20b%2Fc", "/a/%C3%A9%20%2B~", "/a/x%2Fy", "//a//b/", "/./who", "/a/$default", ""]


@pytest.mark.parametrize("path", PATHS)
def test_botocore_signs(guarded, path):
    """Whatever the path: the signature is good, so nobody complains of it."""
    reply = signing.call(guarded, path)
    presigned = signing.call(guarded, path, presigned=60)
    assert reply.status == presigned.status and reply.error_type != "InvalidSignatureException", reply.text


def test_who_signed_is_known_to_the_method(guarded):
    for presigned in (None, 60):
        reply = signing.call(guarded, "/who", presigned=presigned)
        assert reply.json == {"accountId": ACCOUNT, "caller": ACCOUNT, "user": ACCOUNT,
                              "userArn": f"arn:aws:iam::{ACCOUNT}:root", "accessKey": "test"}


def test_bodies_are_signed(guarded):
    body = json.dumps({"a": "é" * 300}).encode()
    assert signing.call(guarded, "/who", "POST", body=body).status == 200
    made = signing.request(guarded, "/who", "POST", body=body)
    SigV4Auth(signing.ROOT, "execute-api", "us-east-1").add_auth(made)
    made.data = body.replace(b"a", b"b")
    assert signing.send(guarded, made).error_type == "InvalidSignatureException"


def test_large_bodies_are_signed_and_hold_nobody_up(guarded):
    body = b"x" * (4 << 20)
    replies = []
    callers = [threading.Thread(target=lambda: replies.append(signing.call(guarded, "/who", "POST", body=body)))
               for _ in range(4)]
    for caller in callers:
        caller.start()
    assert signing.call(guarded, "/who").status == 200
    for caller in callers:
        caller.join(60)
    assert [reply.status for reply in replies] == [200] * 4
    made = signing.request(guarded, "/who", "POST", body=body)
    SigV4Auth(signing.ROOT, "execute-api", "us-east-1").add_auth(made)
    made.data = b"y" + body[1:]
    assert signing.send(guarded, made).error_type == "InvalidSignatureException"


def test_curl_signs(guarded):
    status, body = signing.with_curl(guarded, "/who")
    assert (status, json.loads(body)["user"]) == (200, ACCOUNT)
    assert signing.with_curl(guarded, "/who", "--data", '{"a":1}', "-H", "Content-Type: application/json")[0] == 200
    assert signing.with_curl(guarded, "/a/b?a=1&b=2")[0] == 200
    status, body = signing.with_curl(guarded, "/who", "--http2-prior-knowledge", "--data", "{}", "-H", "X-Name: é",
                                     "-H", "Content-Type: application/json")
    assert (status, json.loads(body)["user"]) == (200, ACCOUNT)
    status, body = signing.with_curl(guarded, "/who", secret="wrong")
    assert status == 403 and "does not match the signature you provided" in body


def test_the_javascript_sdk_signs(guarded, iam, sts):
    home = signing.javascript()
    session = assume(sts, role(iam, allow(guarded))[1])
    for credentials in (signing.ROOT, session):
        for presign in (False, True):
            how = {"credentials": credentials, "presign": presign}
            assert signing.with_javascript(home, guarded, "/who", **how).status == 200, how
            query = {"b": ["2", "1"], "a": "x y/z", "é": "~*'()"}
            assert signing.with_javascript(home, guarded, "/a/x y", query=query, **how).status in (200, 400), how
    reply = signing.with_javascript(home, guarded, "/who", "POST", {"content-type": "application/json"}, '{"a":1}')
    assert reply.status == 200, reply.text


def test_http_1_1_headers_may_be_spelled_and_spaced_anyhow(guarded):
    made = signing.request(guarded, "/who", headers={"X-Odd": "  a   b  "})
    SigV4Auth(signing.ROOT, "execute-api", "us-east-1").add_auth(made)
    shouted = [(name.upper(), value) for name, value in made.headers.items()]
    target = made.url.split(guarded.host, 1)[1]
    assert raw.send(guarded.gateway.port, "GET", target, shouted, host=guarded.host).status == 200


# Refusals, word for word


def times(offset):
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=offset)
    return moment.strftime("%Y%m%dT%H%M%SZ")


def hashed(text):
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def header(scope=None, key="test", rest=", SignedHeaders=host;x-amz-date, Signature=00", algorithm="AWS4-HMAC-SHA256", date=None):
    scope = scope or f"{(date or times(0))[:8]}/us-east-1/execute-api/aws4_request"
    return f"{algorithm} Credential={key}/{scope}{rest}"


NOW = times(0)
TODAY = NOW[:8]
PARTIAL = f"AWS4-HMAC-SHA256 Credential=test/{TODAY}/us-east-1/execute-api/aws4_request"
INCOMPLETE, INVALID = "IncompleteSignatureException", "InvalidSignatureException"
REFUSALS = [
    # name, headers, query, error type, message
    ("nothing", {}, "", "MissingAuthenticationTokenException", "Missing Authentication Token"),
    ("both", {"Authorization": header(), "X-Amz-Date": NOW}, "?X-Amz-Algorithm=AWS4-HMAC-SHA256", INVALID,
     "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header."),
    ("bearer", {"Authorization": "Bearer abc"}, "", INCOMPLETE,
     "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with "
     f"Base64): '{hashed('Bearer abc')}'."),
    ("missing parts", {"Authorization": PARTIAL}, "", INCOMPLETE,
     "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. "
     "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
     f"(Hashed with SHA-256 and encoded with Base64) Authorization={hashed(PARTIAL)}"),
    ("query", {}, "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a", INCOMPLETE,
     "AWS query-string parameters must include 'X-Amz-Signature'. AWS query-string parameters must include "
     "'X-Amz-SignedHeaders'. AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters."),
    ("date", {"Authorization": header(), "X-Amz-Date": "today"}, "", INCOMPLETE,
     "Date must be in ISO-8601 'basic format'. Got 'today'. See http://en.wikipedia.org/wiki/ISO_8601"),
    ("host", {"Authorization": header().replace("host;", ""), "X-Amz-Date": NOW}, "", INVALID,
     "'Host' must be a 'SignedHeader' in the AWS Authorization."),
    ("algorithm", {"Authorization": header(algorithm="AWS4-HMAC-MD5"), "X-Amz-Date": NOW}, "", INCOMPLETE,
     "Unsupported AWS 'algorithm': 'AWS4-HMAC-MD5' (only AWS4-HMAC-SHA256 for now). "),
    ("credential", {"Authorization": header(scope="x"), "X-Amz-Date": NOW}, "", INCOMPLETE,
     "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'test/x'"),
    ("region", {"Authorization": header(scope=f"{TODAY}/eu-west-1/execute-api/aws4_request"), "X-Amz-Date": NOW}, "", INVALID,
     "Credential should be scoped to a valid region, not 'eu-west-1'. "),
    ("scope", {"Authorization": header(scope="20150830/eu-west-1/s3/aws3"), "X-Amz-Date": NOW}, "", INVALID,
     "Credential should be scoped to a valid region, not 'eu-west-1'. Credential should be scoped to correct service: "
     "'execute-api'. Credential should be scoped with a valid terminator: 'aws4_request', not 'aws3'. Date in Credential "
     f"scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20150830' != '{TODAY}', from '{NOW}'. "),
    ("key", {"Authorization": header(key="AKIDNOBODY"), "X-Amz-Date": NOW}, "", "UnrecognizedClientException",
     "The security token included in the request is invalid."),
    ("token", {"Authorization": header(key="ASIANOBODY"), "X-Amz-Date": NOW, "X-Amz-Security-Token": "forged"}, "",
     "UnrecognizedClientException", "The security token included in the request is invalid."),
    ("twice", [("Authorization", header()), ("Authorization", header()), ("X-Amz-Date", NOW)], "", INCOMPLETE,
     "'Authorization' must not be given more than once."),
]


@pytest.mark.parametrize("headers, query, error_type, text", [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS])
def test_refusals(guarded, headers, query, error_type, text):
    reply = guarded.call("/who" + query, headers=headers)
    assert (reply.status, reply.error_type, reply.body) == (403, error_type, message(text))


@pytest.mark.parametrize("seconds, words", [(-3600, "Signature expired: {date} is now earlier than "),
                                            (3600, "Signature not yet current: {date} is still later than ")])
def test_times(guarded, seconds, words):
    date = times(seconds)
    reply = guarded.call("/who", headers={"Authorization": header(date=date), "X-Amz-Date": date})
    assert (reply.status, reply.error_type) == (403, INVALID)
    sign = "-" if seconds < 0 else "+"
    text = reply.json["message"]
    assert text.startswith(words.format(date=date)) and text.endswith(f"Z {sign} 5 min.)"), text


def test_a_mismatch_shows_what_should_have_been_signed(guarded):
    made = signing.request(guarded, "/who?b=1&a=2")
    SigV4Auth(signing.ROOT, "execute-api", "us-east-1").add_auth(made)
    date = made.headers["X-Amz-Date"]
    made.url = made.url.replace("b=1", "b=3")
    reply = signing.send(guarded, made)
    assert (reply.status, reply.error_type) == (403, INVALID)
    empty = hashlib.sha256(b"").hexdigest()
    canonical = f"GET\n/test/who\na=2&b=3\nhost:{guarded.host}\nx-amz-date:{date}\n\nhost;x-amz-date\n{empty}"
    sts = f"AWS4-HMAC-SHA256\n{date}\n{date[:8]}/us-east-1/execute-api/aws4_request\n"
    sts += hashlib.sha256(canonical.encode()).hexdigest()
    assert reply.json["message"] == (
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and "
        "signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have "
        f"been\n'{canonical}'\n\nThe String-to-Sign should have been\n'{sts}'\n")


@pytest.mark.parametrize("change", [
    {"headers": {"X-HTTP-Method-Override": "POST"}},
    {"path": "/who?x=1"}, {"path": "/a/who"}, {"method": "POST"}, {"headers": {"X-Amz-Date": "20150830T123600Z"}},
], ids=str)
def test_nothing_that_was_signed_can_be_changed(guarded, change):
    made = signing.request(guarded, "/who")
    SigV4Auth(signing.ROOT, "execute-api", "us-east-1").add_auth(made)
    headers = {**dict(made.headers.items()), **change.get("headers", {})}
    reply = guarded.call(change.get("path", "/who"), change.get("method", "GET"), headers)
    assert reply.status == 403


def test_a_signature_is_good_for_one_method(shared_api):
    """All these paths have one canonical form, which is what is signed; not all of them lead to one method."""
    api = shared_api()
    for path in ["/who", "/{a}/{b}", "/files/{proxy+}"]:
        api.mock(path, body="$context.resourcePath", authorizationType="AWS_IAM")
    api.deploy()

    def replayed(signed, sent, presigned):
        made = signing.request(api, signed)
        signer = SigV4QueryAuth if presigned else SigV4Auth
        signer(signing.ROOT, "execute-api", "us-east-1").add_auth(made)
        made.url = made.url.replace(f"/test{signed}", sent, 1)
        reply = signing.send(api, made)
        return reply.status if reply.status == 200 else reply.error_type

    for signed, sent, expected in [
        ("/who", "/test/who", 200), ("/who", "//test//who", 200), ("/files/a/b", "/test/files/a//b", 200),
        ("/who", "/test/./who", INVALID), ("/who", "/test/who/.", INVALID), ("/who", "/test/files/../who", INVALID),
        ("/files/a", "/test/files/x/../a", INVALID), ("/files/a", "/test/files/./a", INVALID),
    ]:
        for presigned in (False, True):
            assert replayed(signed, sent, presigned) == expected, (sent, presigned)


def test_signed_calls_of_no_method(guarded):
    """Whose key is known learns that there is no such method; whose key is not, that it is not."""
    for credentials, expected in [(signing.ROOT, "MissingAuthenticationTokenException"),
                                  (Credentials("AKIDNOBODY", "x"), "UnrecognizedClientException"),
                                  (Credentials("ASIANOBODY", "x", "forged"), "UnrecognizedClientException")]:
        assert signing.call(guarded, "/nothing", credentials=credentials).error_type == expected


def test_values_beyond_ascii_are_signed(guarded):
    made = signing.request(guarded, "/who", headers={"X-Name": "é"})
    SigV4Auth(signing.ROOT, "execute-api", "us-east-1").add_auth(made)
    headers = [(name, value.encode().decode("latin-1")) for name, value in made.headers.items()]
    target = made.url.split(guarded.host, 1)[1]
    assert raw.send(guarded.gateway.port, "GET", target, headers, host=guarded.host).status == 200


def test_unsigned_bodies_are_refused(guarded):
    made = signing.request(guarded, "/who", "POST", {"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD"}, b"any")
    SigV4Auth(signing.ROOT, "execute-api", "us-east-1").add_auth(made)
    assert signing.send(guarded, made).error_type == INVALID


def test_presigned_urls_expire(guarded, monkeypatch):
    made = signing.request(guarded, "/who")
    signer = SigV4QueryAuth(signing.ROOT, "execute-api", "us-east-1", expires=604_801)
    signer.add_auth(made)
    assert signing.send(guarded, made).error_type == INCOMPLETE
    old = times(-120)
    query = (f"?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=test%2F{old[:8]}%2Fus-east-1%2Fexecute-api%2Faws4_request"
             f"&X-Amz-Date={old}&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=00")
    reply = guarded.call("/who" + query)
    assert reply.error_type == INVALID and reply.json["message"].startswith(f"Signature expired: {old}"), reply.text


def test_gateway_responses_of_refusals_can_be_customized(shared_api):
    api = shared_api()
    for kind, status in [("MISSING_AUTHENTICATION_TOKEN", "401"), ("INVALID_SIGNATURE", "402"), ("ACCESS_DENIED", "404")]:
        api.client.put_gateway_response(restApiId=api.id, responseType=kind, statusCode=status,
                                        responseTemplates={"application/json": '{"kind":"$context.error.responseType"}'})
    build(api)
    assert (reply := api.call("/who")).status == 401 and reply.json == {"kind": "MISSING_AUTHENTICATION_TOKEN"}
    wrong = signing.call(api, "/who", credentials=Credentials("test", "wrong"))
    assert (wrong.status, wrong.json) == (402, {"kind": "INVALID_SIGNATURE"})


# Policies


def test_a_user_may_what_its_policies_allow(guarded, iam):
    name, credentials = user(iam, allow(guarded, "test/GET/who"))
    reply = signing.call(guarded, "/who", credentials=credentials)
    user_id = iam.get_user(UserName=name)["User"]["UserId"]
    assert reply.json == {"accountId": ACCOUNT, "caller": user_id, "user": user_id, "accessKey": credentials.access_key,
                          "userArn": f"arn:aws:iam::{ACCOUNT}:user/{name}"}
    text = (f"User: arn:aws:iam::{ACCOUNT}:user/{name} is not authorized to perform: execute-api:Invoke on resource: "
            "{} because no identity-based policy allows the execute-api:Invoke action")
    denied(signing.call(guarded, "/who", "POST", credentials=credentials), text.format(masked(guarded, "test/POST/who")))
    denied(signing.call(guarded, "/", credentials=credentials), text.format(masked(guarded, "test/GET/")))
    iam.put_user_policy(UserName=name, PolicyName="no", PolicyDocument=document(("Deny", arn(guarded), {})))
    explicit = (f"User: arn:aws:iam::{ACCOUNT}:user/{name} is not authorized to perform: execute-api:Invoke on resource: "
                f"{masked(guarded, 'test/GET/who')} with an explicit deny in an identity-based policy")
    denied(signing.call(guarded, "/who", credentials=credentials), explicit)


def test_changes_count_at_once(guarded, iam):
    name, credentials = user(iam)
    status = lambda: signing.call(guarded, "/who", credentials=credentials).status
    assert status() == 403
    group = f"group-{next(_names)}"
    iam.create_group(GroupName=group)
    iam.put_group_policy(GroupName=group, PolicyName="p", PolicyDocument=allow(guarded))
    iam.add_user_to_group(GroupName=group, UserName=name)
    assert status() == 200
    iam.remove_user_from_group(GroupName=group, UserName=name)
    assert status() == 403
    policy = iam.create_policy(PolicyName=f"policy-{next(_names)}", PolicyDocument=allow(guarded))["Policy"]["Arn"]
    iam.attach_user_policy(UserName=name, PolicyArn=policy)
    assert status() == 200
    iam.create_policy_version(PolicyArn=policy, PolicyDocument=allow(guarded, "other/*"), SetAsDefault=True)
    assert status() == 403
    iam.attach_user_policy(UserName=name, PolicyArn="arn:aws:iam::aws:policy/AmazonAPIGatewayInvokeFullAccess")
    assert status() == 200
    iam.put_user_permissions_boundary(UserName=name, PermissionsBoundary=policy)
    assert status() == 403
    iam.delete_user_permissions_boundary(UserName=name)
    assert status() == 200
    iam.update_access_key(UserName=name, AccessKeyId=credentials.access_key, Status="Inactive")
    assert signing.call(guarded, "/who", credentials=credentials).error_type == "UnrecognizedClientException"
    iam.update_access_key(UserName=name, AccessKeyId=credentials.access_key, Status="Active")
    assert status() == 200
    iam.delete_access_key(UserName=name, AccessKeyId=credentials.access_key)
    assert signing.call(guarded, "/who", credentials=credentials).error_type == "UnrecognizedClientException"


def test_sessions_of_roles(guarded, iam, sts):
    name, role_arn, role_id = role(iam, allow(guarded))
    session = assume(sts, role_arn)
    for presigned in (None, 60):
        reply = signing.call(guarded, "/who", credentials=session, presigned=presigned)
        assert reply.json == {"accountId": ACCOUNT, "caller": f"{role_id}:job", "user": f"{role_id}:job",
                              "userArn": f"arn:aws:sts::{ACCOUNT}:assumed-role/{name}/job", "accessKey": session.access_key}
    bounded = assume(sts, role_arn, Policy=allow(guarded, "test/GET/admin"))
    assert signing.call(guarded, "/admin", credentials=bounded).status == 200
    denied(signing.call(guarded, "/who", credentials=bounded),
           f"User: arn:aws:sts::{ACCOUNT}:assumed-role/{name}/job is not authorized to perform: execute-api:Invoke on "
           f"resource: {masked(guarded, 'test/GET/who')} because no session policy allows the execute-api:Invoke action")
    for other in [Credentials(session.access_key, session.secret_key),
                  Credentials(session.access_key, session.secret_key, session.token[:-8]),
                  Credentials(bounded.access_key, bounded.secret_key, session.token),
                  Credentials(session.access_key, session.secret_key, "A" * 9_000)]:
        assert signing.call(guarded, "/who", credentials=other).error_type == "UnrecognizedClientException"
    iam.delete_role_policy(RoleName=name, PolicyName="p")
    assert signing.call(guarded, "/who", credentials=session).error_type == "AccessDeniedException"
    iam.delete_role(RoleName=name)
    trust = json.dumps({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": ACCOUNT}}})
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)
    iam.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=allow(guarded))
    assert signing.call(guarded, "/who", credentials=session).error_type == "UnrecognizedClientException"


def test_another_account_needs_the_apis_word_too(gateway, guarded, shared_api):
    stranger = Credentials("111122223333", "test")
    reply = signing.call(guarded, "/who", credentials=stranger)
    assert (reply.status, reply.error_type) == (403, "AccessDeniedException")
    api = shared_api()
    api.patch("update_rest_api", ("replace", "/policy", json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}]})))
    build(api)
    reply = signing.call(api, "/who", credentials=stranger)
    assert reply.json["accountId"] == "111122223333"
    other = user(make_client("iam", gateway, access_key="111122223333"))[1]
    assert signing.call(api, "/who", credentials=other).status == 403


def test_keys_and_methods_of_others_do_not_meet(guarded):
    assert guarded.call("/open").text == "open"
    assert guarded.call("/open", headers={"Authorization": "Bearer any"}).text == "open"


def test_the_decision_stands_in_the_access_log(tmp_path):
    log, project = tmp_path / "access.log", tmp_path / "project"
    project.mkdir()
    (project / "stagedoor.yaml").write_text(f'access_log: {{target: "{log}", format: "{LOG}"}}\n')
    running = Gateway(tmp_path / "data", [str(project)]).start()
    try:
        api = build(Api(running, make_client("apigateway", running)))
        iam = make_client("iam", running)
        name, credentials = user(iam)
        user_id = iam.get_user(UserName=name)["User"]["UserId"]
        for made in [signing.ROOT, credentials, Credentials("AKIDNOBODY", "x")]:
            signing.call(api, "/who", credentials=made)
        api.call("/open")
    finally:
        assert running.stop() == 0
    user_arn = f"arn:aws:iam::{ACCOUNT}:user/{name}"
    assert log.read_text().splitlines() == [
        f"200 {ACCOUNT} {ACCOUNT} arn:aws:iam::{ACCOUNT}:root {ACCOUNT} 200 200 - -",
        f"403 {user_id} {user_id} {user_arn} {ACCOUNT} 200 403 - User: {user_arn} is not authorized to perform: "
        f"execute-api:Invoke on resource: {masked(api, 'test/GET/who')} because no identity-based policy allows the "
        "execute-api:Invoke action",
        "403 - - - - 403 - The security token included in the request is invalid. -",
        "200 - - - - - - - -",
    ]


def test_functions_see_who_signed(shared_api, lambda_, iam):
    api = shared_api()
    made = functions.create(lambda_, f"iam-{next(_names)}")
    functions.allow(lambda_, made)
    api.lambda_proxy("/f", made, method={"authorizationType": "AWS_IAM"})
    api.deploy()
    name, credentials = user(iam, allow(api))
    reply = signing.call(api, "/f", "POST", credentials=credentials, body=b'{"a":1}')
    identity = reply.json["requestContext"]["identity"]
    user_id = iam.get_user(UserName=name)["User"]["UserId"]
    assert {key: identity[key] for key in ["accessKey", "accountId", "caller", "user", "userArn", "principalOrgId"]} == {
        "accessKey": credentials.access_key, "accountId": ACCOUNT, "caller": user_id, "user": user_id,
        "userArn": f"arn:aws:iam::{ACCOUNT}:user/{name}", "principalOrgId": None}


# Calls in somebody's name


def invoke(function, effect="Allow"):
    return json.dumps({"Version": "2012-10-17", "Statement": {
        "Effect": effect, "Action": "lambda:InvokeFunction", "Resource": function}})


def test_functions_are_called_in_the_name_of_a_role(shared_api, lambda_, iam):
    """The function's own policy lets nobody in; the role has to trust API Gateway, and to be allowed the call."""
    function = functions.create(lambda_, f"named-{next(_names)}")
    roles = {
        "good": role(iam, invoke(function), {"Service": "apigateway.amazonaws.com"}),
        "distrustful": role(iam, invoke(function), {"Service": "s3.amazonaws.com"}),
        "powerless": role(iam, None, {"Service": "apigateway.amazonaws.com"}),
        "denied": role(iam, invoke(function, "Deny"), {"Service": "apigateway.amazonaws.com"}),
    }
    api = shared_api()
    for path, (_, role_arn, _) in roles.items():
        api.lambda_proxy(f"/{path}", function, credentials=role_arn)
    api.lambda_proxy("/missing", function, credentials=f"arn:aws:iam::{ACCOUNT}:role/missing")
    api.lambda_proxy("/none", function)
    api.deploy()
    statuses = {path: api.call(f"/{path}").status for path in [*roles, "missing", "none"]}
    assert statuses == {"good": 200, "distrustful": 500, "powerless": 500, "denied": 500, "missing": 500, "none": 500}
    iam.put_role_policy(RoleName=roles["powerless"][0], PolicyName="p", PolicyDocument=invoke(function))
    assert api.call("/powerless").status == 200


def test_authorizers_are_called_in_the_name_of_a_role(shared_api, lambda_, iam):
    """As functions of integrations: `authorizerCredentials` takes the place of the function's own policy."""
    api = shared_api()
    allowing = functions.create(lambda_, f"gate-{next(_names)}", """
def handler(event, context):
    return {"principalId": "p", "policyDocument": {"Version": "2012-10-17", "Statement": [
        {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": event["methodArn"]}]}}
""")
    service = {"Service": "apigateway.amazonaws.com"}
    powerless = role(iam, None, service)
    roles = {
        "good": role(iam, invoke(allowing), service)[1], "powerless": powerless[1],
        "distrustful": role(iam, invoke(allowing), {"Service": "lambda.amazonaws.com"})[1],
        "missing": f"arn:aws:iam::{ACCOUNT}:role/missing", "none": ""}
    for path, named in roles.items():
        made = api.client.create_authorizer(
            restApiId=api.id, name=path, type="TOKEN", authorizerUri=lambda_uri(allowing), authorizerCredentials=named,
            authorizerResultTtlInSeconds=0, identitySource="method.request.header.X-Token")
        api.mock(f"/{path}", body="in", authorizationType="CUSTOM", authorizerId=made["id"])
    api.deploy()
    statuses = {path: api.call(f"/{path}", headers={"X-Token": "t"}).status for path in roles}
    assert statuses == {"good": 200, "powerless": 500, "distrustful": 500, "missing": 500, "none": 500}
    iam.put_role_policy(RoleName=powerless[0], PolicyName="p", PolicyDocument=invoke(allowing))
    assert api.call("/powerless", headers={"X-Token": "t"}).status == 200


def test_functions_are_called_in_the_name_of_the_caller(shared_api, lambda_, iam):
    function = functions.create(lambda_, f"called-{next(_names)}")
    api = shared_api()
    for path, kind in [("/mine", "AWS_IAM"), ("/nobodys", "NONE")]:
        api.lambda_proxy(path, function, credentials="arn:aws:iam::*:user/*", method={"authorizationType": kind})
    api.deploy()
    name, credentials = user(iam, allow(api))
    assert signing.call(api, "/mine", credentials=credentials).status == 500
    iam.put_user_policy(UserName=name, PolicyName="invoke", PolicyDocument=invoke(function))
    assert signing.call(api, "/mine", credentials=credentials).status == 200
    assert signing.call(api, "/mine").status == 200
    assert api.call("/nobodys").status == 500


def test_callers_of_another_account_need_the_functions_word_too(gateway, shared_api, lambda_):
    """As `lambda:Invoke` of another account: what the caller's policies say does not open somebody else's function."""
    other = "222222222222"
    theirs = make_client("iam", gateway, access_key=other)
    name, credentials = user(theirs, json.dumps({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": ["execute-api:*", "lambda:*"], "Resource": "*"}}))
    function = f"abroad-{next(_names)}"
    made = functions.create(lambda_, function)
    api = shared_api(policy=json.dumps({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": {"AWS": other}, "Action": "execute-api:Invoke", "Resource": "*"}}))
    api.lambda_proxy("/f", made, credentials="arn:aws:iam::*:user/*", method={"authorizationType": "AWS_IAM"})
    api.deploy()
    assert signing.call(api, "/f", credentials=credentials).status == 500
    lambda_.add_permission(FunctionName=function, StatementId="s", Action="lambda:InvokeFunction", Principal=other)
    assert signing.call(api, "/f", credentials=credentials).status == 200
    theirs.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "execute-api:*", "Resource": "*"}}))
    assert signing.call(api, "/f", credentials=credentials).status == 500
