"""Exact bytes of the control plane. Each file in golden/ is a conversation: request, `----------`, expected reply.

A request block is a name (`# …`), a request line, `Name: value` headers, and what follows is the body. A line
`save name=field` remembers a field of the reply, `{name}` uses it afterwards. Ids, dates and lengths in replies are
normalised. `pytest --update-golden` rewrites the replies; read the difference before you commit it.
"""

import pathlib
import re
import tomllib

import botocore.session
import pytest

from harness import raw

GOLDEN = pathlib.Path(__file__).parent / "golden"
FILES = sorted(GOLDEN.glob("*.txt"))
HALF, WHOLE = "\n----------\n", "\n==========\n"
NORMAL = [
    (r'("(?:createdDate|lastUpdatedDate)":)\d{10}(?:\.\d+)?', r"\1<epoch>"),
    (r'("(?:LastModified|CreatedDate)":)"[^"]+"', r'\1"<time>"'),
    (r'("LastModified":)[\d.]+', r"\1<epoch>"),
    (r'("latency":)\d+', r"\1<ms>"),
    (r'("ids":\[)"[a-z0-9]{10}"', r'\1"<id>"'),
    (r"[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d UTC \d{4}", "<time>"),
    (r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<uuid>"),
]
HEADERS = {"date": "<date>", "content-length": "<length>", "x-amz-apigw-id": "<id>"}


@pytest.fixture(scope="module")
def gateway_environment():
    """AWS's own limit, which GetAccount tells."""
    return {"STAGEDOOR_ACCOUNT_THROTTLE": "10000:5000"}


def parse(text):
    """(name, request line, headers, body, saves) of a request block."""
    lines = text.strip("\n").split("\n")
    name = lines.pop(0).removeprefix("# ")
    saves = dict(pair.split("=") for line in lines if line.startswith("save ") for pair in line.split()[1:])
    lines = [line for line in lines if not line.startswith("save ")]
    request = lines.pop(0).split(" ")
    headers = {}
    while lines and re.match(r"[A-Za-z-]+: ", lines[0]):
        key, _, value = lines.pop(0).partition(": ")
        headers[key] = value
    return name, request, headers, "\n".join(lines), saves


def normalise(text, saved):
    for name, value in saved.items():
        text = text.replace(value, "{" + name + "}")
    for pattern, replacement in NORMAL:
        text = re.sub(pattern, replacement, text)
    return text


def show(reply, saved):
    headers = sorted((n.lower(), HEADERS.get(n.lower(), v)) for n, v in reply.headers)
    head = [reply.status_line.removeprefix("HTTP/1.1 "), *(f"{n}: {v}" for n, v in headers if n != "connection")]
    return normalise("\n".join(head) + (f"\n\n{reply.text}" if reply.body else ""), saved)


def converse(gateway, text, account):
    """The file as it should be: every request with the reply it got. Each file has an account of its own."""
    saved, blocks = {"account": account}, []
    for block in text.strip("\n").split(WHOLE):
        asked = block.split(HALF)[0]
        filled = asked
        for name, value in saved.items():
            filled = filled.replace("{" + name + "}", value)
        name, (method, target), headers, body, saves = parse(filled)
        service = "lambda" if target.startswith("/20") else "apigateway"
        reply = raw.signed(gateway.port, method, target, headers, body or None, service=service, access_key=account)
        for key, field in saves.items():
            assert reply.status < 300, f"{name}: {reply.text}"
            saved[key] = reply.json[field]
        blocks.append(asked + HALF + show(reply, saved))
    return WHOLE.join(blocks) + "\n"


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_bytes(gateway, file, request):
    expected = file.read_text()
    actual = converse(gateway, expected, str(100_000_000_000 + FILES.index(file)))
    if request.config.getoption("--update-golden"):
        file.write_text(actual)
        return
    wanted, got = expected.strip("\n").split(WHOLE), actual.strip("\n").split(WHOLE)
    for one, other in zip(wanted, got):
        assert other == one


def asked():
    """The operations that some conversation calls."""
    requests = [parse(block.split(HALF)[0])[1] for file in FILES for block in file.read_text().strip("\n").split(WHOLE)]
    return {name for name, matches in operations() if any(matches(*request) for request in requests)}


def operations():
    """(operation as docs/coverage.toml spells it, whether a request is of it)."""
    for service, prefix in (("apigateway", ""), ("lambda", "lambda:")):
        model = botocore.session.get_session().get_service_model(service)
        for name in model.operation_names:
            http = model.operation_model(name).http
            path, _, query = http["requestUri"].partition("?")
            pattern = re.compile(re.sub(r"\\{[^}]+\\}", "[^/?]+", re.escape(path.rstrip("/"))) + "/?(\\?.*)?")
            yield prefix + name, lambda method, target, http=http, pattern=pattern, query=query: (
                method == http["method"] and pattern.fullmatch(target) and query in target
                and (bool(query) or "mode=import" not in target))


def test_every_executed_operation_is_in_a_conversation():
    """Each operation that docs/coverage.toml claims has its bytes on record."""
    table = tomllib.loads((pathlib.Path(__file__).parent.parent / "docs/coverage.toml").read_text())
    claimed = {operation for row in table["row"] for operation in row.get("operations", [])}
    assert claimed - asked() == set()
