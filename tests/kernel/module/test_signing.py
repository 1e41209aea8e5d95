"""What a signature at a module's end comes to: OpenSSL's own, by a key that the kernel trusts, and damaged ones."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from modtools.errors import KernelError
from modtools.formats.signature import MARKER
from modtools.kernel.facts import KEYS
from modtools.kernel.log import raw_lines
from modtools.kernel.module import signing
from modtools.kernel.module.load import check_signature
from modtools.kernel.module.load_info import Load
from modtools.kernel.modules import LoadedModule, ModuleState
from modtools.kernel.state import Kernel
from modtools.linuxerrno import EBADMSG, EKEYREJECTED, ENOKEY, ENOPKG, EPERM
from modtools.store import Store
from tests.samples import DATA

BODY = (DATA / "samples/sample.S").read_bytes()
KINDS = {"rsa": "sha256", "elliptic": "elliptic"}


def trusting(folder: Path, *names: str) -> Kernel:
    """A kernel that was built with these certificates."""
    kernel = Store(folder / "state.json").default()
    trusted = tuple((DATA / f"signatures/{name}.der").read_bytes() for name in names)
    kernel.sources = kernel.sources._replace(certificates=lambda: trusted)
    return kernel


def signed(name: str = "sha256", body: bytes = BODY, trailer: bytes = b"\0\0\2\0\0\0\0\0", length: int = -1) -> bytes:
    """A module with a signature, behind which a `struct module_signature` says how long it is."""
    message = (DATA / f"signatures/{name}.p7s").read_bytes()
    return body + message + trailer + struct.pack(">I", len(message) if length < 0 else length) + MARKER


def log(kernel: Kernel) -> list[str]:
    """All messages."""
    return list(raw_lines(kernel.log.readable()))


@pytest.mark.parametrize(("key", "name"), KINDS.items())
def test_a_signature_by_a_trusted_key_is_cut_off(tmp_path: Path, key: str, name: str) -> None:
    """The module counts as signed, also where several keys are trusted; changed in a byte it is rejected."""
    for kernel in (trusting(tmp_path, key), trusting(tmp_path, *KINDS)):
        assert signing.check(kernel, signed(name), mangled=False) == (BODY, True)
        with pytest.raises(KernelError) as refused:
            signing.check(kernel, signed(name, BODY[:-1] + b"x"), mangled=False)
        assert refused.value.errno == EKEYREJECTED
        assert log(kernel) == []


def test_what_is_not_looked_at_or_by_nobody_known_counts_as_unsigned(tmp_path: Path) -> None:
    """A module without a signature, or with one by another key; all of one that was changed on purpose is kept."""
    kernel = trusting(tmp_path, "elliptic")
    assert signing.check(kernel, BODY, mangled=False) == (BODY, False)
    assert signing.check(kernel, signed(), mangled=False) == (signed()[: -len(MARKER) - 12 - _size()], False)
    assert signing.check(trusting(tmp_path, "rsa"), signed(), mangled=True) == (signed(), False)
    assert signing.check(kernel, MARKER, mangled=False) == (MARKER, False)


def _size(name: str = "sha256") -> int:
    return (DATA / f"signatures/{name}.p7s").stat().st_size


@pytest.mark.parametrize(
    ("image", "message"),
    [
        (signed(trailer=b"\1\0\2\0\0\0\0\0"), "<3>module: PKCS#7 signature info has unexpected non-zero params"),
        (signed(trailer=b"\0\1\2\0\0\0\0\0"), "<3>module: PKCS#7 signature info has unexpected non-zero params"),
        (signed(trailer=b"\0\0\2\1\0\0\0\0"), "<3>module: PKCS#7 signature info has unexpected non-zero params"),
        (signed(trailer=b"\0\0\2\0\0\0\0\1"), "<3>module: PKCS#7 signature info has unexpected non-zero params"),
        (signed(length=len(BODY) + _size()), ""),
        (signed(length=_size() - 1), ""),
        *((signed(length=_size() + (1 << bits)), "") for bits in (8, 16, 24)),
        (b"\0" * 12 + MARKER, ""),
        (b"x" + MARKER, ""),
    ],
)
def test_a_damaged_signature_is_a_bad_message(tmp_path: Path, image: bytes, message: str) -> None:
    """What its description says of it, or its length, cannot be."""
    kernel = trusting(tmp_path, "rsa")
    with pytest.raises(KernelError) as refused:
        signing.check(kernel, image, mangled=False)
    assert refused.value.errno == EBADMSG
    assert log(kernel) == [message] * bool(message)


def test_another_kind_of_signature_counts_as_unsigned(tmp_path: Path) -> None:
    """Linux knows PKCS#7 alone, and says so."""
    kernel = trusting(tmp_path, "rsa")
    image = signed(trailer=b"\0\0\1\0\0\0\0\0")
    body, good = signing.check(kernel, image, mangled=False)
    assert (body, good) == (image[: -len(MARKER)], False)
    assert log(kernel) == ["<3>module: not signed with expected PKCS#7 message"]


