"""Files that are held open: drivers are told what Linux told them (tests/transcripts/scenarios/open-files.t)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from modtools.emulate.runner import EmulatedRunner
from modtools.errors import KernelError
from modtools.kernel.files.module_files import Opened
from modtools.kernel.files.paths import lookup
from modtools.kernel.module.load import insert
from modtools.kernel.module.unload import delete
from modtools.kernel.state import Kernel
from modtools.linuxerrno import EBADF, EBUSY, EIO, ENOTTY, EWOULDBLOCK
from modtools.store import Store
from tests.transcripts import HERE
from tests.transcripts.format import Step, load

pytest.importorskip("unicorn")

RECORDED = HERE / "scenarios/open-files.t"
KO = HERE / "ko/open_files.ko"
READ, WRITE, BOTH, APPEND = 0, 0o1101, 0o102, 0o2101
"""The flags with which a shell opens a file for `<`, `>`, `<>` and `>>`."""
FLUSH = "<6>flush"
Play = Callable[[Kernel], bytes]


@pytest.fixture
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Kernel:
    """A kernel with the module in it, whose code runs in this process."""
    fresh = Store(tmp_path_factory.mktemp("machine") / "state.json").default()
    fresh.runner = EmulatedRunner(fresh, isolated=False)
    insert(fresh, KO.read_bytes(), path=str(KO))
    return fresh


def opened(kernel: Kernel, path: str, flags: int = READ) -> Opened:
    """A file that is open, found by its number as another command would."""
    node = lookup(kernel, f"/dev/fd/{lookup(kernel, path).open(flags)}")
    assert isinstance(node, Opened)
    return node


def errno(call: Callable[[], object]) -> int:
    """What a system call fails with."""
    with pytest.raises(KernelError) as caught:
        call()
    return caught.value.errno


def two_reads(kernel: Kernel) -> bytes:
    """Each gets as many bytes as it asks for, and the module stays as long as the file is open."""
    file = opened(kernel, "/dev/held0")
    text = file.read_once(5) + file.read_once(3)
    assert errno(lambda: delete(kernel, "open_files")) == EWOULDBLOCK
    file.close()
    return text


def both_ways(kernel: Kernel) -> bytes:
    """What the driver does not take at once is written again."""
    file = opened(kernel, "/dev/held0", BOTH)
    file.write(b"hello world")
    text = file.read_once(4)
    file.write(b"x")
    file.close()
    return text


def not_for_reading(kernel: Kernel) -> bytes:
    """A file that was opened for writing."""
    file = opened(kernel, "/dev/held0", WRITE)
    assert errno(lambda: file.read_once(1)) == EBADF
    file.close()
    return b""


def appended(kernel: Kernel) -> bytes:
    """The flag is the driver's to heed."""
    file = opened(kernel, "/dev/held0", APPEND)
    file.write(b"y")
    file.close()
    return b""


def not_for_writing(kernel: Kernel) -> bytes:
    """A file that was opened for reading."""
    file = opened(kernel, "/dev/held0")
    assert errno(lambda: file.write(b"z")) == EBADF
    file.close()
    return b""


def sought(path: str, skipped: int, size: int) -> Play:
    """Read at another place, as dd does: by lseek(2), and by reading where that does not do."""

    def play(kernel: Kernel) -> bytes:
        file = opened(kernel, path)
        try:
            file.seek(skipped * size, 1)
        except KernelError:
            for _ in range(skipped):
                file.read_once(size)
        text = file.read_once(size)
        file.close()
        return text

    return play


def all_of_it(path: str) -> Play:
    """Read until nothing comes any more."""

    def play(kernel: Kernel) -> bytes:
        file = opened(kernel, path)
        text = file.read()
        file.close()
        return text

    return play


def busy(kernel: Kernel) -> bytes:
    """A driver that does not let it be opened, and is told of nothing more."""
    assert errno(lambda: opened(kernel, "/dev/held9")) == EBUSY
    return b""


def asked(path: str, *sizes: int, skipped: int = 0) -> Play:
    """Read, skip some bytes and read again, and make a request that the driver does not know."""

    def play(kernel: Kernel) -> bytes:
        file = opened(kernel, path)
        text = file.read_once(sizes[0])
        if skipped:
            file.seek(skipped, 1)
        text += b"".join(file.read_once(size) for size in sizes[1:])
        assert errno(lambda: file.ioctl(0x5401, 0)) == ENOTTY
        file.close()
        return text

    return play


def debugged(kernel: Kernel) -> bytes:
    """A file of debugfs keeps its module, too."""
    file = opened(kernel, "/sys/kernel/debug/held/file")
    text = file.read_once(7)
    assert errno(lambda: delete(kernel, "open_files")) == EWOULDBLOCK
    file.close()
    return text


def removed(kernel: Kernel) -> bytes:
    """A file of /proc keeps nobody: it is released when it is removed, and can be closed."""
    file = opened(kernel, "/proc/held")
    delete(kernel, "open_files")
    assert errno(lambda: file.read_once(7)) == EIO
    file.close()
    return b""


PLAYS: dict[str, Play] = {
    "exec 3</dev/held0; dd bs=5": two_reads,
    "exec 3<>/dev/held0": both_ways,
    "exec 3>/dev/held0": not_for_reading,
    "exec 3>>/dev/held0": appended,
    "exec 3</dev/held0; printf": not_for_writing,
    "dd if=/dev/held0 bs=4 skip=2": sought("/dev/held0", 2, 4),
    "exec 3</dev/held_old; cat": all_of_it("/dev/held_old"),
    "dd if=/dev/held_old bs=4 skip=2": sought("/dev/held_old", 2, 4),
    "cat /dev/held9": busy,
    "exec 3</dev/held_misc": asked("/dev/held_misc", 6),
    "exec 3</proc/held; dd bs=7 count=1 <&3; grep": asked("/proc/held", 7, 2, skipped=6),
    "exec 3</proc/held_lines": asked("/proc/held_lines", 2, 3, 9, 9),
    "exec 3</sys/kernel/debug": debugged,
    "exec 3</proc/held; rmmod": removed,
}
"""What the recorded commands do, by how they begin."""
_STEPS = [step for step in load(RECORDED).steps if step.command.startswith(("exec", "dd", "cat"))]


@pytest.mark.parametrize("step", _STEPS, ids=lambda step: step.command)
def test_a_driver_is_told_what_linux_told_it(kernel: Kernel, step: Step) -> None:
    """Flags, mode, sizes, positions and references, in the same order; a shell closes its copies of a file, too, and
    each flushes.
    """
    known = len(kernel.log.records)
    [play] = [play for begin, play in PLAYS.items() if step.command.startswith(begin)]
    assert play(kernel) == step.stdout.encode()
    told = [f"<{record.level}>{record.text}" for record in kernel.log.records[known:]]
    assert [line for line in told if line != FLUSH] == [line for line in step.log if line != FLUSH]
    assert (FLUSH in told) == (FLUSH in step.log)
