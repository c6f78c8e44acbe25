"""The kinds of upstream, each with the factory that makes one: adding a kind is one line."""

from collections.abc import Callable
from importlib import import_module

from filmgate.engines.relay.options import RelayOptions, UpstreamOptions
from filmgate.engines.relay.upstream import Upstream
from filmgate.errors import MissingPart, SettingsError

_HERE = "filmgate.engines.relay"
KINDS = {
    "openai": f"{_HERE}.videos_api.server:make",
    "sora": f"{_HERE}.videos_api.server:make",
    "filmgate": f"{_HERE}.videos_api.server:make",
    "sglang": f"{_HERE}.videos_api.server:make",
    "vllm-omni": f"{_HERE}.videos_api.server:make",
    "litellm": f"{_HERE}.videos_api.server:make",
    "new-api": f"{_HERE}.videos_api.server:make",
    "llmgateway": f"{_HERE}.videos_api.server:make",
    "openrouter": f"{_HERE}.videos_api.server:make",
    "comfyui": f"{_HERE}.comfyui.server:make",
    "runway": f"{_HERE}.hosted.runway:make",
    "fal": f"{_HERE}.hosted.fal:make",
    "ark": f"{_HERE}.hosted.ark:make",
    "veo": f"{_HERE}.hosted.veo:make",
    "omni": f"{_HERE}.hosted.omni:make",
}
"""Each kind, and `module:factory`. An operator's own kind is written that way in the settings."""

Factory = Callable[[str, UpstreamOptions, RelayOptions], Upstream]


def make_upstream(name: str, upstream: UpstreamOptions, relay: RelayOptions) -> Upstream:
    """The upstream of a table.

    Raises:
        SettingsError: there is no such kind, or it cannot work as it is written.
        MissingPart: its SDK is not installed.
    """
    module, _, factory = KINDS.get(upstream.kind, upstream.kind).partition(":")
    if not factory:
        known = ", ".join(sorted(KINDS))
        raise SettingsError(f"upstreams.{name}.kind is {upstream.kind!r}: must be one of {known}")
    try:
        make: Factory = getattr(import_module(module), factory)
    except (ImportError, AttributeError) as error:
        raise MissingPart(f"The upstream kind {upstream.kind} cannot be used: {error}") from error
    try:
        return make(name, upstream, relay)
    except SettingsError as error:
        raise SettingsError(f"upstreams.{name}: {error.message}") from error
