"""Which kernels' and modules' code can be run here, and with whose structures."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from modtools.kernel.state import Kernel
    from modtools.module import Module
    from modtools.profiles import Profile

KERNEL = "debian-6.1.0-56-amd64"
"""The profile of the kernel that the emulator's functions were first written for: they have its prototypes."""
_LAYOUT = "module_layout"
"""The symbol whose CRC stands for `struct module` and the structures that it leads to."""

_FILES = ("structs.jsonl", "prototypes.bin")
"""What a profile must have for code to be run in its kernel."""

OFF = "running code is switched off (--no-run or PYMOD_RUN=0)"


def is_switched_off() -> bool:
    """Return whether nothing is to be run: no code of modules, and no command of modprobe.d."""
    return os.environ.get("PYMOD_RUN") == "0"


def why_not(kernel: Kernel) -> str:
    """Return why no code can be run in this kernel, in words for the log; "" if it can."""
    identity = kernel.identity
    if is_switched_off():
        return OFF
    if identity.machine != "x86_64":
        return f"there is no emulator for {identity.machine}"
    if find_spec("unicorn") is None:
        return "the emulator is not installed (pip install unicorn)"
    profile = profile_of(kernel)
    if profile is kernel.sources.profile() and not identity.symbols:
        return ""
    if "release" in identity.unknown:
        return _only(profile, "it is not known which one this kernel is")
    if identity.release != profile.release:
        return _only(profile, f"this kernel is {identity.release}")
    layout = kernel.symbols.get(_LAYOUT)
    return _compared(profile, "this kernel", None if layout is None else layout.crc)


def why_not_module(module: Module, profile: Profile) -> str:
    """Return why the code of this module cannot be run in the kernel of this profile; "" if it can.

    A CRC tells more than a release: structures are the same where it is the same, as with a kernel of a later build.
    """
    crc = dict(module.versions).get(_LAYOUT)
    if crc is not None:
        return _compared(profile, "the module", crc)
    release = (module.vermagic or "").partition(" ")[0]
    if release == profile.release:
        return ""
    return _only(profile, f"the module is for {release}" if release else "the module does not tell which one it is for")


def _compared(profile: Profile, whose: str, crc: int | None) -> str:
    """Return why structures with this CRC are not those of the profile's kernel; None is a CRC that nobody knows."""
    ours = profile.exports.get(_LAYOUT)
    if crc is None or ours is None or crc == ours.crc:
        return ""
    return _only(profile, f"{whose} has other structures ({_LAYOUT} has the CRC {crc:#010x}, not {ours.crc:#010x})")


def _only(profile: Profile, but: str) -> str:
    return f"code can be run for Linux {profile.release}, and {but}"


def profile_of(kernel: Kernel) -> Profile:
    """Return the profile with the structures and the hardware that a kernel's code meets: its own if that has what
    running needs, else the one that it has been compared with (`why_not`).
    """
    own = kernel.sources.profile()
    return own if own is not None and all(map(own.has, _FILES)) else home()


def home() -> Profile:
    """Return the profile of the kernel that the emulator's functions were first written for."""
    from modtools import profiles  # not where code is switched off, so that such a command starts sooner

    return profiles.load(KERNEL)
