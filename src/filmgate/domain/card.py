"""Cards: what a model id accepts, defaults and costs, and which engine makes it."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from filmgate.domain import money
from filmgate.domain.footage import Footage
from filmgate.domain.shape import Shape, Sound
from filmgate.errors import InvalidParameter, ModelNotFound

Size = tuple[int, int]
Ability: TypeAlias = Literal["remix", "edit", "extend", "characters"]


class Part(BaseModel):
    """A frozen piece of a card; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def _refuse_unfit(value: object, check: Callable[[], object]) -> None:
    """Raise ValueError, which pydantic puts beside the card and the field, where `check` fails."""
    try:
        check()
    except InvalidParameter as error:
        raise ValueError(f"{value} {error.reason}") from error


class Seconds(Part):
    """The lengths that a card takes: a range (`min`, `max`) or a set (`allowed`)."""

    min: Decimal = Field(default=Decimal(1), gt=0)
    max: Decimal = Field(default=Decimal(60), gt=0, le=3600)
    allowed: tuple[Decimal, ...] = ()
    default: Decimal

    @model_validator(mode="after")
    def _default_fits(self) -> Self:
        _refuse_unfit(f"default {self.default}", partial(self.check, self.default))
        return self

    def check(self, seconds: Decimal) -> None:
        """Raise InvalidParameter unless `seconds` is a length of this card."""
        if self.allowed:
            if seconds not in self.allowed:
                raise InvalidParameter(
                    "seconds", f"must be one of {', '.join(map(_plain, self.allowed))} seconds"
                )
        elif not self.min <= seconds <= self.max:
            reason = f"must be between {_plain(self.min)} and {_plain(self.max)} seconds"
            raise InvalidParameter("seconds", reason)


