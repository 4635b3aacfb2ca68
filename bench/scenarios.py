"""The APIs that are measured, made through boto3 as a user would make them."""
import base64
import concurrent.futures
import io
import json
import os
import time
import urllib.request
import zipfile
from pathlib import Path

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

BODY = '{"ok": true}'
PYTHON = "def handler(event, context):\n    return {'statusCode': 200, 'body': 'ok'}\n"
NODE = "exports.handler = async () => ({ statusCode: 200, body: 'ok' });\n"


def root_of(client, api):
    return next(item["id"] for item in client.get_resources(restApiId=api)["items"] if item["path"] == "/")


def put_mock(client, api, resource, body=BODY):
    client.put_method(restApiId=api, resourceId=resource, httpMethod="GET", authorizationType="NONE")
    client.put_method_response(restApiId=api, resourceId=resource, httpMethod="GET", statusCode="200")
    client.put_integration(restApiId=api, resourceId=resource, httpMethod="GET", type="MOCK",
                           requestTemplates={"application/json": '{"statusCode": 200}'})
    client.put_integration_response(restApiId=api, resourceId=resource, httpMethod="GET", statusCode="200",
                                    responseTemplates={"application/json": body})


def mock_api(gateway):
    client = gateway.client("apigateway")
    api = client.create_rest_api(name="mock")["id"]
    resource = client.create_resource(restApiId=api, parentId=root_of(client, api), pathPart="pets")["id"]
    put_mock(client, api, resource)
    client.create_deployment(restApiId=api, stageName="prod")
    return gateway.invoke_url(api, "prod", "/pets")


def proxy_api(gateway, backend):
    client = gateway.client("apigateway")
    api = client.create_rest_api(name="proxy")["id"]
    resource = client.create_resource(restApiId=api, parentId=root_of(client, api), pathPart="{proxy+}")["id"]
    client.put_method(restApiId=api, resourceId=resource, httpMethod="ANY", authorizationType="NONE",
                      requestParameters={"method.request.path.proxy": True})
    client.put_integration(restApiId=api, resourceId=resource, httpMethod="ANY", type="HTTP_PROXY",
                           integrationHttpMethod="ANY", uri=f"{backend}{{proxy}}",
                           requestParameters={"integration.request.path.proxy": "method.request.path.proxy"})
    client.create_deployment(restApiId=api, stageName="prod")
    return gateway.invoke_url(api, "prod", "/pets")


def metered_api(gateway, backend):
    """HTTP_PROXY that needs a key with a plan, a throttle and a quota, and writes access logs: its URL and the key's value."""
    client = gateway.client("apigateway")
    url = proxy_api(gateway, backend)
    api = url.split("/")[-3]
    resource = next(item["id"] for item in client.get_resources(restApiId=api)["items"] if item["path"] == "/{proxy+}")
    client.update_method(restApiId=api, resourceId=resource, httpMethod="ANY", patchOperations=[
        {"op": "replace", "path": "/apiKeyRequired", "value": "true"}])
    client.create_deployment(restApiId=api, stageName="prod")
    client.update_stage(restApiId=api, stageName="prod", patchOperations=[
        {"op": "replace", "path": "/accessLogSettings/destinationArn", "value": "arn:aws:logs:us-east-1:000000000000:log-group:calls"},
        {"op": "replace", "path": "/accessLogSettings/format", "value": ACCESS_LOG}])
    plan = client.create_usage_plan(name="all", apiStages=[{"apiId": api, "stage": "prod"}], throttle=UNREACHED,
                                    quota={"limit": 2_000_000_000, "period": "MONTH"})["id"]
    key = client.create_api_key(name="bench", enabled=True)
    client.create_usage_plan_key(usagePlanId=plan, keyId=key["id"], keyType="API_KEY")
    return url, key["value"]


# What no bench reaches.
UNREACHED = {"rateLimit": 1_000_000, "burstLimit": 1_000_000}
# nginx's combined log, in the words of API Gateway.
ACCESS_LOG = ('$context.identity.sourceIp - $context.identity.user [$context.requestTime] "$context.httpMethod $context.path '
              '$context.protocol" $context.status $context.responseLength "$context.identity.userAgent" $context.requestId')


