"""What a module's code reports of itself: that is logged as the kernel does, or the run stops, and nothing goes on as
if nothing had been."""

from __future__ import annotations

import pytest

from modtools.emulate.cpu.va_list import Arguments
from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import dynamic_debug
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import new, view
from tests.emulated import call, log, words

pytest.importorskip("unicorn")


def test_what_the_kernel_would_not_survive_stops_the_run(guest: Guest) -> None:
    """A buffer that is too small is not told to be well."""
    with pytest.raises(Needs, match="fortify"):
        call(guest, "__fortify_panic", 1, 2, 3)


def test_the_stack_is_in_the_log(guest: Guest) -> None:
    """dump_stack() names the process, and what has called what."""
    guest.frame = [0] * 18
    call(guest, "dump_stack")
    said = log(guest)
    assert said[0].startswith("<4>CPU: 0 PID: ")
    assert said[-3:] == ["<4>Call Trace:", "<4> <TASK>", "<4> </TASK>"]


def test_a_debug_message_of_a_device_names_it(guest: Guest) -> None:
    """dev_dbg() that was switched on: driver, or nothing, and name; it is for debuggers only."""
    device = new(guest, "device")
    device.kobj.name = guest.new_text(b"mine")
    values = Arguments(guest.memory, [42], 0)
    dynamic_debug.dynamic_dev_dbg(guest, 0, device.address(), guest.new_text(b"found %d\n"), values)
    assert log(guest) == ["<7> mine: found 42"]


def test_a_kobject_is_named_by_a_va_list(guest: Guest) -> None:
    """`struct __va_list_tag`: registers that are used up, then the stack; ! stands for a slash."""
    row = new(guest, "kobject")
    stack = words(guest, guest.new_text(b"a/b"), 7)
    values = words(guest, 48 | 176 << 32, stack, 0)
    assert call(guest, "kobject_set_name_vargs", row.address(), guest.new_text(b"%s-%d"), values) == 0
    assert guest.text(view(guest, "kobject", row.address()).name) == "a!b-7"


def test_a_counter_that_is_wrong_never_comes_right(guest: Guest) -> None:
    """It has a value from which it can go neither to 0 nor over, and each kind of fault is told once."""
    counter = guest.heap.kmalloc(8)
    for kind in (3, 3, 2):
        call(guest, "refcount_warn_saturate", counter, kind)
    assert guest.memory.u32(counter) == 0xC0000000
    told = [record.text for record in guest.kernel.log.records if record.text.startswith("refcount_t")]
    assert told == ["refcount_t: underflow; use-after-free.", "refcount_t: addition on 0; use-after-free."]


def test_a_copy_that_is_too_long_is_told_each_time(guest: Guest) -> None:
    """With the size of the memory and of the copy."""
    for _ in range(2):
        call(guest, "__copy_overflow", 100, 200)
    told = [record.text for record in guest.kernel.log.records if "overflow" in record.text]
    assert told[0] == "Buffer overflow detected (100 < 200)!"
    assert told.count(told[0]) == 2
