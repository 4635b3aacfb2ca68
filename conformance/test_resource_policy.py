"""Resource policies of APIs: AWS's combination tables cell by cell, condition keys, and paths that mean two things."""

import dataclasses
import itertools
import json
import time

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from conftest import make_client
from harness import functions
from harness.api import Api, lambda_uri
from harness.process import Gateway

ACCOUNT, OTHER = "000000000000", "222222222222"
SAYS = ["Allow", "silent", "Deny"]


def statement(effect="Allow", resource="execute-api:/*", action="execute-api:Invoke", principal="*", **more):
    return {"Effect": effect, "Principal": principal, "Action": action, "Resource": resource, **more}


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def saying(says, principal="*"):
    """A resource policy that allows, says nothing of, or denies every call."""
    resource = "execute-api:/nosuchstage/*" if says == "silent" else "execute-api:/*"
    return document(statement("Deny" if says == "Deny" else "Allow", resource, principal=principal))


def publish(api, stage, policy):
    """A stage with this policy frozen into its deployment."""
    api.patch("update_rest_api", ("replace", "/policy", policy or ""))
    api.deploy(stage)


def masked(account=ACCOUNT):
    return "********" + account[-4:]


def arn(api, stage, path, verb="GET", account=ACCOUNT):
    return f"arn:aws:execute-api:us-east-1:{account}:{api.id}/{stage}/{verb}{path}"


def denial(api, stage, path, why, user="anonymous", verb="GET"):
    resource = arn(api, stage, path, verb, masked())
    text = f"User: {user} is not authorized to perform: execute-api:Invoke on resource: {resource} {why}"
    return json.dumps({"Message": text}, separators=(",", ":")).encode()


IMPLICIT = "because no resource-based policy allows the execute-api:Invoke action"
EXPLICIT = "with an explicit deny in a resource-based policy"
NO_IDENTITY = "because no identity-based policy allows the execute-api:Invoke action"
IDENTITY_DENY = "with an explicit deny in an identity-based policy"


def check_denied(reply, body):
    assert (reply.status, reply.error_type, reply.body) == (403, "AccessDeniedException", body)
    assert reply.header("x-amzn-trace-id") is None


# Who calls: how, and what the identity's own policies say.


@dataclasses.dataclass
class Caller:
    name: str
    identity: str
    account: str
    arn: str
    credentials: Credentials

    def call(self, api, stage, path, verb="GET"):
        """A signed call on the default endpoint."""
        request = AWSRequest(method=verb, url=f"http://{api.host}/{stage}{path}")
        SigV4Auth(self.credentials, "execute-api", "us-east-1").add_auth(request)
        return api.call(path, verb, dict(request.prepare().headers), stage=stage)


def identity_policy(says):
    resource = "arn:aws:execute-api:*:*:nosuchapi/*" if says == "silent" else "arn:aws:execute-api:*:*:*"
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Deny" if says == "Deny" else "Allow", "Action": "execute-api:Invoke", "Resource": resource}]})


def user(gateway, account, says):
    iam = make_client("iam", gateway, "test" if account == ACCOUNT else account)
    name = f"user-{says}"
    made = iam.create_user(UserName=name)["User"]["Arn"]
    iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=identity_policy(says))
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return Caller(f"user {account} {says}", says, account, made, Credentials(key["AccessKeyId"], key["SecretAccessKey"]))


def session(gateway, says):
    iam, sts = make_client("iam", gateway), make_client("sts", gateway)
    trust = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}]})
    name = f"role-{says}"
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    iam.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=identity_policy(says))
    given = sts.assume_role(RoleArn=role, RoleSessionName="job")
    keys = given["Credentials"]
    credentials = Credentials(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])
    return Caller(f"session {says}", says, ACCOUNT, given["AssumedRoleUser"]["Arn"], credentials)


@pytest.fixture(scope="module")
def callers(gateway):
    root = Caller("root", "Allow", ACCOUNT, f"arn:aws:iam::{ACCOUNT}:root", Credentials("test", "test"))
    foreign = Caller("foreign root", "Allow", OTHER, f"arn:aws:iam::{OTHER}:root", Credentials(OTHER, "test"))
    users = [user(gateway, account, says) for account in (ACCOUNT, OTHER) for says in SAYS]
    return [root, foreign, *users, *(session(gateway, says) for says in SAYS)]


