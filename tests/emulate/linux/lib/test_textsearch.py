"""Tests of modtools/emulate/linux/lib/textsearch.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import textsearch
from modtools.emulate.symbols.structs import View, new, view
from modtools.emulate.tasks import programs
from modtools.linuxerrno import EEXIST, EINVAL, ENOENT, ENOMEM
from tests.emulated import inserted, noting

pytest.importorskip("unicorn")


def algorithm(guest: Guest, name: bytes, /, **functions: int) -> View:
    """An algorithm that has all functions that one must have, and these."""
    row = new(guest, "ts_ops")
    row.name = guest.new_text(name)
    row.find = row.init = row.get_pattern = row.get_pattern_len = noting(guest)[0]
    for field, function in functions.items():
        setattr(row, field, function)
    return row


def test_search_algorithms_are_known_by_name(guest: Guest) -> None:
    """A name is given once, and taken back by whoever has it; only what was registered is found."""
    row, other = algorithm(guest, b"mine"), algorithm(guest, b"mine")
    assert textsearch.textsearch_register(guest, row.address()) == 0
    assert textsearch.textsearch_register(guest, other.address()) == -EEXIST
    assert textsearch.textsearch_unregister(guest, other.address()) == -ENOENT
    assert textsearch.textsearch_prepare(guest, guest.new_text(b"kmp"), row.name, 4, 0, 1) == -ENOENT
    assert textsearch.textsearch_unregister(guest, row.address()) == 0
    assert textsearch.textsearch_unregister(guest, row.address()) == -ENOENT
    assert textsearch.textsearch_register(guest, other.address()) == 0


@pytest.mark.parametrize("lacking", ["name", "find", "init", "get_pattern", "get_pattern_len"])
def test_an_algorithm_has_its_functions(guest: Guest, lacking: str) -> None:
    """And a name; destroy() alone may lack."""
    row = algorithm(guest, b"mine", **{lacking: 0})
    assert textsearch.textsearch_register(guest, row.address()) == -EINVAL
    assert guest.table("textsearch") == {}


def test_a_pattern_holds_its_algorithm(guest: Guest) -> None:
    """A reference on the module is held from textsearch_prepare() on, given back by textsearch_destroy(), and by an
    init() that fails; nothing is asked for an empty pattern.
    """
    config = guest.heap.kmalloc(64)
    (init, prepared), (destroy, destroyed) = noting(guest, config), noting(guest)
    owner = inserted(guest, "hello_export")
    row = algorithm(guest, b"mine", init=init, destroy=destroy, owner=owner.address)
    assert textsearch.textsearch_register(guest, row.address()) == 0
    name, pattern = guest.new_text(b"mine"), guest.new_text(b"abc")
    assert textsearch.textsearch_prepare(guest, name, pattern, 0, 0, 0) == -EINVAL
    assert textsearch.textsearch_prepare(guest, name, pattern, 3, 0, 0) == config
    assert (prepared(), owner.refcount, view(guest, "ts_config", config).ops) == ([(pattern, 3)], 1, row.address())
    textsearch.textsearch_destroy(guest, config)
    assert ([place for place, _ in destroyed()], owner.refcount) == ([config], 0)
    assert guest.heap.size(config) == 0
    row.init = noting(guest, -ENOMEM)[0]
    assert textsearch.textsearch_prepare(guest, name, pattern, 3, 0, 0) == -ENOMEM % (1 << 64)
    assert owner.refcount == 0


def test_what_lacks_is_not_called(guest: Guest) -> None:
    """An algorithm without destroy(), a configuration without an algorithm: it is freed all the same."""
    for operations in (algorithm(guest, b"mine").address(), 0):
        config = guest.heap.kmalloc(64)
        view(guest, "ts_config", config).ops = operations
        textsearch.textsearch_destroy(guest, config)
        assert guest.heap.size(config) == 0


def test_an_algorithm_that_was_asked_for_is_taken(guest: Guest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its module registers it meanwhile; who does not ask for it gets none."""
    config = guest.heap.kmalloc(64)
    row = algorithm(guest, b"late", init=noting(guest, config)[0])
    asked: list[bytes] = []

    def load(_guest: Guest, name: bytes, **_how: object) -> None:
        asked.append(name)
        assert textsearch.textsearch_register(guest, row.address()) == 0

    monkeypatch.setattr(programs, "request", load)
    name, pattern = guest.new_text(b"late"), guest.new_text(b"abc")
    assert textsearch.textsearch_prepare(guest, name, pattern, 3, 0, 0) == -ENOENT
    assert textsearch.textsearch_prepare(guest, name, pattern, 3, 0, 1) == config
    assert asked == [b"ts_late"]
