"""What a key must be good for, told from method and path alone, so that no route can forget it."""

from filmgate.domain.account import Caller, Scope
from filmgate.errors import ScopeMissing

_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_USAGE = frozenset({"/v1/balance", "/v1/usage"})


def needed(method: str, path: str) -> Scope:
    """The scope of a request; `path` is canonical."""
    if path == "/v1/admin" or path.startswith("/v1/admin/"):
        return Scope.ADMIN
    if path in _USAGE:
        return Scope.USAGE_READ
    return Scope.VIDEOS_READ if method in _READS else Scope.VIDEOS_WRITE


def check(caller: Caller, scope: Scope) -> None:
    """Raise ScopeMissing unless the caller's key is good for `scope`."""
    if scope not in caller.scopes:
        raise ScopeMissing(f"This key is not good for this: it lacks the scope '{scope}'")
