"""What differs between kernels, as far as loading a module asks for it.

A step asks for a feature and never compares releases. What kernels are known to differ in is decided in one place,
`features_of()`, from what the kernel's identity tells, so that nothing of it is stored. It begins with Linux 6.1 and
applies the `CHANGES` since, up to the kernel's own release, or takes back the `EARLIER` ones that it does not have.
Which relocations a kernel knows goes by its release, too (`link.machines`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from modtools.formats.elf import Section, Symbol
from modtools.kernel.taint import Taint
from modtools.link import layout
from modtools.link.arch import Arch, arch_of
from modtools.link.machines import relocations_of
from modtools.link.relocations import Relocations
from modtools.names import Version, version_of

LayOut = Callable[[Sequence[Section], Sequence[Symbol], Arch, bool], layout.Layout]
"""Takes the sections of a module, its whole symbol table, the processor, and whether all symbols are kept
(CONFIG_KALLSYMS_ALL); gives where each section lies and how large the parts are."""


class Features(NamedTuple):
    """What a kernel does in its own way.

    `rules` says in words whose rules these are. `name_offset` and `memory_offset` are offsets in bytes in `struct
    module`: of the name, and of the addresses of its memory, the first fields that the kernel writes, or 0 where that
    is not known. `lay_out` places sections in memory. `line_max` is how many bytes of text one message has:
    LOG_LINE_MAX less two for the level and one for the NUL. `no_struct_module` is what is said of a file without
    `struct module`, `die_prefix` stands before what the kernel calls an
    oops, `empty_name` is where in the source it
    warns of a kobject without a name. A module with a taint that is not among `traceable` gets no trace events.
    `below_kernel` are the bytes between the places where modules may begin and the end of the kernel, on machines that
    have modules right below it: the first is tried first.
    With `shares_loads`, whoever loads a file that is being loaded waits and gets the same result. With
    `tells_throttling`, a request for a module that has to wait for others is logged when it begins to wait.
    `steps` are the functions of `modtools.kernel.load` that load a module, by name and in their order. `module_size` is
    the size of `struct module` in bytes that a file must have exactly; 0: not known, or not looked at. `relocations` is
    what it does with the types of relocations; None: not known. With `tells_user`, an oops and a warning tell
    the user's number beside the process's, and `spelled_taints` is how many bytes of the names of taints they tell.
    With `die_tells_preemption`, the first line of an oops says whether the kernel can be preempted.
    With `names_probed_device`, a probe that fails is an error of the device's. With `helps_with_firmware`, which is
    Debian's, a file of firmware that was found is logged, and where to get help for one that was not.

    `checks_string_types` and `checks_symbol_names`: whether the tables of names must be string tables by their type,
    and each symbol's name must be in its table. `extended_versions`: whether the tables of CRCs for long names count.
    `refuses_missing_crcs`: whether a module needs a CRC for each symbol, if it has any. `module_namespaces`: whether
    `module:a,b-*` opens a namespace to the modules that it names. `flagged_exports`: whether a byte of flags tells
    which exports are GPL-only, and no table of their own. `keeps_eexist`: whether -EEXIST means a name that is taken,
    and init's own is changed. `terse_on_init`: whether a positive value of init is told in one line.

    Of older kernels: `names_elf_faults`: whether it is told what is wrong with an ELF file. `inherits_proprietary`:
    whether the user of a proprietary module becomes one. `namespaces`: whether there are namespaces of symbols.
    `tells_unsigned`: whether a module without a good signature is refused with a reason; before, whatever is wrong with
    one refuses it, but for a missing key. `tells_blacklisted`: whether a module on the blacklist is refused with words.
    """

    rules: str
    name_offset: int
    memory_offset: int
    lay_out: LayOut
    line_max: int
    no_struct_module: str
    die_prefix: str
    empty_name: str
    traceable: frozenset[Taint]
    steps: tuple[str, ...]
    module_size: int = 0
    relocations: Relocations | None = None
    below_kernel: tuple[int, ...] = ()
    shares_loads: bool = False
    tells_user: bool = False
    spelled_taints: int = 0
    die_tells_preemption: bool = True
    checks_string_types: bool = False
    checks_symbol_names: bool = False
    extended_versions: bool = False
    module_namespaces: bool = False
    refuses_missing_crcs: bool = False
    flagged_exports: bool = False
    keeps_eexist: bool = False
    terse_on_init: bool = False
    names_elf_faults: bool = True
    inherits_proprietary: bool = True
    namespaces: bool = True
    tells_unsigned: bool = True
    tells_blacklisted: bool = True
    names_probed_device: bool = False
    helps_with_firmware: bool = True
    tells_throttling: bool = True

    def judges(self, release: str) -> str:
        """Return in words whose rules judge the modules of a kernel of this release."""
        series = version_of(release)[:2]
        return (
            self.rules
            if series in RECORDED and self.rules == _title(series)
            else f"{self.rules}, whatever is different in {release}"
        )


class Change(NamedTuple):
    """What became different in Linux: in which version, by which commit and subject, and the `fields` that say so.

    `stable` is the first version of an older series that is known to have it, too. `machine` is the only one that has
    it, "" for all.
    """

    since: Version
    what: str
    fields: Mapping[str, Any]
    stable: Version | None = None
    machine: str = ""

    def is_in(self, machine: str, version: Version) -> bool:
        """Return whether a kernel of this version has the change on this machine."""
        kept = self.stable is not None and version[:2] == self.stable[:2] and version >= self.stable
        return self.machine in ("", machine) and (kept or version >= self.since)


RECORDED: tuple[Version, ...] = ((6, 1), (6, 12))
"""The series of Linux whose rules are known from a kernel that was asked; of others is known what has changed."""

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

_CHECKED = ("check_blacklist", "check_struct_version", "check_vermagic")
_TAINTED = ("taint_out_of_tree", "warn_retpoline", "taint_staging")
_LICENSED = ("taint_license", "taint_test")
_FILLED = (
    "check_export_versions",
    "resolve_symbols",
    "place",
    "choose_runner",
    "relocate",
    "refuse_duplicates",
    "enter_list",
    "remember_file",
    "add_trace_events",
    "add_btf",
    "set_parameters",
    "enter_sysfs",
    "run_init",
)
_AUGMENTED = (
    *_CHECKED,
    "check_livepatch",
    "reserve_name",
    "size_sections",
    "remember_proprietary",
    *_TAINTED,
    "taint_livepatch",
    *_LICENSED,
    "taint_unsigned",
    "tell_proprietary",
    *_FILLED,
)
"""With the name looked at first, and all taints in one place: `early_mod_check()`, `module_augment_kernel_taints()`."""

_STEPS_6_1 = (
    "check_signature",
    "check_elf",
    "find_parts",
    *_CHECKED,
    *_TAINTED,
    "check_livepatch",
    "taint_livepatch",
    *_LICENSED,
    "size_sections",
    "reserve_name",
    "taint_unsigned",
    *_FILLED,
)
_NO_TEST = tuple(step for step in _STEPS_6_1 if step != "taint_test")
_STEPS_4_19 = ("check_elf_header", "find_parts", "check_blacklist", "check_signature", "check_length", *_NO_TEST[4:])
_STEPS_6_4 = ("check_signature", "check_elf_with_struct", "name_module", *_AUGMENTED)
_STEPS_6_13 = ("check_signature", "check_elf_and_parts", "name_module", *_AUGMENTED)


def _before(later: str, step: str, steps: tuple[str, ...]) -> tuple[str, ...]:
    """Return the steps with one more, which comes before this one."""
    at = steps.index(later)
    return (*steps[:at], step, *steps[at:])


_STEPS_6_16 = _before("resolve_symbols", "check_imported_namespaces", _STEPS_6_13)
_STEPS_7_1 = _before("check_export_versions", "check_export_flags", _STEPS_6_16)

_LINUX_6_1: Mapping[str, Any] = {
    "lay_out": layout.lay_out_in_two,
    "line_max": 989,
    "no_struct_module": "No module found in object",
    "die_prefix": "",
    "empty_name": "lib/kobject.c:210 kobject_add_internal+0x241/0x260",
    "traceable": frozenset((Taint.CRAP, Taint.OOT_MODULE, Taint.UNSIGNED_MODULE, Taint.TEST)),
    "steps": _STEPS_6_1,
}
"""As Debian's 6.1.0-56-amd64 has them."""

