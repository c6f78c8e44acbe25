"""Out of memory, on a decoder of a few lines."""

from collections.abc import Callable
from typing import Any

import pytest

from filmgate.engines.diffusers.recovery import is_out_of_memory, recovering
from filmgate.errors import GenerationFailed


class OutOfMemoryError(RuntimeError):
    """As torch's is named."""


class Vae:
    """Decodes after so many refusals."""

    def __init__(self, refusals: int, error: type[BaseException] = OutOfMemoryError) -> None:
        self.refusals, self.error = refusals, error
        self.use_tiling = False
        self.tiled: list[bool] = []

    def decode(self, latents: object) -> object:
        self.tiled.append(self.use_tiling)
        if len(self.tiled) <= self.refusals:
            raise self.error("no room")
        return latents

    def enable_tiling(self) -> None:
        self.use_tiling = True

    def disable_tiling(self) -> None:
        self.use_tiling = False


class Part:
    """A module that can be moved."""

    device = "gpu"

    def __init__(self) -> None:
        self.places: list[str] = []

    def parameters(self) -> list[object]:
        return []

    def to(self, place: str) -> None:
        self.places.append(place)


class Pipe:
    def __init__(self, vae: Vae) -> None:
        self.vae = vae
        self.components: dict[str, Any] = {"vae": vae, "transformer": Part(), "scheduler": object()}

    def maybe_free_model_hooks(self) -> None: ...


def decode(pipe: Pipe, *, movable: bool = True) -> Any:
    with recovering(pipe, lambda: None, movable=movable):
        return pipe.vae.decode("latents")


@pytest.mark.parametrize(("refusals", "tiled"), [(0, [False]), (1, [False] * 2)])
def test_the_others_leave_first(refusals: int, tiled: list[bool]) -> None:
    pipe = Pipe(Vae(refusals))
    assert decode(pipe) == "latents"
    assert pipe.vae.tiled == tiled
    places = pipe.components["transformer"].places
    assert places == (["cpu", "gpu"] if refusals else [])


def test_then_it_is_decoded_in_tiles_this_once() -> None:
    pipe = Pipe(Vae(2))
    assert decode(pipe, movable=False) == "latents"
    assert pipe.vae.tiled == [False, False, True]
    assert pipe.vae.use_tiling is False
    assert "decode" not in vars(pipe.vae)
    assert pipe.components["transformer"].places == []


def test_if_nothing_helps_the_failure_says_what_would() -> None:
    pipe = Pipe(Vae(9))
    with pytest.raises(GenerationFailed, match="ask for a smaller size") as caught:
        decode(pipe)
    assert caught.value.failure == "out_of_memory"
    assert len(pipe.vae.tiled) == 3


def test_other_errors_pass() -> None:
    pipe = Pipe(Vae(9, ValueError))
    with pytest.raises(ValueError, match="no room"):
        decode(pipe)
    assert len(pipe.vae.tiled) == 1


@pytest.mark.parametrize(
    ("error", "is_one"),
    [
        (OutOfMemoryError, True),
        (MemoryError, True),
        (lambda: RuntimeError("MPS backend out of memory"), True),
        (lambda: RuntimeError("DefaultCPUAllocator: can't allocate memory"), True),
        (lambda: RuntimeError("shapes differ"), False),
        (lambda: ValueError("out of memory"), False),
    ],
)
def test_what_out_of_memory_looks_like(error: Callable[[], BaseException], is_one: bool) -> None:
    assert is_out_of_memory(error()) is is_one
