"""What drivers ask for that the machine has none of."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.acpi import ec, osl
from modtools.emulate.linux.drivers.acpi.apei import ghes
from modtools.emulate.linux.drivers.base import class_, core, devres
from modtools.emulate.linux.drivers.base.power import runtime
from modtools.emulate.linux.drivers.edac import edac_mc
from modtools.emulate.linux.drivers.iommu import iova
from modtools.emulate.linux.kernel import smp
from modtools.emulate.linux.lib import bucket_locks, memcat_p
from modtools.emulate.linux.net.xfrm import xfrm_state
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import find
from modtools.emulate.symbols.structs import new, view
from modtools.linuxerrno import ENODEV, ENXIO
from tests.emulated import code, words


def test_there_is_no_embedded_controller(guest: Guest) -> None:
    """Nobody can read it or has its handle."""
    assert find("ec_read")
    assert ec.ec_transaction(guest, 1, guest.heap.kmalloc(1)) == -ENODEV
    assert ec.ec_get_handle(guest) == 0


def test_the_command_line_chooses_no_backlight(guest: Guest) -> None:
    """The variable is empty, and where the command line has the word the run stops."""
    assert find("acpi_video_backlight_string")
    assert guest.text(guest.address_of("acpi_video_backlight_string")) == ""


def test_who_uses_the_cache_of_addresses_is_counted(guest: Guest) -> None:
    """Everybody who got it gives it back once."""
    assert [iova.iova_cache_get(guest), iova.iova_cache_get(guest)] == [0, 0]
    for _ in range(2):
        iova.iova_cache_put(guest)
    with pytest.raises(Needs, match="nobody uses"):
        iova.iova_cache_put(guest)


def test_the_processor_is_alone(guest: Guest) -> None:
    """In its core, its die and its package."""
    for entry in (find("cpu_sibling_map"), find("cpu_core_map"), find("cpu_die_map")):
        assert entry
    offset = guest.address_of("cpu_sibling_map")
    place = guest.memory.u64(guest.memory.u64(guest.address_of("__per_cpu_offset")) + offset)
    assert guest.memory.u64(place) == 1


def test_a_device_shares_the_node_of_another(guest: Guest) -> None:
    """It is noted as that one's."""
    one, other = new(guest, "device"), new(guest, "device")
    other.of_node = 0x1234
    core.device_set_of_node_from_dev(guest, one.address(), other.address())
    assert (one.of_node, one.of_node_reused) == (0x1234, 1)


def test_nobody_reports_errors_of_memory(guest: Guest) -> None:
    """Neither a driver, which would own that, nor the firmware, whose reports one at a time may wait for."""
    assert edac_mc.edac_get_owner(guest) == 0
    assert ghes.ghes_get_devices(guest) == 0
    assert ghes.cxl_cper_register_work(guest, 8) == 0
    with pytest.raises(Needs, match="second one"):
        ghes.cxl_cper_register_work(guest, 16)
    with pytest.raises(Needs, match="another one"):
        ghes.cxl_cper_unregister_work(guest, 16)
    assert ghes.cxl_cper_unregister_work(guest, 8) == 0


def test_nothing_is_held_or_lit() -> None:
    """Processors come and go with nobody, and no LED can blink."""
    for entry in (find("cpus_read_lock"), find("cpus_read_unlock"), find("ledtrig_mtd_activity")):
        assert entry


def test_an_action_may_have_a_name(guest: Guest) -> None:
    """Kernels that log what is released tell it; it is called all the same."""
    assert find("__devm_add_action")
    device = new(guest, "device")
    assert devres.devm_add_action(guest, device.address(), 8, 16, guest.new_text(b"demo")) == 0
    devres.devm_remove_action(guest, device.address(), 8, 16)


def test_a_device_without_callbacks_is_noted(guest: Guest) -> None:
    """It is one bit of many in its structure."""
    row = new(guest, "device")
    runtime.pm_runtime_no_callbacks(guest, row.address())
    assert row.power.no_callbacks == 1


