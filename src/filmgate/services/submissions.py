"""How a draft becomes a durable video: quote, submit, submit once."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from filmgate.blobs import Blobs
from filmgate.clock import Clock
from filmgate.domain import ids
from filmgate.domain.account import Account, AccountLimits, Caller
from filmgate.domain.admission import admit, check_rate, foresee
from filmgate.domain.audit import Act
from filmgate.domain.batch import PRIORITY, Place
from filmgate.domain.card import Card
from filmgate.domain.draft import Draft, FileRef, fingerprint
from filmgate.domain.replay import Replay
from filmgate.domain.shape import Shape
from filmgate.domain.states import State
from filmgate.domain.video import Request, Standing, Video, folder
from filmgate.errors import (
    FilmgateError,
    IdempotencyKeyReused,
    NotFound,
    Unavailable,
    VideoExpired,
)
from filmgate.media.pictures import Picture
from filmgate.media.pictures import read as read_picture
from filmgate.moderators.base import Case
from filmgate.services import moves
from filmgate.services.attempts import Attempts
from filmgate.services.audit import record_act
from filmgate.services.commissions import (
    SEEDS,
    Belongings,
    Commission,
    Commissions,
    belongings_of,
    cast_of,
    source_of,
)
from filmgate.services.lookup import or_missing
from filmgate.services.moderation import Moderator, Permissive
from filmgate.services.pictures import Pictures, check_fit
from filmgate.services.standings import see, standing_at
from filmgate.store import accounts, batches, replays
from filmgate.store.connections import WriteConnection
from filmgate.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What a draft would be and cost. `affordable` is whether the account could pay now."""

    dialect: str
    model: str
    shape: Shape
    n: int
    price: int
    affordable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What a create made; `replayed` when it was made by an earlier one with the same key."""

    video: Video
    standing: Standing | None
    replayed: bool


class _Twin(Exception):
    """Another create has taken the idempotency key."""

    def __init__(self, earlier: Replay) -> None:
        self.earlier = earlier


class LineTaken(Exception):
    """The line of a batch is a video already, or its batch goes on no more."""


class Submissions:
    """The verbs of who asks for a video."""

    def __init__(
        self,
        *,
        database: Database,
        blobs: Blobs,
        commissions: Commissions,
        pictures: Pictures,
        clock: Clock,
        retention_s: float,
        moderator: Moderator,
        limits: AccountLimits,
        traceparent: Callable[[], str | None] = lambda: None,
    ) -> None:
        self._db = database
        self._blobs = blobs
        self._commissions = commissions
        self._pictures = pictures
        self._clock = clock
        self._retention_s = retention_s
        self._moderator = moderator
        self._limits = limits
        self._attempts = Attempts(clock)
        self._traceparent = traceparent

    async def quote(self, caller: Caller, draft: Draft) -> Quote:
        """Check a draft as `submit` does, and say what it would cost; nothing is stored.

        A picture is looked at only if the account could pay for the video.

        Raises:
            BadRequest: the draft cannot be made.
            RateLimitExceeded: quotes count as creates do.
        """
        work = await self._commissions.draw_up(caller, draft)
        account = await self._account(caller)
        affordable = account.affords(work.price)
        foreseen = foresee(account, 0, self._clock.now(), self._attempts.of(account.id))
        check_rate(foreseen, account.limits.over(self._limits), self._clock.now())
        self._attempts.add(account.id)
        if affordable:
            await self._picture(caller, work)
        return Quote(
            dialect=work.draft.dialect,
            model=work.card.id,
            shape=work.shape,
            n=work.n,
            price=work.price,
            affordable=affordable,
        )

    async def _account(self, caller: Caller) -> Account:
        found = await self._db.read(accounts.get, caller.account_id)
        return or_missing(found, "account", caller.account_id)

    async def submit(
        self, caller: Caller, draft: Draft, line: Place | None = None
    ) -> tuple[Video, Standing]:
        """Check a draft against its card and put a durable video in line.

        The `line` of a batch becomes the video in the same transaction, at the price of batches.

        Raises:
            LineTaken: the line is a video already, or its batch goes on no more.
            BadRequest: the draft cannot be made, or the moderator says no; nothing is stored.
            AccountDisabled, InsufficientBalance, LimitReached: the account may not have it now.
            Unavailable: moderator, database or storage is away; nothing is stored.
        """
        video, files = await self._prepare(caller, draft, in_batch=line is not None)
        return video, await self._insert(caller, video, files, line=line)

    async def submit_once(self, caller: Caller, draft: Draft, key: str) -> Submission:
        """Submit, unless the same `Idempotency-Key` has within a day; then see what that made.

        The key stands or falls with the video: one transaction writes both.

        Raises:
            IdempotencyKeyReused: the key came with another body.
            VideoNotFound: what the key made has been deleted.
            FilmgateError: as `submit`.
        """
        printed, now = await self._print(draft), self._clock.now()
        earlier = await self._db.read(replays.find, caller.account_id, key, now)
        if earlier is not None:
            return await self._replay(caller, earlier, printed)
        video, files = await self._prepare(caller, draft)
        fresh = Replay(
            account_id=caller.account_id,
            key=key,
            fingerprint=printed,
            video_id=video.id,
            created_at=video.created_at,
        )
        try:
            standing = await self._insert(caller, video, files, fresh)
        except _Twin as twin:
            return await self._replay(caller, twin.earlier, printed)
        return Submission(video=video, standing=standing, replayed=False)

    async def _replay(self, caller: Caller, earlier: Replay, printed: str) -> Submission:
        if earlier.fingerprint != printed:
            raise IdempotencyKeyReused(
                "The Idempotency-Key was used within the last day with another request body"
            )
        video, standing = await self._db.read(
            see, caller.account_id, earlier.video_id, self._clock.now()
        )
        return Submission(video=video, standing=standing, replayed=True)

    async def _print(self, draft: Draft) -> str:
        """The fingerprint of a draft; that of one with a file takes long."""
        if draft.picture is None and not isinstance(draft.source, bytes):
            return fingerprint(draft)
        return await asyncio.to_thread(fingerprint, draft)

    async def _prepare(
        self, caller: Caller, draft: Draft, *, in_batch: bool = False
    ) -> tuple[Video, Belongings]:
        if sends_film := isinstance(draft.source, bytes | FileRef):
            await self._foresee(caller, 0, in_batch=in_batch)
        work = await self._commissions.draw_up(caller, draft, in_batch=in_batch)
        if self._is_costly(draft.picture is not None) and not sends_film:
            await self._foresee(caller, work.price, in_batch=in_batch)
        picture = await self._picture(caller, work)
        shown = picture
        if work.film is not None:
            shown = await asyncio.to_thread(read_picture, work.film.look.still)
        await self._moderator.check(_case(caller, work, shown))
        video = self._fresh(caller, work, pictured=picture is not None)
        return video, belongings_of(work, video.id, picture.data if picture else None)

    def _is_costly(self, has_files: bool) -> bool:
        """Whether a create asks for work before it is a row: its files', or a judge's."""
        return has_files or not isinstance(self._moderator, Permissive)

    async def _foresee(self, caller: Caller, price: int, *, in_batch: bool) -> None:
        """Refuse what would be refused in the end before anybody works for it.

        The transaction that inserts the row looks again: only its word counts.
        """
        account, now = await self._account(caller), self._clock.now()
        foreseen = foresee(account, price, now, self._attempts.of(account.id))
        admit(foreseen, self._limits, price, now, in_batch=in_batch)
        self._attempts.add(account.id)

    async def _picture(self, caller: Caller, work: Commission) -> Picture | None:
        if work.draft.picture is None:
            return None
        picture = await self._pictures.load(work.draft.picture, caller.account_id)
        check_fit(picture, work.shape, work.card)
        return picture

    def _fresh(self, caller: Caller, work: Commission, *, pictured: bool) -> Video:
        now, video_id, draft, card = self._clock.now(), ids.video_id(), work.draft, work.card
        source, has_picture = source_of(work, video_id), pictured or work.inherits_picture
        request = Request(
            model=draft.model,
            prompt=draft.prompt or "",
            shape=work.shape,
            seed=secrets.randbelow(SEEDS) if draft.seed is None else draft.seed,
            n=work.n,
            picture=f"{folder(video_id)}/picture" if has_picture else None,
            response_format=draft.response_format or "url",
            user=draft.user,
            extras=_extras(draft, card),
            metadata=draft.metadata,
            source=source,
            characters=cast_of(work, video_id),
        )
        return Video(
            id=video_id,
            account_id=caller.account_id,
            dialect=draft.dialect,
            engine=card.engine,
            request=request,
            state=State.QUEUED,
            progress=0,
            price=work.price,
            created_at=now,
            expires_at=now + self._retention(caller, card),
            max_attempts=card.max_attempts,
            timeout_s=card.timeout_s,
            remixed_from=source.video_id if source else None,
            traceparent=self._traceparent(),
            priority=PRIORITY if work.in_batch else 0,
        )

    def _retention(self, caller: Caller, card: Card) -> float:
        """How long films are kept: as the account has it, else the card, else the server."""
        if caller.retention_s is not None:
            return caller.retention_s
        return self._retention_s if card.retention_hours is None else card.retention_hours * 3600

    async def _insert(
        self,
        caller: Caller,
        video: Video,
        files: Belongings,
        fresh: Replay | None = None,
        line: Place | None = None,
    ) -> Standing:
        wanted = (video, self._limits, caller.key_id, fresh, line)
        standing = await self._with_files(files, partial(self._db.write, _insert, *wanted))
        if self._is_costly(bool(files.puts)):
            self._attempts.take_back(caller.account_id)
        return standing

    async def _with_files(
        self, files: Belongings, insert: Callable[[], Awaitable[Standing]]
    ) -> Standing:
        """Insert a row with its files stored; a row that was refused leaves none."""
        try:
            await self._store(files)
            return await insert()
        except Unavailable:
            raise  # it may be committed all the same; a file that no row names is swept
        except (FilmgateError, _Twin, LineTaken):
            await self._blobs.delete([*files.puts, *files.copies])
            raise

    async def _store(self, files: Belongings) -> None:
        for key, data in files.puts.items():
            await self._blobs.put(key, data)
        for key, source in files.copies.items():
            try:
                await self._blobs.copy(source, key)
            except NotFound as error:
                if key not in files.optional:
                    raise VideoExpired("The files of the source video were removed") from error


def _case(caller: Caller, work: Commission, picture: Picture | None) -> Case:
    draft = work.draft
    negative = _extras(draft, work.card).get("negative_prompt")
    return Case(
        account_id=caller.account_id,
        user=draft.user,
        model=draft.model,
        prompt=draft.prompt or "",
        negative_prompt=negative if isinstance(negative, str) else None,
        picture=picture,
    )


def _extras(draft: Draft, card: Card) -> dict[str, object]:
    known = {name: draft.metadata[name] for name in card.uses if name in draft.metadata}
    return known | dict(draft.extras)


def _insert(
    conn: WriteConnection,
    video: Video,
    defaults: AccountLimits,
    key_id: str,
    fresh: Replay | None,
    line: Place | None,
) -> Standing:
    """Put a video in line, and take its idempotency key or its line of a batch with it.

    Raises:
        _Twin: another create has the key.
        LineTaken: the line is a video already.
    """
    if line is not None:
        batches.hold(conn, line.batch_id)
        if not batches.order(conn, line, video.id):
            raise LineTaken
    if fresh is not None and not replays.take(conn, fresh):
        earlier = replays.find(conn, fresh.account_id, fresh.key, fresh.created_at)
        raise _Twin(or_missing(earlier, "video", fresh.video_id))
    rank = moves.enter(conn, video, defaults=defaults, key_id=key_id)
    record_act(
        conn,
        Act.VIDEO_CREATED,
        video.id,
        at=video.created_at,
        account_id=video.account_id,
        key_id=key_id,
    )
    return standing_at(conn, video, rank)
