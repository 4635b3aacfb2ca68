"""TLS: certificates by name, protocols, resumption, reload, what the gateway says of it, bad handshakes."""

import signal
import socket
import ssl
import subprocess
import time

import pytest

from harness.backend import Backend
from harness.front import configured, metric, proxy_api, secure_port
from harness.raw import encode


def make(folder, name, *hosts, cn="test"):
    """A self-signed certificate for some hosts."""
    names = ",".join(f"DNS:{host}" for host in hosts)
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", f"/CN={cn}", "-addext", f"subjectAltName={names}", "-keyout", f"{name}.key", "-out", f"{name}.pem"],
                   cwd=folder, check=True, capture_output=True, timeout=30)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """(gateway, TLS port, folder, API, backend)."""
    folder, backend = tmp_path_factory.mktemp("tls"), Backend()
    make(folder, "first", "first.example")
    make(folder, "second", "second.example", "*.wild.example")
    text = ("tls: {listen: 127.0.0.1:0, certificates: [{certificate: first.pem, key: first.key}, "
            "{certificate: second.pem, key: second.key}]}\nlimits: {handshake_seconds: 2}\n")
    with configured(folder, text) as gateway:
        yield gateway, secure_port(gateway), folder, proxy_api(gateway, backend), backend
    backend.close()


def context(*protocols, low=None, high=None):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname, made.verify_mode = False, ssl.CERT_NONE
    if protocols:
        made.set_alpn_protocols(list(protocols))
    if low:
        made.minimum_version = low
    if high:
        made.maximum_version = high
    return made


def connect(port, name=None, with_context=None, session=None):
    plain = socket.create_connection(("127.0.0.1", port), 10)
    return (with_context or context()).wrap_socket(plain, server_hostname=name, session=session)


def names(port, name):
    with connect(port, name) as peer:
        shown = peer.getpeercert(binary_form=True)
    text = subprocess.run(["openssl", "x509", "-inform", "DER", "-noout", "-ext", "subjectAltName", "-subject"],
                          input=shown, capture_output=True, check=True, timeout=10).stdout
    return text.decode()


def call(peer, api, path="/mock"):
    peer.sendall(encode("GET", f"/test{path}", [("Host", api.host), ("Connection", "close")], b""))
    answer = b""
    while more := peer.recv(65536):
        answer += more
    return answer


@pytest.mark.parametrize("name, expected", [
    ("first.example", "first.example"), ("second.example", "second.example"), ("SECOND.example", "second.example"),
    ("a.wild.example", "second.example"), ("a.b.wild.example", "first.example"), ("unknown.example", "first.example"),
    (None, "first.example")])
def test_the_certificate_is_chosen_by_name(house, name, expected):
    assert f"DNS:{expected}" in names(house[1], name)


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_versions(house, version):
    with connect(house[1], with_context=context(low=version, high=version)) as peer:
        assert call(peer, house[3]).startswith(b"HTTP/1.1 200 ")


def test_tls_1_1_is_refused(house):
    old = context()
    old.set_ciphers("ALL:@SECLEVEL=0")
    old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1_1, ssl.TLSVersion.TLSv1_1
    with pytest.raises((ssl.SSLError, OSError)):
        connect(house[1], with_context=old)


@pytest.mark.parametrize("offered, chosen", [(("h2", "http/1.1"), "h2"), (("http/1.1",), "http/1.1"), ((), None)])
def test_protocols(house, offered, chosen):
    with connect(house[1], with_context=context(*offered)) as peer:
        assert peer.selected_alpn_protocol() == chosen


def test_http2(house):
    done = subprocess.run(["h2load", "-n", "50", "-c", "2", "-m", "5", f"https://127.0.0.1:{house[1]}/_aws/execute-api/{house[3].id}/test/mock"],
                          capture_output=True, text=True, timeout=30)
    assert "50 succeeded, 0 failed" in done.stdout and "Application protocol: h2" in done.stdout, done.stdout


def test_sessions_are_resumed(house):
    tls12 = context(low=ssl.TLSVersion.TLSv1_2, high=ssl.TLSVersion.TLSv1_2)
    with connect(house[1], "first.example", tls12) as peer:
        call(peer, house[3])
        session = peer.session
    # Whichever core the second connection meets.
    for _ in range(4):
        with connect(house[1], "first.example", tls12, session) as peer:
            assert peer.session_reused and call(peer, house[3]).startswith(b"HTTP/1.1 200 ")


