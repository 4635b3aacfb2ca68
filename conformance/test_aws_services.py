"""AWS integrations: each service through its own API, successes and errors mapped, signed in the name of a role."""

import base64
import json

import pytest

from conftest import make_client
from harness.api import Api, late_message
from harness.process import Gateway
from harness.services import Moto, integrate, outcomes

ERROR = late_message("Internal server error")
FORM = {"integration.request.header.Content-Type": "'application/x-www-form-urlencoded'"}
PNG = bytes(range(256))


@pytest.fixture(scope="module")
def gateway_environment(moto):
    return moto.environment


@pytest.fixture(scope="module")
def queue(moto):
    """(client, URL) of a queue."""
    client = moto.client("sqs")
    return client, client.create_queue(QueueName="pets")["QueueUrl"]


def receive(queue):
    client, url = queue
    messages = client.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=2).get("Messages", [])
    for message in messages:
        client.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return [message["Body"] for message in messages]


def post(api, path, body, **how):
    body = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return api.call(path, "POST", [("Content-Type", "application/json")], body, **how)


def test_sqs_by_path(api, queue):
    """The form in the body, the queue in the path."""
    template = "Action=SendMessage&MessageBody=$util.urlEncode($input.body)"
    integrate(api, "/q", "sqs:path/000000000000/pets", template=template, requestParameters=FORM)
    outcomes(api, "/q", success='{"sent": true}', failure='{"sent": false}')
    integrate(api, "/lost", "sqs:path/000000000000/lost", template=template, requestParameters=FORM)
    outcomes(api, "/lost", success='{"sent": true}', failure='{"sent": false}')
    api.deploy()
    reply = post(api, "/q", '{"a": "b&c=d+\u00e9"}'.encode())
    assert (reply.status, reply.json) == (200, {"sent": True})
    assert receive(queue) == ['{"a": "b&c=d+\u00e9"}']
    reply = post(api, "/lost", "{}")
    assert (reply.status, reply.json) == (502, {"sent": False})


def test_sqs_by_action(api, queue):
    """Everything in the query; path parameters fill the URI's own braces."""
    # AWS reads the query whatever the content type; moto does not.
    parameters = {**FORM, "integration.request.querystring.QueueUrl": "stageVariables.queue",
                  "integration.request.querystring.MessageBody": "method.request.querystring.text"}
    integrate(api, "/send", "sqs:action/SendMessage", "GET", method={
        "requestParameters": {"method.request.querystring.text": False}}, requestParameters=parameters)
    outcomes(api, "/send", "GET", failure="$input.body")
    api.deploy(variables={"queue": queue[1]})
    reply = api.call("/send?text=one%20%26%20two")
    assert reply.status == 200, reply.text
    assert "SendMessageResponse" in reply.text
    assert reply.header("content-type") == "application/json"
    assert receive(queue) == ["one & two"]


def test_sns(api, moto, queue):
    topic = moto.client("sns").create_topic(Name="news")["TopicArn"]
    moto.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint="arn:aws:sqs:us-east-1:000000000000:pets",
                                 Attributes={"RawMessageDelivery": "true"})
    template = "Action=Publish&TopicArn=$util.urlEncode($stageVariables.topic)&Message=$util.urlEncode($input.path('$.text'))"
    integrate(api, "/", "sns:action/Publish", template=template, requestParameters=FORM)
    outcomes(api, "/", success="published", failure="refused")
    api.deploy(variables={"topic": topic})
    assert post(api, "/", {"text": "hear, hear"}).text == "published"
    assert receive(queue) == ["hear, hear"]
    api.deploy(stage="wrong", variables={"topic": topic + "x"})
    reply = post(api, "/", {"text": "x"}, stage="wrong")
    assert (reply.status, reply.text) == (502, "refused")


PUT = """{"TableName": "pets", "ConditionExpression": "attribute_not_exists(id)",
 "Item": {"id": {"S": "$input.params('id')"}, "name": {"S": $input.json('$.name')}, "age": {"N": "$input.path('$.age')"}}}"""
