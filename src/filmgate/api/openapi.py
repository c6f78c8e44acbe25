"""The OpenAPI document, from the table of routes and from the types that its handlers return."""

import inspect
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from starlette.responses import Response

from filmgate import __version__
from filmgate.api import examples
from filmgate.api.routes import ROUTES
from filmgate.api.routing import Route
from filmgate.api.wire import ErrorObject

_ABOUT = """The OpenAI Videos API, and the vocabulary of `sora-1.0`, on your own machine.

Send `Authorization: Bearer YOUR_KEY`. Every error is `{"error": {"message", "type", "param",
"code"}}`; every answer carries `x-request-id`.
"""

_MEANINGS = {
    204: "There is nothing more to tell",
    206: "The range asked for",
    302: "The file is at the address in `Location`",
    304: "The caller has this file already",
    400: "The request is wrong: `invalid_parameter`, `missing_required_parameter`, "
    "`unknown_parameter`, `model_not_found`, `invalid_image`, `invalid_video`, "
    "`image_fetch_failed`, "
    "`invalid_json`, `invalid_multipart`, `video_not_ready`, `video_failed`, "
    "`video_not_completed`, `video_not_cancellable`, `idempotency_key_reused`, "
    "`webhook_unreachable`, `content_policy_violation`, `batch_not_cancellable`, "
    "`file_quota_exceeded`",
    401: "The key is missing, malformed, unknown, expired or revoked: `invalid_api_key`",
    402: "The account cannot pay for it, or has spent its month's budget: "
    "`insufficient_balance`, `budget_exceeded`",
    403: "The key is good, but not for this: `account_disabled`, `scope_missing`, "
    "`model_not_allowed`",
    404: "Unknown, deleted, or another account's: `video_not_found`, `character_not_found`, "
    "`model_not_found`, `not_found`",
    410: "The films were kept for their time and are gone: `video_expired`",
    413: "The body is over the limit: `request_too_large`",
    415: "The body is of no kind that we read: `unsupported_media_type`",
    416: "The range lies outside the file: `invalid_parameter`",
    429: "Too much at once; see `Retry-After`: `queue_full`, `rate_limit_exceeded`",
    500: "A fault of the server: `internal_error`",
    503: "The database or the storage is away; see `Retry-After`: `unavailable`",
}
_KEYS: dict[str, Any] = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "your API key"},
    "apiKey": {"type": "apiKey", "in": "header", "name": "api-key"},
}
_HEADERS: dict[str, dict[str, Any]] = {
    "Idempotency-Key": {
        "description": "the same key and body within 24 hours give the same video",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$"},
    },
    "Last-Event-ID": {
        "description": "the id of the last event that was read; browsers send it by themselves",
        "schema": {"type": "string", "maxLength": 64},
    },
}
_REF = "#/components/schemas/{model}"

Schema = dict[str, Any]


@cache
def document_text() -> bytes:
    """The document as it is sent."""
    return json.dumps(document(), ensure_ascii=False).encode()


def document() -> dict[str, Any]:
    """The whole document."""
    schemas, components = _schemas()
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        item = paths.setdefault(route.path.replace(":path}", "}"), {})
        for method, operation in _operations(route, schemas):
            item[method] = operation
            name_bodies(operation.get("requestBody", {}).get("content", {}), components)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Filmgate", "description": _ABOUT, "version": __version__},
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": _KEYS},
    }


class _Names(GenerateJsonSchema):
    def normalize_name(self, name: str) -> str:
        """`Page[VideoObject]` is a `VideoObjectPage`."""
        return super().normalize_name(re.sub(r"^(\w+)\[(\w+)\]$", r"\2\1", name))


def _schemas() -> tuple[Mapping[Any, Schema], Schema]:
    """The schema of every type that the table names, and what they refer to."""
    answers = {kind for route in ROUTES for kind in answers_of(route)}
    bodies = {route.body for route in ROUTES if isinstance(route.body, type)}
    ordered = sorted({ErrorObject, *answers, *bodies}, key=str)
    found, definitions = TypeAdapter.json_schemas(
        [(kind, "validation", TypeAdapter(kind)) for kind in ordered],
        ref_template=_REF,
        schema_generator=_Names,
    )
    named = {name: {**schema, "title": name} for name, schema in definitions["$defs"].items()}
    return {kind: schema for (kind, _), schema in found.items()}, named


