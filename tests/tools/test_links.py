"""pymod links: kmod's tools out of pymod, for its own machine or in kmod's place; nobody else's files are touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from modtools.place import MACHINE, SYSTEM
from modtools.tools import KMOD_TOOLS, links
from tests.reference import RELEASE
from tests.running import KO, Run, runner

KINDS = pytest.mark.parametrize("kind", [[], ["--system"]], ids=["machine", "system"])


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """pymod in this process."""
    return runner(capfd)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for links, not made yet."""
    return tmp_path / "bin"


def call(path: Path, *words: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a link as a user who has set nothing, and whose folders are below `home`."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYMOD_", "XDG_"))}
    return subprocess.run(
        [str(path), *words], capture_output=True, text=True, env={**clean, "HOME": str(home), **environment}
    )


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


@KINDS
def test_each_link_is_the_tool_of_its_name(kind: list[str], pymod: Run, folder: Path, tmp_path: Path) -> None:
    """In kmod's words and with kmod's options only, for every kind; making them again changes nothing."""
    output, errors, status = pymod("links", *kind, str(folder))
    assert (errors, status, output.count(" -> ")) == ("", 0, 6)
    for name in KMOD_TOOLS:
        done = call(folder / name, "--no-run", home=tmp_path)
        assert (done.stderr, done.returncode) == (f"{name}: unrecognized option '--no-run'\n", 1)
    assert pymod("links", *kind, str(folder)) == (output, "", 0)


def test_all_links_speak_to_pymods_own_machine(pymod: Run, folder: Path, tmp_path: Path) -> None:
    """depmod indexes the tree below that machine's root, insmod loads into its kernel, and a link to the link, too."""
    pymod("links", str(folder))
    home = tmp_path / "home"
    tree = home / ".local/share/pymod/root/lib/modules" / RELEASE
    tree.mkdir(parents=True)
    shutil.copy(KO / "chain_c.ko", tree)
    assert call(folder / "depmod", home=home).returncode == 0
    assert (tree / "modules.dep").read_text() == "chain_c.ko:\n"
    (tmp_path / "insmod").symlink_to(folder / "insmod")
    assert call(tmp_path / "insmod", str(KO / "dia_base.ko"), home=home).returncode == 0
    assert call(folder / "modprobe", "chain_c", home=home).returncode == 0
    assert [line.split()[0] for line in call(folder / "lsmod", home=home).stdout.splitlines()[1:]] == [
        "chain_c",
        "dia_base",
    ]
    assert str(tree / "chain_c.ko") in call(folder / "modinfo", "chain_c", home=home).stdout
    other = tmp_path / "other"
    missing = call(folder / "modinfo", "chain_c", home=home, PYMOD_ROOT=str(other))
    assert missing.returncode == 1, "PYMOD_ROOT names another machine's root"


@pytest.mark.parametrize("kind", [["--system"]])
def test_links_of_the_system_stand_in_for_kmod(kind: list[str], pymod: Run, folder: Path, tmp_path: Path) -> None:
    """They look at the host's /lib/modules, whatever machine pymod has of its own."""
    pymod("links", *kind, str(folder))
    done = call(folder / "modinfo", "nothing_of_this_name", home=tmp_path)
    assert done.stderr == "modinfo: ERROR: Module nothing_of_this_name not found.\n"
    shown = call(folder / "modprobe", "nothing_of_this_name", home=tmp_path).stderr
    assert shown == (
        f"modprobe: FATAL: Module nothing_of_this_name not found in directory /lib/modules/{os.uname().release}\n"
    )


