"""The folder beside the state: when parts come and go, and whose files they are."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from modtools import boot, hostfile, stateparts
from modtools.errors import StateError
from modtools.kernel.module.load import insert
from modtools.kernel.module.unload import delete
from modtools.store import Store
from tests import older

KO = Path(__file__).parent / "transcripts/ko"
NAMES = ["_printk", "module_layout", "param_ops_int"]
FORCE = 3
"""Whatever the versions are."""


@pytest.fixture
def store() -> Store:
    """The store that $PYMOD_STATE names, with three modules."""
    store = Store(Path(os.environ["PYMOD_STATE"]))
    with store.transaction() as kernel:
        for name in ("hello_export", "hello_use_export", "params_quiet"):
            insert(kernel, (KO / f"{name}.ko").read_bytes())
    return store


def _parts(store: Store) -> set[str]:
    return {file.name for file in store.parts.folder.iterdir()} - {"pymod", "lock"}


def _symvers(store: Store, *more: str) -> Path:
    path = store.path.with_name("Module.symvers")
    lines = (
        f"0x{number * 7919:08x}\t{name}\tvmlinux\tEXPORT_SYMBOL\t\n" for number, name in enumerate([*NAMES, *more])
    )
    path.write_text("".join(lines))
    return path


def _age(store: Store) -> None:
    """Let all parts have been written long ago."""
    for name in _parts(store):
        os.utime(store.parts.folder / name, (1, 1))


def test_a_reader_finds_all_that_the_state_named(store: Store) -> None:
    """Parts are removed a minute after the state has ceased to name them, however long ago they were written."""
    boot.boot(store, boot.Source(symvers=str(_symvers(store))))
    with store.transaction() as kernel:
        insert(kernel, (KO / "noinit.ko").read_bytes(), flags=FORCE)
    _age(store)
    reader = store.read()
    boot.boot(store, boot.Source())
    with store.transaction() as kernel:
        kernel.taint |= 1
    assert reader.modules["noinit"].details.sections
    assert reader.symbols.get("_printk")
    assert {name.rpartition(".")[2] for name in _parts(store)} >= {"json", "kernel"}
    _age(store)
    with store.transaction() as kernel:
        kernel.taint |= 2
    assert not _parts(store)


def test_who_is_killed_after_the_change_has_left_a_minute(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed as soon as the new state is in its place: the next command removes nothing that was named until then."""
    _age(store)
    named = _parts(store)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(stateparts.Parts, "_remove_unused", killed)
        with pytest.raises(KeyboardInterrupt), store.transaction() as kernel:
            delete(kernel, "params_quiet")
    assert "params_quiet" not in store.read().modules
    with store.transaction() as kernel:
        kernel.taint |= 1
    assert named <= _parts(store)


def test_symbols_get_a_new_name_at_each_boot(store: Store) -> None:
    """A second boot leaves the first one's table as it was, for those who have read that state."""
    boot.boot(store, boot.Source(symvers=str(_symvers(store))))
    first = store.read()
    boot.boot(store, boot.Source(symvers=str(_symvers(store, "another"))))
    assert [symbol.name for symbol in first.symbols] == NAMES
    assert [symbol.name for symbol in store.read().symbols] == sorted([*NAMES, "another"])


STEPS: dict[str, tuple[object, str]] = {
    "creating": (hostfile, "create"),
    "syncing": (os, "fsync"),
    "renaming": (os, "replace"),
}


@pytest.mark.parametrize("action", ["insmod", "boot", "boot --symvers"])
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()], ids=repr)
@pytest.mark.parametrize("step", STEPS)
def test_a_write_that_ends_anywhere_leaves_the_old_state(
    store: Store, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException, action: str
) -> None:
    """At whichever single call the disk is full, or the command ends: the old state is there with its symbols."""
    boot.boot(store, boot.Source(symvers=str(_symvers(store))))
    symvers = str(_symvers(store, "new"))
    state, parts = store.path.read_bytes(), _parts(store)
    owner, name = STEPS[step]
    real = getattr(owner, name)
    for turn in range(10):
        left = [turn]

        def call(*words: object, left: list[int] = left, **more: object) -> object:
            left[0] -= 1
            if left[0] == -1:
                raise error
            return real(*words, **more)

        with monkeypatch.context() as patched:
            patched.setattr(owner, name, call)
            try:
                _act(store, action, symvers)
            except StateError:
                assert left[0] < 0
            except KeyboardInterrupt:
                if store.path.read_bytes() != state:
                    break
            else:
                assert turn
                break
        assert store.path.read_bytes() == state
        assert [symbol.name for symbol in store.read().symbols] == NAMES
        assert parts <= _parts(store)
        assert not [name for name in _parts(store) if name.endswith(".tmp")]
        if isinstance(error, OSError):
            assert _parts(store) == parts
    assert store.path.read_bytes() != state
    assert "new" in {symbol.name for symbol in store.read().symbols} or "symvers" not in action


