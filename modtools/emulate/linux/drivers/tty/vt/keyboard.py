"""drivers/tty/vt/keyboard.c: The keyboard handler: notifiers of keys, the state of shift and lock keys, and lights.

What keys mean is the kernel's own map, US English. What they do to a terminal shows nowhere. The table `keyboard`:
"down": how often each shift key is held, "lock" and "slock": shift keys that are locked, "flags": scroll, num and caps
lock, "lights": what the lights show.
"""

from __future__ import annotations

from typing import Any

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel import notifier
from modtools.emulate.linux.kernel.softirq import tasklet_schedule, tasklet_setup
from modtools.emulate.objects import chains, inputs
from modtools.emulate.objects.inputs import KEY, LED, REPORT, SND, SYN
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import new, view
from modtools.profiles.keymap import maps

_BUTTONS, _BRAILLE = 0x100, range(0x1F1, 0x1FB)
_KEYCODE, _UNBOUND, _UNICODE, _KEYSYM, _POST_KEYSYM = range(1, 6)
"""What notifiers are told, KBD_* of `include/linux/notifier.h`."""
_STOP = 0x8001
_LATIN, _SPECIAL, _SHIFT, _LOCK, _LETTER, _SLOCK, _BRAILLE_TYPE = 0, 2, 7, 8, 11, 12, 14
"""Types of key symbols, KT_* of `include/uapi/linux/keyboard.h`."""
_CAPS, _NUM, _HOLD, _BARE_NUM, _BOOT, _SAK = 7, 8, 9, 19, 12, 14
_SCROLL_FLAG, _NUM_FLAG, _CAPS_FLAG = 1, 2, 4
_CAPS_SHIFT = 8


def _lights_of(flags: int) -> dict[int, int]:
    """Return the lights for the flags of scroll, num and caps lock: LED_NUML, LED_CAPSL, LED_SCROLLL."""
    return {0: flags >> 1 & 1, 1: flags >> 2 & 1, 2: flags & 1}


def _state(guest: Guest) -> dict[str, Any]:
    fresh = {"down": {}, "lock": 0, "slock": 0, "flags": 0, "lights": 0}
    found: dict[str, Any] = guest.table("keyboard")
    for name, value in fresh.items():
        found.setdefault(name, value)
    return found


def _registering(block_into: Any) -> Any:
    def register(guest: Guest, block: int) -> int:
        inputs.start(guest)
        return int(block_into(guest, block))

    return register


function("int register_keyboard_notifier(struct notifier_block *nb)")(_registering(notifier.registering("keyboard")))
function("int unregister_keyboard_notifier(struct notifier_block *nb)")(notifier.unregistering("keyboard"))


@function("bool kbd_match(struct input_handler *handler, struct input_dev *dev)")
def kbd_match(guest: Guest, _handler: int, address: int) -> bool:
    """Return whether the keyboard handler takes a device: one that beeps, or has keys that are no buttons."""
    row = inputs.device(guest, address)
    if inputs.has(guest, row.address("evbit"), SND):
        return True
    keys = row.address("keybit")
    return inputs.has(guest, row.address("evbit"), KEY) and any(
        inputs.has(guest, keys, key) for key in (*range(_BUTTONS), *_BRAILLE)
    )


@function("void kbd_start(struct input_handle *handle)")
def kbd_start(guest: Guest, address: int) -> None:
    """Show the lights on a device that comes."""
    _light(guest, address)


def _light(guest: Guest, address: int) -> None:
    """Let a device show scroll, num and caps lock, as far as it can."""
    handle = view(guest, "input_handle", address)
    row = inputs.device(guest, handle.dev)
    if not inputs.has(guest, row.address("evbit"), LED):
        return
    for code, on in _lights_of(_state(guest)["lights"]).items():
        inputs.event(guest, handle.dev, LED, code, on)
    inputs.event(guest, handle.dev, SYN, REPORT, 0)


@function("void kbd_event(struct input_handle *handle, unsigned int event_type, unsigned int event_code, int value)")
def kbd_event(guest: Guest, _handle: int, kind: int, code: int, value: int) -> None:
    """Take an event of a keyboard: tell the notifiers of a key and what it means, and note what shift and lock keys
    do.
    """
    if kind == KEY:
        _key(guest, code, value)
    if _state(guest).get("shown", _state(guest)["flags"]) != _state(guest)["lights"]:
        tasklet_schedule(guest, _tasklet(guest))


