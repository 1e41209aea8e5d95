"""What is known of a state's file without the kernel in it, and JSON read without the module of that name."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools import hostfile, statefile, statejson
from modtools.jsonfields import loads
from modtools.link.areas import SEVEN
from modtools.store import Store
from tests.properties import examples
from tests.running import Run, load, runner


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """The state of a machine just booted."""
    path = tmp_path / "state.json"
    with Store(path).transaction():
        pass
    return path


def test_the_first_lines_are_what_the_kernel_says(state: Path, tmp_path: Path) -> None:
    """By a link, too; what stands behind them is not looked at."""
    identity = Store(state).read().identity
    (tmp_path / "link").symlink_to(state)
    state.write_text(state.read_text().partition(' "taint"')[0] + "damaged")
    for path in (state, tmp_path / "link"):
        assert statefile.glance(str(path)) == (identity.release, identity.cmdline)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"schema": 1', '"schema": 2'),
        ("{\n", "{"),
        ('"release": "', '"other": "'),
        ('"cmdline": "', '"cmdline": 1, "x": "'),
        ('"kernel": {', '"kernel": ['),
        ('"cmdline": "', '"cmdline": "\\ud800'),
    ],
)
def test_what_is_not_as_pymod_writes_it_is_left_to_who_reads_all(state: Path, old: str, new: str) -> None:
    """Nothing is told of it, and so of what is no file, and of what is not there."""
    state.write_text(state.read_text().replace(old, new))
    assert statefile.glance(str(state)) is None
    assert statefile.glance(str(state.parent)) is None


def test_where_nothing_was_stored_it_is_the_built_in_kernel(tmp_path: Path) -> None:
    """As `store` makes it."""
    path = tmp_path / "nothing"
    identity = Store(path).default().identity
    assert statefile.glance(str(path)) == (identity.release, identity.cmdline)
    assert statefile.listing(str(path)) == ([], [])


SHOWN = ("name", "refcount", "users", "taints", "state", "core", "has_init", "has_exit", "args", "path", "init_result")
PARTLY = ("name", "users", "core", "init_result")
"""Fields of which lsmod does not look at all: whether both sides agree on a use, addresses, why an init did not end."""
OTHERS: tuple[Any, ...] = (
    None,
    True,
    -1,
    1 << 40,
    0.5,
    "odd",
    "a-b",
    "\ud800",
    [],
    ["a", "b"],
    [1, 2],
    ["0x1", -1],
    ["none", 0, 0],
    {},
)


@pytest.fixture
def loaded(state: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """pymod with modules in the state that use each other, one of them for ever."""
    monkeypatch.setenv("PYMOD_STATE", str(state))
    pymod = runner(capfd)
    load(pymod, "dia_base", "dia_left", "dia_right", "dia_top", "permanent")
    return pymod


def both_ways(pymod: Run, state: Path, document: Any) -> tuple[list[Any], list[Any]]:
    """What lsmod says of a state as pymod writes it, from a part of it, and as another program would."""
    answers = []
    for text in (statejson.to_text(document), json.dumps(document)):
        state.write_text(text)
        answers.append([pymod("lsmod"), pymod("lsmod", "--json")])
    return answers[0], answers[1]


def test_lsmod_says_of_a_part_what_it_says_of_all(loaded: Run, state: Path) -> None:
    """Of modules, with /proc and without, with /sys and without, and of the memory that a newer kernel's have."""
    document = json.loads(state.read_text())
    assert statefile.listing(str(state)) is not None
    for unmounted in ([], ["/sys"], ["/proc"]):
        ours, all_of_it = both_ways(loaded, state, document | {"unmounted": unmounted})
        assert ours == all_of_it
        assert ours[0][2] == ("/proc" in unmounted)
        assert (document["modules"][0]["name"] in ours[0][0]) == ("/proc" not in unmounted)
    seven: dict[str, Any] = {kind.value: ["0xffffffffc0000000", 4096] for kind in SEVEN}
    for module in document["modules"]:
        ending = {key: module.pop(key) for key in ("exports", "details")}
        del module["core"], module["init"]
        module |= seven | ending
    ours, all_of_it = both_ways(loaded, state, document)
    assert ours == all_of_it
    assert "16384" in ours[0][0]


def test_a_module_whose_init_is_over_is_live(loaded: Run, state: Path) -> None:
    """Though the state, which nobody has written since, has it as still loading."""
    document = json.loads(state.read_text())
    last = document["modules"][-1]
    until = [*document["modules"][:-1], last | {"state": "coming", "refcount": last["refcount"] + 1, "until": 1.0}]
    assert both_ways(loaded, state, document | {"modules": until}) == both_ways(loaded, state, document)


@pytest.mark.parametrize("field", SHOWN)
def test_what_is_odd_lsmod_calls_odd(field: str, loaded: Run, state: Path) -> None:
    """Each field that it shows, odd in every way or gone: the same answer, or the same words about what is wrong."""
    document = json.loads(state.read_text())
    first, *others = document["modules"]
    variants = [first | {field: other} for other in OTHERS] + [{key: first[key] for key in first if key != field}]
    for variant in variants:
        (plain, as_json), (_, all_of_it) = both_ways(loaded, state, document | {"modules": [variant, *others]})
        if not all_of_it[2]:
            assert as_json == all_of_it, variant[field]
        else:
            assert as_json[2] or field in PARTLY, variant
        assert "internal" not in plain[1] + as_json[1]


def test_a_kernel_that_is_elsewhere_is_not_told_by_its_file(state: Path) -> None:
    """One that this process holds, and one that another has not stored yet."""
    store = Store(state)
    kernel = store.read()
    with store.held(kernel):
        assert statefile.glance(str(state)) is None
        assert statefile.exists(str(state))
    ahead = os.open(store.parts.folder / statefile.AHEAD, os.O_CREAT | os.O_RDWR)
    try:
        assert statefile.glance(str(state)) is not None
        hostfile.lock(ahead)
        assert statefile.glance(str(state)) is None
    finally:
        os.close(ahead)
    assert statefile.glance(str(state)) is not None


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def answer(read: Any, text: str) -> str:
    """What reading a text comes to."""
    try:
        return repr(read(text))
    except (ValueError, RecursionError) as error:
        return f"{type(error).__name__}: {error}"


@examples(40)
@given(VALUES, st.booleans(), st.sampled_from(["", " ", "\n\t\r", "\x0b", "\ufeff", "x", ",", "[", "\\u0041", "NaN"]))
def test_json_is_read_as_json_reads_it(value: Any, plain: bool, more: str) -> None:
    """Values, and what is wrong with a text."""
    text = json.dumps(value, ensure_ascii=plain)
    for odd in (text, more + text, text + more, text[: len(text) // 2] + more + text[len(text) // 2 :]):
        if "\\ud" not in odd.lower():
            assert answer(loads, odd) == answer(json.loads, odd)


@pytest.mark.parametrize(
    "text", ["9" * 5000, "[" * 100_000, "Infinity", "-Infinity", '{"a": 1, "a": 2}', "1e999", "-0"]
)
def test_odd_json_is_read_as_json_reads_it(text: str) -> None:
    """Beyond Python's bounds, and where the standard leaves it open."""
    assert answer(loads, text) == answer(json.loads, text)
