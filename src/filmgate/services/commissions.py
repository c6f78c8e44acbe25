"""What a draft asks to be made: checked against its card, and made whole by what it follows."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from filmgate.clock import Clock
from filmgate.domain.account import Caller
from filmgate.domain.card import Card, Catalogue, Size
from filmgate.domain.character import CastMember, Character, cast_member
from filmgate.domain.draft import MAX_PROMPT, Draft, FileRef
from filmgate.domain.file import file_key
from filmgate.domain.shape import Shape
from filmgate.domain.source import (
    MAX_ADDED_MS,
    MAX_EXTENSIONS,
    MAX_TOTAL_MS,
    MIN_ADDED_MS,
    Source,
    Verb,
)
from filmgate.domain.states import State
from filmgate.domain.video import KEEPSAKE, Request, Video, folder, stored_folder
from filmgate.errors import (
    CharacterNotFound,
    InvalidParameter,
    MissingParameter,
    VideoExpired,
    VideoNotCompleted,
    VideoNotFound,
)
from filmgate.services.foreign_films import ForeignFilm, ForeignFilms
from filmgate.services.lookup import or_missing
from filmgate.services.models import Models
from filmgate.store import characters, videos
from filmgate.store.database import Database

SEEDS = 2**32


@dataclass(frozen=True, slots=True, kw_only=True)
class Commission:
    """What is to be made. `billed` is the shape of what is made anew, and paid.

    `origin` is the video that it follows, if it follows one; `film` the one that its caller sent
    instead, and `base` the shape of either. The films of its `cast` are where they are kept now.
    """

    draft: Draft
    card: Card
    shape: Shape
    billed: Shape
    origin: Video | None = None
    film: ForeignFilm | None = None
    base: Shape | None = None
    cast: tuple[CastMember, ...] = ()
    in_batch: bool = False

    @property
    def n(self) -> int:
        """How many outputs."""
        return self.draft.n or 1

    @property
    def price(self) -> int:
        """What it costs, in micro-dollars."""
        remade = self.draft.verb is Verb.REMIX and self.inherits_picture
        pictured = self.draft.picture is not None or remade
        return self.card.cost(self.billed, self.n, picture=pictured, in_batch=self.in_batch)

    @property
    def inherits_picture(self) -> bool:
        """Whether its first frame is the one of what it follows."""
        origin = self.origin.request.picture if self.origin else None
        return origin is not None and self.draft.picture is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongings:
    """The files that come with a fresh video: bytes to store, and keys to copy, by their key.

    What is `optional` may be gone without harm.
    """

    puts: Mapping[str, bytes] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()


class Commissions:
    """Draws up what drafts ask for."""

    def __init__(
        self,
        *,
        database: Database,
        catalogue: Catalogue,
        models: Models,
        films: ForeignFilms,
        clock: Clock,
    ) -> None:
        self._db = database
        self._catalogue = catalogue
        self._models = models
        self._films = films
        self._clock = clock

    async def draw_up(self, caller: Caller, draft: Draft, *, in_batch: bool = False) -> Commission:
        """What a draft asks for; a line of a batch has the price of batches.

        Raises:
            BadRequest: it cannot be made by its card, or not of its source.
            VideoNotFound, VideoExpired: its source is not there, or not any more.
            CharacterNotFound: one of its characters is not.
        """
        work = await self._draw_up(caller, draft)
        return replace(work, cast=await self._cast(caller, work), in_batch=in_batch)

    async def _draw_up(self, caller: Caller, draft: Draft) -> Commission:
        if draft.verb is None or draft.source is None:
            card = await self._card(caller, draft.model)
            shape = check(draft, card)
            return Commission(draft=draft, card=card, shape=shape, billed=shape)
        if isinstance(draft.source, str):
            return await self._follow(caller, draft, draft.verb, draft.source)
        return await self._take_in(caller, draft, draft.verb, draft.source)

    async def _cast(self, caller: Caller, work: Commission) -> tuple[CastMember, ...]:
        """Who is in it: those that the draft names, else those of what it follows."""
        wanted = work.draft.characters
        if not wanted:
            able = "characters" in work.card.can and work.origin is not None
            return work.origin.request.characters if able and work.origin else ()
        work.card.check_can("characters")
        found = [await self._character(caller, one) for one in wanted]
        return tuple(cast_member(one, file_key(one.file_id)) for one in found)

    async def _character(self, caller: Caller, character_id: str) -> Character:
        now = self._clock.now()
        found = await self._db.read(characters.get, character_id, caller.account_id, now)
        return or_missing(found, "character", character_id, CharacterNotFound)

    async def _take_in(
        self, caller: Caller, draft: Draft, verb: Verb, source: bytes | FileRef
    ) -> Commission:
        """What follows a film that the caller sent; it is looked at last."""
        card = await self._card(caller, draft.model)
        card.check_can(verb)
        refuse_incomplete(draft, verb)
        check_words(draft, card)
        film = await self._films.look_at(source, caller.account_id, MAX_TOTAL_MS)
        base = card.shape_of(film.look.footage)
        before = Request(model=draft.model, prompt="", shape=base, seed=0)
        shape, billed = follow_shape(draft, verb, before, card)
        return Commission(draft=draft, card=card, shape=shape, billed=billed, film=film, base=base)

    async def _follow(self, caller: Caller, draft: Draft, verb: Verb, source_id: str) -> Commission:
        found = await self._db.read(videos.get, source_id, caller.account_id)
        origin = or_missing(found, "video", source_id, VideoNotFound)
        self._refuse_unfinished(origin, verb)
        card = await self._card(caller, draft.model or origin.request.model)
        card.check_can(verb)
        refuse_incomplete(draft, verb)
        whole = complete_draft(draft, origin.request, card)
        check_words(whole, card)
        whole = replace(whole, dialect=draft.dialect or origin.dialect)
        shape, billed = follow_shape(whole, verb, origin.request, card)
        model = origin.request.model
        if model not in self._catalogue or self._catalogue.get(model).id != card.id:
            check_as_own(shape, verb, card)
        return Commission(
            draft=whole,
            card=card,
            shape=shape,
            billed=billed,
            origin=origin,
            base=origin.request.shape,
        )

    async def _card(self, caller: Caller, model: str) -> Card:
        card = self._catalogue.get(model).at_percent(caller.price_percent)
        await self._models.refuse_unmakeable(card)
        return card

    def _refuse_unfinished(self, origin: Video, verb: Verb) -> None:
        if origin.state is not State.COMPLETED:
            done = {Verb.REMIX: "remixed", Verb.EDIT: "edited", Verb.EXTEND: "extended"}[verb]
            raise VideoNotCompleted(
                f"Only a completed video can be {done}; {origin.id} is {origin.state}",
                param="source",
            )
        if origin.expires_at is not None and origin.expires_at <= self._clock.now():
            raise VideoExpired("The video has expired and its files were removed")


def check(draft: Draft, card: Card) -> Shape:
    """The measures of a draft that follows nothing, everything else of it checked too.

    Raises:
        BadRequest: the draft cannot be made by this card.
    """
    if not draft.prompt and draft.picture is None:
        raise MissingParameter("A prompt is required unless a picture is given", param="prompt")
    check_words(draft, card)
    card.check_picture(given=draft.picture is not None)
    return card.shape(draft.seconds, _size(draft), draft.fps)


def check_words(draft: Draft, card: Card) -> None:
    """Check of a draft what does not depend on measures."""
    if draft.prompt is not None and len(draft.prompt) > MAX_PROMPT:
        reason = f"must have at most {MAX_PROMPT} characters, got {len(draft.prompt)}"
        raise InvalidParameter("prompt", reason)
    if draft.seed is not None and not 0 <= draft.seed < SEEDS:
        raise InvalidParameter("seed", f"must be between 0 and {SEEDS - 1}")
    if (draft.width is None) != (draft.height is None):
        absent = "width" if draft.width is None else "height"
        raise InvalidParameter(absent, "is needed: give both width and height, or neither")
    card.check_n(1 if draft.n is None else draft.n)
    card.check_uses(draft.extras)


def refuse_incomplete(draft: Draft, verb: Verb) -> None:
    """Check of a draft that follows something what nothing can be without.

    Raises:
        MissingParameter: it has no prompt, or does not say how long to go on.
        InvalidParameter: it has a picture beside a film.
    """
    if not draft.prompt:
        raise MissingParameter("Missing required parameter: 'prompt'", param="prompt")
    if verb is Verb.EXTEND and draft.seconds is None:
        raise MissingParameter("Missing required parameter: 'seconds'", param="seconds")
    if verb is not Verb.REMIX and draft.picture is not None:
        raise InvalidParameter("image", f"cannot be used: the film to {verb} has its own")


def complete_draft(draft: Draft, before: Request, card: Card) -> Draft:
    """The draft with what it leaves unsaid taken from the request that it follows."""
    kept = {
        name: value
        for name, value in before.extras.items()
        if name in card.uses and name not in draft.metadata
    }
    return replace(
        draft,
        model=draft.model or before.model,
        seed=before.seed if draft.seed is None else draft.seed,
        n=before.n if draft.n is None and draft.verb is Verb.REMIX else draft.n,
        user=before.user if draft.user is None else draft.user,
        extras=kept | dict(draft.extras),
    )


def follow_shape(draft: Draft, verb: Verb, before: Request, card: Card) -> tuple[Shape, Shape]:
    """The shape of what follows a request, and of what of it is new.

    What is taken over is not held against the card: it may be longer than a create may be.

    Raises:
        InvalidParameter: a measure is not the card's, or not the source's where it must be.
    """
    base = before.shape
    if verb is Verb.REMIX:
        shape = card.shape_like(base, draft.seconds, _size(draft), draft.fps)
        return shape, shape
    _refuse_other_measures(draft, verb, base)
    if verb is Verb.EDIT:
        shape = card.shape_like(base)
        return shape, shape
    added = _added_ms(draft, card)
    before_count = before.source.extensions if before.source else 0
    if before_count >= MAX_EXTENSIONS:
        raise InvalidParameter("source", f"has been extended {MAX_EXTENSIONS} times, the most")
    total = base.duration_ms + added
    if total > MAX_TOTAL_MS:
        most = MAX_TOTAL_MS // 1000
        reason = f"must be fewer: the whole would last {total / 1000:g} s, and may last {most}"
        raise InvalidParameter("seconds", reason)
    billed = card.shape_like(replace(base, duration_ms=added))
    return replace(billed, duration_ms=total), billed


def check_as_own(shape: Shape, verb: Verb, card: Card) -> None:
    """Raise InvalidParameter where the card of another model would not make such a film."""
    card.sizes.check((shape.width, shape.height))
    card.fps.check(shape.fps)
    if verb is Verb.REMIX:
        card.seconds.check(Decimal(shape.duration_ms) / 1000)


def _refuse_other_measures(draft: Draft, verb: Verb, base: Shape) -> None:
    asked = {"size": _size(draft), "fps": draft.fps}
    own: dict[str, object] = {"size": (base.width, base.height), "fps": base.fps}
    if verb is Verb.EDIT:
        given = draft.seconds
        asked["seconds"] = None if given is None else round(given * 1000)
        own["seconds"] = base.duration_ms
    for name, value in asked.items():
        if value is not None and value != own[name]:
            raise InvalidParameter(name, f"must be that of the film to {verb}, or left out")


def _added_ms(draft: Draft, card: Card) -> int:
    added = Decimal(draft.seconds or 0)
    if card.seconds.allowed:
        card.seconds.check(added)
    ms = round(added * 1000)
    if not MIN_ADDED_MS <= ms <= MAX_ADDED_MS:
        bounds = f"{MIN_ADDED_MS // 1000} and {MAX_ADDED_MS // 1000}"
        raise InvalidParameter("seconds", f"must be between {bounds} seconds of an extension")
    return ms


def _size(draft: Draft) -> Size | None:
    return None if draft.width is None or draft.height is None else (draft.width, draft.height)


def belongings_of(work: Commission, video_id: str, picture: bytes | None) -> Belongings:
    """The files that come with the video of a commission."""
    home, origin = folder(video_id), work.origin
    puts = {} if picture is None else {f"{home}/picture": picture}
    puts |= {} if work.film is None else {f"{home}/source": work.film.data}
    copies = {
        own.film: role.film for own, role in zip(cast_of(work, video_id), work.cast, strict=True)
    }
    if origin is None:
        return Belongings(puts=puts, copies=copies)
    copies[f"{home}/source"] = origin.outputs[0].clip.key
    if work.inherits_picture and origin.request.picture is not None:
        copies[f"{home}/picture"] = origin.request.picture
    optional = set()
    if origin.engine == work.card.engine:
        keepsake = f"{home}/source-{KEEPSAKE}"
        copies[keepsake] = f"{stored_folder(origin.outputs[0])}/{KEEPSAKE}"
        optional.add(keepsake)
    return Belongings(puts=puts, copies=copies, optional=frozenset(optional))


def cast_of(work: Commission, video_id: str) -> tuple[CastMember, ...]:
    """The cast of a commission as its video has it: each with a film of the video's own."""
    home = folder(video_id)
    return tuple(replace(role, film=f"{home}/character-{k}") for k, role in enumerate(work.cast))


def source_of(work: Commission, video_id: str) -> Source | None:
    """What the video of a commission remembers of its source."""
    origin, verb, base, home = work.origin, work.draft.verb, work.base, folder(video_id)
    if base is None or verb is None:
        return None
    plain = Source(
        verb=verb,
        film=f"{home}/source",
        width=base.width,
        height=base.height,
        fps=base.fps,
        duration_ms=base.duration_ms,
        extensions=1 if verb is Verb.EXTEND else 0,
        raw=origin is None,
    )
    if origin is None:
        return plain
    before = origin.request
    extended = before.source.extensions if before.source else 0
    return replace(
        plain,
        video_id=origin.id,
        keepsake=f"{home}/source-{KEEPSAKE}" if origin.engine == work.card.engine else None,
        prompt=before.prompt,
        seed=before.seed,
        extras=dict(before.extras),
        extensions=extended + plain.extensions if plain.extensions else 0,
    )
