"""The state of the virtual kernel: what it is, and what is loaded into it.

Stands for the globals of `kernel/module/main.c` and `kernel/panic.c` in Linux 6.1. Only this state, the loaded modules
in it and a `Load` change; all else that a kernel is made of is frozen.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from modtools.errors import Cause
from modtools.kernel.identity import Identity
from modtools.kernel.log import Log
from modtools.kernel.modules import Modules
from modtools.kernel.taint import Taint
from modtools.light import TYPE_CHECKING, NamedTuple, Protocol
from modtools.link.arch import Arch, arch_of
from modtools.names import checked_release

# Not at run time: `pymod lsmod` needs none of them, and would start later.
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Final

    from modtools.kernel.cmdline import Policy
    from modtools.kernel.runner import Runner
    from modtools.kernel.userspace import UserSpace
    from modtools.profiles import BuiltinModule, Profile
    from modtools.profiles.exports import ExportedSymbol


SIG_ENFORCE = "/sys/module/module/parameters/sig_enforce"


class Symbols(Protocol):
    """The symbols that the kernel proper exports."""

    def get(self, name: str) -> ExportedSymbol | None:
        """Return the symbol of this name, or None."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all symbols, sorted."""

    def __iter__(self) -> Iterator[ExportedSymbol]:
        """Yield all symbols, by name."""

    def __len__(self) -> int: ...


class Sources(NamedTuple):
    """Where the kernel gets what it needs only sometimes: the symbols that it exports, what is compiled in, the X.509
    certificates (DER) that it trusts, its own table of symbols (address, letter, name; [] if not known), and the
    profile that all of these are of, None for a kernel without one.
    """

    symbols: Callable[[], Symbols]
    builtin: Callable[[], Mapping[str, BuiltinModule]] = dict
    certificates: Callable[[], tuple[bytes, ...]] = tuple
    kallsyms: Callable[[], list[tuple[int, str, str]]] = list
    profile: Callable[[], Profile | None] = lambda: None


class DeviceNode(NamedTuple):
    """A node in /dev that somebody has made for a character device, by the device's number; a link with a target."""

    major: int
    minor: int
    mode: int = 0o644
    target: str = ""


class Changed(NamedTuple):
    """What somebody has changed of a file: its permissions, user and group, None where they are as they were made, and
    whether it is gone.
    """

    mode: int | None = None
    user: int | None = None
    group: int | None = None
    gone: bool = False


class FileLoad(NamedTuple):
    """The load of a module's file that others wait for: until when, in seconds since the epoch, and its errno then."""

    until: float
    errno: int


REFUSED_AT: Final = ("kernel", "file", "find", "blacklist", "builtin", "command", "remove")
"""Where a command that was to load or remove a module came to its end: the kernel's own answer, or before it came to
that a file that is not there, a name that means nothing, the blacklist, a builtin module, a command of modprobe.d, a
module that is not there or in use.
"""


class Refusal(NamedTuple):
    """The last command that did not load or remove a module: what was typed, `step` of REFUSED_AT, and which module.

    `said` are the tool's own lines, `log` is what the kernel logged meanwhile.
    """

    command: str
    step: str
    module: str = ""
    path: str = ""
    errno: int = 0
    said: tuple[str, ...] = ()
    log: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()


