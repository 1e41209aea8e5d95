"""What kernels after 6.12 have of their own does what it stands for; no recording calls it."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base import faux
from modtools.emulate.linux.kernel import static_call_inline
from modtools.emulate.linux.lib import crc32, textsearch
from modtools.emulate.memory import address_space
from modtools.emulate.objects import records
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import Function, Native, Variable, find
from modtools.emulate.symbols.structs import has, new, size_of, view
from modtools.emulate.tasks import programs
from modtools.linuxerrno import EBUSY, EINVAL, ENODEV, ENOENT
from tests.emulated import call, code, log, words

pytest.importorskip("unicorn")


def filled(guest: Guest, name: str) -> int:
    """The address of a variable as it is at first."""
    entry = find(name)
    assert isinstance(entry, Variable)
    place = guest.heap.pages(1)
    entry.fill(guest, place)
    return place


def test_variables(guest: Guest) -> None:
    """The page of zeros by its struct page, the guard of the stacks, and what the linker gives two names."""
    assert find("__ref_stack_chk_guard")
    assert find("const_current_task")
    assert find("__zero_page")
    assert find("pv_ops_lock")
    page = guest.memory.u64(filled(guest, "__zero_page"))
    assert address_space.VMEMMAP < page < address_space.VMEMMAP_END
    assert guest.memory.u64(filled(guest, "__ref_stack_chk_guard"))
    filled(guest, "const_current_task")
    assert guest.table("variables")["current_task"]
    assert all(guest.memory.u64(filled(guest, "pv_ops_lock") + 8 * number) for number in range(2))


def test_a_static_call_that_returns_0(guest: Guest) -> None:
    """xor eax, eax; ret."""
    assert isinstance(find("__static_call_return0"), Native)
    assert guest.call(guest.address_of("__static_call_return0")) == 0
    with pytest.raises(Needs):
        static_call_inline.static_call_update(guest, guest.heap.kmalloc(8), code(guest, "c3"), 0)


def test_initialising(guest: Guest) -> None:
    """A mutex, a hash table, a table of lists, a timer: each as the function that it took the place of."""
    lock = guest.heap.kmalloc(size_of(guest, "mutex"))
    guest.memory.put(lock, 1, 8)
    call(guest, "mutex_init_generic", lock)
    assert view(guest, "mutex", lock).owner == 0
    params = new(guest, "rhashtable_params")
    params.key_len, params.head_offset = 4, 8
    assert find("__rhashtable_init_noprof")
    assert find("__rhltable_init_noprof")
    for name, lists in (("__rhashtable_init_noprof", 0), ("__rhltable_init_noprof", 1)):
        table = new(guest, "rhashtable")
        assert call(guest, name, table.address(), params.address(), 0) == 0
        assert (table.p.key_len, table.rhlist) == (4, lists)
    timer = new(guest, "hrtimer")
    call(guest, "hrtimer_setup", timer.address(), 0x1234, 1, 0)
    assert timer.function == 0x1234
    assert timer.base


def test_memory(guest: Guest) -> None:
    """krealloc() keeps what is there; an alignment of its own is not done."""
    old = words(guest, 1, 2)
    assert find("__kvmalloc_node_noprof")
    larger = call(guest, "krealloc_node_align_noprof", old, 4096, 1, 0, -1)
    assert guest.memory.u64(larger + 8) == 2
    with pytest.raises(Needs, match="alignment of 64"):
        call(guest, "krealloc_node_align_noprof", larger, 8192, 64, 0, -1)


def test_names_of_workers(guest: Guest) -> None:
    """A worker is started under its name."""
    assert find("kthread_create_worker_on_node")
    entry = find("kthread_create_worker_on_node")
    assert isinstance(entry, Function)
    worker = entry.handler(guest, 0, -1, guest.new_text(b"mine"), None)
    assert guest.scheduler.tasks[view(guest, "kthread_worker", worker).task]["name"] == "mine"


def test_registering(guest: Guest) -> None:
    """A subsystem of nfnetlink by its number, who finds routing tables by its type."""
    subsystem = words(guest, 0, 5)
    assert call(guest, "nfnetlink_subsys_register", subsystem) == 0
    assert call(guest, "nfnetlink_subsys_register", words(guest, 0, 5)) == -EBUSY
    assert call(guest, "nfnetlink_subsys_unregister", subsystem) == 0
    assert call(guest, "l3mdev_table_lookup_register", 1, 0x1234) == 0
    assert call(guest, "l3mdev_table_lookup_register", 1, 0x5678) == -EBUSY
    assert call(guest, "l3mdev_table_lookup_register", 0, 0x5678) == -EINVAL
    call(guest, "l3mdev_table_lookup_unregister", 1, 0x5678)
    assert guest.table("l3mdev") == {1: 0x1234}
    call(guest, "l3mdev_table_lookup_unregister", 1, 0x1234)
    assert guest.table("l3mdev") == {}


def test_locks_of_nfnetlink(guest: Guest) -> None:
    """Each subsystem has one of its own."""
    call(guest, "nfnl_lock", 1)
    call(guest, "nfnl_lock", 2)
    call(guest, "nfnl_unlock", 1)
    call(guest, "nfnl_lock", 1)
    assert guest.table("nfnl_locks") == {1: 1, 2: 1}


def test_there_is_no_bus_of_hyper_v(guest: Guest) -> None:
    """The kernel says which driver was there, and takes none."""
    driver = words(guest, guest.new_text(b"hv_mine"))
    assert call(guest, "__vmbus_driver_register", driver, 0, 0) == -ENODEV
    call(guest, "vmbus_driver_unregister", driver)
    told = "\n".join(log(guest))
    assert "hv_vmbus: registering driver hv_mine" in told
    assert "hv_vmbus: unregistering driver hv_mine" in told


def test_files_and_dentries(guest: Guest) -> None:
    """A file of debugfs without more data is one as before; a superblock says what its dentries can do."""
    with pytest.raises(Needs, match="aux"):
        call(guest, "debugfs_create_file_full", guest.new_text(b"x"), 0o400, 0, 0, 8, 0)
    assert call(guest, "debugfs_create_file_full", guest.new_text(b"x"), 0o400, 0, 0, 0, words(guest, *[0] * 40))
    superblock = new(guest, "super_block")
    call(guest, "set_default_d_op", superblock.address(), 0x1234)
    assert superblock.s_d_op == 0x1234


def test_polling_of_a_locked_device(guest: Guest) -> None:
    """The same as that which takes the lock itself."""
    device, napi = new(guest, "net_device"), new(guest, "napi_struct")
    for field in ("napi_list",):
        head = device.address(field)
        guest.memory.put(head, head, 8)
        guest.memory.put(head + 8, head, 8)
    call(guest, "netif_napi_add_weight_locked", device.address(), napi.address(), 0x1234, 64)
    assert (napi.poll, napi.weight) == (0x1234, 64)
    call(guest, "__netif_napi_del_locked", napi.address())
    assert guest.memory.u64(device.address("napi_list")) == device.address("napi_list")
    assert has(guest, "napi_struct", "rx_list")


def test_crc32c_of_the_library(guest: Guest) -> None:
    """The check value of CRC-32C/ISCSI, but for the inversions: 0xe3069283."""
    place = guest.new_text(b"123456789")
    assert crc32.crc32c_le(guest, 0xFFFFFFFF, place, 9) ^ 0xFFFFFFFF == 0xE3069283


def test_an_algorithm_of_searching_is_asked_for(guest: Guest, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its module's name, and only if that is wanted."""
    asked: list[bytes] = []
    monkeypatch.setattr(programs, "request", lambda _guest, name, **_wait: asked.append(name))
    for flags in (0, 1):
        assert (
            textsearch.textsearch_prepare(guest, guest.new_text(b"kmp"), guest.new_text(b"x"), 1, 0, flags) == -ENOENT
        )
    assert asked == [b"ts_kmp"]


