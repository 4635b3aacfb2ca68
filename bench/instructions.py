"""Counts the instructions that a call costs, which noise of the machine does not move, and compares with what is recorded.

    python bench/instructions.py [mock] [tls] [proxy] [mapped] [validated] [bare] [signed] [user] [policed] [token]
                                 [metered] [cached] [--calls N] [--profile FOLDER]

`signed`, `user`, `policed` and `token` are calls whose callers must be known: by the root's key, by a user's with a policy, by a
resource policy of 20 statements, by a remembered Cognito token. They are held against a call that sends the same as the first
three and asks nobody. Functions do not run under callgrind, for it lacks the system call that watches them; nor does it know the
processor's instructions for SHA-256, so that hashing is half of what a signature costs here, and much less in truth.

`metered` is `proxy` with a key, its plan's throttle and quota, and an access log; `cached` is `proxy` whose replies are kept.

Stagedoor runs under callgrind (Debian package `valgrind`), one client on one connection calls it; the kernel's work is not
counted. A call that costs more than what is recorded by the tolerance makes the run fail; one that costs that much less asks
to be recorded. Another compiler, allocator or processor family (libc picks its routines by it) moves all numbers: then count
the commit before on the same machine too. `--profile` keeps callgrind's files, for `callgrind_annotate`.
"""
import argparse
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlparse

import gateway
import peers
import scenarios
from load import HEADERS

# Instructions per call of the `dist` profile, x86-64 with AVX2.
RECORDED = {"mock": 18_000, "tls": 25_700, "proxy": 36_050, "mapped": 363_000, "validated": 210_000, "bare": 20_950}
# At most so many times another call. What run.py promises counts the kernel's work on both sides, too.
BESIDE = {"signed": ("open", 2.45), "user": ("open", 2.5), "policed": ("open", 1.25), "token": ("open", 1.2),
          "metered": ("proxy", 1.15), "cached": ("proxy", 0.65)}
TOLERANCE = 0.03
DEADLINE = 60


def request(url, body, added):
    """A request's bytes, with the headers that the benches send."""
    address = urlparse(url)
    headers = {"Host": address.netloc, **HEADERS, **added}
    if body:
        headers |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
    lines = [f"{'POST' if body else 'GET'} {address.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n" + (body or "")).encode()


def connect(url):
    address = urlparse(url)
    connection = socket.create_connection((address.hostname, address.port), DEADLINE)
    if address.scheme != "https":
        return connection
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(connection, server_hostname=address.hostname)


def call(url, count, body, added):
    sent = request(url, body, added)
    with connect(url) as connection, connection.makefile("rb") as replies:
        for _ in range(count):
            connection.sendall(sent)
            status = replies.readline()
            assert b" 200 " in status, status
            length = 0
            while (line := replies.readline()) != b"\r\n":
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            replies.read(length)


class Counted(gateway.Gateway):
    """A Stagedoor under callgrind, which writes its counts into a folder."""

    def __init__(self, work, **options):
        self.counts = work / "counts"
        self.counts.mkdir()
        wrapper = work / "counted"
        wrapper.write_text(f"#!/bin/sh\nexec valgrind --quiet --tool=callgrind --callgrind-out-file={self.counts}/c "
                           f"{Path(gateway.BINARY).resolve()} \"$@\"\n")
        wrapper.chmod(0o755)
        super().__init__(work / "data", binary=wrapper, **options)

    def control(self, *arguments):
        subprocess.run(["callgrind_control", *arguments, str(self.child.pid)], check=True, capture_output=True, timeout=DEADLINE)

    def measure(self, name, count, url, body=None, headers=dict):
        """Instructions per call, once everything is warm."""
        added = headers()
        call(url, 300, body, added)
        self.control("-z")
        call(url, count, body, added)
        before = set(self.counts.iterdir())
        self.control("-d", name)
        return self.total(name, before) / count

    def total(self, name, before):
        """What the new dump counted; it is written in the background, and the sum comes last."""
        deadline = time.monotonic() + DEADLINE
        while time.monotonic() < deadline:
            for path in set(self.counts.iterdir()) - before:
                if found := re.search(r"^totals: (\d+)", path.read_text(errors="replace"), re.MULTILINE):
                    path.rename(path.with_name(name))
                    return int(found[1])
            time.sleep(0.1)
        raise TimeoutError(f"callgrind wrote no counts of {name}")


