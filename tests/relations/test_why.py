"""`pymod why`: who brings a module in, what keeps it out, and who holds it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from modtools.config import Config
from modtools.relations.bringers import Bringers
from modtools.relations.closure import Place
from modtools.relations.reasons import purpose
from modtools.tree.index import DEP, Tree
from tests import beside_kmod
from tests.reference import RELEASE as DEBIAN
from tests.relations import RELEASE, SmallTree
from tests.running import Run, load

MODULES = {
    "base": {"info": ["alias=fs-base", "alias=usb:v9*", "alias=usb:v8*"]},
    "left": {"needs": ["base"]},
    "top": {"needs": ["left", "base"], "info": ["alias=usb:v1*"]},
    "before": {"info": ["softdep=pre: base"]},
    "maybe": {"info": ["weakdep=base"]},
    "alone": {},
}


@pytest.fixture
def tree(tmp_path: Path) -> SmallTree:
    """A tree with dependencies of all kinds, and one builtin module."""
    return SmallTree(tmp_path / "root", MODULES, ["inside"])


def told(tree: SmallTree, pymod: Run, *words: str) -> list[str]:
    """The lines of an answer, without complaints."""
    return tree.lines(pymod, "why", *words)


def test_all_that_brings_it_in_is_a_tree(pymod: Run, tree: SmallTree) -> None:
    """Modules that need it, those that do so by way of another below that; soft and weak ones; aliases; lines."""
    tree.config("# comment\nalias mine base\ninstall other /sbin/modprobe -q base; true\ninstall more echo base\n")
    tree.config("# comment\n\ntop\n", "etc/modules-load.d/b.conf")
    tree.config("; comment\nbase\n", "usr/lib/modules-load.d/a.conf")
    tree.config("alone\n", "usr/lib/modules-load.d/b.conf")
    output, errors, status = tree.text(pymod, "why", "base")
    assert (errors, status) == (
        "why: WARNING: ROOT/etc/modprobe.d/test.conf line 4: what `echo base` loads in place of more is not known: it"
        " is not read\n",
        0,
    )
    assert output.splitlines() == [
        "base (TREE/kernel/base.ko)",
        "├── another name: alias mine (ROOT/etc/modprobe.d/test.conf line 2)",
        "├── mounting base: alias fs-base (modules.alias line 3)",
        "├── a device on the usb bus: alias usb:v9* and 1 more (modules.alias line 4)",
        "├── left depends on it (modules.dep)",
        "│   └── top depends on it (modules.dep)",
        "│       ├── a device on the usb bus: alias usb:v1* (modules.alias line 2)",
        "│       └── it is loaded at boot as top: ROOT/etc/modules-load.d/b.conf line 3",
        "├── before has it loaded first: softdep, TREE/modules.softdep line 2",
        "├── maybe may ask for it: weakdep, TREE/modules.weakdep line 2",
        "├── it is loaded at boot as base: ROOT/usr/lib/modules-load.d/a.conf line 2",
        "└── the install command of other names it: ROOT/etc/modprobe.d/test.conf line 3",
    ]
    tree.config("alias mine base\ninstall other /sbin/modprobe -q base; true\ninstall more /bin/true\n")
    assert "│   └── top depends on it (modules.dep)" not in told(tree, pymod, "--depth", "1", "base")
    assert "├── a device on the usb bus: alias usb:v8* (modules.alias line 5)" in told(tree, pymod, "-a", "base")


def test_a_module_is_shown_once(pymod: Run, tree: SmallTree) -> None:
    """Where it brings something in for the second time, it says so."""
    tree.config("softdep top post: base\n")
    lines = told(tree, pymod, "base")
    assert [line.strip("│ ├└─") for line in lines if "top" in line] == [
        "top depends on it (modules.dep)",
        "top has it loaded afterwards: softdep, ROOT/etc/modprobe.d/test.conf line 1, see above",
    ]


def test_devices_of_a_machine_are_named(pymod: Run, tree: SmallTree, tmp_path: Path) -> None:
    """Those of --alias-file whose modaliases mean the module."""
    file = tmp_path / "aliases"
    file.write_text("usb:v99\nusb:v10\npci:v1\n")
    lines = told(tree, pymod, "--alias-file", str(file), "base")
    assert "├── a device of the machine: usb:v99" in lines
    assert "│       ├── a device of the machine: usb:v10" in lines
    assert not any("pci" in line for line in lines)


def test_an_alias_means_modules(pymod: Run, tree: SmallTree) -> None:
    """Each has its tree; builtin modules are there from the start."""
    tree.config("alias two base\nalias two inside\n")
    lines = told(tree, pymod, "two")
    assert [line for line in lines if line[0] not in "│├└ "] == [
        "base (TREE/kernel/base.ko)",
        "inside (builtin: it is there from the start)",
    ]


def test_the_command_line_loads_modules(pymod: Run, tree: SmallTree) -> None:
    """modules_load= and rd.modules_load=, with commas."""
    assert pymod("boot", "--cmdline", "quiet modules-load=alone,base rd.modules_load=alone")[2] == 0
    assert told(tree, pymod, "alone")[1:] == [
        "├── it is loaded at boot as alone: /proc/cmdline modules-load=alone,base",
        "└── it is loaded at boot as alone: /proc/cmdline rd.modules_load=alone",
    ]


def test_an_unknown_name_is_an_error(pymod: Run, tree: SmallTree) -> None:
    """So are a tree without an index, and a depth that is no number."""
    errors = "why: ERROR: Module nosuch not found in directory TREE; `pymod --root ROOT why --not nosuch` tells more\n"
    assert tree.text(pymod, "why", "nosuch") == ("", errors, 1)
    assert "takes a number of steps" in tree.text(pymod, "why", "--depth", "x", "base")[1]
    (tree.folder / "modules.dep.bin").unlink()
    assert "`pymod --root ROOT depmod` writes it" in tree.text(pymod, "why", "--not", "base")[1]


def test_who_holds_a_loaded_module(pymod: Run, tree: SmallTree) -> None:
    """The modules that use it, the order to remove them, and what none of that helps against."""
    load(pymod, "hello_export", "hello_use_export")
    names = ("hello_export", "hello_use_export")
    for name in names:
        (tree.folder / f"kernel/{name}.ko").write_bytes((beside_kmod.KO / f"{name}.ko").read_bytes())
    tree.index()
    assert told(tree, pymod, "hello_export")[-3:] == [
        "hello_export is loaded",
        "├── hello_use_export uses it",
        "└── to remove it: `pymod --root ROOT rmmod hello_use_export hello_export`",
    ]
    (removal,) = tree.asked(pymod, "why", "hello_export")["removal"]
    assert removal == {"name": "hello_export", "order": ["hello_use_export", "hello_export"], "refused": []}
    assert pymod("write", "/proc/sys/kernel/modules_disabled", "1")[2] == 0
    assert told(tree, pymod, "hello_export")[-1].startswith("└── it cannot be removed: modules can neither")


def test_a_loaded_module_need_not_be_in_a_tree(pymod: Run, tree: SmallTree) -> None:
    """Who holds it is told, and what cannot be told beside that, also where there is no index at all."""
    load(pymod, "hello_export")
    told_of_holders = "hello_export is loaded\n└── to remove it: `pymod --root ROOT rmmod hello_export`\n"
    output, errors, status = tree.text(pymod, "why", "hello-export")
    assert (output, status) == (told_of_holders, 0)
    assert "WARNING: Module hello-export not found in directory TREE" in errors
    assert kinds(tree, pymod, "hello_export").keys() == {"loaded"}
    (tree.folder / "modules.dep.bin").unlink()
    output, errors, status = tree.text(pymod, "why", "hello_export")
    assert (output, status) == (told_of_holders, 0)
    assert "WARNING: TREE has no index of names" in errors
    assert tree.asked(pymod, "why", "hello_export")["removal"][0]["order"] == ["hello_export"]


def test_order_of_removal_works(pymod: Run) -> None:
    """rmmod takes the modules in the order that is told."""
    from modtools.place import Place as Where
    from modtools.relations.holders import removal
    from modtools.store import Store

    load(pymod, "chain_c", "chain_b", "chain_a")
    order = removal(Store(Where().state).read(), "chain_c").order
    assert len(order) == 3
    assert pymod("rmmod", *order) == ("", "", 0)


def kinds(tree: SmallTree, pymod: Run, *words: str) -> dict[str, Any]:
    """What keeps the only module that is meant out, by its kind."""
    (answer,) = tree.asked(pymod, "why", "--not", *words)["obstacles"]
    return {each["kind"]: each for each in answer["found"]}


def test_the_blacklist_mutes_aliases_only(pymod: Run, tree: SmallTree) -> None:
    """It is told who loads the module all the same, and which line it is."""
    tree.config("blacklist base\n")
    tree.config("base\n", "etc/modules-load.d/x.conf")
    found = kinds(tree, pymod, "base")
    assert found.keys() == {"blacklist"}
    assert found["blacklist"]["still"] == ["left", "before", "modprobe with its name"]
    assert found["blacklist"]["source"] == f"{tree.root}/etc/modprobe.d/test.conf line 1"
    assert "mutes its 3 aliases, and base in" in found["blacklist"]["words"]
    assert "but blacklisted: ROOT/etc/modprobe.d/test.conf line 1" in "\n".join(told(tree, pymod, "base"))
    assert told(tree, pymod, "--not", "base")[2] == (
        "    └── loaded all the same by: left, before, modprobe with its name"
    )


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("/bin/false", "`/bin/false` does nothing, and fails"),
        ("true", "`true` does nothing, and says that it succeeded"),
        (":", "`:` does nothing"),
        ("echo no", "`echo no` is run in place of loading it"),
    ],
)
def test_an_install_command_stands_in_its_place(command: str, words: str, pymod: Run, tree: SmallTree) -> None:
    """Its own, or that of a module which it needs; soft dependencies switch it off."""
    tree.config(f"install base {command}\n")
    assert words in kinds(tree, pymod, "base")["command"]["words"]
    assert "base, which it needs, has an install command" in kinds(tree, pymod, "left")["command"]["words"]
    tree.config(f"install base {command}\nsoftdep base pre: alone\n")
    assert kinds(tree, pymod, "base").keys() == {"command-ignored"}


def test_a_command_that_is_said_to_be_passed_over_is_so(pymod: Run, tree: SmallTree) -> None:
    """modprobe's own plan agrees."""
    tree.config("install base /bin/false\nsoftdep base pre: alone\n")
    output = tree.text(pymod, "modprobe", "-D", "base")[0]
    assert [line.split()[0] for line in output.splitlines()] == ["insmod", "insmod"]


