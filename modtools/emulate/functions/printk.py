"""The log: printk and its family.

From Linux 6.1: `kernel/printk/printk.c: vprintk_store(), printk_parse_prefix()`, `include/linux/kern_levels.h`,
`kernel/panic.c: __warn_printk()`, `lib/ratelimit.c`, `lib/dynamic_debug.c`, `lib/hexdump.c`.
"""

from __future__ import annotations

from modtools.emulate.dyndbg import prefix
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.structs import view
from modtools.emulate.trouble import CUT_HERE, report_stack
from modtools.emulate.values import VaList, Values
from modtools.emulate.vsprintf import vsprintf
from modtools.kernel.log import DEBUG, DEFAULT_LEVEL, WARNING
from modtools.kernel.oops import PROCESS

_SOH = 1
_ON_RELEASE = 1
"""RATELIMIT_MSG_ON_RELEASE: who has the state tells what was held back."""


def emit(guest: Guest, raw: bytes) -> int:
    """Log a formatted text with its level in front (SOH and a digit; `c` continues the line before)."""
    level, cont = DEFAULT_LEVEL, False
    rest = raw
    while len(rest) >= 2 and rest[0] == _SOH and (rest[1:2].isdigit() or rest[1:2] == b"c"):
        if rest[1:2] == b"c":
            cont = True
        elif rest[1:2] <= b"7":
            level = int(rest[1:2])
        rest = rest[2:]
    guest.log(level, rest.decode("utf-8", "surrogateescape"), cont=cont)
    return len(rest)


@function("int _printk(const char *fmt, ...)", "int _printk_deferred(const char *fmt, ...)")
def printk(guest: Guest, fmt: int, values: Values) -> int:
    """`kernel/printk/printk.c`: Log a formatted text; return its length without the level."""
    return emit(guest, vsprintf(guest, guest.memory.text(fmt), values))


@function("int vprintk(const char *fmt, va_list args)")
def vprintk(guest: Guest, fmt: int, args: int) -> int:
    """`kernel/printk/printk_safe.c`: Log a text formatted from a va_list; return its length without the level."""
    return emit(guest, vsprintf(guest, guest.memory.text(fmt), VaList(guest.memory, args)))


@function("void __warn_printk(const char *fmt, ...)")
def warn_printk(guest: Guest, fmt: int, values: Values) -> None:
    """`kernel/panic.c`: Log the text of WARN() below the line that cuts here; the warning itself follows as an
    instruction.
    """
    guest.printk(WARNING, CUT_HERE)
    emit(guest, vsprintf(guest, guest.memory.text(fmt), values))


@function("void __dynamic_pr_debug(struct _ddebug *descriptor, const char *fmt, ...)")
def dynamic_pr_debug(guest: Guest, descriptor: int, fmt: int, values: Values) -> None:
    """`lib/dynamic_debug.c`: Log the text of a pr_debug() that is switched on, with the prefix that
    its flags ask for.
    """
    text = vsprintf(guest, guest.memory.text(fmt), values).decode("utf-8", "surrogateescape")
    guest.log(DEBUG, prefix(guest, descriptor, PROCESS) + text)


@function("void dump_stack(void)")
def dump_stack(guest: Guest) -> None:
    """`lib/dump_stack.c`: Log the call trace."""
    report_stack(guest)


@function("int ___ratelimit(struct ratelimit_state *rs, const char *func)")
def ratelimit(guest: Guest, state: int, func: int) -> bool:
    """`lib/ratelimit.c`: Return whether one more message may be logged, and log how many were suppressed. `struct
    ratelimit_state`: raw spinlock 0, interval 4, burst 8, printed 12, missed 16, begin 24, flags 32.
    """
    row = view(guest, "ratelimit_state", state)
    if not row.interval:
        return True
    now, begin, printed, missed = guest.jiffies, row.begin or guest.jiffies, row.printed, row.missed
    if now - begin > row.interval:
        if not row.flags & _ON_RELEASE:
            if missed:
                guest.printk(WARNING, f"{guest.text(func)}: {missed} callbacks suppressed")
            missed = 0
        begin, printed = now, 0
    allowed = bool(row.burst) and row.burst > printed
    row.begin, row.printed, row.missed = begin, printed + allowed, missed + (not allowed)
    return allowed


@function("int __printk_ratelimit(const char *func)")
def printk_ratelimit(_guest: Guest, _func: int) -> bool:
    """`kernel/printk/printk.c`: Return True: the limit of ten messages in five seconds is not modelled."""
    return True


@function(
    "void print_hex_dump(const char *level, const char *prefix, int kind, int rowsize, int groupsize,"
    " const void *buf, size_t len, bool ascii)"
)
def print_hex_dump(
    guest: Guest, level: int, prefix: int, kind: int, rowsize: int, groupsize: int, buf: int, length: int, ascii: int
) -> None:
    """`lib/hexdump.c`: Log memory as rows of 16 or 32 bytes, in groups of 1, 2, 4 or 8."""
    rowsize = rowsize if rowsize in (16, 32) else 16
    head = guest.memory.text(level) + guest.memory.text(prefix)
    for at in range(0, guest.bounded(length), rowsize):
        row = guest.memory.read(buf + at, min(rowsize, length - at))
        where = b"%016x: " % (buf + at) if kind == 1 else b"%.8x: " % at if kind == 2 else b""
        emit(guest, head + where + hex_row(row, rowsize, groupsize, bool(ascii)).encode() + b"\n")


def hex_row(row: bytes, rowsize: int, groupsize: int, ascii: bool) -> str:
    """Return one line of a dump (`hex_dump_to_buffer()`)."""
    if groupsize not in (1, 2, 4, 8) or len(row) % groupsize:
        groupsize = 1
    groups = (row[at : at + groupsize][::-1].hex() for at in range(0, len(row), groupsize))
    text = " ".join(groups)
    if not ascii:
        return text
    width = rowsize * 2 + rowsize // groupsize
    return text.ljust(width + 1) + "".join(chr(c) if 32 <= c < 127 else "." for c in row)
