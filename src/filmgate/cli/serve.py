"""`filmgate serve` and `filmgate worker`: from the first key to the last lease given back."""

import asyncio
import json
import logging
import os
import shlex
import shutil
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from filmgate import databases, wiring
from filmgate.errors import FilmgateError, SettingsError, Unavailable
from filmgate.pauses import pauses
from filmgate.processes import connections, grounds, lifeline, metrics_door
from filmgate.processes.launchers.reconciler import bounds_of
from filmgate.processes.supervisor import Supervisor
from filmgate.settings import GOOD_KEY, Settings, unknown_variables
from filmgate.wiring import House

Say = Callable[[str], None]

log = logging.getLogger(__name__)

_PATIENCE_S = 10.0
_BLINK_S = 0.1


def environment(given: Mapping[str, Any]) -> dict[str, str]:
    """This process's environment with the command line's settings in it, for the children."""
    variables = dict(os.environ)
    for name, value in given.items():
        if value is not None:
            text = json.dumps(value) if isinstance(value, Mapping) else str(value)
            variables[f"FILMGATE_{name.upper()}"] = text
    return variables


def serve(config: Settings, given: Mapping[str, Any], say: Say) -> None:
    """Serve until SIGTERM or SIGINT.

    Raises:
        SettingsError: the port or the data folder is taken, or something else will not heal.
        Unavailable: the data folder cannot be written.
    """
    came = lifeline.note_signals()
    grounds.check_port(config.host, config.port)
    check_moderator(config)
    prepare_process(config)
    descriptor = grounds.lock_folder(config.data)
    try:
        prepare_data(config, say, came)
        if not came:
            asyncio.run(_serve(config, environment(given), say, came))
    finally:
        os.close(descriptor)


def work(config: Settings, given: Mapping[str, Any], engines: Sequence[str], say: Say) -> None:
    """Run workers alone, for a database and a storage that others serve, until SIGTERM.

    Raises:
        SettingsError: no such engine.
        Unavailable: the database or the data folder is away.
    """
    for name in engines:
        if name not in config.engines:
            raise SettingsError(f"no engine '{name}'; engines here: {', '.join(config.engines)}")
    came = lifeline.note_signals()
    lifeline.tie()
    prepare_process(config)
    prepare_data(config, say, came)
    if not came:
        asyncio.run(_work(config, environment(given), engines or tuple(config.engines), say, came))


def alone_of(config: Settings) -> Settings:
    """These settings, with one worker an engine."""
    tables = {n: one.model_copy(update={"workers": 1}) for n, one in config.engines.items()}
    return config.model_copy(update={"engines": tables})


def prepare_process(config: Settings) -> None:
    """Set what children inherit, and warn of what an operator may not have meant."""
    grounds.keep_private()
    connections.raise_descriptor_limit()
    for name, near in unknown_variables():
        hint = f"; did you mean {near}?" if near else ""
        log.warning("%s is not a setting, and nothing reads it%s", name, hint)
    if config.api_key and len(config.api_key.get_secret_value()) < GOOD_KEY:
        log.warning("api_key has fewer than %d characters: it can be guessed", GOOD_KEY)


def check_moderator(config: Settings) -> None:
    """Raise SettingsError where the moderator is a command that is not there."""
    words = shlex.split(config.moderation_command or "")
    if words and shutil.which(words[0]) is None:
        raise SettingsError(f"moderation_command is '{words[0]}', which is no command here")


def prepare_data(config: Settings, say: Say, came: Sequence[int] = ()) -> None:
    """Make the database ready; wait, and say so, while one that others run is away.

    Until a signal `came`: then there is nothing to make ready for.

    Raises:
        SettingsError: the database refuses us, and will go on to.
        Unavailable: our own folder or file cannot be written.
    """
    for pause_s in pauses(1, 15):
        try:
            wiring.prepare_data(config)
            break
        except Unavailable as error:
            if config.database_url is None:
                raise
            say(f"Waiting for the database: {why(error)}")
            again = time.monotonic() + pause_s
            while not came and time.monotonic() < again:
                time.sleep(_BLINK_S)
        if came:
            break


async def tell_of_connections(config: Settings) -> None:
    """Log how many connections this server may take, and warn where the database has too few."""
    with suppress(FilmgateError):
        there = await databases.examine(config)
        if there is not None:
            fits, text = databases.judge_connections(config, there)
            log.log(logging.INFO if fits else logging.WARNING, "database: %s", text)


def why(error: FilmgateError) -> str:
    """An error, and what was said beneath it."""
    cause = " ".join(str(error.__cause__ or "").split())[:300]
    return f"{error.message} ({cause})" if cause else error.message


async def _serve(
    config: Settings, variables: Mapping[str, str], say: Say, came: Sequence[int]
) -> None:
    async with _house(config, came) as (house, stop, hurry):
        secret = config.api_key.get_secret_value() if config.api_key else None
        fresh = await house.keys.ensure_first(secret, config.data / "api-key")
        await house.stations.lay_down(bounds_of(config, scaled=True))
        engines = tuple(config.engines)
        own = Supervisor(house, variables, http=True, engines=engines)
        await _run(own, stop, hurry, say, _announce(house, fresh, stop, say))


