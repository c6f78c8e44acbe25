"""`filmgate doctor`: what is installed, writable and reachable, and how to mend what is not."""

from collections.abc import Mapping
from typing import Any

from rich.cells import set_cell_size
from rich.console import Console
from rich.text import Text

from filmgate.api.upkeep import doctor_object
from filmgate.checks import data, fonts, parts, production, setup
from filmgate.cli import reach
from filmgate.cli.printing import print_json
from filmgate.cli.speech import spoken
from filmgate.domain.finding import Finding, Grade

_COLOURS = {Grade.GOOD: "green", Grade.BAD: "red", Grade.MIND: "yellow"}


async def examine(
    given: Mapping[str, Any], *, url: str | None = None, key: str | None = None
) -> list[Finding]:
    """Look at everything; `given` are the settings of the command line."""
    config, findings = setup.examine(given)
    findings = [*parts.examine(), *findings]
    if config is not None:
        findings += [*parts.engines(config), *data.examine(config)]
        if any(engine.kind == "animatic" for engine in config.engines.values()):
            findings += fonts.examine()
        findings += [await reach.port(config), *await production.examine(config)]
    if url:
        findings += [await reach.server(url, key)]
    return findings


def show(findings: list[Finding], *, as_json: bool) -> None:
    """Print the findings: a line each, and under it how to mend."""
    if as_json:
        print_json(doctor_object(findings))
        return
    console = Console()
    for finding in findings:
        console.print(_line(finding), soft_wrap=True)


def _line(finding: Finding) -> Text:
    line = Text.assemble(
        (f"{finding.mark.value} ", _COLOURS[finding.mark]),
        (set_cell_size(spoken(finding.name), 11), "bold"),
        spoken(finding.text).replace("\n", "\n" + " " * 13),
    )
    if finding.mend:
        line.append(f"\n{'':13}→ {spoken(finding.mend)}", "cyan")
    return line
