"""The files of a module tree, /lib/modules/RELEASE under any root.

Sources: modules.dep(5), and kmod 34's `libkmod/libkmod.c` and `libkmod-builtin.c`. As kmod, it reads the binary indexes
only, modules.dep.bin and its sisters, and of the text files modules.builtin.modinfo.
"""

from __future__ import annotations

import mmap

from modtools.errors import FormatError
from modtools.light import TYPE_CHECKING, NamedTuple, suppress
from modtools.linuxerrno import ENODEV, strerror
from modtools.notes import Note
from modtools.rooted import HOST, Host

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO, Final

    from modtools.formats.index import Index

DEP, ALIAS, SYMBOLS, BUILTIN_ALIAS, BUILTIN = (
    "modules.dep",
    "modules.alias",
    "modules.symbols",
    "modules.builtin.alias",
    "modules.builtin",
)

_HEAD: Final = 12
"""Bytes of an index's head."""
_DESCRIPTOR: Final = 3
"""What kmod has an index open as."""


class Fault(NamedTuple):
    """Why an index cannot be used, in words: it is `absent`, or `damaged`, or neither: it may not be read."""

    file: str
    words: str
    absent: bool = False
    damaged: bool = False


class Tree:
    """The folder and its files. A file that is missing or damaged has nothing in it.

    libkmod has two readers of indexes, and modules of equal priority in another order with each: modprobe maps them all
    into memory (`load`); modinfo reads them, and so does modprobe where one of them cannot be mapped.
    """

    def __init__(self, folder: str, disk: Host = HOST) -> None:
        self.folder = folder
        self.disk = disk
        self.loaded = False
        self._indexes: dict[str, Index | None] = {}
        self._strings: list[str] | None = None

    def index(self, name: str) -> Index | None:
        """Return one of the binary indexes, mapped into memory when first asked for."""
        if name not in self._indexes:
            self._indexes[name] = self._open(name)
        return self._indexes[name]

    def _open(self, name: str) -> Index | None:
        from modtools.formats.index import Index  # of a file, modinfo asks no index

        try:
            with self._opened(name) as file:
                return Index(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except (OSError, ValueError, FormatError):
            return None

    def _opened(self, name: str) -> BinaryIO:
        return open(f"{self.folder}/{name}.bin", "rb", opener=self.disk.open)

    def fault(self, name: str) -> Fault | None:
        """Return why one of the indexes cannot be used, None if it can."""
        if self.index(name) is not None:
            return None
        from modtools.formats.index import Index

        path = f"{self.folder}/{name}.bin"
        try:
            with self._opened(name) as file:
                Index(file.read())
        except FileNotFoundError:
            return Fault(path, "it is not there", absent=True)
        except FormatError as error:
            return Fault(path, f"it is damaged: {error}", damaged=True)
        except (OSError, ValueError) as error:
            return Fault(path, f"it cannot be read: {getattr(error, 'strerror', None) or error}")
        return Fault(path, "it is damaged: it cannot be mapped into memory", damaged=True)

    def line(self, index: str, name: str) -> str | None:
        """Return the first value of a name in an index, None if it has none, or where damage is endless."""
        found = self.index(index)
        with suppress(FormatError):
            return None if found is None else found.first(name)
        return None

    def matching(self, index: str, text: str) -> list[str]:
        """Return the values of all patterns in an index that match the text; none as for `line`."""
        found = self.index(index)
        with suppress(FormatError):
            return [] if found is None else found.matching(text, mapped=self.loaded)
        return []

    def items(self, index: str) -> Iterator[tuple[str, str]]:
        """Yield all pairs of key and value in an index. Raises FormatError, naming it, if it is damaged without end."""
        found = self.index(index)
        try:
            yield from () if found is None else found.items(mapped=self.loaded)
        except FormatError as error:
            raise FormatError(f"{self.folder}/{index}.bin: {error}; depmod writes it anew") from error

    def load(self) -> list[Note]:
        """Open all indexes as modprobe does. Returns kmod's messages about those that it cannot use.

        The first of them ends it, unless it is modules.builtin.alias.bin.
        """
        notes = []
        for name in (DEP, ALIAS, SYMBOLS, BUILTIN_ALIAS, BUILTIN):
            problem = self._problem(name)
            if problem:
                notes.append(Note(problem, function="index_mm_open"))
            if problem is not None and name != BUILTIN_ALIAS:
                return notes
        self.loaded = True
        return notes

    def _problem(self, name: str) -> str | None:
        """Why kmod cannot map an index, "" where it does not say; None for nothing."""
        from modtools.formats.index import MAGIC, MAJOR, read_header

        try:
            with self._opened(name) as file:
                header = read_header(file.read(_HEAD))
        except IsADirectoryError:
            size = self.disk.stat(f"{self.folder}/{name}.bin").st_size
            words = f"mmap(NULL, {size}, PROT_READ, MAP_PRIVATE, {_DESCRIPTOR}, 0): {strerror(ENODEV)}"
            return words if size >= _HEAD else ""
        except (OSError, FormatError):
            return ""
        if header.magic != MAGIC:
            return f"magic check fail: {header.magic:x} instead of {MAGIC:x}"
        if header.version >> 16 != MAJOR:
            return f"major version check fail: {header.version >> 16} instead of {MAJOR}"
        return None

    def builtin_info(self, name: str) -> list[str]:
        """Return the strings of modules.builtin.modinfo for a module: those of the first run of lines with its name.

        Raises OSError if there is no such file, FormatError for a string without a module's name in front.
        """
        out: list[str] = []
        for text in self._builtin_strings():
            owner, dot, _ = text.partition(".")
            if not dot:
                raise FormatError("unexpected string without modname prefix")
            if text.startswith(f"{name}."):
                out.append(text[len(owner) + 1 :])
            elif out:
                break
        return out

    def _builtin_strings(self) -> list[str]:
        if self._strings is None:
            data = self.disk.read(f"{self.folder}/modules.builtin.modinfo").decode("utf-8", "surrogateescape")
            self._strings = data.removesuffix("\0").split("\0") if data else []
        return self._strings
