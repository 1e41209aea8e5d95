"""What a folder that modules are built against tells: a distribution's headers, or the folder of a kernel's build.

    include/config/auto.conf, .config     the build options: those that were built with, and those that may be changed
    Module.symvers                        the exported symbols of the kernel proper, and those of its modules
    System.map                            their addresses, in the folder of a build
    vmlinux                               the whole kernel, in the folder of a build; in Debian's headers its types
    include/generated/utsrelease.h        UTS_RELEASE
    include/generated/utsversion.h        UTS_VERSION, before Linux 6.1 in compile.h
    include/generated/compile.h           who built it, where, with which compiler

Sources: Linux's `Makefile`, `scripts/mkcompile_h`, `init/version.c` (linux_banner), `include/linux/vermagic.h` and
`arch/*/include/asm/vermagic.h`. Debian's folder of headers has all of these; what it shares with other kernels of the
same version lies in the folder that its Makefile includes, and tells nothing of this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import Final

from modtools import hostfile
from modtools.errors import PymodError
from modtools.formats import kconfig
from modtools.names import Version, version_of
from modtools.profiles import prototypes
from modtools.sources import LARGEST, PartialIdentity, check_agreement, merge
from modtools.sources.image import from_image
from modtools.sources.lists import from_symvers, from_system_map

_CONFIGS: Final = ("include/config/auto.conf", ".config")
_GENERATED: Final = "include/generated"
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


def is_unconfigured(folder: Path) -> bool:
    """Return whether a folder has the sources of a kernel, or what kernels share of their headers, and no more."""
    return (folder / "Makefile").is_file() and (folder / "include/linux").is_dir()


def builds_beside(folder: Path) -> list[str]:
    """Return the folders of headers beside such a folder, by name."""
    with suppress(OSError):
        return sorted(other.name for other in folder.absolute().parent.iterdir() if is_build(other))
    return []


def from_build(folder: Path, cache: Path | None = None) -> PartialIdentity:
    """Return what such a folder tells. Raises PymodError for a file of it that cannot be read, and for two of them that
    contradict each other.
    """
    texts = {path: text for name in _CONFIGS if (text := _text(path := folder / name))}
    path, text = next(iter(texts.items()), (folder, ""))
    defines = {name: value for header in _HEADERS for name, value in _DEFINE.findall(_text(folder / header))}
    told = _told(folder, kconfig.options(text) if text else None, defines)
    version = kconfig.version(text)
    if version and not _is_of(version, told.release):
        check_agreement([told, PartialIdentity(str(path), version)])
    parts = [told, *(read(folder / name) for name, read in _LISTS if (folder / name).is_file())]
    parts += _vmlinux(folder, cache)
    check_agreement(parts)
    known = reduce(merge, parts)
    return replace(
        known,
        origin=str(folder),
        knows=known.knows | ({"version"} if known.version else set()),
        notes=(*_stale(texts), *known.notes),
        files=_exported_only(known),
    )


def _told(origin: Path, config: Mapping[str, str] | None, defines: Mapping[str, str]) -> PartialIdentity:
    """Return what the options and the generated headers tell."""
    release = defines.get("UTS_RELEASE", "")
    return PartialIdentity(
        str(origin),
        release,
        "" if config is None else machine_of(config),
        "" if config is None or not release else vermagic_of(config, release),
        knows=frozenset() if config is None else frozenset(("options",)),
        version=_version(defines),
        config=config,
    )


def _is_of(version: str, release: str) -> bool:
    """Return whether a release may be that of a kernel of this version. Distributions have their own third number."""
    return not release or re.split(r"[.-]", version)[:2] == re.split(r"[.+-]", release)[:2]


def _stale(texts: Mapping[Path, str]) -> Iterator[str]:
    """Yield a note where .config is not the one that was built with, which auto.conf has."""
    configs = [{name: on for name, on in kconfig.options(text).items() if on != "n"} for text in texts.values()]
    changed = sorted({name for name, _ in configs[0].items() ^ configs[-1].items()}) if configs else []
    if changed:
        files = " and ".join(map(str, texts))
        yield f"{files} differ in {len(changed)} options, such as {changed[0]}: the first one counts"


def _vmlinux(folder: Path, cache: Path | None) -> Iterator[PartialIdentity]:
    """Yield what the linked kernel tells, or the types that Debian's headers have under this name; a note otherwise."""
    path = folder / _VMLINUX
    try:
        if path.is_file():
            yield from_image(path, cache)
    except PymodError as error:
        yield PartialIdentity(str(path), notes=(str(error),))


def from_config(path: Path) -> PartialIdentity:
    """Return what a configuration tells; where it is installed as config-RELEASE, also of which kernel."""
    text = _text(path)
    release = path.name.partition("-")[2] if path.name.startswith("config-") else ""
    version = kconfig.version(text)
    if version and not _is_of(version, release):
        raise PymodError(f"{path} is a configuration of Linux {version}, and not of {release}")
    return _told(path, kconfig.options(text), {"UTS_RELEASE": release} if release else {})


def _exported_only(part: PartialIdentity) -> Mapping[str, bytes]:
    """Return the files of a profile, with the prototypes of only those functions that are exported."""
    data = part.files.get(_PROTOTYPES)
    if data is None or part.symbols is None:
        return part.files
    symbols = part.symbols
    kept = {name: text for name, text in prototypes.decode(data).items() if name in symbols}
    return {**part.files, _PROTOTYPES: prototypes.encode(kept, 1)}


_HEADERS: Final = tuple(f"{_GENERATED}/{name}.h" for name in ("utsrelease", "utsversion", "compile"))
_LISTS: Final = (("Module.symvers", from_symvers), ("System.map", from_system_map))
_VMLINUX: Final = "vmlinux"
_PROTOTYPES: Final = "prototypes.bin"
FILES: Final = (*_CONFIGS, *_HEADERS, *(name for name, _ in _LISTS), _VMLINUX)
"""The files that are read of such a folder."""


def machine_of(config: Mapping[str, str]) -> str:
    """Return the machine of a kernel with these options, "" for one that is in no table."""
    fits = (name for name, wanted in _MACHINES.items() if all(config.get(option) == "y" for option in wanted))
    return next(fits, "")


def vermagic_of(config: Mapping[str, str], release: str) -> str:
    """Return the version magic of a kernel with these options, "" where these do not tell it."""
    told, preempt = _processor(config), _preempt(config, version_of(release))
    if told is None or preempt is None or "y" in (config.get("RANDSTRUCT"), config.get("GCC_PLUGIN_RANDSTRUCT")):
        return ""  # of RANDSTRUCT the seed is told nowhere but in the modules
    words = (("SMP", "SMP"), *preempt, ("MODULE_UNLOAD", "mod_unload"), ("MODVERSIONS", "modversions"))
    return f"{release} {''.join(f'{word} ' for option, word in words if config.get(option) == 'y')}{told}"


def _preempt(config: Mapping[str, str], version: Version) -> list[tuple[str, str]] | None:
    """Return the option that speaks of preemption, and its word; None where that is not known.

    PREEMPT counts in kernels before PREEMPT_BUILD. Where that and PREEMPT_RT are set, Debian's 6.12 has the word of the
    first and its 6.16 that of the other; which the kernels between them have is not known.
    """
    rows = [("PREEMPT_BUILD", "preempt"), ("PREEMPT_RT", "preempt_rt"), ("PREEMPT", "preempt")]
    found = [row for row in rows if config.get(row[0]) == "y"]
    if found[:2] != rows[:2] or version < (6, 13):
        return found[:1]
    return found[1:2] if version >= (6, 16) else None


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
