"""The fuzzer finds what it looks for; a few hundred of its cases are run with every change."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fuzz import case, mutate
from tests.fuzz.__main__ import damaged
from tests.fuzz.scenes import NAMES, Seed, pymod, seeds
from tests.fuzz.smallest import smallest
from tests.properties import tried
from tests.samples import KO

CASES = tried(100)


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This process as the fuzzer's are."""
    with monkeypatch.context() as patch:
        case.prepare(patch.setattr, patch.setenv)
        yield


@pytest.mark.usefixtures("prepared")
@pytest.mark.slow
def test_damaged_files_of_all_kinds(tmp_path: Path) -> None:
    """Modules, archives, signatures, index files, configuration, states and symbol files, damaged, do no harm."""
    with case.bounded():
        made = seeds(tmp_path)
    assert {seed.scene for seed in made} == {"module", "archive", "signature", "tree", "state", "symbols"}
    for number in range(CASES):
        case.check(*damaged(made, 0, number), tmp_path)


def _seed(folder: Path) -> Seed:
    machine = folder / "sound"
    machine.mkdir()
    (machine / "x.ko").write_bytes((KO / f"{NAMES[0]}.ko").read_bytes())
    return Seed("module", machine, "x.ko", mutate.ELF, (("insmod", "{}"),))


def _raise(*_words: object) -> int:
    raise LookupError("planted")


def _think(*_words: object) -> int:
    end = time.process_time() + 1.2
    while time.process_time() < end:
        pass
    return 0


def _fill(*_words: object) -> int:
    """Memory beyond the most that this process has had so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
    return len(b"x" * (peak + (230 << 20))) & 1


def _lie(machine: Path, *words: str) -> int:
    pymod(machine, *words)
    return 1


@pytest.mark.usefixtures("prepared")
@pytest.mark.parametrize(
    ("fault", "says"),
    [(_raise, "LookupError: planted"), (_think, "seconds of processor"), (_fill, "MB"), (_lie, "refused, and yet")],
)
def test_what_it_looks_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Callable[..., int], says: str
) -> None:
    """A traceback, a second of work, 200 MB, and a module that stays though it was refused are faults."""
    seed = _seed(tmp_path)
    case.check(seed, seed.data, tmp_path)
    monkeypatch.setattr(case, "pymod", fault)
    with pytest.raises(case.Fault, match=says):
        case.check(seed, seed.data, tmp_path)


@pytest.mark.usefixtures("prepared")
def test_smallest_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an input all goes that the fault does not need."""

    def fail(machine: Path, *_words: str) -> int:
        data = (machine / "x.ko").read_bytes()
        return _raise() if b"\xee" in data and b"ELF" in data else 0

    seed = _seed(tmp_path)
    assert b"\xee" not in seed.data
    monkeypatch.setattr(case, "pymod", fail)
    assert sorted(smallest(seed, b"\xee" + seed.data + b"\x01", tmp_path)) == sorted(b"\xeeELF")
