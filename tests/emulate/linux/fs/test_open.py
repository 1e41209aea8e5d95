"""Tests of modtools/emulate/linux/fs/open.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.fs import open
from modtools.emulate.stops import Needs
from modtools.linuxerrno import ENOENT

pytest.importorskip("unicorn")


def test_there_are_no_files_but_the_kernels(guest: Guest) -> None:
    """Opening one fails; what might be there, or be made, is not answered."""
    assert open.filp_open(guest, guest.new_text(b"/etc/target"), 0, 0) == -ENOENT
    for path, flags in ((b"/proc/version", 0), (b"/tmp/new", 0o100)):
        with pytest.raises(Needs, match="filp_open"):
            open.filp_open(guest, guest.new_text(path), flags, 0)
