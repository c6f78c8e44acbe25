"""The command `filmgate`. What a command needs is imported when it runs: `serve` starts fast."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from typer.core import TyperGroup

from filmgate import __version__
from filmgate.cli import accounts, desk, upstreams, webhooks, weights, workers
from filmgate.errors import FilmgateError, SettingsError

T = TypeVar("T", bound=dict[str, Any])


class Border(TyperGroup):
    """Where our own errors end: a clear line and an exit code, never a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; 2 is a wrong setting, 1 what went wrong, 130 and 143 an interruption."""
        try:
            return super().invoke(ctx)
        except SettingsError as error:
            raise _end_with(error.message, 2) from error
        except FilmgateError as error:
            raise _end_with(error.message, 1) from error
        except KeyboardInterrupt as error:
            raise _end_with(str(error) or "stopped", 130) from error


app = typer.Typer(
    cls=Border,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="The video-generation server that you run yourself.",
)
app.add_typer(webhooks.app, name="webhooks")
app.add_typer(upstreams.app, name="upstreams")
app.add_typer(workers.app, name="workers")

app.add_typer(accounts.accounts, name="accounts", no_args_is_help=True)
app.add_typer(accounts.keys, name="keys", no_args_is_help=True)

models = typer.Typer()
models.command()(weights.pull)
models.command("list")(weights.list_)
models.command()(weights.verify)
models.command()(weights.remove)
app.add_typer(models, name="models")

Url = Annotated[
    str | None,
    typer.Option(
        envvar="OPENAI_BASE_URL",
        show_default=False,
        help='Server to ask, as http://host:8000/v1; "" or none: this process makes it.',
    ),
]
Key = Annotated[
    str | None,
    typer.Option(envvar="OPENAI_API_KEY", show_default=False, help="API key of that server."),
]
Prompt = Annotated[str | None, typer.Argument(help="What to show.", show_default=False)]
Image = Annotated[
    str | None, typer.Option(help="First frame: a file or a URL.", show_default=False)
]
Model = Annotated[
    str | None, typer.Option(help="Model id; see `filmgate models`.", show_default=False)
]
Seconds = Annotated[str | None, typer.Option(metavar="NUMBER", help="Length.", show_default=False)]
Size = Annotated[
    str | None, typer.Option(metavar="WxH", help="Size in pixels, as 1280x720.", show_default=False)
]
Count = Annotated[int | None, typer.Option("-n", help="How many.", show_default=False)]
Host = Annotated[str | None, typer.Option(show_default=False, help="Address to listen on.")]
Port = Annotated[int | None, typer.Option(show_default=False, help="Port to listen on.")]


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"filmgate {__version__}")
        raise typer.Exit


@app.callback(no_args_is_help=True)
def root(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            help="Show the version and end.",
            callback=_show_version,
            is_eager=True,
        ),
    ] = False,
) -> None:
    """The video-generation server that you run yourself."""


@app.command()
def serve(
    model: Annotated[
        list[str] | None,
        typer.Option(
            help="A real model: preset, hub id, folder, or one file; may be given again.",
            show_default=False,
        ),
    ] = None,
    base: Annotated[
        str | None,
        typer.Option(
            help="What a file takes its other parts from: preset, hub id or folder.",
            show_default="the folder that it lies in",
        ),
    ] = None,
    host: Host = None,
    port: Port = None,
    data: desk.Data = None,
) -> None:
    """Serve the API, with its workers, until Ctrl-C or SIGTERM."""
    from filmgate import settings
    from filmgate.cli.real_models import served_with
    from filmgate.cli.serve import serve as run
    from filmgate.processes import logs

    given: dict[str, Any] = {"host": host, "port": port, "data": data}
    given |= served_with(settings.load(**given), model or [], _say, base)
    config = settings.load(**given)
    logs.configure(config.log_level, config.log_format)
    run(config, given, _say)


@app.command()
def worker(
    engine: Annotated[
        list[str] | None,
        typer.Option(help="Engine to work for; may be given again.", show_default="all"),
    ] = None,
    alone: Annotated[
        bool, typer.Option("--alone", help="One process an engine, whatever the settings say.")
    ] = False,
    data: desk.Data = None,
) -> None:
    """Run workers alone, for the database and the storage of servers elsewhere."""
    from filmgate import settings
    from filmgate.cli.serve import alone_of, work
    from filmgate.processes import logs

    given = {"data": data}
    config = settings.load(**given)
    logs.configure(config.log_level, config.log_format)
    work(alone_of(config) if alone else config, given, engine or [], _say)


@app.command()
def generate(
    prompt: Prompt = None,
    image: Image = None,
    model: Model = None,
    seconds: Seconds = None,
    size: Size = None,
    fps: Annotated[int | None, typer.Option(help="Frames a second.", show_default=False)] = None,
    seed: Annotated[
        int | None, typer.Option(help="The same seed, the same film.", show_default=False)
    ] = None,
    n: Count = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="File or folder to write to.", show_default=False),
    ] = None,
    url: Url = None,
    key: Key = None,
    as_json: desk.Json = False,
) -> None:
    """Make a film: by a server if one is named, else right here."""
    from filmgate.cli import generate as command
    from filmgate.cli.interrupts import run

    options = {
        "model": model, "seconds": seconds, "size": size, "fps": fps, "seed": seed, "n": n,
    }  # fmt: skip
    wanted = command.order(prompt, image, options)
    run(command.generate(wanted, url=url, key=key, output=output, say=_say, as_json=as_json))


@app.command()
def quote(
    prompt: Prompt = None,
    image: Image = None,
    model: Model = None,
    seconds: Seconds = None,
    size: Size = None,
    n: Count = None,
    url: Url = None,
    key: Key = None,
    as_json: desk.Json = False,
) -> None:
    """Say what a film would cost; nothing is made."""
    from filmgate.cli import generate as command
    from filmgate.cli import quote as quotes
    from filmgate.cli.interrupts import run

    options = {"model": model, "seconds": seconds, "size": size, "n": n}
    wanted = command.order(prompt or "anything", image, options)
    found = run(quotes.of_server(wanted, url, key)) if url else quotes.of_settings(wanted)
    quotes.show(found, as_json=as_json)


app.command(context_settings={"ignore_unknown_options": True})(accounts.credit)
app.command()(accounts.usage)


@models.callback(invoke_without_command=True)
def show_models(
    ctx: typer.Context,
    url: Url = None,
    key: Key = None,
    as_json: desk.Json = False,
) -> None:
    """Show the models: lengths, sizes, rates, prices, engines; or see to their weights."""
    from filmgate.cli import models as command
    from filmgate.cli.interrupts import run

    if ctx.invoked_subcommand is None:
        found = run(command.of_server(url, key)) if url else command.of_settings()
        command.show(found, as_json=as_json)


@app.command()
def doctor(
    host: Host = None,
    port: Port = None,
    data: desk.Data = None,
    url: Url = None,
    key: Key = None,
    as_json: desk.Json = False,
) -> None:
    """See what is installed, writable and reachable, and how to mend what is not."""
    from filmgate.cli import doctor as command
    from filmgate.cli.interrupts import run
    from filmgate.domain.finding import all_good

    given = {"host": host, "port": port, "data": data}
    findings = run(command.examine(given, url=url, key=key))
    command.show(findings, as_json=as_json)
    if not all_good(findings):
        raise typer.Exit(1)


@app.command()
def audit(
    account: Annotated[str | None, typer.Option(help="Of one account.", show_default=False)] = None,
    subject: Annotated[
        str | None, typer.Option(help="To one video, key, account…", show_default=False)
    ] = None,
    act: Annotated[
        str | None, typer.Option(help="Of one kind, as video.deleted.", show_default=False)
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="TIME", help="As 2026-01-31.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="At most so many.")] = 100,
    data: desk.Data = None,
    url: desk.Url = None,
    key: desk.Key = None,
    as_json: desk.Json = False,
) -> None:
    """Show who did what, when and from which key; newest first."""
    from filmgate.cli import audit as command

    at = desk.Desk(data, url, key)
    command.show(at, account, subject, act, since, limit, as_json=as_json)


@app.command()
def status(
    data: desk.Data = None,
    url: Url = None,
    key: Key = None,
    as_json: desk.Json = False,
) -> None:
    """See what waits, runs and works: of a server if one is named, else of the data folder."""
    from filmgate.cli import status as command
    from filmgate.cli.database import ask
    from filmgate.cli.interrupts import run

    found = run(command.of_server(url, key)) if url else ask(data, command.of_house)
    command.show(found, as_json=as_json)


@app.command()
def top(data: desk.Data = None, url: Url = None, key: Key = None) -> None:
    """The same again and again, until Ctrl-C."""
    from filmgate.cli import status as command
    from filmgate.cli.interrupts import run

    run(command.watch(data, url, key))


@app.command()
def backup(
    to: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the copy goes.")],
    data: desk.Data = None,
    as_json: desk.Json = False,
) -> None:
    """Copy database, key and films of a data folder, while its server runs or not."""
    from filmgate import settings
    from filmgate.cli import backup as command

    _tell(as_json, lambda say: command.backup(settings.load(data=data), to, say))


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(metavar="FOLDER", help="What `backup` has made.")],
    data: desk.Data = None,
    as_json: desk.Json = False,
) -> None:
    """Make a data folder of a backup; nothing that is there is overwritten."""
    from filmgate import settings
    from filmgate.cli import backup as command

    _tell(as_json, lambda say: command.restore(source, settings.load(data=data), say))


@app.command()
def migrate(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; end with 1 if something is to be done.")
    ] = False,
    data: desk.Data = None,
    as_json: desk.Json = False,
) -> None:
    """Bring the database to this release's schema, as every start does."""
    from filmgate import settings, wiring
    from filmgate.cli import migrate as command
    from filmgate.cli.interrupts import run

    config = settings.load(data=data)
    found = _tell(as_json, lambda say: run(command.check(config, say)))
    if not check:
        wiring.prepare_data(config)
    elif found["schema"] != found["wanted"]:
        raise typer.Exit(1)


@app.command()
def demo(
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write to.")] = Path(
        "demo.mp4"
    ),
    as_json: desk.Json = False,
) -> None:
    """Start a server, make the film of the source document, fetch it, show what it is."""
    from filmgate.cli import demo as command
    from filmgate.cli.interrupts import run

    run(command.demo(output, _say, as_json=as_json))


def main() -> None:
    """Run the command line."""
    app(prog_name="filmgate")


def _say(text: str) -> None:
    from filmgate.cli.speech import spoken

    print(spoken(text), flush=True)  # nothing is wrapped: there are lines to be pasted


def _tell(as_json: bool, work: Callable[[Callable[[str], None]], T]) -> T:
    """Do what says in lines how it goes, or print what comes of it for programs."""
    done = work((lambda _: None) if as_json else _say)
    if as_json:
        from filmgate.cli.printing import print_json

        print_json(done)
    return done


def _end_with(message: str, code: int) -> typer.Exit:
    from filmgate.cli.speech import spoken

    colour = None if "NO_COLOR" not in os.environ else False
    for line in spoken(message).splitlines():
        typer.secho(f"filmgate: {line}", fg="red", err=True, color=colour)
    return typer.Exit(code)
