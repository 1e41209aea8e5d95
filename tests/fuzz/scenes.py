"""The scenes: which files of a machine are damaged, and which commands then read them.

Each seed has a machine of its own, in a folder with `state.json`, `root` and `file`, the one that is damaged. No scene
runs a module's code (`tests/emulate/test_fuzz_run.py` does) or a command of modprobe.d.
"""

from __future__ import annotations

import gzip
import lzma
import os
import shutil
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from modtools import cli
from tests.fuzz import mutate
from tests.samples import DATA, KO, SAMPLES

Words = tuple[str, ...]

NAMES = (
    "hello_export",
    "hello_use_export",
    "params_all",
    "kallsyms_mod",
    "ns_user",
    "alias_mod",
    "softdep_mod",
    "devtable",
)
RELEASE = "6.1.0-56-amd64"


class Seed(NamedTuple):
    """A sound file, `path` below its machine's folder, and what damages and reads it. `{}` in words is that file."""

    scene: str
    machine: Path
    path: str
    changes: tuple[mutate.Change, ...]
    commands: tuple[Words, ...]

    @property
    def data(self) -> bytes:
        """The sound file."""
        return (self.machine / self.path).read_bytes()


def pymod(machine: Path, *words: str) -> int:
    """Call pymod on a machine."""
    return cli.main(["pymod", "--state", str(machine / "state.json"), "--root", str(machine / "root"), *words])


def seeds(folder: Path) -> list[Seed]:
    """Make the machines in a folder; all that can be damaged."""
    return [seed for make in SCENES for seed in make(folder)]


def _machine(folder: Path, name: str, *boot: str) -> Path:
    machine = folder / name
    machine.mkdir()
    if pymod(machine, "boot", *boot):
        raise AssertionError(f"no machine for {name}")
    return machine


_OF_MODULE: tuple[Words, ...] = (("modinfo", "{}"), ("symvers", "{}"), ("insmod", "{}"), ("insmod", "-f", "{}"))
_READ_TREE: tuple[Words, ...] = (("depmod", "-n"), ("boot", "--like", "{}"), ("boot", "--tree", "{root}"))
_COMPARE: Words = ("diff", "debian-12", "debian-12", "--tree-a", "{root}", "--tree-b", "{root}")


def modules(folder: Path) -> Iterator[Seed]:
    """Modules of every architecture, on a kernel that they fit."""
    for path in (*(KO / f"{name}.ko" for name in NAMES), *SAMPLES):
        machine = _machine(folder, f"module-{path.stem}", "--like", str(path), "--release", RELEASE)
        tree = machine / "root/lib/modules" / RELEASE
        shutil.copy(path, tree / "x.ko")
        name = f"root/lib/modules/{RELEASE}/x.ko"
        yield Seed("module", machine, name, mutate.ELF, (*_OF_MODULE, *_READ_TREE, _COMPARE))


def archives(folder: Path) -> Iterator[Seed]:
    """Compressed modules."""
    data = (KO / "hello_export.ko").read_bytes()
    for ending, packed in (("gz", gzip.compress(data)), ("xz", lzma.compress(data, check=lzma.CHECK_CRC32))):
        yield _archive(folder, ending, packed)
    yield _archive(folder, "xz-twice", lzma.compress(data[:5000]) + lzma.compress(data[5000:]))
    yield _archive(folder, "zst", _zstd(data))


def _zstd(data: bytes) -> bytes:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd.compress(data)


def _archive(folder: Path, name: str, packed: bytes) -> Seed:
    machine = _machine(folder, f"archive-{name}")
    path = f"root/lib/modules/{RELEASE}/x.ko.{name.partition('-')[0]}"
    (machine / path).write_bytes(packed)
    return Seed("archive", machine, path, mutate.BYTES, (*_OF_MODULE, *_READ_TREE, _COMPARE))


def signatures(folder: Path) -> Iterator[Seed]:
    """Signed modules; the message is what is damaged most, for the module before it is short."""
    data = (KO / "hello_export.ko").read_bytes()[:64]
    machine = _machine(folder, "signature")
    for path in sorted((DATA / "signatures").glob("*.p7s")):
        message = path.read_bytes()
        trailer = struct.pack(">BBBBB3xI", 0, 0, 2, 0, 0, len(message)) + b"~Module signature appended~\n"
        (machine / path.stem).write_bytes(data + message + trailer)
        yield Seed("signature", machine, path.stem, mutate.BYTES, _OF_MODULE)


_ASK: tuple[Words, ...] = (
    *(("modprobe", "-D", name) for name in ("hello_use_export", "params-all", "softdep_mod", "pci:v00001234d00000001")),
    *(("modprobe", "-R", "devtable"), ("modprobe", "-c"), ("modprobe", "-n", "-v", "hello_use_export")),
    *(
        ("closure", "softdep_mod", "pci:v00001234d00000001"),
        ("why", "hello_export"),
        ("why", "--not", "hello_exporter"),
    ),
    *(("graph", "--symbols", "hello_use_export"), ("diff", "debian-12", "debian-12", "hello_use_export")),
    *(("modinfo", "hello_export"), ("modinfo", "-F", "alias", "devtable"), ("depmod", "-n"), ("depmod", "-A")),
)

