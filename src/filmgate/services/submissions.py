"""How a draft becomes a durable video: quote, submit, submit once."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial

from filmgate.blobs import Blobs
from filmgate.clock import Clock
from filmgate.domain import ids
from filmgate.domain.account import Account, AccountLimits, Caller
from filmgate.domain.admission import admit, check_rate, foresee
from filmgate.domain.audit import Act
from filmgate.domain.batch import PRIORITY, Place
from filmgate.domain.card import Card, Catalogue
from filmgate.domain.draft import MAX_PROMPT, Draft, fingerprint
from filmgate.domain.replay import Replay
from filmgate.domain.shape import Shape
from filmgate.domain.states import State
from filmgate.domain.video import Request, Standing, Video, folder
from filmgate.errors import (
    FilmgateError,
    IdempotencyKeyReused,
    InvalidParameter,
    MissingParameter,
    Unavailable,
)
from filmgate.media.pictures import Picture
from filmgate.moderators.base import Case
from filmgate.services import moves
from filmgate.services.attempts import Attempts
from filmgate.services.audit import record_act
from filmgate.services.lookup import or_missing
from filmgate.services.models import Models
from filmgate.services.moderation import Moderator, Permissive
from filmgate.services.pictures import Pictures, check_fit
from filmgate.services.standings import see, standing_at
from filmgate.store import accounts, batches, replays
from filmgate.store.connections import WriteConnection
from filmgate.store.database import Database

_SEEDS = 2**32


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What a draft would be and cost. `affordable` is whether the account could pay now."""

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
        catalogue: Catalogue,
        models: Models,
        pictures: Pictures,
        clock: Clock,
        retention_s: float,
        moderator: Moderator,
        limits: AccountLimits,
        traceparent: Callable[[], str | None] = lambda: None,
    ) -> None:
        self._db = database
        self._blobs = blobs
        self._catalogue = catalogue
        self._models = models
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
        card = self._catalogue.get(draft.model).at_percent(caller.price_percent)
        await self._models.refuse_unmakeable(card)
        shape, n = check(draft, card), draft.n or 1
        price = card.cost(shape, n, picture=draft.picture is not None)
        account = await self._account(caller)
        affordable = account.affords(price)
        foreseen = foresee(account, 0, self._clock.now(), self._attempts.of(account.id))
        check_rate(foreseen, self._limits, self._clock.now())
        self._attempts.add(account.id)
        if affordable:
            await self._picture(caller, draft, shape, card)
        return Quote(model=card.id, shape=shape, n=n, price=price, affordable=affordable)

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
        video, picture = await self._prepare(caller, draft, in_batch=line is not None)
        return video, await self._insert(caller, video, picture, line=line)

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
        video, picture = await self._prepare(caller, draft)
        fresh = Replay(
            account_id=caller.account_id,
            key=key,
            fingerprint=printed,
            video_id=video.id,
            created_at=video.created_at,
        )
        try:
            standing = await self._insert(caller, video, picture, fresh)
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
        """The fingerprint of a draft; that of one with a picture takes long."""
        if draft.picture is None:
            return fingerprint(draft)
        return await asyncio.to_thread(fingerprint, draft)

    async def _prepare(
        self, caller: Caller, draft: Draft, *, in_batch: bool = False
    ) -> tuple[Video, Picture | None]:
        card = self._catalogue.get(draft.model).at_percent(caller.price_percent)
        await self._models.refuse_unmakeable(card)
        shape = check(draft, card)
        price = card.cost(shape, draft.n or 1, picture=draft.picture is not None, in_batch=in_batch)
        if self._is_costly(draft.picture):
            await self._foresee(caller, price)
        picture = await self._picture(caller, draft, shape, card)
        await self._moderator.check(_case(caller, draft, card, picture))
        video = self._fresh(caller, draft, card, shape, picture)
        return replace(video, price=price, priority=PRIORITY if in_batch else 0), picture

    def _is_costly(self, picture: object | None) -> bool:
        """Whether a create asks for work before it is a row: a picture's, or a judge's."""
        return picture is not None or not isinstance(self._moderator, Permissive)

    async def _foresee(self, caller: Caller, price: int) -> None:
        """Refuse what would be refused in the end before anybody works for it.

        The transaction that inserts the row looks again: only its word counts.
        """
        account, now = await self._account(caller), self._clock.now()
        attempts = self._attempts.of(account.id)
        admit(foresee(account, price, now, attempts), self._limits, price, now)
        self._attempts.add(account.id)

    async def _picture(
        self, caller: Caller, draft: Draft, shape: Shape, card: Card
    ) -> Picture | None:
        if draft.picture is None:
            return None
        picture = await self._pictures.load(draft.picture, caller.account_id)
        check_fit(picture, shape, card)
        return picture

    def _fresh(
        self, caller: Caller, draft: Draft, card: Card, shape: Shape, picture: Picture | None
    ) -> Video:
        now, video_id = self._clock.now(), ids.video_id()
        request = Request(
            model=draft.model,
            prompt=draft.prompt or "",
            shape=shape,
            seed=secrets.randbelow(_SEEDS) if draft.seed is None else draft.seed,
            n=draft.n or 1,
            picture=f"{folder(video_id)}/picture" if picture else None,
            response_format=draft.response_format or "url",
            user=draft.user,
            extras=_extras(draft, card),
            metadata=draft.metadata,
        )
        return Video(
            id=video_id,
            account_id=caller.account_id,
            dialect=draft.dialect,
            engine=card.engine,
            request=request,
            state=State.QUEUED,
            progress=0,
            price=card.cost(shape, request.n, picture=picture is not None),
            created_at=now,
            expires_at=now + self._retention(caller, card),
            max_attempts=card.max_attempts,
            timeout_s=card.timeout_s,
            traceparent=self._traceparent(),
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
        picture: Picture | None,
        fresh: Replay | None = None,
        line: Place | None = None,
    ) -> Standing:
        wanted = (video, self._limits, caller.key_id, fresh, line)
        standing = await self._with_picture(
            video, picture, partial(self._db.write, _insert, *wanted)
        )
        if self._is_costly(picture):
            self._attempts.take_back(caller.account_id)
        return standing

    async def _with_picture(
        self, video: Video, picture: Picture | None, insert: Callable[[], Awaitable[Standing]]
    ) -> Standing:
        """Insert a row with its picture stored; a row that was refused leaves none."""
        if picture is None or video.request.picture is None:
            return await insert()
        await self._blobs.put(video.request.picture, picture.data)
        try:
            return await insert()
        except Unavailable:
            raise  # it may be committed all the same; a picture that no row names is swept
        except (FilmgateError, _Twin, LineTaken):
            await self._blobs.delete([video.request.picture])
            raise