def targets(server, secure, backend, pets, pool):
    """URL, body and added headers of each kind of call."""
    mock = scenarios.mock_api(server)
    mapped, _ = scenarios.mapping_api(server, pets)
    validated, bare = scenarios.validating_api(server)
    metered, key = scenarios.metered_api(server, backend)
    return {
        "mock": (mock,),
        "tls": (mock.replace(server.url, f"https://{secure}"),),
        "proxy": (scenarios.proxy_api(server, backend),),
        "mapped": (mapped,),
        "validated": (validated, scenarios.order()),
        "bare": (bare, scenarios.order()),
        "metered": (metered, None, lambda: {"x-api-key": key}),
        "cached": (scenarios.cached_api(server, backend),),
        **callers(server, pool),
    }


def callers(server, pool):
    """Calls that differ only in who has to be known; a signature is made when it is needed, for it lives five minutes."""
    unguarded, signed, _ = scenarios.called_api(server)
    _, remembered, _ = scenarios.guarded_api(server, pool.POOL)
    user = scenarios.invoking_user(server)

    def by(url, credentials=scenarios.ROOT):
        return url, None, lambda: scenarios.signed_headers(signed, credentials)

    return {"open": by(unguarded), "signed": by(signed), "user": by(signed, user), "policed": by(scenarios.policed_api(server, 20)),
            "token": (remembered, None, lambda: {"Authorization": f"Bearer {pool.token()}"})}


def judge(name, counted):
    """Prints a row; false when the call became dearer."""
    recorded = RECORDED[name]
    change = counted / recorded - 1
    verdict = "MORE" if change > TOLERANCE else "less: record it" if change < -TOLERANCE else "kept"
    print(f"  {name:12}{counted:10.0f}{recorded:10}{change:+8.1%}  {verdict}", flush=True)
    return change <= TOLERANCE


def judge_beside(name, counted, other):
    """Prints a row; false when it costs more than allowed beside the other."""
    beside, limit = BESIDE[name]
    ratio = counted / other
    print(f"  {name:12}{counted:10.0f}{ratio:8.2f} x {beside} (at most {limit} x)  {'kept' if ratio <= limit else 'MORE'}", flush=True)
    return ratio <= limit


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", choices=[*RECORDED, *BESIDE, []], default=[])
    parser.add_argument("--calls", type=int, default=1500)
    parser.add_argument("--profile", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        peers.certificate(work)
        secure = f"127.0.0.1:{peers.free_port()}"
        pool = scenarios.Signer()
        (work / "keys.json").write_text(pool.key_set())
        (work / "stagedoor.yaml").write_text(
            f"tls: {{listen: {secure}, certificates: [{{certificate: server.pem, key: server.key}}]}}\n"
            f"cognito: {{{pool.POOL}: {{issuer: '{pool.ISSUER}', jwks: keys.json}}}}\n")
        (work / "pets").mkdir()
        with peers.backend(work) as backend, peers.backend(work / "pets", scenarios.pets_document()) as pets, \
                Counted(work, path=work) as server:
            known = targets(server, secure, backend.url, pets.url, pool)
            print(f"  {'':12}{'counted':>10}{'recorded':>10}")
            count = lambda name: server.measure(name, options.calls, *known[name])
            kinds = options.kinds or [*RECORDED, *BESIDE]
            kept = [judge(name, count(name)) for name in kinds if name in RECORDED]
            compared = [name for name in kinds if name in BESIDE]
            others = {other: count(other) for other in {BESIDE[name][0] for name in compared}}
            kept += [judge_beside(name, count(name), others[BESIDE[name][0]]) for name in compared]
        if options.profile:
            options.profile.mkdir(parents=True, exist_ok=True)
            for path in work.glob("counts/*"):
                shutil.copy(path, options.profile)
    if not all(kept):
        sys.exit("a call costs more instructions than recorded")


if __name__ == "__main__":
    main()
