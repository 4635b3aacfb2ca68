"""IAM through boto3 and the aws CLI: identities are set up, read back, and decide who may call."""

import json
import re

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from conftest import REGION, make_client
from harness import raw

ACCOUNT = "000000000000"
TRUST = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "sts:AssumeRole"}]})
ALLOW = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "apigateway:GET", "Resource": "*"}]})
ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"


@pytest.fixture(scope="module")
def iam(gateway):
    return make_client("iam", gateway)


def client_of(gateway, service, key, token=None):
    return boto3.client(
        service, endpoint_url=gateway.url, region_name=REGION, aws_access_key_id=key["AccessKeyId"],
        aws_secret_access_key=key["SecretAccessKey"], aws_session_token=token,
        config=Config(retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=60,
                      parameter_validation=False))


def refused(code, status, call, **arguments):
    with pytest.raises(ClientError) as found:
        call(**arguments)
    answer = found.value.response
    assert (answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"]) == (code, status), answer
    return answer["Error"]["Message"]


def test_users_live_and_die(iam):
    made = iam.create_user(UserName="anna", Path="/team/", Tags=[{"Key": "team", "Value": "a"}])["User"]
    assert made["Arn"] == f"arn:aws:iam::{ACCOUNT}:user/team/anna"
    assert re.fullmatch("AIDA[A-Z2-7]{17}", made["UserId"])
    assert iam.get_user(UserName="anna")["User"] == made
    assert refused("EntityAlreadyExists", 409, iam.create_user, UserName="ANNA") == (
        "User with name ANNA already exists.")
    iam.update_user(UserName="anna", NewUserName="anne", NewPath="/")
    assert refused("NoSuchEntity", 404, iam.get_user, UserName="anna") == (
        "The user with name anna cannot be found.")
    listed = iam.list_users(PathPrefix="/")["Users"]
    assert [(user["UserName"], user["UserId"]) for user in listed] == [("anne", made["UserId"])]
    assert "Tags" not in listed[0]
    iam.tag_user(UserName="anne", Tags=[{"Key": "Team", "Value": "b"}, {"Key": "x", "Value": ""}])
    tags = iam.list_user_tags(UserName="anne")["Tags"]
    assert tags == [{"Key": "Team", "Value": "b"}, {"Key": "x", "Value": ""}]
    iam.untag_user(UserName="anne", TagKeys=["TEAM", "x"])
    assert iam.list_user_tags(UserName="anne")["Tags"] == []
    iam.delete_user(UserName="anne")
    refused("NoSuchEntity", 404, iam.delete_user, UserName="anne")


def test_access_keys(iam):
    iam.create_user(UserName="keys")
    key = iam.create_access_key(UserName="keys")["AccessKey"]
    assert re.fullmatch("AKIA[A-Z2-7]{16}", key["AccessKeyId"]) and len(key["SecretAccessKey"]) == 40
    iam.create_access_key(UserName="keys")
    assert refused("LimitExceeded", 409, iam.create_access_key, UserName="keys") == (
        "Cannot exceed quota for AccessKeysPerUser: 2")
    iam.update_access_key(UserName="keys", AccessKeyId=key["AccessKeyId"], Status="Inactive")
    listed = iam.list_access_keys(UserName="keys")["AccessKeyMetadata"]
    assert {entry["AccessKeyId"]: entry["Status"] for entry in listed}[key["AccessKeyId"]] == "Inactive"
    used = iam.get_access_key_last_used(AccessKeyId=key["AccessKeyId"])
    assert used["UserName"] == "keys" and used["AccessKeyLastUsed"]["ServiceName"] == "N/A"
    assert "must delete access keys first" in refused("DeleteConflict", 409, iam.delete_user, UserName="keys")
    for entry in listed:
        iam.delete_access_key(UserName="keys", AccessKeyId=entry["AccessKeyId"])
    refused("NoSuchEntity", 404, iam.delete_access_key, UserName="keys", AccessKeyId=key["AccessKeyId"])
    iam.delete_user(UserName="keys")


def test_groups(iam):
    group = iam.create_group(GroupName="staff")["Group"]
    assert group["Arn"] == f"arn:aws:iam::{ACCOUNT}:group/staff"
    iam.create_user(UserName="member")
    iam.add_user_to_group(GroupName="staff", UserName="member")
    assert [user["UserName"] for user in iam.get_group(GroupName="staff")["Users"]] == ["member"]
    assert [it["GroupName"] for it in iam.list_groups_for_user(UserName="member")["Groups"]] == ["staff"]
    iam.put_group_policy(GroupName="staff", PolicyName="read", PolicyDocument=ALLOW)
    iam.attach_group_policy(GroupName="staff", PolicyArn=ADMINISTRATOR)
    assert iam.list_group_policies(GroupName="staff")["PolicyNames"] == ["read"]
    assert iam.get_group_policy(GroupName="staff", PolicyName="read")["PolicyDocument"] == json.loads(ALLOW)
    refused("DeleteConflict", 409, iam.delete_group, GroupName="staff")
    iam.detach_group_policy(GroupName="staff", PolicyArn=ADMINISTRATOR)
    iam.delete_group_policy(GroupName="staff", PolicyName="read")
    assert refused("DeleteConflict", 409, iam.delete_group, GroupName="staff") == (
        "Cannot delete entity, must remove users from group first.")
    iam.update_group(GroupName="staff", NewGroupName="crew")
    iam.remove_user_from_group(GroupName="crew", UserName="member")
    iam.delete_group(GroupName="crew")
    iam.delete_user(UserName="member")


def test_roles(iam):
    made = iam.create_role(RoleName="caller", AssumeRolePolicyDocument=TRUST, Description="d",
                           MaxSessionDuration=7200, Tags=[{"Key": "a", "Value": "b"}])["Role"]
    assert made["Arn"] == f"arn:aws:iam::{ACCOUNT}:role/caller" and made["RoleId"].startswith("AROA")
    assert made["AssumeRolePolicyDocument"] == json.loads(TRUST)
    read = iam.get_role(RoleName="caller")["Role"]
    assert (read["MaxSessionDuration"], read["Description"], read["Tags"]) == (
        7200, "d", [{"Key": "a", "Value": "b"}])
    iam.put_role_policy(RoleName="caller", PolicyName="p", PolicyDocument=ALLOW)
    assert iam.get_role_policy(RoleName="caller", PolicyName="p")["PolicyDocument"] == json.loads(ALLOW)
    iam.attach_role_policy(
        RoleName="caller", PolicyArn="arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole")
    attached = iam.list_attached_role_policies(RoleName="caller")["AttachedPolicies"]
    assert [policy["PolicyName"] for policy in attached] == ["AWSLambdaBasicExecutionRole"]
    assert iam.list_attached_role_policies(RoleName="caller", PathPrefix="/x/")["AttachedPolicies"] == []
    iam.update_role(RoleName="caller", Description="e", MaxSessionDuration=3600)
    other = TRUST.replace("apigateway", "lambda")
    iam.update_assume_role_policy(RoleName="caller", PolicyDocument=other)
    read = iam.get_role(RoleName="caller")["Role"]
    assert (read["Description"], read["AssumeRolePolicyDocument"]) == ("e", json.loads(other))
    assert iam.list_instance_profiles_for_role(RoleName="caller")["InstanceProfiles"] == []
    assert refused("DeleteConflict", 409, iam.delete_role, RoleName="caller") == (
        "Cannot delete entity, must detach all policies first.")
    iam.detach_role_policy(RoleName="caller", PolicyArn=attached[0]["PolicyArn"])
    assert refused("DeleteConflict", 409, iam.delete_role, RoleName="caller") == (
        "Cannot delete entity, must delete policies first.")
    iam.delete_role_policy(RoleName="caller", PolicyName="p")
    iam.delete_role(RoleName="caller")
    assert refused("NoSuchEntity", 404, iam.get_role, RoleName="caller") == (
        "The role with name caller cannot be found.")


def test_managed_policies(iam):
    made = iam.create_policy(PolicyName="reader", PolicyDocument=ALLOW, Description="d", Path="/p/")["Policy"]
    arn = made["Arn"]
    assert arn == f"arn:aws:iam::{ACCOUNT}:policy/p/reader" and made["DefaultVersionId"] == "v1"
    iam.create_role(RoleName="holder", AssumeRolePolicyDocument=TRUST, PermissionsBoundary=arn)
    iam.attach_role_policy(RoleName="holder", PolicyArn=arn)
    read = iam.get_policy(PolicyArn=arn)["Policy"]
    assert (read["AttachmentCount"], read["PermissionsBoundaryUsageCount"], read["Description"]) == (1, 1, "d")
    held = iam.list_entities_for_policy(PolicyArn=arn)
    assert [role["RoleName"] for role in held["PolicyRoles"]] == ["holder"]
    for number in range(2, 6):
        version = iam.create_policy_version(PolicyArn=arn, PolicyDocument=ALLOW, SetAsDefault=number == 2)
        assert version["PolicyVersion"]["VersionId"] == f"v{number}"
    refused("LimitExceeded", 409, iam.create_policy_version, PolicyArn=arn, PolicyDocument=ALLOW)
    assert refused("DeleteConflict", 409, iam.delete_policy_version, PolicyArn=arn, VersionId="v2") == (
        "Cannot delete the default version of a policy.")
    assert iam.get_policy_version(PolicyArn=arn, VersionId="v3")["PolicyVersion"]["Document"] == json.loads(ALLOW)
    iam.set_default_policy_version(PolicyArn=arn, VersionId="v5")
    versions = iam.list_policy_versions(PolicyArn=arn)["Versions"]
    assert [(it["VersionId"], it["IsDefaultVersion"]) for it in versions] == [
        ("v5", True), ("v4", False), ("v3", False), ("v2", False), ("v1", False)]
    assert refused("DeleteConflict", 409, iam.delete_policy, PolicyArn=arn) == (
        "Cannot delete a policy attached to entities.")
    iam.detach_role_policy(RoleName="holder", PolicyArn=arn)
    iam.delete_role_permissions_boundary(RoleName="holder")
    refused("DeleteConflict", 409, iam.delete_policy, PolicyArn=arn)
    for number in range(1, 5):
        iam.delete_policy_version(PolicyArn=arn, VersionId=f"v{number}")
    iam.delete_policy(PolicyArn=arn)
    assert refused("NoSuchEntity", 404, iam.get_policy, PolicyArn=arn) == f"Policy {arn} was not found."
    iam.delete_role(RoleName="holder")


def test_policies_of_aws(iam):
    names = {policy["PolicyName"] for policy in iam.list_policies(Scope="AWS")["Policies"]}
    assert {"AdministratorAccess", "AmazonAPIGatewayAdministrator", "AmazonAPIGatewayInvokeFullAccess",
            "AmazonAPIGatewayPushToCloudWatchLogs", "AWSLambda_FullAccess"} <= names
    assert iam.list_policies(Scope="Local")["Policies"] == []
    document = iam.get_policy_version(PolicyArn=ADMINISTRATOR, VersionId="v1")["PolicyVersion"]["Document"]
    assert document["Statement"] == [{"Effect": "Allow", "Action": "*", "Resource": "*"}]
    refused("AccessDenied", 403, iam.delete_policy, PolicyArn=ADMINISTRATOR)


@pytest.mark.parametrize("document", [
    "{", "[]", "{}", '{"Version":"2012-10-17","Statement":[{"Effect":"Maybe","Action":"*","Resource":"*"}]}',
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Resource":"*"}]}',
    TRUST,
])
def test_malformed_policies_are_refused(iam, document):
    refused("MalformedPolicyDocument", 400, iam.create_policy, PolicyName="bad", PolicyDocument=document)


def test_input_is_checked(iam, gateway):
    iam.create_user(UserName="input")
    refused("ValidationError", 400, iam.create_user, UserName="a/b")
    refused("ValidationError", 400, iam.create_user, UserName="é")
    refused("ValidationError", 400, iam.create_user, UserName="x", Path="no-slash")
    refused("ValidationError", 400, iam.list_users, Marker="nonsense")
    refused("NoSuchEntity", 404, iam.attach_user_policy, UserName="input",
            PolicyArn=f"arn:aws:iam::{ACCOUNT}:policy/none")
    refused("LimitExceeded", 409, iam.put_user_policy, UserName="input", PolicyName="large",
            PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [
                {"Effect": "Allow", "Action": "*", "Resource": ["arn:aws:s3:::" + "a" * 2048]}]}))
    refused("InvalidInput", 400, iam.tag_user, UserName="input",
            Tags=[{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}])
    iam.delete_user(UserName="input")


