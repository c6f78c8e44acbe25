"""`filmgate upstreams`: what an operator types about the upstreams of relays. Words alone."""

from typing import Annotated

import typer

from filmgate.cli.desk import Data, Desk, Json, Key, Url

Name = Annotated[str, typer.Argument(metavar="UPSTREAM", help="As ENGINE/UPSTREAM.")]

app = typer.Typer(help="The upstreams of relays.", no_args_is_help=True)


@app.command("list")
def list_(data: Data = None, url: Url = None, key: Key = None, as_json: Json = False) -> None:
    """Show them: what they serve, what they are busy with, which get no orders."""
    from filmgate.cli import fleet

    fleet.show_all(Desk(data, url, key), as_json=as_json)


@app.command()
def drain(name: Name, data: Data = None, as_json: Json = False) -> None:
    """Give one no new orders; what it has goes on. No restart is needed."""
    from filmgate.cli import fleet

    fleet.drain(data, name, as_json=as_json)


@app.command()
def resume(name: Name, data: Data = None, as_json: Json = False) -> None:
    """Give one orders again."""
    from filmgate.cli import fleet

    fleet.resume(data, name, as_json=as_json)


@app.command("test")
def try_one(name: Name, as_json: Json = False) -> None:
    """Ask one something that costs nothing, from here."""
    from filmgate.cli import fleet

    fleet.test(name, as_json=as_json)


@app.command()
def cards(name: Name, as_json: Json = False) -> None:
    """Ask OpenRouter for its video models, and print cards of them for filmgate.toml."""
    from filmgate.cli import fleet

    fleet.show_cards(name, as_json=as_json)


@app.command()
def unresolved(
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 100,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Show the videos of which nobody can say whether an upstream made, and charged, them."""
    from filmgate.cli import fleet

    fleet.show_unresolved(data, limit, as_json=as_json)
