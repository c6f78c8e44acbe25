"""A user's program on Replicate's client: only its address is another."""

import json
import os
import urllib.request

import replicate

client = replicate.Client(api_token=os.environ["KEY"])
request = {"prompt": "a quiet sea", "duration": 1, "width": 128, "height": 128, "fps": 5}
prediction = client.predictions.create(version="sora-1.0", input=request)
assert prediction.status == "starting"
prediction.wait()
link = client.run("any/sora-1.0", input=request)  # a file of its own behind https alone
by_model = client.models.predictions.create("any/sora-1.0", input=request | {"duration": 60})
by_model.cancel()
by_model.reload()
assert by_model.status == "canceled"
seen = {
    "create": prediction.id,
    "wait": prediction.status,
    "listed": [one.id for one in client.predictions.list()],
    "download": urllib.request.urlopen(link).read(12).hex(),
    "cancel": by_model.id,
}
try:
    client.predictions.create(version="sora-1.0", input=request | {"duration": 61})
except replicate.exceptions.ReplicateError as error:
    seen["refusal"] = [error.status, error.detail]
print(json.dumps(seen))