AUTHORIZER = """
def handler(event, context):
    says = event["authorizationToken"]
    effect = "Deny" if says == "Deny" else "Allow"
    resource = "arn:aws:execute-api:*:*:nosuchapi/*" if says == "silent" else "arn:aws:execute-api:*:*:*"
    return {"principalId": "me", "policyDocument": {"Version": "2012-10-17", "Statement": [
        {"Action": "execute-api:Invoke", "Effect": effect, "Resource": resource}]}}
"""


@pytest.fixture(scope="module")
def house(shared_api, lambda_):
    """One API whose stages differ in their resource policies."""
    api = shared_api()
    function = functions.create(lambda_, "says", AUTHORIZER)
    functions.allow(lambda_, "says", f"arn:aws:execute-api:us-east-1:{ACCOUNT}:{api.id}/*")
    authorizer = api.client.create_authorizer(
        restApiId=api.id, name="says", type="TOKEN", authorizerUri=lambda_uri(function),
        identitySource="method.request.header.Authorization", authorizerResultTtlInSeconds=0)["id"]
    api.mock("/", body="root").mock("/open", body="open").mock("/open", "POST", body="posted")
    api.mock("/iam", body="signed", authorizationType="AWS_IAM")
    api.mock("/token", body="token", authorizationType="CUSTOM", authorizerId=authorizer)
    api.mock("/any/{proxy+}", body="greedy").mock("/admin", body="admin").mock("/admin/users", body="users")
    for says in SAYS:
        publish(api, says, saying(says))
    publish(api, "none", None)
    return api


# The combination tables.

TABLE_A = {("Allow", "Allow"): 200, ("Allow", "silent"): 200, ("silent", "Allow"): 200}
TABLE_B = {("Allow", "Allow"): 200}


def why(identity, policy, same_account):
    """The end of a signed caller's refusal."""
    if policy == "Deny":
        return EXPLICIT
    if identity == "Deny":
        return IDENTITY_DENY
    return NO_IDENTITY if identity == "silent" or same_account else IMPLICIT


@pytest.mark.parametrize("policy", SAYS)
def test_open_methods_need_an_allow(house, policy):
    reply = house.call("/open", stage=policy)
    if policy == "Allow":
        assert (reply.status, reply.body) == (200, b"open")
    else:
        check_denied(reply, denial(house, policy, "/open", EXPLICIT if policy == "Deny" else IMPLICIT))


@pytest.mark.parametrize("policy", SAYS)
def test_the_policy_speaks_before_it_is_said_that_nothing_matches(house, policy):
    """Whoever is denied does not learn which methods there are."""
    reply = house.call("/nothing", stage=policy)
    if policy == "Allow":
        assert (reply.status, reply.error_type) == (403, "MissingAuthenticationTokenException")
    else:
        check_denied(reply, denial(house, policy, "/nothing", EXPLICIT if policy == "Deny" else IMPLICIT))
    signed = house.call("/nothing", stage=policy, headers={"Authorization": "Bearer x"})
    assert signed.error_type == ("AccessDeniedException" if policy == "Deny" else "IncompleteSignatureException")


def test_without_a_policy_open_methods_are_open(house):
    assert house.call("/open", stage="none").status == 200


@pytest.mark.parametrize("policy", [*SAYS, "none"])
def test_signed_methods(house, callers, policy):
    """Table A within an account, table B across; no policy counts as silent."""
    for caller in callers:
        same_account = caller.account == ACCOUNT
        says = "silent" if policy == "none" else policy
        expected = (TABLE_A if same_account else TABLE_B).get((caller.identity, says), 403)
        reply = caller.call(house, policy, "/iam")
        assert reply.status == expected, f"{caller.name} / {policy}: {reply.text}"
        if expected == 403:
            reason = why(caller.identity, says, same_account)
            check_denied(reply, denial(house, policy, "/iam", reason, caller.arn))


@pytest.mark.parametrize("policy", [*SAYS, "none"])
def test_unsigned_calls_of_signed_methods_fail_first(house, policy):
    reply = house.call("/iam", stage=policy)
    assert (reply.status, reply.error_type) == (403, "MissingAuthenticationTokenException")


