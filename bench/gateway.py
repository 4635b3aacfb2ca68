"""A Stagedoor to measure: started on a free port, stopped by process id."""
import os
import re
import subprocess
import time
from pathlib import Path

import boto3
from botocore.config import Config

from peers import wait_until_answers

BINARY = os.environ.get("STAGEDOOR_BIN", "target/dist/stagedoor")


class Gateway:
    def __init__(self, data, cores=None, port=0, path=None, binary=None):
        command = ["taskset", "-c", cores] if cores else []
        command += [str(binary or BINARY), "dev", "--quiet", "--listen", f"127.0.0.1:{port}", "--data-dir", str(data)]
        command += [str(path)] if path else []
        environment = {**os.environ, "STAGEDOOR_ACCOUNT_THROTTLE": "off"}
        self.child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                      env=environment)
        self.url = None
        for line in self.child.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                self.url = found[0]
                break
        if self.url is None:
            raise RuntimeError(f"{binary or BINARY} did not start")

    def client(self, service):
        return boto3.client(service, endpoint_url=self.url, region_name="us-east-1", aws_access_key_id="test",
                            aws_secret_access_key="test", config=Config(retries={"max_attempts": 0}))

    def invoke_url(self, api, stage, path):
        return f"{self.url}/_aws/execute-api/{api}/{stage}{path}"

    def pids(self):
        return [self.child.pid]

    def resident_mb(self):
        status = Path(f"/proc/{self.child.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    @staticmethod
    def time_to_first_answer(data, api):
        """Milliseconds from exec to the first 200 of a deployed API."""
        started = time.monotonic()
        with Gateway(data) as gateway:
            wait_until_answers(gateway.invoke_url(api, "prod", "/pets"))
            return (time.monotonic() - started) * 1000

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.terminate()
        self.child.wait(20)
