"""Money as whole micro-dollars: one dollar is 1,000,000."""

from decimal import ROUND_HALF_UP, Decimal

MICRO = 1_000_000
"""Micro-dollars in a dollar."""


def micros(usd: Decimal) -> int:
    """Dollars as micro-dollars, halves up."""
    return int((usd * MICRO).to_integral_value(ROUND_HALF_UP))


def usd(amount: int) -> str:
    """Micro-dollars as the wire spells dollars: six decimals, always."""
    sign, rest = ("-", -amount) if amount < 0 else ("", amount)
    return f"{sign}{rest // MICRO}.{rest % MICRO:06d}"


def for_duration(per_second: int, duration_ms: int) -> int:
    """The price of `duration_ms` at `per_second` micro-dollars a second, halves up."""
    return (per_second * duration_ms + 500) // 1000


def share(amount: int, part: Decimal) -> int:
    """A part of an amount, halves up."""
    return int((amount * part).to_integral_value(ROUND_HALF_UP))
