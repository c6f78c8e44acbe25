"""Bytes: the files of videos, by key, on the local disk or in an object store."""

import asyncio
import errno
import hashlib
import os
import shutil
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from filmgate.disk import Room, room_at
from filmgate.domain.video import StoredFile
from filmgate.errors import NotFound, SettingsError, StorageFull, Unavailable

_CHUNK = 1 << 20


class Blobs:
    """A store of files. Keys are ours alone: no caller ever names one."""

    def __init__(self, store: ObjectStore, root: Path | None = None) -> None:
        self._store: Any = store
        self._root = root

    @classmethod
    def at(cls, address: str, options: Mapping[str, str]) -> "Blobs":
        """Files at an address: `file://`, `s3://`, `gs://` or `az://`.

        `options` are the store's own: endpoint, region, access_key_id, …

        Raises:
            SettingsError: the store does not take the address or an option.
        """
        if address.startswith("file://"):
            return cls.local(Path(unquote(urlsplit(address).path)))
        plain = options.get("endpoint", "").startswith("http://")
        try:
            store = from_url(
                address,
                config=dict(options),  # type: ignore[call-overload]
                client_options={"allow_http": plain, "timeout": "60s", "connect_timeout": "5s"},
                retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=20)},
            )
        except (BaseError, ValueError, OSError) as error:
            raise SettingsError(
                f"storage is '{address}', which cannot be opened: {error}"
            ) from error
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # pyo3's: obstore's Rust has panicked
                raise
            raise SettingsError(
                f"storage_options has a name that {address.partition(':')[0]} does not know: "
                f"{', '.join(sorted(options))}"
            ) from error
        return cls(store)

    @classmethod
    def local(cls, root: Path) -> "Blobs":
        """Files in a folder of this machine."""
        root.mkdir(parents=True, exist_ok=True)
        return cls(LocalStore(root, automatic_cleanup=True), root.resolve())

    async def put_file(self, key: str, path: Path, media_type: str | None = None) -> StoredFile:
        """Store a file under `key`, on the disk for good before this returns.

        An object store remembers the media type for its own answers.

        Raises:
            StorageFull: there is no room.
            Unavailable: the store is away.
        """
        size, etag = await asyncio.to_thread(_size_and_etag, path)
        told = {"Content-Type": media_type} if media_type and self._root is None else None
        with _translate_storage_errors():
            await obstore.put_async(self._store, key, path, attributes=told)
            await asyncio.to_thread(self._settle, key)
        return StoredFile(key=key, size=size, etag=etag)

    async def put(self, key: str, data: bytes) -> None:
        """Store bytes under `key`, as `put_file` does."""
        with _translate_storage_errors():
            await obstore.put_async(self._store, key, data)
            await asyncio.to_thread(self._settle, key)

    async def copy(self, key: str, to: str) -> None:
        """Store under `to` what is under `key`, without reading it: a link, or the store's copy.

        Raises:
            NotFound: there is no such key.
            StorageFull, Unavailable: as `put_file`.
        """
        with _translate_storage_errors():
            if self._root is None:
                await obstore.copy_async(self._store, key, to)
            else:
                await asyncio.to_thread(_link, self._root / key, self._root / to)
            await asyncio.to_thread(self._settle, to)

    async def fetch(self, key: str, path: Path) -> None:
        """Write all bytes of `key` into a file.

        Raises:
            NotFound: there is no such key.
            Unavailable: the store is away.
        """
        if self._root is not None:
            with _translate_storage_errors():
                await asyncio.to_thread(shutil.copyfile, self._root / key, path)
            return
        with path.open("wb") as file:
            async for piece in self.stream(key, 0, await self._size_of(key)):
                await asyncio.to_thread(file.write, piece)

    async def _size_of(self, key: str) -> int:
        size = await self.size(key)
        if size is None:
            raise NotFound("There is no such file")
        return size

    async def get(self, key: str) -> bytes:
        """All bytes of `key`.

        Raises:
            NotFound: there is no such key.
            Unavailable: the store is away.
        """
        with _translate_storage_errors():
            answer = await obstore.get_async(self._store, key)
            return bytes(await answer.bytes_async())

    async def stream(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        """The bytes of `key` from `start` up to and without `end`, in pieces."""
        with _translate_storage_errors():
            answer = await obstore.get_async(self._store, key, options={"range": (start, end)})
            async for piece in answer.stream(min_chunk_size=_CHUNK):
                yield bytes(piece)

    def local_path(self, key: str) -> Path | None:
        """Where `key` lies on this machine's disk, if it does."""
        return self._root / key if self._root else None

    async def presign(self, key: str, seconds: int) -> str | None:
        """An address that gives `key` to whoever has it; None where the store makes none."""
        if self._root is not None:
            return None
        with _translate_storage_errors():
            return str(
                await obstore.sign_async(self._store, "GET", key, timedelta(seconds=seconds))
            )

    async def origin(self) -> str | None:
        """Where the addresses of `presign` lead: scheme and host; None where there are none."""
        address = await self.presign("origin", 1)
        return None if address is None else "/".join(address.split("/", 3)[:3])

    async def size(self, key: str) -> int | None:
        """How many bytes `key` has; None when there is no such key."""
        try:
            with _translate_storage_errors():
                return int((await obstore.head_async(self._store, key))["size"])
        except NotFound:
            return None

    async def under(self, prefix: str) -> dict[str, datetime]:
        """Every key under a folder, and when it was stored.

        On a local disk what a death in the midst of storing has left counts, too (`0.mp4#1`),
        though obstore itself would not list it.
        """
        found: dict[str, datetime] = {}
        if self._root is not None:
            return await asyncio.to_thread(_files_under, self._root, prefix)
        with _translate_storage_errors():
            async for batch in obstore.list(self._store, prefix):
                found |= {entry["path"]: entry["last_modified"] for entry in batch}
        return found

    async def delete(self, keys: list[str]) -> None:
        """Remove keys; one that is gone already is no error."""
        for key in keys:
            try:
                with _translate_storage_errors():
                    if self._root is None:
                        await obstore.delete_async(self._store, key)
                    else:
                        await asyncio.to_thread(_remove_file, self._root, key)
            except NotFound:
                continue

    async def delete_under(self, prefix: str) -> int:
        """Remove every key under a folder; return how many."""
        keys = list(await self.under(prefix))
        await self.delete(keys)
        return len(keys)

    def room(self) -> Room | None:
        """The room of the local disk; None where an object store knows no bounds."""
        return None if self._root is None else room_at(self._root)

    async def prove(self) -> None:
        """Write a small file, read it, remove it: what a server needs to be allowed.

        Raises:
            Unavailable: one of the three cannot be done; its cause is the store's own.
            NotFound: what was written is not there.
        """
        key = f"health/{os.getpid()}-{datetime.now(UTC).timestamp()}"
        await self.put(key, b"ok")
        try:
            await self.get(key)
        finally:
            await self.delete([key])

    async def check(self) -> None:
        """Write and remove a small file; of an object store, ask for a key that is not there.

        Raises:
            StorageFull: there is next to no room.
            Unavailable: it cannot be done.
        """
        room = self.room()
        if room is not None and room.short:
            raise StorageFull(f"The storage is full: {room}")
        if self._root is None:
            await self.size("health")
            return
        key = f"health/{os.getpid()}-{datetime.now(UTC).timestamp()}"
        await self.put(key, b"ok")
        await self.delete([key])

    def _settle(self, key: str) -> None:
        """Let the file and its folder's entry reach the disk: a rename alone may be lost."""
        if self._root is None:
            return
        path = self._root / key
        for target in (path, path.parent):
            descriptor = os.open(target, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _files_under(root: Path, prefix: str) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for folder, _, names in os.walk(root / prefix):
        for name in names:
            path = Path(folder, name)
            with suppress(FileNotFoundError):  # others clear up, too
                stored_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                found[path.relative_to(root).as_posix()] = stored_at
    return found


def _link(source: Path, target: Path) -> None:
    """Give a file a second name, or where the disk cannot, a copy. It is young, so not swept."""
    if not source.is_file():
        raise FileNotFoundError(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(source)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EMLINK, errno.ENOTSUP):
            raise
        shutil.copyfile(source, target)
    os.utime(target)


def _remove_file(root: Path, key: str) -> None:
    """Remove a file, and the folders that it leaves empty."""
    path = root / key
    path.unlink()
    for folder in path.parents:
        if folder == root:
            return
        try:
            folder.rmdir()
        except OSError:
            return


def _size_and_etag(path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _translate_storage_errors() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise NotFound("There is no such file") from error
    except (BaseError, OSError) as error:
        if getattr(error, "errno", None) == errno.ENOSPC or "No space left" in str(error):
            raise StorageFull("The storage is full") from error
        raise Unavailable("The storage is not available; try again") from error
