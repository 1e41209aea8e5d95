"""What running code leaves behind, as bytes for a file.

    8     magic "pymodmem"
    4     bytes of the header, little-endian
    4     bytes of the pages unpacked
    ...   a zlib stream: the header, which is JSON, then the pages

The header has the tables of the kernel functions, for each window of the address space the stretches of mapped pages
([first, count, permissions], those of modules left out), and for each window the numbers of the pages that
follow.

JSON has only texts as keys: a table with other keys is written {"": [[key, value], ...]}, bytes are {"": "hex"}.
"""

from __future__ import annotations

import json
import struct
import zlib
from typing import Any

from modtools.emulate.memory import address_space
from modtools.errors import StateError
from modtools.jsonfields import loads
from modtools.link.memory import PAGE, Memory

MAGIC = b"pymodmem"
_HEADER = struct.Struct("<8sII")
_LARGEST = 512 << 20


def pack(memory: Memory, tables: dict[str, Any]) -> bytes:
    """Return as bytes everything that linking again would not bring back."""
    maps = [list(w.runs()) if w.base != address_space.MODULES else [] for w in memory.windows]
    dirty = [sorted([*w.kept, *(page for page in w.dirty if w.permissions[page])]) for w in memory.windows]
    header = json.dumps({"tables": encode(tables), "maps": maps, "dirty": dirty}, separators=(",", ":")).encode()
    pages = b"".join(
        window.kept.get(page) or window.content(page)
        for window, numbers in zip(memory.windows, dirty, strict=True)
        for page in numbers
    )
    return _HEADER.pack(MAGIC, len(header), len(pages)) + zlib.compress(header + pages, 1)


def unpack(data: bytes, memory: Memory, tables: dict[str, Any]) -> None:
    """Fill the tables, map the pages and fill those; what modules have in theirs is kept until they are linked. Raises
    StateError.
    """
    if not data:
        return
    try:
        header, pages = _split(data)
        content = loads(header)
        tables.update(decode(content["tables"]))
        for window, runs in zip(memory.windows, content["maps"], strict=False):
            for first, count, permissions in runs:
                memory.map(window.base + first * PAGE, count * PAGE, permissions)
        _fill(memory, content["dirty"], pages)
    except (ValueError, KeyError, TypeError, zlib.error, struct.error) as error:
        raise StateError(f"the memory of the modules is damaged ({error})") from error


def _split(data: bytes) -> tuple[bytes, bytes]:
    magic, size, rest = _HEADER.unpack_from(data)
    if magic != MAGIC or size + rest > _LARGEST:
        raise ValueError(f"it starts with {data[:8]!r}")
    stream = zlib.decompressobj().decompress(data[_HEADER.size :], size + rest)
    if len(stream) != size + rest:
        raise ValueError("it ends too early")
    return stream[:size], stream[size:]


def _fill(memory: Memory, dirty: list[list[int]], pages: bytes) -> None:
    at = 0
    for window, numbers in zip(memory.windows, dirty, strict=False):
        for page in numbers:
            content = pages[at : at + PAGE]
            if window.permissions[page]:
                window.fill(page, content)
                window.dirty.add(page)
            elif window.base == address_space.MODULES:
                window.kept[page] = content
            at += PAGE


def encode(value: Any) -> Any:
    """Return a value as JSON can have it. Raises TypeError for what it cannot."""
    if isinstance(value, dict):
        if all(isinstance(key, str) and key for key in value):
            return {key: encode(entry) for key, entry in value.items()}
        return {"": [[encode(key), encode(entry)] for key, entry in value.items()]}
    if isinstance(value, list | tuple):
        return [encode(entry) for entry in value]
    if isinstance(value, bytes):
        return {"": value.hex()}
    if value is None or isinstance(value, int | str):
        return value
    raise TypeError(f"{type(value).__name__} in a table that is to be stored")


def decode(value: Any) -> Any:
    """Return the value that `encode()` was given; tuples are lists now, but as keys they are tuples. Raises
    TypeError.
    """
    if isinstance(value, list):
        return [decode(entry) for entry in value]
    if value is None or isinstance(value, int | str):
        return value
    if not isinstance(value, dict):
        raise TypeError(f"{type(value).__name__} in a table that was stored")
    if "" not in value:
        return {key: decode(entry) for key, entry in value.items()}
    inner = value[""]
    if isinstance(inner, str):
        return bytes.fromhex(inner)
    return {_key(decode(key)): decode(entry) for key, entry in inner}


def _key(key: Any) -> Any:
    return tuple(key) if isinstance(key, list) else key
