"""One process of a rush: `python -m tests.support.rush URL COUNT [KEY]` creates at a signal.

Says ready, waits for a line on stdin, then makes COUNT creates at once and prints what came of
each: the video's id, or the name of what refused it.
"""

import asyncio
import sys
from dataclasses import replace

from tests.support.videos import a_video

from filmgate.domain.account import AccountLimits
from filmgate.domain.replay import Replay
from filmgate.errors import FilmgateError
from filmgate.services import submissions
from filmgate.store.postgres import PostgresDatabase

PAYER = "acct_payer"
DEFAULTS = AccountLimits(max_running=0, max_queued=0, max_per_minute=0)


async def create(database: PostgresDatabase, key: str | None) -> str:
    video = replace(a_video(), account_id=PAYER)
    fresh = key and Replay(
        account_id=PAYER, key=key, fingerprint="", video_id=video.id, created_at=video.created_at
    )
    try:
        await database.write(submissions._insert, video, DEFAULTS, "key_1", fresh or None, None)
    except submissions._Twin as twin:
        return twin.earlier.video_id
    except FilmgateError as error:
        return type(error).__name__
    return video.id


async def rush(url: str, count: int, key: str | None) -> None:
    database = PostgresDatabase(url)
    async with asyncio.TaskGroup() as warm:
        for _ in range(count):
            warm.create_task(database.read(lambda conn: conn.sql.exec_driver_sql("SELECT 1")))
    print("ready", flush=True)
    sys.stdin.readline()
    for told in await asyncio.gather(*(create(database, key) for _ in range(count))):
        print(told, flush=True)
    await database.close()


if __name__ == "__main__":
    asyncio.run(rush(sys.argv[1], int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None))
