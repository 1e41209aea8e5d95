"""`pymod completion`: what may come next on a command line, and the shells that ask it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from modtools import tools
from modtools.completion.candidates import ARGUMENTS, OPERANDS
from modtools.getopt import REQUIRED_ARGUMENT
from modtools.tools import OPTIONS, TOOLS
from tests import shells
from tests.reference import CHECKOUT
from tests.running import Run, load, runner

TYPED = {
    "pymod lsm": "pymod lsmod ",
    "pymod --st": "pymod --state=",
    "pymod --root=ex": "pymod --root=examples/",
    "pymod --root ex": "pymod --root examples/",
    "pymod help lsm": "pymod help lsmod ",
    "pymod insmod --no-": "pymod insmod --no-run ",
    "pymod modprobe --dirn": "pymod modprobe --dirname=",
    "pymod modprobe --dirname=ex": "pymod modprobe --dirname=examples/",
    "pymod modprobe --set-version=6.1": "pymod modprobe --set-version=6.1.0-56-amd64 ",
    "pymod modprobe hello_u": "pymod modprobe hello_use_export ",
    "pymod modprobe hello-u": "pymod modprobe hello-use_export ",
    "pymod modprobe -r hello_exp": "pymod modprobe -r hello_export ",
    "pymod modprobe hello_use_export w": "pymod modprobe hello_use_export whom=",
    "pymod modinfo hello_u": "pymod modinfo hello_use_export ",
    "pymod rmmod hello": "pymod rmmod hello_export ",
    "pymod insmod examples/hello_u": "pymod insmod examples/hello_use_export.ko ",
    "pymod insmod READ": "pymod insmod READ",
    "pymod insmod examples/hello_use_export.ko ho": "pymod insmod examples/hello_use_export.ko howmany=",
    "pymod cat /proc/mod": "pymod cat /proc/modules ",
    "pymod ls /sys/module/hello_export/sec": "pymod ls /sys/module/hello_export/sections/",
    "pymod write /sys/mod": "pymod write /sys/module/",
    "pymod completion z": "pymod completion zsh ",
    "pymod dmesg --level=err,w": "pymod dmesg --level=err,warn ",
}
"""A line typed in the checkout, and what Tab makes of it."""


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs pymod in this process."""
    return runner(capfd)