async def _work(
    config: Settings,
    variables: Mapping[str, str],
    engines: Sequence[str],
    say: Say,
    came: Sequence[int],
) -> None:
    async with _house(config, came) as (house, stop, hurry):
        say(f"Filmgate works for: {', '.join(engines)}")
        own = Supervisor(house, variables, http=False, engines=engines)
        await _run(own, stop, hurry, say)


async def _run(
    own: Supervisor,
    stop: asyncio.Event,
    hurry: asyncio.Event,
    say: Say,
    *words: Coroutine[Any, Any, None],
) -> None:
    """Let the supervisor run, and meanwhile say what there is to say."""
    saying = [asyncio.create_task(one) for one in (_tell_of_stop(own, stop, hurry, say), *words)]
    try:
        await own.run(stop, hurry)
    finally:
        for task in saying:
            task.cancel()
        await asyncio.gather(*saying, return_exceptions=True)


async def _tell_of_stop(
    own: Supervisor, stop: asyncio.Event, hurry: asyncio.Event, say: Say
) -> None:
    await stop.wait()
    with suppress(Unavailable):
        if held := await own.count_held():
            say(farewell(held, own.grace_s))
            await hurry.wait()
            say(f"Giving {'it' if held == 1 else 'them'} back to the queue")


@asynccontextmanager
async def _house(
    config: Settings, came: Sequence[int]
) -> AsyncIterator[tuple[House, asyncio.Event, asyncio.Event]]:
    """The services, and what the first and the second signal set; the dead are buried first."""
    stop, hurry = asyncio.Event(), asyncio.Event()
    lifeline.listen_for_signals(stop, hurry, came)
    forget_counts(config.data / wiring.METRICS)
    await tell_of_connections(config)
    slot = f"{os.getpid()}/supervisor"
    async with wiring.open_house(config, slot=slot) as house, metrics_door.open_door(house):
        await wiring.undertaker(house).run_once()
        yield house, stop, hurry


def forget_counts(root: Path) -> None:
    """Remove what supervisors that are gone have counted, and one that had this process's id."""
    for folder in root.iterdir() if root.is_dir() else ():
        if folder.name == str(os.getpid()) or not Path("/proc", folder.name).exists():
            shutil.rmtree(folder, ignore_errors=True)


async def _announce(house: House, fresh: str | None, stop: asyncio.Event, say: Say) -> None:
    """Say once that the server is ready, with lines to paste; until then what it waits for."""
    looked = house.clock.monotonic()
    while (trouble := await _trouble(house)) is not None and not stop.is_set():
        if house.clock.monotonic() - looked > _PATIENCE_S:
            looked = house.clock.monotonic()
            say(f"Not ready yet: {trouble}. `filmgate doctor` may help.")
        await asyncio.sleep(0.02)
    if not stop.is_set():
        journal = not sys.stdout.isatty()  # which keeps what it is told: the key stays in its file
        say(greeting(house.settings, None if journal else fresh, private=not journal))


async def _trouble(house: House) -> str | None:
    """What keeps this server from making videos: no listener, no storage, no worker."""
    config = house.settings
    wanted = any(engine.workers for engine in config.engines.values())
    try:
        socket.create_connection((config.local_host, config.port), timeout=1).close()
        troubles = [worker.condition.trouble for worker in await house.workers.live()]
        if wanted and None not in troubles:
            return troubles[0] if troubles else "no worker is open"
        await house.blobs.check()
    except OSError:
        return "nobody listens yet"
    except Unavailable as error:
        return why(error)
    return None


def farewell(held: int, grace_s: float) -> str:
    """What a stop waits for, and how to wait no longer."""
    videos, them = ("1 video", "it") if held == 1 else (f"{held} videos", "them")
    again = "Ctrl-C again" if sys.stdin.isatty() else "a second SIGTERM"
    return f"{videos} finishing, up to {grace_s:g} s; {again} gives {them} back"


def greeting(config: Settings, fresh: str | None, *, private: bool = False) -> str:
    """What to paste into a shell, and where to look.

    Where only the operator reads it, with a link that opens the studio signed in: what stands after
    a `#` is never sent, and the studio takes it out of the address at once.
    """
    url = config.local_url
    lines = [f"Filmgate is ready: {url}", f"export OPENAI_BASE_URL={url}/v1"]
    file = config.data / "api-key"
    key = fresh or (file.read_text().strip() if config.api_key is None and file.exists() else None)
    if private and config.is_local and config.pages and key:
        lines.append(f"The studio, signed in: {url}/#key={quote(key)}")
    if fresh is not None:
        lines.append(f"export OPENAI_API_KEY={fresh}")
    elif config.api_key is None and file.exists():
        path = shlex.quote(str(file.absolute()))
        lines.append(f'export OPENAI_API_KEY="$(cat {path})"')
    return "\n".join(lines)
