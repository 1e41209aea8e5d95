"""Modules' own code runs: what it prints, what it returns, what it leaves, and what happens when it goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from modtools.emulate.runner import EmulatedRunner
from modtools.emulate.symbols.registry import find
from modtools.emulate.symbols.structs import view
from modtools.errors import KernelError, Killed
from modtools.kernel.files.paths import lookup
from modtools.kernel.log import raw_lines
from modtools.kernel.module.load import insert
from modtools.kernel.module.unload import delete
from modtools.kernel.modules import ModuleState
from modtools.kernel.runner import End
from modtools.kernel.state import Kernel
from modtools.store import Store
from tests.reference import CHECKOUT

pytest.importorskip("unicorn")

KO = CHECKOUT / "tests/transcripts/ko"


@pytest.fixture
def kernel(tmp_path: Path) -> Kernel:
    """A kernel just booted, whose modules run in this process."""
    fresh = Store(tmp_path / "state.json").default()
    fresh.runner = EmulatedRunner(fresh, isolated=False)
    return fresh


def load(kernel: Kernel, name: str, args: str = "") -> None:
    """Insert one of the modules of the recordings."""
    path = KO / f"{name}.ko"
    insert(kernel, path.read_bytes(), args, path=str(path))


def lines(kernel: Kernel) -> list[str]:
    """The log without the two lines that the first module brings."""
    return [line for line in raw_lines(kernel.log.readable()) if "taint" not in line]


def test_a_module_knows_its_versions(kernel: Kernel) -> None:
    """Its `struct module` leads to what .modinfo says, as drivers print it."""
    load(kernel, "ver_mod")
    assert isinstance(kernel.runner, EmulatedRunner)
    guest = kernel.runner.guest
    row = view(guest, "module", guest.images["ver_mod"].symbol("__this_module"))
    assert (guest.text(row.version), guest.text(row.srcversion)) == ("1.2.3-rc4", "B56676D942D2A7A91F0742B")


def test_one_module_calls_another(kernel: Kernel) -> None:
    """The line of the lesson: a module's code runs because another module's code calls it."""
    load(kernel, "hello_export")
    load(kernel, "hello_use_export")
    assert lines(kernel) == ["<6>Hello,world", "<6>hello world 0", "<6>Hello from another module"]


@pytest.mark.parametrize("isolated", [False, True])
def test_memory_outlives_the_process(tmp_path: Path, isolated: bool) -> None:
    """A value that a module's own set function stored is there for its get function, run by another command."""
    store = Store(tmp_path / "state.json")
    with store.transaction() as kernel:
        kernel.runner = EmulatedRunner(kernel, isolated=isolated)
        load(kernel, "param_cb", "checked=50")
    with store.transaction() as kernel:
        lookup(kernel, "/sys/module/param_cb/parameters/checked").write(b"60")
    assert lookup(store.read(), "/sys/module/param_cb/parameters/checked").read() == b"<60>\n"


def test_only_what_is_used_is_linked_again(tmp_path: Path) -> None:
    """A command pays for the modules that it has to do with, however many are loaded."""
    store = Store(tmp_path / "state.json")
    with store.transaction() as kernel:
        kernel.runner = EmulatedRunner(kernel, isolated=False)
        for name in ("param_cb", "ver_mod", "hello_export"):
            load(kernel, name)
    with store.transaction() as kernel:
        runner = kernel.runner
        assert isinstance(runner, EmulatedRunner)
        runner.isolated = False
        lookup(kernel, "/sys/module/param_cb/parameters/checked").write(b"60")
        load(kernel, "hello_use_export")
        assert sorted(runner.guest.images.came) == ["hello_export", "param_cb"]


@pytest.mark.parametrize("isolated", [False, True])
def test_the_memory_of_a_module_whose_file_is_away_is_kept(tmp_path: Path, isolated: bool) -> None:
    """Other commands go on meanwhile, its own code is named as what is needed, and it has what it had afterwards."""
    file, away = tmp_path / "param_cb.ko", tmp_path / "away.ko"
    file.write_bytes((KO / "param_cb.ko").read_bytes())
    store = Store(tmp_path / "state.json")

    def change(what: Callable[[Kernel], object]) -> None:
        with store.transaction() as kernel:
            assert isinstance(kernel.runner, EmulatedRunner)
            kernel.runner.isolated = isolated
            what(kernel)

    def checked(kernel: Kernel) -> bytes:
        return lookup(kernel, "/sys/module/param_cb/parameters/checked").read()

    change(lambda kernel: insert(kernel, file.read_bytes(), "checked=60", path=str(file)))
    file.rename(away)
    change(lambda kernel: load(kernel, "hello_export"))
    with pytest.raises(KernelError):
        change(checked)
    away.rename(file)
    assert checked(store.read()) == b"<60>\n"


