"""What ComfyUI says of a job, new servers by `/api/jobs`, old ones by history and queue."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from filmgate.domain.states import Failure
from filmgate.engines.relay.upstream import Look, Phase

_FILMS = (".mp4", ".webm", ".mkv", ".mov")
_PHASES = {
    "pending": Phase.WAITING,
    "in_progress": Phase.WAITING,
    "completed": Phase.DONE,
    "failed": Phase.FAILED,
    "cancelled": Phase.FAILED,
}


def read_job(job: Mapping[str, Any], film_node: str | None) -> Look:
    """What `GET /api/jobs/{id}` tells."""
    phase = _PHASES.get(str(job.get("status")), Phase.WAITING)
    if phase is Phase.FAILED:
        return read_failure(job.get("execution_error"))
    return read_ending(job.get("outputs"), film_node) if phase is Phase.DONE else Look(phase=phase)


def read_history(entry: Mapping[str, Any], film_node: str | None) -> Look:
    """What an entry of `GET /history/{id}` tells."""
    status = entry.get("status") or {}
    if status.get("status_str") == "error":
        errors = [data for name, data in status.get("messages", []) if name == "execution_error"]
        return read_failure(errors[0] if errors else None)
    return read_ending(entry.get("outputs"), film_node)


def is_queued(queue: Mapping[str, Any], job: str) -> bool:
    """Whether `GET /queue` has the job, running or waiting."""
    entries = [*queue.get("queue_running", []), *queue.get("queue_pending", [])]
    return any(entry[1] == job for entry in entries)


def read_failure(error: Mapping[str, Any] | None) -> Look:
    """How a job failed; without an error it was stopped by hand."""
    if not error:
        return Look(phase=Phase.FAILED, message="it was interrupted")
    kind = str(error.get("exception_type", ""))
    memory = "OutOfMemory" in kind or "out of memory" in str(error.get("exception_message", ""))
    return Look(
        phase=Phase.FAILED,
        message=str(error.get("exception_message") or kind),
        failure=Failure.OUT_OF_MEMORY if memory else Failure.UPSTREAM,
    )


def guesses(folder: str, name: str) -> Iterator[str]:
    """The addresses that a film of ours may lie at, when the server has forgotten the job."""
    for suffix in _FILMS[:3]:
        for number in ("_00001_", "_00001"):
            yield view({"filename": f"{name}{number}{suffix}", "subfolder": folder})


def view(item: Mapping[str, Any]) -> str:
    """The path of a file."""
    query = {
        "filename": item["filename"],
        "subfolder": item.get("subfolder", ""),
        "type": item.get("type", "output"),
    }
    return f"/view?{urlencode(query)}"


def read_ending(outputs: Any, film_node: str | None) -> Look:
    """A job that ended well: its film, wherever it stands among the outputs.

    Core nodes list films under `images`, VideoHelperSuite under `gifs`.
    """
    nodes = outputs if isinstance(outputs, dict) else {}
    if film_node is not None:
        nodes = {film_node: nodes.get(film_node)}
    films = [item for item in items_of(nodes) if str(item.get("filename", "")).endswith(_FILMS)]
    films.sort(key=lambda item: item.get("type") != "output")
    if not films:
        return Look(phase=Phase.FAILED, message="it ended without a film")
    return Look(phase=Phase.DONE, films=(view(films[0]),))


def items_of(nodes: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every file that nodes list, under whatever name."""
    for outputs in nodes.values():
        for items in (outputs or {}).values():
            yield from (
                (item for item in items if isinstance(item, dict))
                if isinstance(items, list)
                else ()
            )
