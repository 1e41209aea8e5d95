"""Tests of modtools/emulate/linux/lib/iov_iter.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import iov_iter
from modtools.emulate.symbols.structs import new
from tests.emulated import both_kernels, words

pytest.importorskip("unicorn")


@both_kernels
def test_an_iterator_goes_over_all_its_pieces(guest: Guest) -> None:
    """Data is moved from one piece into the next, and the iterator can be taken back."""
    pieces = [guest.new_text(b"abc"), guest.new_text(b"defg")]
    table = words(guest, pieces[0], 3, pieces[1], 4)
    iterator, target = new(guest, "iov_iter"), guest.heap.kmalloc(64)
    iov_iter.iov_iter_kvec(guest, iterator.address(), 1, table, 2, 7)
    assert iov_iter.copy_from_iter(guest, target, 5, iterator.address()) == 5
    assert (guest.memory.read(target, 5), iterator.count) == (b"abcde", 2)
    iov_iter.iov_iter_revert(guest, iterator.address(), 4)
    assert iov_iter.copy_from_iter(guest, target, 64, iterator.address()) == 6
    assert (guest.memory.read(target, 6), iterator.count) == (b"bcdefg", 0)
