"""The processor: Unicorn behind a narrow door.

It runs machine code until something happens that code cannot do for itself, and says what (`Stop`). It knows memory and
registers, nothing of the kernel.

Unicorn cannot fetch from the upper half of the address space by its own page tables, so address translation is ours
(UC_TLB_VIRTUAL): each page that the processor touches for the first time is asked for (`_translate`). All kernel text
is one page of HLT instructions; a module that calls a kernel function stops there, at the function's own address. Pages
are handed out read-only first, so that the first write to each is seen: these are the dirty pages.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Collection, Mapping
from typing import Any

import unicorn
from unicorn import unicorn_const as uc
from unicorn import x86_const as x86
from unicorn.unicorn_py3.unicorn import uclib

from modtools.emulate.cpu.blocks import BlockCounter
from modtools.emulate.cpu.processor import SLICE, PageFault, Stop
from modtools.emulate.cpu.x86_64.names import NAMES, RIP
from modtools.emulate.cpu.x86_64.registers import GENERAL, RegisterFile
from modtools.emulate.cpu.x86_64.traps import Traps, Watched
from modtools.emulate.memory import address_space
from modtools.emulate.stops import Needs
from modtools.integers import MASK64
from modtools.link.memory import EXECUTE, PAGE, READ, WRITE, Memory, Window
from modtools.profiles.hardware import Hardware

_PHYSICAL_STEP = 1 << 33
_STUBS = 1 << 40
_STUB_PAGES = 64
_SCRATCH = _STUBS + _STUB_PAGES * PAGE
_NOTHING = {0: _SCRATCH + PAGE, 0xFF: _SCRATCH + 2 * PAGE}
"""Where there is nothing, by the byte that is read."""
_TRANSLATED = 64 << 20
"""Bytes for translated code; Unicorn would take a gigabyte of address space."""
_INT, _BREAKPOINT, _INT3 = 0xCD, 3, b"\xcc"
_INITIAL = {
    x86.UC_X86_REG_CS: 0x10, x86.UC_X86_REG_SS: 0x18,
    x86.UC_X86_REG_FPCW: 0x37F, x86.UC_X86_REG_FPTAG: 0xFFFF, x86.UC_X86_REG_MXCSR: 0x1F80,
}  # fmt: skip
"""The kernel's selectors; the FPU as FNINIT leaves it, and no exception of SSE."""
_DELAY_PORT = 0x80
"""A port that drivers write to for the time that it takes; it reads as all ones."""

_INSTRUCTION_HOOK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_ACCESS = {uc.UC_MEM_READ: READ, uc.UC_MEM_WRITE: WRITE, uc.UC_MEM_FETCH: EXECUTE}