def check(draft: Draft, card: Card) -> Shape:
    """The measures of a draft, everything else of it checked too.

    Raises:
        BadRequest: the draft cannot be made by this card.
    """
    if not draft.prompt and draft.picture is None:
        raise MissingParameter("A prompt is required unless a picture is given", param="prompt")
    if draft.prompt is not None and len(draft.prompt) > MAX_PROMPT:
        reason = f"must have at most {MAX_PROMPT} characters, got {len(draft.prompt)}"
        raise InvalidParameter("prompt", reason)
    if draft.seed is not None and not 0 <= draft.seed < _SEEDS:
        raise InvalidParameter("seed", f"must be between 0 and {_SEEDS - 1}")
    if (draft.width is None) != (draft.height is None):
        absent = "width" if draft.width is None else "height"
        raise InvalidParameter(absent, "is needed: give both width and height, or neither")
    card.check_n(1 if draft.n is None else draft.n)
    card.check_uses(draft.extras)
    card.check_picture(given=draft.picture is not None)
    if draft.width is None or draft.height is None:
        return card.shape(draft.seconds, None, draft.fps)
    return card.shape(draft.seconds, (draft.width, draft.height), draft.fps)


def _case(caller: Caller, draft: Draft, card: Card, picture: Picture | None) -> Case:
    negative = _extras(draft, card).get("negative_prompt")
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
