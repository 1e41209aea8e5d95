"""Tests of modtools/emulate/linux/net/core/skbuff.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.net.core import skbuff
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import find
from modtools.emulate.symbols.structs import constant, new, view

pytest.importorskip("unicorn")


def test_a_packet_grows_at_both_ends(guest: Guest) -> None:
    """100 bytes and what stands behind them take 448, which kmalloc gives 512 for: 192 are the packet's."""
    address = skbuff.alloc_skb(guest, 100, 0, 0, -1)
    row = skbuff.skb(guest, address)
    assert (row.end, row.truesize, row.len) == (192, 192 + 256 + 320, 0)
    row.data += 20
    row.tail += 20
    assert skbuff.skb_put(guest, address, 10) == row.head + 20
    assert skbuff.skb_push(guest, address, 4) == row.head + 16
    assert (row.len, row.tail) == (14, 30)
    assert skbuff.skb_pull(guest, address, 15) == 0
    assert skbuff.skb_pull(guest, address, 2) == row.head + 18
    skbuff.skb_trim(guest, address, 5)
    assert (row.len, row.tail) == (5, 23)
    with pytest.raises(Needs, match="skb_over_panic"):
        skbuff.skb_put(guest, address, 170)
    with pytest.raises(Needs, match="skb_under_panic"):
        skbuff.skb_push(guest, address, 19)


def test_a_packet_goes_with_its_last_reference(guest: Guest) -> None:
    """Its data goes with it; NULL is fine."""
    address = skbuff.alloc_skb(guest, 100, 0, 0, -1)
    row = skbuff.skb(guest, address)
    head = row.head
    guest.memory.put(row.address("users"), 3, 4)
    skbuff.kfree_skb_reason(guest, address, 0)
    skbuff.sk_skb_reason_drop(guest, 0, address, 0)
    assert guest.heap.size(head) == 512
    skbuff.consume_skb(guest, address)
    assert guest.heap.size(head) == guest.heap.size(address) == 0
    skbuff.consume_skb(guest, 0)


def test_packets_wait_in_a_queue(guest: Guest) -> None:
    """They leave it at either end, and their count is kept."""
    queue = new(guest, "sk_buff_head").address()
    for at in (0, 8):
        guest.memory.put(queue + at, queue, 8)
    one, two, three = (skbuff.alloc_skb(guest, 1, 0, 0, -1) for _ in range(3))
    skbuff.skb_queue_tail(guest, queue, one)
    skbuff.skb_queue_tail(guest, queue, two)
    skbuff.skb_queue_head(guest, queue, three)
    assert view(guest, "sk_buff_head", queue).qlen == 3
    assert (skbuff.skb_dequeue(guest, queue), skbuff.skb_dequeue_tail(guest, queue)) == (three, two)
    assert find("skb_queue_purge_reason")
    skbuff.skb_queue_purge(guest, queue)
    assert (skbuff.skb_dequeue(guest, queue), guest.heap.size(one)) == (0, 0)


def test_reasons_of_a_subsystem_are_noted(guest13: Guest) -> None:
    """The core has its own, and there are no more subsystems than those of the kernel's enum."""
    skbuff.drop_reasons_register_subsys(guest13, 1, 0x1234)
    assert guest13.table("drop reasons") == {1: 0x1234}
    skbuff.drop_reasons_unregister_subsys(guest13, 1)
    assert guest13.table("drop reasons") == {}
    for number in (0, constant(guest13, "SKB_DROP_REASON_SUBSYS_NUM")):
        with pytest.raises(Needs, match="subsystem"):
            skbuff.drop_reasons_register_subsys(guest13, number, 0x1234)
