"""docs/state.md has the fields of the state as pymod writes them: all of them, and no others."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from modtools import stateparts
from modtools.kernel.facts import FACTS
from modtools.kernel.module.load import insert
from modtools.kernel.runner import End
from modtools.kernel.state import REFUSED_AT, Refusal
from modtools.link.areas import SEVEN
from modtools.statejson import HOW
from modtools.store import Store
from tests.reference import CHECKOUT

KO = Path(__file__).parent / "transcripts/ko"


def rows(heading: str, table: int = 0) -> dict[str, str]:
    """The names in the first column of a table below a heading, each with its row's text."""
    text = (CHECKOUT / "docs/state.md").read_text("utf-8")
    section = re.split(r"^#+ ", text.partition(f"# {heading}\n")[2], maxsplit=1, flags=re.M)[0]
    lines = re.findall(r"^\|(?:[^|\n]*\|)+\n\|[-|]+\|\n((?:\|.*\n)+)", section, flags=re.M)[table]
    cells = (line.split("|", 2)[1:] for line in lines.splitlines())
    return {name: rest for names, rest in cells for name in re.findall(r"`([^`]+)`", names)}


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The state of a kernel with a module that still loads, and that module's details under `details`."""
    path = tmp_path_factory.mktemp("state") / "state.json"
    store = Store(path)
    with store.transaction() as kernel:
        kernel.visible_until = lambda _: 1.0
        insert(kernel, (KO / "params_all.ko").read_bytes())
    state: dict[str, Any] = json.loads(path.read_text("utf-8"))
    [module] = state["modules"]
    return state | {"details": json.loads((store.parts.folder / module["details"]).read_text("utf-8"))}


def test_every_field_of_the_state_is_told(stored: dict[str, Any]) -> None:
    """The state, the kernel in it, its modules, and the details of one."""
    details = stored["details"]
    assert rows("state.json").keys() == stored.keys() - {"details"}
    assert rows("kernel").keys() == stored["kernel"].keys()
    assert rows("modules").keys() == stored["modules"][0].keys()
    assert rows("refusal").keys() == set(Refusal._fields)
    assert rows("Details of a module").keys() == details.keys()
    told = rows("Details of a module")["parameters"].partition("of each: ")[2]
    assert {name for name in details["parameters"][0] if f"`{name}`" not in told} == set()


def test_fields_within_fields_are_told(stored: dict[str, Any]) -> None:
    """The log, and the build options, which are named in their field's own row."""
    assert set(re.findall(r"`(\w+)`:", rows("state.json")["log"])) == stored["log"].keys()
    assert set(re.findall(r"`(\w+)`", rows("kernel")["config"])) == stored["kernel"]["config"].keys()


def test_words_in_the_state_are_told() -> None:
    """What may be unknown of a kernel, and how an init may have gone."""
    assert rows("kernel", 1).keys() == FACTS.keys()
    assert rows("modules", 1).keys() == set(HOW)
    assert rows("refusal", 1).keys() == set(REFUSED_AT)
    assert set(End) <= set(HOW)
    assert list(rows("modules", 2)) == list(SEVEN)


def test_every_kind_of_part_is_told() -> None:
    """The folder beside the state has the files that the document lists."""
    names = rows("Which files are changed")
    numbered = (re.sub("SERIAL|NUMBER|PID", "1", name) for name in names)
    assert {name for name in numbered if not stateparts.is_part(name)} == {"pymod", "lock", "ahead", "wanted", "shells"}
