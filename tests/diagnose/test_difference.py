"""pymod diff: what differs between two kernels and their trees, and which modules load only on the first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from modtools.diagnose import exportchanges, treechanges, treefacts
from modtools.formats.modinfo import fields
from modtools.formats.pattern import matches
from modtools.kernel.state import Kernel
from modtools.module import read_module
from modtools.store import Store
from tests.beside_kmod import copied_debian_tree
from tests.reference import CHECKOUT, debian13_tree
from tests.running import KO, Run, runner
from tests.small_modules import module

RELEASE_12, RELEASE_13 = "6.1.0-56-amd64", "6.12.118+deb13-amd64"


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs pymod in this process."""
    return runner(capfd)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Kernel, Kernel]:
    """The kernels of Debian 12 and 13."""
    store = Store(tmp_path_factory.mktemp("machine") / "state.json")
    return store.of_profile("debian-12"), store.of_profile("debian-13")


def document(pymod: Run, *words: str) -> dict[str, Any]:
    """What `diff --json` says."""
    output, _, status = pymod("diff", "--json", *words)
    made: dict[str, Any] = json.loads(output)
    assert made["exit_status"] == status
    return made


def test_every_symbol_of_both_kernels_is_accounted_for(both: tuple[Kernel, Kernel]) -> None:
    """What is gone and what is in both make up the first list, what is added and what is in both the second one."""
    before, after = both
    changes = exportchanges.compare(before, after, ("A", "B"))
    names = {kind: [each.name for each in changes.changes if each.change == kind] for kind in exportchanges.KINDS}
    assert changes.same is not None
    assert changes.before == len(before.symbols) == len(names["gone"]) + changes.same
    assert changes.after == len(after.symbols) == len(names["added"]) + changes.same
    assert changes.unknown == {}
    assert all(before.symbols.get(name) and not after.symbols.get(name) for name in names["gone"])
    assert all(after.symbols.get(name) and not before.symbols.get(name) for name in names["added"])
    assert {kind: changes.number(kind) for kind in names} == {kind: len(found) for kind, found in names.items()}


def test_each_change_is_what_the_lists_say(both: tuple[Kernel, Kernel]) -> None:
    """A symbol is told to have another licence, namespace or CRC exactly if it has."""
    before, after = both
    found = {(each.name, each.change) for each in exportchanges.compare(before, after, ("A", "B")).changes}
    for old in before.symbols:
        new = after.symbols.get(old.name)
        if new is not None:
            differs = {"relicensed": old.gpl != new.gpl, "moved": old.namespace != new.namespace}
            differs["changed"] = old.crc != new.crc
            assert {kind for kind in differs if (old.name, kind) in found} == {
                kind for kind in differs if differs[kind]
            }


def test_the_other_way_round_everything_is_reversed(both: tuple[Kernel, Kernel]) -> None:
    """What is added one way is gone the other way, and both sides of each change change places."""
    turned = {"added": "gone", "gone": "added"}
    there = exportchanges.compare(*both, ("A", "B")).changes
    back = exportchanges.compare(both[1], both[0], ("B", "A")).changes
    assert {(each.name, turned.get(each.change, each.change), each.after, each.before) for each in there} == set(back)


def test_a_kernel_does_not_differ_from_itself(pymod: Run) -> None:
    """Nothing changed, and all is in both."""
    made = document(pymod, "debian-12", "debian-12", str(KO / "hello_export.ko"))
    assert made["export_changes"] == []
    assert made["exports"]["before"] == made["exports"]["same"] == made["exports"]["compared"] == 10503
    assert [(row["breaks"], row["after"]["verdict"]) for row in made["modules"]] == [(False, "loads")]


