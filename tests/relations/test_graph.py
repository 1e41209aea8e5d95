"""`pymod graph`: which modules need which, as a tree and in the languages of programs that draw graphs."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from modtools.config import Config
from modtools.names import module_name
from modtools.relations import diagrams
from modtools.relations.bringers import Bringers
from modtools.relations.closure import Place
from modtools.relations.graph import Edge, Graph, Node, TreeSource, graph
from modtools.tree.index import DEP, Tree
from modtools.tree.info import own_fields
from tests import beside_kmod
from tests.reference import RELEASE as DEBIAN
from tests.relations import SmallTree
from tests.running import Run, load

MODULES = {
    "base": {},
    "left": {"needs": ["base"]},
    "right": {"needs": ["base"]},
    "top": {"needs": ["left", "right", "base"], "info": ["softdep=pre: inside post: after", "weakdep=maybe"]},
    "far": {"needs": ["top"]},
    "after": {},
    "maybe": {},
}


@pytest.fixture
def tree(tmp_path: Path) -> SmallTree:
    """A tree with a diamond of dependencies, and one builtin module."""
    return SmallTree(tmp_path / "root", MODULES, ["inside"])


def shown(tree: SmallTree, pymod: Run, *words: str) -> list[str]:
    """The lines of a graph, without complaints."""
    return tree.lines(pymod, "graph", *words)


def test_what_is_needed_is_a_tree(pymod: Run, tree: SmallTree) -> None:
    """Direct dependencies, each shown with all below it once; soft and weak ones with their lines."""
    assert shown(tree, pymod, "far") == [
        "far",
        "└── top",
        "    ├── base",
        "    ├── left",
        "    │   └── base",
        "    ├── right",
        "    │   └── base",
        "    ├── inside (builtin) (softdep pre, TREE/modules.softdep line 2)",
        "    ├── after (softdep post, TREE/modules.softdep line 2)",
        "    └── maybe (weakdep, TREE/modules.weakdep line 2)",
    ]
    assert shown(tree, pymod, "--hard", "--depth=1", "top") == ["top", "├── base", "├── left", "└── right"]


def test_who_needs_it_is_the_reverse(pymod: Run, tree: SmallTree) -> None:
    """Directly: far needs base by way of top only."""
    assert shown(tree, pymod, "-r", "base") == [
        "base",
        "├── left",
        "│   └── top",
        "│       └── far",
        "├── right",
        "│   └── top, see above",
        "└── top, see above",
    ]
    assert shown(tree, pymod, "--reverse", "maybe", "--depth", "1") == [
        "maybe",
        "└── top (weakdep, TREE/modules.weakdep line 2)",
    ]
    assert shown(tree, pymod, "--reverse", "--hard", "maybe") == ["maybe"]


def test_symbols_say_why(pymod: Run, tree: SmallTree) -> None:
    """Those that one wants and the other exports, from their files."""
    assert shown(tree, pymod, "-s", "left") == ["left", "└── base: of_base"]
    edges = tree.asked(pymod, "graph", "left")["edges"]
    assert edges == [{"user": "left", "needed": "base", "kind": "dependency", "symbols": ["of_base"], "source": ""}]


def test_the_whole_tree(pymod: Run, tree: SmallTree) -> None:
    """Without a name: trees begin at what nobody needs, or with --reverse at what needs nothing."""
    assert [line for line in shown(tree, pymod) if line[0] not in "│├└ "] == ["far"]
    assert [line for line in shown(tree, pymod, "-r", "--hard") if line[0] not in "│├└ "] == ["after", "base", "maybe"]
    assert {node["name"] for node in tree.asked(pymod, "graph")["nodes"]} == {*MODULES, "inside"}


def test_a_file_that_cannot_be_read(pymod: Run, tree: SmallTree) -> None:
    """Then what modules.dep names counts as needed directly, as far as nothing else needs it; and it is said."""
    tree.path("left").write_text("no module")
    output, errors, status = tree.text(pymod, "graph", "left")
    assert output.splitlines() == ["left", "└── base"]
    assert (errors, status) == ("graph: ERROR: cannot read TREE/kernel/left.ko: not an ELF file at offset 0x0\n", 1)
    assert tree.text(pymod, "graph", "-r", "--depth=1", "--hard", "base")[0].splitlines() == [
        "base",
        "├── left",
        "├── right",
        "└── top",
    ]


def test_soft_dependencies_in_a_circle_end(pymod: Run, tree: SmallTree) -> None:
    """The circle is closed by a line that says so."""
    tree.config("softdep after pre: maybe\nsoftdep maybe pre: after\n")
    assert [line.split(" (")[0] for line in shown(tree, pymod, "after")] == ["after", "└── maybe", "    └── after"]
    assert shown(tree, pymod, "after")[2].endswith(", see above")


def test_loaded_modules(pymod: Run, tree: SmallTree) -> None:
    """By who uses whom in the kernel; symbols are those that a module's file wants of the other."""
    load(pymod, "hello_export", "hello_use_export")
    assert shown(tree, pymod, "--loaded", "-s") == ["hello_use_export", "└── hello_export: hello_export"]
    assert shown(tree, pymod, "-l", "-r") == ["hello_export", "└── hello_use_export"]
    assert shown(tree, pymod, "-l", "hello-export") == ["hello_export"]
    assert "not loaded: base;" in tree.text(pymod, "graph", "-l", "base")[1]
    assert {node["state"] for node in tree.asked(pymod, "graph", "-l")["nodes"]} == {"live"}


