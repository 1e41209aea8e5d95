"""Two commands that load the same file at once: since Linux 6.5 the second one waits and gets the first's result."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from modtools.kernel import features
from modtools.kernel.features import Features, features_of
from modtools.kernel.modules import LoadedModule, ModuleState
from modtools.kernel.state import FileLoad
from modtools.link.areas import TWO, Area
from modtools.place import Place
from modtools.store import Store
from tests.running import KO, Run, runner

Begin = Callable[[Path, int], None]


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs pymod with a kernel that shares loads."""

    def sharing(machine: str, release: str, vermagic: str) -> Features:
        return features_of(machine, release, vermagic)._replace(shares_loads=True)

    monkeypatch.setattr(features, "features_of", sharing)
    return runner(capfd)


def begun(path: Path, errno: int) -> float:
    """Have somebody load a file whose init sleeps for a second and ends so; return when that is over."""
    status, until = path.stat(), time.time() + 1
    with Store(Place().state).transaction() as kernel:
        kernel.file_loads[f"{status.st_dev}:{status.st_ino}"] = FileLoad(until, errno)
        if not errno:
            kernel.modules["hello_export"] = LoadedModule(
                "hello_export", ModuleState.COMING, tuple(map(Area, TWO)), refcount=1, until=until
            )
    return until


def modules() -> dict[str, Any]:
    """The loaded modules with their states."""
    return {name: str(module.state) for name, module in Store(Place().state).read().modules.items()}


@pytest.mark.parametrize("words", [(), ("-f",), ("who=me",)])
def test_the_same_file_is_loaded_once(pymod: Run, words: tuple[str, ...]) -> None:
    """Whatever the second one's options and parameters are, and by whatever path it comes to the file."""
    until = begun(KO / "hello_export.ko", 0)
    force = [word for word in words if word.startswith("-")]
    path = f"{KO}/../ko/hello_export.ko"
    assert pymod("insmod", *force, path, *(word for word in words if word not in force)) == ("", "", 0)
    assert time.time() >= until
    assert modules() == {"hello_export": "live"}
    assert "hello_export" not in pymod("dmesg")[0]


def test_a_failure_is_shared(pymod: Run) -> None:
    """The second one fails as the first one does, and init does not run again."""
    until = begun(KO / "hello_export.ko", 5)
    words = f"insmod: ERROR: could not insert module {KO}/hello_export.ko: Input/output error\n"
    assert pymod("insmod", f"{KO}/hello_export.ko") == ("", words, 1)
    assert time.time() >= until
    assert modules() == {}
    assert pymod("insmod", f"{KO}/hello_export.ko") == ("", "", 0)


def test_another_file_is_not_shared(pymod: Run, tmp_path: Path) -> None:
    """A copy is another file: the kernel finds that the module is there by then."""
    begun(KO / "hello_export.ko", 0)
    copy = tmp_path / "hello_export.ko"
    shutil.copy(KO / "hello_export.ko", copy)
    words = f"insmod: ERROR: could not insert module {copy}: File exists\n"
    output, errors, status = pymod("insmod", str(copy))
    assert (output, errors[: len(words)], status) == ("", words, 1)


def test_a_load_whose_init_sleeps_can_be_shared(pymod: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is noted while it lasts, with how it will end, and not afterwards."""
    pytest.importorskip("unicorn")
    seen: list[dict[str, FileLoad]] = []

    def sleep(seconds: float) -> None:
        if seconds > 1:
            seen.append(dict(Store(Place().state).read().file_loads))

    monkeypatch.setattr(time, "sleep", sleep)
    assert pymod("insmod", f"{KO}/slow_init.ko", "ms=3000") == ("", "", 0)
    status = (KO / "slow_init.ko").stat()
    assert [{file: load.errno for file, load in each.items()} for each in seen] == [
        {f"{status.st_dev}:{status.st_ino}": 0}
    ]


def test_only_kernels_since_6_5_share_loads() -> None:
    """Linux commit 9b9879fc0327 "modules: catch concurrent module loads, treat them as idempotent"."""
    assert not features_of("x86_64", "6.4.16", "").shares_loads
    assert features_of("x86_64", "6.5.0", "").shares_loads