@pytest.mark.parametrize("first", [True, False])
def test_what_an_incomplete_list_lacks_is_not_told_to_be_gone(pymod: Run, first: bool) -> None:
    """Of a kernel that a module tells of few symbols are known, the others assumed: only known CRCs are compared."""
    few = str(KO / "bad/crc_module_layout.ko")
    kernels = (few, "debian-13") if first else ("debian-13", few)
    made = document(pymod, *kernels)
    counts = made["exports"]
    assert [counts[kind] for kind in ("added", "gone", "relicensed", "moved", "same")] == [None] * 5
    assert [counts["before"], counts["after"]] == ([None, 11248] if first else [11248, None])
    assert {row["name"] for row in made["export_changes"]} == {"module_layout"}
    assert (counts["compared"], counts["changed"]) == (4, 1)
    assert made["unknown"].keys() == {"added", "gone", "relicensed", "moved"}
    output, _, _ = pymod("diff", *kernels)
    assert f"gone: not known, for not all symbols that {few} exports are known" in output


@pytest.mark.parametrize(
    ("kernels", "breaking"), [(("debian-12", "debian-13"), True), (("debian-13", "debian-12"), False)]
)
def test_given_modules_are_what_check_says(pymod: Run, kernels: tuple[str, str], breaking: bool) -> None:
    """The row of each kernel is check's; a module breaks that only the second kernel refuses, and by its new errors."""
    words = [str(KO / f"{name}.ko") for name in ("hello_use_export", "hello_export", "unknown_syms", "livepatch_mod")]
    made = document(pymod, *kernels, *words)
    for side, kernel in zip(("before", "after"), kernels, strict=True):
        output, _, _ = pymod("check", "--format", "json", "--kernel", kernel, *words)
        assert [row[side] for row in made["modules"]] == json.loads(output)["modules"]
    assert made["exit_status"] == int(breaking)
    for row in made["modules"]:
        verdicts = row["before"]["verdict"], row["after"]["verdict"]
        assert row["breaks"] == (verdicts == ("loads", "refused"))
        assert bool(row["by"]) == row["breaks"]
        assert all(finding in row["after"]["findings"] for finding in row["by"])


def test_a_breaking_module_is_told_with_the_first_finding_of_each_rule(pymod: Run) -> None:
    """And with all of them, if that is asked for."""
    path = str(KO / "hello_export.ko")
    output, errors, status = pymod("diff", "debian-12", "debian-13", path)
    assert (errors, status) == ("", 1)
    assert f"{path}: breaks, loads -> refused (Invalid module format)" in output
    assert output.count("[struct-module-size]") == 1
    assert "Modules: not compared" in output
    whole, _, _ = pymod("diff", "-v", "debian-12", "debian-13", path)
    assert whole.count("\n") > 1000 > 30 > output.count("\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("debian-12",), "KERNEL-B"),
        (("debian-12", "no-such-kernel"), "no-such-kernel"),
        (("debian-12", "debian-13", "no_such_module"), "no_such_module"),
        (("debian-12", "debian-13", "--tree-a", "/nonexistent", "--tree-b", "/"), "/nonexistent"),
    ],
)
def test_what_cannot_be_compared_is_a_wrong_command_line(pymod: Run, words: tuple[str, ...], said: str) -> None:
    """Its status is 2, and nothing was compared."""
    output, errors, status = pymod("diff", *words)
    assert (output, status) == ("", 2)
    assert said in errors


