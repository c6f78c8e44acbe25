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
        hosts = headers.getlist("host")
        if len(hosts) > 1 or (not hosts and scope.get("http_version", "1.1") == "1.1"):
            raise InvalidParameter("Host", "must be given once")
        if hosts and not _is_host(hosts[0]):
            raise InvalidParameter("Host", "is not a host name or address")
        if not any(name in headers for name in _FORWARDED):
            return False
        if self._is_trusted(scope):
            self._believe(scope, headers)
            return True
        if not self._warned:  # once: nobody may fill the log
            self._warned = True
            message = "X-Forwarded headers from %s are not believed: trusted_proxies lacks it"
            log.warning(message, (scope.get("client") or ("an unknown address",))[0])
        return False

    def _believe(self, scope: Scope, headers: Headers) -> None:
        proto = _first(headers.get("x-forwarded-proto")).lower()
        if proto in ("http", "https"):
            scope["scheme"] = proto
        host = _first(headers.get("x-forwarded-host")) or headers.get("host", "")
        port = _first(headers.get("x-forwarded-port"))
        if port.isdigit() and port not in ("80", "443") and not re.search(r":\d+$", host):
            host = f"{host}:{port}"
        if _is_host(host):
            rest = [header for header in scope["headers"] if header[0] != b"host"]
            scope["headers"] = [*rest, (b"host", host.encode())]

    def _is_trusted(self, scope: Scope) -> bool:
        client = scope.get("client")
        try:
            address = ip_address(client[0]) if client else None
        except ValueError:
            return False
        return address is not None and any(address in network for network in self._proxies)


def _is_host(text: str) -> bool:
    match = _HOST.fullmatch(text)
    return match is not None and int((match[2] or ":0")[1:]) < 1 << 16


def _first(text: str | None) -> str:
    """What the proxy that is nearest to the caller says."""
    return (text or "").split(",")[0].strip()
