"""A folder that modules are built against tells what the kernel itself says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from modtools import profiles
from modtools.errors import PymodError
from modtools.sources import check_agreement
from modtools.sources.build import from_build, machine_of, options, vermagic_of
from modtools.sources.lists import from_symvers
from tests.reference import kernel_headers


@pytest.mark.headers
def test_debians_headers_agree_with_the_kernels_image() -> None:
    """Release, machine, version magic, /proc/version and each symbol's CRC are those that the image has."""
    profile = profiles.load()
    told = from_build(kernel_headers())
    assert (told.release, told.machine, told.vermagic, told.version) == (
        profile.release,
        profile.machine,
        profile.vermagic,
        profile.version,
    )
    ours = {symbol.name: (symbol.crc, symbol.gpl, symbol.namespace) for symbol in profile.exports}
    assert {s.name: (s.crc, s.gpl, s.namespace) for s in (told.symbols or {}).values()} == ours
    assert told.config is not None
    assert profile.config == {name: told.config.get(name, "n") for name in profile.config}
    assert {"symbols", "gpl", "namespaces", "options", "version"} <= told.knows


@pytest.mark.parametrize(
    ("config", "machine", "vermagic"),
    [
        ("X86_64 SMP PREEMPT_BUILD MODULE_UNLOAD MODVERSIONS", "x86_64", "6.1 SMP preempt mod_unload modversions "),
        ("ARM64 64BIT SMP MODULE_UNLOAD MODVERSIONS", "aarch64", "6.1 SMP mod_unload modversions aarch64"),
        ("ARM CPU_V7 SMP MODULE_UNLOAD ARM_PATCH_PHYS_VIRT", "armv7l", "6.1 SMP mod_unload ARMv7 p2v8 "),
        ("RISCV 64BIT SMP MODULE_UNLOAD", "riscv64", "6.1 SMP mod_unload riscv"),
        ("S390 64BIT SMP PREEMPT_RT", "s390x", "6.1 SMP preempt_rt "),
        ("LOONGARCH 64BIT", "loongarch64", "6.1 LOONGARCH 64BIT "),
        ("X86_64 RANDSTRUCT", "x86_64", ""),
        ("X86_32", "i686", ""),
        ("XTENSA", "", ""),
    ],
)
def test_the_options_tell_machine_and_version_magic(config: str, machine: str, vermagic: str) -> None:
    """Each word of it as include/linux/vermagic.h makes it; nothing where it is made in a way that is not known."""
    told = options("".join(f"CONFIG_{name}=y\n" for name in config.split()))
    assert (machine_of(told), vermagic_of(told, "6.1")) == (machine, vermagic)


def test_what_is_not_there_is_not_told(tmp_path: Path) -> None:
    """A folder with a release alone tells that and nothing else."""
    (tmp_path / "include/generated").mkdir(parents=True)
    (tmp_path / "include/generated/utsrelease.h").write_text('#define UTS_RELEASE "6.6.1"\n')
    told = from_build(tmp_path)
    assert (told.release, told.machine, told.vermagic, told.version, told.symbols) == ("6.6.1", "", "", "", None)
    assert not told.knows


def test_two_kernels_are_told_apart(tmp_path: Path) -> None:
    """Two sources with another CRC of one symbol are refused, with the names of both."""
    for name, crc in (("one", 1), ("two", 2)):
        (tmp_path / name).write_text(f"{crc:#010x}\t_printk\tvmlinux\tEXPORT_SYMBOL\t\n")
    one, two = from_symvers(tmp_path / "one"), from_symvers(tmp_path / "two")
    check_agreement([one, one])
    with pytest.raises(PymodError, match=r"one is for .* _printk .* 0x00000001, but .*two for .* 0x00000002"):
        check_agreement([one, two])
