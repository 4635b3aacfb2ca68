"""The README's commands, extracted and run verbatim by a shell, as a reader would paste them."""

import contextlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request

import pytest

from harness.process import find_binary

ROOT = pathlib.Path(__file__).parent.parent
README_URL = "http://127.0.0.1:4566"


def blocks(name):
    """The shell blocks marked with this name, in order, as one script."""
    text = (ROOT / "README.md").read_text()
    assert f"<!-- test: {name} -->" in text
    return "\n".join(re.findall(rf"<!-- test: {name} -->\n```sh\n(.*?)```", text, re.DOTALL))


@pytest.fixture
def home(tmp_path):
    """A folder that looks like the clone after `make build`, wherever the binary was built."""
    (tmp_path / "target/release").mkdir(parents=True)
    (tmp_path / "target/release/stagedoor").symlink_to(find_binary())
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    return tmp_path


@contextlib.contextmanager
def running(command, cwd):
    """A server in a process group of its own, which the whole group leaves on SIGTERM."""
    child = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        wait_until_healthy(child)
        yield
    finally:
        os.killpg(child.pid, signal.SIGTERM)
        child.wait(20)


def wait_until_healthy(child):
    deadline = time.monotonic() + 20
    while True:
        try:
            return urllib.request.urlopen(f"{README_URL}/livez", timeout=1).read()
        except OSError:
            assert child.poll() is None, "the gateway ended"
            assert time.monotonic() < deadline, "the gateway never answered"
            time.sleep(0.05)


def paste(script, cwd):
    """Runs the lines with `set -e`; returns what they print."""
    venv = pathlib.Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{venv}{os.pathsep}{os.environ['PATH']}", "AWS_PAGER": ""}
    script = blocks("path") + script
    done = subprocess.run(["bash", "-e", "-c", script], cwd=cwd, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.alone
def test_petstore(home):
    with running(["sh", "examples/petstore/run.sh", "target/release/stagedoor"], home):
        printed = paste(blocks("petstore"), home)
    for part in ('"Bella"', '"Otto"', '"id":4', '"Rex"', '"left": 12', '"open"'):
        assert part in printed, printed
    assert "Mila" not in printed


@pytest.mark.alone
def test_tools(home):
    with running(["sh", "examples/petstore/run.sh", "target/release/stagedoor"], home):
        printed = paste(blocks("tools"), home)
    for part in ('"name":"Rex"', "INFO new pet: Rex", "shelter.yaml: ok", "max-age=60", "v1 would change"):
        assert part in printed.replace('\\"', '"').replace('": ', '":'), printed


@pytest.mark.alone
def test_first_api(home):
    with running(["target/release/stagedoor", "dev", "--data-dir", str(home / "data")], home):
        printed = paste(blocks("first-api"), home)
    assert re.findall(r'"hello": "(world|again)"\}', printed)[-4:] == ["world", "world", "again", "world"], printed


@pytest.mark.alone
def test_templates(home):
    with running(["sh", "examples/petstore/run.sh", "target/release/stagedoor"], home):
        printed = paste(blocks("templates"), home)
    assert re.findall(r"HTTP/1\.1 (\d+)", printed) == ["201", "400"], printed
    assert '{"name": "Ada", "path": "/v1/tables"}' in printed and '{"message": "at most 8"}' in printed, printed
    assert re.findall(r"(?i)^x-seats: (.*?)\r?$", printed, re.MULTILINE) == ["4 of 8", "40 of 8"], printed


@pytest.mark.alone
def test_who_may_call(home):
    with running(["target/release/stagedoor", "dev", "--data-dir", str(home / "data")], home):
        printed = paste(blocks("iam"), home)
    refused = re.findall(r'\{"[mM]essage":"(.*?)"\}', printed)
    assert refused[0] == "Missing Authentication Token" and "user/ann is not authorized to perform: execute-api:Invoke" in refused[1], printed
    assert printed.rstrip().endswith("hello arn:aws:iam::000000000000:user/ann"), printed


def wait_out_midnight():
    """A quota of a day begins anew at midnight UTC: nobody counts calls across it."""
    left = 86_400 - time.time() % 86_400
    if left < 90:
        time.sleep(left + 1)


@pytest.mark.alone
def test_usage_plan(home):
    wait_out_midnight()
    with running(["target/release/stagedoor", "dev", "--data-dir", str(home / "data")], home):
        printed = paste(blocks("first-api") + blocks("usage-plan"), home)
    assert re.findall(r'\{"(?:hello|message)": ?"([^"]*)"\}', printed)[-4:] == ["Forbidden", "again", "again", "Limit Exceeded"], printed
    assert re.search(r'"items": \{\s*"\w{10}": \[\s*\[\s*2,\s*0\s*\]', printed), printed


@pytest.mark.alone
def test_edit_save_call(home):
    printed = paste(blocks("edit-save-call"), home)
    first, second, third = [part for part in re.findall(r"\{.*\}", printed) if "pets" in part or "status" in part]
    assert "Mila" in first and "Minka" in second and "Bella" not in second and "closed" in third, printed


@pytest.mark.parametrize("page", ["configuration", "front", "functions", "backends", "user-pools", "security", "identities", "caching", "usage-plans"])
def test_configurations_in_the_docs_are_valid(tmp_path, page):
    text = (ROOT / f"docs/{page}.md").read_text()
    (block,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    shutil.copytree(ROOT / "examples/petstore", tmp_path, dirs_exist_ok=True)
    for folder in ("thumbnail", "layers/common"):
        (tmp_path / folder).mkdir(parents=True)
    for file in re.findall(r"[\w./-]+\.(?:pem|key)|\.venv/bin/python", block):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    allow = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
    for file, content in [("policies/deployer.json", allow), ("ci.secret", "0123456789abcdef"), ("partner.txt", "0123456789abcdefghij")]:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(content)
    (tmp_path / "stagedoor.yaml").write_text(block)
    done = subprocess.run([find_binary(), "validate", tmp_path], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_links_in_the_documents_lead_somewhere():
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *ROOT.glob("*/README.md")]:
        for target in re.findall(r"\]\((?!http)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page}: {target}"
