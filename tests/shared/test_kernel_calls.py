"""insmod, rmmod and modprobe say what of a module was not really run, and tell in JSON all that they asked for."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from modtools import cli, endings
from modtools.emulate.symbols.registry import find
from modtools.shared.kernel_calls import NOT_RUN
from tests.reference import CHECKOUT, RELEASE
from tests.running import KO, Run, runner
from tests.samples import DATA

INIT = "hello_export: init was not run to its end, taken to return 0: needs _printk"
EXIT = "hello_export: exit was not run to its end: needs _printk"


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """pymod in this process."""
    pytest.importorskip("unicorn")
    return runner(capfd)


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Takes a function of the kernel away that almost every module needs."""

    def take() -> None:
        without_printk = lambda name: None if name == "_printk" else find(name)  # noqa: E731
        monkeypatch.setattr("modtools.emulate.symbols.addresses.find", without_printk)

    return take


@pytest.fixture
def tree() -> None:
    """A module tree with some modules, one of which needs another."""
    folder = Path(os.environ["PYMOD_ROOT"]) / "lib/modules" / RELEASE
    folder.mkdir(parents=True)
    for name in ("hello_export", "hello_use_export", "fail_einval", "oopser"):
        shutil.copy(KO / f"{name}.ko", folder)
    assert cli.main(["pymod", "depmod"]) == 0


def called(pymod: Run, *words: str) -> dict[str, Any]:
    """What was asked of the kernel, by JSON: the last of it; the exit status is that of the document."""
    output, _, status = pymod(words[0], "--json", *words[1:])
    document = json.loads(output)
    assert document["exit_status"] == status
    call: dict[str, Any] = document["calls"][-1]
    return call


def test_an_init_that_stopped_is_said(pymod: Run, lacking: Callable[[], None]) -> None:
    """On standard error, always; a link in kmod's place says nothing. With --strict it is no success."""
    lacking()
    path = str(KO / "hello_export.ko")
    assert pymod("insmod", path) == ("", f"insmod: WARNING: {INIT}\n", 0)
    assert pymod("rmmod", "hello_export") == ("", "", 0)
    assert pymod("insmod", "--strict", path) == ("", f"insmod: WARNING: {INIT}\n", NOT_RUN)
    why = "rmmod: WARNING: hello_export: exit was not run: as init was not\n"
    assert pymod("rmmod", "--strict", "hello_export") == ("", why, NOT_RUN)
    assert cli.main(["insmod", path]) == 0


def test_an_exit_that_stopped_is_said(pymod: Run, lacking: Callable[[], None]) -> None:
    """The module is gone all the same."""
    path = str(KO / "hello_export.ko")
    assert pymod("insmod", "--strict", path) == ("", "", 0)
    lacking()
    assert pymod("rmmod", "--strict", "hello_export") == ("", f"rmmod: WARNING: {EXIT}\n", NOT_RUN)
    assert "hello_export" not in pymod("lsmod")[0]


@pytest.mark.usefixtures("tree")
def test_modprobe_says_it_of_each_module(pymod: Run, lacking: Callable[[], None]) -> None:
    """One line for each module that it loaded; -q takes the lines away, and not the status."""
    lacking()
    said = f"modprobe: WARNING: {INIT}\nmodprobe: WARNING: {INIT.replace('hello_', 'hello_use_', 1)}\n"
    assert pymod("modprobe", "hello_use_export") == ("", said, 0)
    assert pymod("modprobe", "-r", "hello_use_export") == ("", "", 0)
    assert pymod("modprobe", "-q", "--strict", "hello_use_export") == ("", "", NOT_RUN)


def test_what_was_only_assumed_is_no_success_for_strict(pymod: Run) -> None:
    """With --no-run nothing is known, which is said where somebody wants to know."""
    path = str(KO / "hello_export.ko")
    why = "init was not run, taken to return 0: running code is switched off (--no-run or PYMOD_RUN=0)"
    assert pymod("insmod", "--no-run", path) == ("", "", 0)
    assert pymod("rmmod", "hello_export") == ("", "", 0)
    said = f"insmod: WARNING: hello_export: {why}\n"
    assert pymod("insmod", "--no-run", "--strict", path) == ("", said, NOT_RUN)
    assert pymod("insmod", "--strict", str(KO / "noinit.ko")) == ("", "", 0)


