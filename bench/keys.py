"""What a million API keys cost: memory, time to import and to start, and the CPU of a call that needs one of them.

    python bench/keys.py [--keys N] [--rounds N] [--seconds S]

Calls with one key take turns with calls whose keys are drawn by chance from all of them; each has a plan with a throttle and a
quota. Most keys have called once before: the first call of a key asks the ledger. The gateway runs on core 0, `wrk` on core 1.
"""
import argparse
import statistics
import tempfile
import time
from pathlib import Path

import scenarios
from gateway import Gateway
from load import wrk
from peers import wait_until_answers

CHUNK = 40_000


def value(number):
    return f"bench-key-{number:012d}"


def metered_mock(gateway):
    """A MOCK that needs a key, and the plan that its keys are to have."""
    client = gateway.client("apigateway")
    url = scenarios.mock_api(gateway)
    api = url.split("/")[-3]
    resource = next(item["id"] for item in client.get_resources(restApiId=api)["items"] if item["path"] == "/pets")
    client.update_method(restApiId=api, resourceId=resource, httpMethod="GET", patchOperations=[
        {"op": "replace", "path": "/apiKeyRequired", "value": "true"}])
    client.create_deployment(restApiId=api, stageName="prod")
    plan = client.create_usage_plan(name="all", apiStages=[{"apiId": api, "stage": "prod"}], throttle=scenarios.UNREACHED,
                                    quota={"limit": 2_000_000_000, "period": "MONTH"})["id"]
    return api, url, plan


def import_keys(gateway, plan, count):
    client = gateway.client("apigateway")
    for first in range(0, count, CHUNK):
        rows = [f"{value(number)},{value(number)},{plan}" for number in range(first, min(first + CHUNK, count))]
        body = "\n".join(["Name,Key,UsagePlanIds", *rows]).encode()
        made = client.import_api_keys(body=body, format="csv", failOnWarnings=True)
        assert len(made["ids"]) == len(rows)


def script(work, name, key):
    path = work / f"{name}.lua"
    path.write_text(f'math.randomseed(1)\nrequest = function()\n  wrk.headers["x-api-key"] = {key}\n  return wrk.format()\nend\n')
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keys", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=5.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), options)


def run(work, options):
    (work / "stagedoor.yaml").write_text(f"limits: {{api_keys: {options.keys}}}\n")
    with Gateway(work / "data", cores="0", path=work) as gateway:
        api, url, plan = metered_mock(gateway)
        empty, begun = gateway.resident_mb(), time.monotonic()
        import_keys(gateway, plan, options.keys)
        print(f"{options.keys} keys imported in {time.monotonic() - begun:.0f} s; "
              f"memory {empty:.0f} MB before, {gateway.resident_mb():.0f} MB after")
        compare(gateway, url, work, options)
        print(f"memory {gateway.resident_mb():.0f} MB, most keys having called")
    begun = time.monotonic()
    with Gateway(work / "data", cores="0", path=work) as gateway:
        print(f"started again in {(time.monotonic() - begun) * 1000:.0f} ms; memory {gateway.resident_mb():.0f} MB")
        wait_until_answers(f"{gateway.url}/_stagedoor/health")


def compare(gateway, url, work, options):
    kinds = {"one key": script(work, "one", f'"{value(0)}"'),
             "any key": script(work, "any", f'string.format("bench-key-%012d", math.random(0, {options.keys - 1}))')}
    # The threads that imported end, and keys make their first calls.
    for path in kinds.values():
        wrk(url, gateway.pids(), 4 * options.seconds, script=path)
    samples = {name: [] for name in kinds}
    for _ in range(options.rounds):
        for name, path in kinds.items():
            samples[name].append(wrk(url, gateway.pids(), options.seconds, script=path))
    for name, rows in samples.items():
        print(f"{name}: {statistics.median(row.cpu_us for row in rows):.2f} us CPU, "
              f"p99 {statistics.median(row.p99_ms for row in rows):.2f} ms")
    ratio = statistics.median(b.cpu_us / a.cpu_us for a, b in zip(samples["one key"], samples["any key"]))
    print(f"any key / one key: {ratio:.2f}")


if __name__ == "__main__":
    main()
