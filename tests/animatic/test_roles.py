"""Characters: called by their names, and alike in every film."""

import pytest

from animatic.frames import Role, imagine, reimagine

MOSSY = Role("Mossy the fox", key="char_1", colour=0x3E9A4C)
ANNA = Role("Anna", key="char_2", colour=0xC83C28)


def scene(prompt: str, *cast: Role, seed: int = 1):  # type: ignore[no-untyped-def]
    return imagine(prompt, aspect=1.8, seconds=4, seed=seed, cast=cast)


@pytest.mark.parametrize("name", ["Mossy the fox", "Mossy", "mossy", "MOSSY"])
def test_a_name_means_its_character(name: str) -> None:
    (actor,) = scene(f"{name} runs along a beach", MOSSY).actors
    assert (actor.subject, actor.action, actor.colour) == ("fox", "run", 0x3E9A4C)


def test_without_the_cast_the_name_is_nobody() -> None:
    assert all(a.subject != "fox" for a in scene("Mossy runs along a beach").actors)


def test_whom_a_name_does_not_tell_is_a_person_and_stays_the_same() -> None:
    looks = {
        (a.subject, a.look, a.colour, a.seed)
        for seed in range(5)
        for prompt in ("Anna walks in a forest", "Anna's dance on a stage at night")
        for a in scene(prompt, ANNA, seed=seed).actors
        if a.subject == "person"
    }
    assert len(looks) == 1
    assert next(iter(looks))[0] == "person"


def test_who_is_not_named_is_there_all_the_same() -> None:
    assert [a.subject for a in scene("a quiet lake at dawn", MOSSY).actors] == ["fox"]


def test_two_of_one_kind_are_two() -> None:
    bea = Role("Bea", key="char_9", colour=0x2040C0)
    actors = scene("Anna and Bea walk in a park", ANNA, bea).actors
    assert {a.colour for a in actors} == {0xC83C28, 0x2040C0}


def test_chinese_names() -> None:
    afu = Role("小狐狸阿福", key="char_3", colour=0x3E9A4C)
    for prompt in ("阿福在海边跑步", "小狐狸阿福在海边跑步"):
        (actor,) = scene(prompt, afu).actors
        assert (actor.subject, actor.colour) == ("fox", 0x3E9A4C)


def test_the_prompt_may_dress_one() -> None:
    (actor,) = scene("Anna in a yellow dress", ANNA).actors
    assert actor.colour not in (None, 0xC83C28)


def test_one_stays_oneself_when_the_scene_is_changed() -> None:
    before = scene("Mossy runs along a beach", MOSSY)
    after = reimagine(before, "Mossy sleeps, at night", aspect=1.8, seconds=4, cast=[MOSSY])
    (one,), (same,) = before.actors, after.actors
    assert (same.x, same.depth, same.colour, same.seed) == (one.x, one.depth, one.colour, one.seed)
    assert same.action == "sleep"
