"""The servers that speak the Videos API, each with its habits: data, read by `upstream.py`."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from filmgate.domain.source import Verb

CONTENT = "/videos/{id}/content"


class WayBack(Enum):
    """How an order whose answer was lost is found again."""

    REPEAT = "the same Idempotency-Key gives the same job"
    MODEL = "the list shows the model as we spelled it, our tag in it"
    ELIMINATION = "the list shows one job that is like the order and belongs to no other"
    NONE = "there is no way"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flavour:
    """One server's habits.

    `words` are those of its create: `openai` (seconds, size), `sora` (duration, width, height),
    `openrouter`. `fields` are what it reads beside prompt, length and size. `whole_seconds`: it
    takes no fraction. `links_first`: its films are had from the addresses that it names, rather
    than from its content route. `lists`: its list tells of each job what a look does. `health` is
    asked before the first order. `stop` is how work is ended. `follows` are its routes that make a
    video from another; `retells`: they take model, measures and seed anew. `callback` is its field
    for an address that is rung when a film is done; `signs_callbacks`: it wants a secret beside.
    """

    words: Literal["openai", "sora", "openrouter"] = "openai"
    encoding: Literal["multipart", "json"] = "multipart"
    fields: frozenset[str] = frozenset({"model"})
    whole_seconds: bool = False
    finding: WayBack = WayBack.NONE
    paid: bool = True
    health: str | None = None
    stop: tuple[str, str] | None = None
    follows: frozenset[Verb] = frozenset()
    retells: bool = False
    links_first: bool = False
    lists: bool = False
    extras: Literal["top", "metadata", "none"] = "top"
    callback: str | None = None
    signs_callbacks: bool = False
    poll_s: float = 2.0
    poll_most_s: float = 15.0


FLAVOURS: dict[str, Flavour] = {
    "openai": Flavour(stop=("DELETE", "/videos/{id}")),
    "sora": Flavour(
        words="sora",
        encoding="json",
        fields=frozenset({"model", "fps", "seed"}),
        extras="metadata",
    ),
    "filmgate": Flavour(
        fields=frozenset({"model", "fps", "seed"}),
        lists=True,
        finding=WayBack.REPEAT,
        stop=("POST", "/videos/{id}/cancel"),
        follows=frozenset({Verb.REMIX, Verb.EDIT, Verb.EXTEND}),
        retells=True,
        extras="metadata",
        poll_s=0.2,
        poll_most_s=8.0,
    ),
    "sglang": Flavour(
        fields=frozenset({"model", "fps", "num_frames", "seed"}),
        whole_seconds=True,
        lists=True,
        finding=WayBack.MODEL,
        paid=False,
        health="/health",
        stop=("DELETE", "/videos/{id}"),
        links_first=True,
        poll_s=0.5,
        poll_most_s=2.0,
    ),
    "vllm-omni": Flavour(
        fields=frozenset({"fps", "num_frames", "seed"}),
        whole_seconds=True,
        lists=True,
        finding=WayBack.ELIMINATION,
        paid=False,
        health="/health",
        stop=("DELETE", "/videos/{id}"),
        poll_s=0.5,
        poll_most_s=2.0,
    ),
    "litellm": Flavour(extras="none", poll_s=5.0),
    "new-api": Flavour(encoding="json", extras="metadata", poll_s=5.0),
    "llmgateway": Flavour(
        encoding="json",
        whole_seconds=True,
        extras="none",
        callback="callback_url",
        signs_callbacks=True,
        poll_s=5.0,
    ),
    "openrouter": Flavour(
        words="openrouter",
        encoding="json",
        fields=frozenset({"model", "seed"}),
        whole_seconds=True,
        links_first=True,
        extras="none",
        callback="callback_url",
        poll_s=5.0,
        poll_most_s=30.0,
    ),
}
