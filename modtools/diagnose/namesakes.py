"""Names that a kernel has: whether it has one that it does not export, and which are like it."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from modtools.kernel.state import Kernel

_MOST: Final = 3
_LIKE: Final = 0.8
"""How like names must be: the part of both that agrees, `difflib`'s ratio."""
_BEGINNING: Final = 3


class Namesakes:
    """The names of one kernel, which are gone through once, and answers that many modules ask for."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._similar: dict[str, list[str]] = {}

    @cached_property
    def _letters(self) -> dict[str, str]:
        return {name: letter for _, letter, name in self._kernel.kallsyms}

    @cached_property
    def _by_beginning(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self._kernel.symbols.names:
            found.setdefault(name.lstrip("_")[:_BEGINNING], []).append(name)
        return found

    def letter(self, name: str) -> str | None:
        """Return the letter of a symbol of the kernel proper, exported or not, as /proc/kallsyms has it."""
        return self._letters.get(name)

    def similar(self, name: str) -> list[str]:
        """Return the exported symbols that begin alike and are most like a name."""
        if name not in self._similar:
            from difflib import get_close_matches  # only for whom there is something to find

            among = self._by_beginning.get(name.lstrip("_")[:_BEGINNING], ())
            self._similar[name] = get_close_matches(name, among, _MOST, _LIKE)
        return self._similar[name]
