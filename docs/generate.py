"""Writes the pages and drawings that come from the code: `python docs/generate.py [--check]`."""

import ast
import inspect
import json
import re
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

from pydantic import BaseModel, SecretStr

from animatic.lexicon import Lexicon, lexicon
from filmgate import errors
from filmgate.api import errors as wire
from filmgate.api.dialects.choice import DIALECTS, FIRST
from filmgate.api.openapi import statuses_of
from filmgate.api.routes import ROUTES
from filmgate.api.routing import Route
from filmgate.domain import states
from filmgate.domain.card import Card, Tier
from filmgate.domain.fleet import Scale
from filmgate.engines.diffusers.families import Family, families, presets
from filmgate.engines.diffusers.options import Lora, ModelOptions, Options
from filmgate.settings import EngineSettings, Settings, shipped_cards

DOCS = Path(__file__).parent
CLIENTS = DOCS / "clients.json"
"""What the last run of the matrix of clients found: it is read, and not a page."""

_WRITTEN = "<!-- Written by docs/generate.py; change the code, then run it. -->"
_KINDS = {
    "array": "list",
    "boolean": "true or false",
    "integer": "whole number",
    "number": "number",
    "object": "table",
    "string": "text",
}
_BOUNDS = {
    "minimum": "from {}",
    "exclusiveMinimum": "over {}",
    "maximum": "to {}",
    "exclusiveMaximum": "under {}",
}
_HIDDEN = (
    errors.Stopped,
    errors.GenerationFailed,
    errors.MissingPart,
    errors.SettingsError,
)
"""Errors that no caller ever sees."""
_FAILURES = {
    states.Failure.CANCELLED: "Its owner cancelled it.",
    states.Failure.CONTENT_POLICY: "The engine or its upstream refused the prompt or the picture.",
    states.Failure.ENGINE: "The engine failed, or its film was not the one asked for.",
    states.Failure.OUT_OF_MEMORY: "The engine ran out of memory.",
    states.Failure.WORKER_LOST: "Worker after worker died or fell silent while it made it.",
    states.Failure.TIMEOUT: "The engine took longer than its card allows.",
    states.Failure.UPSTREAM: "The server that an engine relays to failed.",
    states.Failure.UPSTREAM_UNKNOWN: "Nobody can say whether an upstream that charges took it; "
    "it was not sent again.",
    states.Failure.INVALID_VIDEO: "The film that was sent cannot be decoded.",
    states.Failure.INVALID_IMAGE: "The engine could not use the picture.",
}


def main(arguments: list[str]) -> int:
    """Write what is stale, or with `--check` only say what is."""
    stale = {path: text for path, text in wanted().items() if _read(path) != text}
    for path, text in stale.items():
        if "--check" in arguments:
            print(f"{path.relative_to(DOCS.parent)} is stale: run python docs/generate.py")
        else:
            path.write_text(text, "utf-8")
            print(f"wrote {path.relative_to(DOCS.parent)}")
    return 1 if stale and "--check" in arguments else 0


def wanted() -> dict[Path, str]:
    """Every generated page and every page with a generated part, as it should be."""
    written = {DOCS / "reference" / name: page() for name, page in _PAGES.items()}
    pages = {path: text for path, text in written.items() if text}
    return pages | {path: _filled(path) for path in _with_parts()}


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def _page(title: str, *blocks: str) -> str:
    return "\n\n".join((_WRITTEN, f"# {title}", *blocks)) + "\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in lines
    )


def _code(value: object) -> str:
    return f"`{value}`"


# Settings


def settings_page() -> str:
    """Every setting: where it is set, what it may be, what it means."""
    return _page(
        "Settings",
        "From the strongest to the weakest: command line, environment, `filmgate.toml`, default. "
        "`FILMGATE_CONFIG` names another file. Lists and tables in the environment are JSON, or "
        "one variable a key: `FILMGATE_ENGINES__ANIMATIC__WORKERS=2`. A wrong setting stops "
        "the start.",
        _fields(Settings, "FILMGATE_"),
        "## `[engines.NAME]`",
        "`NAME` is what the `engine` of a card says.",
        _fields(EngineSettings, None),
        "## `[engines.NAME.scale]`",
        "See [Several machines](../guides/several-machines.md).",
        _fields(Scale, None),
        '## `[cards."MODEL"]`',
        "See [Configure](../guides/configure.md) and the [models](models.md) that are shipped.",
    )


