"""Tests of modtools/emulate/linux/block."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.block import bio, blk_cgroup, elevator
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import View, new
from modtools.linuxerrno import EBUSY, EINVAL
from tests.emulated import both_kernels


def scheduler(guest: Guest, name: bytes) -> View:
    """An I/O scheduler with the operations that it must have."""
    row = new(guest, "elevator_type")
    row.elevator_name, row.icq_size, row.icq_align = guest.new_text(name), 1500, 8
    row.ops.finish_request = row.ops.insert_requests = row.ops.dispatch_request = 8
    return row


@both_kernels
def test_an_io_scheduler_is_registered_once(guest: Guest) -> None:
    """It says so, has a cache of its own until it goes, and its name is taken."""
    row = scheduler(guest, b"fast")
    assert elevator.elv_register(guest, row.address()) == 0
    assert guest.kernel.log.records[-1].text == "io scheduler fast registered"
    assert guest.text(row.address("icq_cache_name")) == "fast_io_cq"
    assert elevator.elv_register(guest, scheduler(guest, b"fast").address()) == -EBUSY
    assert elevator.elv_register(guest, scheduler(guest, b"mq-deadline").address()) == -EBUSY
    cache = row.icq_cache
    elevator.elv_unregister(guest, row.address())
    assert (guest.heap.size(cache), row.icq_cache) == (0, 0)


@both_kernels
def test_an_io_scheduler_without_operations_is_not_pretended(guest: Guest) -> None:
    """Linux warns."""
    with pytest.raises(Needs):
        elevator.elv_register(guest, new(guest, "elevator_type").address())


@both_kernels
def test_a_policy_has_a_number_and_pairs_of_functions(guest: Guest) -> None:
    """One that allocates and cannot free is refused."""
    policy = new(guest, "blkcg_policy")
    assert blk_cgroup.blkcg_policy_register(guest, policy.address()) == 0
    assert policy.plid > 0
    blk_cgroup.blkcg_policy_unregister(guest, policy.address())
    policy.pd_alloc_fn = 8
    assert blk_cgroup.blkcg_policy_register(guest, policy.address()) == -EINVAL


@both_kernels
def test_a_set_of_requests_is_made_ready_and_taken_apart(guest: Guest) -> None:
    """Twice taken apart is once, as for one that was never made ready."""
    row = new(guest, "bio_set")
    assert bio.bioset_init(guest, row.address(), 4, 16, 0) == 0
    assert (row.front_pad, bool(row.bio_slab)) == (16, True)
    bio.bioset_exit(guest, row.address())
    bio.bioset_exit(guest, row.address())
    assert row.bio_slab == 0
