"""Tests of modtools/emulate/linux/fs/open.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.fs import open
from modtools.emulate.stops import Needs
from modtools.linuxerrno import ENOENT
from modtools.place import Place
from modtools.shared.userspace import MachineUserSpace

pytest.importorskip("unicorn")


def test_only_files_of_a_disk_can_be_opened(guest: Guest, tmp_path: Path) -> None:
    """One that is not there is not found; what the kernel makes itself is not answered."""
    guest.kernel.userspace = MachineUserSpace(guest.kernel, Place(root=str(tmp_path)))
    assert open.filp_open(guest, guest.new_text(b"/etc/no such file"), 0, 0) == -ENOENT
    for path in (b"/proc/version", b"/sys/kernel/notes", b"/dev/null"):
        with pytest.raises(Needs, match=f"the file {path.decode()}"):
            open.filp_open(guest, guest.new_text(path), 0, 0)
