"""moto's S3 server, which can go away and come back with what it held."""

import json
import socket
import subprocess
import sys
import time

import httpx2


class Server:
    """One S3 server on the loopback, with one bucket."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.endpoint = f"http://127.0.0.1:{self.port}"
        argv = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)]
        self.process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._wait()
        httpx2.put(f"{self.endpoint}/films", trust_env=False)

    def settings(self) -> dict[str, str]:
        """The settings that name it."""
        options = {
            "endpoint": self.endpoint,
            "region": "us-east-1",
            "access_key_id": "test",
            "secret_access_key": "test",
        }
        return {"storage": "s3://films/house", "storage_options": json.dumps(options)}

    def files(self, video_id: str) -> list[str]:
        """The names of all files of a video."""
        text = httpx2.get(f"{self.endpoint}/films?list-type=2", trust_env=False).text
        found = [part.split("</Key>")[0] for part in text.split("<Key>")[1:]]
        return sorted(key.rsplit("/", 1)[1] for key in found if f"/{video_id}/" in key)

    def stop(self) -> None:
        """End the server."""
        self.process.kill()
        self.process.wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                httpx2.get(self.endpoint, trust_env=False)
            except httpx2.TransportError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("moto did not start")
