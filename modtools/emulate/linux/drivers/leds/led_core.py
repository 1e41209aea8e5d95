"""drivers/leds/led-core.c: Setting LEDs, at once or by a worker where the driver may sleep. None blinks."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.workqueue import queue_work_on
from modtools.emulate.objects import listhead
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, offset_of, view
from modtools.integers import signed
from modtools.linuxerrno import EBUSY

_SUSPENDED = 1 << 0
_ENOTSUPP = 524


def _led(guest: Guest, address: int) -> View:
    return view(guest, "led_classdev", address)


def prepare(guest: Guest, address: int) -> None:
    """Make the work ready that sets a LED whose driver may sleep (`led_init_core()`)."""
    work = _led(guest, address).set_brightness_work
    work.data, work.func = 0xFFFFFFE0, guest.address_of("set_brightness_delayed")
    listhead.init(guest, work.entry.address())


def _set_blocking(guest: Guest, address: int, value: int) -> int:
    call = _led(guest, address).brightness_set_blocking
    return guest.call_signed(call, address, value) if call else -_ENOTSUPP


@function("void set_brightness_delayed(struct work_struct *ws)")
def set_brightness_delayed(guest: Guest, work: int) -> None:
    """Set a LED as was asked for last."""
    address = work - offset_of(guest, "led_classdev", "set_brightness_work")
    led = _led(guest, address)
    if _set_blocking(guest, address, led.delayed_set_value) not in (0, -_ENOTSUPP):
        raise Needs("the complaint about a LED that could not be set")


@function("void led_set_brightness(struct led_classdev *led_cdev, unsigned int brightness)")
def led_set_brightness(guest: Guest, address: int, value: int) -> None:
    """Set how bright a LED is, its maximum at most; what may sleep is left to a worker."""
    led = _led(guest, address)
    led.brightness = min(value, led.max_brightness)
    if led.flags & _SUSPENDED:
        return
    if led.brightness_set:
        guest.call(led.brightness_set, address, led.brightness)
        return
    led.delayed_set_value = led.brightness
    queue_work_on(guest, 0, guest.memory.u64(guest.address_of("system_wq")), led.set_brightness_work.address())


@function("int led_set_brightness_sync(struct led_classdev *led_cdev, unsigned int value)")
def led_set_brightness_sync(guest: Guest, address: int, value: int) -> int:
    """Set a LED whose driver may sleep, and wait for it; return 0 or an error, -ENOTSUPP for another driver."""
    led = _led(guest, address)
    if led.blink_delay_on or led.blink_delay_off:
        return -EBUSY
    led.brightness = min(value, led.max_brightness)
    return 0 if led.flags & _SUSPENDED else _set_blocking(guest, address, led.brightness)


@function("int led_update_brightness(struct led_classdev *led_cdev)")
def led_update_brightness(guest: Guest, address: int) -> int:
    """Ask the driver how bright a LED is, if it can be asked; return 0 or its error."""
    led = _led(guest, address)
    if not led.brightness_get:
        return 0
    found = signed(guest.call(led.brightness_get, address), 32)
    if found < 0:
        return found
    led.brightness = found
    return 0
