"""kill -9 at random moments: what was acknowledged is there, nothing is half, nothing is left behind."""

import itertools
import json
import os
import pathlib
import random
import subprocess
import threading
import time

import pytest

from harness import functions, raw
from harness.process import find_binary

pytestmark = pytest.mark.alone
KILLS = 22
WRITERS = 4
IMPORTED_PATHS = 25


class Stopped(Exception):
    """The gateway went away under a call: its outcome is unknown."""


class Writer:
    """Changes APIs of its own. `known` holds the acknowledged state of each; `open` what an unanswered call may have done."""

    def __init__(self, gateway, number):
        self.gateway, self.number = gateway, number
        self.random = random.Random(number)
        self.known = {}
        self.open = None
        self.count = itertools.count()
        self.acknowledged = 0

    def call(self, method, target, body=None):
        try:
            reply = raw.signed(self.gateway.port, method, target, body=body)
        except (OSError, raw.Closed, ValueError):
            raise Stopped() from None
        assert reply.status < 300, f"{method} {target}: {reply.status_line} {reply.text}"
        self.acknowledged += 1
        return reply

    def change(self, api, after, method, target, body=None):
        """One call that takes `api` from its known state to `after` (None: gone)."""
        self.open = (api, after)
        reply = self.call(method, target, body)
        if after is None:
            del self.known[api]
        else:
            self.known[api] = after
        self.open = None
        return reply

    def run(self):
        """Writes until the gateway dies."""
        try:
            while True:
                self.life()
        except Stopped:
            return

    def life(self):
        """One API from creation to, sometimes, deletion."""
        api = f"w{self.number}n{next(self.count):08d}"
        state = {"description": None, "paths": {"/": []}, "stages": {}}
        self.change(api, state, "POST", "/restapis", {"name": api, "tags": {"_custom_id_": api}})
        root = self.call("GET", f"/restapis/{api}").json["rootResourceId"]
        for n in range(3):
            self.branch(api, root, f"r{n}")
        self.describe(api, "described")
        self.deploy(api)
        self.import_one()
        self.delete_branch(api)
        if self.random.random() < 0.5:
            self.change(api, None, "DELETE", f"/restapis/{api}")

    def branch(self, api, root, name):
        """/name/child with a MOCK on the child."""
        parent = self.add_resource(api, root, f"/{name}", name)
        child = self.add_resource(api, parent, f"/{name}/child", "child")
        base = f"/restapis/{api}/resources/{child}/methods/GET"
        after = self.copy(api)
        after["paths"][f"/{name}/child"] = ["GET"]
        self.change(api, after, "PUT", base, {"authorizationType": "NONE"})
        same = self.copy(api)
        self.change(api, same, "PUT", f"{base}/integration", {
            "type": "MOCK", "requestTemplates": {"application/json": '{"statusCode": 200}'}})
        self.change(api, same, "PUT", f"{base}/responses/200", {})
        self.change(api, same, "PUT", f"{base}/integration/responses/200", {})

    def add_resource(self, api, parent, path, part):
        after = self.copy(api)
        after["paths"][path] = []
        return self.change(api, after, "POST", f"/restapis/{api}/resources/{parent}", {"pathPart": part}).json["id"]

    def describe(self, api, text):
        after = {**self.copy(api), "description": text}
        self.change(api, after, "PATCH", f"/restapis/{api}", {"patchOperations": [
            {"op": "replace", "path": "/description", "value": text}]})

    def deploy(self, api):
        after = self.copy(api)
        after["stages"]["s"] = True
        self.change(api, after, "POST", f"/restapis/{api}/deployments", {"stageName": "s"})

    def import_one(self):
        """An import is whole or absent: its title lets `check` find it."""
        self.call("POST", "/restapis?mode=import", document(f"import-{self.number}-{next(self.count)}"))

    def delete_branch(self, api):
        resources = self.call("GET", f"/restapis/{api}/resources?limit=500").json["item"]
        victim = next(r for r in resources if r["path"] == "/r1")
        after = self.copy(api)
        after["paths"] = {p: v for p, v in after["paths"].items() if not p.startswith("/r1")}
        self.change(api, after, "DELETE", f"/restapis/{api}/resources/{victim['id']}")

    def copy(self, api):
        return json.loads(json.dumps(self.known[api]))

    def settle(self):
        """After a restart: the unanswered call happened whole or not at all."""
        if self.open:
            api, after = self.open
            actual = read_state(self.gateway, api)
            assert actual in (self.known.get(api), after), f"half: {api} {actual} is neither {self.known.get(api)} nor {after}"
            self.known = {k: v for k, v in {**self.known, api: actual}.items() if v is not None}
            self.open = None
        for api, state in self.known.items():
            assert read_state(self.gateway, api) == state, f"lost: {api}"


