"""Instructions that a command takes: the same on a busy machine. Counted by callgrind, of valgrind."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

_TOTALS = re.compile(r"^totals: (\d+)", re.MULTILINE)


def instructions(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> float:
    """Return how many millions of instructions a command of one process takes that has run before.

    Nothing but `environment` speaks to Python; a file is left in the folder. Raises CalledProcessError.
    """
    own = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    surroundings, out = own | dict(environment), folder / "callgrind"
    subprocess.run(command, env=surroundings, stdout=subprocess.DEVNULL, check=True)
    counted = ["valgrind", "-q", "--tool=callgrind", f"--callgrind-out-file={out}", *command]
    subprocess.run(counted, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return int(_TOTALS.findall(out.read_text())[-1]) / 1_000_000
