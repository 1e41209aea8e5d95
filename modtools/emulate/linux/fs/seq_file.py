"""fs/seq_file.c: Files whose text comes in elements: seq_file."""

from __future__ import annotations

from modtools.emulate.cpu.va_list import Values
from modtools.emulate.files import seqfiles
from modtools.emulate.files.seqfiles import Copy, Elements
from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib.hexdump import hex_row
from modtools.emulate.linux.lib.iov_iter import copy_to_iter
from modtools.emulate.linux.lib.usercopy import to_user
from modtools.emulate.printf.escapes import escape
from modtools.emulate.printf.vsprintf import vsprintf
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EINVAL

_SET, _CURRENT = 0, 1
_LARGEST = 1 << 20


@function("int seq_open(struct file *file, const struct seq_operations *op)")
def seq_open(guest: Guest, file: int, operations: int) -> int:
    """Give a file its seq_file with operations; return 0. No text is made yet."""
    seqfiles.attach(guest, file, operations)
    return 0


@function("void *__seq_open_private(struct file *f, const struct seq_operations *ops, int psize)")
def seq_open_private(guest: Guest, file: int, operations: int, size: int) -> int:
    """Open a seq_file with zeroed private memory; return that memory."""
    return seqfiles.open_private(guest, file, operations, size)


@function("int seq_open_private(struct file *filp, const struct seq_operations *ops, int psize)")
def seq_open_private_int(guest: Guest, file: int, operations: int, size: int) -> int:
    """Open a seq_file with zeroed private memory; return 0."""
    seq_open_private(guest, file, operations, size)
    return 0


@function("int single_open(struct file *file, int (*show)(struct seq_file *, void *), void *data)")
def single_open(guest: Guest, file: int, show: int, data: int) -> int:
    """Open a seq_file of one element, with operations in memory of their own; return 0."""
    seqfiles.open_single(guest, file, show, data)
    return 0


@function("int single_open_size(struct file *file, int (*show)(struct seq_file *, void *), void *data, size_t size)")
def single_open_size(guest: Guest, file: int, show: int, data: int, size: int) -> int:
    """Open a seq_file of one element, whose buffer has this size at first; return 0."""
    result = int(single_open(guest, file, show, data))
    row = view(guest, "seq_file", view(guest, "file", file).private_data)
    row.buf, row.size = guest.heap.kmalloc(guest.bounded(size)), size
    return result


@function("void *single_start(struct seq_file *p, loff_t *pos)")
def single_start(guest: Guest, _seq: int, position: int) -> int:
    """Return SEQ_START_TOKEN for position 0, else NULL."""
    return 0 if guest.memory.u64(position) else 1


@function("void *single_next(struct seq_file *p, void *v, loff_t *pos)")
def single_next(guest: Guest, _seq: int, _element: int, position: int) -> int:
    """Advance the position and return NULL, because there is one element."""
    guest.memory.put(position, guest.memory.u64(position) + 1, 8)
    return 0


@function("void single_stop(struct seq_file *p, void *v)")
def single_stop(_guest: Guest, _seq: int, _element: int) -> None:
    """Do nothing: the one element needs no end."""


def _release(guest: Guest, file: int, *, operations: bool = False, private: bool = False) -> int:
    seq = view(guest, "file", file).private_data
    row = view(guest, "seq_file", seq)
    if operations:
        guest.heap.free(row.op)
    if private:
        guest.heap.free(row.private)
    guest.heap.free(row.buf)
    guest.heap.free(seq)
    return 0


@function("int seq_release(struct inode *inode, struct file *file)")
def seq_release(guest: Guest, _inode: int, file: int) -> int:
    """Free a file's seq_file with its buffer; return 0."""
    return _release(guest, file)


@function("int single_release(struct inode *inode, struct file *file)")
def single_release(guest: Guest, _inode: int, file: int) -> int:
    """Free a file's seq_file with its buffer and its operations; return 0."""
    return _release(guest, file, operations=True)


@function("int seq_release_private(struct inode *inode, struct file *file)")
def seq_release_private(guest: Guest, _inode: int, file: int) -> int:
    """Free a file's seq_file with its buffer and its private memory; return 0."""
    return _release(guest, file, private=True)


@function("loff_t seq_lseek(struct file *file, loff_t offset, int whence)")
def seq_lseek(guest: Guest, file: int, offset: int, whence: int) -> int:
    """Move the position from the beginning (`whence` 0) or from where it is (1) and return it; -EINVAL for another
    `whence`, and in front of the beginning; the error of an element on the way, after which the position is 0.
    """
    row = view(guest, "file", file)
    offset += int(row.f_pos) if whence == _CURRENT else 0
    if whence not in (_SET, _CURRENT) or offset < 0:
        return -EINVAL
    elements = Elements(guest, row.private_data)
    error = elements.seek(offset) if offset != elements.row.read_pos else 0
    row.f_pos = 0 if error else offset
    return error or offset


