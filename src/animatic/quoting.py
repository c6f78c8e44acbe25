"""Text that is to be read on the screen: what a prompt quotes, and in what manner."""

import re
from dataclasses import dataclass

QUOTED = re.compile(
    '["“”„«]\\s*([^"“”„«»]{1,80}?)\\s*["“”»]|[「『]([^「」『』]{1,80})[」』]'
    "|(?<![A-Za-z])['‘]([^'‘’]{2,80})['’](?![A-Za-z])"
)
CUE = re.compile(
    r"\b(says?|saying|reads?|reading|spell\w*|words?|text|titled?|letters?|lettering|caption\w*"
    r"|signs?|signage|writ\w+|inscri\w+|logo|slogan|label\w*|banner|billboard|poster|headline|neon"
    r"|phrase|message|typography|print\w*|letrero|texto|palabras?|schild|schrift|worte?)\b"
    "|写|字|标题|招牌|标语|横幅|题|看板|文字|간판|글자",
    re.IGNORECASE,
)
"""Without one of these near it, what is quoted is no text but a name."""

BEFORE, AFTER = 48, 24
"""How near, in characters."""

TALKING = re.compile(
    r"(?:\b(?:that|which))?\s*\b(?:says?|saying|reads?|reading|spells?|spelling|written|writing)"
    r"\s*(?:out)?[\s:,]*$|(?:上面?)?(?:写着|写有|写了)[\s::]*$",
    re.IGNORECASE,
)
"""What only leads over to the quoted: nobody reads."""

LETTERED = re.compile(
    r"\b(?:in|with|of)\s+(?:[a-z]+\s+){0,3}"
    r"(?:letters?|lettering|text|font|type|calligraphy|brush\s?strokes?|typography|handwriting)\b",
    re.IGNORECASE,
)
MANNERS = {
    "neon": re.compile(r"\bneon\b|霓虹|ネオン|네온|\bneón\b", re.IGNORECASE),
    "gold": re.compile(r"\bgold(en)?\b|金色|金字|烫金|\bdorad|\bgolden\w*", re.IGNORECASE),
    "brush": re.compile(r"\bbrush|calligraph|\bink\b|毛笔|书法|水墨", re.IGNORECASE),
    "chalk": re.compile(r"\bchalk|粉笔", re.IGNORECASE),
}
SIGNS = frozenset(
    re.findall(
        r"\w+",
        "sign signs signage text words word letters letter lettering caption title titled logo "
        "slogan banner billboard poster headline phrase message label glowing big large bold giant "
        "招牌 文字 标题 标语 横幅 字 大字 几个字 上面 牌子 木牌",
    )
)
"""What the text itself stands for."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The text, its manner, and the prompt without either."""

    text: str = ""
    manner: str = ""
    rest: str = ""


def take_quote(prompt: str) -> Quote:
    """What a prompt wants to be read, if anything, apart from what is to be drawn."""
    found, rest, at = [], "", 0
    for match in QUOTED.finditer(prompt):
        before, after = prompt[: match.start()], prompt[match.end() :]
        if CUE.search(before[-BEFORE:]) or CUE.search(after[:AFTER]):
            found.append(next(filter(None, match.groups())))
            rest += TALKING.sub(" ", prompt[at : match.start()])
            at = match.end()
    if not found:
        return Quote(rest=prompt)
    rest += prompt[at:]
    manner = next((name for name, said in MANNERS.items() if said.search(rest)), "title")
    return Quote("\n".join(found), manner, LETTERED.sub(" ", rest))
