"""What /sys/module shows of modules, beside what the recordings show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from modtools.emulate.guest import Guest
from modtools.kernel.files.paths import lookup
from modtools.kernel.module.load import insert
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
