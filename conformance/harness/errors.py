"""Asserting on the errors that botocore raises."""

import contextlib

from botocore.exceptions import ClientError


@contextlib.contextmanager
def refused(code, message=None, status=None):
    """The block must fail with this error code, message and HTTP status."""
    try:
        yield
    except ClientError as error:
        got = error.response["Error"]
        text = got.get("Message") or error.response.get("message") or ""
        assert got["Code"] == code, error
        assert message is None or text == message, f"{text!r} != {message!r}"
        assert status in (None, error.response["ResponseMetadata"]["HTTPStatusCode"]), error
        return
    raise AssertionError(f"expected {code}: {message}")


def not_found(message):
    return refused("NotFoundException", message, 404)


def bad_request(message):
    return refused("BadRequestException", message, 400)


def conflict(message):
    return refused("ConflictException", message, 409)
