"""`filmgate backup` and `filmgate restore`: the data folder, to somewhere else and back."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filmgate import __version__, copies, databases, wiring
from filmgate.errors import FilmgateError, SettingsError
from filmgate.processes import grounds
from filmgate.settings import Settings

Say = Callable[[str], None]

_NOTE = "backup.json"
_DATABASE = "filmgate.db"
_KEY = "api-key"
_FILES = "files"
_ELSEWHERE = (
    "only the data folder is copied here, and {name} lies elsewhere: "
    "see docs/guides/keep.md for pg_dump and for buckets"
)


def backup(config: Settings, target: Path, say: Say) -> dict[str, Any]:
    """Copy database, key and films to a folder, while the server runs or not.

    The database goes first: films that it does not know yet do no harm. Into a folder with an older
    backup only what is new is copied, and what is gone is removed.

    Raises:
        SettingsError: there is no database, or it lies elsewhere.
        FilmgateError: the folder holds something else, or cannot be written.
    """
    _refuse_elsewhere(config)
    wiring.check_data(config)
    if target.is_dir() and any(target.iterdir()) and not (target / _NOTE).is_file():
        raise FilmgateError(f"{target} holds something that is no backup: give an empty folder")
    with databases.private_files():
        note = _copy_all(config, target)
    say(f"{target} holds the database (schema {note['schema']}) and {note['files']} files")
    return note


def _copy_all(config: Settings, target: Path) -> dict[str, Any]:
    target.mkdir(parents=True, exist_ok=True)
    draft = target / f".{_DATABASE}"
    draft.unlink(missing_ok=True)
    copies.copy_database(databases.database_file(config), draft)
    copies.check_whole(draft)
    draft.replace(target / _DATABASE)
    if (key := config.data / _KEY).is_file():
        shutil.copyfile(key, target / _KEY)
    films = _mirror(config.data / _FILES, target / _FILES)
    note = {
        "filmgate": __version__,
        "schema": copies.revision_of(target / _DATABASE),
        "taken_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "files": films,
    }
    (target / _NOTE).write_text(json.dumps(note, indent=2) + "\n", "utf-8")
    return note


def restore(source: Path, config: Settings, say: Say) -> dict[str, Any]:
    """Make a data folder of a backup; nothing that is there is overwritten.

    Raises:
        SettingsError: the folder has a database already, or data of another kind.
        FilmgateError: there is no backup, it is damaged, or of a newer release.
    """
    _refuse_elsewhere(config)
    database = source / _DATABASE
    if not database.is_file() or not (source / _NOTE).is_file():
        raise FilmgateError(f"{source} is no backup: it has no {_NOTE} beside a {_DATABASE}")
    copies.check_whole(database)
    revision = copies.revision_of(database)
    if revision is None or revision > wiring.SCHEMA:
        raise FilmgateError(
            f"{source} has schema {revision}, and this release knows up to {wiring.SCHEMA}: "
            "install the release that wrote it"
        )
    target = databases.database_file(config)
    if target.exists():
        raise SettingsError(
            f"{target.absolute()} is there already: move it away, or give --data another folder"
        )
    with databases.private_files():
        films = _lay_out(source, config.data)
    say(f"{config.data} has the database (schema {revision}) and {films} files of {source}")
    return {"data": str(config.data), "schema": revision, "files": films}


def _lay_out(source: Path, data: Path) -> int:
    descriptor = grounds.lock_folder(data)
    try:
        films = _mirror(source / _FILES, data / _FILES)
        if (source / _KEY).is_file():
            shutil.copyfile(source / _KEY, data / _KEY)
        draft = data / f".{_DATABASE}"
        shutil.copyfile(source / _DATABASE, draft)
        draft.replace(data / _DATABASE)  # last: without it this can be done again
    finally:
        os.close(descriptor)
    return films


def _refuse_elsewhere(config: Settings) -> None:
    for name in ("database_url", "storage"):
        if getattr(config, name) is not None:
            raise SettingsError(_ELSEWHERE.format(name=name))


def _mirror(source: Path, target: Path) -> int:
    """Make `target` hold what `source` does, and count it. Films never change, so size tells."""
    wanted = {path.relative_to(source) for path in source.rglob("*") if path.is_file()}
    target.mkdir(parents=True, exist_ok=True)
    for path in [one for one in target.rglob("*") if one.is_file()]:
        if path.relative_to(target) not in wanted:
            path.unlink()
    return sum(_copy(source / name, target / name) for name in sorted(wanted))


def _copy(source: Path, target: Path) -> int:
    """Copy a file unless it is there; 0 where it has been removed meanwhile."""
    try:
        if not target.is_file() or target.stat().st_size != source.stat().st_size:
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_name(f".{target.name}.new")
            shutil.copyfile(source, draft)
            draft.replace(target)
    except FileNotFoundError:
        return 0
    return 1
