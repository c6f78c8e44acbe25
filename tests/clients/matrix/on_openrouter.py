"""A user's program on OpenRouter's client: only its address is another."""

import json
import os
import time
import urllib.request

from openrouter import OpenRouter
from openrouter.errors import OpenRouterError

client = OpenRouter(api_key=os.environ["KEY"], server_url=os.environ["BASE"] + "/api/v1")
videos = client.video_generation
models = {model.id: model for model in videos.list_videos_models().data}
assert models["sora-2"].supported_durations == [4, 8, 12, 16, 20]
request = {"model": "sora-1.0", "prompt": "a quiet sea", "duration": 1, "size": "128x128"}
video = videos.generate(**request)
assert video.status == "pending"
while video.status in ("pending", "in_progress"):
    time.sleep(0.1)
    video = videos.get_generation(job_id=video.id)
seen = {
    "create": video.id,
    "wait": video.status,
    "download": urllib.request.urlopen(video.urls[0]).read(12).hex(),
}
content = videos.get_video_content(job_id=video.id)
assert content.read()[4:8] == b"ftyp"
try:
    videos.generate(**request | {"duration": 61}, retries=None)
except OpenRouterError as error:
    seen["refusal"] = [error.status_code, str(error)]
print(json.dumps(seen))
