"""The state file: together, interrupted, damaged."""

from __future__ import annotations

import functools
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from modtools import statejson, stateparts
from modtools.errors import KernelError
from modtools.kernel.module.load import insert
from modtools.kernel.module.unload import delete
from modtools.kernel.runner import End
from modtools.kernel.state import Kernel
from modtools.profiles.exports import ExportedSymbol
from modtools.store import Store
from tests.properties import tried
from tests.reference import CHECKOUT

KO = Path(__file__).parent / "transcripts/ko"


def _image(name: str) -> bytes:
    return (KO / f"{name}.ko").read_bytes()


@pytest.fixture
def store() -> Store:
    """The store that $PYMOD_STATE names."""
    return Store(Path(os.environ["PYMOD_STATE"]))


def _filled(store: Store) -> None:
    with store.transaction() as kernel:
        for name in ("hello_export", "hello_use_export", "params_quiet"):
            insert(kernel, _image(name))


def test_what_is_stored_is_read(store: Store) -> None:
    """A kernel read back says the same in all its fields, the bulky ones included."""
    with store.transaction() as kernel:
        for name in ("hello_export", "hello_use_export", "params_quiet", "kallsyms_mod"):
            insert(kernel, _image(name), "p_int=7" if name == "params_quiet" else "")
        kernel.modules_disabled = True
    again = store.read()
    assert _facts(again) == _facts(kernel)


@pytest.mark.parametrize("crc", [None, 0, 1, 0xFFFFFFFF])
@pytest.mark.parametrize("address", [None, 0, 1, (1 << 64) - 1])
def test_numbers_of_exports_are_kept(store: Store, crc: int | None, address: int | None) -> None:
    """An exported symbol may have the number 0 as its CRC or its address, which is not the same as none."""
    with store.transaction() as kernel:
        insert(kernel, _image("hello_export")).exports = {"e": ExportedSymbol("e", crc, True, "N", address)}
    assert store.read().modules["hello_export"].exports["e"] == ExportedSymbol("e", crc, True, "N", address)


def _facts(kernel: Kernel) -> dict[str, Any]:
    modules = {
        name: [getattr(m, key) for key in ("state", "areas", "refcount", "taints", "users", "uses")]
        + [m.exports, m.init, m.details]
        for name, m in kernel.modules.items()
    }
    return {"modules": modules, "log": kernel.log, "taint": kernel.taint, "identity": kernel.identity}


def test_an_error_of_the_kernel_keeps_its_log(store: Store) -> None:
    """A failed insmod changes nothing but the log and the taint, and those are stored."""
    with suppress(KernelError), store.transaction() as kernel:
        insert(kernel, _image("hello_use_export"))
    assert [record.text for record in store.read().log.records][-1].endswith("Unknown symbol hello_export (err -2)")
    assert not store.read().modules


def test_another_error_stores_nothing(store: Store) -> None:
    """What is no answer of the kernel leaves the file untouched."""
    with suppress(ZeroDivisionError), store.transaction() as kernel:
        insert(kernel, _image("hello_export"))
        raise ZeroDivisionError
    assert not store.exists()


State = frozenset[str]
_OPERATIONS = ("insmod hello_export", "insmod hello_use_export", "rmmod hello_export", "rmmod hello_use_export")


def _step(loaded: State, operation: str) -> tuple[State, int]:
    """What one command does to the set of loaded modules, and its exit status: the lesson's rules."""
    tool, name = operation.split()
    needs_exporter = name == "hello_use_export"
    if tool == "insmod":
        works = name not in loaded and (not needs_exporter or "hello_export" in loaded)
        return (loaded | {name}, 0) if works else (loaded, 1)
    works = name in loaded and (needs_exporter or "hello_use_export" not in loaded)
    return (loaded - {name}, 0) if works else (loaded, 1)


def _explained(outcomes: Counter[tuple[str, int]], end: State) -> bool:
    """Whether some order of all these commands gives just these exit statuses and ends in this state."""
    kinds = sorted(outcomes)

    @functools.cache
    def reachable(loaded: State, left: tuple[int, ...]) -> bool:
        if not any(left):
            return loaded == end
        for index, (operation, status) in enumerate(kinds):
            if left[index] and _step(loaded, operation)[1] == status:
                rest = (*left[:index], left[index] - 1, *left[index + 1 :])
                if reachable(_step(loaded, operation)[0], rest):
                    return True
        return False

    return reachable(frozenset(), tuple(outcomes[kind] for kind in kinds))


def test_the_search_for_an_order_can_fail() -> None:
    """Two successful insmods of one module with no rmmod between them have no order."""
    assert not _explained(Counter({("insmod hello_export", 0): 2}), frozenset({"hello_export"}))
    assert _explained(
        Counter({("insmod hello_export", 0): 2, ("rmmod hello_export", 0): 1}), frozenset({"hello_export"})
    )


