"""KERNEL as one word: a built-in kernel by its name, and everything else by what it holds."""

from __future__ import annotations

import gzip
import json
import lzma
from pathlib import Path

import pytest

from modtools import profiles
from modtools.kernel.facts import FACTS
from tests.reference import RELEASE, kernel_headers
from tests.running import KO, Run, runner
from tests.sources.test_sources import NEXT, ours, tree_of


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run pymod in this process, for a user who has saved no kernel."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return runner(capfd)


@pytest.mark.parametrize("name", [word for name in profiles.names() for word in (name, profiles.load(name).alias)])
def test_a_built_in_kernel_is_booted_by_its_name(pymod: Run, name: str) -> None:
    """By its whole name or its short one, and all that it exports is there."""
    profile = profiles.load(name)
    assert pymod("boot", name)[2] == 0
    machine = json.loads(pymod("status", "--json")[0])["machine"]
    assert [machine[key] for key in ("release", "machine", "vermagic", "unknown")] == [
        profile.release,
        profile.machine,
        profile.vermagic,
        [fact for fact in FACTS if fact in profile.unknown],
    ]
    assert pymod("uname")[0] == f"{profile.release}\n"
    assert pymod("cat", "/proc/version")[0] == f"{profile.version}\n"


def test_the_list_boots_nothing(pymod: Run) -> None:
    """Each built-in kernel is a row with the word that boots it; the machine stays as it was."""
    pymod("boot", "--release", NEXT)
    rows = json.loads(pymod("boot", "--list", "--json")[0])["kernels"]
    assert [row["name"] for row in rows] == list(profiles.names())
    assert [row["alias"] for row in rows] == ["debian-12", "debian-13", "debian-13-arm64"]
    assert pymod("uname")[0] == f"{NEXT}\n"


def test_a_word_is_recognised_by_what_it_holds(pymod: Run, tmp_path: Path) -> None:
    """A tree, a module, a System.map and a Module.symvers under any name tell what they tell by their options."""
    tree = tree_of(ours(), tmp_path / NEXT, NEXT)
    (tmp_path / "map").write_text("ffffffff82000000 r __ksymtab__printk\nffffffff81000000 T _printk\n")
    (tmp_path / "list").write_text("0x12345678\t_printk\tvmlinux\tEXPORT_SYMBOL\t\n")
    (tmp_path / "module").write_bytes((tree / "hello_export.ko").read_bytes())
    for option, path in (
        ("--tree", tree),
        ("--like", tmp_path / "module"),
        ("--system-map", tmp_path / "map"),
        ("--symvers", tmp_path / "list"),
    ):
        by_option = json.loads(pymod("boot", option, str(path), "--json")[0])
        assert json.loads(pymod("boot", str(path), "--json")[0]) == by_option


def test_what_tells_of_no_kernel_is_refused(pymod: Run, tmp_path: Path) -> None:
    """What is not there, what is of no known kind and what names two kernels is an error that says so."""
    (tmp_path / "text").write_text("nothing")
    for words, told in (
        (("no-such-kernel",), "there is neither a file no-such-kernel nor a kernel of that name"),
        ((str(tmp_path / "text"),), f"{tmp_path / 'text'} is nothing that tells of a kernel"),
        (("/dev/null",), "/dev/null: Not a regular file"),
        (("debian-12", "debian-13"), "are two kernels"),
    ):
        output, errors, status = pymod("boot", *words)
        assert (output, status) == ("", 1)
        assert told in errors


def test_a_file_of_a_built_in_kernels_module_boots_it(pymod: Run) -> None:
    """A module that is for a built-in kernel is a word for that one."""
    assert pymod("boot", str(KO / "hello_export.ko"))[2] == 0
    assert json.loads(pymod("status", "--json")[0])["machine"]["unknown"] == []


def test_a_packed_module_is_a_module(pymod: Run, tmp_path: Path) -> None:
    """In whichever way it is packed, and whatever it is called: images are packed in the same ways."""
    content = (KO / "hello_export.ko").read_bytes()
    for pack in (gzip.compress, lzma.compress):
        (tmp_path / "packed").write_bytes(pack(content))
        assert pymod("boot", str(tmp_path / "packed"))[2] == 0
        assert pymod("uname")[0] == f"{RELEASE}\n"


@pytest.mark.debian
def test_an_image_and_headers_complete_each_other(pymod: Run, debian_tree: Path) -> None:
    """Debian's image and headers tell of one kernel; with those of another release they are refused, both named."""
    image, headers = str(debian_tree / f"boot/vmlinuz-{RELEASE}"), str(kernel_headers())
    assert pymod("boot", image, headers)[2] == 0
    assert json.loads(pymod("status", "--json")[0])["machine"]["unknown"] == []
    _, errors, status = pymod("boot", "debian-13", image)
    assert status == 1
    assert profiles.load("debian-13").release in errors
    assert RELEASE in errors
