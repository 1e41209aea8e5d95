"""A kernel that was booted from files is kept beside the state, with all that its files told."""

from __future__ import annotations

from pathlib import Path

import pytest

from modtools import profiles
from modtools.errors import StateError
from modtools.profiles import archive
from modtools.stateparts import new_name
from modtools.store import Store

FACTS = {
    "title": "mine",
    "alias": "",
    "release": "6.9.1",
    "machine": "x86_64",
    "hardware": "qemu-pc",
    "vermagic": "6.9.1 SMP ",
    "version": "Linux version 6.9.1",
    "cmdline": "",
    "config": {},
}


def kept(path: Path) -> Store:
    """A state with a kernel of its own profile, which has the symbols and keys of the built-in one."""
    store = Store(path)
    files = {name: data for name in ("exports.bin", "certificates.pem") if (data := profiles.load().files.read(name))}
    identity = store.default().identity._replace(release="6.9.1", profile=new_name("kernel"))
    store.replace(store.boot(identity), profile=archive.pack(FACTS, files))
    return store


def test_a_kernel_of_files_comes_back(tmp_path: Path) -> None:
    """Its symbols and keys are those of its part, and what nobody told is empty."""
    kept(tmp_path / "state.json")
    found = Store(tmp_path / "state.json").read()
    assert found.identity.release == "6.9.1"
    assert len(found.symbols) == len(profiles.load().exports)
    assert found.sources.certificates() == profiles.load().certificates
    assert (found.sources.builtin(), found.sources.kallsyms()) == ({}, [])


def test_its_part_stays_as_long_as_the_state_names_it(tmp_path: Path) -> None:
    """A command that changes the machine leaves it there; a state without it is refused."""
    store = kept(tmp_path / "state.json")
    with store.transaction():
        pass
    (part,) = store.parts.folder.glob("*.kernel")
    part.unlink()
    with pytest.raises(StateError, match="refers to a kernel that cannot be read"):
        len(Store(tmp_path / "state.json").read().symbols)