def test_faux_devices(guest: Guest) -> None:
    """One lies below /sys/devices/faux and is bound; one whose probe fails is none. mov eax, N; ret."""
    assert find("hid_ops")
    good, bad = (words(guest, code(guest, f"b8{value}c3"), code(guest, "c3")) for value in ("00000000", "edffffff"))
    device = faux.faux_device_create(guest, guest.new_text(b"mine"), 0, good)
    row = records.device(guest, device)
    assert row.driver
    assert guest.text(records.device(guest, row.parent).kobj.name) == "faux"
    assert faux.faux_device_create_with_groups(guest, guest.new_text(b"other"), 0, bad, 0) == 0
    assert faux.faux_device_create(guest, guest.new_text(b"mine"), 0, 0) == 0
    assert "device_add for faux device 'mine' failed with -17" in "\n".join(log(guest))
    faux.faux_device_destroy(guest, device)
    faux.faux_device_destroy(guest, 0)
    assert guest.table("faux") == {}


def test_a_faux_device_shows_its_attributes_while_it_is_bound(guest: Guest) -> None:
    """The bus's own probe() and remove() do that, around those of the device."""
    for name in ("faux_bus_root", "faux_bus_type", "faux_driver"):
        assert isinstance(find(name), Variable)
    assert find("faux_bus_root")
    assert find("faux_bus_type")
    assert find("faux_driver")
    group = new(guest, "attribute_group")
    group.name = guest.new_text(b"more")
    attribute = new(guest, "attribute")
    attribute.name, group.attrs = guest.new_text(b"some"), words(guest, attribute.address(), 0)
    device = faux.faux_device_create_with_groups(guest, guest.new_text(b"mine"), 0, 0, words(guest, group.address(), 0))
    assert device
    faux.faux_remove(guest, device)
    assert faux.faux_probe(guest, device) == 0
    faux.faux_device_destroy(guest, device)
    guest.table("faux")[device] = [0, 0]
    faux.faux_device_release(guest, device)
    assert guest.table("faux") == {}
