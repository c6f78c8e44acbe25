"""A user's program on fal's client: only its address is another."""

import json
import os
import urllib.request

import fal_client
from fal_client import client as inner

inner.QUEUE_URL_FORMAT = os.environ["BASE"] + "/fal/"  # the client itself knows https alone
client = fal_client.SyncClient(key=os.environ["KEY"])
request = {"prompt": "a quiet sea", "duration": 1, "width": 128, "height": 128, "fps": 5}
handle = client.submit("any/sora-1.0", arguments=request)
kinds = [type(status).__name__ for status in handle.iter_events(interval=0.05)]
assert kinds[0] in {"Queued", "InProgress"}
film = urllib.request.urlopen(handle.get()["video"]["url"]).read(12)
late = client.submit("any/sora-1.0/text-to-video", arguments=request | {"duration": 60})
late.cancel()
ended = late.status()
assert [type(ended).__name__, getattr(ended, "error_type", None)] == ["Completed", "cancelled"]
seen = {
    "create": handle.request_id,
    "wait": kinds[-1],
    "download": film.hex(),
    "cancel": late.request_id,
}
try:
    client.submit("any/sora-1.0", arguments=request | {"duration": 61})
except fal_client.client.FalClientHTTPError as error:
    seen["refusal"] = [error.status_code, error.message]
print(json.dumps(seen))
