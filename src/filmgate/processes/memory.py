"""What the kernel says of memory: how many processes of this control group it has killed."""

from pathlib import Path

_GROUPS = Path("/sys/fs/cgroup")
_OWN = Path("/proc/self/cgroup")


class MemoryKills:
    """Notices that the kernel killed a process of ours for want of memory.

    The counter is `oom_kill` of the control group's `memory.events` (cgroup v2), or of its
    `memory.oom_control` (v1). Where there is neither, nothing is noticed.
    """

    def __init__(self, counters: tuple[Path, ...] | None = None) -> None:
        self._counters = counters or own_counters()
        self._seen = self._count()

    def has_risen(self) -> bool:
        """Whether the kernel killed one since this was last asked."""
        before, self._seen = self._seen, self._count()
        return self._seen > before

    def _count(self) -> int:
        for path in self._counters:
            try:
                lines = path.read_text().splitlines()
            except OSError:
                continue
            for line in lines:
                if line.startswith("oom_kill "):
                    return int(line.split()[1])
        return 0


def own_counters(own: Path = _OWN, groups: Path = _GROUPS) -> tuple[Path, ...]:
    """Where this process's control group may count, best first."""
    found = []
    for line in own.read_text().splitlines() if own.exists() else []:
        _, controllers, path = line.split(":", 2)
        if controllers == "":
            found.append(groups / path.lstrip("/") / "memory.events")
        elif "memory" in controllers.split(","):
            found.append(groups / "memory" / path.lstrip("/") / "memory.oom_control")
    # inside a container the group's own folder is the root that is mounted
    return (*found, groups / "memory.events", groups / "memory" / "memory.oom_control")