@dataclass(slots=True)
class Kernel:
    """The virtual kernel. `modules` has the oldest first; `time` is microseconds since boot; `once` are the messages
    that come only once in a boot and have come; `program` is the caller's name, which some messages tell. `runner`
    runs modules' code; without one, `no_runner` says why, and that is logged. `memory_file` has what running code
    left. `switches` are the kernel's own files under /proc/sys and /sys/module that were written to, by path, with
    what they hold since, `nodes` what was made in /dev by hand, by name, `changed` which files were changed by hand, by
    path. `file_loads` are the files that are being
    loaded, by device and inode. `visible_until` tells until when, in seconds since the epoch, others see a module as
    Loading or Unloading whose code slept for so many microseconds; 0.0 if nobody looks. `userspace` has the programs
    and files of the machine. `refusal` is the last one, of whichever command, None where there was none.
    """

    identity: Identity
    sources: Sources
    modules: Modules = field(default_factory=Modules)
    log: Log = field(default_factory=Log)
    taint: int = 0
    once: set[str] = field(default_factory=set)
    modules_disabled: bool = False
    switches: dict[str, str] = field(default_factory=dict)
    nodes: dict[str, DeviceNode] = field(default_factory=dict)
    changed: dict[str, Changed] = field(default_factory=dict)
    unmounted: set[str] = field(default_factory=set)
    lock_debugging: bool = True
    time: int = 0
    program: str = "insmod"
    no_runner: str = ""
    memory_file: str = ""
    file_loads: dict[str, FileLoad] = field(default_factory=dict)
    refusal: Refusal | None = None
    visible_until: Callable[[int], float] = lambda _: 0.0
    runner_source: Callable[[Kernel], Runner | None] = lambda _: None
    made_runner: Runner | None = None
    userspace: UserSpace | None = None
    _symbols: Symbols | None = None

    def __post_init__(self) -> None:
        """Raise BadName for what cannot be a kernel's release, wherever it comes from."""
        checked_release(self.identity.release)

    @property
    def runner(self) -> Runner | None:
        """Return what runs modules' code, made on first use; None if nothing can."""
        if self.made_runner is None:
            self.made_runner = self.runner_source(self)
        return self.made_runner

    @runner.setter
    def runner(self, runner: Runner | None) -> None:
        self.made_runner = runner

    @property
    def arch(self) -> Arch:
        """Return what loading has to know of the processor."""
        return arch_of(self.identity.machine)

    @property
    def symbols(self) -> Symbols:
        """Return what the kernel proper exports, fetched on first use."""
        if self._symbols is None:
            self._symbols = self.sources.symbols()
        return self._symbols

    @property
    def kallsyms(self) -> list[tuple[int, str, str]]:
        """Return address, letter and name of the symbols of the kernel proper: all, or the exported ones as far as
        known.
        """
        known = ((symbol.address or 0, symbol.type.replace("?", "T"), symbol.name) for symbol in self.symbols)
        return self.sources.kallsyms() or sorted(known, key=lambda row: row[0])

    @property
    def policy(self) -> Policy:
        """Return what the command line, and what was written to switches since, rule about loading."""
        from modtools.kernel.cmdline import policy  # `pymod lsmod` does not ask, and would start later

        rules = policy(self.identity.cmdline)
        return rules._replace(sig_enforce=True) if self.switches.get(SIG_ENFORCE) == "Y" else rules

    def printk(self, level: int, text: str) -> None:
        """Log one message, given without its newline."""
        self.log.printk(level, text + "\n", self.time, self.identity.features.line_max)

    def note(self, text: str) -> None:
        """Log a line of pymod's own, on what it did not do as the kernel does it."""
        self.log.note(4, text, self.time)

    def printk_unfinished(self, level: int, text: str) -> None:
        """Log a message that Linux forgot to end: it is read when the next one comes."""
        self.log.printk(level, text, self.time, self.identity.features.line_max)

    def printk_once(self, key: str, level: int, text: str) -> None:
        """Log one message, given without its newline, if it is the first with this key in this boot."""
        if key not in self.once:
            self.once.add(key)
            self.printk(level, text)

    def add_taint(self, taint: Taint, *, lockdep_ok: bool = True) -> None:
        """Set a taint bit. The first that makes lock debugging unreliable turns that off, and logs it."""
        if not lockdep_ok and self.lock_debugging:
            self.lock_debugging = False
            self.printk(4, "Disabling lock debugging due to kernel taint")
        self.taint |= 1 << taint

    def tainted(self, taint: Taint) -> bool:
        """Return whether this taint bit is set."""
        return bool(self.taint >> taint & 1)
