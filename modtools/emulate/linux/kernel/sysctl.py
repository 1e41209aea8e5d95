"""kernel/sysctl.c: Reading and writing the values of sysctl tables as text.

Each function gets a row, whether it is written, the text in the kernel's memory, where its length stands, and where
the position in the file stands; it changes both. What is written elsewhere than at the beginning is taken and ignored,
as by default (`kernel.sysctl_writes_strict`).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.time import time
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import View, has, view
from modtools.integers import MASK64, signed
from modtools.light import NamedTuple
from modtools.link.memory import PAGE
from modtools.linuxerrno import EINVAL

_SPACES = b" \t\n\v\f\r\xa0"
"""What isspace() takes for one."""
_SEPARATORS = b" \t\n"
_LONGEST = 21
"""Bytes that a number may have, with its sign, and one less than that."""
_NUMBER = re.compile(rb"(-?)(0[xX][0-9a-fA-F]+|[0-9]+)")
_INT_MAX, _UINT_MAX = (1 << 31) - 1, (1 << 32) - 1
_USER_HZ = 100

Reader = Callable[[Guest, View, int], int]
"""Returns the number that stands for a value which is stored."""
Writer = Callable[[Guest, View, int], int | None]
"""Returns what is to be stored for a number that is written; None for one that is not allowed."""


class Kind(NamedTuple):
    """How values of a kind are stored, in `size` bytes, and turned into numbers and back."""

    size: int
    signed: bool
    shown: Reader
    taken: Writer


class Call(NamedTuple):
    """The arguments of a handler."""

    row: View
    writing: int
    buffer: int
    length: int
    position: int


def _number(text: bytes) -> tuple[int, bytes] | None:
    """Return the number that a text begins with, and the rest; None for no number, or one that is too long."""
    found = _NUMBER.match(text[:_LONGEST]) if text[:2] != b"-" else None
    if found is None or found.end() == _LONGEST or (found[1] and len(text) == 1):
        return None
    rest = text[found.end() :]
    if rest and rest[0] not in _SEPARATORS:
        return None
    base = 16 if found[2][:2].lower() == b"0x" else 8 if found[2][:1] == b"0" else 10
    try:
        value = int(found[2], base)
    except ValueError:
        return None
    return None if value > MASK64 else (-value if found[1] else value, rest)


def _store(guest: Guest, call: Call, kind: Kind, text: bytes) -> tuple[int, bytes, int]:
    """Store the numbers of a text; return how many, the rest of the text, and 0 or -EINVAL."""
    done, data, left = 0, call.row.data, call.row.maxlen // kind.size
    while text and done < left:
        text = text.lstrip(_SPACES)
        if not text:
            break
        found = _number(text)
        value = None if found is None else kind.taken(guest, call.row, found[0])
        if found is None or value is None:
            return done, text, -EINVAL
        guest.memory.put(data + done * kind.size, value & ((1 << 8 * kind.size) - 1), kind.size)
        text, done = found[1], done + 1
    return done, text.lstrip(_SPACES), 0


def _shown(guest: Guest, call: Call, kind: Kind) -> bytes:
    """Return the text of all values of a row."""
    data, memory = call.row.data, guest.memory
    places = range(data, data + call.row.maxlen // kind.size * kind.size, kind.size)
    values = [int.from_bytes(memory.read(place, kind.size), "little", signed=kind.signed) for place in places]
    text = b"\t".join(b"%d" % kind.shown(guest, call.row, value) for value in values)
    return text + b"\n" if values else b""


def _moved(guest: Guest, call: Call, count: int) -> None:
    guest.memory.put(call.length, count, 8)
    guest.memory.put(call.position, guest.memory.u64(call.position) + count, 8)


def _numbers(guest: Guest, call: Call, kind: Kind) -> int:
    """Read or write a row of numbers; return 0 or -EINVAL."""
    memory = guest.memory
    size, position = memory.u64(call.length), memory.u64(call.position)
    if not call.row.data or not call.row.maxlen or not size or (position and not call.writing):
        memory.put(call.length, 0, 8)
        return 0
    if not call.writing:
        text = _shown(guest, call, kind)[:size]
        memory.write(call.buffer, text)
        _moved(guest, call, len(text))
        return 0
    if position:
        _moved(guest, call, size)
        return 0
    given = memory.read(call.buffer, min(size, PAGE - 1))
    done, rest, error = _store(guest, call, kind, given)
    if not done:
        return error or -EINVAL
    _moved(guest, call, len(given) - len(rest))
    return error


def _one_unsigned(guest: Guest, call: Call, kind: Kind) -> int:
    """Read or write a row with one number without a sign; return 0 or -EINVAL."""
    memory = guest.memory
    size, position = memory.u64(call.length), memory.u64(call.position)
    if call.row.maxlen // kind.size != 1 and call.row.data and call.row.maxlen and size:
        memory.put(call.length, 0, 8)
        return -EINVAL
    if not call.writing or position:
        return _numbers(guest, call, kind)
    return -EINVAL if _store(guest, call, kind, memory.read(call.buffer, min(size, PAGE - 1)))[::2] != (1, 0) else 0


def _provide(name: str, kind: Kind, act: Callable[[Guest, Call, Kind], int] = _numbers) -> None:
    """Provide the handler of a kind of values."""

    def handler(guest: Guest, table: int, *others: int) -> int:
        return act(guest, Call(view(guest, "ctl_table", table), *others), kind)

    function(f"int {name}(struct ctl_table *table, int write, void *buffer, size_t *lenp, loff_t *ppos)")(handler)


def _as_it_is(_guest: Guest, _row: View, value: int) -> int:
    return value


def _int(_guest: Guest, _row: View, value: int) -> int | None:
    return value if -_INT_MAX - 1 <= value <= _INT_MAX else None


def _unsigned(_guest: Guest, _row: View, value: int) -> int | None:
    return value if 0 <= value <= _UINT_MAX else None


def _within(
    size: int, is_signed: bool, largest: int, otherwise: tuple[int | None, int | None] = (None, None)
) -> Writer:
    """Return what takes the numbers that are not beyond the row's own limits, which are numbers of `size` bytes."""

    def taken(guest: Guest, row: View, value: int) -> int | None:
        least, most = (
            int.from_bytes(guest.memory.read(at, size), "little", signed=is_signed) if at else bound
            for at, bound in zip((row.extra1, row.extra2), otherwise, strict=True)
        )
        allowed = (-largest - 1 if is_signed else 0) <= value <= largest
        return value if allowed and (least is None or least <= value) and (most is None or value <= most) else None

    return taken


