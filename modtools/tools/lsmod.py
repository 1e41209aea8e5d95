"""lsmod: list the loaded modules.

From kmod 34: `tools/lsmod.c`, lsmod(8). kmod takes the names from /proc/modules and the numbers from /sys, where a name
with a dot or a dash in it is not found.
"""

from __future__ import annotations

from modtools import statefile
from modtools.command import Call, command, operand, option
from modtools.jsonfields import ODD, all_typed, all_within, integer, natural, typed
from modtools.light import TYPE_CHECKING, suppress
from modtools.linuxerrno import ENOENT, strerror
from modtools.names import kernfs_key, module_name
from modtools.notes import ERROR, INFO
from modtools.render import is_terminal
from modtools.report import Column, Report, Table
from modtools.shared import toollog

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any, TypeAlias

Row: TypeAlias = "dict[str, Any]"
Entry: TypeAlias = "Mapping[str, Any]"

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
_CORE, _KEPT = ("core",), ("text", "data", "rodata", "ro_after_init")
"""The areas of a module that stay after init (`link.areas`): that of a kernel with two, those of one with seven."""


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
    unmounted, rows = _found(call)
    if "/proc" in unmounted:
        log.error(f"could not open /proc/modules: {strerror(ENOENT)}")
        log.error(f"could not get list of modules: {strerror(ENOENT)}")
        log.say(INFO, toollog.RELEASED)
        return Report(log.messages, status=1, syslog=syslog)
    if "/sys" in unmounted or any(not row["name"].isidentifier() for row in rows):
        rows = [_as_sysfs_has_it(row, "/sys" in unmounted, log) for row in rows]
    log.say(INFO, toollog.RELEASED)
    return Report((Table("modules", rows, LINE, HEADER, COLUMNS), *log.messages), syslog=syslog)


def _found(call: Call) -> tuple[list[str], list[Row]]:
    """Return what is not mounted, and a row for each module: of the state's file where it is as pymod writes it."""
    rows_of = _rows if call.as_json or is_terminal() else _plain_rows
    with suppress(*ODD):
        listing = statefile.listing(call.place.state_name)
        if listing is not None and all(entry["state"] == "live" for entry in listing.modules):  # others may be by now
            return listing.unmounted, rows_of(listing.modules[::-1])
    from modtools import statejson
    from modtools.store import Store

    listing = statejson.listing(Store(call.place.state).read())
    return listing.unmounted, rows_of(listing.modules[::-1])


def _as_sysfs_has_it(row: Row, unmounted: bool, log: toollog.ToolLog) -> Row:
    """Return a row as it is, or what kmod shows of a module that it does not find in /sys."""
    name = module_name(row["name"])
    if name == row["name"] and not unmounted:
        return row
    log.error(f"could not open '/sys/module/{name}/holders': {strerror(ENOENT)}")
    return row | {"name": name, "size": -ENOENT, "refcount": -ENOENT, "used_by": []}


# Of entries of the state. Thousands of them are looked at column by column, which is several times as quick.


def _plain_rows(entries: Sequence[Entry]) -> list[Row]:
    """Return what the plain text shows of modules. Raises one of ODD for what is not as the state has it."""
    users = all_typed([entry["users"] for entry in entries], list)
    all_typed([name for names in users for name in names], str)
    columns = zip(
        all_typed([entry["name"] for entry in entries], str),
        _sizes(entries),
        all_within([entry["refcount"] for entry in entries], -1 << 31, (1 << 31) - 1),
        [sorted(names, key=kernfs_key) if len(names) > 1 else names for names in users],
        strict=True,
    )
    return [
        {"name": name, "size": size, "refcount": refcount, "used_by": used_by}
        for name, size, refcount, used_by in columns
    ]


def _sizes(entries: Sequence[Entry]) -> list[int]:
    """Return how many bytes of each module stay after init."""
    most = (1 << 32) - 1
    try:
        return all_within([entry["core"][1] for entry in entries], 0, most)
    except KeyError:
        sizes = [[entry[area][1] for area in (_CORE if "core" in entry else _KEPT)] for entry in entries]
        all_within([size for each in sizes for size in each], 0, most)
        return [sum(each) for each in sizes]


def _rows(entries: Sequence[Entry]) -> list[Row]:
    """Return all that there is to show of modules. Raises one of ODD."""
    return [row | _more(row, entry) for row, entry in zip(_plain_rows(entries), entries, strict=True)]


def _more(row: Row, entry: Entry) -> Row:
    """Return what JSON and a terminal show of a module besides the plain row."""
    from modtools.kernel.modules import ModuleState
    from modtools.kernel.taint import module_letters

    how, value, _ = entry["init_result"]
    letters = module_letters(natural(entry["taints"]))
    return {
        "state": str(ModuleState(entry["state"])),
        "taint": letters,
        "taint_words": ", ".join(TAINT_WORDS[letter] for letter in letters),
        "held": _held(row, permanent=typed(entry["has_init"], bool) and not typed(entry["has_exit"], bool)),
        "init": typed(how, str),
        "init_value": integer(value, -1 << 63, (1 << 64) - 1),
        "args": typed(entry["args"], str),
        "path": typed(entry["path"], str),
    }


def _held(row: Row, *, permanent: bool) -> str:
    """Return who holds a module, in words: its reference count explained."""
    refcount, users = row["refcount"], row["used_by"]
    if not (refcount or permanent):
        return "by nobody"
    others = refcount - len(users)
    parts = [_count(len(users), "module")] if users else []
    parts += [_count(others, "other user")] if others > 0 else []
    parts += ["itself, having no exit"] if permanent else []
    return "by " + " and ".join(parts)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
