"""Tests of modtools/emulate/linux/lib/kobject.py: names, references, places in /sys and what is released when."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from modtools.emulate.cpu.va_list import Arguments
from modtools.emulate.guest import Guest
from modtools.emulate.objects import kobjects
from modtools.emulate.symbols.structs import View, new, view
from modtools.linuxerrno import EEXIST, EINVAL
from tests.emulated import call, log, noting

pytest.importorskip("unicorn")


def refs(guest: Guest, address: int) -> int:
    """How many references a kobject has."""
    return int(view(guest, "kobject", address).kref.refcount.refs)


def typed(guest: Guest) -> tuple[int, Callable[[], list[int]]]:
    """A type of kobjects, and what tells which were released."""
    release, told = noting(guest)
    row = new(guest, "kobj_type")
    row.release = release
    return row.address(), lambda: [one for one, _ in told()]


def initialised(guest: Guest, ktype: int) -> View:
    """A kobject of a type."""
    row = new(guest, "kobject")
    call(guest, "kobject_init", row.address(), ktype)
    return row


def path(guest: Guest, address: int) -> str:
    """Where a kobject is in /sys."""
    return guest.text(call(guest, "kobject_get_path", address, 0))


def add(guest: Guest, row: View, parent: int, name: bytes) -> int:
    """Add a kobject with a name that has a number in it."""
    fmt = guest.new_text(name.replace(b"7", b"%d"))
    return int(call(guest, "kobject_add", row.address(), parent, fmt, Arguments(guest.memory, [7], 0)))


def test_a_kobject_lives_as_long_as_somebody_holds_it(guest: Guest) -> None:
    """The last reference releases it, and gives its parent's back."""
    ktype, released = typed(guest)
    parent, child = initialised(guest, ktype), initialised(guest, ktype)
    assert add(guest, parent, 0, b"parent7") == 0
    assert add(guest, child, parent.address(), b"a/child7") == 0
    assert path(guest, child.address()) == "/parent7/a!child7"
    assert (refs(guest, parent.address()), refs(guest, child.address())) == (2, 1)
    assert call(guest, "kobject_get", child.address()) == child.address()
    assert call(guest, "kobject_get", 0) == 0
    call(guest, "kobject_put", 0)
    call(guest, "kobject_put", child.address())
    assert released() == []
    call(guest, "kobject_put", parent.address())
    assert (refs(guest, parent.address()), released() == []) == (1, True)
    call(guest, "kobject_put", child.address())
    assert released() == [child.address(), parent.address()]


def test_a_kobject_that_was_removed_is_still_there(guest: Guest) -> None:
    """Its place is free and its parent's reference given back; its own references stay."""
    ktype, released = typed(guest)
    parent, child, other = (initialised(guest, ktype) for _ in range(3))
    add(guest, parent, 0, b"parent")
    add(guest, child, parent.address(), b"child")
    assert child.state_in_sysfs == 1
    call(guest, "kobject_del", child.address())
    assert (child.parent, child.state_in_sysfs, refs(guest, child.address())) == (0, 0, 1)
    assert (refs(guest, parent.address()), released() == []) == (1, True)
    assert add(guest, other, parent.address(), b"child") == 0
    call(guest, "kobject_put", child.address())
    assert released() == [child.address()]


def test_a_name_that_is_taken(guest: Guest) -> None:
    """It is refused and logged, and nothing is held."""
    ktype, _ = typed(guest)
    parent, one, other = (initialised(guest, ktype) for _ in range(3))
    add(guest, parent, 0, b"parent")
    assert add(guest, one, parent.address(), b"same") == 0
    assert add(guest, other, parent.address(), b"same") == -EEXIST
    assert (other.parent, other.state_in_sysfs, refs(guest, parent.address())) == (0, 0, 2)
    assert log(guest)[-1].startswith("<3>kobject_add_internal failed for same with -EEXIST")
    created = call(guest, "kobject_create_and_add", guest.new_text(b"same"), parent.address())
    assert (created, refs(guest, parent.address())) == (0, 2)
    fresh = new(guest, "kobject").address()
    fmt, values = guest.new_text(b"same"), Arguments(guest.memory, [], 0)
    assert call(guest, "kobject_init_and_add", fresh, ktype, parent.address(), fmt, values) == -EEXIST
    fmt = guest.new_text(b"new")
    again = new(guest, "kobject").address()
    assert call(guest, "kobject_init_and_add", again, ktype, parent.address(), fmt, values) == 0
    assert (path(guest, again), refs(guest, again)) == ("/parent/new", 1)


