"""The command pymod: `pymod TOOL ...`, or a link with the name of one of kmod's tools.

The tools are listed here by hand, and only the one that is called is imported. Nothing that goes wrong shows a
traceback: what a user can mend is said in one line, and so is a mistake of pymod's own, with the place to report it.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from modtools import __version__
from modtools.errors import Killed, PymodError
from modtools.getopt import BadUsage, Switch, Takes, scan

if TYPE_CHECKING:
    from modtools.command import Call

    class Runnable(Protocol):
        """A tool: runs with the words after its name, and returns the exit status."""

        def run(self, words: Sequence[str], call: Call) -> int: ...


class Entry(NamedTuple):
    """A tool: the module that has it (as `tool`), and what it is for."""

    module: str
    summary: str


TOOLS = {
    "insmod": Entry("modtools.tools.insmod", "Load a module from its file."),
    "rmmod": Entry("modtools.tools.rmmod", "Remove modules."),
    "lsmod": Entry("modtools.tools.lsmod", "List the loaded modules."),
    "modprobe": Entry("modtools.tools.modprobe", "Load a module by name with all that it needs, or remove it."),
    "depmod": Entry("modtools.tools.depmod", "Write the index files of a module tree."),
    "modinfo": Entry("modtools.tools.modinfo", "Show what a module file says about itself."),
    "boot": Entry("modtools.tools.boot", "Start the virtual kernel afresh, as another one if you like."),
    "status": Entry("modtools.tools.status", "Show which kernel runs, its taint, and where the machine lives."),
    "dmesg": Entry("modtools.tools.dmesg", "Show or clear the kernel log."),
    "cat": Entry("modtools.tools.cat", "Print files of the machine: /proc, /sys, or under its root."),
    "ls": Entry("modtools.tools.ls", "List folders of the machine: /proc, /sys, or under its root."),
    "write": Entry("modtools.tools.write", "Write to a file of /proc or /sys, such as a module's parameter."),
    "tick": Entry("modtools.tools.tick", "Let the virtual kernel's time pass, and run what is due."),
    "umount": Entry("modtools.tools.umount", "Take /proc or /sys away, to see who depends on it."),
    "mount": Entry("modtools.tools.mount", "Show what is mounted, or mount it again."),
    "symvers": Entry("modtools.tools.symvers", "Print the Module.symvers lines of module files."),
    "root": Entry("modtools.tools.root", "Print the folder that stands for the machine's /."),
    "uname": Entry("modtools.tools.uname", "Print the virtual kernel's release."),
    "links": Entry("modtools.tools.links", "Make links named insmod, rmmod, ... in a folder."),
    "completion": Entry("modtools.completion.command", "Print a script that makes a shell complete words."),
}

KMOD_TOOLS = ("insmod", "rmmod", "lsmod", "modprobe", "depmod", "modinfo")
"""The tools that kmod installs as links to itself (kmod 34: `tools/kmod.c`), and `pymod links` as links to pymod."""

HELP = "help"
"""The word that explains the tool behind it."""

_LINKS = {name: TOOLS[name] for name in KMOD_TOOLS} | {"kmod": Entry("modtools.tools.kmod", "")}
"""Names under which pymod speaks as kmod does."""

_USAGE = """\
Usage: pymod [--state FILE] [--root DIR] TOOL [ARGUMENTS]

The Linux module tools without the kernel: they work on real module files, and on a virtual kernel.

Tools:
{tools}
`pymod help TOOL` explains a tool, as `pymod TOOL --help` does.

Options:
  --state FILE  Keep the virtual kernel in FILE ($PYMOD_STATE).
  --root DIR    Let DIR stand for the machine's / ($PYMOD_ROOT).
  --version     Show pymod's version.
  --help        Show this help.
"""


_DEBUG = "PYMOD_DEBUG"
"""Set to show tracebacks, for whoever looks into a report."""


def main(argv: Sequence[str] | None = None, *, machine: bool = False) -> int:
    """Run pymod with a command line (the name it was called by first). Returns the exit status.

    With `machine`, one of kmod's names means that tool on pymod's own machine, and not kmod's place on the host.
    """
    name, *words = list(sys.argv if argv is None else argv) or ["pymod"]
    name = _called_as(name)
    return _guarded(name, lambda: _run_linked(name, words, machine) if name in _LINKS else _run_pymod(words))


def _called_as(path: str) -> str:
    """The name of a link that stands in for kmod, or "pymod"."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".exe")
    return name if name in _LINKS else "pymod"


