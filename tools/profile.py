"""Make a kernel profile from an unpacked kernel package of Debian's: `python -m tools.profile [FOLDER]`.

Its only source is that package: what the boot image says about itself, the configuration beside it and, for structures
that only modules have, its modules. FOLDER is where `dpkg-deb -x linux-image-….deb FOLDER` unpacked it; without one it
is what `tests/reference/debian-kernel` fetches, and the built-in profile is made again. x86-64 only.
"""

from __future__ import annotations

import json
import re
import sys
from base64 import encodebytes
from pathlib import Path

from modtools.profiles import exports, kallsyms
from tests.reference import CHECKOUT, debian_tree
from tools import btf
from tools.vmlinux import Image

_OPTIONS = """
    KALLSYMS KALLSYMS_ALL LIVEPATCH MODPROBE_PATH MODULES MODULE_ALLOW_MISSING_NAMESPACE_IMPORTS MODULE_COMPRESS_NONE
    MODULE_FORCE_LOAD MODULE_FORCE_UNLOAD MODULE_SIG MODULE_SIG_FORCE MODULE_SIG_HASH MODULE_SRCVERSION_ALL
    MODULE_UNLOAD MODULE_UNLOAD_TAINT_TRACKING MODVERSIONS PREEMPT_DYNAMIC PRINTK_TIME RANDOMIZE_BASE RETHUNK RETPOLINE
    SECURITY_LOCKDOWN_LSM SMP STRICT_MODULE_RWX SYSTEM_TRUSTED_KEYRING TRIM_UNUSED_KSYMS X86_KERNEL_IBT
""".split()


def files(tree: Path) -> dict[str, bytes]:
    """Name and contents of each file of the profile.

    Raises ValueError or LookupError for a package that they cannot be read from.
    """
    release = release_of(tree)
    image = Image(tree / f"boot/vmlinuz-{release}")
    return {
        "kernel.json": _json(_kernel(image, release, (tree / f"boot/config-{release}").read_text("utf-8"))),
        "exports.bin": exports.encode(image.exports),
        "kallsyms.bin": kallsyms.encode(image.kallsyms),
        "builtin.json": _builtin(image),
        "certificates.pem": b"".join(_pem(certificate) for certificate in image.certificates()),
        "structs.jsonl": btf.made(btf.Types(btf.image(tree)), tree).encode("ascii"),
    }


def release_of(tree: Path) -> str:
    """The release of the one kernel in an unpacked package. Raises ValueError if there is none, or several."""
    found = [path.name.removeprefix("vmlinuz-") for path in tree.glob("boot/vmlinuz-*")]
    if len(found) != 1:
        raise ValueError(f"{tree / 'boot'} has {len(found)} files vmlinuz-RELEASE, not one")
    return found[0]


def _kernel(image: Image, release: str, config: str) -> dict[str, object]:
    version = image.text(rb"Linux version [ -~]+ #\d[ -~]+(?=\n)")
    return {
        "title": f"Debian {release} ({version.split()[-2]})",
        "release": release,
        "machine": "x86_64",
        "hardware": "qemu-pc",
        "vermagic": image.text(re.escape(release).encode() + rb" SMP [ -~]+(?=\0)"),
        "version": version,
        # Debian's usual words; nokaslr, because modules get the addresses of a kernel that was not moved.
        "cmdline": f"BOOT_IMAGE=/boot/vmlinuz-{release} root=/dev/vda1 ro quiet nokaslr",
        "config": {option: _option(config, option) for option in _OPTIONS},
    }


def _option(config: str, name: str) -> str:
    found = re.search(rf"^(?:CONFIG_{name}=(.*)|# CONFIG_{name} is not set)$", config, re.MULTILINE)
    if not found:
        raise ValueError(f"no CONFIG_{name}")
    return (found[1] or "n").strip('"')


def _builtin(image: Image) -> bytes:
    """One line for each module, so that a person can read it and a comparison shows what changed."""
    lines = []
    for name, module in image.builtin().items():
        facts: dict[str, object] = {} if module.version is None else {"version": module.version}
        facts |= {"parameters": {row.name: [row.type, row.value, f"{row.mode:04o}"] for row in module.parameters}}
        lines.append(f"{json.dumps(name)}: {json.dumps(facts)}")
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def _pem(certificate: bytes) -> bytes:
    return b"-----BEGIN CERTIFICATE-----\n" + encodebytes(certificate) + b"-----END CERTIFICATE-----\n"


def main(words: list[str]) -> int:
    """Write the profile of the package in the folder that is named; return the exit status."""
    tree = Path(words[0]) if words else debian_tree()
    try:
        made, target = files(tree), CHECKOUT / "modtools/profiles" / f"debian-{release_of(tree)}"
    except (ValueError, LookupError, OSError) as error:
        print(f"tools.profile: {error}", file=sys.stderr)
        return 1
    target.mkdir(exist_ok=True)
    for name, contents in made.items():
        (target / name).write_bytes(contents)
        print(f"{len(contents):8} {target / name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
