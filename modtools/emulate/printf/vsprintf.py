"""Formatted text as the kernel makes it.

From Linux 6.1: `lib/vsprintf.c: vsnprintf(), format_decode(), number(), string()`,
`Documentation/core-api/printk-formats.rst`. It differs from C's: %n is not there, `%#x` of 0 is `0x0`, a precision does
not switch zero padding off, and %p has a language of its own (`pointers.py`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.emulate.cpu.va_list import Values
from modtools.emulate.printf import conversion, pointers
from modtools.emulate.printf.conversion import Spec
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import view
from modtools.integers import signed

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


_SPEC = re.compile(rb"%([-+ #0]*)(\*|\d+)?(?:\.(\*|-?\d*))?(hh|h|ll|l|L|z|Z|t)?(.?)", re.DOTALL)
_LENGTHS = {b"hh": 1, b"h": 2, b"l": 8, b"ll": 8, b"L": 8, b"z": 8, b"Z": 8, b"t": 8}
_BASES = {b"d": 10, b"i": 10, b"u": 10, b"x": 16, b"X": 16, b"o": 8}
_WIDEST, _MOST_PRECISE = (1 << 23) - 1, (1 << 15) - 1
"""FIELD_WIDTH_MAX, PRECISION_MAX."""


def vsprintf(guest: Guest, pattern: bytes, values: Values) -> bytes:
    """Return a text formatted as a pattern says."""
    out: list[bytes] = []
    at = 0
    while True:
        found = pattern.find(b"%", at)
        if found < 0:
            out.append(pattern[at:])
            return b"".join(out)
        out.append(pattern[at:found])
        match = _SPEC.match(pattern, found)
        assert match is not None
        spec = _spec(match, values)
        at = match.end()
        if spec.kind == b"p":
            extension = re.match(rb"[A-Za-z0-9]*", pattern[at:])
            assert extension is not None
            out.append(_pointer(guest, values.next(), extension[0], spec))
            at += len(extension[0])
        elif not spec.kind or spec.kind not in b"dioxXucs%":
            _complain(guest, spec.kind)
            return b"".join(out)
        else:
            out.append(_convert(guest, spec, values))


def _complain(guest: Guest, kind: bytes) -> None:
    """Warn, the first time, of a conversion that the kernel does not know: it prints nothing of what follows."""
    if not kind:
        raise Needs("the warning about a format that ends within a conversion")
    text = f"Please remove unsupported %{kind.decode('latin-1')} in format string"
    report_kernel_warning(guest, "format_decode", text, once=True)


def _pointer(guest: Guest, address: int, extension: bytes, spec: Spec) -> bytes:
    """Return what %p prints; %pV is a format again: `struct va_format`, pointers to a format and to a va_list."""
    if extension[:1] != b"V":
        return pointers.pointer(guest, address, extension, spec)
    if wrong := conversion.problem(address):
        return spec.pad(wrong)
    row = view(guest, "va_format", address)
    return vsprintf(guest, guest.memory.text(row.fmt), guest.abi.va_copy(guest.memory, row.va))


def _spec(match: re.Match[bytes], values: Values) -> Spec:
    flags, width, precision, length, kind = match.groups()
    spec = Spec(flags, kind=kind, size=_LENGTHS.get(length, 4))
    if width is not None:
        amount = _amount(width, values, _WIDEST)
        if amount < 0:
            spec = spec._replace(flags=flags + b"-")
        spec = spec._replace(width=abs(amount))
    if precision:  # a point alone says nothing
        spec = spec._replace(precision=max(_amount(precision, values, _MOST_PRECISE), 0))
    return spec


def _amount(text: bytes, values: Values, most: int) -> int:
    """Return a width or a precision, of which the kernel warns where it is larger than its place for it."""
    amount = signed(values.next(4), 32) if text == b"*" else int(text or b"0")
    if abs(amount) > most:
        raise Needs("the warning about printk's field width or precision")
    return amount


def _convert(guest: Guest, spec: Spec, values: Values) -> bytes:
    if spec.kind == b"%":
        return b"%"
    if spec.kind == b"c":
        return spec._replace(precision=-1).pad(bytes((values.next(4) & 0xFF,)))
    if spec.kind == b"s":
        return conversion.string(guest, values.next(), spec)
    base = _BASES[spec.kind]
    return conversion.number(
        values.next(spec.size), spec, base=base, signed=spec.kind in b"di", upper=spec.kind == b"X"
    )
