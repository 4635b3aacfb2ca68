"""Measures the promises of README.md beside their peers, in one run, as ratios.

    python bench/run.py [mock] [tls] [proxy] [mapping] [validation] [jwt] [callers] [usage] [cache] [routing] [lambda] [import] [start] [vtl] [--rounds N] [--seconds S]

CPU per request is the kernel's account (user + system) of the proxy's processes over one round of `wrk`; the proxy runs
on core 0, load and backend on core 1. Peers and Stagedoor take turns within each round, so that noise of the machine
hits all of them; a promise is judged by the median of the rounds' ratios. Exits 1 when a promise is missed.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from gateway import Gateway
from load import Sample, wrk, wrk_beside
from peers import backend, certificate, envoy, free_port, haproxy, nginx, wait_until_answers
import scenarios

JARS = ("velocity.jar", "commons-lang.jar", "commons-collections3.jar")
VELOCITY = ":".join(f"/usr/share/java/{jar}" for jar in JARS)


class Table:
    """Samples per contender, printed as medians and judged as ratios to nginx."""

    def __init__(self, title):
        self.title = title
        self.samples = {}

    def add(self, name, sample: Sample):
        self.samples.setdefault(name, []).append(sample)

    def ratio(self, name, peer):
        pairs = zip(self.samples[name], self.samples[peer])
        return statistics.median(mine.cpu_us / other.cpu_us for mine, other in pairs)

    def show(self, peer):
        print(f"\n{self.title}")
        print(f"  {'':12}{'CPU us/req':>11}{'ratio':>8}{'req/s':>10}{'p50 ms':>9}{'p99 ms':>9}")
        for name, rows in self.samples.items():
            column = lambda field: statistics.median(getattr(row, field) for row in rows)
            print(f"  {name:12}{column('cpu_us'):11.2f}{self.ratio(name, peer):8.2f}{column('rate'):10.0f}"
                  f"{column('p50_ms'):9.3f}{column('p99_ms'):9.3f}")


def compare(title, contenders, peer, rounds, seconds, script=None):
    """Runs the contenders in turn; each is (name, process, url)."""
    table = Table(title)
    for name, process, url in contenders:
        wrk(url, process.pids(), seconds=0.5, script=script)
    for _ in range(rounds):
        for name, process, url in contenders:
            table.add(name, wrk(url, process.pids(), seconds, script=script))
    table.show(peer)
    return table


class Verdict:
    def __init__(self):
        self.missed = []

    def judge(self, promise, value, limit, unit=""):
        kept = value <= limit
        print(f"  {'kept  ' if kept else 'MISSED'} {promise}: {value:.2f}{unit} (promise {limit}{unit})")
        if not kept:
            self.missed.append(promise)


def mock(work, options, verdict):
    with Gateway(work / "mock", cores="0") as gateway, nginx(work, mode="static") as n, haproxy(work, "static") as h, \
            envoy(work, "static") as e:
        url = scenarios.mock_api(gateway)
        contenders = [("nginx", n, n.url), ("haproxy", h, h.url), ("envoy", e, e.url), ("stagedoor", gateway, url)]
        table = compare("MOCK with a static template, beside a static answer", contenders, "nginx", options.rounds,
                        options.seconds)
        verdict.judge("MOCK / nginx return 200", table.ratio("stagedoor", "nginx"), 1.2, " x")


def tls(work, options, verdict):
    """The same over TLS 1.3 on connections that stay."""
    certificate(work)
    secure = f"127.0.0.1:{free_port()}"
    (work / "stagedoor.yaml").write_text(
        f"tls: {{listen: {secure}, certificates: [{{certificate: server.pem, key: server.key}}]}}\n")
    with Gateway(work / "tls", cores="0", path=work) as gateway, nginx(work, mode="tls") as n:
        url = scenarios.mock_api(gateway).replace(gateway.url, f"https://{secure}")
        contenders = [("nginx", n, n.url), ("stagedoor", gateway, url)]
        table = compare("MOCK over TLS, beside a static answer", contenders, "nginx", options.rounds, options.seconds)
        verdict.judge("MOCK over TLS / nginx return 200", table.ratio("stagedoor", "nginx"), 1.25, " x")


def proxy(work, options, verdict):
    with backend(work) as b, Gateway(work / "proxy", cores="0") as gateway, nginx(work, "proxy", b.url) as n, \
            haproxy(work, "proxy", b.url) as h, envoy(work, "proxy", b.url) as e:
        url = scenarios.proxy_api(gateway, b.url)
        contenders = [("nginx", n, n.url), ("haproxy", h, h.url), ("envoy", e, e.url), ("stagedoor", gateway, url)]
        table = compare("HTTP_PROXY to an HTTP backend, beside proxy_pass", contenders, "nginx", options.rounds,
                        options.seconds)
        verdict.judge("HTTP_PROXY / nginx proxy_pass", table.ratio("stagedoor", "nginx"), 1.15, " x")


def mapping(work, options, verdict):
    """What a template costs: the whole call, with 2 KB reshaped, beside the same call without it."""
    with backend(work, scenarios.pets_document()) as b, Gateway(work / "mapping", cores="0") as gateway:
        mapped, bare = scenarios.mapping_api(gateway, b.url)
        contenders = [("HTTP_PROXY", gateway, bare), ("mapped", gateway, mapped)]
        table = compare("HTTP with a template that reshapes 2 KB of JSON, beside HTTP_PROXY", contenders, "HTTP_PROXY",
                        options.rounds, options.seconds)
        verdict.judge("HTTP with a reshaping template / HTTP_PROXY", table.ratio("mapped", "HTTP_PROXY"), 3, " x")


def posting(work, name, body):
    """A script for wrk that sends a body as JSON."""
    (work / f"{name}.json").write_text(body)
    script = work / f"{name}.lua"
    script.write_text(f"""
        local file = io.open("{work / name}.json"); wrk.body = file:read("a"); file:close()
        wrk.method = "POST"; wrk.headers["Content-Type"] = "application/json"
    """)
    return script


def validation(work, options, verdict):
    """What a validator costs: a call with a body of 2 KB and a model of 15 properties, beside the same call without it. Then
    how long such calls take while one connection sends bodies of 4 MB to the same method, without a pause."""
    with Gateway(work / "validation", cores="0") as gateway:
        validated, bare = scenarios.validating_api(gateway)
        small, large = posting(work, "small", scenarios.order()), posting(work, "large", scenarios.order(50_000))
        contenders = [("bare", gateway, bare), ("validated", gateway, validated)]
        table = compare("A body of 2 KB against a model of 15 properties, beside no validator", contenders, "bare",
                        options.rounds, options.seconds, small)
        verdict.judge("validated / bare", table.ratio("validated", "bare"), 5, " x")
        beside = Table("Small calls alone, and while two connections send bodies of 4 MB to the same method")
        for _ in range(options.rounds):
            beside.add("alone", wrk(validated, gateway.pids(), options.seconds, 8, script=small))
            with wrk_beside(validated, options.seconds, large):
                beside.add("beside", wrk(validated, gateway.pids(), options.seconds, 8, script=small))
        beside.show("alone")
        p99 = lambda name: statistics.median(row.p99_ms for row in beside.samples[name])
        verdict.judge("p99 of small calls beside large ones, more", p99("beside") - p99("alone"), 10, " ms")


def jwt(work, options, verdict):
    """What a Cognito authorizer costs: the same token again and again, which is remembered, and one that is verified for each
    call; beside a method that asks nobody, and beside Envoy, which asks for the same token."""
    key = scenarios.Signer()
    token, keys = key.token(), key.key_set()
    (work / "keys.json").write_text(keys)
    (work / "stagedoor.yaml").write_text(f"cognito: {{{key.POOL}: {{issuer: '{key.ISSUER}', jwks: keys.json}}}}\n")
    script = work / "bearer.lua"
    script.write_text(f'wrk.headers["Authorization"] = "Bearer {token}"\n')
    guard = {"issuer": key.ISSUER, "keys": keys}
    with Gateway(work / "jwt", cores="0", path=work) as gateway, envoy(work, "static") as e, \
            envoy(work, "jwt", **guard) as verifying, envoy(work, "jwt-cached", **guard) as remembering:
        bare, remembered, verified = scenarios.guarded_api(gateway, key.POOL)
        contenders = [("bare", gateway, bare), ("remembered", gateway, remembered), ("verified", gateway, verified),
                      ("envoy", e, e.url), ("e. remember", remembering, remembering.url + "pets"),
                      ("e. verify", verifying, verifying.url + "pets")]
        table = compare("A Cognito authorizer (RS256), beside no authorizer and beside Envoy's jwt_authn", contenders, "bare",
                        options.rounds, options.seconds, script)
        verdict.judge("a remembered token / no authorizer", table.ratio("remembered", "bare"), 1.4, " x")
        verdict.judge("a verified token / Envoy", table.ratio("verified", "e. verify"), 1, " x")


def signing(work, url):
    """A script for wrk with the headers of a call that somebody signed, and a token."""
    script = work / "signed.lua"
    headers = scenarios.signed_headers(url)
    script.write_text("".join(f'wrk.headers["{name}"] = "{value}"\n' for name, value in headers.items()))
    return script


def callers(work, options, verdict):
    """What it costs to know who calls: a signature, a Lambda authorizer's kept answer, a resource policy."""
    with Gateway(work / "callers", cores="0") as gateway:
        bare, signed, kept = scenarios.called_api(gateway)
        policed = scenarios.policed_api(gateway, 20)
        contenders = [("bare", gateway, bare), ("signed", gateway, signed), ("kept", gateway, kept), ("policy", gateway, policed)]
        script = signing(work, signed)
        wrk(kept, gateway.pids(), 2, connections=1, pin=False, script=script)
        table = compare("Signed calls, a Lambda authorizer whose answer is kept, a policy of 20 statements; beside none",
                        contenders, "bare", options.rounds, options.seconds, script)
        for promise, name, limit in (("a signed call", "signed", 1.5), ("a kept Lambda authorizer", "kept", 1.15),
                                     ("a resource policy of 20 statements", "policy", 1.1)):
            verdict.judge(f"{promise} / no authorization", table.ratio(name, "bare"), limit, " x")


