"""When each feature came, told once more by the releases of Linux: field by field, before and since."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from modtools.kernel.changes import CHANGES, EARLIER
from modtools.kernel.features import features_of

HISTORY = """\
4.20 lay_out
5.2 lay_out
5.4 names_signed_file namespaces tells_unsigned
5.9 inherits_proprietary
5.10 tells_blacklisted
5.12 5.10.26 steps
5.13 riscv64 below_kernel
5.16 5.15.135 names_elf_faults
6.0 taints traceable steps
6.1 memory_offset
6.4 lay_out memory_offset steps tells_throttling
6.5 aarch64 below_kernel
6.5 shares_loads
6.10 names_probed_device die_prefix
6.11 tells_user spelled_taints
6.12 line_max empty_name helps_with_firmware kobject_prefix queue_name tells_long_queue_names request_irq_adds
6.12 forgets_misc checks_new_pages tells_missing_group refuses_empty_group refuses_nameless_sysctl
6.12 shows_stack_of_refused_sysctl tells_bad_vfree_twice tells_leaks_of_work_fully tells_thread_group
6.13 6.12.117 steps
6.13 checks_symbol_names
6.14 extended_versions lay_out
6.15 die_tells_preemption taints spelled_taints lay_out
6.16 module_namespaces steps
7.1 flagged_exports keeps_eexist terse_on_init shows_imported_namespaces spelled_taints steps
7.2 6.12.117 checks_string_types
"""
"""The version, the first one of an older series that has it, too, or the only machine, and the fields that change."""


def before(version: str) -> str:
    """The last release before a version, as far as numbers go."""
    *numbers, last = map(int, version.split("."))
    if not last:
        return {"6.0": "5.19"}[version]
    return ".".join(map(str, (*numbers, last - 1)))


def rows() -> Iterator[tuple[str, str, str]]:
    """Version, machine and field of each change."""
    for line in HISTORY.splitlines():
        version, *rest = line.split()
        others = [word for word in rest if word[0].isdigit()]
        machines = [word for word in rest if word in ("riscv64", "aarch64")]
        for field in set(rest) - {*others, *machines}:
            for each in (version, *others):
                yield each, machines[0] if machines else "x86_64", field


@pytest.mark.parametrize(("version", "machine", "field"), sorted(rows()))
def test_a_feature_is_another_one_since_a_version(version: str, machine: str, field: str) -> None:
    """And was not yet in the release before; where one machine alone has it, on no other one."""
    old, new = (getattr(features_of(machine, release, ""), field) for release in (before(version), version))
    assert old != new
    for other in ("s390x", "ppc64le") if machine != "x86_64" else ():
        assert getattr(features_of(other, before(version), ""), field) == getattr(
            features_of(other, version, ""), field
        )


def test_the_history_is_whole() -> None:
    """Each field of each change is in it, once for each version that it came with."""
    told = {(version, field) for version, _, field in rows()}
    changed = [(change, field) for change in (*CHANGES, *EARLIER) for field in change.fields]
    versions = {(".".join(map(str, change.since)), field) for change, field in changed}
    versions |= {(".".join(map(str, change.stable)), field) for change, field in changed if change.stable}
    assert told == versions


VALUES: dict[tuple[str, str], dict[str, object]] = {
    ("x86_64", "4.19"): {"taints": 18, "line_max": 989, "spelled_taints": 0, "die_prefix": "", "below_kernel": ()},
    ("riscv64", "5.13"): {"below_kernel": (1 << 31,)},
    ("aarch64", "6.5"): {"below_kernel": (1 << 27, 1 << 31)},
    ("x86_64", "6.1"): {"taints": 19, "line_max": 989, "memory_offset": 0x150, "name_offset": 24, "module_size": 0},
    ("i686", "6.1"): {"name_offset": 12, "memory_offset": 0},
    ("x86_64", "6.11"): {"die_prefix": "Oops: ", "spelled_taints": 303},
    ("x86_64", "6.12.118+deb13-amd64"): {"line_max": 1021, "memory_offset": 0, "module_size": 1280},
    ("x86_64", "6.15"): {"taints": 20, "spelled_taints": 319},
    ("x86_64", "7.1"): {"taints": 20, "spelled_taints": 1024},
}
"""Numbers and words that a kernel of a machine and release has."""


@pytest.mark.parametrize(("machine", "release"), VALUES)
def test_what_is_counted(machine: str, release: str) -> None:
    """Bytes, bits and texts."""
    features = features_of(machine, release, "")
    assert {field: getattr(features, field) for field in VALUES[machine, release]} == VALUES[machine, release]


EMPTY_NAMES = {
    ("x86_64", "6.1"): "lib/kobject.c:210 kobject_add_internal+0x241/0x260",
    ("x86_64", "6.12"): "lib/kobject.c:219 kobject_add_internal+0x228/0x250",
    ("aarch64", "6.12"): "lib/kobject.c:219 kobject_add_internal+0x2ec/0x360",
}


def test_where_an_empty_name_is_warned_of() -> None:
    """As it was recorded."""
    assert {key: features_of(*key, "").empty_name for key in EMPTY_NAMES} == EMPTY_NAMES
