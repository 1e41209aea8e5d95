"""Tests of modtools/emulate/linux/fs/seq_file.py."""

from __future__ import annotations

import pytest

from modtools.emulate.files import seqfiles
from modtools.emulate.guest import Guest
from modtools.emulate.linux.fs import seq_file
from modtools.emulate.symbols.structs import new
from modtools.link.memory import PAGE
from modtools.linuxerrno import EINVAL

pytest.importorskip("unicorn")


def test_columns_dumps_and_escapes_in_a_file_of_elements(guest: Guest) -> None:
    """seq_pad() fills up to the width that was set; rows of a dump say where they begin."""
    row = new(guest, "seq_file")
    row.buf, row.size = guest.heap.kmalloc(PAGE), PAGE
    seq = row.address()
    row.pad_until = row.count + 6
    seq_file.append(guest, seq, b"abc")
    seq_file.seq_pad(guest, seq, ord("|"))
    seq_file.seq_pad(guest, seq, 0)
    data = guest.new_text(bytes(range(17)))
    seq_file.seq_hex_dump(guest, seq, guest.new_text(b"> "), 2, 16, 4, data, 17, 0)
    seq_file.seq_escape_mem(guest, seq, guest.new_text(b"a\nb"), 3, 0x20, guest.new_text(b"\n"))
    assert guest.memory.read(row.buf, row.count) == (
        b"abc   |> 00000000: 03020100 07060504 0b0a0908 0f0e0d0c\n> 00000010: 10\na\\x0ab"
    )


def test_lists_begin_with_their_head_if_wanted(guest: Guest) -> None:
    """Lists with an end give a token first, rings their head; then comes each element, then nothing."""
    place = guest.heap.kmalloc(64)
    head, first, second, position = (place + 16 * at for at in range(4))
    for node, following in ((head, first), (first, second), (second, 0)):
        guest.memory.put(node, following, 8)
    assert [seq_file.seq_hlist_start_head(guest, head, at) for at in range(4)] == [1, first, second, 0]
    assert [seq_file.seq_hlist_next(guest, at, head, position) for at in (1, first, second)] == [first, second, 0]
    assert guest.memory.u64(position) == 3
    guest.memory.put(second, head, 8)
    assert [seq_file.seq_list_start_head(guest, head, at) for at in range(4)] == [head, first, second, 0]


def test_the_position_moves_from_the_beginning_and_from_where_it_is(guest: Guest) -> None:
    """A file of elements has no end that anybody knows, and nothing lies in front of it: what is refused moves nothing.
    Here the one element has no text.

    From Linux 6.1: `fs/seq_file.c: seq_lseek()`.
    """
    file = new(guest, "file")
    seqfiles.open_single(guest, file.address(), guest.address_of("single_stop"), 0)
    moves = [(7, 0), (-2, 1), (-6, 1), (-1, 0), (0, 2), (0, 1)]
    results = [seq_file.seq_lseek(guest, file.address(), offset, whence) for offset, whence in moves]
    assert results == [7, 5, -EINVAL, -EINVAL, -EINVAL, 5]
    assert file.f_pos == 5
