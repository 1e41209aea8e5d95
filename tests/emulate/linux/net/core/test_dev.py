"""Tests of modtools/emulate/linux/net/core/dev.py."""

from __future__ import annotations

import pytest

from modtools.emulate.cpu.va_list import Arguments
from modtools.emulate.guest import Guest
from modtools.emulate.linux.net.core import dev as net_dev
from modtools.emulate.linux.net.core import skbuff
from modtools.emulate.objects import netdevices
from modtools.emulate.symbols.registry import find
from modtools.emulate.symbols.structs import new, view
from modtools.emulate.tasks import softnet
from modtools.kernel.log import raw_lines
from tests.emulated import both_kernels

pytest.importorskip("unicorn")


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


def test_lo_is_found_by_name(guest: Guest) -> None:
    """It is the only device; a name that nobody has is NULL."""
    net = guest.address_of("init_net")
    found = net_dev.dev_get_by_name(guest, net, guest.new_text(b"lo"))
    assert view(guest, "net_device", found).ifindex == 1
    assert net_dev.dev_get_by_name(guest, net, guest.new_text(b"eth0")) == 0


def test_a_dummy_only_polls(guest13: Guest) -> None:
    """It is up and present without being registered, and says so in messages."""
    dev = netdevices.netdev(guest13, net_dev.alloc_netdev_dummy(guest13, 100))
    assert (dev.reg_state, dev.state) == (5, 3)
    net_dev.free_netdev(guest13, dev.address())


@both_kernels
def test_packets_for_a_device_that_is_down_are_dropped_and_counted(guest: Guest) -> None:
    """What is received for it, and for a protocol that nobody wants."""
    dev = netdevices.allocate(guest, 0, b"demo0", 1, 1)
    dev.netdev_ops = new(guest, "net_device_ops").address()
    for receive in (net_dev.netif_rx, net_dev.netif_receive_skb):
        packet = skbuff.alloc_skb(guest, 64, 0, 0, -1)
        view(guest, "sk_buff", packet).dev = dev.address()
        assert receive(guest, packet) == 1
    assert net_dev.statistics(guest, dev.address())["rx_dropped"] == 2
    for entry in (find("__netif_rx"), find("netif_receive_skb_core"), find("__napi_schedule_irqoff")):
        assert entry


@both_kernels
def test_a_device_that_has_more_is_polled_again(guest: Guest) -> None:
    """One that is scheduled while it is polled is not through when it says so."""
    napi = new(guest, "napi_struct")
    assert net_dev.napi_schedule_prep(guest, napi.address())
    assert not net_dev.napi_schedule_prep(guest, napi.address())
    assert not net_dev.napi_complete_done(guest, napi.address(), 0)
    assert softnet.take(guest) == [napi.address()]
    assert net_dev.napi_complete_done(guest, napi.address(), 0)
