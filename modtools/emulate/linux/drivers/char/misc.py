"""drivers/char/misc.c: Miscellaneous character devices, which share the major number 10."""

from __future__ import annotations

from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base.core import create
from modtools.emulate.linux.lib.list_debug import list_del
from modtools.emulate.machine.builtin import builtin
from modtools.emulate.objects import classes, devices, listhead, numbers
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EBUSY

_MISC_MAJOR, _MISC_DYNAMIC = 10, 255


@function("int misc_register(struct miscdevice *misc)")
def misc_register(guest: Guest, address: int) -> int:
    """Register a minor of major 10, free or given, and make its device of the class misc; return 0, -EBUSY, or the
    error of the device, whose minor is free again then.
    """
    devices.wait_for_devtmpfs(guest, _MISC_MAJOR << 20)
    misc = view(guest, "miscdevice", address)
    minors = numbers.misc(guest)
    dynamic = misc.minor == _MISC_DYNAMIC
    minor = next((m for m in builtin(guest).free_misc if m not in minors), -1) if dynamic else misc.minor
    if minor < 0 or minor in minors:
        return -EBUSY
    misc.minor = minor
    name = guest.memory.text(misc.name)
    number = _MISC_MAJOR << 20 | minor
    made = create(guest, classes.built_in(guest, "misc"), misc.parent, number, address, misc.groups, name)
    misc.this_device = made
    if made < 0:
        if dynamic:
            misc.minor = _MISC_DYNAMIC
        return made
    minors[minor] = address
    listhead.add(guest, misc.list.address(), guest.address_of("misc_list"))
    return 0


@variable("misc_list", 16)
def misc_list(guest: Guest, address: int) -> None:
    """Make the list of modules' miscellaneous devices empty."""
    listhead.init(guest, address)


@function("void misc_deregister(struct miscdevice *misc)")
def misc_deregister(guest: Guest, address: int) -> None:
    """Give back the minor and unregister its device; warn of one in no list, and stop with BUG() where the list is
    damaged.
    """
    devices.wait_for_devtmpfs(guest, _MISC_MAJOR << 20)
    misc = view(guest, "miscdevice", address)
    entry = misc.list.address()
    if listhead.empty(guest, entry):
        report_kernel_warning(guest, "misc_deregister")
        return
    list_del(guest, entry)
    if guest.kernel.identity.features.forgets_misc:
        listhead.init(guest, entry)
    numbers.misc(guest).pop(misc.minor, None)
    devices.unregister(guest, misc.this_device)
    misc.minor = min(misc.minor, _MISC_DYNAMIC)  # where those above are given out, it asks for one again
