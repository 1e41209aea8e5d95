"""Programs in the middle of a call: commands of modprobe.d and scripts work on the kernel that waits for them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from modtools.shared import host_command, inside
from modtools.store import Store
from tests.running import KO, Run, runner

pytest.importorskip("unicorn")
if not hasattr(os, "fork"):
    pytest.skip("needs a shell of Unix", allow_module_level=True)

RELEASE = "6.1.0-56-amd64"
NAMES = "request_mod request_more dia_base dia_left chain_a chain_b chain_c hello_export params_all oopser slow_init"
ASKED, STARTED = "request_mod: asking for dia_base", "dia_base: init 11"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine of its own, with a tree of some modules that cmd.conf can have commands for."""
    root = tmp_path / "root"
    tree = root / "lib/modules" / RELEASE
    tree.mkdir(parents=True)
    (root / "etc/modprobe.d").mkdir(parents=True)
    for name in NAMES.split():
        shutil.copy(KO / f"{name}.ko", tree)
    monkeypatch.setenv("PYMOD_STATE", str(tmp_path / "state.json"))
    monkeypatch.setenv("PYMOD_ROOT", str(root))
    monkeypatch.setenv("PYMOD_RUN", "1")
    return root


@pytest.fixture
def pymod(root: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs pymod on that machine."""
    run = runner(capfd)
    for name in ("modules.order", "modules.builtin", "modules.builtin.modinfo"):
        (root / "lib/modules" / RELEASE / name).touch()
    assert run("depmod")[2] == 0
    return run


def install(root: Path, command: str, name: str = "dia_base") -> None:
    """Have a command run in the place of loading a module."""
    (root / "etc/modprobe.d/cmd.conf").write_text(f"install {name} {command}\n")


def ask(pymod: Run, name: str = "dia_base") -> list[str]:
    """Load a module that asks for another one; return what the log says from then on."""
    pymod("dmesg", "-C")
    pymod("insmod", str(KO / "request_mod.ko"), f"name={name}")
    lines = pymod("dmesg", "-t")[0].splitlines()
    return [line for line in lines if "taint" not in line]


def said(status: int) -> str:
    """What the module that asks says of its answer."""
    return f"request_mod: request_module returned {status}"


def loaded(pymod: Run) -> list[str]:
    """The names of the loaded modules, the newest first."""
    return [line.split()[0] for line in pymod("lsmod")[0].splitlines()[1:]]


def living(group: int) -> list[str]:
    """The processes of a group that have not ended, as /proc shows them."""
    rows = [path.read_text().rpartition(")")[2].split() for path in Path("/proc").glob("[0-9]*/stat")]
    return [row[0] for row in rows if int(row[2]) == group and row[0] not in "ZX"]


def test_tools_of_pymods_own_work_on_the_kernel_that_waits(root: Path, pymod: Run) -> None:
    """They see the module that asks, and what they change is there afterwards."""
    pymod("insmod", str(KO / "params_all.ko"))
    lines = (
        f"pymod cat /sys/module/request_mod/initstate > {root}/out",
        "pymod write /sys/module/params_all/parameters/p_int 7",
        "pymod write /proc/sys/kernel/kptr_restrict 2",
        f"pymod uname >> {root}/out",
        f"pymod dmesg -t | tail -1 >> {root}/out",
    )
    install(root, "; ".join(lines))
    assert ask(pymod) == [ASKED, said(0)]
    assert (root / "out").read_text() == f"coming\n{RELEASE}\n{ASKED}\n"
    assert pymod("cat", "/sys/module/params_all/parameters/p_int")[0] == "7\n"
    assert pymod("cat", "/proc/sys/kernel/kptr_restrict")[0] == "2\n"


def test_the_log_can_be_cleared_and_proc_unmounted(root: Path, pymod: Run) -> None:
    """What is gone in the middle of a call is gone afterwards."""
    install(root, "pymod dmesg -C; pymod umount /proc")
    assert ask(pymod) == [said(0)]
    assert pymod("cat", "/proc/modules")[2] == 1


def test_a_module_is_removed_and_loaded_anew(root: Path, pymod: Run) -> None:
    """The new one takes its place behind the others, with its own parameters."""
    pymod("modprobe", "chain_a")
    pymod("insmod", str(KO / "params_all.ko"), "p_int=3")
    install(root, "rmmod params_all chain_a chain_b chain_c; modprobe params_all p_int=4; modprobe -i dia_base")
    ask(pymod)
    assert loaded(pymod) == ["dia_base", "params_all", "request_mod"]
    assert pymod("cat", "/sys/module/params_all/parameters/p_int")[0] == "4\n"
    assert pymod("rmmod", "params_all", "request_mod", "dia_base")[2] == 0
    assert loaded(pymod) == []


def test_the_state_cannot_be_replaced_meanwhile(root: Path, pymod: Run) -> None:
    """`pymod boot` is refused, and says why."""
    install(root, f"pymod boot --force 2> {root}/err; echo $? >> {root}/err")
    assert ask(pymod)[-1] == said(0)
    text = (root / "err").read_text()
    assert "cannot be replaced while a module of its kernel waits for this command" in text
    assert text.endswith("\n1\n")


def test_another_state_is_another_machine(root: Path, pymod: Run) -> None:
    """Commands that name another state change that one."""
    install(root, f"pymod --state {root}/other.json insmod {KO}/hello_export.ko")
    assert ask(pymod) == [ASKED, said(0)]
    assert loaded(pymod) == ["request_mod"]
    assert pymod("--state", f"{root}/other.json", "lsmod")[0].splitlines()[1].startswith("hello_export")


def test_output_goes_through_pipes(root: Path, pymod: Run) -> None:
    """A command's streams are its own: pipes, files, a reader that leaves."""
    install(
        root, f"lsmod | cat > {root}/out; modprobe -c | head -c 3 >> {root}/out; lsmod | false; modprobe -i dia_base"
    )
    assert ask(pymod) == [ASKED, STARTED, said(0)]
    assert (root / "out").read_text().splitlines()[1].split() == ["request_mod", "16384", "1"]


@pytest.mark.parametrize("command", ["sleep 1000", "sleep 1000 & wait", "while :; do :; done"])
def test_a_command_that_does_not_end(root: Path, pymod: Run, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    """After a time the wait is given up, as by a signal, and nothing of the command is left."""
    monkeypatch.setattr(host_command, "_SECONDS", 1)
    install(root, f"echo $$ > {root}/pid; {command}")
    assert ask(pymod) == [ASKED, said(-512)]
    assert not living(int((root / "pid").read_text()))
    assert loaded(pymod) == ["request_mod"]


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("kill -9 $$", 0),
        ("exit 3", 256),
        ("no_such_command", 256),
        ("timeout -s KILL 0.01 modprobe chain_a; :", 0),
        ("modprobe chain_a & exit 5", 256),
    ],
)
def test_commands_that_fail(root: Path, pymod: Run, command: str, status: int) -> None:
    """As in kmod only an exit status counts, and the module that asks goes on."""
    install(root, f"modprobe hello_export; {command}")
    assert ask(pymod)[-1] == said(status)
    assert loaded(pymod)[-1] == "request_mod"
    assert "hello_export" in loaded(pymod)


