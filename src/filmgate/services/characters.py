"""What an account does with its characters."""

import asyncio
import hashlib
from functools import partial

from filmgate.blobs import Blobs
from filmgate.clock import Clock
from filmgate.domain import ids
from filmgate.domain.account import Caller
from filmgate.domain.audit import Act
from filmgate.domain.character import MOST_MS, Character
from filmgate.domain.draft import FileRef
from filmgate.domain.file import MAX_FILENAME, KeptFile, Purpose
from filmgate.domain.replay import Replay
from filmgate.errors import CharacterNotFound, FilmgateError, IdempotencyKeyReused, Unavailable
from filmgate.media.pictures import read
from filmgate.moderators.base import Case
from filmgate.services.audit import record_act
from filmgate.services.files import Files, keep_file, remove_file
from filmgate.services.foreign_films import ForeignFilms
from filmgate.services.lookup import or_missing
from filmgate.services.moderation import Moderator
from filmgate.store import characters, replays
from filmgate.store.connections import WriteConnection
from filmgate.store.database import Database


class Characters:
    """The verbs of characters. Each is beside a file, whose quota and time are its own, too."""

    def __init__(
        self,
        *,
        database: Database,
        blobs: Blobs,
        files: Files,
        films: ForeignFilms,
        moderator: Moderator,
        clock: Clock,
    ) -> None:
        self._db = database
        self._blobs = blobs
        self._files = files
        self._films = films
        self._moderator = moderator
        self._clock = clock

    async def create(self, caller: Caller, name: str, source: bytes | FileRef) -> Character:
        """Make a character of a film that shows it.

        Raises:
            InvalidVideo: the film is none that we take.
            ContentRefused: the moderator says no, to the name or to what the film shows.
            FileQuotaExceeded: the account would keep more than it may.
            Unavailable: database or storage is away, or full.
        """
        return (await self._create(caller, name, source, None))[0]

    async def create_once(
        self, caller: Caller, name: str, source: bytes | FileRef, key: str
    ) -> tuple[Character, bool]:
        """Create, unless the same `Idempotency-Key` has within a day; and whether it has.

        Raises:
            IdempotencyKeyReused: the key came with another body.
            CharacterNotFound: what the key made has been deleted.
            FilmgateError: as `create`.
        """
        sent = source if isinstance(source, bytes) else source.file_id.encode()
        named = f"character {len(name)} {name} ".encode()
        printed = await asyncio.to_thread(lambda: hashlib.sha256(named + sent).hexdigest())
        fresh = Replay(
            account_id=caller.account_id,
            key=key,
            fingerprint=printed,
            video_id=ids.character_id(),
            created_at=self._clock.now(),
        )
        earlier = await self._db.read(replays.find, fresh.account_id, key, fresh.created_at)
        if earlier is not None:
            return await self._replay(caller, earlier, fresh.fingerprint), True
        return await self._create(caller, name, source, fresh)

    async def get(self, caller: Caller, character_id: str) -> Character:
        """The caller's character.

        Raises:
            CharacterNotFound: unknown, deleted, over its time, or another account's.
        """
        now = self._clock.now()
        found = await self._db.read(characters.get, character_id, caller.account_id, now)
        return or_missing(found, "character", character_id, CharacterNotFound)

    async def delete(self, caller: Caller, character_id: str) -> None:
        """Remove a character and its film. Videos keep their own copy.

        Raises:
            CharacterNotFound: unknown, deleted, over its time, or another account's.
        """
        found = await self.get(caller, character_id)
        await self._db.write(_remove, caller, found, self._clock.now())
        await self._files.drop([found.file_id])

    async def _create(
        self, caller: Caller, name: str, source: bytes | FileRef, key: Replay | None
    ) -> tuple[Character, bool]:
        film = await self._films.look_at(source, caller.account_id, MOST_MS)
        shown = await asyncio.to_thread(read, film.look.still)
        case = Case(account_id=caller.account_id, user=None, model="", prompt=name, picture=shown)
        await self._moderator.check(case)
        portrait = await self._films.portray(film, caller.account_id)
        filename = f"{name[: MAX_FILENAME - 4]}.mp4"
        file = self._files.fresh(
            caller, len(portrait.film), filename=filename, purpose=Purpose.CHARACTER
        )
        fresh = Character(
            id=key.video_id if key else ids.character_id(),
            account_id=caller.account_id,
            name=name,
            file_id=file.id,
            colours=portrait.colours,
            created_at=file.created_at,
            expires_at=file.expires_at,
        )
        await self._blobs.put(file.key, portrait.film)
        try:
            add = partial(_add, caller=caller, file=file, fresh=fresh, quota=self._files.quota)
            twin = await self._db.write(add, key)
        except Unavailable:
            raise  # it may be committed all the same; a file that no row names is swept
        except FilmgateError:
            await self._blobs.delete([file.key])
            raise
        if twin is None or key is None:
            return fresh, False
        await self._blobs.delete([file.key])
        return await self._replay(caller, twin, key.fingerprint), True

    async def _replay(self, caller: Caller, earlier: Replay, printed: str) -> Character:
        if earlier.fingerprint != printed:
            raise IdempotencyKeyReused(
                "The Idempotency-Key was used within the last day with another request body"
            )
        return await self.get(caller, earlier.video_id)


def _add(
    conn: WriteConnection,
    key: Replay | None,
    *,
    caller: Caller,
    file: KeptFile,
    fresh: Character,
    quota: int,
) -> Replay | None:
    """Add a character and its file; or what another request has made with the key meanwhile."""
    if key is not None and not replays.take(conn, key):
        return replays.find(conn, key.account_id, key.key, key.created_at)
    keep_file(conn, caller, file, quota)
    characters.add(conn, fresh)
    _write_act(conn, caller, Act.CHARACTER_CREATED, fresh.id, fresh.created_at)
    return None


def _remove(conn: WriteConnection, caller: Caller, gone: Character, now: float) -> None:
    if remove_file(conn, caller, gone.file_id, now):
        _write_act(conn, caller, Act.CHARACTER_DELETED, gone.id, now)


def _write_act(conn: WriteConnection, caller: Caller, act: Act, subject: str, now: float) -> None:
    record_act(conn, act, subject, at=now, account_id=caller.account_id, key_id=caller.key_id)
