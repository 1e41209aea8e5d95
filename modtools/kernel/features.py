"""What differs between kernels, as far as loading a module asks for it.

A step asks for a feature and never compares releases. What kernels are known to differ in is decided in one place,
`features_of()`, from what the kernel's identity tells, so that nothing of it is stored. It begins with Linux 6.1 and
applies the `CHANGES` since (`modtools.kernel.changes`), up to the kernel's own release, or takes back the `EARLIER`
ones that it does not have. Which relocations a kernel knows goes by its release, too (`link.machines`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from modtools.formats.elf import Section, SymbolTable
from modtools.kernel.changes import CHANGES, EARLIER, LINUX_6_1, RECORDED
from modtools.kernel.taint import Taint
from modtools.light import NamedTuple
from modtools.link import layout
from modtools.link.arch import Arch, arch_of
from modtools.link.machines import relocations_of
from modtools.link.relocations import Relocations
from modtools.names import Version, version_of

LayOut = Callable[[Sequence[Section], SymbolTable, Arch, bool], layout.Layout]
"""Takes the sections of a module, its whole symbol table, the processor, and whether all symbols are kept
(CONFIG_KALLSYMS_ALL); gives where each section lies and how large the parts are."""


class Features(NamedTuple):
    """What a kernel does in its own way."""

    rules: str
    """Says in words whose rules these are."""
    name_offset: int
    """Where the name is in `struct module`, in bytes."""
    memory_offset: int
    """Where the addresses of its memory are there, the first fields that the kernel writes; 0: not known."""
    lay_out: LayOut
    """Places sections in memory."""
    line_max: int
    """How many bytes of text one message has: LOG_LINE_MAX less two for the level and one for the NUL."""
    no_struct_module: str
    """What is said of a file without `struct module`."""
    die_prefix: str
    """Stands before what the kernel calls an oops."""
    empty_name: str
    """Where in the source it warns of a kobject without a name."""
    traceable: frozenset[Taint]
    """A module with a taint that is not among these gets no trace events."""
    steps: tuple[str, ...]
    """The functions of `modtools.kernel.module.load` that load a module, by name and in their order."""
    module_size: int
    """The size of `struct module` in bytes that a file must have exactly; 0: not known, or not looked at."""
    relocations: Relocations | None = None
    """What it does with the types of relocations; None: not known."""
    below_kernel: tuple[int, ...] = ()
    """The bytes between the places where modules may begin and the end of the kernel, on machines that have modules
    right below it: the first is tried first."""
    shares_loads: bool = False
    """Whether whoever loads a file that is being loaded waits and gets the same result."""
    tells_throttling: bool = True
    """Whether a request for a module that has to wait for others is logged when it begins to wait."""
    tells_user: bool = False
    """Whether an oops and a warning tell the user's number beside the process's."""
    taints: int = 19
    """How many taint bits there are."""
    spelled_taints: int = 0
    """How many bytes of the names of taints they tell."""
    die_tells_preemption: bool = True
    """Whether the first line of an oops says if the kernel can be preempted; else the line on the process says how."""
    names_probed_device: bool = False
    """Whether a probe that fails is an error of the device's."""
    helps_with_firmware: bool = True
    """Whether a file of firmware that was found is logged, and where to get help for one that was not: Debian's."""

    kobject_prefix: str = ""
    """Stands before most of what is said of kobjects."""
    queue_name: int = 24
    """How many bytes a workqueue's name has room for, its NUL counted."""
    tells_long_queue_names: bool = False
    """Whether a workqueue's name that is cut is told."""
    request_irq_adds: int = 0
    """Flags that request_irq() adds to those of the caller."""
    forgets_misc: bool = False
    """Whether a miscellaneous device that was deregistered is known to be in no list."""
    checks_new_pages: bool = False
    """Whether a page that is given out is looked at before, so that one that was freed twice is noticed."""

    tells_missing_group: bool = True
    """Whether it is a warning to remove a group of files in /sys that is not there."""
    refuses_empty_group: bool = True
    """Whether a group of files in /sys without attributes is refused, with a warning."""
    shows_stack_of_refused_sysctl: bool = True
    """Whether it is shown who registers a table of sysctl values that is refused."""
    refuses_nameless_sysctl: bool = False
    """Whether a table of sysctl values with a row without a name is refused, where it is told how many there are."""
    tells_bad_vfree_twice: bool = False
    """Whether an address that vfree() cannot take is told as that of no area, too."""
    tells_thread_group: bool = False
    """Whether the thread group is told of a process that waits for ever."""
    tells_leaks_of_work_fully: bool = False
    """Whether readers of RCU that work leaves behind are told, and each count by its name."""

    checks_string_types: bool = False
    """Whether the tables of names must be string tables by their type."""
    checks_symbol_names: bool = False
    """Whether each symbol's name must be in its table."""
    extended_versions: bool = False
    """Whether the tables of CRCs for long names count."""
    refuses_missing_crcs: bool = False
    """Whether a module needs a CRC for each symbol, if it has any."""
    module_namespaces: bool = False
    """Whether `module:a,b-*` opens a namespace to the modules that it names."""
    flagged_exports: bool = False
    """Whether a byte of flags tells which exports are GPL-only, and no table of their own."""
    keeps_eexist: bool = False
    """Whether -EEXIST means a name that is taken, and init's own is changed."""
    terse_on_init: bool = False
    """Whether a positive value of init is told in one line."""
    shows_imported_namespaces: bool = False
    """Whether /sys/module/NAME/import_ns has the namespaces that a module imports."""

    names_elf_faults: bool = True
    """Whether it is told what is wrong with an ELF file."""
    inherits_proprietary: bool = True
    """Whether the user of a proprietary module becomes one."""
    namespaces: bool = True
    """Whether there are namespaces of symbols."""
    tells_unsigned: bool = True
    """Whether a module without a good signature is refused with a reason; before, whatever is wrong with one refuses
    it, but for a missing key."""
    names_signed_file: bool = True
    """Whether a message on a signature begins with what is signed, "module"."""
    tells_blacklisted: bool = True
    """Whether a module on the blacklist is refused with words."""

    def judges(self, release: str) -> str:
        """Return in words whose rules judge the modules of a kernel of this release."""
        series = version_of(release)[:2]
        return (
            self.rules
            if series in RECORDED and self.rules == _title(series)
            else f"{self.rules}, whatever is different in {release}"
        )


