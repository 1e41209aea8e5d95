"""Tests of looking algorithms up, beside the recording `request-module-callers.t`."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.crypto import algapi
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import Function, find
from modtools.errors import KernelError
from modtools.linuxerrno import EAFNOSUPPORT, ENOENT

pytest.importorskip("unicorn")


class Tree:
    """A machine whose tree tells what is compiled in, and whose modprobe finds nothing; `asked` are its words."""

    def __init__(self, modinfo: bytes) -> None:
        self.modinfo = modinfo
        self.asked: list[str] = []

    def run(self, _program: str, words: Sequence[str]) -> int:
        """Find no module."""
        self.asked.append(words[-1])
        return 256

    def read(self, path: str) -> bytes:
        """Return what is compiled in."""
        assert path == "/lib/modules/6.1.0-56-amd64/modules.builtin.modinfo"
        if not self.modinfo:
            raise KernelError(ENOENT)
        return self.modinfo

    load = read


ALLOCATING = (
    find("crypto_alloc_shash"),
    find("crypto_alloc_ahash"),
    find("crypto_alloc_skcipher"),
    find("crypto_alloc_aead"),
    find("crypto_alloc_base"),
)
HAS, ALLOC = find("crypto_has_alg"), ALLOCATING[0]
BUILT_IN = b"dh_generic.alias=crypto-dh\0dh_generic.license=GPL\0"


def ask(guest: Guest, entry: object, name: bytes, modinfo: bytes = BUILT_IN) -> tuple[int, list[str]]:
    """What a function returns for a name, and what modprobe was asked for."""
    guest.kernel.userspace = tree = Tree(modinfo)
    assert isinstance(entry, Function)
    return entry.handler(guest, guest.new_text(name), 0, 0), tree.asked


@pytest.mark.parametrize("entry", ALLOCATING)
def test_an_algorithm_that_is_not_there(guest: Guest, entry: object) -> None:
    """Two names are asked for; then there is none, which crypto_has_alg() tells by 0."""
    wanted = ["crypto-none", "crypto-none-all"]
    assert ask(guest, entry, b"none") == (-ENOENT, wanted)
    assert ask(guest, HAS, b"none") == (0, wanted)


@pytest.mark.parametrize(("name", "modinfo"), [(b"dh", BUILT_IN), (b"none", b""), (b"xts(aes)", BUILT_IN)])
def test_what_may_be_the_kernels_own(
    guest: Guest, monkeypatch: pytest.MonkeyPatch, name: bytes, modinfo: bytes
) -> None:
    """An algorithm that is compiled in, or may be as nobody tells, and one that is made of others, stop the run."""
    monkeypatch.setattr(algapi, "ALGORITHMS", {})
    with pytest.raises(Needs, match=f"the algorithm {name.decode()}".replace("(", r"\(").replace(")", r"\)")):
        ask(guest, ALLOC, name, modinfo)


@pytest.mark.parametrize(("name", "result"), [(b"none", -ENOENT), (b"dh", "needs"), (b"lzo-generic", "needs")])
def test_a_kernel_whose_algorithms_are_known(guest: Guest, name: bytes, result: object) -> None:
    """Of a kernel that was looked at after boot it is known what it has, also where there is no tree to tell."""
    if result == "needs":
        with pytest.raises(Needs, match=f"the algorithm {name.decode()}"):
            ask(guest, ALLOC, name, b"")
    else:
        assert ask(guest, ALLOC, name, b"")[0] == result


def test_sockets_and_file_systems_that_are_not_there(guest: Guest) -> None:
    """A family gives an error once it was asked for; a file system may be the kernel's own, so that the run stops."""
    guest.kernel.userspace = tree = Tree(BUILT_IN)
    socket, kind = find("sock_create_kern"), find("get_fs_type")
    assert isinstance(socket, Function)
    assert isinstance(kind, Function)
    assert socket.handler(guest, 0, 35, 1, 0, 0) == -EAFNOSUPPORT
    with pytest.raises(Needs, match="the file system none"):
        kind.handler(guest, guest.new_text(b"none.sub"))
    assert tree.asked == ["net-pf-35", "fs-none"]
