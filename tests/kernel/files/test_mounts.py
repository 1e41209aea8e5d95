"""What can be mounted and unmounted, and with which error it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from modtools.errors import KernelError
from modtools.kernel.files import mounts
from modtools.linuxerrno import EBUSY, EINVAL, ENOENT
from modtools.store import Store


def test_mounts_lie_in_each_other(tmp_path: Path) -> None:
    """/sys stays while debugfs is mounted in it, and debugfs needs /sys; other places are none."""
    kernel = Store(tmp_path / "state.json").default()
    everything = {"/proc": "proc", "/sys": "sysfs", "/sys/kernel/debug": "debugfs"}
    assert mounts.mounted(kernel) == everything
    steps = [
        (mounts.mount, "/sys", EBUSY),
        (mounts.umount, "/sys", EBUSY),
        (mounts.mount, "/tmp", ENOENT),
        (mounts.umount, "/tmp", EINVAL),
        (mounts.umount, "/sys/kernel/debug", 0),
        (mounts.umount, "/sys/kernel/debug", EINVAL),
        (mounts.umount, "/sys", 0),
        (mounts.mount, "/sys/kernel/debug", ENOENT),
        (mounts.umount, "/proc", 0),
        (mounts.mount, "/sys", 0),
        (mounts.mount, "/proc", 0),
        (mounts.mount, "/proc", EBUSY),
        (mounts.mount, "/sys/kernel/debug", 0),
    ]
    for call, place, error in steps:
        if error:
            with pytest.raises(KernelError) as refused:
                call(kernel, place)
            assert refused.value.errno == error, place
        else:
            call(kernel, place)
            assert (place in mounts.mounted(kernel)) is (call is mounts.mount)
    assert mounts.mounted(kernel) == everything