def test_a_command_that_outlives_the_call(root: Path, pymod: Run) -> None:
    """What goes on in the background finds the state as it is stored then."""
    install(root, f"(sleep 1; modprobe chain_c; echo $? > {root}/done) & :")
    assert ask(pymod) == [ASKED, said(0)]
    for _ in range(600):
        if (root / "done").exists():
            break
        time.sleep(0.1)
    time.sleep(0.1)
    assert (root / "done").read_text() == "0\n"
    assert loaded(pymod) == ["chain_c", "request_mod"]


def test_a_tool_that_dies_in_the_kernel(root: Path, pymod: Run) -> None:
    """It dies in the command's eyes too, and the kernel goes on."""
    install(root, f"insmod {KO}/oopser.ko; echo $? > {root}/status")
    assert ask(pymod)[-1] == said(0)
    assert (root / "status").read_text() == "137\n"


def test_a_module_that_asks_for_itself(root: Path, pymod: Run) -> None:
    """By a command, too, it waits for ever; the wait is given up, and nothing is left."""
    install(root, f"echo $$ > {root}/pid; modprobe -i request_mod", "request_mod")
    assert ask(pymod, "request_mod")[-1] == said(-512)
    assert not living(int((root / "pid").read_text()))


def test_modules_that_ask_for_each_other(root: Path, pymod: Run) -> None:
    """Each asks for the next until one is asked for that waits already."""
    install(root, "modprobe -i request_more names=request_mod", "request_more")
    assert ask(pymod, "request_more")[-1] == said(0)
    needed = "an end of /sbin/modprobe -q -- request_mod, which waits for a module that waits for it"
    assert f"request_more: init: not run to its end, needs {needed}" in pymod("dmesg", "-t")[0]


