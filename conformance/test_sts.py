"""STS: who calls, and sessions that end when they should."""

import json
import re
import threading

import pytest

from conftest import make_client
from test_iam import ADMINISTRATOR, ALLOW, client_of, refused

ACCOUNT = "000000000000"


def trust(principal, action="sts:AssumeRole", **statement):
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": principal, "Action": action, **statement}]})


@pytest.fixture(scope="module")
def iam(gateway):
    return make_client("iam", gateway)


@pytest.fixture(scope="module")
def sts(gateway):
    return make_client("sts", gateway)


@pytest.fixture(scope="module")
def user(iam):
    """A user who may assume roles and nothing else."""
    iam.create_user(UserName="walker")
    document = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["sts:AssumeRole", "sts:TagSession"], "Resource": "*"}]}
    iam.put_user_policy(UserName="walker", PolicyName="assume", PolicyDocument=json.dumps(document))
    return iam.create_access_key(UserName="walker")["AccessKey"]


def role(iam, name, policy, **fields):
    made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=policy, **fields)["Role"]
    iam.attach_role_policy(RoleName=name, PolicyArn=ADMINISTRATOR)
    return made["Arn"]


def session(gateway, service, credentials):
    return client_of(gateway, service, credentials, credentials["SessionToken"])


def test_root_and_users_know_who_they_are(gateway, sts, user):
    root = sts.get_caller_identity()
    assert (root["UserId"], root["Account"], root["Arn"]) == (ACCOUNT, ACCOUNT, f"arn:aws:iam::{ACCOUNT}:root")
    own = client_of(gateway, "sts", user).get_caller_identity()
    assert own["Arn"] == f"arn:aws:iam::{ACCOUNT}:user/walker" and own["UserId"].startswith("AIDA")
    elsewhere = make_client("sts", gateway, "123456789012").get_caller_identity()
    assert elsewhere["Account"] == "123456789012"


