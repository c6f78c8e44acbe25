"""The files that pages are made of: ours, and Swagger UI's out of a wheel; nothing from a CDN."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from filmgate.errors import MissingPart


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One file, ready to be sent. `etag` changes when its bytes do."""

    data: bytes
    packed: bytes
    media_type: str
    etag: str


_OURS = "filmgate.web"
_SWAGGER = "fastapi_swagger"

_FILES = {
    "docs.css": (_OURS, "assets/docs.css", "text/css; charset=utf-8"),
    "docs.js": (_OURS, "assets/docs.js", "text/javascript; charset=utf-8"),
    "favicon.svg": (_OURS, "assets/favicon.svg", "image/svg+xml"),
    "swagger-ui.css": (_SWAGGER, "resources/swagger-ui.css", "text/css; charset=utf-8"),
    "swagger-ui.js": (_SWAGGER, "resources/swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
}
"""Each name under `/static/`: the package and file that it is, and its type."""
_STUDIO_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


@cache
def asset(name: str) -> Asset | None:
    """A file of `/static/`, read and packed at its first use; None when there is none."""
    found = _FILES.get(name) or _studio_files().get(name)
    if found is None:
        return None
    package, file, media_type = found
    data = _folder(package).joinpath(file).read_bytes()
    return Asset(
        data=data,
        packed=gzip.compress(data, 6, mtime=0),
        media_type=media_type,
        etag=hashlib.sha256(data).hexdigest()[:16],
    )


@cache
def _studio_files() -> dict[str, tuple[str, str, str]]:
    """The modules and styles of the studio: whatever lies in its folder."""
    found = (_folder(_OURS) / "assets" / "studio").iterdir()
    return {
        f"studio/{file.name}": (_OURS, f"assets/studio/{file.name}", _STUDIO_TYPES[file.suffix])
        for file in found
        if file.suffix in _STUDIO_TYPES
    }


def _folder(package: str) -> Path:
    """Where a package lies. It is not imported: Swagger UI's would bring a web framework along."""
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise MissingPart(f"The pages need the package '{package}'")
    return Path(found.submodule_search_locations[0])


def template(name: str) -> str:
    """The text of a page of ours."""
    return (_folder(_OURS) / "assets" / name).read_text("utf-8")