def test_what_is_not_in_the_tree(pymod: Run, tree: SmallTree) -> None:
    """A file that is not indexed, another kernel's tree, a slip of the finger."""
    (tree.folder / "kernel/fresh-one.ko").write_bytes(tree.path("alone").read_bytes())
    assert kinds(tree, pymod, "fresh_one").keys() == {"absent", "not-indexed"}
    (tree.root / "lib/modules/5.5/kernel").mkdir(parents=True)
    tree.path("alone").rename(tree.root / "lib/modules/5.5/kernel/elsewhere.ko")
    for name in ("modules.order", "modules.builtin", "modules.builtin.modinfo"):
        (tree.root / "lib/modules/5.5" / name).touch()
    assert pymod("depmod", "-b", str(tree.root), "5.5")[2] == 0
    assert kinds(tree, pymod, "elsewhere")["other-release"]["words"] == f"the tree of 5.5 has it; {RELEASE} runs"
    assert kinds(tree, pymod, "befor")["spelling"]["words"] == "modules of similar names: before"


def test_files_that_have_gone(pymod: Run, tree: SmallTree) -> None:
    """Its own, and that of a module that it needs; and a file that is none of a module."""
    tree.path("base").unlink()
    assert "missing-file" in kinds(tree, pymod, "base")
    assert "missing-dependency" in kinds(tree, pymod, "left")
    tree.path("alone").write_text("no module")
    assert "not-a-module" in kinds(tree, pymod, "alone")


