"""What a node of /proc and /sys cannot do is refused as open(2), read(2), readdir(3) and readlink(2) refuse it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from modtools.errors import KernelError
from modtools.kernel.files.nodes import Node
from modtools.kernel.files.paths import lookup
from modtools.linuxerrno import EACCES, EINVAL, EISDIR, ENOENT, ENOTDIR
from modtools.store import Store

FOLDER, READABLE, WRITABLE = "/sys/module/printk", "/proc/version", "/sys/module/printk/uevent"
REFUSED = [
    (FOLDER, "read", EISDIR),
    (FOLDER, "write", EISDIR),
    (FOLDER, "target", EINVAL),
    (FOLDER, "nothing", ENOENT),
    (READABLE, "write", EACCES),
    (READABLE, "names", ENOTDIR),
    (READABLE, "nothing", ENOTDIR),
    (READABLE, "target", EINVAL),
    (WRITABLE, "read", EACCES),
]
CALLS = {
    "read": lambda node: node.read(),
    "write": lambda node: node.write(b"x"),
    "names": lambda node: node.names(),
    "nothing": lambda node: node.child("nothing"),
    "target": lambda node: node.target,
}


@pytest.mark.parametrize(("path", "call", "error"), REFUSED)
def test_what_a_node_cannot_do(path: str, call: str, error: int, tmp_path: Path) -> None:
    """A folder has no text, a file no names, neither a target; a file that is only read is not written."""
    node = lookup(Store(tmp_path / "state.json").default(), path)
    with pytest.raises(KernelError) as refused:
        CALLS[call](node)
    assert refused.value.errno == error


def test_a_node_that_is_neither_is_as_little() -> None:
    """What a kind of nodes does not do itself is refused for it."""
    node = Node(stat.S_IFREG | 0o600)
    assert (node.size, node.owner, node.root_may, node.runs) == (None, (0, 0), False, False)
    for call, error in {
        "read": EACCES,
        "write": EACCES,
        "names": ENOTDIR,
        "nothing": ENOTDIR,
        "target": EINVAL,
    }.items():
        with pytest.raises(KernelError) as refused:
            CALLS[call](node)
        assert refused.value.errno == error, call
