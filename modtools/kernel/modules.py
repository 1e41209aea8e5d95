"""The loaded modules: what the kernel knows of each, and the list of them.

Stands for `struct module` (`include/linux/module.h`) and the list `modules` of `kernel/module/main.c` in Linux 6.1. The
list also answers what would take long to ask each of thousands of modules for every other one.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass, field
from enum import StrEnum

from modtools.light import TYPE_CHECKING, NamedTuple
from modtools.link.areas import Area

# Not at run time: `pymod lsmod` does not need it, and would start later.
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from modtools.profiles.exports import ExportedSymbol


class ModuleState(StrEnum):
    """The state of a module, as `/sys/module/NAME/initstate` shows it."""

    COMING = "coming"
    LIVE = "live"
    GOING = "going"


@dataclass(slots=True)
class Parameter:
    """One parameter of a loaded module: `type` as in `modtools.kernel.params.types`, `mode` its permissions under /sys.

    `value` is what the module's memory holds: an int, text, None for a NULL pointer, or a list for an array. `bare`
    says that its own functions take it without a value, too; that matters only while it is loaded, and is not stored.
    """

    name: str
    type: str
    mode: int
    value: int | str | list[int | str | None] | None
    maximum: int = 0
    counted: bool = False
    unsafe: bool = False
    bare: bool = False


SymbolRow = tuple[int, str, str]
"""Address, type letter and name."""


@dataclass(slots=True, eq=False)
class Details:
    """The bulky part of a loaded module. Addresses are ints; `notes` has (name, content in hexadecimal).

    Of a module that was just loaded, nobody may ever ask for the symbols and the BTF: what makes them makes them then.
    """

    sections: list[tuple[str, int]] = field(default_factory=list)
    symbols_source: Callable[[], list[SymbolRow]] = list
    notes: list[tuple[str, str]] = field(default_factory=list)
    parameters: list[Parameter] = field(default_factory=list)
    btf_source: Callable[[], str] = str
    _symbols: list[SymbolRow] | None = None
    _btf: str | None = None

    @property
    def symbols(self) -> list[SymbolRow]:
        """Return the symbols that /proc/kallsyms shows, made on first use."""
        if self._symbols is None:
            self._symbols, self.symbols_source = self.symbols_source(), list
        return self._symbols

    @property
    def btf(self) -> str:
        """Return the module's BTF as it is shown, packed by zlib, in hexadecimal; made on first use."""
        if self._btf is None:
            self._btf, self.btf_source = self.btf_source(), str
        return self._btf

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Details) and self._facts() == other._facts()

    def _facts(self) -> tuple[object, ...]:
        return self.sections, self.symbols, self.notes, self.parameters, self.btf


class InitRecord(NamedTuple):
    """How init went: `how` is "none" (there is no init), "assumed" (no runner; taken as 0), or an `End` of
    `modtools.kernel.runner`: "returned" a `value`, or not run to its end, and `detail` says why."""

    how: str
    value: int = 0
    detail: str = ""


NO_INIT = InitRecord("none")


NO_REFERENCE = -1
"""The `refcount` of a module that has lost the kernel's own base reference: one that is going, or was given back too
often.
"""


