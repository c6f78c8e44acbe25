"""Reading and seed → scene: a plain value."""

import json
from dataclasses import replace
from itertools import pairwise

import pytest

from animatic.composition import compose, revise
from animatic.lexicon import lexicon
from animatic.light import HOURS
from animatic.reading import parse
from animatic.scene import ABSTRACT, Scene

WIDE = 16 / 9


def scene(prompt: str, seed: int = 1, aspect: float = WIDE) -> Scene:
    return compose(parse(prompt), seed, aspect=aspect)


def test_same_words_and_seed_same_scene() -> None:
    assert scene("two dogs on the beach") == scene("two dogs on the beach")


def test_seed_varies_placement_not_meaning() -> None:
    one, two = (
        scene("two dogs and a tree in the city", 1),
        scene("two dogs and a tree in the city", 2),
    )
    assert one != two
    assert sorted(a.subject for a in one.actors) == sorted(a.subject for a in two.actors)
    assert (one.setting, one.style, dict(one.weather)) == (
        two.setting,
        two.style,
        dict(two.weather),
    )


def test_goes_through_json() -> None:
    before = scene("a girl and three birds at sunset in the rain, anime")
    assert Scene.from_json(json.loads(json.dumps(before.to_json()))) == before


@pytest.mark.parametrize("aspect", [WIDE, 1.0, 9 / 16])
@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_several_do_not_sit_on_one_another(count: int, aspect: float) -> None:
    actors = sorted(scene(f"{count} dogs", 3, aspect).actors, key=lambda a: a.x)
    width = max(aspect, 1.0)
    gaps = [b.x - a.x for a, b in pairwise(actors)]
    assert min(gaps) * width >= 0.75 * max(a.height for a in actors)


def test_a_subject_implies_its_home() -> None:
    assert scene("a boat").setting == "sea"
    assert scene("qwerty").setting.startswith(ABSTRACT)


def test_small_is_smaller_than_big() -> None:
    assert scene("a small boat").actors[0].height < scene("a big boat").actors[0].height


def test_travellers_are_tracked_unless_the_camera_is_named() -> None:
    assert scene("a dog running").camera == "track"
    assert scene("a dog running, static camera").camera == "static"


def test_revised_by_a_prompt_keeps_what_it_does_not_name() -> None:
    before = scene("a dog running on the beach at sunset")
    after = revise(before, parse("now it snows"), aspect=WIDE)
    assert after.actors == before.actors
    assert (after.setting, after.camera) == (before.setting, before.camera)
    assert "snow" in after.weather


def test_continued_starts_later() -> None:
    assert scene("a dog").continue_after(4.0).start == 4.0


def test_a_guest_goes_with_its_host() -> None:
    actors = scene("a cat on a boat").actors
    (cat,) = (a for a in actors if a.subject == "cat")
    assert actors[cat.host].subject == "boat"
    assert (cat.x, cat.stands) == (actors[cat.host].x, "water")


def test_a_tree_stands_behind_who_is_under_it() -> None:
    man, tree = sorted(scene("a man under a tree").actors, key=lambda a: a.subject)
    assert abs(man.x - tree.x) * WIDE < tree.height
    assert tree.depth < man.depth


def test_vehicles_go_in_their_own_way() -> None:
    assert scene("a car running").actors[0].action == "drive"
    assert scene("a boat racing").actors[0].action == "sail"
    assert scene("a car flying").actors[0].action == "fly"


def test_a_couple_are_two() -> None:
    assert [a.look for a in scene("a couple on the beach").actors] == ["man", "woman"]


@pytest.mark.parametrize("aspect", [WIDE, 1.0, 9 / 16])
@pytest.mark.parametrize(
    "prompt", ["a bus, a car and a man", "a dog, a cat and a girl", "a ship and a canoe"]
)
def test_the_unlike_do_not_sit_on_one_another(prompt: str, aspect: float) -> None:
    wide = {n: lexicon().subject(n).aspect for n in lexicon().names("subject")}
    actors = sorted(scene(prompt, 3, aspect).actors, key=lambda a: a.x)
    for one, two in pairwise(actors):
        room = (one.height * wide[one.subject] + two.height * wide[two.subject]) / 2
        assert (two.x - one.x) * max(aspect, 1.0) > (0.8 if aspect >= 1 else 0.62) * room


def test_upright_frames_show_their_hero_large() -> None:
    upright, wide = scene("a cat", aspect=720 / 1280), scene("a cat", aspect=1280 / 720)
    assert upright.actors[0].height > wide.actors[0].height


def test_a_close_up_fills_the_frame_before_soft_land() -> None:
    near, far = scene("a cat, close-up"), scene("a cat")
    assert near.actors[0].height > 1.5 * far.actors[0].height
    assert near.blur > 0 == far.blur


