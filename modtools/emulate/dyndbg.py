"""Dynamic debug: which pr_debug() of a module print, and with what in front.

From Linux 6.1: `lib/dynamic_debug.c`, `include/linux/dynamic_debug.h`, Documentation/admin-guide/
dynamic-debug-howto.rst. One `struct _ddebug` stands for each pr_debug(). A query that the kernel would refuse changes
nothing here; its complaint is not logged.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from modtools.emulate.cpu.jump_labels import switch
from modtools.emulate.symbols.structs import size_of, view
from modtools.light import NamedTuple

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


PRINT, MODULE, FUNCTION, LINE, THREAD = 1, 2, 4, 8, 16
_LETTERS = {"p": PRINT, "m": MODULE, "f": FUNCTION, "l": LINE, "t": THREAD, "_": 0}


class Descriptor(NamedTuple):
    """Describes one pr_debug(): where it is, and its flags."""

    address: int
    module: str
    function: str
    file: str
    format: str
    line: int
    flags: int


def descriptor(guest: Guest, address: int) -> Descriptor:
    """Return the `struct _ddebug` at an address."""
    row = view(guest, "_ddebug", address)
    module, function, file, pattern = map(guest.text, (row.modname, row.function, row.filename, row.format))
    return Descriptor(address, module, function, file, pattern, row.lineno, row.flags)


def change(guest: Guest, module: str, queries: str) -> None:
    """Carry out queries like `func hello_init +pfl` for the pr_debug() of one module."""
    start, size = guest.images[module].section("__dyndbg")
    for query in queries.replace("\n", ";").split(";"):
        try:
            *words, operation = shlex.split(query, comments=True)
            wanted = [_TESTS[key](value) for key, value in zip(words[::2], words[1::2], strict=True)]
            letters = sum({_LETTERS[letter] for letter in operation[1:]})
            combine = _OPERATIONS[operation[0]]
        except (ValueError, KeyError, IndexError):
            continue
        step = size_of(guest, "_ddebug")
        for address in range(start, start + size - step + 1, step):
            found = descriptor(guest, address)
            if all(test(found) for test in wanted):
                _set_flags(guest, found, combine(found.flags, letters))


def _set_flags(guest: Guest, found: Descriptor, flags: int) -> None:
    row = view(guest, "_ddebug", found.address)
    row.flags = flags
    if (flags ^ found.flags) & PRINT:
        switch(guest, row.address("key"), bool(flags & PRINT))


def prefix(guest: Guest, address: int, process: int) -> str:
    """Return what the flags of a pr_debug() put in front of its message."""
    found = descriptor(guest, address)
    parts = {MODULE: found.module, FUNCTION: found.function, LINE: str(found.line)}
    place = "".join(f"{text}:" for flag, text in parts.items() if found.flags & flag)
    return (f"[{process}] " if found.flags & THREAD else "") + (f"{place} " if place else "")


_OPERATIONS: dict[str, Callable[[int, int], int]] = {
    "+": lambda before, letters: before | letters,
    "-": lambda before, letters: before & ~letters,
    "=": lambda _before, letters: letters,
}

Test = Callable[[Descriptor], bool]


def _of_file(value: str) -> Test:
    name, _, place = value.partition(":")
    inside = (_of_lines(place) if place[:1].isdigit() else _of_function(place)) if place else lambda _found: True
    return lambda found: (
        fnmatchcase(found.file.rpartition("/")[2], name) | fnmatchcase(found.file, name) and inside(found)
    )


def _of_function(value: str) -> Test:
    return lambda found: fnmatchcase(found.function, value)


def _of_lines(value: str) -> Test:
    first, dash, last = value.partition("-")
    low, high = int(first or 0), int(last or 1 << 18) if dash else int(first)
    return lambda found: low <= found.line <= high


_TESTS: dict[str, Callable[[str], Test]] = {
    "func": _of_function,
    "file": _of_file,
    "line": _of_lines,
    "module": lambda value: lambda found: fnmatchcase(found.module, value.replace("-", "_")),
    "format": lambda value: (
        lambda found: found.format.startswith(value[1:]) if value[:1] == "^" else value in found.format
    ),
}
