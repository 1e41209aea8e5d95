"""The functions and variables of the kernel that are provided: how they are declared, and how they are found.

A file under `linux/` declares them with the decorators below. Which file has which symbol stands in `index.txt`, a line
for each symbol, so that only the files that a module needs are imported. `make index` writes it again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from modtools.emulate.symbols.renames import earlier
from modtools.emulate.symbols.signature import Signature, parse, same_shape, takes_nothing
from modtools.light import NamedTuple

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

INDEX = Path(__file__).with_name("index.txt")

Handler = Callable[..., Any]
Initializer = Callable[["Guest", int], None]


@dataclass(frozen=True)
class Function:
    """A function of the kernel, done in Python: `handler(guest, *arguments)`."""

    declaration: str
    handler: Handler

    @cached_property
    def signature(self) -> Signature:
        """Return its C signature, taken apart on first use."""
        return parse(self.declaration)


class Native(NamedTuple):
    """A function of the kernel so small that it is given as machine code, which the processor's `Abi` has by name."""

    name: str


class Variable(NamedTuple):
    """A variable of the kernel: its size in bytes, or the structure that it is, and what fills it. Per-cpu ones lie at
    small addresses.
    """

    size: int | str
    fill: Initializer


Entry = Function | Native | Variable

ENTRIES: dict[str, Entry] = {}
VARIANTS: dict[str, list[Function]] = {}
"""All functions that were declared by each name, the one in `ENTRIES` first: kernels differ in their prototypes."""
_NAME = re.compile(r"(\w+)\(")


def function(*declarations: str) -> Callable[[Handler], Handler]:
    """Provide functions by their C declarations, one text each. All of them are done by the decorated handler.

    It is called with the `Guest`, then one int for each parameter (pointers and unsigned types without sign, `bool` as
    0 or 1), then a `Values` for `...`. It returns an int, a bool or None. The first declaration of a name is
    that of the kernel that all was first written for; a later one with other parameters is for kernels that have it so.
    """

    def register(handler: Handler) -> Handler:
        for declaration in declarations:
            entry = Function(declaration, handler)
            ENTRIES.setdefault(_name(declaration), entry)
            VARIANTS.setdefault(_name(declaration), []).append(entry)
        return handler

    return register


def variable(name: str, size: int | str) -> Callable[[Initializer], Initializer]:
    """Provide a variable: the decorated function fills its memory, which is all zeros before, at first use."""

    def register(fill: Initializer) -> Initializer:
        ENTRIES[name] = Variable(size, fill)
        return fill

    return register


def native(name: str) -> None:
    """Provide a function as machine code, which the processor's `Abi` has by this name."""
    ENTRIES[name] = Native(name)


def _name(declaration: str) -> str:
    found = _NAME.search(declaration)
    if found is None:
        raise ValueError(f"no function is declared by {declaration!r}")
    return found[1]


@cache
def _index() -> str:
    return "\n" + INDEX.read_text("ascii")


def index() -> dict[str, str]:
    """Return the module below modtools.emulate.linux that provides each symbol, such as `lib.string` for strlen."""
    return dict(line.split() for line in _index().splitlines() if line)


def _module_of(name: str) -> str | None:
    lines, key = _index(), f"\n{name} "
    at = lines.find(key)
    return None if at < 0 else lines[at + len(key) : lines.index("\n", at + len(key))]


def find(name: str) -> Entry | None:
    """Return what is provided for a symbol, or None if nothing is."""
    if name not in ENTRIES and (module := _module_of(name)) is not None:
        import_module(f"modtools.emulate.linux.{module}")
    return ENTRIES.get(name)


def find_in(name: str, prototypes: Mapping[str, str], home: Mapping[str, str]) -> Entry | None:
    """Return what is provided for a symbol in a kernel with these C declarations by name; None if nothing is, or only
    functions of another prototype.

    `home` are the declarations of the kernel that the first of each name's functions stands for. They need not say what
    that function does: BTF has no parameters of functions in assembly. What is only renamed is found by its old name.
    """
    wanted = prototypes.get(name)
    names = (known for known in (name, *earlier(name)) if find(known) is not None)
    return next((entry for known in names if (entry := _fitting(known, wanted, home))), None)


def _fitting(name: str, wanted: str | None, home: Mapping[str, str]) -> Entry | None:
    """Return what is provided by this name for the declaration that a kernel has, None if nothing fits."""
    entry = find(name)
    if not isinstance(entry, Function) or wanted is None or same_shape(wanted, home.get(name, entry.declaration)):
        return entry
    if name not in home and takes_nothing(wanted) and takes_nothing(entry.declaration):
        return entry
    return next((other for other in VARIANTS[name] if same_shape(wanted, other.declaration)), None)
