"""Copies from and to the caller's memory.

From Linux 6.1: `lib/usercopy.c`, `arch/x86/lib/getuser.S`, `arch/x86/lib/putuser.S`, `fs/libfs.c`, `mm/util.c`. The
buffers of a caller lie in kmalloc'ed memory here; an address that is not there gives -EFAULT, as it does for a caller.
"""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate.guest import Guest
from modtools.emulate.processor import NAMES, RAX, RDX
from modtools.emulate.registry import function
from modtools.link.memory import Fault
from modtools.linuxerrno import EFAULT, EINVAL

_RCX = NAMES.index("rcx")


def copy(guest: Guest, to: int, source: int, size: int) -> int:
    """How many bytes could not be copied."""
    try:
        guest.memory.write(to, guest.memory.read(source, guest.bounded(size)) if size else b"")
    except Fault:
        return size
    return 0


@function(
    "unsigned long _copy_from_user(void *to, const void __user *from, unsigned long n)",
    "unsigned long _copy_to_user(void __user *to, const void *from, unsigned long n)",
    "unsigned long copy_user_generic_unrolled(void *to, const void *from, unsigned len)",
    "unsigned long copy_user_generic_string(void *to, const void *from, unsigned len)",
    "unsigned long copy_user_enhanced_fast_string(void *to, const void *from, unsigned len)",
)
def copy_user(guest: Guest, to: int, source: int, size: int) -> int:
    """0 if all went well."""
    return copy(guest, to, source, size)


@function("unsigned long clear_user(void __user *to, unsigned long n)")
def clear_user(guest: Guest, to: int, size: int) -> int:
    """Zeros."""
    try:
        guest.memory.write(to, bytes(guest.bounded(size)))
    except Fault:
        return size
    return 0


@function("long strncpy_from_user(char *dst, const char __user *src, long count)")
def strncpy_from_user(guest: Guest, to: int, source: int, limit: int) -> int:
    """The length without the NUL; `limit` if there is none within."""
    try:
        text = guest.memory.text(source, guest.bounded(limit))
        guest.memory.write(to, (text + b"\0")[:limit])
    except Fault:
        return -EFAULT
    return len(text)


@function("long strnlen_user(const char __user *str, long n)")
def strnlen_user(guest: Guest, text: int, limit: int) -> int:
    """With the NUL; 0 for a bad address."""
    try:
        return len(guest.memory.text(text, limit)) + 1
    except Fault:
        return 0


def _duplicate(guest: Guest, source: int, size: int, end: bytes) -> int:
    try:
        return guest.new_text(guest.memory.read(source, guest.bounded(size)) + end) if size or end else 16
    except Fault:
        return -EFAULT


@function(
    "void *memdup_user(const void __user *src, size_t len)", "void *vmemdup_user(const void __user *s, size_t len)"
)
def memdup_user(guest: Guest, source: int, size: int) -> int:
    """A copy in the kernel's memory."""
    return _duplicate(guest, source, size, b"")


@function(
    "void *memdup_user_nul(const void __user *src, size_t len)", "char *strndup_user(const char __user *s, long n)"
)
def memdup_user_nul(guest: Guest, source: int, size: int) -> int:
    """With a NUL behind it."""
    return _duplicate(guest, source, size, b"\0")


def _get(size: int) -> Callable[[Guest], int]:
    """The pointer is in RAX; the value goes to RDX, the error to RAX."""

    def get_user(guest: Guest) -> int:
        try:
            guest.frame[RDX] = int.from_bytes(guest.memory.read(guest.frame[RAX], size), "little")
        except Fault:
            guest.frame[RDX] = 0
            return -EFAULT
        return 0

    return get_user


def _put(size: int) -> Callable[[Guest], int]:
    """The pointer is in RCX, the value in RAX; the error goes to RCX. RAX stays."""

    def put_user(guest: Guest) -> int:
        value = guest.frame[RAX]
        try:
            guest.memory.put(guest.frame[_RCX], value, size)
            guest.frame[_RCX] = 0
        except Fault:
            guest.frame[_RCX] = -EFAULT & (1 << 64) - 1
        return value

    return put_user


function("int __get_user_1(void)", "int __get_user_nocheck_1(void)")(_get(1))
function("int __get_user_2(void)", "int __get_user_nocheck_2(void)")(_get(2))
function("int __get_user_4(void)", "int __get_user_nocheck_4(void)")(_get(4))
function("int __get_user_8(void)", "int __get_user_nocheck_8(void)")(_get(8))
function("u64 __put_user_1(void)", "u64 __put_user_nocheck_1(void)")(_put(1))
function("u64 __put_user_2(void)", "u64 __put_user_nocheck_2(void)")(_put(2))
function("u64 __put_user_4(void)", "u64 __put_user_nocheck_4(void)")(_put(4))
function("u64 __put_user_8(void)", "u64 __put_user_nocheck_8(void)")(_put(8))


# fs/libfs.c


@function(
    "ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *ppos, const void *from, size_t available)"
)
def simple_read_from_buffer(guest: Guest, to: int, count: int, position: int, source: int, available: int) -> int:
    """The part from the position on; the position moves."""
    return _move(guest, position, count, available, lambda at, size: copy(guest, to, source + at, size))


@function(
    "ssize_t simple_write_to_buffer(void *to, size_t available, loff_t *ppos, const void __user *from, size_t count)"
)
def simple_write_to_buffer(guest: Guest, to: int, available: int, position: int, source: int, count: int) -> int:
    """The other way."""
    return _move(guest, position, count, available, lambda at, size: copy(guest, to + at, source, size))


@function("ssize_t memory_read_from_buffer(void *to, size_t count, loff_t *ppos, const void *from, size_t available)")
def memory_read_from_buffer(guest: Guest, to: int, count: int, position: int, source: int, available: int) -> int:
    """The same within the kernel's memory."""
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
    """Nobody moves."""
    return 0


@function("int nonseekable_open(struct inode *inode, struct file *filp)", "int stream_open(void *inode, void *filp)")
def nonseekable_open(_guest: Guest, _inode: int, _file: int) -> int:
    """Fine."""
    return 0


@function("int simple_open(struct inode *inode, struct file *file)")
def simple_open(guest: Guest, inode: int, file: int) -> int:
    """The inode's data becomes the file's."""
    from modtools.emulate.structs import view

    data = view(guest, "inode", inode).i_private
    if data:
        view(guest, "file", file).private_data = data
    return 0