def tree(folder: Path, modules: Mapping[str, Iterable[str]], builtin: Iterable[str] | None = ()) -> str:
    """A module tree of these modules with these lines of .modinfo, and built-in ones, `NAME` or `NAME.KEY=VALUE`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, info in modules.items():
        path = folder / "kernel" / f"{name}.ko"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(module([f"name={name}", *info]))
    if builtin is not None:
        names = dict.fromkeys(text.split(".")[0] for text in builtin)
        (folder / "modules.builtin").write_text("".join(f"kernel/{name}.ko\n" for name in names))
        (folder / "modules.builtin.modinfo").write_text("".join(f"{text}\0" for text in builtin if "." in text))
    return str(folder)


BEFORE = {
    "stays": ["parm=debug:how much", "parmtype=debug:int", "parmtype=speed:uint", "firmware=old.bin"],
    "gone": ["alias=usb:v1234p5678*", "alias=usb:v1234p9999*"],
    "old-name": [],
    "old_chip": ["alias=pci:v00001AF4d00000001sv*", "alias=pci:v00001AF4d00000002sv*"],
    "virtio": ["alias=virtio:d00000001v*", "parmtype=napi:bool"],
    "half": ["alias=of:N*T*Ca", "alias=of:N*T*Cb", "alias=of:N*T*Cc"],
}
AFTER = {
    "stays": ["parmtype=debug:int", "firmware=old.bin", "firmware=new.bin"],
    "new_name": ["alias=old_name"],
    "new_chip": ["alias=pci:v00001AF4d00000001sv*", "alias=pci:v00001AF4d00000009sv*"],
    "wide": ["alias=usb:v1234p5*"],
    "other": ["alias=of:N*T*Ca"],
    "formerly": ["firmware=new.bin"],
}


@pytest.fixture
def trees(tmp_path: Path) -> tuple[str, str]:
    """Two module trees."""
    before = tree(tmp_path / "a", BEFORE, ["formerly", "silent"])
    return before, tree(tmp_path / "b", AFTER, ["virtio", "virtio.alias=virtio:d00000001v*"])


def test_what_became_of_each_module(pymod: Run, trees: tuple[str, str]) -> None:
    """Gone, added, renamed by its name or its aliases, built in, or not any more; or unlisted, if it was built in."""
    made = document(pymod, "debian-12", "debian-13", "--tree-a", trees[0], "--tree-b", trees[1])
    found = {row["name"]: (row["change"], row["before"], row["after"], row["now"]) for row in made["module_changes"]}
    assert found == {
        "gone": ("gone", "kernel/gone.ko", None, "gone"),
        "half": ("gone", "kernel/half.ko", None, "half"),
        "old_name": ("renamed", "kernel/old-name.ko", "kernel/new_name.ko", "new_name"),
        "old_chip": ("renamed", "kernel/old_chip.ko", "kernel/new_chip.ko", "new_chip"),
        "virtio": ("builtin", "kernel/virtio.ko", "builtin", "virtio"),
        "formerly": ("loadable", "builtin", "kernel/formerly.ko", "formerly"),
        "silent": ("unlisted", "builtin", None, "silent"),
        "wide": ("added", None, "kernel/wide.ko", "wide"),
        "other": ("added", None, "kernel/other.ko", "other"),
    }
    counts = made["trees"]
    assert counts["before"] == counts["same"] + counts["gone"] + counts["renamed"] + counts["unlisted"] == 8
    assert counts["after"] == counts["same"] + counts["added"] + counts["renamed"] == 7


def test_what_modules_say_no_more_and_what_they_say_now(pymod: Run, trees: tuple[str, str]) -> None:
    """An alias that a wider pattern answers to is not gone, nor one of what is built in; parameters follow a module."""
    made = document(pymod, "debian-12", "debian-13", "--tree-a", trees[0], "--tree-b", trees[1])
    assert {row["alias"]: row["modules"] for row in made["aliases_changes"]} == {
        "usb:v1234p9999*": ["gone"],
        "pci:v00001AF4d00000002sv*": ["old_chip"],
        "of:N*T*Cb": ["half"],
        "of:N*T*Cc": ["half"],
    }
    assert made["firmware_changes"] == [{"firmware": "new.bin", "modules": ["formerly", "stays"]}]
    parameters = [(row["module"], row["parameter"], row["type"]) for row in made["parameters_changes"]]
    assert parameters == [("stays", "speed", "uint"), ("virtio", "napi", "bool")]


def test_without_a_list_of_what_is_built_in_nothing_is_gone(tmp_path: Path) -> None:
    """What is missing in the second tree may be built in, and what is new in it may have been."""
    before, after = tree(tmp_path / "a", BEFORE, None), tree(tmp_path / "b", AFTER, None)
    changes = treechanges.compare(treefacts.read(before), treefacts.read(after))
    assert {each.change for each in changes.modules} == {"renamed"}
    assert (changes.aliases, changes.firmware) == ((), ())
    assert changes.unknown.keys() == {"added", "loadable", "gone", "builtin", "unlisted", "aliases", "firmware"}
    assert after in changes.unknown["gone"]


def test_a_damaged_module_is_told(pymod: Run, trees: tuple[str, str]) -> None:
    """It is there, and what it says is not known."""
    Path(trees[1], "kernel/wide.ko").write_bytes(b"\x7fELF")
    made = document(pymod, "debian-12", "debian-13", "--tree-a", trees[0], "--tree-b", trees[1])
    assert [message["text"] for message in made["messages"] if "wide.ko is no module, or is damaged" in message["text"]]
    assert "wide" in {row["name"] for row in made["module_changes"] if row["change"] == "added"}


def test_text_of_modules_does_nothing_to_a_terminal(pymod: Run, tmp_path: Path) -> None:
    """What a module says of itself is shown with its control characters spelled."""
    before = tree(tmp_path / "a", {"m": ["alias=x:\x1b[2Jy*"]})
    output, _, _ = pymod(
        "diff", "debian-12", "debian-12", "--tree-a", before, "--tree-b", tree(tmp_path / "b", {"m": []})
    )
    assert "\x1b" not in output
    assert "x:\\x1b[2Jy* of m" in output


def test_the_machines_own_trees_are_taken(pymod: Run, tmp_path: Path) -> None:
    """Where both kernels have one below the machine's root, and a name means a file of the first one."""
    root = tmp_path / "machine/root/lib/modules"
    tree(root / RELEASE_12, {"one": [], "two": []})
    assert "trees" not in document(pymod, "debian-12", "debian-13")
    tree(root / RELEASE_13, {"two": []})
    assert document(pymod, "debian-12", "debian-13")["trees"]["gone"] == 1
    pymod("depmod", RELEASE_12)
    made = document(pymod, "debian-12", "debian-13", "one")
    assert [row["path"] for row in made["modules"]] == [str(root / RELEASE_12 / "kernel/one.ko")]


