"""Deployments: an edit is invisible until deployed, an older one is one call away, calls in flight are not disturbed."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

JSON = "application/json"


@pytest.fixture
def mock(api):
    return api.mock("/m", body="one")


def say(api, text):
    api.patch("update_integration_response", ("replace", "/responseTemplates/application~1json", text),
              resourceId=api.resources["/m"], httpMethod="GET", statusCode="200")


def test_an_edit_is_invisible_until_deployed(mock):
    mock.deploy()
    say(mock, "two")
    mock.mock("/new", body="new")
    assert (mock.call("/m").text, mock.call("/new").status) == ("one", 403)
    mock.deploy()
    assert (mock.call("/m").text, mock.call("/new").text) == ("two", "new")


def test_a_deleted_resource_lives_on_in_its_deployment(mock):
    mock.deploy()
    mock.client.delete_resource(restApiId=mock.id, resourceId=mock.resources["/m"])
    assert mock.call("/m").text == "one"


def test_rollback_is_one_call(mock):
    first = mock.deploy()
    say(mock, "two")
    second = mock.deploy()
    for _ in range(3):
        for deployment, text in ((first, "one"), (second, "two")):
            mock.patch("update_stage", ("replace", "/deploymentId", deployment), stageName="test")
            assert mock.call("/m").text == text


def test_stages_are_independent(mock):
    mock.deploy("blue")
    say(mock, "two")
    mock.deploy("green")
    assert (mock.call("/m", stage="blue").text, mock.call("/m", stage="green").text) == ("one", "two")
    mock.client.delete_stage(restApiId=mock.id, stageName="blue")
    assert (mock.call("/m", stage="blue").status, mock.call("/m", stage="green").status) == (403, 200)


def test_a_stage_variable_takes_effect_at_once(api, backend):
    api.http_proxy("/m", "http://127.0.0.1:${stageVariables.port}/${stageVariables.v}", "GET")
    api.deploy(variables={"port": str(backend.port), "v": "one"})
    for value in ("two", "three"):
        api.patch("update_stage", ("replace", "/variables/v", value), stageName="test")
        api.call("/m")
        assert backend.take().target == f"/{value}"


def test_a_call_in_flight_finishes_on_the_program_it_started_with(api, backend):
    release = threading.Event()
    api.http("/m", backend.url).response("/m", responseTemplates={JSON: "old"})
    api.deploy()
    backend.answer(release=release)
    with ThreadPoolExecutor(1) as pool:
        call = pool.submit(api.call, "/m")
        backend.take()
        say(api, "new")
        api.deploy()
        assert api.call("/m").text == "new"
        release.set()
        assert call.result(20).text == "old"


def test_no_call_fails_while_deployments_change(mock):
    """Four readers, fifty switches: every answer is one of the two texts."""
    first = mock.deploy()
    say(mock, "two")
    second = mock.deploy()
    done = threading.Event()

    def read():
        answers = []
        while not done.is_set():
            reply = mock.call("/m")
            answers.append((reply.status, reply.text))
        return answers
    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read) for _ in range(4)]
        for number in range(50):
            mock.patch("update_stage", ("replace", "/deploymentId", (first, second)[number % 2]), stageName="test")
        done.set()
        answers = [answer for reader in readers for answer in reader.result(20)]
    assert set(answers) <= {(200, "one"), (200, "two")} and len(answers) > 50


def test_parallel_changes_of_one_api_all_succeed(mock):
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: mock.client.create_resource(
            restApiId=mock.id, parentId=mock.root, pathPart=f"r{n}")["path"], range(40)))
    assert len(set(made)) == 40
    assert len(mock.client.get_resources(restApiId=mock.id, limit=500)["items"]) == 42


def test_deployments_survive_a_crash(gateway, mock):
    first = mock.deploy()
    say(mock, "two")
    mock.deploy()
    say(mock, "never deployed")
    gateway.restart()
    assert mock.call("/m").text == "two"
    mock.patch("update_stage", ("replace", "/deploymentId", first), stageName="test")
    assert mock.call("/m").text == "one"


def test_sigterm_finishes_what_runs_and_exits_0(gateway, api, backend):
    release = threading.Event()
    api.http_proxy("/m", backend.url)
    api.deploy()
    backend.answer(release=release, body=b"finished")
    with ThreadPoolExecutor(2) as pool:
        call = pool.submit(api.call, "/m")
        backend.take()
        stop = pool.submit(gateway.stop)
        release.set()
        assert call.result(20).body == b"finished"
        assert stop.result(30) == 0
    gateway.start()
    assert api.call("/m").status == 200