GET = '{"TableName": "pets", "Key": {"id": {"S": "$util.escapeJavaScript($input.params(\'id\'))"}}}'
PET = """#set($item = $input.path('$.Item'))
#if($item == "")#set($context.responseOverride.status = 404){"message": "no such pet"}
#else{"id": "$item.id.S", "name": "$item.name.S", "age": $item.age.N}#end"""
QUERY = """{"TableName": "pets", "IndexName": "by-name", "KeyConditionExpression": "#n = :n",
 "ExpressionAttributeNames": {"#n": "name"}, "ExpressionAttributeValues": {":n": {"S": "$input.params('name')"}}}"""
PETS = """{"pets": [#foreach($item in $input.path('$.Items'))"$item.id.S"#if($foreach.hasNext), #end#end]}"""


@pytest.fixture(scope="module")
def pets(gateway, apigateway, moto):
    """A REST API in front of a table, with nothing between them."""
    string = lambda name: {"AttributeName": name, "AttributeType": "S"}
    key = lambda name: [{"AttributeName": name, "KeyType": "HASH"}]
    moto.client("dynamodb").create_table(
        TableName="pets", BillingMode="PAY_PER_REQUEST", AttributeDefinitions=[string("id"), string("name")], KeySchema=key("id"),
        GlobalSecondaryIndexes=[{"IndexName": "by-name", "KeySchema": key("name"), "Projection": {"ProjectionType": "ALL"}}])
    api = Api(gateway, apigateway)
    integrate(api, "/pets/{id}", "dynamodb:action/PutItem", "PUT", PUT)
    api.response("/pets/{id}", "PUT", "201", selectionPattern="200", responseTemplates={"application/json": "{}"})
    api.response("/pets/{id}", "PUT", "409", selectionPattern="400", responseTemplates={
        "application/json": '{"error": "$input.path(\'$.__type\').split("#")[1]"}'})
    integrate(api, "/pets/{id}", "dynamodb:action/GetItem", "GET", GET)
    outcomes(api, "/pets/{id}", "GET", PET)
    integrate(api, "/pets", "dynamodb:action/Query", "GET", QUERY)
    outcomes(api, "/pets", "GET", PETS)
    api.deploy()
    return api


def put_pet(api, name, body):
    return api.call(f"/pets/{name}", "PUT", [("Content-Type", "application/json")], json.dumps(body))


def test_dynamodb_items(pets):
    assert put_pet(pets, "rex", {"name": 'Rex "the" dog', "age": 7}).status == 201
    again = put_pet(pets, "rex", {"name": "Other", "age": 1})
    assert (again.status, again.json) == (409, {"error": "ConditionalCheckFailedException"})
    reply = pets.call("/pets/rex")
    assert reply.status == 200
    assert reply.text.strip() == '{"id": "rex", "name": "Rex "the" dog", "age": 7}'
    missing = pets.call("/pets/nobody")
    assert (missing.status, missing.json) == (404, {"message": "no such pet"})


def test_dynamodb_query(pets):
    for name in ("a", "b"):
        put_pet(pets, name, {"name": "twin", "age": 2})
    put_pet(pets, "c", {"name": "single", "age": 2})
    assert sorted(pets.call("/pets?name=twin").json["pets"]) == ["a", "b"]
    assert pets.call("/pets?name=none").json == {"pets": []}


def test_the_reply_of_the_service_is_not_the_clients(pets):
    """Headers of the service stay behind unless they are mapped."""
    reply = pets.call("/pets/rex")
    names = {name.lower() for name, _ in reply.headers}
    assert names == {"content-type", "x-amzn-requestid", "x-amz-apigw-id", "x-amzn-trace-id", "content-length", "date", "connection"} \
        or names == {"content-type", "x-amzn-requestid", "x-amz-apigw-id", "x-amzn-trace-id", "content-length", "date"}


