"""lsmod: list the loaded modules.

From kmod 34: `tools/lsmod.c`, lsmod(8). kmod takes the names from /proc/modules and the numbers from /sys, where a name
with a dot or a dash in it is not found.
"""

from __future__ import annotations

from functools import cache

from modtools.command import Call, command, operand, option
from modtools.kernel.modules import LoadedModule
from modtools.kernel.state import Kernel
from modtools.kernel.taint import module_letters
from modtools.light import TYPE_CHECKING
from modtools.linuxerrno import ENOENT, strerror
from modtools.names import kernfs_key, module_name
from modtools.notes import ERROR, INFO
from modtools.report import Column, Report, Table, Value
from modtools.shared import toollog
from modtools.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

HELP = """\
Usage:
	{name} [options]
Options:
	-s, --syslog      print to syslog, not stderr
	-v, --verbose     enables more messages
	-V, --version     show version
	-h, --help        show this help
"""

HEADER = "Module                  Size  Used by"
LINE = "{name:<19} {size:>8}  {refcount}{used_by}"
COLUMNS = (
    Column("Module", "{name}"),
    Column("Size", "{size}", right=True),
    Column("Used by", "{refcount}{used_by}"),
    Column("State", "{state}", more=True),
    Column("Taint", "{taint_words}", more=True),
    Column("Held", "{held}", more=True),
)

TAINT_WORDS = {
    "P": "proprietary",
    "F": "forced",
    "C": "staging",
    "O": "out-of-tree",
    "E": "unsigned",
    "K": "livepatch",
    "X": "auxiliary",
    "T": "randomized structs",
    "N": "test",
}
"""A word for each taint that a module can carry, by its letter in /proc/modules."""


@command(kmod_help=HELP, lists=True)
@option("-s", "--syslog", is_flag=True)
@option("-v", "--verbose", counts=True)
@operand("words", many=True)
def tool(call: Call, *, syslog: bool, verbose: int, words: tuple[str, ...]) -> Report:
    """List the modules of the virtual kernel, the newest first."""
    log = toollog.ToolLog(ERROR + verbose)
    if words:
        log.error("too many arguments provided.")
        return Report(log.messages, status=1, syslog=syslog)
    log.say(INFO, toollog.REGISTERED)
    kernel = Store(call.place.state).read()
    if "/proc" in kernel.unmounted:
        log.error(f"could not open /proc/modules: {strerror(ENOENT)}")
        log.error(f"could not get list of modules: {strerror(ENOENT)}")
        log.say(INFO, toollog.RELEASED)
        return Report(log.messages, status=1, syslog=syslog)
    rows = list(_rows(kernel, log))
    log.say(INFO, toollog.RELEASED)
    return Report((Table("modules", rows, LINE, HEADER, COLUMNS), *log.messages), syslog=syslog)


def _rows(kernel: Kernel, log: toollog.ToolLog) -> Iterator[dict[str, Value]]:
    for module in reversed(kernel.modules.values()):
        name = module_name(module.name)
        if name == module.name and "/sys" not in kernel.unmounted:
            yield _row(module)
        else:
            log.error(f"could not open '/sys/module/{name}/holders': {strerror(ENOENT)}")
            yield {**_row(module), "name": name, "size": -ENOENT, "refcount": -ENOENT, "used_by": []}


def _row(module: LoadedModule) -> dict[str, Value]:
    letters, taint_words = _taint(module.taints)
    users: list[str] = sorted(module.users, key=_place) if len(module.users) > 1 else module.users
    return {
        "name": module.name,
        "size": module.core_size,
        "refcount": module.refcount,
        "used_by": users,
        "state": str(module.state),
        "taint": letters,
        "taint_words": taint_words,
        "held": _held(module),
        "init": module.init.how,
        "init_value": module.init.value,
        "args": module.args,
        "path": module.path,
    }


# Of thousands of modules many have the same taint, and the same users.


@cache
def _taint(taints: int) -> tuple[str, str]:
    """Return the letters of a module's taints, and their words."""
    letters = module_letters(taints)
    return letters, ", ".join(TAINT_WORDS[letter] for letter in letters)


@cache
def _place(name: str) -> tuple[int, str]:
    return kernfs_key(name)


def _held(module: LoadedModule) -> str:
    """Return who holds a module, in words: its reference count explained."""
    if not (module.refcount or module.permanent):
        return "by nobody"
    others = module.refcount - len(module.users)
    parts = [_count(len(module.users), "module")] if module.users else []
    parts += [_count(others, "other user")] if others > 0 else []
    parts += ["itself, having no exit"] if module.permanent else []
    return "by " + " and ".join(parts)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
