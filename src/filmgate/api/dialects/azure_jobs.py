"""The jobs of Azure's first Sora: `/openai/v1/video/generations/jobs?api-version=preview`.

Read from its quickstart and from clients that were written after it.
"""

from filmgate.api.dialects.door import MANY, Entry, Neighbour
from filmgate.domain.states import State

_JOBS = "/v1/video/generations/jobs"
_OUTPUT = "/v1/video/generations/gen_{generation_id}"
_CONTENT = f"{_OUTPUT}/content"
_GENERATION = {
    "object": "video.generation",
    "id": "gen_$generation_id",
    "job_id": "$id",
    "created_at": "$ended",
    "width": "$width",
    "height": "$height",
    "n_seconds": "$seconds",
    "prompt": "$prompt",
}

DOOR = Neighbour(
    name="azure_jobs",
    about="The jobs of Azure's first Sora",
    entries=(
        Entry("POST", _JOBS, "create", status=201),
        Entry("GET", _JOBS, "list", {"object": "list", "data": [MANY], "has_more": "$more"}),
        Entry("GET", _JOBS + "/{video_id}", "see"),
        Entry("DELETE", _JOBS + "/{video_id}", "delete", status=204),
        Entry("POST", _JOBS + "/{video_id}/cancel", "cancel"),
        Entry("GET", _OUTPUT, "output", _GENERATION),
        Entry("GET", _CONTENT, "content"),
        Entry("GET", _CONTENT + "/video", "content"),
        Entry("GET", _CONTENT + "/thumbnail", "content", variant="thumbnail"),
    ),
    fields={"n_seconds": "seconds", "n_variants": "n"},
    statuses={
        State.QUEUED: "queued",
        State.RUNNING: "running",
        State.COMPLETED: "succeeded",
        State.FAILED: "failed",
    },
    cancelled="cancelled",
    video={
        "object": "video.generation.job",
        "id": "$id",
        "status": "$status",
        "created_at": "$created",
        "finished_at": "$ended",
        "expires_at": "$expires",
        "generations": [_GENERATION],
        "prompt": "$prompt",
        "model": "$model",
        "n_variants": "$n",
        "n_seconds": "$seconds",
        "height": "$height",
        "width": "$width",
        "failure_reason": "$failure",
    },
    error={"error": {"code": "$code", "message": "$message"}},
)
