"""Names: of modules, and the order in which Linux lists them.

`kernfs_key` is the order of `fs/kernfs/dir.c: kernfs_name_hash()` on a 64-bit little-endian kernel with the name hash
of `lib/siphash`-less dcache (`include/linux/stringhash.h: partial_name_hash()`, `hash_64()` of `linux/hash.h`).
"""

from __future__ import annotations

from modtools.errors import PymodError
from modtools.integers import MASK64

MODULE_NAME_LEN = 56
"""Bytes of a module's name with its NUL: 64 minus an unsigned long on a 64-bit kernel (`linux/module.h`)."""

_GOLDEN_RATIO_64 = 0x61C8864680B583EB


UTS_LEN = 64
"""Bytes of a release without its NUL (`include/linux/uts.h: __NEW_UTS_LEN`; the top `Makefile` refuses longer ones)."""


class BadName(PymodError, ValueError):
    """A name that no kernel could have."""


def checked_release(text: str) -> str:
    """Return a kernel's release. Raises BadName for what cannot be one on Linux.

    It is checked where it comes in, and nowhere else: everywhere it is one folder below /lib/modules (`MODLIB` in the
    top `Makefile`), and the first word of a vermagic, which a blank ends (`kernel/module/version.c: same_magic()`).
    """
    data = text.encode("utf-8", "surrogateescape")
    if text in ("", ".", "..") or "/" in text or len(data) > UTS_LEN or min(data) <= 0x20 or 0x7F in data:
        rule = f"it must be a single folder name of 1 to {UTS_LEN} bytes without blanks"
        raise BadName(f"invalid kernel release {text!r}: {rule}")
    return text


Version = tuple[int, ...]
"""The numbers of a version, the first two at least, as in (6, 12, 118)."""

UNREADABLE: Version = (1 << 16, 0)
"""The version of a release that does not begin with one: it counts as newer than all."""

_VERSION = r"([0-9]{1,5})\.([0-9]{1,5})(?:\.([0-9]{1,5}))?"


def version_of(release: str) -> Version:
    """Return the version that a kernel's release begins with: (6, 12, 118) of `6.12.118+deb13-amd64`."""
    import re  # every command would start later

    found = re.match(_VERSION, release)
    return tuple(int(part) for part in found.groups() if part) if found else UNREADABLE


def sysfs_name(name: str) -> str:
    """Return the name of the folder in /sys of something of this name (`lib/kobject.c: kobject_set_name_vargs()`)."""
    return name.replace("/", "!")


EXTENSIONS = (".ko", ".ko.xz", ".ko.zst")
"""What names of module files end in. Debian's kmod was built without zlib, and passes over .ko.gz."""
GZIPPED = ".ko.gz"
"""What pymod takes for a module file, too."""


def is_module(name: str) -> bool:
    """Return whether a file is called as modules are, packed or not."""
    return name.endswith((*EXTENSIONS, GZIPPED))


def module_name(word: str) -> str:
    """Return the module that a word or a file's name means, as kmod reads it: up to the first dot, with underscores."""
    return word.partition(".")[0].replace("-", "_")


def kernfs_key(name: str) -> tuple[int, str]:
    """Return a sort key: where a name stands in a listing of a folder of /sys."""
    value = 0
    for char in name.encode("utf-8", "surrogateescape"):
        value = (value + (char << 4) + (char >> 4)) * 11 & MASK64
    value = (value * _GOLDEN_RATIO_64 & MASK64) >> 32 & 0x7FFFFFFF
    # 0, 1 and the largest value stand for "." and ".." and the end of the folder.
    return (value + 2 if value < 2 else min(value, 0x7FFFFFFE)), name
