"""What goes wrong in a shell is bounded: nobody waits for ever, the state is old or new, nothing is left behind."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from modtools.place import Place
from modtools.store import Store
from tests.shell.typed import PYMOD, SECONDS, environment, typed, words
from tests.transcripts import HERE

pytestmark = [pytest.mark.fuse]
pytest.importorskip("unicorn")

KO = HERE / "ko/waiting.ko"
KEEPER = "keeper() { cat /proc/$(cut -d ' ' -f 3 $PYMOD_STATE.pymod/shells)/task/*/children; }"
"""The process that the server of the shell has started."""


def rows() -> int:
    """How many files are open in the machine, system calls begun, and tasks of programs left."""
    kernel = Store(Place().state).read()
    tables = kernel.runner.guest.tables  # type: ignore[union-attr]
    return sum(len(tables.get(name, ())) for name in ("open", "calls", "callers"))


def until(condition: Callable[[], object]) -> None:
    """Wait until something has come true."""
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def running(path: Path) -> list[int]:
    """The processes of shells on the machine of this test."""
    found = []
    for at in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = at.read_bytes()
        except OSError:
            continue
        if str(path).encode() in line and b"keeper" in line:
            found.append(int(at.parent.name))
    return found


def test_a_shell_that_is_killed_leaves_nothing(tmp_path: Path) -> None:
    """Files are closed, readers let go, the state stored and the server gone, whichever process it was."""
    begun = tmp_path / "begun"
    script = f"insmod {KO}; cat /dev/waiting & sleep 0.5; echo >{begun}; exec sleep 60"
    shell = subprocess.Popen(words(script), cwd=tmp_path, env=environment(), stderr=subprocess.DEVNULL)
    until(begun.exists)
    [inner] = map(int, Path(f"/proc/{shell.pid}/task/{shell.pid}/children").read_text().split())
    programs = list(map(int, Path(f"/proc/{inner}/task/{inner}/children").read_text().split()))
    os.kill(inner, 9)
    assert shell.wait(SECONDS) == 137
    until(lambda: not rows())
    state = str(Place().state)
    until(lambda: not running(Path(state)))
    for program in programs:
        with suppress(ProcessLookupError):
            os.kill(program, 9)
    assert typed(tmp_path, "rmmod waiting; lsmod").stdout.splitlines()[1:] == []


def test_the_keeper_of_the_machine_can_die(tmp_path: Path) -> None:
    """Who waits is told, and the next call finds another one."""
    done = typed(
        tmp_path,
        f"""{KEEPER}
        insmod {KO}; (exec 2>&1; cat /dev/waiting) >got & sleep 0.5
        kill -9 $(keeper); wait; cat got
        printf x >/dev/waiting; head -c 1 /dev/waiting; rmmod waiting && lsmod | wc -l
        """,
    )
    assert (done.stdout, done.stderr) == ("cat: /dev/waiting: Input/output error\nx1\n", "")


def test_a_full_disk_loses_what_could_not_be_stored(tmp_path: Path) -> None:
    """The state stays as it was, and the shell goes on when there is room again."""
    limit = "prlimit --pid $(keeper) --fsize={}:unlimited"
    done = typed(
        tmp_path,
        f"""{KEEPER}
        insmod {KO}; printf old >/dev/waiting; sleep 0.3
        {limit.format(0)}; printf new >/dev/waiting; sleep 0.3
        {limit.format("unlimited")}; dd bs=8 count=1 status=none </dev/waiting; echo
        printf more >/dev/waiting; sleep 0.3; dd bs=8 count=1 status=none </dev/waiting
        """,
    )
    assert (done.stdout, done.stderr) == ("old\nmore", "")
    json.loads(Place().state.read_text())


def test_a_damaged_state_stops_nobody_for_long(tmp_path: Path) -> None:
    """Who waits is told, commands say what is wrong, and all goes on when it is repaired."""
    done = typed(
        tmp_path,
        f"""
        insmod {KO}; (exec 2>&1; cat /dev/waiting) & sleep 0.5
        cp $PYMOD_STATE kept; echo garbage >$PYMOD_STATE; wait; cat /proc/modules 2>&1; lsmod 2>&1 | grep -c damaged
        cp kept $PYMOD_STATE; printf x >/dev/waiting; head -c 1 /dev/waiting
        """,
    )
    told = ["cat: /dev/waiting: Input/output error", "cat: /proc/modules: Input/output error", "1", "x"]
    assert list(dict.fromkeys(done.stdout.splitlines())) == told  # its close(2) may fail as its read(2)


def test_fifty_programs_at_once(tmp_path: Path) -> None:
    """All wait, and each gets one of the bytes that come."""
    started = time.monotonic()
    done = typed(
        tmp_path,
        f"""
        insmod {KO}
        for i in $(seq 50); do head -c 1 /dev/waiting >>got & done
        until lsmod | grep -q 50$; do sleep 0.2; done; lsmod | tail -n 1
        for i in $(seq 10); do printf 12345 >/dev/waiting; done
        wait; wc -c <got; dmesg -r | grep -c 'waits to read'; sleep 0.5; lsmod | tail -n 1
        """,
    )
    used = "waiting                16384  {}"
    assert done.stdout.splitlines() == [used.format(50), "50", "50", used.format(0)]
    assert time.monotonic() - started < 60


def test_an_oops_ends_who_made_it(tmp_path: Path) -> None:
    """Another one that reads goes on waiting, and gets what comes."""
    done = typed(
        tmp_path,
        f"""
        insmod {KO}
        head -c 2 /dev/waiting >got & sleep 0.5
        sh -c 'printf 7 >/proc/waiting; echo not reached'; echo $?
        printf on >/dev/waiting; wait; cat got; dmesg -r | grep -c 'Oops: 0002'
        """,
    )
    assert done.stdout.splitlines() == ["137", "on1"]


def test_nothing_of_a_failed_shell_is_in_the_way_of_commands(tmp_path: Path) -> None:
    """While one is open, commands outside work on the same machine, and wake who waits inside."""
    begun = tmp_path / "begun"
    script = f"insmod {KO}; echo >{begun}; exec head -c 2 /dev/waiting"
    shell = subprocess.Popen(words(script), cwd=tmp_path, env=environment(), stdout=subprocess.PIPE)
    until(begun.exists)
    until(lambda: rows() >= 3)
    subprocess.run([*PYMOD, "write", "/dev/waiting", "hi"], env=environment(), check=True)
    assert shell.communicate(timeout=SECONDS)[0] == b"hi"
    assert not rows()


def test_a_command_has_a_file_of_a_driver_open(tmp_path: Path) -> None:
    """While it has the machine, which is to tell the driver of each close(2): it does not wait for itself."""
    started = time.monotonic()
    done = typed(
        tmp_path,
        f"""
        insmod {HERE}/ko/open_files.ko; insmod {KO}; exec 3</dev/held0 4</dev/waiting
        insmod {HERE}/ko/hello_export.ko; lsmod | wc -l; rmmod hello_export; head -c 3 <&3
        """,
    )
    assert (done.stdout, done.stderr) == ("4\n012", "")
    assert time.monotonic() - started < 45


MAPPED = """
import mmap, os
file = os.open("/dev/store", os.O_RDWR)
try:
    mmap.mmap(file, 4096)
except OSError as error:
    print(error.strerror)
"""


def test_a_mapping_is_refused_with_a_word(tmp_path: Path) -> None:
    """In the log, where the driver has a function for it; a driver without one is Linux's own ENODEV."""
    (tmp_path / "mapped.py").write_text(MAPPED)
    done = typed(
        tmp_path,
        f"insmod {HERE}/ko/store.ko; python3 mapped.py; dmesg -t | tail -n 2 | head -n 1; insmod {KO}; dmesg -C; "
        "sed s/store/waiting/ mapped.py | python3; dmesg | grep -c mmap",
    )
    assert done.stdout.splitlines() == [
        "No such device",
        "/dev/store: mmap() is refused: programs cannot share the memory of modules",
        "No such device",
        "0",
    ]
