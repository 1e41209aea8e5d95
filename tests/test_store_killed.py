"""Commands that are killed while a module's code runs: the lock is free at once, and nobody is left."""

from __future__ import annotations

import fcntl
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from modtools import store as store_module
from modtools.module import read_module
from modtools.statelock import acquire
from modtools.store import Store
from tests.properties import tried
from tests.running import KO

pytest.importorskip("unicorn")

_ZYGOTE = """
import fcntl, os, signal, sys
from pathlib import Path
from modtools.emulate import isolation
from modtools.emulate.cpu import watchdog
from modtools.emulate.cpu.x86_64 import engine
from modtools.kernel.module.load import insert
from modtools.store import Store
image, alive, limit = Path(sys.argv[1]).read_bytes(), sys.argv[2], isolation._limit
def limit_and_tell():
    limit()
    os.write(1, b"running\\n")
isolation._limit = limit_and_tell
watchdog.PATIENCE = watchdog.TOTAL = 1 << 60
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs in the background begins without,
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # and by nohup
Store(Path(os.environ["PYMOD_STATE"])).read().symbols
while sys.stdin.readline():
    pid = os.fork()
    if not pid:
        fcntl.flock(os.open(alive, os.O_RDWR), fcntl.LOCK_SH)
        os.write(1, b"%d\\n" % os.getpid())
        try:
            with Store(Path(os.environ["PYMOD_STATE"])).transaction() as kernel:
                insert(kernel, image)
        finally:
            os._exit(1)
    os.waitpid(pid, 0)
    os.write(1, b"gone\\n")
"""
"""Starts a command for each line that it reads: its process is told, that the module's code runs, and its end."""
SECONDS = 60
"""After which a process that is still there counts as left; the processor time that one may take is longer."""


def _endless(path: Path) -> Path:
    """A module whose init jumps to where it is, behind its call of __fentry__."""
    image = bytearray((KO / "hello_export.ko").read_bytes())
    elf = read_module(str(KO / "hello_export.ko")).elf
    init = next(symbol for symbol in elf.symbols if symbol.name == "init_module")
    start = elf.sections[init.shndx].offset + init.value + 5
    image[start : start + 2] = b"\xeb\xfe"
    path.write_bytes(image)
    return path


def _gone(alive: Path) -> bool:
    """Whether all processes come to an end that have the file open."""
    descriptor = os.open(alive, os.O_RDWR)
    deadline = time.monotonic() + SECONDS
    try:
        while time.monotonic() < deadline:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(0.01)
            else:
                return True
        return False
    finally:
        os.close(descriptor)


def test_a_copy_does_not_hold_the_lock(tmp_path: Path) -> None:
    """The lock is free as soon as the one that took it gives it back, while a copy of it lives on."""
    reader, writer = os.pipe()
    release = acquire(tmp_path / "lock", 0)
    pid = os.fork()
    if not pid:
        os.close(writer)
        os.read(reader, 1)
        os._exit(0)
    try:
        with pytest.raises(TimeoutError):
            acquire(tmp_path / "lock", 0)
        release()
        acquire(tmp_path / "lock", 5)()  # the copy may not have got that far yet
    finally:
        os.close(writer)
        os.waitpid(pid, 0)
        os.close(reader)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda s: s.name)
def test_the_next_command_works_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    """50 times each where all is tried: who is killed while init runs leaves the lock free, the old state, and no
    process.
    """
    monkeypatch.setattr(store_module, "LOCK_SECONDS", 0)
    random.seed(number)
    (alive := tmp_path / "alive").touch()
    store = Store(Path(os.environ["PYMOD_STATE"]))
    command = [sys.executable, "-c", _ZYGOTE, str(_endless(tmp_path / "endless.ko")), str(alive)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as zygote:
        assert zygote.stdin
        assert zygote.stdout
        for turn in range(tried(50)):
            zygote.stdin.write("\n")
            process = int(zygote.stdout.readline())
            assert zygote.stdout.readline() == "running\n"
            time.sleep(random.uniform(0, 0.01))
            os.kill(process, number)
            assert zygote.stdout.readline() == "gone\n"
            with store.transaction() as kernel:
                assert (kernel.time, list(kernel.modules)) == (turn, [])
                kernel.time += 1
            assert _gone(alive)
        zygote.stdin.close()
