"""The kernel as its functions (`modtools.emulate.linux`) see it, and the loop that serves them.

A module's code runs on the processor until it calls a kernel function; that is done here, in Python, and the code goes
on. What a kernel function may use: `memory`, `heap`, `printk`, `call` (to call back into the module), `table` (plain
data that outlives the process), `now`, `module_at`, `address_of`, and `raise Needs(...)` for what it cannot do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from modtools.emulate.cpu import faults
from modtools.emulate.cpu.abis import ABIS
from modtools.emulate.cpu.bug_table import Bug
from modtools.emulate.cpu.oops import report_death, report_panic, report_warning
from modtools.emulate.cpu.processor import Stop
from modtools.emulate.cpu.va_list import Values
from modtools.emulate.cpu.watchdog import BLOCK, BLOCKS, BYTES, CALL, ENDLESS, Effort, Rounds
from modtools.emulate.memory import address_space, iomemory
from modtools.emulate.memory.heap import Heap
from modtools.emulate.stops import Died, Exceeded, Exhausted, NameTaken, Needs, Oops, Stuck
from modtools.emulate.symbols import kallsyms
from modtools.emulate.symbols.addresses import JIFFIES_AT_BOOT, Addresses, named
from modtools.emulate.symbols.images import Images
from modtools.emulate.symbols.percpu import area_of
from modtools.emulate.symbols.registry import Function
from modtools.emulate.tasks import imbalance, preemption
from modtools.integers import MASK64, signed
from modtools.kernel.modules import LoadedModule
from modtools.kernel.state import Kernel
from modtools.link.layout import align
from modtools.link.memory import EXECUTE, READ, WRITE, Fault, Memory
from modtools.profiles import Profile
from modtools.profiles.hardware import Hardware

if TYPE_CHECKING:
    from modtools.emulate.cpu.x86_64.engine import Engine
    from modtools.emulate.tasks.schedule import Scheduler


UNINTERRUPTIBLE = 2
"""TASK_UNINTERRUPTIBLE of `include/linux/sched.h`."""
MAXIMUM_DEPTH = 40
MAXIMUM_BYTES = 16 << 20
"""Bytes that the guest may have one function handle at once."""

_CALL_NANOSECONDS = 200


class Guest:
    """The kernel for one run of a module's code.

    `profile` is whose symbols, prototypes and structures the code meets, `home` the one whose prototypes the functions
    here were first written for.
    """

    def __init__(
        self,
        kernel: Kernel,
        memory: Memory,
        tables: dict[str, Any],
        profile: Profile,
        hardware: Hardware,
        home: Profile,
    ) -> None:
        self.kernel, self.memory, self.tables = kernel, memory, tables
        self.profile, self.hardware, self.structures = profile, hardware, profile.structures
        self.home = home
        self.abi = ABIS[kernel.arch.machine]
        self._stack = 0
        self.heap = Heap(memory, self.table("heap"))
        self.per_cpu = area_of(profile)
        self.images = Images()
        self.missing: dict[str, str] = {}
        self.addresses = Addresses(self)
        self.frame: list[int] = []
        self.ended: list[int] = []  # the registers at the end of the last call
        self.now = kernel.time * 1000
        self.calls = self.depth = 0
        self.programs = 0  # that were started by the kernel and have not ended
        self.effort = Effort(self)
        self._tick, self._looked = 1_000_000_000 // hardware.tick, self.now  # a tick, when interrupts came last
        self.interrupted = False  # the caller has got a signal: see `signals`
        self.probing = False  # a handler of a probe runs

    @cached_property
    def engine(self) -> Engine:
        """Return the processor, made when the first code is run."""
        memory = self.profile.memory
        text_end = max(address_space.TEXT_END, memory.text_end if memory else 0)
        engine = self.abi.engine()(self.memory, self.hardware, self.per_cpu.offset, text_end)
        for address, code in self.addresses.stubs.items():
            engine.place_stub(address, code)
        self.addresses.refresh_clock()
        if self.tables.get("iomemory"):
            engine.io = iomemory.pages(self)
        if self.tables.get("probes"):
            engine.watch(self.tables["probes"])
        return engine

    @cached_property
    def kernel_symbols(self) -> list[tuple[int, str]]:
        """Return address and name of what the kernel exports, sorted by address."""
        return named(self.kernel, self.profile)

    def memory_changed(self) -> None:
        """Tell the processor that pages were mapped, taken away or filled with code."""
        if "engine" in self.__dict__:
            self.engine.flush()

    def table(self, name: str) -> dict[Any, Any]:
        """Return the table of this name that is stored with the state: numbers, texts, lists and tables only."""
        found: dict[Any, Any] = self.tables.setdefault(name, {})
        return found

    @property
    def stack(self) -> int:
        """Return where the stack of the process begins that calls the kernel."""
        return self._stack or address_space.STACK + address_space.STACK_STEP * int(self.table("stack").get("lost", 0))

    def lose_stack(self) -> None:
        """Use another stack, because the process is gone in the middle of the kernel: what lies on its stack may still
        be looked at.
        """
        table = self.table("stack")
        if self._stack:
            table["programs"].remove(self._stack)
            return
        table["lost"] = (int(table.get("lost", 0)) + 1) % address_space.STACKS
        if not self.memory.mapped(self.stack):
            self.memory.map(self.stack, address_space.STACK_SIZE, READ | WRITE)

    @contextmanager
    def another_process(self) -> Iterator[None]:
        """Let a program call the kernel while the kernel waits for its end in the middle of somebody else's call."""
        before = self.frame, self.depth, self.calls, self.interrupted, self._stack
        with self.scheduler.aside():
            self.programs += 1
            self.effort.rest()
            self.end_run()
            self._stack, self.interrupted = self._stack_of_program(), False
            try:
                yield
            finally:
                self.programs -= 1
                self.frame, self.depth, self.calls, self.interrupted, self._stack = before
                self.now = max(self.now, self.kernel.time * 1000)

    def _stack_of_program(self) -> int:
        """Return where the stack of the newest program begins; it is used again by the next one."""
        stacks: list[int] = self.table("stack").setdefault("programs", [])
        if len(stacks) < self.programs:
            place = self.heap.vmalloc(2 * address_space.STACK_SIZE)
            stacks.append(align(place, address_space.STACK_SIZE))
        return stacks[self.programs - 1]

    # Calling the module.

    def call(self, address: int, *arguments: int, interrupts: bool | None = None) -> int:
        """Call a function at an address, the module's or the kernel's, with interrupts let in, not let in, or as they
        are; return its result.
        """
        abi = self.abi
        top = self.frame[abi.sp] if self.frame else self.stack + address_space.STACK_SIZE
        registers = list(self.engine.registers) if self.frame else abi.blank()
        if interrupts is None:
            interrupts = not self.frame or abi.interruptible(registers)
        abi.enter(self.memory, registers, top, address, arguments)
        abi.let_in(registers, interrupts)
        return self.resume(registers)

    def resume(self, registers: list[int]) -> int:
        """Run code with these registers until it returns to the outside; return its result."""
        if self.depth == MAXIMUM_DEPTH:
            raise Exceeded("calls within calls")
        self.depth += 1
        outer, frame = self.engine.registers, self.frame
        self.engine.registers = registers
        self.frame = registers
        try:
            return self._run(registers[self.abi.pc])
        finally:
            self.engine.registers = outer
            self.frame = frame
            self.depth -= 1

    def call_signed(self, address: int, *arguments: int) -> int:
        """Call a function that returns an int; return it with its sign."""
        return signed(self.call(address, *arguments), 32)

    def _run(self, address: int) -> int:
        abi, rounds = self.abi, Rounds(self)
        while True:
            stop = self.engine.run(address, rounds.slice)
            if stop is Stop.HALT:
                self.frame = self.engine.registers
                here = self.frame[abi.pc] - abi.stop_size
                if here == address_space.RETURN:
                    self._worked(CALL)
                    self.ended = self.frame
                    return self.frame[abi.result]
                self._look(rounds, self._worked(CALL))
                address = self._serve(here)
            elif stop is Stop.PROBE:
                from modtools.emulate.tasks import probes

                self.frame = self.engine.registers
                address = probes.reached(self, self.frame[abi.pc])
            elif stop is Stop.SLICE:
                self.frame = self.engine.registers
                self._look(rounds, self._worked(0), counts=True)
                address = self.frame[abi.pc]
            else:
                self.frame = self.engine.registers
                address = faults.handle(self, stop)

    def _worked(self, units: int) -> int:
        """Count what the processor has done, and so many units more; return them all."""
        units += self.engine.blocks // BLOCKS
        self.effort.step(units)
        self.now += self.engine.blocks * BLOCK
        return units

    def _look(self, rounds: Rounds, units: int, *, counts: bool = False) -> None:
        """Let come what interrupts code that has done so much: timers, and the watchdog. Raises Exhausted. `counts`:
        the code has called nothing for long, and may be counting for ever.
        """
        if rounds.closed(units) or (counts and rounds.counting()):
            self.scheduler.go_round()
        elif self.now >= self._looked + self._tick:
            self._looked = self.now
            self.pass_time(0)
            self.scheduler.interrupt()
        if self.now >= self.effort.due or self.effort.busy >= ENDLESS:
            self.effort.watch()

    def _serve(self, here: int) -> int:
        """Do a kernel function; return where the code goes on."""
        entry = self.addresses.function(here)
        if entry is None:
            if here in self.addresses.stubs:  # put there now
                self.memory_changed()
                return here
            if self.memory.mapped(here):
                return self._halt(here + self.abi.stop_size)
            raise Needs(self.addresses.name(here))
        self.calls += 1
        self.now += _CALL_NANOSECONDS
        frame = self.frame
        try:
            back = self.abi.caller(self.memory, frame)
            result = self.perform(entry, frame)
        except NameTaken as taken:
            raise Needs(str(taken)) from taken
        except Fault as fault:
            slot = self.addresses.slot_name(fault.address)
            if slot:  # what a kernel function was given is a variable that is not provided
                raise Needs(slot) from fault
            self.frame = frame
            raise self.die(self.abi.page_fault(fault.address, WRITE if fault.write else READ, False)) from fault
        self.abi.leave(frame, int(result or 0))
        self.frame = frame
        self.engine.registers = frame
        return back

    def _halt(self, after: int) -> int:
        """Let the module's own halt last until the next interrupt, which is for ever where none may come; return where
        the code goes on.
        """
        if not self.abi.interruptible(self.frame):
            raise Stuck
        self.pass_time(1_000_000_000 // self.hardware.tick)
        return after

    def perform(self, entry: Function, frame: list[int]) -> Any:
        """Call a Python function with the arguments that its signature finds in the registers and on the stack; return
        its result.
        """
        signature = entry.signature
        values = self.abi.arguments(self.memory, frame)
        arguments: list[int | Values] = [kind.read(values.next(kind.size)) for kind in signature.parameters]
        if signature.variadic:
            arguments.append(values)
        return entry.handler(self, *arguments)

    # What functions use.

    def va_list(self, address: int) -> Values:
        """Return the values of a va_list, which is moved on with each."""
        return self.abi.va_list(self.memory, address)

    def pair(self, first: int, second: int) -> int:
        """Return the first word of a structure of two, the result of a function; the second one is put beside it."""
        self.frame[self.abi.second] = second & MASK64
        return first

    def printk(self, level: int, text: str) -> None:
        """Log a message, which is given without its newline."""
        self.log(level, text + "\n")

    def log(self, level: int, text: str, *, cont: bool = False) -> None:
        """Log a message as it is; without a newline at its end it stays open."""
        self.kernel.time = self.now // 1000
        kernel = self.kernel
        kernel.log.printk(level, text, kernel.time, kernel.identity.features.line_max, cont=cont)
        if self.tables.get("consoles"):
            from modtools.emulate.objects import consoles

            consoles.flush(self)

    def text(self, address: int, limit: int = MAXIMUM_BYTES) -> str:
        """Return the C string at an address as a str."""
        return self.memory.text(address, limit).decode("utf-8", "surrogateescape")

    def bounded(self, size: int) -> int:
        """Return a length that the guest gave. Raises Exceeded for one beyond reason."""
        if size > MAXIMUM_BYTES:
            raise Exceeded(f"{MAXIMUM_BYTES >> 20} MB at once")
        self.effort.spend(size // BYTES)
        return size

    def new_text(self, text: bytes) -> int:
        """Return the address of a copy of a text, with its NUL, in memory that kfree takes back."""
        address = self.heap.kmalloc(len(text) + 1)
        self.memory.write(address, text + b"\0")
        return address

    def address_of(self, symbol: str) -> int:
        """Return the address of a kernel symbol, to be stored in the guest's memory."""
        return self.addresses.resolve(symbol)

    def module_at(self, address: int) -> LoadedModule | None:
        """Return the module whose memory an address lies in, or None; `struct module` itself is such an address."""
        for module in self.kernel.modules.values():
            if module.holds(address):
                return module
        return None

    @property
    def jiffies(self) -> int:
        """Return the number of ticks, as the variable jiffies tells it."""
        return JIFFIES_AT_BOOT + self.now * self.hardware.tick // 1_000_000_000

    def pass_time(self, nanoseconds: int) -> None:
        """Let virtual time pass, in nanoseconds."""
        self.now += nanoseconds
        self._looked += nanoseconds
        self.addresses.refresh_clock()

    def describe(self, address: int, *, offset: bool = True) -> str:
        """Return what lies at an address, as %pS says it: `symbol+0x5/0x20 [module]`, or the bare number; without
        `offset` as %ps does.
        """
        return kallsyms.describe(self, address, offset=offset)

    def warn(self, bug: Bug) -> None:
        """Report a WARN() of the module's."""
        report_warning(self, bug)

    def is_code(self, address: int) -> bool:
        """Return whether code could be run at an address."""
        return bool(self.memory.permissions(address) & EXECUTE)

    def end_run(self) -> None:
        """End a call from outside: what counts for one call starts anew, and the kernel's clock is set."""
        self.kernel.time = max(self.kernel.time, self.now // 1000)
        self.calls = self.depth = 0
        self.frame = []
        if not self.programs:
            self.effort.end()

    def reload(self) -> None:
        """Look everything up again in the tables, which were replaced by those of a child process."""
        self.now = self.kernel.time * 1000
        self.heap = Heap(self.memory, self.table("heap"))
        self.addresses.reload()
        if "engine" in self.__dict__:
            self.engine.watch(self.tables.get("probes", ()))
            self.engine.io = iomemory.pages(self)

    def die(self, oops: Oops, *, interrupt: bool = False) -> Died | Exhausted:
        """Log an oops; return the exception to raise. In an interrupt, which that of a breakpoint counts as, it is the
        end of the machine.
        """
        report_death(self, oops)
        if interrupt or preemption.in_interrupt(self):
            return report_panic(self, "Fatal exception in interrupt")
        imbalance.end_of_process(self)
        return Died(oops)

    @cached_property
    def scheduler(self) -> Scheduler:
        """Return the scheduler of timers, work and threads, made at first use."""
        from modtools.emulate.tasks.schedule import Scheduler

        return Scheduler(self)

    def wait_until(
        self, condition: Callable[[], bool], nanoseconds: int | None = None, *, state: int = UNINTERRUPTIBLE
    ) -> bool:
        """Wait until something has come true (True), or the time is over or a signal has come (False); others run.

        A thread may be stopped here and call the kernel function again later, so wait before anything is changed.
        """
        self.effort.may_sleep()
        if "scheduler" not in self.__dict__ and condition():
            return True
        return self.scheduler.wait_until(condition, nanoseconds, state)