@function("ssize_t seq_read(struct file *file, char __user *buf, size_t size, loff_t *ppos)")
def seq_read(guest: Guest, file: int, buffer: int, size: int, position: int) -> int:
    """Copy the next part of the text to the user; return its size, or an error."""
    taken = 0

    def copy(source: int, count: int) -> int:
        nonlocal taken
        count = min(count, size - taken)
        done: int = count - to_user(guest, buffer + taken, source, count)
        taken += done
        return done

    return _read(guest, file, size, position, copy)


@function("ssize_t seq_read_iter(struct kiocb *iocb, struct iov_iter *iter)")
def seq_read_iter(guest: Guest, request: int, iterator: int) -> int:
    """Copy the next part of the text to an iterator; return its size, or an error."""
    row = view(guest, "kiocb", request)
    room = view(guest, "iov_iter", iterator).count

    def copy(source: int, count: int) -> int:
        count = min(count, view(guest, "iov_iter", iterator).count)
        return int(copy_to_iter(guest, source, count, iterator))

    return _read(guest, row.ki_filp, room, row.address("ki_pos"), copy)


def _read(guest: Guest, file: int, room: int, position: int, copy: Copy) -> int:
    """Read a seq_file from the position at this address on, which is advanced."""
    if not room:
        return 0
    at = guest.memory.u64(position)
    result = Elements(guest, view(guest, "file", file).private_data).read(at, room, copy)
    guest.memory.put(position, at + max(result, 0), 8)
    return result


def append(guest: Guest, seq: int, text: bytes) -> None:
    """Append bytes to a seq_file; what does not fit marks the buffer as full, so that it is doubled."""
    row = view(guest, "seq_file", seq)
    size, count = row.size, row.count
    if count + len(text) < size:
        guest.memory.write(row.buf + count, text)
        row.count = count + len(text)
    else:
        row.count = size


@function("void seq_printf(struct seq_file *m, const char *f, ...)")
def seq_printf(guest: Guest, seq: int, fmt: int, values: Values) -> None:
    """Append a formatted text to a seq_file."""
    append(guest, seq, vsprintf(guest, guest.memory.text(fmt), values))


@function("void seq_vprintf(struct seq_file *m, const char *fmt, va_list args)")
def seq_vprintf(guest: Guest, seq: int, fmt: int, args: int) -> None:
    """Append a text formatted from a va_list to a seq_file."""
    append(guest, seq, vsprintf(guest, guest.memory.text(fmt), guest.va_list(args)))


@function("void seq_puts(struct seq_file *m, const char *s)")
def seq_puts(guest: Guest, seq: int, text: int) -> None:
    """Append a text to a seq_file."""
    append(guest, seq, guest.memory.text(text))


@function("void seq_putc(struct seq_file *m, char c)")
def seq_putc(guest: Guest, seq: int, char: int) -> None:
    """Append a byte to a seq_file."""
    append(guest, seq, bytes((char & 0xFF,)))


@function("int seq_write(struct seq_file *seq, const void *data, size_t len)")
def seq_write(guest: Guest, seq: int, data: int, size: int) -> int:
    """Append bytes to a seq_file; return 0, also where they do not fit."""
    append(guest, seq, guest.memory.read(data, guest.bounded(size)) if size else b"")
    return 0


@function("void seq_put_decimal_ull(struct seq_file *m, const char *delimiter, unsigned long long num)")
def seq_put_decimal_ull(guest: Guest, seq: int, delimiter: int, number: int) -> None:
    """Append a delimiter and an unsigned number to a seq_file."""
    append(guest, seq, (guest.memory.text(delimiter) if delimiter else b"") + b"%d" % number)


@function("void seq_put_decimal_ll(struct seq_file *m, const char *delimiter, long long num)")
def seq_put_decimal_ll(guest: Guest, seq: int, delimiter: int, number: int) -> None:
    """Append a delimiter and a number with its sign to a seq_file."""
    append(guest, seq, (guest.memory.text(delimiter) if delimiter else b"") + b"%d" % number)


@function("struct list_head *seq_list_start(struct list_head *head, loff_t pos)")
def seq_list_start(guest: Guest, head: int, position: int) -> int:
    """Return the entry at a position of a list; NULL behind its end."""
    at = head
    for _ in range(min(position, _LARGEST) + 1):
        at = guest.memory.u64(at)
        if at == head:
            return 0
    return at