def _seconds(guest: Guest, _row: View, value: int) -> int | None:
    return value * guest.hardware.tick if abs(value) <= _INT_MAX // guest.hardware.tick else None


def _milliseconds(guest: Guest, _row: View, value: int) -> int | None:
    ticks = int(time.msecs_to_jiffies(guest, value & _UINT_MAX))
    return ticks if ticks <= _INT_MAX else None


def _user_ticks(guest: Guest, _row: View, value: int) -> int | None:
    return value * guest.hardware.tick // _USER_HZ if abs(value) <= _INT_MAX else None


def _toward_zero(value: int, divisor: int) -> int:
    return value // divisor if value >= 0 else -(-value // divisor)


_provide("proc_dointvec", Kind(4, True, _as_it_is, _int))
_provide("proc_dointvec_minmax", Kind(4, True, _as_it_is, _within(4, True, _INT_MAX)))
_provide(
    "proc_dointvec_jiffies", Kind(4, True, lambda guest, _, value: _toward_zero(value, guest.hardware.tick), _seconds)
)
_provide(
    "proc_dointvec_ms_jiffies",
    Kind(4, True, lambda guest, _, value: _toward_zero(value * 1000, guest.hardware.tick), _milliseconds),
)
_provide(
    "proc_dointvec_userhz_jiffies",
    Kind(4, True, lambda guest, _, value: _toward_zero(value * _USER_HZ, guest.hardware.tick), _user_ticks),
)
_provide("proc_douintvec", Kind(4, False, _as_it_is, _unsigned), _one_unsigned)
_provide("proc_douintvec_minmax", Kind(4, False, _as_it_is, _within(4, False, _UINT_MAX)), _one_unsigned)
_provide("proc_doulongvec_minmax", Kind(8, False, _as_it_is, _within(8, False, MASK64)))
_provide("proc_dou8vec_minmax", Kind(1, False, _as_it_is, _within(4, False, _UINT_MAX, (0, 255))), _one_unsigned)


@function("int proc_dobool(struct ctl_table *table, int write, void *buffer, size_t *lenp, loff_t *ppos)")
def proc_dobool(guest: Guest, table: int, writing: int, buffer: int, length: int, position: int) -> int:
    """Read or write a boolean as whole numbers of four bytes, of which a row of one byte has none: it reads as nothing,
    and nothing can be written. Kernels that mended this stop the run.
    """
    if not has(guest, "ctl_table", "child"):
        raise Needs("proc_dobool")
    call = Call(view(guest, "ctl_table", table), writing, buffer, length, position)
    if call.row.maxlen >= 4:
        raise Needs("proc_dobool of more than a byte")
    return _numbers(guest, call, Kind(4, True, _as_it_is, _int))


@function("int proc_dostring(struct ctl_table *table, int write, void *buffer, size_t *lenp, loff_t *ppos)")
def proc_dostring(guest: Guest, table: int, writing: int, buffer: int, length: int, position: int) -> int:
    """Read a text, or store the first line of one behind what was written before, cut at the row's length; return
    0.
    """
    row, memory = view(guest, "ctl_table", table), guest.memory
    size, start = memory.u64(length), memory.u64(position)
    if not row.data or not row.maxlen or not size:
        memory.put(length, 0, 8)
        return 0
    text = memory.text(row.data, row.maxlen)[: row.maxlen]
    if writing:
        if start > min(len(text), row.maxlen - 1):
            return 0
        line = re.split(rb"[\0\n]", memory.read(buffer, size), maxsplit=1)[0]
        memory.write(row.data, (text[:start] + line)[: row.maxlen - 1] + b"\0")
    else:
        shown = (text[start:] + b"\n")[:size] if start <= len(text) else b""
        memory.write(buffer, shown)
        size = len(shown)
        memory.put(length, size, 8)
    memory.put(position, start + size, 8)
    return 0


_VALUES = (0, 1, 2, 3, 4, 100, 200, 1000, 3000, _INT_MAX, 65535, -1)
"""The limits that tables of 6.1 and 6.12 share; `include/linux/sysctl.h` has macros for their places."""


@variable("sysctl_vals", 4 * len(_VALUES))
def sysctl_vals(guest: Guest, address: int) -> None:
    """Fill in numbers that tables name as limits."""
    for number, value in enumerate(_VALUES):
        guest.memory.put(address + 4 * number, value & _UINT_MAX, 4)


@variable("sysctl_long_vals", 24)
def sysctl_long_vals(guest: Guest, address: int) -> None:
    """Fill in the long numbers that tables name as limits: 0, 1 and the largest one."""
    for number, value in enumerate((0, 1, signed(MASK64 >> 1))):
        guest.memory.put(address + 8 * number, value, 8)
