"""The order in which new index files take the places of old ones, so that at each moment modprobe reads them rightly.

A lookup goes down: soft dependencies name modules and aliases, aliases name modules, and modules.dep.bin and
modules.builtin.bin say what a module is. So what is named is there before, and for as long as, anything names it:

1.  modules.dep.bin, with the new line of each module, and the old line of each that is gone;
2.  modules.builtin.bin, and modules.builtin.alias.bin with the old entries of aliases that are gone;
3.  modules.alias.bin and modules.symbols.bin, which come before modules.builtin.alias.bin in a lookup;
4.  modules.builtin.alias.bin and modules.dep.bin as they are to stay, where 1 and 2 had more;
5.  modules.softdep and modules.weakdep, which may name what is not there any more but not what is not there yet;
6.  what modprobe does not read, and at last modules.dep, whose time of change tells `depmod -A` that the index is new.

After any number of these a module, symbol or alias that the old index and the new one have is found, and stands for
what one of them says, or for a moment what both say where it fits patterns of modules that are compiled in. The path
and the dependencies of a module are one line, the old one or the new one. Those are all the files that modprobe
opens (kmod 34's `libkmod/libkmod.c`, and pymod's). Only where the same run changes a soft dependency and the alias
that it names, the line of one index may meet the alias of the other, or none, which modprobe passes over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Final

from modtools import hostfile
from modtools.errors import FormatError
from modtools.formats.index import LIMIT, Index
from modtools.formats.index_write import IndexBuilder

LAST: Final = "modules.dep"
_DEP, _BUILTIN, _BUILTIN_ALIAS = "modules.dep.bin", "modules.builtin.bin", "modules.builtin.alias.bin"
_FIRST: Final = (_DEP, _BUILTIN, _BUILTIN_ALIAS, "modules.alias.bin", "modules.symbols.bin")

_Pairs = list[tuple[str, str]]


def in_order(folder: str, contents: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield names and contents in the order in which to replace the files in `folder`; a name may come twice."""
    bridges = _bridges(folder, contents)
    for name in filter(contents.__contains__, _FIRST):
        yield name, bridges.get(name, contents[name])
    for name in (*sorted(bridges), *sorted(contents.keys() - {*_FIRST, LAST}), *({LAST} & contents.keys())):
        yield name, contents[name]


def _bridges(folder: str, contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files with the old entries of keys that are gone, as far as there are such."""
    made = {}
    for name in (_DEP, _BUILTIN_ALIAS):
        old = _read(folder, name, contents[name]) if name in contents else []
        new = _pairs(contents[name]) if old else []
        keys = {key for key, _ in new}
        gone = [pair for pair in old if pair[0] not in keys]
        if gone:
            made[name] = _index([*new, *gone])
    return made


def _index(pairs: Iterable[tuple[str, str]]) -> bytes:
    index = IndexBuilder()
    for pair in pairs:
        with suppress(FormatError):
            index.add(*pair)
    return index.encode()


def _read(folder: str, name: str, new: bytes) -> _Pairs:
    """Return what the old file holds, nothing if that is what the new one does."""
    try:
        old = hostfile.read(f"{folder}/{name}", LIMIT)
    except OSError:
        return []
    return [] if old == new else _pairs(old)


def _pairs(data: bytes) -> _Pairs:
    """Return all that an index holds; nothing if it is damaged, for then modprobe finds nothing there either."""
    try:
        return list(Index(data).items())
    except FormatError:
        return []
