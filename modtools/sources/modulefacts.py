"""What one module tells of the kernel that it was built for: its release, and the symbols that it needs.

Trees have thousands of modules. Most are plain, and of these only the few sections are read that tell of the kernel
(`formats.kmodelf`). A file that lacks one of them, or has others, is read as `Module` reads it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from modtools import hostfile
from modtools.errors import FormatError, PymodError
from modtools.formats import compression, linkage
from modtools.formats.kmodelf import Read, Sections
from modtools.formats.strtab import listed
from modtools.light import NamedTuple
from modtools.link.arch import TOC, arch_for_elf
from modtools.module import EXTENDED_CRCS, THIS_MODULE, Module, struct_name, versions_in
from modtools.names import module_name
from modtools.sources import LARGEST, machine, opened
from modtools.tree.reading import source_of

_VERMAGIC: Final = b"\0vermagic="
_DEPENDS: Final = b"\0depends="
_TABLES: Final = (b"__ksymtab\0", b"__ksymtab_gpl\0")
_CRCS: Final = (b"__kcrctab\0", b"__kcrctab_gpl\0")
_CRC_SIZE: Final = 4
_THIS_MODULE: Final = THIS_MODULE.encode() + b"\0"
_EXTENDED: Final = EXTENDED_CRCS.encode() + b"\0"
_HEAD: Final = 8
"""Bytes at the start of a file that tell how it is packed."""


class Facts(NamedTuple):
    """What one module tells. `wanted` has the symbols that it needs, with their CRCs, None where it has none."""

    name: str
    kernel: tuple[str, str]
    depends: frozenset[str]
    wanted: dict[str, int | None]
    exports: frozenset[str]


Content = Callable[[], Module]
"""Reads a module. Raises FormatError, or PymodError with its name."""
Row = tuple[Any, ...] | str
"""The `Facts` of one module, as plain values; or why it cannot be read."""


def facts_of(path: str, module: Module) -> Facts:
    """Return what a module tells that has this path. Raises FormatError, and PymodError for an unknown machine."""
    # Without __versions a weak symbol may be anybody's, or nobody's.
    wanted: dict[str, int | None] = dict(module.versions)
    wanted = wanted or {symbol.name: None for symbol in module.imports if not symbol.weak}
    wanted.pop(TOC, None)
    return Facts(
        module.name or module_name(Path(path).name),
        (machine(path, module), module.vermagic or ""),
        _names(module.info("depends") or ""),
        wanted,
        frozenset(export.name for export in module.exports),
    )


def _names(depends: str) -> frozenset[str]:
    return frozenset(name.replace("-", "_") for name in depends.split(",") if name)


def row_of(path: str, content: Content) -> Row:
    """Return what a module tells, or why it tells nothing."""
    try:
        return tuple(facts_of(path, content()))
    except FormatError as error:
        return f"{path} is no module, or is damaged: {error}"
    except PymodError as error:
        return str(error)


def row_in_file(path: str) -> Row:
    """Return what the module in a file tells, or why it tells nothing."""
    content: Content = partial(opened, path)
    try:
        with hostfile.opened(path) as file:
            if compression.kind(file.read(_HEAD)):
                data = compression.decompress(hostfile.read(path, LARGEST))
                content = partial(Module.from_bytes, data)
                facts = _plain(lambda offset, count: data[offset : offset + count], len(data))
            else:
                facts = _plain(source_of(file.fileno()), os.fstat(file.fileno()).st_size)
    except (FormatError, OSError):
        facts = None
    return tuple(facts) if facts else row_of(path, content)


def _plain(source: Read, size: int) -> Facts | None:
    """Return what a module tells that has what most modules have, None for any other one.

    Raises FormatError for one that libkmod would not read.
    """
    sections = Sections(source, size)
    arch = arch_for_elf(sections.machine, sections.bits, sections.order == "<")
    told = b"\0" + (sections.contents(b".modinfo\0") or b"")
    name = struct_name(sections.contents(_THIS_MODULE) or b"", sections.bits)
    wanted, exports = _versions(sections), _exports(sections, source, size)
    (wanted or {}).pop(TOC, None)
    if arch is None or not (name and wanted) or exports is None or told.count(_VERMAGIC) != 1:
        return None
    return Facts(name, (arch.machine, _value(told, _VERMAGIC)), _names(_value(told, _DEPENDS)), wanted, exports)


def _value(told: bytes, key: bytes) -> str:
    """Return the first value of a key in .modinfo, "" for none."""
    return str(told.partition(key)[2].partition(b"\0")[0], "utf-8", "surrogateescape")


def _versions(sections: Sections) -> dict[str, int | None] | None:
    """Return the symbols in __versions with their CRCs, None where there are none, or where other tables count."""
    table = sections.contents(b"__versions\0")
    if not table or sections.find(_EXTENDED):
        return None
    return dict(versions_in(table, sections.bits, sections.order))


def _exports(sections: Sections, source: Read, size: int) -> frozenset[str] | None:
    """Return the exported symbols as libkmod finds them by their CRCs, None if the tables have others, or more."""
    if not any(map(sections.find, _TABLES)):
        return frozenset()
    found = linkage.read(source, size)
    names = set((sections.contents(b"__ksymtab_strings\0") or b"").decode("utf-8", "surrogateescape").split("\0"))
    exports = listed(found.exports)
    crcs = b"".join(filter(None, map(sections.contents, _CRCS)))
    sure = len(exports) * _CRC_SIZE == len(crcs) and all(memoryview(crcs).cast("I")) and names.issuperset(exports)
    return frozenset(exports) if sure and not found.problems else None
