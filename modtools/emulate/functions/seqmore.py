"""Padding, dumps, escapes, lists and hlists in sequence files.

From Linux 6.1: `fs/seq_file.c`.
"""

from __future__ import annotations

from modtools.emulate.functions.printk import hex_row
from modtools.emulate.functions.seqfile import put, seq_list_next, seq_list_start
from modtools.emulate.functions.stringhelpers import escape
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.structs import view

_ADDRESS, _OFFSET = 1, 2
"""`enum`: DUMP_PREFIX_NONE is 0."""


@function("void seq_pad(struct seq_file *m, char c)")
def seq_pad(guest: Guest, seq: int, char: int) -> None:
    """`fs/seq_file.c`: Append blanks up to the column that seq_setwidth() has set, then a byte unless it is 0."""
    row = view(guest, "seq_file", seq)
    blanks = row.pad_until - row.count
    blanks = blanks if 0 < blanks < 1 << 31 else 0
    put(guest, seq, b" " * guest.bounded(blanks) + (bytes((char & 0xFF,)) if char else b""))


@function("void seq_escape_mem(struct seq_file *m, const char *src, size_t len, unsigned int flags, const char *esc)")
def seq_escape_mem(guest: Guest, seq: int, source: int, size: int, flags: int, only: int) -> None:
    """`fs/seq_file.c`: Append bytes escaped as string_escape_mem() does."""
    raw = guest.memory.read(source, guest.bounded(size)) if size else b""
    put(guest, seq, escape(raw, flags, guest.memory.text(only) if only else b""))


@function(
    "void seq_hex_dump(struct seq_file *m, const char *prefix_str, int prefix_type, int rowsize, int groupsize,"
    " const void *buf, size_t len, bool ascii)"
)
def seq_hex_dump(
    guest: Guest, seq: int, prefix: int, kind: int, rowsize: int, groupsize: int, data: int, length: int, ascii: int
) -> None:
    """`fs/seq_file.c`: Append memory as rows of a dump, as print_hex_dump() logs them."""
    rowsize = rowsize if rowsize in (16, 32) else 16
    head = guest.memory.text(prefix)
    for at in range(0, guest.bounded(length), rowsize):
        row = guest.memory.read(data + at, min(rowsize, length - at))
        where = b"%016x: " % (data + at) if kind == _ADDRESS else b"%.8x: " % at if kind == _OFFSET else b""
        put(guest, seq, head + where + hex_row(row, rowsize, groupsize, bool(ascii)).encode() + b"\n")


@function("struct list_head *seq_list_start_head(struct list_head *head, loff_t pos)")
def seq_list_start_head(guest: Guest, head: int, position: int) -> int:
    """`fs/seq_file.c`: Return the entry at a position of a list, where the head itself is at 0; NULL behind its end."""
    return int(seq_list_start(guest, head, position - 1)) if position else head


# `fs/seq_file.c`
function("struct list_head *seq_list_start_rcu(struct list_head *head, loff_t pos)")(seq_list_start)
function("struct list_head *seq_list_start_head_rcu(struct list_head *head, loff_t pos)")(seq_list_start_head)
function("struct list_head *seq_list_next_rcu(void *v, struct list_head *head, loff_t *ppos)")(seq_list_next)


@function(
    "struct hlist_node *seq_hlist_start(struct hlist_head *head, loff_t pos)",
    "struct hlist_node *seq_hlist_start_rcu(struct hlist_head *head, loff_t pos)",
)
def seq_hlist_start(guest: Guest, head: int, position: int) -> int:
    """`fs/seq_file.c`: Return the node at a position of an hlist; NULL behind its end."""
    at = guest.memory.u64(head)
    while at and position:
        at, position = guest.memory.u64(at), position - 1
    return at


@function(
    "struct hlist_node *seq_hlist_start_head(struct hlist_head *head, loff_t pos)",
    "struct hlist_node *seq_hlist_start_head_rcu(struct hlist_head *head, loff_t pos)",
)
def seq_hlist_start_head(guest: Guest, head: int, position: int) -> int:
    """`fs/seq_file.c`: Return the node at a position of an hlist, where SEQ_START_TOKEN is at 0;
    NULL behind its end.
    """
    return int(seq_hlist_start(guest, head, position - 1)) if position else 1


@function(
    "struct hlist_node *seq_hlist_next(void *v, struct hlist_head *head, loff_t *ppos)",
    "struct hlist_node *seq_hlist_next_rcu(void *v, struct hlist_head *head, loff_t *ppos)",
)
def seq_hlist_next(guest: Guest, element: int, head: int, position: int) -> int:
    """`fs/seq_file.c`: Advance the position and return the node behind this one, the first behind SEQ_START_TOKEN;
    NULL at the end.
    """
    guest.memory.put(position, guest.memory.u64(position) + 1, 8)
    return guest.memory.u64(head if element == 1 else element)
