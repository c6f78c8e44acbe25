"""A judge at an address of the operator's."""

from ipaddress import ip_network

import httpx2

from filmgate.moderators.base import MAX_ANSWER, JudgeFailed
from filmgate.net.guard import guarded_client

_ANYWHERE = (ip_network("0.0.0.0/0"), ip_network("::/0"))
"""The judge's address is the operator's choice, not a caller's."""


class HttpJudge:
    """A judge at a URL of the operator's own: the case is posted, the verdict is the answer."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def __call__(self, case: bytes) -> bytes:
        """Post once; no redirect is followed."""
        headers = {"content-type": "application/json"}
        try:
            async with (
                guarded_client(allowed=_ANYWHERE, timeout=None) as client,
                client.stream("POST", self._url, content=case, headers=headers) as response,
            ):
                if response.status_code != httpx2.codes.OK:
                    raise JudgeFailed(f"it answered {response.status_code}")
                return await _first(response)
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError) as error:
            raise JudgeFailed(f"it could not be asked: {type(error).__name__}") from error


async def _first(response: httpx2.Response) -> bytes:
    answer = bytearray()
    async for part in response.aiter_bytes():
        answer += part
        if len(answer) > MAX_ANSWER:
            raise JudgeFailed("its answer is too long")
    return bytes(answer)
