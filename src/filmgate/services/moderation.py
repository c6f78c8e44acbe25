"""Who sees a prompt and its picture before anything is held or stored, and may say no."""

import asyncio
import logging
from typing import Literal, Protocol

from filmgate.errors import ContentRefused, Unavailable
from filmgate.moderators.base import Case, Judge, JudgeFailed, Verdict, as_json, read_verdict

log = logging.getLogger(__name__)

_PLAIN = "The request was refused by this server's content policy"


class Moderator(Protocol):
    """Judges before a video is put in line."""

    async def check(self, case: Case) -> None:
        """Return if the video may be made.

        Raises:
            ContentRefused: it may not; the message says why.
            Unavailable: nobody could judge, and the operator wants no video unjudged.
        """
        ...


class Permissive:
    """No moderator is set: everything may be made."""

    async def check(self, case: Case) -> None:
        """Allow."""


class Gate:
    """Asks the operator's judge, within a time, and decides what its silence means."""

    def __init__(
        self, judge: Judge, *, timeout_s: float, on_failure: Literal["closed", "open"]
    ) -> None:
        self._judge = judge
        self._timeout_s = timeout_s
        self._on_failure = on_failure

    async def check(self, case: Case) -> None:
        """Ask the judge."""
        try:
            verdict = await self.ask(case)
        except JudgeFailed as error:
            log.warning("the moderator failed (%s): %s", self._on_failure, error)
            if self._on_failure == "closed":
                raise Unavailable("The content check is not available; try again") from error
            return
        if not verdict.allowed:
            raise ContentRefused(verdict.reason or _PLAIN)

    async def ask(self, case: Case) -> Verdict:
        """The judge's verdict.

        Raises:
            JudgeFailed: there is none, or none in time.
        """
        asked = await asyncio.to_thread(as_json, case)
        try:
            async with asyncio.timeout(self._timeout_s):
                return read_verdict(await self._judge(asked))
        except TimeoutError as error:
            raise JudgeFailed(f"no verdict within {self._timeout_s:g} s") from error