_NAME_OFFSETS = {64: 24, 32: 12}
"""Of the name in `struct module` (`include/linux/module.h`), by the bits of a pointer."""
_MEMORY_OFFSETS = {"x86_64": 0x150}
"""Of the memory there, by machine: that of Debian's 6.1.0-56-amd64."""

_MODULE_SIZES = {"6.12.118+deb13-amd64": 1280, "6.12.118+deb13-arm64": 1280}
"""Of `struct module`, which depends on a kernel's build options, in bytes by release."""

_DEBIANS = re.compile(
    r"-(cloud-|rt-)?(amd64|arm64(-16k)?|686(-pae)?|armmp(-lpae)?|marvell|rpi|s390x|riscv64|powerpc64le(-64k)?|loong64"
    r"|loongson-3|octeon|[45]kc-malta|mips\w+)(-unsigned)?$"
)
"""How the release of a kernel that Debian built ends. Debian has a patch of its own, "module: Disable matching missing
version CRC": Linux itself lets a symbol without a CRC go, with a message the first time."""

_UNTOLD = 1 << 16
"""The third number of a version that a release of Debian's does not tell: 5.10.0-30-amd64 is 5.10.218."""


@lru_cache(maxsize=8)
def features_of(machine: str, release: str, vermagic: str) -> Features:
    """Return the features of a kernel, from what is known of it. Raises KeyError for a machine that nobody knows.

    A release that does not begin with a version counts as newer than all.
    """
    version = version_of(release)
    values = {
        **LINUX_6_1,
        "rules": _rules(machine, version),
        "name_offset": _NAME_OFFSETS[arch_of(machine).bits],
        "memory_offset": _MEMORY_OFFSETS.get(machine, 0),
        "module_size": _MODULE_SIZES.get(release, 0),
        "relocations": relocations_of(machine, release, vermagic),
        "refuses_missing_crcs": bool(_DEBIANS.search(release)),
    }
    if _DEBIANS.search(release) and version[2:] == (0,):
        version = (*version[:2], _UNTOLD)
    for change in EARLIER:
        if not change.is_in(machine, version):
            values |= change.fields
    for change in CHANGES:
        if change.is_in(machine, version):
            values |= change.fields
    return Features(**values)


def _rules(machine: str, version: Version) -> str:
    """Return in words whose rules judge a kernel of this version: those of the newest recorded one that is not newer,
    and what is known to have changed from there.
    """
    if version < RECORDED[0]:
        return f"{_title(RECORDED[0])}, with what is known to have changed since {_number(version[:2])}"
    base = max(known for known in RECORDED if known <= version)
    later = [
        change.since for change in CHANGES if change.machine in ("", machine) and base < change.since <= version[:2]
    ]
    return f"{_title(base)}, with what is known to have changed until {_number(max(later))}" if later else _title(base)


def _title(version: Version) -> str:
    return f"Linux {_number(version)}"


def _number(version: Version) -> str:
    return ".".join(map(str, version))
