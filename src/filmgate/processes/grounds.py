"""What a server must have to itself before it starts: its data folder and its port."""

import errno
import fcntl
import os
import socket
import time
from pathlib import Path

from filmgate.errors import SettingsError

_PORT_PATIENCE_S = 2.0


def lock_folder(data: Path) -> int:
    """Take the data folder for this process, until it ends.

    Raises:
        SettingsError: another server has it, or it cannot be written.
    """
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(data / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise SettingsError(
            f"data is '{data}', which cannot be written: {error.strerror}; give a folder of yours"
        ) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise SettingsError(
            f"data is '{data}', which another filmgate serves already: end it, or give --data"
        ) from error
    return descriptor


def keep_private() -> None:
    """Let this process and its children make files for their own user alone."""
    os.umask(0o077)


def check_port(host: str, port: int) -> None:
    """Raise SettingsError unless this process could listen there.

    A port in use is asked for again for a while: the children of a killed supervisor may still
    be on their way out.
    """
    deadline = time.monotonic() + _PORT_PATIENCE_S
    while (error := bind_error(host, port)) is not None:
        if error.errno != errno.EADDRINUSE or time.monotonic() > deadline:
            raise SettingsError(
                f"host and port are {host}:{port}, which cannot be listened on: {error.strerror}"
            ) from error
        time.sleep(0.05)


def bind_error(host: str, port: int) -> OSError | None:
    """Why nobody could listen there now; None where one could."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error
    return None