UNSIGNED = "<5>Loading of unsigned module is rejected"
OTHER_KIND = "<3>Module is not signed with expected PKCS#7 message"


@pytest.mark.parametrize(
    ("release", "cmdline", "image", "errno", "line"),
    [
        ("6.1", "", BODY, 0, ""),
        ("6.1", "module.sig_enforce", BODY, EKEYREJECTED, UNSIGNED),
        ("6.1", "module.sig_enforce", signed(), EKEYREJECTED, "<5>Loading of module with unavailable key is rejected"),
        (
            "6.1",
            "lockdown=integrity",
            BODY,
            EPERM,
            "<5>Lockdown: insmod: unsigned module loading is restricted; see man kernel_lockdown.7",
        ),
        (
            "6.1",
            "lockdown=integrity module.sig_enforce",
            BODY,
            EKEYREJECTED,
            "<5>Loading of unsigned module is rejected",
        ),
        ("4.19", "", BODY, 0, ""),
        ("4.19", "module.sig_enforce", BODY, ENOKEY, ""),
        ("4.19", "module.sig_enforce", signed(), ENOKEY, ""),
        ("4.19", "", b"x" + MARKER, EBADMSG, ""),
        (
            "4.19",
            "",
            signed(trailer=b"\0\0\1\0\0\0\0\0"),
            ENOPKG,
            "<3>Module is not signed with expected PKCS#7 message",
        ),
    ],
)
def test_who_refuses_unsigned_modules(
    tmp_path: Path, release: str, cmdline: str, image: bytes, errno: int, line: str
) -> None:
    """Where the command line asks for it, with words since 5.4; before, all faults but a missing key refuse."""
    kernel = trusting(tmp_path, "elliptic")
    kernel.identity = kernel.identity._replace(release=release, cmdline=cmdline)
    told = 0
    try:
        assert not signing.check(kernel, image, mangled=False)[1]
    except KernelError as error:
        told = error.errno
    assert (told, log(kernel)) == (errno, [line] * bool(line))


def test_where_no_key_is_known_a_sound_signature_is_good(tmp_path: Path) -> None:
    """And one that is not sound is not; a kernel without signatures does not look."""
    kernel = trusting(tmp_path)
    kernel.identity = kernel.identity._replace(unknown=(KEYS,))
    assert signing.check(kernel, signed(), mangled=False) == (BODY, True)
    with pytest.raises(KernelError) as refused:
        signing.check(kernel, signed(length=_size() - 1), mangled=False)
    assert refused.value.errno == EBADMSG
    kernel.identity = kernel.identity._replace(config=kernel.identity.config._replace(module_sig=False))
    assert signing.check(kernel, signed(), mangled=False) == (signed(), False)


@pytest.mark.parametrize(("flags", "looked_at"), [(0, True), (1, False), (2, False), (3, False), (4, True)])
def test_a_module_that_is_forced_in_is_changed_on_purpose(tmp_path: Path, flags: int, looked_at: bool) -> None:
    """Whichever of the two flags says so: its signature is not looked at, and stays where it is."""
    load = Load(trusting(tmp_path, "rsa"), signed(), flags, LoadedModule("m", ModuleState.COMING), None)
    check_signature(load)
    assert (load.signed, load.image) == (looked_at, BODY if looked_at else signed())
