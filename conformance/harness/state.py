"""Reads everything that a gateway stores, through its own Get operations, so that two moments can be compared."""

from harness import raw

OF_AN_API = ("resources?embed=methods&limit=500", "models?limit=500", "requestvalidators?limit=500",
             "gatewayresponses?limit=500", "deployments?limit=500", "stages", "authorizers?limit=500",
             "documentation/parts?limit=500", "documentation/versions?limit=500")
OF_A_FUNCTION = ("", "/aliases", "/policy")


def read(gateway, target, service="apigateway"):
    reply = raw.signed(gateway.port, "GET", target, service=service)
    assert reply.status in (200, 404), f"{target}: {reply.status_line} {reply.text}"
    return reply.text


def pages(gateway, target):
    """Every item of a paginated list."""
    items, position = [], ""
    while position is not None:
        page = raw.signed(gateway.port, "GET", f"{target}?limit=500{position}").json
        items += page["item"]
        position = f"&position={raw.quote(page['position'])}" if "position" in page else None
    return items


def read_all(gateway):
    """Target → exact body, of every API, key, plan, function and the account."""
    everything = {"/account": read(gateway, "/account")}
    for api in pages(gateway, "/restapis"):
        base = f"/restapis/{api['id']}"
        everything[base] = read(gateway, base)
        for part in OF_AN_API:
            everything[f"{base}/{part}"] = read(gateway, f"{base}/{part}")
    for target in ("/apikeys?includeValues=true&limit=500", "/usageplans?limit=500"):
        everything[target] = read(gateway, target)
    for plan in pages(gateway, "/usageplans"):
        target = f"/usageplans/{plan['id']}/keys?limit=500"
        everything[target] = read(gateway, target)
    for function in raw.signed(gateway.port, "GET", "/2015-03-31/functions/", service="lambda").json["Functions"]:
        for part in OF_A_FUNCTION:
            target = f"/2015-03-31/functions/{function['FunctionName']}{part}"
            everything[target] = read(gateway, target, "lambda")
    return everything


def assert_survives_a_crash(gateway):
    before = read_all(gateway)
    assert len(before) > 1, "nothing was stored"
    gateway.restart()
    assert read_all(gateway) == before
