"""The routes by which an operator sees what a server stands on: its upstreams, its findings."""

from filmgate.api.ask import Ask
from filmgate.api.overviews import DoctorObject, FindingObject, UpstreamObject
from filmgate.api.reply import list_of
from filmgate.api.wire import Listing
from filmgate.domain.finding import Finding, all_good
from filmgate.domain.upstream import UpstreamStanding


async def list_upstreams(ask: Ask) -> Listing[UpstreamObject]:
    """The upstreams of relays: what they serve, the orders they have, whether they get more."""
    return list_of([upstream_object(one) for one in await ask.parts.upstreams.standings()])


async def see_findings(ask: Ask) -> DoctorObject:
    """What `filmgate doctor` finds where the HTTP process runs.

    It asks database, storage, moderator and upstreams now, and may take some seconds.
    """
    return doctor_object(await ask.parts.examine())


def upstream_object(one: UpstreamStanding) -> UpstreamObject:
    """An upstream as its operator sees it."""
    return {
        "object": "upstream",
        "id": one.upstream.id,
        "kind": one.upstream.kind,
        "models": list(one.upstream.models),
        "orders": one.orders,
        "takes_orders": not one.drained,
    }


def doctor_object(findings: list[Finding]) -> DoctorObject:
    """Findings, and whether none is bad."""
    return {
        "object": "doctor",
        "ok": all_good(findings),
        "findings": [_finding(one) for one in findings],
    }


def _finding(one: Finding) -> FindingObject:
    return {"mark": one.mark.word, "name": one.name, "text": one.text, "mend": one.mend}
