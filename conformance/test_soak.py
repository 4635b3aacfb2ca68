"""A short form of the soak: a mixture of calls at 70 % of the maximum leaves everything as it was."""

import os
import subprocess
import sys

import pytest

from harness.process import REPOSITORY, find_binary

pytestmark = pytest.mark.alone


def test_half_a_minute_at_70_percent():
    # On a noisy machine nothing finer can be told in so short a time: 24 MB are 80 bytes for each of 300,000 calls.
    command = [sys.executable, str(REPOSITORY / "bench" / "soak.py"), "--seconds", "24", "--slice", "2", "--tolerance", "4"]
    environment = {**os.environ, "STAGEDOOR_BIN": str(find_binary())}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "flat: memory" in done.stdout
