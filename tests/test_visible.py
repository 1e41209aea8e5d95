"""What modules, logs and names bring along acts on no terminal: every command of pymod's own writes it out."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.visible import printable
from tests.relations import SmallTree
from tests.running import KO, Run, runner

ODD = "\x1b]0;gone\x07\x9b31m\u202e"
"""Sets a terminal's title, changes its colour, and turns the direction of writing."""


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs pymod in this process."""
    return runner(capfd)


@given(st.text(st.characters() | st.characters(categories=["Cs", "Cc", "Cf", "Zl"])))
def test_all_that_is_printed_can_be_seen(text: str) -> None:
    """Nothing is left that a terminal, a browser or an XML parser would not show; what can be seen stays."""
    shown = printable(text)
    assert shown.isprintable()
    assert shown.encode().decode() == shown
    if text.isprintable():
        assert shown == text
    assert printable(text, "\n").count("\n") == text.count("\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("line\r\n\tmore", "line\\r\\n\\tmore"),
        ("byte\udcff", "byte\\xff"),
        ("\ud800", "\\ud800"),
        ("abc\u202ekm", "abc\\u202ekm"),
        ("\U000e0001", "\\U000e0001"),
        ("größer 模块", "größer 模块"),
    ],
)
def test_what_cannot_be_seen_is_written_as_python_does(text: str, shown: str) -> None:
    """A control character, a byte that is not UTF-8, and what turns the direction of writing."""
    assert printable(text) == shown


COMMANDS = {
    "a line that is explained": ("explain", f"{ODD}mod: disagrees about version of symbol {ODD}x"),
    "a module that is explained": ("explain", "--kernel", "debian-12", "--module", "FILE", "Invalid module format"),
    "a module that is checked": ("check", "--kernel", "debian-12", "FILE"),
    "a module that is not there": ("check", f"/{ODD}.ko"),
    "modules of two kernels": ("diff", "debian-12", "debian-12", "FILE"),
    "who brings it in": ("why", "--all", "odd"),
    "what keeps it out": ("why", "--not", "odd"),
    "what keeps out what is not there": ("why", "--not", f"x{ODD}"),
    "who is not there": ("why", f"x{ODD}"),
    "a graph": ("graph", "odd"),
    "a graph for dot": ("graph", "--format", "dot", "odd"),
    "what is missing of an image": ("closure", "odd"),
    "an image of nothing": ("closure", f"x{ODD}"),
    "hints": ("insmod", "FILE"),
    "a kernel that is not there": ("boot", f"x{ODD}"),
    "the kernel": ("status",),
    "a tool that is not there": (f"x{ODD}",),
}


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_nothing_acts_on_a_terminal(
    words: tuple[str, ...], pymod: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control characters in modules, names and configuration are seen, and not done, by whatever way they come."""
    monkeypatch.setenv("PYMOD_HINTS", "1")
    file = tmp_path / f"odd{ODD}.ko"
    shutil.copy(KO / "hello_use_export.ko", file)
    tree = SmallTree(tmp_path / "root", {"odd": {"info": [f"firmware=fw{ODD}", f"alias=pci:{ODD}*"]}})
    tree.config(f"blacklist odd\nsoftdep odd pre: gone{ODD}\ninstall odd /bin/{ODD}false\nalias a{ODD} odd\n")
    assert pymod("boot", "--cmdline", f"quiet {ODD}")[2] == 0
    output, errors, _ = pymod("--root", str(tree.root), *(str(file) if word == "FILE" else word for word in words))
    ours = "".join(line for line in errors.splitlines(keepends=True) if not line.startswith("insmod: ERROR"))
    said = output + ours
    assert said
    assert not [char for char in said if not char.isprintable() and char not in "\n\t"]


def test_what_programs_read_is_as_it_is(pymod: Run, tmp_path: Path) -> None:
    """A list of files for tar and messages of kmod's tools have the bytes that they have."""
    tree = SmallTree(tmp_path / "root", {"odd": {}})
    config = tree.config("options odd a=1\n", f"etc/modprobe.d/{ODD}.conf")
    assert config in pymod("--root", str(tree.root), "closure", "odd")[0].splitlines()
    assert os.fsdecode(ODD.encode()) in pymod("insmod", f"/{ODD}.ko")[1]
