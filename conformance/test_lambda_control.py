"""Lambda's control operations: functions, versions, aliases, permissions, Invoke."""

import base64
import hashlib
import json

import pytest

from harness import functions
from harness.errors import refused
from harness.state import assert_survives_a_crash

ARN = "arn:aws:lambda:us-east-1:000000000000:function:"
SOURCE = "def handler(event, context):\n    return {'got': event, 'version': context.function_version}\n"


@pytest.fixture
def name(request):
    """A function name of the test's own."""
    return f"f-{hashlib.sha256(request.node.name.encode()).hexdigest()[:12]}"


@pytest.fixture
def function(lambda_, name):
    functions.create(lambda_, name, SOURCE)
    return name


def gone(what):
    return refused("ResourceNotFoundException", f"Function not found: {ARN}{what}", 404)


def test_create_answers_the_configuration(lambda_, name):
    made = lambda_.create_function(
        FunctionName=name, Runtime="python3.11", Role=functions.ROLE, Handler="main.handler", Description="d", Timeout=7,
        MemorySize=256, Environment={"Variables": {"KEY": "b"}}, Code={"ZipFile": functions.package({"main.py": SOURCE})})
    assert made["ResponseMetadata"]["HTTPStatusCode"] == 201
    zipped = functions.package({"main.py": SOURCE})
    expected = {
        "FunctionName": name, "FunctionArn": ARN + name, "Runtime": "python3.11", "Role": functions.ROLE,
        "Handler": "main.handler", "Description": "d", "Timeout": 7, "MemorySize": 256, "Version": "$LATEST",
        "Environment": {"Variables": {"KEY": "b"}}, "CodeSize": len(zipped), "PackageType": "Zip",
        "CodeSha256": base64.b64encode(hashlib.sha256(zipped).digest()).decode(),
        "Architectures": ["x86_64"], "TracingConfig": {"Mode": "PassThrough"}, "EphemeralStorage": {"Size": 512},
    }
    assert {k: made[k] for k in expected} == expected
    read = lambda_.get_function(FunctionName=name)
    assert (read["Configuration"]["State"], read["Configuration"]["LastUpdateStatus"]) == ("Active", "Successful")


def test_defaults(lambda_, name):
    functions.create(lambda_, name)
    read = lambda_.get_function_configuration(FunctionName=name)
    assert (read["Timeout"], read["MemorySize"], read.get("Description", "")) == (3, 128, "")


def test_create_twice(lambda_, function):
    with refused("ResourceConflictException", f"Function already exist: {function}", 409):
        functions.create(lambda_, function)


def test_a_package_that_is_no_zip(lambda_, name):
    with refused("InvalidParameterValueException",
                 "Could not unzip uploaded file. Please check your file, then try to upload again.", 400):
        lambda_.create_function(FunctionName=name, Runtime="python3.11", Role=functions.ROLE, Handler="m.h",
                                Code={"ZipFile": b"no zip"})


def test_a_package_that_climbs_out_of_its_directory(lambda_, name):
    with refused("InvalidParameterValueException"):
        lambda_.create_function(FunctionName=name, Runtime="python3.11", Role=functions.ROLE, Handler="m.h",
                                Code={"ZipFile": functions.package({"../evil.py": "x"})})


@pytest.mark.parametrize("code", [{"S3Bucket": "bucket", "S3Key": "key"}, {"ImageUri": "x"}], ids=["s3", "image"])
def test_code_from_elsewhere_is_refused(lambda_, name, code):
    with refused("InvalidParameterValueException"):
        lambda_.create_function(FunctionName=name, Runtime="python3.11", Role=functions.ROLE, Handler="m.h", Code=code)


@pytest.mark.parametrize("form", ["{name}", "function:{name}", ARN + "{name}", "000000000000:function:{name}"])
def test_name_forms(lambda_, function, form):
    assert lambda_.get_function_configuration(FunctionName=form.format(name=function))["FunctionArn"] == ARN + function


def test_unknown_function(lambda_):
    for call in (lambda_.get_function, lambda_.get_function_configuration, lambda_.delete_function):
        with gone("nothing"):
            call(FunctionName="nothing")
    with gone("nothing"):
        lambda_.invoke(FunctionName="nothing")


def test_list(lambda_, function):
    assert function in [f["FunctionName"] for f in lambda_.list_functions()["Functions"]]


def test_update_configuration(lambda_, function):
    lambda_.update_function_configuration(FunctionName=function, Timeout=9, Environment={"Variables": {"KEY": "y"}})
    read = lambda_.get_function_configuration(FunctionName=function)
    assert (read["Timeout"], read["Environment"], read["MemorySize"]) == (9, {"Variables": {"KEY": "y"}}, 128)


def test_update_code(lambda_, function):
    changed = SOURCE.replace("'got'", "'changed'")
    lambda_.update_function_code(FunctionName=function, ZipFile=functions.package({"main.py": changed}))
    answer = json.loads(lambda_.invoke(FunctionName=function, Payload=b"1")["Payload"].read())
    assert answer["changed"] == 1


