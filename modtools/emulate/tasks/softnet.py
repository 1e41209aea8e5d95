"""Packets that wait to be sent or received, and devices that wait to be polled: the network's own softirqs.

The table `softnet` has under "send" the addresses of devices whose queues go on, and under "queue" addresses in order:
those of `struct napi_struct`s that are scheduled, and 0 where the packets of netif_rx() stand, which are under
"backlog".

From Linux 6.1: `net/core/dev.c: net_tx_action(), net_rx_action(), process_backlog(), __napi_poll()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import view

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


SCHEDULED, MISSED, DISABLED = 1 << 0, 1 << 1, 1 << 2
"""`include/linux/netdevice.h: enum { NAPI_STATE_SCHED, NAPI_STATE_MISSED, NAPI_STATE_DISABLE }`."""
_MOST_PACKETS = 1000
"""net.core.netdev_max_backlog."""


def _rows(guest: Guest, name: str) -> list[int]:
    rows: list[int] = guest.table("softnet").setdefault(name, [])
    return rows


def receive_later(guest: Guest, packet: int) -> bool:
    """Put a packet among those that the softirq receives; return whether there was room for it."""
    backlog, queue = _rows(guest, "backlog"), _rows(guest, "queue")
    if len(backlog) > _MOST_PACKETS:
        return False
    backlog.append(packet)
    if 0 not in queue:
        queue.append(0)
    return True


def poll_later(guest: Guest, napi: int) -> None:
    """Let the softirq poll a device."""
    _rows(guest, "queue").append(napi)


def send_later(guest: Guest, device: int) -> None:
    """Let the softirq send what waits for a device's queue."""
    _rows(guest, "send").append(device)


def send(guest: Guest) -> None:
    """Send what waits for the queues that go on."""
    devices = _rows(guest, "send")
    found, devices[:] = list(devices), []
    for device in found:
        guest.call(guest.address_of("net_tx_action"), device, interrupts=True)


def packets_of(guest: Guest, device: int) -> list[int]:
    """Take out and return the packets that wait for a device that goes."""
    backlog = _rows(guest, "backlog")
    found = [packet for packet in backlog if view(guest, "sk_buff", packet).dev == device]
    backlog[:] = [packet for packet in backlog if packet not in found]
    return found


def take(guest: Guest) -> list[int]:
    """Take out and return what waits now; what comes while that is done waits for another turn."""
    queue = _rows(guest, "queue")
    found, queue[:] = list(queue), []
    return found


def run(guest: Guest, napi: int) -> None:
    """Do what one entry of the queue wants."""
    if napi:
        _poll(guest, napi)
        return
    backlog = _rows(guest, "backlog")
    receive = guest.address_of("netif_receive_skb")
    while backlog:
        guest.call(receive, backlog.pop(0), interrupts=True)


def _poll(guest: Guest, napi: int) -> None:
    """Poll one device; it is polled again if it has done as much as it might."""
    row = view(guest, "napi_struct", napi)
    weight = row.weight
    done = guest.call_signed(row.poll, napi, weight) if row.state & SCHEDULED else 0
    if done > weight:
        raise Needs("the complaint about a poll function that exceeds its budget")
    if done < weight:
        return
    if row.state & DISABLED:
        row.state &= ~SCHEDULED
    else:
        poll_later(guest, napi)
