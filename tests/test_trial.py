"""`pymod --kernel KERNEL TOOL`: a command with a kernel of its own, of which nothing stays."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from modtools.clicked import pymod as command
from modtools.profiles import load
from modtools.tools import TOOLS
from tests.running import KO, Run, runner
from tests.sources.test_sources import NEXT, ours, tree_of

HELLO = str(KO / "hello_export.ko")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which temporary files are made, empty."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str], temporary: Path) -> Iterator[Run]:
    """Run pymod in this process, on a machine with a module. It stays as it is, and nothing temporary is left."""
    run = runner(capfd)
    assert run("insmod", HELLO)[2] == 0
    state = Path(os.environ["PYMOD_STATE"])
    before = state.read_bytes(), sorted(Path(f"{state}.pymod").iterdir())
    yield run
    assert (state.read_bytes(), sorted(Path(f"{state}.pymod").iterdir())) == before
    assert list(temporary.iterdir()) == []


def test_the_kernel_is_there_for_one_command(pymod: Run) -> None:
    """It is just booted; the next command meets the machine again."""
    release = load("debian-13").release
    assert pymod("--kernel", "debian-13", "uname")[0] == f"{release}\n"
    assert pymod("--kernel", "debian-13", "lsmod")[0].splitlines()[1:] == []
    assert pymod("lsmod")[0].splitlines()[1].startswith("hello_export ")


def test_a_module_is_judged_by_another_kernel(pymod: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command ends as it would there, and the log, which nobody could look up later, is printed beside."""
    monkeypatch.setenv("PYMOD_HINTS", "1")
    tree = tree_of(ours(), tmp_path / NEXT, NEXT)
    _, errors, status = pymod("--kernel", "debian-13", "insmod", HELLO)
    assert status == 1
    assert errors.splitlines()[0] == f"insmod: ERROR: could not insert module {HELLO}: Invalid module format"
    assert "The kernel said:\n[    0.000000] module hello_export: .gnu.linkonce.this_module section size" in errors
    assert "pymod dmesg" not in errors
    assert f"{HELLO}: its struct module has another size than the kernel's." in errors
    assert f"`--kernel {HELLO}` is one that it fits." in errors
    assert pymod("--kernel", HELLO, "insmod", HELLO)[2] == 0
    output, errors, status = pymod("--kernel", str(tree), "insmod", str(tree / "hello_export.ko"))
    assert (output, status) == ("", 0)
    assert "The kernel said:\n[    0.000000] hello_export: loading out-of-tree module taints kernel.\n" in errors
    monkeypatch.setenv("PYMOD_HINTS", "0")
    assert "The kernel said" not in pymod("--kernel", "debian-13", "insmod", HELLO)[1]


def test_words_complete_each_other(pymod: Run, tmp_path: Path) -> None:
    """Several --kernel are one kernel, as several words of boot are; contradictions are refused."""
    tree = tree_of(ours(), tmp_path / NEXT, NEXT)
    (tmp_path / "list").write_text("0x12345678\tmine\tvmlinux\tEXPORT_SYMBOL\t\n")
    output, _, status = pymod("--kernel", str(tree), "--kernel", str(tmp_path / "list"), "status", "--json")
    facts = json.loads(output)["machine"]["facts"]
    assert status == 0
    assert (facts["release"]["source"], facts["symbols"]["source"]) == (str(tree), str(tmp_path / "list"))
    _, errors, status = pymod("--kernel", str(tree), "--kernel", HELLO, "status")
    assert status == 1
    assert "name one kernel" in errors


@pytest.mark.parametrize("tool", sorted(TOOLS.keys() - {"boot"}))
def test_every_tool_takes_it(pymod: Run, tool: str) -> None:
    """It stands before the tool's name, for kmod's tools as for the others."""
    assert pymod("--kernel", "debian-13", tool, "--help")[2] == 0
    assert "--kernel" not in pymod("--kernel", "debian-13", tool, "--nonsense")[1]


def test_what_makes_no_sense_is_refused(pymod: Run) -> None:
    """boot keeps a kernel, --state names a machine, and a KERNEL must be one."""
    for words, told in (
        (("--kernel", "debian-13", "boot"), "`pymod boot KERNEL` boots a kernel"),
        (("--kernel", "debian-13", "--state", "mine.json", "lsmod"), "leave out --state mine.json"),
        (("--kernel", "debian-13", "--state", "mine.json", "status"), "leave out --state mine.json"),
        (("--kernel", "nothing", "lsmod"), "there is neither a file nothing nor a kernel of that name"),
    ):
        output, errors, status = pymod(*words)
        assert (output, status) == ("", 1)
        assert errors.startswith("pymod: ERROR: ")
        assert told in errors


def test_click_runs_it_as_well(temporary: Path) -> None:
    """Whoever calls the command by click has the same."""
    for words in (["uname"], ["status", "--json"], ["lsmod", "--json"]):
        done = CliRunner().invoke(command, ["--kernel", "debian-13", *words])
        assert done.exit_code == 0
    assert list(temporary.iterdir()) == []


def test_a_kernel_that_kills_leaves_nothing(pymod: Run, temporary: Path) -> None:
    """The command ends by the signal, after its kernel was removed and its log printed."""
    pytest.importorskip("unicorn")
    assert pymod("lsmod")[2] == 0
    done = subprocess.run(
        [sys.executable, "-m", "modtools", "--kernel", "debian-12", "insmod", str(KO / "oopser.ko")],
        capture_output=True,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary), "PYMOD_HINTS": "1"},
        check=False,
    )
    assert done.returncode == -9
    assert "The kernel killed this command (oopser: init).\nThe kernel said:\n" in done.stderr
    assert "BUG: kernel NULL pointer dereference" in done.stderr
