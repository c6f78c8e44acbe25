"""Text that carries bytes, mended where its way here has changed it."""

_FOLD = 16
"""No encoder breaks its lines shorter."""


def restored_base64(text: str) -> str:
    """The text with its pluses, which a urlencoded form turns into spaces.

    Spaces that stand at equal distances are lines folded together, and are left to the decoder.
    """
    if " " not in text or text[:7].lower() in ("http://", "https:/"):
        return text
    head, comma, data = text.partition(",") if text[:5].lower() == "data:" else ("", "", text)
    return head + comma + (data if _is_folded(data) else data.strip(" ").replace(" ", "+"))


def _is_folded(data: str) -> bool:
    first = data.find(" ")
    return (
        first >= _FOLD
        and all(data[at] == " " for at in range(first, len(data), first + 1))
        and data.count(" ") == len(range(first, len(data), first + 1))
    )