def test_kinesis(api, moto):
    client = moto.client("kinesis")
    client.create_stream(StreamName="events", ShardCount=1)
    template = '{"StreamName": "$stageVariables.s", "Data": "$util.base64Encode($input.json(\'$.data\'))", "PartitionKey": "k"}'
    integrate(api, "/", "kinesis:action/PutRecord", template=template)
    outcomes(api, "/", success="$input.path('$.ShardId')", failure="$input.path('$.__type')")
    api.deploy(variables={"s": "events"})
    assert post(api, "/", {"data": {"n": 1}}).text == "shardId-000000000000"
    shard = client.get_shard_iterator(StreamName="events", ShardId="shardId-000000000000", ShardIteratorType="TRIM_HORIZON")
    records = client.get_records(ShardIterator=shard["ShardIterator"])["Records"]
    assert [json.loads(record["Data"]) for record in records] == [{"n": 1}]
    api.deploy(stage="wrong", variables={"s": "lost"})
    refused = post(api, "/", {"data": 1}, stage="wrong")
    assert (refused.status, refused.text) == (502, "ResourceNotFoundException")


@pytest.fixture(scope="module")
def objects(gateway, apigateway, moto):
    moto.client("s3").create_bucket(Bucket="pictures")
    api = Api(gateway, apigateway, binaryMediaTypes=["image/png"])
    parameters = {"integration.request.path.key": "method.request.path.key"}
    method = {"requestParameters": {"method.request.path.key": True, "method.request.header.Content-Type": False}}
    integrate(api, "/o/{key+}", "s3:path/pictures/{key}", "PUT", method=method, backend_verb="PUT", requestParameters={
        **parameters, "integration.request.header.Content-Type": "method.request.header.Content-Type"})
    api.response("/o/{key+}", "PUT", method={"responseParameters": {"method.response.header.ETag": False}},
                 responseParameters={"method.response.header.ETag": "integration.response.header.ETag"})
    integrate(api, "/o/{key+}", "s3:path/pictures/{key}", "GET", method=method, backend_verb="GET", requestParameters=parameters)
    declared = {"responseParameters": {"method.response.header.Content-Type": False}}
    api.response("/o/{key+}", "GET", method=declared, selectionPattern="200", responseParameters={
        "method.response.header.Content-Type": "integration.response.header.Content-Type"})
    api.response("/o/{key+}", "GET", "404", method=declared, selectionPattern="404", responseTemplates={
        "application/json": '{"message": "no such picture"}'})
    api.deploy()
    return api


@pytest.mark.parametrize("key, name", [("cat.png", "cat.png"), ("deep/er/cat.png", "deep/er/cat.png"),
                                       ("a%20b%2Bc.png", "a b+c.png"), ("%C3%A9(1)*.png", "\u00e9(1)*.png")])
def test_s3_keeps_bytes(objects, moto, key, name):
    put = objects.call(f"/o/{key}", "PUT", [("Content-Type", "image/png")], PNG)
    assert put.status == 200, put.text
    assert put.header("etag")
    stored = moto.client("s3").get_object(Bucket="pictures", Key=name)
    assert (stored["Body"].read(), stored["ContentType"]) == (PNG, "image/png")
    got = objects.call(f"/o/{key}", headers=[("Accept", "image/png")])
    assert (got.status, got.header("content-type"), got.body) == (200, "image/png", PNG)
    # Who does not accept bytes gets base64.
    assert objects.call(f"/o/{key}").text == base64.b64encode(PNG).decode()


def test_s3_without_the_object(objects):
    reply = objects.call("/o/lost.png", headers=[("Accept", "application/json")])
    assert (reply.status, reply.json) == (404, {"message": "no such picture"})


def test_s3_head_and_delete(gateway, apigateway, moto, objects):
    moto.client("s3").put_object(Bucket="pictures", Key="old", Body=b"12345")
    api = Api(gateway, apigateway)
    for verb in ("HEAD", "DELETE"):
        integrate(api, "/old", "s3:path/pictures/old", verb, backend_verb=verb)
        api.response("/old", verb, method={"responseParameters": {"method.response.header.Size": False}},
                     responseParameters={"method.response.header.Size": "integration.response.header.Content-Length"})
        api.response("/old", verb, "204", selectionPattern="204").response("/old", verb, "404", selectionPattern="404")
    api.deploy()
    head = api.call("/old", "HEAD")
    assert (head.status, head.header("size")) == (200, "5")
    assert (api.call("/old", "DELETE").status, api.call("/old", "HEAD").status) == (204, 404)


