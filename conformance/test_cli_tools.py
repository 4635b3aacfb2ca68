"""The commands beside `dev` and `serve`: invoke, logs, env, doctor, completion."""

import json
import os
import pty
import re
import signal
import socket
import subprocess
import urllib.error
import urllib.request

import pytest

from harness.process import Output, find_binary
from harness.project import Project

CLEAN = {key: value for key, value in os.environ.items() if not key.startswith(("AWS_", "STAGEDOOR_"))
         and not key.lower().endswith("_proxy")}
GREETER = """\
import json
import time


def handler(event, context):
    print('greeting', event.get('name'))
    time.sleep(event.get('wait', 0))
    if event.get('fail'):
        raise ValueError('as you wish')
    return {'hello': event.get('name'), 'body': json.dumps(event)}
"""


def stagedoor(*arguments, stdin="", environment=None):
    return subprocess.run([str(find_binary()), *arguments], input=stdin, capture_output=True, text=True, timeout=60,
                          env={**CLEAN, "NO_COLOR": "1", **(environment or {})})


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    made = Project(tmp_path_factory.mktemp("project"))
    made.write("hello/main.py", GREETER)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def where(project):
    return ["--listen", f"127.0.0.1:{project.gateway.port}"]


@pytest.mark.parametrize("payload", ["json", "file", "stdin"])
def test_invoke(project, where, tmp_path, payload):
    event = '{"name": "Ada"}'
    file = tmp_path / "event.json"
    file.write_text(event)
    given = {"json": event, "file": str(file), "stdin": "-"}[payload]
    done = stagedoor("invoke", "hello", "--payload", given, *where, stdin=event)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["hello"] == "Ada"


def test_invoke_without_a_payload_and_by_arn(project, where):
    for name in ("hello", "arn:aws:lambda:us-east-1:000000000000:function:hello"):
        assert json.loads(stagedoor("invoke", name, *where).stdout)["hello"] is None
    assert json.loads(stagedoor("invoke", "hello", "--qualifier", "$LATEST", *where).stdout)["hello"] is None


def test_invoke_shows_the_log_and_does_not_wait_when_asked(project, where):
    done = stagedoor("invoke", "hello", "--payload", '{"name": "tail"}', "--tail", *where)
    assert "greeting tail" in done.stderr and "REPORT RequestId" in done.stderr, done.stderr
    mark = project.mark()
    done = stagedoor("invoke", "hello", "--payload", '{"name": "later"}', "--async", *where)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    project.expect("greeting later", mark)


def test_what_takes_long_is_shown_on_a_terminal_only(project, where):
    payload = ["--payload", '{"name": "slow", "wait": 1.6}']
    assert stagedoor("invoke", "hello", *payload, *where).stderr == ""
    ours, theirs = pty.openpty()
    child = subprocess.Popen([str(find_binary()), "invoke", "hello", *payload, *where], stdout=subprocess.PIPE, stderr=theirs, env=CLEAN)
    os.close(theirs)
    answer, _ = child.communicate(timeout=30)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    assert json.loads(answer)["hello"] == "slow"
    assert "running… 1." in shown and shown.endswith("\x1b[2K"), repr(shown)


@pytest.mark.parametrize("arguments, words", [
    (["hello", "--payload", '{"fail": 1}'], "the function failed (Unhandled)"),
    (["absent"], "refused with 404: Function not found"),
    (["hello", "--qualifier", "7"], "refused with 404"),
    (["hello", "--payload", "{"], "is no JSON"),
    (["hello", "--payload", "absent.json"], "no file of this name"),
], ids=["fails", "unknown", "unknown version", "bad JSON", "no file"])
def test_invoke_tells_what_went_wrong(project, where, arguments, words):
    done = stagedoor("invoke", *arguments, *where)
    assert done.returncode == 1 and words in done.stderr and "panicked" not in done.stderr, done.stderr
    if "fail" in words:
        tail = stagedoor("invoke", *arguments, "--tail", *where).stderr
        assert "\r" not in tail and re.search(r'^\s\sFile ".*main.py", line', tail, re.MULTILINE), repr(tail)
        assert json.loads(done.stdout)["errorMessage"] == "as you wish"


def test_commands_without_a_gateway_say_so():
    with socket.socket() as silent:
        # Bound, so that nobody else gets the port, and not listening.
        silent.bind(("127.0.0.1", 0))
        for arguments in (["invoke", "x"], ["logs"]):
            done = stagedoor(*arguments, "--listen", f"127.0.0.1:{silent.getsockname()[1]}")
            assert done.returncode == 1 and "Start one with `stagedoor dev`" in done.stderr, done.stderr


def test_logs_of_everything_one_function_or_one_stage(project, where):
    stagedoor("invoke", "hello", "--payload", '{"name": "Grace"}', *where)
    project.call("mock")
    project.expect(r"GET +/mock")
    everything = stagedoor("logs", *where).stdout
    assert "greeting Grace" in everything and "/mock" in everything
    function = stagedoor("logs", "hello", *where).stdout
    assert "greeting Grace" in function and "/mock" not in function
    stage = stagedoor("logs", "shop/v1", *where).stdout
    assert "/mock" in stage and "greeting" not in stage
    assert stagedoor("logs", "shop/v1", "--since", "0s", *where).stdout == ""
    silent = stagedoor("logs", "helo", *where)
    assert (silent.returncode, silent.stdout) == (0, "") and "nothing is logged of `helo`" in silent.stderr
    lines = [json.loads(line) for line in stagedoor("logs", "hello", "-o", "json", *where).stdout.splitlines()]
    assert {line["source"] for line in lines} == {"hello"} and all(line["time"] > 1_700_000_000_000 for line in lines)


