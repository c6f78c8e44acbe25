"""The seam, on a pipeline of a few lines."""

import itertools
from typing import Any

import pytest

from filmgate.engines.diffusers.watching import DECODED, TEXT, Seam


class Module:
    """What bears hooks."""

    def __init__(self) -> None:
        self.hooks: list[Any] = []

    def register_forward_pre_hook(self, hook: Any) -> Any:
        self.hooks.append(hook)

        class Handle:
            def remove(handle) -> None:  # noqa: N805
                self.hooks.remove(hook)

        return Handle()

    def named_modules(self) -> Any:
        return [("", self)]

    def __call__(self) -> None:
        for hook in self.hooks:
            hook(self)


class Pipe:
    """Denoises in `bars` bars of four steps, as pipelines do."""

    def __init__(self, bars: int = 1) -> None:
        self.bars = bars
        self.components = {"transformer": Module(), "text_encoder": Module(), "scheduler": None}

    def progress_bar(self, iterable: Any = None, total: int | None = None) -> Any:
        raise AssertionError("the pipeline's own bar was opened")

    def __call__(self) -> None:
        self.components["text_encoder"]()  # type: ignore[misc]
        for _ in range(self.bars):
            with self.progress_bar(total=4) as bar:
                for _ in range(4):
                    self.components["transformer"]()  # type: ignore[misc]
                    bar.update()


@pytest.mark.parametrize("bars", [1, 3])
def test_steps_are_told_between_text_and_decoding(bars: int) -> None:
    told: list[float] = []
    pipe = Pipe(bars)
    with Seam(told.append, bars).on(pipe):
        pipe()
    assert all(one <= other for one, other in itertools.pairwise(told))
    assert TEXT in told
    assert told[-1] == pytest.approx(1 - DECODED)
    assert len(set(told)) == 4 * bars + 2


def test_more_bars_than_expected_do_no_harm() -> None:
    told: list[float] = []
    pipe = Pipe(5)
    with Seam(told.append, 1).on(pipe):
        pipe()
    assert max(told) == pytest.approx(1 - DECODED)


def test_a_loop_over_the_bar_is_watched() -> None:
    told: list[float] = []
    pipe = Pipe()
    with Seam(told.append).on(pipe):
        assert list(pipe.progress_bar([1, 2])) == [1, 2]
    assert told == pytest.approx([TEXT + 0.41, 1 - DECODED])


def test_raising_ends_the_run_and_the_seam_is_gone() -> None:
    def stop(share: float) -> None:
        if share > 0.3:
            raise InterruptedError

    pipe = Pipe()
    with pytest.raises(InterruptedError), Seam(stop).on(pipe):
        pipe()
    assert "progress_bar" not in vars(pipe)
    assert pipe.components["transformer"].hooks == []  # type: ignore[union-attr]


def test_compiled_modules_bear_no_hooks() -> None:
    told: list[float] = []
    pipe = Pipe()
    with Seam(told.append).on(pipe, hooks=False):
        pipe()
    assert len(told) == 5
