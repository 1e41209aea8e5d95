"""What recording needs on this machine: programs, by the Debian package that has them, and the project's references."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests import reference
from tests.transcripts.toolbox import busybox

_PROGRAMS = {"qemu-system-x86_64": "qemu-system-x86", "dash": "dash"}
_COMPILER = {"gcc": "gcc"}
_HEADER, _HEADERS_PACKAGE = Path("/usr/include/stdio.h"), "libc6-dev"


def lacking(*, compiler: bool) -> list[str]:
    """What is missing here, a line for each, with what to do; `compiler`: whether a C program is to be built, too."""
    wanted = _PROGRAMS | (_COMPILER if compiler else {})
    packages = sorted(package for program, package in wanted.items() if not shutil.which(program))
    packages += [_HEADERS_PACKAGE] * (compiler and not _HEADER.exists())
    lines = [f"missing packages: apt install {' '.join(packages)}"] if packages else []
    lines += filter(None, (reference.missing("debian"), reference.missing("kmod")))
    return lines if busybox() else [*lines, "no BusyBox: apt install busybox-static"]
