"""Pools, caches, counters, semaphores, the flag of interrupts, resources of platform devices, more of seq_file."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base import platform
from modtools.emulate.linux.fs import seq_file
from modtools.emulate.linux.kernel.locking import semaphore
from modtools.emulate.linux.lib import percpu_counter
from modtools.emulate.linux.mm import mempool, slab_common, slub
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import new, size_of, view
from modtools.kernel.log import raw_lines
from modtools.link.memory import PAGE
from modtools.linuxerrno import EBUSY, ENXIO, ETIME
from tests.emulated import code

pytest.importorskip("unicorn")

KERNEL, ATOMIC = 0xCC0, 0xA20


def test_the_reserve_of_a_pool_is_the_last_resort(guest: Guest) -> None:
    """A pool asks its function first; when that has nothing, the reserve goes out, and comes back first."""
    place = guest.heap.kmalloc(8)
    guest.memory.put(place, 0x1000, 8)
    alloc = code(guest, f"48b8{place.to_bytes(8, 'little').hex()} 488b00 c3")  # mov rax,place; mov rax,[rax]; ret
    pool = mempool.mempool_create(guest, 2, alloc, code(guest, "c3"), 0)
    row = view(guest, "mempool_s", pool)
    guest.memory.put(place, 0x2000, 8)
    assert (mempool.mempool_alloc(guest, pool, KERNEL), row.curr_nr) == (0x2000, 2)
    guest.memory.put(place, 0, 8)
    taken = [mempool.mempool_alloc(guest, pool, ATOMIC) for _ in range(3)]
    assert (taken, row.curr_nr) == ([0x1000, 0x1000, 0], 0)
    with pytest.raises(Needs, match="waiting for an element"):
        mempool.mempool_alloc(guest, pool, KERNEL)
    mempool.mempool_free(guest, 0x1000, pool)
    assert row.curr_nr == 1
    assert mempool.mempool_create(guest, 1, alloc, code(guest, "c3"), 0) == 0


def test_objects_of_a_cache_are_aligned_to_cache_lines_if_wanted(guest: Guest) -> None:
    """With SLAB_HWCACHE_ALIGN a large object begins a line, and small ones share one; many come at once."""
    table = guest.heap.kmalloc(64)
    for size, align in ((72, 64), (20, 32), (4, 8)):
        cache = slab_common.kmem_cache_create(guest, guest.new_text(b"c"), size, 0, 0x2000, 0)
        assert slub.kmem_cache_alloc_bulk(guest, cache, KERNEL, 8, table) == 8
        places = [guest.memory.u64(table + 8 * at) for at in range(8)]
        assert all(place % align == 0 for place in places)
        assert (len(set(places)), slab_common.kmem_cache_size(guest, cache)) == (8, size)
        slub.kmem_cache_free_bulk(guest, cache, 8, table)


def test_a_counter_of_many_processors_is_late(guest: Guest) -> None:
    """Its sum hears of a processor's part when that reaches the batch; asking for all of it counts both."""
    row = new(guest, "percpu_counter")
    address = row.address()
    percpu_counter.percpu_counter_init(guest, address, 10, 0, 0)
    percpu_counter.percpu_counter_add_batch(guest, address, 5, 32)
    assert (row.count, percpu_counter.percpu_counter_sum(guest, address)) == (10, 15)
    assert [percpu_counter.percpu_counter_compare(guest, address, other, 32) for other in (14, 15, 16)] == [1, 0, -1]
    percpu_counter.percpu_counter_add_batch(guest, address, 27, 32)
    assert row.count == 42
    percpu_counter.percpu_counter_set(guest, address, 7)
    assert (row.count, percpu_counter.percpu_counter_sum(guest, address)) == (7, 7)


def test_a_semaphore_is_waited_for_no_longer_than_wanted(guest: Guest) -> None:
    """25 ticks are a tenth of a second; one that is free is taken at once."""
    row = new(guest, "semaphore")
    before = guest.now
    assert semaphore.down_timeout(guest, row.address(), 25) == -ETIME
    assert 90_000_000 <= guest.now - before <= 110_000_000
    row.count = 1
    assert (semaphore.down_timeout(guest, row.address(), 25), row.count) == (0, 0)


