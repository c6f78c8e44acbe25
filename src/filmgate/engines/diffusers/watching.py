"""The seam that every pipeline has: its own progress bar, replaced on the instance.

Pipelines without a step callback have it too. It tells when text is encoded (the bar opens), each
step, and when decoding begins (the bar closes). Raising from it, or from the hooks within a step,
ends the run.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, TypeAlias

TEXT = 0.04
DECODED = 0.14
"""The shares of a run that go before the first step and after the last."""

_WITHIN = ("transformer", "transformer_2", "text_encoder", "text_encoder_2", "image_encoder")


Watcher: TypeAlias = Callable[[float], None]
"""Takes the share of a run that is done, 0…1; raises to end it."""


class Bar:
    """Stands where a pipeline expects tqdm's bar."""

    def __init__(self, seam: "Seam", iterable: Iterable[Any] | None, total: int | None) -> None:
        self._seam = seam
        self._entries = list(iterable or ())
        self._done = 0
        self.total = total if total is not None else len(self._entries)

    def __enter__(self) -> "Bar":
        self._seam.step(0.0)
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[Any]:
        for entry in self._entries:
            yield entry
            self.update()

    def update(self, n: int = 1) -> None:
        """Count steps."""
        self._done += n
        self._seam.step(min(1.0, self._done / max(1, self.total)))

    def close(self) -> None:
        """The loop has ended: the next bar, or decoding, comes."""
        self._seam.bar_ended()

    def set_postfix(self, *_: object, **__: object) -> None:
        """Nobody reads it."""


class Seam:
    """Watches one run of a pipeline that opens `bars` bars, one after another."""

    def __init__(self, watch: Watcher, bars: int = 1) -> None:
        self._watch = watch
        self._bars = bars
        self._ended = 0
        self._share = 0.0

    def step(self, share: float) -> None:
        """Take the share of the current bar."""
        done = min(1.0, (self._ended + share) / self._bars)
        self.tell(TEXT + done * (1 - TEXT - DECODED))

    def bar_ended(self) -> None:
        """Take the end of a bar."""
        self._ended = min(self._ended + 1, self._bars)

    def tell(self, share: float) -> None:
        """Pass a share on; it never goes back."""
        self._share = max(self._share, share)
        self._watch(self._share)

    def look(self, *_: object) -> None:
        """Ask whether to go on, from within a step."""
        self._watch(self._share)

    @contextmanager
    def on(self, pipe: Any, *, hooks: bool = True) -> Iterator[None]:
        """Watch `pipe` while the block runs; compiled modules bear no hooks."""
        with ExitStack() as stack:
            pipe.progress_bar = lambda iterable=None, total=None: Bar(self, iterable, total)
            stack.callback(lambda: pipe.__dict__.pop("progress_bar", None))
            for module in _modules(pipe) if hooks else ():
                stack.callback(module.register_forward_pre_hook(self.look).remove)
            yield


def _modules(pipe: Any) -> Iterator[Any]:
    """The parts that take long, and their blocks: a step of a large film takes many seconds."""
    parts = [pipe.components.get(name) for name in _WITHIN]
    for part in (*parts, getattr(pipe.components.get("vae"), "decoder", None)):
        if hasattr(part, "register_forward_pre_hook"):
            yield part
            for name, child in part.named_modules():
                if type(child).__name__ == "ModuleList" and name.count(".") <= 1:
                    yield from (block for block in child if block is not None)
