"""input: letting an input device send events."""

from __future__ import annotations

import pytest

from tests.running import KO, Run, runner

MODULE = str(KO / "calls/drivers_input.ko")


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run pymod in this process, on a machine with a module that has a notifier of keys, a handler of events and two
    devices.
    """
    pytest.importorskip("unicorn")
    run = runner(capfd)
    assert run("insmod", MODULE)[2] == 0
    assert run("dmesg", "-C")[2] == 0
    return run


def said(pymod: Run) -> list[str]:
    """What the module has logged."""
    return [line.partition("drivers_input: ")[2] for line in pymod("dmesg")[0].splitlines()]


def test_the_machines_keyboard_tells_notifiers(pymod: Run) -> None:
    """A key alone is pressed and released: its code, then what it means; caps lock is on since the module came."""
    assert pymod("input", "input0", "KEY_B") == ("", "", 0)
    assert said(pymod) == [
        f"keyboard: action {action} value {value} down {down} shift 0 led 4"
        for down in (1, 0)
        for action, value in ((1, 48), (4, 0xFB42), (5, 0xFB42))
    ]


def test_handlers_get_what_a_device_can_send(pymod: Run) -> None:
    """By the device's own name, too; an axis that it lacks is passed over, and SYN_REPORT ends what came before."""
    words = ("REL_X=-2", "REL_Y=1", "SYN_REPORT", "2:0=0x10")
    assert pymod("input", "Calls button", *words) == ("", "", 0)
    event = "event of Calls button: type {} code 0 value {}"
    assert said(pymod) == [event.format(*pair) for pair in ((2, -2), (0, 0), (2, 16), (0, 0))]


@pytest.mark.parametrize("word", ["KEY_NOTHING", "REL_X", "KEY_A=x", "1:x=2", "70000:1=1", "KEY_A=0x100000000"])
def test_words_that_are_no_events_are_told(pymod: Run, word: str) -> None:
    """Nothing is sent then."""
    assert pymod("input", "input0", "KEY_A", word)[1:] == (f"input: ERROR: not an event: '{word}'\n", 1)
    assert said(pymod) == []


def test_a_device_that_is_not_there_is_told(pymod: Run) -> None:
    """By no name."""
    assert pymod("input", "input9", "KEY_A") == ("", "input: ERROR: there is no input device 'input9'\n", 1)
