"""`filmgate quote`: what a film would cost, by a server's prices or by this folder's."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import Headers

from filmgate import settings
from filmgate.api.drafts import reader_of
from filmgate.cli import client
from filmgate.cli.maker import FilmOrder
from filmgate.cli.printing import print_json, tell
from filmgate.domain import money
from filmgate.services.commissions import check


async def of_server(wanted: FilmOrder, url: str, key: str | None) -> Mapping[str, Any]:
    """The quote of a server, which checks the picture and the balance as well."""
    async with client.connect(url, key) as server:
        return await server.quote(wanted)


def of_settings(wanted: FilmOrder) -> Mapping[str, Any]:
    """The quote of this folder's cards."""
    config = settings.load()
    catalogue = config.catalogue()
    fields = dict(wanted.fields) | ({"image": "given"} if wanted.picture else {})
    reader = reader_of(catalogue, config.default_model)
    draft = reader.read(fields, Headers(client.DIALECT)).draft
    card = catalogue.get(draft.model)
    shape, n = check(draft, card), draft.n or 1
    return {
        "model": card.id,
        "seconds": f"{float(shape.seconds):g}",
        "size": shape.size,
        "n": n,
        "cost_usd": money.usd(card.cost(shape, n, picture=draft.picture is not None)),
    }


def show(quote: Mapping[str, Any], *, as_json: bool) -> None:
    """Print a quote in one line, or as an object."""
    if as_json:
        print_json(quote)
        return
    line = "{cost_usd} USD: {n} × {seconds} s of {size} by {model}".format(**quote)
    tell(line if quote.get("affordable", True) else f"{line}; your balance does not cover it")
