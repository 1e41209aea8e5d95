"""Names for addresses in a module's memory."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from modtools.emulate.symbols.images import ModuleImage


def image(*symbols: tuple[str, int]) -> ModuleImage:
    """A module with these symbols in its one part, which ends at 0x2000."""
    rows = [SimpleNamespace(name=name, shndx=1) for name, _ in (("", 0), *symbols)]
    module: Any = SimpleNamespace(elf=SimpleNamespace(symbols=rows))
    return ModuleImage("mine", module, {}, [0, *(value for _, value in symbols)], ((0x1000, 0x2000),))


def test_what_assemblers_mark_names_nothing() -> None:
    """Neither the symbol for an address nor the one where the next begins is a mapping symbol."""
    made = image(("first", 0x1000), (".L12", 0x1010), ("$x", 0x1018), ("second", 0x1020))
    assert made.describe(0x1019, 0) == ("first", 0x19, 0x20)
    assert made.describe(0x1021, 0) == ("second", 1, 0xFE0)
    assert image((".Lonly", 0x1000)).describe(0x1004, 0) is None