def _fields(model: type[BaseModel], prefix: str | None) -> str:
    properties = model.model_json_schema()["properties"]
    variable = ["Environment"] if prefix else []
    rows = (
        [
            _code(name),
            *([_code(prefix + name.upper())] if prefix else []),
            _kind(properties[name]),
            "" if field.is_required() else _default(field.default),
            _sentence(field.description or ""),
        ]
        for name, field in model.model_fields.items()
    )
    return _table(["Setting", *variable, "Type", "Default", "Meaning"], rows)


def _kind(schema: Mapping[str, Any]) -> str:
    schema = next((one for one in schema.get("anyOf", ()) if one.get("type") != "null"), schema)
    if "$ref" in schema:
        return "table"
    if "enum" in schema:
        return " or ".join(_code(word) for word in schema["enum"])
    if schema.get("format") == "path":
        return "path"
    bounds = [_BOUNDS[key].format(f"{schema[key]:g}") for key in _BOUNDS if key in schema]
    secret = " (secret)" if schema.get("format") == "password" else ""
    return " ".join([_KINDS[schema["type"]] + secret, *bounds])


def _default(value: object) -> str:
    return "unset" if value is None else _code(_toml(value))


def _toml(value: object) -> str:
    if isinstance(value, BaseModel):
        value = value.model_dump(exclude_unset=True)
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key} = {_toml(one)}" for key, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(one) for one in value)}]"
    if isinstance(value, SecretStr):
        raise TypeError("a secret has no default")
    return json.dumps(value if isinstance(value, int | float | bool) else str(value))


def _sentence(gloss: str) -> str:
    return f"{gloss[:1].upper()}{gloss[1:]}." if gloss else ""


# Models


def models_page() -> str:
    """The cards that are shipped."""
    cards = [Card.model_validate({"id": name, **card}) for name, card in shipped_cards().items()]
    return _page(
        "Models",
        "The cards that come with Filmgate (`src/filmgate/domain/cards.toml`). What your server "
        "offers is at `GET /v1/models`; to change it, see [Configure](../guides/configure.md).",
        *(block for card in cards for block in _card(card)),
    )


def _card(card: Card) -> Iterator[str]:
    yield f"## {card.id}"
    yield f"{card.description}."
    yield _table(["", ""], _facts(card))


def _facts(card: Card) -> Iterator[tuple[str, str]]:
    yield "Other names", _listed(map(_code, card.aliases))
    yield "Engine", _code(card.engine)
    yield "Vocabulary", _code(card.dialect or FIRST.name)
    yield "Length", f"{_lengths(card)}; default {_plain(card.seconds.default)} s"
    yield "Size", f"{_sizes(card)}; default {card.sizes.default}"
    yield "Frames a second", f"{card.fps.min} to {card.fps.max}; default {card.fps.default}"
    yield "Outputs at once", f"1 to {card.max_n}"
    yield "Price a second", _listed(_tier(tier) for tier in card.price)
    if card.usd_minimum or card.usd_picture:
        yield "Least, and a picture", f"{card.usd_minimum} USD, {card.usd_picture} USD"
    yield "Parameters used", _listed(map(_code, sorted(card.uses)))
    yield "Follows a video by", _listed(map(_code, sorted(card.can)))
    yield "Picture of another size", _FITS[card.reference_fit]
    yield "Strikes that end a video", str(card.max_attempts)


_FITS = {"cover": "cropped to fill (`cover`)", "strict": "refused (`strict`)"}


def _lengths(card: Card) -> str:
    if card.seconds.allowed:
        return _listed(map(_plain, card.seconds.allowed)) + " s"
    return f"{_plain(card.seconds.min)} to {_plain(card.seconds.max)} s"


def _sizes(card: Card) -> str:
    sizes = card.sizes
    if sizes.allowed:
        return _listed(sizes.allowed)
    sides = f"{sizes.min_side} to {sizes.max_side} px a side, even"
    return f"{sides}, at most {sizes.max_pixels:,} pixels"


def _tier(tier: Tier) -> str:
    bound = f" up to {tier.max_pixels:,} pixels" if tier.max_pixels is not None else ""
    return f"{tier.usd_per_second} USD{bound}"


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words) or "none"


# Errors