def test_what_a_gateway_has_no_use_for_says_so(iam):
    iam.create_user(UserName="plain")
    assert "Instance profiles are not supported here" in refused(
        "NotSupported", 400, iam.create_instance_profile, InstanceProfileName="x")
    refused("NotSupported", 400, iam.create_login_profile, UserName="plain", Password="secret-1")
    refused("NoSuchEntity", 404, iam.get_login_profile, UserName="plain")
    assert iam.list_mfa_devices(UserName="plain")["MFADevices"] == []
    assert iam.list_account_aliases()["AccountAliases"] == []
    assert refused("InvalidAction", 400, iam.get_credential_report) == (
        "The action GetCredentialReport is not supported here")
    iam.delete_user(UserName="plain")


def test_pages_cover_the_list(iam):
    names = [f"page{index}" for index in range(7)]
    for name in names:
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST, Path="/pages/")
    first = iam.list_roles(PathPrefix="/pages/", MaxItems=3)
    assert first["IsTruncated"] and len(first["Roles"]) == 3
    pages = iam.get_paginator("list_roles").paginate(PathPrefix="/pages/", PaginationConfig={"PageSize": 2})
    assert [role["RoleName"] for page in pages for role in page["Roles"]] == names
    for name in names:
        iam.delete_role(RoleName=name)