def test_logs_follow(project, where):
    # Whoever runs the tests in the background has this signal ignored, which is inherited.
    child = subprocess.Popen([str(find_binary()), "logs", "hello", "--follow", *where], stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, env={**CLEAN, "NO_COLOR": "1"},
                             preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    output = Output(child.stdout)
    try:
        for name in ("one", "two"):
            stagedoor("invoke", "hello", "--payload", json.dumps({"name": name}), *where)
            output.wait_for(f"hello [0-9a-f]{{8}}  greeting {name}")
    finally:
        child.send_signal(signal.SIGINT)
        child.wait(10)


def test_a_follower_does_not_delay_the_end(tmp_path):
    project = Project(tmp_path / "p").start()
    child = subprocess.Popen([str(find_binary()), "logs", "--follow", "--listen", f"127.0.0.1:{project.gateway.port}"],
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=CLEAN)
    output = Output(child.stdout)
    project.call("mock")
    output.wait_for("/mock")
    project.gateway.process.send_signal(signal.SIGTERM)
    assert project.gateway.process.wait(5) == 0
    child.wait(10)


@pytest.mark.parametrize("headers, host, status", [
    ({"X-Stagedoor": "1"}, None, 200), ({}, None, 403), ({"X-Stagedoor": "1", "Origin": "http://evil.example"}, None, 403),
    ({"X-Stagedoor": "1"}, "evil.example", 403),
], ids=["ours", "no header", "a page", "rebound name"])
def test_logs_are_for_this_machine_only(project, headers, host, status):
    request = urllib.request.Request(f"{project.gateway.url}/_stagedoor/logs", headers=headers)
    if host:
        request.add_header("Host", host)
    try:
        found = urllib.request.urlopen(request, timeout=10).status
    except urllib.error.HTTPError as error:
        found = error.code
    assert found == status


@pytest.mark.parametrize("shell, expected", [
    ("sh", "export AWS_ENDPOINT_URL=http://127.0.0.1:4566"), ("zsh", "export AWS_ENDPOINT_URL=http://127.0.0.1:4566"),
    ("fish", "set -gx AWS_ENDPOINT_URL http://127.0.0.1:4566"), ("powershell", '$Env:AWS_ENDPOINT_URL = "http://127.0.0.1:4566"'),
])
def test_env_of_other_shells(shell, expected):
    assert expected in stagedoor("env", "--shell", shell).stdout.splitlines()


def test_doctor_of_a_running_gateway(project, where, tmp_path):
    done = stagedoor("doctor", str(project.folder), "--data-dir", str(tmp_path), *where)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"answers on http://127.0.0.1:{project.gateway.port}" in done.stdout
    for subject in ("stagedoor", "names", "proxies", "data", "disk", "open files", "file watches", "clock", "python3", "node"):
        assert f"  {subject} " in done.stdout, done.stdout


def test_doctor_names_what_fails(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        where = ["--listen", f"127.0.0.1:{taken.getsockname()[1]}", "-o", "json"]
        done = stagedoor("doctor", "--data-dir", "/proc/nowhere", *where, environment={"HTTP_PROXY": "http://proxy.example:1"})
    found = {finding["subject"]: finding for finding in json.loads(done.stdout)}
    assert done.returncode == 1 and "2 things keep" in done.stderr
    assert found["gateway"]["verdict"] == "fail" and f"(process {os.getpid()})" in found["gateway"]["detail"]
    assert found["data"]["verdict"] == "fail" and found["data"]["remedy"]
    assert found["proxies"]["verdict"] == "warn"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell, tmp_path):
    done = stagedoor("completion", shell)
    assert done.returncode == 0 and "doctor" in done.stdout and "invoke" in done.stdout
    if shell == "bash":
        script = f'{done.stdout}\nCOMP_WORDS=(stagedoor inv); COMP_CWORD=1; _stagedoor stagedoor inv stagedoor; echo "${{COMPREPLY[@]}}"'
        printed = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=10)
        assert printed.stdout.split() == ["invoke"], printed.stderr


@pytest.mark.parametrize("command", ["dev", "serve", "invoke", "logs", "env", "doctor", "completion", "import", "validate"])
def test_each_command_has_help(command):
    done = stagedoor(command, "--help")
    assert done.returncode == 0 and f"stagedoor {command}" in done.stdout


@pytest.mark.parametrize("arguments", [
    ["env"], ["doctor"], ["completion", "bash"], ["validate", "."], ["logs"], ["export", "shop", "v1"], ["invoke", "hello"],
    ["diff", "api.yaml", "v1", "--api", "shop"],
], ids=lambda it: it[0])
def test_whoever_stops_to_read_has_read_enough(project, where, arguments):
    ours, theirs = os.pipe()
    os.close(ours)
    target = [] if arguments[0] in ("completion", "validate") else where
    done = subprocess.run([str(find_binary()), *arguments, *target], stdout=theirs, stderr=subprocess.PIPE, cwd=project.folder,
                          text=True, timeout=60, env=CLEAN)
    os.close(theirs)
    assert (done.returncode, done.stderr) == (0, "")
