"""How those in one scene stand to each other: left of, under, behind, after, facing."""

from dataclasses import replace

from animatic.casting import is_scenic, traits_of
from animatic.lexicon import lexicon
from animatic.mentions import Mention
from animatic.scene import Actor

ASIDE = 0.22
"""One in the air is so far from the middle, where the others are."""

ASIDE_OF = {"left": 0, "right": 1}


def in_order(mentions: list[Mention]) -> list[Mention]:
    """From left to right, where the prompt says so."""
    order = list(mentions)
    for m in mentions:
        hosts = [h for h in order if h.name == m.host and h is not m]
        if hosts and m.place in ASIDE_OF:
            order.remove(m)
            order.insert(order.index(hosts[0]) + ASIDE_OF[m.place], m)
    return order


def relate(
    actors: tuple[Actor, ...], mentions: tuple[Mention, ...], facing: int
) -> tuple[Actor, ...]:
    """Who faces another looks at it, and it back; who is after, behind, below another is there."""
    cast = list(actors)
    for m in mentions if len(actors) > 1 else ():
        ones = [k for k, a in enumerate(cast) if a.subject == m.name]
        others = [k for k, a in enumerate(cast) if a.subject == m.host]
        for one, other in zip(ones, others, strict=False):
            a, b = cast[one], cast[other]
            if m.place == "facing":
                side = 1 if a.x < b.x else -1
                cast[one], cast[other] = replace(a, facing=side), replace(b, facing=-side)
            elif m.place == "after" and (b.x - a.x) * facing < 0:
                cast[one], cast[other] = replace(a, x=b.x), replace(b, x=a.x)
            elif m.place == "under" and a.stands == b.stands == "water":
                cast[one], cast[other] = replace(a, x=b.x, depth=1.0), replace(b, depth=0.2)
            elif m.place == "behind":
                side = 1 if b.x < 0.5 else -1
                x = b.x + 0.3 * side * b.height * max(0.5, traits_of(m).aspect)
                cast[one] = replace(a, x=x, depth=max(0.0, b.depth - 0.3))
    return tuple(cast)


def keep_apart(actors: tuple[Actor, ...], mentions: tuple[Mention, ...]) -> tuple[Actor, ...]:
    """Who is said to be left or right of another is, also one in the air beside one below."""
    cast = list(actors)
    for m in mentions:
        hosts = [a.x for a in cast if a.subject == m.host]
        for k, actor in enumerate(cast if hosts and m.place in ASIDE_OF else ()):
            right = m.place == "right"
            if actor.subject == m.name and (actor.x > hosts[0]) != right:
                away = max(abs(actor.x - hosts[0]), ASIDE)
                cast[k] = replace(actor, x=hosts[0] + (away if right else -away))
    return tuple(cast)


def put_beside(
    actors: tuple[Actor, ...], mentions: tuple[Mention, ...], aspect: float
) -> tuple[Actor, ...]:
    """A tree that one is under or by stands right behind that one."""
    cast = list(actors)
    for m in mentions:
        guests = [a for a in cast if a.subject == m.name]
        hosts = [k for k, a in enumerate(cast) if a.subject == m.host and is_scenic(a)]
        for k, guest in zip(hosts, guests, strict=False):
            host = cast[k]
            wide = lexicon().subject(host.subject).aspect
            aside = (0.22 if m.place == "under" else 0.45) * host.height * wide
            side = -1 if guest.x > 0.5 else 1
            x = guest.x + side * aside / max(aspect, 1.0)
            cast[k] = replace(host, x=x, depth=max(0.0, guest.depth - 0.25))
    return tuple(cast)