def test_loaded_modules_files_are_read_for_symbols_only(pymod: Run, tmp_path: Path) -> None:
    """What is loaded needs no file any more; one that has gone is an error where its symbols are asked for."""
    load(pymod, "hello_export")
    file = tmp_path / "hello_use_export.ko"
    file.write_bytes((beside_kmod.KO / file.name).read_bytes())
    assert pymod("insmod", str(file))[2] == 0
    file.unlink()
    assert pymod("graph", "-l") == ("hello_use_export\n└── hello_export\n", "", 0)
    _, errors, status = pymod("graph", "-l", "-s")
    assert (errors, status) == (f"graph: ERROR: cannot read {file}: No such file or directory\n", 1)


def test_nothing_to_show_is_an_error(pymod: Run, tree: SmallTree) -> None:
    """No module is loaded; there is none of this name; the tree has no index."""
    assert tree.text(pymod, "graph", "-l") == ("", "graph: ERROR: no module is loaded\n", 1)
    assert "Module nosuch not found in directory TREE" in tree.text(pymod, "graph", "nosuch")[1]
    (tree.folder / "modules.dep.bin").unlink()
    assert "`pymod --root ROOT depmod` writes it" in tree.text(pymod, "graph", "top")[1]


def test_dot_and_mermaid(pymod: Run, tree: SmallTree) -> None:
    """Every module is a node, every edge an arrow, dashed for soft ones."""
    assert shown(tree, pymod, "--format", "dot", "-s", "--depth=1", "top") == [
        "digraph modules {",
        "\trankdir=LR",
        "\tnode [shape=box]",
        '\t"top"',
        '\t"base"',
        '\t"left"',
        '\t"right"',
        '\t"inside" [style=dashed]',
        '\t"after"',
        '\t"maybe"',
        '\t"top" -> "base" [label="of_base"]',
        '\t"top" -> "left" [label="of_left"]',
        '\t"top" -> "right" [label="of_right"]',
        '\t"top" -> "inside" [style=dashed, label="softdep pre"]',
        '\t"top" -> "after" [style=dashed, label="softdep post"]',
        '\t"top" -> "maybe" [style=dotted, label="weakdep"]',
        "}",
    ]
    lines = shown(tree, pymod, "--format", "mermaid", "-s", "far", "--depth=2")
    assert lines[0] == "flowchart LR"
    names = dict(re.findall(r'^    (m\d+)\["(.*)"\]$', "\n".join(lines), re.MULTILINE))
    arrows = re.findall(r"^    (m\d+) (-->|-\.->)\|\"(.*)\"\| (m\d+)$", "\n".join(lines), re.MULTILINE)
    assert len(lines) == 1 + len(names) + len(arrows)
    assert tuple(
        (names[user], arrow, label, names[needed]) for user, arrow, label, needed in (arrows[0], arrows[-1])
    ) == (("far", "-->", "of_top", "top"), ("top", "-.->", "weakdep", "maybe"))


