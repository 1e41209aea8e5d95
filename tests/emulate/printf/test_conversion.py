"""Tests of modtools/emulate/printf/conversion.py and vsprintf.py: the bounds that no recording reaches."""

from __future__ import annotations

import pytest

from modtools.emulate.cpu.va_list import Arguments
from modtools.emulate.guest import Guest
from modtools.emulate.printf.conversion import problem
from modtools.emulate.printf.vsprintf import vsprintf
from modtools.emulate.stops import Needs

pytest.importorskip("unicorn")


@pytest.mark.parametrize(
    ("address", "text"),
    [
        (0, b"(null)"),
        (1, b"(efault)"),
        (4095, b"(efault)"),
        (4096, b""),
        (-4096, b""),
        (-4095, b"(efault)"),
        (-1, b"(efault)"),
    ],
)
def test_the_first_page_and_errors_are_no_pointers(address: int, text: bytes) -> None:
    """`check_pointer_msg()`: nothing lies in the first page, and the last 4095 addresses are errors."""
    assert problem(address % (1 << 64)) == text


@pytest.mark.parametrize("sign", [1, -1])
def test_a_field_has_24_bits_and_a_precision_16(guest: Guest, sign: int) -> None:
    """Of more the kernel warns (`set_field_width()`, `set_precision()`), which is not done."""

    def printed(pattern: bytes, *values: int) -> bytes:
        return vsprintf(guest, pattern, Arguments(guest.memory, [value % (1 << 64) for value in values], 0))

    widest = (1 << 23) - 1
    assert len(printed(b"%*d", sign * widest, 7)) == widest
    assert printed(b"%.*d", sign * 32767, 7) == (b"7".rjust(32767, b"0") if sign > 0 else b"7")
    for pattern, large in ((b"%*d", widest + 1), (b"%.*d", 32768)):
        with pytest.raises(Needs, match="printk's field width or precision"):
            printed(pattern, sign * large, 7)
