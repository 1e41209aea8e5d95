"""ls: list folders of the machine.

Forms and words are those of busybox 1.35, `coreutils/ls.c`.
"""

from __future__ import annotations

import posixpath
import stat
import time
from collections.abc import Iterator

from modtools.command import Call, command, operand, option
from modtools.errors import KernelError
from modtools.kernel.files.nodes import READ, Binary, Node
from modtools.linuxerrno import strerror
from modtools.report import Message, Part, Report, Table, Value
from modtools.shared.machine import HostNode, Machine
from modtools.store import Store

LONG_LINE = "{mode} {links:>4} {owner:<8} {group:<8} {size:>9} {date} {name}{_arrow}"
SYSFS_SIZE = 4096
"""Bytes that a file in /sys claims to have, whatever is in it (`fs/sysfs/file.c: sysfs_add_file_mode_ns()`)."""


@command(lists=True)
@option("-a", "--all", "everything", is_flag=True, help="Show names that begin with a dot, including . and ..")
@option("-A", "--almost-all", is_flag=True, help="Show names that begin with a dot, except . and ..")
@option("-d", "--directory", is_flag=True, help="Show folders themselves, not what is in them.")
@option("-l", "long", is_flag=True, help="Show modes, sizes, and where links point.")
@option("-1", "single", is_flag=True, help="Show one name per line, which is the default.")
@operand("paths", metavar="[PATH...]", many=True)
def tool(call: Call, *, paths: tuple[str, ...], directory: bool, long: bool, **shown: bool) -> Report:
    """List folders of the machine: of /proc and /sys, or from the folder that stands for its /."""
    machine = Machine(Store(call.place.state).read(), call.place)
    hidden = 2 if shown["everything"] else 1 if shown["almost_all"] else 0
    listing = _Listing(machine, LONG_LINE if long else "{name}", hidden)
    for path in paths or ("/",):
        listing.add(path, follow=not (long or directory), enter=not directory)
    return Report(tuple(listing.parts()), status=int(bool(listing.messages)))


class _Listing:
    """What was asked for, sorted as ls prints it: complaints, then files, then folders."""

    def __init__(self, machine: Machine, line: str, hidden: int) -> None:
        self.machine = machine
        self.line = line
        self.hidden = hidden
        self.messages: list[Message] = []
        self.rows: list[dict[str, Value]] = []
        self.folders: list[tuple[str, Node]] = []

    def add(self, path: str, *, follow: bool, enter: bool) -> None:
        """Add one path to the listing; with `enter`, the content of a folder."""
        try:
            node = self.machine.node(path, follow=follow)
            if enter and stat.S_ISDIR(node.mode):
                self.folders.append((path, self.machine.allow(node, READ)))
            else:
                self.rows.append(_row(node, path, path))
        except KernelError as error:
            self.messages.append(Message(f"{path}: {strerror(error.errno)}", level=""))

    def parts(self) -> Iterator[Part]:
        """Yield everything in order, with headings where there is more than one thing to list."""
        found = {path: list(self._entries(path, node)) for path, node in self.folders}
        yield from self.messages
        if self.rows or not self.folders:
            yield Table("entries", self.rows, self.line)
        several = bool(self.rows) + len(self.folders) + len(self.messages) > 1
        for number, path in enumerate(sorted(path for path, _ in self.folders)):
            headings = [""] * (bool(self.rows) or number > 0)
            headings += [f"{path}:"] * several
            headings += ["total 0"] * (self.line == LONG_LINE)
            yield Table("entries", found[path], self.line, "\n".join(headings))

    def _entries(self, path: str, node: Node) -> Iterator[dict[str, Value]]:
        own = [".", ".."] if self.hidden == 2 else []
        names = [name for name in node.names() if self.hidden or not name.startswith(".")]
        for name in [*own, *sorted(names)]:
            inside = posixpath.join(path, name)
            try:
                yield _row(self.machine.node(inside, follow=False), inside, name)
            except KernelError as error:  # it has gone meanwhile, or has a name that leads elsewhere
                self.messages.append(Message(f"{inside}: {strerror(error.errno)}", level=""))


def _row(node: Node, path: str, name: str) -> dict[str, Value]:
    target = node.target if stat.S_ISLNK(node.mode) else ""
    return {
        "path": path,
        "name": name,
        "mode": stat.filemode(node.mode),
        "links": _links(node),
        "owner": _name(node.owner[0]),
        "group": _name(node.owner[1]),
        "size": _size(node, path),
        "date": _date(node),
        "target": target,
        "_arrow": target and f" -> {target}",
    }


def _links(node: Node) -> int:
    """Return the number of hard links: of a folder, one for each folder in it and two of its own."""
    if isinstance(node, HostNode) or not stat.S_ISDIR(node.mode):
        return 1
    return 2 + sum(stat.S_ISDIR(node.child(name).mode) for name in node.names())


def _size(node: Node, path: str) -> int:
    if isinstance(node, HostNode):
        return node.status.st_size if node.status else 0
    if isinstance(node, Binary):
        return len(node.content)
    if node.size is not None:
        return node.size
    return SYSFS_SIZE if stat.S_ISREG(node.mode) and posixpath.join("/", path).startswith("/sys/") else 0


def _name(number: int) -> str:
    """Return the name of a user or a group; the machine knows root only."""
    return str(number) if number else "root"


def _date(node: Node) -> str:
    """Return the day of the last change; the virtual kernel has no clock, and shows the first of all days."""
    seconds = node.status.st_mtime if isinstance(node, HostNode) and node.status else 0
    day = time.gmtime(seconds)
    return f"{time.strftime('%b', day)} {day.tm_mday:2}  {day.tm_year}"
