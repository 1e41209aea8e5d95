"""Files that modules make are there, can be listed, and are read and written by the modules' own functions."""

from __future__ import annotations

import stat
from collections.abc import Callable, Sequence

import pytest

from modtools import causes
from modtools.emulate.files.fileops import OpenFile
from modtools.emulate.linux.fs import char_dev
from modtools.emulate.runner import EmulatedRunner
from modtools.emulate.symbols.structs import new
from modtools.errors import Cause, KernelError
from modtools.kernel.files import nodes
from modtools.kernel.files.paths import lookup
from modtools.kernel.module.load import insert
from modtools.kernel.module.unload import delete
from modtools.kernel.state import Kernel
from modtools.linuxerrno import EINVAL, ENODEV, ENOENT, ENXIO
from modtools.store import Store
from tests.reference import CHECKOUT

pytest.importorskip("unicorn")

KO = CHECKOUT / "examples/tutorial"


@pytest.fixture
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Kernel:
    """A kernel just booted, whose modules run in this process."""
    fresh = Store(tmp_path_factory.mktemp("machine") / "state.json").default()
    fresh.runner = EmulatedRunner(fresh, isolated=False)
    return fresh


def load(kernel: Kernel, name: str) -> None:
    """Insert a module of the tutorial."""
    insert(kernel, (KO / f"{name}.ko").read_bytes(), path=str(KO / f"{name}.ko"))


def refused(node: nodes.Node, data: bytes) -> int:
    """The errno of a write."""
    with pytest.raises(KernelError) as caught:
        node.write(data)
    return caught.value.errno


def test_a_file_in_proc_comes_and_goes(kernel: Kernel) -> None:
    """It stands behind the kernel's own names, with its permissions, as long as the module is there."""
    load(kernel, "proc_file")
    assert lookup(kernel, "/proc").names()[-1] == "mine"
    assert lookup(kernel, "/proc/mine").mode == stat.S_IFREG | 0o644
    delete(kernel, "proc_file")
    with pytest.raises(KernelError) as caught:
        lookup(kernel, "/proc/mine")
    assert caught.value.errno == ENOENT


def test_a_sequence_makes_a_line_for_each_element(kernel: Kernel) -> None:
    """start, show, next and stop of the module are called in turn."""
    load(kernel, "proc_seq")
    text = lookup(kernel, "/proc/lesson/squares").read().decode()
    assert text.splitlines() == [f"{n} squared is {n * n}" for n in range(1, 6)]


def test_an_attribute_is_shown_and_stored(kernel: Kernel) -> None:
    """/sys/kernel/mymodule/myvariable is the module's variable; its store function may refuse."""
    load(kernel, "sysfs_file")
    node = lookup(kernel, "/sys/kernel/mymodule/myvariable")
    node.write(b"17\n")
    assert node.read() == b"17\n"
    assert refused(node, b"many") == EINVAL
    assert "mymodule" in lookup(kernel, "/sys/kernel").names()


def test_a_device_is_opened_read_and_released(kernel: Kernel) -> None:
    """Every reading opens it anew, by its name or by its number."""
    load(kernel, "chardev")
    told = "I already told you {} times Hello world!\n"
    node = lookup(kernel, "/dev/chardev")
    assert stat.S_ISCHR(node.mode)
    assert node.read().decode() == told.format(0)
    number = lookup(kernel, "/dev/char").names()[0]
    assert lookup(kernel, f"/dev/char/{number}").read().decode() == told.format(1)
    assert refused(node, b"x") == EINVAL


def test_a_misc_device_keeps_what_is_written(kernel: Kernel) -> None:
    """What was written is what is read, byte for byte, up to the size of the module's buffer."""
    load(kernel, "misc_device")
    node = lookup(kernel, "/dev/echo")
    assert node.mode == stat.S_IFCHR | 0o666
    node.write(bytes(range(256)))
    assert node.read() == bytes(range(256))


def test_nothing_is_run_to_look_at_the_kernels_own_files(kernel: Kernel) -> None:
    """/proc/modules and a missing name in a kernel without code need no runner."""
    kernel.runner = None
    assert lookup(kernel, "/proc/modules").read() == b""
    assert not lookup(kernel, "/proc/modules").runs
    with pytest.raises(KernelError):
        lookup(kernel, "/proc/mine")
    assert lookup(kernel, "/dev").names() == ["kmsg", "fd"]
    assert lookup(kernel, "/dev/fd").names() == []
    assert lookup(kernel, "/dev/fd").mode == stat.S_IFDIR | 0o555


class Asked:
    """A machine whose modprobe answers with a status, and maybe registers a device; `names` are what it was asked."""

    def __init__(self, status: int, then: Callable[[str], None] = lambda _: None) -> None:
        self.status, self.then = status, then
        self.names: list[str] = []

    def run(self, _program: str, words: Sequence[str]) -> int:
        """Note the name."""
        self.names.append(words[-1])
        self.then(words[-1])
        return self.status

    def read(self, path: str) -> bytes:
        """There are no files."""
        raise KernelError(ENOENT, Cause(causes.PARTS_MISSING, path))

    load = read


def opened(kernel: Kernel, number: int, machine: Asked) -> int:
    """What opening a device of this number gives."""
    kernel.userspace = machine
    runner = kernel.runner
    assert isinstance(runner, EmulatedRunner)
    return OpenFile(runner.guest).open_device(number)


@pytest.mark.parametrize(
    ("number", "status", "error", "asked"),
    [
        (240 << 20 | 3, 256, -ENXIO, ["char-major-240-3", "char-major-240"]),
        (240 << 20 | 3, 0, -ENXIO, ["char-major-240-3"]),
        (10 << 20 | 77, 256, -ENODEV, ["char-major-10-77"]),
    ],
)
def test_a_number_that_nobody_answers_for_is_asked_for(
    kernel: Kernel, number: int, status: int, error: int, asked: list[str]
) -> None:
    """By major and minor, then by the major alone; what misc devices are, by their minor."""
    machine = Asked(status)
    assert (opened(kernel, number, machine), machine.names) == (error, asked)


def test_who_comes_when_asked_answers(kernel: Kernel) -> None:
    """The file is opened by the functions of the module that modprobe has loaded."""
    runner = kernel.runner
    assert isinstance(runner, EmulatedRunner)
    guest = runner.guest
    functions = new(guest, "file_operations").address()

    def register(_name: str) -> None:
        char_dev.register_chrdev(guest, 240, 0, 8, guest.new_text(b"late"), functions)

    machine = Asked(0, register)
    assert opened(kernel, 240 << 20 | 3, machine) == 0
    assert machine.names == ["char-major-240-3"]
    assert opened(kernel, 240 << 20 | 3, machine) == 0
    assert len(machine.names) == 1
