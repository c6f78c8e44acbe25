"""Follows a page: its blocks one after another, as somebody would who pastes them.

Run as a script with a file of steps, `[{"at": …, "tag": …, "text": …}, …]`. A shell block goes on
with the folder and the variables of the one before, a Python block with its names too; JSON is put
where the step says. The first that fails ends it, and is named.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

CARRIED = "\nset +eu\nenv -0 > .environment\npwd > .folder\n"


def shell(text: str, home: Path) -> None:
    """Run a block as bash does."""
    after = text + CARRIED.replace(".env", f"{home}/.env").replace(".fol", f"{home}/.fol")
    done = subprocess.run(["bash", "-aeuo", "pipefail", "-c", after], check=False)
    if done.returncode:
        raise SystemExit(f"it ended with {done.returncode}")
    os.environ.clear()
    for entry in (home / ".environment").read_text().split("\0"):
        name, _, value = entry.partition("=")
        if name:
            os.environ[name] = value
    os.chdir((home / ".folder").read_text().strip())


def main() -> None:
    """Take one step after another."""
    names: dict[str, Any] = {"__name__": "__main__"}
    home = Path.cwd()
    for step in json.loads(Path(sys.argv[1]).read_text("utf-8")):
        print(f"── {step['at']}", flush=True)
        try:
            if step["tag"] == "sh":
                shell(step["text"], home)
            elif step["tag"] == "python":
                exec(compile(step["text"], step["at"], "exec"), names)
            else:
                Path(step["tag"]).write_text(step["text"], "utf-8")
        except BaseException as error:
            raise SystemExit(f"{step['at']}: {type(error).__name__}: {error}") from error


if __name__ == "__main__":
    main()
