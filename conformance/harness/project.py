"""A folder with a stagedoor.yaml, as a developer edits it, and a gateway that serves it."""

import pathlib

from . import raw
from .process import Gateway

CONFIGURATION = """\
apis:
  shop:
    openapi: api.yaml
    stage: v1
functions:
  hello:
    runtime: python3.11
    handler: main.handler
    code: hello
    timeout: 10
  other:
    runtime: nodejs20.x
    handler: index.handler
    code: other
"""
DOCUMENT = """\
openapi: 3.0.1
info: {title: shop, version: "1"}
paths:
  /hello:
    get:
      responses: {"200": {description: ok}}
      x-amazon-apigateway-integration:
        type: aws_proxy
        httpMethod: POST
        uri: FUNCTION/arn:aws:lambda:us-east-1:000000000000:function:hello/invocations
  /other:
    get:
      responses: {"200": {description: ok}}
      x-amazon-apigateway-integration:
        type: aws_proxy
        httpMethod: POST
        uri: FUNCTION/arn:aws:lambda:us-east-1:000000000000:function:other/invocations
  /mock:
    get:
      responses: {"200": {description: ok}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses: {default: {statusCode: "200", responseTemplates: {application/json: mocked}}}
""".replace("FUNCTION", "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions")
PYTHON = "import os\n\n\ndef handler(event, context):\n    return {'body': f'first {os.getpid()}'}\n"
NODE = "exports.handler = async () => ({body: `other ${process.pid}`});\n"


class Project:
    """Files in a folder, and the gateway in front of them."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.write("stagedoor.yaml", CONFIGURATION)
        self.write("api.yaml", DOCUMENT)
        self.write("hello/main.py", PYTHON)
        self.write("other/index.js", NODE)
        self.gateway = None

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def change(self, name, old, new):
        """Saves a file with one thing in it replaced."""
        text = (self.folder / name).read_text()
        assert old in text, text
        return self.write(name, text.replace(old, new))

    def start(self, *arguments, **environment):
        self.gateway = Gateway(self.folder / ".data", [str(self.folder), *arguments], environment).start()
        return self

    def call(self, path):
        return raw.send(self.gateway.port, "GET", f"/_aws/execute-api/shop/v1/{path}")

    def mark(self):
        return len(self.gateway.output.lines)

    def expect(self, pattern, since=0, timeout=10):
        return self.gateway.output.wait_for(pattern, timeout, since)

    def stop(self):
        assert self.gateway.stop() == 0, self.gateway.output.text()
