"""The state file, damaged: one clear error, and it is left as it was."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from modtools.errors import KernelError, StateError
from modtools.kernel.files.paths import lookup
from modtools.kernel.log import raw_lines
from modtools.kernel.module.load import insert
from modtools.kernel.module.unload import delete
from modtools.store import Store
from tests.properties import examples

KO = Path(__file__).parent / "transcripts/ko"


@pytest.fixture
def store() -> Store:
    """The store that $PYMOD_STATE names."""
    return Store(Path(os.environ["PYMOD_STATE"]))


def _filled(store: Store) -> None:
    with store.transaction() as kernel:
        for name in ("hello_export", "hello_use_export", "params_quiet"):
            insert(kernel, (KO / f"{name}.ko").read_bytes())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is damaged"),
        ("{", "is damaged"),
        ("[]", "is damaged"),
        ('{"schema": 1}', "is damaged"),
        ("\xff", "is damaged"),
    ],
)
def test_a_damaged_file_is_named_and_left(store: Store, text: str, says: str) -> None:
    """A state file that is no state gives one error with its name, and stays as it is."""
    store.path.parent.mkdir(parents=True)
    store.path.write_text(text)
    with pytest.raises(StateError, match=says) as error:
        store.read()
    assert str(store.path) in str(error.value)
    assert store.path.read_text() == text


def test_a_newer_schema_is_left(store: Store) -> None:
    """A file that a newer pymod wrote is not touched, and the error says what to do."""
    _filled(store)
    state = json.loads(store.path.read_text())
    state["schema"] = 99
    store.path.write_text(json.dumps(state))
    with pytest.raises(StateError, match="its schema is 99"):
        store.read()
    assert json.loads(store.path.read_text())["schema"] == 99


_ODD: st.SearchStrategy[Any] = st.sampled_from([None, True, -1, 1 << 70, "", "odd", [], [[]], {}, {"a": 1}, 0.5])


def _mutate(node: Any, draw: Callable[[st.SearchStrategy[Any]], Any]) -> Any:
    """The same tree with one node replaced or taken out."""
    if isinstance(node, dict) and node and draw(st.integers(0, 3)):
        key = draw(st.sampled_from(sorted(node)))
        if draw(st.integers(0, 4)) == 0:
            return {name: value for name, value in node.items() if name != key}
        return node | {key: _mutate(node[key], draw)}
    if isinstance(node, list) and node and draw(st.integers(0, 3)):
        index = draw(st.integers(0, len(node) - 1))
        return [*node[:index], _mutate(node[index], draw), *node[index + 1 :]]
    return draw(_ODD)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a state with some modules in it, and of the same as whole.json."""
    store = Store(tmp_path_factory.mktemp("filled") / "state.json")
    _filled(store)
    shutil.copyfile(store.path, store.path.with_name("whole.json"))
    return store.path.parent


@examples(400)
@given(data=st.data())
def test_any_damage_to_the_state_is_a_state_error(filled: Path, data: st.DataObject) -> None:
    """Whatever field is odd or gone: the state is refused with a StateError, or it can be read and listed."""
    store = Store(filled / "state.json")
    state = _mutate(json.loads((filled / "whole.json").read_text()), data.draw)
    store.path.write_text(json.dumps(state))
    with suppress(StateError, KernelError):
        kernel = store.read()
        lookup(kernel, "/proc/modules").read()
        for name in lookup(kernel, "/sys/module").names():
            lookup(kernel, f"/sys/module/{name}").names()
        list(raw_lines(kernel.log.readable()))
        delete(kernel, "hello_use_export")


def test_a_full_disk_leaves_the_old_state(store: Store) -> None:
    """Where the new state cannot be written, the old one stays and the error names the file."""
    _filled(store)
    before = store.path.read_bytes()

    def no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    # Without -B Python would leave compiled modules of a thousand bytes, with which nobody can start.
    done = subprocess.run(
        [sys.executable, "-B", "-m", "modtools", "insmod", str(KO / "chain_c.ko")],
        preexec_fn=no_room,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert f"state file {store.path} cannot be written" in done.stderr
    assert store.path.read_bytes() == before
    assert not list(store.parts.folder.glob("*.tmp"))


def test_a_folder_in_its_place_is_one_error(store: Store) -> None:
    """A folder where the state file should be gives one clear error."""
    store.path.mkdir(parents=True)
    with pytest.raises(StateError, match="cannot be read"):
        store.read()
