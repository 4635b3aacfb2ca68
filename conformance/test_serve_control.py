"""`serve` with a control plane: only declared or made identities call it, and the audit log says who did what."""

import json
import re
import signal
import subprocess

import pytest
from botocore.exceptions import ClientError

from conftest import REGION
from harness import raw
from harness.process import Gateway, find_binary
from harness.project import Project
from test_control_auth import client_with

IDENTITIES = """\
control: {listen: "127.0.0.1:0", audit_log: AUDIT}
identities:
  users:
    admin:
      policies: ["arn:aws:iam::aws:policy/AdministratorAccess"]
      access_keys: [{id: ADMINKEY00000000, secret_env: ADMIN_SECRET}]
    reader:
      inline: {read: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "apigateway:GET", Resource: "*"}]}}
      access_keys: [{id: READERKEY0000000, secret_env: READER_SECRET}]
"""
SECRETS = {"ADMIN_SECRET": "s3cr3t-of-the-admin-0123456789", "READER_SECRET": "s3cr3t-of-the-reader-0123456789"}
ADMIN = {"AccessKeyId": "ADMINKEY00000000", "SecretAccessKey": SECRETS["ADMIN_SECRET"]}
READER = {"AccessKeyId": "READERKEY0000000", "SecretAccessKey": SECRETS["READER_SECRET"]}


class Plane:
    """The control plane of a `serve`, as the harness's clients see a gateway."""

    def __init__(self, running):
        self.port = int(running.output.wait_for(r"control calls on http://127\.0\.0\.1:(\d+)").group(1))
        self.url = f"http://127.0.0.1:{self.port}"


class Served:
    def __init__(self, folder, audit="audit.log"):
        self.project = Project(folder)
        self.text = (self.project.folder / "stagedoor.yaml").read_text() + IDENTITIES.replace("AUDIT", audit)
        self.project.write("stagedoor.yaml", self.text)
        self.running = Gateway(folder / "data", [str(folder), "--status", "127.0.0.1:0"], SECRETS, "serve").start()
        self.plane = Plane(self.running)

    def client(self, key, service="apigateway"):
        return client_with(self.plane, service, key)

    def audited(self):
        return [json.loads(line) for line in (self.project.folder / "audit.log").read_text().splitlines()]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    made = Served(tmp_path_factory.mktemp("served"))
    yield made
    assert made.running.stop() == 0


def code(call, *arguments, **named):
    with pytest.raises(ClientError) as refused:
        call(*arguments, **named)
    return refused.value.response["Error"]["Code"]


def test_declared_users_call_as_their_policies_say(served):
    made = served.client(ADMIN).create_rest_api(name="made")["id"]
    assert served.client(READER).get_rest_api(restApiId=made)["name"] == "made"
    assert code(served.client(READER).delete_rest_api, restApiId=made) == "AccessDeniedException"
    served.client(ADMIN).delete_rest_api(restApiId=made)
    assert served.client(READER, "sts").get_caller_identity()["Arn"] == "arn:aws:iam::000000000000:user/reader"


def test_nobody_knows_a_root(served):
    for key in ("test", "000000000000", "111122223333"):
        assert code(served.client({"AccessKeyId": key, "SecretAccessKey": "test"}).get_rest_apis) == "UnrecognizedClientException"
    assert raw.send(served.plane.port, "GET", "/restapis").status == 403


def test_planes_are_apart(served):
    """The world's port takes no control calls, and the control plane's port no calls of APIs."""
    assert raw.send(served.running.port, "GET", "/restapis").status == 403
    signed = raw.signed(served.running.port, "GET", "/restapis", access_key=ADMIN["AccessKeyId"], secret=ADMIN["SecretAccessKey"])
    assert signed.status == 403
    assert raw.send(served.running.port, "GET", "/_aws/execute-api/shop/v1/mock").status == 200
    assert raw.send(served.plane.port, "GET", "/_aws/execute-api/shop/v1/mock").status == 404
    assert raw.send(served.plane.port, "POST", "/_stagedoor/reset", {"X-Stagedoor": "1"}).status in (403, 404, 405)


