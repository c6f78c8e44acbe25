"""What makes a loaded model faster or smaller: attention, step caches, storage, compilation."""

from collections.abc import Iterator
from typing import Any

from filmgate.engines.diffusers import caches
from filmgate.engines.diffusers.libraries import libraries
from filmgate.engines.diffusers.memory import Fit
from filmgate.engines.diffusers.options import ModelOptions, Quantisation
from filmgate.errors import MissingPart, SettingsError

TRANSFORMERS = ("transformer", "transformer_2")

_PACKAGES = {
    "bitsandbytes-8bit": "bitsandbytes",
    "bitsandbytes-4bit": "bitsandbytes",
    "torchao-int8": "torchao",
}


def quantisation(kind: Quantisation | None, compute: str) -> Any:
    """How the transformers are quantised as they are loaded, in diffusers' own words, or None.

    Raises:
        MissingPart: the package that does it is not installed.
    """
    if kind is None or kind == "layerwise-fp8":
        return None
    torch, diffusers = libraries()
    try:
        config = _config(torch, diffusers, kind, compute)
        mapping = dict.fromkeys(TRANSFORMERS, config)
        return diffusers.PipelineQuantizationConfig(quant_mapping=mapping)
    except ImportError as error:
        package = _PACKAGES[kind]
        raise MissingPart(
            f"quantisation {kind!r} needs {package}: pip install {package}"
        ) from error


def apply(pipe: Any, options: ModelOptions, fit: Fit) -> None:
    """Set a pipeline's levers, after it was placed.

    Raises:
        MissingPart: an attention backend needs a package that is not installed.
        SettingsError: there is no such backend.
    """
    torch, _ = libraries()
    for transformer in transformers_of(pipe):
        if options.attention:
            _attend(transformer, options.attention)
        caches.switch_on(transformer, options)
        if options.quantisation == "layerwise-fp8":
            transformer.enable_layerwise_casting(
                storage_dtype=torch.float8_e4m3fn, compute_dtype=transformer.dtype
            )
        if options.compile:
            transformer.compile_repeated_blocks(fullgraph=fit.offload != "group")


def leave(pipe: Any, options: ModelOptions) -> None:
    """Undo what is process-wide: an attention backend outlives the model that it was set on."""
    if options.attention:
        for transformer in transformers_of(pipe):
            transformer.set_attention_backend("native")
            transformer.reset_attention_backend()


def transformers_of(pipe: Any) -> Iterator[Any]:
    """The denoisers of a pipeline: one, or two experts."""
    return (pipe.components[name] for name in TRANSFORMERS if pipe.components.get(name))


def _attend(transformer: Any, backend: str) -> None:
    try:
        transformer.set_attention_backend(backend)
    except (RuntimeError, ImportError) as error:
        raise MissingPart(f"attention is {backend!r}: {error}") from error
    except ValueError as error:
        raise SettingsError(f"attention is {backend!r}: {error}") from error


def _config(torch: Any, diffusers: Any, kind: str, compute: str) -> Any:
    match kind:
        case "bitsandbytes-8bit":
            return diffusers.BitsAndBytesConfig(load_in_8bit=True)
        case "bitsandbytes-4bit":
            return diffusers.BitsAndBytesConfig(
                load_in_4bit=True,
                bnb_4bit_quant_type="nf4",
                bnb_4bit_compute_dtype=getattr(torch, compute),
            )
        case _:
            from torchao.quantization import Int8WeightOnlyConfig

            return diffusers.TorchAoConfig(Int8WeightOnlyConfig())
