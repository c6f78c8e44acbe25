"""Chance that repeats: every draw follows from a seed and a name, on every run and machine."""

import hashlib
import random
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")


def digest(*parts: object) -> int:
    """64 bits that follow from `parts` alone."""
    text = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(
        hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    )


class Dice:
    """A stream of numbers of its own for each (seed, name): a new use never shifts another's."""

    def __init__(self, seed: int, *name: object) -> None:
        self._random = random.Random(digest(seed, *name))  # noqa: S311 - art, not secrets

    def between(self, low: float, high: float) -> float:
        """Evenly between two numbers."""
        return low + (high - low) * self._random.random()

    def around(self, middle: float, spread: float) -> float:
        """Within `spread` of `middle`."""
        return self.between(middle - spread, middle + spread)

    def pick(self, choices: Sequence[T]) -> T:
        """One of them."""
        return choices[int(self._random.random() * len(choices))]

    def coin(self, chance: float = 0.5) -> bool:
        """True with that chance."""
        return self._random.random() < chance

    def shuffle(self, items: Sequence[T]) -> list[T]:
        """The same items in another order."""
        return [items[k] for k in sorted(range(len(items)), key=lambda _: self._random.random())]


@lru_cache(64)
def scatter(seed: int, name: str, count: int, columns: int = 6) -> NDArray[np.float64]:
    """`count` rows of numbers in 0…1, the same for the same seed and name. Read only."""
    dice = Dice(seed, "scatter", name)
    table = np.array([[dice.between(0, 1) for _ in range(columns)] for _ in range(count)])
    table.setflags(write=False)
    return table
