"""Gives what the animatic draws its names in Spanish, German, Japanese, Korean and Chinese.

    pip download --no-deps emoji     # names of Unicode CLDR (Unicode License v3); unpack it, then
    python tools/names.py emoji/unicode_codes

A thing of the stock has the names of its picture, any other subject those of the emoji that is
called in English as it is. They go to `src/animatic/stock/names.json`, one line a subject.
"""

import argparse
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from animatic.lexicon import lexicon

STOCK = Path(__file__).parents[1] / "src" / "animatic" / "stock"
TONGUES = ("es", "de", "ja", "ko", "zh")
ALIASES = {
    "knife": "kitchen-knife", "robot": "robot", "car": "automobile", "airplane": "airplane",
    "boat": "sailboat", "tree": "deciduous-tree", "flower": "blossom", "person": "person",
    "fish": "fish", "house": "house", "whale": "whale", "bee": "honeybee", "chicken": "chicken",
    "pig": "pig", "astronaut": "astronaut", "fairy_castle": "castle", "bus": "bus",
    "ufo": "flying-saucer",
}  # fmt: skip
"""Our name = theirs, where they differ."""

INSTEAD = {
    "globe": {
        "es": "globo terráqueo",
        "de": "globus",
        "ja": "地球儀",
        "ko": "지구본",
        "zh": "地球仪",
    },
    "magnet": {"ja": "磁石"},
    "suitcase": {"es": "maleta", "de": "koffer", "ja": "スーツケース", "ko": "여행 가방"},
    "t_shirt": {"ja": "シャツ", "zh": "恤衫"},
}
"""What people say, where CLDR describes the picture."""


OWN = {
    "airship": "dirigible · luftschiff · 飛行船 · 비행선 · 飞艇",
    "quadcopter": "cuadricóptero · quadrocopter · ドローン · 쿼드콥터 · 四轴飞行器",
    "paper_plane": "avión de papel · papierflieger · 紙飛行機 · 종이비행기 · 纸飞机",
    "gift": "regalo · geschenk · プレゼント · 선물 · 礼物",
    "sunglasses": "gafas de sol · sonnenbrille · サングラス · 선글라스 · 太阳镜",
    "goggles": "gafas protectoras · schutzbrille · ゴーグル · 고글 · 护目镜",
    "refrigerator": "nevera · kühlschrank · 冷蔵庫 · 냉장고 · 冰箱",
    "oven": "horno · backofen · オーブン · 오븐 · 烤箱",
    "washing_machine": "lavadora · waschmaschine · 洗濯機 · 세탁기 · 洗衣机",
    "table": "mesa · tisch · テーブル · 탁자 · 桌子",
    "carpet": "alfombra voladora · fliegender teppich · 魔法の絨毯 · 마법의 양탄자 · 飞毯",
    "surfboard": "tabla de surf · surfbrett · サーフボード · 서핑보드 · 冲浪板",
}
"""What things are called that no emoji shows, in the order of the tongues."""


def plain(name: str) -> str:
    """A name of either set, as both spell it."""
    return re.sub("[^a-z0-9]+", "-", name.lower().replace("’", "").replace("'", "")).strip("-")


def wanted() -> Iterator[tuple[str, str]]:
    """Each subject, and what its emoji is called in English."""
    icons = tomllib.loads((STOCK / "icons.toml").read_text("utf-8"))
    for name in lexicon().names("subject"):
        yield name, plain(icons.get(name) or ALIASES.get(name) or name)


def spoken(name: str) -> str:
    """A name as it is said: without what stands in brackets, and without signs."""
    said = re.sub(r"[(（].*?[)）]", "", name.strip(":").replace("_", " "))
    return re.sub(r"[“”„\"'’:,.!?]", "", said).strip().casefold()


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("codes", type=Path)
    codes: Path = options.parse_args().codes
    every = json.loads((codes / "emoji.json").read_text("utf-8"))
    signs: dict[str, str] = {}
    for sign, told in every.items():
        signs.setdefault(plain(told["en"]), sign)
    names = {t: json.loads((codes / f"emoji_{t}.json").read_text("utf-8")) for t in TONGUES}
    lines = []
    for subject, called in wanted():
        sign = signs.get(called)
        said = {t: spoken(names[t][sign]) for t in TONGUES if sign in names[t]}
        if subject in OWN:
            said = dict(zip(TONGUES, OWN[subject].split(" · "), strict=True))
        said |= INSTEAD.get(subject, {})
        if said:
            lines.append(f"{json.dumps(subject)}: {json.dumps(said, ensure_ascii=False)}")
    (STOCK / "names.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
