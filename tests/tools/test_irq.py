"""irq: raising an interrupt line, as hardware would."""

from __future__ import annotations

import pytest

from tests.running import KO, Run, runner

MODULE = str(KO / "calls/kernel_irq.ko")


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run pymod in this process, on a machine with a module that handles interrupts 1, 2, 11 and 12, though 11 is
    disabled.
    """
    pytest.importorskip("unicorn")
    run = runner(capfd)
    assert run("insmod", MODULE)[2] == 0
    assert run("dmesg", "-C")[2] == 0
    return run


def test_handlers_of_modules_run(pymod: Run) -> None:
    """Once for each time, and /proc/interrupts counts them; a disabled line brings nothing."""
    for words in (("1",), ("12", "2"), ("11",)):
        assert pymod("irq", *words) == ("", "", 0)
    said = [line.partition("] ")[2] for line in pymod("dmesg")[0].splitlines()]
    answer = "kernel_irq: handler of irq {}, in_hardirq 1, irqs_disabled 1"
    assert said == [answer.format(1), answer.format(12), answer.format(12)]
    rows = dict(line.split(None, 2)[:2] for line in pymod("cat", "/proc/interrupts")[0].splitlines()[1:])
    assert (rows["1:"], rows["12:"], rows["11:"]) == ("11", "6", "0")


def test_lines_that_nobody_handles_bring_nothing(pymod: Run) -> None:
    """As on a machine whose kernel has them masked; there are sixteen."""
    assert pymod("irq", "3") == pymod("irq", "2") == ("", "", 0)
    assert pymod("irq", "16") == ("", "irq: ERROR: there is no interrupt line 16\n", 1)
    assert pymod("irq", "one") == ("", "irq: ERROR: an interrupt line and a number of times are expected\n", 1)
    assert pymod("dmesg")[0] == ""
