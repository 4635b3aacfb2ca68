"""examples/facade: a REST API over DynamoDB and SQS, beside moto, as its README runs it."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

from harness import raw
from harness.process import Gateway

EXAMPLE = pathlib.Path(__file__).parent.parent / "examples/facade"


@pytest.fixture(scope="module")
def orders(tmp_path_factory, moto):
    """Calls the example's API."""
    folder = tmp_path_factory.mktemp("facade")
    shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True)
    file = folder / "stagedoor.yaml"
    file.write_text(file.read_text().replace("http://127.0.0.1:5000", moto.url))
    environment = {**moto.environment, "AWS_DEFAULT_REGION": "us-east-1",
                   "PATH": f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(["sh", str(folder / "prepare.sh")], env={**os.environ, **environment, "AWS_PAGER": ""}, check=True,
                   capture_output=True, timeout=60)
    gateway = Gateway(folder / "data", [str(folder)]).start()

    def call(method, path, body=None):
        headers = [("Content-Type", "application/json")] if body is not None else []
        return raw.send(gateway.port, method, f"/_aws/execute-api/orders/v1{path}", headers, body)
    yield call
    assert gateway.stop() == 0


def test_orders(orders):
    first = orders("PUT", "/orders/1?customer=ann", json.dumps({"item": 'a "large" bowl, Ann\'s', "count": 2}))
    assert (first.status, first.json) == (201, {"id": "1"}), first.text
    assert orders("PUT", "/orders/2?customer=ann", '{"item": "lid", "count": 1}').status == 201
    again = orders("PUT", "/orders/1?customer=ann", '{"item": "spoon", "count": 1}')
    assert (again.status, again.json) == (409, {"message": "There is such an order."})
    wrong = orders("PUT", "/orders/3?customer=ann", '{"item": "spoon", "count": "many"}')
    assert (wrong.status, wrong.json) == (400, {"message": "This is no order."})
    found = orders("GET", "/orders?customer=ann")
    assert (found.status, found.json) == (200, {"orders": [
        {"id": "2", "item": "lid", "count": 1}, {"id": "1", "item": 'a "large" bowl, Ann\'s', "count": 2}]})
    assert orders("GET", "/orders?customer=nobody").json == {"orders": []}


def test_shipments(orders, moto):
    text = '{"order": "1", "note": "50% & more+"}'
    reply = orders("POST", "/shipments", text)
    assert (reply.status, reply.json) == (202, {"accepted": True})
    client = moto.client("sqs")
    (message,) = client.receive_message(QueueUrl=client.get_queue_url(QueueName="shipments")["QueueUrl"])["Messages"]
    assert message["Body"] == text


def test_the_queue_is_gone(orders, moto):
    client = moto.client("sqs")
    client.delete_queue(QueueUrl=client.get_queue_url(QueueName="shipments")["QueueUrl"])
    reply = orders("POST", "/shipments", "{}")
    assert (reply.status, reply.json) == (502, {"message": "The queue does not answer."})
