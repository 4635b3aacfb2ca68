"""The aws CLI, and the command line of stagedoor itself."""

import json
import os
import signal
import socket
import subprocess

import pytest

from harness import functions, raw
from harness.process import Gateway, find_binary


def stagedoor(*arguments, **how):
    return subprocess.run([str(find_binary()), *arguments], capture_output=True, text=True, timeout=30, **how)


def test_the_whole_job_with_the_aws_cli(gateway, aws, tmp_path):
    """Create, put, deploy, call, change, deploy, roll back."""
    def run(*arguments):
        done = aws("apigateway", *arguments, "--output", "json")
        return json.loads(done.stdout) if done.stdout.strip() else {}
    api = run("create-rest-api", "--name", "cli", "--tags", "team=a")
    where = ["--rest-api-id", api["id"], "--resource-id", api["rootResourceId"], "--http-method", "GET"]
    run("put-method", *where, "--authorization-type", "NONE")
    run("put-method-response", *where, "--status-code", "200")
    run("put-integration", *where, "--type", "MOCK", "--request-templates", '{"application/json": "{\\"statusCode\\": 200}"}')
    run("put-integration-response", *where, "--status-code", "200", "--response-templates", '{"application/json": "one"}')
    first = run("create-deployment", "--rest-api-id", api["id"], "--stage-name", "v1")["id"]

    def call():
        return raw.send(gateway.port, "GET", "/v1/", host=f"{api['id']}.execute-api.us-east-1.amazonaws.com").text
    assert call() == "one"
    run("update-integration-response", *where, "--status-code", "200", "--patch-operations",
        "op=replace,path=/responseTemplates/application~1json,value=two")
    assert call() == "one"
    run("create-deployment", "--rest-api-id", api["id"], "--stage-name", "v1")
    assert call() == "two"
    run("update-stage", "--rest-api-id", api["id"], "--stage-name", "v1", "--patch-operations",
        f"op=replace,path=/deploymentId,value={first}")
    assert call() == "one"
    assert [i["id"] for i in run("get-rest-apis")["items"]] == [api["id"]]
    run("delete-rest-api", "--rest-api-id", api["id"])
    failed = aws("apigateway", "get-rest-api", "--rest-api-id", api["id"], check=False)
    assert failed.returncode != 0 and "NotFoundException" in failed.stderr


def test_a_function_with_the_aws_cli(aws, tmp_path):
    package = tmp_path / "f.zip"
    package.write_bytes(functions.package({"main.py": "def handler(e, c):\n    return {'hello': e['name']}\n"}))
    aws("lambda", "create-function", "--function-name", "cli", "--runtime", "python3.11", "--role", functions.ROLE,
        "--handler", "main.handler", "--zip-file", f"fileb://{package}")
    answer = tmp_path / "answer.json"
    aws("lambda", "invoke", "--function-name", "cli", "--payload", '{"name": "cli"}', str(answer))
    assert json.loads(answer.read_text()) == {"hello": "cli"}


def test_import_with_the_aws_cli(aws, tmp_path):
    document = tmp_path / "api.yaml"
    document.write_text("openapi: 3.0.1\ninfo: {title: by cli, version: '1'}\npaths: {}\n")
    done = aws("apigateway", "import-rest-api", "--body", f"fileb://{document}", "--output", "json")
    assert json.loads(done.stdout)["name"] == "by cli"


def test_errors_reach_the_cli_user(aws):
    failed = aws("apigateway", "generate-client-certificate", check=False)
    assert failed.returncode != 0 and "NotImplementedException" in failed.stderr and "GenerateClientCertificate" in failed.stderr


def test_env_prints_exports_that_a_shell_can_eval():
    done = stagedoor("env")
    assert done.returncode == 0, done.stderr
    shell = subprocess.run(["sh", "-c", f'{done.stdout}\necho "$AWS_ENDPOINT_URL $AWS_ACCESS_KEY_ID $AWS_SECRET_ACCESS_KEY"'],
                           capture_output=True, text=True, timeout=10)
    assert shell.stdout.split() == ["http://127.0.0.1:4566", "test", "test"]


def test_commands_go_where_the_aws_cli_goes(gateway, tmp_path):
    """What `stagedoor env` sets for other tools holds for its own commands too; --listen and STAGEDOOR_LISTEN come first."""
    document = tmp_path / "api.yaml"
    document.write_text("openapi: 3.0.1\ninfo: {title: endpoint, version: '1'}\npaths: {}\n")

    def done(*arguments, **variables):
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "STAGEDOOR_LISTEN"))}
        return stagedoor("import", str(document), *arguments, env=plain | variables)

    own, closed = f"127.0.0.1:{gateway.port}", "127.0.0.1:1"
    assert done(AWS_ENDPOINT_URL=f"http://localhost:{gateway.port}/").returncode == 0
    assert done("--listen", own, AWS_ENDPOINT_URL=f"http://{closed}").returncode == 0
    assert done(AWS_ENDPOINT_URL=f"http://{closed}", STAGEDOOR_LISTEN=own).returncode == 0
    failed = done(AWS_ENDPOINT_URL=f"http://{closed}")
    assert failed.returncode != 0 and f"no gateway answers on {closed}" in failed.stderr
    failed = done(AWS_ENDPOINT_URL="https://gateway.example")
    assert failed.returncode != 0 and "AWS_ENDPOINT_URL is https://gateway.example" in failed.stderr and "--listen" in failed.stderr
    elsewhere = stagedoor("env", "--listen", own, env=os.environ | {"AWS_ENDPOINT_URL": f"http://{closed}"})
    assert f"AWS_ENDPOINT_URL=http://{own}" in elsewhere.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["dev", "--help"], ["serve", "--help"], ["--version"]], ids=str)
