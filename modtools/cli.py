"""The command pymod: `pymod TOOL ...`, or a link with the name of one of kmod's tools.

`clicked.pymod` is the command as click has it: a Group with one command for each tool. kmod's six tools are run here
without it, because importing click is half of what one of the hundreds of calls in a `mkinitramfs` costs; so is every
other tool with whose words nothing can be wrong. click says what is wrong with others, and prints help. Property tests
(tests/test_clicked.py) hold that click reads these command lines to the same values.
"""

from __future__ import annotations

import gc
import os
import sys

from modtools.command import Call, Tool
from modtools.endings import guarded
from modtools.getopt import BadUsage
from modtools.light import TYPE_CHECKING, suppress
from modtools.options import read
from modtools.place import Place
from modtools.tools import HOLDER, KMOD_TOOLS, OPTIONS, TOOLS, load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import NoReturn

_COLLECT_AFTER = 50_000
"""Objects more than before after which those that refer to each other are looked for: a command makes few such, and
thousands of modules of others."""
_IN_SHELL = "PYMOD_SHELL"
"""What the environment of programs in a shell has (`shell.standins`)."""
_KMOD = "kmod"
"""The name of the command that kmod's tools are links to."""


def main(argv: Sequence[str] | None = None, *, machine: bool = False) -> int:
    """Run pymod with a command line (the name it was called by first). Returns the exit status.

    With `machine`, one of kmod's names means that tool on pymod's own machine, and not kmod's place on the host.
    """
    if argv is None:  # this process is for the command alone
        gc.set_threshold(_COLLECT_AFTER, 20)
    if _IN_SHELL in os.environ:
        os.path.lexists("/proc/modules")  # who serves it has closed before what programs have closed
    name, *words = list(sys.argv if argv is None else argv) or ["pymod"]
    if HOLDER in os.environ and (holder := _holder()):
        return guarded("pymod", lambda: holder([name, *words]))
    name = name.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".exe")
    if name in (*KMOD_TOOLS, _KMOD):
        return guarded(name, lambda: _run_linked(name, words, machine))
    return guarded("pymod", lambda: _run_pymod(words))


def run(*, machine: bool = False) -> NoReturn:
    """Run pymod with the command line of this process, as `main` does, and end.

    The system takes back at once what Python would take apart piece by piece. That is left to Python where somebody is
    to be called at the end, has threads, or watches what is run.
    """
    status = main(machine=machine)
    if not _somebody_waits():
        with suppress(OSError, AttributeError):  # what Python cannot write, it complains of; a stream may be closed
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
    sys.exit(status)


def _somebody_waits() -> bool:
    """Return whether a function is to be called at the end, a thread goes on, or somebody watches what is run."""
    atexit, threading = sys.modules.get("atexit"), sys.modules.get("threading")
    called = atexit is not None and getattr(atexit, "_ncallbacks", lambda: 1)()
    threads = threading is not None and threading.active_count() > 1
    return bool(called or threads or sys.getprofile() or sys.gettrace())


def _holder() -> Callable[[Sequence[str]], int] | None:
    """Return what does a command where the kernel waits for us in another process; None if it does not any more."""
    from modtools.shared import inside

    connection = inside.connect(os.environ[HOLDER])
    return connection and (lambda words: inside.hand_over(connection, words))


def _run_linked(name: str, words: Sequence[str], machine: bool) -> int:
    call = Call(name, Place(linked=not machine), linked=True)
    if name != _KMOD:
        return load(name).run(words, call)
    from modtools.tools import kmod

    return kmod.run(words, call)


def _run_pymod(words: Sequence[str]) -> int:
    """Run `pymod [OPTIONS] TOOL ...`: a tool of kmod, and one with whose words nothing can be wrong, at once; all else
    by click's Group.
    """
    try:
        line = read(words, OPTIONS, operands_end=True)
    except BadUsage:  # which the Group words
        line = None
    name, *rest = line.operands if line is not None and line.operands else ("",)
    tool = load(name) if name in TOOLS else None
    command = None if tool is None else _command(tool, name, rest)
    if line is None or tool is None or command is None:
        from modtools import clicked

        return clicked.run(words)
    given = {key: value or "" for key, value in line.options}
    place = Place(given.get("state", ""), given.get("root", ""))
    kernels = [value or "" for key, value in line.options if key == "kernel"]
    if kernels:
        from modtools import trial

        state, failed = given.get("state", ""), tool.misused

        def run() -> int:
            return trial.run(kernels, place, name, command, state=state, failed=failed)

        return guarded("pymod", run, failed)
    return guarded(name, lambda: command(place), tool.misused)


def _command(tool: Tool, name: str, words: Sequence[str]) -> Callable[[Place], int] | None:
    """Return what runs a tool with some words; None where click has to look at them."""
    if name in KMOD_TOOLS:
        return lambda place: tool.run(words, Call(name, place))
    line = tool.plain(words)
    return None if line is None else lambda place: tool.act(tool.values(line), Call(name, place, given=line.options))
