"""Linked lists in memory are what a Python list would be."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.emulate.guest import Guest
from modtools.emulate.objects import listhead
from tests.emulated import boot

pytest.importorskip("unicorn")
MOST = 8


@pytest.fixture(scope="module")
def heads(tmp_path_factory: pytest.TempPathFactory) -> tuple[Guest, int, list[int]]:
    """Memory with the place of a head and of some entries."""
    guest = boot(Path(tmp_path_factory.mktemp("machine"), "state.json"))
    head, *entries = (guest.heap.kmalloc(16) for _ in range(MOST + 1))
    return guest, head, entries


@given(steps=st.lists(st.tuples(st.sampled_from(["add", "add_tail", "take_out", "delete"]), st.integers(0, MOST - 1))))
def test_lists(heads: tuple[Guest, int, list[int]], steps: list[tuple[str, int]]) -> None:
    """Whatever is added and taken out: forwards and backwards the same entries, and one that was deleted is alone."""
    guest, head, entries = heads
    model: list[int] = []
    listhead.init(guest, head)
    for step, number in steps:
        entry = entries[number]
        if (entry in model) == step.startswith("add"):
            continue
        if step.startswith("add"):
            model.insert(0 if step == "add" else len(model), entry)
            getattr(listhead, step)(guest, entry, head)
        else:
            model.remove(entry)
            getattr(listhead, step)(guest, entry)
        assert walked(guest, head, 0) == model
        assert walked(guest, head, 8) == model[::-1]
        assert step != "delete" or walked(guest, entry, 0) == []


def walked(guest: Guest, head: int, field: int) -> list[int]:
    """The entries, by their next or their previous one."""
    found, at = [], guest.memory.u64(head + field)
    while at != head:
        found.append(at)
        at = guest.memory.u64(at + field)
    return found
