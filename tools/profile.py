"""Make a kernel profile from an unpacked kernel package of Debian's: `python -m tools.profile [FOLDER]`.

Its only source is that package: what the boot image says about itself, the configuration beside it and, for structures
that only modules have, its modules. FOLDER is where `dpkg-deb -x linux-image-….deb FOLDER` unpacked it; without one it
is what `tests/reference/debian-kernel` fetches, and the built-in profile is made again. x86-64 only.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from modtools import profiles
from modtools.errors import FormatError
from modtools.formats.btf import Types
from modtools.formats.vmlinux import Vmlinux
from modtools.link.arch import arch_for_elf
from modtools.profiles import bugs, exports, kallsyms, prototypes
from modtools.profiles.exports import ExportedSymbol
from modtools.sources import imagefacts
from modtools.sources.image import builtin_json, certificates_pem
from tests.reference import CHECKOUT, debian_tree
from tools import btf

_OPTIONS = """
    ARCH_WANTS_MODULES_DATA_IN_VMALLOC BASIC_MODVERSIONS CFI_CLANG DEBUG_INFO_BTF_MODULES EXTENDED_MODVERSIONS
    FW_LOADER_COMPRESS_XZ FW_LOADER_COMPRESS_ZSTD HZ KALLSYMS KALLSYMS_ALL LIVEPATCH MITIGATION_RETHUNK
    MITIGATION_RETPOLINE MODPROBE_PATH MODULES MODULE_ALLOW_BTF_MISMATCH MODULE_ALLOW_MISSING_NAMESPACE_IMPORTS
    MODULE_COMPRESS MODULE_COMPRESS_ALL MODULE_COMPRESS_GZIP MODULE_COMPRESS_NONE MODULE_COMPRESS_XZ
    MODULE_COMPRESS_ZSTD MODULE_DEBUGFS MODULE_DECOMPRESS MODULE_FORCE_LOAD MODULE_FORCE_UNLOAD MODULE_SIG
    MODULE_SIG_FORCE MODULE_SIG_HASH MODULE_SRCVERSION_ALL MODULE_UNLOAD MODULE_UNLOAD_TAINT_TRACKING MODVERSIONS
    PM_ADVANCED_DEBUG PREEMPT PREEMPT_DYNAMIC PREEMPT_RT PRINTK_TIME RANDOMIZE_BASE RETHUNK RETPOLINE
    SECURITY_LOCKDOWN_LSM SMP STRICT_MODULE_RWX SYSTEM_TRUSTED_KEYRING TRIM_UNUSED_KSYMS X86_KERNEL_IBT
    XZ_DEC_ARM XZ_DEC_ARM64
    XZ_DEC_ARMTHUMB XZ_DEC_IA64 XZ_DEC_POWERPC XZ_DEC_RISCV XZ_DEC_SPARC XZ_DEC_X86
""".split()
_ALIASES = {
    ("6.1", "x86_64"): "debian-12",
    ("6.12", "x86_64"): "debian-13",
    ("6.12", "aarch64"): "debian-13-arm64",
}
"""Debian's releases by the version of Linux that they have, and the machine."""
_HARDWARE = {"x86_64": "qemu-pc"}
"""What code is run on, for each machine whose code is run."""


def files(tree: Path) -> dict[str, bytes]:
    """Name and contents of each file of the profile.

    Raises ValueError or LookupError for a package that they cannot be read from.
    """
    release = release_of(tree)
    image = btf.image(tree)
    letters = {(address, name): letter for address, letter, name in image.kallsyms}
    exported = sorted(imagefacts.exports(image, letters), key=lambda symbol: symbol.name)
    made = {
        "kernel.json": _json(_kernel(image, release, (tree / f"boot/config-{release}").read_text("utf-8"))),
        "exports.bin": exports.encode(exported),
        "kallsyms.bin": kallsyms.encode(image.kallsyms),
        "builtin.json": builtin_json(image, exported),
        "certificates.pem": certificates_pem(imagefacts.certificates(image)),
    }
    return made | _for_code(image, exported, tree) if machine_of(image) in _HARDWARE else made


def _for_code(image: Vmlinux, exported: list[ExportedSymbol], tree: Path) -> dict[str, bytes]:
    """Name and contents of the files that running code needs."""
    types = Types(image.table(".BTF")[1])
    return {
        "bugs.bin": bugs.encode(imagefacts.bugs(image)),
        "structs.jsonl": btf.made(types, tree).encode("ascii"),
        "prototypes.bin": prototypes.encode(
            {row.name: types.declaration(row.name) for row in exported if row.name in types.functions}
        ),
    }


def machine_of(image: Vmlinux) -> str:
    """The machine of a kernel as `uname -m` has it. Raises ValueError for an unknown one."""
    arch = arch_for_elf(image.machine, image.bits, image.little)
    if arch is None:
        raise ValueError(f"the kernel is for the ELF machine {image.machine}, which is not known")
    return arch.machine


def release_of(tree: Path) -> str:
    """The release of the one kernel in an unpacked package. Raises ValueError if there is none, or several."""
    found = [path.name.removeprefix("vmlinuz-") for path in tree.glob("boot/vmlinuz-*")]
    if len(found) != 1:
        raise ValueError(f"{tree / 'boot'} has {len(found)} files vmlinuz-RELEASE, not one")
    return found[0]


def _kernel(image: Vmlinux, release: str, config: str) -> dict[str, object]:
    version, machine = imagefacts.banner(image), machine_of(image)
    return {
        "title": f"Debian {release} ({version.split()[-2]})",
        "alias": _ALIASES.get((".".join(release.split(".")[:2]), machine), ""),
        "release": release,
        "machine": machine,
        "hardware": _HARDWARE.get(machine, ""),
        "vermagic": imagefacts.vermagic(image),
        "version": version,
        "memory": [hex(image.symbols.get(name, 0)) for name in profiles.BOUNDS],
        # Debian's usual words; nokaslr, because modules get the addresses of a kernel that was not moved.
        "cmdline": f"BOOT_IMAGE=/boot/vmlinuz-{release} root=/dev/vda1 ro quiet nokaslr",
        "config": {option: value for option in _OPTIONS if (value := _option(config, option)) is not None},
    }


def _option(config: str, name: str) -> str | None:
    """The value of an option; None where this kernel has no such option."""
    found = re.search(rf"^(?:CONFIG_{name}=(.*)|# CONFIG_{name} is not set)$", config, re.MULTILINE)
    return (found[1] or "n").strip('"') if found else None


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def main(words: list[str]) -> int:
    """Write the profile of the package in the folder that is named; return the exit status."""
    tree = Path(words[0]) if words else debian_tree()
    try:
        made, target = files(tree), CHECKOUT / "modtools/profiles" / f"debian-{release_of(tree)}"
    except (FormatError, ValueError, LookupError, OSError) as error:
        print(f"tools.profile: {error}", file=sys.stderr)
        return 1
    target.mkdir(exist_ok=True)
    for name, contents in made.items():
        (target / name).write_bytes(contents)
        print(f"{len(contents):8} {target / name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
