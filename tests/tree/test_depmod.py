"""depmod beside kmod 34's: for each small tree and each option the same index files, words and exit status."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.depmod_trees import INDEX_FILES, KO, Tree, both, files_in, pymod

pytestmark = pytest.mark.kmod

SYMVERS = "0x92997ed8\t_printk\tvmlinux\tEXPORT_SYMBOL\t\n0x11111111\t__fentry__\tvmlinux\tEXPORT_SYMBOL\t\n"
ODD_SYMVERS = (
    SYMVERS + "zz\tfirst\tvmlinux\tx\n0x\tsecond\tvmlinux\tx\n0x1 module_layout vmlinux\n0x1\tparam_ops_int\tvmlinux"
)
SYSTEM_MAP = "ffffffff81000000 T _text\nffffffff82000000 r __ksymtab__printk\n00 r __ksymtab_module_layout\nodd\na b\n"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A tree with the transcripts' modules, some of them several times, and with Debian's way of ordering."""
    names = [path.name for path in sorted(KO.glob("*.ko")) if not path.name.startswith("cyc")]
    tree = Tree(tmp_path / "root").put("kernel/a", *names).order()
    tree.put("updates", "hello_export").put("extra", "hello_export.ko.xz", "chain_b.ko").put("myown", "chain_c")
    tree.write("modules.builtin", "kernel/fs/built-in.ko\nkernel/fs/two.x.ko\n")
    return tree.write("modules.builtin.modinfo", "built_in.alias=fs-built\0built_in.license=GPL\0two.alias=x[a-b]-y\0")


OPTIONS = {
    "none": [],
    "show": ["-n"],
    "warn about duplicates": ["-w"],
    "verbose": ["-v"],
    "very verbose": ["-vv"],
    "verbose and shown": ["-v", "-w", "-n"],
    "unknown symbols, but of whom": ["-e"],
    "symvers": ["-e", "-E", "{aside}/symvers"],
    "symvers without -e": ["-E", "{aside}/symvers"],
    "symvers with a prefix": ["-e", "-E", "{aside}/symvers", "-P", "_"],
    "odd symvers": ["-e", "-E", "{aside}/odd"],
    "System.map": ["-e", "-F", "{aside}/map"],
    "System.map with a prefix": ["-e", "-F", "{aside}/map", "-P", "_"],
    "symvers before System.map": ["-e", "-F", "{aside}/map", "-E", "{aside}/symvers"],
    "no symvers": ["-E", "{aside}/missing"],
    "no System.map": ["-F", "{aside}/missing"],
    "a prefix of two characters": ["-P", "ab"],
    "an unknown option": ["-z"],
    "no such configuration": ["-C", "{aside}/missing"],
}


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS.keys())
def test_options(options: list[str], tree: Tree, kmod_tools: Path, tmp_path: Path) -> None:
    """Each option does what it does for kmod, in the same words."""
    for name, content in (("symvers", SYMVERS), ("odd", ODD_SYMVERS), ("map", SYSTEM_MAP)):
        (tmp_path / name).write_text(content)
    ours, theirs = both(kmod_tools, tree, tmp_path, *(word.format(aside=tmp_path) for word in options))
    assert not ours.differences(theirs)


CONFIGURATIONS = {
    "search": "search myown updates extra built-in\n",
    "search without built-in": "search extra updates\n",
    "built-in first": "search built-in extra updates\n",
    "a folder with a slash": "search updates/\n",
    "override": "override hello_export 1.2 extra\noverride chain_c * myown\n",
    "override of another release": "override hello_export 9.9 extra\n",
    "override with the file's dash": "override dash-name * extra\n",
    "override by an expression": "override hello_export ^1\\\\.[12]\\\\.3$ kernel/a\noverride chain_c *bad myown\n",
    "several overrides": "override hello_export * extra\noverride hello_export * kernel/a\n",
    "exclude": "exclude a\nexclude extra updates\n",
    "external": "external * {aside}/ext\n",
    "external searched": "external * {aside}/ext\nsearch external updates extra built-in\n",
    "external with a slash": "external * {aside}/ext/\nsearch updates external extra built-in\n",
    "several externals": "external * {aside}/ext\nexternal 1 rel/dir\nexternal 9 x\nsearch updates external external\n",
    "an external inside": "external * {aside}/root/lib/modules/1.2.3/myown\nsearch external\n",
    "odd lines": "\n#x\n  # y\nfoo bar\noverride x\nexternal *\ninclude z\nmake_map_files no\nsearch \\\n extra\n\\",
}


