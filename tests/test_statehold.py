"""A kernel that is held in memory: others wait for it, see what it was changed to, and may change it in turn."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from modtools.errors import StateError
from modtools.kernel.state import Kernel
from modtools.statehold import Hold
from modtools.statelock import acquire
from modtools.store import Store

pytest.importorskip("fcntl")

CHANGE = """
import sys
from pathlib import Path
from modtools.store import Store
with Store(Path(sys.argv[1])).transaction() as kernel:
    kernel.time = 7
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A state that was stored."""
    made = Store(tmp_path / "state.json")
    with made.transaction() as kernel:
        kernel.time = 1
    return made


def hold(store: Store) -> Hold:
    """One more who may hold it."""
    return Hold(Store(store.path), lambda _: None)


def test_who_reads_waits_until_it_is_stored(store: Store) -> None:
    """And tells that it waits; nobody else can hold the machine meanwhile."""
    held, read = hold(store), []
    assert held.take()
    assert not hold(store).take()
    assert not held.is_wanted
    held.kernel.time = 2
    reader = threading.Thread(target=lambda: read.append(Store(store.path).read().time))
    reader.start()
    while not held.is_wanted:
        time.sleep(0.001)
    held.give()
    reader.join()
    assert read == [2]


def test_a_command_that_waits_comes_first(store: Store) -> None:
    """Who gives the machine up does not take it again before somebody who wants it has had it."""
    held = hold(store)
    assert held.take()
    other = subprocess.Popen([sys.executable, "-c", CHANGE, store.path])
    while not held.is_wanted:
        time.sleep(0.001)
    held.give()
    while not held.take():
        time.sleep(0.001)
    assert held.kernel.time == 7
    assert other.wait() == 0


def test_it_is_read_again_only_when_it_was_changed(store: Store) -> None:
    """By a command, or by another who has held it."""
    seen: list[Kernel] = []
    held = Hold(Store(store.path), seen.append)
    for _ in range(3):
        assert held.take()
        held.kernel.time += 1
        held.give()
    assert (len(seen), held.loads, held.is_changed_by_others) == (1, 1, False)
    with store.transaction() as kernel:
        assert kernel.time == 4
        kernel.time = 9
    assert held.is_changed_by_others
    assert (held.kernel.time, held.loads) == (9, 2)


def test_what_cannot_be_stored_is_lost(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The state is the old one, in memory, too, and the machine is free."""
    held = hold(store)
    assert held.take()
    held.kernel.time = 5

    def full(*_words: object) -> None:
        raise StateError("no room")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "write", full)
        with pytest.raises(StateError):
            held.give()
    assert not held.is_held
    assert held.kernel.time == Store(store.path).read().time == 1


def test_who_waits_for_the_lock_in_vain_is_told(store: Store) -> None:
    """By an error that says for how long."""
    held = hold(store)
    assert held.take()
    with pytest.raises(TimeoutError):
        acquire(store.parts.lock, 0.05)
    assert not held.is_wanted