def test_versions(lambda_, function):
    first = lambda_.publish_version(FunctionName=function)
    assert (first["Version"], first["FunctionArn"]) == ("1", f"{ARN}{function}:1")
    assert lambda_.publish_version(FunctionName=function)["Version"] == "1"
    lambda_.update_function_configuration(FunctionName=function, Description="new")
    assert lambda_.publish_version(FunctionName=function)["Version"] == "2"
    assert lambda_.get_function_configuration(FunctionName=function, Qualifier="1").get("Description", "") == ""


def test_alias_life(lambda_, function):
    lambda_.publish_version(FunctionName=function)
    made = lambda_.create_alias(FunctionName=function, Name="live", FunctionVersion="1", Description="d")
    assert made["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert (made["AliasArn"], made["FunctionVersion"], made["Description"]) == (f"{ARN}{function}:live", "1", "d")
    with refused("ResourceConflictException", f"Alias already exists: {ARN}{function}:live", 409):
        lambda_.create_alias(FunctionName=function, Name="live", FunctionVersion="1")
    lambda_.update_alias(FunctionName=function, Name="live", FunctionVersion="$LATEST")
    assert lambda_.get_alias(FunctionName=function, Name="live")["FunctionVersion"] == "$LATEST"
    assert [a["Name"] for a in lambda_.list_aliases(FunctionName=function)["Aliases"]] == ["live"]
    assert lambda_.delete_alias(FunctionName=function, Name="live")["ResponseMetadata"]["HTTPStatusCode"] == 204
    with refused("ResourceNotFoundException", f"Cannot find alias arn: {ARN}{function}:live", 404):
        lambda_.get_alias(FunctionName=function, Name="live")


def test_permission_life(lambda_, function):
    with refused("ResourceNotFoundException", None, 404):
        lambda_.get_policy(FunctionName=function)
    added = functions.allow(lambda_, function, "arn:aws:execute-api:us-east-1:000000000000:abc/*/GET/x")
    statement = {
        "Sid": "gateway", "Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"},
        "Action": "lambda:InvokeFunction", "Resource": ARN + function,
        "Condition": {"ArnLike": {"AWS:SourceArn": "arn:aws:execute-api:us-east-1:000000000000:abc/*/GET/x"}}}
    assert json.loads(added["Statement"]) == statement
    assert json.loads(lambda_.get_policy(FunctionName=function)["Policy"]) == {
        "Version": "2012-10-17", "Id": "default", "Statement": [statement]}
    with refused("ResourceConflictException", "The statement id (gateway) provided already exists. Please provide a new "
                 "statement id, or remove the existing statement.", 409):
        functions.allow(lambda_, function)
    removed = lambda_.remove_permission(FunctionName=function, StatementId="gateway")
    assert removed["ResponseMetadata"]["HTTPStatusCode"] == 204
    with refused("ResourceNotFoundException", None, 404):
        lambda_.remove_permission(FunctionName=function, StatementId="gateway")


def test_invoke(lambda_, function):
    answer = lambda_.invoke(FunctionName=function, Payload=json.dumps({"a": [1, None, "é"]}))
    assert (answer["StatusCode"], answer["ExecutedVersion"]) == (200, "$LATEST")
    assert json.loads(answer["Payload"].read()) == {"got": {"a": [1, None, "é"]}, "version": "$LATEST"}


def test_invoke_by_alias_and_version(lambda_, function):
    lambda_.publish_version(FunctionName=function)
    lambda_.create_alias(FunctionName=function, Name="live", FunctionVersion="1")
    for how in ({"FunctionName": function, "Qualifier": "live"}, {"FunctionName": f"{function}:1"},
                {"FunctionName": f"{ARN}{function}:live"}):
        answer = lambda_.invoke(**how, Payload=b"{}")
        assert answer["ExecutedVersion"] == "1"
        assert json.loads(answer["Payload"].read())["version"] == "1"


def test_invoke_with_a_payload_that_is_no_json(lambda_, function):
    with refused("InvalidRequestContentException", None, 400):
        lambda_.invoke(FunctionName=function, Payload=b"{not json")


@pytest.mark.parametrize("source, error", [
    ("def handler(e, c):\n    raise ValueError('boom')\n", {"errorMessage": "boom", "errorType": "ValueError"}),
    ("import os\ndef handler(e, c):\n    os._exit(3)\n",
     {"errorType": "Runtime.ExitError", "errorMessage": "RequestId: {id} Error: Runtime exited with error: exit status 3"}),
    ("import time\ndef handler(e, c):\n    time.sleep(30)\n",
     {"errorType": "Sandbox.Timedout", "errorMessage": "RequestId: {id} Error: Task timed out after 1.00 seconds"}),
    ("import nothing_like_it\n", {"errorType": "Runtime.ImportModuleError"}),
    ("x = 1\n", {"errorType": "Runtime.HandlerNotFound", "errorMessage": "Handler 'handler' missing on module 'main'"}),
], ids=["raise", "exit", "timeout", "import", "handler"])
def test_function_errors(lambda_, name, source, error):
    functions.create(lambda_, name, source, Timeout=1)
    answer = lambda_.invoke(FunctionName=name, Payload=b"{}")
    assert (answer["StatusCode"], answer["FunctionError"]) == (200, "Unhandled")
    payload = json.loads(answer["Payload"].read())
    request = answer["ResponseMetadata"]["RequestId"]
    assert {k: payload[k] for k in error} == {k: v.replace("{id}", request) for k, v in error.items()}


