"""Packets' buffers, and messages of network devices."""

from __future__ import annotations

import pytest

from modtools.emulate.cpu.va_list import Arguments
from modtools.emulate.guest import Guest
from modtools.emulate.linux.net.core import dev as net_dev
from modtools.emulate.linux.net.core import skbuff
from modtools.emulate.linux.net.ethernet import eth
from modtools.emulate.objects import netdevices
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import new, view
from modtools.kernel.log import raw_lines
from modtools.linuxerrno import EADDRNOTAVAIL, EBUSY

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
    guest.memory.put(row.address("users"), 2, 4)
    skbuff.kfree_skb_reason(guest, address, 0)
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
    skbuff.skb_queue_purge(guest, queue)
    assert (skbuff.skb_dequeue(guest, queue), guest.heap.size(one)) == (0, 0)


def test_messages_of_a_network_device(guest: Guest) -> None:
    """They begin with its name, and say what state it is in unless that is the ordinary one."""
    dev = netdevices.allocate(guest, 0, b"demo%d", 1, 1)
    fmt = guest.new_text(b"hello\n")

    def say(address: int) -> None:
        net_dev.netdev_printk(guest, guest.new_text(b"\x016"), address, fmt, Arguments(guest.memory, [], 0))

    say(dev.address())
    guest.memory.write(dev.address("name"), b"demo0\0")
    dev.reg_state = 1
    say(dev.address())
    say(0)
    assert list(raw_lines(guest.kernel.log.readable())) == [
        "<6>(unnamed net_device) (uninitialized): hello",
        "<6>demo0: hello",
        "<6>(NULL net_device): hello",
    ]


def test_an_address_is_not_changed_while_the_device_runs(guest: Guest) -> None:
    """An address of many stations is none of a device's."""
    dev, wanted = netdevices.allocate(guest, 0, b"demo0", 1, 1), guest.heap.kmalloc(16)
    address = dev.address()
    guest.memory.write(wanted + 2, bytes.fromhex("020000000001"))
    assert eth.eth_validate_addr(guest, address) == -EADDRNOTAVAIL
    assert eth.eth_mac_addr(guest, address, wanted) == 0
    assert eth.eth_validate_addr(guest, address) == 0
    guest.memory.put(dev.address("state"), 1, 8)
    assert eth.eth_mac_addr(guest, address, wanted) == -EBUSY
    guest.memory.put(dev.address("state"), 0, 8)
    guest.memory.write(wanted + 2, b"\x01")
    assert eth.eth_mac_addr(guest, address, wanted) == -EADDRNOTAVAIL


def test_lo_is_found_by_name(guest: Guest) -> None:
    """It is the only device; a name that nobody has is NULL."""
    net = guest.address_of("init_net")
    found = net_dev.dev_get_by_name(guest, net, guest.new_text(b"lo"))
    assert view(guest, "net_device", found).ifindex == 1
    assert net_dev.dev_get_by_name(guest, net, guest.new_text(b"eth0")) == 0
