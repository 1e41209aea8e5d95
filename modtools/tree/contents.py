"""What the index files of a tree hold.

Sources: modules.dep(5), and kmod 34's `tools/depmod.c` (output_deps and the functions after it). An example of each:

    modules.dep            kernel/net/a.ko: kernel/lib/b.ko kernel/lib/c.ko
    modules.alias          alias pci:v00001234d*sv*sd*bc*sc*i* a
    modules.softdep        softdep a pre: d post: e
    modules.weakdep        weakdep a d e
    modules.symbols        alias symbol:a_function a
    modules.devname        a net/a c10:250
    modules.builtin        kernel/fs/built.ko                      (an input, from the kernel's build)
    modules.builtin.modinfo  built.alias=fs-built<NUL>             (likewise)

modules.symbols is in the order of kmod's hash table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter

from modtools.errors import FormatError, PymodError
from modtools.formats.index_write import IndexBuilder
from modtools.formats.linkagevalues import Linkage
from modtools.formats.pattern import spelled
from modtools.formats.strtab import joined, listed
from modtools.light import TYPE_CHECKING, NamedTuple
from modtools.linuxerrno import EINVAL, strerror
from modtools.names import module_name
from modtools.notes import FATAL, WARNING, Note
from modtools.rooted import HOST, Host
from modtools.tree.aliases import DEVNAME, builtin_aliases, device_node
from modtools.tree.cache import digest
from modtools.tree.hashorder import SYMBOLS, in_listing_order
from modtools.tree.scan import ModuleFile, missing

if TYPE_CHECKING:
    from typing import Final, TypeAlias

BUILTIN, BUILTIN_MODINFO = "modules.builtin", "modules.builtin.modinfo"
_Said: TypeAlias = tuple[int, str, bytes]
"""The position and the name of a module, and what it says: values of which each ends in a zero byte."""
_LONGEST_ALIAS: Final = 4095
"""Bytes of an alias that count in modules.alias.bin: kmod's buffer is PATH_MAX."""


class NotMade(PymodError):
    """Raised for a file that cannot be made: it and those after it are not written, those before it are."""


class TreeModules(NamedTuple):
    """The modules of a tree in their order, with what each says. `folder` is the tree, for the kernel's own files."""

    folder: str
    files: Sequence[ModuleFile]
    linkages: Sequence[Linkage]
    warn_duplicates: bool = False
    disk: Host = HOST


class Relations(NamedTuple):
    """The positions of the modules that each one needs, directly or not, and of the one that exports a symbol."""

    needs: Sequence[Sequence[int]]
    owners: Mapping[bytes, int]


