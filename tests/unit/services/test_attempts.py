from filmgate.services.attempts import Attempts
from filmgate.testing.clock import ManualClock


def test_attempts_are_counted_for_a_minute() -> None:
    clock = ManualClock()
    attempts = Attempts(clock)
    attempts.add("ann")
    attempts.add("ann")
    attempts.take_back("ann")
    assert (attempts.of("ann"), attempts.of("bob")) == (1, 0)
    clock.advance(60)
    assert attempts.of("ann") == 0
    attempts.take_back("ann")
    assert attempts.of("ann") == 0