def test_who_exports_what_the_kernel_does_not_any_more(pymod: Run, tmp_path: Path) -> None:
    """A symbol that is gone may be a module's now, and one that was added may have been a module's; the index tells."""
    root = tmp_path / "machine/root/lib/modules"
    for release, symbol in ((RELEASE_12, "BUG_func"), (RELEASE_13, "PageHuge")):
        tree(root / release, {})
        (root / release / "holder.ko").write_bytes(exporting(symbol))
        pymod("depmod", release)
    made = document(pymod, "debian-12", "debian-13")
    assert {(row["name"], row["change"], row["exporter"]) for row in made["export_changes"] if row["exporter"]} == {
        ("BUG_func", "added", "holder"),
        ("PageHuge", "gone", "holder"),
    }
    output, _, _ = pymod("diff", "-v", "debian-12", "debian-13")
    assert "PageHuge (is exported by holder)\n" in output


def exporting(symbol: str) -> bytes:
    """A module that exports a symbol, as far as depmod sees."""
    return module(["name=holder"], [symbol])


def test_every_field_is_documented(pymod: Run, trees: tuple[str, str]) -> None:
    """Under the heading of diff in docs/json.md stand all its parts, and every field in them that is not check's."""
    text = (CHECKOUT / "docs/json.md").read_text("utf-8")
    said = text[text.index("(`diff`)") :].partition("\n## ")[0]
    paths = (str(KO / "hello_export.ko"), "--tree-a", trees[0], "--tree-b", trees[1])
    made = document(pymod, str(KO / "bad/crc_module_layout.ko"), "debian-13", *paths)
    parts = made.keys() - {"format", "tool", "exit_status", "messages"}
    names = set(parts)
    for part in parts:
        rows = [made[part]] if isinstance(made[part], dict) else made[part]
        assert rows, part
        names |= {key for row in rows for key in row}
    assert {name for name in names if f"`{name}`" not in said and not name.startswith("tree_")} == set()