class IndexContents:
    """Makes the contents of the index files. Messages, in kmod's words, are noted on the way.

    `relate` tells who needs whom; it is asked only for the files of dependencies and symbols, where one is made.
    """

    def __init__(self, modules: TreeModules, relate: Callable[[], Relations]) -> None:
        self.modules = modules
        self.notes: list[Note] = []
        self._relate = relate

    @cached_property
    def _relations(self) -> Relations:
        return self._relate()

    def _warn_duplicate(self, kind: str, text: str) -> None:
        if self.modules.warn_duplicates:
            self.notes.append(Note(f"duplicate module {kind}:\n{text}", WARNING))

    def _add(self, index: IndexBuilder, key: str, value: str, priority: int = 0) -> bool:
        """Add to an index, and tell whether it was there; what no index can hold is left out, with status 1 at the end.

        kmod ends at the first such thing, and leaves the files of the index half of them old, half of them new.
        """
        try:
            return index.add(key, value, priority)
        except FormatError as problem:
            self.notes.append(Note(str(problem), FATAL))
            return False

    def _add_all(self, index: IndexBuilder, keys: Iterable[str], value: str, priority: int) -> Iterator[str]:
        """Add a value to many keys, as `_add` does to one. Yields the keys that had it already."""
        if isinstance(keys, list) and value.isascii() and "".join(keys).isascii():
            yield from index.add_all(keys, value, priority)
        else:
            yield from (key for key in keys if self._add(index, key, value, priority))

    @cached_property
    def names(self) -> list[str]:
        """The names of the modules, in their order."""
        return [file.name for file in self.modules.files]

    @cached_property
    def places(self) -> list[str]:
        """The paths by which index files name the modules, in their order."""
        return [file.listed for file in self.modules.files]

    @cached_property
    def linkages(self) -> bytes:
        """A digest of the modules, and of all that decides which of them needs which."""
        said = [(linkage.exports, linkage.wanted) for linkage in self.modules.linkages]
        return digest([self.names, self.places, said])

    @cached_property
    def dependency_lines(self) -> list[str]:
        """The lines of modules.dep, one for each module in their order."""
        listed = self.places
        lines = zip(listed, self._relations.needs, strict=True)
        return [" ".join((f"{name}:", *(listed[position] for position in needed))) for name, needed in lines]

    @cached_property
    def aliases(self) -> list[_Said]:
        """The modules that have aliases, and these."""
        return self._said("aliases")

    @cached_property
    def softdeps(self) -> list[_Said]:
        """The modules that have softdep lines, and these."""
        return self._said("softdeps")

    @cached_property
    def weakdeps(self) -> list[_Said]:
        """The modules that have weakdep lines, and these."""
        return self._said("weakdeps")

    @cached_property
    def exports(self) -> list[_Said]:
        """The modules that export symbols, and these."""
        return self._said("exports")

    def _said(self, what: str) -> list[_Said]:
        values = map(attrgetter(what), self.modules.linkages)
        return [(at, self.names[at], value) for at, value in enumerate(values) if value]

    def dep(self) -> bytes:
        """Return the content of modules.dep."""
        return _text(*self.dependency_lines)

    def dep_bin(self) -> bytes:
        """Return the content of modules.dep.bin: lines of modules.dep by modules' names."""
        index = IndexBuilder()
        for position, line in enumerate(self.dependency_lines):
            if self._add(index, self.names[position], line, position):
                self._warn_duplicate("deps", line)
        return index.encode()

    def alias(self) -> bytes:
        """Return the content of modules.alias."""
        lines = (_lines("alias ", values, f" {name}") for _, name, values in self.aliases)
        return b"# Aliases extracted from modules themselves.\n" + b"".join(lines)

    def alias_bin(self) -> bytes:
        """Return the content of modules.alias.bin: modules' names by aliases."""
        index = IndexBuilder()
        for position, name, aliases in self.aliases:
            for key in self._add_all(index, self._keys(aliases), name, position):
                self._warn_duplicate("alias", f"{key} {name}")
        return index.encode()

    def _keys(self, aliases: bytes) -> Iterable[str]:
        """Return aliases as they are spelled in an index."""
        if b"[" not in aliases and b"]" not in aliases:
            return [alias[:_LONGEST_ALIAS] for alias in listed(aliases.replace(b"-", b"_"))]
        return self._spelled(listed(aliases))

    def _spelled(self, aliases: Iterable[str]) -> Iterator[str]:
        for alias in aliases:
            try:
                yield spelled(alias[:_LONGEST_ALIAS])
            except FormatError:
                self.notes.append(Note(f"Unmatched bracket in {alias}", WARNING))

    def softdep(self) -> bytes:
        """Return the content of modules.softdep."""
        lines = (_lines(f"softdep {name} ", values, "") for _, name, values in self.softdeps)
        return b"# Soft dependencies extracted from modules themselves.\n" + b"".join(lines)

    def weakdep(self) -> bytes:
        """Return the content of modules.weakdep."""
        lines = (_lines(f"weakdep {name} ", values, "") for _, name, values in self.weakdeps)
        return b"# Weak dependencies extracted from modules themselves.\n" + b"".join(lines)

    def symbols(self) -> bytes:
        """Return the content of modules.symbols."""
        ends = [b" %b\n" % _encoded(name) for name in self.names]
        owners = self._relations.owners
        lines = [b"alias symbol:%b%b" % (symbol, ends[owners[symbol]]) for symbol in in_listing_order(owners, SYMBOLS)]
        return b"# Aliases for symbols, used by symbol_request().\n" + b"".join(lines)

    def symbols_bin(self) -> bytes:
        """Return the content of modules.symbols.bin: modules' names by symbols."""
        index, owners = IndexBuilder(), self._relations.owners
        by_module: dict[int, list[bytes]] = {}
        bad = []
        for symbol, position in owners.items():
            if symbol.isascii():
                by_module.setdefault(position, []).append(symbol)
            else:
                bad.append(symbol)
        for position, symbols in by_module.items():
            self._add_symbols(index, symbols, position)
        # For the rest kmod's order decides which one it complains of.
        for symbol in in_listing_order(bad, SYMBOLS):
            self._add_symbols(index, [symbol], owners[symbol])
        return index.encode()

    def _add_symbols(self, index: IndexBuilder, symbols: Iterable[bytes], position: int) -> None:
        name = self.names[position]
        keys = [f"symbol:{symbol}" for symbol in listed(joined(symbols))]
        for key in self._add_all(index, keys, name, position):
            self._warn_duplicate("syms", f"{key} {name}")

    def input(self, name: str) -> str | None:
        """Return the text of a file of the tree, None if it cannot be opened. A folder is empty, as for C."""
        try:
            data = self.modules.disk.read(f"{self.modules.folder}/{name}")
        except IsADirectoryError:
            return ""
        except OSError as error:
            self.notes.append(missing(name, self.modules.folder, error))
            return None
        return data.decode("utf-8", "surrogateescape")

    def builtin_bin(self) -> bytes:
        """Return the content of modules.builtin.bin: names of built-in modules."""
        text = self.input(BUILTIN)
        if text is None:
            return b""
        index = IndexBuilder()
        *lines, last = text.split("\n")
        name = ""
        for line in [f"{line}\n" for line in lines] + [last] * bool(last):
            if not (line[0].isascii() and line[0].isalpha()):
                self.notes.append(Note(f"Invalid modules.builtin line: {line}"))
                continue
            base = line.rpartition("/")[2]
            # After a line that ends in a slash kmod still has the name before it.
            name = module_name(base) if base else name
            self._add(index, name, "")
        return index.encode()

    def builtin_alias_bin(self) -> bytes:
        """Return the content of modules.builtin.alias.bin: names of built-in modules by aliases. Raises NotMade."""
        text = self.input(BUILTIN_MODINFO)
        if text is None:
            return b""
        if not text and self.modules.disk.is_folder(f"{self.modules.folder}/{BUILTIN_MODINFO}"):
            raise NotMade(f"Could not write index 'modules.builtin.alias.bin': {strerror(EINVAL)}")
        index = IndexBuilder()
        for module, alias in builtin_aliases(text):
            try:
                key = spelled(alias)
            except FormatError:
                self.notes.append(Note(f"Unmatched bracket in {alias}", WARNING))
            else:
                self._add(index, key, module)
        return index.encode()

    def devname(self) -> bytes:
        """Return the content of modules.devname."""
        lines = []
        for _, module, values in self.aliases:
            aliases = listed(values) if DEVNAME.encode() in values else []
            if not any(alias.startswith(DEVNAME) for alias in aliases):
                continue
            name, device = device_node(aliases)
            if device:
                lines.append(f"{module} {name} {device}")
            else:
                problem = "but lacks major and minor information. Ignoring."
                self.notes.append(Note(f"Module '{module}' has devname ({name}) {problem}"))
        return _text(*(["# Device nodes to trigger on-demand module loading."] if lines else []), *lines)