def test_help(arguments):
    done = stagedoor(*arguments)
    assert done.returncode == 0 and "stagedoor" in done.stdout.lower()


@pytest.mark.parametrize("arguments", [["nonsense"], ["dev", "--nonsense"], ["dev", "--listen", "not-an-address"]], ids=str)
def test_usage_errors(arguments):
    done = stagedoor(*arguments)
    assert done.returncode != 0 and done.stderr and "panicked" not in done.stderr


def test_a_port_that_is_taken(gateway, tmp_path):
    done = stagedoor("dev", "--listen", f"127.0.0.1:{gateway.port}", "--data-dir", str(tmp_path))
    assert done.returncode != 0 and str(gateway.port) in done.stderr and "panicked" not in done.stderr


DECLARED = """\
apis:
  shop:
    openapi: api.yaml
    stage: v1
    variables: {host: "127.0.0.1:1"}
functions:
  hello:
    runtime: python3.11
    handler: main.handler
    code: code
    environment: {GREETING: hi}
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
        uri: arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:hello/invocations
  /mock:
    get:
      responses: {"200": {description: ok}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses: {default: {statusCode: "200", responseTemplates: {application/json: mocked}}}
"""
SHOP = "shop.execute-api.us-east-1.amazonaws.com"


@pytest.fixture
def shop(tmp_path):
    """A directory with a stagedoor.yaml."""
    directory = tmp_path / "shop"
    (directory / "code").mkdir(parents=True)
    (directory / "stagedoor.yaml").write_text(DECLARED)
    (directory / "api.yaml").write_text(DOCUMENT)
    (directory / "code/main.py").write_text(
        "import os\ndef handler(e, c):\n    return {'body': os.environ['GREETING']}\n")
    return directory


def calls(port):
    return [raw.send(port, "GET", f"/v1/{path}", host=SHOP).text for path in ("hello", "mock")]


def test_dev_serves_what_a_file_declares(shop, tmp_path):
    running = Gateway(tmp_path / "data", [str(shop)]).start()
    try:
        assert calls(running.port) == ["hi", "mocked"]
        running.output.wait_for("/_aws/execute-api/shop/v1")
        reply = raw.signed(running.port, "DELETE", "/restapis/shop")
        assert reply.status in (400, 409) and "api.yaml" in reply.text, "owned by the file"
        before = raw.signed(running.port, "GET", "/restapis/shop/deployments").json["item"]
        running.restart()
        assert calls(running.port) == ["hi", "mocked"]
        assert raw.signed(running.port, "GET", "/restapis/shop/deployments").json["item"] == before, "nothing changed"
        (shop / "api.yaml").write_text(DOCUMENT.replace("mocked", "changed"))
        running.restart()
        assert calls(running.port) == ["hi", "changed"]
    finally:
        assert running.stop() == 0


def test_serve_runs_declared_apis_without_a_control_plane(shop, tmp_path):
    (shop / "stagedoor.yaml").write_text(DECLARED + "status: 127.0.0.1:0\n")
    running = Gateway(tmp_path / "data", [str(shop), "--status", "127.0.0.1:0"], subcommand="serve").start()
    try:
        assert calls(running.port) == ["hi", "mocked"]
        for reply in (raw.signed(running.port, "GET", "/restapis"), raw.send(running.port, "GET", "/restapis")):
            assert reply.status in (403, 404)
    finally:
        assert running.stop() == 0


