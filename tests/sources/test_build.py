"""A folder that modules are built against tells what the kernel itself says of it."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path

import pytest

from modtools import profiles
from modtools.boot import Source, find
from modtools.errors import PymodError
from modtools.formats import kernelimage
from modtools.formats.kconfig import options
from modtools.formats.vmlinux import Vmlinux
from modtools.profiles import prototypes
from modtools.profiles.structures import Structures
from modtools.sources import check_agreement
from modtools.sources.build import from_build, from_config, machine_of, vermagic_of
from modtools.sources.lists import from_symvers
from tests.reference import RELEASE_13, debian13_tree, kernel_headers
from tests.running import runner
from tests.sources.test_sources import NEXT, ours, tree_of


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


@pytest.mark.parametrize(
    ("release", "vermagic"),
    [
        ("6.12.118+deb13-rt-amd64", "6.12.118+deb13-rt-amd64 SMP preempt mod_unload "),
        ("7.3.4+deb13-rt-amd64", "7.3.4+deb13-rt-amd64 SMP preempt_rt mod_unload "),
        ("6.16.12+deb13-rt-amd64", "6.16.12+deb13-rt-amd64 SMP preempt_rt mod_unload "),
        ("6.14.0", ""),
    ],
)
def test_the_word_for_real_time_depends_on_the_version(release: str, vermagic: str) -> None:
    """As the images of Debian's kernels have it; between those it is not known."""
    names = "X86_64 SMP PREEMPT_BUILD PREEMPT_RT MODULE_UNLOAD".split()
    assert vermagic_of(dict.fromkeys(names, "y"), release) == vermagic


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


CONFIG = "# Linux/x86 6.6.1 Kernel Configuration\nCONFIG_X86_64=y\nCONFIG_SMP=y\n# CONFIG_KASAN is not set\n"


def build(folder: Path, release: str, config: str = CONFIG, symvers: str = "") -> Path:
    """A folder that modules can be built against."""
    (folder / "include/generated").mkdir(parents=True)
    (folder / "include/generated/utsrelease.h").write_text(f'#define UTS_RELEASE "{release}"\n')
    (folder / ".config").write_text(config)
    if symvers:
        (folder / "Module.symvers").write_text(symvers)
    return folder


def test_options_that_were_built_with_count(tmp_path: Path) -> None:
    """A .config that was changed since, or copied in, is named; one that says the same with other words is not."""
    folder = build(tmp_path / "build", "6.6.1-mine")
    assert from_build(folder).notes == ()
    (folder / "include/config").mkdir()
    (folder / "include/config/auto.conf").write_text("CONFIG_SMP=y\nCONFIG_X86_64=y\n")
    assert from_build(folder).notes == ()
    (folder / ".config").write_text(CONFIG + "CONFIG_MODVERSIONS=y\n")
    told = from_build(folder)
    assert told.vermagic == "6.6.1-mine SMP "
    (note,) = told.notes
    assert f"{folder / 'include/config/auto.conf'} and {folder / '.config'} differ in 1 options" in note


@pytest.mark.parametrize("release", ["6.6.1", "6.6.1-mine", "6.6.0-23-amd64", "6.6+", "6.60.1", "6.7.0", "5.6.1"])
def test_a_configuration_of_another_version_is_refused(tmp_path: Path, release: str) -> None:
    """With both files named: in a folder of headers, and where the name of the file has a release. Distributions number
    builds in their own way.
    """
    folder, file = build(tmp_path / "build", release), tmp_path / f"config-{release}"
    file.write_text(CONFIG)
    if release in ("6.6.1", "6.6.1-mine", "6.6.0-23-amd64", "6.6+"):
        assert from_build(folder).release == from_config(file).release == release
        return
    with pytest.raises(PymodError, match=rf"{folder} is for {re.escape(release)}, but {folder}/.config for 6\.6\.1"):
        from_build(folder)
    with pytest.raises(PymodError, match=r"is a configuration of Linux 6\.6\.1"):
        from_config(file)