def errors_page() -> str:
    """What may go wrong, on the wire and in the making."""
    return _page(
        "Errors",
        "Every error, whatever raised it, is one envelope: "
        '`{"error": {"message", "type", "param", "code"}}`. `param` is the field as the request '
        "spelled it, or null. Every answer carries `x-request-id`.",
        _table(["Status", "Type", "Code", "Meaning"], sorted(_wire_errors())),
        "401 has `WWW-Authenticate: Bearer`; 429 and 503 have `Retry-After`.",
        "## Why a video failed",
        "A failed video is a 200 whose `error` has one of these codes.",
        _table(["Code", "Meaning"], ([_code(f), _FAILURES[f]] for f in states.Failure)),
    )


def _wire_errors() -> Iterator[tuple[str, str, str, str]]:
    for kind in _family(errors.FilmgateError):
        status, family = wire.status_of(kind)
        if status != 500 and not issubclass(kind, _HIDDEN) and "code" in vars(kind):
            yield str(status), _code(family), _code(kind.code), _first_sentence(kind)
    yield "500", "`server_error`", "`internal_error`", "A fault of the server; its log says more."


def _family(root: type[errors.FilmgateError]) -> Iterator[type[errors.FilmgateError]]:
    yield root
    for child in root.__subclasses__():
        yield from _family(child)


def _first_sentence(kind: type) -> str:
    first = (inspect.getdoc(kind) or "").split("\n")[0]
    return first.split(". ")[0].rstrip(".") + "."


# States


def states_page() -> str:
    """The life of a video."""
    glosses = _glosses(states.State)
    words = ([_code(s), *(_code(d.statuses[s]) for d in DIALECTS.values())] for s in states.State)
    return _page(
        "States and moves",
        drawing(),
        _table(["State", "Meaning"], ([_code(s), glosses[s.name]] for s in states.State)),
        "## On the wire",
        _table(["State", *(f"`{name}` says" for name in DIALECTS)], words),
        "## Moves",
        _table(["Move", "Leaves", "Reaches"], _moves()),
        "Every move is one statement, conditional on the state that it leaves; a move by a worker "
        "also on the token of its lease.",
    )


def drawing() -> str:
    """The moves as a Mermaid drawing."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for move, (leaves, reaches) in states.MOVES.items():
        for state in sorted(leaves):
            arrows.setdefault((state, reaches), []).append(move.replace("_", " "))
    lines = [
        f"    {left} --> {right}: {', '.join(names)}" for (left, right), names in arrows.items()
    ]
    ends = [f"    {state} --> [*]" for state in states.State if state.final]
    start = f"    [*] --> {states.State.QUEUED}: submit"
    return "\n".join(["```mermaid", "stateDiagram-v2", start, *lines, *ends, "```"])


def _moves() -> Iterator[list[str]]:
    for move, (leaves, reaches) in states.MOVES.items():
        yield [_code(move), _listed(map(_code, sorted(leaves))), _code(reaches)]


def _glosses(kind: type[StrEnum]) -> dict[str, str]:
    """The text that stands under each member in the source."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    body = cast("ast.ClassDef", tree).body
    found: dict[str, str] = {}
    for member, gloss in pairwise(body):
        match member, gloss:
            case ast.Assign(targets=[ast.Name(id=name)]), ast.Expr(ast.Constant(str(text))):
                found[name] = " ".join(text.split())
    return found


# Routes and commands


def routes_page() -> str:
    """Every row of the table of routes."""
    return _page(
        "Routes",
        "The whole truth, with every field, is the server's own `/docs` and `/openapi.json`. The "
        "same handlers answer without `/v1`, and under `/openai` and `/openai/v1`.",
        _table(["Route", "What it does", "Scope of the key", "Errors"], map(_route, ROUTES)),
        "`/`, `/docs`, `/openapi.json`, `/favicon.ico` and `/static/…` are for browsers and need "
        "no key. `content` also takes the signature of a link in place of a key.",
    )


def _route(route: Route) -> list[str]:
    methods = ", ".join(route.methods)
    errors_of = [str(status) for status in statuses_of(route) if status >= 400]
    scope = "none" if route.scope is None else _code(route.scope)
    path = route.path.replace(":path}", "}")
    return [_code(f"{methods} {path}"), route.summary, scope, _listed(errors_of)]


def commands_page() -> str:
    """The commands, from their own help; nothing while there are none."""
    if find_spec("filmgate.cli.main") is None:
        return ""
    from typer import Context
    from typer.cli import get_docs_for_click
    from typer.main import get_command

    command = get_command(import_module("filmgate.cli.main").app)
    with command.make_context("filmgate", [], resilient_parsing=True) as context:
        text = get_docs_for_click(obj=command, ctx=cast("Context", context), name="filmgate")
    return _page("Commands", text.replace("# `filmgate`", "## `filmgate`", 1).strip())


