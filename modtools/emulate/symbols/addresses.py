"""Kernel symbols and their addresses.

A symbol that is provided has the address that the kernel gives it. A list of symbols may tell none, as Module.symvers
does not; then it is that of the kernel that the emulator knows. Any other symbol gets an address of its own where
nothing lies (a slot), so that the first use of it is noticed and can be named: a module may import what it never uses.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from modtools.emulate.memory import address_space
from modtools.emulate.stops import Needs
from modtools.emulate.symbols import kallsyms, percpu
from modtools.emulate.symbols.percpu import STACK_CANARY, STACK_CANARY_AT
from modtools.emulate.symbols.registry import Entry, Function, Native, Variable, find, find_in
from modtools.emulate.symbols.structs import offset_of
from modtools.link.layout import align
from modtools.link.memory import PAGE, READ, WRITE, Fault
from modtools.profiles.structures import UnknownLayout

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest
    from modtools.kernel.state import Kernel
    from modtools.profiles import Profile
    from modtools.profiles.exports import ExportedSymbol


JIFFIES_AT_BOOT = (1 << 32) - 300 * 250
_LINE = 64
_GOES_ON = {
    "warn": "__warn_thunk",
    "spin": "native_queued_spin_lock_slowpath",
    "write": "queued_write_lock_slowpath",
    "read": "queued_read_lock_slowpath",
}
"""The functions that machine code goes on as, by what stands for their addresses in `Abi.natives`."""


def named(kernel: Kernel, profile: Profile) -> list[tuple[int, str]]:
    """Return address and name of what the kernel exports, sorted by address."""
    return sorted((address, symbol.name) for symbol in kernel.symbols if (address := _address(symbol, profile)))


def _address(symbol: ExportedSymbol, profile: Profile) -> int | None:
    """Return the address at which the kernel has a symbol, None if nothing tells it; offsets of per-cpu variables come
    with the emulator.
    """
    if symbol.address is not None and address_space.KERNEL <= symbol.address < address_space.VARIABLES:
        return symbol.address
    ours = profile.exports.get(symbol.name)
    return None if ours is None else ours.address


class Addresses:
    """Addresses of kernel symbols for one run; slots and variables in use are stored with the state."""

    def __init__(self, guest: Guest) -> None:
        self._guest = guest
        self._functions: dict[int, Function] = {}
        self._names: dict[int, str] = {}
        self.stubs: dict[int, bytes] = {}
        self._slots = guest.table("slots")
        self._variables = guest.table("variables")
        self._map_per_cpu()
        for name, address in self._variables.items():
            self._map_variable(name, address)

    def reload(self) -> None:
        """Look slots and variables up in the tables again, which were replaced."""
        self._slots, self._variables = self._guest.table("slots"), self._guest.table("variables")

    def resolve(self, name: str) -> int:
        """Return the value that relocations against a kernel symbol get; of `current->FIELD`, a field that is not
        there, the slot.
        """
        if "->" in name:
            return self._slot(name)
        symbol = self._guest.kernel.symbols.get(name) or self._guest.profile.exports.get(name)
        known = None if symbol is None else _address(symbol, self._guest.profile)
        entry = self._entry(name)
        if isinstance(entry, Function | Native):
            return self._code(name, known or self._slot(name), entry)
        if isinstance(entry, Variable):
            return self._variable(name, known, entry)
        return self._slot(name)

    def function(self, address: int) -> Function | None:
        """Return the kernel function that is done in Python at an address, or None; an earlier process may have kept
        its pointer. One that is machine code is put there then.
        """
        if address not in self._functions:
            for name in self._names_at(address):
                entry = self._entry(name)
                if isinstance(entry, Function | Native):
                    self._code(name, address, entry)
        return self._functions.get(address)

    def _entry(self, name: str) -> Entry | None:
        """Return what is provided for a symbol by the prototype that this kernel has of it, or None."""
        profile, home = self._guest.profile, self._guest.home
        return find(name) if profile is home else find_in(name, profile.prototypes, home.prototypes)

    def _names_at(self, address: int) -> list[str]:
        if address_space.SLOTS <= address < address_space.SLOTS_END:
            return [self.name(address)]
        exported = [name for place, name in self._guest.kernel_symbols if place == address]
        return exported or kallsyms.names_at(self._guest, address)

    def name(self, address: int) -> str:
        """Return the name of the symbol that has an address, for a message; the bare number if none has."""
        if address_space.SLOTS <= address < address_space.SLOTS_END:
            number = (address - address_space.SLOTS) // address_space.SLOT
            return next((name for name, slot in self._slots.items() if slot == number), f"{address:#x}")
        return self._names.get(address) or next(iter(self._names_at(address)), f"{address:#x}")

    def slot_name(self, address: int) -> str | None:
        """Return the symbol in whose slot an address lies, plainly or relative to the per-cpu base; None for any other
        address.
        """
        for place in (address, self._guest.per_cpu.pointer(address)):
            if address_space.SLOTS <= place < address_space.SLOTS_END:
                return self.name(place)
        return None

    def refresh_clock(self) -> None:
        """Write the time into the variables that tell it: jiffies and jiffies_64."""
        self._set_clock(self._guest.jiffies)

    @contextmanager
    def without_clock(self) -> Iterator[None]:
        """Look at memory as if no time passed."""
        self._set_clock(0)
        try:
            yield
        finally:
            self.refresh_clock()

    @property
    def clock(self) -> list[int]:
        """Return the addresses of the variables that tell the time."""
        return [self._variables[name] for name in ("jiffies", "jiffies_64") if name in self._variables]

    def _set_clock(self, jiffies: int) -> None:
        for place in self.clock:
            self._guest.memory.fill(place, jiffies.to_bytes(8, "little"))

    def _slot(self, name: str) -> int:
        if name not in self._slots:
            self._slots[name] = len(self._slots)
        address: int = address_space.SLOTS + self._slots[name] * address_space.SLOT
        return address

    def _code(self, name: str, address: int, entry: Function | Native) -> int:
        self._names[address] = name
        if isinstance(entry, Native):
            code = self.stubs[address] = self._native(entry.name)
            if "engine" in self._guest.__dict__:
                self._guest.engine.place_stub(address, code)
        else:
            self._functions[address] = entry
        return address

    def _native(self, name: str) -> bytes:
        """Return the machine code of a small function."""
        abi, text = self._guest.abi, self._guest.abi.natives[name]
        if "{count}" in text:
            text = text.replace("{count}", self._per_cpu_pointer(abi.preempt_count))
        for kind, function in _GOES_ON.items():
            if f"{{{kind}}}" in text:
                text = text.replace(f"{{{kind}}}", (self.resolve(function) & 0xFFFFFFFF).to_bytes(4, "little").hex())
        if "{current}" in text:
            nesting = offset_of(self._guest, "task_struct", "rcu_read_lock_nesting").to_bytes(4, "little").hex()
            text = text.format(current=self._per_cpu_pointer(abi.current), nesting=nesting)
        return bytes.fromhex(text)

    def _per_cpu_pointer(self, name: str) -> str:
        """Return the per-cpu pointer of one of the processor's variables as an offset in an instruction."""
        guest = self._guest
        percpu.need(guest, name)
        place = percpu.used(guest, name)
        assert place is not None
        return (guest.per_cpu.pointer(place) & 0xFFFFFFFF).to_bytes(4, "little").hex()

    def _variable(self, name: str, known: int | None, entry: Variable) -> int:
        """Return a variable's address, which is filled at first use; for a per-cpu one its offset in a processor's
        area.
        """
        area = self._guest.per_cpu
        per_cpu = known is not None and area.holds(known)
        if name not in self._variables:
            place = self._free() if known is None else area.here(known) if per_cpu else known
            self._variables[name] = place
            try:
                self._map_variable(name, place)
                entry.fill(self._guest, place)
            except (UnknownLayout, Needs, Fault) as error:  # another kernel's: the first use is noticed and named
                if isinstance(error, Fault) and self.slot_name(error.address) is None:
                    raise
                del self._variables[name]
                return self._slot(name)
            self.refresh_clock()
        place = int(self._variables[name])
        return area.pointer(place) if per_cpu else place

    def _free(self) -> int:
        """Return room beside the kernel's own variables, for one that has no address: code reaches it by 32 bits."""
        ends = [place + self._size(name) for name, place in self._variables.items() if place >= address_space.VARIABLES]
        return align(max(ends, default=address_space.VARIABLES), _LINE)

    def _map_variable(self, name: str, place: int) -> None:
        for page in range(place & -PAGE, place + self._size(name), PAGE):
            if not self._guest.memory.mapped(page):
                self._guest.memory.map(page, PAGE, READ | WRITE)

    def _map_per_cpu(self) -> None:
        memory = self._guest.memory
        if not memory.mapped(address_space.PER_CPU):
            memory.map(address_space.PER_CPU, address_space.PER_CPU_SIZE, READ | WRITE)
            memory.map(self._guest.stack, address_space.STACK_SIZE, READ | WRITE)
        if not self._guest.per_cpu.start:
            memory.fill(address_space.PER_CPU + STACK_CANARY_AT, STACK_CANARY.to_bytes(8, "little"))

    def _size(self, name: str) -> int:
        """Return the size of a variable in bytes; that of a structure is this kernel's."""
        entry = self._entry(name)
        size = entry.size if isinstance(entry, Variable) else PAGE
        return size if isinstance(size, int) else self._guest.structures.size_of(size)
