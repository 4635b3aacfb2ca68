"""Signed calls of the data plane: by botocore, by curl, and by the signer of AWS's JavaScript SDK."""

import fcntl
import json
import pathlib
import shutil
import subprocess
import urllib.parse

from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from harness import raw
from harness.process import REPOSITORY, target_directory

ROOT = Credentials("test", "test")
SIGNERS = REPOSITORY / "conformance/signers"


def request(api, path, method="GET", headers=None, body=b"", stage="test"):
    return AWSRequest(method=method, url=f"http://{api.host}/{stage}{path}", headers=dict(headers or {}), data=body)


def send(api, signed):
    """What the gateway answers to a request as it stands."""
    target = signed.url.split(api.host, 1)[1]
    return raw.send(api.gateway.port, signed.method, target, list(signed.headers.items()), signed.data, host=api.host)


def call(api, path="/", method="GET", credentials=ROOT, headers=None, body=b"", region="us-east-1", service="execute-api",
         presigned=None, stage="test"):
    """A call signed by botocore; `presigned` is how many seconds its URL lives."""
    made = request(api, path, method, headers, body, stage)
    signer = SigV4QueryAuth(credentials, service, region, expires=presigned) if presigned else SigV4Auth(
        credentials, service, region)
    signer.add_auth(made)
    return send(api, made)


def with_curl(api, path, *arguments, access_key="test", secret="test"):
    """The status and body of a call by curl's own signer."""
    url = f"http://{api.host}/test{path}"
    ran = subprocess.run(
        ["curl", "--silent", "--show-error", "--max-time", "20", "--noproxy", "*", "--path-as-is",
         "--connect-to", f"{api.host}:80:127.0.0.1:{api.gateway.port}", "--aws-sigv4", "aws:amz:us-east-1:execute-api",
         "--user", f"{access_key}:{secret}", "--write-out", "\n%{http_code}", *arguments, url],
        check=True, capture_output=True, timeout=30, text=True)
    body, _, status = ran.stdout.rpartition("\n")
    return int(status), body


def javascript():
    """Where the JavaScript signer is installed."""
    home = target_directory() / "signers"
    home.mkdir(parents=True, exist_ok=True)
    with open(home / ".lock", "w") as lock:
        # Tests that run side by side ask at the same time.
        fcntl.flock(lock, fcntl.LOCK_EX)
        installed, wanted = home / ".installed", (SIGNERS / "package-lock.json").read_bytes()
        if not installed.exists() or installed.read_bytes() != wanted:
            for name in ("package.json", "package-lock.json"):
                shutil.copy(SIGNERS / name, home / name)
            subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=home, check=True, timeout=300)
            installed.write_bytes(wanted)
        shutil.copy(SIGNERS / "sign.js", home / "sign.js")
    return pathlib.Path(home)


def with_javascript(home, api, path, method="GET", headers=None, body="", query=None, credentials=ROOT, presign=False):
    """What the gateway answers to a request that the signer of the JavaScript SDK signed."""
    made = {
        "protocol": "http:", "hostname": api.host, "method": method, "path": f"/test{path}", "query": query or {},
        "headers": {"host": api.host, **(headers or {})}, "body": body, "presign": presign,
        "credentials": {"accessKeyId": credentials.access_key, "secretAccessKey": credentials.secret_key,
                        **({"sessionToken": credentials.token} if credentials.token else {})}}
    ran = subprocess.run(["node", str(home / "sign.js"), json.dumps(made)], check=True, capture_output=True, timeout=60)
    signed = json.loads(ran.stdout)
    encoded = urllib.parse.urlencode(signed["query"], doseq=True, quote_via=urllib.parse.quote)
    target = made["path"] + ("?" + encoded if encoded else "")
    return raw.send(api.gateway.port, method, target, list(signed["headers"].items()), body, host=api.host)