def _run_linked(name: str, words: Sequence[str], machine: bool) -> int:
    from modtools.command import Call
    from modtools.place import Place

    return _load(name).run(words, Call(name, Place(linked=not machine), linked=True))


def _run_pymod(words: Sequence[str]) -> int:
    """`pymod [OPTIONS] TOOL ...`."""
    try:
        line = scan(words, SWITCHES, operands_end=True, stop=lambda found: found.key in _ANSWERS)
    except BadUsage as error:
        return _fail("pymod", f"{error}\nTry 'pymod --help' for more information.")
    if line.stopped or not line.operands:
        _say(_ANSWERS[line.options[-1].key]() if line.stopped else _help())
        return 0 if line.stopped else 1
    options = {key: value or "" for key, value in line.options}
    name, *rest = line.operands
    if name == HELP and not rest:
        return _say(_help())
    if name == HELP:
        name, rest = rest[0], ["--help"]
    if name not in TOOLS:
        raise PymodError(_unknown(name))
    return _guarded(name, lambda: _run_tool(name, rest, **options))


def _say(text: str) -> int:
    if sys.stdout is not None:  # closed by the caller
        sys.stdout.write(text)
        sys.stdout.flush()
    return 0


def _run_tool(name: str, words: Sequence[str], state: str = "", root: str = "") -> int:
    from modtools.command import Call
    from modtools.place import Place

    return _load(name).run(words, Call(name, Place(state, root)))


def _load(name: str) -> Runnable:
    """Import the module of a tool."""
    entry = _LINKS.get(name) or TOOLS[name]
    try:
        module = importlib.import_module(entry.module)
    except ModuleNotFoundError as error:
        if error.name != entry.module:
            raise
        raise PymodError("this version of pymod does not have this tool yet") from None
    tool: Runnable = module.tool
    return tool


def _unknown(name: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, TOOLS, n=1)
    meant = f"Did you mean {close[0]}?" if close else "'pymod --help' lists them all."
    return f"there is no tool {name!r}. {meant}"


def _guarded(name: str, run: Callable[[], int]) -> int:
    """Run a tool; whatever is raised becomes one line of text and an exit status."""
    try:
        return run()
    except PymodError as error:
        return _fail(name, f"ERROR: {error}")
    except KeyboardInterrupt:
        return 130
    except Killed as killed:
        return _die(killed)
    except BrokenPipeError:
        _drop_output()
        return 141
    except MemoryError:
        return _fail(name, "ERROR: out of memory")
    except OSError as error:
        about = f"{error.filename}: " if error.filename else ""
        return _fail(name, f"ERROR: {about}{error.strerror or error}")
    except Exception as error:  # the last resort: no user of pymod reads a traceback
        if os.environ.get(_DEBUG):
            raise
        return _fail(name, _bug(error))


def _die(killed: Killed) -> int:
    """End as a process that oopsed in the kernel: by its signal, or with its status where there are no signals."""
    import signal

    if hasattr(os, "fork"):
        number = signal.Signals[killed.signal]
        if number != signal.Signals["SIGKILL"]:
            _leave_no_core()
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    return 128 + killed.number


def _leave_no_core() -> None:
    """What ends here is the tool of the virtual machine: the host has nothing to look into."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _drop_output() -> None:
    """The reader of our output has left (`pymod lsmod | head -1`): let Python close its streams without complaint."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _bug(error: Exception) -> str:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = "" if place is None else f" in {place.tb_frame.f_code.co_qualname}, line {place.tb_lineno}"
    kind = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return (
        f"ERROR: pymod has a mistake here ({kind}{where}). Please report this line and the command to pymod's"
        f" developers; {_DEBUG}=1 shows more."
    ).replace("\n", " ")


def _fail(name: str, text: str) -> int:
    if sys.stderr is not None:
        data = f"{name}: {text}\n".encode("utf-8", "surrogateescape")
        sys.stderr.flush()
        sys.stderr.buffer.write(data)
        sys.stderr.flush()
    return 1


def _help() -> str:
    width = max(map(len, TOOLS)) + 2
    return _USAGE.format(tools="".join(f"  {name:<{width}}{entry.summary}\n" for name, entry in TOOLS.items()))


_ANSWERS: dict[str, Callable[[], str]] = {"help": _help, "version": lambda: f"pymod {__version__}\n"}
SWITCHES = (
    Switch("state", longs=("state",), takes=Takes.REQUIRED),
    Switch("root", longs=("root",), takes=Takes.REQUIRED),
    Switch("version", "V", ("version",)),
    Switch("help", "h", ("help",)),
)
