"""A function with a debug port: an editor finds the process there, before the first call and for as long as it thinks."""

import contextlib
import json
import random
import socket
import sys
import time

import pytest

from conftest import make_client
from harness import raw
from harness.process import Gateway

FILE = """
interpreters: {{python3.11: {python}}}
functions:
  snake: {{runtime: python3.11, handler: main.handler, code: ./code, timeout: 1, debug: {snake}}}
  node: {{runtime: nodejs20.x, handler: main.handler, code: ./code, timeout: 1, debug: {node}}}
"""
PYTHON = "import os, time\ndef handler(event, context):\n    time.sleep(event.get('pause', 0))\n    return os.getpid()\n"
NODE = """exports.handler = (event) => new Promise((done) => setTimeout(() => done(process.pid), (event.pause ?? 0) * 1000));"""


def free_port():
    """A port that nobody has, and that the system gives to nobody who asks for any."""
    while True:
        port = random.randrange(20_000, 32_000)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


@pytest.fixture(scope="module")
def ports():
    return {"snake": free_port(), "node": free_port()}


@pytest.fixture(scope="module")
def gateway(tmp_path_factory, ports):
    project = tmp_path_factory.mktemp("project")
    (project / "code").mkdir()
    (project / "code/main.py").write_text(PYTHON)
    (project / "code/main.js").write_text(NODE)
    (project / "stagedoor.yaml").write_text(FILE.format(python=sys.executable, **ports))
    running = Gateway(tmp_path_factory.mktemp("data"), [str(project)]).start()
    yield running
    assert running.stop() == 0, running.output.text()[-4000:]


def connected(port):
    """A connection as soon as somebody listens; interpreters take a moment to start."""
    deadline = time.monotonic() + 20
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=10)
        except ConnectionRefusedError:
            assert time.monotonic() < deadline, f"nobody listens on {port}"
            time.sleep(0.02)


def exchange(port, message):
    """One message of the Debug Adapter Protocol, and the answer to it."""
    with connected(port) as connection:
        body = json.dumps(message).encode()
        connection.sendall(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        stream = connection.makefile("rb")
        while True:
            length = 0
            while (line := stream.readline().strip()):
                length = int(line.partition(b":")[2])
            answer = json.loads(stream.read(length))
            if answer["type"] == "response":
                return answer


def test_debugpy_shakes_hands(gateway, ports):
    answer = exchange(ports["snake"], {
        "seq": 1, "type": "request", "command": "initialize", "arguments": {"adapterID": "test", "clientID": "test"}})
    assert answer["success"] and answer["body"]["supportsConditionalBreakpoints"]
    gateway.output.wait_for(f"debugpy listens on 127.0.0.1:{ports['snake']}. One process serves all calls")


def test_nodes_inspector_answers(gateway, ports):
    connected(ports["node"]).close()
    targets = raw.send(ports["node"], "GET", "/json/list", host=f"127.0.0.1:{ports['node']}").json
    assert targets[0]["type"] == "node" and targets[0]["webSocketDebuggerUrl"].startswith("ws://127.0.0.1:")
    gateway.output.wait_for(f"Node's inspector listens on 127.0.0.1:{ports['node']}. One process serves all calls")


@pytest.mark.parametrize("name", ["snake", "node"])
def test_one_process_and_no_timeout(gateway, name):
    client = make_client("lambda", gateway)

    def call(event):
        reply = client.invoke(FunctionName=name, Payload=json.dumps(event))
        assert "FunctionError" not in reply
        return json.load(reply["Payload"])
    first = call({"pause": 1.6})
    assert [call({}) for _ in range(3)] == [first] * 3
