"""`pymod closure`: every file that an image needs, and what is missing."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from modtools import config
from modtools.config import Config
from modtools.errors import PymodError
from modtools.relations.closure import Place, Request, close
from modtools.tree.index import DEP, Tree
from tests import beside_kmod
from tests.reference import RELEASE as DEBIAN
from tests.relations import RELEASE, SmallTree
from tests.running import Run

MODULES = {
    "base": {},
    "left": {"needs": ["base"], "info": ["firmware=left/a.bin", "firmware=left/b*.bin", "firmware=none.bin"]},
    "top": {"needs": ["left"], "info": ["alias=usb:v1*", "softdep=pre: before post: after nosuch"]},
    "before": {"needs": ["base"]},
    "after": {"info": ["weakdep=maybe nobody"]},
    "maybe": {"info": ["firmware=left/a.bin"]},
    "other": {"info": ["alias=usb:v2*"]},
}


@pytest.fixture
def tree(tmp_path: Path) -> SmallTree:
    """A tree with dependencies of all kinds, and one builtin module."""
    return SmallTree(tmp_path / "root", MODULES, ["inside"])


def names(output: str) -> list[str]:
    """The modules in a list of paths, in its order."""
    return [Path(line).stem for line in output.splitlines() if line.endswith(".ko")]


def test_all_that_a_module_brings_along_is_listed(pymod: Run, tree: SmallTree) -> None:
    """Dependencies in the order of loading, weak ones last, then firmware, configuration, and what depmod reads."""
    tree.firmware("left/a.bin", "left/b1.bin", "left/b2.bin.xz")
    tree.config("options base x=1\noptions other x=1\n")
    output, errors, status = tree.text(pymod, "closure", "top")
    assert output.splitlines() == [
        "TREE/kernel/base.ko",
        "TREE/kernel/left.ko",
        "TREE/kernel/before.ko",
        "TREE/kernel/top.ko",
        "TREE/kernel/after.ko",
        "TREE/kernel/maybe.ko",
        "ROOT/lib/firmware/left/a.bin",
        "ROOT/lib/firmware/left/b1.bin",
        "ROOT/lib/firmware/left/b2.bin.xz",
        "ROOT/etc/modprobe.d/test.conf",
        "TREE/modules.order",
        "TREE/modules.builtin",
        "TREE/modules.builtin.modinfo",
    ]
    assert errors.splitlines() == [
        "closure: WARNING: softdep nosuch of top is missing (TREE/modules.softdep line 2)",
        "closure: WARNING: weakdep nobody of after is missing (TREE/modules.weakdep line 2)",
        "closure: WARNING: firmware none.bin of left is missing",
    ]
    assert status == 0
    assert tree.text(pymod, "closure", "-q", "top")[1] == ""


@pytest.mark.parametrize(
    ("kinds", "gone"),
    [
        ("modules", ["base", "before", "left", "top", "after", "maybe"]),
        ("softdeps", ["before", "after", "maybe"]),
        ("weakdeps", ["maybe"]),
        ("firmware", ["left/a.bin"]),
        ("config", ["test.conf"]),
        ("tree", ["modules.order", "modules.builtin", "modules.builtin.modinfo"]),
    ],
)
def test_kinds_can_be_left_out(kinds: str, gone: list[str], pymod: Run, tree: SmallTree) -> None:
    """Files of a kind; soft and weak dependencies with all that they bring along."""
    tree.firmware("left/a.bin")
    tree.config("options base x=1\n")
    everything = tree.text(pymod, "closure", "top")[0].splitlines()
    rest = tree.text(pymod, "closure", "--without", kinds, "top")[0].splitlines()
    ends = tuple(f"/{name}.ko" if name in MODULES else f"/{name}" for name in gone)
    assert rest == [path for path in everything if not path.endswith(ends)]
    assert len(rest) == len(everything) - len(gone)


def test_the_document_says_why(pymod: Run, tree: SmallTree) -> None:
    """Each module with its reason; firmware by the modules' own word, with who wants it; lines that apply."""
    tree.firmware("left/a.bin")
    tree.config("softdep maybe pre: inside\nblacklist maybe\n")
    document = tree.asked(pymod, "closure", "top")
    whys = {module["name"]: (module["reason"]["why"], module["reason"]["of"]) for module in document["modules"]}
    assert whys == {
        "base": ("dependency", "top"),
        "before": ("pre", "top"),
        "left": ("dependency", "top"),
        "top": ("asked", ""),
        "after": ("post", "top"),
        "inside": ("pre", "maybe"),
        "maybe": ("weak", "after"),
    }
    assert [module["name"] for module in document["modules"] if module["builtin"]] == ["inside"]
    found = {each["name"]: (each["modules"], len(each["paths"])) for each in document["firmware"]}
    assert found == {
        "left/a.bin": (["left", "maybe"], 1),
        "left/b*.bin": (["left"], 0),
        "none.bin": (["left"], 0),
        "of-inside.bin": (["inside"], 0),
    }
    lines = [(line["kind"], line["key"], Path(line["file"]).name, line["line"]) for line in document["config"]]
    assert lines == [
        ("softdep", "top", "modules.softdep", 2),
        ("weakdep", "after", "modules.weakdep", 2),
        ("blacklist", "maybe", "test.conf", 2),
        ("softdep", "maybe", "test.conf", 1),
    ]
    missing = {(each["kind"], each["name"], each["of"]) for each in document["missing"]}
    assert ("firmware", "of-inside.bin", "inside") in missing
    assert {file["kind"] for file in document["files"]} == {"module", "firmware", "config", "tree"}


