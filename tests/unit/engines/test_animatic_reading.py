"""Words → reading: what a prompt names, with each attribute at its noun."""

import pytest

from filmgate.engines.animatic.lexicon import lexicon
from filmgate.engines.animatic.reading import MOST, Mention, parse

CAT = Mention(name="cat", colour="orange", action="sleep")
RETRIEVER = Mention(name="dog", colour="golden", look="retriever", action="run")


@pytest.mark.parametrize(
    "prompt",
    [
        "一只可爱的橘猫在阳光下打瞌睡,微风吹动它的毛发",
        "A cute orange cat dozing off in the sunlight, a gentle breeze moving its fur",
    ],
)
def test_the_cat_in_the_sun(prompt: str) -> None:
    reading = parse(prompt)
    assert reading.mentions == (CAT,)
    assert reading.weather == {"sun": 1.0, "wind": 0.6}


@pytest.mark.parametrize(
    "prompt", ["一只金毛犬在海边奔跑", "A golden retriever running on the beach"]
)
def test_the_dog_on_the_beach(prompt: str) -> None:
    reading = parse(prompt)
    assert reading.mentions == (RETRIEVER,)
    assert reading.settings == ("beach",)


@pytest.mark.parametrize(
    ("prompt", "mentions"),
    [
        ("two dogs", (Mention(name="dog", count=2),)),
        ("dogs", (Mention(name="dog", count=3),)),
        ("三只鸟", (Mention(name="bird", count=3),)),
        ("a flock of birds", (Mention(name="bird", count=7),)),
        ("4 cats", (Mention(name="cat", count=4),)),
        ("99 cats", (Mention(name="cat", count=MOST),)),
        ("a school of fish", (Mention(name="fish", count=7),)),
        ("a pack of wolves running", (Mention(name="wolf", count=7, action="run"),)),
        ("一只小黄鸭", (Mention(name="duck", look="duckling"),)),
        ("a small red boat", (Mention(name="boat", colour="red", size="small"),)),
        ("a woman in red", (Mention(name="person", colour="red", look="woman"),)),
        ("一艘红色的小船", (Mention(name="boat", colour="red"),)),
        ("橘猫", (Mention(name="cat", colour="orange"),)),
        ("a running girl", (Mention(name="person", look="girl", action="run"),)),
        ("奔跑的小狗", (Mention(name="dog", action="run"),)),
        (
            "a black dog and a white cat sleeping",
            (
                Mention(name="dog", colour="black", action="sleep"),
                Mention(name="cat", colour="white", action="sleep"),
            ),
        ),
    ],
)
def test_attributes_belong_to_their_noun(prompt: str, mentions: tuple[Mention, ...]) -> None:
    assert parse(prompt).mentions == mentions


@pytest.mark.parametrize(
    ("prompt", "field", "value"),
    [
        ("zoom in on a cat", "camera", "zoom_in"),
        ("航拍森林", "camera", "aerial"),
        ("a drone shot of the sea", "camera", "aerial"),
        ("a cat, close-up", "framing", "close"),
        ("time-lapse of clouds", "pace", "timelapse"),
        ("水彩风格的猫", "style", "watercolour"),
        ("a moonlit forest", "hour", "moonlight"),
        ("夕阳下的大海", "hour", "sunset"),
    ],
)
def test_camera_style_and_light(prompt: str, field: str, value: str) -> None:
    assert getattr(parse(prompt), field) == value


def test_longest_match_keeps_short_words_away() -> None:
    assert parse("美丽的风景").weather == {}
    assert parse("花园").mentions == ()


@pytest.mark.parametrize("prompt", ["a meadow, no rain", "草地,没有雨"])
def test_negation_in_the_prompt(prompt: str) -> None:
    assert parse(prompt).weather == {}


def test_negative_prompt_takes_away_what_it_names() -> None:
    reading = parse("a cat and a dog in the rain at night", negative="dogs, rain, 夜晚")
    assert [m.name for m in reading.mentions] == ["cat"]
    assert reading.weather == {}
    assert reading.hour is None


def test_style_parameter_works_as_a_style_word() -> None:
    assert parse("a cat", style="film-noir").style == "noir"
    assert parse("a cat, anime", style="pixel_art").style == "pixel"


def test_nothing_known() -> None:
    assert not parse("xyzzy 🦄 שלום").known


def test_every_phrase_is_found_as_itself() -> None:
    lex = lexicon()
    for kind in ("subject", "setting", "weather"):
        field = {"subject": "mentions", "setting": "settings", "weather": "weather"}[kind]
        for phrase, sense in [*lex.english.items(), *lex.chinese.items()]:
            if sense.entry.kind == kind:
                assert getattr(parse(phrase), field), phrase
