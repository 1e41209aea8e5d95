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

kmod writes modules.symbols in the order of a hash table; here it is sorted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from modtools.config import Note
from modtools.errors import FormatError
from modtools.formats.index_write import IndexBuilder
from modtools.formats.linkage import Linkage
from modtools.formats.pattern import spelled
from modtools.tree.scan import WARNING, ModuleFile, missing

BUILTIN, BUILTIN_MODINFO = "modules.builtin", "modules.builtin.modinfo"
_LONGEST_ALIAS: Final = 4095
"""Bytes of an alias that count in modules.alias.bin: kmod's buffer is PATH_MAX."""


@dataclass(frozen=True)
class Listing:
    """All that the index files are made of. `dependencies` and `owners` tell modules by their position in `files`."""

    folder: str
    files: Sequence[ModuleFile]
    linkages: Sequence[Linkage]
    dependencies: Sequence[Sequence[int]]
    owners: dict[str, int]
    warn_duplicates: bool = False


class Writing:
    """Makes the files' contents. What there is to say is noted on the way, in kmod's order and words."""

    def __init__(self, listing: Listing, notes: list[Note]) -> None:
        self._all = listing
        self._notes = notes

    def _warn_duplicate(self, kind: str, text: str) -> None:
        if self._all.warn_duplicates:
            self._notes.append(Note(f"duplicate module {kind}:\n{text}", WARNING))

    def _dependency_lines(self) -> Iterator[str]:
        names = [file.listed for file in self._all.files]
        for name, needed in zip(names, self._all.dependencies, strict=True):
            yield " ".join((f"{name}:", *(names[position] for position in needed)))

    def dep(self) -> bytes:
        return _text(*self._dependency_lines())

    def dep_bin(self) -> bytes:
        index = IndexBuilder()
        for position, line in enumerate(self._dependency_lines()):
            if index.add(self._all.files[position].name, line, position):
                self._warn_duplicate("deps", line)
        return index.encode()

    def _pairs(self, kind: Callable[[Linkage], Sequence[str]]) -> Iterator[tuple[ModuleFile, str]]:
        """Each module with each value of one kind."""
        for file, linkage in zip(self._all.files, self._all.linkages, strict=True):
            for value in kind(linkage):
                yield file, value

    def alias(self) -> bytes:
        lines = (f"alias {alias} {file.name}" for file, alias in self._pairs(lambda linkage: linkage.aliases))
        return _text("# Aliases extracted from modules themselves.", *lines)

    def alias_bin(self) -> bytes:
        index = IndexBuilder()
        for position, linkage in enumerate(self._all.linkages):
            name = self._all.files[position].name
            for alias in linkage.aliases:
                try:
                    key = spelled(alias[:_LONGEST_ALIAS])
                except FormatError:
                    self._notes.append(Note(f"Unmatched bracket in {alias}", WARNING))
                    continue
                if index.add(key, name, position):
                    self._warn_duplicate("alias", f"{key} {name}")
        return index.encode()

    def softdep(self) -> bytes:
        lines = (f"softdep {file.name} {value}" for file, value in self._pairs(lambda linkage: linkage.softdeps))
        return _text("# Soft dependencies extracted from modules themselves.", *lines)

    def weakdep(self) -> bytes:
        lines = (f"weakdep {file.name} {value}" for file, value in self._pairs(lambda linkage: linkage.weakdeps))
        return _text("# Weak dependencies extracted from modules themselves.", *lines)

    def _symbols(self) -> Iterator[tuple[str, int]]:
        """Each symbol and the position of its module, sorted."""
        owners = self._all.owners
        return ((symbol, owners[symbol]) for symbol in sorted(owners, key=_bytes))

    def symbols(self) -> bytes:
        files = self._all.files
        lines = (f"alias symbol:{symbol} {files[position].name}" for symbol, position in self._symbols())
        return _text("# Aliases for symbols, used by symbol_request().", *lines)

    def symbols_bin(self) -> bytes:
        index = IndexBuilder()
        for symbol, position in self._all.owners.items():
            index.add(f"symbol:{symbol}", self._all.files[position].name, position)
        return index.encode()

    def _input(self, name: str) -> str | None:
        """A file of the tree, None if it cannot be read."""
        try:
            data = Path(f"{self._all.folder}/{name}").read_bytes()
        except OSError as error:
            self._notes.append(missing(name, self._all.folder, error))
            return None
        return data.decode("utf-8", "surrogateescape")

    def builtin_bin(self) -> bytes:
        text = self._input(BUILTIN)
        if text is None:
            return b""
        index = IndexBuilder()
        *lines, last = text.split("\n")
        name = ""
        for line in [f"{line}\n" for line in lines] + [last] * bool(last):
            if not (line[0].isascii() and line[0].isalpha()):
                self._notes.append(Note(f"Invalid modules.builtin line: {line}"))
                continue
            base = line.rpartition("/")[2]
            # After a line that ends in a slash kmod still has the name before it.
            name = base.partition(".")[0].replace("-", "_") if base else name
            index.add(name, "")
        return index.encode()

    def builtin_alias_bin(self) -> bytes:
        text = self._input(BUILTIN_MODINFO)
        if text is None:
            return b""
        index = IndexBuilder()
        for module, alias in builtin_aliases(text):
            try:
                index.add(spelled(alias), module)
            except FormatError:
                self._notes.append(Note(f"Unmatched bracket in {alias}", WARNING))
        return index.encode()

    def devname(self) -> bytes:
        lines = []
        for file, linkage in zip(self._all.files, self._all.linkages, strict=True):
            if not any(alias.startswith(_DEVNAME) for alias in linkage.aliases):
                continue
            name, device = device_node(linkage.aliases)
            if device:
                lines.append(f"{file.name} {name} {device}")
            else:
                problem = "but lacks major and minor information. Ignoring."
                self._notes.append(Note(f"Module '{file.name}' has devname ({name}) {problem}"))
        return _text(*(["# Device nodes to trigger on-demand module loading."] if lines else []), *lines)


