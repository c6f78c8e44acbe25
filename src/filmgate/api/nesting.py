"""`a[b][c]=x` and `a[]=x` of forms, as nested objects and lists."""

from collections.abc import Iterable
from typing import Any

from filmgate.errors import InvalidParameter

_MAX_DEPTH = 8


class _Node(dict[str, Any]):
    """An object that a form's names make; a list has the keys "0", "1", … until the end."""


def nest(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """The fields of a form, nested where their names nest.

    Raises:
        InvalidParameter: a name nests too deeply, or is given twice, or both as value and object.
    """
    root = _Node()
    for name, value in pairs:
        path = name.replace("]", "").split("[") if name.endswith("]") else [name]
        if len(path) > _MAX_DEPTH + 1:
            raise InvalidParameter(path[0], "is nested too deeply")
        node = root
        for key in path[:-1]:
            child = node.setdefault(key or str(len(node)), _Node())
            if not isinstance(child, _Node):
                raise InvalidParameter(path[0], "is given both as a value and as an object")
            node = child
        last = path[-1] or str(len(node))
        if node.setdefault(last, value) != value:
            raise InvalidParameter(path[0], "is given twice")
    return {name: _with_lists(value) for name, value in root.items()}


def _with_lists(value: Any) -> Any:
    """Only what names have nested is walked: at most `_MAX_DEPTH` levels."""
    if not isinstance(value, _Node):
        return value
    inner = {key: _with_lists(child) for key, child in value.items()}
    if inner and list(inner) == [str(i) for i in range(len(inner))]:
        return list(inner.values())
    return inner
