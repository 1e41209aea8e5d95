"""Copies from and to the caller's memory.

From Linux 6.1: `lib/usercopy.c`, `arch/x86/lib/getuser.S`, `arch/x86/lib/putuser.S`, `fs/libfs.c`, `mm/util.c`. The
buffer of the caller is `modtools.emulate.usermemory`; an address that is not there, or not the caller's, gives -EFAULT.
"""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate.guest import Guest
from modtools.emulate.processor import NAMES, RAX, RDX
from modtools.emulate.registry import function
from modtools.emulate.usermemory import accessible
from modtools.integers import MASK64
from modtools.link.memory import Fault
from modtools.linuxerrno import EFAULT, EINVAL

_RCX, _RDI = NAMES.index("rcx"), NAMES.index("rdi")


def copy(guest: Guest, to: int, source: int, size: int) -> int:
    """Copy bytes and return how many could not be copied; those before them are."""
    if not size:
        return 0
    try:
        guest.memory.write(to, guest.memory.read(source, guest.bounded(size)))
    except Fault as fault:
        done = max(fault.address - at if at <= fault.address < at + size else 0 for at in (to, source))
        if done:
            guest.memory.write(to, guest.memory.read(source, done))
        return size - done
    return 0


@function("unsigned long _copy_from_user(void *to, const void __user *from, unsigned long n)")
def from_user(guest: Guest, to: int, source: int, size: int) -> int:
    """`lib/usercopy.c`: Copy bytes from the user; return how many could not be copied, which are zero in the kernel's
    memory.
    """
    left = copy(guest, to, source, size) if accessible(source, size) else size
    if left:
        guest.memory.write(to + size - left, bytes(guest.bounded(left)))
    return left


@function("unsigned long _copy_to_user(void __user *to, const void *from, unsigned long n)")
def to_user(guest: Guest, to: int, source: int, size: int) -> int:
    """`lib/usercopy.c`: Copy bytes to the user; return how many could not be copied."""
    return copy(guest, to, source, size) if accessible(to, size) else size


@function(
    "unsigned long copy_user_generic_unrolled(void *to, const void *from, unsigned len)",
    "unsigned long copy_user_generic_string(void *to, const void *from, unsigned len)",
    "unsigned long copy_user_enhanced_fast_string(void *to, const void *from, unsigned len)",
)
def copy_user(guest: Guest, to: int, source: int, size: int) -> int:
    """`arch/x86/lib/copy_user_64.S`: Copy bytes without looking whose they are; return how many could not be copied."""
    return copy(guest, to, source, size)


@function("unsigned long clear_user(void __user *to, unsigned long n)")
def clear_user(guest: Guest, to: int, size: int) -> int:
    """`arch/x86/include/asm/uaccess_64.h`: Write zeros to the user; return how many bytes could not be written."""
    return clear(guest, to, size) if accessible(to, size) else size


def clear(guest: Guest, to: int, size: int) -> int:
    """Write zeros to a program's memory; return how many bytes could not be written."""
    try:
        guest.memory.write(to, bytes(guest.bounded(size)))
    except Fault:
        return size
    return 0


@function("void clear_user_original(void)", "void clear_user_rep_good(void)", "void clear_user_erms(void)")
def clear_user_inline(guest: Guest) -> int:
    """`arch/x86/lib/clear_page_64.S`: Write zeros to the place in RDI, as many as RCX says, which gets how many are
    left; RAX stays.
    """
    frame = guest.frame
    size = clear(guest, frame[_RDI], frame[_RCX])
    frame[_RDI] += frame[_RCX] - size
    frame[_RCX] = size
    return frame[RAX]


@function("long strncpy_from_user(char *dst, const char __user *src, long count)")
def strncpy_from_user(guest: Guest, to: int, source: int, limit: int) -> int:
    """`lib/strncpy_from_user.c`: Copy a text from the user; return its length without the NUL, `count` if there is
    none within, or -EFAULT.
    """
    if not accessible(source, 1):
        return -EFAULT
    try:
        text = guest.memory.text(source, guest.bounded(limit))
        guest.memory.write(to, (text + b"\0")[:limit])
    except Fault:
        return -EFAULT
    return len(text)


@function("long strnlen_user(const char __user *str, long n)")
def strnlen_user(guest: Guest, text: int, limit: int) -> int:
    """`lib/strnlen_user.c`: Return the length of the user's text with its NUL, more than `n` if there is none within;
    0 for a bad address.
    """
    if not accessible(text, 1):
        return 0
    try:
        return len(guest.memory.text(text, limit)) + 1
    except Fault:
        return 0


def _duplicate(guest: Guest, source: int, size: int, end: bytes) -> int:
    if not accessible(source, size):
        return -EFAULT
    try:
        return guest.new_text(guest.memory.read(source, guest.bounded(size)) + end) if size or end else 16
    except Fault:
        return -EFAULT


@function(
    "void *memdup_user(const void __user *src, size_t len)", "void *vmemdup_user(const void __user *s, size_t len)"
)
def memdup_user(guest: Guest, source: int, size: int) -> int:
    """`mm/util.c`: Return an allocated copy of the user's bytes, or -EFAULT."""
    return _duplicate(guest, source, size, b"")


@function("void *memdup_user_nul(const void __user *src, size_t len)")
def memdup_user_nul(guest: Guest, source: int, size: int) -> int:
    """`mm/util.c`: Return an allocated copy of the user's bytes with a NUL behind them, or -EFAULT."""
    return _duplicate(guest, source, size, b"\0")


