"""stagedoor export, deploy and diff: definitions as files, against a running gateway."""

import json
import subprocess

import pytest
import yaml

from harness import raw
from harness.process import Gateway, find_binary

DOCUMENT = """\
openapi: 3.0.1
info: {title: TITLE, version: "1"}
paths:
  /mock:
    get:
      responses: {"200": {description: ok}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses: {default: {statusCode: "200", responseTemplates: {application/json: mocked}}}
"""


@pytest.fixture
def stagedoor(gateway, tmp_path):
    """Runs a command against the module's gateway, in a directory of the test's own."""
    def run(*arguments, code=0):
        listen = [] if arguments[0] == "validate" else ["--listen", f"127.0.0.1:{gateway.port}"]
        done = subprocess.run([str(find_binary()), *arguments, *listen], cwd=tmp_path, capture_output=True, text=True,
                              timeout=60)
        assert done.returncode == code, f"{done.returncode}: {done.stdout}{done.stderr}"
        assert "panicked" not in done.stderr
        return done
    return run


@pytest.fixture
def title(request):
    return request.node.name


@pytest.fixture
def document(tmp_path, title):
    """Writes a document of the test's own API; returns its file name."""
    def write(*changes, name="api.yaml"):
        text = DOCUMENT.replace("TITLE", json.dumps(title))
        for before, after in changes:
            assert before in text
            text = text.replace(before, after)
        (tmp_path / name).write_text(text)
        return name
    return write


def called(gateway, url):
    return raw.send(gateway.port, "GET", f"/_aws/execute-api{url.split('/_aws/execute-api')[1]}mock").text


def test_deploy_makes_an_api_and_then_updates_it(gateway, apigateway, stagedoor, document, title):
    lines = stagedoor("deploy", document(), "--stage", "prod").stdout.splitlines()
    assert lines[0].startswith("created API ") and lines[0].endswith(f"({title})")
    assert called(gateway, lines[1].removeprefix("deployed to ")) == "mocked"
    again = stagedoor("deploy", document(("mocked", "changed")), "--stage", "prod").stdout.splitlines()
    assert again[0] == lines[0].replace("created", "updated") and again[1] == lines[1]
    assert called(gateway, again[1]) == "changed"
    assert [i["name"] for i in apigateway.get_rest_apis(limit=500)["items"]].count(title) == 1


def test_deploy_into_a_named_api(gateway, apigateway, stagedoor, document):
    api = apigateway.create_rest_api(name="of another name")["id"]
    url = stagedoor("deploy", document(), "--stage", "prod", "--api", api).stdout.splitlines()[-1]
    assert f"/{api}/prod/" in url and called(gateway, url) == "mocked"


def test_deploy_of_an_edited_api(gateway, apigateway, stagedoor, document, title):
    made = stagedoor("deploy", document(), "--stage", "one").stdout.split()[2]
    url = stagedoor("deploy", made, "--stage", "two").stdout
    assert called(gateway, url.strip()) == "mocked"
    stagedoor("deploy", title, "--stage", "three")
    assert {s["stageName"] for s in apigateway.get_stages(restApiId=made)["item"]} == {"one", "two", "three"}


def test_names_that_are_not_unique(apigateway, stagedoor, document, title):
    ids = [apigateway.create_rest_api(name=title)["id"] for _ in range(2)]
    for arguments in (["deploy", document(), "--stage", "prod"], ["export", title, "prod"]):
        refused = stagedoor(*arguments, code=1)
        assert all(i in refused.stderr for i in ids)


@pytest.mark.parametrize("arguments, kind", [
    ([], "json"), (["--json"], "json"), (["--yaml"], "yaml"), (["-O", "out.yaml"], "yaml"), (["-O", "out.json"], "json"),
    (["-O", "out.yaml", "--json"], "json")], ids=str)
def test_export(stagedoor, document, title, tmp_path, arguments, kind):
    made = stagedoor("deploy", document(), "--stage", "prod").stdout.split()[2]
    text = stagedoor("export", title, "prod", *arguments).stdout
    if "-O" in arguments:
        assert text == ""
        text = (tmp_path / arguments[1]).read_text()
    assert text.startswith("{" if kind == "json" else "---\n")
    got = yaml.safe_load(text)
    assert (got["openapi"], got["info"]["title"]) == ("3.0.1", title)
    assert "x-amazon-apigateway-integration" in got["paths"]["/mock"]["get"]
    assert made in got["servers"][0]["url"]


