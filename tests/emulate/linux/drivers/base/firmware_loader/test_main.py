"""Tests of modtools/emulate/linux/drivers/base/firmware_loader/main.py, beside the recordings `request-firmware*.t`."""

from __future__ import annotations

import lzma
from collections.abc import Callable, Sequence

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base.firmware_loader import main
from modtools.emulate.symbols.structs import view
from modtools.errors import KernelError
from modtools.formats.compression import zstd_library
from modtools.kernel.files.sysfs import FIRMWARE_PATH
from modtools.kernel.userspace import NotRun
from modtools.linuxerrno import EFBIG, EINVAL, ENAMETOOLONG, ENOENT, ENOMEM
from tests.emulated import log, words

pytest.importorskip("unicorn")

FOLDERS = [
    "/lib/firmware/updates/6.1.0-56-amd64",
    "/lib/firmware/updates",
    "/lib/firmware/6.1.0-56-amd64",
    "/lib/firmware",
]


class Files:
    """Files of a machine, by path; `asked` are the paths that were looked for."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.asked: list[str] = []

    def run(self, program: str, _words: Sequence[str]) -> int:
        """No program can be run."""
        raise NotRun(program)

    def read(self, path: str) -> bytes:
        """Return what a file has."""
        self.asked.append(path)
        if path not in self.files:
            raise KernelError(ENOENT)
        return self.files[path]

    load = read


def asked(guest: Guest, files: Files, request: Callable[..., int], *more: int) -> tuple[int, bytes]:
    """What a request of `a.bin` returns, and the content that it gives."""
    guest.kernel.userspace = files
    result = words(guest, 1)
    answer = request(guest, result, guest.new_text(b"a.bin"), 0, *more)
    firmware = guest.memory.u64(result)
    if not firmware:
        return answer, b""
    row = view(guest, "firmware", firmware)
    content = guest.memory.read(row.data, row.size)
    main.release_firmware(guest, firmware)
    assert not guest.table("firmware")
    return answer, bytes(content)


@pytest.mark.parametrize("request_kind", [main.request_firmware, main.request_silently, main.request_platform])
def test_folders_are_gone_through_in_order(guest: Guest, request_kind: Callable[..., int]) -> None:
    """The folder of firmware_class.path comes first where there is one; the last of the usual ones is /lib/firmware."""
    files = Files({"/lib/firmware/a.bin": b"content"})
    assert asked(guest, files, request_kind) == (0, b"content")
    assert files.asked == [f"{folder}/a.bin" for folder in FOLDERS]
    guest.kernel.switches[FIRMWARE_PATH] = "/own\n"
    files = Files({"/own/a.bin": b"own"})
    assert asked(guest, files, request_kind) == (0, b"own")


def test_a_missing_file_is_looked_for_packed(guest: Guest) -> None:
    """First in all folders as it is, then in all of them with .xz; only the silent request leaves the last line out."""
    files = Files({})
    assert asked(guest, files, main.request_silently) == (-ENOENT, b"")
    assert files.asked == [f"{folder}/a.bin{ending}" for ending in ("", ".xz") for folder in FOLDERS]
    assert log(guest)[-1] == "<3>(NULL device *): firmware: failed to load a.bin (-2)"
    asked(guest, files, main.request_platform)
    assert log(guest)[-1] == "<4>(NULL device *): Direct firmware load for a.bin failed with error -2"


def test_memory_of_the_callers(guest: Guest) -> None:
    """A buffer takes a file that fits, or the part that was asked for."""
    files, buffer = Files({"/lib/firmware/a.bin": b"content"}), words(guest, 0, 0)
    assert asked(guest, files, main.request_into_buffer, buffer, 16) == (0, b"content")
    assert asked(guest, files, main.request_into_buffer, buffer, 6) == (-EFBIG, b"")
    assert asked(guest, files, main.request_part, buffer, 3, 2) == (0, b"nte")
    assert asked(guest, files, main.request_part, buffer, 3, 7) == (-ENOENT, b"")
    assert guest.memory.read(buffer, 3) == b"nte"


@pytest.mark.parametrize(
    ("damage", "code"),
    [(lambda d: d[:-1], 0), (lambda d: b"x" + d[1:], 5), (lambda d: d[:30] + b"\0" * len(d[30:]), 7)],
)
def test_damaged_packed_files(guest: Guest, damage: Callable[[bytes], bytes], code: int) -> None:
    """A packed file that cannot be unpacked is told with the decoder's own number, and the next folder is tried."""
    packed = lzma.compress(b"content", check=lzma.CHECK_CRC32)
    files = Files({"/lib/firmware/updates/a.bin.xz": damage(packed), "/lib/firmware/a.bin.xz": packed})
    assert asked(guest, files, main.request_firmware) == (0, b"content")
    assert f"<4>(NULL device *): xz decompression failed (xz_ret={code})" in log(guest)


