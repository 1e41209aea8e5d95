"""Files whose text comes in elements: seq_file.

From Linux 6.1: `fs/seq_file.c`. The whole text is made at the first read; later reads give the rest of it.
"""

from __future__ import annotations

from modtools.emulate.functions.uaccess import to_user
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.stops import Needs
from modtools.emulate.structs import View, new, view
from modtools.emulate.values import VaList, Values
from modtools.emulate.vsprintf import vsprintf
from modtools.integers import ERROR_POINTERS
from modtools.link.memory import PAGE
from modtools.linuxerrno import EFAULT

_SKIP = 1
_LARGEST = 1 << 20


def open_with(guest: Guest, file: int, operations: int) -> View:
    """Make the seq_file of a file, as its private data, and return its address (`seq_open()`)."""
    seq = new(guest, "seq_file")
    view(guest, "file", file).private_data = seq.address()
    seq.op, seq.file = operations, file
    return seq


@function("int seq_open(struct file *file, const struct seq_operations *op)")
def seq_open(guest: Guest, file: int, operations: int) -> int:
    """`fs/seq_file.c`: Give a file its seq_file with operations; return 0. No text is made yet."""
    open_with(guest, file, operations)
    return 0


@function("void *__seq_open_private(struct file *f, const struct seq_operations *ops, int psize)")
def seq_open_private(guest: Guest, file: int, operations: int, size: int) -> int:
    """`fs/seq_file.c`: Open a seq_file with zeroed private memory; return that memory."""
    private = guest.heap.kmalloc(max(size, 1))
    open_with(guest, file, operations).private = private
    return private


@function("int seq_open_private(struct file *filp, const struct seq_operations *ops, int psize)")
def seq_open_private_int(guest: Guest, file: int, operations: int, size: int) -> int:
    """`fs/seq_file.c`: Open a seq_file with zeroed private memory; return 0."""
    seq_open_private(guest, file, operations, size)
    return 0


@function("int single_open(struct file *file, int (*show)(struct seq_file *, void *), void *data)")
def single_open(guest: Guest, file: int, show: int, data: int) -> int:
    """`fs/seq_file.c`: Open a seq_file of one element, with operations in memory of their own; return 0."""
    operations = new(guest, "seq_operations")
    for step in ("start", "stop", "next"):
        setattr(operations, step, guest.address_of(f"single_{step}"))
    operations.show = show
    open_with(guest, file, operations.address()).private = data
    return 0


@function("int single_open_size(struct file *file, int (*show)(struct seq_file *, void *), void *data, size_t size)")
def single_open_size(guest: Guest, file: int, show: int, data: int, _size: int) -> int:
    """`fs/seq_file.c`: Open a seq_file of one element; return 0. The size is not looked at, because the buffer grows
    by itself.
    """
    return int(single_open(guest, file, show, data))


@function("void *single_start(struct seq_file *p, loff_t *pos)")
def single_start(guest: Guest, _seq: int, position: int) -> int:
    """`fs/seq_file.c`: Return SEQ_START_TOKEN for position 0, else NULL."""
    return 0 if guest.memory.u64(position) else 1


@function("void *single_next(struct seq_file *p, void *v, loff_t *pos)")
def single_next(guest: Guest, _seq: int, _element: int, position: int) -> int:
    """`fs/seq_file.c`: Advance the position and return NULL, because there is one element."""
    guest.memory.put(position, guest.memory.u64(position) + 1, 8)
    return 0


@function("void single_stop(struct seq_file *p, void *v)")
def single_stop(_guest: Guest, _seq: int, _element: int) -> None:
    """`fs/seq_file.c`: Do nothing: the one element needs no end."""


def _release(guest: Guest, file: int, *, operations: bool = False, private: bool = False) -> int:
    seq = view(guest, "file", file).private_data
    row = view(guest, "seq_file", seq)
    if operations:
        guest.heap.free(row.op)
    if private:
        guest.heap.free(row.private)
    guest.heap.free(row.buf)
    guest.table("seq_texts").pop(seq, None)
    guest.heap.free(seq)
    return 0


@function("int seq_release(struct inode *inode, struct file *file)")
def seq_release(guest: Guest, _inode: int, file: int) -> int:
    """`fs/seq_file.c`: Free a file's seq_file with its buffer; return 0."""
    return _release(guest, file)


@function("int single_release(struct inode *inode, struct file *file)")
def single_release(guest: Guest, _inode: int, file: int) -> int:
    """`fs/seq_file.c`: Free a file's seq_file with its buffer and its operations; return 0."""
    return _release(guest, file, operations=True)


@function("int seq_release_private(struct inode *inode, struct file *file)")
def seq_release_private(guest: Guest, _inode: int, file: int) -> int:
    """`fs/seq_file.c`: Free a file's seq_file with its buffer and its private memory; return 0."""
    return _release(guest, file, private=True)


@function("loff_t seq_lseek(struct file *file, loff_t offset, int whence)")
def seq_lseek(guest: Guest, file: int, offset: int, _whence: int) -> int:
    """`fs/seq_file.c`: Set and return the position from the beginning; `whence` is not looked at."""
    view(guest, "file", file).f_pos = offset
    return offset


@function("ssize_t seq_read(struct file *file, char __user *buf, size_t size, loff_t *ppos)")
def seq_read(guest: Guest, file: int, buffer: int, size: int, position: int) -> int:
    """`fs/seq_file.c`: Copy the next part of the text to the user; return its size, or an error."""
    seq, at = view(guest, "file", file).private_data, guest.memory.u64(position)
    texts = guest.table("seq_texts")
    if seq not in texts or not at:
        made = make(guest, seq)
        if isinstance(made, int):
            return made
        texts[seq] = made
    part = texts[seq][at : at + size]
    if not part:
        return 0
    place = guest.new_text(part)
    left = to_user(guest, buffer, place, len(part))
    guest.heap.free(place)
    guest.memory.put(position, at + len(part), 8)
    return -EFAULT if left else len(part)


