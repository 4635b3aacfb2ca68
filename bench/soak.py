"""Keeps a gateway at 70 % of what it can do, and shows that time changes nothing.

    STAGEDOOR_BIN=target/release/stagedoor python bench/soak.py [--seconds S] [--slice S] [--share 0.7] [--tolerance 1]

The mixture: MOCK, HTTP_PROXY to nginx, a Python function, and MOCK over TLS and HTTP/2, all at once through h2load, which
opens its connections anew in every slice. First each runs as fast as it gets answers, which is the maximum of this
machine with load, backend and gateway side by side; then at its share of that rate. Each slice prints memory (the
gateway's own, and with its functions), open descriptors and latencies. Exits 1 when a call fails, when memory,
descriptors or processes at the end are more than in the beginning, or latency has grown.
"""
import argparse
import concurrent.futures
import contextlib
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from gateway import Gateway
from peers import backend, certificate, free_port, wait_until_answers
import scenarios

# What may be more at the end than in the beginning. The allocator takes memory in segments of 4 MB: one more is no growth.
MEMORY_SHARE, MEMORY_MB = 0.05, 6
# The C library keeps every value that a function's environment ever had, such as each call's trace id; a process is
# replaced after 100,000 calls.
FUNCTION_MB = 16
DESCRIPTORS = 32
PROBE_SECONDS = 4


@dataclass
class Part:
    name: str
    url: str
    connections: int
    options: tuple = ()
    rate: float = 0


@dataclass
class Measured:
    latencies: list
    errors: int


def load(part, seconds, log, paced):
    """One slice of one part."""
    log.unlink(missing_ok=True)
    pace = ["--rps", f"{max(part.rate / part.connections, 1):.0f}"] if paced else []
    command = ["h2load", "-c", str(part.connections), "-D", str(seconds), "--log-file", str(log), *part.options, *pace, part.url]
    subprocess.run(command, capture_output=True, check=True, timeout=seconds + 60)
    latencies, errors = [], 0
    with log.open() as rows:
        for row in rows:
            _, status, took = row.split("\t")
            if status == "200":
                latencies.append(int(took) / 1000)
            else:
                errors += 1
    return Measured(sorted(latencies), errors)


def load_all(parts, seconds, work, paced):
    with concurrent.futures.ThreadPoolExecutor(len(parts)) as pool:
        jobs = [pool.submit(load, part, seconds, work / f"{part.name}.tsv", paced) for part in parts]
        return [job.result() for job in jobs]


def rank(latencies, share):
    return latencies[min(len(latencies) - 1, int(len(latencies) * share))] if latencies else float("inf")


def tree(pid):
    """The process and all that came of it."""
    found = [pid]
    for one in found:
        with contextlib.suppress(OSError):
            for task in os.listdir(f"/proc/{one}/task"):
                found += map(int, Path(f"/proc/{one}/task/{task}/children").read_text().split())
    return found


def resident_mb(pid):
    with contextlib.suppress(OSError):
        if found := re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()):
            return int(found[1]) / 1024
    return 0


@dataclass
class Row:
    own_mb: float
    all_mb: float
    processes: int
    descriptors: int
    p50: float
    p99: float
    errors: int
    rate: float


def measure(gateway, parts, seconds, work):
    results = load_all(parts, seconds, work, paced=True)
    pid = gateway.child.pid
    processes = tree(pid)
    latencies = sorted(took for result in results for took in result.latencies)
    return Row(resident_mb(pid), sum(map(resident_mb, processes)), len(processes), len(os.listdir(f"/proc/{pid}/fd")),
               rank(latencies, 0.5), rank(latencies, 0.99), sum(result.errors for result in results), len(latencies) / seconds)


def show(elapsed, row):
    print(f"  {elapsed:7.0f}{row.rate:9.0f}{row.errors:8}{row.own_mb:10.1f}{row.all_mb:10.1f}{row.processes:7}"
          f"{row.descriptors:6}{row.p50:9.2f}{row.p99:9.2f}", flush=True)


def complaints(rows, tolerance):
    """What is not as it was: the last third beside the first, after a warm-up."""
    if failed := sum(row.errors for row in rows):
        yield f"{failed} calls failed"
    third = max(1, len(rows) // 3)
    column = lambda some, field: statistics.median(getattr(row, field) for row in some)
    first, last = rows[:third], rows[-third:]
    # Of each function process there are two: itself and its guard.
    functions_mb = FUNCTION_MB * column(last, "processes") / 2
    for field, title, waves in (("own_mb", "the gateway's memory", 0), ("all_mb", "memory with functions", functions_mb)):
        before, after = column(first, field), column(last, field)
        if after > before + tolerance * max(before * MEMORY_SHARE, MEMORY_MB, waves):
            yield f"{title} went from {before:.1f} to {after:.1f} MB"
    for field, allowed in (("descriptors", tolerance * DESCRIPTORS), ("processes", 2)):
        before, after = column(first, field), column(last, field)
        if after > before + allowed:
            yield f"{field} went from {before:.0f} to {after:.0f}"
    if column(last, "p99") > tolerance * (3 * column(first, "p99") + 20):
        yield f"p99 went from {column(first, 'p99'):.1f} to {column(last, 'p99'):.1f} ms"


def parts_of(gateway, secure, upstream, work):
    mock = scenarios.mock_api(gateway)
    return [
        Part("mock", mock, 8, ("--h1",)),
        Part("proxy", scenarios.proxy_api(gateway, upstream.url), 8, ("--h1",)),
        Part("python", scenarios.function_api(gateway, "python", work), 4, ("--h1",)),
        Part("http2", mock.replace(gateway.url, f"https://{secure}"), 4, ("-m", "4")),
    ]


def soak(gateway, parts, options, work):
    for part in parts[:3]:
        wait_until_answers(part.url, 30)
    found = load_all(parts, PROBE_SECONDS, work, paced=False)
    for part, result in zip(parts, found):
        most = len(result.latencies) / PROBE_SECONDS
        part.rate = most * options.share
        print(f"  {part.name:8} at most {most:7.0f} calls/s, now {part.rate:7.0f}")
    print(f"\n  {'s':>7}{'calls/s':>9}{'failed':>8}{'own MB':>10}{'all MB':>10}{'procs':>7}{'fds':>6}{'p50 ms':>9}{'p99 ms':>9}")
    rows, started = [], time.monotonic()
    # The first slices fill pools, caches and the allocator's.
    warm = max(1, round(options.seconds / options.slice / 10))
    while time.monotonic() - started < options.seconds or len(rows) < warm + 3:
        rows.append(measure(gateway, parts, options.slice, work))
        show(time.monotonic() - started, rows[-1])
    return list(complaints(rows[warm:], options.tolerance))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--slice", type=int, default=10)
    parser.add_argument("--share", type=float, default=0.7)
    parser.add_argument("--tolerance", type=float, default=1, help="how many times more may grow")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        certificate(work)
        secure = f"127.0.0.1:{free_port()}"
        (work / "stagedoor.yaml").write_text(
            f"tls: {{listen: {secure}, certificates: [{{certificate: server.pem, key: server.key}}]}}\n")
        with backend(work) as upstream, Gateway(work / "data", path=work) as gateway:
            found = soak(gateway, parts_of(gateway, secure, upstream, work), options, work)
    for complaint in found:
        print(f"  CHANGED {complaint}")
    print("\nnot flat" if found else "\nflat: memory, descriptors, processes and latency stayed as they were")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