@dataclass(slots=True)
class LoadedModule:
    """A module in the kernel. `areas` are its memory, in the order of its layout.

    `users` and `uses` are names, newest first; `refcount` is without the kernel's own base reference, so 0 for a module
    that nobody holds. `until` is when it stops to be coming or going (`transitions`), in seconds since the epoch.
    `details_file` is where `details` is stored, "" while it is not.
    """

    name: str
    state: ModuleState
    areas: tuple[Area, ...] = ()
    refcount: int = 0
    taints: int = 0
    users: list[str] = field(default_factory=list)
    uses: list[str] = field(default_factory=list)
    exports_source: Callable[[], dict[str, ExportedSymbol]] = dict
    has_init: bool = False
    has_exit: bool = False
    args: str = ""
    path: str = ""
    sha256: str = ""
    version: str | None = None
    srcversion: str | None = None
    import_ns: str | None = None
    init: InitRecord = NO_INIT
    signed: bool = False
    until: float = 0.0
    details_source: Callable[[], Details] = Details
    details_file: str = ""
    _details: Details | None = None
    _exports: dict[str, ExportedSymbol] | None = None

    @property
    def exports(self) -> dict[str, ExportedSymbol]:
        """Return the symbols that the module exports, by name."""
        if self._exports is None:
            self._exports = self.exports_source()
        return self._exports

    @exports.setter
    def exports(self, exports: dict[str, ExportedSymbol]) -> None:
        self._exports = exports

    @property
    def details(self) -> Details:
        """Return the bulky part, fetched on first use."""
        if self._details is None:
            self._details = self.details_source()
        return self._details

    @details.setter
    def details(self, details: Details) -> None:
        self._details, self.details_file = details, ""

    def details_changed(self) -> None:
        """Note that `details` was changed in place, so that it is written again."""
        self.details_file = ""

    @property
    def address(self) -> int:
        """Return the address in /proc/modules; 0 if nothing is there."""
        return self.areas[0].base if self.areas else 0

    @property
    def core_size(self) -> int:
        """Return how many bytes stay after init."""
        return sum(area.size for area in self.areas if not area.kind.init)

    @property
    def init_size(self) -> int:
        """Return how many bytes there are that go when init has returned; 0 afterwards."""
        return sum(area.size for area in self.areas if area.kind.init)

    def holds(self, address: int) -> bool:
        """Return whether an address lies in the module's memory."""
        return any(area.holds(address) for area in self.areas)

    @property
    def placed(self) -> list[Area]:
        """Return the areas that there are: none for init when that has been given back."""
        return [area for area in self.areas if area.size]

    def free_init(self) -> None:
        """Give the memory for init back."""
        self.areas = tuple(Area(area.kind) if area.kind.init else area for area in self.areas)

    @property
    def size(self) -> int:
        """Return the size in /proc/modules in bytes: core, and init while that is kept."""
        return self.core_size + self.init_size

    @property
    def permanent(self) -> bool:
        """Return whether only force removes it: it has an init but no exit function."""
        return self.has_init and not self.has_exit


class Modules(dict[str, LoadedModule]):
    """The loaded modules by name, the oldest first. They are changed by `[name] =` and `del` alone.

    A module is added with its exports and the memory that stays, which do not change from then on.
    """

    _exporters: dict[str, list[LoadedModule]] | None = None
    _in_init: list[LoadedModule] | None = None
    _taken: list[tuple[int, int]] | None = None
    _guard: int = 0

    def exporters(self, symbol: str) -> Sequence[LoadedModule]:
        """Return the modules that export a symbol, the oldest first."""
        if self._exporters is None:
            self._exporters = {}
            _note_exports(self._exporters, self.values())
        return self._exporters.get(symbol, ())

    def taken(self, guard: int) -> list[tuple[int, int]]:
        """Return start and end of each area that stays, with `guard` bytes after it, by address (see `take`)."""
        if self._taken is None or self._guard != guard:
            self._taken, self._guard = [], guard
            _note_areas(self._taken, guard, self.values())
        return self._taken.copy()

    def in_init(self) -> Sequence[LoadedModule]:
        """Return the modules that still have memory for init: it goes when init is over, and never comes back."""
        self._in_init = [m for m in (self.values() if self._in_init is None else self._in_init) if m.init_size]
        return self._in_init

    def __setitem__(self, name: str, module: LoadedModule) -> None:
        if name in self:
            self._forget()
        if self._in_init is not None:
            self._in_init.append(module)
        if self._exporters is not None:
            _note_exports(self._exporters, [module])
        if self._taken is not None:
            _note_areas(self._taken, self._guard, [module])
        super().__setitem__(name, module)

    def __delitem__(self, name: str) -> None:
        super().__delitem__(name)
        self._forget()

    def _forget(self) -> None:
        self._exporters = self._taken = self._in_init = None


def take(taken: list[tuple[int, int]], start: int, end: int) -> None:
    """Add an area to a sorted list of them. Areas that touch become one, so that the list stays short."""
    at = bisect(taken, (start, end))
    if at < len(taken) and taken[at][0] == end:
        _, end = taken.pop(at)
    if at and taken[at - 1][1] == start:
        at -= 1
        start, _ = taken.pop(at)
    taken.insert(at, (start, end))


def _note_exports(exporters: dict[str, list[LoadedModule]], modules: Iterable[LoadedModule]) -> None:
    for module in modules:
        for symbol in module.exports:
            exporters.setdefault(symbol, []).append(module)


def _note_areas(taken: list[tuple[int, int]], guard: int, modules: Iterable[LoadedModule]) -> None:
    for area in (area for module in modules for area in module.areas):
        if area.size and not area.kind.init:
            take(taken, area.base, area.base + area.size + guard)
