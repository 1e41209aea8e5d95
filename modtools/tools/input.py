"""input: let an input device send events, as its hardware would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from modtools.command import Call, command, operand
from modtools.profiles.eventcodes import CODES, TYPES
from modtools.report import Message, Report
from modtools.shared.interrupts import interrupt

_KEY, _REPORT = TYPES["KEY"], (TYPES["SYN"], CODES["SYN_REPORT"], 0)
_HIGHEST = 0xFFFF

Event = tuple[int, int, int]


@command()
@operand("device")
@operand("events", metavar="EVENT...", required=True, many=True)
def tool(call: Call, *, device: str, events: Sequence[str]) -> Report:
    """Let an input device send events, as its hardware would.

    DEVICE is a name such as input0, which is the machine's keyboard, or what the device itself is called;
    `pymod cat /proc/bus/input/devices` shows them. An event is NAME=VALUE, such as KEY_A=1, REL_X=-3 or ABS_X=50, or
    TYPE:CODE=VALUE in numbers. KEY_A alone is pressed and released. SYN_REPORT is sent at the end; put it between
    events to send what stands before it.
    """
    wanted: list[Event] = []
    for text in events:
        try:
            wanted += _events(text)
        except ValueError:
            return Report((Message(f"not an event: '{text}'", "ERROR"),), status=1)
    return interrupt(
        call,
        lambda runner: runner.send_events(device, wanted),
        f"{device}: its events did not come to their end",
        f"there is no input device '{device}'",
    )


def _events(text: str) -> Iterator[Event]:
    """Yield the events that a word stands for. Raises ValueError for one that is none."""
    name, given, value = text.partition("=")
    kind, code = _numbers(name)
    if given:
        yield kind, code, _number(value)
    elif (kind, code) == _REPORT[:2]:
        yield _REPORT
    elif kind == _KEY:
        yield from ((kind, code, 1), _REPORT, (kind, code, 0), _REPORT)
    else:
        raise ValueError(text)


def _numbers(name: str) -> tuple[int, int]:
    kind, colon, code = name.partition(":")
    if colon:
        numbers = _number(kind), _number(code)
        if not all(0 <= number <= _HIGHEST for number in numbers):
            raise ValueError(name)
        return numbers
    if name not in CODES:
        raise ValueError(name)
    return TYPES[name.partition("_")[0]], CODES[name]


def _number(text: str) -> int:
    value = int(text, 0)
    if not -(1 << 31) <= value < 1 << 31:
        raise ValueError(text)
    return value
