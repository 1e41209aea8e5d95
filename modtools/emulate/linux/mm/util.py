"""mm/util.c: Copies of texts and memory; memory from kmalloc or vmalloc."""

from __future__ import annotations

from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib.strnlen_user import strnlen_user
from modtools.emulate.linux.mm.slab_common import ZERO_SIZE_PTR, kfree, kmalloc_node
from modtools.emulate.linux.mm.vmalloc import is_vmalloc_addr, vfree
from modtools.emulate.memory import pages
from modtools.emulate.memory.user_memory import accessible
from modtools.emulate.symbols.registry import function
from modtools.link.memory import Fault
from modtools.linuxerrno import EFAULT, EINVAL

_MOST = 0x7FFFFFFF
"""INT_MAX, which kvmalloc() gives at most."""


@function("char *kstrdup(const char *s, gfp_t gfp)", "const char *kstrdup_const(const char *s, gfp_t gfp)")
def kstrdup(guest: Guest, text: int, _flags: int) -> int:
    """Return an allocated copy of a text; 0 for NULL."""
    return guest.new_text(guest.memory.text(text)) if text else 0


@function("char *kstrndup(const char *s, size_t max, gfp_t gfp)")
def kstrndup(guest: Guest, text: int, limit: int, _flags: int) -> int:
    """Return an allocated copy of at most `max` bytes of a text; 0 for NULL."""
    return guest.new_text(guest.memory.text(text, limit)) if text else 0


@function("void *kmemdup(const void *src, size_t len, gfp_t gfp)")
def kmemdup(guest: Guest, source: int, size: int, _flags: int) -> int:
    """Return an allocated copy of `len` bytes."""
    new = guest.heap.kmalloc(guest.bounded(size)) if size else ZERO_SIZE_PTR
    if new and size:
        guest.memory.write(new, guest.memory.read(source, size))
    return new


@function("char *kmemdup_nul(const char *s, size_t len, gfp_t gfp)")
def kmemdup_nul(guest: Guest, source: int, size: int, _flags: int) -> int:
    """Return an allocated copy of `len` bytes with a NUL behind them; 0 for NULL."""
    return guest.new_text(guest.memory.read(source, guest.bounded(size))) if source else 0


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
    """Return an allocated copy of the user's bytes, or -EFAULT."""
    return _duplicate(guest, source, size, b"")


@function("void *memdup_user_nul(const void __user *src, size_t len)")
def memdup_user_nul(guest: Guest, source: int, size: int) -> int:
    """Return an allocated copy of the user's bytes with a NUL behind them, or -EFAULT."""
    return _duplicate(guest, source, size, b"\0")


@function("char *strndup_user(const char __user *s, long n)")
def strndup_user(guest: Guest, source: int, limit: int) -> int:
    """Return an allocated copy of the user's text, -EINVAL if it is not shorter than `n`, or -EFAULT."""
    length = strnlen_user(guest, source, limit)
    if not 0 < length <= limit:
        return -EINVAL if length else -EFAULT
    return _duplicate(guest, source, length - 1, b"\0")


@function("void *kmemdup_array(const void *src, size_t count, size_t element_size, gfp_t gfp)")
def kmemdup_array(guest: Guest, source: int, count: int, each: int, flags: int) -> int:
    """Return an allocated copy of an array; 0 for more bytes than there are numbers."""
    return kmemdup(guest, source, count * each, flags) if count * each < 1 << 64 else 0


@function("void *kvmemdup(const void *src, size_t len, gfp_t gfp)")
def kvmemdup(guest: Guest, source: int, size: int, flags: int) -> int:
    """Return a copy of `len` bytes in memory of `kvmalloc()`."""
    new = kmalloc_node(guest, guest.bounded(size), flags, -1)
    if new and size:
        guest.memory.write(new, guest.memory.read(source, size))
    return int(new)


@function("void *kvmalloc_node(size_t size, gfp_t flags, int node)")
def kvmalloc_node(guest: Guest, size: int, flags: int, node: int) -> int:
    """Allocate `size` bytes by kmalloc(), or by vmalloc() if that cannot; 0 for more than an int holds, with a
    warning.
    """
    if size <= _MOST:
        return int(kmalloc_node(guest, size, flags, node))
    if not flags & pages.NOWARN:
        report_kernel_warning(guest, "kvmalloc_node")
    return 0


@function("void *__kvmalloc_node_noprof(size_t size, kmem_buckets *b, gfp_t flags, int node)")
def kvmalloc_bucket(guest: Guest, size: int, _buckets: int, flags: int, node: int) -> int:
    """Allocate `size` bytes as kvmalloc_node(); which set of caches they come from is not looked at."""
    return int(kvmalloc_node(guest, size, flags, node))


@function("void *__kvmalloc_node_noprof(size_t size, kmem_buckets *b, unsigned long align, gfp_t flags, int node)")
def kvmalloc_aligned(guest: Guest, size: int, buckets: int, align: int, flags: int, node: int) -> int:
    """Allocate `size` bytes at a multiple of `align`, as kmalloc() has it for sizes that are powers of two."""
    rounded = 1 << (max(size, align) - 1).bit_length() if align > 8 else size
    return int(kvmalloc_bucket(guest, rounded, buckets, flags, node))


@function("void kvfree(const void *p)")
def kvfree(guest: Guest, address: int) -> None:
    """Free memory of kvmalloc(), which kmalloc() or vmalloc() gave."""
    (vfree if is_vmalloc_addr(guest, address) else kfree)(guest, address)


@function("void kfree_const(const void *p)")
def kfree_const(guest: Guest, address: int) -> None:
    """Free a text of kstrdup_const(), which may be the kernel's own, or here a module's, and is left alone then."""
    guest.heap.free(address)