def test_backends_learn_of_it(house):
    gateway, port, _, api, backend = house
    backend.reset()
    with connect(port) as peer:
        assert call(peer, api, "/up").startswith(b"HTTP/1.1 200 ")
    seen = backend.take()
    assert (seen.header("x-forwarded-proto"), seen.header("x-forwarded-port")) == ("https", str(port))
    api.call("/up")
    seen = backend.take()
    assert (seen.header("x-forwarded-proto"), seen.header("x-forwarded-port")) == ("http", str(gateway.port))


def test_large_bodies_pass_both_ways(house):
    _, port, _, api, backend = house
    backend.reset()
    body = b"0123456789" * 400_000
    backend.answer(body=body)
    with connect(port) as peer:
        peer.sendall(encode("POST", "/test/up", [("Host", api.host), ("Connection", "close")], body))
        answer = b""
        while more := peer.recv(1 << 20):
            answer += more
    assert answer.partition(b"\r\n\r\n")[2] == body and backend.take().body == body


def test_a_handshake_that_never_ends(house):
    before = metric(house[0], "timed_out_connections")
    with socket.create_connection(("127.0.0.1", house[1]), 10) as peer:
        peer.sendall(b"\x16\x03\x01")
        assert peer.recv(10) == b""
    assert metric(house[0], "timed_out_connections") == before + 1


def test_plain_http_at_the_tls_port(house):
    before = metric(house[0], "refused_connections")
    with socket.create_connection(("127.0.0.1", house[1]), 10) as peer:
        peer.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = b""
        try:
            while more := peer.recv(1000):
                answer += more
        except ConnectionResetError:
            pass
    assert not answer.startswith(b"HTTP") and metric(house[0], "refused_connections") == before + 1


class TestReload:
    def wait_for(self, port, text):
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            if text in names(port, "first.example"):
                return
            time.sleep(0.1)
        raise AssertionError(f"no certificate with {text}")

    def test_changed_files_are_shown_and_connections_stay(self, house):
        gateway, port, folder, api, _ = house
        with connect(port) as peer:
            make(folder, "first", "first.example", "renewed.example")
            self.wait_for(port, "renewed.example")
            assert call(peer, api).startswith(b"HTTP/1.1 200 ")

    def test_broken_files_change_nothing(self, house):
        gateway, port, folder, _, _ = house
        kept = (folder / "first.pem").read_bytes()
        since = len(gateway.output.lines)
        (folder / "first.pem").write_text("no certificate")
        gateway.output.wait_for(r"old ones stay: .*first\.pem", since=since)
        gateway.process.send_signal(signal.SIGHUP)
        gateway.output.wait_for(r"not reloaded, the old ones stay: .*first\.pem", since=since)
        assert "first.example" in names(port, "first.example")
        (folder / "first.pem").write_bytes(kept)

    def test_sighup(self, house):
        gateway, port, folder, _, _ = house
        make(folder, "first", "first.example", "hangup.example")
        gateway.process.send_signal(signal.SIGHUP)
        self.wait_for(port, "hangup.example")


@pytest.mark.parametrize("certificate, key, words", [
    ("first.pem", "second.key", "does not fit"), ("empty.pem", "first.key", "no certificate in it"),
    ("first.pem", "empty.pem", "no private key in it")])
def test_certificates_that_cannot_be_used_are_named(tmp_path, certificate, key, words):
    make(tmp_path, "first", "first.example")
    make(tmp_path, "second", "second.example")
    (tmp_path / "empty.pem").write_text("")
    with pytest.raises(AssertionError, match=words):
        with configured(tmp_path, f"tls: {{listen: 127.0.0.1:0, certificates: [{{certificate: {certificate}, key: {key}}}]}}\n"):
            pass


def test_a_proxy_header_comes_before_the_handshake(tmp_path):
    make(tmp_path, "first", "first.example")
    text = ("tls: {listen: 127.0.0.1:0, certificates: [{certificate: first.pem, key: first.key}]}\n"
            "proxy_protocol: true\ntrusted_proxies: [127.0.0.1]\n")
    with configured(tmp_path, text) as gateway:
        plain = socket.create_connection(("127.0.0.1", secure_port(gateway)), 10)
        plain.sendall(b"PROXY TCP4 203.0.113.7 10.0.0.1 4000 443\r\n")
        with context().wrap_socket(plain) as peer:
            peer.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
            assert peer.recv(1000).startswith(b"HTTP/1.1 200 ")
