"""Canary releases: the split, the second deployment, overridden variables, promotion as AWS's clients do it."""

import contextlib
import json
import threading

import pytest

from harness import raw
from harness.api import Api
from harness.errors import bad_request
from harness.process import Gateway

PROMOTION = [
    ("replace", "/canarySettings/percentTraffic", "0.0"),
    ("copy", "/deploymentId", None, "/canarySettings/deploymentId"),
    ("copy", "/variables", None, "/canarySettings/stageVariableOverrides"),
]
IN_USE = "Active stages pointing to this deployment must be moved or deleted"


class Release(Api):
    """`/m` says `main`, and what is deployed behind the canary says `canary`."""

    def __init__(self, gateway, client, percent=100.0, **settings):
        super().__init__(gateway, client)
        self.mock("/m", body="main")
        self.main = self.deploy()
        self.say("canary")
        self.canary = self.deploy(canarySettings={"percentTraffic": percent, **settings})

    def say(self, text):
        self.client.put_integration_response(
            **self.at("/m", "GET"), statusCode="200", responseTemplates={"application/json": text})

    def stage(self, *operations):
        if operations:
            return self.patch("update_stage", *operations, stageName="test")
        return self.client.get_stage(restApiId=self.id, stageName="test")

    def said(self, count):
        """How many of so many calls the canary answered."""
        with self.connection() as call:
            texts = [call() for _ in range(count)]
        assert set(texts) <= {"main", "canary"}
        return texts.count("canary")

    @contextlib.contextmanager
    def connection(self):
        request = raw.encode("GET", "/test/m", [("Host", self.host)], b"")
        with raw.Connection(self.gateway.port) as connection:
            def call():
                connection.send(request)
                reply = connection.read_reply()
                assert reply.status == 200, reply.text
                return reply.text
            yield call


@pytest.fixture
def release(gateway, apigateway):
    return lambda percent=100.0, **settings: Release(gateway, apigateway, percent, **settings)


@pytest.mark.parametrize("percent, expected", [(0.0, 0), (100.0, 60)])
def test_all_or_nothing(release, percent, expected):
    assert release(percent).said(60) == expected


@pytest.mark.parametrize("percent", [10.0, 50.0, 87.5])
def test_calls_are_split_in_the_ratio(release, percent):
    """Six standard deviations: a sound split fails once in 500 million runs."""
    calls, share = 2000, percent / 100
    deviation = (calls * share * (1 - share)) ** 0.5
    assert abs(release(percent).said(calls) - calls * share) < 6 * deviation


def test_the_split_is_changed_without_a_deployment(release):
    api = release(100.0)
    assert api.said(5) == 5
    api.stage(("replace", "/canarySettings/percentTraffic", "0"))
    assert api.said(5) == 0
    api.stage(("replace", "/canarySettings/percentTraffic", "100.0"))
    assert api.said(5) == 5
    api.stage(("remove", "/canarySettings"))
    assert api.said(5) == 0


def test_variables_are_overridden_and_context_tells(gateway, apigateway, backend):
    api = Api(gateway, apigateway)
    api.http("/m", backend.url + "/${stageVariables.color}/${stageVariables.size}", requestParameters={
        "integration.request.header.X-Canary": "context.isCanaryRequest",
        "integration.request.header.X-Deployment": "context.deploymentId",
        "integration.request.header.X-New": "stageVariables.fresh",
    }).response("/m")
    main = api.deploy(variables={"color": "red", "size": "large"})
    api.call("/m")
    seen = backend.take()
    assert (seen.target, seen.header("x-canary"), seen.header("x-deployment")) == ("/red/large", None, main)
    overrides = {"color": "blue", "fresh": "yes"}
    canary = api.deploy(canarySettings={"percentTraffic": 100.0, "stageVariableOverrides": overrides})
    api.call("/m")
    seen = backend.take()
    assert (seen.target, seen.header("x-canary"), seen.header("x-deployment"), seen.header("x-new")) == (
        "/blue/large", "true", canary, "yes")
    api.patch("update_stage", ("replace", "/canarySettings/percentTraffic", "0"), stageName="test")
    api.call("/m")
    seen = backend.take()
    assert (seen.target, seen.header("x-canary"), seen.header("x-deployment"), seen.header("x-new")) == (
        "/red/large", "false", main, None)


def test_templates_see_the_release_that_answers(gateway, apigateway):
    api = Api(gateway, apigateway).mock("/m", body="[$context.isCanaryRequest] $context.deploymentId $stageVariables.v")
    main = api.deploy(variables={"v": "one"})
    assert api.call("/m").text == f"[] {main} one"
    canary = api.deploy(canarySettings={"percentTraffic": 100.0, "stageVariableOverrides": {"v": "two"}})
    assert api.call("/m").text == f"[true] {canary} two"
    api.patch("update_stage", ("replace", "/canarySettings/percentTraffic", "0"), stageName="test")
    assert api.call("/m").text == f"[false] {main} one"


