"""How much of what people ask for the animatic reads.

    python bench/reading.py labels.json [--missed]

`labels.json` is VBench's list of prompts with their labels (`vbench_full_info.json`, Apache-2.0, of
Vchitect/VBench). A label counts as read when the words that name it became something on the stage
and none of them stayed unread:

- object, two objects: each is a subject; it is there by its whole name, not by a part of it;
- spatial pair: both are there, and stand to one another as the prompt says;
- human action: somebody does something, and no word of the prompt stays unread;
- scene: a place or a landmark is there, and no word stays unread.
"""

import argparse
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from animatic.frames import Scene, imagine

Judge = Callable[[str, Any], bool]
ASPECT = 16 / 9


def scene(prompt: str) -> Scene:
    """What is made of a prompt."""
    return imagine(prompt, aspect=ASPECT, seconds=4.0, seed=7)


def has(prompt: str, labels: Iterable[str]) -> bool:
    """Whether each label is there by its whole name, alone and beside the others."""
    alone = [scene(f"a {label}") for label in labels]
    shown = {actor.subject for actor in scene(prompt).actors}
    return all(
        one.actors and not one.unread and {a.subject for a in one.actors} <= shown for one in alone
    )


def of_one(prompt: str, label: Any) -> bool:
    """An object."""
    return has(prompt, [label["object"]])


def of_two(prompt: str, label: Any) -> bool:
    """Two objects."""
    return has(prompt, label["object"].split(" and "))


def of_pair(prompt: str, label: Any) -> bool:
    """Two objects, and how they stand."""
    said = label["spatial_relationship"]
    one, two = said["object_a"], said["object_b"]
    if not has(prompt, [one, two]):
        return False
    there = {actor.subject: actor for actor in scene(prompt).actors}
    first, second = (there[scene(f"a {name}").actors[0].subject] for name in (one, two))
    match said["relationship"]:
        case "on the left of":
            return first.x < second.x
        case "on the right of":
            return first.x > second.x
        case "on the top of":
            return first.host >= 0
        case _:
            return second.host >= 0


def of_action(prompt: str, label: Any) -> bool:
    """What somebody does."""
    there = scene(prompt)
    return not there.unread and any(a.action not in {"stand", "sway"} for a in there.actors)


def of_place(prompt: str, label: Any) -> bool:
    """Where it is."""
    there = scene(prompt)
    return not there.unread and (not there.setting.startswith("abstract") or bool(there.actors))


KINDS: dict[str, tuple[str, Judge]] = {
    "object_class": ("objects", of_one),
    "multiple_objects": ("two objects", of_two),
    "spatial_relationship": ("spatial pairs", of_pair),
    "human_action": ("human actions", of_action),
    "scene": ("scenes", of_place),
}


def judged(entries: list[dict[str, Any]], kind: str) -> Iterator[tuple[str, bool]]:
    """Each prompt of a kind, and whether it was read."""
    for entry in entries:
        if kind in entry["dimension"]:
            label = entry.get("auxiliary_info", {}).get(kind, {})
            yield entry["prompt_en"], KINDS[kind][1](entry["prompt_en"], label)


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("labels", type=Path)
    options.add_argument("--missed", action="store_true", help="print what was not read")
    given = options.parse_args()
    entries = json.loads(given.labels.read_text("utf-8"))
    for kind, (title, _) in KINDS.items():
        found = list(judged(entries, kind))
        read = sum(good for _, good in found)
        print(f"{title:>14}: {read / len(found):4.0%}  ({read} of {len(found)})")
        for prompt, good in found if given.missed else ():
            if not good:
                print(f"                {prompt}  {list(scene(prompt).unread)}")
    prompts = list(dict.fromkeys(entry["prompt_en"] for entry in entries))
    lost = sum(scene(p).setting.startswith("abstract") and not scene(p).actors for p in prompts)
    print(f"{'nothing known':>14}: {lost / len(prompts):4.0%}  ({lost} of {len(prompts)})")


if __name__ == "__main__":
    main()