class IndexFile(NamedTuple):
    """One of the files: its name, what makes it, and from what.

    `text`: it is what -n shows. `inputs` are plain values: while they are the same, so is the file. `alone`: it is made
    of what modules say of themselves, whatever they need.
    """

    name: str
    make: Callable[[IndexContents], bytes]
    inputs: Callable[[IndexContents], object]
    text: bool = False
    alone: bool = False


def _kernels(name: str) -> Callable[[IndexContents], object]:
    """Return a function that returns the content of a file of the kernel's build, None if it is missing."""
    return lambda writing: (writing.input(name), list(map(tuple, writing.notes)))


def _without_places(rows: Callable[[IndexContents], list[_Said]]) -> Callable[[IndexContents], object]:
    """Return a function that returns names and what they say, for a file in which no position stands."""
    return lambda writing: [row[1:] for row in rows(writing)]


def _device_aliases(writing: IndexContents) -> object:
    return [row[1:] for row in writing.aliases if DEVNAME.encode() in row[2]]


FILES: Final = (
    IndexFile("modules.dep", IndexContents.dep, attrgetter("linkages"), text=True),
    IndexFile("modules.dep.bin", IndexContents.dep_bin, attrgetter("linkages")),
    IndexFile("modules.alias", IndexContents.alias, _without_places(attrgetter("aliases")), text=True, alone=True),
    IndexFile("modules.alias.bin", IndexContents.alias_bin, attrgetter("aliases"), alone=True),
    IndexFile("modules.softdep", IndexContents.softdep, _without_places(attrgetter("softdeps")), text=True, alone=True),
    IndexFile("modules.weakdep", IndexContents.weakdep, _without_places(attrgetter("weakdeps")), text=True, alone=True),
    IndexFile("modules.symbols", IndexContents.symbols, _without_places(attrgetter("exports")), text=True),
    IndexFile("modules.symbols.bin", IndexContents.symbols_bin, attrgetter("exports")),
    IndexFile("modules.builtin.bin", IndexContents.builtin_bin, _kernels(BUILTIN)),
    IndexFile("modules.builtin.alias.bin", IndexContents.builtin_alias_bin, _kernels(BUILTIN_MODINFO)),
    IndexFile("modules.devname", IndexContents.devname, _device_aliases, text=True, alone=True),
)
"""In the order in which depmod makes them."""


def _text(*lines: str) -> bytes:
    return _encoded("\n".join((*lines, "")))


def _lines(before: str, values: bytes, after: str) -> bytes:
    """Return a line for each value, with the same before and after it."""
    begin, end = _encoded(before), _encoded(f"{after}\n")
    return begin + values[:-1].replace(b"\0", end + begin) + end


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
