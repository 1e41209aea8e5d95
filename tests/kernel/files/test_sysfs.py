"""What /sys/module shows of modules, beside what the recordings show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from modtools.emulate.guest import Guest
from modtools.errors import KernelError
from modtools.kernel.files.paths import lookup
from modtools.kernel.files.sysfs import FIRMWARE_PATH
from modtools.kernel.log import raw_lines
from modtools.kernel.module.load import insert
from modtools.linuxerrno import ENOSPC
from modtools.store import Store
from tests.emulated import inserted
from tests.transcripts import HERE

pytest.importorskip("unicorn")


def test_only_functions_of_a_module_s_own_run_when_a_parameter_is_read(guest: Guest) -> None:
    """Whoever reads such a file may change the kernel; any other is only looked at."""
    kernel = guest.kernel
    inserted(guest, "param_cb")
    inserted(guest, "params_quiet")
    runs = {
        path: lookup(kernel, f"/sys/module/{path}").runs
        for path in ("param_cb/parameters/checked", "params_quiet/parameters/p_int", "printk/parameters/time")
    }
    assert list(runs.values()) == [True, False, False], runs


@pytest.mark.parametrize("wanted", ["y", "n"])
def test_the_size_of_data_is_told_where_it_lies_apart(tmp_path: Path, wanted: str) -> None:
    """As on powerpc of 32 bits: what the module has that is neither code nor init's."""
    kernel = Store(tmp_path / "state.json").of_profile("debian-13")
    kernel.no_runner = "not here"
    profile = kernel.sources.profile()
    assert profile is not None
    other = replace(profile, config={**profile.config, "ARCH_WANTS_MODULES_DATA_IN_VMALLOC": wanted})
    kernel.sources = kernel.sources._replace(profile=lambda: other)
    insert(kernel, (HERE / "debian-13/ko/hello_export.ko").read_bytes())
    entries = lookup(kernel, "/sys/module/hello_export")
    assert ("datasize" in entries.names()) is (wanted == "y")
    if wanted == "y":
        sizes = {name: int(entries.child(name).read()) for name in ("coresize", "datasize")}
        text = sum(area.size for area in kernel.modules["hello_export"].areas if area.kind == "text")
        assert sizes["coresize"] - sizes["datasize"] == text > 0


@pytest.mark.parametrize(
    ("cmdline", "path", "shown"),
    [
        ("", "printk/parameters/time", "Y"),
        ("printk.time=0", "printk/parameters/time", "N"),
        ("printk.time=0 printk.time", "printk/parameters/time", "Y"),
        ("printk.time=what", "printk/parameters/time", "Y"),
        ("time=0 printk_time=0", "printk/parameters/time", "Y"),
        ("rcupdate.rcu-cpu-stall-timeout=0x1f", "rcupdate/parameters/rcu_cpu_stall_timeout", "31"),
        ("rcupdate.rcu_cpu_stall_timeout", "rcupdate/parameters/rcu_cpu_stall_timeout", "21"),
        ("firmware_class.path=/fw", "firmware_class/parameters/path", "/fw"),
        ("firmware-class.path=/fw firmware_class.path", "firmware_class/parameters/path", "/fw"),
        (f"firmware_class.path={'x' * 255}", "firmware_class/parameters/path", "x" * 255),
        (f"firmware_class.path={'x' * 256}", "firmware_class/parameters/path", ""),
        ("firmware_class.other=/fw printk.path=/fw", "firmware_class/parameters/path", ""),
    ],
)
def test_what_the_command_line_makes_of_parameters(tmp_path: Path, cmdline: str, path: str, shown: str) -> None:
    """The last word for a parameter counts, with - for _; one that does not fit, or has no value, changes nothing."""
    kernel = Store(tmp_path / "state.json").default()
    kernel.identity = kernel.identity._replace(cmdline=cmdline)
    assert lookup(kernel, f"/sys/module/{path}").read().decode() == f"{shown}\n"


def test_what_is_written_to_a_parameter_of_what_is_compiled_in(tmp_path: Path) -> None:
    """It is kept, as its type shows it; a string that is too long is refused and logged."""
    kernel = Store(tmp_path / "state.json").default()
    time, path = (lookup(kernel, f"/sys/module/{name}") for name in ("printk/parameters/time", FIRMWARE_PATH[12:]))
    time.write(b"off\n")
    path.write(b"/lib/mine")
    assert (time.read(), path.read()) == (b"N\n", b"/lib/mine\n")
    path.write(b"x" * 255)
    before = len(kernel.log.records)
    for data, errno in ((b"x" * 256, ENOSPC), (b"x" * 257, ENOSPC)):
        with pytest.raises(KernelError) as refused:
            path.write(data)
        assert refused.value.errno == errno
    assert path.read() == b"x" * 255 + b"\n"
    said = "firmware_class.path: string doesn't fit in 255 chars."
    assert list(raw_lines(kernel.log.records[before:])) == [f"<3>{said}"] * 2
    with pytest.raises(KernelError):
        time.write(b"what")
    assert time.read() == b"N\n"