_CONFIGURATION = """\
# a comment
alias net-pf-77 hello_use_export
alias pci:v0000[0-9A]d* devtable
options params_all i=7 s="two words" \\
  b=1
blacklist hello_export
install other /bin/true
remove other /bin/false
softdep hello_use_export pre: params_all post: devtable
weakdep params_all devtable
"""
_DEPMOD = """\
search updates built-in
override hello_export 6.1.* extra
override hello_use_export * .
external ^6[.](1|2).*$ /extra
make_map_files no
exclude skipped
"""


def trees(folder: Path) -> Iterator[Seed]:
    """The index files of a tree, its lists, and the configuration."""
    machine = _machine(folder, "tree")
    tree = machine / "root/lib/modules" / RELEASE
    for name in NAMES:
        shutil.copy(KO / f"{name}.ko", tree)
    (tree / "modules.builtin").write_text("kernel/fs/ext4/ext4.ko\nkernel/lib/crc32.ko\n")
    (tree / "modules.order").write_text("".join(f"{name}.ko\n" for name in NAMES))
    (tree / "modules.builtin.modinfo").write_bytes(b"ext4.alias=fs-ext4\0ext4.license=GPL\0crc32.alias=crc\0")
    for place, text in (("modprobe", _CONFIGURATION), ("depmod", _DEPMOD)):
        (machine / f"root/etc/{place}.d").mkdir(exist_ok=True)
        (machine / f"root/etc/{place}.d/a.conf").write_text(text)
    if pymod(machine, "depmod"):
        raise AssertionError("no index")
    for path in (*sorted(tree.glob("modules.*")), *sorted(machine.glob("root/etc/*/a.conf"))):
        if path.stat().st_size:
            kind = mutate.BYTES if path.suffix == ".bin" else mutate.TEXT
            yield Seed("tree", machine, str(path.relative_to(machine)), kind, _ASK)


_LOOK: tuple[Words, ...] = (
    *(("lsmod",), ("lsmod", "--json"), ("status",), ("dmesg",), ("cat", "/proc/modules"), ("cat", "/proc/kallsyms")),
    *(
        ("cat", "/sys/module/params_all/parameters/i"),
        ("ls", "/sys/module"),
        ("ls", "/sys/module/hello_export/sections"),
    ),
    *(("rmmod", "hello_use_export"), ("insmod", str(KO / "alias_mod.ko")), ("tick", "1")),
)


def states(folder: Path) -> Iterator[Seed]:
    """The state of a machine, and each file that belongs to it; code was run, where there is an emulator."""
    machine = _machine(folder, "state", "--symvers", str(_symvers(folder)), "--release", RELEASE)
    os.environ["PYMOD_RUN"] = "1"
    for name in ("hello_export", "hello_use_export", "params_all"):
        pymod(machine, "insmod", str(KO / f"{name}.ko"))
    os.environ["PYMOD_RUN"] = "0"
    for path in sorted(machine.rglob("*")):
        if path.is_file() and path.stat().st_size and not path.is_relative_to(machine / "root"):
            kind = mutate.JSON if path.suffix == ".json" else mutate.BYTES
            yield Seed("state", machine, str(path.relative_to(machine)), kind, _LOOK)


def _symvers(folder: Path) -> Path:
    """The built-in kernel's symbols as a Module.symvers."""
    from modtools import profiles

    path = folder / "Module.symvers"
    lines = [
        f"{s.crc or 0:#010x}\t{s.name}\tvmlinux\tEXPORT_SYMBOL{'_GPL' if s.gpl else ''}\t{s.namespace}\n"
        for s in profiles.load().exports
    ]
    path.write_text("".join(lines))
    return path


def symbols(folder: Path) -> Iterator[Seed]:
    """Files that tell a kernel's symbols."""
    machine = _machine(folder, "symbols")
    lines = _symvers(folder).read_text().splitlines(keepends=True)[:60]
    (machine / "Module.symvers").write_text("".join(lines))
    names = [line.split("\t")[1] for line in lines]
    table = "".join(f"ffffffff8{n:07x} T {name}\nffffffff9{n:07x} r __ksymtab_{name}\n" for n, name in enumerate(names))
    (machine / "System.map").write_text(table)
    for name, option in (("Module.symvers", "--symvers"), ("System.map", "--system-map")):
        look: tuple[Words, ...] = (("boot", option, "{}"), ("cat", "/proc/kallsyms"), ("status",))
        yield Seed("symbols", machine, name, mutate.TEXT, look)


SCENES: tuple[Callable[[Path], Iterator[Seed]], ...] = (modules, archives, signatures, trees, states, symbols)
