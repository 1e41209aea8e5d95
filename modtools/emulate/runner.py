"""The runner: one kernel's modules in memory, and calls into them.

What outlives the process is the memory that modules have changed and the tables of the kernel functions (`snapshot`).
What linking put into memory is not stored: the files are linked again when their code is next needed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from modtools.emulate import isolation
from modtools.emulate.calls import perform
from modtools.emulate.compatibility import home, profile_of, why_not_module
from modtools.emulate.cpu import jump_labels
from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.emulate.guest import Guest
from modtools.emulate.memory import address_space, hostprogram, snapshot, user_memory
from modtools.emulate.stops import Needs, Stopped
from modtools.emulate.symbols.images import ModuleImage
from modtools.emulate.symbols.relink import relink
from modtools.emulate.symbols.structs import has, view
from modtools.emulate.tasks import imbalance
from modtools.errors import KernelError, PymodError, StateError
from modtools.formats.elfvalues import SHF_EXECINSTR, SHF_WRITE, SHT_STRTAB, SHT_SYMTAB
from modtools.kernel.modules import NO_REFERENCE, LoadedModule, ModuleState, Parameter
from modtools.kernel.runner import REFUSED, Caller, End, FileEntry, OpenEntry, Outcome
from modtools.kernel.state import Kernel
from modtools.link.layout import align
from modtools.link.memory import EXECUTE, PAGE, READ, WRITE, Memory
from modtools.link.relocate import Linked
from modtools.linuxerrno import EIO
from modtools.module import Module
from modtools.profiles.hardware import Hardware
from modtools.profiles.structures import UnknownLayout

# What reads files, parameters and debug queries is imported by the calls that need it, because most commands need none.

_RO_AFTER_INIT = (".data..ro_after_init", "__jump_table")


class EmulatedRunner:
    """Runs modules' code on an emulated processor. `isolated` runs each call in a process of its own.

    `hardware` is what the code finds; that of the kernel's profile if none is given.
    """

    def __init__(
        self,
        kernel: Kernel,
        stored: Callable[[], bytes] = bytes,
        *,
        hardware: Hardware | None = None,
        isolated: bool = True,
    ) -> None:
        self.kernel, self.isolated = kernel, isolated
        self.profile = profile_of(kernel)
        self.hardware = hardware or self.profile.hardware
        self.changed = False
        self._stored = stored

    @cached_property
    def guest(self) -> Guest:
        """Return the kernel that modules see, with those in it that were loaded before. Raises PymodError."""
        stored = self._stored()
        try:
            return self._restored(stored)
        except PymodError:
            raise
        except Exception as error:  # tables are numbers and texts that anybody can have written
            if not stored:
                raise
            reason = f"{type(error).__name__}: {error}"
            raise StateError(
                f"the memory of the modules is damaged ({reason:.200}); start afresh with 'pymod boot'"
            ) from error

    def _restored(self, stored: bytes) -> Guest:
        tables: dict[str, Any] = {}
        memory = Memory(address_space.WINDOWS)
        snapshot.unpack(stored, memory, tables)
        guest = Guest(self.kernel, memory, tables, self.profile, self.hardware, home())
        programs = hostprogram.programs()
        memory.elsewhere = user_memory.Callers(guest, programs) if programs else None
        for module in self.kernel.modules.values():
            # One that is still shown after its exit has left memory already.
            if module.init.how != "assumed" and not (module.until and module.state is ModuleState.GOING):
                self._wait_for(guest, module)
        return guest

    def _wait_for(self, guest: Guest, module: LoadedModule) -> None:
        """Have a module linked again when somebody comes to it: most commands need none, and each takes its time."""

        def come() -> None:
            if module.name not in guest.images:
                raise Needs(f"the code of {module.name}")

        guest.images.wait_for(module.name, lambda: self._relink(guest, module))
        for area in module.placed:
            guest.memory.wait_for(area.base, area.size, come)

    def save(self) -> bytes:
        """Return the bytes that have to be stored."""
        return snapshot.pack(self.guest.memory, self.guest.tables)

    def _relink(self, guest: Guest, module: LoadedModule) -> None:
        """Link a module again and place it; note why where its code cannot be run any more."""
        percpu = guest.per_cpu.start + guest.table("percpu").get(module.name, (0, 0))[0]
        try:
            again = relink(self.kernel, module, self._externals(guest), percpu)
        except PymodError as error:
            guest.missing[module.name] = str(error)
            return
        if again is not None and not (why := self.why_not(again[0])):
            for area in module.placed:
                guest.memory.await_no_more(area.base, area.size)
            self._map(guest, module, *again)
            for area in module.placed:
                guest.memory.bring_back(area.base, area.size)
        elif again is not None:
            guest.missing[module.name] = why

    def _externals(self, guest: Guest) -> Callable[[str], int | None]:
        def resolve(name: str) -> int | None:
            return guest.addresses.resolve(name) if self.kernel.symbols.get(name) else None

        return resolve

    # What the kernel asks for while it loads and unloads.

    def why_not(self, module: Module) -> str:
        """Return why the code of this module cannot be run; "" if it can."""
        return why_not_module(module, self.profile)

    def externals(self, addresses: Mapping[str, int | None]) -> Mapping[str, int | None]:
        """Return the addresses of undefined symbols: the kernel's as the emulator gives them out, the modules' as they
        are.
        """
        resolve = self._externals(self.guest)
        found = {name: resolve(name) for name in addresses}
        return {name: addresses[name] if value is None else value for name, value in found.items()}

    def percpu(self, name: str, module: Module) -> int:
        """Return a per-cpu pointer to room for a module's variables, the same again for the same module."""
        section = module.elf.section(".data..percpu")
        if section is None:
            return 0
        guest = self.guest
        table = guest.table("percpu")
        if name not in table:
            start = max((end for _, end in table.values()), default=guest.per_cpu.size)
            start = align(start, section.addralign)
            table[name] = [start, start + section.size]
            guest.memory.write(address_space.PER_CPU + start, module.elf.contents(section).ljust(section.size, b"\0"))
        return guest.per_cpu.start + int(table[name][0])

    def place(self, loaded: LoadedModule, module: Module, linked: Linked) -> None:
        """Put a linked module into memory. Its path becomes absolute, to be found again by another process."""
        if loaded.path:
            loaded.path = str(Path(loaded.path).absolute())
        self._map(self.guest, loaded, module, linked)
        self.guest.memory_changed()
        _tell_versions(self.guest, loaded.name, module)
        jump_labels.update_module(self.guest, loaded.name)
        self.changed = True

    def _map(self, guest: Guest, module: LoadedModule, parsed: Module, linked: Linked) -> None:
        memory = guest.memory
        for part in linked.parts:
            if part.content and (not part.kind.init or (module.init_size and not module.until)):
                memory.map(part.base, len(part.content), READ | WRITE)
                memory.fill(part.base, part.content)
        image = guest.images[module.name] = ModuleImage.of(module.name, parsed, linked)
        guest.abi.finish(guest, image)
        _protect(memory, image)

    def init(self, module: LoadedModule) -> Outcome:
        """Call a module's init function; return how it went."""
        blocked = self._blocker(module)
        if blocked:
            return Outcome(End.NEEDS, 0, blocked)
        return self._run(lambda guest: _init(guest, guest.images[module.name].symbol("init_module")))

    def _blocker(self, module: LoadedModule) -> str:
        """Return what a module that this one uses lacks, so that its functions cannot be trusted; "" if nothing."""
        for name in module.uses:
            used = self.kernel.modules[name]
            if used.init.how in (End.NEEDS, End.FAILED):
                return used.init.detail
            if name not in self.guest.images:
                return f"the code of {name}"
        return ""

    def tell(self, module: LoadedModule, state: ModuleState) -> Outcome:
        """Set a module's state and call the functions of the chain for it; return how it went, with the error of one
        that refuses a module that comes.
        """
        from modtools.emulate.objects import modulestates

        place = self._set_state(module, state)
        if not place or not modulestates.anybody_listens(self.guest):
            return Outcome(End.RETURNED)
        return self._run(lambda guest: modulestates.tell(guest, place, state))

    def _set_state(self, module: LoadedModule, state: ModuleState) -> int:
        """Set the state in a module's `struct module`; return its address, 0 if it is not in memory."""
        from modtools.emulate.objects import modulestates

        if module.name not in self.guest.images:
            return 0
        place, _ = self.guest.images[module.name].section(".gnu.linkonce.this_module")
        if place:
            modulestates.set_state(self.guest, place, state)
        return place

    def live(self, module: LoadedModule) -> None:
        """Free a module's init part, and protect what is read-only from now on. Warn of one that has lost the reference
        which loading gives back now.
        """
        guest = self.guest
        if module.refcount == NO_REFERENCE:
            report_kernel_warning(guest, "module_put")
        for area in module.placed:
            if area.kind.init:
                guest.memory.unmap(area.base, area.size)
        image = guest.images.get(module.name)
        if image:
            for name in _RO_AFTER_INIT:
                start, size = image.section(name)
                if size:
                    guest.memory.protect(start, size, READ)
        guest.memory_changed()
        self.changed = True

    def exit(self, module: LoadedModule) -> Outcome:
        """Call a module's exit function; return how it went."""
        self._set_state(module, ModuleState.GOING)
        return self._run_in(module, lambda guest: guest.call(guest.images[module.name].symbol("cleanup_module")) and 0)

    def forget(self, module: LoadedModule) -> None:
        """Take a module out of memory: its code does not run again."""
        guest = self.guest
        for area in module.placed:
            guest.memory.unmap(area.base, area.size)
        guest.images.drop(module.name)
        guest.table("percpu").pop(module.name, None)
        guest.memory_changed()
        self.changed = True

    # Parameters.

    def set_parameter(self, module: LoadedModule, parameter: Parameter, text: str | None) -> Outcome:
        """Call the `set` of a parameter's own kernel_param_ops; return how it went."""
        from modtools.emulate.parameters import call_set

        return self._run_in(module, lambda guest: call_set(guest, module, parameter, text))

    def get_parameter(self, module: LoadedModule, parameter: Parameter) -> tuple[Outcome, str]:
        """Call the `get` of a parameter's own kernel_param_ops; return how it went and the text that it left."""
        from modtools.emulate.parameters import call_get

        outcome = self._run_in(module, lambda guest: call_get(guest, module, parameter))
        return outcome, self.guest.table("answer").pop("text", "")

    def store(self, module: LoadedModule, parameter: Parameter) -> None:
        """Write a parameter's value into the module's memory."""
        from modtools.emulate.parameters import store

        if module.name in self.guest.images:
            store(self.guest, module, parameter)
            self.changed = True

    def fetch(self, module: LoadedModule, parameter: Parameter) -> None:
        """Set a parameter's value to what is in the module's memory."""
        from modtools.emulate.parameters import fetch

        if module.name in self.guest.images:
            fetch(self.guest, module, parameter)

    def files(self, path: str) -> Mapping[str, FileEntry]:
        """Return what modules have made in a folder of /proc, /sys or /dev."""
        from modtools.emulate.files.entries import entries

        return entries(self.guest, path)

    def read_file(self, key: tuple[str, int, int]) -> tuple[Outcome, bytes]:
        """Read a file that modules have made; return how it went and its bytes."""
        from modtools.emulate.files.fileops import read

        outcome = self._opened(lambda guest: read(guest, key))
        return outcome, self.guest.table("answer").pop("data", b"")

    def write_file(self, key: tuple[str, int, int], data: bytes) -> Outcome:
        """Write bytes to a file that modules have made; return how it went."""
        from modtools.emulate.files.fileops import write

        return self._opened(lambda guest: write(guest, key, data))

    def _opened(self, call: Callable[[Guest], int]) -> Outcome:
        """Make a call that opens a file first; the outcome's detail tells whether that was refused."""
        outcome = self._run(call)
        refused = self.guest.table("answer").pop("refused", 0)
        return outcome._replace(detail=REFUSED) if refused else outcome

    def open_file(self, key: tuple[str, int, int], flags: int, entry: OpenEntry) -> Outcome:
        """Open a file that modules have made, with the flags of open(2), and leave it open; the outcome's value is its
        number.
        """
        from modtools.emulate.files.openfiles import open_file

        return self._run(lambda guest: open_file(guest, key, flags, entry))

    def on_file(self, number: int, what: str, *arguments: Any) -> tuple[Outcome, bytes]:
        """Do something with an open file; return how it went, its value that of the system call, and bytes."""
        from modtools.emulate.files.openfiles import call

        outcome = self._run(lambda guest: call(guest, number, what, *arguments))
        return outcome, self.guest.table("answer").pop("data", b"")

    def close_file(self, number: int) -> Outcome:
        """Give an open file up after its last close(2); return how it went."""
        from modtools.emulate.files.openfiles import close

        return self._run(lambda guest: close(guest, number))

    def begin_open(self, caller: Caller, key: tuple[str, int, int], flags: int, entry: OpenEntry) -> Outcome:
        """Begin to open a file for a program; return how that went, its value the number of the system call."""
        from modtools.emulate.files import systemcalls

        return self._run(lambda guest: systemcalls.begin_open(guest, caller, key, flags, entry))

    def begin_call(self, caller: Caller, number: int, what: str, *arguments: Any) -> Outcome:
        """Begin a system call on an open file; return how that went, its value the number of the system call."""
        from modtools.emulate.files import systemcalls

        return self._run(lambda guest: systemcalls.begin(guest, caller, number, what, *arguments))

    def signal_call(self, number: int, signals: int) -> Outcome:
        """Send a set of signals to the program that waits for a system call; return how that went."""
        from modtools.emulate.files import systemcalls

        return self._run(lambda guest: systemcalls.signal(guest, number, signals))

    def ended_calls(self, holder: int) -> list[tuple[int, Outcome, bytes]]:
        """Return number, outcome and bytes of each system call that has ended since this was asked for, on files that
        this process is going to close.
        """
        from modtools.emulate.files import systemcalls

        ended = systemcalls.take_ended(self.guest, holder)
        self.changed = self.changed or bool(ended)
        return ended

    def forget_programs(self, lives: Callable[[int], bool]) -> None:
        """Forget the threads of programs that are in no system call and do not live, which a function tells by their
        numbers.
        """
        from modtools.emulate.tasks import callers

        self.changed = callers.drop_idle(self.guest, lives) or self.changed

    def calls(self) -> Mapping[int, int]:
        """Return the system calls that have not ended, or were not asked for since: by their numbers the process that
        is going to close the file.
        """
        from modtools.emulate.files import systemcalls

        return systemcalls.holders(self.guest)

    def woken(self, files: Collection[int]) -> set[int]:
        """Return which of these open files a driver has told of since they were polled."""
        rows = self.guest.table("open")
        return {number for number in files if number not in rows or rows[number].get("woken")}

    def signalled(self) -> list[tuple[int, int]]:
        """Return the signals that modules have sent to programs since this was asked for: numbers of the program and of
        the signal.
        """
        found = self.guest.table("signalled").pop("list", [])
        self.changed = self.changed or bool(found)
        return [(program, signal) for program, signal in found]

    def next_event(self) -> int | None:
        """Return in how many nanoseconds something is due, None if nothing is."""
        event = self.guest.scheduler.next_event()
        return None if event is None else max(event - self.guest.now, 0)

    def open_files(self) -> Mapping[int, OpenEntry]:
        """Return the files that are open, by their numbers."""
        return {number: OpenEntry(row["path"], row["holder"]) for number, row in self.guest.table("open").items()}

    def tick(self, nanoseconds: int) -> Outcome:
        """Let time pass, and what is due in it run; return how it went."""

        def tick(guest: Guest) -> int:
            guest.scheduler.tick(nanoseconds)
            return 0

        return self._run(tick)

    def raise_interrupt(self, number: int, times: int) -> Outcome:
        """Raise an interrupt line so many times; return how it went, with -EINVAL for a line that does not exist."""
        from modtools.emulate.tasks.interrupts import raise_from_outside

        return self._run(lambda guest: raise_from_outside(guest, number, times))

    def send_events(self, device: str, events: Sequence[tuple[int, int, int]]) -> Outcome:
        """Let an input device send events; return how it went, with -ENODEV for a device that does not exist."""
        from modtools.emulate.objects.inputs import send

        return self._run(lambda guest: send(guest, device, events))

    def table(self, name: str) -> str:
        """Return the text of a file of /proc that tells what is registered with the kernel. Raises KernelError where
        that is not known.
        """
        from modtools.emulate.files.tables import text

        try:
            return text(self.guest, name)
        except (Stopped, UnknownLayout):
            raise KernelError(EIO) from None

    def debug(self, module: LoadedModule, query: str) -> None:
        """Switch a module's debug messages by a query of dynamic debug."""
        from modtools.emulate.dyndbg import change

        if module.name in self.guest.images:
            change(self.guest, module.name, query)
            self.changed = True

    def _run_in(self, module: LoadedModule, call: Callable[[Guest], int]) -> Outcome:
        """Make a call into a module that was loaded before, if its code can still be had; return how it went."""
        if module.name not in self.guest.images:
            return Outcome(
                End.FAILED, 0, self.guest.missing.get(module.name) or module.init.detail or "its code is not there"
            )
        return self._run(call)

    def _run(self, call: Callable[[Guest], int]) -> Outcome:
        """Make one call into a module, in a process of its own where that can be had; return how it went."""
        self.changed = True
        guest = self.guest
        if self.isolated and isolation.POSSIBLE and not guest.programs:
            return isolation.run(guest, lambda: perform(guest, call), lambda module: self._arrive(guest, module))
        return perform(guest, call)

    def _arrive(self, guest: Guest, module: LoadedModule) -> None:
        """Link a module that was loaded in a process of its own."""
        self._relink(guest, module)
        guest.memory_changed()


def _init(guest: Guest, function: int) -> int:
    result = guest.call_signed(function)
    imbalance.complain_of_init(guest, function)
    return result


def _tell_versions(guest: Guest, name: str, module: Module) -> None:
    """Write into a module's `struct module` what .modinfo says of its version (`setup_modinfo()`)."""
    place, _ = guest.images[name].section(".gnu.linkonce.this_module")
    for field in ("version", "srcversion"):
        text = module.info(field)
        if place and text is not None and has(guest, "module", field):
            setattr(view(guest, "module", place), field, guest.new_text(text.encode("utf-8", "surrogateescape")))


def _protect(memory: Memory, image: ModuleImage) -> None:
    """Make code executable and not writable, and read-only data not writable. Parts end on pages, so that kinds do not
    mix.
    """
    elf = image.module.elf
    for index, start in image.sections.items():
        section = elf.sections[index]
        if not section.size or start < address_space.MODULES:
            continue
        first, last = start & -PAGE, align(start + section.size, PAGE)
        if section.flags & SHF_EXECINSTR:
            memory.protect(first, last - first, READ | EXECUTE)
        elif not section.flags & SHF_WRITE and section.type not in (SHT_SYMTAB, SHT_STRTAB):
            memory.protect(first, last - first, READ)