def test_the_sources_that_kernels_share_tell_of_none(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Debian's second package of headers, or sources that are not configured: the folder that tells is named."""
    common = tmp_path / "linux-headers-6.6.1-common"
    (common / "include/linux").mkdir(parents=True)
    (common / "Makefile").write_text("")
    for beside in ("the folder of a build", "such as linux-headers-6.6.1-amd64"):
        _, errors, status = runner(capfd)("boot", str(common))
        assert status == 1
        assert beside in errors
        (common.with_name("linux-headers-6.6.1-amd64") / ".config").parent.mkdir(exist_ok=True)
        (common.with_name("linux-headers-6.6.1-amd64") / ".config").write_text(CONFIG)


def test_a_tree_is_completed_by_what_its_link_leads_to(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Named alone, /lib/modules/RELEASE tells what its headers do; those of another release are refused."""
    pymod = runner(capfd)
    tree = tree_of(ours(), tmp_path / NEXT, NEXT)
    symvers = "0x12345678\tmine\tvmlinux\tEXPORT_SYMBOL\t\n"
    config = CONFIG.replace("6.6.1", NEXT.partition("-")[0]) + "CONFIG_MODULE_UNLOAD=y\nCONFIG_MODVERSIONS=y\n"
    (tree / "build").symlink_to(build(tmp_path / "headers", NEXT, config + "CONFIG_PREEMPT_BUILD=y\n", symvers))
    assert pymod("boot", str(tree))[2] == 0
    assert json.loads(pymod("boot", str(tree), "--json")[0])["machine"]["symbols"] == 1
    (tree / "build").unlink()
    (tree / "build").symlink_to(build(tmp_path / "others", "6.6.1", symvers=symvers))
    _, errors, status = pymod("boot", str(tree))
    assert status == 1
    assert f"{tree / 'build'} is for 6.6.1, but {tree} for {NEXT}" in errors


@pytest.mark.debian13
def test_an_images_options_lie_beside_it(tmp_path: Path) -> None:
    """They count if they are those of the image's release, and make the built-in kernel another one."""
    release = RELEASE_13
    for name in ("vmlinuz", "config"):
        (tmp_path / f"{name}-{release}").symlink_to(debian13_tree() / f"boot/{name}-{release}")
    found = find(Source((str(tmp_path / f"vmlinuz-{release}"),)))
    assert found.kernel.identity.profile == profiles.load("debian-13").name
    text = (tmp_path / f"config-{release}").read_text().replace("CONFIG_MODULE_SIG=y", "# CONFIG_MODULE_SIG is not set")
    (tmp_path / f"config-{release}").unlink()
    (tmp_path / f"config-{release}").write_text(text)
    identity = find(Source((str(tmp_path / f"vmlinuz-{release}"),))).kernel.identity
    assert (identity.unknown, identity.config.module_sig) == (("cmdline",), False)


@pytest.mark.debian13
def test_headers_may_have_the_types_of_the_kernel(tmp_path: Path) -> None:
    """A vmlinux with nothing but BTF tells structures and prototypes, these of exported functions."""
    known = profiles.load("debian-13")
    image = Vmlinux(kernelimage.unpack((debian13_tree() / f"boot/vmlinuz-{RELEASE_13}").read_bytes()))
    _, types = image.table(".BTF")
    symvers = "".join(f"{s.crc or 0:#010x}\t{s.name}\tvmlinux\tEXPORT_SYMBOL\t\n" for s in known.exports)
    folder = build(tmp_path / "headers", RELEASE_13, CONFIG.replace("6.6.1", "6.12.118"), symvers)
    (folder / "vmlinux").write_bytes(only_section(".BTF", types))
    told = from_build(folder)
    assert told.notes == ()
    found = Structures(told.files["structs.jsonl"].decode())
    assert {name: found.layout(name) for name in known.structures.names} == {
        name: known.structures.layout(name) for name in known.structures.names
    }
    assert prototypes.decode(told.files["prototypes.bin"]) == known.prototypes
    (folder / "vmlinux").write_bytes(b"\x7fELF")
    assert [note for note in from_build(folder).notes if f"{folder}/vmlinux is no kernel image" in note]


def only_section(name: str, content: bytes) -> bytes:
    """An ELF file for x86-64 with one section in memory."""
    names = b"\0" + name.encode() + b"\0.shstrtab\0"
    at = 64 + len(content)
    header = struct.pack("<16s2HI3QI6H", b"\x7fELF\2\1\1", 2, 62, 1, 0, 0, at + len(names), 0, 64, 0, 0, 64, 3, 2)
    rows = (
        bytes(64),
        struct.pack("<2I4Q2I2Q", 1, 1, 2, 0xFFFFFFFF82000000, 64, len(content), 0, 0, 1, 0),
        struct.pack("<2I4Q2I2Q", len(name) + 2, 3, 0, 0, at, len(names), 0, 0, 1, 0),
    )
    return header + content + names + b"".join(rows)
