"""Shows what ten times the sustainable load does: who is answered, how fast, and how much memory it takes.

    STAGEDOOR_BIN=target/release/stagedoor python bench/overload.py [--seconds S]

Two gateways are loaded by h2load (HTTP/1.1, one request at a time per connection): a MOCK, which takes CPU only, and a
proxied backend that takes half a second for each call, which takes places. Everything shares the machine, so the numbers
compare the rows of one run only. Exits 1 when the accepted calls of the slow backend are held up, or memory runs away.
"""
import argparse
import asyncio
import re
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from gateway import Gateway
import scenarios
from peers import wait_until_answers

DELAY = 0.5
PLACES = 200
LIMITS = f"limits: {{requests: {PLACES}, connections: 8000}}\n"
GROWTH_MB = 200


class SlowBackend(threading.Thread):
    """Answers every call after DELAY."""

    def __init__(self):
        super().__init__(daemon=True)
        self.ready = threading.Event()

    def run(self):
        asyncio.run(self.serve())

    async def serve(self):
        server = await asyncio.start_server(self.answer, "127.0.0.1", 0, backlog=4096)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        self.ready.set()
        await asyncio.Event().wait()

    async def answer(self, reader, writer):
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                await asyncio.sleep(DELAY)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


def load(url, connections, seconds, work):
    """(latencies of accepted calls in ms, number of refused ones)."""
    log = work / f"load-{connections}.tsv"
    log.unlink(missing_ok=True)
    command = ["h2load", "--h1", "-c", str(connections), "-D", str(seconds), "--log-file", str(log), url]
    subprocess.run(command, capture_output=True, check=True, timeout=seconds + 60)
    accepted, refused = [], 0
    for line in log.read_text().splitlines():
        _, status, took = line.split("\t")
        if status == "200":
            accepted.append(int(took) / 1000)
        else:
            refused += 1
    return sorted(accepted), refused


def measure(title, gateway, url, rows, seconds, work):
    """Prints one line per number of connections; returns p99 by it."""
    print(f"\n{title}\n  {'connections':>12}{'accepted/s':>12}{'refused/s':>11}{'p50 ms':>9}{'p99 ms':>9}{'RSS MB':>8}")
    found = {}
    for connections in rows:
        accepted, refused = load(url, connections, seconds, work)
        rank = lambda share: accepted[min(len(accepted) - 1, int(len(accepted) * share))]
        found[connections] = rank(0.99)
        print(f"  {connections:12}{len(accepted) / seconds:12.0f}{refused / seconds:11.0f}{rank(0.5):9.1f}{rank(0.99):9.1f}"
              f"{gateway.resident_mb():8.0f}")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=5)
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "stagedoor.yaml").write_text(LIMITS)
        backend = SlowBackend()
        backend.start()
        backend.ready.wait()
        with Gateway(work / "data", path=work) as gateway:
            mock, slow = scenarios.mock_api(gateway), scenarios.proxy_api(gateway, backend.url)
            wait_until_answers(mock)
            before = gateway.resident_mb()
            measure("MOCK, CPU only", gateway, mock, (64, 640, 4000), seconds, work)
            sustainable = PLACES // 2
            p99 = measure(f"a backend that takes {DELAY} s, {PLACES} places", gateway, slow,
                          (sustainable, sustainable * 10, sustainable * 30), seconds, work)
            grown = gateway.resident_mb() - before
    held = p99[sustainable * 10] <= 2 * p99[sustainable]
    print(f"\naccepted calls held at ten times the load: {'yes' if held else 'NO'}; memory grown by {grown:.0f} MB")
    return 0 if held and grown < GROWTH_MB else 1


if __name__ == "__main__":
    sys.exit(main())