SAMPLE = (
    "drivers/block/loop",
    "drivers/net/dummy",
    "net/sctp/sctp",
    "fs/fat/vfat",
    "drivers/net/ethernet/intel/e1000/e1000",
)


@pytest.mark.debian
@pytest.mark.parametrize("name", SAMPLE)
def test_what_a_tree_says_is_what_its_modules_say(debian_tree: Path, tmp_path: Path, name: str) -> None:
    """Read in parts or whole, a module tells the same aliases, firmware and parameters."""
    path = debian_tree / f"lib/modules/{RELEASE_12}/kernel/{name}.ko"
    (tmp_path / path.name).symlink_to(path)
    told = treefacts.read(str(tmp_path)).modules[path.stem]
    found = read_module(path)
    pairs = fields(bytes(found.elf.contents(found.elf.section(".modinfo"))))  # type: ignore[arg-type]
    assert sorted(told.aliases) == sorted({value for key, value in pairs if key == "alias"})
    assert list(told.firmware) == [value for key, value in pairs if key == "firmware"]
    types = {f"{parameter}:{kind}" for parameter, kind in told.parameters.items() if kind}
    assert types == {value for key, value in pairs if key == "parmtype"}
    texts = [value for key, value in pairs if key in ("parm", "parmtype")]
    assert told.parameters.keys() == {text.partition(":")[0] for text in texts}


@pytest.mark.debian
def test_debians_modules_break_on_debian_13_as_check_says(pymod: Run, debian_tree: Path, tmp_path: Path) -> None:
    """A sample of Debian 12's modules, each with what it needs: the rows are check's on both kernels."""
    folder = str(copied_debian_tree(debian_tree, tmp_path))
    assert pymod("depmod", "-b", str(tmp_path), RELEASE_12)[2] == 0
    words = [name.rpartition("/")[2] for name in SAMPLE]
    paths = [f"{folder}/kernel/{name}.ko" for name in SAMPLE]
    output, _, status = pymod("diff", "--json", "debian-12", "debian-13", "--tree-a", folder, *words)
    made = json.loads(output)
    assert (status, "trees" in made) == (1, False)
    for side, kernel, options in (("before", "debian-12", ("--tree", folder)), ("after", "debian-13", ())):
        output, _, _ = pymod("check", "--format", "json", "--kernel", kernel, *options, *paths)
        assert [row[side] for row in made["modules"]] == json.loads(output)["modules"]
    assert all(row["breaks"] for row in made["modules"])


@pytest.mark.slow
@pytest.mark.debian
@pytest.mark.debian13
def test_debians_trees(debian_tree: Path) -> None:
    """Of 6.1 and 6.12 each module is accounted for, and what is gone nobody answers to, by a slower look at it."""
    before = treefacts.read(str(debian_tree / f"lib/modules/{RELEASE_12}"))
    after = treefacts.read(str(debian13_tree() / f"usr/lib/modules/{RELEASE_13}"))
    assert (len(before.modules), len(after.modules), before.unread, after.unread) == (4023, 4230, (), ())
    changes = treechanges.compare(before, after)
    kinds = {kind: {each.name for each in changes.modules if each.change == kind} for kind in treechanges.KINDS}
    old, new = (side.modules.keys() | side.builtin.keys() for side in (before, after))
    assert kinds["gone"] | kinds["renamed"] | kinds["unlisted"] == old - new
    assert kinds["added"] == new - old - {each.now for each in changes.modules if each.change == "renamed"}
    assert kinds["builtin"] == {name for name in before.modules if name in after.builtin and name not in after.modules}
    assert "virtio" in kinds["builtin"]
    there = {alias for told in (*after.modules.values(), *after.builtin.values()) for alias in told.aliases}
    gone = [each.alias for each in changes.aliases]
    assert not there.intersection(gone)
    assert not [(alias, other) for alias in gone[::20] for other in there if matches(other, alias)]