def test_relocations_that_were_not_applied_are_no_success_for_strict(pymod: Run, tmp_path: Path) -> None:
    """Nor where there is no init that could show it; rmmod has nothing to relocate."""
    path = tmp_path / "quiet.ko"
    path.write_bytes((DATA / "samples/s390x-prel.ko").read_bytes().replace(b"\0init_module\0", b"\0Init_module\0"))
    assert pymod("boot", "--like", str(path))[2] == 0
    assert pymod("insmod", str(path)) == ("", "", 0)
    name = pymod("lsmod")[0].split()[-3]
    assert json.loads(pymod("rmmod", "--json", name)[0])["calls"][0]["linked"]
    call = called(pymod, "insmod", str(path))
    assert (call["how"], call["linked"]) == ("none", False)
    assert pymod("rmmod", name)[2] == 0
    said = f"insmod: WARNING: {name}: its relocations were not applied: they may not fit\n"
    assert pymod("insmod", "--strict", str(path)) == ("", said, NOT_RUN)


def test_an_error_is_more_than_strict(pymod: Run) -> None:
    """What failed fails with kmod's status."""
    assert pymod("insmod", "--strict", str(KO / "fail_einval.ko"))[2] == 1


def test_json_says_how_init_went(pymod: Run, lacking: Callable[[], None]) -> None:
    """Returned what, needed what; with the lines that were logged by this call only."""
    path = str(KO / "hello_export.ko")
    good = called(pymod, "insmod", path)
    assert (good["module"], good["path"], good["errno"], good["causes"]) == ("hello_export", path, 0, [])
    assert (good["function"], good["how"], good["value"]) == ("init", "returned", 0)
    assert good["log"][-1] == "Hello,world"
    gone = called(pymod, "rmmod", "hello_export")
    assert (gone["action"], gone["function"], gone["how"]) == ("remove", "exit", "returned")
    assert gone["log"] == ["Bye bye"]
    lacking()
    stopped = called(pymod, "insmod", path)
    assert (stopped["errno"], stopped["how"], stopped["detail"]) == (0, "needs", "_printk")


def test_json_says_why_the_kernel_refused(pymod: Run) -> None:
    """The errno, its causes, what init returned; code that did not get to run says nothing."""
    failed = called(pymod, "insmod", str(KO / "fail_einval.ko"))
    assert (failed["errno"], failed["how"], failed["value"]) == (22, "returned", -22)
    assert failed["causes"] == [{"kind": "code-refused", "subject": "fail_einval: init", "detail": "-22"}]
    lost = called(pymod, "insmod", str(KO / "hello_use_export.ko"))
    assert (lost["errno"], lost["how"], lost["killed"]) == (2, None, False)
    assert lost["causes"] == [{"kind": "symbol-unknown", "subject": "hello_export", "detail": ""}]
    assert lost["log"][-1] == "hello_use_export: Unknown symbol hello_export (err -2)"


@pytest.mark.usefixtures("tree")
def test_json_of_modprobe_has_the_calls_beside_the_steps(pymod: Run) -> None:
    """Each module that was handed to the kernel, or taken from it."""
    output = json.loads(pymod("modprobe", "--json", "hello_use_export")[0])
    assert [(call["module"], call["how"]) for call in output["calls"]] == [
        ("hello_export", "returned"),
        ("hello_use_export", "returned"),
    ]
    output = json.loads(pymod("modprobe", "-r", "--json", "hello_use_export")[0])
    assert [(call["action"], call["module"]) for call in output["calls"]] == [
        ("remove", "hello_use_export"),
        ("remove", "hello_export"),
    ]
    assert called(pymod, "modprobe", "fail_einval")["errno"] == 22