@pytest.mark.parametrize("text", CONFIGURATIONS.values(), ids=CONFIGURATIONS.keys())
def test_configuration(text: str, tree: Tree, kmod_tools: Path, tmp_path: Path) -> None:
    """Lines of depmod.d choose among modules of one name as they do for kmod."""
    ext = tmp_path / "ext/6"
    ext.mkdir(parents=True)
    for name in ("hello_export.ko", "chain_c.ko"):
        (ext / name).write_bytes((KO / name).read_bytes())
    (tmp_path / "depmod.conf").write_text(text.format(aside=tmp_path))
    ours, theirs = both(kmod_tools, tree, tmp_path, "-vv", "-C", str(tmp_path / "depmod.conf"))
    assert not ours.differences(theirs)


def test_folders_of_configuration(tree: Tree, kmod_tools: Path, tmp_path: Path) -> None:
    """Of files with one name in several folders the first counts; what is no *.conf file is told of with -vv."""
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, text in ((first, "search myown\n"), (second, "search extra\n")):
        folder.mkdir()
        (folder / "b.conf").write_text(text)
    (second / "a.conf").write_text("exclude nothing\n")
    (second / "README").write_text("x")
    (second / "c.conf").mkdir()
    (second / "d.conf").symlink_to("missing")
    (second / ".hidden.conf").write_text("nonsense")
    ours, theirs = both(kmod_tools, tree, tmp_path, "-vv", "-C", str(first), "-C", str(second))
    assert not ours.differences(theirs)
    assert ours.errors.count(b"\n") > 4


def _cycle_of_two(tree: Tree) -> None:
    tree.put("cyc", "cyc2_a", "cyc2_b")


def _cycle_of_three(tree: Tree) -> None:
    tree.put("cyc", "cyc3_a", "cyc3_b", "cyc3_c", "cyc3_user")


def _two_cycles(tree: Tree) -> None:
    _cycle_of_two(tree)
    _cycle_of_three(tree)


def _unordered_cycles(tree: Tree) -> None:
    _two_cycles(tree)
    tree.remove("modules.order")