@pytest.mark.parametrize("name", ["spin", "write", "read"])
def test_locks_switch_the_flag_of_interrupts(guest: Guest, name: str) -> None:
    """Within a lock that saves the flags they are off; what was saved decides what they are afterwards."""
    lock = guest.heap.kmalloc(8)
    take, give = (guest.address_of(f"_raw_{name}_{what}") for what in ("lock_irqsave", "unlock_irqrestore"))
    flags = guest.address_of("native_save_fl")
    parts = [
        f"53 48bb{lock.to_bytes(8, 'little').hex()}",  # push rbx; mov rbx,lock
        "4889df", f"48b8{take.to_bytes(8, 'little').hex()} ffd0 50",  # call it with the lock; push rax
        f"48b8{flags.to_bytes(8, 'little').hex()} ffd0 5e 50",  # call; pop rsi: the saved ones; push rax
        "4889df", f"48b8{give.to_bytes(8, 'little').hex()} ffd0",
        f"48b8{flags.to_bytes(8, 'little').hex()} ffd0 5a 5b 48c1e010 09d0 c3",  # pop rdx, rbx; shl rax,16; or eax,edx
    ]  # fmt: skip
    both = guest.call(code(guest, "".join(parts)))
    assert (both & 0x200, both >> 16 & 0x200, guest.memory.u32(lock)) == (0, 0x200, 0)


def resource(guest: Guest, *rows: tuple[int, int, int, bytes]) -> int:
    """A table of resources: first, last, flags, name."""
    table = guest.heap.kmalloc(size_of(guest, "resource") * len(rows))
    for number, (first, last, flags, name) in enumerate(rows):
        row = view(guest, "resource", table + number * size_of(guest, "resource"))
        row.start, row.end, row.flags, row.name = first, last, flags, guest.new_text(name) if name else 0
    return table


def device(guest: Guest, number: int, table: int, count: int) -> int:
    """A platform device with resources, not added yet."""
    address = platform.platform_device_alloc(guest, guest.new_text(b"demo"), number)
    assert platform.platform_device_add_resources(guest, address, table, count) == 0
    return int(address)


def test_resources_of_a_platform_device(guest: Guest) -> None:
    """They are found by kind and number or name; one across the border of another's is not given, and that is told."""
    table = resource(
        guest,
        (0x50000000, 0x50000FFF, 0x200, b""),
        (5, 5, 0x400, b"ready"),
        (0x50001000, 0x500010FF, 0x200, b"second"),
    )
    one = device(guest, 0, table, 3)
    assert platform.platform_device_add(guest, one) == 0
    found = platform.platform_get_resource(guest, one, 0x200, 1)
    assert view(guest, "resource", found).start == 0x50001000
    assert platform.platform_get_resource_byname(guest, one, 0x200, guest.new_text(b"second")) == found
    assert platform.platform_get_resource_byname(guest, one, 0x200, guest.new_text(b"demo.0")) != 0
    assert platform.platform_get_resource(guest, one, 0x200, 2) == 0
    assert platform.platform_get_irq(guest, one, 0) == 5
    assert platform.platform_get_irq_byname(guest, one, guest.new_text(b"ready")) == 5
    assert platform.platform_irq_count(guest, one) == 1
    assert platform.platform_get_irq(guest, one, 1) == -ENXIO
    two = device(guest, 1, resource(guest, (0x50000800, 0x500017FF, 0x200, b"")), 1)
    assert platform.platform_device_add(guest, two) == -EBUSY
    platform.platform_device_del(guest, one)
    assert platform.platform_device_add(guest, device(guest, 2, table, 3)) == 0
    assert list(raw_lines(guest.kernel.log.readable())) == [
        "<3>platform demo.0: error -ENXIO: IRQ index 1 not found",
        "<3>platform demo.1: failed to claim resource 0: [mem 0x50000800-0x500017ff]",
    ]


def test_where_the_machine_has_memory_nobody_is_asked(guest: Guest) -> None:
    """A resource within what the machine itself has stops the run."""
    with pytest.raises(Needs, match="memory map"):
        platform.platform_device_add(guest, device(guest, 0, resource(guest, (0x1000, 0x1FFF, 0x200, b"")), 1))


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