def test_the_account_as_a_whole(iam):
    before = iam.get_account_summary()["SummaryMap"]["Users"]
    iam.create_user(UserName="whole")
    iam.put_user_policy(UserName="whole", PolicyName="p", PolicyDocument=ALLOW)
    iam.attach_user_policy(UserName="whole", PolicyArn=ADMINISTRATOR)
    details = iam.get_account_authorization_details()
    user = next(user for user in details["UserDetailList"] if user["UserName"] == "whole")
    assert user["UserPolicyList"] == [{"PolicyName": "p", "PolicyDocument": json.loads(ALLOW)}]
    assert ADMINISTRATOR in [policy["Arn"] for policy in details["Policies"]]
    assert iam.get_account_summary()["SummaryMap"]["Users"] == before + 1
    iam.detach_user_policy(UserName="whole", PolicyArn=ADMINISTRATOR)
    iam.delete_user_policy(UserName="whole", PolicyName="p")
    iam.delete_user(UserName="whole")


def test_policies_decide_what_a_user_may_call(iam, gateway):
    iam.create_user(UserName="limited")
    key = iam.create_access_key(UserName="limited")["AccessKey"]
    user = client_of(gateway, "apigateway", key)
    message = refused("AccessDeniedException", 403, user.get_rest_apis)
    assert f"arn:aws:iam::{ACCOUNT}:user/limited is not authorized to perform: apigateway:GET" in message
    iam.put_user_policy(UserName="limited", PolicyName="read", PolicyDocument=ALLOW)
    user.get_rest_apis()
    refused("AccessDeniedException", 403, user.create_rest_api, name="x")
    refused("AccessDenied", 403, client_of(gateway, "iam", key).list_users)
    iam.put_user_permissions_boundary(
        UserName="limited", PermissionsBoundary="arn:aws:iam::aws:policy/AWSLambda_FullAccess")
    refused("AccessDeniedException", 403, user.get_rest_apis)
    iam.delete_user_permissions_boundary(UserName="limited")
    user.get_rest_apis()
    iam.update_access_key(UserName="limited", AccessKeyId=key["AccessKeyId"], Status="Inactive")
    refused("UnrecognizedClientException", 403, user.get_rest_apis)
    refused("InvalidClientTokenId", 403, client_of(gateway, "iam", key).list_users)
    wrong = {**key, "SecretAccessKey": "x" * 40}
    iam.update_access_key(UserName="limited", AccessKeyId=key["AccessKeyId"], Status="Active")
    refused("SignatureDoesNotMatch", 403, client_of(gateway, "iam", wrong).list_users)