SHAPES: dict[str, Callable[[Tree], object]] = {
    "no modules.order": lambda tree: tree.remove("modules.order"),
    "no files of the kernel's build": lambda tree: tree.remove(
        "modules.order", "modules.builtin", "modules.builtin.modinfo"
    ),
    "order of a few": lambda tree: tree.order("kernel/a/dia_top.ko", "kernel/a/none.ko", "updates/hello_export.ko"),
    "order twice": lambda tree: tree.order("kernel/a/chain_a.ko", "kernel/a/dia_top.ko", "kernel/a/chain_a.ko"),
    "order without its last newline": lambda tree: tree.write("modules.order", "kernel/a/dia_top.ko\nkernel/a/x"),
    "order with zero bytes": lambda tree: tree.write("modules.order", "kernel/a/dia_top.ko\n\0x\nkernel\0/a\n"),
    "built-in modules in odd lines": lambda tree: tree.write(
        "modules.builtin", "kernel/a/foo.ko\nkernel/b/a-b\n1bad\nkernel/c/x.y.ko\nkernel/a/foo.ko\nkernel/"
    ),
    "odd strings of built-in modules": lambda tree: tree.write(
        "modules.builtin.modinfo",
        "foo.alias=x-y\0bar.alias=z[a-b]-\0bar.alias=z[a\0noequal.foo\0swallowed.alias=q\0nodot\0a.alias=x-y\0"
        "b.alias=x-y\0c.alias=\0d.alias=unterminated",
    ),
    "raw beside compressed": lambda tree: tree.put(
        "same", "hello_export.ko", "hello_export.ko.xz", "hello_export.ko.zst"
    ),
    "compressed modules": lambda tree: tree.put("z", "hello_export.ko.zst", "hello_export.ko.xz"),
    "dash and underscore": lambda tree: tree.write("z/dash_name.ko", (KO / "dash-name.ko").read_bytes()),
    "a name with a newline": lambda tree: tree.write("z/a\nb.ko", (KO / "chain_c.ko").read_bytes()),
    "a name with blanks": lambda tree: tree.write("z/a b\tc.ko", (KO / "chain_c.ko").read_bytes()),
    "a name with dots": lambda tree: tree.write("z/d.o.t.ko", (KO / "chain_c.ko").read_bytes()).order(),
    "a name of only an extension": lambda tree: (
        tree.write("z/.ko", b"x").write("z/.x.ko", b"x").write("z/.ko.xz", b"x")
    ),
    "a folder called x.ko": lambda tree: tree.put("x.ko", "chain_c"),
    "dangling links": lambda tree: (tree.folder / "gone.ko").symlink_to("nowhere"),
    "a link to a module": lambda tree: (tree.folder / "linked.ko").symlink_to(KO / "chain_c.ko"),
    "a link to a folder": lambda tree: (tree.folder / "linked").symlink_to(tree.folder / "extra"),
    "the kernel's own folders": lambda tree: tree.put("build/x", "cyc2_a").put("source", "cyc2_b"),
    "a cycle of two": _cycle_of_two,
    "a cycle of three": _cycle_of_three,
    "two cycles": _two_cycles,
    "two cycles, not ordered": _unordered_cycles,
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_shapes_of_trees(shape: Callable[[Tree], object], tree: Tree, kmod_tools: Path, tmp_path: Path) -> None:
    """A tree out of the ordinary has the index that kmod gives it."""
    shape(tree)
    ours, theirs = both(kmod_tools, tree, tmp_path)
    assert not ours.differences(theirs)


@pytest.mark.parametrize("release", ["", "1", "x", "1.x", "+1. 2x", "9.9"])
def test_releases(release: str, tree: Tree, kmod_tools: Path, tmp_path: Path) -> None:
    """What is no release is refused, and so is one without a tree."""
    tree.release = release
    ours, theirs = both(kmod_tools, tree, tmp_path)
    assert not ours.differences(theirs)
    assert ours.status == 1


@pytest.mark.parametrize(
    "names",
    [["kernel/a/chain_a.ko", "kernel/a/chain_b.ko"], ["kernel/a/dia_top.ko"] * 2, ["gone.ko"], [], ["-a", "gone"]],
)
@pytest.mark.parametrize("options", [[], ["-n"], ["-A", "-n"]])
def test_named_files(names: list[str], options: list[str], tree: Tree, kmod_tools: Path, tmp_path: Path) -> None:
    """Only files that are named after the release are looked at, unless -a says otherwise."""
    files = [name if name.startswith("-") else f"{tree.folder}/{name}" for name in names]
    ours, theirs = both(kmod_tools, tree, tmp_path, *options, operands=files)
    assert not ours.differences(theirs)


@pytest.mark.parametrize("age", [None, -10, 10])
def test_quick(age: int | None, tree: Tree, kmod_tools: Path, tmp_path: Path) -> None:
    """-A looks whether modules.dep is there and not older than a module, and else does everything."""
    if age is not None:
        newest = max(path.stat().st_mtime for path in tree.folder.rglob("*.ko"))
        tree.write("modules.dep", "")
        os.utime(tree.folder / "modules.dep", (newest + age, newest + age))
    for options in (["-A"], ["-A", "-n"], ["-A", "-a"]):
        ours, theirs = both(kmod_tools, tree, tmp_path, *options)
        assert not ours.differences(theirs)
        assert bool(ours.files) == ((age is None or age < 0) and "-n" not in options)


def test_quick_without_a_tree(kmod_tools: Path, tmp_path: Path) -> None:
    """-A of a tree that is not there says so twice."""
    tree = Tree(tmp_path / "root")
    tree.release = "4.5.6"
    ours, theirs = both(kmod_tools, tree, tmp_path, "-A")
    assert not ours.differences(theirs)


def test_module_directory(tree: Tree, kmod_tools: Path, tmp_path: Path) -> None:
    """-m names another folder for lib/modules, always below the root; -b and -o may be relative."""
    (tree.root / "usr/lib").mkdir(parents=True)
    (tree.root / "usr/lib/modules").symlink_to(tree.root / "lib/modules")
    words = ["-m", "//usr/lib/modules", "-b", "../root", "-o", ".", tree.release]
    folders = {name: tmp_path / name for name in ("theirs", "ours")}
    for folder in folders.values():
        folder.mkdir()
    theirs = subprocess.run([str(kmod_tools / "depmod"), *words], capture_output=True, cwd=folders["theirs"])
    ours = pymod(words, folder=folders["ours"])
    assert (ours.stdout, ours.stderr, ours.returncode) == (theirs.stdout, theirs.stderr, theirs.returncode)
    made = {name: files_in(folder / "usr/lib/modules" / tree.release) for name, folder in folders.items()}
    assert made["ours"] == made["theirs"]
    assert tuple(made["ours"]) == INDEX_FILES


def test_two_files_of_one_name(tree: Tree, kmod_tools: Path, tmp_path: Path) -> None:
    """Of named files no two may have the same module's name, and a name must be a whole path."""
    files = [f"{tree.folder}/{folder}/chain_c.ko" for folder in ("kernel/a", "myown")]
    for names in (files, ["chain_c.ko"]):
        ours, theirs = both(kmod_tools, tree, tmp_path, operands=names)
        assert not ours.differences(theirs)
        assert ours.status == 1


def test_all_files_are_compared(tree: Tree, kmod_tools: Path, tmp_path: Path) -> None:
    """The comparison sees each of the eleven files, and would see a difference."""
    ours, theirs = both(kmod_tools, tree, tmp_path)
    assert tuple(sorted(ours.files)) == INDEX_FILES
    changed = {**ours.files, "modules.dep.bin": ours.files["modules.dep.bin"][:-1] + b"x"}
    assert ours._replace(files=changed).differences(theirs) == ["modules.dep.bin"]
