"""Gateways with a stagedoor.yaml of their own, and APIs on them."""

import contextlib
import time

import boto3
from botocore.config import Config

from harness.api import Api
from harness.process import Gateway


@contextlib.contextmanager
def configured(folder, text="", **how):
    """A running gateway whose stagedoor.yaml says `text`."""
    (folder / "stagedoor.yaml").write_text(text)
    running = Gateway(folder / "data", [str(folder)], **how).start()
    try:
        yield running
        assert running.stop() == 0, running.output.text()[-4000:]
    finally:
        running.kill() if running.process.poll() is None else None


def control(gateway):
    return boto3.client("apigateway", endpoint_url=gateway.url, region_name="us-east-1", aws_access_key_id="test",
                        aws_secret_access_key="test", config=Config(retries={"total_max_attempts": 1}))


def mock_api(gateway, body="small"):
    """/mock answers at once."""
    made = Api(gateway, control(gateway)).mock("/mock", "ANY", body=body)
    made.deploy()
    return made


def proxy_api(gateway, backend):
    """/mock answers at once, /up goes to a backend."""
    made = Api(gateway, control(gateway)).mock("/mock", "ANY", body="small").http_proxy("/up", backend.url)
    made.deploy()
    return made


def secure_port(gateway):
    return int(gateway.output.wait_for(r"with TLS on https://127\.0\.0\.1:(\d+)").group(1))


def metric(gateway, name):
    """A counter of the front."""
    from harness import raw
    text = raw.send(gateway.port, "GET", "/metrics").text
    return int(text.split(f"\nstagedoor_{name}_total ")[1].split("\n")[0])


def eventually(holds, seconds=10):
    """What is counted after a peer has seen the effect is asked again until it is there."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, holds
        time.sleep(0.02)