def test_step_functions(api, moto):
    client = moto.client("stepfunctions")
    definition = json.dumps({"StartAt": "End", "States": {"End": {"Type": "Pass", "End": True}}})
    machine = client.create_state_machine(name="m", definition=definition,
                                          roleArn="arn:aws:iam::000000000000:role/r")["stateMachineArn"]
    template = '{"stateMachineArn": "$stageVariables.machine", "input": "$util.escapeJavaScript($input.json(\'$\'))"}'
    integrate(api, "/", "states:action/StartExecution", template=template)
    outcomes(api, "/", success='{"execution": "$input.path(\'$.executionArn\')"}', failure="$input.path('$.__type')")
    api.deploy(variables={"machine": machine})
    execution = post(api, "/", {"pet": "rex"}).json["execution"]
    assert json.loads(client.describe_execution(executionArn=execution)["input"]) == {"pet": "rex"}
    api.deploy(stage="wrong", variables={"machine": machine + "x"})
    reply = post(api, "/", {}, stage="wrong")
    assert (reply.status, reply.text.split("#")[-1]) == (502, "StateMachineDoesNotExist")


def test_eventbridge(api, moto):
    """No target is chosen for it: both headers are the author's."""
    client = moto.client("events")
    client.create_archive(ArchiveName="all", EventSourceArn="arn:aws:events:us-east-1:000000000000:event-bus/default")
    template = '{"Entries": [{"Source": "pets", "DetailType": "found", "Detail": "$util.escapeJavaScript($input.json(\'$\'))"}]}'
    integrate(api, "/", "events:action/PutEvents", template=template, requestParameters={
        "integration.request.header.X-Amz-Target": "'AWSEvents.PutEvents'",
        "integration.request.header.Content-Type": "'application/x-amz-json-1.1'"})
    outcomes(api, "/", success="$input.path('$.FailedEntryCount')")
    api.deploy()
    assert post(api, "/", {"pet": "rex"}).text == "0"
    assert client.describe_archive(ArchiveName="all")["EventCount"] == 1


def test_ssm(api, moto):
    """SSM reads the query unless a target is mapped; moto reads JSON only."""
    moto.client("ssm").put_parameter(Name="/pets/food", Value="bones", Type="String")
    integrate(api, "/", "ssm:action/GetParameter", template='{"Name": $input.json("$.name")}', requestParameters={
        "integration.request.header.X-Amz-Target": "'AmazonSSM.GetParameter'",
        "integration.request.header.Content-Type": "'application/x-amz-json-1.1'"})
    outcomes(api, "/", success="$input.path('$.Parameter.Value')", failure="$input.path('$.__type')")
    api.deploy()
    assert post(api, "/", {"name": "/pets/food"}).text == "bones"
    refused = post(api, "/", {"name": "/pets/toys"})
    assert (refused.status, refused.text) == (502, "ParameterNotFound")


def test_the_default_response_hides_errors(api, moto):
    """As AWS does: without patterns a failure is a success."""
    integrate(api, "/", "dynamodb:action/GetItem", template='{"TableName": "lost", "Key": {"id": {"S": "x"}}}').response("/", "POST")
    api.deploy()
    reply = post(api, "/", {})
    assert reply.status == 200
    assert reply.json["__type"].endswith("ResourceNotFoundException")


def test_request_ids_of_the_service(api, moto):
    integrate(api, "/", "dynamodb:action/ListTables", template="{}")
    api.response("/", "POST", method={"responseParameters": {"method.response.header.Id": False, "method.response.header.Own": False}},
                 responseParameters={"method.response.header.Id": "integration.response.header.x-amzn-RequestId",
                                     "method.response.header.Own": "context.awsEndpointRequestId"})
    api.deploy()
    reply = post(api, "/", {})
    assert reply.header("id") and reply.header("id") == reply.header("own")


