"""The rules of `pymod check`: each is described, found in a case made for it, and no other is found."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from modtools.diagnose.rules import OF_CAUSE, RULES
from modtools.diagnose.ruletexts import TEXTS
from tests.reference import CHECKOUT
from tests.running import runner
from tools import rules
from tools.rule_examples import EXAMPLES

_PROMISED = """
    elf-invalid elf-machine elf-stripped elf-truncated compression-unsupported signature-bad signature-missing
    signature-unknown-key vermagic-mismatch struct-module-size symbol-version-mismatch symbol-version-missing
    symbol-unknown symbol-not-loaded symbol-not-known symbol-gpl-only symbol-namespace symbol-proprietary-owner
    symbol-duplicate relocation-unsupported relocation-overflow relocation-nonzero-target name-loaded name-builtin
    name-mismatch blacklisted parameter-unknown parameter-invalid livepatch-unsupported force-needed init-refused
    init-oops init-unknown taint
""".split()
"""Rules whose names others rely on: they may not go."""

_CODE = sorted(
    path
    for path in (CHECKOUT / "modtools/diagnose").rglob("*.py")
    if path.name not in ("rules.py", "ruletexts.py") and "messages" not in path.parts
)
_FILE = r"[\w*./-]+\.(?:c|h|rst)"
_FUNCTION = r"\w+\(\)(?: (?:in|since) \d\.\d+)?"
_SOURCE = re.compile(
    rf"{_FILE}(?:: {_FUNCTION}(?:, {_FUNCTION})*)?|[\w.]+\(\d\)|the files that the kernel was named by"
)


def test_every_rule_is_described_and_has_a_case() -> None:
    """Those that were promised, and all others."""
    assert set(_PROMISED) <= RULES.keys()
    assert RULES.keys() == TEXTS.keys() == EXAMPLES.keys()
    for name, text in TEXTS.items():
        assert all(part.endswith(".") for part in (RULES[name].summary, *text)), name


def test_the_pages_are_up_to_date() -> None:
    """docs/rules is what `make docs` writes: texts, and what check answers now to each case, which finds its rule."""
    made = rules.pages()
    assert [name for name in RULES if f" {name}: " not in made[f"{name}.md"].partition("$ pymod check")[2]] == []
    assert {path.name: path.read_text("utf-8") for path in rules.FOLDER.iterdir()} == made


def test_a_page_that_is_not_wanted_any_more_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writing the pages again leaves no page of a rule that is gone."""
    monkeypatch.setattr(rules, "FOLDER", tmp_path)
    monkeypatch.setattr(rules, "pages", lambda: {"README.md": "all of them"})
    (tmp_path / "no-such-rule.md").touch()
    rules.write()
    assert [(path.name, path.read_text("utf-8")) for path in tmp_path.iterdir()] == [("README.md", "all of them")]


def _names(tree: ast.AST) -> set[str]:
    """The first words of all findings that code makes by name."""
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("error", "Finding")
        if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    }


def test_no_finding_is_of_another_rule() -> None:
    """Whatever makes findings names a rule that there is; and each cause of a refusal has one."""
    made = {path.name: _names(ast.parse(path.read_text("utf-8"))) for path in _CODE}
    assert {name: found - RULES.keys() for name, found in made.items() if found - RULES.keys()} == {}
    assert sum(map(len, made.values())) > 20
    assert set(OF_CAUSE.values()) <= RULES.keys()


@pytest.mark.parametrize("name", RULES)
def test_a_source_names_files_and_functions(name: str) -> None:
    """So that it can be looked up: a file of Linux with its functions, or a manual page."""
    assert all(_SOURCE.fullmatch(part) for part in RULES[name].source.split("; ")), RULES[name].source


def test_all_rules_are_listed(capfd: pytest.CaptureFixture[str]) -> None:
    """`--list-rules` shows each with its summary."""
    output, errors, status = runner(capfd)("check", "--list-rules")
    assert (errors, status) == ("", 0)
    assert dict(line.split(maxsplit=1) for line in output.splitlines()) == {
        name: rule.summary for name, rule in RULES.items()
    }