def test_the_canary_has_its_own_routes(release):
    api = release(100.0)
    api.mock("/only", body="new")
    api.deploy(canarySettings={"percentTraffic": 100.0})
    assert api.call("/only").text == "new"
    api.stage(("replace", "/canarySettings/percentTraffic", "0"))
    assert api.call("/only").status == 403


def test_promotion(release):
    api = release(100.0, stageVariableOverrides={"a": "b"})
    stage = api.stage(*PROMOTION)
    assert (stage["deploymentId"], stage["variables"]) == (api.canary, {"a": "b"})
    assert stage["canarySettings"]["percentTraffic"] == 0.0 and api.said(5) == 5
    api.stage(("remove", "/canarySettings"))
    assert api.said(5) == 5
    api.client.delete_deployment(restApiId=api.id, deploymentId=api.main)


def test_promotion_by_the_cli(release, aws):
    api = release(100.0)
    operations = json.dumps([{"op": "copy", "path": "/deploymentId", "from": "/canarySettings/deploymentId"},
                             {"op": "remove", "path": "/canarySettings"}])
    done = aws("apigateway", "update-stage", "--rest-api-id", api.id, "--stage-name", "test",
               "--patch-operations", operations)
    stage = json.loads(done.stdout)
    assert stage["deploymentId"] == api.canary and "canarySettings" not in stage
    assert api.said(5) == 5


def test_a_deployment_by_the_cli(gateway, apigateway, aws):
    api = Api(gateway, apigateway).mock("/m", body="x")
    main = api.deploy()
    done = aws("apigateway", "create-deployment", "--rest-api-id", api.id, "--stage-name", "test",
               "--canary-settings", '{"percentTraffic":10.5,"useStageCache":false,"stageVariableOverrides":{"sv1":"val"}}')
    made = json.loads(done.stdout)["id"]
    stage = apigateway.get_stage(restApiId=api.id, stageName="test")
    assert stage["deploymentId"] == main and stage["canarySettings"] == {
        "deploymentId": made, "percentTraffic": 10.5, "useStageCache": False, "stageVariableOverrides": {"sv1": "val"}}


def test_a_stage_with_a_canary_moves_only_by_promotion(release):
    api = release(0.0)
    other = api.client.create_deployment(restApiId=api.id)["id"]
    with bad_request("Invalid deployment content specified.Non canary deployment not supported on stage test because "
                     "Canary is enabled. Provide CanarySettings in deploymentInput."):
        api.deploy()
    with bad_request("Deployment id cannot be changed while the stage has a canary"):
        api.stage(("replace", "/deploymentId", other))
    assert api.stage()["deploymentId"] == api.main
    assert api.stage(("remove", "/canarySettings"), ("replace", "/deploymentId", other))["deploymentId"] == other


def test_deployments_in_use_stay(release):
    api = release(0.0)
    for deployment in (api.main, api.canary):
        with bad_request(IN_USE):
            api.client.delete_deployment(restApiId=api.id, deploymentId=deployment)
    api.stage(("remove", "/canarySettings"))
    api.client.delete_deployment(restApiId=api.id, deploymentId=api.canary)
    with bad_request(IN_USE):
        api.client.delete_deployment(restApiId=api.id, deploymentId=api.main)


def test_a_canary_survives_a_crash(release, gateway):
    api = release(100.0)
    gateway.restart()
    assert api.said(5) == 5
    assert api.stage()["canarySettings"]["deploymentId"] == api.canary


def test_promotions_under_load_fail_no_call(release):
    api = release(50.0)
    stop, failures, counts = threading.Event(), [], []

    def calls():
        try:
            with api.connection() as call:
                count = 0
                while not stop.is_set():
                    call()
                    count += 1
                counts.append(count)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=calls) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        for index in range(15):
            api.stage(*PROMOTION, ("remove", "/canarySettings"))
            api.say("main" if index % 2 == 0 else "canary")
            api.deploy(canarySettings={"percentTraffic": 50.0})
    finally:
        stop.set()
        for thread in threads:
            thread.join(20)
    assert not failures, failures
    assert min(counts) > 0


def test_access_logs_tell_which_release_answered(tmp_path):
    log = tmp_path / "access.log"
    project = tmp_path / "project"
    project.mkdir()
    (project / "stagedoor.yaml").write_text(
        f'access_log: {{target: "{log}", format: "$context.isCanaryRequest $context.deploymentId"}}\n')
    running = Gateway(tmp_path / "data", [str(project)]).start()
    try:
        from conftest import make_client
        api = Release(running, make_client("apigateway", running))
        api.said(1)
        api.stage(("replace", "/canarySettings/percentTraffic", "0"))
        api.said(1)
        api.stage(("remove", "/canarySettings"))
        api.said(1)
    finally:
        assert running.stop() == 0
    assert log.read_text().splitlines() == [f"true {api.canary}", f"false {api.main}", f"- {api.main}"]
