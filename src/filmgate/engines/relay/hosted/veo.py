"""Veo on Vertex, by Google's SDK. Films come from a bucket in pieces, or inside the answer."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from obstore.exceptions import BaseError
from obstore.store import ObjectStore, from_url
from pydantic import Field, SecretStr

from filmgate.domain.states import Failure
from filmgate.engines.relay.fetching import FilmRefused
from filmgate.engines.relay.hosted.sdk import (
    is_gone,
    load_sdk,
    outcome_of_sdk_error,
    translate_sdk_errors,
)
from filmgate.engines.relay.hosted.terms import last_frame_of, terms_of
from filmgate.engines.relay.options import OptionTable, RelayOptions, UpstreamOptions
from filmgate.engines.relay.outcomes import accept_or_doubt
from filmgate.engines.relay.upstream import Look, Order, Outcome, Phase, Step, Traits, Unreachable
from filmgate.validation import read_options

_AT_ONCE = 2
"""How many answers, each of which may hold a film, are in memory together."""


class VeoSettings(OptionTable):
    """`settings` of the kind veo: a project and a location, or the key of an express project.

    `bucket` is where Veo puts its films, each in a folder of its own; `bucket_options` are the
    store's own settings. Without one a film comes inside an answer, held in memory whole: so two
    are asked for at once.
    """

    project: str | None = None
    location: str | None = None
    audio: bool = True
    bucket: str | None = Field(default=None, pattern=r"^gs://[a-z0-9._-]+(/\S*)?$")
    bucket_options: dict[str, SecretStr] = Field(default={})


class Veo:
    """Implements `Upstream`. A lost answer cannot be found, a job not be stopped."""

    traits = Traits(poll_s=5.0, poll_most_s=15.0)

    def __init__(self, upstream: UpstreamOptions, max_bytes: int) -> None:
        self._types = load_sdk("google.genai.types", "hosted")
        settings = read_options(VeoSettings, upstream.settings)
        options = self._types.HttpOptions(
            base_url=upstream.url, timeout=round(upstream.answer_s * 1000)
        )
        key = {"api_key": upstream.secret()} if upstream.secret() else {}
        place = {"project": settings.project, "location": settings.location}
        self._client = load_sdk("google.genai", "hosted").Client(
            vertexai=True, http_options=options, **(key or place)
        )
        self._settings = settings
        self._max_bytes = max_bytes
        self._held = asyncio.Semaphore(_AT_ONCE)

    async def open(self) -> None:
        """Nothing is asked before the first order."""

    async def check(self) -> str:
        """Nothing of its can be asked for free: the client is there."""
        return "not asked"

    async def submit(self, order: Order) -> Outcome:
        """Start a generation, once: the SDK retries only where it is told to."""
        types, terms = self._types, terms_of(order.shape)
        image = None
        if order.picture is not None:
            image = types.Image(image_bytes=order.picture.data, mime_type=order.picture.media_type)
        config = types.GenerateVideosConfig(
            number_of_videos=1,
            duration_seconds=terms["seconds"],
            aspect_ratio=terms["ratio"],
            resolution=terms["resolution"],
            seed=order.seed,
            generate_audio=self._settings.audio,
            output_gcs_uri=f"{self._bucket}/{order.tag}" if self._bucket else None,
            negative_prompt=order.extras.get("negative_prompt"),
        )
        if (last := last_frame_of(order)) is not None:
            config.last_frame = types.Image(image_bytes=last.data, mime_type=last.media_type)
        source = types.GenerateVideosSource(prompt=order.prompt, image=image)
        try:
            operation = await self._client.aio.models.generate_videos(
                model=order.model, source=source, config=config
            )
        except Exception as error:  # noqa: BLE001 whatever it raises, the order is out
            return outcome_of_sdk_error(error)
        return accept_or_doubt(operation.name)

    async def look(self, job: str) -> Look:
        """Get the operation."""
        try:
            async with self._get(job) as operation:
                return read_operation(operation)
        except Unreachable as error:
            if is_gone(error):
                return Look(phase=Phase.GONE)
            raise

    async def find(self, order: Order) -> str | None:
        """Never asked."""
        return None

    async def cancel(self, job: str) -> None:
        """Never asked."""

    async def fetch(self, job: str, look: Look, path: Path, step: Step) -> None:
        """Bring the film from the bucket, or get the operation again and write the bytes in it."""
        if look.films:
            await self._download(look.films[0], path, step)
            return
        async with self._get(job) as operation:
            data = operation.response.generated_videos[0].video.video_bytes
            if not data:
                raise FilmRefused("The upstream named no film")
            if len(data) > self._max_bytes:
                raise FilmRefused(f"The film is larger than {self._max_bytes} bytes")
            await asyncio.to_thread(path.write_bytes, data)

    async def close(self) -> None:
        """Close every connection."""
        await self._client.aio.aclose()
        self._client.close()

    @property
    def _bucket(self) -> str:
        return (self._settings.bucket or "").rstrip("/")

    async def _download(self, uri: str, path: Path, step: Step) -> None:
        """Stream a film out of our bucket; another is not read."""
        if not self._bucket or not uri.startswith(f"{self._bucket}/"):
            raise FilmRefused("The upstream put its film into a bucket that is not named here")
        options = self._settings.bucket_options
        given = {name: value.get_secret_value() for name, value in options.items()}
        store, have = open_bucket(self._bucket, given), 0
        with path.open("wb") as file, translate_bucket_errors():
            film = await store.get_async(uri.removeprefix(f"{self._bucket}/"))
            async for piece in film.stream():
                have += len(piece)
                if have > self._max_bytes:
                    raise FilmRefused(f"The film is larger than {self._max_bytes} bytes")
                file.write(piece)
                step()

    @asynccontextmanager
    async def _get(self, job: str) -> AsyncIterator[Any]:
        """An operation; what is in it is let go of before many others come."""
        async with self._held:
            with translate_sdk_errors():
                operation = self._types.GenerateVideosOperation(name=job)
                found = await self._client.aio.operations.get(operation)
            yield found


def read_operation(operation: Any) -> Look:
    """What an operation tells; one without a film may have been filtered."""
    if not operation.done:
        return Look(phase=Phase.WAITING)
    if operation.error:
        message = str(operation.error.get("message") or operation.error.get("code"))
        return Look(phase=Phase.FAILED, message=message)
    response = operation.response
    if response and response.generated_videos:
        uri = response.generated_videos[0].video.uri
        return Look(phase=Phase.DONE, films=(uri,) if uri else ())
    reasons = (response and response.rai_media_filtered_reasons) or ["it ended without a film"]
    filtered = response is not None and response.rai_media_filtered_count
    failure = Failure.CONTENT_POLICY if filtered else Failure.UPSTREAM
    return Look(phase=Phase.FAILED, message=reasons[0], failure=failure)


def open_bucket(address: str, options: Mapping[str, str]) -> ObjectStore:
    """The store of a `gs://` address, its folder the root."""
    return from_url(address, config=dict(options))  # type: ignore[call-overload, no-any-return]


@contextmanager
def translate_bucket_errors() -> Iterator[None]:
    """Turn what a bucket raises into Unreachable."""
    try:
        yield
    except BaseError as error:
        raise Unreachable(f"the bucket does not give it ({type(error).__name__})") from error


def make(_name: str, upstream: UpstreamOptions, relay: RelayOptions) -> Veo:
    """The upstream that an operator's table describes."""
    return Veo(upstream, relay.max_film_mib << 20)
