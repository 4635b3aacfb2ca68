"""Runs a Python Lambda handler: asks the Runtime API for events and answers them.

Standard library only, and a raw socket: an HTTP library would cost more than the whole call.
"""

import json
import logging
import os
import socket
import sys
import time
import traceback

HERE = os.path.abspath(__file__)
API = "/2018-06-01/runtime/"


class Fault(Exception):
    """A failure with a type of Lambda's own."""

    def __init__(self, kind, message, trace=()):
        super().__init__(message)
        self.kind = kind
        self.trace = list(trace)


class Connection:
    """One kept-alive connection to the Runtime API."""

    def __init__(self, address):
        host, _, port = address.rpartition(":")
        self.socket = socket.create_connection((host, int(port)))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.host = address.encode()
        self.buffer = b""

    def get(self, path):
        return b"GET %s%s HTTP/1.1\r\nHost: %s\r\n\r\n" % (API.encode(), path, self.host)

    def post(self, path, body, headers=b""):
        head = b"POST %s%s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n"
        return head % (API.encode(), path, self.host, headers, len(body)) + body

    def send(self, data):
        self.socket.sendall(data)

    def receive(self):
        """The next response: its headers with lower-case names, and its body."""
        buffer = self.buffer
        while (end := buffer.find(b"\r\n\r\n")) < 0:
            buffer += self.read()
        headers = {}
        for line in buffer[:end].decode("latin-1").split("\r\n")[1:]:
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
        end += 4
        length = int(headers["content-length"])
        parts, have = [buffer[end:]], len(buffer) - end
        while have < length:
            parts.append(self.read())
            have += len(parts[-1])
        body = b"".join(parts)
        self.buffer = body[length:]
        return headers, body[:length]

    def read(self):
        data = self.socket.recv(65536)
        if not data:
            sys.exit(1)
        return data


class ClientContext:
    """What a mobile client says about itself."""

    def __init__(self, text):
        given = json.loads(text)
        self.client = type("Client", (), given.get("client") or {})()
        self.custom = given.get("custom")
        self.env = given.get("env")


class Identity:
    """The Cognito identity of the caller."""

    def __init__(self, text):
        given = json.loads(text) if text else {}
        self.cognito_identity_id = given.get("cognitoIdentityId")
        self.cognito_identity_pool_id = given.get("cognitoIdentityPoolId")


class LambdaContext:
    """The second argument of a handler."""

    function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
    function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
    memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
    log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
    log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")

    def __init__(self, headers):
        self.aws_request_id = headers["lambda-runtime-aws-request-id"]
        self.invoked_function_arn = headers["lambda-runtime-invoked-function-arn"]
        self.tenant_id = headers.get("lambda-runtime-aws-tenant-id")
        self._deadline = int(headers["lambda-runtime-deadline-ms"])
        context = headers.get("lambda-runtime-client-context")
        self.client_context = ClientContext(context) if context else None
        self.identity = Identity(headers.get("lambda-runtime-cognito-identity"))

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))

    def log(self, message):
        sys.stdout.write(str(message))


class LogHandler(logging.Handler):
    """Prints records as Lambda does, with the request id."""

    request_id = ""

    def emit(self, record):
        try:
            record.aws_request_id = LogHandler.request_id
            sys.stdout.write(self.format(record) + "\n")
        except Exception:
            self.handleError(record)


