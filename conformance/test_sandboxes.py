"""Functions of a file in their sandboxes, with their layers: `sandbox:` and `layers:` in stagedoor.yaml."""

import json
import shutil
import subprocess
import sys
import zipfile

import pytest

from harness import official, raw
from harness.process import Gateway, find_binary

HOST = "box.execute-api.us-east-1.amazonaws.com"
DOCUMENT = """openapi: 3.0.1
info: {title: box, version: '1'}
paths:
  /ask:
    post:
      x-amazon-apigateway-integration:
        type: aws_proxy
        httpMethod: POST
        uri: arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:ask/invocations
"""
FUNCTION = """
import json, os
def handler(event, context):
    try:
        answer = eval(event["body"])
    except Exception as error:
        answer = "refused: " + type(error).__name__
    return {"statusCode": 200, "body": json.dumps(answer)}
"""
STATUS = "[line.split()[1] for line in open('/proc/self/status') if line.startswith(('NoNewPrivs', 'Seccomp:', 'CapEff'))]"
CONFINED = ["0" * 16, "1", "2"]


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "project"
    (folder / "ask").mkdir(parents=True)
    (folder / "ask" / "app.py").write_text(FUNCTION)
    (folder / "api.yaml").write_text(DOCUMENT)
    (folder / "secret").write_text("hidden")
    return folder


def serve(folder, command="serve", function="", top="", data=None):
    """A running gateway, and what its function answers to an expression."""
    (folder / "stagedoor.yaml").write_text(
        f"{top}\napis:\n  box: {{openapi: api.yaml, stage: v1}}\nfunctions:\n  ask:\n    runtime: python3.12\n"
        f"    handler: app.handler\n    code: ask\n    timeout: 20\n{function}")
    extra = ["--status", "127.0.0.1:0"] if command == "serve" else []
    gateway = Gateway(data or folder.parent / "data", [str(folder), *extra], subcommand=command).start()

    def ask(expression):
        reply = raw.send(gateway.port, "POST", "/v1/ask", host=HOST, body=expression.encode())
        assert reply.status == 200, (reply.status, reply.text)
        return reply.json
    return gateway, ask


def test_serve_confines_functions_and_dev_does_not(folder):
    read = f"open({str(folder / 'secret')!r}).read()"
    for command, expected in (("serve", "refused: PermissionError"), ("dev", "hidden")):
        gateway, ask = serve(folder, command)
        try:
            got = ask(read)
            assert got == expected or command == "serve" and got == "refused: FileNotFoundError"
            assert (ask(STATUS) == CONFINED) == (command == "serve")
        finally:
            assert gateway.stop() == 0


@pytest.mark.parametrize("level", ["kernel", "bubblewrap"])
@pytest.mark.parametrize("where", ["function", "top"])
def test_a_level_is_chosen_for_all_or_for_one(folder, level, where):
    chosen = {"function": {"function": f"    sandbox: {level}\n", "top": "sandbox: none"}, "top": {"top": f"sandbox: {level}"}}
    gateway, ask = serve(folder, "dev", **chosen[where])
    try:
        assert ask(STATUS) == CONFINED
        assert ask(f"open({str(folder / 'secret')!r}).read()").startswith("refused")
        assert ask("open('/tmp/kept', 'w').write('x')") == 1
        assert ask("open('/tmp/kept').read()") == "x", "the same process keeps its /tmp"
        assert (ask("os.getcwd()") == "/var/task") == (level == "bubblewrap")
    finally:
        assert gateway.stop() == 0


@pytest.mark.parametrize("level", ["none", "kernel", "bubblewrap"])
def test_layers_from_folders_and_zips_are_merged_in_order(folder, level):
    for layer, text in (("one", "1"), ("two", "2")):
        (folder / layer / "python").mkdir(parents=True)
        (folder / layer / "python" / "shared.py").write_text(f"WHERE = {text}\n")
        (folder / layer / "python" / f"only_{layer}.py").write_text(f"WHERE = {text}\n")
    with zipfile.ZipFile(folder / "three.zip", "w") as archive:
        archive.writestr("python/shared.py", "WHERE = 3\n")
    gateway, ask = serve(folder, "dev", "    layers: [one, two, three.zip]\n", f"sandbox: {level}")
    try:
        where = "[__import__(name).WHERE for name in ('shared', 'only_one', 'only_two')]"
        assert ask(where) == [3, 1, 2]
        if level != "none":
            assert ask("sorted(os.listdir('/opt'))") == ["python"]
    finally:
        assert gateway.stop() == 0


@pytest.fixture(scope="module")
def clients():
    return official.install()


