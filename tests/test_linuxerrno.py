"""Linux's error numbers are its own, whatever the host's are."""

from __future__ import annotations

import errno
import sys

import pytest

from modtools import linuxerrno


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the numbers are those of Linux")
def test_every_number_of_the_host_is_there() -> None:
    """Each number for which the C library has a name has it here, too, and all names are the C library's."""
    ours = {name: number for name, number in vars(linuxerrno).items() if name[0] == "E" and number < 512}
    assert {name: getattr(errno, name) for name in ours} == ours
    assert set(ours.values()) >= errno.errorcode.keys()


def test_numbers_have_the_names_that_linux_prints() -> None:
    """Of two names for a number the one that `lib/errname.c` has; those that only the kernel has, too."""
    numbers = (linuxerrno.EWOULDBLOCK, linuxerrno.EDEADLOCK, linuxerrno.EPROBE_DEFER, 41, 4000)
    assert [linuxerrno.name(number) for number in numbers] == ["EAGAIN", "EDEADLK", "EPROBE_DEFER", "", ""]
