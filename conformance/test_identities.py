"""Identities that stagedoor.yaml declares, and the key that stored secrets are sealed with."""

import base64
import json
import os
import pathlib
import subprocess

import pytest

from harness.process import Gateway, find_binary
from test_iam import client_of, refused

ACCOUNT, OTHER = "111122223333", "444455556666"
CI = {"AccessKeyId": "AKIAEXAMPLE000000001", "SecretAccessKey": "a-secret-of-the-environment"}
GUEST = {"AccessKeyId": "AKIAEXAMPLE000000002", "SecretAccessKey": "a-secret-of-a-file"}
TRUST = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}]}
CONFIGURATION = f"""
account: '{ACCOUNT}'
identities:
  policies:
    assumer: {{Version: '2012-10-17', Statement: [{{Effect: Allow, Action: 'sts:AssumeRole', Resource: '*'}}]}}
  users:
    ci:
      policies: [AmazonAPIGatewayAdministrator, IAMFullAccess, assumer]
      access_keys: [{{id: {CI["AccessKeyId"]}, secret_env: CI_SECRET}}]
  roles:
    reader:
      trust: trust.json
      policies: [ReadOnlyAccess]
  accounts:
    '{OTHER}':
      users:
        guest:
          policies: [ReadOnlyAccess]
          access_keys: [{{id: {GUEST["AccessKeyId"]}, secret_file: guest.secret}}]
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("project")
    (folder / "stagedoor.yaml").write_text(CONFIGURATION)
    (folder / "trust.json").write_text(json.dumps(TRUST))
    (folder / "guest.secret").write_text(GUEST["SecretAccessKey"] + "\n")
    return folder


@pytest.fixture(scope="module")
def gateway(tmp_path_factory, project):
    environment = {"CI_SECRET": CI["SecretAccessKey"]}
    running = Gateway(tmp_path_factory.mktemp("data"), [str(project)], environment).start()
    yield running
    assert running.stop() == 0, running.output.text()[-4000:]


def test_declared_users_call_and_belong_to_their_accounts(gateway):
    seen = client_of(gateway, "sts", CI).get_caller_identity()
    assert seen["Arn"] == f"arn:aws:iam::{ACCOUNT}:user/ci"
    made = client_of(gateway, "apigateway", CI).create_rest_api(name="declared")
    other = client_of(gateway, "apigateway", GUEST)
    assert other.get_rest_apis()["items"] == []
    refused("NotFoundException", 404, other.get_rest_api, restApiId=made["id"])
    refused("AccessDeniedException", 403, other.create_rest_api, name="guest")
    assert client_of(gateway, "sts", GUEST).get_caller_identity()["Account"] == OTHER


def test_a_declared_role_is_assumed(gateway):
    arn = f"arn:aws:iam::{ACCOUNT}:role/reader"
    made = client_of(gateway, "sts", CI).assume_role(RoleArn=arn, RoleSessionName="once")["Credentials"]
    session = client_of(gateway, "apigateway", made, made["SessionToken"])
    session.get_rest_apis()
    refused("AccessDeniedException", 403, session.create_rest_api, name="x")


def test_only_the_file_changes_what_it_declares(gateway, project):
    iam = client_of(gateway, "iam", CI)
    for call, arguments in [
        (iam.delete_user, {"UserName": "ci"}),
        (iam.create_access_key, {"UserName": "ci"}),
        (iam.delete_access_key, {"UserName": "ci", "AccessKeyId": CI["AccessKeyId"]}),
        (iam.attach_user_policy, {"UserName": "ci", "PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"}),
        (iam.update_assume_role_policy, {"RoleName": "reader", "PolicyDocument": json.dumps(TRUST)}),
        (iam.delete_policy, {"PolicyArn": f"arn:aws:iam::{ACCOUNT}:policy/assumer"}),
    ]:
        message = refused("UnmodifiableEntity", 400, call, **arguments)
        assert f"declared in {project / 'stagedoor.yaml'}" in message
    refused("EntityAlreadyExists", 409, iam.create_user, UserName="CI")
    iam.create_user(UserName="made-by-a-call")


def test_a_saved_file_takes_effect(gateway, project):
    """Ids stay, what is gone from the file is gone, what calls made stays."""
    iam = client_of(gateway, "iam", CI)
    before = iam.get_user(UserName="ci")["User"]["UserId"]
    changed = CONFIGURATION.replace("policies: [ReadOnlyAccess]\n  accounts", "policies: []\n  accounts")
    changed = changed.replace("    reader:", "    viewer:")
    since = len(gateway.output.lines)
    (project / "stagedoor.yaml").write_text(changed)
    gateway.output.wait_for("stagedoor.yaml", timeout=30, since=since)
    assert iam.get_user(UserName="ci")["User"]["UserId"] == before
    iam.get_waiter("role_exists").wait(RoleName="viewer", WaiterConfig={"Delay": 1, "MaxAttempts": 20})
    refused("NoSuchEntity", 404, iam.get_role, RoleName="reader")
    iam.create_role(RoleName="by-call", AssumeRolePolicyDocument=json.dumps(TRUST))
    assert iam.get_role(RoleName="by-call")["Role"]["RoleName"] == "by-call"


def test_secrets_are_not_on_disk(gateway):
    for file in pathlib.Path(gateway.data_dir).iterdir():
        if file.is_file():
            content = file.read_bytes()
            assert CI["SecretAccessKey"].encode() not in content, file
            assert GUEST["SecretAccessKey"].encode() not in content, file
    assert (gateway.data_dir / "secret.key").stat().st_mode & 0o777 == 0o600


def start_refused(data_dir, environment=None, arguments=()):
    """The output of a gateway that does not start."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("AWS_", "STAGEDOOR_"))}
    done = subprocess.run(
        [str(find_binary()), "dev", *arguments, "--listen", "127.0.0.1:0", "--data-dir", str(data_dir)],
        env={**clean, "NO_COLOR": "1", **(environment or {})}, capture_output=True, text=True, timeout=60,
        stdin=subprocess.DEVNULL)
    assert done.returncode != 0, done.stdout
    return done.stdout + done.stderr


