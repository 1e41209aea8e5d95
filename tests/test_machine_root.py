"""On a machine with a root of its own no path leads out of that, whatever links, names and paths lie in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from modtools.place import Place
from tests.reference import RELEASE
from tests.running import Run, runner

SECRET = "a text of the host"


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """pymod in this process."""
    return runner(capfd)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The machine's root, with the host's secret beside it and links that would lead there."""
    (tmp_path / "host").mkdir()
    (tmp_path / "host/secret").write_text(SECRET)
    root = Place().root
    (root / "folder").mkdir(parents=True)
    (root / "up").symlink_to("/")
    (root / "out").symlink_to(tmp_path / "host")
    (root / "folder/climb").symlink_to("../" * 40 + str(tmp_path).lstrip("/") + "/host")
    (root / "file").symlink_to(tmp_path / "host/secret")
    return root


def everything(folder: Path) -> list[str]:
    """All that lies below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_cat_and_ls_never_show_the_host(pymod: Run, root: Path, tmp_path: Path) -> None:
    """By linked folders, linked files, `..` and all of these together."""
    host = str(tmp_path / "host")
    for path in (
        f"/up/{host}/secret",
        f"/up/up/{host}/secret",
        "/out/secret",
        "/folder/climb/secret",
        "/file",
        "../host/secret",
        "/folder/../../host/secret",
        f"/up/../../../../{host}/secret",
    ):
        assert pymod("cat", path) == ("", f"cat: can't open '{path}': No such file or directory\n", 1)
        assert pymod("ls", path) == ("", f"ls: {path}: No such file or directory\n", 1)
        assert pymod("write", path, "x")[2] == 1
    assert "folder" in pymod("ls", "/up/up/folder/..")[0].split()
    (root / "folder/own").write_text("the machine's")
    assert pymod("cat", "/up/folder/own")[0] == "the machine's"
    assert (tmp_path / "host/secret").read_text() == SECRET


def test_links_lead_into_the_kernels_folders(pymod: Run, root: Path) -> None:
    """A link to /proc is one to the machine's, be it the last name of a path or one on its way."""
    (root / "modules").symlink_to("/proc/modules")
    (root / "p").symlink_to("proc")
    (root / "loop").symlink_to("loop")
    (root / "folder/s").symlink_to("../up/sys")
    listed = pymod("cat", "/proc/modules")
    assert listed[2] == 0
    for path in ("/modules", "/p/modules", "/up/up/p/modules", "/folder/../up/modules"):
        assert pymod("cat", path) == listed
    assert pymod("ls", "/folder/s") == pymod("ls", "/sys")
    assert pymod("cat", "/loop/x") == ("", "cat: can't open '/loop/x': Too many levels of symbolic links\n", 1)


@pytest.mark.parametrize("place", ["etc", "lib", "lib/modules", "etc/modprobe.d", f"lib/modules/{RELEASE}"])
@pytest.mark.parametrize("tool", [["root"], ["boot"]], ids=lambda words: words[0])
def test_nothing_is_made_through_a_link_out_of_the_root(
    tool: list[str], place: str, pymod: Run, root: Path, tmp_path: Path
) -> None:
    """Where one of the machine's folders is a link to a folder of the host, nothing appears in that."""
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).symlink_to(tmp_path / "host")
    errors, status = pymod(*tool)[1:]
    assert (status, errors.count("\n")) == (1, 1)
    assert everything(tmp_path / "host") == ["secret"]


def test_what_is_there_stays(pymod: Run, root: Path) -> None:
    """`root` and `boot` change no file of a tree that is there; links within the root are followed."""
    (root / "usr/lib").mkdir(parents=True)
    (root / "lib").symlink_to("/usr/lib")
    tree = root / "usr/lib/modules" / RELEASE
    tree.mkdir(parents=True)
    (tree / "modules.order").write_text("kernel/a.ko\n")
    os.utime(tree / "modules.order", (1, 1))
    for words in (["root"], ["boot"], ["root"]):
        assert pymod(*words)[2] == 0
    assert everything(tree) == ["modules.order"]
    assert (tree / "modules.order").stat().st_mtime == 1
    (root / "usr/lib/modules" / RELEASE / "modules.order").unlink()
    tree.rmdir()
    assert pymod("root")[2] == 0
    assert everything(tree) == ["modules.builtin", "modules.builtin.modinfo", "modules.order"]
