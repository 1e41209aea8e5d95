"""What /sys/module shows of modules, beside what the recordings show."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.kernel.files.paths import lookup
from tests.emulated import inserted

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