def test_a_kobject_of_the_kernel_s_own(guest: Guest) -> None:
    """One that was created is freed with its last reference; from one that has none there is no reference to be had."""
    address = call(guest, "kobject_create_and_add", guest.new_text(b"mine"), kobjects.root(guest, "kernel_kobj"))
    assert path(guest, address) == "/kernel/mine"
    assert call(guest, "kobject_get_unless_zero", address) == address
    assert refs(guest, address) == 2
    call(guest, "kobject_put", address)
    row = view(guest, "kobject", address)
    name = row.name
    call(guest, "kobject_put", address)
    assert (guest.heap.size(address), guest.heap.size(name)) == (0, 0)
    empty = new(guest, "kobject")
    assert call(guest, "kobject_get_unless_zero", empty.address()) == call(guest, "kobject_get_unless_zero", 0) == 0
    assert empty.kref.refcount.refs == 0


def test_names_are_set_anew(guest: Guest) -> None:
    """The old one is freed; a slash is none."""
    ktype, _ = typed(guest)
    row = initialised(guest, ktype)
    for written, name in ((b"first", "first"), (b"a/b", "a!b")):
        before = row.name
        values = Arguments(guest.memory, [], 0)
        assert call(guest, "kobject_set_name", row.address(), guest.new_text(written), values) == 0
        assert guest.text(row.name) == name
        assert not before or guest.heap.size(before) == 0 or before == row.name


FAULTS = {
    "no type": "must have a ktype to be initialized properly!",
    "twice": "tried to init an initialized object, something is seriously wrong.",
    "no name": "attempted to be registered with empty name!",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_wrong_is_complained_about(guest: Guest, fault: str) -> None:
    """A kobject without a type, one that is initialised twice, one without a name."""
    ktype, _ = typed(guest)
    row = initialised(guest, ktype)
    other = new(guest, "kobject").address()
    faults: dict[str, Callable[[], object]] = {
        "no type": lambda: call(guest, "kobject_init", other, 0),
        "twice": lambda: call(guest, "kobject_init", row.address(), ktype),
        "no name": lambda: add(guest, row, 0, b""),
    }
    faults[fault]()
    assert any(FAULTS[fault] in line for line in log(guest))


def test_sets_of_kobjects(guest: Guest) -> None:
    """A kset is a kobject with a list; its members are below it, hold it, and stand in its list."""
    ktype, _ = typed(guest)
    made = call(guest, "kset_create_and_add", guest.new_text(b"set"), 0x1230, kobjects.root(guest, "kernel_kobj"))
    kset = view(guest, "kset", made)
    own, head = kset.kobj.address(), kset.list.address()
    assert (path(guest, own), kset.uevent_ops, refs(guest, own)) == ("/kernel/set", 0x1230, 1)
    assert (kset.list.next, kset.list.prev) == (head, head)
    member = initialised(guest, ktype)
    member.kset = made
    assert add(guest, member, 0, b"member") == 0
    assert path(guest, member.address()) == "/kernel/set/member"
    assert kset.list.next == kset.list.prev == member.entry.address()
    assert refs(guest, own) == 3
    assert call(guest, "kset_create_and_add", guest.new_text(b"set"), 0, kobjects.root(guest, "kernel_kobj")) == 0
    call(guest, "kobject_del", member.address())
    assert (kset.list.next, refs(guest, own), member.kset) == (head, 1, 0)
    call(guest, "kset_unregister", made)
    assert guest.heap.size(made) == 0
    call(guest, "kset_unregister", 0)


def test_a_kset_of_the_module_s_own(guest: Guest) -> None:
    """It is registered under its name, refused where that is taken, and none is no kset."""
    assert call(guest, "kset_register", 0) == -EINVAL
    ktype, _ = typed(guest)
    for result in (0, -EEXIST):
        kset = new(guest, "kset")
        kobjects.set_name(guest, kset.kobj.address(), b"own")
        kset.kobj.ktype, kset.kobj.parent = ktype, kobjects.root(guest, "kernel_kobj")
        assert call(guest, "kset_register", kset.address()) == result
        assert (refs(guest, kset.kobj.address()), kset.list.next) == (1, kset.list.address())
        assert kset.kobj.state_in_sysfs == (not result)
