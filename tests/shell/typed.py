"""What comes of words that are typed in a shell in the machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.reference import CHECKOUT

PYMOD = (sys.executable, "-P", "-m", "modtools")


SECONDS = 150


def words(script: str, *options: str) -> list[str]:
    """The command that runs a script in the shell."""
    return [*PYMOD, "shell", *options, "--", "sh", "-c", script]


def environment() -> dict[str, str]:
    """In which that command finds this checkout."""
    return dict(os.environ) | {"PYTHONPATH": str(CHECKOUT)}


def typed(folder: Path, script: str, *options: str) -> subprocess.CompletedProcess[str]:
    """What comes of a script that is run in the shell, in a folder; nothing of it is left when it takes too long."""
    command = words(script, *options)
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as shell:
        try:
            out, errors = shell.communicate(timeout=SECONDS)
        except BaseException:
            os.killpg(shell.pid, signal.SIGKILL)
            raise
    return subprocess.CompletedProcess(command, shell.returncode, out, errors)
