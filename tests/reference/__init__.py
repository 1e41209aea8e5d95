"""What pymod is measured against, and where it lies on this machine.

The scripts beside this file fetch it: `debian-kernel` the kernel package of Debian 12, `debian-kernel 13` that of
Debian 13, `debian-kernel 13-arm64` the same for arm64, `kmod-34` the reference kmod, `module-trees` kernel packages of
other architectures, `dkms-modules` drivers that Debian 12 has beside its kernel.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

RELEASE = "6.1.0-56-amd64"
CHECKOUT = Path(__file__).parents[2]


def debian_tree() -> Path:
    """The folder that Debian's image package was unpacked into: it has lib/modules/RELEASE and boot."""
    return Path(os.environ.get("PYMOD_DEBIAN_TREE") or CHECKOUT / ".cache/debian-kernel")


RELEASE_13 = "6.12.118+deb13-amd64"


def debian13_tree() -> Path:
    """The folder that the image package of Debian 13 was unpacked into: it has usr/lib/modules/RELEASE_13 and boot."""
    return Path(os.environ.get("PYMOD_DEBIAN13_TREE") or CHECKOUT / ".cache/debian-kernel-13")


RELEASE_13_ARM64 = "6.12.118+deb13-arm64"


def debian13_arm64_tree() -> Path:
    """The same folder of Debian 13's kernel for arm64: it has usr/lib/modules/RELEASE_13_ARM64 and boot."""
    return Path(os.environ.get("PYMOD_DEBIAN13_ARM64_TREE") or CHECKOUT / ".cache/debian-kernel-13-arm64")


MODULE_TREES = ("arm64", "armhf", "i386", "s390x", "trixie-amd64", "trixie-riscv64")
"""Trees of other architectures and releases of Debian, as tests/reference/module-trees calls them."""


def module_trees() -> Path:
    """The folder with these trees: NAME/lib/modules/RELEASE."""
    return Path(os.environ.get("PYMOD_MODULE_TREES") or CHECKOUT / ".cache/module-trees")


def kmod_tools() -> Path:
    """The folder with kmod 34's depmod, modprobe, modinfo, lsmod, insmod and rmmod."""
    return Path(os.environ.get("REFERENCE_KMOD") or CHECKOUT / ".cache/kmod-34") / "bin"


def dkms_modules() -> Path:
    """The folder with the modules that tests/reference/dkms-modules builds: NAME.ko."""
    return Path(os.environ.get("PYMOD_DKMS_MODULES") or CHECKOUT / ".cache/dkms-modules")


def kernel_headers(release: str = RELEASE) -> Path:
    """The folder that modules for a release are built in, as Debian's headers package installs it."""
    return Path(f"/usr/src/linux-headers-{release}")


def root13() -> Path:
    """A root of Debian 13 with compiler and headers, to build modules for RELEASE_13 in."""
    return Path(os.environ.get("PYMOD_DEBIAN13_ROOT") or CHECKOUT / ".cache/debian-13-root")


def missing(marker: str) -> str:
    """What a test with this marker lacks here, in words; "" where it can run."""
    return _CHECKS[marker]() if marker in _CHECKS else ""


def _debian() -> str:
    if (debian_tree() / "lib/modules" / RELEASE / "kernel").is_dir():
        return ""
    return "no Debian kernel: run tests/reference/debian-kernel, or set PYMOD_DEBIAN_TREE"


def _debian13() -> str:
    if (debian13_tree() / f"boot/vmlinuz-{RELEASE_13}").exists():
        return ""
    return "no kernel of Debian 13: run tests/reference/debian-kernel 13, or set PYMOD_DEBIAN13_TREE"


def _debian13_arm64() -> str:
    if (debian13_arm64_tree() / f"boot/vmlinuz-{RELEASE_13_ARM64}").exists():
        return ""
    return (
        "no kernel of Debian 13 for arm64: run tests/reference/debian-kernel 13-arm64, or set PYMOD_DEBIAN13_ARM64_TREE"
    )


def _kmod() -> str:
    return (
        "" if (kmod_tools() / "depmod").exists() else "no kmod 34: run tests/reference/kmod-34, or set REFERENCE_KMOD"
    )


def _trees() -> str:
    if any((module_trees() / name).is_dir() for name in MODULE_TREES):
        return ""
    return "no other trees: run tests/reference/module-trees, or set PYMOD_MODULE_TREES"


def _machine() -> str:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "needs root"
    return "" if Path("/dev/fuse").exists() else "needs /dev/fuse"


def _headers() -> str:
    if not (kernel_headers() / "Makefile").exists():
        return f"needs linux-headers-{RELEASE}: apt install it"
    return "" if shutil.which("gcc-12") and shutil.which("make") else "needs gcc-12 and make: apt install gcc-12 make"


def _headers13() -> str:
    if (root13() / str(kernel_headers(RELEASE_13))[1:] / "Makefile").exists():
        return ""
    return "no compiler of Debian 13: run tests/reference/debian-13-root, or set PYMOD_DEBIAN13_ROOT"


def _dkms() -> str:
    if any(dkms_modules().glob("*.ko")):
        return ""
    return "no modules of dkms packages: run tests/reference/dkms-modules, or set PYMOD_DKMS_MODULES"


def _shells() -> str:
    lacking = [shell for shell in ("bash", "zsh", "fish") if not shutil.which(shell)]
    return f"needs {' and '.join(lacking)}" if lacking else ""


def _fuse() -> str:
    from modtools.shell import session

    return session.why_not()


def _valgrind() -> str:
    return "" if shutil.which("valgrind") else "needs valgrind"


def _unprivileged() -> str:
    from tests.reference import unprivileged

    return unprivileged.missing()


def _groff() -> str:
    return "" if shutil.which("groff") else "needs groff"


CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
"""The names under which systems have it."""


def _browser() -> str:
    programs = {"pdftotext": "poppler-utils", "pdftoppm": "poppler-utils"}
    lacking = [] if any(map(shutil.which, CHROMIUM)) else ["chromium"]
    lacking += [package for program, package in programs.items() if not shutil.which(program)]
    return f"missing packages: apt install {' '.join(dict.fromkeys(lacking))}" if lacking else ""


def _qemu() -> str:
    programs = {"qemu-system-x86_64": "qemu-system-x86", "dash": "dash", "gcc": "gcc"}
    absent = [package for program, package in programs.items() if not shutil.which(program)]
    absent += [] if Path("/usr/include/stdio.h").exists() else ["libc6-dev"]
    return f"missing packages: apt install {' '.join(absent)}" if absent else ""


def _clients() -> str:
    programs = ("unshare", "update-initramfs", "unmkinitramfs", "dracut", "dkms", "kernel-install", "kmod")
    absent = [name for name in programs if not shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin")]
    if absent:
        return f"no {', '.join(absent)}: run tests/clients/packages install"
    apart = subprocess.run(["unshare", "--mount", "true"], capture_output=True)
    return "needs root, and mount namespaces" if apart.returncode else ""


_CHECKS = {
    "debian": _debian,
    "debian13": _debian13,
    "debian13arm64": _debian13_arm64,
    "kmod": _kmod,
    "trees": _trees,
    "machine": _machine,
    "headers": _headers,
    "headers13": _headers13,
    "dkms": _dkms,
    "shells": _shells,
    "fuse": _fuse,
    "unprivileged": _unprivileged,
    "groff": _groff,
    "valgrind": _valgrind,
    "browser": _browser,
    "clients": _clients,
    "qemu": _qemu,
}