def test_what_is_wrong_with_what_it_needs(pymod: Run, tree: SmallTree) -> None:
    """A file of a module that it needs is looked at as its own: it is no module, or one of another kernel."""
    sound = tree.path("base").read_bytes()
    for content, kind in ((b"no module at all", "not-a-module"), (sound.replace(b"SMP", b"UP!"), "other-kernel")):
        assert content != sound
        tree.path("base").write_bytes(content)
        found = kinds(tree, pymod, "top")
        assert found.keys() == {kind}
        assert "base, which it needs," in found[kind]["words"]
    tree.path("base").unlink()
    assert kinds(tree, pymod, "top")["missing-dependency"]["words"].endswith(
        "kernel/base.ko: No such file or directory"
    )


def test_what_the_kernel_says_to_it(pymod: Run, tree: SmallTree) -> None:
    """Where nothing else keeps it out, the kernel is asked, with what it needs loaded first."""
    for name in ("hello_export", "hello_use_export"):
        tree.path(name).write_bytes((beside_kmod.KO / f"{name}.ko").read_bytes())
    tree.index()
    assert kinds(tree, pymod, "hello_use_export").keys() == {"idle"}
    sound = tree.path("hello_export").read_bytes()
    tree.path("hello_export").write_bytes(sound.replace(b"_printk\0", b"_prinkt\0"))
    assert tree.path("hello_export").read_bytes() != sound
    found = kinds(tree, pymod, "hello_use_export")
    assert found.keys() == {"refused"}
    assert "hello_export, which was refused (Unknown symbol in module)" in found["refused"]["words"]
    assert "_prinkt" in kinds(tree, pymod, "hello_export")["refused"]["words"]