def test_what_flies_is_counted_apart_from_what_stands() -> None:
    actors = scene("a girl and five birds flying").actors
    girl = next(a for a in actors if a.subject == "person")
    assert girl.height > 0.25


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    ("prompt", "left", "right"),
    [
        ("a bicycle on the left of a car", "bicycle", "car"),
        ("a cat on the right of a dog", "dog", "cat"),
        ("a bird to the left of a cat", "bird", "cat"),
    ],
)
def test_left_and_right_are_kept(prompt: str, left: str, right: str, seed: int) -> None:
    there = {a.subject: a.x for a in scene(prompt, seed).actors}
    assert there[left] < there[right]


@pytest.mark.parametrize(
    ("prompt", "above", "below"),
    [
        ("a cup on top of a book", "cup", "book"),
        ("a bird on an elephant", "bird", "elephant"),
        ("a clock on the bottom of a teddy bear", "teddy", "clock"),
    ],
)
def test_one_thing_stands_on_another(prompt: str, above: str, below: str) -> None:
    actors = scene(prompt).actors
    (top,) = (a for a in actors if a.subject == above)
    assert actors[top.host].subject == below
    assert actors[top.host].height * top.seat_y + top.height < 0.85


def test_who_plays_a_piano_does_not_run_about() -> None:
    woman, _ = sorted(scene("a woman playing piano").actors, key=lambda a: a.subject)
    assert woman.action == "handle"
    assert {a.action for a in scene("a boy playing with a dog").actors} == {"frolic"}


def test_who_is_named_again_stays_in_place() -> None:
    before = compose(parse("a red fox running on the beach"), 5, aspect=WIDE)
    after = revise(before, parse("make the fox blue"), aspect=WIDE)
    (one,), (same,) = before.actors, after.actors
    assert same.colour != one.colour
    assert replace(same, colour=one.colour) == one
    kept = ("setting", "camera", "travel", "sun", "span", "start", "palette")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]


@pytest.mark.parametrize("hour", ["at night", "at sunset", "at dawn", "at noon"])
def test_another_hour_leaves_the_light_on_its_side(hour: str) -> None:
    """Palms, windows and lamps stand by the side of the light."""
    before = compose(parse("a fox on the beach"), 5, aspect=WIDE)
    after = revise(before, parse(hour), aspect=WIDE)
    sides = [HOURS[s.hour].side * (-1 if s.sun > 0 else 1) for s in (before, after)]
    assert sides[0] == sides[1]


def test_an_edit_in_the_sky_leaves_the_beach() -> None:
    before = compose(parse("a fox on the beach"), 5, aspect=WIDE)
    after = revise(before, parse("a seagull in the sky"), aspect=WIDE, all_stay=True)
    assert after.setting == before.setting


def test_who_joins_takes_nobodys_place() -> None:
    before = compose(parse("a fox sitting in a meadow"), 5, aspect=WIDE)
    after = revise(before, parse("a rabbit"), aspect=WIDE, all_stay=True)
    assert [actor.subject for actor in after.actors] == ["fox", "rabbit"]
    assert after.actors[0].x == before.actors[0].x
    assert abs(after.actors[1].x - after.actors[0].x) > 0.1
    alone = revise(before, parse("a rabbit"), aspect=WIDE)
    assert [actor.subject for actor in alone.actors] == ["rabbit"]


def test_a_place_that_shows_another_is_the_place() -> None:
    assert scene("a bear fishing in a river by a waterfall").setting == "waterfall"
    assert scene("a waterfall and a river").setting == "waterfall"
    assert scene("night falls over the city").setting == "city"


def test_a_giant_is_one_beside_others() -> None:
    ship, octopus = scene("a pirate ship battling a giant octopus").actors
    assert octopus.height > 0.5 * ship.height
    ship, octopus = scene("a pirate ship battling an octopus").actors
    assert octopus.height < 0.5 * ship.height


def test_a_close_up_of_a_face_shows_head_and_shoulders() -> None:
    [face] = scene("extreme close-up of an old woman's face").actors
    [woman] = scene("close-up of an old woman").actors
    assert face.height > 1.3 * woman.height
    assert scene("an old woman's face, candlelight").setting == "room"


@pytest.mark.parametrize("seed", range(4))
def test_who_follows_is_behind_and_goes_the_same_way(seed: int) -> None:
    there = scene("a dog following a man in the park", seed=seed)
    dog, man = (next(a for a in there.actors if a.subject == s) for s in ("dog", "person"))
    assert dog.facing == man.facing
    assert (man.x - dog.x) * man.facing > 0
    assert dog.travel == man.travel > 0


@pytest.mark.parametrize("seed", range(4))
def test_who_faces_another_looks_at_it(seed: int) -> None:
    there = scene("a samurai facing a dragon", seed=seed)
    one, two = sorted(there.actors, key=lambda a: a.x)
    assert (one.facing, two.facing) == (1, -1)


def test_who_swims_beneath_a_boat_is_below_it() -> None:
    shark, boat = scene("a shark swimming beneath a small boat").actors
    assert shark.x == boat.x
    assert shark.depth > boat.depth
