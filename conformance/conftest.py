"""Fixtures: a gateway for each test module, SDK clients and raw sockets to talk to it, a backend behind it."""

import os
import pathlib
import signal
import subprocess
import sys

import boto3
import pytest
from botocore.config import Config

from harness import raw
from harness.api import Api
from harness.backend import Backend, make_certificates
from harness.process import Gateway
from harness.services import Moto

REGION = "us-east-1"


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write what the gateway answers into golden/")


def pytest_configure():
    """A run that is told to end still stops the gateways that it started."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.fixture(scope="module")
def gateway_arguments():
    """Modules override it to start the gateway with more flags."""
    return []


@pytest.fixture(scope="module")
def gateway_environment():
    """Modules override it to start the gateway with more environment."""
    return {}


@pytest.fixture(scope="module")
def gateway(tmp_path_factory, gateway_arguments, gateway_environment):
    running = Gateway(tmp_path_factory.mktemp("data"), gateway_arguments, gateway_environment).start()
    yield running
    assert running.stop() == 0, running.output.text()[-4000:]


def make_client(service, gateway, access_key="test", region=REGION):
    return boto3.client(
        service, endpoint_url=gateway.url, region_name=region,
        aws_access_key_id=access_key, aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=60, tcp_keepalive=True),
    )


@pytest.fixture(scope="module")
def apigateway(gateway):
    return make_client("apigateway", gateway)


@pytest.fixture(scope="module")
def lambda_(gateway):
    return make_client("lambda", gateway)


@pytest.fixture
def api(gateway, apigateway):
    """An empty REST API of the test's own."""
    return Api(gateway, apigateway)


@pytest.fixture(scope="module")
def shared_api(gateway, apigateway):
    """Makes APIs that several tests of a module use."""
    return lambda **fields: Api(gateway, apigateway, **fields)


@pytest.fixture
def signed(gateway):
    """A signed control-plane call over a raw socket."""
    return lambda method, target, body=None, headers=None, **how: raw.signed(
        gateway.port, method, target, headers, body, **how)


@pytest.fixture
def backend():
    running = Backend()
    yield running
    running.close()


@pytest.fixture(scope="module")
def moto():
    """AWS's services, played by a server of the module's own."""
    running = Moto()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """(CA file, server context)."""
    return make_certificates(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def aws(gateway):
    """The aws CLI: returns the finished process."""
    def run(*arguments, check=True, environment=None):
        settings = {
            "PATH": f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(gateway.data_dir), "AWS_ENDPOINT_URL": gateway.url, "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_PAGER": "", "AWS_MAX_ATTEMPTS": "1",
            **(environment or {}),
        }
        done = subprocess.run(["aws", *arguments], env=settings, capture_output=True, text=True, timeout=60)
        assert not check or done.returncode == 0, done.stderr
        return done
    return run