def test_odd_names_are_no_syntax() -> None:
    """What a name has of quotes, brackets and newlines stays in it."""
    odd = 'a"b]\\\n;'
    found = Graph((Node(odd), Node("end")), (Edge(odd, "end", symbols=("x|y",)),), (odd,))
    assert '"a\\"b]\\\\\\n;" -> "end"' in diagrams.dot(found, symbols=False)
    assert diagrams.mermaid(found, symbols=True).splitlines()[1:] == [
        '    m0["a#34;b#93;#92;#10;#59;"]',
        '    m1["end"]',
        '    m0 -->|"x#124;y"| m1',
    ]


def test_json_is_the_same_by_both_names(pymod: Run, tree: SmallTree, tmp_path: Path) -> None:
    """--format json is what --json prints; -o writes a format, and --json is printed beside that."""
    plain = tree.text(pymod, "graph", "--json", "top")[0]
    assert tree.text(pymod, "graph", "--format=json", "top")[0] == plain
    out = tmp_path / "out"
    assert tree.text(pymod, "graph", "--format=json", "-o", str(out), "top") == ("", "", 0)
    assert len(json.loads(out.read_text())["edges"]) == len(json.loads(plain)["edges"]) > 3
    assert tree.text(pymod, "graph", "--json", "--format=dot", "-o", str(out), "top") == (plain, "", 0)
    assert out.read_text().startswith("digraph")


def test_svg_is_what_dot_draws(pymod: Run, tree: SmallTree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """graphviz's dot gets the DOT text; without it, or where it fails, that is said."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "needs graphviz's program dot" in tree.text(pymod, "graph", "--format", "svg", "left")[1]
    script = tmp_path / "dot"
    script.write_text('#!/bin/sh\nwhile read -r line; do echo "$line"; done; echo "$1"\n')
    script.chmod(0o755)
    lines = shown(tree, pymod, "--format", "svg", "left")
    assert lines == [*(line.strip() for line in shown(tree, pymod, "--format", "dot", "left")), "-Tsvg"]
    script.write_text("#!/bin/sh\necho broken >&2; exit 3\n")
    assert tree.text(pymod, "graph", "--format", "svg", "left") == (
        "",
        "graph: ERROR: graphviz's dot cannot draw the graph: broken\n",
        1,
    )


@pytest.mark.skipif(not shutil.which("dot"), reason="needs graphviz")
def test_graphviz_draws_every_node(pymod: Run, tree: SmallTree) -> None:
    """A real dot: a picture with a title for each module and each edge."""
    drawn = "\n".join(shown(tree, pymod, "--format", "svg", "-s", "far"))
    titles = set(re.findall(r"<title>(.*)</title>", drawn))
    assert titles > {*MODULES, "inside", "far&#45;&gt;top", "top&#45;&gt;base"}


@pytest.mark.debian
@pytest.mark.kmod
@pytest.mark.slow
def test_direct_dependencies_are_those_of_modpost(kmod_tools: Path, debian_tree: Path, tmp_path: Path) -> None:
    """In Debian's tree each module directly needs what kbuild wrote into it as `depends=`; in reverse as well."""
    root = beside_kmod.indexed_debian_tree(kmod_tools, debian_tree, tmp_path / "root")
    tree = Tree(str(root / "lib/modules" / DEBIAN))
    place = Bringers(Place(tree, str(root), Config()))
    source = TreeSource(place, hard=True)
    names = [module_name(name) for name, _ in tree.items(DEP)]
    said: dict[str, set[str]] = {}
    for name in names:
        lookup = place.lookup()
        depends = dict(own_fields(lookup, lookup.find(name)[0]))["depends"]
        said[name] = {module_name(other) for other in depends.split(",") if other}
    assert set(graph(source, []).edges) == {edge for name in names for edge in source.needs(name)}
    assert {name: {edge.needed for edge in source.needs(name)} for name in names} == said
    for name in ("mii", "snd_hwdep", "libcrc32c"):
        assert {edge.user for edge in source.users(name)} == {user for user in names if name in said[user]}
    assert not source.problems


def test_the_output_file_is_told_if_it_cannot_be_written(pymod: Run, tree: SmallTree, tmp_path: Path) -> None:
    """An error with the path."""
    path = str(tmp_path / "none/out")
    assert tree.text(pymod, "graph", "-o", path, "left")[1:] == (f"graph: ERROR: {path}: {os.strerror(2)}\n", 1)