CHANGES: tuple[Change, ...] = (
    Change(
        (5, 13),
        'Linux commit 2bfc6cd81bd1 "riscv: Move kernel mapping outside of linear mapping"',
        {"below_kernel": (2 << 30,)},
        machine="riscv64",
    ),
    Change(
        (6, 4),
        'Linux commit ac3b43283923 "module: replace module_layout with module_memory"',
        {"lay_out": layout.lay_out_by_kind, "memory_offset": 0},
    ),
    Change(
        (6, 4),
        '"module: merge remnants of setup_load_info() to elf validation", "module: avoid allocation if module is'
        ' already present and ready", "module: move tainting until after a module hits our linked list"',
        {"steps": _STEPS_6_4},
    ),
    Change(
        (6, 4),
        '"modules/kmod: replace implementation with a semaphore"',
        {"tells_throttling": False},
    ),
    Change(
        (6, 5),
        'Linux commit 3e35d303ab7d "arm64: module: rework module VA range selection"',
        {"below_kernel": (128 << 20, 2 << 30)},
        machine="aarch64",
    ),
    Change(
        (6, 5),
        'Linux commit 9b9879fc0327 "modules: catch concurrent module loads, treat them as idempotent"',
        {"shares_loads": True},
    ),
    Change(
        (6, 10),
        '"driver: core: Log probe failure as error and with device metadata": sent in March 2024, in 6.12',
        {"names_probed_device": True},
    ),
    Change(
        (6, 10),
        '"Oops: " before the name of every exception: in 6.11.11 and logs of next-20240424, not in 6.8',
        {"die_prefix": "Oops: "},
    ),
    Change(
        (6, 11),
        '"lib/dump_stack: report process UID in dump_stack_print_info()", "kernel/panic: add verbose logging of kernel'
        ' taints in backtraces"; not yet in 6.8, in 6.11.11. The buffer is as large as the table of taints',
        {"tells_user": True, "spelled_taints": 19 * 16 - 1},
    ),
    Change(
        (6, 12),
        "as Debian's 6.12.118+deb13-amd64 has it",
        {
            "line_max": 1021,
            "empty_name": "lib/kobject.c:219 kobject_add_internal+0x228/0x250",
            "helps_with_firmware": False,
        },
    ),
    Change(
        (6, 12),
        "as Debian's 6.12.118+deb13-arm64 has it",
        {"empty_name": "lib/kobject.c:219 kobject_add_internal+0x2ec/0x360"},
        machine="aarch64",
    ),
    Change(
        (6, 13),
        '"module: Factor out elf_validity_ehdr" and those after it',
        {"steps": _STEPS_6_13},
        stable=(6, 12, 117),
    ),
    Change(
        (6, 13),
        '"module: Additional validation in elf_validity_cache_strtab": in 6.13, not in 6.12.118',
        {"checks_symbol_names": True},
    ),
    Change(
        (6, 14),
        '"modules: Support extended MODVERSIONS info"',
        {"extended_versions": True, "lay_out": layout.lay_out_without_extended},
    ),
    Change(
        (6, 15),
        '"lib/dump_stack: Add preemption model to dump_stack_print_info()", "x86: Rely on generic printing of'
        ' preemption model", "taint: Add TAINT_FWCTL"',
        {"die_tells_preemption": False, "spelled_taints": 20 * 16 - 1},
    ),
    Change(
        (6, 15),
        '"module: Make .static_call_sites read-only after init": in 6.19, not in 6.14',
        {"lay_out": layout.lay_out_static_calls},
    ),
    Change(
        (6, 16),
        '"module: Add module specific symbol namespace support": in 6.19, not in 6.14',
        {"module_namespaces": True, "steps": _STEPS_6_16},
    ),
    Change(
        (7, 1),
        "symbols exported with flags (__kflagstab), -EEXIST kept for a name that is taken, one line on a positive value"
        " of init, a buffer for all taints: in 7.1.3, not in 7.0",
        {
            "steps": _STEPS_7_1,
            "flagged_exports": True,
            "keeps_eexist": True,
            "terse_on_init": True,
            "spelled_taints": 1 << 10,
        },
    ),
    Change(
        (7, 2),
        '"module: validate string table section types": in 6.12.117, not in 7.1.5',
        {"checks_string_types": True},
        stable=(6, 12, 117),
    ),
)
"""What is known to have changed since Linux 6.1, the oldest first."""