def test_commands_that_are_told_work(pymod: Run, tmp_path: Path) -> None:
    """Pasted into a shell, with names and folders that need quotes, they do what is said."""
    tree = SmallTree(tmp_path / "a root", {"one": {}, "two": {"needs": ["one"]}})
    config = tree.config("blacklist nobody\n", "a config/x.conf")
    where = ("-d", str(tree.root), "-S", RELEASE, "-C", config)
    _, errors, _ = pymod("why", *where, "no such")
    output, _, status = pymod(*command(errors))
    assert status == 0
    assert output == f"no such\n└── no module, builtin module or alias no such in {tree.folder}\n"
    output, _, _ = pymod("why", *where, "--not", "one")
    assert pymod(*command(output))[0].startswith("one (")
    for name in ("graph", "closure"):
        (tree.folder / "modules.dep.bin").unlink()
        _, errors, _ = pymod(name, *where, "two")
        assert pymod(*command(errors))[2] == 0
        assert pymod(name, *where, "two")[2] == 0
    machine = ("--state", str(tmp_path / "a state.json"), "--root", str(tree.root))
    for each in ("hello_export", "hello_use_export"):
        tree.path(each).write_bytes((beside_kmod.KO / f"{each}.ko").read_bytes())
    tree.index()
    assert pymod(*machine, "modprobe", "hello_use_export")[2] == 0
    assert pymod(*command(pymod(*machine, "why", "hello_export")[0])) == ("", "", 0)
    assert pymod(*machine, "lsmod")[0].count("\n") == 1


def command(text: str) -> list[str]:
    """The words after `pymod` of the only command between backquotes in a text."""
    (found,) = re.findall("`([^`]*)`", text)
    first, *words = shlex.split(found)
    assert first == "pymod"
    return words


@pytest.mark.parametrize("tool", ["why", "graph", "closure"])
def test_an_empty_word_names_nothing(pymod: Run, tree: SmallTree, tool: str) -> None:
    """As of a variable that is not set."""
    output, errors, status = tree.text(pymod, tool, "")
    assert (output, errors) == ("", f"{tool}: ERROR: an empty word names no module\n")
    assert status


def test_only_files_are_listed(pymod: Run, tree: SmallTree) -> None:
    """What is no regular file is no file for an image."""
    for path in ("/dev/null", str(tree.folder)):
        output, errors, status = pymod("--root", str(tree.root), "closure", "--without", "tree", path)
        assert (output, status) == ("", 1)
        assert "is no regular file" in errors or "No such file" in errors


@pytest.mark.parametrize("tool", ["why", "graph", "closure"])
def test_faults_of_indexes_are_told_apart(pymod: Run, tree: SmallTree, tool: str) -> None:
    """No folder, no index, a damaged one, one that cannot be read; another than that of names is a warning."""

    def errors() -> str:
        return tree.text(pymod, tool, "base")[1]

    assert errors() == ""
    index = tree.folder / "modules.dep.bin"
    sound = index.read_bytes()
    index.write_bytes(b"\0\0\0\0" + sound[4:])
    assert "TREE/modules.dep.bin: it is damaged: magic 00000000 instead of" in errors()
    assert "`pymod --root ROOT depmod` writes it anew" in errors()
    index.write_bytes(sound[:5])
    assert "TREE/modules.dep.bin: it is damaged: an index of 5 bytes is too short" in errors()
    index.unlink()
    assert "TREE has no index of names" in errors()
    index.mkdir()
    assert "TREE/modules.dep.bin: it cannot be read: Is a directory" in errors()
    index.rmdir()
    index.write_bytes(sound)
    (tree.folder / "modules.alias.bin").write_bytes(b"")
    assert "WARNING: TREE/modules.alias.bin: it is damaged: an index of 0 bytes is too short" in errors()
    tree.folder.rename(tree.root / "elsewhere")
    assert errors().endswith("ERROR: There is no TREE: a module tree belongs there.\n")


