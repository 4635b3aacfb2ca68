"""Layers: published, listed, deleted, and merged for a function in its order."""

import base64
import hashlib
import json

import pytest

from harness import functions
from harness.errors import refused
from harness.state import assert_survives_a_crash

LAYER = "arn:aws:lambda:us-east-1:000000000000:layer:"
# Without a sandbox layers are no /opt, but a directory whose `python` is on the path all the same.
READING = """
import os, sys
layers = next(os.path.dirname(entry) for entry in sys.path if entry.endswith("/python"))
def handler(event, context):
    if event.get("module"):
        return __import__(event["module"]).WORD
    return {name: open(os.path.join(layers, name)).read() for name in event["files"]}
"""


@pytest.fixture
def name(request):
    return f"l-{hashlib.sha256(request.node.name.encode()).hexdigest()[:12]}"


def publish(lambda_, name, files, **fields):
    return lambda_.publish_layer_version(LayerName=name, Content={"ZipFile": functions.package(files)}, **fields)


def invoke(lambda_, name, event):
    answer = lambda_.invoke(FunctionName=name, Payload=json.dumps(event))
    payload = json.loads(answer["Payload"].read())
    assert "FunctionError" not in answer, payload
    return payload


def test_a_version_is_published_read_and_deleted(lambda_, name):
    zipped = functions.package({"python/x.py": "WORD = 1\n"})
    made = lambda_.publish_layer_version(
        LayerName=name, Content={"ZipFile": zipped}, Description="d", LicenseInfo="MIT",
        CompatibleRuntimes=["python3.11"], CompatibleArchitectures=["x86_64"])
    expected = {
        "LayerArn": LAYER + name, "LayerVersionArn": f"{LAYER}{name}:1", "Version": 1, "Description": "d",
        "LicenseInfo": "MIT", "CompatibleRuntimes": ["python3.11"], "CompatibleArchitectures": ["x86_64"],
        "Content": {"CodeSha256": base64.b64encode(hashlib.sha256(zipped).digest()).decode(), "CodeSize": len(zipped)}}
    for read in (made, lambda_.get_layer_version(LayerName=name, VersionNumber=1),
                 lambda_.get_layer_version_by_arn(Arn=f"{LAYER}{name}:1")):
        assert {key: read[key] for key in expected} == expected
    assert publish(lambda_, name, {"a": "b"})["Version"] == 2
    assert [one["Version"] for one in lambda_.list_layer_versions(LayerName=name)["LayerVersions"]] == [2, 1]
    layers = {one["LayerName"]: one for one in lambda_.list_layers()["Layers"]}
    assert layers[name]["LatestMatchingVersion"]["Version"] == 2
    assert name not in [one["LayerName"] for one in lambda_.list_layers(CompatibleRuntime="nodejs20.x")["Layers"]]
    assert lambda_.delete_layer_version(LayerName=name, VersionNumber=1)["ResponseMetadata"]["HTTPStatusCode"] == 204
    with refused("ResourceNotFoundException", "The resource you requested does not exist.", 404):
        lambda_.get_layer_version(LayerName=name, VersionNumber=1)


def test_later_layers_win_and_modules_are_found(lambda_, name):
    first = publish(lambda_, f"{name}-a", {"shared": "first", "one": "1", "python/layered.py": "WORD = 'from a layer'\n"})
    second = publish(lambda_, f"{name}-b", {"shared": "second", "two": "2"})
    arns = [first["LayerVersionArn"], second["LayerVersionArn"]]
    functions.create(lambda_, name, READING, Layers=arns)
    assert [one["Arn"] for one in lambda_.get_function_configuration(FunctionName=name)["Layers"]] == arns
    files = {"files": ["shared", "one", "two"]}
    assert invoke(lambda_, name, files) == {"shared": "second", "one": "1", "two": "2"}
    assert invoke(lambda_, name, {"module": "layered"}) == "from a layer"
    lambda_.update_function_configuration(FunctionName=name, Layers=arns[::-1])
    assert invoke(lambda_, name, files)["shared"] == "first"


def test_versions_keep_their_layers(lambda_, name):
    made = publish(lambda_, name, {"word": "kept"})
    functions.create(lambda_, name, READING, Layers=[made["LayerVersionArn"]])
    lambda_.publish_version(FunctionName=name)
    lambda_.delete_layer_version(LayerName=name, VersionNumber=1)
    lambda_.update_function_configuration(FunctionName=name, Layers=[])
    assert "Layers" not in lambda_.get_function_configuration(FunctionName=name)
    assert invoke(lambda_, f"{name}:1", {"files": ["word"]}) == {"word": "kept"}
    with refused("InvalidParameterValueException", f"Layer version {LAYER}{name}:1 does not exist.", 400):
        lambda_.update_function_configuration(FunctionName=name, Layers=[made["LayerVersionArn"]])


def test_what_cannot_be_a_layer(lambda_, name):
    with refused("InvalidParameterValueException",
                 "Could not unzip uploaded file. Please check your file, then try to upload again.", 400):
        lambda_.publish_layer_version(LayerName=name, Content={"ZipFile": b"no zip"})
    with refused("InvalidParameterValueException", None, 400):
        lambda_.publish_layer_version(LayerName=name, Content={"S3Bucket": "bucket", "S3Key": "key"})
    with refused("InvalidParameterValueException", None, 400):
        publish(lambda_, name, {"../evil": "x"})
    made = publish(lambda_, name, {"a": "b"})
    with refused("InvalidParameterValueException", None, 400):
        lambda_.add_layer_version_permission(
            LayerName=name, VersionNumber=made["Version"], StatementId="s", Action="lambda:GetLayerVersion", Principal="*")


def test_at_most_five(lambda_, name):
    arns = [publish(lambda_, f"{name}-{n}", {f"f{n}": str(n)})["LayerVersionArn"] for n in range(6)]
    with refused("InvalidParameterValueException", "Cannot reference more than 5 layers.", 400):
        functions.create(lambda_, name, READING, Layers=arns)
    functions.create(lambda_, name, READING, Layers=arns[:5])
    assert invoke(lambda_, name, {"files": ["f0", "f4"]}) == {"f0": "0", "f4": "4"}


def test_layers_survive_a_crash(gateway, lambda_, name):
    made = publish(lambda_, name, {"word": "still here"})
    functions.create(lambda_, name, READING, Layers=[made["LayerVersionArn"]])
    before = lambda_.list_layer_versions(LayerName=name)["LayerVersions"]
    assert_survives_a_crash(gateway)
    assert lambda_.list_layer_versions(LayerName=name)["LayerVersions"] == before
    assert invoke(lambda_, name, {"files": ["word"]}) == {"word": "still here"}
