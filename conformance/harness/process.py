"""Starts and stops one `stagedoor dev` process, and waits for the line that names its address."""

import json
import os
import pathlib
import re
import signal
import subprocess
import threading

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
START_DEADLINE = 30
STOP_DEADLINE = 20


def target_directory():
    """Where cargo builds."""
    metadata = subprocess.run(
        ["cargo", "metadata", "--format-version", "1", "--no-deps"],
        cwd=REPOSITORY, capture_output=True, check=True, timeout=60,
    )
    return pathlib.Path(json.loads(metadata.stdout)["target_directory"])


def find_binary():
    """STAGEDOOR_BIN, else the release build, else the debug build."""
    if os.environ.get("STAGEDOOR_BIN"):
        return pathlib.Path(os.environ["STAGEDOOR_BIN"]).resolve()
    target = target_directory()
    for profile in ("release", "debug"):
        if (target / profile / "stagedoor").exists():
            return target / profile / "stagedoor"
    raise FileNotFoundError("no stagedoor binary: run `cargo build -p stagedoor` or set STAGEDOOR_BIN")


class Output:
    """Collects what the process prints, so that a test can wait for a line instead of sleeping."""

    def __init__(self, stream):
        self.lines = []
        self.closed = False
        self.changed = threading.Condition()
        threading.Thread(target=self._read, args=(stream,), daemon=True).start()

    def _read(self, stream):
        for raw in stream:
            with self.changed:
                self.lines.append(raw.decode("utf-8", "replace").rstrip("\n"))
                self.changed.notify_all()
        with self.changed:
            self.closed = True
            self.changed.notify_all()

    def wait_for(self, pattern, timeout=10, since=0):
        """The first match of `pattern` in a line printed at or after line number `since`."""
        def found():
            return self._find(pattern, since) or self.closed
        with self.changed:
            self.changed.wait_for(found, timeout)
            match = self._find(pattern, since)
        if match is None:
            raise AssertionError(f"no line matches {pattern!r}; printed:\n" + "\n".join(self.lines[-40:]))
        return match

    def _find(self, pattern, since):
        return next((m for m in (re.search(pattern, line) for line in self.lines[since:]) if m), None)

    def text(self):
        with self.changed:
            return "\n".join(self.lines)


class Gateway:
    """One gateway on a data directory of its own. `restart` keeps directory and port."""

    def __init__(self, data_dir, arguments=(), environment=None, subcommand="dev"):
        self.data_dir = pathlib.Path(data_dir)
        self.arguments = list(arguments)
        self.environment = environment or {}
        self.subcommand = subcommand
        self.port = 0
        self.process = None

    def start(self):
        command = [str(find_binary()), self.subcommand, *self.arguments,
                   "--listen", f"127.0.0.1:{self.port}", "--data-dir", str(self.data_dir)]
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "STAGEDOOR_"))}
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            # Tests may send more than AWS's limit of an account.
            env={**clean, "NO_COLOR": "1", "STAGEDOOR_ACCOUNT_THROTTLE": "off", **self.environment}, start_new_session=True,
        )
        self.output = Output(self.process.stdout)
        match = self.output.wait_for(r"listening on http://127\.0\.0\.1:(\d+)", START_DEADLINE)
        self.port = int(match.group(1))
        return self

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def kill(self):
        """kill -9: what a crash leaves behind."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(STOP_DEADLINE)

    def stop(self):
        """SIGTERM, and the exit code of an orderly end."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(STOP_DEADLINE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError("did not stop after SIGTERM:\n" + self.output.text())

    def restart(self, hard=True):
        if hard:
            self.kill()
        else:
            self.stop()
        return self.start()