def test_a_role_is_assumed_by_whom_it_trusts(gateway, iam, user):
    arn = role(iam, "trusting", trust({"AWS": ACCOUNT}), Path="/x/")
    answer = client_of(gateway, "sts", user).assume_role(RoleArn=arn, RoleSessionName="walk")
    credentials = answer["Credentials"]
    assert re.fullmatch("ASIA[A-Z2-7]{16}", credentials["AccessKeyId"])
    assert answer["AssumedRoleUser"]["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/trusting/walk"
    seen = session(gateway, "sts", credentials).get_caller_identity()
    assert seen["Arn"] == answer["AssumedRoleUser"]["Arn"]
    assert seen["UserId"] == answer["AssumedRoleUser"]["AssumedRoleId"]
    session(gateway, "apigateway", credentials).get_rest_apis()


def test_a_role_is_refused_to_whom_it_does_not_trust(gateway, iam, sts, user):
    walker = client_of(gateway, "sts", user)
    for name, policy in [
        ("service-only", trust({"Service": "lambda.amazonaws.com"})),
        ("other-account", trust({"AWS": "999999999999"})),
        ("other-user", trust({"AWS": f"arn:aws:iam::{ACCOUNT}:user/somebody"})),
        ("other-action", trust({"AWS": "*"}, "sts:AssumeRoleWithSAML")),
    ]:
        arn = role(iam, name, policy)
        message = refused("AccessDenied", 403, walker.assume_role, RoleArn=arn, RoleSessionName="walk")
        assert message == (f"User: arn:aws:iam::{ACCOUNT}:user/walker is not authorized to perform: "
                           f"sts:AssumeRole on resource: {arn}")
        refused("AccessDenied", 403, sts.assume_role, RoleArn=arn, RoleSessionName="root")
    missing = f"arn:aws:iam::{ACCOUNT}:role/missing"
    refused("AccessDenied", 403, walker.assume_role, RoleArn=missing, RoleSessionName="walk")
    refused("ValidationError", 400, walker.assume_role, RoleArn="arn:aws:iam::1:nothing", RoleSessionName="walk")


def test_an_identity_needs_permission_unless_it_is_named(gateway, iam):
    iam.create_user(UserName="plain")
    plain = client_of(gateway, "sts", iam.create_access_key(UserName="plain")["AccessKey"])
    delegated = role(iam, "delegated", trust({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}))
    refused("AccessDenied", 403, plain.assume_role, RoleArn=delegated, RoleSessionName="plain")
    named = role(iam, "named", trust({"AWS": f"arn:aws:iam::{ACCOUNT}:user/plain"}))
    plain.assume_role(RoleArn=named, RoleSessionName="plain")


def test_roles_of_another_account_need_both_sides(gateway, iam, user):
    other = make_client("iam", gateway, "333333333333")
    arn = role(other, "visited", trust({"AWS": ACCOUNT}))
    assert "333333333333" in arn
    credentials = client_of(gateway, "sts", user).assume_role(RoleArn=arn, RoleSessionName="walk")["Credentials"]
    assert session(gateway, "sts", credentials).get_caller_identity()["Account"] == "333333333333"
    iam.create_user(UserName="unpermitted")
    key = iam.create_access_key(UserName="unpermitted")["AccessKey"]
    named = role(other, "visited-by-name", trust({"AWS": f"arn:aws:iam::{ACCOUNT}:user/unpermitted"}))
    refused("AccessDenied", 403, client_of(gateway, "sts", key).assume_role, RoleArn=named, RoleSessionName="plain")


def test_trust_is_in_somebody_and_not_in_a_name(gateway, iam):
    """AWS keeps the unique id of whoever a policy names: a new user of an old name is not trusted, a renamed one is."""
    other = make_client("iam", gateway, "333333333333")
    person = f"arn:aws:iam::{ACCOUNT}:user/again"
    iam.create_user(UserName="again")
    arns = [role(who, name, trust({"AWS": person})) for who, name in ((iam, "trusts-again"), (other, "trusts-again"))]

    def walk(arn):
        key = iam.create_access_key(UserName="again")["AccessKey"]
        try:
            client_of(gateway, "sts", key).assume_role(RoleArn=arn, RoleSessionName="again")
        finally:
            iam.delete_access_key(UserName="again", AccessKeyId=key["AccessKeyId"])

    iam.update_user(UserName="again", NewUserName="renamed")
    iam.update_user(UserName="renamed", NewUserName="again")
    walk(arns[0])
    gone = iam.get_user(UserName="again")["User"]["UserId"]
    iam.delete_user(UserName="again")
    iam.create_user(UserName="again", Path="/")
    for client, arn in zip((iam, other), arns):
        refused("AccessDenied", 403, walk, arn=arn)
        policy = client.get_role(RoleName="trusts-again")["Role"]["AssumeRolePolicyDocument"]
        assert policy["Statement"][0]["Principal"] == {"AWS": gone}


def test_external_ids_are_compared(gateway, iam, user):
    arn = role(iam, "external", trust({"AWS": ACCOUNT}, Condition={"StringEquals": {"sts:ExternalId": "x-1"}}))
    walker = client_of(gateway, "sts", user)
    refused("AccessDenied", 403, walker.assume_role, RoleArn=arn, RoleSessionName="walk")
    refused("AccessDenied", 403, walker.assume_role, RoleArn=arn, RoleSessionName="walk", ExternalId="x-2")
    walker.assume_role(RoleArn=arn, RoleSessionName="walk", ExternalId="x-1")


def test_session_policies_only_narrow(gateway, iam, user):
    arn = role(iam, "narrow", trust({"AWS": ACCOUNT}))
    walker = client_of(gateway, "sts", user)
    answer = walker.assume_role(RoleArn=arn, RoleSessionName="walk", Policy=ALLOW)
    assert answer["PackedPolicySize"] > 0
    narrow = session(gateway, "apigateway", answer["Credentials"])
    narrow.get_rest_apis()
    refused("AccessDeniedException", 403, narrow.create_rest_api, name="x")
    managed = walker.assume_role(RoleArn=arn, RoleSessionName="walk", PolicyArns=[
        {"arn": "arn:aws:iam::aws:policy/AWSLambda_FullAccess"}])["Credentials"]
    refused("AccessDeniedException", 403, session(gateway, "apigateway", managed).get_rest_apis)
    session(gateway, "lambda", managed).list_functions()
    refused("MalformedPolicyDocument", 400, walker.assume_role, RoleArn=arn, RoleSessionName="walk", Policy="{")


def test_durations_have_limits(gateway, iam, user):
    arn = role(iam, "lasting", trust({"AWS": ACCOUNT}), MaxSessionDuration=7200)
    walker = client_of(gateway, "sts", user)
    assert "MaxSessionDuration" in refused(
        "ValidationError", 400, walker.assume_role, RoleArn=arn, RoleSessionName="walk", DurationSeconds=7201)
    refused("ValidationError", 400, walker.assume_role, RoleArn=arn, RoleSessionName="walk", DurationSeconds=899)
    credentials = walker.assume_role(RoleArn=arn, RoleSessionName="walk", DurationSeconds=7200)["Credentials"]
    chained = session(gateway, "sts", credentials)
    chained.assume_role(RoleArn=arn, RoleSessionName="again", DurationSeconds=3600)
    assert "role chaining" in refused(
        "ValidationError", 400, chained.assume_role, RoleArn=arn, RoleSessionName="again", DurationSeconds=3601)


def test_a_session_ends_with_its_role(gateway, iam, user):
    arn = role(iam, "mortal", trust({"AWS": ACCOUNT}))
    credentials = client_of(gateway, "sts", user).assume_role(RoleArn=arn, RoleSessionName="walk")["Credentials"]
    caller = session(gateway, "sts", credentials)
    caller.get_caller_identity()
    iam.detach_role_policy(RoleName="mortal", PolicyArn=ADMINISTRATOR)
    refused("AccessDeniedException", 403, session(gateway, "apigateway", credentials).get_rest_apis)
    iam.delete_role(RoleName="mortal")
    refused("InvalidClientTokenId", 403, caller.get_caller_identity)
    role(iam, "mortal", trust({"AWS": ACCOUNT}))
    refused("InvalidClientTokenId", 403, caller.get_caller_identity)


def test_forged_tokens_are_refused(gateway, iam, user):
    arn = role(iam, "forged", trust({"AWS": ACCOUNT}))
    walker = client_of(gateway, "sts", user)
    one, other = (walker.assume_role(RoleArn=arn, RoleSessionName=name)["Credentials"] for name in ("one", "two"))
    for forged in (
        {**one, "SessionToken": other["SessionToken"]},
        {**one, "SessionToken": one["SessionToken"][:-8] + "AAAAAAA="},
        {**one, "SessionToken": "x" * 8000},
        {**one, "AccessKeyId": user["AccessKeyId"]},
    ):
        refused("InvalidClientTokenId", 403, session(gateway, "sts", forged).get_caller_identity)
    wrong = {**one, "SecretAccessKey": other["SecretAccessKey"]}
    refused("SignatureDoesNotMatch", 403, session(gateway, "sts", wrong).get_caller_identity)
    without = client_of(gateway, "sts", one)
    refused("InvalidClientTokenId", 403, without.get_caller_identity)


def test_session_tags_need_their_own_permission(gateway, iam, user):
    walker = client_of(gateway, "sts", user)
    without = role(iam, "untagged", trust({"AWS": ACCOUNT}))
    tags = [{"Key": "team", "Value": "a"}]
    refused("AccessDenied", 403, walker.assume_role, RoleArn=without, RoleSessionName="walk", Tags=tags)
    within = role(iam, "tagged", trust({"AWS": ACCOUNT}, ["sts:AssumeRole", "sts:TagSession"]))
    iam.detach_role_policy(RoleName="tagged", PolicyArn=ADMINISTRATOR)
    document = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "apigateway:GET", "Resource": "*",
         "Condition": {"StringEquals": {"aws:PrincipalTag/team": "a"}}}]}
    iam.put_role_policy(RoleName="tagged", PolicyName="p", PolicyDocument=json.dumps(document))
    tagged = walker.assume_role(RoleArn=within, RoleSessionName="walk", Tags=tags)["Credentials"]
    session(gateway, "apigateway", tagged).get_rest_apis()
    plain = walker.assume_role(RoleArn=within, RoleSessionName="walk")["Credentials"]
    refused("AccessDeniedException", 403, session(gateway, "apigateway", plain).get_rest_apis)