def name_bodies(content: dict[str, Schema], components: Schema) -> None:
    """Move schemas of bodies to the components, so that a generated client has one model of each.

    One of a form that takes more than JSON does has a name of its own.
    """
    for media, body in content.items():
        schema = body["schema"]
        if "title" in schema:
            name = schema["title"]
            if components.get(name, schema) != schema:
                name += "Form"
            components[name] = {**schema, "title": name}
            content[media] = {**body, "schema": {"$ref": _REF.format(model=name)}}


def answers_of(route: Route) -> list[Any]:
    """The objects that a route answers with, as its handler says."""
    hint = get_type_hints(route.handler)["return"]
    kinds = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    return [kind for kind in kinds if kind is not Response]


def statuses_of(route: Route) -> list[int]:
    """Every status of a route beside 200."""
    found = {400, 500, *route.also}
    if route.scope is not None:
        found |= {401, 403, 503}
    if route.body is not None:
        found |= {413, 415}
    if "{" in route.path:
        found.add(404)
    return sorted(found)


def _operations(route: Route, schemas: Mapping[Any, Schema]) -> Iterator[tuple[str, Schema]]:
    keys: list[dict[str, list[str]]] = [{name: []} for name in _KEYS] if route.scope else []
    unsigned: list[dict[str, list[str]]] = [{}] if route.link else []
    content, needed = route.body, True
    if isinstance(content, type):
        needed = any(field.is_required() for field in content.model_fields.values())
        shown = {"example": examples.BODIES[content]}
        content = {"application/json": {"schema": schemas[content], **shown}}
    elif content is not None:
        content = dict(content)
    operation = {
        "tags": [route.handler.__module__.rpartition(".")[2]],
        "summary": route.summary,
        "description": inspect.getdoc(route.handler),
        "operationId": route.handler.__name__,
        "parameters": list(_parameters(route)),
        **({"requestBody": {"required": needed, "content": content}} if content else {}),
        "responses": _responses(route, schemas),
        "security": keys + unsigned,
    }
    yield route.method.lower(), operation
    if route.method == "GET":
        yield "head", operation | {"operationId": f"{route.handler.__name__}_head"}


def _parameters(route: Route) -> Iterator[Schema]:
    for name in re.findall(r"{(\w+)", route.path):
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
    for name in route.headers:
        yield {"name": name, "in": "header", "required": False, **_HEADERS[name]}
    asked = route.query.model_json_schema()["properties"] if route.query else {}
    for name, schema in asked.items():
        about = {"description": schema.pop("description")} if "description" in schema else {}
        yield {"name": name, "in": "query", "required": False, **about, "schema": schema}


def _responses(route: Route, schemas: Mapping[Any, Schema]) -> Schema:
    files = {media: {"schema": {"type": "string", "format": "binary"}} for media in route.media}
    found: Schema = {
        "200": {"description": "The answer", "content": _content(route, schemas) | files}
    }
    for status in statuses_of(route):
        said = found[str(status)] = {"description": _MEANINGS[status]}
        if status == 206:
            said["content"] = files
        elif status == 503 and route.scope is None:  # a health route says the same in either
            said["content"] = _content(route, schemas)
        elif status >= 400:
            example = {"example": examples.ERRORS[status]} if status in examples.ERRORS else {}
            said["content"] = {"application/json": {"schema": schemas[ErrorObject], **example}}
    return found


def _content(route: Route, schemas: Mapping[Any, Schema]) -> Schema:
    kinds = answers_of(route)
    if not kinds:
        return {}
    every = [schemas[kind] for kind in kinds]
    found = [example for kind in kinds if (example := examples.example_of(kind)) is not None]
    shown = {example["object"]: {"value": example} for example in found}
    content: Schema = {"schema": every[0] if len(every) == 1 else {"anyOf": every}}
    return {"application/json": content | ({"examples": shown} if shown else {})}
