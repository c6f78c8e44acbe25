"""`filmgate serve --model`: a real model by its name alone, beside what the settings say."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from filmgate.errors import SettingsError
from filmgate.settings import Settings

ENGINE = "diffusers"


def served_with(
    config: Settings, names: Sequence[str], say: Callable[[str], None], base: str | None = None
) -> Any:
    """What the command line must add to the settings to serve these models.

    Each is pulled if it is not on this machine. The first is the model of requests that name none.
    `base` is what a single file takes its other parts from.

    Raises:
        SettingsError: there is no such model, or it is not what we load.
        Unavailable: the hub is away, or the disk has no room.
        MissingPart: the extra is not installed.
    """
    if not names:
        return {}
    engine = next((key for key, own in config.engines.items() if own.kind == ENGINE), ENGINE)
    own = config.engines.get(engine)
    options: dict[str, Any] = dict(own.options) if own else {}
    models = options.get("models", {})
    models = {name: {} for name in models} if isinstance(models, list) else dict(models)
    chosen = [_bring(name, base, options, say) for name in names]
    tables: dict[str, Any] = {key: {} for key in config.engines}
    tables[engine] = {"kind": ENGINE, "options": {"models": models | dict(chosen)}}
    first = chosen[0][0]
    return {"engines": tables, "default_model": {"sora": first, "openai": first}}


def _bring(
    name: str, base: str | None, options: dict[str, Any], say: Callable[[str], None]
) -> tuple[str, dict[str, Any]]:
    """A model's id and its options, its weights being on this machine."""
    from filmgate.engines.diffusers import folder, hub, sources

    file = Path(name).expanduser().resolve()
    own = {"transformer": str(file)} if file.is_file() else {}
    name = (base or base_beside(file)) if own else name
    hub_folder = Path(options["hub_folder"]) if "hub_folder" in options else None
    try:
        path = sources.resolve(name, None, hub_folder)
    except SettingsError:
        path = hub.pull(name, None, hub_folder, say)
    folder.read(path, beside=own)
    is_path = Path(name).expanduser().resolve() == path
    source = str(path) if is_path else name
    if own:
        return file.stem, {"source": source, **own}
    return (path.name, {"source": source}) if is_path else (name, {})


def base_beside(file: Path) -> str:
    """The folder of diffusers' layout that a single file lies in.

    Raises:
        SettingsError: it lies in none.
    """
    for folder in file.parents[:2]:
        if (folder / "model_index.json").is_file():
            return str(folder)
    raise SettingsError(
        f"{file} is one file: --base names the preset, hub id or folder of its other parts"
    )
