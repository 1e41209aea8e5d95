"""lib/list_debug.c: Checks that list operations make."""

from __future__ import annotations

from modtools.emulate.cpu.oops import CUT_HERE
from modtools.emulate.guest import Guest
from modtools.emulate.objects import listhead
from modtools.emulate.stops import Needs, Oops
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.kernel.log import CRIT, ERR, WARNING

_POISON1, _POISON2 = 0xDEAD000000000100, 0xDEAD000000000122


@function("bool __list_add_valid(struct list_head *new, struct list_head *prev, struct list_head *next)")
def list_add_valid(guest: Guest, new: int, prev: int, following: int) -> bool:
    """Check the neighbours between which an entry is added; return True, or stop with BUG() for a damaged list."""
    return _check_add(guest, new, prev, following, (23, 25, 27, 30, 33))


@function("bool __list_add_valid_or_report(struct list_head *new, struct list_head *prev, struct list_head *next)")
def list_add_valid_or_report(guest: Guest, new: int, prev: int, following: int) -> bool:
    """Check the same: Linux commit aebc7b0d8d91 "list: Introduce CONFIG_LIST_HARDENED" (v6.6) made the caller look
    before.
    """
    return _check_add(guest, new, prev, following, (25, 27, 29, 32, 35))


def _check_add(guest: Guest, new: int, prev: int, following: int, lines: tuple[int, ...]) -> bool:
    _refuse_null(guest, not prev, following, lines[0], "list_add corruption. prev is NULL.")
    _refuse_null(guest, not following, prev, lines[1], "list_add corruption. next is NULL.")
    back, forth = view(guest, "list_head", following).prev, view(guest, "list_head", prev).next
    text = f"next->prev should be prev ({prev:016x}), but was {back:016x}. (next={following:016x})."
    _refuse_if(guest, back != prev, lines[2], f"list_add corruption. {text}")
    text = f"prev->next should be next ({following:016x}), but was {forth:016x}. (prev={prev:016x})."
    _refuse_if(guest, forth != following, lines[3], f"list_add corruption. {text}")
    text = f"new={new:016x}, prev={prev:016x}, next={following:016x}."
    _refuse_if(guest, new in (prev, following), lines[4], f"list_add double add: {text}")
    return True


def _refuse_null(guest: Guest, missing: bool, owner: int, line: int, text: str) -> None:
    """Report a list head that was never initialised, if it is `missing`: a bug of the module if what lies beside it, at
    `owner`, is the module's own, else the run stops, because it may be a gap of pymod.
    """
    if missing and guest.module_at(owner) is None:
        raise Needs("list corruption report")
    _refuse_if(guest, missing, line, text)


def _refuse_if(guest: Guest, damaged: bool, line: int, text: str) -> None:
    """Log the text and BUG() if `damaged`: CHECK_DATA_CORRUPTION() with CONFIG_BUG_ON_DATA_CORRUPTION=y. `line` is the
    line of `lib/list_debug.c` in the kernel's image.
    """
    if damaged:
        guest.printk(ERR, text)
        place = f"kernel BUG at lib/list_debug.c:{line}!"
        raise guest.die(Oops(((WARNING, CUT_HERE), (CRIT, place)), guest.abi.bug_name))


@function("bool __list_del_entry_valid(struct list_head *entry)")
def list_del_entry_valid(guest: Guest, entry: int) -> bool:
    """Check that the neighbours of an entry to be deleted point back to it; return True, or stop with BUG() for a
    damaged list.
    """
    return _check_delete(guest, entry, (49, 51, 53, 56, 59, 62))


@function("bool __list_del_entry_valid_or_report(struct list_head *entry)")
def list_del_entry_valid_or_report(guest: Guest, entry: int) -> bool:
    """Check the same since 6.6."""
    return _check_delete(guest, entry, (52, 54, 56, 59, 62, 65))


def list_del(guest: Guest, entry: int) -> None:
    """Take an entry out of its list as the kernel's own code does, and poison it; stop with BUG() for a damaged list
    (`include/linux/list.h: list_del()`).
    """
    hardened = guest.profile.exports.get("__list_del_entry_valid_or_report") is not None
    (list_del_entry_valid_or_report if hardened else list_del_entry_valid)(guest, entry)
    listhead.take_out(guest, entry)
    row = view(guest, "list_head", entry)
    row.next, row.prev = _POISON1, _POISON2


def _check_delete(guest: Guest, entry: int, lines: tuple[int, ...]) -> bool:
    head, row = "list_del corruption", view(guest, "list_head", entry)
    following, prev = row.next, row.prev
    _refuse_null(guest, not following, entry, lines[0], f"{head}, {entry:016x}->next is NULL")
    _refuse_null(guest, not prev, entry, lines[1], f"{head}, {entry:016x}->prev is NULL")
    poison = f"{head}, {entry:016x}->next is LIST_POISON1 ({following:016x})"
    _refuse_if(guest, following == _POISON1, lines[2], poison)
    _refuse_if(guest, prev == _POISON2, lines[3], f"{head}, {entry:016x}->prev is LIST_POISON2 ({prev:016x})")
    forth = view(guest, "list_head", prev).next
    text = f"prev->next should be {entry:016x}, but was {forth:016x}. (prev={prev:016x})"
    _refuse_if(guest, forth != entry, lines[4], f"{head}. {text}")
    back = view(guest, "list_head", following).prev
    text = f"next->prev should be {entry:016x}, but was {back:016x}. (next={following:016x})"
    _refuse_if(guest, back != entry, lines[5], f"{head}. {text}")
    return True
