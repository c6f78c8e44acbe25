"""The data folder: writable, with room, on a disk that a database can live on, and whose it is."""

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from filmgate.copies import revision_of
from filmgate.domain.finding import Finding, bad, good, mind
from filmgate.errors import Unavailable

if TYPE_CHECKING:
    from filmgate.settings import Settings

_SCARCE = 1 << 30
_NONE_LEFT = 100 << 20
_SHARED = ("nfs", "cifs", "smb", "9p", "fuse.sshfs", "ceph", "gluster", "lustre", "afs")
_FLEETING = ("tmpfs", "ramfs", "overlay")


def examine(config: "Settings") -> list[Finding]:
    """Everything about the folder and what lies in it."""
    lies = folder = config.data.absolute()
    while not lies.is_dir() and lies != lies.parent:
        lies = lies.parent  # the nearest folder above that is there
    return [
        _writable(folder, lies),
        _room(lies),
        _file_system(lies),
        *([] if config.database_url else [_database(folder / "filmgate.db")]),
        _lock(folder / "lock"),
        *_modes(folder),
    ]


def _writable(folder: Path, lies: Path) -> Finding:
    mend = "give --data, or FILMGATE_DATA, a folder that is yours"
    if folder.exists() and lies != folder:
        return bad("data", f"{folder} is no folder", mend)
    try:
        with tempfile.TemporaryFile(dir=lies):
            pass
    except OSError as error:
        return bad("data", f"{folder} cannot be written: {error.strerror}", mend)
    return good("data", f"{folder} {'is writable' if lies == folder else 'can be made'}")


def _room(lies: Path) -> Finding:
    free = shutil.disk_usage(lies).free
    text = f"{free / 2**30:.1f} GiB free"
    if free < _NONE_LEFT:
        return bad("room", text, "make room, or give --data a folder on another disk")
    return mind("room", text, "that holds few films") if free < _SCARCE else good("room", text)


def _file_system(lies: Path) -> Finding:
    kind = _file_system_kind(lies)
    if kind is None:
        return good("disk", "its file system is not known here")
    if kind.startswith(_SHARED):
        return mind("disk", f"{kind} is shared over a network", "SQLite wants a local disk")
    if kind in _FLEETING:
        return mind("disk", f"{kind} may not outlive a restart", "fine for a trial")
    return good("disk", kind)


def _file_system_kind(lies: Path) -> str | None:
    """The file system of the mount point that is nearest above, as the kernel lists them."""
    try:
        lines = Path("/proc/self/mounts").read_text("utf-8", "replace").splitlines()
    except OSError:
        return None
    above = []
    for point, kind in (line.split()[1:3] for line in lines):
        point = point.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        if lies.is_relative_to(point):
            above.append((len(point), kind))
    return max(above, key=lambda found: found[0])[1] if above else None


def _database(file: Path) -> Finding:
    if not file.exists():
        return good("database", "none yet; the first start makes it")
    try:
        found = revision_of(file)
    except Unavailable as error:
        mend = f"restore {file} from a backup, or move it away to start afresh"
        return bad("database", f"{file} cannot be read: {error.__cause__}", mend)
    return judge_revision("database", found)


def judge_revision(name: str, revision: str | None) -> Finding:
    """Whether this release can serve a database of that schema."""
    from filmgate.wiring import SCHEMA as HEAD

    if revision == HEAD:
        return good(name, f"opens, schema {HEAD}")
    if revision is None or revision < HEAD:
        return mind(name, f"schema {revision}; the next start brings it to {HEAD}")
    mend = "install the release of Filmgate that wrote it"
    return bad(name, f"schema {revision}, and this release knows up to {HEAD}", mend)


def _lock(file: Path) -> Finding:
    try:
        with file.open("rb") as handle:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except (FileNotFoundError, NotADirectoryError):
        return good("lock", "no server has the data folder")
    except BlockingIOError:
        return good("lock", f"the data folder is served by {_holder(file)}")
    except OSError as error:
        mend = f"chown it: it belongs to user {file.stat().st_uid}, and you are {os.getuid()}"
        return bad("lock", f"{file} cannot be opened: {error.strerror}", mend)
    return good("lock", "no server has the data folder")


def _holder(file: Path) -> str:
    """Who holds a lock, as the kernel lists them."""
    inode = str(file.stat().st_ino)
    try:
        lines = Path("/proc/locks").read_text().splitlines()
        owners = [line.split()[4] for line in lines if line.split()[5].endswith(f":{inode}")]
        return f"process {owners[0]}"
    except (OSError, IndexError):
        return "another process"


def _modes(folder: Path) -> Iterator[Finding]:
    """Who else may read what is private: prompts, films, secrets, the key."""
    for name, file, right in (
        ("folder", folder, "700"),
        ("db-file", folder / "filmgate.db", "600"),
        ("api-key", folder / "api-key", "600"),
    ):
        try:
            mode = stat.S_IMODE(file.stat().st_mode)
        except OSError:
            continue
        if mode & 0o077:
            judge = bad if name == "api-key" else mind
            yield judge(name, f"others may read it: mode {mode:04o}", f"chmod {right} {file}")
        else:
            yield good(name, f"{file}, mode {mode:04o}")
