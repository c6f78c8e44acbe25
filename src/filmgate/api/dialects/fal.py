"""fal's queue: submit, status, response, cancel, at `/fal/OWNER/MODEL`, whoever the owner is.

Read from the wheel fal-client 1.0.3: positions count from 0, a failed request is COMPLETED with an
error, and errors are read from `detail`. Read from the AI SDK's @ai-sdk/fal 2.0.59: it asks for the
film until the answer is another than `unready`, to the letter, and reads errors from `error`.
"""

from filmgate.api.dialects.door import Entry, Neighbour
from filmgate.domain.states import State

_APP = "/fal/{owner}/{model}"
_REQUEST = _APP + "/requests/{video_id}"
_URL = "$base/fal/$owner/$asked/requests/$id"

DOOR = Neighbour(
    name="fal",
    about="fal's queue",
    entries=(
        Entry("POST", _APP, "create"),
        Entry("POST", _APP + "/{task}", "create"),
        Entry("GET", _REQUEST + "/status", "see"),
        Entry("GET", _REQUEST + "/status/stream", "stream"),
        Entry(
            "GET",
            _REQUEST,
            "film",
            {
                "video": {
                    "url": "$url",
                    "content_type": "video/mp4",
                    "file_name": "$id.mp4",
                    "file_size": "$bytes",
                },
                "seed": "$seed",
                "prompt": "$prompt",
            },
        ),
        Entry("PUT", _REQUEST + "/cancel", "cancel", {"status": "CANCELLATION_REQUESTED"}, 202),
    ),
    fields={"num_videos": "n"},
    statuses={
        State.QUEUED: "IN_QUEUE",
        State.RUNNING: "IN_PROGRESS",
        State.COMPLETED: "COMPLETED",
        State.FAILED: "COMPLETED",
    },
    cancelled="COMPLETED",
    video={
        "status": "$status",
        "request_id": "$id",
        "response_url": _URL,
        "status_url": f"{_URL}/status",
        "cancel_url": f"{_URL}/cancel",
        "?queue_position": "$ahead",
        "logs": None,
        "metrics": {"?inference_time": "$took_s"},
        "?error": "$failure",
        "?error_type": "$failure_code",
    },
    error={
        "detail": "$message",
        "error_type": "$code",
        "error": {"code": "$http_status", "message": "$message"},
    },
    unready="Request is still in progress",
    headers={"x-fal-request-id": "$id"},
)
