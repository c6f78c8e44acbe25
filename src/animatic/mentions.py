"""What a prompt says, as plain values: who is mentioned, and the reading of it all."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from animatic.lexicon import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A subject as the prompt speaks of it.

    `place` and `host` say where it is by another one (`on` a `boat`); `does` and `home` are what
    its word implies where the prompt says nothing. What is `apart` alone does what it does (a
    burning house). `role` is who it is, where it is called by its name.
    """

    name: str
    count: int = 1
    colour: str | None = None
    size: str | None = None
    action: str | None = None
    look: str | None = None
    place: str | None = None
    host: str | None = None
    does: str | None = None
    home: str | None = None
    apart: bool = False
    role: Role | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a prompt says, in the lexicon's names.

    `text` is what it was read from, `unread` the phrases of it that nothing is known of. `quote` is
    to be read on the screen, in a `manner`. `share` is how much of the text was understood, 0…1.
    """

    text: str = ""
    mentions: tuple[Mention, ...] = ()
    settings: tuple[str, ...] = ()
    weather: Mapping[str, float] = field(default_factory=dict)
    hour: str | None = None
    camera: str | None = None
    style: str | None = None
    framing: str | None = None
    pace: str | None = None
    colours: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    quote: str = ""
    manner: str = ""
    share: float = 1.0

    @property
    def known(self) -> bool:
        """Whether it names anything to draw."""
        return bool(self.mentions or self.settings or self.weather or self.hour)
