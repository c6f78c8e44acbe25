"""The files that pages are made of: ours, and Swagger UI's out of a wheel; nothing from a CDN."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One file, ready to be sent. `etag` changes when its bytes do."""

    data: bytes
    packed: bytes
    media_type: str
    etag: str


_OURS = "filmgate.web"
_SWAGGER = "fastapi_swagger.resources"

_FILES = {
    "filmgate.css": (_OURS, "assets/filmgate.css", "text/css; charset=utf-8"),
    "docs.css": (_OURS, "assets/docs.css", "text/css; charset=utf-8"),
    "docs.js": (_OURS, "assets/docs.js", "text/javascript; charset=utf-8"),
    "favicon.svg": (_OURS, "assets/favicon.svg", "image/svg+xml"),
    "swagger-ui.css": (_SWAGGER, "swagger-ui.css", "text/css; charset=utf-8"),
    "swagger-ui.js": (_SWAGGER, "swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
}
"""Each name under `/static/`: the package and file that it is, and its type."""


@cache
def asset(name: str) -> Asset | None:
    """A file of `/static/`, read and packed at its first use; None when there is none."""
    if name not in _FILES:
        return None
    package, file, media_type = _FILES[name]
    data = resources.files(package).joinpath(file).read_bytes()
    return Asset(
        data=data,
        packed=gzip.compress(data, 6, mtime=0),
        media_type=media_type,
        etag=hashlib.sha256(data).hexdigest()[:16],
    )


def template(name: str) -> str:
    """The text of a page of ours."""
    return resources.files(_OURS).joinpath(f"assets/{name}").read_text("utf-8")