@pytest.mark.parametrize("tool", ["insmod", "modprobe"])
@pytest.mark.parametrize(
    ("words", "signal", "log"),
    [
        ([str(KO / "oopser.ko")], -9, "BUG: kernel NULL pointer dereference"),
        ([str(DATA / "insn.ko"), "what=int0"], -11, "divide error: 0000 [#1]"),
    ],
)
def test_a_process_that_dies_writes_its_json_first(tool: str, words: list[str], signal: int, log: str) -> None:
    """The kernel oopses in init: the document says so, and the process is killed by the signal as without --json."""
    pytest.importorskip("unicorn")
    command = [sys.executable, "-m", "modtools", tool, "--json", *words]
    done = subprocess.run(command, capture_output=True, text=True, cwd=CHECKOUT)
    (call,) = json.loads(done.stdout)["calls"]
    assert (done.returncode, call["killed"], call["how"]) == (signal, True, "killed")
    assert any(line.startswith(log) for line in call["log"])


RETURNED = (
    "fail_einval: init returned -22. A driver whose device is not there returns -19 (ENODEV): see the kernel's log.\n"
)


@pytest.mark.usefixtures("tree")
def test_hints_name_who_exports_a_symbol(pymod: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside insmod's own words stands what to do; and that the log says more. Not with -q, nor from a link."""
    monkeypatch.setenv("PYMOD_HINTS", "1")
    path = str(KO / "hello_use_export.ko")
    error = f"insmod: ERROR: could not insert module {path}: Unknown symbol in module\n"
    hint = f"{path}: hello_export is exported by hello_export, which is not loaded. Load hello_export first, or use"
    hint += " modprobe, which does so.\n"
    log = "`pymod dmesg` shows what the kernel said, `pymod explain` what that means.\n"
    assert pymod("insmod", path) == ("", error + hint + log, 1)
    reason = "modprobe: ERROR: could not insert 'fail_einval': Invalid argument\n"
    failed = Path(pymod("root")[0].strip(), "lib/modules", RELEASE, "fail_einval.ko")
    assert pymod("modprobe", "fail_einval")[1] == reason + f"{failed}: {RETURNED}" + log
    assert pymod("modprobe", "-q", "fail_einval")[1] == ""


@pytest.mark.usefixtures("tree")
def test_who_is_killed_is_told(pymod: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel kills insmod when init oopses; where to look for the reason stands on standard error."""
    monkeypatch.setenv("PYMOD_HINTS", "1")
    monkeypatch.setattr(endings, "_die", lambda _killed: 137)
    hint = "The kernel killed this command (oopser: init): `pymod dmesg` shows why.\n"
    assert pymod("insmod", str(KO / "oopser.ko")) == ("", hint, 137)
    assert pymod("boot")[2] == 0
    assert pymod("modprobe", "-q", "oopser") == ("", "", 137)


def test_a_module_without_a_version_is_told_why(pymod: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who was built without the Module.symvers of another module is not said to be for another kernel."""
    monkeypatch.setenv("PYMOD_HINTS", "1")
    assert pymod("insmod", str(KO / "hello_export.ko")) == ("", "", 0)
    data = (KO / "hello_use_export.ko").read_bytes()
    path = Path(os.environ["PYMOD_STATE"]).with_name("unversioned.ko")
    path.write_bytes(data.replace(b"hello_export".ljust(56, b"\0"), b"other_symbol".ljust(56, b"\0")))
    assert path.read_bytes() != data
    errors = pymod("insmod", str(path))[1]
    assert f"{path}: the module has no CRC for hello_export. Build it with the Module.symvers of the module" in errors
    assert "another kernel" not in errors


def test_hints_of_rmmod(pymod: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the kernel refuses to remove."""
    monkeypatch.setenv("PYMOD_HINTS", "1")
    assert pymod("insmod", str(KO / "permanent.ko")) == ("", "", 0)
    hint = "permanent has an init and no exit function. It stays until the next boot. `pymod boot` is one.\n"
    assert pymod("rmmod", "permanent")[1].endswith(hint)
