"""The server that this folder's settings describe, and its first key."""

from filmgate import settings


def address_and_key() -> tuple[str, str | None]:
    """Its address, and its key if the settings or the data folder have one."""
    config = settings.load()
    url = f"{config.local_url}/v1"
    if config.api_key is not None:
        return url, config.api_key.get_secret_value()
    file = config.data / "api-key"
    return url, file.read_text().strip() if file.is_file() else None
