"""Fixtures for all tests; a test whose reference is not on this machine is skipped.

PYMOD_REQUIRE names the references that must be there ("debian kmod machine headers"): without one of these a test
fails and is not skipped, so that a machine which is meant to have them cannot pass by having lost them.
"""

from __future__ import annotations

import os
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


@pytest.fixture(autouse=True)
def _machine_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test find, or touch, the user's own virtual machine and what is remembered for it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PYMOD_STATE", str(tmp_path / "machine/state.json"))
    monkeypatch.setenv("PYMOD_ROOT", str(tmp_path / "machine/root"))
    monkeypatch.setenv("PYMOD_HINTS", "0")
    monkeypatch.delenv("PYMOD_UID", raising=False)


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
