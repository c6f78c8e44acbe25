"""`filmgate models pull, list, verify, remove`: the weights of real models on this machine."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from filmgate.cli.desk import Json

Model = Annotated[str, typer.Argument(help="A preset, or a hub id as org/name.")]
Folder = Annotated[
    Path | None,
    typer.Option(show_default="as in the settings, else the hub's own cache"),
]

_GIB = 1 << 30
_COLUMNS = ("model", "repository", "GiB", "here")


def pull(
    model: Model,
    revision: Annotated[
        str | None, typer.Option(help="Commit, tag or branch.", show_default="main")
    ] = None,
    folder: Folder = None,
    as_json: Json = False,
) -> None:
    """Bring a model onto this machine: safetensors alone, at one commit. Again: it goes on."""
    from filmgate.cli.printing import print_json
    from filmgate.engines.diffusers import hub

    say = (lambda _: None) if as_json else print
    path = hub.pull(model, revision, folder or folder_of_settings(), say)
    print_json({"model": model, "path": str(path)}) if as_json else print(path)


def list_(folder: Folder = None, as_json: Json = False) -> None:
    """Show the presets and what was pulled."""
    from rich.console import Console
    from rich.table import Table

    from filmgate.cli.printing import print_json

    rows = list(_rows(folder or folder_of_settings()))
    if as_json:
        print_json([dict(zip(_COLUMNS, row, strict=True)) for row in rows])
        return
    table = Table(*_COLUMNS, box=None, padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(*row)
    Console(width=max(160, shutil.get_terminal_size().columns)).print(table)


def verify(model: Model, folder: Folder = None, as_json: Json = False) -> None:
    """See whether a pulled model is whole: every file, its size, its digest."""
    from filmgate.cli.printing import print_json, tell
    from filmgate.engines.diffusers import sources, verifying
    from filmgate.errors import SettingsError

    folder = folder or folder_of_settings()
    repo, _ = sources.repository(model)
    pin = sources.read_pin(repo, folder)
    if pin is None:
        raise SettingsError(f"{repo} was not pulled here: filmgate models pull {model}")
    found = list(verifying.faults(pin, folder))
    whole = f"{repo} at {pin.commit[:12]} is whole: {len(pin.files)} files"
    if as_json:
        print_json(
            {"repository": repo, "commit": pin.commit, "faults": [str(one) for one in found]}
        )
    else:
        tell("\n".join(str(one) for one in found) or whole)
    if found:
        raise typer.Exit(1)


def remove(model: Model, folder: Folder = None, as_json: Json = False) -> None:
    """Remove a pulled model from this machine."""
    from filmgate.cli.printing import print_json, tell
    from filmgate.engines.diffusers import hub

    freed = hub.remove(model, folder or folder_of_settings())
    if as_json:
        print_json({"model": model, "freed_bytes": freed})
    else:
        tell(f"{model} is gone: {freed / _GIB:.2f} GiB are free again")


def folder_of_settings() -> Path | None:
    """Where the settings keep pulled models, if they say."""
    from filmgate import settings

    for engine in settings.load().engines.values():
        if engine.kind == "diffusers" and (named := engine.options.get("hub_folder")):
            return Path(named)
    return None


def _rows(folder: Path | None) -> Iterator[tuple[str, str, str, str]]:
    from filmgate.engines.diffusers import hub
    from filmgate.engines.diffusers.families import presets

    here = {pin.repo: pin for pin in hub.find_pins(folder)}
    for name, preset in presets().items():
        pin = here.pop(preset.repo, None)
        weight = pin.size / _GIB if pin else preset.weights_gib
        yield name, preset.repo, f"{weight:.1f}" if weight else "", _where(pin)
    for repo, pin in here.items():
        yield repo, repo, f"{pin.size / _GIB:.1f}", _where(pin)


def _where(pin: Any) -> str:
    return pin.commit[:12] if pin else ""
