"""What the routes are given: one bundle, joined in `wiring`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from filmgate.api.cors import Cors
from filmgate.api.drafts import DraftReader
from filmgate.api.intake import Intake
from filmgate.api.links import Links
from filmgate.api.origin import Origin
from filmgate.blobs import Blobs
from filmgate.clock import Clock
from filmgate.domain.card import Catalogue
from filmgate.services.accounts import Accounts
from filmgate.services.billing import Billing
from filmgate.services.health import Health
from filmgate.services.keys import Keys
from filmgate.services.submissions import Submissions
from filmgate.services.videos import Videos
from filmgate.services.webhooks import Webhooks
from filmgate.telemetry.tracing import Tracer

CountAnswer = Callable[[str, str, int, float], None]
"""Counts an answer: method, route, status, seconds."""
Exposition = Callable[[str], Awaitable[tuple[bytes, str]]]
"""All metrics as text, in the format that an `Accept` header asks for; and its media type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The services and values behind the routes."""

    submissions: Submissions
    videos: Videos
    webhooks: Webhooks
    keys: Keys
    accounts: Accounts
    billing: Billing
    health: Health
    blobs: Blobs
    catalogue: Catalogue
    drafts: DraftReader
    links: Links
    clock: Clock
    intake: Intake
    cors: Cors
    origin: Origin
    public_url: str | None
    redirects: bool
    count_answer: CountAnswer
    exposition: Exposition
    access_log: bool
    tracer: Tracer