@pytest.mark.parametrize("tool", ["why", "graph", "closure"])
def test_a_configuration_that_is_not_there_is_refused(pymod: Run, tree: SmallTree, tool: str) -> None:
    """Rather than be taken for an empty one; a folder with nothing in it is one."""
    empty = tree.root / "empty"
    empty.mkdir()
    assert tree.text(pymod, tool, "-C", str(empty), "base")[1:] == ("", 0)
    _, errors, status = tree.text(pymod, tool, "-C", str(tree.root / "nosuch"), "base")
    assert errors == f"{tool}: ERROR: the configuration ROOT/nosuch cannot be read: No such file or directory\n"
    assert status == (2 if tool == "closure" else 1)
    assert tree.text(pymod, tool, "-C", "", "base")[2]


def test_another_kernels_module(pymod: Run, tree: SmallTree) -> None:
    """Compared with the kernel's vermagic as Linux does; in another root with the tree's release."""
    right = "6.1.0-56-amd64 SMP preempt mod_unload modversions "
    for magic, kind in ((right, "idle"), (right.replace("SMP ", ""), "other-kernel"), ("9.9 x", "other-kernel")):
        tree = SmallTree(tree.root.parent / str(len(magic)), {"one": {"info": [f"vermagic={magic}"]}})
        assert kinds(tree, pymod, "one").keys() == {kind}
    assert kinds(tree, pymod, "-d", str(tree.root), "-S", RELEASE, "one").keys() == {"other-kernel"}


def test_what_the_kernel_refuses(pymod: Run, tree: SmallTree) -> None:
    """module_blacklist= concerns modules that need the module, too; nomodule all."""
    assert pymod("boot", "--cmdline", "module_blacklist=base nomodule")[2] == 0
    assert kinds(tree, pymod, "left").keys() >= {"refused", "modules-disabled"}
    assert "base, which it needs" in kinds(tree, pymod, "left")["refused"]["words"]


def test_nothing_to_load(pymod: Run, tree: SmallTree) -> None:
    """Builtin; loaded already; nobody asks for it; nothing keeps it out."""
    assert kinds(tree, pymod, "inside").keys() == {"builtin"}
    load(pymod, "hello_export")
    tree.path("alone").with_stem("hello_export").write_bytes((beside_kmod.KO / "hello_export.ko").read_bytes())
    tree.index()
    assert kinds(tree, pymod, "hello_export").keys() == {"loaded"}


def test_purposes_of_aliases() -> None:
    """What an alias is for, by how it begins."""
    assert [purpose(alias) for alias in ("devname:net/tun", "crypto-xts", "of:N*T*", "net-pf-17", "loopback")] == [
        "opening /dev/net/tun",
        "the crypto algorithm xts",
        "a device on the of bus",
        "a socket or netlink family",
        "another name",
    ]


@pytest.mark.debian
@pytest.mark.kmod
def test_dependents_lead_to_all_that_need_a_module(kmod_tools: Path, debian_tree: Path, tmp_path: Path) -> None:
    """In Debian's tree: from a module, going up step by step reaches each one that needs it by modules.dep."""
    root = beside_kmod.indexed_debian_tree(kmod_tools, debian_tree, tmp_path / "root")
    tree = Tree(str(root / "lib/modules" / DEBIAN))
    bringers = Bringers(Place(tree, str(root), Config()))
    assert len(bringers.needs) == sum(1 for _ in tree.items(DEP))
    for name in ("libcrc32c", "snd", "mii", "usbcore"):
        reached: set[str] = set()
        names = [name]
        while names:
            names = [user for each in names for user in bringers.dependents(each) if user not in reached]
            reached.update(names)
        assert reached == {other for other, needed in bringers.needs.items() if name in needed}
