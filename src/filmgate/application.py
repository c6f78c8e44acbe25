"""The HTTP application: what the routes are given, and the pages beside them."""

from functools import partial

from starlette.types import ASGIApp

from filmgate import wiring
from filmgate.api.app import create_app
from filmgate.api.cors import Cors
from filmgate.api.intake import Intake
from filmgate.api.links import Links
from filmgate.api.origin import Origin
from filmgate.api.parts import Parts
from filmgate.checks.server import examine
from filmgate.services.stills import Stills
from filmgate.web import pages
from filmgate.wiring import House


async def application(house: House) -> ASGIApp:
    """The HTTP application on these services."""
    settings = house.settings
    max_body = settings.max_body_mib << 20
    parts = Parts(
        submissions=house.submissions,
        videos=house.videos,
        stills=Stills(house.blobs),
        watches=house.watches,
        files=house.files,
        characters=house.characters,
        batches=house.batches,
        webhooks=house.webhooks,
        keys=house.keys,
        accounts=house.accounts,
        own_account=house.own_account,
        audit=house.audit,
        allowances=house.allowances,
        billing=house.billing,
        health=house.health,
        models=house.models,
        upstreams=house.upstreams,
        blobs=house.blobs,
        catalogue=house.catalogue,
        drafts=wiring.drafts(house),
        links=Links(secret=await house.keys.signing_secret(), clock=house.clock),
        clock=house.clock,
        public_url=settings.public_url,
        sync_wait_s=settings.sync_wait_s,
        redirects=settings.delivery == "redirect",
        censuses=house.censuses,
        metrics=house.metrics,
        access_log=settings.access_log,
        tracer=house.tracer,
        cors=Cors(settings.cors_origins),
        origin=Origin(settings.trusted_proxies),
        intake=Intake(max_body=max_body, total=8 * max_body, each=3 * max_body),
        examine=partial(examine, settings),
    )
    films_at = await house.blobs.origin() if parts.redirects else None
    return create_app(parts, pages.pages(films_at) if settings.pages else None)
