"""Addresses of ours that may be rung: each for one order, signed, and good for nothing else."""

import hashlib
import hmac

FOLDER = "/v1/callbacks"


def callback_path(secret: str, tag: str) -> str:
    """Where whoever has the order of this tag may ring."""
    return f"{FOLDER}/{tag}/{_sign(secret, tag)}"


def is_genuine(secret: str, tag: str, signature: str) -> bool:
    """Whether we made this address, said in the same time whatever the signature."""
    return hmac.compare_digest(signature.encode(), _sign(secret, tag).encode())


def video_of(tag: str) -> str:
    """The video that an order is of: `video_HEX-0-1` is the first sending of its first film."""
    return tag.partition("-")[0]


def _sign(secret: str, tag: str) -> str:
    return hmac.new(secret.encode(), f"callback {tag}".encode(), hashlib.sha256).hexdigest()
