"""Text to numbers, as the kernel reads what users write.

From Linux 6.1: `lib/kstrtox.c: kstrtoll(), kstrtoull(), kstrtobool()` and their kin.
"""

from __future__ import annotations

import re

from modtools.errors import KernelError
from modtools.linuxerrno import EINVAL, ERANGE

_NUMBER = re.compile(r"([+-]?)(0[xX](?=[0-9a-fA-F]))?([0-9a-zA-Z]+)\n?\Z")


def kstrtoint(text: str, base: int = 0, *, bits: int, signed: bool) -> int:
    """Return the whole number that a text is; a newline may follow it. Base 0 is 16 after 0x, 8 after 0, otherwise 10.

    Raises KernelError: EINVAL for what is no number, ERANGE for one that does not fit.
    """
    match = _NUMBER.match(text)
    if not match or (match[1] == "-" and not signed):
        raise KernelError(EINVAL)
    sign, prefix, digits = match.groups()
    if base == 0:
        base = 16 if prefix else 8 if digits.startswith("0") else 10
    elif prefix and base != 16:
        raise KernelError(EINVAL)
    try:
        value = int(sign + digits, base)
    except ValueError:
        raise KernelError(EINVAL) from None
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
    if not low <= value <= high:
        raise KernelError(ERANGE)
    return value


def kstrtobool(text: str) -> bool | None:
    """Return the boolean that the first letter says, or the first two after an "o"; None where neither is said."""
    if text[:1] in ("y", "Y", "t", "T", "1") or text[:2] in ("on", "On", "oN", "ON"):
        return True
    if text[:1] in ("n", "N", "f", "F", "0") or text[:2] in ("of", "Of", "oF", "OF"):
        return False
    return None
