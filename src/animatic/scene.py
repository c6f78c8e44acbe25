"""A scene: a plain value that can be stored, changed and continued."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from animatic.colour import Colour

ABSTRACT = "abstract"
CARD = "card"

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One individual. `x` is a share of the width, `depth` 0 far … 1 near; `height` in units.

    `host` is the index of the actor that it is on, at (`seat_x`, `seat_y` up) of that one's box.
    `sunk` is how far below its ground it stands, in units: in a close-up, out of the frame.
    """

    subject: str
    stands: str
    x: float
    depth: float
    height: float
    facing: int = 1
    action: str = "stand"
    look: str = ""
    colour: Colour | None = None
    travel: float = 0.0
    tempo: float = 1.0
    phase: float = 0.0
    seed: float = 0.0
    host: int = -1
    seat_x: float = 0.0
    seat_y: float = 0.0
    sunk: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is drawn, whatever the size and the rate. `start` is the scene time of frame 0.

    `span` is the seconds over which the camera makes its move once; `travel` the speed at which a
    tracking camera follows, in stage widths a second; `blur` puts the land out of focus. `unread`
    are the phrases of the prompt that nothing was made of. `letters` are read on the screen, in a
    `manner`: that of a card is a prompt that was not understood.
    """

    setting: str
    hour: str
    style: str
    camera: str
    actors: tuple[Actor, ...] = ()
    weather: Mapping[str, float] = field(default_factory=dict)
    palette: tuple[Colour, ...] = ()
    amount: float = 1.0
    pace: float = 1.0
    travel: float = 0.0
    sun: int = 0
    seed: int = 0
    span: float = 8.0
    start: float = 0.0
    blur: float = 0.0
    unread: tuple[str, ...] = ()
    letters: str = ""
    manner: str = ""
    version: int = VERSION

    def continue_after(self, seconds: float) -> "Scene":
        """The same scene from `seconds` later: its first frame follows the last without a jump."""
        return replace(self, start=self.start + seconds)

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Scene":
        """From plain data."""
        actors = tuple(Actor(**actor) for actor in data["actors"])
        palette, unread = tuple(data["palette"]), tuple(data["unread"])
        return cls(**{**data, "actors": actors, "palette": palette, "unread": unread})
