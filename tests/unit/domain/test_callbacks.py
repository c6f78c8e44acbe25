"""Addresses that may be rung."""

import pytest

from filmgate.domain.callbacks import callback_path, is_genuine, video_of

TAG = "video_9f2c-0-1"


def test_an_address_proves_itself() -> None:
    _, tag, signature = callback_path("secret", TAG).rsplit("/", 2)
    assert tag == TAG
    assert is_genuine("secret", tag, signature)
    assert video_of(tag) == "video_9f2c"


@pytest.mark.parametrize("forged", ["", "0" * 64, "ü", "é" * 64])
def test_no_other_does(forged: str) -> None:
    assert not is_genuine("secret", TAG, forged)


def test_a_signature_is_good_for_its_own_order_alone() -> None:
    signature = callback_path("secret", TAG).rpartition("/")[2]
    assert not is_genuine("secret", "video_9f2c-0-2", signature)
    assert not is_genuine("another secret", TAG, signature)
