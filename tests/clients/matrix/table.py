"""The clients of the matrix: what is installed for each, and the program that it runs."""

from dataclasses import dataclass
from typing import Literal

OPENAI_JS = ("6.2.0", "6.27.0", "6.49.0")
"""The first with videos, the last that sends JSON, the last that runs on Node 20."""
OPENAI_PY = ("2.2.0", "2.26.0", "3.57.0")
"""The first with videos, the last that sends JSON, the newest."""
LITELLM = "1.110.2"
AI_SDK = "6.0.326"


@dataclass(frozen=True, slots=True)
class Client:
    """One row. `packages` are pinned, and installed in a folder of their own."""

    name: str
    version: str
    runs: Literal["python", "node", "sh"]
    program: str
    packages: tuple[str, ...] = ()
    argument: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.version}".strip()


def _ai_sdk(provider: str, package: str) -> Client:
    packages = (f"ai@{AI_SDK}", package, "zod@4.1.12")
    return Client(
        f"AI SDK by {provider}", AI_SDK, "node", "on_ai_sdk.mjs", packages, provider.lower()
    )


def _plain(encoding: str) -> Client:
    return Client(f"requests, {encoding}", "", "python", "on_requests.py", (), encoding)


def _neighbour(name: str, pinned: str, program: str, argument: str = "") -> Client:
    node = "@" in pinned[1:]
    version = pinned.rpartition("@" if node else "==")[2]
    return Client(name, version, "node" if node else "python", program, (pinned,), argument)


CLIENTS = (
    *(
        Client("openai-python", version, "python", "on_openai.py", (f"openai=={version}",))
        for version in OPENAI_PY
    ),
    Client(
        "openai-python, AzureOpenAI",
        OPENAI_PY[-1],
        "python",
        "on_openai.py",
        (f"openai=={OPENAI_PY[-1]}",),
        "azure",
    ),
    *(
        Client("openai-node", version, "node", "on_openai.mjs", (f"openai@{version}",))
        for version in OPENAI_JS
    ),
    Client("LiteLLM's SDK", LITELLM, "python", "on_litellm.py", (f"litellm=={LITELLM}",)),
    Client(
        "TanStack AI",
        "0.58.0",
        "node",
        "on_tanstack.mjs",
        ("@tanstack/ai@0.58.0", "@tanstack/ai-openai@0.23.1", f"openai@{OPENAI_JS[-1]}"),
    ),
    _ai_sdk("fal", "@ai-sdk/fal@2.0.59"),
    _ai_sdk("Replicate", "@ai-sdk/replicate@2.0.57"),
    _ai_sdk("OpenRouter", "@openrouter/ai-sdk-provider@2.10.0"),
    _neighbour("fal-client", "fal-client==1.0.3", "on_fal.py"),
    _neighbour("@fal-ai/client", "@fal-ai/client@1.10.1", "on_neighbours.mjs", "fal"),
    _neighbour("replicate-python", "replicate==1.0.7", "on_replicate.py"),
    _neighbour("replicate-javascript", "replicate@1.4.0", "on_neighbours.mjs", "replicate"),
    _neighbour("openrouter-python", "openrouter==1.3.84", "on_openrouter.py"),
    _plain("json"),
    _plain("urlencoded"),
    _plain("multipart"),
    _plain("chunked"),
    Client("the document's cURL", "", "sh", "document.sh"),
    Client("the document's JavaScript", "", "node", "document.mjs"),
)
