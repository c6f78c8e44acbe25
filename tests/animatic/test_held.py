"""What one holds, wears, carries and rides is at the hand, on the head, under the saddle."""

import pytest
from tests.animatic.shots import SMALL, scene

from animatic.camera import HELD, MOVES
from animatic.film import Film
from animatic.reading import parse
from animatic.scene import Actor, Scene


def one(there: Scene, subject: str) -> Actor:
    return next(a for a in there.actors if a.subject == subject)


@pytest.mark.parametrize(
    ("prompt", "thing", "place", "holder"),
    [
        ("a woman with an umbrella in the rain", "umbrella", "hand", "person"),
        ("a man holding an umbrella walks", "umbrella", "hand", "person"),
        ("a girl holding a red balloon", "balloon", "hand", "person"),
        ("a firefighter carrying a cat", "cat", "hand", "firefighter"),
        ("a man wearing a top hat", "top_hat", "worn", "person"),
        ("a man wearing a top hat and holding an umbrella", "umbrella", "hand", "person"),
        ("a man with a dog", "dog", None, None),
        ("a cat with an umbrella", "umbrella", None, None),
        ("a boy with a car", "car", None, None),
    ],
)
def test_who_has_it(prompt: str, thing: str, place: str | None, holder: str | None) -> None:
    mention = next(m for m in parse(prompt).mentions if m.name == thing)
    assert (mention.place, mention.host) == (place, holder)
    there = scene(prompt)
    actor = one(there, thing)
    if holder is None:
        assert actor.host < 0
    else:
        assert there.actors[actor.host].subject == holder


def test_who_is_on_top_is_in_the_frame() -> None:
    there = scene("an elephant standing on a ball in a circus")
    film = Film(there, *SMALL)
    guest = one(there, "elephant")
    for k in range(9):
        _, y, size = film.shot.spot(guest, film.shot.moment(k * there.span / 8))
        assert y - size > 0


def test_an_adjective_after_its_noun() -> None:
    (cat,) = parse("un gato negro duerme en la playa").mentions
    assert (cat.name, cat.colour, cat.action) == ("cat", "black", "sleep")


def test_each_has_their_own() -> None:
    there = scene("three women with umbrellas")
    assert sorted(a.host for a in there.actors if a.subject == "umbrella") == [0, 1, 2]


def test_a_knight_on_a_horse_rides() -> None:
    there = scene("a knight on a white horse")
    assert one(there, "knight").action == "ride"
    assert there.actors[one(there, "knight").host].subject == "horse"


def test_what_hovers_rides_nothing() -> None:
    there = scene("a UFO hovering above a farm at night, a cow below")
    assert [a.host for a in there.actors] == [-1, -1]


def test_only_the_house_burns() -> None:
    reading = parse("a firefighter carrying a cat out of a burning house")
    assert [(m.name, m.action) for m in reading.mentions] == [
        ("firefighter", None), ("cat", None), ("house", "burn"),
    ]  # fmt: skip


def test_steam_rises_and_not_the_bowl() -> None:
    assert parse("a bowl with steam rising").mentions[0].action is None
    assert parse("a woman with a sextant walking").mentions[0].action == "walk"


@pytest.mark.parametrize("size", [SMALL, (180, 320)])
@pytest.mark.parametrize("camera", sorted(set(MOVES) - HELD))
@pytest.mark.parametrize("prompt", ["two dogs in a park", "a cat and a horse", "five cats"])
def test_nobody_leaves_the_frame(prompt: str, camera: str, size: tuple[int, int]) -> None:
    there = scene(f"{prompt}, {camera.replace('_', ' ')}", size)
    film = Film(there, *size)
    for actor in there.actors:
        if actor.travel:
            continue
        for k in range(9):
            x, _, _ = film.shot.spot(actor, film.shot.moment(k * there.span / 8))
            assert 0 < x < film.stage.width


@pytest.mark.parametrize(
    ("prompt", "who", "does"),
    [
        ("a woman riding a surfboard", "person", "surf"),
        ("a man on a skateboard in the street", "person", "skate"),
        ("a wizard on a broom", "wizard", "broom"),
    ],
)
def test_people_have_their_board_with_them(prompt: str, who: str, does: str) -> None:
    [actor] = scene(prompt).actors
    assert (actor.subject, actor.action) == (who, does)


@pytest.mark.parametrize(
    ("prompt", "board"),
    [("a dog on a skateboard", "skateboard"), ("a corgi surfing on a wave", "surfboard")],
)
def test_animals_stand_on_a_board(prompt: str, board: str) -> None:
    there = scene(prompt)
    dog = one(there, "dog")
    assert there.actors[dog.host].subject == board
    assert dog.height > there.actors[dog.host].height


def test_what_one_wears_sits_where_its_head_is_also_on_a_board() -> None:
    there = scene("a corgi wearing sunglasses surfing on a wave at sunset")
    shades, dog = one(there, "sunglasses"), one(there, "dog")
    assert there.actors[shades.host] == dog
    assert shades.seat_x > 0.5
    assert shades.height < 0.3 * dog.height


def test_who_eats_has_it_in_hand_and_is_where_the_prompt_says() -> None:
    there = scene("a monkey eating a banana in a tree")
    banana, monkey = one(there, "banana"), one(there, "monkey")
    assert there.actors[banana.host] == monkey
    assert there.actors[monkey.host].subject == "tree"


def test_things_on_things_keep_their_sizes() -> None:
    there = scene("a violin on a chair in an empty room")
    assert one(there, "violin").height < 0.8 * one(there, "chair").height
    there = scene("an elephant standing on a beach ball")
    assert one(there, "elephant").height > 2.9 * one(there, "ball").height


@pytest.mark.parametrize(
    ("prompt", "thing", "holder"),
    [
        ("an owl reading a book by candlelight", "book", "owl"),
        ("a rabbit playing the violin", "violin", "rabbit"),
        ("a chef juggling tomatoes in a busy kitchen", "tomato", "chef"),
    ],
)
def test_what_is_done_by_a_thing_has_it_in_hand(prompt: str, thing: str, holder: str) -> None:
    there = scene(prompt)
    held = one(there, thing)
    assert there.actors[held.host].subject == holder
    assert held.height < 0.5 * one(there, holder).height
