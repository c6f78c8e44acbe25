"""OpenRouter's `/videos`: its clients become ours by `server_url=http://…/api/v1`.

Read from the wheel openrouter 1.3.84.
"""

from filmgate.api.dialects.door import Entry, Neighbour
from filmgate.domain.states import State

_VIDEO = "/api/v1/videos/{video_id}"

DOOR = Neighbour(
    name="openrouter",
    about="OpenRouter's videos",
    entries=(
        Entry("POST", "/api/v1/videos", "create", status=202),
        Entry("GET", _VIDEO, "see"),
        Entry("GET", f"{_VIDEO}/content", "content"),
    ),
    fields={"frame_images": "image"},
    statuses={
        State.QUEUED: "pending",
        State.RUNNING: "in_progress",
        State.COMPLETED: "completed",
        State.FAILED: "failed",
    },
    cancelled="cancelled",
    video={
        "id": "$id",
        "polling_url": "$base/api/v1/videos/$id",
        "status": "$status",
        "?generation_id": "$id",
        "?error": "$failure",
        "?expires_at": "$films_until",
        "unsigned_urls": ["$base/api/v1/videos/$id/content?index=$index"],
        "urls": ["$output_url"],
        "?usage": {"?cost": "$cost"},
    },
    error={"error": {"code": "$http_status", "message": "$message"}},
)