def usage(work, options, verdict):
    """What it costs to meter: an API key with a plan, its throttle and quota, and access logs, beside a bare proxy."""
    (work / "stagedoor.yaml").write_text(f"access_log: {work}/access.log\n")
    with backend(work) as b, Gateway(work / "usage", cores="0", path=work) as gateway, nginx(work, "proxy", b.url) as n, \
            nginx(work, "limited", b.url) as limited, envoy(work, "limited", b.url) as e:
        url, key = scenarios.metered_api(gateway, b.url)
        script = work / "key.lua"
        script.write_text(f'wrk.headers["x-api-key"] = "{key}"\n')
        contenders = [("nginx", n, n.url), ("n. limit_req", limited, limited.url), ("envoy limit", e, e.url), ("stagedoor", gateway, url)]
        table = compare("HTTP_PROXY with key, plan, throttle, quota and access log, beside a bare proxy_pass; nginx with limit_req "
                        "and log, Envoy with a local bucket", contenders, "nginx", options.rounds, options.seconds, script)
        verdict.judge("HTTP_PROXY, metered / nginx proxy_pass", table.ratio("stagedoor", "nginx"), 1.25, " x")


def cache(work, options, verdict):
    with backend(work) as b, Gateway(work / "cache", cores="0") as gateway, nginx(work, "cached", b.url) as n:
        url = scenarios.cached_api(gateway, b.url)
        table = compare("A hit of the response cache, beside proxy_cache", [("nginx", n, n.url), ("stagedoor", gateway, url)], "nginx",
                        options.rounds, options.seconds)
        verdict.judge("cache hit / nginx proxy_cache", table.ratio("stagedoor", "nginx"), 0.7, " x")


