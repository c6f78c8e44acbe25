"""What a wrong setting says, and what it keeps to itself."""

import pytest

from filmgate.errors import SettingsError
from filmgate.settings import load


@pytest.mark.parametrize("value", ['{"secret_access_key": "TOPSECRET",}', '"TOPSECRET"'])
def test_a_wrong_secret_is_not_shown(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("FILMGATE_STORAGE_OPTIONS", value)
    with pytest.raises(SettingsError) as caught:
        load()
    assert "storage_options" in caught.value.message
    assert "TOPSECRET" not in caught.value.message
