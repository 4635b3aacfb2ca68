"""AWS services on this machine: a moto server of its own, and the integrations that reach it."""

import os
import subprocess
import sys
import urllib.request

import boto3
from botocore.config import Config

from .process import Output

REGION = "us-east-1"
ACCOUNT = "000000000000"
ROLE = "arn:aws:iam::000000000000:role/gateway"
START_DEADLINE = 60


class Moto:
    """A moto server; `access_key` and `secret` are those of a user who may do anything, once `enforce` was called."""

    def __init__(self):
        clean = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
            env={**clean, "PYTHONUNBUFFERED": "1", "MOTO_ACCOUNT_ID": ACCOUNT},
        )
        self.output = Output(self.process.stdout)
        self.url = self.output.wait_for(r"Running on (http://127\.0\.0\.1:\d+)", START_DEADLINE).group(1)
        self.access_key, self.secret = "AKIAGATEWAY", "a secret"

    def client(self, service, region=REGION):
        return boto3.client(
            service, endpoint_url=self.url, region_name=region, aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret,
            config=Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}))

    def enforce(self):
        """From now on moto verifies signatures and policies, as AWS does."""
        asked = urllib.request.Request(f"{self.url}/moto-api/reset-auth", b"0", {"Content-Type": "text/plain"}, method="POST")
        urllib.request.urlopen(asked, timeout=10).read()

    @property
    def environment(self):
        """What tells a gateway to call this server."""
        return {"AWS_ENDPOINT_URL": self.url, "AWS_ACCESS_KEY_ID": self.access_key, "AWS_SECRET_ACCESS_KEY": self.secret}

    def stop(self):
        self.process.kill()
        self.process.wait(20)


def uri(call, region=REGION):
    """`sqs:action/SendMessage` as an integration names it."""
    return f"arn:aws:apigateway:{region}:{call}"


def integrate(api, path, call, verb="POST", template=None, method=None, backend_verb="POST", **fields):
    """A method whose AWS integration makes one call of a service."""
    if template is not None:
        fields["requestTemplates"] = {"application/json": template}
    api.method(path, verb, **(method or {}))
    return api.integration(path, verb, **{"type": "AWS", "integrationHttpMethod": backend_verb, "uri": uri(call),
                                          "credentials": ROLE, **fields})


def outcomes(api, path, verb="POST", success=None, failure=None, **method):
    """200 for 2xx, 502 for anything else, each with its template."""
    templates = lambda text: {"application/json": text} if text else {}
    api.response(path, verb, "200", method, selectionPattern=r"2\d{2}", responseTemplates=templates(success))
    return api.response(path, verb, "502", responseTemplates=templates(failure))
