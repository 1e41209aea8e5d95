"""chmod, chown, rm, mknod and ln -s in /proc, /sys and /dev, as recorded on Linux 6.1."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from modtools.errors import KernelError
from modtools.kernel.files import by_hand
from modtools.kernel.files.paths import lookup
from modtools.kernel.module.load import insert
from modtools.kernel.module.unload import delete
from modtools.kernel.runner import End, FileEntry, Outcome
from modtools.kernel.state import DeviceNode, Kernel
from modtools.linuxerrno import EEXIST, EISDIR, ENOENT, EPERM
from modtools.store import Store
from tests.transcripts import HERE

PARAMETER = "/sys/module/params_quiet/parameters/p_int"
DEVICE, FOLDER = FileEntry(stat.S_IFCHR | 0o600, ("dev", 5, 0)), FileEntry(stat.S_IFDIR | 0o755)
MADE = {"/dev": {"held": DEVICE, "sub": FOLDER, "char": FOLDER}, "/dev/char": {"0:5": DEVICE}}


class Runner:
    """Modules that have made a device and a folder in /dev."""

    changed = False

    def files(self, path: str) -> dict[str, FileEntry]:
        """What they have made in a folder."""
        return MADE.get(path, {})

    def tell(self, *_: object) -> Outcome:
        """Nobody listens."""
        return Outcome(End.RETURNED)

    def forget(self, module: object) -> None:
        """Free a module's memory, of which there is none."""


@pytest.fixture
def kernel(tmp_path: Path) -> Kernel:
    """A kernel with a module that has a parameter, and with a device."""
    made = Store(tmp_path / "state.json").default()
    insert(made, (HERE / "ko/params_quiet.ko").read_bytes())
    made.runner = Runner()  # type: ignore[assignment]
    return made


def told(kernel: Kernel, path: str) -> tuple[str, tuple[int, int]]:
    """What stat(2) says of a file."""
    node = lookup(kernel, path)
    return stat.filemode(node.mode), node.owner


def refused(call: object, *arguments: object, **more: int) -> int:
    """The errno of a call."""
    with pytest.raises(KernelError) as error:
        call(*arguments, **more)  # type: ignore[operator]
    return error.value.errno


@pytest.mark.parametrize(("path", "before"), [("/dev/held", "crw-------"), (PARAMETER, "-rw-r--r--")])
def test_files_take_other_permissions_and_owners(kernel: Kernel, path: str, before: str) -> None:
    """Of modules and of the kernel; who owns a file may change its permissions, and only root gives it away."""
    assert told(kernel, path) == (before, (0, 0))
    assert refused(by_hand.change_mode, kernel, path, 0o666, uid=7) == EPERM
    assert refused(by_hand.change_owner, kernel, path, 7, None, uid=7) == EPERM
    by_hand.change_owner(kernel, path, 7, None)
    assert told(kernel, path) == (before, (7, 0))
    by_hand.change_mode(kernel, path, 0o666, uid=7)
    by_hand.change_owner(kernel, path, None, 8)
    assert told(kernel, path) == (f"{before[0]}rw-rw-rw-", (7, 8))


def test_what_is_made_anew_is_new(kernel: Kernel) -> None:
    """A file that went with its module has its own permissions when it comes again."""
    by_hand.change_mode(kernel, PARAMETER, 0o600)
    by_hand.forget_gone(kernel)
    assert told(kernel, PARAMETER)[0] == "-rw-------"
    delete(kernel, "params_quiet")
    by_hand.forget_gone(kernel)
    assert not kernel.changed


def test_nodes_are_removed_in_dev_alone(kernel: Kernel) -> None:
    """That of a driver as well as one made by hand; what lies elsewhere is the kernel's, as are folders."""
    assert refused(by_hand.remove, kernel, PARAMETER) == EPERM
    assert refused(by_hand.remove, kernel, "/dev/held", uid=7) == EPERM
    assert refused(by_hand.remove, kernel, "/dev/sub") == EISDIR
    by_hand.remove(kernel, "/dev/held")
    by_hand.forget_gone(kernel)
    assert lookup(kernel, "/dev").names() == ["kmsg", "fd", "sub", "char"]
    by_hand.make_node(kernel, "/dev/held", DeviceNode(1, 2, 0o640))
    assert told(kernel, "/dev/held")[0] == "crw-r-----"
    by_hand.remove(kernel, "/dev/held")
    assert refused(lookup, kernel, "/dev/held") == ENOENT


def test_nodes_and_links_are_made_in_dev_alone(kernel: Kernel) -> None:
    """Where there is nothing of the name, and by root; those below char/ are found beside the drivers' own."""
    node = DeviceNode(250, 3, 0o622)
    assert refused(by_hand.make_node, kernel, "/proc/mine", node) == EPERM
    assert refused(by_hand.make_node, kernel, "/dev/mine", node, uid=7) == EPERM
    assert refused(by_hand.make_node, kernel, "/dev/held", node) == EEXIST
    assert refused(by_hand.make_node, kernel, "/dev/none/mine", node) == ENOENT
    by_hand.make_node(kernel, "/dev/mine", node)
    by_hand.make_node(kernel, "/dev/alias", DeviceNode(0, 0, target="mine"))
    by_hand.make_node(kernel, "/dev/char/250:3", node)
    assert lookup(kernel, "/dev/char").names() == ["250:3", "0:5"]
    by_hand.change_mode(kernel, "/dev/mine", 0o660)
    assert told(kernel, "/dev/mine")[0] == "crw-rw----"
    assert lookup(kernel, "/dev/alias").target == "mine"


def test_it_is_kept_in_the_state(tmp_path: Path) -> None:
    """With the permissions, and where links lead."""
    store = Store(tmp_path / "other.json")
    with store.transaction() as stored:
        by_hand.make_node(stored, "/dev/mine", DeviceNode(250, 3))
        by_hand.make_node(stored, "/dev/alias", DeviceNode(0, 0, target="mine"))
        by_hand.change_owner(stored, "/dev/mine", 5, 6)
    assert told(store.read(), "/dev/mine") == ("crw-r--r--", (5, 6))
    assert lookup(store.read(), "/dev/alias").target == "mine"
    assert json.loads(store.path.read_text())["changed"] == {"/dev/mine": [None, 5, 6, False]}
