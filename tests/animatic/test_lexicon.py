"""Words are read once: what nothing reads, or two entries claim, is refused by file and key."""

import tomllib
from typing import Any

import pytest

from animatic.lexicon import STRANGER, Lexicon, lexicon, lexicon_of
from animatic.traits import WordsError

BASE = """
[subject.snail]
en = ["snail", "slug"]
zh = ["蜗牛"]
stands = "ground"
height = 0.2
aspect = 1.3
home = "garden"
does = "walk"

[setting.garden]
en = ["garden"]
zh = ["花园"]

[action.walk]
en = ["walk"]
zh = ["走"]
gait = "walk"
tempo = 1.0
"""


def read(*more: str) -> Lexicon:
    texts = {"base.toml": BASE, **{f"more{k}.toml": text for k, text in enumerate(more)}}
    return lexicon_of([(name, tomllib.loads(text)) for name, text in texts.items()])


def subject(**other: Any) -> str:
    lines = {"stands": "'ground'", "height": 1, "aspect": 1.0, "home": "'garden'", "does": "'walk'"}
    return "[subject.slug]\n" + "\n".join(f"{k} = {v}" for k, v in {**lines, **other}.items())


def test_traits_are_typed() -> None:
    snail = read().subject("snail")
    assert (snail.height, snail.alive, snail.deck) == (0.2, False, None)
    assert read(subject(deck="[0, 0.5]")).subject("slug").deck == (0.0, 0.5)


def test_what_nobody_knows_is_a_stranger() -> None:
    assert read().subject("dragon") is STRANGER


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (subject(hieght=0.3), "slug: hieght is unknown; did you mean height?"),
        (subject(height="'tall'"), "slug: height: Input should be a valid"),
        (
            subject(alive="'yes'"),
            "slug: alive: Input should be a valid boolean",
        ),
        (subject(stands="'mud'"), "slug: stands: Input should be 'ground'"),
        ("[subject.slug]\nheight = 1", "slug: aspect: Field required"),
        (
            subject(home="'gardn'"),
            "slug: home: there is no setting called gardn",
        ),
        (
            subject(does="'crawl'"),
            "slug: does: there is no action called crawl",
        ),
        (
            subject(en="['slug']"),
            'slug: "slug" is a phrase of base.toml: subject.snail already',
        ),
        (
            subject(zh="['蜗牛']"),
            'slug: "蜗牛" is a phrase of base.toml: subject.snail already',
        ),
        ("[subjct.slug]", "slug: there is no such kind; did you mean subject?"),
        ("[setting.garden]", "garden is also in base.toml"),
        (
            subject(forms="[{ en = ['red slug'], set = { color = 'red' } }]"),
            "slug: set.color is unknown",
        ),
        (
            subject(forms="[{ en = ['red slug'], set = { colour = 'red' } }]"),
            "slug: set.colour: there is no colour called red",
        ),
    ],
)
def test_what_is_wrong_is_refused_by_file_and_key(text: str, said: str) -> None:
    kind = text[1:].partition(".")[0]
    with pytest.raises(WordsError) as caught:
        read(text)
    assert str(caught.value).startswith(f"more0.toml: {kind}.{said}")


def test_two_kinds_may_share_a_phrase() -> None:
    both = read('[setting.walk]\nen = ["walk"]')
    assert both.english["walk"].entry.kind == "action"


def test_ours_is_whole() -> None:
    assert len(lexicon().names("subject")) > 150