class IndexFile(NamedTuple):
    """One of the files: its name, what makes it, and whether it is text, which is what -n shows."""

    name: str
    make: Callable[[Writing], bytes]
    text: bool


FILES: Final = (
    IndexFile("modules.dep", Writing.dep, text=True),
    IndexFile("modules.dep.bin", Writing.dep_bin, text=False),
    IndexFile("modules.alias", Writing.alias, text=True),
    IndexFile("modules.alias.bin", Writing.alias_bin, text=False),
    IndexFile("modules.softdep", Writing.softdep, text=True),
    IndexFile("modules.weakdep", Writing.weakdep, text=True),
    IndexFile("modules.symbols", Writing.symbols, text=True),
    IndexFile("modules.symbols.bin", Writing.symbols_bin, text=False),
    IndexFile("modules.builtin.bin", Writing.builtin_bin, text=False),
    IndexFile("modules.builtin.alias.bin", Writing.builtin_alias_bin, text=False),
    IndexFile("modules.devname", Writing.devname, text=True),
)
"""In the order in which depmod makes them."""

_DEVNAME: Final = "devname:"
_NUMBERS: Final = re.compile(r"(char|block)-major-\s*([+-]?[0-9]+)-\s*([+-]?[0-9]+)")


def device_node(aliases: Sequence[str]) -> tuple[str, str]:
    """The name of a module's device, and its type and numbers as in `c10:250`, "" where the aliases do not tell."""
    name = device = ""
    for alias in aliases:
        numbers = _NUMBERS.match(alias)
        if alias.startswith(_DEVNAME):
            name = alias.removeprefix(_DEVNAME)
        elif numbers:
            device = f"{numbers[1][0]}{int(numbers[2]) & 0xFFFFFFFF}:{int(numbers[3]) & 0xFFFFFFFF}"
        if name and device:
            break
    return name, device


def builtin_aliases(text: str) -> Iterator[tuple[str, str]]:
    """Module and alias from modules.builtin.modinfo. As for kmod, a string without "=" takes the next one with it."""
    at = 0
    while at < len(text):
        module, end, at = _until(text, at, ".")
        if not (end and module):
            continue
        key, _, at = _until(text, at, "=")
        value, end, at = _until(text, at, "\0")
        if key == "alias" and end and value:
            yield module, value


def _until(text: str, at: int, mark: str) -> tuple[str, bool, int]:
    """The text up to a mark or a zero byte, whether the mark was there, and where to go on; "" where it was not."""
    zero = text.find("\0", at)
    zero = len(text) if zero < 0 else zero
    end = text.find(mark, at, zero + 1)
    return (text[at:end], True, end + 1) if end >= 0 else ("", False, zero + 1)


def _text(*lines: str) -> bytes:
    return _bytes("".join(f"{line}\n" for line in lines))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