def routing(work, options, verdict):
    with Gateway(work / "routing", cores="0") as gateway:
        small, large = scenarios.routed_api(gateway, 3), scenarios.routed_api(gateway, 300)
        contenders = [("3", gateway, small), ("300", gateway, large)]
        table = compare("Routing: resources in the API", contenders, "3", options.rounds, options.seconds)
        verdict.judge("300 resources / 3 resources", table.ratio("300", "3"), 1.1, " x")


def functions(work, options, verdict):
    with Gateway(work / "functions") as gateway:
        for runtime, limit in (("provided", 200), ("python", 400), ("node", 400)):
            url = scenarios.function_api(gateway, runtime, work)
            for connections in (1, 8):
                wait_until_answers(url, 30)
                wrk(url, gateway.pids(), 2, connections=connections, pin=False)
            rows = [wrk(url, gateway.pids(), options.seconds, connections=1, pin=False) for _ in range(options.rounds)]
            p50 = statistics.median(row.p50_ms for row in rows) * 1000
            p99 = statistics.median(wrk(url, gateway.pids(), options.seconds, connections=8, pin=False).p99_ms
                                    for _ in range(3))
            print(f"\nWarm no-op function through the whole gateway, {runtime}")
            verdict.judge(f"{runtime} p50", p50, limit, " us")
            verdict.judge(f"{runtime} p99 at concurrency 8", p99, 3, " ms")