def _act(store: Store, action: str, symvers: str) -> None:
    if action == "insmod":
        with store.transaction() as kernel:
            insert(kernel, (KO / "noinit.ko").read_bytes(), flags=FORCE)
    else:
        boot.boot(store, boot.Source(symvers=symvers if "symvers" in action else ""))


@pytest.mark.machine
def test_a_full_disk_leaves_the_symbols(tmp_path: Path) -> None:
    """On a disk without room, `boot --symvers` fails, and the machine goes on as it was."""
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(disk)], check=True)
    try:
        store = Store(disk / "state.json")
        boot.boot(store, boot.Source(symvers=str(_symvers(store))))
        many = str(_symvers(Store(tmp_path / "other"), *(f"symbol_{number}" for number in range(9000))))
        with (disk / "rest").open("wb", buffering=0) as rest, suppress(OSError):
            while rest.write(bytes(4096)):
                pass
        with pytest.raises(StateError, match=r"cannot be written: .*No space left"):
            boot.boot(store, boot.Source(symvers=many))
        assert [symbol.name for symbol in store.read().symbols] == NAMES
        (disk / "rest").unlink()
        with store.transaction() as kernel:
            kernel.taint |= 1
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_unknown_files_in_the_folder_stay(store: Store) -> None:
    """Only what has a name and the content of a part is removed, never what somebody else has put into the folder."""
    foreign = ("notes.json", "my.conf", "1.2.3.json", "12.txt", "12", "x.memory", "symbols.bin")
    for name in (*foreign, "12.json", "12.3.json", "12.memory", "12.symbols", "12.3.tmp"):
        (store.parts.folder / name).write_text("")
    for name in ("13.json", "13.4.json", "13.memory", "13.symbols", "13.4.tmp"):
        (store.parts.folder / name).write_text("my own notes")
    kept = _parts(store) - {"12.json", "12.3.json", "12.memory", "12.symbols", "12.3.tmp"}
    _age(store)
    with store.transaction() as kernel:
        kernel.taint |= 1
    assert _parts(store) == kept


def test_a_state_of_the_former_layout_is_used(store: Store) -> None:
    """Parts in `state.json.d` are read, and the folder stays as it is, while new parts go where they go now."""
    boot.boot(store, boot.Source(symvers=str(_symvers(store))))
    with store.transaction() as kernel:
        insert(kernel, (KO / "noinit.ko").read_bytes(), flags=FORCE)
    state = older.with_symbols_only(store)
    former = store.path.with_name("state.json.d")
    former.mkdir()
    (store.parts.folder / state["kernel"]["symbols"]).rename(former / "symbols.bin")
    (store.parts.folder / state["modules"][0]["details"]).rename(former / state["modules"][0]["details"])
    state["kernel"]["symbols"] = "symbols.bin"
    store.path.write_text(json.dumps(state))
    shutil.rmtree(store.parts.folder)
    before = {file.name: file.read_bytes() for file in former.iterdir()}
    for file in former.iterdir():
        os.utime(file, (1, 1))
    with store.transaction() as kernel:
        assert kernel.modules["noinit"].details.sections
        assert kernel.symbols.get("module_layout")
        kernel.taint |= 1
    boot.boot(store, boot.Source())
    assert {file.name: file.read_bytes() for file in former.iterdir()} == before


def test_nobody_is_kept_by_a_folder_half_made(tmp_path: Path) -> None:
    """Killed while the folder was made its own: the next command goes on, and so do many at once."""
    for begun in (b"", stateparts._MARKER[:7]):
        store = Store(tmp_path / f"{len(begun)}/state.json")
        store.parts.folder.mkdir(parents=True)
        (store.parts.folder / "pymod").write_bytes(begun)
        with store.transaction() as kernel:
            kernel.taint |= 1
        assert (store.parts.folder / "pymod").read_bytes() == stateparts._MARKER
    command = [
        sys.executable,
        "-m",
        "modtools",
        "--state",
        str(tmp_path / "many"),
        "write",
        "/proc/sys/kernel/tainted",
        "1",
    ]
    many = [subprocess.Popen(command) for _ in range(8)]
    assert [process.wait() for process in many] == [0] * 8