_WORD_KINDS = {
    "subject": "Subjects",
    "setting": "Settings",
    "weather": "Weather and air",
    "hour": "Times of day and light",
    "action": "Actions",
    "camera": "Camera",
    "framing": "Framing",
    "style": "Styles",
    "colour": "Colours",
}


def words_page() -> str:
    """What the animatic draws, by the words that name it."""
    known = lexicon()
    named: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for place, phrases in enumerate((known.english, known.chinese)):
        for phrase, sense in phrases.items():
            names = named.setdefault((sense.entry.kind, sense.entry.name), ([], []))
            names[place].append(phrase)
    return _page(
        "Words of the animatic",
        "What the embedded engine draws, and the words that name it, in English and Chinese. "
        "English inflections (plurals, -ing) come by themselves; in Chinese the longest word "
        "counts. A prompt without any of these gets an abstract film.",
        *(
            block
            for kind, title in _WORD_KINDS.items()
            for block in _words(kind, title, known, named)
        ),
    )


def _words(
    kind: str,
    title: str,
    known: Lexicon,
    named: Mapping[tuple[str, str], tuple[list[str], list[str]]],
) -> Iterator[str]:
    names = [name for name in known.names(kind) if (kind, name) in named]
    yield f"## {title}: {len(names)}"
    yield _table(
        ("Name", "English", "Chinese"),
        (
            (_code(name), ", ".join(named[kind, name][0]), "、".join(named[kind, name][1]))
            for name in names
        ),
    )


# Real models


def presets_page() -> str:
    """The real models by short names, what their families make, and the engine's options."""
    return _page(
        "Real models",
        "The [guide](../guides/real-models.md) says how to use them. Everything here is data: "
        "`presets.toml` and `families.toml` in `src/filmgate/engines/diffusers/`.",
        "## Presets",
        "`filmgate serve --model NAME`. GiB are computed from the architecture at two bytes a "
        "weight, the text encoder included; nothing stands where it was not. No preset has been "
        "run with its own weights yet; its family has, as a tiny pipeline.",
        _table(
            ("Preset", "What it is", "Repository", "GiB"),
            (
                [_code(name), one.description, _code(one.repo), f"{one.weights_gib or ''}"]
                for name, one in presets().items()
            ),
        ),
        "## Families",
        "What a family natively makes is the default of its card. A folder of any of these classes "
        "is served, preset or not. `≤` is the longest run. What starts from a picture extends, "
        "too; `file` says that the transformer may come from a single file.",
        _table(
            (
                "Family",
                "From text",
                "From a picture",
                "From a film",
                "Size",
                "Frames",
                "Rate",
                "Step caches",
                "",
            ),
            ([_code(name), *_native(one)] for name, one in families().items()),
        ),
        "## Options of the engine",
        'In `[engines.NAME.options]`, where `kind = "diffusers"`.',
        _fields(Options, None),
        "## Options of a model",
        'In `[engines.NAME.options.models."MODEL"]`.',
        _fields(ModelOptions, None),
        "## Options of a LoRA",
        'In `[engines.NAME.options.models."MODEL".loras."LORA"]`.',
        _fields(Lora, None),
    )


def _native(family: Family) -> Iterator[str]:
    yield _code(family.text)
    yield _code(family.picture) if family.picture else ""
    yield _code(family.edit.pipeline) if family.edit else ""
    yield family.size
    yield f"{family.frames}" + (f", ≤ {family.longest}" if family.longest else "")
    yield f"{family.fps}" + (f", {family.rate.min} to {family.rate.max}" if family.rate else "")
    yield ", ".join(map(_code, sorted(family.caches)))
    yield "file" if family.single_file else ""


# What is public

PUBLIC = (
    "filmgate.engines.base",
    "filmgate.domain.video",
    "filmgate.domain.shape",
    "filmgate.media.encode",
    "filmgate.media.probe",
    "filmgate.media.pictures",
    "filmgate.errors",
    "filmgate.validation",
    "filmgate.testing.contracts",
    "filmgate.testing.zoo",
    "filmgate.testing.engines",
    "filmgate.testing.served",
    "filmgate.testing.clock",
    "animatic.frames",
)
"""Modules that programs of others import; what they may use of each is its `__all__`."""