EARLIER: tuple[Change, ...] = (
    Change(
        (6, 1),
        "`struct module` as Debian's 6.1.0-56-amd64 has it",
        {"memory_offset": 0},
    ),
    Change(
        (6, 0),
        'Linux commit 2852ca7fba9f "panic: Taint kernel if tests are run": in 6.1, not in 5.19',
        {"steps": _NO_TEST, "traceable": _LINUX_6_1["traceable"] - {Taint.TEST}},
    ),
    Change(
        (5, 16),
        'Linux commit 7fd982f394c4 "module: change to print useful messages from elf_validity_check()"',
        {"names_elf_faults": False},
        stable=(5, 15, 135),
    ),
    Change(
        (5, 12),
        'Linux commit ec2a29593c83 "module: harden ELF info handling": the signature first, then the ELF file',
        {"steps": _STEPS_4_19},
        stable=(5, 10, 26),
    ),
    Change(
        (5, 10),
        "a blacklisted module is told: in 5.10, not in 4.19, and when it came is not known",
        {"tells_blacklisted": False},
    ),
    Change(
        (5, 9),
        '"modules: inherit TAINT_PROPRIETARY_MODULE": in 5.10, not in 4.19',
        {"inherits_proprietary": False},
    ),
    Change(
        (5, 4),
        '"module: add support for symbol namespaces.", "lockdown: Enforce module signatures if the kernel is locked'
        ' down": in 5.10, not in 4.19',
        {"namespaces": False, "tells_unsigned": False},
    ),
    Change(
        (5, 2),
        'Linux commit 1c7651f43777 "kallsyms: store type information in its own array"',
        {"lay_out": layout.lay_out_without_types},
    ),
    Change(
        (4, 20),
        '"jump_table: Move entries into ro_after_init region": in 5.10, not in 4.19',
        {"lay_out": layout.lay_out_plainly},
    ),
)
"""What is known to have changed until Linux 6.1, the newest first, and how it was before, back to 4.19."""


@lru_cache(maxsize=8)
def features_of(machine: str, release: str, vermagic: str) -> Features:
    """Return the features of a kernel, from what is known of it. Raises KeyError for a machine that nobody knows.

    A release that does not begin with a version counts as newer than all.
    """
    version = version_of(release)
    values = {
        **_LINUX_6_1,
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