@pytest.mark.parametrize("guest", ["debian-13"], indirect=True)
def test_debian_13_says_less(guest: Guest) -> None:
    """A file that is there is not told of, and one that is missing without help, once for each kind of packing; any
    other error tells the path.
    """
    assert asked(guest, Files({"/lib/firmware/a.bin": b"content"}), main.request_firmware) == (0, b"content")
    assert log(guest) == []
    files = Files({})
    assert asked(guest, files, main.request_firmware) == (-ENOENT, b"")
    assert [path.rpartition("a.bin")[2] for path in files.asked[:: len(FOLDERS)]] == ["", ".zst", ".xz"]
    missing = "<6>(NULL device *): firmware: failed to load a.bin (-2)"
    assert log(guest) == [missing] * 3 + ["<4>(NULL device *): Direct firmware load for a.bin failed with error -2"]
    buffer = guest.heap.kmalloc(8)
    assert asked(guest, Files({"/lib/firmware/a.bin": b"too long"}), main.request_into_buffer, buffer, 4)[0] == -EFBIG
    assert log(guest)[4] == "<4>(NULL device *): loading /lib/firmware/a.bin failed with error -27"


def zstd(*contents: bytes, told: bool = True) -> bytes:
    """Frames of zstd one after another; each tells how long its content is, or not."""
    if told:
        return b"".join(zstd_library().compress(content) for content in contents)
    frames = b""
    for content in contents:
        frame = zstd_library().ZstdCompressor()
        frames += frame.compress(content) + frame.flush()
    return frames


@pytest.mark.parametrize("guest", ["debian-13"], indirect=True)
@pytest.mark.parametrize(
    ("packed", "answer", "content"),
    [
        (zstd(b"content"), 0, b"content"),
        (zstd(b"content", b""), 0, b"content"),
        (zstd(b"content", b"more"), -EINVAL, b""),  # the first frame's length is all the room there is
        (zstd(b"content", told=False), -EINVAL, b""),
        (zstd(b""), -ENOMEM, b""),
        (zstd(b"content")[:-1], -EINVAL, b""),
        (zstd(b"content") + b"rest", -EINVAL, b""),
        (b"no zstd at all", -EINVAL, b""),
        (b"\x28", -EINVAL, b""),
    ],
)
def test_files_that_are_packed_with_zstd(guest: Guest, packed: bytes, answer: int, content: bytes) -> None:
    """They are unpacked into as much memory as their first frame tells; what is wrong with others is not logged."""
    files = Files({"/lib/firmware/a.bin.zst": packed})
    assert asked(guest, files, main.request_firmware) == (answer, content)
    assert not [line for line in log(guest) if "decompress" in line]


@pytest.mark.parametrize("guest", ["debian-13"], indirect=True)
def test_zstd_into_memory_of_the_callers(guest: Guest) -> None:
    """A buffer may be longer than the content, and takes several frames, also such as do not tell their length."""
    buffer = words(guest, 0, 0)
    files = Files({"/lib/firmware/a.bin.zst": zstd(b"con", b"tent", told=False)})
    assert asked(guest, files, main.request_into_buffer, buffer, 16) == (0, b"content")
    assert asked(guest, files, main.request_into_buffer, buffer, 7) == (0, b"content")
    assert asked(guest, files, main.request_into_buffer, buffer, 6) == (-EINVAL, b"")


def test_a_path_that_is_too_long(guest: Guest) -> None:
    """No folder after the one that makes the path too long is tried, and its error stays."""
    guest.kernel.switches[FIRMWARE_PATH] = "/" + "d" * 4090 + "\n"
    files = Files({"/lib/firmware/a.bin": b"content"})
    assert asked(guest, files, main.request_firmware) == (-ENAMETOOLONG, b"")
    assert files.asked == []
