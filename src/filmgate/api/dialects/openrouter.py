"""OpenRouter's `/videos`: its clients become ours by `server_url=http://…/api/v1`.

Read from the wheel openrouter 1.3.84. `unsigned_urls` are fetched with the key by that client and
without it by @openrouter/ai-sdk-provider 2.10.0: here they are signed, which serves both.
"""

from filmgate.api.dialects.door import MANY, Entry, Neighbour
from filmgate.domain.states import State

_VIDEO = "/api/v1/videos/{video_id}"

DOOR = Neighbour(
    name="openrouter",
    about="OpenRouter's videos",
    entries=(
        Entry("POST", "/api/v1/videos", "create", status=202),
        Entry("GET", "/api/v1/videos/models", "models", {"data": [MANY]}),
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
        "unsigned_urls": ["$output_url"],
        "urls": ["$output_url"],
        "?usage": {"?cost": "$cost"},
    },
    error={"error": {"code": "$http_status", "message": "$message"}},
    model={
        "id": "$model",
        "canonical_slug": "$model",
        "name": "$model",
        "description": "$description",
        "created": "$created",
        "allowed_passthrough_parameters": "$uses",
        "supported_aspect_ratios": "$ratios",
        "supported_resolutions": "$resolutions",
        "supported_sizes": "$sizes",
        "supported_durations": "$lengths",
        "supported_frame_images": "$frames",
        "generate_audio": "$has_sound",
        "seed": True,
        "creativity": None,
        "upscale_factor": None,
        "pricing_skus": {"duration_seconds": "$usd_per_second"},
    },
)
