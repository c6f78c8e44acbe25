"""The machine that torch computes on, by name: its memory, its numbers."""

import resource

from filmgate.engines.diffusers.libraries import libraries
from filmgate.errors import SettingsError

MIB = 1 << 20


def find(wanted: str) -> str:
    """The device of a setting; auto takes the first that is there.

    Raises:
        SettingsError: it is not there.
    """
    torch, _ = libraries()
    there = {
        "cuda": torch.cuda.is_available(),
        "xpu": hasattr(torch, "xpu") and torch.xpu.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    if wanted == "auto":
        return next(name for name, found in there.items() if found)
    if not there[wanted.partition(":")[0]]:
        raise SettingsError(f"device is {wanted!r}, and torch sees none here; auto takes what is")
    return wanted


def free(name: str) -> int | None:
    """The free memory of a device in bytes; None where it is the machine's own memory."""
    torch, _ = libraries()
    if not name.startswith("cuda"):
        return None
    left: int = torch.cuda.mem_get_info(torch.device(name))[0]
    return left


def empty(name: str) -> None:
    """Give back what torch holds in reserve."""
    torch, _ = libraries()
    if name.startswith("cuda"):
        torch.cuda.empty_cache()


def watch_peak(name: str) -> None:
    """Begin to measure the peak anew, where the device can."""
    torch, _ = libraries()
    if name.startswith("cuda"):
        torch.cuda.reset_peak_memory_stats(torch.device(name))


def peak_mib(name: str) -> int:
    """The peak of memory since then; without a GPU, the peak of this process's whole life."""
    torch, _ = libraries()
    if name.startswith("cuda"):
        return int(torch.cuda.max_memory_allocated(torch.device(name)) // MIB)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
