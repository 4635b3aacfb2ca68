"""Writes aws_suite.json: AWS's published signing test suite for version 4, which AWS gives away under Apache-2.0.

Run with the folder `aws-signing-test-suite/v4`, as the crate `aws-sigv4` (1.6.4) has it. Requests that sign a path without
normalising it are left out: only S3 reads them.
"""

import json
import sys
from pathlib import Path


def request(text):
    head, _, body = text.partition("\n\n")
    first, *lines = head.split("\n")
    method, rest = first.split(" ", 1)
    target = rest.removesuffix(" HTTP/1.1")
    headers = []
    for line in lines:
        if line[:1].isspace():
            headers[-1][1] += " " + line.strip()
        else:
            headers.append(list(line.partition(":")[::2]))
    path, _, query = target.partition("?")
    return {"method": method, "path": path, "query": query, "headers": headers, "body": body.removesuffix("\n")}


def case(folder):
    context = json.loads((folder / "context.json").read_text())
    text = lambda name: (folder / name).read_text()
    requests = {kind: request(text(f"{kind}-signed-request.txt")) for kind in ["header", "query"]}
    canonical = {kind: text(f"{kind}-canonical-request.txt") for kind in ["header", "query"]}
    return {"name": folder.name, "normalize": context["normalize"], "requests": requests, "canonical": canonical}


cases = [case(folder) for folder in sorted(Path(sys.argv[1]).iterdir()) if (folder / "header-signature.txt").exists()]
cases = [case for case in cases if case.pop("normalize")]
Path(__file__).with_suffix(".json").write_text(json.dumps(cases, indent=1) + "\n")
