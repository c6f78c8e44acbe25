"""Measures a tree of Python files: how long, how deep, how named, how knotted.

    python tests/shape/measure.py src/filmgate src/animatic     # one row a folder
    python tests/shape/measure.py src/filmgate --rooms          # one row a room
    python tests/shape/measure.py src/filmgate --names          # what stands out, by room

The counting is the same for every tree, so that rows can be set beside each other. A function's
length is all its lines, its docstring included; decorators are not. Its complexity is one more than
its ifs, loops, handlers, cases and comprehensions. "Used once" is a private function that its own
file names once. A circle is a set of modules that import each other.
"""

import argparse
import ast
import io
import re
import statistics
import sys
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

LONG_FILE, LONG_FUNCTION, DEEP = 400, 40, 10
SHORT_HELPER = 4

_Def = (ast.FunctionDef, ast.AsyncFunctionDef)
_BRANCHES = (
    ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case, ast.comprehension
)  # fmt: skip

# Words that are a participle without ending in "ed". Those whose form is the imperative, too, as
# read, run, put, set and split, are not among them.
_IRREGULAR = re.compile(
    "awoken|been|begun|bent|born|bought|bound|broken|brought|built|caught|chosen|done|drawn|driven|"
    "eaten|fallen|fed|felt|forgotten|fought|found|frozen|given|gone|got|grown|heard|held|hidden|kept|"
    "known|laid|led|left|lent|lit|lost|made|meant|met|paid|proven|risen|rung|said|seen|sent|shaken|"
    "shown|slept|sold|sought|spelt|spent|spoken|spun|stolen|stood|struck|stuck|sung|sunk|sworn|taken|"
    "taught|thought|thrown|told|torn|understood|withdrawn|woken|won|worn|wound|written"
)
_NO_PARTICIPLE = frozenset(["bed", "bleed", "embed", "feed", "heed", "need", "seed", "speed"])


@dataclass(frozen=True)
class Function:
    """One function or method, nested ones included."""

    file: Path
    line: int
    name: str
    length: int
    complexity: int
    is_property: bool
    used_once: bool

    @property
    def participle(self) -> bool:
        """Whether the whole name is one participle: it says what comes out, not what is done."""
        word = self.name.strip("_")
        if self.is_property or word in _NO_PARTICIPLE:
            return False
        return bool(_IRREGULAR.fullmatch(word) or re.fullmatch("[a-z]*(?<!e)ed", word))

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.name} ({self.length} lines)"


