"""Paths below /proc and /sys, and what /proc says in one line each."""

from __future__ import annotations

from pathlib import Path

import pytest

from modtools.errors import KernelError
from modtools.kernel.files.nodes import Node, check, file, folder, link
from modtools.kernel.files.paths import _walk, lookup
from modtools.kernel.files.procfs import modules
from modtools.kernel.modules import LoadedModule, ModuleState
from modtools.kernel.state import Kernel
from modtools.link.areas import Area, Kind
from modtools.linuxerrno import EACCES, EINVAL, ELOOP, ENOENT, ENOTDIR
from modtools.store import Store


@pytest.fixture
def kernel(tmp_path: Path) -> Kernel:
    """The built-in kernel."""
    return Store(tmp_path / "state.json").default()


def failing(kernel: Kernel, path: str, text: bytes | None = None) -> int:
    """The errno with which looking a path up, or writing to it, ends."""
    try:
        node = lookup(kernel, path)
        if text is not None:
            node.write(text)
    except KernelError as error:
        return error.errno
    return 0


def test_dots_and_slashes(kernel: Kernel) -> None:
    """As a path has them: `..` of the root is the root."""
    version = kernel.identity.version + "\n"
    for path in (
        "/proc/version",
        "//proc/./version",
        "/../proc/version",
        "/proc/sys/../version",
        "/sys/../../proc/version",
    ):
        assert lookup(kernel, path).read().decode() == version
    assert lookup(kernel, "/").names() == lookup(kernel, "").names() == ["proc", "sys", "dev"]
    assert failing(kernel, "/nothing") == failing(kernel, "/proc/nothing") == ENOENT
    assert failing(kernel, "/proc/version/x") == ENOTDIR


def chain(count: int) -> Node:
    """A folder in which so many links lead one after another to a folder with a file."""
    inner = folder(lambda: {"end": lambda: file(0o444, lambda: "end")})
    made = {"d0": lambda: inner} | {f"d{at}": (lambda at=at: link(f"d{at - 1}")) for at in range(1, count + 1)}
    return folder(lambda: made)


def test_links_on_the_way() -> None:
    """Forty are followed and no more; one at the end of the path is what was looked for."""
    assert _walk(chain(40), ["d40", "end"]).read() == b"end"
    with pytest.raises(KernelError) as refused:
        _walk(chain(41), ["d41", "end"])
    assert refused.value.errno == ELOOP
    assert _walk(chain(3), ["d3"]).target == "d2"


@pytest.mark.parametrize(
    ("mode", "uid", "root_may", "wanted", "allowed"),
    [
        (0o444, 0, False, 4, True), (0o444, 0, False, 2, False), (0o200, 0, False, 2, True), (0o020, 0, False, 2, True),
        (0o002, 0, False, 2, True), (0o000, 0, True, 6, True), (0o600, 7, False, 4, True), (0o600, 8, False, 4, False),
        (0o604, 8, False, 4, True), (0o044, 7, False, 4, False), (0o006, 8, False, 6, True),
        (0o004, 8, False, 6, False), (0o060, 8, False, 4, False),
    ],
)  # fmt: skip
def test_who_may(mode: int, uid: int, root_may: bool, wanted: int, allowed: bool) -> None:
    """Root what anybody may, or all; the owner, who is number 7 here, and others what their bits say."""

    class Owned(Node):
        owner = (7, 0)

    class Open(Owned):
        pass

    Open.root_may = property(lambda _: True)  # type: ignore[assignment,method-assign]
    node = (Open if root_may else Owned)(0o100000 | mode)
    if allowed:
        check(node, uid, wanted)
    else:
        with pytest.raises(KernelError) as refused:
            check(node, uid, wanted)
        assert refused.value.errno == EACCES


FILES = {
    "cmdline": "BOOT=x y\n", "sys/kernel/hostname": "pymod\n", "sys/kernel/ostype": "Linux\n",
    "sys/kernel/osrelease": "6.1.0-56-amd64\n", "sys/kernel/kptr_restrict": "0\n", "sys/kernel/modules_disabled": "0\n",
    "sys/kernel/tainted": "0\n", "sys/kernel/modprobe": "/sbin/modprobe\n", "modules": "",
}  # fmt: skip


