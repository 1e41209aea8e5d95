"""Tests of modtools/emulate/tasks/processes.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import offset_of, view
from modtools.emulate.tasks import threads
from tests.emulated import code

pytest.importorskip("unicorn")


def test_processes_are_a_list(guest: Guest) -> None:
    """for_each_process() finds init, the kernel's threads, the caller, a module's, and comes back to the idle one."""
    current = threads.current(guest)
    thread = threads.create(guest, 0, 0, "mine", started=False)
    head = guest.address_of("init_task") + offset_of(guest, "task_struct", "tasks")
    names, at = [], guest.memory.u64(head)
    while at != head:
        names.append(
            guest.text(at - offset_of(guest, "task_struct", "tasks") + offset_of(guest, "task_struct", "comm"))
        )
        at = guest.memory.u64(at)
    assert names == [*(row.name for row in guest.profile.tasks), guest.kernel.program, "mine"]
    assert view(guest, "task_struct", view(guest, "task_struct", current).real_parent).pid == 1
    threads.release(guest, thread)
    assert guest.memory.u64(head + 8) == current + offset_of(guest, "task_struct", "tasks")


def test_the_current_process_knows_its_kernel(guest: Guest) -> None:
    """utsname() is inline: it goes through current->nsproxy."""
    shared = view(guest, "nsproxy", view(guest, "task_struct", threads.current(guest)).nsproxy)
    name = view(guest, "uts_namespace", shared.uts_ns).name
    assert guest.text(name.address("release")) == guest.kernel.identity.release
    assert guest.text(name.address("version")).startswith("#1 SMP PREEMPT_DYNAMIC Debian 6.1")
    assert shared.net_ns == guest.address_of("init_net")


def test_what_is_not_known_of_a_process_is_named(guest: Guest) -> None:
    """A field that leads to nothing that is there is no NULL pointer of the module's."""
    files_of = view(guest, "task_struct", threads.current(guest)).files
    with pytest.raises(Needs, match="current->files"):
        guest.call(code(guest, f"48b8{files_of.to_bytes(8, 'little').hex()}8b00c3"))
