"""Modules that are nothing but what depmod and the kernel read: an ELF file of a .modinfo, names that it exports, names
that it wants, and whatever sections a test adds."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence

_SECTION_TYPES = {".modinfo": 1, "__ksymtab_strings": 1, ".symtab": 2, ".strtab": 3, ".shstrtab": 3}
_WRITTEN = (".static_call_sites", "__jump_table", ".gnu.linkonce.this_module")
_HEADER_SIZE, _SECTION_SIZE, _SYMBOL_SIZE = 64, 64, 24


def module(
    info: Iterable[str] = (),
    exports: Iterable[str] = (),
    wants: Iterable[str] = (),
    sections: Mapping[str, bytes] | None = None,
) -> bytes:
    """A module of x86-64 with these `key=value` texts, symbols and further sections; there is no code in it."""
    wanted = [*wants]
    names, places = _strings(wanted)
    symbols = bytes(_SYMBOL_SIZE) + b"".join(struct.pack("<IBBHQQ", place, 0x10, 0, 0, 0, 0) for place in places)
    contents = {
        ".modinfo": b"".join(text.encode() + b"\0" for text in info),
        "__ksymtab_strings": b"".join(text.encode() + b"\0" for text in exports),
        ".symtab": symbols,
        ".strtab": names,
    } | dict(sections or {})
    contents[".shstrtab"], places = _strings([*contents, ".shstrtab"])
    data, headers = b"", [bytes(_SECTION_SIZE)]
    for (name, content), place in zip(contents.items(), places, strict=True):
        link, first, size = (4, 1, _SYMBOL_SIZE) if name == ".symtab" else (0, 0, 0)
        start = _HEADER_SIZE + len(data)
        kind = _SECTION_TYPES.get(name, 1)
        flags = 3 if name in _WRITTEN else 2
        headers.append(struct.pack("<IIQQQQIIQQ", place, kind, flags, 0, start, len(content), link, first, 8, size))
        data += content + bytes(-len(content) % 8)
    table = _HEADER_SIZE + len(data)
    numbers = (_HEADER_SIZE, 0, 0, _SECTION_SIZE, len(headers), len(headers) - 1)
    head = struct.pack("<16sHHIQQQI6H", b"\x7fELF\2\1\1", 1, 62, 1, 0, 0, table, 0, *numbers)
    return head + data + b"".join(headers)


def loadable(
    name: str, info: Iterable[str] = (), wants: Iterable[str] = (), sections: Mapping[str, bytes] | None = None
) -> bytes:
    """A module with this name that the kernel takes: it has a license, and a `struct module` of Debian 12's size."""
    struct_module = (bytes(24) + name.encode()).ljust(896, b"\0")
    texts = (f"name={name}", "license=GPL", *info)
    return module(texts, wants=wants, sections={".gnu.linkonce.this_module": struct_module} | dict(sections or {}))


def _strings(texts: Sequence[str]) -> tuple[bytes, list[int]]:
    """A string table, and where in it each text is."""
    table, places = b"\0", []
    for text in texts:
        places.append(len(table))
        table += text.encode() + b"\0"
    return table, places