def cached_api(gateway, backend):
    """HTTP_PROXY to the same backend, with the stage's response cache."""
    client = gateway.client("apigateway")
    url = proxy_api(gateway, backend)
    client.update_stage(restApiId=url.split("/")[-3], stageName="prod", patchOperations=[
        {"op": "replace", "path": "/cacheClusterEnabled", "value": "true"},
        {"op": "replace", "path": "/cacheClusterSize", "value": "0.5"},
        {"op": "replace", "path": "/~1{proxy+}/GET/caching/enabled", "value": "true"},
        {"op": "replace", "path": "/~1{proxy+}/GET/caching/ttlInSeconds", "value": "3600"}])
    return url


def pets_document():
    """About 2 KB of JSON, as a backend answers a list."""
    pets = [{"id": number, "name": f"pet {number}", "tags": ["small", "furry"], "price": {"amount": 9.5, "currency": "EUR"},
             "available": True} for number in range(17)]
    return json.dumps({"count": len(pets), "pets": pets, "next": "/pets?page=2"})


RESHAPE = """#set($root = $input.path('$'))
{
  "total": $root.count,
  "next": "$util.escapeJavaScript($root.next)",
  "requested_by": "$context.identity.sourceIp",
  "items": [
#foreach($pet in $root.pets)
    {"id": "pet-$pet.id", "label": "$pet.name ($pet.price.amount $pet.price.currency)", "tags": $pet.tags,
     "free": #if($pet.available)true#{else}false#end}#if($foreach.hasNext),#end
#end
  ]
}
"""


def mapping_api(gateway, backend):
    """HTTP whose response template reshapes what the backend answers, and HTTP_PROXY to the same backend."""
    client = gateway.client("apigateway")
    api = client.create_rest_api(name="mapping")["id"]
    root = root_of(client, api)
    for path, kind in (("mapped", "HTTP"), ("bare", "HTTP_PROXY")):
        at = {"restApiId": api, "httpMethod": "GET",
              "resourceId": client.create_resource(restApiId=api, parentId=root, pathPart=path)["id"]}
        client.put_method(**at, authorizationType="NONE")
        client.put_integration(**at, type=kind, integrationHttpMethod="GET", uri=backend)
        if kind == "HTTP":
            client.put_method_response(**at, statusCode="200")
            client.put_integration_response(**at, statusCode="200", responseTemplates={"application/json": RESHAPE})
    client.create_deployment(restApiId=api, stageName="prod")
    return [gateway.invoke_url(api, "prod", path) for path in ("/mapped", "/bare")]


ORDER = {
    "type": "object", "additionalProperties": False, "required": ["id", "customer", "currency", "total", "items"],
    "properties": {
        "id": {"type": "string", "minLength": 8, "maxLength": 40, "pattern": "^[a-z]+-[0-9]+$"}, "total": {"type": "number", "minimum": 0},
        "currency": {"type": "string", "enum": ["EUR", "USD", "GBP"]}, "express": {"type": "boolean"},
        "customer": {"type": "object", "required": ["name", "email"], "properties": {
            "name": {"type": "string", "maxLength": 100}, "email": {"type": "string", "format": "email"}}},
        "note": {"oneOf": [{"type": "null"}, {"type": "string"}]},
        "items": {"type": "array", "minItems": 1, "maxItems": 100_000, "items": {
            "type": "object", "required": ["sku", "count", "price"], "properties": {
                "sku": {"type": "string", "pattern": "^[A-Z]{3}[0-9]{4}$"}, "count": {"type": "integer", "minimum": 1},
                "price": {"type": "number", "minimum": 0}, "tags": {"type": "array", "items": {"type": "string"}}}}},
    }}


def order(items=22):
    """A valid body; 22 items make 2 KB."""
    item = {"sku": "ABC1234", "count": 2, "price": 19.95, "tags": ["garden", "summer"]}
    return json.dumps({"id": "order-12345678", "customer": {"name": "Ada Lovelace", "email": "ada@example.com"}, "currency": "EUR",
                       "total": 438.9, "express": True, "note": None, "items": [item] * items})


