"""`filmgate` on a machine whose kernel counts what it kills for memory in a file of the tests."""

import os
from pathlib import Path
from unittest.mock import patch

from filmgate.cli.main import main
from filmgate.processes import memory

VARIABLE = "TEST_KERNEL_COUNTER"


def count_one_kill() -> None:
    """Count as the kernel does."""
    file = Path(os.environ[VARIABLE])
    file.write_text(f"oom_kill {int(file.read_text().split()[1]) + 1}\n")


if __name__ == "__main__":
    counters = (Path(os.environ[VARIABLE]),)
    with patch.object(memory, "own_counters", return_value=counters):
        main()
