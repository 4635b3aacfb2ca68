"""Builds REST APIs through boto3 in few words, deploys and calls them."""

import json

from harness import raw

STATIC_OK = '{"statusCode": 200}'


class Api:
    """A REST API under construction, and its invoke URL."""

    def __init__(self, gateway, client, name="conformance", **fields):
        self.gateway, self.client = gateway, client
        created = client.create_rest_api(name=name, **fields)
        self.id, self.root = created["id"], created["rootResourceId"]
        self.resources = {"/": self.root}

    def resource(self, path):
        """The id of a resource; creates what is missing on the way."""
        if path not in self.resources:
            parent, _, part = path.rpartition("/")
            made = self.client.create_resource(restApiId=self.id, parentId=self.resource(parent or "/"), pathPart=part)
            self.resources[path] = made["id"]
        return self.resources[path]

    def at(self, path, verb):
        return {"restApiId": self.id, "resourceId": self.resource(path), "httpMethod": verb}

    def method(self, path, verb="GET", **fields):
        self.client.put_method(**self.at(path, verb), **{"authorizationType": "NONE", **fields})
        return self

    def integration(self, path, verb="GET", **fields):
        self.client.put_integration(**self.at(path, verb), **fields)
        return self

    def response(self, path, verb="GET", status="200", method=None, **integration):
        """A method response and the integration response that leads to it."""
        self.client.put_method_response(**self.at(path, verb), statusCode=status, **(method or {}))
        self.client.put_integration_response(**self.at(path, verb), statusCode=status, **integration)
        return self

    def mock(self, path, verb="GET", body="", request=STATIC_OK, **fields):
        """A MOCK that answers 200 with a static body."""
        self.method(path, verb, **fields)
        self.integration(path, verb, type="MOCK", requestTemplates={"application/json": request})
        return self.response(path, verb, responseTemplates={"application/json": body} if body else {})

    def http(self, path, uri, verb="GET", backend_verb=None, method=None, **fields):
        self.method(path, verb, **(method or {}))
        return self.integration(path, verb, type="HTTP", uri=uri, integrationHttpMethod=backend_verb or verb, **fields)

    def http_proxy(self, path, uri, verb="ANY", method=None, **fields):
        self.method(path, verb, **(method or {}))
        return self.integration(path, verb, type="HTTP_PROXY", uri=uri, integrationHttpMethod=verb, **fields)

    def lambda_proxy(self, path, function_arn, verb="ANY", method=None, **fields):
        self.method(path, verb, **(method or {}))
        return self.integration(path, verb, type="AWS_PROXY", integrationHttpMethod="POST",
                                uri=lambda_uri(function_arn), **fields)

    def deploy(self, stage="test", **fields):
        """The id of the new deployment."""
        return self.client.create_deployment(restApiId=self.id, stageName=stage, **fields)["id"]

    @property
    def host(self):
        return f"{self.id}.execute-api.us-east-1.amazonaws.com"

    def call(self, path="/", method="GET", headers=None, body=None, stage="test", **how):
        """A call on the default endpoint: the Host header names the API, the first segment the stage."""
        return raw.send(self.gateway.port, method, f"/{stage}{path}", headers, body, host=self.host, **how)

    def patch(self, operation, *operations, **where):
        """`patch("update_method", ("replace", "/x", "y"), ...)`."""
        return getattr(self.client, operation)(restApiId=self.id, patchOperations=patches(*operations), **where)


def patches(*operations):
    keys = ("op", "path", "value", "from")
    return [{k: v for k, v in zip(keys, operation) if v is not None} for operation in operations]


def lambda_uri(function_arn):
    return f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{function_arn}/invocations"


def message(body):
    """The default body of a gateway response raised before the integration step."""
    return json.dumps({"message": body}, separators=(",", ":")).encode()


def late_message(body):
    """The same for errors raised after `Starting execution`: a blank follows the colon."""
    return json.dumps({"message": body}).encode()
