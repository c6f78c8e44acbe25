"""Gemini Omni's films, as interactions of Google's developer API, by Google's SDK."""

import base64
from io import FileIO
from pathlib import Path
from typing import Any

from filmgate.domain.states import Failure
from filmgate.engines.relay.fetching import FilmRefused
from filmgate.engines.relay.hosted.sdk import (
    is_gone,
    load_sdk,
    outcome_of_sdk_error,
    translate_sdk_errors,
)
from filmgate.engines.relay.hosted.terms import terms_of
from filmgate.engines.relay.options import OptionTable, RelayOptions, UpstreamOptions
from filmgate.engines.relay.outcomes import accept_or_doubt
from filmgate.engines.relay.upstream import Look, Order, Outcome, Phase, Step, Traits, Unreachable
from filmgate.validation import read_options

_RESOLUTIONS = {360: "360p", 720: "720p", 1080: "1080p", 2160: "4k"}
_WAITING = ("queued", "in_progress", "idle", "requires_continuation")
_SEEDS = 2**31
"""Its seeds are signed."""


class OmniSettings(OptionTable):
    """`settings` of the kind omni: none."""


class Omni:
    """Implements `Upstream`. A lost answer cannot be found: there is no list of interactions."""

    traits = Traits(cancels=True, poll_s=5.0, poll_most_s=15.0)

    def __init__(self, upstream: UpstreamOptions, max_bytes: int) -> None:
        types = load_sdk("google.genai.types", "hosted")
        read_options(OmniSettings, upstream.settings)
        options = types.HttpOptions(
            base_url=upstream.url,
            timeout=round(upstream.answer_s * 1000),
            retry_options=types.HttpRetryOptions(attempts=1),
        )
        self._client = load_sdk("google.genai", "hosted").Client(
            vertexai=False, api_key=upstream.secret() or "none", http_options=options
        )
        self._max_bytes = max_bytes

    async def open(self) -> None:
        """Nothing is asked before the first order."""

    async def check(self) -> str:
        """Ask for its list of models."""
        with translate_sdk_errors():
            await self._client.aio.models.list(config={"page_size": 1})
        return "answers"

    async def submit(self, order: Order) -> Outcome:
        """Create an interaction in the background, once."""
        fields: dict[str, Any] = {
            "model": order.model,
            "input": write_input(order),
            "response_format": write_format(order),
            "generation_config": {"seed": order.seed % _SEEDS},
            "background": True,
        }
        if order.callback:
            fields["webhook_config"] = {"uris": [order.callback]}
        try:
            interaction = await self._client.aio.interactions.create(**fields)
        except Exception as error:  # noqa: BLE001 whatever it raises, the order is out
            return outcome_of_sdk_error(error)
        return accept_or_doubt(interaction.id)

    async def look(self, job: str) -> Look:
        """Get the interaction."""
        try:
            with translate_sdk_errors():
                return read_interaction(await self._client.aio.interactions.get(job))
        except Unreachable as error:
            if is_gone(error):
                return Look(phase=Phase.GONE)
            raise

    async def find(self, order: Order) -> str | None:
        """Never asked."""
        return None

    async def cancel(self, job: str) -> None:
        """Cancel an interaction that is still under way."""
        with translate_sdk_errors():
            await self._client.aio.interactions.cancel(job)

    async def fetch(self, job: str, look: Look, path: Path, step: Step) -> None:
        """Download the file that the interaction names, a piece at a time."""
        if not look.films:
            raise FilmRefused("The upstream named no address of its film")
        with _Target(path, self._max_bytes, step) as file, translate_sdk_errors():
            await self._client.aio.files.download(file=look.films[0], destination=file)
        if file.problem is not None:
            raise file.problem

    async def close(self) -> None:
        """Close every connection."""
        await self._client.aio.aclose()
        self._client.close()


class _Target(FileIO):
    """A file that refuses to grow too large, and asks whether to go on."""

    def __init__(self, path: Path, max_bytes: int, step: Step) -> None:
        super().__init__(path, "wb")
        self.problem: Exception | None = None
        self._room = max_bytes
        self._step = step

    def write(self, piece: Any) -> int:
        """Take a piece."""
        self._room -= len(piece)
        try:
            if self._room < 0:
                raise FilmRefused("The film is larger than it may be")
            self._step()
        except Exception as error:
            self.problem = error
            raise
        return super().write(piece)


def write_input(order: Order) -> list[dict[str, Any]]:
    """What the model is given: words, and the first frame."""
    given: list[dict[str, Any]] = [{"type": "text", "text": order.prompt}]
    if order.picture is not None:
        data = base64.b64encode(order.picture.data).decode()
        given.append({"type": "image", "data": data, "mime_type": order.picture.media_type})
    return given


def write_format(order: Order) -> dict[str, Any]:
    """What film is wanted, by its address: one inside the answer would be held in memory whole."""
    shape, terms = order.shape, terms_of(order.shape)
    short = min(shape.width, shape.height)
    lines = next((lines for lines in _RESOLUTIONS if lines >= short), 2160)
    return {
        "type": "video",
        "aspect_ratio": "16:9" if shape.width >= shape.height else "9:16",
        "resolution": _RESOLUTIONS[lines],
        "duration": f"{terms['seconds']}s",
        "delivery": "uri",
    }


def read_interaction(interaction: Any) -> Look:
    """What an interaction tells."""
    if interaction.status in _WAITING:
        return Look(phase=Phase.WAITING)
    film = interaction.output_video
    if interaction.status == "completed" and film is not None and film.uri:
        return Look(phase=Phase.DONE, films=(film.uri,))
    error = next(iter(interaction.errors or ()), None)
    code = str(error.code or "") if error else ""
    told = (error and error.message) or interaction.output_text or interaction.status
    refused = "safety" in code.lower() or "blocked" in code.lower()
    failure = Failure.CONTENT_POLICY if refused else Failure.UPSTREAM
    return Look(phase=Phase.FAILED, message=str(told), failure=failure)


def make(_name: str, upstream: UpstreamOptions, relay: RelayOptions) -> Omni:
    """The upstream that an operator's table describes."""
    return Omni(upstream, relay.max_film_mib << 20)
