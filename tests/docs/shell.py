"""Reads the commands of shell examples without running them."""

import re
import shlex
from collections.abc import Iterator
from typing import Any

import typer

from filmgate.cli.main import app

_VARIABLE = re.compile(r"\w+=.*")
_COMMENT = re.compile(r"(?:^|(?<=\s))#[^'\"\n]*$", re.MULTILINE)
_ENDS = re.compile(r"[|;&()\n]+")
_REDIRECTS = re.compile(r"[<>]+")


def commands(text: str) -> Iterator[list[str]]:
    """The simple commands of a script: pipes and lists taken apart, redirections left out."""
    script = _COMMENT.sub("", text.replace("\\\n", " "))
    lexer = shlex.shlex(script, posix=True, punctuation_chars="\n;|&()<>")
    lexer.whitespace, lexer.whitespace_split, lexer.commenters = " \t", True, ""
    command: list[str] = []
    for word in lexer:
        if _ENDS.fullmatch(word):
            yield from _named(command)
            command = []
        elif _REDIRECTS.fullmatch(word):
            next(lexer)
        else:
            command.append(word)
    yield from _named(command)


def _named(words: list[str]) -> Iterator[list[str]]:
    while words and (words[0] in ("sudo", "$") or _VARIABLE.fullmatch(words[0])):
        words = words[3:] if words[:2] == ["sudo", "-u"] else words[1:]
    if words:
        yield words


def parse(arguments: list[str]) -> None:
    """Let the real command line read arguments of `filmgate`; it refuses those it does not know."""
    command, rest = _find(arguments)
    command.make_context(" ".join(arguments), rest)


def mention(arguments: list[str]) -> None:
    """The same for a command that is only spoken of, without all that it needs."""
    command, rest = _find(arguments)
    known = {name for param in command.params for name in (*param.opts, *param.secondary_opts)}
    unknown = {word for word in rest if word.startswith("-")} - known - {"--help", "-h"}
    assert not unknown, f"{' '.join(arguments)}: {command.name} has no {sorted(unknown)}"


def _find(arguments: list[str]) -> tuple[Any, list[str]]:
    command: Any = typer.main.get_command(app)
    rest = list(arguments)
    while rest and rest[0] in getattr(command, "commands", {}):
        command = command.commands[rest.pop(0)]
    assert not rest or not hasattr(command, "commands") or rest[0].startswith("-"), (
        f"filmgate has no command {' '.join(arguments)}"
    )
    return command, rest
