"""One conversion of a format, and the two texts that everything else is made of: a number and a string.

From Linux 6.1: `lib/vsprintf.c: struct printf_spec, number(), string(), check_pointer()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.integers import ERROR_POINTERS
from modtools.light import NamedTuple

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


_PAGE = 4096
_NOT_GIVEN = -1


class Spec(NamedTuple):
    """A conversion: flags, width and precision (negative for none), bytes of the value."""

    flags: bytes = b""
    width: int = _NOT_GIVEN
    precision: int = _NOT_GIVEN
    size: int = 4
    kind: bytes = b""

    @property
    def left(self) -> bool:
        """Return whether text is put at the left of its field."""
        return b"-" in self.flags

    def pad(self, text: bytes) -> bytes:
        """Return text in its field, cut to the precision."""
        if self.precision >= 0:
            text = text[: self.precision]
        return text.ljust(self.width) if self.left else text.rjust(self.width)


def complaint(text: str, spec: Spec) -> bytes:
    """Return what is printed of a format that is none; no text is longer than the sixteen letters that `error_string()`
    cuts it to.
    """
    return spec.pad(text.encode("utf-8", "surrogateescape"))


def problem(address: int) -> bytes:
    """Return what is printed in place of what a bad pointer points to; nothing for a good one
    (`check_pointer_msg()`).
    """
    if address == 0:
        return b"(null)"
    return b"(efault)" if address < _PAGE or address >= ERROR_POINTERS else b""


def number(value: int, spec: Spec, *, base: int, signed: bool = False, upper: bool = False) -> bytes:
    """Return an integer as %d, %u, %x or %o print it."""
    value &= (1 << 8 * spec.size) - 1
    sign = b""
    if signed:
        if value >> 8 * spec.size - 1:
            sign, value = b"-", (1 << 8 * spec.size) - value
        elif b"+" in spec.flags:
            sign = b"+"
        elif b" " in spec.flags:
            sign = b" "
    digits = _digits(value, base, upper).rjust(max(spec.precision, 1), b"0")
    prefix = _prefix(value, base, upper) if b"#" in spec.flags else b""
    room = spec.width - len(sign) - len(prefix)
    if b"0" in spec.flags and not spec.left:
        return sign + prefix + digits.rjust(room, b"0")
    body = sign + prefix + digits
    return body.ljust(spec.width) if spec.left else body.rjust(spec.width)


def _digits(value: int, base: int, upper: bool) -> bytes:
    if base == 10:
        return b"%d" % value
    if base == 8:
        return b"%o" % value
    return b"%X" % value if upper else b"%x" % value


def _prefix(value: int, base: int, upper: bool) -> bytes:
    if base == 16:
        return b"0X" if upper else b"0x"
    return b"0" if base == 8 and value else b""


def string(guest: Guest, address: int, spec: Spec) -> bytes:
    """Return what %s prints of a text."""
    if wrong := problem(address):
        return spec.pad(wrong)
    return spec.pad(guest.memory.text(address, *([spec.precision] if spec.precision >= 0 else [])))
