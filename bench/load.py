"""One round of load by wrk, and what it cost the server by the kernel's account."""
import contextlib
import os
import re
import subprocess
from dataclasses import dataclass

# Ten headers, as a browser or SDK sends them.
HEADERS = {
    "Accept": "application/json",
    "Accept-Encoding": "gzip, deflate, br",
    "Accept-Language": "en-GB,en;q=0.9",
    "Cache-Control": "no-cache",
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
    "X-Request-Source": "bench",
    "X-Client-Version": "1.2.3",
    "X-Correlation-Id": "6f1c1f9e-2c1c-4d0c-9a50-0d7d7c5a8f11",
    "Referer": "https://example.com/some/page",
}
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass
class Sample:
    cpu_us: float
    rate: float
    p50_ms: float
    p99_ms: float


def schedstat_us(pids):
    """User + system time of all threads of the processes, in microseconds (nanosecond accounting of the scheduler)."""
    total = 0
    for pid in pids:
        for task in os.listdir(f"/proc/{pid}/task"):
            try:
                with open(f"/proc/{pid}/task/{task}/schedstat") as file:
                    total += int(file.read().split()[0])
            except FileNotFoundError:
                continue
    return total / 1000


def wrk(url, pids, seconds=2.0, connections=64, pin=True, script=None):
    """Loads `url`, with the requests of a Lua script if there is one; raises when any answer is an error."""
    headers = [part for name, value in HEADERS.items() for part in ("-H", f"{name}: {value}")]
    command = ["taskset", "-c", "1"] if pin else []
    command += ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--latency", *headers]
    command += ["-s", str(script), url] if script else [url]
    before = schedstat_us(pids)
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    spent = schedstat_us(pids) - before
    if "Non-2xx" in output or "Socket errors" in output:
        raise RuntimeError(f"{url}: {output}")
    requests = int(re.search(r"(\d+) requests in", output)[1])
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1])
    return Sample(spent / requests, rate, percentile(output, "50"), percentile(output, "99"))


@contextlib.contextmanager
def wrk_beside(url, seconds, script, connections=2):
    """Load that goes on while something else is measured; raises when it got no answer."""
    command = ["taskset", "-c", "1", "wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds)) + 1}s", "-s", str(script), url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as loader:
        yield
        output = loader.communicate()[0]
    if "Non-2xx" in output or not int(re.search(r"(\d+) requests in", output)[1]):
        raise RuntimeError(f"{url}: {output}")


def percentile(output, which):
    value, unit = re.search(rf"\s{which}%\s+([\d.]+)(us|ms|s|m)", output).groups()
    return float(value) * UNITS[unit]
