"""Words → reading: what a prompt names, with each attribute at its noun."""

import pytest

from animatic.lexicon import lexicon
from animatic.mentions import Mention
from animatic.reading import MOST, parse

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


CAR = Mention(name="car")
RED, BLUE = Mention(name="car", colour="red"), Mention(name="car", colour="blue")


@pytest.mark.parametrize(
    ("prompt", "count"),
    [
        ("a dozen birds", 12),
        ("many birds", 7),
        ("hundreds of birds", 12),
        ("a swarm of birds", 7),
        ("several birds", 5),
        ("a pair of birds", 2),
        ("12 birds", 12),
        ("十二只鸟", 12),
        ("几只鸟", 3),
        ("许多小鸟", 5),
        ("一群鸟", 7),
        ("两三只鸟", 3),
        ("3只鸟", 3),
    ],
)
def test_counts(prompt: str, count: int) -> None:
    assert [(m.name, m.count) for m in parse(prompt).mentions] == [("bird", count)]


@pytest.mark.parametrize(
    ("prompt", "mentions"),
    [
        ("a blue and a red car", (BLUE, RED)),
        ("blue and red cars", (BLUE, RED)),
        ("a car with a red roof", (CAR,)),
        (
            "two cats, one black and one white",
            (Mention(name="cat", colour="black"), Mention(name="cat", colour="white")),
        ),
        ("a cat with blue eyes", (Mention(name="cat"),)),
        ("a black and white cat", (Mention(name="cat", colour="black"),)),
        ("a girl in a red dress", (Mention(name="person", look="girl", colour="red"),)),
        ("a man with red hair", (Mention(name="person", look="man"),)),
        ("白色的小狗", (Mention(name="dog", colour="white"),)),
        ("穿红色裙子的女孩", (Mention(name="person", look="girl", colour="red"),)),
    ],
)
def test_colours_stay_with_what_has_them(prompt: str, mentions: tuple[Mention, ...]) -> None:
    assert parse(prompt).mentions == mentions


@pytest.mark.parametrize(
    ("prompt", "guest", "place", "host"),
    [
        ("a cat on a boat", "cat", "on", "boat"),
        ("a cat sleeping on a small red boat", "cat", "on", "boat"),
        ("一只猫在船上睡觉", "cat", "on", "boat"),
        ("船上有一只猫", "cat", "on", "boat"),
        ("a bird in a tree", "bird", "in", "tree"),
        ("树上的小鸟", "bird", "on", "tree"),
        ("a dog under a tree", "dog", "under", "tree"),
        ("a man next to a bus", "person", "by", "bus"),
    ],
)
def test_who_is_where(prompt: str, guest: str, place: str, host: str) -> None:
    mentions = {m.name: m for m in parse(prompt).mentions}
    assert (mentions[guest].place, mentions[guest].host) == (place, host)
    assert mentions[host].host is None


@pytest.mark.parametrize(
    ("prompt", "name", "look"),
    [
        ("a girl riding a bicycle", "bicycle", "girl"),
        ("一个男孩骑着自行车", "bicycle", "boy"),
        ("a man driving a blue car", "car", "man"),
    ],
)
def test_riders_are_drawn_with_what_they_ride(prompt: str, name: str, look: str) -> None:
    assert [(m.name, m.look) for m in parse(prompt).mentions] == [(name, look)]


@pytest.mark.parametrize(
    ("prompt", "actions"),
    [
        ("a cat and a dog running", ["run", "run"]),
        ("a man reading and a woman dancing", ["read", "dance"]),
        ("一只猫和一只狗在跳舞", ["dance", "dance"]),
        ("a cat sleeping on a boat", ["sleep", None]),
        ("a girl and five birds flying", [None, "fly"]),
        ("a woman walking with a dog", ["walk", "walk"]),
        ("a boxer training", [None]),
        ("a woman playing the violin", ["fiddle"]),
        ("燃烧的汽车", ["burn"]),
    ],
)
def test_who_does_what(prompt: str, actions: list[str | None]) -> None:
    assert [m.action for m in parse(prompt).mentions] == actions


@pytest.mark.parametrize(
    ("prompt", "weather"),
    [
        ("snowy mountains", {"snow": 0.0}),
        ("雪山", {"snow": 0.0}),
        ("a snowy day in the mountains", {"snow": 1.0}),
        ("snow falls on the mountains", {"snow": 1.0}),
        ("the city without rain or snow", {}),
        ("无雨的城市", {}),
    ],
)
def test_snow_may_lie_without_falling(prompt: str, weather: dict[str, float]) -> None:
    assert parse(prompt).weather == weather


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("a girl in the park, no other people", ["person"]),
        ("no people or cars, a boat", ["boat"]),
        ("no red cars, a blue bus", ["bus"]),
        ("没有人的街道", []),
        ("a street, not a single car", []),
    ],
)
def test_what_is_not_there(prompt: str, names: list[str]) -> None:
    assert [m.name for m in parse(prompt).mentions] == names


def test_no_people_means_nobody() -> None:
    prompt = "a girl, a knight, two children and a dog"
    assert [m.name for m in parse(prompt, negative="people").mentions] == ["dog"]
    assert len(parse(prompt, negative="children").mentions) == 3
