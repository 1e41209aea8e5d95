"""lib/kstrtox.c: Texts to numbers."""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate.guest import Guest
from modtools.emulate.memory.user_memory import accessible
from modtools.emulate.symbols.registry import function
from modtools.errors import KernelError
from modtools.kernel import kstrtox
from modtools.link.memory import Fault
from modtools.linuxerrno import EFAULT, EINVAL


def store_integer(guest: Guest, raw: bytes, base: int, result: int, *, bits: int, signed: bool) -> int:
    """Write the number that a text is; return 0, -EINVAL or -ERANGE."""
    try:
        value = kstrtox.kstrtoint(raw.decode("latin-1"), base, bits=bits, signed=signed)
    except KernelError as error:
        return -error.errno
    guest.memory.put(result, value, bits // 8)
    return 0


def _kstrto(bits: int, signed: bool) -> Callable[[Guest, int, int, int], int]:
    def kstrto(guest: Guest, text: int, base: int, result: int) -> int:
        return store_integer(guest, guest.memory.text(text), base, result, bits=bits, signed=signed)

    return kstrto


function("int kstrtoint(const char *s, unsigned int base, int *res)")(_kstrto(32, True))
function("int kstrtouint(const char *s, unsigned int base, unsigned int *res)")(_kstrto(32, False))
function("int kstrtoll(const char *s, unsigned int base, long long *res)")(_kstrto(64, True))
function("int kstrtoull(const char *s, unsigned int base, unsigned long long *res)")(_kstrto(64, False))
function("int _kstrtol(const char *s, unsigned int base, long *res)")(_kstrto(64, True))
function("int _kstrtoul(const char *s, unsigned int base, unsigned long *res)")(_kstrto(64, False))
function("int kstrtos16(const char *s, unsigned int base, s16 *res)")(_kstrto(16, True))
function("int kstrtou16(const char *s, unsigned int base, u16 *res)")(_kstrto(16, False))
function("int kstrtos8(const char *s, unsigned int base, s8 *res)")(_kstrto(8, True))
function("int kstrtou8(const char *s, unsigned int base, u8 *res)")(_kstrto(8, False))


@function("int kstrtobool(const char *s, bool *res)")
def kstrtobool(guest: Guest, text: int, result: int) -> int:
    """Write the boolean that the first letter says, or the first two after an `o`; return 0 or -EINVAL."""
    yes = kstrtox.kstrtobool(guest.memory.text(text, 2).decode("latin-1")) if text else None
    if yes is None:
        return -EINVAL
    guest.memory.put(result, yes, 1)
    return 0


def read_user(guest: Guest, source: int, size: int) -> bytes | None:
    """Return bytes of the user's memory, or None where they cannot be read."""
    try:
        return (guest.memory.read(source, size) if size else b"") if accessible(source, size) else None
    except Fault:
        return None


def _from_user(bits: int, signed: bool) -> Callable[[Guest, int, int, int, int], int]:
    def convert(guest: Guest, source: int, count: int, base: int, result: int) -> int:
        raw = read_user(guest, source, min(count, bits + 2))
        if raw is None:
            return -EFAULT
        return store_integer(guest, raw.split(b"\0")[0], base, result, bits=bits, signed=signed)

    return convert


function("int kstrtoint_from_user(const char __user *s, size_t count, unsigned int base, int *res)")(
    _from_user(32, True)
)
function("int kstrtouint_from_user(const char __user *s, size_t count, unsigned int base, unsigned int *res)")(
    _from_user(32, False)
)
function(
    "int kstrtol_from_user(const char __user *s, size_t count, unsigned int base, long *res)",
    "int kstrtoll_from_user(const char __user *s, size_t count, unsigned int base, long long *res)",
)(_from_user(64, True))
function(
    "int kstrtoul_from_user(const char __user *s, size_t count, unsigned int base, unsigned long *res)",
    "int kstrtoull_from_user(const char __user *s, size_t count, unsigned int base, unsigned long long *res)",
)(_from_user(64, False))
function("int kstrtos16_from_user(const char __user *s, size_t count, unsigned int base, s16 *res)")(
    _from_user(16, True)
)
function("int kstrtou16_from_user(const char __user *s, size_t count, unsigned int base, u16 *res)")(
    _from_user(16, False)
)
function("int kstrtos8_from_user(const char __user *s, size_t count, unsigned int base, s8 *res)")(_from_user(8, True))
function("int kstrtou8_from_user(const char __user *s, size_t count, unsigned int base, u8 *res)")(_from_user(8, False))


@function("int kstrtobool_from_user(const char __user *s, size_t count, bool *res)")
def kstrtobool_from_user(guest: Guest, source: int, count: int, result: int) -> int:
    """Read a boolean from the first three letters of the user's text; return 0, -EINVAL or -EFAULT."""
    raw = read_user(guest, source, min(count, 3))
    if raw is None:
        return -EFAULT
    copy = guest.new_text(raw)
    answer = kstrtobool(guest, copy, result)
    guest.heap.free(copy)
    return int(answer)
