"""The JSON of closure, why and graph is what docs/json.md says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.beside_kmod import KO
from tests.reference import CHECKOUT
from tests.relations import SmallTree
from tests.running import Run, load

MODULES = {
    "base": {"info": ["firmware=base.bin", "firmware=none.bin"]},
    "top": {"needs": ["base"], "info": ["alias=usb:v1*", "softdep=pre: inside nosuch"]},
    "muted": {"info": ["alias=usb:v2*"]},
}
COMMON = {"format", "tool", "exit_status", "messages"}


@pytest.fixture
def tree(tmp_path: Path) -> SmallTree:
    """A tree in which there is something for each list."""
    tree = SmallTree(tmp_path / "root", MODULES, ["inside"])
    tree.config("blacklist muted\noptions base x=1\n")
    tree.firmware("base.bin")
    (tree.folder / "kernel/hello_export.ko").write_bytes((KO / "hello_export.ko").read_bytes())
    tree.index()
    return tree


def section(tool: str) -> tuple[set[str], str]:
    """The names of the lists of a tool, and what docs/json.md says under that heading."""
    document = (CHECKOUT / "docs/json.md").read_text("utf-8")
    (found,) = re.findall(rf"^## ([\w, ]+) \(`{tool}`\)\n(.*?)(?=^## |\Z)", document, re.MULTILINE | re.DOTALL)
    return set(found[0].split(", ")), found[1]


def keys(value: Any) -> Iterator[str]:
    """All names of fields in a value, in lists and in objects as well."""
    if isinstance(value, dict):
        yield from value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from keys(inner)


@pytest.mark.parametrize(
    ("tool", "words"),
    [
        ("closure", ["closure", "--alias-file", "ALIASES", "top", "usb:v2"]),
        ("why", ["why", "hello_export"]),
        ("why --not", ["why", "--not", "muted"]),
        ("graph", ["graph", "top"]),
    ],
)
def test_every_field_is_documented(tool: str, words: list[str], pymod: Run, tree: SmallTree, tmp_path: Path) -> None:
    """Under the heading of the tool stand all its lists, none of which is empty here, and every field in them."""
    load(pymod, "hello_export")
    (tmp_path / "aliases").write_text("usb:v1\n")
    answer = tree.asked(pymod, *(str(tmp_path / "aliases") if word == "ALIASES" else word for word in words))
    lists, said = section(tool)
    assert answer.keys() - COMMON == lists
    assert all(answer[name] for name in lists)
    elsewhere = {"why", "of", "source", "words"} if tool == "closure" else set()
    missing = {key for name in lists for key in keys(answer[name]) if f"`{key}`" not in said}
    assert missing <= elsewhere