@pytest.fixture
def machine(pymod: Run, examples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with both examples in its tree, one of them loaded; the checkout is the current folder."""
    root, release = (pymod(word)[0].strip() for word in ("root", "uname"))
    for name in ("hello_export", "hello_use_export"):
        shutil.copy(examples / f"{name}.ko", f"{root}/lib/modules/{release}")
    assert pymod("depmod")[2] == 0
    assert pymod("modprobe", "hello_export") == ("", "", 0)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("XDG_CONFIG_HOME", root)
    monkeypatch.setenv("XDG_DATA_HOME", root)
    monkeypatch.chdir(CHECKOUT)


@pytest.mark.shells
@pytest.mark.parametrize("shell", ["bash", "zsh"])
@pytest.mark.parametrize("line", TYPED)
@pytest.mark.usefixtures("machine")
def test_tab_completes(shell: str, line: str, tmp_path: Path) -> None:
    """A person who types this and Tab has the word completed, with a blank after it if it is whole."""
    assert shells.typed(shell, line, tmp_path) == f"{TYPED[line]}|"


@pytest.mark.shells
@pytest.mark.parametrize("line", TYPED)
@pytest.mark.usefixtures("machine")
def test_fish_offers(line: str) -> None:
    """fish offers the same word, and no other one."""
    word = TYPED[line].rpartition(" ")[2] or TYPED[line].split()[-1]
    assert shells.asked(line) == ([word] if TYPED[line] != line else [])


@pytest.mark.shells
@pytest.mark.parametrize("kind", [[], ["--system"]], ids=["machine", "system"])
@pytest.mark.parametrize("shell", ["bash", "zsh"])
@pytest.mark.usefixtures("machine")
def test_links_are_completed_and_other_commands_left_alone(
    shell: str, kind: list[str], tmp_path: Path, pymod: Run
) -> None:
    """A link named rmmod is completed as that tool, without pymod's own options; another rmmod is not."""
    folder, other = tmp_path / "links", tmp_path / "other"
    assert pymod("links", *kind, str(folder))[2] == 0
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    assert shells.typed(shell, "rmmod hello", tmp_path, path=path) == "rmmod hello_export |"
    assert shells.typed(shell, "rmmod --no", tmp_path, path=path) == "rmmod --no|"
    other.mkdir()
    shutil.copy("/bin/true", other / "rmmod")
    path = f"{other}{os.pathsep}{os.environ['PATH']}"
    assert shells.typed(shell, "rmmod hello", tmp_path, path=path) == "rmmod hello|"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_sound(shell: str, pymod: Run) -> None:
    """The shell reads the whole script, and nothing is left to be filled in."""
    script, errors, status = pymod("completion", shell)
    assert (errors, status) == ("", 0)
    assert "insmod rmmod lsmod modprobe depmod modinfo" in script
    if shutil.which(shell):
        done = subprocess.run([shell, "-n", "/dev/stdin"], input=script, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")


def offered(pymod: Run, *words: str) -> list[str]:
    """What bash is offered for the last word."""
    output, errors, status = pymod("completion", "bash", "--", *words)
    assert (errors, status) == ("", 0)
    return output.splitlines()


def test_kernels_are_completed_by_name(pymod: Run) -> None:
    """The word that boots one; what is a file, the shell completes."""
    assert offered(pymod, "pymod", "boot", "debian-13") == ["debian-13", "debian-13-arm64", ":files"]


@pytest.mark.parametrize("name", TOOLS)
def test_every_tool_and_option_has_its_words(name: str, pymod: Run) -> None:
    """The tables know each tool and each option that takes an argument, and every name of an option is offered."""
    assert name in OPERANDS
    assert offered(pymod, "pymod", name, "") is not None
    options = offered(pymod, "pymod", name, "-")
    for switch in (option.switch for option in tools.load(name).options(linked=False)):
        takes = switch.takes == REQUIRED_ARGUMENT
        assert takes == ((name, switch.key) in ARGUMENTS), switch
        assert {f"-{short}" for short in switch.shorts} <= set(options)
        assert {f"--{long}{'=' * takes}" for long in switch.longs} <= set(options)


def test_the_tables_name_nothing_else() -> None:
    """No entry is left over of a tool or an option that is gone."""
    assert OPERANDS.keys() == TOOLS.keys()
    keys = {(name, option.key) for name in TOOLS for option in tools.load(name).options(linked=False)}
    assert ARGUMENTS.keys() <= keys | {("pymod", option.key) for option in OPTIONS}


def test_the_machine_is_the_one_on_the_line(pymod: Run, tmp_path: Path) -> None:
    """--state before the tool counts for what is offered, as it does for the tool."""
    load(pymod, "hello_export")
    assert offered(pymod, "pymod", "rmmod", "") == ["hello_export"]
    assert offered(pymod, "pymod", "--state", str(tmp_path / "none.json"), "rmmod", "") == []


@pytest.mark.usefixtures("machine")
def test_options_before_decide(pymod: Run, tmp_path: Path) -> None:
    """-d leads to another tree, -a asks for more modules, a wrong option and a finished line to nothing."""
    assert offered(pymod, "pymod", "modprobe", "-a", "hello_export", "hello_u") == ["hello_use_export"]
    assert offered(pymod, "pymod", "modprobe", "-d", str(tmp_path / "none"), "hello") == []
    assert offered(pymod, "pymod", "modprobe", "--dump-modversions", "x") == [":modules"]
    assert offered(pymod, "pymod", "modprobe", "--nonsense", "hello") == []
    assert offered(pymod, "pymod", "modprobe", "--", "--") == []
    assert offered(pymod, "pymod", "nonsense", "") == []
    assert offered(pymod, "pymod", "-C", "") == []


@pytest.mark.usefixtures("machine")
def test_aliases_that_somebody_gave_are_offered(pymod: Run, tmp_path: Path) -> None:
    """Those of modprobe.d, or of the file that -C names, are words to be typed; patterns are not, nor bad lines."""
    folder = Path(pymod("root")[0].strip(), "etc/modprobe.d")
    (folder / "a.conf").write_text(
        "alias hello-world hello_export\nalias hello-* x\nalias hello_bad\noptions hello_x a=1\n"
    )
    (tmp_path / "other").write_text("alias hello_other hello_export\n")
    modules = ["hello_export", "hello_use_export"]
    assert sorted(offered(pymod, "pymod", "modprobe", "hello_")) == [*modules, "hello_world"]
    assert offered(pymod, "pymod", "modprobe", "hello-w") == ["hello-world"]
    assert sorted(offered(pymod, "pymod", "modprobe", "-C", str(tmp_path / "other"), "hello_")) == sorted(
        [*modules, "hello_other"]
    )
    assert (
        pymod("completion", "fish", "--", "pymod", "modprobe", "hello_w")[0] == "hello_world\talias of hello_export\n"
    )


@pytest.mark.debian
def test_what_is_compiled_in_is_offered(pymod: Run, debian_tree: Path) -> None:
    """Modules that are compiled in are offered to modinfo, each by its name, once."""
    found = offered(pymod, "pymod", "--root", str(debian_tree), "modinfo", "")
    assert len(found) == len(set(found)) > 100
    assert {"ext4", "unix"} & set(found)


def test_nothing_is_imported_that_is_not_asked_for() -> None:
    """What is asked for with every Tab starts quickly: neither the drawing nor the ELF code nor other tools."""
    script = (
        "import sys; from modtools import cli;"
        " cli.main(['pymod', 'completion', 'bash', '--', 'pymod', 'rmmod', '']); print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=CHECKOUT)
    imported = set(done.stderr.split())
    assert "click" in imported
    assert not {"rich", "elftools", "unicorn", "platformdirs", "modtools.tools.modprobe"} & imported