def test_scripts_of_the_machine(root: Path, pymod: Run) -> None:
    """The program that loads modules may be a script, which lies below the root, and calls kmod's tools by a path."""
    script = root / "loader"
    script.write_text('#!/bin/sh\nif /sbin/modprobe -n no_such; then exit 9; fi\nexec /sbin/modprobe "$3"\n')
    script.chmod(0o755)
    pymod("write", "/proc/sys/kernel/modprobe", "/loader")
    assert ask(pymod) == [ASKED, STARTED, said(0)]


@pytest.mark.parametrize("text", [b"\x7fELF" + bytes(12) + b"\2" + bytes(50), b"#!/usr/bin/python3\n"])
def test_programs_that_are_not_run(root: Path, pymod: Run, text: bytes) -> None:
    """Of others nobody knows what they would call: the call needs them."""
    interpreter = root / "usr/bin/python3"
    interpreter.parent.mkdir(parents=True)
    interpreter.write_bytes(b"\x7fELF" + bytes(12) + b"\2")
    (root / "loader").write_bytes(text)
    for path in (root / "loader", interpreter):
        path.chmod(0o755)
    pymod("write", "/proc/sys/kernel/modprobe", "/loader")
    needed = "/loader" if text.startswith(b"\x7f") else "/usr/bin/python3"
    assert ask(pymod) == [ASKED, f"request_mod: init: not run to its end, needs {needed}"]


def test_a_folder_for_temporary_files_with_a_long_name(root: Path, pymod: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The socket's path has room all the same."""
    folder = root / ("d" * 150)
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    install(root, "modprobe -i dia_base")
    assert ask(pymod) == [ASKED, STARTED, said(0)]


def test_the_command_is_gone_when_its_caller_is_killed(root: Path, pymod: Run) -> None:
    """Whoever kills insmod kills what its modules wait for, and the state is as before."""
    install(root, f"modprobe hello_export; echo $$ > {root}/pid; sleep 1000")
    pymod("dmesg", "-C")
    before = Path(os.environ["PYMOD_STATE"]).read_bytes()
    words = ["-m", "modtools", "insmod", str(KO / "request_mod.ko"), "name=dia_base"]
    process = subprocess.Popen([sys.executable, *words])
    for _ in range(1200):
        if (root / "pid").exists() and (root / "pid").read_text():
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    group = int((root / "pid").read_text())
    deadline = time.monotonic() + 60
    while living(group):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert Path(os.environ["PYMOD_STATE"]).read_bytes() == before


def test_a_full_disk_leaves_the_state_as_it_was(root: Path, pymod: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is stored before the end, and nothing at all if that fails."""
    pymod("modprobe", "chain_c")
    state = Path(os.environ["PYMOD_STATE"])
    before = state.read_bytes()
    install(root, "modprobe -i dia_base")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    store = Store(state)
    monkeypatch.setattr(type(store.parts), "write", full)
    _, errors, status = pymod("insmod", str(KO / "request_mod.ko"), "name=dia_base")
    assert (status, "No space left on device" in errors) == (1, True)
    assert state.read_bytes() == before


def test_streams_that_are_closed() -> None:
    """What the kernel starts has none; what a command has open is noted while its work is done."""
    assert inside.closed_streams() == ()
    program = inside.Program([], dict(os.environ), os.getcwd(), 0o022, {1: 1})  # noqa: PTH109
    with inside.being(program):
        assert inside.closed_streams() == (0, 2)
    assert inside.closed_streams() == ()
