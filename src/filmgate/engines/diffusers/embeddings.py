"""Remembers what the text encoder made of a prompt: it runs once for the n films of a request."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

KEPT = 8
"""How many prompts, or pairs of them, are remembered for each pipeline."""

_PLAIN = (str, int, float, bool, type(None))


class Remembering:
    """Stands before `encode_prompt`; a call with tensors or pictures passes through."""

    def __init__(self, encode: Callable[..., Any], kept: int = KEPT) -> None:
        self._encode = encode
        self._kept = kept
        self._known: OrderedDict[str, Any] = OrderedDict()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Answer from memory what was asked before."""
        if not all(map(_is_plain, (*args, *kwargs.values()))):
            return self._encode(*args, **kwargs)
        key = repr((args, sorted(kwargs.items())))
        if key not in self._known:
            self._known[key] = self._encode(*args, **kwargs)
            while len(self._known) > self._kept:
                self._known.popitem(last=False)
        self._known.move_to_end(key)
        return self._known[key]

    def forget(self) -> None:
        """Drop everything: the text encoder is not the same any more."""
        self._known.clear()


def remember(pipe: Any) -> None:
    """Let a pipeline remember, if it has an `encode_prompt` of its own."""
    encode = getattr(pipe, "encode_prompt", None)
    if encode is not None:
        pipe.encode_prompt = Remembering(encode)


def forget(pipe: Any) -> None:
    """Let a pipeline drop what it remembers."""
    encode = getattr(pipe, "encode_prompt", None)
    if isinstance(encode, Remembering):
        encode.forget()


def _is_plain(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(map(_is_plain, value))
    if isinstance(value, dict):
        return all(map(_is_plain, value.values()))
    return isinstance(value, _PLAIN) or type(value).__module__ == "torch"
