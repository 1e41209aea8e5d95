"""What has changed in Linux from one version to the next, as far as loading a module shows it.

Each row of a table is a change: since which version, by which commit, and the fields of `Features`
(`modtools.kernel.features`) that say so. A step that only some versions have is named in the list of steps, whose order
is a field, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from modtools.kernel.taint import Taint
from modtools.light import NamedTuple
from modtools.link import layout
from modtools.names import Version


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
    "tell_coming",
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
    "taint_name",
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
    "tell_named",
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

LINUX_6_1: Mapping[str, Any] = {
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
            "kobject_prefix": "kobject: ",
            "queue_name": 32,
            "tells_long_queue_names": True,
            "request_irq_adds": 0x200000,
            "forgets_misc": True,
            "checks_new_pages": True,
            "tells_missing_group": False,
            "refuses_empty_group": False,
            "refuses_nameless_sysctl": True,
            "shows_stack_of_refused_sysctl": False,
            "tells_bad_vfree_twice": True,
            "tells_leaks_of_work_fully": True,
            "tells_thread_group": True,
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
        'Linux commit 8bdc5daaa01e "sched: Add a generic function to return the preemption string", d167706f68ee'
        ' "lib/dump_stack: Use preempt_model_str()", 96389cf36591 "x86: Rely on generic printing of preemption model"',
        {"die_tells_preemption": False},
    ),
    Change(
        (6, 15),
        'Linux commit 8eea4e744758 "taint: Add TAINT_FWCTL"',
        {"taints": 20, "spelled_taints": 20 * 16 - 1},
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
        'Linux commit 55fcb926b6d8 "module: use kflagstab instead of *_gpl sections", b4760ff2a5e4 "module: deprecate'
        ' usage of *_gpl sections in module loader"',
        {"steps": _STEPS_7_1, "flagged_exports": True},
    ),
    Change((7, 1), 'Linux commit 743f8cae549a "module: Override -EEXIST module return"', {"keeps_eexist": True}),
    Change(
        (7, 1),
        'Linux commit 663385f9155f "module: Simplify warning on positive returns from module_init()"',
        {"terse_on_init": True},
    ),
    Change(
        (7, 1),
        'Linux commit 3fe1dcbc2d20 "module: expose imported namespaces via sysfs"',
        {"shows_imported_namespaces": True},
    ),
    Change(
        (7, 1),
        "a buffer for all taints: in 7.1.3, not in 7.0",
        {"spelled_taints": 1 << 10},
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
        {"taints": 18, "steps": _NO_TEST, "traceable": LINUX_6_1["traceable"] - {Taint.TEST}},
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
        'Linux commit c8424e776b09 "MODSIGN: Export module signature definitions": in 5.4, not in 4.19',
        {"names_signed_file": False},
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