def test_session_tokens_of_users(gateway, iam):
    iam.create_user(UserName="tokened")
    iam.put_user_policy(UserName="tokened", PolicyName="read", PolicyDocument=ALLOW)
    key = iam.create_access_key(UserName="tokened")["AccessKey"]
    credentials = client_of(gateway, "sts", key).get_session_token(DurationSeconds=900)["Credentials"]
    caller = session(gateway, "sts", credentials)
    assert caller.get_caller_identity()["Arn"] == f"arn:aws:iam::{ACCOUNT}:user/tokened"
    session(gateway, "apigateway", credentials).get_rest_apis()
    refused("AccessDenied", 403, caller.get_session_token)


def test_keys_tell_their_account(sts, user):
    assert sts.get_access_key_info(AccessKeyId=user["AccessKeyId"])["Account"] == ACCOUNT
    refused("ValidationError", 400, sts.get_access_key_info, AccessKeyId="AKIA" + "1" * 16)


def test_what_is_not_here_says_so(sts):
    assert "never encoded here" in refused(
        "NotSupported", 400, sts.decode_authorization_message, EncodedMessage="x")
    refused("NotSupported", 400, sts.get_federation_token, Name="somebody")


def test_the_cli_assumes_roles(aws, iam):
    arn = role(iam, "from-cli", trust({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}))
    made = json.loads(aws("sts", "assume-role", "--role-arn", arn, "--role-session-name", "cli").stdout)
    credentials = made["Credentials"]
    environment = {"AWS_ACCESS_KEY_ID": credentials["AccessKeyId"],
                   "AWS_SECRET_ACCESS_KEY": credentials["SecretAccessKey"],
                   "AWS_SESSION_TOKEN": credentials["SessionToken"]}
    seen = json.loads(aws("sts", "get-caller-identity", environment=environment).stdout)
    assert seen["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/from-cli/cli"


def test_changes_at_once_all_succeed(iam):
    """Identities of an account are one unit; calls that overlap wait for each other."""
    failures = []

    def make(index):
        try:
            iam.create_user(UserName=f"many{index}", Path="/many/")
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
            failures.append(error)

    threads = [threading.Thread(target=make, args=(index,)) for index in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not failures
    assert len(iam.list_users(PathPrefix="/many/")["Users"]) == 16
