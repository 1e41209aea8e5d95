"""`insmod -f` of compressed modules, which libkmod unpacks and changes: damage is told by libkmod, or by the kernel."""

from __future__ import annotations

import lzma
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from modtools import cli, endings
from modtools.formats.elf import ElfFile
from tests.running import KO, Run, runner

DATA = (KO / "hello_export.ko").read_bytes()
ELF = ElfFile.open(DATA)
MAIN = "import sys; from modtools.cli import main; sys.exit(main(sys.argv[1:]))"


def header(name: str) -> int:
    """Where the header of a section is."""
    section = ELF.section(name)
    assert section
    return ELF.header.shoff + section.index * ELF.header.shentsize


def changed(at: int, value: int, size: int = 8) -> bytes:
    """The module with another number at a place."""
    return DATA[:at] + value.to_bytes(size, "little") + DATA[at + size :]


def damaged() -> dict[str, bytes]:
    """The module with its .modinfo or __versions elsewhere, of another size, or without what is sought in it."""
    out = {"no vermagic": DATA.replace(b"vermagic=", b"vermagiX=")}
    for name in (".modinfo", "__versions"):
        for place, field in ((24, "offset"), (32, "size")):
            for value in (0, 1, len(DATA) - 1, len(DATA), 1 << 40, 1 << 63, (1 << 64) - 1):
                out[f"{name} {field} {value:#x}"] = changed(header(name) + place, value)
        out[f"{name} gone"] = changed(header(name), 0, 4)
    for at, value in ((0, 0), (4, 1), (5, 2), (16, 2), (18, 3)):
        out[f"byte {at} {value}"] = changed(at, value, 1)
    out["no section headers"] = changed(40, 1 << 40)
    return out


def at_random(seed: int) -> bytes:
    """The module with a few bytes changed in the headers or in .modinfo."""
    dice, data, section = random.Random(seed), bytearray(DATA), ELF.section(".modinfo")
    assert section
    for _ in range(dice.randint(1, 3)):
        places = (range(60), range(ELF.header.shoff, len(DATA)), range(section.offset, section.offset + section.size))
        data[dice.choice(dice.choice(places))] = dice.choice((0, 1, 255, dice.randrange(256)))
    return bytes(data)


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run pymod in this process."""
    return runner(capfd)


@pytest.fixture(autouse=True)
def _oopses_return(monkeypatch: pytest.MonkeyPatch) -> None:
    """An oops of the kernel ends the command, and not this process."""
    monkeypatch.setattr(endings, "_die", lambda _killed: 137)


CASES = {**damaged(), **{f"random {seed}": at_random(seed) for seed in range(20)}}


@pytest.mark.parametrize("what", CASES)
def test_damage_is_told_in_kmods_words(what: str, pymod: Run, tmp_path: Path) -> None:
    """However a module is damaged, insmod -f says that it could not insert it and why, or it loads."""
    path = tmp_path / "damaged.ko.xz"
    path.write_bytes(lzma.compress(CASES[what], preset=0))
    output, errors, status = pymod("insmod", "-f", str(path))
    lines = [line for line in errors.splitlines() if line.startswith("insmod: ")]
    assert output == ""
    assert (lines == []) == (status in (0, 137))
    assert all("ERROR: could not insert module" in line or "Failed to strip" in line for line in lines)


@pytest.mark.kmod
@pytest.mark.parametrize("what", CASES)
def test_what_libkmod_refuses_is_refused(
    what: str, kmod_tools: Path, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """What libkmod refuses itself is refused in its words; what it hands to a kernel comes to pymod's."""
    path = tmp_path / "damaged.ko.xz"
    path.write_bytes(lzma.compress(CASES[what], preset=0))
    theirs = subprocess.run([str(kmod_tools / "insmod"), "-f", str(path)], capture_output=True, text=True)
    capfd.readouterr()
    status = cli.main(["/usr/sbin/insmod", "-f", str(path)])
    ours = capfd.readouterr().err
    kernels = ("Operation not permitted", "Function not implemented")
    if any(theirs.stderr.endswith(f": {words}\n") for words in kernels):
        assert "Failed to strip" not in ours
    else:
        assert (ours, status) == (theirs.stderr, theirs.returncode)


@pytest.mark.kmod
@pytest.mark.parametrize(("at", "value"), [(60, 0), (60, 1), (62, 0), (62, 0xFFFF)])
def test_libkmods_assertions_end_insmod(at: int, value: int, kmod_tools: Path, tmp_path: Path) -> None:
    """Where libkmod is sent to a section that is not there insmod ends by abort(), with the same words."""
    path = tmp_path / "damaged.ko.xz"
    path.write_bytes(lzma.compress(changed(at, value, 2), preset=0))
    words = ["-f", str(path)]
    theirs = subprocess.run([str(kmod_tools / "insmod"), *words], capture_output=True)
    ours = subprocess.run([sys.executable, "-c", MAIN, "insmod", *words], capture_output=True)
    assert (ours.stderr.strip(), ours.returncode) == (theirs.stderr.strip(), theirs.returncode)
    assert ours.returncode == -signal.SIGABRT