def test_node_errors_have_nodes_shape(lambda_, name):
    functions.create(lambda_, name, "exports.handler = async () => { throw new TypeError('boom'); };", "nodejs20.x")
    payload = json.loads(lambda_.invoke(FunctionName=name, Payload=b"{}")["Payload"].read())
    assert (payload["errorType"], payload["errorMessage"]) == ("TypeError", "boom")
    assert payload["trace"][0] == "TypeError: boom"


def test_tags(lambda_, function):
    lambda_.tag_resource(Resource=ARN + function, Tags={"a": "1", "b": "2"})
    lambda_.untag_resource(Resource=ARN + function, TagKeys=["a"])
    assert lambda_.list_tags(Resource=ARN + function)["Tags"] == {"b": "2"}
    assert lambda_.get_function(FunctionName=function)["Tags"] == {"b": "2"}
    with refused("InvalidParameterValueException", None, 400):
        lambda_.tag_resource(Resource=ARN + function, Tags={"aws:x": "1"})


def test_the_calls_that_terraform_makes(lambda_, name):
    """Create, read, update, read, delete: in the order of the provider's aws_lambda_function."""
    def read():
        function = lambda_.get_function(FunctionName=name)
        lambda_.get_function_code_signing_config(FunctionName=name)
        lambda_.list_versions_by_function(FunctionName=name)
        lambda_.get_runtime_management_config(FunctionName=name)
        assert lambda_.get_function_recursion_config(FunctionName=name)["RecursiveLoop"] == "Terminate"
        return function
    lambda_.create_function(
        FunctionName=name, Runtime="python3.11", Role=functions.ROLE, Handler="main.handler", Timeout=3, MemorySize=128,
        Code={"ZipFile": functions.package({"main.py": SOURCE})}, PackageType="Zip", Architectures=["x86_64"],
        EphemeralStorage={"Size": 512}, TracingConfig={"Mode": "PassThrough"}, Tags={"team": "pets"}, Publish=True,
        Environment={"Variables": {"KEY": "value"}}, Description="", Layers=[])
    lambda_.get_waiter("function_active_v2").wait(FunctionName=name)
    lambda_.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=2)
    first = read()
    assert (first["Configuration"]["Version"], first["Concurrency"]) == ("$LATEST", {"ReservedConcurrentExecutions": 2})
    assert (first["Tags"], first["Configuration"]["State"]) == ({"team": "pets"}, "Active")
    lambda_.update_function_configuration(FunctionName=name, Timeout=4, DeadLetterConfig={"TargetArn": ""},
                                          VpcConfig={"SubnetIds": [], "SecurityGroupIds": []}, KMSKeyArn="", Layers=[],
                                          SnapStart={"ApplyOn": "None"}, FileSystemConfigs=[],
                                          LoggingConfig={"LogFormat": "Text", "LogGroup": f"/aws/lambda/{name}"})
    lambda_.get_waiter("function_updated_v2").wait(FunctionName=name)
    lambda_.update_function_code(FunctionName=name, ZipFile=functions.package({"main.py": SOURCE + "\n"}), DryRun=False)
    lambda_.publish_version(FunctionName=name)
    lambda_.delete_function_concurrency(FunctionName=name)
    second = read()
    assert (second["Configuration"]["Timeout"], "Concurrency" in second) == (4, False)
    with refused("ResourceNotFoundException", None, 404):
        lambda_.get_policy(FunctionName=name)
    lambda_.delete_function(FunctionName=name)


def test_delete(lambda_, function):
    functions.allow(lambda_, function)
    assert lambda_.delete_function(FunctionName=function)["ResponseMetadata"]["HTTPStatusCode"] in (200, 204)
    with gone(function):
        lambda_.get_function(FunctionName=function)
    functions.create(lambda_, function, SOURCE)
    with refused("ResourceNotFoundException", None, 404):
        lambda_.get_policy(FunctionName=function)


def test_everything_survives_a_crash(gateway, lambda_, function):
    lambda_.publish_version(FunctionName=function)
    lambda_.create_alias(FunctionName=function, Name="live", FunctionVersion="1")
    functions.allow(lambda_, function)
    assert_survives_a_crash(gateway)
    assert json.loads(lambda_.invoke(FunctionName=f"{function}:live", Payload=b"7")["Payload"].read())["got"] == 7
