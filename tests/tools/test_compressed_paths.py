"""Compressed module files on every way into pymod: bombs are stopped, and what depmod indexes is read and loaded."""

from __future__ import annotations

import gzip
import lzma
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from modtools.formats.compression import FLOOR
from tests import properties
from tests.depmod_trees import Tree
from tests.running import KO, Run, runner

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "xz": lambda data: lzma.compress(data, preset=0),
    "zst": zstd.compress,
}
STREAMS = 8
MOST = 128 << 20
"""Bytes of memory that no command needs: Python, the bound, and once more the bound for a copy."""
MEASURED = (
    "import sys; from pathlib import Path; from modtools.cli import main; "
    "status = main(['pymod', *sys.argv[1:]]); sys.stdout.flush(); "
    "words = Path('/proc/self/status').read_text().split(); "
    "print('peak', int(words[words.index('VmHWM:') + 1]) * 1024, file=sys.stderr); sys.exit(status)"
)
"""A command that tells its peak: not as getrusage(), which begins with that of the process that started it."""
WAYS: dict[str, tuple[str, ...]] = {
    "modinfo": ("modinfo", "{file}"),
    "insmod": ("insmod", "{file}"),
    "depmod": ("depmod", "--no-cache", "-b", "{root}", "1.2.3"),
    "depmod -n of a file": ("depmod", "-n", "1.2.3", "{file}"),
    "modprobe": ("modprobe", "-d", "{root}", "-S", "1.2.3", "bomb"),
    "modprobe --show-exports": ("modprobe", "--show-exports", "{file}"),
    "modprobe --show-modversions": ("modprobe", "--show-modversions", "{file}"),
    "symvers": ("symvers", "{file}"),
    "boot --like": ("boot", "--like", "{file}"),
}


PAIRS = [
    (ending, way)
    for number, way in enumerate(WAYS)
    for turn, ending in enumerate(PACKERS)
    if properties.ALL or not number or number % len(PACKERS) == turn
]
"""Each way with each ending if all is tried, else the first way with each, and the others with one."""


@pytest.fixture(scope="module")
def bombs() -> dict[str, bytes]:
    """Files of many streams, each of which is as long as any file may be."""
    return {name: pack(bytes(FLOOR - 1)) * STREAMS for name, pack in PACKERS.items()}


@pytest.mark.parametrize(("ending", "way"), PAIRS)
def test_the_bound_is_for_the_whole_file(ending: str, way: str, bombs: dict[str, bytes], tmp_path: Path) -> None:
    """A small file of many streams fills no memory, whatever it is given to, and counts for no module."""
    tree = Tree(tmp_path / "root").write(f"bomb.ko.{ending}", bombs[ending])
    tree.write("modules.dep", "")
    if way == "modprobe":
        index = b"bomb\0"  # modules.dep.bin of this one module, whatever depmod thinks of it
        line = f"bomb.ko.{ending}:".encode()
        node = index + (1).to_bytes(4, "big") + bytes(4) + line + b"\0"
        head = bytes.fromhex("b007f457 00020001 c000000c".replace(" ", ""))
        tree.write("modules.dep.bin", head + node)
    file = tree.folder / f"bomb.ko.{ending}"
    words = [word.format(root=tree.root, file=file) for word in WAYS[way]]
    done = subprocess.run([sys.executable, "-c", MEASURED, *words], capture_output=True, text=True, timeout=60)
    *said, peak = done.stderr.splitlines()
    assert int(peak.removeprefix("peak ")) < MOST
    assert said
    assert "Traceback" not in done.stderr
    assert done.returncode == 1 or way.startswith("depmod")


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run pymod in this process."""
    return runner(capfd)


@pytest.mark.parametrize("ending", PACKERS)
def test_what_depmod_indexes_can_be_read(ending: str, pymod: Run, tmp_path: Path) -> None:
    """Whatever `pymod depmod` writes into its index, modinfo tells about, and modprobe shows and loads."""
    release = pymod("uname", "-r")[0].strip()
    root = tmp_path / "root"
    tree = Tree(root, release)
    for name in ("hello_export", "hello_use_export"):
        tree.write(f"extra/{name}.ko.{ending}", PACKERS[ending]((KO / f"{name}.ko").read_bytes()))
    place = ("-d", str(root), "-S", release)
    assert pymod("depmod", "-b", str(root), release) == ("", "", 0)
    plain = pymod("modinfo", str(KO / "hello_export.ko"))[0].splitlines()[1:]
    file = f"{tree.folder}/extra/hello_export.ko.{ending}"
    for words in (["-b", str(root), "-k", release, "hello_export"], [file]):
        output, errors, status = pymod("modinfo", *words)
        assert (output.splitlines()[1:], errors, status) == (plain, "", 0)
    exports = pymod("modprobe", "--show-exports", str(KO / "hello_export.ko"))
    assert pymod("modprobe", "--show-exports", file) == exports
    assert pymod("modprobe", *place, "hello_use_export") == ("", "", 0)
    assert [line.split()[0] for line in pymod("lsmod")[0].splitlines()[1:]] == ["hello_use_export", "hello_export"]


@pytest.mark.parametrize("tool", ["modinfo", "insmod"])
def test_a_damaged_gzipped_file_is_told_of(tool: str, pymod: Run, tmp_path: Path) -> None:
    """A .ko.gz that was cut is no module, and what zlib says of it is told."""
    path = tmp_path / "cut.ko.gz"
    path.write_bytes(gzip.compress((KO / "hello_export.ko").read_bytes())[:1000])
    _, errors, status = pymod(tool, str(path))
    assert (status, "Compressed file ended before" in errors) == (1, True)
