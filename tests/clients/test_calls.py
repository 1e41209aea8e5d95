"""The calls of modprobe and modinfo that one mkinitramfs makes: recorded once, and answered as kmod does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.beside_kmod import Both, indexed_debian_tree, side_by_side
from tests.clients import machine
from tests.reference import RELEASE

RECORDED = Path(__file__).parents[1] / "data/mkinitramfs-calls.txt"
"""A call a line, of mkinitramfs with Debian's kernel, as Debian configures it."""


@pytest.fixture
def both(kmod_tools: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Both:
    """Runs a tool with the same words as pymod's and as kmod's."""
    return side_by_side(kmod_tools, capfdbinary)


@pytest.mark.kmod
@pytest.mark.debian
@pytest.mark.slow
def test_each_call_is_answered_as_by_kmod(
    both: Both, kmod_tools: Path, debian_tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is printed, complained of, and the exit status, for each of the 795 calls, with the host's configuration."""
    for name in ("PYMOD_STATE", "PYMOD_ROOT"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    root = indexed_debian_tree(kmod_tools, debian_tree, tmp_path / "root")
    for call in RECORDED.read_text().splitlines():
        tool, *words = call.replace(" /lib/modules", f" {root}/lib/modules").split(" ")
        ours, theirs = both(tool, ["-b" if tool == "modinfo" else "-d", str(root), *words])
        assert ours == theirs, call


@pytest.mark.clients
@pytest.mark.kmod
@pytest.mark.debian
@pytest.mark.slow
def test_the_recorded_calls_are_those_of_today(tmp_path: Path) -> None:
    """mkinitramfs calls modprobe and modinfo so, in the order of folders, and depmod for the image alone."""
    kmod = machine.kmod_34(tmp_path)
    first, _, rest = kmod.read_text().partition("\n")
    kmod.write_text(f'{first}\necho "${{0##*/}} $*" >>/mnt/calls\n{rest}')
    one = machine.make(tmp_path / "machine", kmod)
    one.run("mkinitramfs", "-o", "/mnt/image", RELEASE)
    calls = [call for call in one.out("calls").read_text().splitlines() if not call.startswith("depmod ")]
    assert sorted(_sorted_words(call) for call in calls) == sorted(
        map(_sorted_words, RECORDED.read_text().splitlines())
    )


def _sorted_words(call: str) -> str:
    return " ".join(sorted(call.split()))
