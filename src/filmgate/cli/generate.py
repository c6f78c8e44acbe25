"""`filmgate generate`: from a prompt to films on the disk."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from filmgate.cli import films
from filmgate.cli.maker import FilmOrder, FilmState, Maker
from filmgate.cli.printing import print_json
from filmgate.cli.progress import Meter, meter
from filmgate.errors import FilmgateError, GenerationFailed, InvalidImage, InvalidParameter
from filmgate.media.probe import probe

Say = Callable[[str], None]

_LAST_WORDS_S = 5.0
_ADDRESSES = ("http://", "https://", "data:")


def order(prompt: str | None, image: str | None, options: dict[str, Any]) -> FilmOrder:
    """What to ask for; options that are None are not sent.

    Raises:
        BadRequest: the prompt is no text, or the picture's file cannot be read.
    """
    given = {"prompt": prompt, **options}
    for name, value in given.items():
        try:
            str(value).encode()
        except UnicodeEncodeError as error:
            raise InvalidParameter(name, "is not valid UTF-8") from error
    fields = {name: value for name, value in given.items() if value is not None}
    return FilmOrder(fields=fields, picture=_picture(image) if image else None)


def _picture(image: str) -> bytes | str:
    if image.lower().startswith(_ADDRESSES):
        return image
    try:
        return Path(image).expanduser().read_bytes()
    except OSError as error:
        raise InvalidImage(f"The picture {image} cannot be read: {error.strerror}") from error


async def generate(
    wanted: FilmOrder,
    *,
    url: str | None,
    key: str | None,
    output: Path | None,
    say: Say,
    as_json: bool = False,
) -> None:
    """Make the films of an order and say what they are.

    Raises:
        FilmgateError: there will be none; nothing is left of it.
    """
    films.check_folder(output)
    started = time.monotonic()
    shown = meter()
    made: list[dict[str, object]] = []
    async with _maker(url, key, shown) as maker:
        with shown:
            look = await make(maker, lambda: maker.create(wanted), shown)
        stem = films.slug(str(wanted.fields.get("prompt", ""))) or look.id
        for index, path in enumerate(films.targets(output, stem, look.outputs)):
            found = await films.save(maker, look.id, index, path, probe)
            seed = None if look.seed is None else look.seed + index
            made.append(films.facts_of(path, found) | {"seed": seed})
            if not as_json:
                told = "" if seed is None else f", seed {seed}"
                took = f"made in {time.monotonic() - started:.1f} s"
                say(f"{films.describe(path, found)}, {took}{told}")
    if as_json:
        print_json({"id": look.id, "films": made, "not_drawn": look.not_drawn})
    elif look.not_drawn:
        say(f"Not drawn: {', '.join(look.not_drawn)}")


@asynccontextmanager
async def _maker(url: str | None, key: str | None, shown: Meter) -> AsyncIterator[Maker]:
    """The server that was named, or else this process. Each loads only what it needs."""
    if url:
        from filmgate.cli import client

        async with client.connect(url, key, shown.say) as maker:
            yield maker
    else:
        from filmgate.cli import local_maker
        from filmgate.processes import logs

        logs.configure("error")
        async with local_maker.open_local_maker() as local:
            yield local


async def make(maker: Maker, create: Callable[[], Awaitable[FilmState]], shown: Meter) -> FilmState:
    """Ask for a video and wait until it is completed; an interruption withdraws it.

    Raises:
        GenerationFailed: it has failed.
    """
    creating = asyncio.ensure_future(create())
    try:
        look = await asyncio.shield(creating)
        while not look.final:
            shown.show(look)
            await asyncio.sleep(look.wait_s)
            look = await maker.look(look.id)
    except asyncio.CancelledError:
        shown.say("stopping")
        with suppress(FilmgateError, TimeoutError):
            async with asyncio.timeout(_LAST_WORDS_S):
                await maker.withdraw((await creating).id)
        raise
    if look.failure is not None:
        raise GenerationFailed(f"The video failed: {look.failure}")
    shown.show(look)
    return look