class Sizes(Part):
    """The sizes that a card takes: a set (`allowed`), or any even sides within bounds.

    `max_width` × `max_height` bounds a frame in either orientation.
    """

    min_side: int = Field(default=128, ge=2)
    max_side: int = Field(default=1920, le=8192)
    max_pixels: int = Field(default=1920 * 1080, le=8192 * 8192)
    allowed: tuple[str, ...] = ()
    default: str

    @field_validator("allowed", "default")
    @classmethod
    def _are_sizes(cls, value: Any) -> Any:
        for text in [value] if isinstance(value, str) else value:
            _refuse_unfit(text, partial(parse_size, text))
        return value

    @model_validator(mode="after")
    def _default_fits(self) -> Self:
        _refuse_unfit(f"default {self.default}", lambda: self.check(parse_size(self.default)))
        return self

    def check(self, size: Size) -> None:
        """Raise InvalidParameter unless `size` is a size of this card."""
        if self.allowed:
            if f"{size[0]}x{size[1]}" not in self.allowed:
                raise InvalidParameter("size", f"must be one of {', '.join(self.allowed)}")
            return
        for name, side in zip(("width", "height"), size, strict=True):
            self._check_side(name, side)
        if size[0] * size[1] > self.max_pixels:
            reason = f"must have at most {self.max_pixels} pixels, got {size[0]}x{size[1]}"
            raise InvalidParameter("size", reason)

    def nearest(self, size: Size) -> Size:
        """The size of this card that shows most of a picture of that size, and is nearest to it."""
        if self.allowed:
            return min(map(parse_size, self.allowed), key=lambda own: _unlikeness(own, size))
        width, height = size
        share = min(1.0, self.max_side / max(size), (self.max_pixels / (width * height)) ** 0.5)
        share = max(share, self.min_side / min(size))
        sides = (min(self.max_side, max(self.min_side, int(side * share))) for side in size)
        wide, high = (side // 2 * 2 for side in sides)
        return wide, high

    def _check_side(self, name: str, side: int) -> None:
        if not self.min_side <= side <= self.max_side:
            reason = f"must be between {self.min_side} and {self.max_side} pixels a side"
            raise InvalidParameter(name, reason)
        if side % 2:
            raise InvalidParameter(name, f"must be even, got {side}")


class Rates(Part):
    """The frame rates that a card takes, in frames a second."""

    min: int = Field(default=1, ge=1)
    max: int = Field(default=60, le=240)
    default: int = 30

    @model_validator(mode="after")
    def _default_fits(self) -> Self:
        _refuse_unfit(f"default {self.default}", partial(self.check, self.default))
        return self

    def check(self, fps: int) -> None:
        """Raise InvalidParameter unless `fps` is a rate of this card."""
        if not self.min <= fps <= self.max:
            raise InvalidParameter("fps", f"must be between {self.min} and {self.max}")


class Tier(Part):
    """A price: dollars a second for frames of at most `max_pixels` pixels; None is any size."""

    max_pixels: int | None = None
    usd_per_second: Decimal = Field(ge=0, le=1000, decimal_places=6)


class Card(Part):
    """One model id: what it accepts, defaults and costs, and which engine makes it.

    `trouble` is why nobody can make its films until the server starts again; callers read it.
    """

    id: str = Field(min_length=1, max_length=128, pattern=r"^[\w.:/@+-]+$")
    engine: str
    description: str = ""
    dialect: str | None = None
    aliases: tuple[str, ...] = ()
    owned_by: str = "filmgate"
    seconds: Seconds
    sizes: Sizes
    fps: Rates = Rates()
    sound: Sound = Sound.NATIVE
    max_n: int = Field(default=4, ge=1, le=16)
    picture: Literal["optional", "required", "none"] = "optional"
    reference_fit: Literal["cover", "strict"] = "cover"
    max_megapixels: float | None = Field(default=None, gt=0)
    uses: frozenset[str] = frozenset()
    can: frozenset[Ability] = frozenset({"remix"})
    price: tuple[Tier, ...] = ()
    usd_minimum: Decimal = Field(default=Decimal(0), ge=0, le=1000, decimal_places=6)
    usd_picture: Decimal = Field(default=Decimal(0), ge=0, le=1000, decimal_places=6)
    batch_share: Decimal = Field(default=Decimal("0.5"), ge=0, le=1, decimal_places=3)
    retention_hours: float | None = Field(default=None, gt=0, le=24 * 3650)
    max_attempts: int = Field(default=10, ge=1, le=100)
    timeout_s: float = Field(default=1800, gt=0)
    trouble: str | None = None

    @field_validator("price")
    @classmethod
    def _tiers_grow(cls, tiers: tuple[Tier, ...]) -> tuple[Tier, ...]:
        bounds = [tier.max_pixels if tier.max_pixels is not None else 2**62 for tier in tiers]
        if bounds != sorted(bounds):
            raise ValueError("price tiers must grow by max_pixels, the open one last")
        return tiers

    def shape(self, seconds: Decimal | None, size: Size | None, fps: int | None) -> Shape:
        """The measures asked for, defaults filled in.

        A length is kept to the millisecond, halves to even.

        Raises:
            InvalidParameter: a measure is outside the card.
        """
        seconds = self.seconds.default if seconds is None else seconds
        size = parse_size(self.sizes.default) if size is None else size
        fps = self.fps.default if fps is None else fps
        self.seconds.check(seconds)
        self.sizes.check(size)
        self.fps.check(fps)
        shape = Shape(
            width=size[0],
            height=size[1],
            fps=fps,
            duration_ms=round(seconds * 1000),
            sound=self.sound,
        )
        self._refuse_too_much(shape)
        return shape

    def shape_like(
        self,
        base: Shape,
        seconds: Decimal | None = None,
        size: Size | None = None,
        fps: int | None = None,
    ) -> Shape:
        """`base` with the measures that are given; those are checked, its own are not.

        Raises:
            InvalidParameter: a measure is outside the card.
        """
        shape = replace(base, sound=self.sound)
        if seconds is not None:
            self.seconds.check(seconds)
            shape = replace(shape, duration_ms=round(seconds * 1000))
        if size is not None:
            self.sizes.check(size)
            shape = replace(shape, width=size[0], height=size[1])
        if fps is not None:
            self.fps.check(fps)
            shape = replace(shape, fps=fps)
        self._refuse_too_much(shape)
        return shape

    def shape_of(self, footage: Footage) -> Shape:
        """The shape that a film of others gets here: its length, its nearest size and rate."""
        width, height = self.sizes.nearest((footage.width, footage.height))
        shape = Shape(
            width=width,
            height=height,
            fps=min(self.fps.max, max(self.fps.min, footage.fps)),
            duration_ms=footage.duration_ms,
            sound=self.sound,
        )
        self._refuse_too_much(shape)
        return shape

    def check_n(self, n: int) -> None:
        """Raise InvalidParameter unless this card makes `n` outputs at once."""
        if not 1 <= n <= self.max_n:
            raise InvalidParameter("n", f"must be between 1 and {self.max_n}")

    def check_picture(self, *, given: bool) -> None:
        """Raise InvalidParameter for a picture that is not used, or lacks."""
        if given and self.picture == "none":
            raise InvalidParameter("image", f"is not taken: {self.id} makes films from text alone")
        if not given and self.picture == "required":
            raise InvalidParameter("image", f"is required: {self.id} makes films from a picture")

    def check_can(self, ability: str) -> None:
        """Raise InvalidParameter unless its engine can: `remix`, `edit`, `extend`, `characters`."""
        if ability not in self.can:
            what = "take characters" if ability == "characters" else f"{ability} videos"
            able = ", ".join(sorted(self.can)) or "none of these"
            raise InvalidParameter("model", f"cannot {what}: {self.id} can {able}")

    def check_uses(self, names: Iterable[str]) -> None:
        """Raise InvalidParameter for an engine parameter that this card does not use."""
        for name in sorted(set(names) - self.uses):
            raise InvalidParameter(name, f"is not supported by the model {self.id}")

    def at_percent(self, percent: int) -> "Card":
        """The same card at so many hundredths of its prices."""
        if percent == 100:
            return self
        share = Decimal(percent) / 100
        tiers = [
            tier.model_copy(update={"usd_per_second": tier.usd_per_second * share})
            for tier in self.price
        ]
        return self.model_copy(
            update={
                "price": tuple(tiers),
                "usd_picture": self.usd_picture * share,
                "usd_minimum": self.usd_minimum * share,
            }
        )

    def cost(self, shape: Shape, n: int, *, picture: bool = False, in_batch: bool = False) -> int:
        """The price of a video of `n` outputs of `shape`, in micro-dollars.

        Each output's length at the rate of its tier, halves up; a size over all tiers is free.
        Then what a picture costs, once; then the least that a video costs. Of that the share that
        a line of a batch costs, halves up.
        """
        outputs = n * money.for_duration(self._rate(shape), shape.duration_ms)
        pictures = money.micros(self.usd_picture) if picture else 0
        whole = max(outputs + pictures, money.micros(self.usd_minimum))
        return money.share(whole, self.batch_share) if in_batch else whole

    def _refuse_too_much(self, shape: Shape) -> None:
        asked = shape.pixels * shape.frames / 1e6
        if self.max_megapixels is not None and asked > self.max_megapixels:
            raise InvalidParameter(
                "seconds",
                f"must be fewer at {shape.size} and {shape.fps} frames a second: all frames may "
                f"have {self.max_megapixels:g} million pixels together, and these have {asked:.0f}",
            )

    def _rate(self, shape: Shape) -> int:
        for tier in self.price:
            if tier.max_pixels is None or shape.pixels <= tier.max_pixels:
                return money.micros(tier.usd_per_second)
        return 0


class Catalogue:
    """All cards of a server, found by id or alias."""

    def __init__(self, cards: Iterable[Card]) -> None:
        self._cards = {card.id: card for card in cards}
        self._aliases = {name: card.id for card in self._cards.values() for name in card.aliases}

    def __iter__(self) -> Any:
        return iter(self._cards.values())

    def __contains__(self, model: str) -> bool:
        return model in self._cards or model in self._aliases

    def get(self, model: str) -> Card:
        """The card of a model id or alias.

        Raises:
            ModelNotFound: no card has it.
        """
        card = self._cards.get(model) or self._cards.get(self._aliases.get(model, ""))
        if card is None:
            shown = f"{model[:80]}…" if len(model) > 80 else model
            raise ModelNotFound(f"The model '{shown}' does not exist", param="model")
        return card


def merge_tables(base: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with `change` laid over it, tables within tables too."""
    result = dict(base)
    for key, value in change.items():
        old = result.get(key)
        both = isinstance(old, Mapping) and isinstance(value, Mapping)
        result[key] = merge_tables(old, value) if both else value  # type: ignore[arg-type]
    return result


def parse_size(text: str) -> Size:
    """`"WxH"` (x, X, * or ×) as (width, height).

    Raises:
        InvalidParameter: it is not two positive integers.
    """
    for sign in "X*×":
        text = text.replace(sign, "x")
    parts = [part.strip() for part in text.split("x")]
    if len(parts) != 2 or not all(p.isascii() and p.isdigit() and len(p) <= 6 for p in parts):
        raise InvalidParameter("size", 'must be "WIDTHxHEIGHT" in pixels, such as "1280x720"')
    return int(parts[0]), int(parts[1])


def _unlikeness(own: Size, size: Size) -> tuple[float, float]:
    """How unlike two sizes are: in their ratio first, then in how many pixels they have."""
    ratio = own[0] * size[1] / (own[1] * size[0])
    pixels = own[0] * own[1] / (size[0] * size[1])
    return round(abs(math.log(ratio)), 2), abs(math.log(pixels))


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