@pytest.mark.parametrize("header", ["Authorization", "Content-Length", "X-Amzn-Trace-Id", "TE"])
def test_headers_that_aws_refuses(gateway, api, header):
    integrate(api, "/", "dynamodb:action/ListTables", template="{}",
              requestParameters={f"integration.request.header.{header}": "'x'"}).response("/", "POST")
    api.deploy()
    mark = len(gateway.output.lines)
    assert post(api, "/", {}).body == ERROR
    gateway.output.wait_for(f"{header} header already present", since=mark)


def test_stage_variables_choose_region_action_and_role(api, moto):
    moto.client("dynamodb", "eu-central-1").create_table(
        TableName="there", BillingMode="PAY_PER_REQUEST", AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}])
    integrate(api, "/", "", template="{}", credentials="arn:aws:iam::000000000000:role/${stageVariables.role}",
              uri="arn:aws:apigateway:${stageVariables.region}:dynamodb:action/${stageVariables.action}").response("/", "POST")
    api.deploy(variables={"region": "eu-central-1", "action": "ListTables", "role": "r"})
    assert post(api, "/", {}).json == {"TableNames": ["there"]}
    api.deploy(stage="broken", variables={"region": "no/where", "action": "ListTables", "role": "r"})
    assert post(api, "/", {}, stage="broken").body == ERROR


@pytest.fixture(scope="module")
def strict():
    """A moto that verifies signatures, sessions and policies."""
    moto = Moto()
    try:
        guard(moto)
        yield moto
    finally:
        moto.stop()


def guard(moto):
    """Makes a user for the gateway, two roles and a bucket, and closes everything else."""
    iam = moto.client("iam")
    iam.create_user(UserName="gateway")
    key = iam.create_access_key(UserName="gateway")["AccessKey"]
    moto.access_key, moto.secret = key["AccessKeyId"], key["SecretAccessKey"]
    trust = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]})
    allow = lambda *actions: json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": list(actions), "Resource": "*"}]})
    iam.put_user_policy(UserName="gateway", PolicyName="p", PolicyDocument=allow("sts:AssumeRole"))
    moto.roles = {}
    for name, actions in [("tables", ["dynamodb:ListTables"]), ("objects", ["s3:*"])]:
        moto.roles[name] = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)["Role"]["Arn"]
        iam.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=allow(*actions))
    moto.client("s3").create_bucket(Bucket="bucket")
    moto.enforce()


@pytest.fixture(scope="module")
def behind(tmp_path_factory, strict):
    """An API with methods that call DynamoDB and S3 as several roles."""
    gateway = Gateway(tmp_path_factory.mktemp("identities"), environment=strict.environment).start()
    api = Api(gateway, make_client("apigateway", gateway))
    for name in ("tables", "objects"):
        integrate(api, f"/{name}", "dynamodb:action/ListTables", template="{}", credentials=strict.roles[name])
        outcomes(api, f"/{name}", failure="$input.body")
    integrate(api, "/o/{key+}", "s3:path/bucket/{key}", "PUT", backend_verb="PUT", credentials=strict.roles["objects"],
              requestParameters={"integration.request.path.key": "method.request.path.key"},
              method={"requestParameters": {"method.request.path.key": True}})
    outcomes(api, "/o/{key+}", "PUT", failure="$input.body")
    integrate(api, "/nobody", "dynamodb:action/ListTables", template="{}",
              credentials="arn:aws:iam::000000000000:role/nobody").response("/nobody", "POST")
    api.deploy()
    yield api
    assert gateway.stop() == 0


def test_the_roles_own_permissions_count(behind):
    reply = post(behind, "/tables", {})
    assert (reply.status, reply.json) == (200, {"TableNames": []})
    refused = post(behind, "/objects", {})
    assert refused.status == 502
    assert "AccessDenied" in refused.text


@pytest.mark.parametrize("key", ["plain.txt", "a%20b/c%2Bd%C3%A9.txt", "$~(x).txt"])
def test_signatures_of_s3(behind, key):
    reply = behind.call(f"/o/{key}", "PUT", [("Content-Type", "text/plain")], "text")
    assert reply.status == 200, reply.text


def test_secrets_are_not_logged(behind, strict):
    assert strict.secret not in behind.gateway.output.text()
