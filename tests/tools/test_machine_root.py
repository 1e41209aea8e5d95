"""On a machine with a root of its own no path leads out of that, whatever links, names and paths lie in it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from modtools.place import Place
from tests.reference import RELEASE
from tests.running import KO, Run, runner

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


def test_depmod_and_modprobe_use_nothing_of_the_host(pymod: Run, root: Path, tmp_path: Path) -> None:
    """Modules, index files, configuration and module files that links would take from the host are not there, and
    nothing is written to it."""
    pymod("root")
    tree = root / "lib/modules" / RELEASE
    host = tmp_path / "host"
    (host / "secret").unlink()
    for name in ("chain_c", "dia_base"):
        shutil.copy(KO / f"{name}.ko", host)
    (host / "evil.conf").write_text("install evil true\nexternal * /\n")
    before = everything(host)
    (tree / "kernel").symlink_to(host)
    (tree / "chain_c.ko").symlink_to(host / "chain_c.ko")
    (root / "etc/modprobe.d/evil.conf").symlink_to(host / "evil.conf")
    (root / "etc/depmod.d").symlink_to(host)
    assert pymod("depmod")[2] == 0
    assert (tree / "modules.dep").read_text() == ""
    for words in (["modprobe", "chain_c"], ["modprobe", "evil"], ["modinfo", "dia_base"], ["rmmod", "chain_c"]):
        assert pymod(*words)[2] == 1
    # As if a depmod of the host had indexed them.
    for name in ("modules.dep.bin", "modules.alias.bin"):
        (tree / name).rename(host / name)
        (tree / name).symlink_to(host / name)
    (tree / "modules.order").unlink()
    (tree / "modules.order").symlink_to(host / "order")
    (host / "order").touch()
    inside = {path: path.read_bytes() for path in host.iterdir()}
    assert pymod("depmod")[2] == 0
    assert {path: path.read_bytes() for path in host.iterdir()} == inside
    assert not (tree / "modules.dep.bin").is_symlink()
    assert everything(host) == sorted([*before, "modules.dep.bin", "modules.alias.bin", "order"])


def test_a_loaded_module_is_found_again_by_its_real_path(pymod: Run, root: Path) -> None:
    """One that lies behind an absolute link of the machine is loaded, and its exit runs."""
    pymod("root")
    tree = root / "lib/modules" / RELEASE
    (root / "opt").mkdir()
    shutil.copy(KO / "hello_export.ko", root / "opt")
    (tree / "hello_export.ko").symlink_to("/opt/hello_export.ko")
    assert pymod("depmod")[2] == 0
    assert pymod("modprobe", "hello_export") == ("", "", 0)
    assert pymod("modinfo", "-n", "hello_export")[0] == f"{tree}/hello_export.ko\n"
    assert pymod("modprobe", "-r", "hello_export") == ("", "", 0)
    assert "not run" not in pymod("dmesg")[0]


def test_completion_shows_nothing_of_the_host(pymod: Run, root: Path, tmp_path: Path) -> None:
    """Neither files nor modules, releases, aliases and parameters that links would take from it."""
    pymod("root")
    tree, host = root / "lib/modules" / RELEASE, tmp_path / "host"

    def offered(*words: str) -> list[str]:
        return pymod("completion", "bash", "--", "pymod", *words)[0].splitlines()

    (host / "modules.dep").write_text("secret_one.ko:\n")
    (host / "a.conf").write_text("alias secret_two x\n")
    (host / "secret_three").mkdir()
    shutil.copy(KO / "params_quiet.ko", host / "linked.ko")
    (tree / "modules.dep").symlink_to(host / "modules.dep")
    (root / "etc/modprobe.d/a.conf").symlink_to(host / "a.conf")
    assert offered("modprobe", "sec") == []
    assert offered("cat", "/out/") == offered("ls", "/folder/climb/s") == []
    (tree / "modules.dep").unlink()
    (tree / "modules.dep").write_text("linked.ko:\n/opt/inside.ko:\n")
    (tree / "linked.ko").symlink_to(host / "linked.ko")
    assert offered("modprobe", "linked", "p_") == []
    (root / "opt").mkdir()
    shutil.copy(KO / "params_quiet.ko", root / "opt/inside.ko")
    assert "p_int=" in offered("modprobe", "inside", "p_")
    (root / "lib").rename(root / "real")
    (root / "lib").mkdir()
    (root / "lib/modules").symlink_to(host)
    assert offered("modprobe", "--set-version=sec") == []