@function("char *strndup_user(const char __user *s, long n)")
def strndup_user(guest: Guest, source: int, limit: int) -> int:
    """`mm/util.c`: Return an allocated copy of the user's text, -EINVAL if it is not shorter than `n`, or -EFAULT."""
    length = strnlen_user(guest, source, limit)
    if not 0 < length <= limit:
        return -EINVAL if length else -EFAULT
    return _duplicate(guest, source, length - 1, b"\0")


def _check(address: int, size: int) -> None:
    """Raise Fault for bytes that are not the program's; none are checked for a size of 0."""
    if size and not accessible(address, size):
        raise Fault(address)


def _get(size: int, *, checked: bool) -> Callable[[Guest], int]:
    """Make a handler that reads at the pointer in RAX: the value goes to RDX, the error to RAX."""

    def get_user(guest: Guest) -> int:
        try:
            _check(guest.frame[RAX], size if checked else 0)
            guest.frame[RDX] = int.from_bytes(guest.memory.read(guest.frame[RAX], size), "little")
        except Fault:
            guest.frame[RDX] = 0
            return -EFAULT
        return 0

    return get_user


def _put(size: int, *, checked: bool) -> Callable[[Guest], int]:
    """Make a handler that writes RAX to the pointer in RCX, where the error goes; RAX stays."""

    def put_user(guest: Guest) -> int:
        value = guest.frame[RAX]
        try:
            _check(guest.frame[_RCX], size if checked else 0)
            guest.memory.put(guest.frame[_RCX], value, size)
            guest.frame[_RCX] = 0
        except Fault:
            guest.frame[_RCX] = -EFAULT & MASK64
        return value

    return put_user


# `arch/x86/lib/getuser.S`
function("int __get_user_1(void)")(_get(1, checked=True))
function("int __get_user_nocheck_1(void)")(_get(1, checked=False))
function("int __get_user_2(void)")(_get(2, checked=True))
function("int __get_user_nocheck_2(void)")(_get(2, checked=False))
function("int __get_user_4(void)")(_get(4, checked=True))
function("int __get_user_nocheck_4(void)")(_get(4, checked=False))
function("int __get_user_8(void)")(_get(8, checked=True))
function("int __get_user_nocheck_8(void)")(_get(8, checked=False))
# `arch/x86/lib/putuser.S`
function("u64 __put_user_1(void)")(_put(1, checked=True))
function("u64 __put_user_nocheck_1(void)")(_put(1, checked=False))
function("u64 __put_user_2(void)")(_put(2, checked=True))
function("u64 __put_user_nocheck_2(void)")(_put(2, checked=False))
function("u64 __put_user_4(void)")(_put(4, checked=True))
function("u64 __put_user_nocheck_4(void)")(_put(4, checked=False))
function("u64 __put_user_8(void)")(_put(8, checked=True))
function("u64 __put_user_nocheck_8(void)")(_put(8, checked=False))


# `fs/libfs.c`


@function(
    "ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *ppos, const void *from, size_t available)"
)
def simple_read_from_buffer(guest: Guest, to: int, count: int, position: int, source: int, available: int) -> int:
    """`fs/libfs.c`: Copy the part of a buffer from the position on to the user and move the position; return its size
    or an error.
    """
    return _move(guest, position, count, available, lambda at, size: to_user(guest, to, source + at, size))


@function(
    "ssize_t simple_write_to_buffer(void *to, size_t available, loff_t *ppos, const void __user *from, size_t count)"
)
def simple_write_to_buffer(guest: Guest, to: int, available: int, position: int, source: int, count: int) -> int:
    """`fs/libfs.c`: Copy the user's bytes into a buffer from the position on and move the position; return how many or
    an error.
    """
    return _move(guest, position, count, available, lambda at, size: from_user(guest, to + at, source, size))


@function("ssize_t memory_read_from_buffer(void *to, size_t count, loff_t *ppos, const void *from, size_t available)")
def memory_read_from_buffer(guest: Guest, to: int, count: int, position: int, source: int, available: int) -> int:
    """`fs/libfs.c`: Copy the part of a buffer from the position on within the kernel's memory and move the position;
    return its size or an error.
    """
    return _move(guest, position, count, available, lambda at, size: copy(guest, to, source + at, size))


def _move(guest: Guest, position: int, count: int, available: int, carry: Callable[[int, int], int]) -> int:
    at = guest.memory.u64(position)
    if at >> 63:
        return -EINVAL
    size = min(count, available - at)
    if size <= 0:
        return 0
    left = carry(at, size)
    if left == size:
        return -EFAULT
    guest.memory.put(position, at + size - left, 8)
    return size - left


@function("loff_t noop_llseek(struct file *file, loff_t offset, int whence)")
def noop_llseek(_guest: Guest, _file: int, _offset: int, _whence: int) -> int:
    """`fs/read_write.c`: Return 0 and leave the position, which is always 0 for a file with this function."""
    return 0


@function("int nonseekable_open(struct inode *inode, struct file *filp)", "int stream_open(void *inode, void *filp)")
def nonseekable_open(_guest: Guest, _inode: int, _file: int) -> int:
    """`fs/open.c`: Return 0; that the file cannot seek is not noted."""
    return 0


@function("int simple_open(struct inode *inode, struct file *file)")
def simple_open(guest: Guest, inode: int, file: int) -> int:
    """`fs/libfs.c`: Make the inode's data the file's private data; return 0."""
    from modtools.emulate.structs import view

    data = view(guest, "inode", inode).i_private
    if data:
        view(guest, "file", file).private_data = data
    return 0