def test_sizes_are_those_of_the_files(pymod: Run, tree: SmallTree) -> None:
    """In bytes, with their sum at the end; a link has the length of what it says."""
    tree.firmware("real.bin")
    (tree.root / "lib/firmware/left").mkdir()
    (tree.root / "lib/firmware/left/a.bin").symlink_to("../real.bin")
    output, _, _ = tree.text(pymod, "closure", "-l", "--without", "tree", "left")
    lines = [line.split(maxsplit=2) for line in output.splitlines()]
    base, left = (tree.path(name).stat().st_size for name in ("base", "left"))
    assert lines == [
        [str(base), "module", "TREE/kernel/base.ko"],
        [str(left), "module", "TREE/kernel/left.ko"],
        ["11", "firmware", "ROOT/lib/firmware/left/a.bin -> ../real.bin"],
        ["5", "firmware", "ROOT/lib/firmware/real.bin"],
        [str(base + left + 16), "total"],
    ]
    files = tree.asked(pymod, "closure", "left")["files"]
    assert [(file["size"], file["target"]) for file in files if file["kind"] == "firmware"] == [
        (11, "../real.bin"),
        (5, None),
    ]


def test_tar_takes_the_list(pymod: Run, tree: SmallTree) -> None:
    """Zero bytes end paths below the root, as `tar --null -T -` wants them."""
    output, _, _ = pymod("--root", str(tree.root), "closure", "-0", "-r", "-q", "left")
    words = ["tar", "-C", str(tree.root), "--null", "-c", "-T", "-"]
    archive = subprocess.run(words, input=output.encode(), capture_output=True, check=True).stdout
    listed = subprocess.run(["tar", "-t"], input=archive, capture_output=True, check=True).stdout.decode()
    assert listed.splitlines() == output.split("\0")[:-1]
    assert f"lib/modules/{RELEASE}/kernel/left.ko" in listed


