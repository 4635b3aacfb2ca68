"""What a developer reads while the gateway runs."""

import os
import pathlib
import pty
import re
import signal
import subprocess
import time

import pytest

from harness import raw
from harness.process import Gateway, find_binary
from harness.project import DOCUMENT, PYTHON, Project

ESCAPE = "\x1b["


@pytest.fixture
def start(tmp_path):
    started = []

    def start(*arguments, prepare=None, **environment):
        project = Project(tmp_path / "project")
        if prepare:
            prepare(project)
        started.append(project.start(*arguments, **environment))
        return project
    yield start
    for project in started:
        project.stop()


def test_a_line_for_each_request(start):
    project = start()
    project.call("hello")
    project.expect(r"^\d\d:\d\d:\d\d\.\d{3} GET +/hello +200 +[\d.]+ m?s +shop/v1 /hello → lambda hello [\d.]+ m?s, \d+ B$")
    project.call("mock")
    project.expect(r" GET +/mock +200 +[\d.]+ m?s +shop/v1 /mock → mock, 6 B$")


def test_why_a_gateway_response_was_sent(start):
    project = start()
    project.call("nope")
    project.expect(r" GET +/nope +403 +[\d.]+ ms +shop/v1  MISSING_AUTHENTICATION_TOKEN: no resource and method match$")
    mark = project.mark()
    project.change("hello/main.py", "return {", "return 1 or {")
    project.expect("restarted", mark)
    project.call("hello")
    project.expect(r" GET +/hello +502 .*lambda hello .*INTEGRATION_FAILURE: .*Malformed Lambda proxy response")


def test_function_output_is_interleaved_and_named(start):
    project = start(prepare=lambda it: it.write("hello/main.py", PYTHON.replace(
        "    return", "    print('seen\\x1b[2J here')\n    return")))
    project.call("hello")
    # The request id is known, and nothing that a function prints can steer the terminal.
    project.expect(r"^\d\d:\d\d:\d\d\.\d{3} hello [0-9a-f]{8}  seen \[2J here$")
    lines = project.gateway.output.lines
    project.expect(r"GET +/hello +200")
    assert not any("START RequestId" in line or "REPORT" in line for line in lines)
    text = next(i for i, line in enumerate(lines) if "seen" in line)
    request = next(i for i, line in enumerate(lines) if re.search(r"GET +/hello", line))
    assert text < request, "in the order in which it happened"


def test_messages_of_several_lines_and_of_nodes_console(start):
    def prepare(project):
        project.change("hello/main.py", "    return", "    raise KeyError('lost')\n    return")
        project.change("other/index.js", "async () => (", "async () => (console.info('seen'), ")
    project = start(prepare=prepare)
    project.call("hello")
    project.expect(r"hello [0-9a-f]{8}  \[ERROR\] KeyError: 'lost'$")
    project.expect(r"^    Traceback \(most recent call last\):$")
    project.expect(r'^    \s\sFile ".*main\.py", line 5, in handler$')
    project.call("other")
    project.expect(r"other [0-9a-f]{8}  INFO seen$")


def test_verbose_shows_the_steps(start):
    project = start("-v")
    raw.send(project.gateway.port, "GET", "/_aws/execute-api/shop/v1/hello?q=7",
             {"authorization": "Bearer very-secret-token-123456"})
    for pattern in (r"query: q=7", r"ms route +GET /hello \(resource \w+\)", r"ms authorize ", r"ms meter ", r"ms validate ",
                    r"ms call +arn:aws:lambda:.*function:hello with an event of", r"s answer +200, \d+ B",
                    r"body: .*first \d+", r"s respond +200", r"hello [0-9a-f]{8}  START RequestId", r"REPORT RequestId"):
        project.expect(pattern)
    assert "very-secret" not in project.gateway.output.text()


TEMPLATES = """\
openapi: 3.0.1
info: {title: t, version: '1'}
x-amazon-apigateway-request-validators: {both: {validateRequestBody: true, validateRequestParameters: true}}
x-amazon-apigateway-request-validator: both
paths:
  /m:
    post:
      parameters: [{name: q, in: query, required: true, schema: {type: string}}]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Any'}}}}
      responses: {"200": {description: ok}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates:
          application/json: |-
            #set($context.responseOverride.header.Set-Cookie = "session=0123456789abcdef")
            {"statusCode": 200}
        responses: {default: {statusCode: "200", responseTemplates: {text/plain: '$context.httpMethod'}}}
components: {schemas: {Any: {type: object}}}
"""


def test_verbose_shows_what_templates_and_validators_did(start):
    project = start("-v", prepare=lambda project: project.write("api.yaml", TEMPLATES))
    reply = raw.send(project.gateway.port, "POST", "/_aws/execute-api/shop/v1/m?q=1", body=b'{"a": 1}')
    assert reply.text == "POST"
    for pattern in (r"validate +body of 8 B and keeps the model for application/json, 1 required parameter is there$",
                    r"map +request template for application/json: 8 B became 19 B in [\d.]+ [mµ]?s$",
                    r"responseOverride\.header\.Set-Cookie: \*{6}abcdef$",
                    r"map +response template for text/plain: 0 B became 4 B in [\d.]+ [mµ]?s$"):
        project.expect(pattern)
    assert "0123456789" not in project.gateway.output.text()