def document(title):
    operation = {"responses": {"200": {"description": "ok"}}, "x-amazon-apigateway-integration": {
        "type": "mock", "requestTemplates": {"application/json": '{"statusCode": 200}'},
        "responses": {"default": {"statusCode": "200"}}}}
    return {"openapi": "3.0.1", "info": {"title": title, "version": "1"},
            "paths": {f"/p{n}": {"get": operation} for n in range(IMPORTED_PATHS)}}


def get(gateway, target):
    return raw.signed(gateway.port, "GET", target)


def read_state(gateway, api):
    """What is stored of an API, in the words of `Writer`; None when it is gone, with everything below."""
    reply = get(gateway, f"/restapis/{api}")
    resources = get(gateway, f"/restapis/{api}/resources?limit=500")
    stages = get(gateway, f"/restapis/{api}/stages")
    if reply.status == 404:
        assert (resources.status, stages.status) == (404, 404), f"half deleted: {api}"
        return None
    return {"description": reply.json.get("description"),
            "paths": {r["path"]: sorted(r.get("resourceMethods", {})) for r in resources.json["item"]},
            "stages": {s["stageName"]: True for s in stages.json["item"]}}


def check_imports(gateway):
    position = ""
    while True:
        page = get(gateway, f"/restapis?limit=500{position}").json
        for api in page["item"]:
            if api["name"].startswith("import-"):
                resources = get(gateway, f"/restapis/{api['id']}/resources?limit=500&embed=methods").json["item"]
                whole = [r for r in resources if r.get("resourceMethods", {}).get("GET", {}).get("methodIntegration")]
                assert (len(resources), len(whole)) == (IMPORTED_PATHS + 1, IMPORTED_PATHS), f"half import: {api['id']}"
        if "position" not in page:
            return
        position = f"&position={raw.quote(page['position'])}"


def check_calls(gateway, writer):
    """A stage that was acknowledged answers."""
    for api, state in writer.known.items():
        if state["stages"]:
            reply = raw.send(gateway.port, "GET", "/s/r0/child", host=f"{api}.execute-api.us-east-1.amazonaws.com")
            assert reply.status == 200, f"{api}: {reply.text}"


def forget_old(gateway, writer):
    """Keeps checks short: all but the newest APIs are deleted, which must succeed."""
    for api in list(writer.known)[:-4]:
        assert raw.signed(gateway.port, "DELETE", f"/restapis/{api}").status == 202
        del writer.known[api]


def test_kill_9_under_four_writers(gateway):
    chance = random.Random(20)
    writers = [Writer(gateway, n) for n in range(WRITERS)]
    for _ in range(KILLS):
        threads = [threading.Thread(target=writer.run) for writer in writers]
        for thread in threads:
            thread.start()
        time.sleep(chance.uniform(0.05, 0.6))  # the moment of the crash is what varies here
        gateway.kill()
        for thread in threads:
            thread.join(30)
            assert not thread.is_alive()
        gateway.start()
        for writer in writers:
            writer.settle()
            check_calls(gateway, writer)
            forget_old(gateway, writer)
        check_imports(gateway)
    assert sum(writer.acknowledged for writer in writers) > KILLS * 20


def test_a_second_process_on_the_directory_is_refused(gateway):
    done = subprocess.run(
        [str(find_binary()), "dev", "--listen", "127.0.0.1:0", "--data-dir", str(gateway.data_dir)],
        capture_output=True, text=True, timeout=20)
    assert done.returncode != 0 and str(gateway.data_dir) in done.stderr and "panicked" not in done.stderr
    assert get(gateway, "/account").status == 200, "the first is unharmed"


SPAWNS = """
import os, subprocess
child = subprocess.Popen(["sleep", "300"], start_new_session=True)
def handler(event, context):
    return {"pids": [os.getpid(), child.pid]}
"""


def alive(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize("end", ["kill", "stop"])
def test_no_function_process_or_grandchild_is_left_behind(gateway, lambda_, end):
    name = f"spawns-{end}"
    functions.create(lambda_, name, SPAWNS)
    pids = json.loads(lambda_.invoke(FunctionName=name, Payload=b"{}")["Payload"].read())["pids"]
    assert len(pids) == 2
    getattr(gateway, end)()
    deadline = time.monotonic() + 10
    while any(alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.02)
    left = [pid for pid in pids if alive(pid)]
    for pid in left:
        os.kill(pid, 9)
    gateway.start()
    assert not left, "function processes outlived the gateway"
