"""Where modprobe and modinfo look: a module tree, its configuration, the kernel command line.

From kmod 34: `libkmod/libkmod.c: kmod_new()`, and how `tools/modprobe.c` and `tools/modinfo.c` call it. The machine's
root stands in front of paths that nobody gave, and is shown in them, so that a path can be used as it is printed.
"""

from __future__ import annotations

from posixpath import basename, split

from modtools import config, statefile
from modtools.command import Call
from modtools.config import Config
from modtools.errors import PymodError
from modtools.light import TYPE_CHECKING, cached_property
from modtools.notes import ERROR, WORDS, Note
from modtools.report import Message
from modtools.rooted import HOST
from modtools.tree.index import ALIAS, BUILTIN, BUILTIN_ALIAS, DEP, SYMBOLS, Tree
from modtools.tree.lookup import absolute_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from modtools.kernel.identity import Identity
    from modtools.kernel.state import Kernel
    from modtools.relations.commands import Commands
    from modtools.rooted import Host
    from modtools.statefile import Glance
    from modtools.store import Store

MODULES = "/lib/modules"


class Context:
    """The machine that a tool was called on, as kmod_ctx is; its kernel is read when it is asked for."""

    def __init__(self, call: Call) -> None:
        self.place = call.place

    @property
    def root(self) -> str:
        """What stands before the paths of the machine: "" for the host itself."""
        return self.place.root_name.rstrip("/")

    @cached_property
    def store(self) -> Store:
        """The file that the virtual kernel is kept in, as a Store."""
        from modtools.store import Store

        return Store(self.place.state)

    @cached_property
    def kernel(self) -> Kernel:
        """The virtual kernel as it was when somebody first asked."""
        return self.store.read()

    @cached_property
    def _identity(self) -> Identity | Glance:
        """What the virtual kernel is, as far as its file says first, if it does."""
        return statefile.glance(self.place.state_name) or self.kernel.identity

    @property
    def release(self) -> str:
        """The release that `uname -r` prints on this machine."""
        return self.place.release("" if self.place.standalone else self._identity.release)

    @property
    def cmdline(self) -> str:
        """The kernel command line, as /proc/cmdline has it; none where pymod stands in for kmod, and nothing was ever
        booted.
        """
        if self.place.standalone and not statefile.exists(self.place.state_name):
            return ""
        return self._identity.cmdline

    def tree(self, root: str | None, release: str | None) -> Tree:
        """Return a module tree: of the machine's root and release unless others are given.

        A root that is given is a folder of the host, with links and absolute paths as kmod has them.
        """
        folder = f"{self.root if root is None else root}{MODULES}/{self.release if release is None else release}"
        return Tree(absolute_path(folder), self.place.disk if root is None else HOST)

    def indexed_tree(self, root: str | None, release: str | None) -> Tree:
        """Return a tree as `tree` does, with its indexes open. Raises PymodError, saying what to do, if it has none."""
        tree = self.tree(root, release)
        tree.load()
        if tree.index(DEP) is None:
            raise PymodError(no_index(tree, self.commands(tree, root, release)))
        return tree

    def commands(
        self, tree: Tree, root: str | None, release: str | None, configs: Sequence[str] | None = None
    ) -> Commands:
        """Return how to call tools for a tree of these options: -d, -S, and -C for each place of `configs`."""
        from modtools.relations.commands import Commands  # most calls have nothing to advise

        named = {"-d": [] if root is None else [root], "-S": [] if release is None else [release], "-C": configs or ()}
        where = tuple(word for option, values in named.items() for value in values for word in (option, value))
        base = () if root is None else ("-b", root or "/")
        indexed = (*base, *((basename(tree.folder),) if root is not None or release else ()))
        return Commands(("pymod", *self.place.options), where, indexed)

    def root_of(self, root: str | None) -> str:
        """Return what stands before the paths of a tree's machine, as `tree` has it: "" for the host itself."""
        if root is None:
            return self.root
        return absolute_path(root).rstrip("/") if root else ""

    def config(self, tree: str, places: Sequence[str] | None, notes: list[Note]) -> Config:
        """Return the configuration: that of the machine, or the files and folders that are given."""
        places = config.places(self.root) if places is None else places
        return config.read_places(places, tree, self.cmdline, notes, self.place.disk)

    def given_config(self, tree: str, places: Sequence[str], notes: list[Note]) -> Config:
        """Return the same; without `places` that of the machine. Raises PymodError for a place that is not there."""
        config.assert_there(places, self.place.disk)
        return self.config(tree, places or None, notes)


def where_else(folder: str, disk: Host) -> str:
    """Of a tree that is not there: which are, beside its place; "" if none is."""
    above, name = split(folder)
    try:
        others = sorted(other for other in disk.names(above) if other != name and disk.is_folder(f"{above}/{other}"))
    except OSError:
        return ""
    return f"There is no {folder}; {above} has {', '.join(others)}." if others else ""


def no_index(tree: Tree, commands: Commands) -> str:
    """Return why a tree has no index that can be used, and what to do."""
    if not tree.disk.is_folder(tree.folder):
        return where_else(tree.folder, tree.disk) or f"There is no {tree.folder}: a module tree belongs there."
    fault = tree.fault(DEP)
    if fault is None or fault.absent:
        return f"{tree.folder} has no index of names: {commands.depmod()} writes it."
    mends = f": {commands.depmod()} writes it anew" if fault.damaged else ""
    return f"{fault.file}: {fault.words}{mends}."


def index_faults(tree: Tree, commands: Commands) -> list[Message]:
    """Return warnings about other indexes that cannot be used; older depmods wrote no modules.builtin.alias."""
    faults = {name: tree.fault(name) for name in (ALIAS, SYMBOLS, BUILTIN_ALIAS, BUILTIN)}
    told = [fault for name, fault in faults.items() if fault and not (fault.absent and name == BUILTIN_ALIAS)]
    lost = f"what it would have is not found: {commands.depmod()} mends that"
    return [Message(f"{each.file}: {each.words}, and {lost}", "WARNING") for each in told]


def libkmod_messages(notes: Iterable[Note]) -> list[Message]:
    """Return the messages that libkmod itself prints while no tool has set a log function."""
    return [
        Message(f"{note.function}: {note.text}", WORDS[note.level], "libkmod") for note in notes if note.level <= ERROR
    ]


def tool_messages(notes: Iterable[Note], priority: int) -> list[Message]:
    """Return the messages of libkmod that a tool passes on: those that its priority lets through."""
    return [Message(note.text, WORDS[note.level]) for note in notes if note.level <= priority]
