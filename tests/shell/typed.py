"""What comes of words that are typed in a shell in the machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.reference import CHECKOUT

PYMOD = (sys.executable, "-P", "-m", "modtools")


def typed(folder: Path, script: str, *options: str) -> subprocess.CompletedProcess[str]:
    """What comes of a script that is run in the shell, in a folder."""
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT)}
    words = [*PYMOD, "shell", *options, "--", "sh", "-c", script]
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