def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    """Code is linked again from its file; one that is not what was loaded is named and not run."""
    copy = tmp_path / "hello_export.ko"
    copy.write_bytes((KO / "hello_export.ko").read_bytes())
    store = Store(tmp_path / "state.json")
    with store.transaction() as kernel:
        insert(kernel, copy.read_bytes(), path=str(copy))
    copy.write_bytes(b"something else")
    with store.transaction() as kernel:
        delete(kernel, "hello_export")
        assert f"{copy}, has changed since it was loaded" in lines(kernel)[-1]
        assert not kernel.modules


def test_parameters_reach_the_module(kernel: Kernel) -> None:
    """What the load arguments set is what the module's code sees, and what stands in its memory is what /sys shows."""
    load(kernel, "params_all", "p_int=5 p_charp=abc p_arr=7,8 p_bool=y")
    text = "\n".join(lines(kernel))
    assert "p_int=5 " in text
    assert "p_charp=[abc]" in text
    assert "p_arr_n=2 p_arr=7,8,3,4" in text
    assert lookup(kernel, "/sys/module/params_all/parameters/p_arr").read() == b"7,8\n"


def test_a_negative_return_unloads(kernel: Kernel) -> None:
    """init's own error is the system call's, and nothing of the module stays."""
    with pytest.raises(KernelError) as caught:
        load(kernel, "fail_enodev")
    assert caught.value.errno == 19
    assert not kernel.modules


def test_an_oops_kills_and_leaves_the_module_loading(kernel: Kernel) -> None:
    """As on Linux: the caller is gone, the module stays in the middle of loading."""
    with pytest.raises(Killed):
        load(kernel, "oopser")
    assert kernel.modules["oopser"].state is ModuleState.COMING
    assert "<1>BUG: kernel NULL pointer dereference, address: 0000000000000000" in lines(kernel)
    assert "<1>#PF: supervisor write access in kernel mode" in lines(kernel)


def test_a_missing_kernel_function_is_named(kernel: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    """A function that is not provided stops init; the module counts as loaded, and one that uses it does not run."""
    without_printk = lambda name: None if name == "_printk" else find(name)  # noqa: E731
    monkeypatch.setattr("modtools.emulate.symbols.addresses.find", without_printk)
    load(kernel, "hello_export")
    assert kernel.modules["hello_export"].init == (End.NEEDS, 0, "_printk")
    assert lines(kernel)[-1] == "<4>hello_export: init: not run to its end, needs _printk"
    load(kernel, "hello_use_export")
    assert kernel.modules["hello_use_export"].init == (End.NEEDS, 0, "_printk")
    delete(kernel, "hello_use_export")
    assert lines(kernel)[-1] == "<4>hello_use_export: exit: not run, as init was not"


def test_what_is_not_run_to_its_end_leaves_only_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An init that stops in its middle has registered nothing, which its exit would never take back; its time and its
    messages stay.
    """
    kernel = Store(tmp_path / "state.json").default()
    kernel.runner = EmulatedRunner(kernel)
    devices, misc = (lookup(kernel, path).read() for path in ("/proc/devices", "/proc/misc"))
    with monkeypatch.context() as patch:
        lacking = lambda name: None if name == "__register_blkdev" else find(name)  # noqa: E731
        patch.setattr("modtools.emulate.symbols.addresses.find", lacking)
        load(kernel, "device_numbers")
    assert kernel.modules["device_numbers"].init == (End.NEEDS, 0, "__register_blkdev")
    assert "<6>device_numbers: 0" in lines(kernel)
    assert [lookup(kernel, path).read() for path in ("/proc/devices", "/proc/misc")] == [devices, misc]
    delete(kernel, "device_numbers")
    load(kernel, "device_numbers")
    assert kernel.modules["device_numbers"].init == (End.RETURNED, 0, "")
    assert lookup(kernel, "/proc/devices").read() != devices


def test_debug_messages_are_switched_on(kernel: Kernel) -> None:
    """dyndbg=+p makes pr_debug() print, by a change of the module's code; the letters put places in front."""
    load(kernel, "printk_levels", "dyndbg=+pmfl")
    assert "<7>printk_levels:printk_levels_init:19: pr_debug is compiled out or dynamic" in lines(kernel)


def test_debug_messages_are_chosen(kernel: Kernel) -> None:
    """A query that does not fit switches nothing on."""
    load(kernel, "printk_levels", 'dyndbg="func other +p; line 1-18 +p; bad query; file printk_levels.c +m"')
    assert not [line for line in lines(kernel) if "pr_debug is" in line]
