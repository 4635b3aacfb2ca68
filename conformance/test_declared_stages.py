"""What stagedoor.yaml says of a stage: its cache cluster and the settings of its methods, under dev and under serve."""

import pytest

from conftest import make_client
from harness import raw
from harness.process import Gateway
from harness.project import Project

APIS = "apis: {{shop: {{openapi: api.yaml, stage: v1{}}}}}\n"
SETTINGS = """, cache_cluster_size: 0.5, method_settings: {
  '*': {caching_enabled: true, cache_ttl_in_seconds: 3600},
  GET /limited: {throttling_rate_limit: 0.001, throttling_burst_limit: 2}}"""
DOCUMENT = """
openapi: 3.0.1
info: {title: shop, version: "1"}
paths:
  /unique: {get: &method {responses: {"200": {description: ok}}, x-amazon-apigateway-integration: {
    type: mock, requestTemplates: {application/json: '{"statusCode": 200}'},
    responses: {default: {statusCode: "200", responseTemplates: {application/json: $context.requestId}}}}}}
  /limited: {get: *method}
"""


@pytest.fixture
def project(tmp_path):
    project = Project(tmp_path)
    project.write("api.yaml", DOCUMENT)
    project.write("stagedoor.yaml", APIS.format(SETTINGS))
    yield project
    if project.gateway:
        project.stop()


def call(project, path):
    return raw.send(project.gateway.port, "GET", f"/_aws/execute-api/shop/v1{path}")


def is_kept(project):
    return call(project, "/unique").text == call(project, "/unique").text


def statuses(project):
    return [call(project, "/limited").status for _ in range(3)]


def test_a_saved_file_changes_the_settings_at_once(project):
    project.start()
    assert is_kept(project)
    assert statuses(project) == [200, 200, 429]
    stage = make_client("apigateway", project.gateway).get_stage(restApiId="shop", stageName="v1")
    assert (stage["cacheClusterSize"], stage["methodSettings"]["*/*"]["cacheTtlInSeconds"]) == ("0.5", 3600)
    project.write("stagedoor.yaml", APIS.format(""))
    project.expect("deployed +shop/v1", timeout=60)
    assert not is_kept(project)
    assert statuses(project) == [200, 200, 200]


def test_serve_caches_and_throttles_what_the_file_says(project, tmp_path):
    project.gateway = Gateway(tmp_path / ".data", [str(tmp_path), "--status", "127.0.0.1:0"], None, "serve").start()
    assert is_kept(project)
    assert statuses(project) == [200, 200, 429]


def test_settings_of_no_method_are_refused(project, tmp_path):
    project.write("stagedoor.yaml", APIS.format(", method_settings: {GET /nothing: {caching_enabled: true}}"))
    gateway = Gateway(tmp_path / ".data", [str(tmp_path)])
    with pytest.raises(Exception):
        gateway.start()
    assert "there is no method GET /nothing to have settings" in gateway.output.text()