@pytest.mark.parametrize("identity, policy", [*itertools.product(SAYS, [*SAYS, "none"])])
def test_lambda_authorizers(house, identity, policy):
    """Table A; what the API's policy denies never reaches the authorizer."""
    reply = house.call("/token", headers={"Authorization": identity}, stage=policy)
    expected = TABLE_A.get((identity, "silent" if policy == "none" else policy), 403)
    assert reply.status == expected, reply.text
    if policy == "Deny":
        check_denied(reply, denial(house, policy, "/token", EXPLICIT))
    elif expected == 403:
        end = f" {IDENTITY_DENY}" if identity == "Deny" else ""
        text = f"User is not authorized to access this resource{end}"
        assert (reply.error_type, reply.json) == ("AccessDeniedException", {"Message": text})


def test_a_denied_call_needs_no_token(house):
    check_denied(house.call("/token", stage="Deny"), denial(house, "Deny", "/token", EXPLICIT))
    assert house.call("/token", stage="silent").status == 401


# What each way to name a principal does for each caller of the account.

def named(callers, name):
    return next(caller for caller in callers if caller.name == name)


def test_principals(house, callers):
    silent_user, silent_session = named(callers, f"user {ACCOUNT} silent"), named(callers, "session silent")
    role = f"arn:aws:iam::{ACCOUNT}:role/role-silent"
    rows = [
        # principal, anonymous, the silent user, the silent session
        ("*", 200, 200, 200),
        ({"AWS": "*"}, 200, 200, 200),
        ({"AWS": ACCOUNT}, 403, 403, 403),
        ({"AWS": silent_user.arn}, 403, 200, 403),
        ({"AWS": role}, 403, 403, 200),
        ({"AWS": silent_session.arn}, 403, 403, 200),
        ({"AWS": [role, silent_user.arn]}, 403, 200, 200),
        ({"Service": "apigateway.amazonaws.com"}, 403, 403, 403),
    ]
    for principal, *expected in rows:
        publish(house, "named", saying("Allow", principal))
        found = [house.call("/open", stage="named").status,
                 silent_user.call(house, "named", "/iam").status, silent_session.call(house, "named", "/iam").status]
        assert found == expected, principal
    publish(house, "named", document(statement(), statement("Deny", principal={"AWS": silent_user.arn})))
    check_denied(silent_user.call(house, "named", "/iam"), denial(house, "named", "/iam", EXPLICIT, silent_user.arn))
    assert silent_session.call(house, "named", "/iam").status == 200


# Actions and resources.

@pytest.mark.parametrize("resource, allowed", [
    ("execute-api:/*", {"/", "/open", "POST /open", "/admin", "/admin/users"}),
    ("execute-api:/part/*", {"/", "/open", "POST /open", "/admin", "/admin/users"}),
    ("execute-api:/part/GET/*", {"/", "/open", "/admin", "/admin/users"}),
    ("execute-api:/part/GET/", {"/"}),
    ("execute-api:/part/GET", set()),
    ("execute-api:/part/POST/open", {"POST /open"}),
    ("execute-api:/*/*/open", {"/open", "POST /open"}),
    ("execute-api:/*/GET/admin*", {"/admin", "/admin/users"}),
    ("execute-api:/*/GET/admin/*", {"/admin/users"}),
    ("execute-api:/*/get/open", set()),
    ("execute-api:/*/GET/OPEN", set()),
    ("execute-api:/?art/?ET/ope?", {"/open"}),
    ("execute-api:/other/*", set()),
    ("arn:aws:execute-api:us-east-1:000000000000:{api}/*", {"/", "/open", "POST /open", "/admin", "/admin/users"}),
    ("arn:aws:execute-api:us-east-1:000000000000:*/part/GET/open", {"/open"}),
    ("arn:aws:execute-api:eu-west-1:000000000000:{api}/*", set()),
    ("arn:aws:execute-api:us-east-1:111111111111:{api}/*", set()),
    ("arn:aws:execute-api:us-east-1:000000000000:otherapi/*", set()),
    ("*", {"/", "/open", "POST /open", "/admin", "/admin/users"}),
])
def test_resources(house, resource, allowed):
    resource = resource.replace("{api}", house.id)
    calls = {"/": "GET", "/open": "GET", "POST /open": "POST", "/admin": "GET", "/admin/users": "GET"}
    answers = lambda: {name for name, verb in calls.items()
                       if house.call(name.split(" ")[-1], verb, stage="part").status == 200}
    publish(house, "part", document(statement(resource=resource)))
    assert answers() == allowed
    publish(house, "part", document(statement(), statement("Deny", resource)))
    assert answers() == set(calls) - allowed
    only_others = statement()
    del only_others["Resource"]
    publish(house, "part", document({**only_others, "NotResource": resource}))
    assert answers() == set(calls) - allowed


