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
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from modtools.errors import FormatError, PymodError
from modtools.formats.index_write import IndexBuilder
from modtools.formats.linkage import Linkage
from modtools.formats.pattern import spelled
from modtools.linuxerrno import EINVAL, strerror
from modtools.names import module_name
from modtools.notes import FATAL, WARNING, Note
from modtools.rooted import HOST, Host
from modtools.tree.aliases import DEVNAME, builtin_aliases, device_node
from modtools.tree.hashorder import SYMBOLS, listing_key
from modtools.tree.scan import ModuleFile, missing

BUILTIN, BUILTIN_MODINFO = "modules.builtin", "modules.builtin.modinfo"
_LONGEST_ALIAS: Final = 4095
"""Bytes of an alias that count in modules.alias.bin: kmod's buffer is PATH_MAX."""


class NotMade(PymodError):
    """Raised for a file that cannot be made: it and those after it are not written, those before it are."""


@dataclass(frozen=True)
class TreeModules:
    """The modules of a tree in their order, with what each says. `folder` is the tree, for the kernel's own files."""

    folder: str
    files: Sequence[ModuleFile]
    linkages: Sequence[Linkage]
    warn_duplicates: bool = False
    disk: Host = HOST


@dataclass
class IndexContents:
    """Makes the contents of the index files. Messages, in kmod's words, are noted on the way.

    `needs` and `owners`, which tell modules by their positions, are for the files of dependencies and symbols.
    """

    modules: TreeModules
    needs: Sequence[Sequence[int]] = ()
    owners: Mapping[str, int] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

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

    @cached_property
    def names(self) -> list[str]:
        """The names of the modules, in their order."""
        return [file.name for file in self.modules.files]

    @cached_property
    def dependency_lines(self) -> list[str]:
        """The lines of modules.dep, one for each module in their order."""
        listed = [file.listed for file in self.modules.files]
        lines = zip(listed, self.needs, strict=True)
        return [" ".join((f"{name}:", *(listed[position] for position in needed))) for name, needed in lines]

    @cached_property
    def aliases(self) -> list[tuple[str, Sequence[str]]]:
        """The name of each module and its aliases."""
        return [(file.name, linkage.aliases) for file, linkage in self._each()]

    @cached_property
    def softdeps(self) -> list[tuple[str, Sequence[str]]]:
        """The name of each module and its softdep lines."""
        return [(file.name, linkage.softdeps) for file, linkage in self._each()]

    @cached_property
    def weakdeps(self) -> list[tuple[str, Sequence[str]]]:
        """The name of each module and its weakdep lines."""
        return [(file.name, linkage.weakdeps) for file, linkage in self._each()]

    def _each(self) -> Iterator[tuple[ModuleFile, Linkage]]:
        return zip(self.modules.files, self.modules.linkages, strict=True)

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
        lines = (f"alias {alias} {name}" for name, aliases in self.aliases for alias in aliases)
        return _text("# Aliases extracted from modules themselves.", *lines)

    def alias_bin(self) -> bytes:
        """Return the content of modules.alias.bin: modules' names by aliases."""
        index = IndexBuilder()
        for position, (name, aliases) in enumerate(self.aliases):
            for alias in aliases:
                try:
                    key = spelled(alias[:_LONGEST_ALIAS])
                except FormatError:
                    self.notes.append(Note(f"Unmatched bracket in {alias}", WARNING))
                    continue
                if self._add(index, key, name, position):
                    self._warn_duplicate("alias", f"{key} {name}")
        return index.encode()

    def softdep(self) -> bytes:
        """Return the content of modules.softdep."""
        lines = (f"softdep {name} {value}" for name, values in self.softdeps for value in values)
        return _text("# Soft dependencies extracted from modules themselves.", *lines)

    def weakdep(self) -> bytes:
        """Return the content of modules.weakdep."""
        lines = (f"weakdep {name} {value}" for name, values in self.weakdeps for value in values)
        return _text("# Weak dependencies extracted from modules themselves.", *lines)

    def symbols(self) -> bytes:
        """Return the content of modules.symbols."""
        symbols = sorted(self.owners, key=lambda name: listing_key(name, SYMBOLS))
        lines = (f"alias symbol:{symbol} {self.names[self.owners[symbol]]}" for symbol in symbols)
        return _text("# Aliases for symbols, used by symbol_request().", *lines)

    def symbols_bin(self) -> bytes:
        """Return the content of modules.symbols.bin: modules' names by symbols."""
        index = IndexBuilder()
        good = {symbol: position for symbol, position in self.owners.items() if symbol.isascii()}
        # For the rest kmod's order decides which one it complains of.
        bad = sorted(self.owners.keys() - good.keys(), key=lambda name: listing_key(name, SYMBOLS))
        for symbol in (*good, *bad):
            self._add(index, f"symbol:{symbol}", self.names[self.owners[symbol]], self.owners[symbol])
        return index.encode()

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
        for module, aliases in self.aliases:
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


def _symbol_names(writing: IndexContents) -> object:
    return sorted((symbol, writing.names[position]) for symbol, position in writing.owners.items())


def _symbol_places(writing: IndexContents) -> object:
    return sorted((symbol, writing.names[position], position) for symbol, position in writing.owners.items())


def _alias_names(writing: IndexContents) -> object:
    return _said(writing.aliases)


def _alias_places(writing: IndexContents) -> object:
    return [(position, *row) for position, row in enumerate(writing.aliases) if row[1]]


def _device_aliases(writing: IndexContents) -> object:
    return [row for row in writing.aliases if any(alias.startswith(DEVNAME) for alias in row[1])]


def _dependency_names(writing: IndexContents) -> object:
    return writing.dependency_lines, writing.names


def _said(rows: Iterable[tuple[str, Sequence[str]]]) -> list[tuple[str, Sequence[str]]]:
    """Return the rows of modules that have any values."""
    return [row for row in rows if row[1]]


FILES: Final = (
    IndexFile("modules.dep", IndexContents.dep, _dependency_names, text=True),
    IndexFile("modules.dep.bin", IndexContents.dep_bin, _dependency_names),
    IndexFile("modules.alias", IndexContents.alias, _alias_names, text=True, alone=True),
    IndexFile("modules.alias.bin", IndexContents.alias_bin, _alias_places, alone=True),
    IndexFile("modules.softdep", IndexContents.softdep, lambda writing: _said(writing.softdeps), text=True, alone=True),
    IndexFile("modules.weakdep", IndexContents.weakdep, lambda writing: _said(writing.weakdeps), text=True, alone=True),
    IndexFile("modules.symbols", IndexContents.symbols, _symbol_names, text=True),
    IndexFile("modules.symbols.bin", IndexContents.symbols_bin, _symbol_places),
    IndexFile("modules.builtin.bin", IndexContents.builtin_bin, _kernels(BUILTIN)),
    IndexFile("modules.builtin.alias.bin", IndexContents.builtin_alias_bin, _kernels(BUILTIN_MODINFO)),
    IndexFile("modules.devname", IndexContents.devname, _device_aliases, text=True, alone=True),
)
"""In the order in which depmod makes them."""


def _text(*lines: str) -> bytes:
    return "\n".join((*lines, "")).encode("utf-8", "surrogateescape")