@dataclass(frozen=True)
class Module:
    """One file, parsed."""

    file: Path
    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax."""
        return ast.parse(self.text)

    @cached_property
    def lines(self) -> int:
        """All of them, blank ones included."""
        return len(self.text.splitlines())

    @cached_property
    def functions(self) -> list[Function]:
        """Every function of the file."""
        uses = Counter(_names(self.tree))
        return [
            self._function(node, uses) for node in ast.walk(self.tree) if isinstance(node, _Def)
        ]

    def _function(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef, uses: Counter[str]
    ) -> Function:
        private = node.name.startswith("_") and not node.name.startswith("__")
        return Function(
            file=self.file,
            line=node.lineno,
            name=node.name,
            length=_length(node),
            complexity=1 + _branches(node),
            is_property=any("property" in ast.unparse(one) for one in node.decorator_list),
            used_once=private and uses[node.name] == 1,
        )

    @cached_property
    def classes(self) -> list[str]:
        """The public classes at its top."""
        found = [node.name for node in self.tree.body if isinstance(node, ast.ClassDef)]
        return [name for name in found if not name.startswith("_")]

    @cached_property
    def comments(self) -> int:
        """Lines that are a comment and nothing else."""
        tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
        return sum(
            token.type == tokenize.COMMENT and token.line.lstrip().startswith("#")
            for token in tokens
        )

    @cached_property
    def docstrings(self) -> int:
        """Lines of docstrings."""
        holders = (*_Def, ast.ClassDef, ast.Module)
        nodes = [node for node in ast.walk(self.tree) if isinstance(node, holders)]
        return sum(_length(node.body[0]) for node in nodes if ast.get_docstring(node, clean=False))

    @cached_property
    def imports(self) -> list[tuple[ast.Import | ast.ImportFrom, bool]]:
        """Every import that runs, and whether it is lazy: inside a function."""
        return list(_imports(self.tree.body, lazy=False))


def _length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                yield name


def _branches(function: ast.AST) -> int:
    return sum(isinstance(node, _BRANCHES) for node in ast.walk(function))


def _imports(
    body: Iterable[ast.AST], *, lazy: bool
) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool]]:
    for node in body:
        match node:
            case ast.Import() | ast.ImportFrom():
                yield node, lazy
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                yield from _imports(node.orelse, lazy=lazy)
            case _:
                inside = lazy or isinstance(node, (*_Def, ast.Lambda))
                yield from _imports(ast.iter_child_nodes(node), lazy=inside)


@dataclass(frozen=True)
class Tree:
    """A folder's files, or a part of them."""

    name: str
    modules: list[Module]

    @cached_property
    def functions(self) -> list[Function]:
        """All of all files."""
        return [function for module in self.modules for function in module.functions]

    @cached_property
    def lines(self) -> int:
        """All of all files."""
        return sum(module.lines for module in self.modules)

    @property
    def used_once(self) -> list[Function]:
        """Private functions that their file names once."""
        return [function for function in self.functions if function.used_once]

    @property
    def participles(self) -> list[Function]:
        """Functions named by a participle alone."""
        return [function for function in self.functions if function.participle]

    @property
    def lazy(self) -> list[tuple[Module, ast.Import | ast.ImportFrom]]:
        """Imports inside functions."""
        return [(module, node) for module in self.modules for node, lazy in module.imports if lazy]

    def classes_of_one_name(self) -> dict[str, list[Path]]:
        """Public classes that share their name with another, and where they are."""
        found = defaultdict(list)
        for module in self.modules:
            for name in module.classes:
                found[name].append(module.file)
        return {name: files for name, files in sorted(found.items()) if len(files) > 1}

    def circles(self, *, lazy: bool) -> list[list[str]]:
        """Sets of modules that reach each other by imports."""
        known = {module.name for module in self.modules}
        graph = {module.name: set(_needs(module, known, lazy=lazy)) for module in self.modules}
        return _knots(graph)

    def rooms(self) -> list["Tree"]:
        """A tree for each folder or file directly below the top."""
        found = defaultdict(list)
        for module in self.modules:
            found[".".join(module.name.split(".")[1:2]) or "__init__"].append(module)
        return [Tree(name, modules) for name, modules in sorted(found.items())]


def _needs(module: Module, known: set[str], *, lazy: bool) -> Iterator[str]:
    for node, inside in module.imports:
        if lazy or not inside:
            for name in _targets(node, module):
                needed = name if name in known else name.rpartition(".")[0]
                if needed in known and needed != module.name:
                    yield needed


def _targets(node: ast.Import | ast.ImportFrom, module: Module) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    base = node.module or ""
    if node.level:
        package = module.name.split(".")
        if module.file.name != "__init__.py":
            package.pop()
        above = package[: len(package) - node.level + 1]
        base = ".".join([*above, base] if base else above)
    return [f"{base}.{alias.name}" for alias in node.names]


def _knots(graph: dict[str, set[str]]) -> list[list[str]]:
    reach = {name: _reached(graph, name) for name in graph}
    knots = {
        tuple(sorted(other for other in reach[name] if name in reach[other]))
        for name in graph
        if name in reach[name]
    }
    return sorted(list(knot) for knot in knots)


def _reached(graph: dict[str, set[str]], start: str) -> set[str]:
    reached, waiting = set[str](), list(graph[start])
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(graph[name])
    return reached


def read(folder: Path, *, without: Iterable[str] = ()) -> Tree:
    """Parse every Python file below a package's folder, but those below the folders left out."""
    left_out = [folder / name for name in without]
    files = [
        file
        for file in sorted(folder.rglob("*.py"))
        if not any(file.is_relative_to(other) for other in left_out)
    ]
    modules = [Module(file, _dotted(folder, file), file.read_text("utf-8")) for file in files]
    return Tree(folder.name, modules)