def test_a_groups_policies_are_its_members(iam, gateway):
    iam.create_group(GroupName="readers")
    iam.put_group_policy(GroupName="readers", PolicyName="read", PolicyDocument=ALLOW)
    iam.create_user(UserName="reader")
    user = client_of(gateway, "apigateway", iam.create_access_key(UserName="reader")["AccessKey"])
    refused("AccessDeniedException", 403, user.get_rest_apis)
    iam.add_user_to_group(GroupName="readers", UserName="reader")
    user.get_rest_apis()
    iam.remove_user_from_group(GroupName="readers", UserName="reader")
    refused("AccessDeniedException", 403, user.get_rest_apis)


def test_accounts_are_walls(gateway):
    one, other = make_client("iam", gateway, "111111111111"), make_client("iam", gateway, "222222222222")
    one.create_user(UserName="same")
    one.create_policy(PolicyName="own", PolicyDocument=ALLOW)
    refused("NoSuchEntity", 404, other.get_user, UserName="same")
    other.create_user(UserName="same")
    refused("NoSuchEntity", 404, other.attach_user_policy, UserName="same",
            PolicyArn="arn:aws:iam::111111111111:policy/own")
    refused("NoSuchEntity", 404, other.get_policy, PolicyArn="arn:aws:iam::111111111111:policy/own")
    key = one.create_access_key(UserName="same")["AccessKey"]
    refused("NoSuchEntity", 404, other.delete_access_key, UserName="same", AccessKeyId=key["AccessKeyId"])


