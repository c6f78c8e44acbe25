"""Folders of diffusers' layout with every file that is read and no weights worth the name."""

import json
import struct
from pathlib import Path
from typing import Any

WAN_INDEX: dict[str, Any] = {
    "_class_name": "WanPipeline",
    "expand_timesteps": False,
    "scheduler": ["diffusers", "UniPCMultistepScheduler"],
    "text_encoder": ["transformers", "UMT5EncoderModel"],
    "tokenizer": ["transformers", "T5Tokenizer"],
    "transformer": ["diffusers", "WanTransformer3DModel"],
    "transformer_2": [None, None],
    "vae": ["diffusers", "AutoencoderKLWan"],
}
WAN_CONFIGS: dict[str, Any] = {
    "transformer": {"_class_name": "WanTransformer3DModel", "patch_size": [1, 2, 2]},
    "vae": {"_class_name": "AutoencoderKLWan", "scale_factor_spatial": 8},
}
WEIGHTED = ("text_encoder", "transformer", "vae")


def write(
    path: Path, index: dict[str, Any] | None = None, configs: dict[str, Any] | None = None
) -> Path:
    """A folder of Wan 2.1's layout, with the index and the configurations laid over its own."""
    index = WAN_INDEX | (index or {})
    path.mkdir(parents=True, exist_ok=True)
    (path / "model_index.json").write_text(json.dumps(index))
    for name, value in index.items():
        if isinstance(value, list) and value[0]:
            (path / name).mkdir(exist_ok=True)
    for name, config in (WAN_CONFIGS | (configs or {})).items():
        (path / name / "config.json").write_text(json.dumps(config))
    for name in WEIGHTED:
        write_weights(path / name / "model.safetensors", {"w": [10, 100]})
    return path


def write_weights(file: Path, shapes: dict[str, list[int]]) -> None:
    """A safetensors file of zeros in half precision."""
    header, end = {}, 0
    for name, shape in shapes.items():
        size = 2
        for side in shape:
            size *= side
        header[name] = {"dtype": "BF16", "shape": shape, "data_offsets": [end, end + size]}
        end += size
    text = json.dumps(header).encode()
    file.write_bytes(struct.pack("<Q", len(text)) + text + bytes(end))
