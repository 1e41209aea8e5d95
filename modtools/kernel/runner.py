"""The seam between the kernel and what runs a module's own code.

The kernel does not know how code is run, or whether it is at all: it hands a linked module over, asks for its functions
to be called, and is told how that went.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from modtools import causes
from modtools.errors import Cause, Killed, Segfault
from modtools.light import NamedTuple

# Not at run time: the tools that only look at an `End` would start later.
if TYPE_CHECKING:
    from modtools.kernel.modules import LoadedModule, ModuleState, Parameter
    from modtools.link.relocate import Linked
    from modtools.module import Module


class End(StrEnum):
    """How a call into a module ended."""

    RETURNED = "returned"
    NEEDS = "needs"  # a function or variable of the kernel that is not provided
    KILLED = "killed"  # the kernel oopsed, which is logged
    STUCK = "stuck"  # it does not end
    FAILED = "failed"  # it asked for more than a run is given, or the emulator itself failed


PAGE_FAULT = "Oops"
"""How Linux calls a page fault of its own."""


class Outcome(NamedTuple):
    """The end of a call; `value` is what it returned, `detail` what was needed, or why it failed."""

    end: End
    value: int = 0
    detail: str = ""


INTERRUPTED = "interrupted"
"""The `detail` of a call that returned after its process had got a signal, for it waited for what never came."""


REFUSED = "refused"
"""The `detail` of a call that was to read or write a file and could not open it."""


class FileEntry(NamedTuple):
    """A file, folder or link that a module has made: its st_mode, the runner's key for it, and where a link points.

    `size` is what it claims to have in bytes, `user` and `group` are its owners, `number` is a device's: the major one
    above 20 bits of the minor one.
    """

    mode: int
    key: tuple[str, int, int] = ("", 0, 0)
    target: str = ""
    size: int = 0
    user: int = 0
    group: int = 0
    number: int = 0


class OpenEntry(NamedTuple):
    """A file that is open: what was opened, and the process that is going to close it, 0 for none in particular."""

    path: str
    holder: int = 0


class Caller(NamedTuple):
    """The thread of a program that makes a system call: its number on the host, that of the program, which has the
    name `name`, and those of user and group.
    """

    pid: int
    tgid: int
    name: str
    user: int = 0
    group: int = 0


def reason(outcome: Outcome) -> str:
    """Return in words for the log why a call did not come to its end."""
    return f"needs {outcome.detail}" if outcome.end is End.NEEDS else outcome.detail


_KINDS = {
    End.KILLED: causes.CODE_OOPSED,
    End.STUCK: causes.CODE_STUCK,
    End.NEEDS: causes.CODE_STOPPED,
    End.FAILED: causes.CODE_STOPPED,
}


def killed(end: End, function: str, detail: str) -> Killed:
    """Return the exception that ends the process whose call oopsed or got stuck; `detail` names the oops, if any."""
    kind = Segfault if end is End.KILLED and detail not in ("", PAGE_FAULT) else Killed
    return kind(cause(end, function, detail))


def cause(end: End, function: str, detail: str) -> Cause:
    """Return the cause for a call that did not return; `function` says what was called (`NAME: init`)."""
    return Cause(_KINDS[end], function, detail)


class Runner(Protocol):
    """Runs modules' code in the memory of one kernel. `changed` says that `save` has something new to return,
    `isolated` whether each call into the code is made in a process of its own.
    """

    changed: bool
    isolated: bool

    def save(self) -> bytes:
        """Return what another process needs to run code in the same memory."""

    def why_not(self, module: Module) -> str:
        """Return why the code of this module cannot be run, in words for the log; "" if it can."""

    def externals(self, addresses: Mapping[str, int | None]) -> Mapping[str, int | None]:
        """Return the values that these undefined symbols, given with their addresses, have for the module's code."""

    def percpu(self, name: str, module: Module) -> int:
        """Return where the module's per-cpu variables lie, relative to each processor's area."""

    def place(self, loaded: LoadedModule, module: Module, linked: Linked) -> None:
        """Put a linked module into memory, and note in `loaded.path` where its file is found again."""

    def init(self, module: LoadedModule) -> Outcome:
        """Call the module's init function."""

    def tell(self, module: LoadedModule, state: ModuleState) -> Outcome:
        """Set the state in a module's `struct module`, and call whoever wants to know of it; the outcome's value is the
        error of one who refuses a module that comes, or 0.
        """

    def live(self, module: LoadedModule) -> None:
        """Free the memory of a module's init part, once init is over."""

    def exit(self, module: LoadedModule) -> Outcome:
        """Call the module's exit function."""

    def forget(self, module: LoadedModule) -> None:
        """Free all memory of a module that is gone."""

    def set_parameter(self, module: LoadedModule, parameter: Parameter, text: str | None) -> Outcome:
        """Call a parameter's own set function."""

    def files(self, path: str) -> Mapping[str, FileEntry]:
        """Return what modules have made in a folder of /proc, /sys or /dev, by name."""

    def read_file(self, key: tuple[str, int, int]) -> tuple[Outcome, bytes]:
        """Read a file that a module has made; return how that went and the bytes."""

    def write_file(self, key: tuple[str, int, int], data: bytes) -> Outcome:
        """Write to a file that a module has made."""

    def open_file(self, key: tuple[str, int, int], flags: int, entry: OpenEntry) -> Outcome:
        """Open a file that a module has made, with the flags of open(2), and leave it open; `value` is its number."""

    def on_file(self, number: int, what: str, *arguments: Any) -> tuple[Outcome, bytes]:
        """Make a system call on an open file: "read", "write", "seek", "ioctl", "poll" or "flush"; or ask whether it is
        "seekable". Return how it went and the bytes that it gives back.
        """

    def close_file(self, number: int) -> Outcome:
        """Give an open file up after its last close(2)."""

    def begin_open(self, caller: Caller, key: tuple[str, int, int], flags: int, entry: OpenEntry) -> Outcome:
        """Begin to open a file for a program; `value` is the number of the system call, whose result is the file's."""

    def begin_call(self, caller: Caller, number: int, what: str, *arguments: Any) -> Outcome:
        """Begin a system call on an open file, as for `on_file`, or "release"; `value` is its number."""

    def signal_call(self, number: int, signals: int) -> Outcome:
        """Send a set of signals, bit 0 for the first, to the program that waits for a system call."""

    def ended_calls(self, holder: int) -> list[tuple[int, Outcome, bytes]]:
        """Return number, outcome and bytes of each system call that has ended since this was asked for, on files that
        this process is going to close.
        """

    def forget_programs(self, lives: Callable[[int], bool]) -> None:
        """Forget the threads of programs that are in no system call and do not live, which a function tells by their
        numbers.
        """

    def calls(self) -> Mapping[int, int]:
        """Return the system calls that have not ended, or were not asked for since: by their numbers the process that
        is going to close the file.
        """

    def signalled(self) -> list[tuple[int, int]]:
        """Return the signals that modules have sent to programs since this was asked for: numbers of the program and of
        the signal.
        """

    def woken(self, files: Collection[int]) -> set[int]:
        """Return which of these open files a driver has told of since they were polled."""

    def next_event(self) -> int | None:
        """Return in how many nanoseconds something is due, None if nothing is."""

    def open_files(self) -> Mapping[int, OpenEntry]:
        """Return the files that are open, by their numbers."""

    def tick(self, nanoseconds: int) -> Outcome:
        """Let so many nanoseconds pass, and run what is due."""

    def raise_interrupt(self, number: int, times: int) -> Outcome:
        """Raise an interrupt line, as hardware does; the outcome's value is -EINVAL for a line that does not exist."""

    def send_events(self, device: str, events: Sequence[tuple[int, int, int]]) -> Outcome:
        """Let an input device send events, each a type, a code and a value; the outcome's value is -ENODEV for a device
        that does not exist.
        """

    def table(self, name: str) -> str:
        """Return the text of a file of /proc that tells what is registered with the kernel, by its path there."""

    def debug(self, module: LoadedModule, query: str) -> None:
        """Switch debug messages of a module on or off, by a query to dynamic debug."""

    def get_parameter(self, module: LoadedModule, parameter: Parameter) -> tuple[Outcome, str]:
        """Call a parameter's own get function; return how that went and the text that it wrote."""

    def store(self, module: LoadedModule, parameter: Parameter) -> None:
        """Write a parameter's value into the module's memory."""

    def fetch(self, module: LoadedModule, parameter: Parameter) -> None:
        """Read a parameter's value out of the module's memory."""
