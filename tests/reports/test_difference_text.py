"""The text of a difference."""

from __future__ import annotations

import pytest

from modtools.reports.difference import _listed, text

ROWS = [{"name": f"n{number}"} for number in range(7)]


@pytest.mark.parametrize(
    ("count", "unknown", "whole", "lines"),
    [
        (0, None, False, ["    gone: 0"]),
        (2, None, False, ["    gone: 2 (n0, n1)"]),
        (5, None, False, ["    gone: 5 (n0, n1, n2, n3, n4)"]),
        (7, None, False, ["    gone: 7 (n0, n1, n2, n3, n4, …)"]),
        (2, None, True, ["    gone: 2", "        n0", "        n1"]),
        (2, "no list has all", False, ["    gone: not known, for no list has all"]),
    ],
)
def test_many_are_counted_and_some_are_named(count: int, unknown: str | None, whole: bool, lines: list[str]) -> None:
    """A count with the first five, all of them where that is asked for, or why it is not known."""
    assert list(_listed("gone", ROWS[:count], unknown, lambda row: str(row["name"]), whole)) == lines


def _finding(rule: str, subject: str, help_: str) -> dict[str, str]:
    return {"rule": rule, "severity": "error", "message": f"{subject} is wrong", "help": help_}


def _side(verdict: str, error: str = "") -> dict[str, str]:
    return {"verdict": verdict, "error": error}


MADE = {
    "kernels": [{"name": "one", "release": "6.1"}, {"name": "two", "release": "6.12"}],
    "exports": {"before": 10, "after": None, "same": 7, "compared": 6},
    "export_changes": [
        {"change": "added", "name": "new_one", "exporter": None},
        {"change": "added", "name": "ours", "exporter": "mod_a"},
        {"change": "gone", "name": "old_one", "exporter": "mod_b"},
        {"change": "relicensed", "name": "mine", "before": "", "after": "GPL"},
        {"change": "moved", "name": "spaced", "before": "A", "after": ""},
    ],
    "unknown": {"changed": "one has no CRCs", "tree_builtin": "two has no list"},
    "trees": {"before": 3, "after": 4, "same": 2},
    "module_changes": [
        {"change": "added", "name": "fresh"},
        {"change": "gone", "name": "stale"},
        {"change": "renamed", "name": "old", "now": "new", "by": "its alias"},
        {"change": "loadable", "name": "outside"},
        {"change": "unlisted", "name": "lost"},
    ],
    "aliases_changes": [{"alias": "pci:v1", "modules": ["a", "b"]}],
    "firmware_changes": [{"firmware": "x.bin", "modules": ["a"]}],
    "parameters_changes": [{"module": "a", "parameter": "debug"}],
    "modules": [
        {
            "path": "x.ko",
            "breaks": True,
            "before": _side("loads"),
            "after": _side("refused", "ENOENT"),
            "by": [
                _finding("symbol", "f", "Build it again"),
                _finding("crc", "h", "Build it again"),
                _finding("symbol", "g\x1b", "Look elsewhere"),
            ],
        },
        {"path": "y.ko", "breaks": False, "before": _side("refused"), "after": _side("loads"), "by": []},
    ],
}
TEXT = """\
From one (6.1) to two (6.12)
Exported symbols: 10 before, not all known after, 7 in both
    added: 2 (new_one, ours (was exported by mod_a))
    gone: 1 (old_one (is exported by mod_b))
    for other licences: 1 (mine: none -> GPL)
    in another namespace: 1 (spaced: A -> none)
    with another CRC of 6 that are known on both sides: not known, for one has no CRCs
Modules: 3 before, 4 after, 2 in both
    added: 1 (fresh)
    gone: 1 (stale)
    renamed: 1 (old -> new, by its alias)
    built in now: not known, for two has no list
    not built in any more: 1 (outside)
    built in before, in no list now: 1 (lost)
    aliases that nothing answers to any more: 1 (pci:v1 of a b)
    firmware that nothing named before: 1 (x.bin of a)
    parameters gone: 1 (a.debug)
Given modules: 2, of which 1 breaks
    x.ko: breaks, loads -> refused (ENOENT)
"""


def test_the_whole_text_short() -> None:
    """Kernels, symbols, trees, and given modules with the first finding of each rule and how many more there are."""
    found = """\
        error: f is wrong, and 1 more [symbol]
            Build it again
        error: h is wrong [crc]
            Build it again
    y.ko: refused -> loads
"""
    assert text(MADE) == TEXT + found


def test_the_whole_text_whole() -> None:
    """Every name has a line, and every finding; what there is to do is said once, and nothing is for a terminal."""
    lines = text(MADE, whole=True).splitlines()
    at = lines.index("    added: 2")
    assert lines[at : at + 3] == ["    added: 2", "        new_one", "        ours (was exported by mod_a)"]
    assert lines[lines.index("    x.ko: breaks, loads -> refused (ENOENT)") + 1 :] == [
        "        error: f is wrong [symbol]",
        "        error: g\\x1b is wrong [symbol]",
        "            Build it again",
        "            Look elsewhere",
        "        error: h is wrong [crc]",
        "            Build it again",
        "    y.ko: refused -> loads",
    ]


def test_without_trees_and_modules_only_symbols_are_compared() -> None:
    """What was not asked for is said, and given modules are not spoken of where there are none."""
    lines = text(MADE | {"trees": None, "modules": []}).splitlines()
    assert lines[-1] == "Modules: not compared; --tree-a and --tree-b name the kernels' module trees"
    assert len(lines) == 8
