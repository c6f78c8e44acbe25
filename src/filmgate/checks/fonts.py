"""Letters: the scripts that the animatic can write, Debian's package of those that it cannot."""

import importlib

from filmgate.domain.finding import Finding, good, mind

_DEJAVU, _NOTO, _CJK = "fonts-dejavu-core", "fonts-noto-core", "fonts-noto-cjk"
SCRIPTS = {
    "Latin": ("éß", _DEJAVU),
    "Greek": ("Ωλ", _DEJAVU),
    "Cyrillic": ("Жя", _DEJAVU),
    "Chinese": ("海漢", _CJK),
    "Japanese": ("あカ", _CJK),
    "Korean": ("한글", _CJK),
    "Arabic": ("شع", _NOTO),
    "Hebrew": ("שא", _NOTO),
    "Armenian": ("Ժա", _NOTO),
    "Georgian": ("გა", _NOTO),
    "Devanagari": ("कह", _NOTO),
    "Bengali": ("কহ", _NOTO),
    "Tamil": ("கஹ", _NOTO),
    "Telugu": ("కహ", _NOTO),
    "Thai": ("กท", _NOTO),
    "Khmer": ("កខ", _NOTO),
    "Ethiopic": ("ሀለ", _NOTO),
    "emoji": ("🎬🐈", "fonts-noto-color-emoji"),
}
"""Letters of each script, and the package of Debian with a font that has them."""


def examine() -> list[Finding]:
    """Which scripts quoted text can be set in; nothing where the drawing library is not there."""
    try:
        skia = importlib.import_module("skia")
    except ImportError:
        return []
    manager, style = skia.FontMgr(), skia.FontStyle()
    missing = [
        script
        for script, (letters, _) in SCRIPTS.items()
        if any(
            manager.matchFamilyStyleCharacter("", style, [], ord(letter)) is None
            for letter in letters
        )
    ]
    if not missing:
        return [good("fonts", f"letters of {len(SCRIPTS)} scripts")]
    packages = " ".join(dict.fromkeys(SCRIPTS[script][1] for script in missing))
    text = f"none for {', '.join(missing)}: quoted text in them is not drawn, and the video says so"
    return [mind("fonts", text, f"apt-get install {packages}")]