_COMMANDS = """
import os, sys
from modtools import cli
from modtools.emulate import runner
from modtools.kernel.module import load, unload
from modtools.tools import insmod, rmmod
processes = []
for operation in sys.argv[1:]:
    pid = os.fork()
    if not pid:
        status = 2
        try:
            status = cli.main(["pymod", *operation.split(" ", 1)])
        finally:
            sys.stderr.flush()
            os._exit(status)
    processes.append(pid)
sys.exit(" ".join(str(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])) for pid in processes))
"""
"""Starts a process for each command, none of which begins with importing, and tells their statuses in its last line."""


def test_many_processes_at_once_act_one_after_another(store: Store) -> None:
    """32 processes that insert and remove at once end in a state, and in exit statuses, that some order explains."""
    random.seed(1)
    chosen = [random.choice(_OPERATIONS) for _ in range(32)]
    lines = [re.sub(r"^insmod (\w+)$", rf"insmod {KO}/\1.ko", operation) for operation in chosen]
    command = [sys.executable, "-c", _COMMANDS, *lines]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    outcomes = Counter(zip(chosen, map(int, done.stderr.splitlines()[-1].split()), strict=True))
    assert {status for _, status in outcomes} == {0, 1}, done.stderr
    assert _explained(outcomes, frozenset(store.read().modules))


_WRITER = """
import itertools, os, sys
from pathlib import Path
from modtools.kernel.module.load import insert
from modtools.kernel.module.unload import delete
from modtools.store import Store
image = Path(sys.argv[1]).read_bytes()
store = Store(Path(os.environ["PYMOD_STATE"]))
store.read().runner, store.read().symbols
def write():
    for turn in itertools.count(1):
        with store.transaction() as kernel:
            delete(kernel, "hello_export") if "hello_export" in kernel.modules else insert(kernel, image)
            kernel.time = turn
        if turn == 1:
            os.write(1, b"%d\\n" % os.getpid())
while sys.stdin.readline():
    pid = os.fork()
    if not pid:
        write()
    os.waitpid(pid, 0)
    os.write(1, b"gone\\n")
"""
"""For each line that it reads, starts a process that writes without end, and tells its number once it has written,
and when it is gone."""


@pytest.mark.slow
def test_a_killed_writer_leaves_old_or_new(store: Store) -> None:
    """SIGKILL at random moments, 60 where all is tried: the state is always whole with its details, and the next
    writer is not kept.
    """
    random.seed(2)
    command = [sys.executable, "-c", _WRITER, str(KO / "hello_export.ko")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as zygote:
        assert zygote.stdin
        assert zygote.stdout
        for _ in range(tried(60)):
            zygote.stdin.write("\n")
            writer = int(zygote.stdout.readline())
            time.sleep(random.uniform(0, 0.03))
            os.kill(writer, signal.SIGKILL)
            assert zygote.stdout.readline() == "gone\n"
            for module in store.read().modules.values():
                assert module.details.sections
            with store.transaction() as kernel:
                kernel.taint |= 1
        zygote.stdin.close()


def test_readers_do_not_wait_for_writers(store: Store) -> None:
    """A reader gets the old state while a writer is at work."""
    _filled(store)
    with store.transaction() as kernel:
        delete(kernel, "hello_use_export")
        assert "hello_use_export" in store.read().modules
    assert "hello_use_export" not in store.read().modules


def _rows(text: str, heading: str) -> set[str]:
    """The fields that the first table under a heading of docs/state.md tells of."""
    table = text.split(f"\n{heading}\n", 1)[1].split("\n| field | |\n", 1)[1].split("\n\n", 1)[0]
    return {name for line in table.splitlines() for name in re.findall(r"`(\w+)`", line.split("|")[1])}


def test_every_end_of_a_call_can_be_stored() -> None:
    """The words that the state has for how an init went are the kernel's."""
    assert ("none", "assumed", *End) == statejson.HOW


def test_the_document_tells_of_every_field(store: Store) -> None:
    """The tables of docs/state.md are the fields that the program writes, no more and no less."""
    _filled(store)
    text = (CHECKOUT / "docs/state.md").read_text("utf-8")
    state = json.loads(store.path.read_text())
    details = json.loads((store.parts.folder / state["modules"][0]["details"]).read_text())
    parameters = json.loads((store.parts.folder / state["modules"][2]["details"]).read_text())["parameters"]
    told = {heading: _rows(text, heading) for heading in ("## state.json", "### kernel", "### modules")}
    assert told == {
        "## state.json": state.keys(),
        "### kernel": state["kernel"].keys(),
        "### modules": state["modules"][0].keys() | {"until"},
    }
    assert _rows(text, "## Details of a module") == details.keys()
    for key, fields in (("config", state["kernel"]["config"]), ("parameters", parameters[0]), ("log", state["log"])):
        row = next(line for line in text.splitlines() if line.startswith(f"| `{key}` |"))
        assert set(re.findall(r"`(\w+)`", row)) >= fields.keys()
    how = text.split("`how` in `init_result` is", 1)[1].split("\n\n")[1]
    assert set(re.findall(r"^\| `(\w+)` \|", how, re.M)) == {"none", "assumed", *End}
    kinds = re.findall(r"`\w+(?:\.\w+)?\.(\w+)`", text.split("| file | |", 1)[1].split("\n\n", 1)[0])
    assert set(kinds) == set(stateparts._BEGINNINGS)