@function("ssize_t seq_read_iter(struct kiocb *iocb, struct iov_iter *iter)")
def seq_read_iter(_guest: Guest, _iocb: int, _iter: int) -> int:
    """`fs/seq_file.c`: Stop the run: files with this function are read by `seq_read()`, and nobody else calls it."""
    raise Needs("seq_read_iter")


def make(guest: Guest, seq: int) -> bytes | int:
    """Return the whole text of a seq_file, or an error."""
    row = view(guest, "seq_file", seq)
    operations = view(guest, "seq_operations", row.op)
    start, stop, following, show = operations.start, operations.stop, operations.next, operations.show
    row.index = 0
    out, error, index = b"", 0, row.address("index")
    element = guest.call(start, seq, index)
    while element and element < ERROR_POINTERS:
        made = _show(guest, row, show, element)
        if isinstance(made, int):
            error = made
            break
        out += made
        guest.bounded(len(out))
        element = guest.call(following, seq, element, index)
    guest.call(stop, seq, element)
    return error or (element - (1 << 64) if element >= ERROR_POINTERS else 0) or out


def _show(guest: Guest, seq: View, show: int, element: int) -> bytes | int:
    """Return the text of one element, or an error; a buffer that was too small is doubled, and the element asked
    again.
    """
    size = seq.size or PAGE
    while True:
        if not seq.buf:
            seq.buf, seq.size = guest.heap.kmalloc(size), size
        seq.count = 0
        result = guest.call_signed(show, seq.address(), element)
        count = seq.count
        if result < 0:
            return result
        if count < size or size >= _LARGEST:
            return b"" if result == _SKIP else guest.memory.read(seq.buf, min(count, size))
        guest.heap.free(seq.buf)
        seq.buf = 0
        size *= 2


def put(guest: Guest, seq: int, text: bytes) -> None:
    """Append bytes to a seq_file; what does not fit marks the buffer as full, so that `_show()` doubles it."""
    row = view(guest, "seq_file", seq)
    size, count = row.size, row.count
    if count + len(text) < size:
        guest.memory.write(row.buf + count, text)
        row.count = count + len(text)
    else:
        row.count = size


@function("void seq_printf(struct seq_file *m, const char *f, ...)")
def seq_printf(guest: Guest, seq: int, fmt: int, values: Values) -> None:
    """`fs/seq_file.c`: Append a formatted text."""
    put(guest, seq, vsprintf(guest, guest.memory.text(fmt), values))


@function("void seq_vprintf(struct seq_file *m, const char *fmt, va_list args)")
def seq_vprintf(guest: Guest, seq: int, fmt: int, args: int) -> None:
    """`fs/seq_file.c`: Append a text formatted from a va_list."""
    put(guest, seq, vsprintf(guest, guest.memory.text(fmt), VaList(guest.memory, args)))


@function("void seq_puts(struct seq_file *m, const char *s)")
def seq_puts(guest: Guest, seq: int, text: int) -> None:
    """`fs/seq_file.c`: Append a text to the file."""
    put(guest, seq, guest.memory.text(text))


@function("void seq_putc(struct seq_file *m, char c)")
def seq_putc(guest: Guest, seq: int, char: int) -> None:
    """`fs/seq_file.c`: Append a byte to the file."""
    put(guest, seq, bytes((char & 0xFF,)))


@function("int seq_write(struct seq_file *seq, const void *data, size_t len)")
def seq_write(guest: Guest, seq: int, data: int, size: int) -> int:
    """`fs/seq_file.c`: Append bytes; return 0, also where they do not fit."""
    put(guest, seq, guest.memory.read(data, guest.bounded(size)) if size else b"")
    return 0


@function("void seq_put_decimal_ull(struct seq_file *m, const char *delimiter, unsigned long long num)")
def seq_put_decimal_ull(guest: Guest, seq: int, delimiter: int, number: int) -> None:
    """`fs/seq_file.c`: Append a delimiter and an unsigned number."""
    put(guest, seq, (guest.memory.text(delimiter) if delimiter else b"") + b"%d" % number)


@function("void seq_put_decimal_ll(struct seq_file *m, const char *delimiter, long long num)")
def seq_put_decimal_ll(guest: Guest, seq: int, delimiter: int, number: int) -> None:
    """`fs/seq_file.c`: Append a delimiter and a number with its sign."""
    put(guest, seq, (guest.memory.text(delimiter) if delimiter else b"") + b"%d" % number)


@function("struct list_head *seq_list_start(struct list_head *head, loff_t pos)")
def seq_list_start(guest: Guest, head: int, position: int) -> int:
    """`fs/seq_file.c`: Return the entry at a position of a list; NULL behind its end."""
    at = head
    for _ in range(min(position, _LARGEST) + 1):
        at = guest.memory.u64(at)
        if at == head:
            return 0
    return at


@function("struct list_head *seq_list_next(void *v, struct list_head *head, loff_t *ppos)")
def seq_list_next(guest: Guest, element: int, head: int, position: int) -> int:
    """`fs/seq_file.c`: Advance the position and return the entry behind this one; NULL at the end of the list."""
    guest.memory.put(position, guest.memory.u64(position) + 1, 8)
    following = guest.memory.u64(element)
    return 0 if following == head else following
