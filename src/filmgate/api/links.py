"""Signed links: what lets a film be fetched, or a bell be rung, without a key."""

import hashlib
import hmac
from collections.abc import Callable

from filmgate.clock import Clock
from filmgate.domain.callbacks import is_genuine
from filmgate.domain.video import Video
from filmgate.errors import InvalidKey


class Links:
    """Makes and proves the signature of a video's links. A link dies with its video."""

    def __init__(self, *, secret: str, clock: Clock) -> None:
        self._secret = secret.encode()
        self._clock = clock

    def addresses(self, base: str, video: Video, index: int) -> Callable[[str], str]:
        """The address of each file of one output, good without a key until the video expires.

        A path ends in the file's name: chat pages tell a film by that.
        """
        expires = int(video.expires_at or 0)
        query = f"index={index}&expires={expires}&signature={self._sign(video.id, expires)}"
        return lambda file: f"{base}/v1/videos/{video.id}/content/{file}?{query}"

    def check(self, video_id: str, expires: str, signature: str) -> None:
        """Raise InvalidKey unless the signature is ours and its time is not over."""
        whole = expires.isascii() and expires.isdigit() and len(expires) < 16
        expected = self._sign(video_id, int(expires) if whole else 0)
        if not hmac.compare_digest(signature.encode(), expected.encode()) or not whole:
            raise InvalidKey("The link's signature is not valid")
        if int(expires) <= self._clock.now():
            raise InvalidKey("The link has expired")

    def good(self, video_id: str, expires: str, signature: str) -> bool:
        """Whether the signature is ours and its time is not over."""
        try:
            self.check(video_id, expires, signature)
        except InvalidKey:
            return False
        return True

    def may_ring(self, tag: str, signature: str) -> bool:
        """Whether it was we who gave the order of that tag this signature."""
        return is_genuine(self._secret.decode(), tag, signature)

    def _sign(self, video_id: str, expires: int) -> str:
        message = f"{video_id}:{expires}".encode()
        return hmac.new(self._secret, message, hashlib.sha256).hexdigest()
