"""How long a strike puts a video off, and which one is the last."""

import pytest
from tests.support.videos import a_video

from filmgate.domain import ids
from filmgate.domain.strikes import ending, put_off_s
from filmgate.domain.worker import Death

DELAYS = (0, 1, 2, 4, 8, 15, 30, 60, 120, 300)


@pytest.mark.parametrize("strikes", range(1, 11))
def test_each_strike_puts_off_longer_a_fifth_more_or_less(strikes: int) -> None:
    delay = DELAYS[strikes - 1]
    waits = [put_off_s(ids.video_id(), strikes) for _ in range(200)]
    assert all(0.8 * delay <= wait <= 1.2 * delay for wait in waits)
    if delay:
        assert max(waits) - min(waits) > 0.3 * delay, "videos of one moment come back together"


def test_the_same_strike_of_the_same_video_waits_the_same() -> None:
    assert put_off_s("video_1", 7) == put_off_s("video_1", 7)


def test_the_tenth_strike_ends_it() -> None:
    assert ending(a_video(strikes=8), Death.ALONE) is None
    problem = ending(a_video(strikes=9), Death.ALONE)
    assert problem is not None
    assert problem.code == "worker_lost"


def test_a_card_may_say_another_cap() -> None:
    assert ending(a_video(max_attempts=1), Death.ALONE) is not None


def test_the_second_want_of_memory_ends_it() -> None:
    assert ending(a_video(), Death.OUT_OF_MEMORY) is None
    assert ending(a_video(strikes=5, memory_strikes=1), Death.ALONE) is None
    problem = ending(a_video(strikes=1, memory_strikes=1), Death.OUT_OF_MEMORY)
    assert problem is not None
    assert problem.code == "out_of_memory"
