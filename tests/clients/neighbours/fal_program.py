"""A user's program on fal's client: only its address is another. Prints what it saw."""

import json
import os

import fal_client
from fal_client import client as inner

inner.QUEUE_URL_FORMAT = os.environ["BASE"] + "/fal/"  # the client itself knows https alone
client = fal_client.SyncClient(key=os.environ["KEY"])
request = {"prompt": "a quiet sea", "duration": 1, "width": 128, "height": 128, "fps": 5}
handle = client.submit("any/sora-1.0", arguments=request)
kinds = [type(status).__name__ for status in handle.iter_events(interval=0.05)]
result = handle.get()
late = client.submit("any/sora-1.0/text-to-video", arguments=request)
late.cancel()
ended = late.status()
seen = {
    "first": kinds[0],
    "last": kinds[-1],
    "film": result["video"]["url"],
    "cancelled": [type(ended).__name__, getattr(ended, "error_type", None)],
}
try:
    client.submit("any/sora-1.0", arguments=request | {"duration": 61})
except fal_client.client.FalClientHTTPError as error:
    seen["refused"] = [error.status_code, error.message]
print(json.dumps(seen))
