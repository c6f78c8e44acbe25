"""A user's program on Replicate's client: only its address is another. Prints what it saw."""

import json
import os

import replicate

client = replicate.Client(api_token=os.environ["KEY"])
request = {"prompt": "a quiet sea", "duration": 1, "width": 128, "height": 128, "fps": 5}
prediction = client.predictions.create(version="sora-1.0", input=request)
first = prediction.status
prediction.wait()
by_model = client.models.predictions.create("any/sora-1.0", input=request)
by_model.cancel()
by_model.reload()
seen = {
    "first": first,
    "last": prediction.status,
    "film": prediction.output,
    "cancelled": by_model.status,
    "listed": [one.id for one in client.predictions.list()][:2] == [by_model.id, prediction.id],
}
try:
    client.predictions.create(version="sora-1.0", input=request | {"duration": 61})
except replicate.exceptions.ReplicateError as error:
    seen["refused"] = [error.status, error.detail]
print(json.dumps(seen))
