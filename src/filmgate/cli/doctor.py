"""`filmgate doctor`: what is installed, writable and reachable, and how to mend what is not."""

import json
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from filmgate.cli.checks import data, parts, production, reach, setup
from filmgate.cli.checks.finding import Finding, Grade

_COLOURS = {Grade.GOOD: "green", Grade.BAD: "red", Grade.MIND: "yellow"}


async def examine(
    given: Mapping[str, Any], *, url: str | None = None, key: str | None = None
) -> list[Finding]:
    """Look at everything; `given` are the settings of the command line."""
    config, findings = setup.examine(given)
    findings = [*parts.examine(), *findings]
    if config is not None:
        findings += [*parts.engines(config), *data.examine(config)]
        findings += [await reach.port(config), *await production.examine(config)]
    if url:
        findings += [await reach.server(url, key)]
    return findings


def all_good(findings: list[Finding]) -> bool:
    """Whether nothing is bad."""
    return all(finding.mark is not Grade.BAD for finding in findings)


def show(findings: list[Finding], *, as_json: bool) -> None:
    """Print the findings: a line each, and under it how to mend."""
    if as_json:
        print(
            json.dumps(
                {"ok": all_good(findings), "findings": [_plain(f) for f in findings]}, indent=2
            )
        )
        return
    console = Console()
    for finding in findings:
        console.print(_line(finding), soft_wrap=True)


def _plain(finding: Finding) -> dict[str, str | None]:
    return {
        "mark": finding.mark.name.lower(),
        "name": finding.name,
        "text": finding.text,
        "mend": finding.mend,
    }


def _line(finding: Finding) -> Text:
    line = Text.assemble(
        (f"{finding.mark.value} ", _COLOURS[finding.mark]),
        (f"{finding.name:<10} ", "bold"),
        finding.text.replace("\n", "\n" + " " * 13),
    )
    if finding.mend:
        line.append(f"\n{'':13}→ {finding.mend}", "cyan")
    return line
