"""The law of each VAE and transformer, held to what pipelines were seen to return."""

from typing import Any

import pytest

from filmgate.engines.diffusers.law import Law, law_of

WAN: dict[str, Any] = {"_class_name": "AutoencoderKLWan"}
COG = {"_class_name": "AutoencoderKLCogVideoX", "block_out_channels": [1, 2, 3, 4]}
LTX = {
    "_class_name": "AutoencoderKLLTXVideo",
    "patch_size": 4,
    "patch_size_t": 1,
    "spatio_temporal_scaling": [True, True, True, False],
}
LTX2 = {
    "_class_name": "AutoencoderKLLTX2Video",
    "spatial_compression_ratio": 32,
    "temporal_compression_ratio": 8,
}
HUNYUAN15 = {
    "_class_name": "AutoencoderKLHunyuanVideo15",
    "spatial_compression_ratio": 16,
    "temporal_compression_ratio": 4,
}
PATCHED = {"patch_size": [1, 2, 2]}


@pytest.mark.parametrize(
    ("vae", "transformer", "least", "chunk", "law"),
    [
        (WAN, PATCHED, 1, None, (4, 1, 16)),
        (WAN | {"scale_factor_spatial": 16}, PATCHED, 1, None, (4, 1, 32)),
        (WAN, PATCHED, 32, None, (4, 1, 32)),
        (WAN, PATCHED, 1, 33, (33, 0, 16)),
        (COG, {"patch_size": 2, "patch_size_t": None}, 1, None, (8, 1, 16)),
        (COG, {"patch_size": 2, "patch_size_t": 2}, 1, None, (16, 1, 16)),
        (LTX, {"patch_size": 1, "patch_size_t": 1}, 32, None, (8, 1, 32)),
        (LTX2, {"patch_size": 1, "patch_size_t": 1}, 32, None, (8, 1, 32)),
        ({"_class_name": "AutoencoderKLMochi"}, {"patch_size": 2}, 1, None, (6, 1, 16)),
        (HUNYUAN15, {"patch_size": 1, "patch_size_t": 1}, 1, None, (4, 1, 16)),
    ],
)
def test_each_family_has_its_law(
    vae: dict[str, Any],
    transformer: dict[str, Any],
    least: int,
    chunk: int | None,
    law: tuple[int, int, int],
) -> None:
    found = law_of(vae, transformer, chunk=chunk, least_multiple=least)
    assert (found.step, found.first, found.multiple) == law


WAN_LAW = Law(step=4, first=1, multiple=16)
CHUNKS = Law(step=33, first=0, multiple=16)


@pytest.mark.parametrize(
    ("law", "wanted", "legal"),
    [
        (WAN_LAW, 1, 1), (WAN_LAW, 2, 5), (WAN_LAW, 9, 9), (WAN_LAW, 10, 13), (WAN_LAW, 0, 1),
        (CHUNKS, 0, 33), (CHUNKS, 1, 33), (CHUNKS, 33, 33), (CHUNKS, 34, 66),
    ],
)  # fmt: skip
def test_counts_are_rounded_up(law: Law, wanted: int, legal: int) -> None:
    assert law.count(wanted) == legal


@pytest.mark.parametrize(
    ("law", "limit", "legal"),
    [(WAN_LAW, 81, 81), (WAN_LAW, 84, 81), (WAN_LAW, 0, 1), (CHUNKS, 40, 33), (CHUNKS, 5, 33)],
)
def test_limits_are_rounded_down(law: Law, limit: int, legal: int) -> None:
    assert law.at_most(limit) == legal


@pytest.mark.parametrize(
    ("size", "limit", "legal"),
    [
        ((832, 480), 399_360, (832, 480)),
        ((854, 480), 921_600, (864, 480)),
        ((1920, 1080), 399_360, (832, 464)),
        ((1080, 1920), 399_360, (464, 832)),
        ((2, 2), 399_360, (16, 16)),
    ],
)
def test_sizes_cover_what_is_asked_or_look_alike(
    size: tuple[int, int], limit: int, legal: tuple[int, int]
) -> None:
    assert WAN_LAW.within(size, limit) == legal
