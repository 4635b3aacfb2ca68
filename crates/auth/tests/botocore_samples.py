"""Writes botocore_samples.json: requests as botocore signs them. Run with a Python that has botocore."""

import calendar
import json
import time
from pathlib import Path

from botocore.auth import S3SigV4Auth, SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

HOST = "https://apigateway.us-east-1.amazonaws.com"
CASES = [
    ("get", "GET", "/restapis", {}, b"", {}, None),
    ("query", "GET", "/restapis?limit=25&position=a%2Fb%3D&name=x%20y", {}, b"", {}, None),
    ("unsorted query", "GET", "/tags/x?tagKeys=b&tagKeys=a&z&A=1", {}, b"", {}, None),
    ("post", "POST", "/restapis", {"Content-Type": "application/json"}, b'{"name":"p\xc3\xa9ts"}', {}, None),
    ("encoded path", "GET", "/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Fabc", {}, b"", {}, None),
    ("braces and dots", "GET", "/a/./b/../%7Bid%7D//c/$default/", {}, b"", {}, None),
    ("spaces in headers", "GET", "/", {"X-Amz-Odd": "  a   b  "}, b"", {}, None),
    ("session token", "GET", "/account", {}, b"", {"token": "tok/en+=="}, None),
    ("unsigned payload", "PUT", "/x", {"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD"}, b"anything", {}, None),
    ("presigned", "GET", "/test/pets?type=cat", {}, b"", {"service": "execute-api"}, 300),
    ("object", "PUT", "/bucket/a%20b//%C3%A9/./c%2Bd?x-id=PutObject", {}, b"text", {"service": "s3"}, None),
    ("presigned with token", "GET", "/test/pets", {}, b"", {"service": "execute-api", "token": "t+k"}, 300),
]


def sign(name, method, path, headers, body, options, expires):
    request = AWSRequest(method=method, url=HOST + path, headers=headers, data=body)
    credentials = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", options.get("token"))
    service = options.get("service", "apigateway")
    if expires:
        SigV4QueryAuth(credentials, service, "us-east-1", expires=expires).add_auth(request)
    elif service == "s3":
        S3SigV4Auth(credentials, service, "us-east-1").add_auth(request)
    else:
        SigV4Auth(credentials, service, "us-east-1").add_auth(request)
    path, _, query = request.url.removeprefix(HOST).partition("?")
    headers = [[key, value] for key, value in request.headers.items()] + [["Host", HOST.removeprefix("https://")]]
    return {
        "name": name,
        "method": method,
        "path": path,
        "query": query,
        "headers": headers,
        "body": body.decode(),
        "service": service,
        "token": options.get("token"),
        "epoch_millis": 1000 * calendar.timegm(time.strptime(request.context["timestamp"], "%Y%m%dT%H%M%SZ")),
    }


samples = [sign(*case) for case in CASES]
Path(__file__).with_suffix(".json").write_text(json.dumps(samples, indent=1) + "\n")