def validating_api(gateway):
    """POST to a MOCK with a validator and a model of 15 properties, and to one without."""
    client = gateway.client("apigateway")
    api = client.create_rest_api(name="validation")["id"]
    root = root_of(client, api)
    client.create_model(restApiId=api, name="Order", contentType="application/json", schema=json.dumps(ORDER))
    validator = client.create_request_validator(restApiId=api, validateRequestBody=True)["id"]
    guard = {"requestValidatorId": validator, "requestModels": {"application/json": "Order"}}
    for path, fields in (("validated", guard), ("bare", {})):
        at = {"restApiId": api, "httpMethod": "POST",
              "resourceId": client.create_resource(restApiId=api, parentId=root, pathPart=path)["id"]}
        client.put_method(**at, authorizationType="NONE", **fields)
        client.put_integration(**at, type="MOCK", requestTemplates={"application/json": '{"statusCode": 200}'})
        client.put_method_response(**at, statusCode="200")
        client.put_integration_response(**at, statusCode="200")
    client.create_deployment(restApiId=api, stageName="prod")
    return [gateway.invoke_url(api, "prod", path) for path in ("/validated", "/bare")]


class Signer:
    """A user pool of one key, and a token of the size that Cognito's have."""
    POOL, ISSUER = "us-east-1_Bench", "https://pool.test/us-east-1_Bench"

    def __init__(self):
        self.private = rsa.generate_private_key(65537, 2048)

    def key_set(self):
        public = self.private.public_key().public_numbers()
        key = {"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "bench", "e": "AQAB",
               "n": base64url(public.n.to_bytes(256, "big"))}
        return json.dumps({"keys": [key]})

    def token(self):
        now = int(time.time())
        claims = {"sub": "8f1b6a1e-3c1d-4c53-9a50-0f6e5e4a7b11", "cognito:groups": ["admins", "users"], "email_verified": True,
                  "iss": self.ISSUER, "cognito:username": "8f1b6a1e-3c1d-4c53-9a50-0f6e5e4a7b11", "aud": "4p8r9e9b24t2u6u7i08gqcp1u0",
                  "event_id": "87b4fd4c-c372-45c7-af6b-75d23f309d1a", "token_use": "id", "auth_time": now, "exp": now + 86400,
                  "iat": now, "jti": "137272ba-89e6-4988-906b-97622e2f0a30", "email": "ada.lovelace@example.com"}
        parts = [{"kid": "bench", "alg": "RS256"}, claims]
        signed = ".".join(base64url(json.dumps(part).encode()) for part in parts)
        return f"{signed}.{base64url(self.private.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def guarded_api(gateway, pool):
    """MOCKs with a static template: open to all; for tokens that are remembered; for tokens that are verified each time."""
    client = gateway.client("apigateway")
    api = client.create_rest_api(name="guarded")["id"]
    root = root_of(client, api)
    for path, seconds in (("bare", None), ("remembered", 300), ("verified", 0)):
        resource = client.create_resource(restApiId=api, parentId=root, pathPart=path)["id"]
        put_mock(client, api, resource)
        if seconds is not None:
            made = client.create_authorizer(
                restApiId=api, name=path, type="COGNITO_USER_POOLS", authorizerResultTtlInSeconds=seconds,
                providerARNs=[f"arn:aws:cognito-idp:us-east-1:000000000000:userpool/{pool}"],
                identitySource="method.request.header.Authorization")
            changes = {"/authorizationType": "COGNITO_USER_POOLS", "/authorizerId": made["id"]}
            client.update_method(restApiId=api, resourceId=resource, httpMethod="GET", patchOperations=[
                {"op": "replace", "path": where, "value": value} for where, value in changes.items()])
    client.create_deployment(restApiId=api, stageName="prod")
    return [gateway.invoke_url(api, "prod", f"/{path}") for path in ("bare", "remembered", "verified")]


