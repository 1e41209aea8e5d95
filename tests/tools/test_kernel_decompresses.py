"""Compressed modules and a kernel that unpacks them itself: libkmod hands it the files that it says it can unpack."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from modtools.place import Place
from modtools.store import Store
from tests.running import KO, Run, runner

MODULE = (KO / "hello_export.ko").read_bytes()


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs pymod with a kernel that unpacks xz."""
    with Store(Place().state).transaction() as kernel:
        config = kernel.identity.config._replace(compression="xz", xz_filters="x86")
        kernel.identity = kernel.identity._replace(config=config)
    return runner(capfd)


def packed(folder: Path, check: int, name: str = "hello_export.ko.xz") -> str:
    """The path of the module, compressed with this check."""
    path = folder / name
    path.write_bytes(lzma.compress(MODULE, check=check))
    return str(path)


def test_the_kernel_unpacks_xz(pymod: Run, tmp_path: Path) -> None:
    """It does so also with -f, which it does itself then."""
    path = packed(tmp_path, lzma.CHECK_CRC32)
    assert pymod("cat", "/sys/module/compression") == ("xz\n", "", 0)
    assert pymod("insmod", path) == ("", "", 0)
    assert pymod("rmmod", "hello_export") == ("", "", 0)
    assert pymod("insmod", "-f", path) == ("", "", 0)
    assert "hello_export: module has no version magic" not in pymod("dmesg")[0]


@pytest.mark.parametrize("force", [(), ("-f",)])
def test_what_the_kernel_does_not_unpack_is_refused(pymod: Run, tmp_path: Path, force: tuple[str, ...]) -> None:
    """The check that xz makes by itself, in the kernel's words and insmod's."""
    path = packed(tmp_path, lzma.CHECK_CRC64)
    words = f"insmod: ERROR: could not insert module {path}: Invalid parameters\n"
    output, errors, status = pymod("insmod", *force, path)
    assert (output, errors[: len(words)], status) == ("", words, 1)
    assert pymod("dmesg", "-r")[0].splitlines()[-1].endswith("decompression failed with status 6")


def test_libkmod_unpacks_the_rest(pymod: Run, tmp_path: Path) -> None:
    """Zstandard it unpacks itself; xz as well where it cannot ask the kernel."""
    assert pymod("insmod", str(KO / "hello_export.ko.zst")) == ("", "", 0)
    assert pymod("rmmod", "hello_export") == ("", "", 0)
    assert pymod("umount", "/sys/kernel/debug") == ("", "", 0)
    assert pymod("umount", "/sys") == ("", "", 0)
    assert pymod("insmod", packed(tmp_path, lzma.CHECK_CRC64)) == ("", "", 0)
