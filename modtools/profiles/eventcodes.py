"""Names of input events: types and the usual codes, from Linux's `include/uapi/linux/input-event-codes.h`."""

from __future__ import annotations

from collections.abc import Mapping

TYPES: Mapping[str, int] = {
    "SYN": 0x00,
    "KEY": 0x01,
    "BTN": 0x01,
    "REL": 0x02,
    "ABS": 0x03,
    "MSC": 0x04,
    "SW": 0x05,
    "LED": 0x11,
    "SND": 0x12,
    "REP": 0x14,
}
"""Types by the beginning of their codes' names; buttons are keys."""

_KEYS = (
    "RESERVED ESC 1 2 3 4 5 6 7 8 9 0 MINUS EQUAL BACKSPACE TAB Q W E R T Y U I O P LEFTBRACE RIGHTBRACE "
    "ENTER LEFTCTRL A S D F G H J K L SEMICOLON APOSTROPHE GRAVE LEFTSHIFT BACKSLASH Z X C V B N M COMMA "
    "DOT SLASH RIGHTSHIFT KPASTERISK LEFTALT SPACE CAPSLOCK F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 NUMLOCK "
    "SCROLLLOCK KP7 KP8 KP9 KPMINUS KP4 KP5 KP6 KPPLUS KP1 KP2 KP3 KP0 KPDOT"
)
_AFTER = (
    "102ND F11 F12 RO KATAKANA HIRAGANA HENKAN KATAKANAHIRAGANA MUHENKAN KPJPCOMMA KPENTER RIGHTCTRL "
    "KPSLASH SYSRQ RIGHTALT LINEFEED HOME UP PAGEUP LEFT RIGHT END DOWN PAGEDOWN INSERT DELETE MACRO MUTE "
    "VOLUMEDOWN VOLUMEUP POWER KPEQUAL KPPLUSMINUS PAUSE"
)
_AXES = "X Y Z RX RY RZ"

CODES: Mapping[str, int] = {
    **{f"KEY_{name}": number for number, name in enumerate(_KEYS.split())},
    **{f"KEY_{name}": number for number, name in enumerate(_AFTER.split(), 86)},
    **{f"BTN_{name}": number for number, name in enumerate("LEFT RIGHT MIDDLE SIDE EXTRA".split(), 0x110)},
    "BTN_TOUCH": 0x14A,
    **{f"REL_{name}": number for number, name in enumerate(f"{_AXES} HWHEEL DIAL WHEEL MISC".split())},
    **{f"ABS_{name}": number for number, name in enumerate(f"{_AXES} THROTTLE RUDDER WHEEL GAS BRAKE".split())},
    "MSC_SCAN": 4,
    "SW_LID": 0,
    **{f"LED_{name}": number for number, name in enumerate("NUML CAPSL SCROLLL".split())},
    **{f"SND_{name}": number for number, name in enumerate("CLICK BELL TONE".split())},
    "REP_DELAY": 0,
    "REP_PERIOD": 1,
    "SYN_REPORT": 0,
}
"""Codes by their names."""
