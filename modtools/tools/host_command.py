"""Run a command of modprobe.d as system(3) does, with pymod in the place of kmod.

Such commands call modprobe by its name or by its path. Either way they get pymod's, so that they never reach the host's
kernel.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import modtools
from modtools.tools import KMOD_TOOLS

_START: Final = r"(?:^|[;&|({!`\n]|\b(?:then|else|do|exec)\s)\s*"
"""What stands before a command in a shell's text."""
_BY_PATH: Final = re.compile(rf"({_START})/(?:usr/)?s?bin/({'|'.join(KMOD_TOOLS)})\b")
_RUN: Final = "import sys; sys.argv[0] = '{name}'; from modtools.cli import main; sys.exit(main())"


def run(command: str, environment: Mapping[str, str]) -> int:
    """Run a command with these changes to the environment. Its exit status; 0 if a signal ended it, as kmod counts."""
    import tempfile

    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="pymod-") as folder:
        _stand_in(Path(folder))
        path = os.pathsep.join((folder, os.environ.get("PATH", os.defpath)))
        try:
            os.environ.update(environment, PATH=path)
            status = os.system(_BY_PATH.sub(r"\1\2", command))
        finally:
            os.environ.clear()
            os.environ.update(before)
    return status >> 8 if os.name == "posix" else status


def _stand_in(folder: Path) -> None:
    """Fill a folder with the tools of kmod, each of them pymod, however pymod itself was called."""
    search = f"PYTHONPATH={shlex.quote(str(Path(modtools.__file__).parents[1]))}${{PYTHONPATH:+:$PYTHONPATH}}"
    for name in KMOD_TOOLS:
        script = folder / name
        call = f'exec {shlex.quote(sys.executable)} -c "{_RUN.format(name=name)}" "$@"'
        script.write_text(f"#!/bin/sh\n{search} {call}\n")
        script.chmod(0o755)
