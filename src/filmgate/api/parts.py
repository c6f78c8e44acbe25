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
from filmgate.domain.finding import Finding
from filmgate.services.accounts import Accounts
from filmgate.services.allowances import Allowances
from filmgate.services.audit import Audit
from filmgate.services.batches import Batches
from filmgate.services.billing import Billing
from filmgate.services.censuses import Censuses
from filmgate.services.characters import Characters
from filmgate.services.files import Files
from filmgate.services.health import Health
from filmgate.services.keys import Keys
from filmgate.services.metrics import Metrics
from filmgate.services.models import Models
from filmgate.services.own_account import OwnAccount
from filmgate.services.stills import Stills
from filmgate.services.submissions import Submissions
from filmgate.services.upstreams import Upstreams
from filmgate.services.videos import Videos
from filmgate.services.watches import Watches
from filmgate.services.webhooks import Webhooks
from filmgate.telemetry.tracing import Tracer


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The services and values behind the routes; `examine` is what the doctor finds here."""

    submissions: Submissions
    videos: Videos
    stills: Stills
    watches: Watches
    files: Files
    characters: Characters
    batches: Batches
    webhooks: Webhooks
    keys: Keys
    accounts: Accounts
    own_account: OwnAccount
    audit: Audit
    allowances: Allowances
    censuses: Censuses
    metrics: Metrics
    billing: Billing
    health: Health
    models: Models
    upstreams: Upstreams
    blobs: Blobs
    catalogue: Catalogue
    drafts: DraftReader
    links: Links
    clock: Clock
    intake: Intake
    cors: Cors
    origin: Origin
    public_url: str | None
    sync_wait_s: float
    redirects: bool
    access_log: bool
    tracer: Tracer
    examine: Callable[[], Awaitable[list[Finding]]]
