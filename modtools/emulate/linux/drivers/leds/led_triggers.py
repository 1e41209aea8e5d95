"""drivers/leds/led-triggers.c: Triggers of LEDs, which no LED follows."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import listhead
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, new, view
from modtools.kernel.log import ERR
from modtools.linuxerrno import EEXIST, EINVAL

_BUILT_IN = (
    "none kbd-scrolllock kbd-numlock kbd-capslock kbd-kanalock kbd-shiftlock kbd-altgrlock kbd-ctrllock kbd-altlock "
    "kbd-shiftllock kbd-shiftrlock kbd-ctrlllock kbd-ctrlrlock disk-activity disk-read disk-write ide-disk mtd "
    "nand-disk cpu cpu0 panic"
).split()


def register(guest: Guest, trigger: View) -> int:
    """Prepare a trigger's lists and enter its name; return 0, or -EEXIST for a name that is taken
    (`led_trigger_register()`, without trigger types).
    """
    for head in (trigger.led_cdevs.address(), trigger.next_trig.address()):
        listhead.init(guest, head)
    name = guest.text(trigger.name)
    table = guest.table("led_triggers")
    if name in table or name in _BUILT_IN:
        return -EEXIST
    table[name] = trigger.address()
    return 0


@function("int led_trigger_register(struct led_trigger *trig)")
def led_trigger_register(guest: Guest, address: int) -> int:
    """Register a trigger in memory of its owner; return 0, or -EEXIST if the name is taken."""
    return register(guest, view(guest, "led_trigger", address))


@function("void led_trigger_unregister(struct led_trigger *trig)")
def led_trigger_unregister(guest: Guest, address: int) -> None:
    """Unregister a trigger by its name."""
    guest.table("led_triggers").pop(guest.text(view(guest, "led_trigger", address).name), None)


@function("void led_trigger_register_simple(const char *name, struct led_trigger **tp)")
def led_trigger_register_simple(guest: Guest, name: int, result: int) -> None:
    """Allocate and register a trigger and store its address; store 0 and log an error where the name is taken."""
    trigger = new(guest, "led_trigger")
    trigger.name = name
    address = trigger.address()
    if register(guest, trigger):
        guest.heap.free(address)
        address = 0
        guest.printk(ERR, f"LED trigger {guest.text(name)} failed to register (-{EEXIST})")
    guest.memory.put(result, address, 8)


@function("void led_trigger_unregister_simple(struct led_trigger *trig)")
def led_trigger_unregister_simple(guest: Guest, address: int) -> None:
    """Unregister a trigger and free its memory; NULL is ignored."""
    if address:
        led_trigger_unregister(guest, address)
        guest.heap.free(address)


@function("void led_trigger_event(struct led_trigger *trig, enum led_brightness brightness)")
def led_trigger_event(_guest: Guest, _address: int, _brightness: int) -> None:
    """Do nothing, because no LED follows the trigger."""


@function(
    "void led_trigger_blink_oneshot(struct led_trigger *trig, unsigned long *delay_on, unsigned long *delay_off,"
    " int invert)"
)
def led_trigger_blink_oneshot(_guest: Guest, _address: int, _on: int, _off: int, _invert: int) -> None:
    """Do nothing, because no LED follows the trigger."""


@function(
    "ssize_t led_trigger_read(struct file *filp, struct kobject *kobj, struct bin_attribute *attr, char *buf,"
    " loff_t pos, size_t count)"
)
def led_trigger_read(
    guest: Guest, _file: int, _folder: int, _attribute: int, buffer: int, position: int, count: int
) -> int:
    """Store a part of the names of all triggers, with brackets around that of the LED: none; return its length."""
    names = [f"[{_BUILT_IN[0]}]", *_BUILT_IN[1:], *map(str, guest.table("led_triggers"))]
    data = " ".join(names).encode("utf-8", "surrogateescape") + b"\n"
    part = data[position : position + count]
    guest.memory.write(buffer, part)
    return len(part)


@function(
    "ssize_t led_trigger_write(struct file *filp, struct kobject *kobj, struct bin_attribute *attr, char *buf,"
    " loff_t pos, size_t count)"
)
def led_trigger_write(
    guest: Guest, _file: int, _folder: int, _attribute: int, buffer: int, _position: int, count: int
) -> int:
    """Let a LED follow no trigger, or return -EINVAL for a name that none has. Following one stops the run."""
    name = guest.memory.read(buffer, count).decode("utf-8", "surrogateescape").strip()
    if name == _BUILT_IN[0]:
        return count
    if name in (*_BUILT_IN, *guest.table("led_triggers")):
        raise Needs("a LED that follows a trigger")
    return -EINVAL