@function("struct list_head *seq_list_next(void *v, struct list_head *head, loff_t *ppos)")
def seq_list_next(guest: Guest, element: int, head: int, position: int) -> int:
    """Advance the position and return the entry behind this one; NULL at the end of the list."""
    guest.memory.put(position, guest.memory.u64(position) + 1, 8)
    following = guest.memory.u64(element)
    return 0 if following == head else following


_ADDRESS, _OFFSET = 1, 2
"""`enum`: DUMP_PREFIX_NONE is 0."""


@function("void seq_pad(struct seq_file *m, char c)")
def seq_pad(guest: Guest, seq: int, char: int) -> None:
    """Append blanks up to the column that seq_setwidth() has set, then a byte unless it is 0."""
    row = view(guest, "seq_file", seq)
    blanks = row.pad_until - row.count
    blanks = blanks if 0 < blanks < 1 << 31 else 0
    append(guest, seq, b" " * guest.bounded(blanks) + (bytes((char & 0xFF,)) if char else b""))


@function("void seq_escape_mem(struct seq_file *m, const char *src, size_t len, unsigned int flags, const char *esc)")
def seq_escape_mem(guest: Guest, seq: int, source: int, size: int, flags: int, only: int) -> None:
    """Append bytes to a seq_file, escaped as string_escape_mem() does."""
    raw = guest.memory.read(source, guest.bounded(size)) if size else b""
    append(guest, seq, escape(raw, flags, guest.memory.text(only) if only else b""))


@function(
    "void seq_hex_dump(struct seq_file *m, const char *prefix_str, int prefix_type, int rowsize, int groupsize,"
    " const void *buf, size_t len, bool ascii)"
)
def seq_hex_dump(
    guest: Guest, seq: int, prefix: int, kind: int, rowsize: int, groupsize: int, data: int, length: int, ascii: int
) -> None:
    """Append memory to a seq_file as rows of a dump, as print_hex_dump() logs them."""
    rowsize = rowsize if rowsize in (16, 32) else 16
    head = guest.memory.text(prefix)
    for at in range(0, guest.bounded(length), rowsize):
        row = guest.memory.read(data + at, min(rowsize, length - at))
        where = b"%016x: " % (data + at) if kind == _ADDRESS else b"%.8x: " % at if kind == _OFFSET else b""
        append(guest, seq, head + where + hex_row(row, rowsize, groupsize, bool(ascii)).encode() + b"\n")


@function("struct list_head *seq_list_start_head(struct list_head *head, loff_t pos)")
def seq_list_start_head(guest: Guest, head: int, position: int) -> int:
    """Return the entry at a position of a list, where the head itself is at 0; NULL behind its end."""
    return int(seq_list_start(guest, head, position - 1)) if position else head


function("struct list_head *seq_list_start_rcu(struct list_head *head, loff_t pos)")(seq_list_start)
function("struct list_head *seq_list_start_head_rcu(struct list_head *head, loff_t pos)")(seq_list_start_head)
function("struct list_head *seq_list_next_rcu(void *v, struct list_head *head, loff_t *ppos)")(seq_list_next)


@function(
    "struct hlist_node *seq_hlist_start(struct hlist_head *head, loff_t pos)",
    "struct hlist_node *seq_hlist_start_rcu(struct hlist_head *head, loff_t pos)",
)
def seq_hlist_start(guest: Guest, head: int, position: int) -> int:
    """Return the node at a position of an hlist; NULL behind its end."""
    at = guest.memory.u64(head)
    while at and position:
        at, position = guest.memory.u64(at), position - 1
    return at


@function(
    "struct hlist_node *seq_hlist_start_head(struct hlist_head *head, loff_t pos)",
    "struct hlist_node *seq_hlist_start_head_rcu(struct hlist_head *head, loff_t pos)",
)
def seq_hlist_start_head(guest: Guest, head: int, position: int) -> int:
    """Return the node at a position of an hlist, where SEQ_START_TOKEN is at 0; NULL behind its end."""
    return int(seq_hlist_start(guest, head, position - 1)) if position else 1


@function(
    "struct hlist_node *seq_hlist_next(void *v, struct hlist_head *head, loff_t *ppos)",
    "struct hlist_node *seq_hlist_next_rcu(void *v, struct hlist_head *head, loff_t *ppos)",
)
def seq_hlist_next(guest: Guest, element: int, head: int, position: int) -> int:
    """Advance the position and return the node behind this one, the first behind SEQ_START_TOKEN; NULL at the end."""
    guest.memory.put(position, guest.memory.u64(position) + 1, 8)
    return guest.memory.u64(head if element == 1 else element)