def start(work, options, verdict):
    with Gateway(work / "idle") as gateway:
        print("\nMemory of an empty gateway")
        verdict.judge("idle resident memory", gateway.resident_mb(), 30, " MB")
    for count, limit in ((100, 100), (10_000, 1000)):
        data = work / f"apis-{count}"
        with Gateway(data) as gateway:
            ids = scenarios.many_apis(gateway, count)
        samples = [Gateway.time_to_first_answer(data, ids[-1]) for _ in range(options.rounds)]
        print(f"\nStart with {count} deployed APIs of 5 methods")
        verdict.judge(f"start to first answer, {count} APIs", statistics.median(samples), limit, " ms")
        if count == 10_000:
            with Gateway(data) as gateway:
                scenarios.touch_all(gateway, ids)
                verdict.judge("resident memory, 10000 APIs all compiled", gateway.resident_mb(), 400, " MB")


def imports(work, options, verdict):
    """From the request to the answer, as boto3 sees it."""
    with Gateway(work / "imports") as gateway:
        client, document, samples = gateway.client("apigateway"), scenarios.large_document(300), []
        for _ in range(max(5, options.rounds)):
            begin = time.monotonic()
            api = client.import_rest_api(body=document)["id"]
            samples.append((time.monotonic() - begin) * 1000)
            client.delete_rest_api(restApiId=api)
        print("\nImport of a document with 300 resources")
        verdict.judge("import", statistics.median(samples), 150, " ms")


def templates(work, options, verdict):
    """One template rendered over and over, here and on a warmed JVM; CPU time of the rendering thread."""
    folder, renderings = Path(__file__).parent / "vtl", 5000
    files = [folder / "order.json", folder / "order.vtl"]
    count = [str(max(5, options.rounds)), str(renderings)]
    harness = Path(__file__).parents[1] / "crates/vtl/tests/differential/Harness.java"
    contenders = {"velocity": ["java", "-cp", VELOCITY, harness, "bench", *files, *count],
                  "stagedoor": [os.environ["STAGEDOOR_VTL_RENDER"], *files, *count]}
    medians, lengths = {}, set()
    print("\nRendering a template that reshapes a body of 2 KB")
    for name, command in contenders.items():
        lines = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout.split()
        medians[name] = statistics.median(map(int, lines[:-1])) / 1000
        lengths.add(lines[-1])
        print(f"  {name:12}{medians[name]:11.2f} us")
    assert len(lengths) == 1, f"the outputs differ: {lengths}"
    verdict.judge("template / Apache Velocity on a warmed JVM", medians["stagedoor"] / medians["velocity"], 1.0, " x")


SUITES = {"mock": mock, "tls": tls, "proxy": proxy, "mapping": mapping, "validation": validation, "jwt": jwt, "callers": callers,
          "usage": usage, "cache": cache, "routing": routing,
          "lambda": functions, "import": imports, "start": start, "vtl": templates}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suites", nargs="*", choices=[*SUITES, []], default=[])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0)
    options = parser.parse_args()
    verdict = Verdict()
    with tempfile.TemporaryDirectory() as folder:
        for name in options.suites or SUITES:
            SUITES[name](Path(folder), options, verdict)
    if verdict.missed:
        sys.exit(f"\nmissed: {', '.join(verdict.missed)}")
    print("\nall promises kept")


if __name__ == "__main__":
    main()