def test_the_bytes_of_answers(gateway):
    body = b"Action=GetUser&Version=2010-05-08&UserName=nobody"
    answer = raw.signed(gateway.port, "POST", "/", {"content-type": "application/x-www-form-urlencoded"}, body,
                        service="iam")
    assert answer.status == 404 and answer.header("content-type") == "text/xml"
    assert re.fullmatch(
        r'<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type>'
        r"<Code>NoSuchEntity</Code><Message>The user with name nobody cannot be found.</Message></Error>"
        r"<RequestId>[0-9a-f-]{36}</RequestId></ErrorResponse>\n", answer.body.decode())


def test_identities_survive_a_crash(iam, gateway):
    iam.create_user(UserName="lasting")
    iam.put_user_policy(UserName="lasting", PolicyName="read", PolicyDocument=ALLOW)
    key = iam.create_access_key(UserName="lasting")["AccessKey"]
    gateway.restart()
    client_of(gateway, "apigateway", key).get_rest_apis()
    assert iam.get_user_policy(UserName="lasting", PolicyName="read")["PolicyDocument"] == json.loads(ALLOW)


def test_the_cli_speaks_to_it(aws):
    assert json.loads(aws("iam", "create-user", "--user-name", "cli").stdout)["User"]["UserName"] == "cli"
    aws("iam", "attach-user-policy", "--user-name", "cli", "--policy-arn", ADMINISTRATOR)
    shown = json.loads(aws("iam", "list-attached-user-policies", "--user-name", "cli").stdout)
    assert shown == {"AttachedPolicies": [{"PolicyName": "AdministratorAccess", "PolicyArn": ADMINISTRATOR}]}
    refused_ = aws("iam", "delete-user", "--user-name", "cli", check=False)
    assert "(DeleteConflict)" in refused_.stderr
    aws("iam", "detach-user-policy", "--user-name", "cli", "--policy-arn", ADMINISTRATOR)
    aws("iam", "delete-user", "--user-name", "cli")