def test_secrets_for_backends_are_masked(start, backend):
    def proxy(project):
        project.write("api.yaml", "openapi: 3.0.1\ninfo: {title: p, version: '1'}\npaths:\n  /p:\n    get:\n      responses: {}\n"
                      "      x-amazon-apigateway-integration:\n        type: http_proxy\n        httpMethod: GET\n"
                      f"        uri: {backend.url}/secret\n")
    project = start("-v", prepare=proxy)
    raw.send(project.gateway.port, "GET", "/_aws/execute-api/shop/v1/p",
             {"x-api-key": "an-api-key-of-many-letters", "cookie": "session=0123456789abcdef", "x-plain": "shown"})
    project.expect(rf"GET +/p +200 .*/p → GET {re.escape(backend.url)}/secret")
    project.expect(r"x-api-key: \*{6}etters$")
    project.expect(r"x-plain: shown")
    text = project.gateway.output.text()
    assert "an-api-key" not in text and "0123456789" not in text


def test_quiet(start):
    project = start("-q")
    project.call("hello")
    project.call("nope")
    mark = project.mark()
    project.change("api.yaml", "mocked", "changed")
    project.expect("deployed", mark)
    text = project.gateway.output.text()
    assert "GET" not in text and "/nope" not in text


@pytest.mark.parametrize("environment, coloured", [
    ({"NO_COLOR": "", "CLICOLOR_FORCE": "1"}, True), ({"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, False), ({"NO_COLOR": ""}, False),
], ids=["forced", "NO_COLOR wins", "no terminal"])
def test_colours(start, environment, coloured):
    project = start(**environment)
    project.call("mock")
    project.expect(r"/mock .*mock, 6 B")
    assert (ESCAPE in project.gateway.output.text()) == coloured


def test_a_path_cannot_forge_a_line(start):
    project = start()
    raw.send(project.gateway.port, "GET", "/_aws/execute-api/shop/v1/%0a%1b[2Jx")
    project.expect(r"GET +/%0a%1b\[2Jx +403")


@pytest.mark.parametrize("change, words", [
    (lambda p: p.change("stagedoor.yaml", "main.handler", "absent.handler"), r"WARN function hello: the handler `absent\.handler` needs absent\.py, which does not exist"),
    (lambda p: p.change("hello/main.py", "def handler", "def handle"), r"WARN function hello: .*main\.py defines no `handler`"),
    (lambda p: p.change("stagedoor.yaml", "python3.11", "python3.99"), r"WARN function hello: python3\.99 runs on .*because there is no other here"),
    (lambda p: p.change("stagedoor.yaml", "apis:", "interpreters: {python3.11: /bin/false}\napis:"),
     r"WARN function hello: no interpreter runs python3\.11 here .*Install it"),
], ids=["no file", "no handler", "another version", "no interpreter"])
def test_mistakes_are_told_at_start(start, change, words):
    project = start(prepare=change)
    project.expect(words)


def test_a_taken_port_names_its_owner(tmp_path):
    running = Gateway(tmp_path / "data").start()
    try:
        done = subprocess.run([str(find_binary()), "dev", "--listen", f"127.0.0.1:{running.port}", "--data-dir", str(tmp_path / "b")],
                              capture_output=True, text=True, timeout=30)
        name = pathlib.Path(find_binary()).name[:15]
        assert done.returncode != 0
        assert f"It is {name} (process {running.process.pid})" in done.stderr, done.stderr
    finally:
        running.stop()


@pytest.mark.parametrize("folder", [True, False], ids=["project", "empty gateway"])
def test_a_closed_terminal_ends_it(tmp_path, folder):
    project = Project(tmp_path / "project")
    child, ours = pty.fork()
    if child == 0:
        arguments = [str(project.folder)] if folder else []
        os.execv(find_binary(), ["stagedoor", "dev", *arguments, "--listen", "127.0.0.1:0", "--data-dir", str(tmp_path / "data")])
    shown = b""
    while b"listening" not in shown:
        shown += os.read(ours, 4096)
    os.close(ours)
    assert os.waitstatus_to_exitcode(ended(child)) == 0


def test_nobody_reads_what_it_says(tmp_path):
    """A pipe into `head`, or a logger that died: the gateway goes on."""
    project = Project(tmp_path / "project")
    child = subprocess.Popen([find_binary(), "dev", project.folder, "--listen", "127.0.0.1:0", "--data-dir", tmp_path / "data"],
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        port = int(re.search(rb":(\d+)$", child.stdout.readline().strip()).group(1))
        child.stdout.close()
        for change in ("type: nonsense", "type: mock"):
            project.write("api.yaml", DOCUMENT.replace("type: mock", change))
            child.send_signal(signal.SIGHUP)
            for path in ("mock", "nope", "hello"):
                raw.send(port, "GET", f"/_aws/execute-api/shop/v1/{path}")
        assert raw.send(port, "GET", "/_aws/execute-api/shop/v1/mock").text == "mocked"
        child.terminate()
        assert child.wait(20) == 0
    finally:
        child.kill()
        child.wait()


def ended(child):
    """The status of a process that ends by itself, soon."""
    deadline = time.monotonic() + 20
    while True:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return status
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise AssertionError("it goes on without its terminal")
        time.sleep(0.02)
