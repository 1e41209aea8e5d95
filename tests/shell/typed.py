"""What comes of words that are typed in a shell in the machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.reference import CHECKOUT

PYMOD = (sys.executable, "-P", "-m", "modtools")


SECONDS = 60


def words(script: str, *options: str) -> list[str]:
    """The command that runs a script in the shell."""
    return [*PYMOD, "shell", *options, "--", "sh", "-c", script]


def environment() -> dict[str, str]:
    """In which that command finds this checkout."""
    return dict(os.environ) | {"PYTHONPATH": str(CHECKOUT)}


def typed(folder: Path, script: str, *options: str) -> subprocess.CompletedProcess[str]:
    """What comes of a script that is run in the shell, in a folder."""
    return subprocess.run(
        words(script, *options),
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