class Engine:
    """One emulated processor, with its registers, over a memory. `per_cpu` is added to per-cpu pointers,
    `text_end` is the address behind the kernel's code.
    """

    def __init__(self, memory: Memory, hardware: Hardware, per_cpu: int, text_end: int) -> None:
        self.memory, self.hardware, self._text_end = memory, hardware, text_end
        self.cycles = 0  # what rdtsc says; moved on by whoever keeps the time
        self.page_fault: PageFault | None = None
        self._refused: tuple[int, int] | None = None
        self._probing = False
        self._uc: Any = unicorn.Uc(unicorn.UC_ARCH_X86, unicorn.UC_MODE_64)
        self._uc.ctl_set_cpu_model(x86.UC_CPU_X86_QEMU64)  # other models have instructions that the machine has not
        self._uc.ctl_set_tcg_buffer_size(_TRANSLATED)
        self._uc.ctl_set_tlb_mode(uc.UC_TLB_VIRTUAL)
        self._physical: dict[int, int] = {}
        self._keep: list[object] = []
        self.io: Mapping[int, tuple[int, int | None]] = {}  # pages of devices: where they are, and the byte read there
        self._map()
        self._uc.hook_add(unicorn.UC_HOOK_TLB_FILL, self._translate)
        for instruction, callback in (
            (x86.UC_X86_INS_RDTSC, self._rdtsc),
            (x86.UC_X86_INS_RDTSCP, self._rdtsc),
            (x86.UC_X86_INS_CPUID, self._cpuid),
        ):
            self._hook_instruction(instruction, callback)
        self.vector: int | None = None  # of the interrupt or exception that the processor stopped for
        self._uc.hook_add(unicorn.UC_HOOK_INTR, self._interrupted)
        self._traps, self._watched = Traps(self._uc, self.memory), Watched(self._uc)
        self.unknown = ""  # what was touched when the processor stopped for it
        self._uc.hook_add(unicorn.UC_HOOK_INSN, self._in, None, 1, 0, x86.UC_X86_INS_IN)
        self._uc.hook_add(unicorn.UC_HOOK_INSN, self._out, None, 1, 0, x86.UC_X86_INS_OUT)
        self._uc.reg_write(x86.UC_X86_REG_GS_BASE, per_cpu)
        self._uc.reg_write(x86.UC_X86_REG_CR4, self.hardware.system.control[4])  # without OSFXSR there is no SSE
        for name, value in _INITIAL.items():
            self._uc.reg_write(name, value)
        self._registers = RegisterFile(self._uc)
        self._blocks = BlockCounter(self._uc)

    def _map(self) -> None:
        for number, window in enumerate(self.memory.windows, 1):
            physical = self._physical[window.base] = number * _PHYSICAL_STEP
            self._map_buffer(physical, window.end - window.base, window.buffer)
        self._stubs = bytearray(b"\xf4") * (_STUB_PAGES * PAGE)
        self._stub_pages: dict[int, int] = {}
        self._map_buffer(_STUBS, len(self._stubs), self._stubs)
        self._map_buffer(_SCRATCH, PAGE, bytearray(PAGE))
        for byte, place in _NOTHING.items():
            self._uc.mmio_map(place, PAGE, _reading(byte), None, _ignored, None)

    def _map_buffer(self, physical: int, size: int, buffer: object) -> None:
        anchor = (ctypes.c_char * size).from_buffer(buffer)  # type: ignore[arg-type]
        self._keep.append(anchor)
        self._uc.mem_map_ptr(physical, size, unicorn.UC_PROT_ALL, ctypes.addressof(anchor))

    def place_stub(self, address: int, code: bytes) -> None:
        """Put machine code at the address of a kernel function."""
        page = address & -PAGE
        if page not in self._stub_pages:
            if len(self._stub_pages) + 1 == _STUB_PAGES:
                raise MemoryError("no room for more stubs")
            self._stub_pages[page] = (len(self._stub_pages) + 1) * PAGE
        at = self._stub_pages[page] + address % PAGE
        self._stubs[at : at + len(code)] = code

    def run(self, address: int, limit: int = SLICE) -> Stop:
        """Run code at an address, so many blocks at most, until something stops the processor; return what, of which
        `registers` and `page_fault` tell more.
        """
        self._refused = self.page_fault = None
        self.unknown, self.vector, self._traps.met, self._watched.met = "", None, False, False
        self._blocks.left.value = self._limit = limit
        try:
            self._uc.emu_start(address, 0)
        except unicorn.UcError as error:
            return Stop.UNKNOWN if self.unknown else self._stopped(error.errno)
        if self.unknown:
            return Stop.UNKNOWN
        if self.vector is not None:
            return self._exception(self.vector)
        if self._watched.met:
            return Stop.PROBE
        if self._traps.met:
            return Stop.PRIVILEGED
        return Stop.SLICE if self._blocks.left.value < 0 else Stop.HALT

    def watch(self, places: Collection[int]) -> None:
        """Stop before the instructions at these addresses, and no others."""
        self._watched.set(places)
        self._uc.ctl_flush_tb()

    def pass_by(self, address: int) -> None:
        """Do not stop at a watched address when code is run from there the next time."""
        self._watched.passing = address

    def step(self, address: int) -> bool:
        """Do the instruction at a watched address; return whether it was done."""
        before = self.registers
        self._blocks.left.value = self._limit = SLICE
        self.pass_by(address)
        self._uc.ctl_flush_tb()  # code that was translated before goes on
        try:
            self._uc.emu_start(address, 0, 0, 1)
        except unicorn.UcError:
            self.registers = before
            return False
        finally:
            self._uc.ctl_flush_tb()
        return True

    def follow(self, address: int, goes_on: Callable[[int, int], bool]) -> None:
        """Run code at an address as long as `goes_on` says so, which is asked before each instruction, with its address
        and length, or until something stops the processor.
        """

        def ask(engine: Any, place: int, size: int, _data: object) -> None:
            if not goes_on(place, size):
                engine.emu_stop()

        hook = self._uc.hook_add(unicorn.UC_HOOK_CODE, ask)
        self._blocks.left.value = self._limit = SLICE
        self._uc.ctl_flush_tb()  # code that was translated without the hook does not call it
        try:
            self._uc.emu_start(address, 0)
        except unicorn.UcError:
            pass
        finally:
            self._uc.hook_del(hook)
            self._uc.ctl_flush_tb()

    @property
    def blocks(self) -> int:
        """Return how many blocks of code were done before the last stop."""
        return self._limit - self._blocks.left.value

    def _stopped(self, error: int) -> Stop:
        if self._refused is not None:
            page, access = self._refused
            present = bool(self.memory.permissions(page))
            address = self._registers.rip() if access == EXECUTE else self._exact_address(page)
            self.page_fault = PageFault(address, access, present)
            return Stop.FAULT
        if error == unicorn.UC_ERR_INSN_INVALID:
            return Stop.INVALID
        return Stop.PROTECTION

    def _interrupted(self, engine: Any, vector: int, _data: object) -> None:
        self.vector = vector
        engine.emu_stop()

    def _exception(self, vector: int) -> Stop:
        """Tell an interrupt by instruction, which stands before RIP, from an exception, whose instruction is at RIP."""
        here = self._registers.rip()
        before = self.memory.read(here - 2, 2) if self.memory.mapped(here - 2, 2) else b""
        if before == bytes((_INT, vector)) or (vector == _BREAKPOINT and before[1:] == _INT3):
            return Stop.INTERRUPT
        return Stop.DIVIDE if vector == 0 else Stop.PROTECTION

    def _exact_address(self, page: int) -> int:
        """Return the address within a page that was refused: the instruction is done once more, on a page of
        scratch.
        """
        before = self.registers
        seen: list[int] = []

        def note(_uc: object, _access: int, address: int, _size: int, _value: int, _data: object) -> None:
            seen.append(address)

        hook = self._uc.hook_add(unicorn.UC_HOOK_MEM_READ | unicorn.UC_HOOK_MEM_WRITE, note)
        self._probing = True
        self._uc.ctl_flush_tb()  # code that was translated without the hook does not call it
        try:
            self._uc.emu_start(before[RIP], 0, 0, 1)
        except unicorn.UcError:
            pass
        finally:
            self._probing = False
            self._uc.hook_del(hook)
            self._flush_addresses()
            self.registers = before
        # The hook tells Unicorn's own addresses. An access that begins on the page before fails where this one begins.
        return next((page | at & 0xFFF for at in seen if at & -PAGE == _SCRATCH), page)

    def _translate(self, _uc: object, address: int, kind: int, result: Any, _data: object) -> bool:
        """Answer Unicorn's question for a page: fill in where it lies and what is allowed; return whether it may be
        accessed.
        """
        try:
            return self._found(address & -PAGE, _ACCESS[kind], result)
        except Needs as needs:  # the memory of a module whose file is gone
            self._stop_unsupported(needs.symbol)
            return False

    def _found(self, page: int, access: int, result: Any) -> bool:
        """Fill in where a page lies and what is allowed, if it may be accessed. Raises Needs."""
        if access == EXECUTE and (
            address_space.TEXT <= page < self._text_end or address_space.SLOTS <= page < address_space.SLOTS_END
        ):
            result.paddr, result.perms = _STUBS + self._stub_pages.get(page, 0), unicorn.UC_PROT_EXEC
            return True
        if access == EXECUTE and self.memory.mapped(page):
            self._traps.look(page)
        if page in self.io:
            return self._translate_io(page, result)
        allowed = self.memory.permissions(page)
        window = self.memory.window(page)
        if window is None or not allowed & access:
            return self._refuse(page, access, result)
        result.paddr = self._physical[window.base] + (page - window.base)
        result.perms = _protection(window, (page - window.base) // PAGE, allowed, access)
        return True

    def _translate_io(self, page: int, result: Any) -> bool:
        """Answer for a page of a device's memory: there is nothing, or the run is stopped."""
        physical, byte = self.io[page]
        if byte is None:
            self._stop_unsupported(f"the memory at {physical:#x}")
            return False
        result.paddr, result.perms = _NOTHING[byte], unicorn.UC_PROT_READ | unicorn.UC_PROT_WRITE
        return True

    def _refuse(self, page: int, access: int, result: Any) -> bool:
        if self._probing:
            result.paddr, result.perms = _SCRATCH, unicorn.UC_PROT_ALL
            return True
        self._refused = self._refused or (page, access)
        return False

    def _hook_instruction(self, instruction: int, callback: Callable[[], None]) -> None:
        """Do an instruction ourselves that would tell of the host. The binding lets only some be hooked."""

        def done(_uc: object, _data: object) -> int:
            callback()
            return 1

        function = _INSTRUCTION_HOOK(done)
        self._keep.append(function)
        handle, at = ctypes.c_size_t(), ctypes.cast(function, ctypes.c_void_p)
        first, last = ctypes.c_uint64(1), ctypes.c_uint64(0)
        kind = unicorn.UC_HOOK_INSN
        uclib.uc_hook_add(self._uc._uch, ctypes.byref(handle), kind, at, None, first, last, ctypes.c_int(instruction))

    def _in(self, _uc: object, port: int, size: int, _data: object) -> int:
        if port != _DELAY_PORT:
            self._touch(port, size)
        return (1 << 8 * size) - 1

    def _out(self, _uc: object, port: int, size: int, _value: int, _data: object) -> None:
        if port != _DELAY_PORT and (size != 1 or port not in self.hardware.sinks):
            self._touch(port, size)

    def _touch(self, port: int, size: int) -> None:
        """Stop the run at a port where the machine has something, which is not emulated."""
        if self.hardware.port(port, size):
            self._stop_unsupported(f"the device at port {port:#x}")

    def _stop_unsupported(self, what: str) -> None:
        self.unknown = self.unknown or what
        self._uc.emu_stop()

    def _rdtsc(self) -> None:
        self._uc.reg_write(x86.UC_X86_REG_RAX, self.cycles & 0xFFFFFFFF)
        self._uc.reg_write(x86.UC_X86_REG_RDX, self.cycles >> 32)
        self.cycles += 1000

    def _cpuid(self) -> None:
        leaf = self._uc.reg_read(x86.UC_X86_REG_EAX)
        names = (x86.UC_X86_REG_RAX, x86.UC_X86_REG_RBX, x86.UC_X86_REG_RCX, x86.UC_X86_REG_RDX)
        values = self.hardware.cpu.cpuid(leaf)
        if values is None:
            self._stop_unsupported(f"CPUID leaf {leaf:#x}")
        for name, value in zip(names, values or (0, 0, 0, 0), strict=True):
            self._uc.reg_write(name, value)

    @property
    def registers(self) -> list[int]:
        """The values of the registers, in the order of `NAMES`."""
        return self._registers.read()

    @registers.setter
    def registers(self, values: list[int]) -> None:
        self._registers.write(values)

    def set(self, **values: int) -> None:
        """Set single registers, named as in `NAMES`."""
        for name, value in values.items():
            self._uc.reg_write(GENERAL[NAMES.index(name)], value & MASK64)

    def flush(self) -> None:
        """Forget translations of addresses and of code, because memory was changed behind the processor's back."""
        self._traps.forget()
        self._flush_addresses()
        self._uc.ctl_flush_tb()

    def _flush_addresses(self) -> None:
        self._uc.ctl(uc.UC_CTL_TLB_FLUSH, uc.UC_CTL_IO_WRITE)


def _reading(byte: int) -> Callable[[object, int, int, object], int]:
    """Return what answers for memory where there is nothing and each byte reads as this one."""
    return lambda _uc, _offset, size, _data: int.from_bytes(bytes([byte]) * size, "little")


def _ignored(_uc: object, _offset: int, _size: int, _value: int, _data: object) -> None:
    """Take what is written where there is nothing."""


def _protection(window: Window, number: int, allowed: int, access: int) -> int:
    """Return what to let the processor do with a page: writing only once it has written."""
    protection: int = unicorn.UC_PROT_READ
    if allowed & EXECUTE:
        protection |= unicorn.UC_PROT_EXEC
    if access == WRITE:
        window.dirty.add(number)
    if allowed & WRITE and number in window.dirty:
        protection |= unicorn.UC_PROT_WRITE
    return protection
