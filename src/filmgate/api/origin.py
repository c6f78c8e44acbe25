"""The address that a caller reaches us at: its Host, or what a proxy that is trusted says of it."""

import logging
import re
from collections.abc import Sequence
from ipaddress import ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import Scope

from filmgate.errors import InvalidParameter

log = logging.getLogger(__name__)

_HOST = re.compile(r"([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?", re.ASCII)
_FORWARDED = ("x-forwarded-proto", "x-forwarded-host", "x-forwarded-port")


class Origin:
    """Settles scheme and host of a request, before anything looks at them."""

    def __init__(self, proxies: Sequence[str]) -> None:
        self._proxies = [ip_network(text) for text in proxies]
        self._warned = False

    def settle(self, scope: Scope, headers: Headers) -> bool:
        """Put what a trusted proxy says in the place of what came; whether it said anything.

        Raises:
            InvalidParameter: the host is none.
        """
        host = headers.get("host")
        if host and not _HOST.fullmatch(host):
            raise InvalidParameter("Host", "is not a host name or address")
        if not any(name in headers for name in _FORWARDED):
            return False
        if not self._is_trusted(scope):
            self._warn(scope)
            return False
        self._believe(scope, headers)
        return True

    def _believe(self, scope: Scope, headers: Headers) -> None:
        proto = _first(headers.get("x-forwarded-proto")).lower()
        if proto in ("http", "https"):
            scope["scheme"] = proto
        host = _forwarded_host(headers)
        if _HOST.fullmatch(host):
            rest = [header for header in scope["headers"] if header[0] != b"host"]
            scope["headers"] = [*rest, (b"host", host.encode())]

    def _is_trusted(self, scope: Scope) -> bool:
        client = scope.get("client")
        try:
            address = ip_address(client[0]) if client else None
        except ValueError:
            return False
        return address is not None and any(address in network for network in self._proxies)

    def _warn(self, scope: Scope) -> None:
        """Once: an operator must know why links are wrong, and nobody may fill the log."""
        if not self._warned:
            self._warned = True
            client = (scope.get("client") or ("an unknown address",))[0]
            log.warning(
                "X-Forwarded headers from %s are not believed: trusted_proxies does not name it",
                client,
            )


def _forwarded_host(headers: Headers) -> str:
    host = _first(headers.get("x-forwarded-host")) or headers.get("host", "")
    port = _first(headers.get("x-forwarded-port"))
    named = re.search(r":\d+$", host) is not None
    standard = port in ("80", "443")
    return f"{host}:{port}" if port.isdigit() and not named and not standard else host


def _first(text: str | None) -> str:
    """What the proxy that is nearest to the caller says."""
    return (text or "").split(",")[0].strip()
