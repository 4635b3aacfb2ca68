"""Lambda functions for scenarios: packages made in memory."""

import io
import textwrap
import zipfile

ROLE = "arn:aws:iam::000000000000:role/execution"

PYTHON_ECHO = """
    import json
    def handler(event, context):
        return {"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": json.dumps(event)}
"""

NODE_ECHO = """
    exports.handler = async (event) => ({
      statusCode: 200, headers: {"Content-Type": "application/json"}, body: JSON.stringify(event),
    });
"""

# A custom runtime in nothing but the Python standard library: the shortest client of the Runtime API.
PROVIDED_ECHO = """\
#!/usr/bin/env python3
import http.client, json, os
api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
base = "/2018-06-01/runtime/invocation/"
while True:
    api.request("GET", base + "next")
    call = api.getresponse()
    event = json.loads(call.read())
    answer = {"statusCode": 200, "headers": {"X-Runtime": "provided"}, "body": json.dumps(event)}
    api.request("POST", base + call.headers["Lambda-Runtime-Aws-Request-Id"] + "/response", json.dumps(answer))
    api.getresponse().read()
"""

# Tells the backend of each call, waits for what it says, and fails when it says so.
TELLER = """
    import json, os, urllib.request
    def handler(event, context):
        said = {"event": event, "request": context.aws_request_id, "version": context.function_version}
        if context.client_context:
            said["client"] = context.client_context.custom
        asked = urllib.request.Request(os.environ["BACKEND"], json.dumps(said).encode(), method="POST")
        answer = json.load(urllib.request.urlopen(asked, timeout=60))
        if "fail" in answer:
            raise RuntimeError(answer["fail"])
        return answer
"""


def package(files, mode=0o755):
    """A zip with these files, executable."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            entry.external_attr = (0o100000 | mode) << 16
            archive.writestr(entry, textwrap.dedent(text))
    return buffer.getvalue()


def create(client, name, source=PYTHON_ECHO, runtime="python3.11", handler=None, **fields):
    """Creates a function from one file of source; returns its ARN."""
    file, default = {"p": ("main.py", "main.handler"), "n": ("main.js", "main.handler")}[runtime[0]] \
        if runtime[:8] != "provided" else ("bootstrap", "bootstrap")
    return client.create_function(
        FunctionName=name, Runtime=runtime, Role=ROLE, Handler=handler or default,
        Code={"ZipFile": package({file: source})}, **fields,
    )["FunctionArn"]


def allow(client, name, source="arn:aws:execute-api:us-east-1:000000000000:*", qualifier=None, sid="gateway"):
    """Lets API Gateway invoke a function."""
    where = {"Qualifier": qualifier} if qualifier else {}
    return client.add_permission(
        FunctionName=name, StatementId=sid, Action="lambda:InvokeFunction",
        Principal="apigateway.amazonaws.com", SourceArn=source, **where,
    )