@pytest.mark.parametrize("action, status", [
    ("execute-api:Invoke", 200), ("execute-api:invoke", 200), ("execute-api:*", 200), ("*", 200),
    (["s3:GetObject", "execute-api:Inv*"], 200), ("execute-api:InvalidateCache", 403), ("lambda:InvokeFunction", 403),
])
def test_actions(house, action, status):
    publish(house, "part", document(statement(action=action)))
    assert house.call("/open", stage="part").status == status


# Condition keys.

def at(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + seconds))


HOUR = 3600
CONDITIONS = [
    # condition, headers, whether it holds
    ({"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}}, {}, True),
    ({"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "127.0.0.1"]}}, {}, True),
    ({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}, {}, False),
    ({"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}, {}, True),
    ({"StringEquals": {"aws:SourceIp": "127.0.0.1"}}, {}, True),
    # Whoever calls cannot say where from.
    ({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}, {"X-Forwarded-For": "10.1.2.3"}, False),
    ({"StringEquals": {"aws:UserAgent": "agent/1"}}, {"User-Agent": "agent/1"}, True),
    ({"StringLike": {"aws:useragent": "agent/*"}}, {"User-Agent": "agent/1"}, True),
    ({"StringEquals": {"aws:UserAgent": "agent/1"}}, {}, False),
    ({"StringEquals": {"aws:Referer": "https://a.example/"}}, {"Referer": "https://a.example/"}, True),
    ({"StringLike": {"aws:Referer": "https://a.example/*"}}, {"Referer": "https://b.example/a.example/"}, False),
    ({"Null": {"aws:Referer": "true"}}, {}, True),
    ({"Null": {"aws:Referer": "true"}}, {"Referer": "x"}, False),
    ({"Bool": {"aws:SecureTransport": "false"}}, {}, True),
    ({"Bool": {"aws:SecureTransport": "true"}}, {"X-Forwarded-Proto": "https"}, False),
    ({"DateGreaterThan": {"aws:CurrentTime": at(-HOUR)}, "DateLessThan": {"aws:CurrentTime": at(HOUR)}}, {}, True),
    ({"DateGreaterThan": {"aws:CurrentTime": at(HOUR)}}, {}, False),
    ({"NumericGreaterThan": {"aws:EpochTime": str(int(time.time()) - HOUR)}}, {}, True),
    ({"DateLessThan": {"aws:EpochTime": str(int(time.time()) - HOUR)}}, {}, False),
    ({"StringEquals": {"aws:SourceVpce": "vpce-1"}}, {}, False),
    ({"StringNotEquals": {"aws:SourceVpc": "vpc-1"}}, {}, True),
    ({"StringEquals": {"aws:PrincipalAccount": ACCOUNT}}, {}, False),
    ({"StringEquals": {"aws:ResourceAccount": ACCOUNT}}, {}, True),
    ({"StringEquals": {"aws:ResourceAccount": OTHER}}, {}, False),
    ({"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}}, {}, True),
    ({"StringEquals": {"aws:username": "anybody"}}, {}, False),
]


@pytest.mark.parametrize("condition, headers, holds", CONDITIONS)
def test_conditions(house, condition, headers, holds):
    publish(house, "part", document(statement(Condition=condition)))
    assert house.call("/open", headers=headers, stage="part").status == (200 if holds else 403)
    publish(house, "part", document(statement(), statement("Deny", Condition=condition)))
    assert house.call("/open", headers=headers, stage="part").status == (403 if holds else 200)


@pytest.mark.parametrize("header, key", [("User-Agent", "aws:UserAgent"), ("Referer", "aws:Referer")])
def test_a_header_that_stands_twice_proves_nothing(house, header, key):
    """Nobody can tell which one counts: an Allow does not match, a Deny does."""
    both = [(header, "good"), (header, "bad")]
    for values in (both, both[::-1]):
        publish(house, "part", document(statement(Condition={"StringLike": {key: "*"}})))
        assert house.call("/open", headers=values, stage="part").status == 403
        publish(house, "part", document(statement(), statement("Deny", Condition={"StringEquals": {key: "other"}})))
        assert house.call("/open", headers=values, stage="part").status == 403


def test_signed_callers_answer_keys(house, callers):
    caller = named(callers, f"user {ACCOUNT} silent")
    rows = [
        ({"StringEquals": {"aws:PrincipalAccount": ACCOUNT}}, 200),
        ({"StringEquals": {"aws:username": "user-silent"}}, 200),
        ({"StringEquals": {"aws:PrincipalType": "User"}}, 200),
        ({"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:user/user-*"}}, 200),
        ({"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{OTHER}:user/*"}}, 403),
        ({"StringLike": {"aws:userid": "AIDA*"}}, 200),
        ({"StringEquals": {"aws:username": "other"}}, 403),
        ({"Null": {"aws:TokenIssueTime": "true"}}, 200),
    ]
    for condition, status in rows:
        publish(house, "part", document(statement(Condition=condition)))
        assert caller.call(house, "part", "/iam").status == status, condition
    publish(house, "part", document(statement(resource="execute-api:/part/GET/${aws:PrincipalType}")))
    assert caller.call(house, "part", "/iam").status == 403


# Paths that mean one thing here and another to a backend.

@pytest.mark.parametrize("path", [
    "/admin/", "//admin", "///admin/", "/admin//", "/any/../admin", "/any/..%2fadmin", "/any/..%2Fadmin", "/any/%2e%2e/admin",
    "/any/%2e%2e%2fadmin", "/any/%252e%252e%252fadmin", "/any/..%5cadmin", "/any/.%2e/admin/users", "/any/x/../../admin/users",
    "/any//../admin", "/any/./../admin", "/any/..;x=1/admin",
])
def test_no_path_gets_around_a_deny(house, path):
    """`/admin` is closed: by a deny, and by an allow that names everything else."""
    closed = ["execute-api:/*/*/admin", "execute-api:/*/*/admin/*"]
    publish(house, "part", document(statement(), statement("Deny", closed)))
    assert house.call(path, stage="part").status == 403
    publish(house, "part", document(statement(resource=["execute-api:/*/*/any/*", "execute-api:/*/*/open"])))
    assert house.call(path, stage="part").status == 403


@pytest.mark.parametrize("path", ["/any/%61dmin", "/any/a%64min", "/any/%25%36%31dmin", "/any//admin", "/any/admin/"])
def test_needless_escapes_hide_from_no_deny(house, path):
    publish(house, "part", document(statement(), statement("Deny", "execute-api:/*/*/any/admin")))
    assert house.call(path, stage="part").status == 403


@pytest.mark.parametrize("path", ["/any/a%20b", "/any/a%2Bb@c", "/any/a..b", "/any/...", "/any/%C3%A9", "/open/", "/any/a;b"])
def test_honest_paths_pass(house, path):
    publish(house, "part", document(statement(resource=["execute-api:/*/*/any/*", "execute-api:/*/*/open"])))
    assert house.call(path, stage="part").status == 200


def test_the_verb_that_runs_counts(house):
    """`X-HTTP-Method-Override` changes what is called, and so what is asked."""
    publish(house, "part", document(statement(resource="execute-api:/*/GET/*")))
    reply = house.call("/open", headers={"X-HTTP-Method-Override": "POST"}, stage="part")
    check_denied(reply, denial(house, "part", "/open", IMPLICIT, verb="POST"))


# Policies as they are stored, frozen and answered.

def test_a_policy_counts_from_the_next_deployment(house):
    publish(house, "frozen", saying("Deny"))
    house.patch("update_rest_api", ("replace", "/policy", saying("Allow")))
    assert house.call("/open", stage="frozen").status == 403
    house.deploy("frozen")
    assert house.call("/open", stage="frozen").status == 200


@pytest.mark.parametrize("policy", [
    "no json", "[]", "{}", '{"Statement":{}}',
    document({k: v for k, v in statement().items() if k != "Principal"}),
    document({k: v for k, v in statement().items() if k != "Action"}),
    document({k: v for k, v in statement().items() if k != "Resource"}),
    document(statement("Permit")), document(statement(principal={"AWS": "nobody"})), document(statement(principal="me")),
    document(statement(Condition={"StringIs": {"a:b": "c"}})),
    document(statement(Condition={"IpAddress": {"aws:SourceIp": "10.0.0.0/99"}})),
    document(statement(Unknown="x")),
    '{"Version":"2012-10-17","Version":"2008-10-17","Statement":[]}',
])
def test_what_is_no_policy_is_refused(house, policy):
    with pytest.raises(ClientError) as refused:
        house.patch("update_rest_api", ("replace", "/policy", policy))
    error = refused.value.response["Error"]
    assert error["Code"] == "BadRequestException"
    assert error["Message"] == ("Invalid policy document. Please check the policy syntax and ensure that "
                                "Principals are valid.")


def test_a_private_api_needs_a_policy(shared_api):
    api = shared_api(endpointConfiguration={"types": ["PRIVATE"]})
    api.mock("/open", body="open").deploy("bare")
    check_denied(api.call("/open", stage="bare"), denial(api, "bare", "/open", IMPLICIT))
    publish(api, "open", saying("Allow"))
    assert api.call("/open", stage="open").status == 200
    # Which VPC endpoint a call came through nobody here can tell.
    only = {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}
    publish(api, "vpce", document(statement(), statement("Deny", Condition=only)))
    check_denied(api.call("/open", stage="vpce"), denial(api, "vpce", "/open", EXPLICIT))
    publish(api, "vpce", document(statement(Condition={"StringEquals": {"aws:SourceVpce": "vpce-1"}})))
    assert api.call("/open", stage="vpce").status == 403
    publish(api, "address", document(statement(Condition={"IpAddress": {"aws:VpcSourceIp": "127.0.0.0/8"}})))
    assert api.call("/open", stage="address").status == 200
    publish(api, "address", document(statement(Condition={"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}})))
    assert api.call("/open", stage="address").status == 403


def test_refusals_can_be_customised(shared_api):
    api = shared_api()
    api.mock("/open", body="open")
    api.client.put_gateway_response(restApiId=api.id, responseType="ACCESS_DENIED", statusCode="404",
                                    responseTemplates={"application/json": '{"gone":$context.error.messageString}'})
    publish(api, "closed", saying("Deny"))
    reply = api.call("/open", stage="closed")
    assert (reply.status, reply.error_type) == (404, "AccessDeniedException")
    assert reply.json["gone"].endswith(EXPLICIT)


def test_the_log_names_the_statement(gateway, house):
    publish(house, "part", document(statement(), statement("Deny", Sid="Office", Condition={"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}})))
    assert house.call("/open", stage="part").status == 403
    gateway.output.wait_for(r'denied by statement 2 \("Office"\) of the resource-based policy')


def test_imported_policies_count(gateway, apigateway):
    text = json.dumps({
        "openapi": "3.0.1", "info": {"title": "p", "version": "1"},
        "x-amazon-apigateway-policy": json.loads(document(statement(resource="execute-api:/*/GET/pets"))),
        "paths": {path: {"get": {"x-amazon-apigateway-integration": {
            "type": "mock", "requestTemplates": {"application/json": '{"statusCode": 200}'},
            "responses": {"default": {"statusCode": "200"}}}, "responses": {"200": {"description": "ok"}}}}
            for path in ("/pets", "/dogs")}})
    made = apigateway.import_rest_api(body=text)
    api = Api.__new__(Api)
    api.gateway, api.client, api.id = gateway, apigateway, made["id"]
    api.deploy("s")
    assert [api.call(path, stage="s").status for path in ("/pets", "/dogs")] == [200, 403]


def test_behind_a_trusted_proxy_the_client_counts(tmp_path):
    """The right-most address that no trusted proxy has, never what the client itself claims."""
    (tmp_path / "stagedoor.yaml").write_text("trusted_proxies: [127.0.0.1]\n")
    running = Gateway(tmp_path / "data", [str(tmp_path)]).start()
    try:
        api = Api(running, make_client("apigateway", running))
        api.mock("/open", body="open")
        publish(api, "s", document(statement(Condition={"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}})))
        for forwarded, status in [("203.0.113.9", 200), ("198.51.100.1", 403), ("203.0.113.9, 198.51.100.1", 403),
                                  ("198.51.100.1, 203.0.113.9", 200), (None, 403)]:
            headers = {"X-Forwarded-For": forwarded} if forwarded else {}
            assert api.call("/open", headers=headers, stage="s").status == status, forwarded
    finally:
        running.stop()