def test_a_device_that_is_not_suspended_may_be_later(guest: Guest) -> None:
    """As long as its power is not looked after, nothing happens at once."""
    row = new(guest, "device")
    with pytest.raises(Needs, match="suspending"):
        runtime.pm_runtime_use_autosuspend(guest, row.address(), 1)
    row.power.disable_depth = 1
    runtime.pm_runtime_use_autosuspend(guest, row.address(), 1)
    assert row.power.use_autosuspend == 1


def test_a_device_that_must_not_sleep_has_a_user(guest: Guest) -> None:
    """Being told so twice is the same as once."""
    row = new(guest, "device")
    row.power.runtime_auto = 1
    with pytest.raises(Needs, match="waking"):
        runtime.pm_runtime_forbid(guest, row.address())
    row.power.disable_depth = 1
    for _ in range(2):
        runtime.pm_runtime_forbid(guest, row.address())
    assert (row.power.usage_count, row.power.runtime_auto) == (1, 0)


def test_one_offloads_a_protocol_of_ipsec(guest: Guest) -> None:
    """It is ESP's, for each family of addresses one."""
    row = new(guest, "xfrm_type_offload")
    with pytest.raises(Needs, match="offloads"):
        xfrm_state.xfrm_register_type_offload(guest, row.address(), 2)
    row.proto = 50
    assert xfrm_state.xfrm_register_type_offload(guest, row.address(), 2) == 0
    with pytest.raises(Needs, match="offloads"):
        xfrm_state.xfrm_register_type_offload(guest, row.address(), 2)
    xfrm_state.xfrm_unregister_type_offload(guest, row.address(), 2)
    with pytest.raises(Needs, match="offloads"):
        xfrm_state.xfrm_unregister_type_offload(guest, row.address(), 2)


def test_lists_of_pointers_are_joined(guest: Guest) -> None:
    """NULL ends both, and the new one."""
    joined = memcat_p.memcat_p(guest, words(guest, 1, 2, 0), words(guest, 3, 0))
    assert [guest.memory.u64(joined + 8 * at) for at in range(4)] == [1, 2, 3, 0]


@pytest.mark.parametrize("word", ["", "acpi_enforce_resources=lax"])
def test_drivers_keep_away_from_what_acpi_uses(guest: Guest, word: str) -> None:
    """Unless the command line says otherwise."""
    guest.kernel.identity = guest.kernel.identity._replace(cmdline=word)
    if word:
        with pytest.raises(Needs, match="command line"):
            osl.acpi_resources_are_enforced(guest)
    else:
        assert osl.acpi_resources_are_enforced(guest) == 1


def test_there_are_no_disks(guest: Guest) -> None:
    """The firmware has told the kernel of none."""
    assert find("edd")
    assert view(guest, "edd", guest.address_of("edd")).edd_info_nr == 0


def test_a_function_is_called_on_the_only_processor(guest: Guest) -> None:
    """There is no other one."""
    place = guest.heap.kmalloc(8)
    assert smp.smp_call_function_single(guest, 0, code(guest, "c70701000000c3"), place, 1) == 0  # movl $1, (%rdi)
    assert guest.memory.u32(place) == 1
    assert smp.smp_call_function_single(guest, 1, 0, place, 1) == -ENXIO


@pytest.mark.parametrize(
    ("cpus", "most", "each", "count"),
    [(1, 1024, 0, 1024), (1, 1024, 32, 32), (1, 16, 32, 16), (3, 1024, 32, 96), (64, 1024, 2, 128), (65, 1024, 2, 128)],
)
def test_locks_are_for_processors(guest: Guest, cpus: int, most: int, each: int, count: int) -> None:
    """So many for each of 64, and at most so many."""
    guest.hardware = guest.hardware._replace(cpus=cpus)
    place = guest.heap.kmalloc(16)
    assert bucket_locks.alloc_bucket_spinlocks(guest, place, place + 8, most, each, 0, 0, 0) == 0
    assert guest.memory.u32(place + 8) == count - 1
    assert guest.heap.size(guest.memory.u64(place)) >= 4 * count
    bucket_locks.free_bucket_spinlocks(guest, guest.memory.u64(place))


def test_a_class_of_the_kernel_is_not_asked_for(guest: Guest) -> None:
    """Only for a module's it is known whether it is registered."""
    with pytest.raises(Needs, match="own is registered"):
        class_.class_is_registered(guest, guest.heap.kmalloc(8))
