"""A user's program on OpenRouter's client: only its address is another. Prints what it saw."""

import json
import os
import time

from openrouter import OpenRouter
from openrouter.errors import OpenRouterError

client = OpenRouter(api_key=os.environ["KEY"], server_url=os.environ["BASE"] + "/api/v1")
videos = client.video_generation
request = {"model": "sora-1.0", "prompt": "a quiet sea", "duration": 1, "size": "128x128"}
video = videos.generate(**request)
first = video.status
while video.status in ("pending", "in_progress"):
    time.sleep(0.1)
    video = videos.get_generation(job_id=video.id)
seen = {"first": first, "last": video.status, "film": video.urls[0]}
try:
    videos.generate(**request | {"duration": 61}, retries=None)
except OpenRouterError as error:
    seen["refused"] = [error.status_code, str(error)]
print(json.dumps(seen))
