"""`filmgate workers`: what an operator types about workers, wherever they are. Words alone."""

from typing import Annotated

import typer

from filmgate.cli.desk import Data, Json

Name = Annotated[
    str, typer.Argument(metavar="NODE|ID", help="A machine, a launcher's place or a worker.")
]
Kind = Annotated[str, typer.Option(help="Who starts them: local, ray, or an installed one.")]
Address = Annotated[str | None, typer.Option(help="Of the launcher's cluster.", show_default=False)]

app = typer.Typer(help="The workers of all machines: see, place, scale and drain them.")


@app.callback(invoke_without_command=True)
def show(ctx: typer.Context, data: Data = None, as_json: Json = False) -> None:
    """Show them: where each stands, its GPUs, its engine, what it makes and since when."""
    from filmgate.cli import launching

    if ctx.invoked_subcommand is None:
        launching.show_all(data, as_json=as_json)


@app.command()
def up(
    launcher: Kind = "local",
    address: Address = None,
    every: Annotated[float, typer.Option(min=0.1, help="Seconds between two looks.")] = 5.0,
    once: Annotated[
        bool, typer.Option("--once", help="Look once, and leave what was started alone.")
    ] = False,
) -> None:
    """Keep as many workers as the queue and the settings want, until Ctrl-C or SIGTERM."""
    from filmgate.cli import launching

    launching.up(launcher, address, every_s=every, once=once)


@app.command()
def down(launcher: Kind = "ray", address: Address = None, as_json: Json = False) -> None:
    """Stop every worker of a launcher in order; running videos finish or go back in line."""
    from filmgate.cli import launching

    launching.down(launcher, address, as_json=as_json)


@app.command()
def drain(name: Name, data: Data = None, as_json: Json = False) -> None:
    """Let a machine or a worker claim nothing more; what it has goes on. No restart is needed."""
    from filmgate.cli import launching

    launching.drain(data, name, as_json=as_json)


@app.command()
def resume(name: Name, data: Data = None, as_json: Json = False) -> None:
    """Let what was drained claim again."""
    from filmgate.cli import launching

    launching.resume(data, name, as_json=as_json)


@app.command("wanted")
def show_wanted(data: Data = None, as_json: Json = False) -> None:
    """Show how many workers each engine's queue is worth."""
    from filmgate.cli import launching

    launching.show_wanted(data, as_json=as_json)
