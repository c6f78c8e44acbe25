"""Replicate's predictions: `REPLICATE_BASE_URL=http://…/replicate`; a version is a model's id.

Read from the wheel replicate 1.0.7: where it prefers to wait, whatever is not `starting` has ended.
"""

from filmgate.api.dialects.door import MANY, Entry, Neighbour
from filmgate.domain.states import State

_ALL = "/replicate/v1/predictions"
_ONE = _ALL + "/{video_id}"
_OF_MODEL = "/replicate/v1/models/{owner}/{model}/predictions"
_URL = "$base/replicate/v1/predictions/$id"

DOOR = Neighbour(
    name="replicate",
    about="Replicate's predictions",
    entries=(
        Entry("POST", _ALL, "create", status=201, waits=True),
        Entry("POST", _OF_MODEL, "create", status=201, waits=True),
        Entry("GET", _ONE, "see"),
        Entry("POST", _ONE + "/cancel", "cancel"),
        Entry("GET", _ALL, "list", {"previous": None, "next": None, "results": [MANY]}),
    ),
    within="input",
    fields={"version": "model", "num_outputs": "n", "start_image": "image"},
    statuses={
        State.QUEUED: "starting",
        State.RUNNING: "processing",
        State.COMPLETED: "succeeded",
        State.FAILED: "failed",
    },
    cancelled="canceled",
    video={
        "id": "$id",
        "model": "$model",
        "version": "$model",
        "status": "$status",
        "input": {"prompt": "$prompt", "seed": "$seed", "duration": "$seconds", "fps": "$fps"},
        "output": "$url_or_urls",
        "error": "$failure",
        "logs": "",
        "metrics": {"?predict_time": "$took_s"},
        "created_at": "$created_iso",
        "started_at": "$started_iso",
        "completed_at": "$ended_iso",
        "urls": {"get": _URL, "cancel": f"{_URL}/cancel"},
    },
    error={"title": "$code", "detail": "$message", "status": "$http_status"},
)
