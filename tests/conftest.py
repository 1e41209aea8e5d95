"""Fixtures for all tests; a test whose reference is not on this machine is skipped.

PYMOD_REQUIRE names the references that must be there ("debian kmod machine headers"): without one of these a test
fails and is not skipped, so that a machine which is meant to have them cannot pass by having lost them.
"""

from __future__ import annotations

import gc
import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import properties, reference

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

properties.load()

EXAMPLES = reference.CHECKOUT / "examples"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, or fail, what lacks its reference."""
    required = os.environ.get("PYMOD_REQUIRE", "").split()
    for marker in item.iter_markers():
        reason = reference.missing(marker.name)
        if reason and marker.name in required:
            pytest.fail(reason, pytrace=False)
        if reason:
            pytest.skip(reason)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are processors: some tests wait for commands, disks and clocks."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """Spare the garbage collector thousands of tests, which stay: each run of it, and each copy of this process that
    it runs in, would go through all of them.
    """
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _power_stays_on() -> Iterator[None]:
    """Wait for no disk, unless all is tried: that is for who cuts the power, as no test does."""
    with pytest.MonkeyPatch.context() as patched:
        if not properties.ALL:
            patched.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders that nobody has made yet, whose names need not be looked for among thousands."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def _machine_of_its_own(
    request: pytest.FixtureRequest, _homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Let no test find, or touch, the user's own virtual machine and what is remembered for it: that of a test lies in
    its `tmp_path`, where it asks for one.
    """
    own = "tmp_path" in request.fixturenames
    home: Path = request.getfixturevalue("tmp_path") if own else next(_homes)
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    monkeypatch.setenv("PYMOD_STATE", str(home / "machine/state.json"))
    monkeypatch.setenv("PYMOD_ROOT", str(home / "machine/root"))
    monkeypatch.setenv("PYMOD_HINTS", "0")
    monkeypatch.delenv("PYMOD_UID", raising=False)
    yield
    if not own:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def guest(tmp_path: Path, request: pytest.FixtureRequest) -> Guest:
    """A kernel just booted, to run modules' code in: the default one, or with `@both_kernels` one after the other."""
    pytest.importorskip("unicorn")
    from modtools import profiles
    from tests.emulated import boot

    return boot(tmp_path / "state.json", getattr(request, "param", profiles.DEFAULT))


@pytest.fixture
def guest13() -> Guest:
    """The kernel of Debian 13 just booted, to run modules' code in."""
    pytest.importorskip("unicorn")
    from tests.emulated import boot_profile

    return boot_profile("debian-13")


@pytest.fixture(scope="session")
def examples() -> Path:
    """The folder of the lesson's modules."""
    return EXAMPLES


@pytest.fixture(scope="session")
def debian_tree() -> Path:
    """The root of Debian's unpacked kernel (marker debian)."""
    return reference.debian_tree()


@pytest.fixture(scope="session")
def kmod_tools() -> Path:
    """The folder with kmod 34's tools (marker kmod)."""
    return reference.kmod_tools()
