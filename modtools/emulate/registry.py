"""The functions and variables of the kernel that are provided: how they are declared, and how they are found.

A file under `functions/` declares them with the decorators below. Which file has which symbol is read out of the
sources, so that only the files that a module needs are imported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from modtools.emulate.signature import Signature, parse

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

FOLDER = Path(__file__).parent / "functions"

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
    """A function of the kernel so small that it is given as machine code."""

    code: bytes


class Variable(NamedTuple):
    """A variable of the kernel: its size in bytes and what fills it. Per-cpu ones lie at small addresses."""

    size: int
    fill: Initializer


Entry = Function | Native | Variable

ENTRIES: dict[str, Entry] = {}
_NAME = re.compile(r"(\w+)\(")


def function(*declarations: str) -> Callable[[Handler], Handler]:
    """Provide functions by their C declarations, one text each. All of them are done by the decorated handler.

    It is called with the `Guest`, then one int for each parameter (pointers and unsigned types without sign, `bool` as
    0 or 1), then a `Values` for `...`. It returns an int, a bool or None.
    """

    def register(handler: Handler) -> Handler:
        for declaration in declarations:
            ENTRIES[_name(declaration)] = Function(declaration, handler)
        return handler

    return register


def variable(name: str, size: int) -> Callable[[Initializer], Initializer]:
    """Provide a variable: the decorated function fills its memory, which is all zeros before, at first use."""

    def register(fill: Initializer) -> Initializer:
        ENTRIES[name] = Variable(size, fill)
        return fill

    return register


def native(name: str, code: str) -> None:
    """Provide a function as machine code, in hexadecimal. It must stay within sixteen bytes, or what is its own."""
    ENTRIES[name] = Native(bytes.fromhex(code))


def _name(declaration: str) -> str:
    found = _NAME.search(declaration)
    if found is None:
        raise ValueError(f"no function is declared by {declaration!r}")
    return found[1]


_DECLARED = re.compile(
    r"""^(?:@(function)\((.*?)\)\n(?=def\ |@)     # a decorator, with all its declarations
    |(function)\((.*?)\)\(                      # the same as a call
    |@?(variable|native)\(\s*"(\w+)")""",
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
_TEXT = re.compile(r'"([^"]*)"')


def _declared(source: str) -> Iterator[str]:
    for _, decorated, _, called, _, name in _DECLARED.findall(source):
        if name:
            yield name
        else:
            yield from (_name(text) for text in _TEXT.findall(decorated or called) if "(" in text)


@cache
def _sources() -> dict[str, str]:
    """Return the text of each file (without .py) of functions."""
    return {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.py")) if path.stem != "__init__"}


@cache
def _names_in(stem: str) -> frozenset[str]:
    return frozenset(_declared(_sources()[stem]))


@cache
def index() -> dict[str, str]:
    """Return the file (without .py) of each symbol that is provided."""
    return {name: stem for stem in _sources() for name in _names_in(stem)}


@cache
def _file_of(name: str) -> str | None:
    """Return the file (without .py) of one symbol, or None. Only files in which the name stands as in a declaration
    are taken apart.
    """
    marks = (f" {name}(", f"*{name}(", f'"{name}"')
    likely = (stem for stem, source in _sources().items() if any(mark in source for mark in marks))
    return next((stem for stem in likely if name in _names_in(stem)), None)


def find(name: str) -> Entry | None:
    """Return what is provided for a symbol, or None if nothing is."""
    if name not in ENTRIES and (stem := _file_of(name)) is not None:
        import_module(f"modtools.emulate.functions.{stem}")
    return ENTRIES.get(name)
