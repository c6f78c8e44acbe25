"""Lines of batches: requests in, results out, in the words of the wire."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic_core import to_json
from starlette.datastructures import Headers

from filmgate.api import errors
from filmgate.api.answers import video_object
from filmgate.api.dialects.choice import DIALECTS, FIRST
from filmgate.api.drafts import DraftReader, Reading
from filmgate.api.jsontext import Unreadable, read_json
from filmgate.api.links import Links
from filmgate.api.values import check_storable
from filmgate.domain import ids
from filmgate.domain.batch import ENDPOINT, BatchLine, LineProblem
from filmgate.domain.states import State
from filmgate.domain.video import Video
from filmgate.errors import FilmgateError, InvalidParameter
from filmgate.services.batching import Result

MOST_LINES = 10_000
_MOST_TOLD = 20
"""Problems of one file that are told."""
MAX_CUSTOM_ID = 512
_ENDS = {
    "expired": "The time of the batch was over before this line was made",
    "cancelled": "The batch was cancelled before this line was made",
}


class WireWording:
    """Puts lines into words for one server."""

    def __init__(self, drafts: DraftReader, links: Links) -> None:
        self._drafts = drafts
        self._links = links

    def parse(self, data: bytes) -> list[BatchLine] | list[LineProblem]:
        """The lines of a file, or why it is no batch."""
        found: list[BatchLine] = []
        problems: list[LineProblem] = []
        known: set[str] = set()
        for number, text in _texts(data):
            if len(found) >= MOST_LINES:
                problems.append(_problem(number, f"a batch has at most {MOST_LINES} lines"))
            try:
                found.append(_line(number, text, known))
            except InvalidParameter as error:
                problems.append(_problem(number, error.reason, error.param))
            if len(problems) >= _MOST_TOLD or len(found) > MOST_LINES:
                break
        if not found and not problems:
            problems.append(LineProblem(code="empty_file", message="The input file has no lines"))
        return problems or found

    def read(self, body: Mapping[str, Any]) -> Reading:
        """The request of a line, as one that came by itself.

        Raises:
            BadRequest: it is none.
        """
        return self._drafts.read(dict(body), Headers())

    def refusal(self, error: FilmgateError) -> Mapping[str, Any]:
        """The status and the body that an error is answered with."""
        status, kind = errors.status_of(type(error))
        param = getattr(error, "param", None)
        body = errors.envelope(error.message, kind=kind, code=error.code, param=param)
        return {"status_code": status, "body": body}

    def result(self, line: BatchLine, video: Video | None, base_url: str, end: str) -> Result:
        """What came of a line; `end` is what its batch ends as."""
        answer: Mapping[str, Any] | None = line.refusal
        problem: Mapping[str, str] | None = None
        if video is not None:
            dialect = DIALECTS.get(video.dialect, FIRST)
            body = video_object(video, dialect=dialect, links=self._links, base=base_url)
            answer = {"status_code": 200, "body": body}
            if video.problem is not None:
                problem = {"code": video.problem.code, "message": video.problem.message}
        elif line.video_id is not None:
            problem = {"code": "video_not_found", "message": "The video was deleted"}
        elif answer is None:
            problem = {"code": f"batch_{end}", "message": _ENDS.get(end, "It was not made")}
        id_ = ids.batch_line_id()
        told = {**answer, "request_id": id_} if answer is not None else None
        written = {"id": id_, "custom_id": line.custom_id, "response": told, "error": problem}
        good = video is not None and video.state is State.COMPLETED
        return Result(text=to_json(written).decode(), good=good)


def _texts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The lines of a file that are not blank, with their numbers from 1."""
    start, number = 0, 1
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        if text := data[start:end].strip():
            yield number, text
        start, number = end + 1, number + 1


def _line(number: int, text: bytes, known: set[str]) -> BatchLine:
    """One line; its `custom_id` is not among those of the lines before it, to which it goes."""
    try:
        said = read_json(text)
    except Unreadable as error:
        raise InvalidParameter("", str(error)) from error
    if not isinstance(said, dict):
        raise InvalidParameter("", "must be a JSON object")
    custom_id, body = said.get("custom_id"), said.get("body")
    if not isinstance(custom_id, str) or not 0 < len(custom_id) <= MAX_CUSTOM_ID:
        raise InvalidParameter("custom_id", f"must be text of 1 to {MAX_CUSTOM_ID} characters")
    if custom_id in known:
        raise InvalidParameter("custom_id", "is that of an earlier line")
    if str(said.get("method", "POST")).upper() != "POST":
        raise InvalidParameter("method", "must be POST")
    if str(said.get("url", ENDPOINT)).rstrip("/") not in (ENDPOINT, "/videos"):
        raise InvalidParameter("url", f"must be {ENDPOINT}")
    if not isinstance(body, dict):
        raise InvalidParameter("body", "must be an object")
    check_storable("body", [custom_id, body])
    known.add(custom_id)
    return BatchLine(number=number, custom_id=custom_id, body=body)


def _problem(number: int, reason: str, param: str | None = None) -> LineProblem:
    message = f"Line {number}: {param or 'it'} {reason}"
    return LineProblem(code="invalid_line", message=message, line=number, param=param or None)
