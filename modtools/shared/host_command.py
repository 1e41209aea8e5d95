"""Run a command of modprobe.d as system(3) does, with pymod in the place of kmod.

Such commands call modprobe by its name or by its path. Either way they get pymod's, so that they never reach the host's
kernel: the stand-ins in `standins/`, which outlive whatever a command leaves in the background. Where the command
belongs to a program that the virtual kernel itself has started, the kernel is in the memory of this process, which does
what they ask for while it waits (`inside`).
"""

from __future__ import annotations

import os
import re
import select
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from modtools import forks
from modtools.errors import PymodError
from modtools.kernel.userspace import NeverEnds
from modtools.shared import HOLDER, KMOD_TOOLS, inside

_START: Final = r"(?:^|[;&|({!`\n]|\b(?:if|elif|while|until|then|else|do|exec|command|time)\s)\s*"
"""What stands before a command in a shell's text."""
_BY_PATH: Final = re.compile(rf"({_START})/(?:usr/)?s?bin/({'|'.join((*KMOD_TOOLS, 'kmod'))})\b")
_STAND_INS: Final = Path(__file__).with_name("standins")
"""A folder with kmod's tools and pymod, each of them this pymod, however it was called itself."""
_PYTHON: Final = "PYMOD_PYTHON"
"""The variable that tells a stand-in by which Python it is run."""
_SHELL: Final = "/bin/sh"
_SECONDS: Final = 100
"""How long a command may take for which the kernel waits. Nobody at a terminal would wait as long."""
_PAUSE: Final = 0.01
_SHORT: Final = 60
"""Bytes of a folder's path that leave room for a socket in it."""


def run(command: str, environment: Mapping[str, str]) -> int:
    """Run a command with these changes to the environment. Its exit status; 0 if a signal ended it, as kmod counts."""
    before = dict(os.environ)
    try:
        os.environ.update(environment)
        os.environ.update(_finding_pymod(os.environ))
        status = os.system(with_pymod(command))
    finally:
        os.environ.clear()
        os.environ.update(before)
    return status >> 8 if os.name == "posix" else status


def run_inside(command: str, environment: Mapping[str, str]) -> int:
    """Run a command as `run` does, while the kernel is in the memory of this process. Raises NeverEnds."""
    return spawn([_SHELL, "-c", with_pymod(command)], {**os.environ, **environment}) >> 8


def with_pymod(command: str) -> str:
    """Return the text of a shell with kmod's tools by their names where it has their paths."""
    return _BY_PATH.sub(r"\1\2", command)


def spawn(words: list[str], environment: Mapping[str, str]) -> int:
    """Run a program of the host, whose commands of kmod are done here. Return its status as wait(2) tells it.

    Raises NeverEnds for one that does not end in time; it is killed with all that it has started. What goes on in the
    background finds kmod's tools in their place all the same, and the state as it is stored then.
    """
    parent = tempfile.gettempdir()
    with (
        tempfile.TemporaryDirectory(prefix="pymod-", dir=parent if len(parent) < _SHORT else "/tmp") as folder,
        socket.socket(socket.AF_UNIX) as server,
    ):
        server.bind(f"{folder}/kernel")
        server.listen()
        pid = os.posix_spawn(
            words[0],
            words,
            {**environment, **_finding_pymod(environment), HOLDER: f"{folder}/kernel"},
            file_actions=[(os.POSIX_SPAWN_CLOSE, number) for number in inside.closed_streams()],
            setpgroup=0,
            setsigdef=[signal.SIGINT, signal.SIGPIPE],
        )
        with forks.group(pid):
            return _serve(server, pid)


def _finding_pymod(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables by which a command's calls of kmod's tools find pymod. Raises PymodError for none."""
    for name in (*KMOD_TOOLS, "kmod", "pymod"):
        if not os.access(_STAND_INS / name, os.X_OK):
            raise PymodError(f"{_STAND_INS / name} is missing or not executable: install pymod again")
    path = os.pathsep.join((str(_STAND_INS), environment.get("PATH", os.defpath)))
    return {"PATH": path, _PYTHON: sys.executable}


def _serve(server: socket.socket, pid: int) -> int:
    """Do what commands ask for until the process has ended; return its status. Raises NeverEnds."""
    deadline = time.monotonic() + _SECONDS
    while True:
        ready, _, _ = select.select([server], [], [], _PAUSE)
        if ready:
            inside.answer(server.accept()[0])
            continue
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return status
        if time.monotonic() > deadline:
            raise NeverEnds
