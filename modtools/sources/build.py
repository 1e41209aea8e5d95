"""What a folder that modules are built against tells: a distribution's headers, or the folder of a kernel's build.

    .config, include/config/auto.conf     the build options
    Module.symvers                        the exported symbols of the kernel proper, and those of its modules
    System.map                            their addresses, in the folder of a build
    include/generated/utsrelease.h        UTS_RELEASE
    include/generated/utsversion.h        UTS_VERSION, before Linux 6.1 in compile.h
    include/generated/compile.h           who built it, where, with which compiler

Sources: Linux's `Makefile`, `scripts/mkcompile_h`, `init/version.c` (linux_banner), `include/linux/vermagic.h` and
`arch/*/include/asm/vermagic.h`. Debian's folder of headers has all of these; what it shares with other kernels of the
same version lies in the folder that its Makefile includes, and tells nothing of this one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import Final

from modtools import hostfile
from modtools.errors import PymodError
from modtools.sources import LARGEST, PartialIdentity, merge
from modtools.sources.lists import from_symvers, from_system_map

_CONFIGS: Final = (".config", "include/config/auto.conf")
_GENERATED: Final = "include/generated"
_OPTION = re.compile(r"^CONFIG_(\w+)=(.*)$", re.M)
_DEFINE = re.compile(r'^#define (\w+)\s+"(.*)"\s*$', re.M)

_MACHINES: Mapping[str, tuple[str, ...]] = {
    "x86_64": ("X86_64",),
    "i686": ("X86_32",),
    "aarch64": ("ARM64",),
    "armv7l": ("ARM", "CPU_V7"),
    "armv5tel": ("ARM", "CPU_32v5"),
    "riscv64": ("RISCV", "64BIT"),
    "s390x": ("S390",),
    "ppc64le": ("PPC64", "CPU_LITTLE_ENDIAN"),
    "ppc64": ("PPC64",),
    "ppc": ("PPC32",),
    "mips64el": ("MIPS", "64BIT", "CPU_LITTLE_ENDIAN"),
    "mips64": ("MIPS", "64BIT"),
    "mipsel": ("MIPS", "CPU_LITTLE_ENDIAN"),
    "mips": ("MIPS",),
    "loongarch64": ("LOONGARCH", "64BIT"),
    "sparc64": ("SPARC64",),
    "m68k": ("M68K",),
    "alpha": ("ALPHA",),
}
"""Which options a kernel for a machine has; the first row that fits says which it is."""


def is_build(folder: Path) -> bool:
    """Return whether modules can be built against a folder."""
    return any((folder / name).is_file() for name in (*_CONFIGS, "Module.symvers", f"{_GENERATED}/utsrelease.h"))


def from_build(folder: Path) -> PartialIdentity:
    """Return what such a folder tells. Raises PymodError for a file of it that cannot be read."""
    config = next((options(found) for name in _CONFIGS if (found := _text(folder / name))), None)
    defines = {name: value for header in _HEADERS for name, value in _DEFINE.findall(_text(folder / header))}
    release = defines.get("UTS_RELEASE", "")
    vermagic = "" if config is None or not release else vermagic_of(config, release)
    told = PartialIdentity(
        str(folder),
        release,
        "" if config is None else machine_of(config),
        vermagic,
        knows=frozenset(("options",)) if vermagic else frozenset(),
        version=_version(defines),
        config=config,
    )
    parts = [told, *(read(folder / name) for name, read in _LISTS if (folder / name).is_file())]
    known = reduce(merge, parts)
    return replace(known, origin=str(folder), knows=known.knows | ({"version"} if known.version else set()))


_HEADERS: Final = tuple(f"{_GENERATED}/{name}.h" for name in ("utsrelease", "utsversion", "compile"))
_LISTS: Final = (("Module.symvers", from_symvers), ("System.map", from_system_map))
FILES: Final = (*_CONFIGS, *_HEADERS, *(name for name, _ in _LISTS))
"""The files that are read of such a folder."""


def options(text: str) -> dict[str, str]:
    """Return the options of a .config without CONFIG_; quoted values without their quotes."""
    return {name: value.strip().strip('"') for name, value in _OPTION.findall(text)}


def machine_of(config: Mapping[str, str]) -> str:
    """Return the machine of a kernel with these options, "" for one that is in no table."""
    fits = (name for name, wanted in _MACHINES.items() if all(config.get(option) == "y" for option in wanted))
    return next(fits, "")


def vermagic_of(config: Mapping[str, str], release: str) -> str:
    """Return the version magic of a kernel with these options, "" where these do not tell it."""
    told = _processor(config)
    if told is None or "y" in (config.get("RANDSTRUCT"), config.get("GCC_PLUGIN_RANDSTRUCT")):
        return ""  # of RANDSTRUCT the seed is told nowhere but in the modules
    words = (("SMP", "SMP"), *_preempt(config), ("MODULE_UNLOAD", "mod_unload"), ("MODVERSIONS", "modversions"))
    return f"{release} {''.join(f'{word} ' for option, word in words if config.get(option) == 'y')}{told}"


def _preempt(config: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the option that speaks of preemption, and its word. PREEMPT counts in kernels before PREEMPT_BUILD."""
    rows = (("PREEMPT_BUILD", "preempt"), ("PREEMPT_RT", "preempt_rt"), ("PREEMPT", "preempt"))
    return [row for row in rows if config.get(row[0]) == "y"][:1]


_PROCESSOR: Mapping[str, tuple[tuple[str, str], ...]] = {
    "x86_64": (),
    "s390x": (),
    "aarch64": (("ARM64", "aarch64"),),
    "riscv64": (("RISCV", "riscv"),),
    "loongarch64": (("LOONGARCH", "LOONGARCH "), ("64BIT", "64BIT ")),
    "armv7l": (("CPU_V7", "ARMv7 "), ("THUMB2_KERNEL", "thumb2 "), ("ARM_PATCH_PHYS_VIRT", "p2v8 ")),
    "armv5tel": (("CPU_32v5", "ARMv5 "), ("THUMB2_KERNEL", "thumb2 "), ("ARM_PATCH_PHYS_VIRT", "p2v8 ")),
}
"""MODULE_ARCH_VERMAGIC by machine: options, and the words that they bring. Of other machines it is not known here."""


def _processor(config: Mapping[str, str]) -> str | None:
    """Return MODULE_ARCH_VERMAGIC; None where it is not known how a kernel for this machine makes it."""
    row = _PROCESSOR.get(machine_of(config))
    return None if row is None else "".join(word for option, word in row if config.get(option) == "y")


def _version(defines: Mapping[str, str]) -> str:
    """Return the text of /proc/version, "" where a part of it is not told."""
    try:
        by, host = defines["LINUX_COMPILE_BY"], defines["LINUX_COMPILE_HOST"]
        return (
            f"Linux version {defines['UTS_RELEASE']} ({by}@{host}) ({defines['LINUX_COMPILER']}) "
            f"{defines['UTS_VERSION']}"
        )
    except KeyError:
        return ""


def _text(path: Path) -> str:
    """Return the text of a file, "" if there is none. Raises PymodError for one that cannot be read."""
    try:
        return hostfile.read(path, LARGEST).decode("utf-8", "surrogateescape").replace("\r\n", "\n")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        raise PymodError(f"{path}: {error.strerror}") from error
