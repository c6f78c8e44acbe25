"""All that is counted, as Prometheus reads it."""

from pathlib import Path

from filmgate.blobs import Blobs
from filmgate.disk import Room, room_at
from filmgate.errors import Unavailable
from filmgate.services.censuses import Censuses
from filmgate.telemetry.gauges import Now, exposition
from filmgate.telemetry.meters import Meters


class Metrics:
    """What this process and its neighbours count, beside what there is now."""

    def __init__(self, *, meters: Meters, censuses: Censuses, blobs: Blobs, data: Path) -> None:
        self._meters = meters
        self._censuses = censuses
        self._blobs = blobs
        self._data = data

    def count_answer(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answer; `route` is the template, so that no id becomes a series."""
        self._meters.count_answer(method, route, status, seconds)

    async def expose(self, accept: str = "") -> tuple[bytes, str]:
        """Everything as text, and its media type; without the database what needs none."""
        try:
            census = await self._censuses.take()
        except Unavailable:
            census = None
        return exposition(self._meters, Now(census, self.rooms()), accept)

    def rooms(self) -> dict[str, Room]:
        """The disks of this machine that data and films lie on."""
        disks = {"data": room_at(self._data)}
        if (kept := self._blobs.room()) is not None:
            disks["storage"] = kept
        return disks
