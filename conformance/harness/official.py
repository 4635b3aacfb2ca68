"""Functions on Lambda's official runtime clients, each started by a bootstrap of its own."""

import io
import pathlib
import subprocess
import sys
import zipfile

from harness import functions
from harness.process import REPOSITORY, target_directory

SOURCES = REPOSITORY / "conformance/functions"
PYTHON = '#!/bin/sh\nexec {python} -m awslambdaric "$_HANDLER"\n'
NODE = '#!/bin/sh\nexec node {home}/node/node_modules/aws-lambda-ric/bin/index.mjs "$_HANDLER"\n'


def install():
    """Builds what is missing; returns where it is."""
    home = target_directory() / "official-clients"
    script = REPOSITORY / "scripts/official-clients.sh"
    subprocess.run(["sh", str(script), str(home)], check=True, timeout=1200)
    return home


def archive(client, home):
    """The zip of the function on this client."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in _files(client, home).items():
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            entry.external_attr = 0o100755 << 16
            zipped.writestr(entry, content)
    return buffer.getvalue()


def _files(client, home):
    if client == "rust":
        return {"bootstrap": pathlib.Path(home, "rust/release/official-rust").read_bytes()}
    if client == "python":
        return {"bootstrap": PYTHON.format(python=sys.executable), "main.py": (SOURCES / "python/main.py").read_text()}
    return {"bootstrap": NODE.format(home=home), "main.js": (SOURCES / "node/main.js").read_text()}


def create(lambda_, client, home, name, handler="main.handler", **fields):
    return lambda_.create_function(
        FunctionName=name, Runtime="provided.al2023", Role=functions.ROLE, Handler=handler,
        Code={"ZipFile": archive(client, home)}, **fields)["FunctionArn"]
