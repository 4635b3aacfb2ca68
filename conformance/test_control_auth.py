"""Who may do what on the control plane: policies of users, groups and roles decide over every call."""

import json

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from conftest import REGION, make_client
from harness import functions, raw

ACCOUNT = "000000000000"
TRUST = {"Statement": {"Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "sts:AssumeRole"}}


@pytest.fixture(scope="module")
def iam(gateway):
    return make_client("iam", gateway)


def client_with(gateway, service, key, region=REGION):
    return boto3.client(service, endpoint_url=gateway.url, region_name=region, aws_access_key_id=key["AccessKeyId"],
                        aws_secret_access_key=key["SecretAccessKey"], aws_session_token=key.get("SessionToken"),
                        config=Config(retries={"total_max_attempts": 1}))


class Person:
    """A user of a test, whose one policy changes as the test wants it."""

    def __init__(self, gateway, iam, name):
        self.gateway, self.iam, self.name = gateway, iam, name
        iam.create_user(UserName=name)
        self.key = iam.create_access_key(UserName=name)["AccessKey"]
        self.arn = f"arn:aws:iam::{ACCOUNT}:user/{name}"

    def may(self, *statements):
        self.iam.put_user_policy(UserName=self.name, PolicyName="p", PolicyDocument=document(*statements))
        return self

    def client(self, service="apigateway", region=REGION):
        return client_with(self.gateway, service, self.key, region)


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action, resource="*", **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action, resource="*", **more):
    return allow(action, resource, **more) | {"Effect": "Deny"}


@pytest.fixture
def person(gateway, iam, request):
    made = Person(gateway, iam, "".join(letter for letter in request.node.name if letter.isalnum())[:60])
    yield made
    for key in iam.list_access_keys(UserName=made.name)["AccessKeyMetadata"]:
        iam.delete_access_key(UserName=made.name, AccessKeyId=key["AccessKeyId"])
    for policy in iam.list_user_policies(UserName=made.name)["PolicyNames"]:
        iam.delete_user_policy(UserName=made.name, PolicyName=policy)
    iam.delete_user(UserName=made.name)


def refusal(call, *arguments, **named):
    with pytest.raises(ClientError) as refused:
        call(*arguments, **named)
    error = refused.value.response["Error"]
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403, error
    assert error["Code"] in ("AccessDeniedException", "AccessDenied"), error
    return error["Message"]


def rest(path):
    return f"arn:aws:apigateway:{REGION}::{path}"


def test_who_has_no_policy_may_nothing(person):
    message = refusal(person.client().get_rest_apis)
    assert message == (f"User: {person.arn} is not authorized to perform: apigateway:GET on resource: {rest('/restapis')} "
                       "because no identity-based policy allows the apigateway:GET action")
    refusal(person.client("lambda").list_functions)
    refusal(person.client("iam").list_users)


def test_the_verb_is_the_action_and_the_path_the_resource(person, api):
    person.may(allow("apigateway:GET", rest(f"/restapis/{api.id}*")))
    assert person.client().get_rest_api(restApiId=api.id)["id"] == api.id
    assert person.client().get_resources(restApiId=api.id)["items"]
    refusal(person.client().get_rest_apis)
    refusal(person.client().get_rest_api, restApiId="zzzzzzzzzz")
    refusal(person.client().create_resource, restApiId=api.id, parentId=api.root, pathPart="x")
    refusal(person.client(region="eu-west-1").get_rest_api, restApiId=api.id)


def test_an_explicit_deny_stands_above_all(person, api):
    person.may(allow("*"), deny("apigateway:DELETE", rest("/restapis/*")))
    message = refusal(person.client().delete_rest_api, restApiId=api.id)
    assert message.endswith("with an explicit deny in an identity-based policy")
    assert person.client().get_rest_api(restApiId=api.id)


@pytest.mark.parametrize("target", ["//restapis/{0}", "/restapis//{0}", "/restapis/{0}/", "/restapis/%61{1}", "/restapis/{0}?x=y", "/./restapis/{0}",
                                    "/RESTAPIS/{0}", "/restapis/{0}/../{0}"])
def test_spellings_of_a_path_pass_no_deny(gateway, person, apigateway, target):
    created = apigateway.create_rest_api(name="spelled", tags={"_custom_id_": "abcd"})["id"]
    try:
        person.may(allow("apigateway:*"), deny("apigateway:*", rest(f"/restapis/{created}")))
        reply = raw.signed(gateway.port, "DELETE", target.format(created, created[1:]), access_key=person.key["AccessKeyId"],
                           secret=person.key["SecretAccessKey"])
        assert reply.status in (400, 403, 404, 405), reply.text
        assert apigateway.get_rest_api(restApiId=created)["id"] == created
    finally:
        apigateway.delete_rest_api(restApiId=created)


def test_tags_of_entities_and_requests_decide(person, apigateway):
    mine = apigateway.create_rest_api(name="mine", tags={"team": "a"})["id"]
    theirs = apigateway.create_rest_api(name="theirs", tags={"team": "b"})["id"]
    person.may(allow("apigateway:GET", Condition={"StringEquals": {"aws:ResourceTag/team": "a"}}),
               allow("apigateway:POST", rest("/restapis"), Condition={"StringEquals": {"aws:RequestTag/team": "a"}}),
               allow("apigateway:PUT", rest("/tags/*"), Condition={"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}))
    assert person.client().get_rest_api(restApiId=mine)
    refusal(person.client().get_rest_api, restApiId=theirs)
    refusal(person.client().create_rest_api, name="n")
    refusal(person.client().create_rest_api, name="n", tags={"team": "b"})
    assert person.client().create_rest_api(name="n", tags={"team": "a"})["tags"] == {"team": "a"}
    person.client().tag_resource(resourceArn=rest(f"/restapis/{mine}"), tags={"team": "a"})
    refusal(person.client().tag_resource, resourceArn=rest(f"/restapis/{mine}"), tags={"team": "a", "admin": "yes"})


def test_conditions_about_the_call(person):
    for condition, works in [({"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}}, True), ({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}, False),
                             ({"Bool": {"aws:SecureTransport": "false"}}, True), ({"Bool": {"aws:SecureTransport": "true"}}, False),
                             ({"StringLike": {"aws:UserAgent": "Boto3*"}}, True), ({"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}, False),
                             ({"DateGreaterThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}, True),
                             ({"StringEquals": {"aws:username": person.name}}, True), ({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:user/x"}}, False)]:
        person.may(allow("apigateway:GET", Condition=condition))
        if works:
            person.client().get_rest_apis()
        else:
            refusal(person.client().get_rest_apis)


def test_a_key_that_nobody_can_answer_denies(person):
    """What cannot be evaluated neither allows nor lets pass."""
    person.may(allow("apigateway:GET", Condition={"StringNotEquals": {"apigateway:Request/AccessLoggingFormat": "x"}}))
    refusal(person.client().get_rest_apis)
    person.may(allow("*"), deny("apigateway:GET", Condition={"StringEquals": {"apigateway:Request/AccessLoggingFormat": "x"}}))
    refusal(person.client().get_rest_apis)


def test_groups_and_managed_policies_allow(gateway, iam, person):
    iam.create_group(GroupName="readers")
    iam.attach_group_policy(GroupName="readers", PolicyArn="arn:aws:iam::aws:policy/AmazonAPIGatewayAdministrator")
    refusal(person.client().get_rest_apis)
    iam.add_user_to_group(GroupName="readers", UserName=person.name)
    assert "items" in person.client().get_rest_apis()
    iam.remove_user_from_group(GroupName="readers", UserName=person.name)
    refusal(person.client().get_rest_apis)
    own = iam.create_policy(PolicyName="own", PolicyDocument=document(allow("apigateway:GET")))["Policy"]["Arn"]
    iam.attach_user_policy(UserName=person.name, PolicyArn=own)
    assert "items" in person.client().get_rest_apis()
    iam.detach_user_policy(UserName=person.name, PolicyArn=own)
    refusal(person.client().get_rest_apis)


def test_a_boundary_limits(iam, person):
    boundary = iam.create_policy(PolicyName="bounds", PolicyDocument=document(allow("apigateway:GET")))["Policy"]["Arn"]
    iam.put_user_permissions_boundary(UserName=person.name, PermissionsBoundary=boundary)
    person.may(allow("apigateway:*"))
    assert "items" in person.client().get_rest_apis()
    assert "because no permissions boundary allows" in refusal(person.client().create_rest_api, name="n")
    iam.delete_user_permissions_boundary(UserName=person.name)


def test_keys_end_at_once(iam, person):
    person.may(allow("apigateway:*"))
    person.client().get_rest_apis()
    iam.update_access_key(UserName=person.name, AccessKeyId=person.key["AccessKeyId"], Status="Inactive")
    with pytest.raises(ClientError) as refused:
        person.client().get_rest_apis()
    assert refused.value.response["Error"]["Code"] in ("UnrecognizedClientException", "InvalidClientTokenId")


def test_lambdas_functions_are_resources(gateway, lambda_, person):
    functions.create(lambda_, "asked", "def handler(e, c):\n    return 1\n")
    arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:asked"
    person.may(allow("lambda:InvokeFunction", arn), allow("lambda:GetFunction", f"{arn}:*"))
    client = person.client("lambda")
    for name in ("asked", arn, f"{ACCOUNT}:function:asked"):
        assert client.invoke(FunctionName=name)["Payload"].read() == b"1"
    refusal(client.get_function, FunctionName="asked")
    assert client.get_function(FunctionName="asked", Qualifier="$LATEST")
    refusal(client.delete_function, FunctionName="asked")
    lambda_.delete_function(FunctionName="asked")


class TestPassRole:
    """Whoever names a role acts through it."""

    @pytest.fixture
    def role(self, iam):
        arn = iam.create_role(RoleName="strong", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]
        yield arn
        iam.delete_role(RoleName="strong")

    def integrate(self, client, api, role):
        place = {"restApiId": api.id, "resourceId": api.root, "httpMethod": "GET"}
        client.put_method(**place, authorizationType="NONE")
        client.put_integration(**place, type="AWS", integrationHttpMethod="POST", credentials=role,
                               uri=f"arn:aws:apigateway:{REGION}:sqs:action/SendMessage")

    def test_integrations_and_imports(self, person, api, role):
        person.may(allow("apigateway:*"))
        with pytest.raises(ClientError) as refused:
            self.integrate(person.client(), api, role)
        assert f"iam:PassRole on resource: {role}" in refused.value.response["Error"]["Message"]
        escaped = role.replace("arn:", "\\u0061rn:")
        text = ('{"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": {"/": {"get": {"responses": {}, '
                '"x-amazon-apigateway-integration": {"type": "aws", "httpMethod": "POST", "credentials": "' + escaped + '", '
                f'"uri": "arn:aws:apigateway:{REGION}:sqs:action/SendMessage"}}}}}}}}}}')
        assert "iam:PassRole" in refusal(person.client().import_rest_api, body=text.encode())
        assert "iam:PassRole" in refusal(person.client().put_rest_api, restApiId=api.id, mode="overwrite", body=text.encode())
        person.may(allow("apigateway:*"), allow("iam:PassRole", role, Condition={"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}))
        assert "iam:PassRole" in refusal(person.client().import_rest_api, body=text.encode())
        person.may(allow("apigateway:*"), allow("iam:PassRole", role, Condition={"StringEquals": {"iam:PassedToService": "apigateway.amazonaws.com"}}))
        made = person.client().delete_method(restApiId=api.id, resourceId=api.root, httpMethod="GET")
        assert made
        self.integrate(person.client(), api, role)
        person.may(allow("apigateway:*"))
        person.client().update_rest_api(restApiId=api.id, patchOperations=[{"op": "replace", "path": "/description", "value": "d"}])

    def test_functions(self, person, lambda_, role):
        person.may(allow("lambda:*"))
        assert "iam:PassRole" in refusal(functions.create, person.client("lambda"), "passed")
        functions.create(lambda_, "passed")
        client = person.client("lambda")
        assert "iam:PassRole" in refusal(client.update_function_configuration, FunctionName="passed", Role=role)
        client.update_function_configuration(FunctionName="passed", Timeout=4)
        lambda_.delete_function(FunctionName="passed")


def test_sessions_have_the_roles_permissions_and_their_own_bounds(gateway, iam, person):
    trust = document({"Effect": "Allow", "Principal": {"AWS": person.arn}, "Action": "sts:AssumeRole"})
    role = iam.create_role(RoleName="assumed", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    iam.put_role_policy(RoleName="assumed", PolicyName="p", PolicyDocument=document(allow("apigateway:*")))
    sts = person.client("sts")
    session = sts.assume_role(RoleArn=role, RoleSessionName="session")["Credentials"]
    client = client_with(gateway, "apigateway", session)
    made = client.create_rest_api(name="by a session")["id"]
    bounded = sts.assume_role(RoleArn=role, RoleSessionName="session", Policy=document(allow("apigateway:GET")))["Credentials"]
    narrow = client_with(gateway, "apigateway", bounded)
    assert narrow.get_rest_api(restApiId=made)
    message = refusal(narrow.delete_rest_api, restApiId=made)
    assert message == (f"User: arn:aws:sts::{ACCOUNT}:assumed-role/assumed/session is not authorized to perform: apigateway:DELETE on resource: "
                       f"{rest(f'/restapis/{made}')} because no session policy allows the apigateway:DELETE action")
    client.delete_rest_api(restApiId=made)
    iam.delete_role_policy(RoleName="assumed", PolicyName="p")
    refusal(client.get_rest_apis)
    iam.delete_role(RoleName="assumed")
    with pytest.raises(ClientError):
        client.get_rest_apis()


def test_nobody_raises_himself(person):
    """Rights over oneself come from policies too."""
    person.may(allow("apigateway:*"))
    client = person.client("iam")
    refusal(client.put_user_policy, UserName=person.name, PolicyName="more", PolicyDocument=document(allow("*")))
    refusal(client.attach_user_policy, UserName=person.name, PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    refusal(client.create_access_key)
    refusal(client.create_access_key, UserName="somebody")
    person.may(allow(["iam:CreateAccessKey", "iam:GetUser"], "arn:aws:iam::*:user/${aws:username}"))
    assert client.get_user()["User"]["UserName"] == person.name
    assert client.create_access_key()["AccessKey"]["UserName"] == person.name


def test_the_cli_says_why(gateway, person, aws):
    environment = {"AWS_ACCESS_KEY_ID": person.key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": person.key["SecretAccessKey"]}
    done = aws("apigateway", "get-rest-apis", check=False, environment=environment)
    assert "AccessDeniedException" in done.stderr and "apigateway:GET" in done.stderr


class TestWaysAround:
    """Other spellings of a call, and other calls with the same effect."""

    @pytest.fixture
    def function(self, lambda_):
        functions.create(lambda_, "guarded")
        yield f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:guarded"
        lambda_.delete_function(FunctionName="guarded")

    @pytest.fixture
    def role(self, iam):
        trust = document({"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "sts:AssumeRole"})
        arn = iam.create_role(RoleName="tagged", AssumeRolePolicyDocument=trust, Tags=[{"Key": "protected", "Value": "yes"}])["Role"]["Arn"]
        yield arn
        iam.delete_role(RoleName="tagged")

    def send(self, gateway, person, method, target, body=None, service="lambda"):
        return raw.signed(gateway.port, method, target, body=body, service=service, access_key=person.key["AccessKeyId"],
                          secret=person.key["SecretAccessKey"])

    @pytest.mark.parametrize("method, path, body", [
        ("PUT", "/2015-03-31/functions/guarded/configuration", {"Description": "x"}), ("GET", "/2015-03-31/functions/guarded/versions", None),
        ("DELETE", "/2017-10-31/functions/guarded/concurrency", None)], ids=["configuration", "versions", "concurrency"])
    def test_a_qualifier_that_an_operation_does_not_have(self, gateway, person, function, method, path, body):
        person.may(allow("lambda:*"), deny("lambda:*", function))
        for target in (path, f"{path}?Qualifier=x", path.replace("guarded", "guarded:x")):
            assert self.send(gateway, person, method, target, body).status == 403, target

    def test_other_partitions_are_no_other_names(self, gateway, person, function, api):
        person.may(allow(["lambda:*", "apigateway:*"]), deny("lambda:*", function), deny("apigateway:*", rest("/tags/*")))
        for arn in (function, function.replace("arn:aws:", "arn:aws-cn:"), f"{ACCOUNT}:function:guarded"):
            assert self.send(gateway, person, "GET", f"/2017-03-31/tags/{arn}").status != 200, arn
        for arn in (rest(f"/restapis/{api.id}"), rest(f"/restapis/{api.id}").replace("arn:aws:", "arn:x:")):
            assert self.send(gateway, person, "GET", f"/tags/{arn}", service="apigateway").status != 200, arn

    def test_tags_count_wherever_an_entity_is_named(self, person, lambda_, apigateway, function, api, role):
        protected = {"StringEquals": {"aws:ResourceTag/protected": "yes"}}
        lambda_.tag_resource(Resource=function, Tags={"protected": "yes"})
        arn = rest(f"/restapis/{api.id}")
        apigateway.tag_resource(resourceArn=arn, tags={"protected": "yes"})
        person.may(allow("*"), deny("*", Condition=protected))
        refusal(person.client("lambda").untag_resource, Resource=function, TagKeys=["protected"])
        refusal(person.client().untag_resource, resourceArn=arn, tagKeys=["protected"])
        refusal(person.client("iam").put_role_policy, RoleName="tagged", PolicyName="p", PolicyDocument=document(allow("*")))
        refusal(person.client("sts").assume_role, RoleArn=role, RoleSessionName="session")
        refusal(person.client().update_account, patchOperations=[{"op": "replace", "path": "/cloudwatchRoleArn", "value": role}])

    @pytest.mark.parametrize("tags", ['{"a":"ok","A":"bad"}', '{"A":"bad","a":"ok"}', '{"a":"bad"},"tags":{"a":"bad"}'])
    def test_tags_in_several_spellings(self, gateway, person, tags):
        person.may(allow("apigateway:*"), deny("apigateway:POST", Condition={"StringEquals": {"aws:RequestTag/a": "bad"}}))
        reply = self.send(gateway, person, "POST", "/restapis", f'{{"name":"n","tags":{tags}}}', "apigateway")
        assert reply.status == 403, reply.text

    def test_a_role_that_is_there_already(self, person, apigateway, api, role):
        """Who puts a role to another use passes it."""
        place = {"restApiId": api.id, "resourceId": api.root}
        uri = "arn:aws:apigateway:us-east-1:{}".format
        for verb in ("GET", "POST"):
            apigateway.put_method(**place, httpMethod=verb, authorizationType="NONE")
        used = {"type": "AWS", "integrationHttpMethod": "POST", "credentials": role}
        apigateway.put_integration(**place, httpMethod="GET", uri=uri("sqs:path/000000000000/q"), **used)
        person.may(allow("apigateway:*"))
        assert "iam:PassRole" in refusal(person.client().put_integration, **place, httpMethod="POST", uri=uri("dynamodb:action/Scan"), **used)
        assert "iam:PassRole" in refusal(person.client().update_integration, **place, httpMethod="GET", patchOperations=[
            {"op": "replace", "path": "/uri", "value": uri("dynamodb:action/Scan")}])
        assert "iam:PassRole" in refusal(person.client().create_rest_api, name="copy", cloneFrom=api.id)
        person.client().put_method(**place, httpMethod="PUT", authorizationType="NONE")

    def test_a_copy_reads_what_it_copies(self, person, api):
        person.may(allow("apigateway:*"), deny("apigateway:GET", rest(f"/restapis/{api.id}")))
        assert "apigateway:GET" in refusal(person.client().create_rest_api, name="copy", cloneFrom=api.id)

    def test_renaming_needs_both_names(self, iam, person):
        iam.create_user(UserName="junior", Path="/dev/")
        person.may(allow("iam:*", f"arn:aws:iam::{ACCOUNT}:user/dev/*"))
        client = person.client("iam")
        refusal(client.update_user, UserName="junior", NewPath="/admin/")
        client.update_user(UserName="junior", NewUserName="senior")
        client.delete_user(UserName="senior")