def make_key(gateway):
    iam = client_of(gateway, "iam", {"AccessKeyId": "test", "SecretAccessKey": "test"})
    iam.create_user(UserName="somebody")
    return iam.create_access_key(UserName="somebody")["AccessKey"]


def test_the_key_may_come_from_the_environment_and_be_rotated(tmp_path):
    one, two = (base64.b64encode(bytes([byte]) * 32).decode() for byte in (1, 2))
    gateway = Gateway(tmp_path / "data", environment={"STAGEDOOR_SECRET_KEY": one}).start()
    key = make_key(gateway)
    assert gateway.stop() == 0
    assert not (tmp_path / "data" / "secret.key").exists()
    refusal = start_refused(tmp_path / "data")
    assert "encrypted with the secret key" in refusal and "STAGEDOOR_SECRET_KEY" in refusal
    assert "encrypted with the secret key" in start_refused(tmp_path / "data", {"STAGEDOOR_SECRET_KEY": two})
    assert "32 random bytes in base64" in start_refused(tmp_path / "data", {"STAGEDOOR_SECRET_KEY": "short"})
    for keys in (f"{two} {one}", two):
        gateway = Gateway(tmp_path / "data", environment={"STAGEDOOR_SECRET_KEY": keys}).start()
        assert client_of(gateway, "sts", key).get_caller_identity()["Arn"].endswith(":user/somebody")
        assert gateway.stop() == 0
    assert "encrypted with the secret key" in start_refused(tmp_path / "data", {"STAGEDOOR_SECRET_KEY": one})


def test_the_key_may_come_from_a_file(tmp_path):
    project = tmp_path / "project"
    project.mkdir()
    (project / "stagedoor.yaml").write_text("secret_key_file: stagedoor.key\n")
    (project / "stagedoor.key").write_text("# current\n" + base64.b64encode(os.urandom(32)).decode() + "\n")
    gateway = Gateway(tmp_path / "data", [str(project)]).start()
    key = make_key(gateway)
    gateway.restart()
    assert client_of(gateway, "sts", key).get_caller_identity()["Arn"].endswith(":user/somebody")
    assert gateway.stop() == 0
    (project / "stagedoor.key").write_text("nonsense")
    refusal = start_refused(tmp_path / "data", arguments=[str(project)])
    assert "stagedoor.key" in refusal and "32 random bytes in base64" in refusal


@pytest.mark.parametrize("identities, expected", [
    ("{users: {u: {policies: [Missing]}}}", "there is no policy `Missing`"),
    ("{roles: {r: {trust: {Version: '2012-10-17'}}}}", "trust policy of role r"),
    ("{users: {u: {groups: [none]}}}", "there is no group none"),
    ("{policies: {p: {Statement: [{Effect: Maybe, Action: '*', Resource: '*'}]}}}", "policy p"),
])
def test_mistakes_say_where(tmp_path, identities, expected):
    (tmp_path / "stagedoor.yaml").write_text(f"identities: {identities}\n")
    assert expected in start_refused(tmp_path / "data", arguments=[str(tmp_path)])
