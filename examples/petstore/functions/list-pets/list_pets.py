"""GET /pets: the pets of the shelter, of one kind if the query asks for it."""
import json
import os

PETS = [
    {"id": 1, "name": "Bella", "kind": "dog"},
    {"id": 2, "name": "Mila", "kind": "cat"},
    {"id": 3, "name": "Otto", "kind": "dog"},
]


def handler(event, context):
    kind = (event["queryStringParameters"] or {}).get("kind")
    pets = [pet for pet in PETS if kind in (None, pet["kind"])]
    print(f"{len(pets)} pets for {event['requestContext']['identity']['sourceIp']}")
    return {
        "statusCode": 200,
        "headers": {"X-Shelter": os.environ["SHELTER"]},
        "body": json.dumps({"pets": pets}),
    }