def test_what_proc_says(kernel: Kernel) -> None:
    """A line in each file, and which there are."""
    kernel.identity = kernel.identity._replace(cmdline="BOOT=x y")
    assert {name: lookup(kernel, f"/proc/{name}").read().decode() for name in FILES} == FILES
    assert {*lookup(kernel, "/proc").names()} >= {name.partition("/")[0] for name in FILES}
    kernel.unmounted = {"/proc"}
    assert failing(kernel, "/proc/version") == ENOENT


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("kptr_restrict", "2", "2"), ("kptr_restrict", "3", None), ("kptr_restrict", "-1", None),
        ("kptr_restrict", "0x2\n", "2"), ("kptr_restrict", "010", None), ("kptr_restrict", "02 9", "2"),
        ("kptr_restrict", "08", None), ("kptr_restrict", "1x", None), ("kptr_restrict", "0X1", "1"),
        ("modules_disabled", "1", "1"), ("modules_disabled", "0", None), ("modules_disabled", "2", None),
        ("tainted", "4096", "4096"), ("tainted", "0", "0"), ("tainted", "18446744073709551615", str((1 << 19) - 1)),
        ("tainted", "18446744073709551616", None),
        ("modprobe", "/a\nb", "/a"), ("modprobe", "/a\0b", "/a"), ("modprobe", "x" * 255, "x" * 255),
        ("modprobe", "x" * 256, "x" * 255), ("modprobe", "", ""),
    ],
)  # fmt: skip
def test_switches(kernel: Kernel, name: str, text: str, shown: str | None) -> None:
    """A number in C's bases, as far as it is allowed; one line of a path, cut to its size; else -EINVAL."""
    path = f"/proc/sys/kernel/{name}"
    before = lookup(kernel, path).read()
    if shown is None:
        assert failing(kernel, path, text.encode()) == EINVAL
        assert lookup(kernel, path).read() == before
    else:
        lookup(kernel, path).write(text.encode())
        assert lookup(kernel, path).read().decode() == f"{shown}\n"


def test_taints_are_added(kernel: Kernel) -> None:
    """None is taken away."""
    for text in (b"1", b"4", b"0"):
        lookup(kernel, "/proc/sys/kernel/tainted").write(text)
    assert kernel.taint == 5


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({}, "m 24576 0 - Live 0x00000000c0000000"),
        ({"state": ModuleState.COMING}, "m 24576 0 - Loading 0x00000000c0000000"),
        ({"state": ModuleState.COMING, "taints": 1 << 12}, "m 24576 0 - Loading 0x00000000c0000000 (O+)"),
        ({"state": ModuleState.GOING, "taints": 1 << 12}, "m 24576 0 - Unloading 0x00000000c0000000 (O-)"),
        ({"taints": 1 << 12 | 1 << 13}, "m 24576 0 - Live 0x00000000c0000000 (OE)"),
        ({"users": ["b", "a"], "refcount": 2}, "m 24576 2 b,a, Live 0x00000000c0000000"),
        ({"has_init": True}, "m 24576 0 [permanent], Live 0x00000000c0000000"),
        ({"has_init": True, "users": ["b"], "refcount": 1}, "m 24576 1 b,[permanent], Live 0x00000000c0000000"),
        ({"has_init": True, "has_exit": True}, "m 24576 0 - Live 0x00000000c0000000"),
    ],
)
def test_a_line_of_proc_modules(kernel: Kernel, fields: dict[str, object], line: str) -> None:
    """Size with what init still has, users, state, and taints; whoever may not see addresses sees zeros."""
    areas = (Area(Kind.CORE, 0xC0000000, 0x4000), Area(Kind.INIT, 0xC0010000, 0x2000))
    kernel.modules["m"] = LoadedModule("m", **{"state": ModuleState.LIVE, "areas": areas, **fields})  # type: ignore[arg-type]
    assert modules(kernel) == f"{line}\n"
    assert modules(kernel, 1000) == f"{line}\n".replace("c0000000", "00000000")