def test_export_in_other_forms(stagedoor, document, title):
    stagedoor("deploy", document(), "--stage", "prod")
    bare = json.loads(stagedoor("export", title, "prod", "--format", "swagger", "--extensions", "none").stdout)
    assert bare["swagger"] == "2.0" and "x-amazon" not in json.dumps(bare)
    some = stagedoor("export", title, "prod", "--extensions", "integrations,authorizers").stdout
    assert "x-amazon-apigateway-integration" in some


def test_export_and_deploy_change_nothing(stagedoor, document, title, tmp_path):
    stagedoor("deploy", document(), "--stage", "prod")
    stagedoor("export", title, "prod", "-O", "exported.yaml")
    assert stagedoor("diff", "exported.yaml", "prod").stdout == ""
    stagedoor("deploy", "exported.yaml", "--stage", "prod")
    assert stagedoor("export", title, "prod", "--yaml").stdout == (tmp_path / "exported.yaml").read_text()


def test_diff_of_a_document(stagedoor, document):
    stagedoor("deploy", document(), "--stage", "prod")
    assert stagedoor("diff", document(), "prod").stdout == ""
    changed = document(("mocked", "changed"), ("/mock:", "/mock: &m"), ('"1"', '"2"'), name="b.yaml")
    assert stagedoor("diff", changed, "prod", code=1).stdout == (
        '~ api\n    version: "1" → "2"\n'
        '~ method GET /mock\n'
        '    integration.integrationResponses.200.responseTemplates.application/json: "mocked" → "changed"\n')
    moved = document(("/mock", "/moved"), name="c.yaml")
    assert stagedoor("diff", moved, "prod", code=1).stdout == (
        "- resource /mock\n+ resource /moved\n- method GET /mock\n+ method GET /moved\n")


def test_diff_of_an_edited_api(apigateway, stagedoor, document, title):
    made = stagedoor("deploy", document(), "--stage", "prod").stdout.split()[2]
    assert stagedoor("diff", title, "prod").stdout == ""
    resource = next(r["id"] for r in apigateway.get_resources(restApiId=made)["items"] if r["path"] == "/mock")
    apigateway.update_method(restApiId=made, resourceId=resource, httpMethod="GET", patchOperations=[
        {"op": "replace", "path": "/apiKeyRequired", "value": "true"}])
    got = json.loads(stagedoor("diff", made, "prod", "-o", "json", code=1).stdout)
    assert got == {"restApiId": made, "stageName": "prod", "differences": [
        {"change": "changed", "kind": "method", "name": "/mock", "httpMethod": "GET",
         "fields": [{"field": "apiKeyRequired", "before": "false", "after": "true"}]}]}
    stagedoor("deploy", made, "--stage", "prod")
    assert json.loads(stagedoor("diff", made, "prod", "-o", "json").stdout)["differences"] == []


def test_diff_changes_nothing(apigateway, stagedoor, document):
    made = stagedoor("deploy", document(), "--stage", "prod").stdout.split()[2]
    before = (apigateway.get_rest_apis(limit=500)["items"], apigateway.get_deployments(restApiId=made)["items"])
    stagedoor("diff", document(("mocked", "changed")), "prod", code=1)
    assert (apigateway.get_rest_apis(limit=500)["items"], apigateway.get_deployments(restApiId=made)["items"]) == before


@pytest.mark.parametrize("command, code", [
    (["import", "FILE"], 1), (["deploy", "FILE", "--stage", "prod"], 1), (["diff", "FILE", "prod"], 2)], ids=str)
@pytest.mark.parametrize("change, place, words", [
    (("type: mock", "type: mok"), "8:15", "Invalid integration type 'mok'"),
    (("mocked", "'#if($a) b'"), "10:89: ", "does not parse: '#if' has no '#end'"),
    (("paths:", "paths: ]"), "3:", "")], ids=["wrong value", "template", "no yaml"])
def test_findings_show_the_line(apigateway, stagedoor, document, command, code, change, place, words):
    file = document(change)
    refused = stagedoor(*[file if word == "FILE" else word for word in command], code=code)
    assert f"error: {file}:{place}" in refused.stderr and words in refused.stderr
    assert change[1] in refused.stderr and "^" in refused.stderr


