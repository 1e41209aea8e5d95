"""What recording needs on this machine: programs, by the Debian package that has them, and the project's references."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from tests import reference
from tests.transcripts.toolbox import busybox

_PROGRAMS = {"qemu-system-x86_64": "qemu-system-x86", "dash": "dash"}
_COMPILER = {"gcc": "gcc"}
_HEADER = Path("/usr/include/stdio.h")


def lacking() -> list[str]:
    """What is missing here to record sessions, a line for each, with what to do."""
    lines = _packages(_PROGRAMS)
    lines += filter(None, (reference.missing("debian"), reference.missing("kmod")))
    return lines if busybox() else [*lines, "no BusyBox: apt install busybox-static"]


def lacking_for_inits() -> list[str]:
    """The same to record inits, for which a C program is built."""
    return lacking() + _packages(_COMPILER) + ([] if _HEADER.exists() else ["missing packages: apt install libc6-dev"])


def lacking_for_modules() -> list[str]:
    """What is missing here to build modules for Debian's kernel."""
    missing = reference.missing("headers")
    return [f"{missing}: apt install linux-headers-{reference.RELEASE} gcc-12 make"] if missing else []


def _packages(programs: Mapping[str, str]) -> list[str]:
    wanted = sorted(package for program, package in programs.items() if not shutil.which(program))
    return [f"missing packages: apt install {' '.join(wanted)}"] if wanted else []