def test_identities_of_the_file_belong_to_the_file(served):
    iam = served.client(ADMIN, "iam")
    assert {user["UserName"] for user in iam.list_users()["Users"]} >= {"admin", "reader"}
    with pytest.raises(ClientError) as refused:
        iam.delete_user(UserName="reader")
    assert "stagedoor.yaml" in refused.value.response["Error"]["Message"]
    with pytest.raises(ClientError) as refused:
        iam.create_access_key(UserName="reader")
    assert "stagedoor.yaml" in refused.value.response["Error"]["Message"]


def test_the_audit_log_says_who_did_what(served):
    before = len(served.audited())
    served.client(READER).get_rest_apis()
    assert code(served.client(READER).create_rest_api, name="n") == "AccessDeniedException"
    served.client(READER, "sts").get_caller_identity()
    read, refused, named = served.audited()[before:]
    assert (read["eventName"], read["status"], read["resource"]) == ("GetRestApis", 200, f"arn:aws:apigateway:{REGION}::/restapis")
    assert read["userIdentity"] == {"arn": "arn:aws:iam::000000000000:user/reader", "accountId": "000000000000", "accessKeyId": "READERKEY0000000"}
    assert read["sourceIPAddress"] == "127.0.0.1" and read["userAgent"].startswith("Boto3/") and read["awsRegion"] == REGION
    assert (refused["status"], refused["errorCode"]) == (403, "AccessDeniedException")
    assert "because no identity-based policy allows the apigateway:POST action" in refused["errorMessage"]
    assert (named["eventSource"], named["eventName"], named["status"]) == ("sts.amazonaws.com", "GetCallerIdentity", 200)
    assert all(re.fullmatch(r"[0-9a-f-]{36}", line["requestID"]) for line in (read, refused, named))
    text = (served.project.folder / "audit.log").read_text()
    assert not any(secret in text for secret in SECRETS.values())
    assert (served.project.folder / "audit.log").stat().st_mode & 0o777 == 0o600


def test_who_fails_often_is_told_nothing_and_holds_nobody_up(tmp_path):
    served = Served(tmp_path)
    wrong = served.client({"AccessKeyId": ADMIN["AccessKeyId"], "SecretAccessKey": "wrong"})
    codes = [code(wrong.get_rest_apis) for _ in range(40)]
    assert codes[:20] == ["InvalidSignatureException"] * 20
    assert codes[-10:] == ["ThrottlingException"] * 10
    assert "items" in served.client(ADMIN).get_rest_apis()
    lines = served.audited()
    assert sum(line["status"] == 403 for line in lines) >= 20 and len(lines) < 40
    assert any("no more of them are listed" in line.get("errorMessage", "") for line in lines)
    assert lines[-1]["eventName"] == "GetRestApis" and lines[-1]["status"] == 200
    assert served.running.stop() == 0


def test_secrets_are_not_in_the_store(served):
    files = [path for path in (served.project.folder / "data").rglob("*") if path.is_file()]
    assert files
    for path in files:
        found = path.read_bytes()
        assert not any(secret.encode() in found for secret in SECRETS.values()), path


def test_a_control_plane_that_nobody_may_call_is_refused(tmp_path):
    project = Project(tmp_path)
    project.write("stagedoor.yaml", (tmp_path / "stagedoor.yaml").read_text() + "control: {listen: '127.0.0.1:0'}\n")
    done = subprocess.run([str(find_binary()), "serve", str(tmp_path), "--listen", "127.0.0.1:0", "--status", "127.0.0.1:0", "--data-dir",
                           str(tmp_path / "data")], capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    assert "nobody could call it" in done.stderr and "identities" in done.stderr


def test_a_reload_takes_rights_away_and_gives_them(tmp_path):
    served = Served(tmp_path)
    assert "items" in served.client(READER).get_rest_apis()
    project, output = served.project, served.running.output
    project.write("stagedoor.yaml", served.text.replace("apigateway:GET", "apigateway:POST"))
    since = len(output.lines)
    served.running.process.send_signal(signal.SIGHUP)
    output.wait_for("reload", since=since)
    assert code(served.client(READER).get_rest_apis) == "AccessDeniedException"
    assert served.running.stop() == 0