def bootstraps(home):
    """Each official client as a function brings it: beside its interpreter, in a layer, in the program itself."""
    python = (f"#!{sys.executable}\nimport os, runpy, sys\nsys.argv = ['awslambdaric', os.environ['_HANDLER']]\n"
              "sys.path.insert(0, os.getcwd())\nrunpy.run_module('awslambdaric', run_name='__main__')\n")
    node = '#!/bin/sh\nexec node /opt/node_modules/aws-lambda-ric/bin/index.mjs "$_HANDLER"\n'
    return {"python": python.encode(), "node": node.encode(),
            "rust": (home / "rust/release/official-rust").read_bytes()}


@pytest.mark.parametrize("level", ["kernel", "bubblewrap"])
def test_official_runtime_clients_run_confined(folder, clients, level):
    declared = f"sandbox: {level}\nfunctions:\n"
    for client, bootstrap in bootstraps(clients).items():
        code = folder / client
        code.mkdir()
        (code / "bootstrap").write_bytes(bootstrap)
        (code / "bootstrap").chmod(0o755)
        for source in (official.SOURCES / client).glob("main.*"):
            shutil.copy(source, code)
        layers = f", layers: [{clients / 'node'}]" if client == "node" else ""
        declared += f"  {client}: {{runtime: provided.al2023, handler: main.handler, code: {client}, timeout: 20, memory: 256{layers}}}\n"
    (folder / "stagedoor.yaml").write_text(declared)
    gateway = Gateway(folder.parent / "data", [str(folder)]).start()
    try:
        for client in bootstraps(clients):
            path = f"/2015-03-31/functions/{client}/invocations"
            answer = raw.signed(gateway.port, "POST", path, service="lambda", body=b'{"do": "", "x": 1}').json
            assert answer["event"] == {"do": "", "x": 1} and answer["name"] == client, gateway.output.text()
            failed = raw.signed(gateway.port, "POST", path, service="lambda", body=b'{"do": "raise"}')
            assert failed.header("x-amz-function-error") == "Unhandled" and "handled here" in failed.text
    finally:
        assert gateway.stop() == 0


def test_memory_over_the_limit_is_a_502_and_the_report_tells_it(folder):
    gateway, ask = serve(folder)
    try:
        reply = raw.send(gateway.port, "POST", "/v1/ask", host=HOST, body=b"len([b'x' * (8 << 20) for _ in range(200)])")
        assert (reply.status, reply.json) == (502, {"message": "Internal server error"})
        assert ask("6 * 7") == 42
    finally:
        assert gateway.stop() == 0


def test_nothing_of_a_function_stays_when_the_gateway_is_killed(folder):
    gateway, ask = serve(folder)
    mark = f"7{gateway.port}.25"
    ask(f"__import__('subprocess').Popen(['/bin/sleep', {mark!r}], start_new_session=True).pid")
    assert sleepers(mark) == 1
    gateway.kill()
    gateway.start()
    gateway.output.wait_for("/_aws/execute-api/box/v1")
    assert sleepers(mark) == 0
    assert gateway.stop() == 0


def sleepers(mark):
    done = subprocess.run(["pgrep", "-c", "-f", f"^/bin/sleep {mark}$"], capture_output=True, text=True, timeout=10)
    return int(done.stdout)


def test_a_level_that_the_machine_cannot_give_is_refused_at_start(folder, tmp_path):
    """Inside of a sandbox that forbids user namespaces, another one cannot be made."""
    serve(folder, "dev", top="sandbox: none")[0].stop()
    text = (folder / "stagedoor.yaml").read_text().replace("sandbox: none", "sandbox: bubblewrap")
    (folder / "stagedoor.yaml").write_text(text)
    without = [shutil.which("bwrap"), "--unshare-user", "--disable-userns", "--dev-bind", "/", "/", "--"]
    command = [str(find_binary()), "serve", str(folder), "--listen", "127.0.0.1:0", "--status", "127.0.0.1:0",
               "--data-dir", str(tmp_path / "other")]
    refused = subprocess.run([*without, *command], capture_output=True, text=True, timeout=30)
    assert refused.returncode != 0
    assert "the sandbox `bubblewrap` does not work on this machine" in refused.stderr
    assert "stagedoor doctor" in refused.stderr and "`sandbox:`" in refused.stderr


def test_doctor_tells_what_sandboxes_there_are():
    done = subprocess.run([str(find_binary()), "doctor", "-o", "json"], capture_output=True, text=True, timeout=30)
    found = {finding["subject"]: finding for finding in json.loads(done.stdout)}
    assert {"kernel sandbox", "bubblewrap", "landlock", "memory limit", "python3", "node"} <= found.keys()
    assert all(finding["detail"] for finding in found.values())
