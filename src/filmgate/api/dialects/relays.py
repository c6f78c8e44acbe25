"""`/v1/video/generations`: the older form of relays, before they had `/v1/videos`.

Their newer servers put the task under `data`, their older ones at the top; here it is at both.
Read from new-api's `dto/video.go` and `dto/task.go`.
"""

from filmgate.api.dialects.door import Entry, Neighbour
from filmgate.domain.states import State

DOOR = Neighbour(
    name="relays",
    about="The older form of relays such as new-api",
    entries=(
        Entry(
            "POST",
            "/v1/video/generations",
            "create",
            {"task_id": "$id", "id": "$id", "status": "$status"},
        ),
        Entry("GET", "/v1/video/generations/{video_id}", "see"),
    ),
    statuses={
        State.QUEUED: "queued",
        State.RUNNING: "processing",
        State.COMPLETED: "succeeded",
        State.FAILED: "failed",
    },
    told={
        State.QUEUED: "QUEUED",
        State.RUNNING: "IN_PROGRESS",
        State.COMPLETED: "SUCCESS",
        State.FAILED: "FAILURE",
    },
    cancelled="failed",
    video={
        "task_id": "$id",
        "status": "$status",
        "?url": "$url",
        "format": "mp4",
        "metadata": {
            "duration": "$seconds",
            "fps": "$fps",
            "width": "$width",
            "height": "$height",
            "seed": "$seed",
        },
        "?error": {"?code": "$failure_code", "?message": "$failure"},
        "code": "success",
        "message": "",
        "data": {
            "task_id": "$id",
            "action": "generate",
            "status": "$told",
            "fail_reason": "$failure_text",
            "?result_url": "$url",
            "submit_time": "$created",
            "start_time": "$started_or_0",
            "finish_time": "$ended_or_0",
            "progress": "$progress%",
            "data": {"?url": "$url"},
        },
    },
    error={"code": "$code", "message": "$message", "data": None},
)
