"""Who is there: what each that a prompt mentions is and does, and how large it is."""

from collections import Counter
from dataclasses import replace

from animatic.dice import Dice
from animatic.lexicon import lexicon
from animatic.mentions import Mention
from animatic.scene import Actor
from animatic.traits import SubjectTraits

ALOFT = 0.72
"""What is in the air is further away."""

YOUNG = frozenset({"boy", "girl"})
CHILD = 0.65
"""A child's height, in a grown-up's."""

HIGH = 0.25

LONG = 1.25
"""Wider than this is built like a dog: its head is at one end."""


def is_scenic(actor: Actor) -> bool:
    """Whether it stands about what lives, as a tree does."""
    return lexicon().subject(actor.subject).scenery


def traits_of(mention: Mention) -> SubjectTraits:
    """What the words say of it."""
    return lexicon().subject(mention.name)


def is_aloft(m: Mention) -> bool:
    """Whether it is up in the air: it needs no place on the ground."""
    return stands_on(m) == "air" or lexicon().action(action_of(m)).lift >= HIGH


def face_the_middle(actor: Actor) -> Actor:
    """Fighters look to the middle."""
    return replace(actor, facing=1 if actor.x < 0.5 else -1) if actor.action == "fight" else actor


def at_rest(actor: Actor) -> Actor:
    """Nobody said that it goes, and others stay: it waits."""
    return replace(actor, action="stand") if actor.travel and actor.stands == "ground" else actor


def head_of(mention: Mention) -> tuple[float, float, float]:
    """Where its head is, and how large."""
    traits = traits_of(mention)
    return traits.heads.get(mention.look or "", traits.head)


def look_of(m: Mention, k: int) -> str | None:
    """The look of the k-th of them: a couple is "man woman"."""
    looks = (m.look or "").split()
    return looks[k % len(looks)] if looks else None


def share_of_height(m: Mention, people: list[Mention]) -> float:
    """How tall one is beside the tallest: less unlike than in life, that all be seen."""
    return float((height_of(m) / max(height_of(other) for other in people)) ** 0.5)


def actor_of(m: Mention, dice: Dice, x: float, depth: float, height: float, facing: int) -> Actor:
    """One of those mentioned, at a place; what the prompt leaves open is drawn from the dice."""
    traits = traits_of(m)
    name = action_of(m)
    action = lexicon().action(name)
    stands = stands_on(m)
    turned = traits.alive and not action.travel
    colour = lexicon().rgb(m.colour) if m.colour else m.role.colour if m.role else None
    drawn = Actor(
        subject=m.name,
        stands=stands,
        x=x,
        depth=depth,
        height=height * lexicon().scale(m.size) * (ALOFT if stands == "air" else 1.0),
        facing=(1 if dice.around(x, 0.3) < 0.5 else -1) if turned else facing,
        action=name,
        look=m.look or "",
        colour=colour,
        travel=action.travel * height,
        tempo=action.tempo * dice.around(1.0, 0.06),
        phase=dice.between(0, 1),
        seed=dice.between(0, 1),
    )
    return replace(drawn, seed=Dice(0, "role", m.role.key).between(0, 1)) if m.role else drawn


def action_of(m: Mention) -> str:
    """What one does: as the prompt says, or its word; a vehicle goes in its own way."""
    traits = traits_of(m)
    name = m.action or m.does or traits.does
    if traits.goes and lexicon().action(name).going:
        return traits.goes
    return name


def stands_on(m: Mention) -> str:
    """Where it is: what flies comes down, what swims goes in."""
    traits = traits_of(m)
    stands: str = traits.stands
    action = lexicon().action(action_of(m))
    if stands == "air" and m.action and not action.lift and not traits.goes:
        return "ground"
    if stands == "ground" and action.water and traits.alive:
        return "water"
    return stands


def width_of(m: Mention) -> float:
    """Its width for its height; who sleeps lies down."""
    wide = traits_of(m).aspect
    return wide + (0.4 if m.action == "sleep" else 0.2 if wide > 1.1 * LONG else 0.0)


def height_of(mention: Mention) -> float:
    """Metres, a child's where it is one."""
    young = bool(mention.look) and set((mention.look or "").split()) <= YOUNG
    own = traits_of(mention).height * lexicon().times(mention.size)
    return own * (CHILD if young else 1.0)


APART = 0.2
"""Nearer than this to another, one who joins would stand in front of it."""


def recast(
    actors: tuple[Actor, ...],
    fresh: tuple[Actor, ...],
    mentions: tuple[Mention, ...],
    *,
    all_stay: bool,
) -> tuple[Actor, ...] | None:
    """Those who are there, as the words that name them again say, and after them who is new.

    None where they are not to stay: the words name nobody of them, or another number of one.
    """
    said, there = {m.name: m for m in mentions}, Counter(a.subject for a in actors)
    if mentions and not all_stay and not said.keys() & there.keys():
        return None
    if len(said) < len(mentions) or any(there[n] not in (0, m.count) for n, m in said.items()):
        return None
    again = {a.subject: a for a in fresh}
    kept = [
        _as_told(a, again[a.subject], said[a.subject]) if a.subject in again else a for a in actors
    ]
    joining = [a for a in fresh if a.subject not in there]
    place = {a.subject: k for k, a in reversed(list(enumerate([*kept, *joining])))}
    for one in joining:
        host = place[fresh[one.host].subject] if one.host >= 0 else -1
        kept.append(replace(one, host=host) if host >= 0 else _clear_of(kept, one))
    return tuple(kept)


def _as_told(actor: Actor, fresh: Actor, m: Mention) -> Actor:
    """One in place, with what the words say of it this time."""
    if m.colour or m.role:
        actor = replace(actor, colour=fresh.colour)
    if m.look:
        actor = replace(actor, look=fresh.look)
    if m.action and actor.host < 0:
        done = ("action", "stands", "travel", "tempo")
        actor = replace(actor, **{name: getattr(fresh, name) for name in done})
    return replace(actor, seed=fresh.seed) if m.role else actor


def _clear_of(others: list[Actor], one: Actor) -> Actor:
    """It beside whom it would hide, on the side that has more room."""
    near = [a for a in others if abs(a.x - one.x) < APART and a.stands == one.stands]
    if not near or is_scenic(one):
        return one
    return replace(one, x=near[0].x + (1.4 * APART if near[0].x < 0.5 else -1.4 * APART))
