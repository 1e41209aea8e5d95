"""What the documents show is what happens."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from modtools import profiles
from modtools.emulate import KERNEL
from tests.reference import CHECKOUT, RELEASE, kernel_headers
from tools import commands

README = (CHECKOUT / "README.md").read_text("utf-8")


def shell(command: str) -> str:
    """What a command prints, standard error included, run in the checkout with this pymod on the PATH."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "LC_ALL": "C", "COLUMNS": "100"}
    words = ["sh", "-c", command]
    process = subprocess.run(
        words, cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    return process.stdout


def console_blocks(text: str) -> list[list[tuple[str, str]]]:
    """The ```console blocks of a document, each as commands with the output shown under them."""
    blocks = re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE) for block in blocks]


PAGES = README + "".join((CHECKOUT / f"docs/{name}.md").read_text("utf-8") for name in ("check", "images", "teaching"))


@pytest.mark.parametrize("block", console_blocks(PAGES), ids=lambda block: block[0][0])
def test_the_readme_shows_what_happens(block: list[tuple[str, str]]) -> None:
    """Each console block of README and docs, typed as written on a machine just booted, prints what stands there."""
    assert [(command, shell(command)) for command, _ in block] == block


def first_commands() -> list[str]:
    """The commands in backquotes of the section on what pymod is for."""
    section = README.partition("## What it is for")[2].partition("## ")[0]
    return re.findall(r"`(pymod [^`]*)`", section)


KO = CHECKOUT / "tests/transcripts/ko"
DRIVERS = {
    "good": (KO / "hello_export.ko", 0, "Hello,world"),
    "wants a symbol": (KO / "hello_use_export.ko", 1, "Unknown symbol hello_export"),
    "fails": (KO / "fail_enodev.ko", 1, "fail_enodev"),
    "is not run": (KO / "hello_export.ko", 1, "init: not run"),
}
"""A driver, how the recipe ends, and a word of the log that it shows if that is not well."""


@pytest.mark.parametrize("kind", DRIVERS)
def test_the_recipe_for_ci_fails_when_the_driver_does(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends well with a driver that loads; with one that does not, or is not run, it fails with the log."""
    pytest.importorskip("unicorn")
    monkeypatch.setenv("PYMOD_RUN", "0" if kind == "is not run" else "1")
    driver, status, told = DRIVERS[kind]
    (recipe,) = (command for command in first_commands() if "symvers" in command)
    assert "driver.ko" in recipe
    shutil.copy(driver, tmp_path / "driver.ko")
    symbols = profiles.load(KERNEL).exports
    lines = (f"{symbol.crc or 0:#010x}\t{symbol.name}\tvmlinux\tEXPORT_SYMBOL\t\n" for symbol in symbols)
    (tmp_path / "Module.symvers").write_text("".join(lines))
    answer = shell(f"cd {tmp_path}; {recipe}; echo status $?")
    assert answer.endswith(f"status {status}\n")
    assert (told in answer) == (status != 0)


@pytest.mark.debian
@pytest.mark.headers
def test_everyones_first_commands_work(tmp_path: Path, debian_tree: Path) -> None:
    """What the README tells each kind of person to type first succeeds, with real files for the names that stand in."""
    root, typed = tmp_path / "root", first_commands()
    copy_modules(debian_tree, root)
    names = {"~/bin": tmp_path / "bin", "ROOT": root, "RELEASE": RELEASE, "btrfs": "libcrc32c"}
    names |= {"Module.symvers": kernel_headers() / "Module.symvers", "driver.ko": CHECKOUT / "examples/hello_export.ko"}
    for name, real in names.items():
        assert any(name in command for command in typed), name
        typed = [command.replace(name, str(real)) for command in typed]
    (tmp_path / "bin").mkdir()
    for command in typed:
        # A line may be two commands; what only the first complains of is in its words.
        answer = shell(f"{command}; echo status $?")
        assert answer.endswith("status 0\n"), answer
        assert "ERROR" not in answer, answer


def copy_modules(tree: Path, root: Path) -> None:
    """A root with a few of Debian's modules."""
    modules = Path("lib/modules") / RELEASE
    wanted = ["modules.order", "modules.builtin", "modules.builtin.modinfo"]
    wanted += ["kernel/lib/libcrc32c.ko", "kernel/crypto/crc32c_generic.ko"]
    for name in wanted:
        (root / modules / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(tree / modules / name, root / modules / name)


def test_the_readme_has_the_lesson() -> None:
    """There are blocks to run, and one is the lesson with both modules."""
    typed = [" ".join(command for command, _ in block) for block in console_blocks(README)]
    assert any("hello_export.ko" in words and "hello_use_export.ko" in words for words in typed)


def test_the_readme_is_one_screen() -> None:
    """It stays short enough to be read at once."""
    assert len(README.splitlines()) <= 60


def test_every_commands_help_is_in_the_documents() -> None:
    """docs/commands.md has each command with what it says to --help (`make docs` writes it)."""
    assert commands.DOCUMENT.read_text("utf-8") == commands.document()


def test_the_lesson_can_be_watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The script that `make demo` plays goes through: two refusals are part of it, and nothing of it is left behind."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    played = shell("sh examples/lesson.sh")
    assert "not have this tool" not in played
    assert re.findall(r"^\[exit status .*", played, re.MULTILINE) == ["[exit status 1]"] * 2
    assert "is in use by: hello_use_export" in played
    assert re.search(r"^ffffffffc0\w{6} T hello_export\t\[hello_export\]$", played, re.MULTILINE)
    assert "\nhello_use_export.ko: hello_export.ko\n" in played
    both = r"Module .*\nhello_use_export .* 0\nhello_export .* 1 hello_use_export\n"
    assert re.search(r"\$ pymod modprobe hello_use_export\n\$ pymod lsmod\n" + both, played)
    assert re.search(r"\$ pymod modprobe -r hello_use_export\n\$ pymod lsmod\nModule .*\n\Z", played)
    assert not list(tmp_path.glob("pymod-lesson*"))


@pytest.mark.parametrize(
    "document", sorted([*CHECKOUT.glob("*.md"), *CHECKOUT.glob("docs/*.md")]), ids=lambda path: path.name
)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    """A link to a file of the project names one that is there."""
    for target in re.findall(r"\]\(([^)#]+)", document.read_text("utf-8")):
        assert target.startswith("https://") or (document.parent / target).exists(), target
