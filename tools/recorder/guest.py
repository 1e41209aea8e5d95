"""What is in a guest: BusyBox, dash as its shell, the program that runs commands; for sessions kmod 34 and modules."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from modtools.tools import KMOD_TOOLS
from tests.reference import CHECKOUT, kmod_tools
from tests.transcripts.toolbox import busybox
from tests.transcripts.world import World
from tools.recorder.archive import Archive
from tools.recorder.kernels import Recorded

_SOURCES = CHECKOUT / "tools/recorder/guest"
PROGRAMS = CHECKOUT / "tests/shell/programs"
"""Programs in C that sessions run, by their names."""
_FOLDERS = "bin sbin usr/bin usr/sbin proc sys dev tmp rec t etc root run etc/modprobe.d etc/depmod.d lib/modprobe.d"
_NOT_FROM_BUSYBOX = {*KMOD_TOOLS, "busybox", "sh", "ash", "init", "linuxrc"}
_USERS = "root:x:0:0:root:/root:/bin/sh\nuser:x:1000:1000:user:/tmp:/bin/sh\n"
_GROUPS = "root:x:0:\nuser:x:1000:\n"


def for_sessions(kernel: Recorded) -> Archive:
    """The machine that tests/transcripts/README.md describes, with the modules of a kernel's sessions."""
    guest = _plain()
    program = kmod_tools().parent / "root/usr/bin/kmod"
    guest.file("bin/kmod", program.read_bytes(), 0o755)
    for name in KMOD_TOOLS:
        guest.link(f"usr/sbin/{name}", "/bin/kmod")
        guest.link(f"sbin/{name}", "/bin/kmod")
    with tempfile.TemporaryDirectory() as folder:
        World.of(kernel.folder / "scenarios").make(Path(folder))
        guest.folder("t", Path(folder, "t"))
        guest.folder("lib/modules", Path(folder, "lib/modules"))
    for source in sorted(PROGRAMS.glob("*.c")):
        guest.file(f"t/{source.stem}", built(source), 0o755)
    return guest


def for_inits(modules: dict[str, bytes]) -> Archive:
    """A machine with nothing but a program that loads modules, and modules by their path in Debian's tree."""
    guest = _plain()
    guest.file("bin/load", built(_SOURCES / "load.c"), 0o755)
    for path, data in modules.items():
        guest.file(f"t/{path}", data)
    return guest


def _plain() -> Archive:
    guest = Archive()
    for name in _FOLDERS.split():
        guest.folder(name)
    guest.file("init", (_SOURCES / "init").read_bytes(), 0o755)
    box = busybox()
    assert box is not None
    guest.file("bin/busybox", box.read_bytes(), 0o755)
    names = subprocess.run([box, "--list"], stdout=subprocess.PIPE, text=True, check=True).stdout.split()
    for name in sorted({*names} - _NOT_FROM_BUSYBOX):
        guest.link(f"bin/{name}", "/bin/busybox")
    guest.file("bin/sh", Path(shutil.which("dash") or "/bin/dash").read_bytes(), 0o755)
    _add_libraries(guest)
    guest.file("etc/passwd", _USERS.encode())
    guest.file("etc/group", _GROUPS.encode())
    return guest


def _add_libraries(guest: Archive) -> None:
    """Those that kmod's reference came with; dash needs one of them."""
    folder = kmod_tools().parent / "root/usr/lib/x86_64-linux-gnu"
    for library in sorted(folder.glob("*.so.*")):
        guest.file(f"lib/x86_64-linux-gnu/{library.name}", library.read_bytes(), 0o755)
    guest.file("lib64/ld-linux-x86-64.so.2", (folder / "ld-linux-x86-64.so.2").read_bytes(), 0o755)


def built(source: Path) -> bytes:
    """A program in C, which needs no libraries."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, source.stem)
        subprocess.run(
            ["gcc", "-O2", "-Wall", "-Wno-unused-result", "-static", "-pthread", "-o", program, source], check=True
        )
        return program.read_bytes()