STRANGERS = {
    "a file": lambda path: path.write_text("mine"),
    "a link": lambda path: path.symlink_to("/bin/true"),
    "a dangling link": lambda path: path.symlink_to("/nowhere/at/all"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a hard link of the user's": lambda path: path.hardlink_to(KO / "../README.md"),
}


def _unread(path: Path) -> list[int]:
    """What the system knows of a file, but for when it was last read: whoever looks where a link leads has read it."""
    found = path.lstat()
    return [found.st_mode, found.st_ino, found.st_nlink, found.st_size, found.st_mtime_ns, found.st_ctime_ns]


@KINDS
@pytest.mark.parametrize("name", ["rmmod", "the script"])
@pytest.mark.parametrize("stranger", STRANGERS)
def test_nothing_that_is_not_pymods_is_replaced(
    kind: list[str], name: str, stranger: str, pymod: Run, folder: Path
) -> None:
    """Nothing at all is made then; with --force the name changes hands, and what it led to stays as it is."""
    script = SYSTEM if kind else MACHINE
    name = script if name == "the script" else name
    folder.mkdir()
    (folder / "target").write_text("mine")
    path = folder / name
    if stranger == "a hard link of the user's":
        path.hardlink_to(folder / "target")
    else:
        STRANGERS[stranger](path)
    before = _unread(path)
    refused = f"links: ERROR: {folder} has {name} already; --force replaces what is there\n"
    assert pymod("links", *kind, str(folder)) == ("", refused, 1)
    assert (names(folder), _unread(path)) == (sorted(["target", name]), before)
    assert pymod("links", *kind, "--force", str(folder))[1:] == ("", 0)
    assert (folder / "target").read_text() == "mine"
    assert path.is_symlink() == (name != script)
    wanted = {"target", *KMOD_TOOLS, script}
    assert names(folder) == sorted(wanted), "no temporary file is left"


@KINDS
def test_a_folder_is_never_replaced(kind: list[str], pymod: Run, folder: Path) -> None:
    """Not even with --force, and no other link is made then."""
    (folder / "modinfo/inside").mkdir(parents=True)
    for words in ([], ["--force"]):
        said = pymod("links", *kind, *words, str(folder))
        assert said == ("", f"links: ERROR: {folder} has a folder named modinfo\n", 1)
    assert names(folder) == ["modinfo"]


def test_one_kind_may_follow_the_other(pymod: Run, folder: Path) -> None:
    """Both are pymod's own, and so replaced without --force; the last one counts."""
    for words, leads_to in (([], MACHINE), (["--system"], SYSTEM), ([], MACHINE)):
        assert pymod("links", *words, str(folder))[1:] == ("", 0)
        assert {str((folder / name).readlink()) for name in KMOD_TOOLS} == {leads_to}


def test_the_script_works_with_any_python(
    pymod: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one whose path no first line of a script can hold, and whatever lies beside the script."""
    python = tmp_path / "a b" / "python"
    python.parent.mkdir()
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    pymod("links", str(folder))
    (folder / "modtools.py").write_text("raise SystemExit('not this one')")
    (folder / "os.py").write_text("raise SystemExit('nor this one')")
    done = call(folder / "lsmod", home=tmp_path)
    assert (done.stdout, done.stderr) == ("Module                  Size  Used by\n", "")


def test_where_no_first_line_can_name_python_the_system_gets_links(
    pymod: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the command pymod itself, in the place of those to a script, and the other way round."""
    pymod("links", "--system", str(folder))
    for python, leads_to in ((f"/{'long' * 40}/python", str(links._pymod())), (sys.executable, SYSTEM)):
        monkeypatch.setattr(sys, "executable", python)
        assert pymod("links", "--system", str(folder))[1:] == ("", 0)
        assert {str((folder / name).readlink()) for name in KMOD_TOOLS} == {leads_to}
        done = call(folder / "modinfo", "nothing_of_this_name", home=tmp_path)
        assert done.stderr == "modinfo: ERROR: Module nothing_of_this_name not found.\n"


@KINDS
def test_a_script_starts_python_isolated(kind: list[str], pymod: Run, folder: Path, tmp_path: Path) -> None:
    """Nothing of the environment's Python is imported, and yet all that pymod needs is found: click, which has help."""
    pymod("links", *kind, str(folder))
    (tmp_path / "sitecustomize.py").write_text("raise SystemExit('sitecustomize')")
    (tmp_path / "modtools.py").write_text("raise SystemExit('another modtools')")
    for variables in ({"PYTHONPATH": str(tmp_path)}, {"PYTHONHOME": str(tmp_path)}):
        done = call(folder / "lsmod", "--version", home=tmp_path, **variables)
        assert (done.stdout.splitlines()[0], done.stderr) == ("kmod version 34.2", "")
