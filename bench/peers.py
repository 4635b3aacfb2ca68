"""The peers, each as one process on core 0 with access logs off and keep-alive on, stopped by process id."""
import contextlib
import os
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

BODY = '{"ok": true}'


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Process:
    def __init__(self, command, port, core="0", url=None):
        self.url = url or f"http://127.0.0.1:{port}/"
        self.child = subprocess.Popen(["taskset", "-c", core, *map(str, command)], stdout=subprocess.DEVNULL,
                                      stderr=subprocess.DEVNULL)
        wait_until_answers(self.url)

    def pids(self):
        """The process and its workers."""
        children = Path(f"/proc/{self.child.pid}/task/{self.child.pid}/children").read_text().split()
        return [self.child.pid, *map(int, children)]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for pid in reversed(self.pids()):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, 15)
        self.child.wait(10)


def wait_until_answers(url, seconds=10):
    """Waits for the first success; an error answer is not one."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return urllib.request.urlopen(url, timeout=seconds).read()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def certificate(work):
    """server.pem and server.key, for localhost."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                    "-keyout", "server.key", "-out", "server.pem"], cwd=work, check=True, capture_output=True)


def nginx(work, mode, upstream=None, core="0", body=BODY):
    port, folder = free_port(), work / f"nginx-{mode}-{core}"
    folder.mkdir(exist_ok=True)
    location, log = f"return 200 '{body}';", "off"
    upstreams = ""
    if upstream:
        upstreams = f"upstream backend {{ server {upstream.removeprefix('http://').rstrip('/')}; keepalive 128; }}"
        location = 'proxy_pass http://backend; proxy_http_version 1.1; proxy_set_header Connection "";'
    if mode == "limited":
        upstreams += "limit_req_zone $http_x_api_key zone=keys:10m rate=1000000r/s;"
        location += " limit_req zone=keys burst=100000 nodelay;"
        log = f"{folder}/access.log combined buffer=64k"
    if mode == "cached":
        upstreams += f"proxy_cache_path {folder}/cache keys_zone=replies:10m;"
        location += " proxy_cache replies; proxy_cache_valid 200 1h;"
    listen, secure = f"127.0.0.1:{port} reuseport", ""
    if mode == "tls":
        # Plain requests tell when it is up.
        secure = (f"listen 127.0.0.1:{(secure_port := free_port())} ssl reuseport; ssl_certificate {work}/server.pem; "
                  f"ssl_certificate_key {work}/server.key; ssl_protocols TLSv1.2 TLSv1.3;")
    config = folder / "nginx.conf"
    config.write_text(f"""
user root; worker_processes 1; daemon off; pid {folder}/pid; error_log /dev/null;
events {{ worker_connections 1024; }}
http {{
  access_log {log}; keepalive_requests 100000000; default_type application/json;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u;
  scgi_temp_path {folder}/s;
  {upstreams}
  server {{ listen {listen}; {secure} location / {{ {location} }} }}
}}
""")
    process = Process(["/usr/sbin/nginx", "-c", config, "-p", folder], port, core)
    if mode == "tls":
        process.url = f"https://127.0.0.1:{secure_port}/"
    return process


def backend(work, body=BODY):
    """What every proxy calls: nginx with a static answer, on the load's core."""
    return nginx(work, "static", core="1", body=body)


def haproxy(work, mode, upstream=None):
    port, config = free_port(), work / f"haproxy-{mode}.cfg"
    body = BODY.replace('"', '\\"').replace(" ", "\\ ")
    answer = f'http-request return status 200 content-type application/json string "{body}"'
    target = ""
    if mode == "proxy":
        answer = "default_backend b"
        target = f"backend b\n  http-reuse always\n  server s {upstream.removeprefix('http://').rstrip('/')}\n"
    config.write_text(f"""
global
  nbthread 1
  maxconn 1024
defaults
  mode http
  timeout client 60s
  timeout server 60s
  timeout connect 5s
frontend f
  bind 127.0.0.1:{port}
  {answer}
{target}
""")
    return Process(["/usr/sbin/haproxy", "-db", "-f", config], port)


JWT_AUTHN = """
          - name: envoy.filters.http.jwt_authn
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication
              providers:
                pool: {{ issuer: "{issuer}", local_jwks: {{ inline_string: '{keys}' }}{cache} }}
              rules: [{{ match: {{ prefix: "/pets" }}, requires: {{ provider_name: pool }} }}]"""


LOCAL_RATELIMIT = """
          - name: envoy.filters.http.local_ratelimit
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit
              stat_prefix: limited
              token_bucket: { max_tokens: 1000000000, tokens_per_fill: 1000000000, fill_interval: 1s }
              filter_enabled: { default_value: { numerator: 100 } }
              filter_enforced: { default_value: { numerator: 100 } }"""


def envoy(work, mode, upstream=None, issuer=None, keys=None):
    """With an issuer and its key set as JSON, calls below /pets need a token; `jwt-cached` remembers verified ones. `limited`
    asks one local token bucket."""
    port, config = free_port(), work / f"envoy-{mode}.yaml"
    route = f"direct_response: {{ status: 200, body: {{ inline_string: '{BODY}' }} }}"
    clusters = "[]"
    if upstream:
        host, target = upstream.removeprefix("http://").rstrip("/").split(":")
        route = "route: { cluster: backend }"
        clusters = (f"[{{ name: backend, type: STATIC, load_assignment: {{ cluster_name: backend, endpoints: [{{ "
                    f"lb_endpoints: [{{ endpoint: {{ address: {{ socket_address: {{ address: {host}, "
                    f"port_value: {target} }} }} }} }}] }}] }} }}]")
    cache = ", jwt_cache_config: { jwt_cache_size: 100 }" if mode == "jwt-cached" else ""
    guard = JWT_AUTHN.format(issuer=issuer, keys=keys, cache=cache) if issuer else ""
    if mode == "limited":
        guard = LOCAL_RATELIMIT
    config.write_text(f"""
static_resources:
  listeners:
  - address: {{ socket_address: {{ address: 127.0.0.1, port_value: {port} }} }}
    filter_chains:
    - filters:
      - name: envoy.filters.network.http_connection_manager
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: bench
          route_config: {{ virtual_hosts: [{{ name: all, domains: ["*"], routes: [{{ match: {{ prefix: "/" }}, {route} }}] }}] }}
          http_filters:{guard}
          - name: envoy.filters.http.router
            typed_config: {{ "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router }}
  clusters: {clusters}
""")
    import envoy as package
    binary = Path(package.__file__).parent / "_bin" / "envoy"
    base_id = str(os.getpid() % 30000 + ["static", "proxy", "jwt", "jwt-cached", "limited"].index(mode))
    return Process([binary, "-c", config, "--concurrency", "1", "--log-level", "off", "--base-id", base_id], port)
