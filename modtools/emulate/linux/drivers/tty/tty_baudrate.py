"""drivers/tty/tty_baudrate.c: Speeds of terminals, as numbers and as the bits that stand for them."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, view

_SPEEDS = (
    0, 50, 75, 110, 134, 150, 200, 300, 600, 1200, 1800, 2400, 4800, 9600, 19200, 38400,
    57600, 115200, 230400, 460800, 500000, 576000, 921600, 1000000, 1152000, 1500000,
    2000000, 2500000, 3000000, 3500000, 4000000,
)  # fmt: skip
_MASK, _OTHER, _INPUT = 0x100F, 0x1000, 16
_CLOSE = 50


def _bits(number: int) -> int:
    """Return the bits that stand for a speed, by its place among all of them."""
    return number if number < 16 else _OTHER | number - 15


def _speed(bits: int, other: int) -> int:
    """Return the speed that bits stand for, `other` if these say that it is none of the usual ones."""
    if bits == _OTHER:
        return other
    number = (bits & ~_OTHER) + 15 if bits & _OTHER else bits
    return _SPEEDS[number] if number < len(_SPEEDS) else 0


@function("speed_t tty_termios_baud_rate(const struct ktermios *termios)")
def tty_termios_baud_rate(guest: Guest, address: int) -> int:
    """Return the speed at which a terminal sends."""
    row = view(guest, "ktermios", address)
    return _speed(row.c_cflag & _MASK, row.c_ospeed)


def _near(speed: int, bits: int) -> list[int]:
    """Return the places of usual speeds that are as good as this one: within 2 %, or equal where the bits told of a
    speed that is none of the usual ones.
    """
    close = 0 if bits == _OTHER else speed // _CLOSE
    return [number for number, usual in enumerate(_SPEEDS) if speed - close <= usual <= speed + close]


@function("void tty_termios_encode_baud_rate(struct ktermios *termios, speed_t ibaud, speed_t obaud)")
def tty_termios_encode_baud_rate(guest: Guest, address: int, receive: int, send: int) -> None:
    """Set the speeds of a terminal, and the bits for the usual ones that are nearest."""
    row = view(guest, "ktermios", address)
    receive = receive if send else 0
    row.c_ispeed, row.c_ospeed = receive, send
    told, asked = row.c_cflag & _MASK, row.c_cflag >> _INPUT & _MASK
    row.c_cflag &= ~(_MASK | _MASK << _INPUT) & 0xFFFFFFFF
    sends, receives = _near(send, told), _near(receive, asked)
    _set_bits(row, sends, receives, receive != send, bool(asked))


def _set_bits(row: View, sends: list[int], receives: list[int], differ: bool, asked: bool) -> None:
    for number in sends:
        row.c_cflag |= _bits(number)
    for number in receives:
        before = [place for place in sends if place <= number]
        if asked or not before or before[-1] != number:
            row.c_cflag |= _bits(number) << _INPUT
    if not sends:
        row.c_cflag |= _OTHER
    if not receives and (differ or asked):
        row.c_cflag |= _OTHER << _INPUT
