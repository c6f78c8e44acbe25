"""Cards from folders, presets and families: the defaults are the model's own."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.unit.engines.diffusers import folders

from filmgate.domain.card import Card
from filmgate.engines.diffusers import cards, folder
from filmgate.engines.diffusers.families import Family, families, presets
from filmgate.engines.diffusers.folder import Layout
from filmgate.engines.diffusers.plan import plan, rendering
from filmgate.errors import InvalidParameter


def card(path: Path, preset: str | None = None) -> tuple[Card, Family, Layout]:
    layout = folder.read(path)
    named = presets()[preset] if preset else None
    family = cards.family_for(layout, named)
    table = cards.card_table(layout, family, named)
    return Card.model_validate({"id": "m", "engine": "gpu", **table}), family, layout


def test_a_plain_request_is_what_the_model_makes(tmp_path: Path) -> None:
    found, family, layout = card(folders.write(tmp_path))
    shape = found.shape(None, None, None)
    assert (shape.size, shape.fps, shape.frames) == ("832x480", 16, 81)
    made = plan(shape, family, layout.law(family), longest=81, continues=False)
    assert made.runs == (81,)
    assert rendering(made, shape, "flow")["conformed"] == []


@pytest.mark.parametrize("name", list(families()))
def test_every_family_has_legal_defaults(name: str, tmp_path: Path) -> None:
    """Each is read through Wan's VAE, whose law none of them contradicts where it is their own."""
    family = families()[name]
    configs: dict[str, Any] = {}
    index: dict[str, Any] = {"_class_name": family.text}
    index |= {key: value for key, value in family.when.items() if key != "transformer"}
    if "transformer" in family.when:
        configs["transformer"] = {"patch_size": [1, 2, 2], **family.when["transformer"]}
    found, read, _ = card(folders.write(tmp_path, index, configs))
    assert read.fps == family.fps
    assert found.fps.default == family.fps
    assert found.shape(None, None, None).size == family.size


def test_a_preset_lays_its_words_over_the_family(tmp_path: Path) -> None:
    found, family, _ = card(folders.write(tmp_path), "wan2.1-t2v-1.3b")
    assert family.max_pixels == 399_360
    assert found.owned_by == "Wan-AI"
    assert "Wan 2.1, 1.3B" in found.description


def test_every_preset_names_a_repository_and_no_path() -> None:
    for name, preset in presets().items():
        assert preset.repo.count("/") == 1, name
        assert "/" not in name


def test_a_model_with_a_picture_class_can_go_on(tmp_path: Path) -> None:
    one_run, _, _ = card(folders.write(tmp_path / "text"))
    index = {"_class_name": "WanImageToVideoPipeline"}
    longer, _, _ = card(folders.write(tmp_path / "picture", index))
    assert one_run.seconds.max == Decimal("5.062")
    assert longer.seconds.max == Decimal("20.062")


def test_a_model_of_one_size_takes_no_other(tmp_path: Path) -> None:
    transformer = {"patch_size": 2, "sample_width": 90, "sample_height": 60}
    path = folders.write(
        tmp_path, {"_class_name": "CogVideoXPipeline"}, {"transformer": transformer}
    )
    found, _, _ = card(path)
    assert found.sizes.allowed == ("720x480",)


def test_what_has_no_effect_is_not_taken(tmp_path: Path) -> None:
    distilled, _, _ = card(folders.write(tmp_path, {"_class_name": "LTX2Pipeline"}), "ltx-2.5")
    assert distilled.uses == set()
    embedded, _, _ = card(folders.write(tmp_path, {"_class_name": "HunyuanVideoPipeline"}))
    assert "negative_prompt" not in embedded.uses


def test_what_it_starts_from_is_on_the_card(tmp_path: Path) -> None:
    text, _, _ = card(folders.write(tmp_path / "t"))
    picture, _, _ = card(folders.write(tmp_path / "p", {"_class_name": "WanImageToVideoPipeline"}))
    both, _, _ = card(folders.write(tmp_path / "b", {"expand_timesteps": True}))
    assert (text.picture, picture.picture, both.picture) == ("none", "required", "optional")
    for refusing, given in ((text, True), (picture, False)):
        with pytest.raises(InvalidParameter, match="Invalid parameter: image"):
            refusing.check_picture(given=given)
    both.check_picture(given=True)
    both.check_picture(given=False)


def test_a_budget_of_pixels_refuses_what_does_not_fit(tmp_path: Path) -> None:
    found, _, _ = card(folders.write(tmp_path))
    small = found.model_copy(update={"max_megapixels": 32.4})
    assert small.shape(None, None, None).frames == 81
    with pytest.raises(InvalidParameter, match=r"have 32\.4 million pixels .*these have 75"):
        small.shape(None, (1280, 720), None)


def test_a_card_promises_what_its_weights_can_do(tmp_path: Path) -> None:
    expert = {"transformer_2": ["diffusers", "WanTransformer3DModel"]}
    able = {
        "text": folders.write(tmp_path / "t"),
        "picture": folders.write(tmp_path / "p", {"_class_name": "WanImageToVideoPipeline"}),
        "both": folders.write(tmp_path / "b", {"expand_timesteps": True}),
    }
    index = {**expert, "boundary_ratio": 0.875}
    two = folders.write(tmp_path / "x", index)
    folders.write_weights(two / "transformer_2" / "model.safetensors", {"w": [10, 100]})
    can = {name: card(path)[0].can for name, path in (able | {"two experts": two}).items()}
    assert can == {
        "text": {"remix", "edit"},
        "picture": {"remix", "extend"},
        "both": {"remix", "extend"},
        "two experts": {"remix"},
    }
