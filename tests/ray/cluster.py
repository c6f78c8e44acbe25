"""Ray nodes as processes of a test, each ended by its own id."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from filmgate.testing.served import alive, command, free_port

PYTHON = "FILMGATE_TEST_RAY"
"""The variable that names the Python of a virtual environment with the extra `ray`."""


def tree(pid: int) -> list[int]:
    """A process and all its descendants, by whichever thread they were started."""
    found = [pid]
    for one in found:
        with suppress(OSError):
            for children in Path(f"/proc/{one}/task").glob("*/children"):
                found += map(int, children.read_text().split())
    return found


class Node:
    """`ray start --block`; `head` is the address of the node that it joins, if any."""

    def __init__(self, name: str, gpus: int, folder: Path, head: str | None = None) -> None:
        port = free_port()
        self.address = head or f"127.0.0.1:{port}"
        where = [f"--address={head}"] if head else ["--head", f"--port={port}"]
        alone = ["--include-dashboard=false", f"--temp-dir={folder}"] if head is None else []
        ray = str(Path(os.environ[PYTHON]).with_name("ray"))
        argv = [ray, "start", "--block", *where, *alone, f"--node-name={name}"]
        argv += [f"--num-gpus={gpus}", "--num-cpus=2", "--disable-usage-stats"]
        argv += [f"--dashboard-agent-listen-port={free_port()}", "--node-ip-address=127.0.0.1"]
        argv += ["--object-store-memory=80000000"]
        self._log = (folder / f"{name}.log").open("wb")
        self.process = subprocess.Popen(
            argv,
            stdout=self._log,
            stderr=self._log,
            env=os.environ | {"RAY_DISABLE_IMPORT_WARNING": "1"},
        )

    def berths(self) -> dict[int, int]:
        """Each actor of ours on this node, and the `filmgate worker` that it keeps."""
        pids = tree(self.process.pid)
        actors = [pid for pid in pids if command(pid).startswith("ray::WorkerActor")]
        return {
            actor: child
            for actor in actors
            for child in tree(actor)[1:]
            if "-m filmgate worker" in command(child)
        }

    def kill(self) -> None:
        """Let the machine vanish: everything of it ends at once, nothing is told."""
        for pid in tree(self.process.pid):
            if alive(pid):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self._log.close()


class Cluster:
    """Two machines of two GPUs each, which are only counted."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="fg-ray-"))
        self.one = Node("one", 2, self.folder)
        self.address = self.one.address
        self._wait_for_head()
        self.two = Node("two", 2, self.folder, self.address)

    def _wait_for_head(self) -> None:
        deadline = time.monotonic() + 120
        text = self.folder / "one.log"
        while "Ray runtime started" not in text.read_text():
            assert time.monotonic() < deadline, text.read_text()
            assert self.one.process.poll() is None, text.read_text()
            time.sleep(0.1)

    def close(self) -> None:
        """End both."""
        for node in (self.two, self.one):
            if node.process.poll() is None:
                node.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