def public_page() -> str:
    """Every name that is public, with the first line of what it says of itself."""
    return _page(
        "Public API",
        "What Python programs of others may rely on, as engines do: the names in `__all__` of "
        "these modules. They keep their meaning until the next major version. All else may change "
        "with any release. The API over HTTP is in [Routes](routes.md).",
        *(block for name in PUBLIC for block in _public_module(name)),
    )


def _public_module(name: str) -> tuple[str, str, str]:
    module = import_module(name)
    rows = [(_code(one), _gloss(getattr(module, one))) for one in module.__all__]
    return f"## `{name}`", _gloss(module), _table(["Name", "What it is"], rows)


def _gloss(value: object) -> str:
    said = repr(value) if isinstance(value, str) else inspect.getdoc(value) or ""
    return said.partition("\n")[0]


def sql_page() -> str:
    """The statements on the way of every request and of every video."""
    sys.path.insert(0, str(DOCS.parent))  # run as a script, its own package is not found
    from docs import statements

    return _page(
        "The hot statements",
        "What the server says to its database on the way of every request and of every video, in "
        "order, recorded from the verbs themselves. `*` stands for all columns of the row, and "
        "PostgreSQL's casts of bound values are left out. A claim asks for the turns, then "
        "for the head of one line; a suspect is looked for only where no line has anything. What "
        "follows from what stands in `services/moves.py`.",
        *(
            block
            for verb, said in statements.record().items()
            for block in _spoken(verb, [statements.words(statement) for statement in said])
        ),
    )


def _spoken(verb: str, said: Iterable[Mapping[str, str]]) -> Iterator[str]:
    yield f"## {verb}"
    for statement in said:
        for whose, words in statement.items():
            if whose != "both":
                yield f"{whose}:"
            yield f"```sql\n{words}\n```"


_DEEDS = {
    "create": "create",
    "wait": "wait",
    "listed": "list",
    "download": "download",
    "picture": "first frame",
    "remix": "remix",
    "edit": "edit",
    "extend": "extend",
    "character": "character",
    "own_film": "edit an own film",
    "cancel": "cancel",
    "refusal": "read a refusal",
    "delete": "delete",
}


def clients_page() -> str:
    """What every client did in the last run of the matrix."""
    rows = json.loads(CLIENTS.read_text("utf-8"))
    return _page(
        "Every client",
        "Each row is a program on that client, unmodified, that ran against a real server; what it "
        "did was then looked up at the server. `tests/clients/test_matrix.py` runs them all, and "
        "fails where a run differs from this page. An empty cell is a call that the client does "
        "not have, or has not under this name. The guides [SDKs](../guides/sdk.md) and "
        "[Programs written for other servers](../guides/neighbours.md) say what to set.",
        _table(
            ("Client", "Release", "Sends a create as", *_DEEDS.values()),
            (
                (
                    row["client"],
                    row["version"],
                    row.get("sends", ""),
                    *("✓" if deed in row["did"] else "" for deed in _DEEDS),
                )
                for row in rows
            ),
        ),
        "Beside these: `tests/sdk` runs both of openai-python's clients, sync and async, at their "
        "oldest and newest, and the document's Python sample to the last frame; `tests/clients` "
        "the JavaScript SDK in a page of another origin, and a client generated from "
        "`/openapi.json`. The document's samples in Go, Java and C# send the same bytes as its "
        "cURL, and were not run.",
    )


_PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "models.md": models_page,
    "errors.md": errors_page,
    "states.md": states_page,
    "routes.md": routes_page,
    "commands.md": commands_page,
    "words.md": words_page,
    "sql.md": sql_page,
    "real-models.md": presets_page,
    "public-api.md": public_page,
    "clients.md": clients_page,
}

# Parts of pages that are otherwise written by hand


def index() -> str:
    """The links to the generated pages."""
    pages = {name: _TITLE.search(page()) for name, page in _PAGES.items()}
    return "\n".join(f"- [{title[1]}](reference/{name})" for name, title in pages.items() if title)


_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_PARTS: dict[str, Callable[[], str]] = {"moves": drawing, "reference": index}
_PART = re.compile(r"<!-- generated: (\w+) -->\n.*?<!-- end -->", re.DOTALL)


def _with_parts() -> list[Path]:
    return [path for path in sorted(DOCS.rglob("*.md")) if _PART.search(path.read_text("utf-8"))]


def _filled(path: Path) -> str:
    def filled(match: re.Match[str]) -> str:
        name = match[1]
        return f"<!-- generated: {name} -->\n{_PARTS[name]()}\n<!-- end -->"

    return _PART.sub(filled, path.read_text("utf-8"))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