def test_a_taken_status_port_is_named_as_such(shop, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        status = f"127.0.0.1:{taken.getsockname()[1]}"
        where = ("--listen", "127.0.0.1:0", "--status", status, "--data-dir", str(tmp_path / "data"))
        refused = stagedoor("serve", str(shop), *where)
    assert refused.returncode != 0
    assert status in refused.stderr and "--status" in refused.stderr and "--listen" not in refused.stderr


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_second_signal_ends_it_now(tmp_path, sign):
    running = Gateway(tmp_path / "data").start()
    with raw.Connection(running.port) as connection:
        # A request that never ends keeps the first signal waiting for its drain.
        connection.send(b"POST /restapis HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n")
        assert connection.reader.readline().startswith(b"HTTP/1.1 100 "), "the request is being read"
        connection.send(b"{")
        running.process.send_signal(sign)
        with pytest.raises(subprocess.TimeoutExpired):
            running.process.wait(1)
        running.process.send_signal(sign)
        assert running.process.wait(5) == 0


def test_sighup_reloads_and_a_bad_file_keeps_the_old_configuration(shop, tmp_path):
    running = Gateway(tmp_path / "data", [str(shop)]).start()
    try:
        (shop / "api.yaml").write_text(DOCUMENT.replace("mocked", "changed"))
        (shop / "code/main.py").write_text("def handler(e, c):\n    return {'body': 'new code'}\n")
        running.process.send_signal(signal.SIGHUP)
        running.output.wait_for("reloaded")
        assert calls(running.port) == ["new code", "changed"]
        (shop / "stagedoor.yaml").write_text(DECLARED.replace("openapi:", "openapy:"))
        running.process.send_signal(signal.SIGHUP)
        running.output.wait_for("not reloaded")
        assert calls(running.port) == ["new code", "changed"]
    finally:
        assert running.stop() == 0


def test_validate(shop):
    for path in (shop, shop / "stagedoor.yaml", shop / "api.yaml"):
        done = stagedoor("validate", str(path))
        assert done.returncode == 0, done.stderr
    for good, bad in (("type: mock", "type: nonsense"), ("{application/json: mocked}", "{application/json: '#if($a)'}")):
        assert good in DOCUMENT
        (shop / "api.yaml").write_text(DOCUMENT.replace(good, bad))
        for path in (shop, shop / "api.yaml"):
            done = stagedoor("validate", str(path))
            assert done.returncode != 0 and "'/mock'" in done.stderr and "^" in done.stderr, done.stderr


def test_import_into_a_running_gateway(gateway, apigateway, shop):
    done = stagedoor("import", str(shop / "api.yaml"), "--stage", "v1", "--listen", f"127.0.0.1:{gateway.port}")
    assert done.returncode == 0, done.stderr
    made = next(i for i in apigateway.get_rest_apis(limit=500)["items"] if i["name"] == "shop")
    assert made["id"] in done.stdout
    reply = raw.send(gateway.port, "GET", "/v1/mock", host=f"{made['id']}.execute-api.us-east-1.amazonaws.com")
    assert reply.text == "mocked"
    (shop / "api.yaml").write_text("nonsense")
    done = stagedoor("import", str(shop / "api.yaml"), "--listen", f"127.0.0.1:{gateway.port}")
    assert done.returncode != 0 and "panicked" not in done.stderr and done.stderr


@pytest.mark.parametrize("change, words", [
    (lambda text: text.replace("openapi: api.yaml", "openapy: api.yaml"), ["stagedoor.yaml:3", "openapy", "openapi"]),
    (lambda text: text.replace("api.yaml", "absent.yaml"), ["absent.yaml"]),
    (lambda text: text.replace("runtime: python3.11", ""), ["hello", "runtime"]),
    (lambda text: text + "\n  : [", ["stagedoor.yaml:"]),
], ids=["unknown key", "missing file", "missing field", "no yaml"])
def test_a_bad_file_is_refused_with_its_place(shop, tmp_path, change, words):
    (shop / "stagedoor.yaml").write_text(change(DECLARED))
    done = stagedoor("dev", str(shop), "--listen", "127.0.0.1:0", "--data-dir", str(tmp_path / "data"))
    assert done.returncode != 0 and "panicked" not in done.stderr
    for word in words:
        assert word in done.stderr


def test_a_bad_document_is_refused_with_its_place(shop, tmp_path):
    (shop / "api.yaml").write_text(DOCUMENT.replace("type: mock", "type: nonsense"))
    done = stagedoor("dev", str(shop), "--listen", "127.0.0.1:0", "--data-dir", str(tmp_path / "data"))
    assert done.returncode != 0 and "api.yaml" in done.stderr and "/mock" in done.stderr


def test_the_access_log_has_one_line_for_each_call(shop, tmp_path):
    log = tmp_path / "access.log"
    (shop / "stagedoor.yaml").write_text(DECLARED + (
        f'access_log: {{target: "{log}", format: "$context.requestId $context.httpMethod $context.resourcePath $context.status '
        '$context.error.responseType $context.integrationLatency"}\n'))
    running = Gateway(tmp_path / "data", [str(shop)]).start()
    replies = [raw.send(running.port, "GET", f"/v1/{path}", host=SHOP) for path in ("mock", "absent", "hello")]
    assert running.stop() == 0
    lines = [line.split(" ") for line in log.read_text().splitlines()]
    assert [line[0] for line in lines] == [reply.header("x-amzn-requestid") for reply in replies]
    assert lines[0][1:4] == ["GET", "/mock", "200"] and lines[1][3:5] == ["403", "MISSING_AUTHENTICATION_TOKEN"]
    assert lines[1][5] == "-" and int(lines[2][5]) >= 0