def start_logging():
    handler = LogHandler()
    layout = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s"
    formatter = logging.Formatter(layout, "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    logging.getLogger().addHandler(handler)


def decimals(value):
    import decimal

    if isinstance(value, decimal.Decimal):
        return int(value) if value.as_tuple().exponent == 0 else float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def encoder():
    """From Python 3.12 on, Lambda's runtimes leave text beyond ASCII as it is."""
    runtime = os.environ.get("AWS_EXECUTION_ENV", "").rpartition("python3.")[2]
    modern = runtime.isdigit() and int(runtime) >= 12
    return json.JSONEncoder(default=decimals, ensure_ascii=not modern).encode


def load(handler):
    """The function that `package/module.function` names."""
    module_name, dot, function_name = handler.rpartition(".")
    if not dot:
        raise Fault("Runtime.MalformedHandlerName", f"Bad handler '{handler}': not enough values to unpack (expected 2, got 1)")
    module = load_module(module_name)
    try:
        return getattr(module, function_name)
    except AttributeError:
        raise Fault("Runtime.HandlerNotFound", f"Handler '{function_name}' missing on module '{module_name}'") from None


def load_module(name):
    import importlib

    try:
        return importlib.import_module(name.replace("/", "."))
    except ImportError as error:
        message = f"Unable to import module '{name}': {error}"
        raise Fault("Runtime.ImportModuleError", message) from None
    except SyntaxError as error:
        message = f"Syntax error in module '{name}': {error}"
        trace = [f'  File "{error.filename}" Line {error.lineno}\n    {(error.text or "").strip()}']
        raise Fault("Runtime.UserCodeSyntaxError", message, trace) from None


def describe(encode, error, request_id):
    """The JSON that tells a caller of an error; it is logged as well."""
    if isinstance(error, Fault):
        kind, trace = error.kind, error.trace
    else:
        kind, trace = type(error).__name__, frames(error)
    message = str(error)
    log_error(f"{kind}: {message}" if message else kind, trace)
    told = {"errorMessage": message, "errorType": kind, "requestId": request_id, "stackTrace": trace}
    return encode(told).encode("utf-8", "replace")


def frames(error):
    """Every frame but those of this file, without the marks that newer Pythons put under a line."""
    found = traceback.extract_tb(error.__traceback__)
    return traceback.format_list([(f.filename, f.lineno, f.name, f.line) for f in found if f.filename != HERE])


def log_error(summary, trace):
    """One event of the log: its line ends are carriage returns, and its indentation does not get trimmed."""
    lines = [f"[ERROR] {summary}", "Traceback (most recent call last):"]
    for frame in trace:
        lines += [indented(line) for line in frame.rstrip("\n").split("\n")]
    print("\r".join(lines), flush=True)


def indented(line):
    text = line.lstrip(" ")
    return "\u00a0" * (len(line) - len(text)) + text


def call(handler, encode, headers, body):
    """The answer to one event: an operation of the Runtime API and its body."""
    request_id = headers["lambda-runtime-aws-request-id"]
    LogHandler.request_id = request_id
    trace_id = headers.get("lambda-runtime-trace-id")
    if trace_id:
        os.environ["_X_AMZN_TRACE_ID"] = trace_id
    else:
        os.environ.pop("_X_AMZN_TRACE_ID", None)
    try:
        result = handler(parse(body), LambdaContext(headers))
        return b"response", marshal(encode, result)
    except Exception as error:
        return b"error", describe(encode, error, request_id)
    finally:
        sys.stdout.flush()


def parse(body):
    try:
        return json.loads(body.decode("utf-8"))
    except ValueError as error:
        raise Fault("Runtime.UnmarshalError", f"Unable to unmarshal input: {error}") from None


def marshal(encode, result):
    if isinstance(result, bytes):
        return result
    try:
        return encode(result).encode("utf-8")
    except (TypeError, ValueError, RecursionError) as error:
        raise Fault("Runtime.MarshalError", f"Unable to marshal response: {error}") from None


def main():
    sys.stdout.reconfigure(line_buffering=True)
    root = os.environ["LAMBDA_TASK_ROOT"]
    sys.path[0] = root
    start_logging()
    connection = Connection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    encode = encoder()
    try:
        handler = load(os.environ["_HANDLER"])
    except Exception as error:
        connection.send(connection.post(b"init/error", describe(encode, error, "")))
        connection.receive()
        sys.exit(1)
    serve(connection, handler, encode)


def serve(connection, handler, encode):
    following = connection.get(b"invocation/next")
    connection.send(following)
    while True:
        headers, body = connection.receive()
        operation, answer = call(handler, encode, headers, body)
        path = b"invocation/%s/%s" % (headers["lambda-runtime-aws-request-id"].encode(), operation)
        # The answer and the question for the next event travel together.
        connection.send(connection.post(path, answer) + following)
        connection.receive()


if __name__ == "__main__":
    main()