def _dotted(folder: Path, file: Path) -> str:
    parts = file.relative_to(folder.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def percentile(numbers: Iterable[int], share: float) -> int:
    """The number that this share of them does not reach."""
    ordered = sorted(numbers)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def percent(part: int, whole: int) -> float:
    """A share in percent."""
    return 100 * part / whole if whole else 0.0


COLUMNS = [
    "tree", "files / lines", "file med, p90, max", f">{LONG_FILE}",
    "functions", "fn med, p90, max", f">{LONG_FUNCTION}", f"cc max (>{DEEP})",
    "comment / doc %", "used once % (short)", "participle %",
    "circles: top, lazy", "lazy imports",
]  # fmt: skip


def row(tree: Tree) -> list[str]:
    """A line of the table."""
    files = [module.lines for module in tree.modules]
    lengths = [function.length for function in tree.functions] or [0]
    depths = [function.complexity for function in tree.functions] or [0]
    count, once = len(tree.functions), tree.used_once
    short = sum(function.length <= SHORT_HELPER for function in once)
    comments = percent(sum(module.comments for module in tree.modules), tree.lines)
    docstrings = percent(sum(module.docstrings for module in tree.modules), tree.lines)
    return [
        tree.name,
        f"{len(files)} / {tree.lines}",
        _spread(files),
        str(sum(lines > LONG_FILE for lines in files)),
        str(count),
        _spread(lengths),
        str(sum(length > LONG_FUNCTION for length in lengths)),
        f"{max(depths)} ({sum(depth > DEEP for depth in depths)})",
        f"{comments:.1f} / {docstrings:.1f}",
        f"{percent(len(once), count):.1f} ({short})",
        f"{percent(len(tree.participles), count):.1f} ({len(tree.participles)})",
        f"{len(tree.circles(lazy=False))}, {len(tree.circles(lazy=True))}",
        str(len(tree.lazy)),
    ]


def _spread(numbers: list[int]) -> str:
    return f"{statistics.median(numbers):.0f}, {percentile(numbers, 0.9)}, {max(numbers)}"


def offenders(tree: Tree) -> Iterator[str]:
    """What stands out in a tree, a line each."""
    yield from (
        f"file over {LONG_FILE}: {m.file} ({m.lines})" for m in tree.modules if m.lines > LONG_FILE
    )
    yield from (f"participle: {function}" for function in tree.participles)
    yield from (
        f"used once: {function}" for function in sorted(tree.used_once, key=lambda f: f.length)
    )
    yield from (
        f"over {LONG_FUNCTION} lines: {f}" for f in tree.functions if f.length > LONG_FUNCTION
    )


def main(arguments: list[str]) -> int:
    """Print the table, or the names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--without", nargs="*", default=[], help="folders below to leave out")
    parser.add_argument("--rooms", action="store_true", help="a row for each room")
    parser.add_argument("--names", action="store_true", help="what stands out, by room")
    given = parser.parse_args(arguments)
    trees = [read(folder, without=given.without) for folder in given.folders]
    if given.names:
        _print_names(trees)
    else:
        rows = [[tree, *(tree.rooms() if given.rooms else [])] for tree in trees]
        _print_table([row(tree) for several in rows for tree in several])
    return 0


def _print_names(trees: list[Tree]) -> None:
    for tree in trees:
        for room in tree.rooms():
            print(f"\n# {tree.name}/{room.name}")
            print("\n".join(offenders(room)) or "nothing")
        for name, files in tree.classes_of_one_name().items():
            print(f"class {name}: {', '.join(map(str, files))}")
        for knot in tree.circles(lazy=True):
            print(f"circle: {' '.join(knot)}")


def _print_table(rows: list[list[str]]) -> None:
    print("| " + " | ".join(COLUMNS) + " |")
    print("|" + "---|" * len(COLUMNS))
    for one in rows:
        print("| " + " | ".join(one) + " |")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