def _tasklet(guest: Guest) -> int:
    """Return the tasklet that changes the lights, made at first use."""
    state = _state(guest)
    if "tasklet" not in state:
        state["tasklet"] = new(guest, "tasklet_struct").address()
        tasklet_setup(guest, state["tasklet"], guest.address_of("kbd_bh"))
    return int(state["tasklet"])


@function("void kbd_bh(unsigned long dummy)")
def kbd_bh(guest: Guest, _data: int) -> None:
    """Show on all keyboards which locks are on."""
    state = _state(guest)
    state["lights"] = state.get("shown", state["flags"])
    for address in inputs.devices(guest):
        for handle in inputs.handles(guest, address):
            if guest.text(handle.name) == "leds":
                for code, on in _lights_of(state["lights"]).items():
                    inputs.event(guest, address, LED, code, on)


def set_lights(guest: Guest, lights: int) -> None:
    """Let the lights show these bits, scroll, num and caps lock, or the locks again for a number above 7
    (`setledstate()`).
    """
    inputs.start(guest)
    state = _state(guest)
    state.pop("shown", None)
    if lights & ~7 == 0:
        state["shown"] = lights
    tasklet_schedule(guest, _tasklet(guest))


def _shift(state: dict[str, Any]) -> int:
    """Return which of shift, AltGr, control, alt and so on are on, a bit for each."""
    held = sum(1 << int(number) for number, count in state["down"].items() if count)
    return int((held | state["slock"]) ^ state["lock"])


def _key(guest: Guest, code: int, down: int) -> None:
    """Do what kbd_keycode() does for a key that is pressed (1), held (2) or released (0)."""
    state = _state(guest)
    shift = _shift(state)
    answer, symbols = _tell(guest, _KEYCODE, code, down, shift), maps().get(shift)
    if answer == _STOP or symbols is None:
        _tell(guest, _UNBOUND, code, down, shift)
        state["slock"] = 0
        return
    if code in _BRAILLE:
        raise Needs("braille keys")
    if code >= len(symbols):
        return
    symbol = symbols[code]
    kind = (symbol >> 8) - 0xF0
    if kind < 0:
        raise Needs("a key that stands for a character of Unicode")
    if kind == _LETTER:
        kind = _LATIN
        symbol = maps().get(shift ^ 1, symbols)[code] if state["flags"] & _CAPS_FLAG else symbol
    if _tell(guest, _KEYSYM, symbol, down, shift) == _STOP:
        return
    _act(state, kind, symbol & 0xFF, down)
    _tell(guest, _POST_KEYSYM, symbol, down, shift)
    if kind != _SLOCK:
        state["slock"] = 0


def _act(state: dict[str, Any], kind: int, value: int, down: int) -> None:
    """Do what a key symbol does to shift and lock keys; all else shows nowhere. Ctrl-Alt-Del and the secure attention
    key stop the run.
    """
    if kind == _SHIFT and down != 2:
        if value == _CAPS_SHIFT:
            value = 0
            state["flags"] &= ~_CAPS_FLAG if down else ~0
        before = state["down"].get(value, 0)
        state["down"][value] = before + 1 if down else max(0, before - 1)
    elif kind in (_LOCK, _SLOCK) and down == 1:
        state["lock" if kind == _LOCK else "slock"] ^= 1 << value
    elif kind == _SPECIAL and down:
        if value in (_BOOT, _SAK):
            raise Needs("a key that ends programs or the machine")
        flag = {_CAPS: _CAPS_FLAG, _NUM: _NUM_FLAG, _BARE_NUM: _NUM_FLAG, _HOLD: _SCROLL_FLAG}.get(value, 0)
        state["flags"] ^= flag if down == 1 else 0


def _tell(guest: Guest, action: int, value: int, down: int, shift: int) -> int:
    """Tell the notifiers of a key; return the last answer."""
    head = guest.table("notifier_heads").get("keyboard")
    if not head:
        return 0
    row = new(guest, "keyboard_notifier_param")
    row.vc = view(guest, "vc", guest.address_of("vc_cons")).d
    row.down, row.shift, row.ledstate, row.value = down, shift, _state(guest)["flags"], value
    answer = chains.call(guest, head, action, row.address())
    guest.heap.free(row.address())
    return answer & 0xFFFF


@function("int vt_get_leds(unsigned int console, int flag)")
def vt_get_leds(guest: Guest, _console: int, flag: int) -> bool:
    """Return whether scroll (0), num (1) or caps lock (2) is on."""
    return bool(_state(guest)["flags"] >> flag & 1)