@pytest.mark.parametrize("arguments, code, words", [
    (["export", "none", "prod"], 1, "no API with the id or name `none`"),
    (["deploy", "none", "--stage", "prod"], 1, "no API with the id or name `none`"),
    (["deploy", "none.yaml", "--stage", "prod"], 1, "none.yaml: there is no such file"),
    (["diff", "none", "prod"], 2, "no API with the id or name `none`"),
    (["diff", "dir/none", "prod"], 2, "dir/none: there is no such file"),
    (["export", "x", "y", "--extensions", "all"], 2, "possible values"),
    (["export", "x", "y", "--yaml", "--json"], 2, "cannot be used with"),
    (["deploy", "x"], 2, "--stage"),
], ids=str)
def test_mistakes(stagedoor, arguments, code, words):
    assert words in stagedoor(*arguments, code=code).stderr


def test_an_unknown_stage_names_those_that_exist(stagedoor, document, title):
    stagedoor("deploy", document(), "--stage", "prod")
    for arguments, code in ((["export", title, "none"], 1), (["diff", title, "none"], 2)):
        refused = stagedoor(*arguments, code=code)
        assert "Invalid Stage identifier specified. The API has: prod" in refused.stderr


def test_without_a_gateway():
    for arguments, code in ((["export", "a", "b"], 1), (["diff", "a", "b"], 2), (["deploy", "a", "--stage", "b"], 1)):
        done = subprocess.run([str(find_binary()), *arguments, "--listen", "127.0.0.1:1"], capture_output=True, text=True, timeout=30)
        assert done.returncode == code and "no gateway answers on 127.0.0.1:1" in done.stderr


NO_INTEGRATION = """\
openapi: 3.0.1
info: {title: TITLE, version: "1"}
paths:
  /mock:
    get:
      responses: {"200": {description: ok}}
"""


@pytest.mark.parametrize("command, code", [
    (["validate", "api.yaml"], 1),
    (["import", "api.yaml", "--stage", "prod"], 1),
    (["deploy", "api.yaml", "--stage", "prod"], 1),
    (["diff", "api.yaml", "prod"], 2)])
def test_what_cannot_be_deployed_is_refused_before_anything_is_made(
        apigateway, stagedoor, tmp_path, title, command, code):
    (tmp_path / "api.yaml").write_text(NO_INTEGRATION.replace("TITLE", json.dumps(title)))
    done = stagedoor(*command, code=code)
    assert "api.yaml:5:5: No integration defined for method 'GET' for resource at path '/mock'" in done.stderr
    assert "get:" in done.stderr
    assert title not in [i["name"] for i in apigateway.get_rest_apis(limit=500)["items"]]


def test_validate_knows_a_document_by_its_version(stagedoor, tmp_path):
    document = yaml.safe_load(DOCUMENT)
    del document["paths"]["/mock"]["get"]["responses"]
    document["paths"]["/mock"]["get"]["x-amazon-apigateway-integration"].pop("responses")
    (tmp_path / "api.json").write_text(json.dumps(document, sort_keys=True))
    done = stagedoor("validate", "api.json")
    assert done.stdout == "api.json: ok\n"
    assert "responses is missing" in done.stderr and "^^^" in done.stderr


def test_commands_act_where_the_project_is(tmp_path):
    """A project may name an account and a region of its own."""
    (tmp_path / "api.yaml").write_text(DOCUMENT.replace("mocked", "'${AWS::Region} ${AWS::AccountId}'"))
    (tmp_path / "stagedoor.yaml").write_text(
        "account: '123456789012'\nregion: eu-west-1\napis: {shop: {openapi: api.yaml, stage: prod}}\n")
    running = Gateway(tmp_path / "state", [str(tmp_path)]).start()
    try:
        def run(*arguments, code=0):
            done = subprocess.run([str(find_binary()), *arguments, "--listen", f"127.0.0.1:{running.port}"],
                                  cwd=tmp_path, capture_output=True, text=True, timeout=60)
            assert done.returncode == code, done.stdout + done.stderr
            return done.stdout + done.stderr
        assert run("diff", "shop", "prod") == run("diff", "api.yaml", "prod", "--api", "shop") == ""
        assert "eu-west-1 123456789012" in run("export", "shop", "prod")
        for line in ("AWS_ACCESS_KEY_ID=123456789012", "AWS_DEFAULT_REGION=eu-west-1"):
            assert line in run("env")
        refused = run("export", "shop", "--region", "us-east-1", code=1)
        assert "in account 123456789012 and region us-east-1" in refused
    finally:
        running.stop()
