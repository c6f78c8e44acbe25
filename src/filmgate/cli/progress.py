"""How a video goes, on the terminal: a bar, or plain lines where there is no terminal."""

from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from filmgate.cli.maker import FilmState
from filmgate.cli.speech import spoken

_WORDS = {
    "pending": "waiting",
    "queued": "waiting",
    "processing": "making",
    "in_progress": "making",
    "running": "making",
    "completed": "made",
}
_STEP = 10


class Meter(Protocol):
    """Shows how a video goes, from when it is entered."""

    def __enter__(self) -> Self:
        """Begin to show."""
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the terminal tidy."""
        ...

    def say(self, text: str) -> None:
        """Show a stage, or a trouble, in words."""
        ...

    def show(self, look: FilmState) -> None:
        """Show how it stands."""
        ...


def meter() -> Meter:
    """What fits where stderr goes; stdout is left for what was made."""
    console = Console(stderr=True)
    return ProgressBar(console) if console.is_terminal else Lines(console)


class ProgressBar:
    """A bar that moves."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.description:<8}"),
            BarColumn(bar_width=None),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(),
            console=console,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        self._progress.start()
        self._task = self._progress.add_task(spoken("starting"), total=100)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def say(self, text: str) -> None:
        """A line above the bar."""
        self._progress.console.print(Text(spoken(text), style="dim"))

    def show(self, look: FilmState) -> None:
        """Move the bar."""
        if self._task is not None:
            word = spoken(_WORDS.get(look.status, look.status))
            self._progress.update(self._task, description=word, completed=look.progress)


class Lines:
    """A line at every tenth, for logs and pipes."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._shown: tuple[str, int] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None

    def say(self, text: str) -> None:
        """The text as it stands."""
        self._console.print(Text(spoken(text)), soft_wrap=True)

    def show(self, look: FilmState) -> None:
        """A line, if a tenth or another word is reached."""
        word = _WORDS.get(look.status, look.status)
        reached = (word, look.progress // _STEP)
        if reached != self._shown:
            self._shown = reached
            self.say(f"{word} {look.progress} %")
