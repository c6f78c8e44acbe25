"""What production stands on: the shared database, the bucket, the moderator, the upstreams."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

from filmgate.domain.finding import Finding, bad, good, mind
from filmgate.errors import FilmgateError

if TYPE_CHECKING:
    from filmgate.domain.examined import Examined
    from filmgate.settings import Settings

_PATIENCE_S = 10.0
_CLOCK_OFF_S = 5.0


async def examine(config: "Settings") -> list[Finding]:
    """Everything outside this machine that the settings name."""
    found = [await _storage(config)]
    found += [finding async for finding in _database(config)]
    found += [finding async for finding in _standby(config)]
    found += [finding async for finding in _moderator(config)]
    return found + [finding async for finding in _upstreams(config)]


async def _database(config: "Settings") -> AsyncIterator[Finding]:
    from filmgate import databases

    try:
        there = await databases.examine(config)
    except FilmgateError as error:
        yield bad("database", error.message, "see database_url, and the log of PostgreSQL")
        return
    for finding in _judge(config, there) if there is not None else ():
        yield finding


async def _standby(config: "Settings") -> AsyncIterator[Finding]:
    from filmgate import databases

    mend = "see database_read_url; meanwhile the primary answers"
    try:
        there = await databases.examine_standby(config)
    except FilmgateError as error:
        yield mind("standby", error.message, mend)
        return
    if there is None:
        return
    what = f"PostgreSQL {there.version}, database {there.name}"
    if there.standby:
        yield good("standby", what)
    else:
        yield mind("standby", f"{what}: no standby, so it is never asked", mend)


def _judge(config: "Settings", there: "Examined") -> Iterator[Finding]:
    from filmgate.checks.data import judge_revision

    what = f"PostgreSQL {there.version}, database {there.name}, role {there.role}"
    if there.standby:
        yield bad("database", f"{what}: a standby, which only reads", "name the primary")
    elif not there.may_write or (there.revision is None and not there.may_create):
        mend = f"GRANT the tables, and CREATE on the schema, to {there.role}"
        yield bad("database", f"{what}: the role may not write here", mend)
    else:
        yield good("database", what)
    if there.revision is None:
        yield good("schema", "none yet; the first start makes it")
    else:
        yield judge_revision("schema", there.revision)
    yield _connections(config, there)
    yield _clock(there)


def _connections(config: "Settings", there: "Examined") -> Finding:
    from filmgate import databases

    fits, text = databases.judge_connections(config, there)
    mend = "raise max_connections, or put a pooler in between"
    return good("pool", text) if fits else mind("pool", text, mend)


def _clock(there: "Examined") -> Finding:
    off = time.time() - there.now
    text = f"{abs(off):.1f} s {'before' if off > 0 else 'behind'} the database's"
    if abs(off) > _CLOCK_OFF_S:
        return mind("clock", text, "set this machine's clock: tokens and signatures go by it")
    return good("clock", text)


async def _storage(config: "Settings") -> Finding:
    """Write, read and delete, as a server will."""
    from filmgate import wiring

    where = config.storage or f"{config.data}/files"
    if config.storage is None and not (config.data / "files").is_dir():
        return good("storage", f"{where}: none yet; the first start makes it")
    try:
        async with asyncio.timeout(_PATIENCE_S):
            await wiring.blobs_of(config).prove()
    except TimeoutError:
        return bad("storage", f"{where} does not answer within {_PATIENCE_S:g} s", _STORAGE_MEND)
    except FilmgateError as error:
        cause = " ".join(str(error.__cause__ or "").split())[:300]
        return bad(
            "storage", f"{where}: {error.message}{f': {cause}' if cause else ''}", _STORAGE_MEND
        )
    return good("storage", f"{where} can be written, read and deleted from")


_STORAGE_MEND = "see storage and storage_options: bucket, endpoint, region, keys and their rights"


async def _moderator(config: "Settings") -> AsyncIterator[Finding]:
    from filmgate import outward
    from filmgate.moderators.base import Case, JudgeFailed
    from filmgate.services.moderation import Permissive

    judge = outward.moderator(config)
    if isinstance(judge, Permissive):
        return
    case = Case(account_id="acct_doctor", user=None, model="sora-1.0", prompt="a quiet sea")
    try:
        verdict = await judge.ask(case)
    except JudgeFailed as error:
        closed = config.moderation_failure == "closed"
        meaning = "every create is refused" if closed else "every create passes unseen"
        mend = "see moderation_command, moderation_url and moderation_timeout_s"
        yield bad("moderator", f"gives no verdict, so {meaning}: {error}", mend)
        return
    if verdict.allowed:
        yield good("moderator", 'answers, and allows "a quiet sea"')
    else:
        yield mind("moderator", f'answers, and refuses "a quiet sea": {verdict.reason}')


async def _upstreams(config: "Settings") -> AsyncIterator[Finding]:
    from filmgate import relays

    for one in relays.list_upstreams(config):
        try:
            async with asyncio.timeout(_PATIENCE_S):
                yield good("upstream", f"{one.id}: {await relays.check(config, one)}")
        except TimeoutError:
            text = f"{one.id} does not answer within {_PATIENCE_S:g} s"
            yield bad("upstream", text, f"see `filmgate upstreams test {one.id}`")
        except FilmgateError as error:
            yield bad("upstream", f"{one.id}: {error.message}", "see its url and key")
