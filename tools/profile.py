"""Make the built-in profile from Debian's unpacked kernel: `python -m tools.profile`.

Its only source is the image package: what the boot image says about itself and the configuration beside it.
"""

from __future__ import annotations

import json
import re
import sys
from base64 import encodebytes
from pathlib import Path

from modtools.profiles import DEFAULT, exports, kallsyms
from tests.reference import CHECKOUT, RELEASE, debian_tree
from tools.vmlinux import Image

_OPTIONS = """
    KALLSYMS KALLSYMS_ALL LIVEPATCH MODPROBE_PATH MODULES MODULE_ALLOW_MISSING_NAMESPACE_IMPORTS MODULE_COMPRESS_NONE
    MODULE_FORCE_LOAD MODULE_FORCE_UNLOAD MODULE_SIG MODULE_SIG_FORCE MODULE_SIG_HASH MODULE_SRCVERSION_ALL
    MODULE_UNLOAD MODULE_UNLOAD_TAINT_TRACKING MODVERSIONS PREEMPT_DYNAMIC PRINTK_TIME RANDOMIZE_BASE RETHUNK RETPOLINE
    SECURITY_LOCKDOWN_LSM SMP STRICT_MODULE_RWX SYSTEM_TRUSTED_KEYRING TRIM_UNUSED_KSYMS X86_KERNEL_IBT
""".split()


def files(tree: Path) -> dict[str, bytes]:
    """Name and contents of each file of the profile."""
    image = Image(tree / f"boot/vmlinuz-{RELEASE}")
    return {
        "kernel.json": _json(_kernel(image, (tree / f"boot/config-{RELEASE}").read_text("utf-8"))),
        "exports.bin": exports.encode(image.exports),
        "kallsyms.bin": kallsyms.encode(image.kallsyms),
        "builtin.json": _builtin(image),
        "certificates.pem": b"".join(_pem(certificate) for certificate in image.certificates()),
    }


def _kernel(image: Image, config: str) -> dict[str, object]:
    version = image.text(rb"Linux version [ -~]+ #\d[ -~]+(?=\n)")
    return {
        "title": f"Debian {RELEASE} ({version.split()[-2]})",
        "release": RELEASE,
        "machine": "x86_64",
        "vermagic": image.text(re.escape(RELEASE).encode() + rb" SMP [ -~]+(?=\0)"),
        "version": version,
        # Debian's usual words; nokaslr, because modules get the addresses of a kernel that was not moved.
        "cmdline": f"BOOT_IMAGE=/boot/vmlinuz-{RELEASE} root=/dev/vda1 ro quiet nokaslr",
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


if __name__ == "__main__":
    target = CHECKOUT / "modtools/profiles" / DEFAULT
    target.mkdir(exist_ok=True)
    for name, contents in files(debian_tree()).items():
        (target / name).write_bytes(contents)
        sys.stdout.write(f"{len(contents):8} {target / name}\n")