AUTHORIZER = """def handler(event, context):
    arn = event["methodArn"].split("/", 1)[0] + "/*"
    statement = {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": arn}
    return {"principalId": "bench", "policyDocument": {"Version": "2012-10-17", "Statement": [statement]}, "context": {"plan": "gold"}}
"""


def called_api(gateway):
    """MOCKs with a static template: open to all, for signed calls, and behind a Lambda authorizer whose answer is kept."""
    client, functions = gateway.client("apigateway"), gateway.client("lambda")
    arn = functions.create_function(FunctionName="authorizer", Runtime="python3.11", Handler="main.handler", Timeout=10,
                                    Code={"ZipFile": zipped("main.py", AUTHORIZER)}, Role="arn:aws:iam::000000000000:role/any")["FunctionArn"]
    api = client.create_rest_api(name="called")["id"]
    functions.add_permission(FunctionName="authorizer", StatementId="gateway", Action="lambda:InvokeFunction",
                             Principal="apigateway.amazonaws.com",
                             SourceArn=f"arn:aws:execute-api:us-east-1:000000000000:{api}/authorizers/*")
    made = client.create_authorizer(
        restApiId=api, name="kept", type="TOKEN", authorizerResultTtlInSeconds=3600, identitySource="method.request.header.Token",
        authorizerUri=f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{arn}/invocations")
    guards = {"bare": {}, "signed": {"/authorizationType": "AWS_IAM"},
              "kept": {"/authorizationType": "CUSTOM", "/authorizerId": made["id"]}}
    for path, changes in guards.items():
        resource = client.create_resource(restApiId=api, parentId=root_of(client, api), pathPart=path)["id"]
        put_mock(client, api, resource)
        if changes:
            client.update_method(restApiId=api, resourceId=resource, httpMethod="GET", patchOperations=[
                {"op": "replace", "path": where, "value": value} for where, value in changes.items()])
    client.create_deployment(restApiId=api, stageName="prod")
    return [gateway.invoke_url(api, "prod", f"/{path}") for path in guards]


ROOT = Credentials("test", "test")


def signed_headers(url, credentials=ROOT):
    """What a GET that somebody signed has to carry, and a token beside it."""
    request = AWSRequest("GET", url)
    SigV4Auth(credentials, "execute-api", "us-east-1").add_auth(request)
    return {**request.headers, "Token": "a-token-of-some-length-0123456789"}


def invoking_user(gateway):
    """The credentials of a user whose policy lets it call everything."""
    client = gateway.client("iam")
    client.create_user(UserName="caller")
    statement = {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:*:*:*"}
    client.put_user_policy(UserName="caller", PolicyName="invoke",
                           PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    made = client.create_access_key(UserName="caller")["AccessKey"]
    return Credentials(made["AccessKeyId"], made["SecretAccessKey"])


def policed_api(gateway, statements):
    """A MOCK whose API has a resource policy of so many statements; the last one allows."""
    client = gateway.client("apigateway")
    denied = [{"Effect": "Deny", "Principal": "*", "Action": "execute-api:Invoke", "Resource": f"execute-api:/prod/*/secret{number}/*",
               "Condition": {"NotIpAddress": {"aws:SourceIp": [f"10.{number}.0.0/16"]}}} for number in range(statements - 1)]
    policy = {"Version": "2012-10-17", "Statement": [*denied, {
        "Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}]}
    api = client.create_rest_api(name="policed", policy=json.dumps(policy))["id"]
    resource = client.create_resource(restApiId=api, parentId=root_of(client, api), pathPart="pets")["id"]
    put_mock(client, api, resource)
    client.create_deployment(restApiId=api, stageName="prod")
    return gateway.invoke_url(api, "prod", "/pets")


def routed_api(gateway, resources):
    """An API with this many resources, called at the last one."""
    client = gateway.client("apigateway")
    api = client.create_rest_api(name=f"{resources} resources")["id"]
    root = root_of(client, api)
    for number in range(resources - 1):
        resource = client.create_resource(restApiId=api, parentId=root, pathPart=f"pets{number}")["id"]
    put_mock(client, api, resource)
    client.create_deployment(restApiId=api, stageName="prod")
    return gateway.invoke_url(api, "prod", f"/pets{resources - 2}")


def zipped(name, content, mode=0o644):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = (0o100000 | mode) << 16
        archive.writestr(entry, content)
    return buffer.getvalue()


def function_code(runtime):
    if runtime == "python":
        return "python3.11", "index.handler", zipped("index.py", PYTHON)
    if runtime == "node":
        return "nodejs20.x", "index.handler", zipped("index.js", NODE)
    bootstrap = Path(os.environ["STAGEDOOR_NOOP_BOOTSTRAP"]).read_bytes()
    return "provided.al2023", "bootstrap", zipped("bootstrap", bootstrap, 0o755)


def function_api(gateway, runtime, work):
    functions, client = gateway.client("lambda"), gateway.client("apigateway")
    identifier, handler, code = function_code(runtime)
    arn = functions.create_function(FunctionName=runtime, Runtime=identifier, Handler=handler, Code={"ZipFile": code},
                                    Role="arn:aws:iam::000000000000:role/any", Timeout=10)["FunctionArn"]
    api = client.create_rest_api(name=runtime)["id"]
    functions.add_permission(FunctionName=runtime, StatementId="gateway", Action="lambda:InvokeFunction",
                             Principal="apigateway.amazonaws.com",
                             SourceArn=f"arn:aws:execute-api:us-east-1:000000000000:{api}/*/*")
    resource = client.create_resource(restApiId=api, parentId=root_of(client, api), pathPart="pets")["id"]
    client.put_method(restApiId=api, resourceId=resource, httpMethod="GET", authorizationType="NONE")
    client.put_integration(restApiId=api, resourceId=resource, httpMethod="GET", type="AWS_PROXY",
                           integrationHttpMethod="POST",
                           uri=f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{arn}/invocations")
    client.create_deployment(restApiId=api, stageName="prod")
    return gateway.invoke_url(api, "prod", "/pets")


def five_method_document(number):
    integration = {"type": "mock", "requestTemplates": {"application/json": '{"statusCode": 200}'},
                   "responses": {"default": {"statusCode": "200", "responseTemplates": {"application/json": BODY}}}}
    operation = {"responses": {"200": {"description": "ok"}}, "x-amazon-apigateway-integration": integration}
    return json.dumps({
        "openapi": "3.0.1",
        "info": {"title": f"api {number}", "version": "1"},
        "paths": {"/pets": {"get": operation, "post": operation},
                  "/pets/{id}": {"get": operation, "put": operation, "delete": operation}},
    })


def large_document(resources):
    """A document with this many resources, two methods each and forty models."""
    integration = {"type": "mock", "requestTemplates": {"application/json": '{"statusCode": 200}'},
                   "responses": {"default": {"statusCode": "200", "responseTemplates": {"application/json": BODY}}}}

    def operation(number):
        schema = {"$ref": f"#/components/schemas/Pet{number % 40}"}
        return {"operationId": f"operation{number}",
                "parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}],
                "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": schema}}}},
                "x-amazon-apigateway-integration": integration}

    pet = {"type": "object", "properties": {"name": {"type": "string"}, "age": {"type": "integer"}}}
    return json.dumps({
        "openapi": "3.0.1",
        "info": {"title": "large", "version": "1"},
        # The root is a resource too.
        "paths": {f"/pets{n}": {"get": operation(n), "post": operation(n + 1)} for n in range(resources - 1)},
        "components": {"schemas": {f"Pet{number}": pet for number in range(40)}},
    })


def many_apis(gateway, count):
    """Imports and deploys this many APIs of five methods each."""
    client = gateway.client("apigateway")

    def make(number):
        api = client.import_rest_api(body=five_method_document(number))["id"]
        client.create_deployment(restApiId=api, stageName="prod")
        return api

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        return list(pool.map(make, range(count)))


def touch_all(gateway, ids):
    """Calls every API once, so that each is compiled."""
    for api in ids:
        urllib.request.urlopen(gateway.invoke_url(api, "prod", "/pets")).read()
