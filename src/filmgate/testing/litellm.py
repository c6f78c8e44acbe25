"""LiteLLM's proxy from its wheel, in a process and a virtual environment of its own.

Its extra `proxy` pins packages that no index has, so what the proxy imports is named here.
"""

import json
import os
import secrets
import subprocess
import time
import venv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from filmgate.testing.served import free_port

__all__ = ["COMMAND", "LiteLlm", "install", "proxying"]

COMMAND = "FILMGATE_TEST_LITELLM"
"""The variable that names an installed proxy's command, `…/bin/litellm`."""
_READY_S = 300
_WANTED = (
    "litellm==1.110.2",
    "apscheduler",
    "azure-identity",
    "backoff",
    "backports.zstd",
    "cryptography",
    "expression",
    "fastapi",
    "fastapi-sso",
    "httpx2",
    "inquirerpy",
    "litellm-proxy-extras",
    "mcp>=2.3,<3",
    "orjson",
    "polars",
    "pyjwt",
    "pynacl",
    "python-multipart",
    "restrictedpython",
    "rich>=13.9.4,<14",
    "rq",
    "semver",
    "soundfile",
    "tomlkit",
    "uvicorn",
    "uvloop",
    "websockets>=15.0.1,<16",
)


@dataclass(frozen=True, slots=True)
class LiteLlm:
    """A running proxy: its address with `/v1`, its key, its process id."""

    url: str
    key: str
    pid: int


def install(folder: Path) -> Path:
    """Make a virtual environment with the proxy, unless it is there; the proxy's command."""
    command = folder / "bin" / "litellm"
    if not command.exists():
        venv.create(folder, with_pip=True)
        python = str(folder / "bin" / "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", *_WANTED], check=True)
    return command


@contextmanager
def proxying(
    command: Path, folder: Path, models: Mapping[str, str], url: str, key: str
) -> Iterator[LiteLlm]:
    """The proxy before one Videos API at `url`, which calls its models what `models` says."""
    port, own_key = free_port(), f"sk-{secrets.token_hex(16)}"
    entries = [
        {
            "model_name": ours,
            "litellm_params": {"model": f"openai/{theirs}", "api_base": url, "api_key": key},
        }
        for ours, theirs in models.items()
    ]
    config = folder / "litellm.yaml"
    config.write_text(json.dumps({"model_list": entries}))  # JSON is YAML, too
    own = {"LITELLM_MASTER_KEY": own_key, "LITELLM_LOCAL_MODEL_COST_MAP": "True"}
    with (folder / "litellm.log").open("wb") as log:
        process = subprocess.Popen(
            [command, "--config", config, "--host", "127.0.0.1", "--port", str(port)],
            env=os.environ | own,
            stdout=log,
            stderr=log,
        )
    try:
        _wait(process, f"http://127.0.0.1:{port}/health/liveliness")
        yield LiteLlm(f"http://127.0.0.1:{port}/v1", own_key, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait(process: "subprocess.Popen[bytes]", url: str) -> None:
    deadline = time.monotonic() + _READY_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx2.get(url, trust_env=False).status_code == httpx2.codes.OK:
                return
        except httpx2.TransportError:
            time.sleep(0.2)
    raise RuntimeError("the proxy did not become ready; its log lies beside its settings")
