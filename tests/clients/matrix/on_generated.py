"""A user's program on the client that was generated from `/openapi.json`."""

import json
import os
import time

from generated import AuthenticatedClient
from generated.api.videos import create_video, fetch_content, list_videos, retrieve_video
from generated.models import CreateVideo

client = AuthenticatedClient(base_url=os.environ["BASE"], token=os.environ["KEY"])
body = CreateVideo(model="sora-1.0", prompt="a quiet sea", seconds="1", size="128x128")
video = create_video.sync(client=client, body=body)
while video.status not in ("completed", "failed"):
    time.sleep(0.1)
    video = retrieve_video.sync(video.id, client=client)
film = fetch_content.sync_detailed(video.id, client=client)
seen = {
    "create": video.id,
    "listed": [one.id for one in list_videos.sync(client=client).data],
    "download": film.content[:12].hex(),
}
print(json.dumps(seen))
