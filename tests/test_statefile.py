"""What is known of a state's file without the kernel in it, and JSON read without the module of that name."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools import hostfile, statefile
from modtools.jsonfields import loads
from modtools.store import Store
from tests.properties import examples


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
    assert statefile.glance(str(state.parent / "nothing")) is None


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
