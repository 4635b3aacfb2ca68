"""A function on the PyPI package `awslambdaric`; the event says what it does."""

import os
import time

print("starting")
if "FAIL_INIT" in os.environ:
    raise RuntimeError("no start today")


def handler(event, context):
    match event.get("do"):
        case "raise":
            raise ValueError("handled here")
        case "exit":
            os._exit(3)
        case "sleep":
            time.sleep(1000)
        case "print":
            print("printed by the function")
        case "big":
            return "x" * event["size"]
    if "httpMethod" in event:
        return {"statusCode": 200, "body": os.environ["_X_AMZN_TRACE_ID"]}
    client = context.client_context
    return {
        "event": event,
        "id": context.aws_request_id,
        "arn": context.invoked_function_arn,
        "deadline": int(time.time() * 1000) + context.get_remaining_time_in_millis(),
        "trace": os.environ.get("_X_AMZN_TRACE_ID"),
        "client": client and {"custom": client.custom, "env": client.env},
        "identity": context.identity and context.identity.cognito_identity_id,
        "name": context.function_name,
        "version": context.function_version,
        "memory": int(context.memory_limit_in_mb),
    }