def test_a_machine_is_told_by_its_modaliases(pymod: Run, tree: SmallTree, tmp_path: Path) -> None:
    """One in a line; those that nobody answers to are passed over; blacklisted modules are left out, and said."""
    tree.config("blacklist other\n")
    file = tmp_path / "aliases"
    file.write_text("usb:v1234\n\nacpi:PNP0C0A:\nusb:v2345\nusb:v1234\n")
    output, errors, status = tree.text(pymod, "closure", "--alias-file", str(file), "--without", "weakdeps", "maybe")
    assert names(output) == ["maybe", "base", "left", "before", "top", "after"]
    assert "other is left out: ROOT/etc/modprobe.d/test.conf line 1 blacklists it, and usb:v2345 finds it\n" in errors
    assert status == 0
    document = tree.asked(pymod, "closure", "--alias-file", str(file))
    assert {each["alias"]: each["modules"] for each in document["aliases"]} == {
        "usb:v1234": ["top"],
        "acpi:PNP0C0A:": [],
        "usb:v2345": ["other"],
    }
    (muted,) = document["muted"]
    assert (muted["alias"], muted["module"], muted["line"]["line"]) == ("usb:v2345", "other", 1)


def test_modaliases_can_come_by_a_pipe(pymod: Run, tree: SmallTree, monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` is standard input. The names of the files instead of what is in them are an error that says so."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"usb:v2\n")))
    assert names(tree.text(pymod, "closure", "--alias-file=-")[0]) == ["other"]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"/sys/devices/pci0000:00/modalias\n")))
    output, errors, status = tree.text(pymod, "closure", "--alias-file=-")
    assert (output, status) == ("", 2)
    assert errors.endswith("find /sys -name modalias -exec cat {} +\n")


def test_the_blacklist_counts_as_for_modprobe(pymod: Run, tree: SmallTree) -> None:
    """For aliases always, for names with -b; a dependency comes all the same."""
    tree.config("blacklist left\nblacklist top\n")
    assert "top" in names(tree.text(pymod, "closure", "top")[0])
    assert "left" in names(tree.text(pymod, "closure", "top")[0])
    assert names(tree.text(pymod, "closure", "-b", "top")[0]) == []
    assert names(tree.text(pymod, "closure", "usb:v1")[0]) == []


def test_a_command_in_place_of_a_module_is_told(pymod: Run, tree: SmallTree) -> None:
    """What it would need is not known; the module is listed, for whoever loads it past the command."""
    tree.config("install base /bin/true\n")
    output, errors, status = tree.text(pymod, "closure", "before")
    assert names(output) == ["base", "before"]
    assert (errors, status) == (
        "closure: WARNING: modprobe runs `/bin/true` (ROOT/etc/modprobe.d/test.conf line 1) and does not load base "
        "itself: what the command needs is not listed\n",
        0,
    )


def test_what_is_not_there_makes_it_fail(pymod: Run, tree: SmallTree) -> None:
    """Unknown names, an alias of nothing, files that have gone or are none of a module; the rest is listed."""
    tree.config("alias wrong nothing\n")
    tree.path("maybe").unlink()
    tree.path("other").write_text("no module")
    output, errors, status = tree.text(
        pymod, "closure", "before", "nosuch", "wrong", "maybe", "other", "./none.ko", "a["
    )
    assert names(output) == ["base", "before", "other"]
    said = sorted(line.removeprefix("closure: ERROR: ") for line in errors.splitlines())
    assert said == [
        "Module nosuch not found in directory TREE",
        "cannot read ./none.ko: No such file or directory",
        "cannot read TREE/kernel/maybe.ko: No such file or directory",
        "the firmware of maybe is not known: TREE/kernel/maybe.ko: No such file or directory",
        "the firmware of other is not known: TREE/kernel/other.ko: not an ELF file at offset 0x0",
        "there is no module nothing (alias wrong from ROOT/etc/modprobe.d/test.conf line 1)",
        "unmatched bracket in 'a['",
    ]
    assert status == 1


def test_a_dependency_that_has_gone_makes_it_fail(pymod: Run, tree: SmallTree) -> None:
    """kmod takes the module for one without dependencies then; here that is an error."""
    tree.path("base").unlink()
    _, errors, status = tree.text(pymod, "closure", "left")
    assert "path=TREE/kernel/base.ko error=No such file or directory" in errors
    assert status == 1


def test_a_file_outside_of_the_tree_has_unknown_needs(pymod: Run, tree: SmallTree, tmp_path: Path) -> None:
    """A path of a module that the index has is the module; of another one nothing is known."""
    assert names(tree.text(pymod, "closure", str(tree.path("left")))[0]) == ["base", "left"]
    (tmp_path / "mine.ko").write_bytes(tree.path("left").read_bytes())
    output, errors, status = tree.text(pymod, "closure", str(tmp_path / "mine.ko"))
    assert names(output) == ["mine"]
    assert "modules.dep does not say what mine needs" in errors
    assert status == 1


def test_a_missing_tree_is_an_error_that_says_what_to_do(pymod: Run, tree: SmallTree) -> None:
    """Another release's tree is named, and depmod for one without an index."""
    _, errors, status = tree.text(pymod, "closure", "-S", "9.9", "top")
    assert (errors, status) == (
        f"closure: ERROR: There is no ROOT/lib/modules/9.9; ROOT/lib/modules has {RELEASE}.\n",
        2,
    )
    (tree.folder / "modules.dep.bin").unlink()
    _, errors, status = tree.text(pymod, "closure", "top")
    assert (errors, status) == (
        "closure: ERROR: TREE has no index of names: `pymod --root ROOT depmod` writes it.\n",
        2,
    )
    assert pymod("closure")[1:] == (
        "closure: ERROR: nothing to list: name a module, or a file of modaliases with --alias-file\n",
        2,
    )


def test_modules_behind_links_are_listed_with_them(pymod: Run, tree: SmallTree) -> None:
    """As of weak-updates: the link in the tree, and the file in another one."""
    elsewhere = tree.root / "lib/modules/other/extra/other.ko"
    elsewhere.parent.mkdir(parents=True)
    tree.path("other").rename(elsewhere)
    tree.path("other").symlink_to("/lib/modules/other/extra/other.ko")
    output, _, status = tree.text(pymod, "closure", "--without=tree", "other")
    assert output == "TREE/kernel/other.ko\nROOT/lib/modules/other/extra/other.ko\n"
    assert status == 0


def test_firmware_folder_of_the_command_line(pymod: Run, tree: SmallTree) -> None:
    """firmware_class.path= of the kernel command line is looked through first; a line of modprobe.d does not count."""
    tree.firmware("left/a.bin", "../../own/left/a.bin")
    tree.config("options firmware_class path=/nowhere\n")
    assert pymod("boot", "--cmdline", "firmware_class.path=/own")[2] == 0
    assert "ROOT/own/left/a.bin" in tree.text(pymod, "closure", "left")[0].splitlines()


@pytest.mark.debian
@pytest.mark.kmod
@pytest.mark.slow
def test_modules_and_their_order_are_modprobes(kmod_tools: Path, debian_tree: Path, tmp_path: Path) -> None:
    """For each module of Debian's tree, what kmod 34's `modprobe -D` would load, each once, in its order."""
    root = beside_kmod.indexed_debian_tree(kmod_tools, debian_tree, tmp_path / "root")
    folder = root / "lib/modules" / DEBIAN
    tree = Tree(str(folder))
    tree.load()
    place = Place(tree, str(root), config.read(config.files((), str(folder), []), "", []))
    words = [str(kmod_tools / "modprobe"), "-C", "/dev/null", "-d", str(root), "-S", DEBIAN, "-D"]
    for name in sorted(name for name, _ in tree.items(DEP))[::8]:
        said = subprocess.run([*words, name], capture_output=True, text=True, check=True).stdout
        theirs = dict.fromkeys(line.split()[1] for line in said.splitlines() if line.startswith("insmod "))
        found = close(place, Request((name,), firmware=False))
        assert [module.path for module in found.modules if module.path] == list(theirs), name
        assert not found.problems


def test_a_tree_without_an_index_is_no_empty_one() -> None:
    """Who calls the core without looking gets an error that names the tree."""
    with pytest.raises(PymodError, match="/nowhere has no index of names"):
        close(Place(Tree("/nowhere"), "", Config()), Request())
