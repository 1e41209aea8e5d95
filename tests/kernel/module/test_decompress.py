"""Modules that the kernel unpacks itself, each compression damaged and cut."""

from __future__ import annotations

import gzip
import lzma
import zlib
from pathlib import Path

import pytest

from modtools.errors import KernelError
from modtools.finit import COMPRESSED_FILE
from modtools.formats.compression import zstd_library
from modtools.formats.xzkernel import unsupported
from modtools.kernel.files.paths import lookup
from modtools.kernel.identity import build_options
from modtools.kernel.module.decompress import _window, decompress
from modtools.kernel.module.load import insert
from modtools.kernel.state import Kernel
from modtools.linuxerrno import EINVAL
from modtools.store import Store
from tests.reference import CHECKOUT

MODULE = (CHECKOUT / "tests/transcripts/ko/hello_export.ko").read_bytes()
X86, LZMA2 = {"id": lzma.FILTER_X86}, {"id": lzma.FILTER_LZMA2, "preset": 6}


def kernel_with(compression: str) -> Kernel:
    """A kernel that unpacks modules of this compression."""
    kernel = Store(Path("/nonexistent/state.json")).default()
    kernel.no_runner = "not here"
    config = kernel.identity.config._replace(compression=compression, xz_filters="x86 arm64 riscv")
    kernel.identity = kernel.identity._replace(config=config)
    return kernel


def said(compression: str, data: bytes) -> str:
    """What the kernel logs of a file that it does not unpack; "" where it does."""
    kernel = kernel_with(compression)
    before, errno = len(kernel.log.records), 0
    try:
        assert decompress(kernel, data)[:4] == b"\x7fELF"
    except KernelError as error:
        errno = error.errno
    assert errno == (EINVAL if len(kernel.log.records) > before else 0)
    return "".join(record.text for record in kernel.log.records[before:])


def xz(check: int = lzma.CHECK_CRC32, *filters: dict[str, int]) -> bytes:
    """The module as an .xz file."""
    return lzma.compress(MODULE, lzma.FORMAT_XZ, check, filters=[*filters, LZMA2])


def flipped(data: bytes, at: int) -> bytes:
    """The data with all bits of one byte changed."""
    at %= len(data)
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (xz(), None),
        (xz(lzma.CHECK_NONE), None),
        (xz(lzma.CHECK_CRC64), 6),
        (xz(lzma.CHECK_SHA256), 6),
        (xz(lzma.CHECK_CRC32, X86), None),
        (xz(lzma.CHECK_CRC32, X86 | {"start_offset": 16}), 6),
        (xz(lzma.CHECK_CRC32, {"id": lzma.FILTER_ARM}), 6),
        (xz(lzma.CHECK_CRC32, {"id": lzma.FILTER_DELTA, "dist": 1}), 6),
        (xz(lzma.CHECK_CRC32, {"id": lzma.FILTER_DELTA, "dist": 1}, X86), 6),
        (lzma.compress(MODULE, check=lzma.CHECK_CRC32, preset=9), None),
        (xz()[:12], 0),
        (xz()[:13], 0),
        (xz()[:700], 0),
        (xz()[:-12], 0),
        (xz()[:-1], 0),
        (xz(lzma.CHECK_CRC64)[:12], 6),
        (flipped(xz(), 7), 7),  # the check's kind, which has a CRC32 of its own
        (flipped(xz(lzma.CHECK_CRC64), 8), 7),
        (flipped(xz(lzma.CHECK_CRC32, {"id": lzma.FILTER_ARM}), 14), 7),
        (flipped(xz(), 700), 7),
        (flipped(xz(), -1), 7),
        (flipped(xz(), -20), 7),
        (xz() + b"garbage", None),
        (xz() + bytes(3), None),
        (xz() + flipped(xz(), 700), None),
    ],
)
def test_xz(data: bytes, status: int | None) -> None:
    """Only the first stream counts. Other checks and filters are refused, damage and a missing end as well."""
    assert said("xz", data) == ("" if status is None else f"decompression failed with status {status}")


def test_each_block_of_an_xz_file_has_options() -> None:
    """A later block can be refused, too; before it everything is looked at, and behind it nothing."""
    one, other = xz(), xz(lzma.CHECK_CRC32, {"id": lzma.FILTER_ARM})
    block = one[12 : one.index(b"\0\1", -28 - 12)]
    both = one[:12] + block + other[12:]
    end = unsupported(both, {4})
    assert end == 12 + len(block) + 4 * (both[12 + len(block)] + 1)
    assert said("xz", both) == "decompression failed with status 6"
    assert said("xz", flipped(both, 700)) == "decompression failed with status 7"
    assert said("xz", flipped(both, -1)) == "decompression failed with status 6"


def gzipped(flags: int = 0, extra: bytes = b"") -> bytes:
    """The module as a .gz file with these flags and fields in its header."""
    plain = gzip.compress(MODULE, mtime=0)
    return plain[:3] + bytes([flags]) + plain[4:10] + extra + plain[10:]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (gzipped(), ""),
        (gzipped(8, b"hello_export.ko\0"), ""),
        (gzipped()[:-8] + b"whatever", ""),  # the trailer with the CRC
        (gzipped() + gzipped(), ""),
        (gzipped(8)[:10] + b"endless", "not a gzip compressed module"),
        (gzipped()[:9], "not a gzip compressed module"),
        (gzipped()[:2] + b"\7" + gzipped()[3:], "not a gzip compressed module"),
        (gzipped()[:600], "decompression failed with status -5"),
        (gzipped()[:10] + b"\xff" * 100, "decompression failed with status -3"),
    ],
)
def test_gzip(data: bytes, line: str) -> None:
    """Of the header only a name is known, and the trailer is not read."""
    assert zlib.decompressobj(31).decompress(gzipped()) == MODULE
    assert said("gzip", data) == line


def test_zstd() -> None:
    """A file that is cut off is unpacked as far as it goes; a damaged one has zstd's own number."""
    path = CHECKOUT / "tests/transcripts/ko/hello_export.ko.zst"
    data = path.read_bytes()
    assert said("zstd", data) == said("zstd", data + b"garbage") == ""
    assert said("zstd", data[:5]) == "ZSTD-compressed data has an incomplete frame header"
    assert said("zstd", data[:4] + b"\x00\xff" + data[6:]) == "ZSTD-compressed data has an incomplete frame header"
    assert said("zstd", data[:4] + b"\x00\xaf" + data[6:]) == "ZSTD-compressed data has too large a window size"
    assert said("zstd", flipped(data, -1)) == "ZSTD-decompression failed with status 22"
    kernel = kernel_with("zstd")
    assert decompress(kernel, data[: len(data) // 2]) == b""


LOG = 31
"""The largest window that the kernel takes: of 2 GiB."""


def frame(descriptor: int, window: int = 0, size: int = 0) -> bytes:
    """A frame as RFC 8878, 3.1.1, has it, with an empty last block; a reserved bit in its header is left alone."""
    single, dictionary = descriptor >> 5 & 1, (0, 1, 2, 4)[descriptor & 3]
    content = (1 if single else 0, 2, 4, 8)[descriptor >> 6]
    header = bytes([descriptor]) + (b"" if single else bytes([window])) + bytes(dictionary)
    return bytes.fromhex("28b52ffd") + header + size.to_bytes(content, "little") + b"\1\0\0"


def test_headers_of_zstd() -> None:
    """Each kind of header says where it ends, as the library finds it; none has the reserved bit."""
    zstd = zstd_library()

    def known(data: bytes) -> bool:
        try:
            zstd.get_frame_info(data)
        except zstd.ZstdError:
            return False
        return True

    for descriptor in range(256):
        whole = frame(descriptor)
        for end in range(4, len(whole)):
            cut = whole[:end]
            assert (_window(cut) is not None) is (known(cut) and not descriptor & 8), cut.hex()


@pytest.mark.parametrize("descriptor", [0x20, 0x60, 0xA0, 0xE0, 0x23, 0x61, 0xE2])
@pytest.mark.parametrize("size", [0, 7, 255])
def test_the_size_of_the_content_may_be_the_window(descriptor: int, size: int) -> None:
    """With one segment; two bytes of it count from 256 on, and a dictionary's number stands before it."""
    window = _window(frame(descriptor, size=size))
    assert window == zstd_library().get_frame_info(frame(descriptor, size=size)).decompressed_size
    assert window == size + 256 * (descriptor >> 6 == 1)


@pytest.mark.parametrize(
    ("byte", "size"),
    [
        (0, 1 << 10),
        (7, (1 << 10) + 7 * 128),
        (0x58, 1 << 21),
        (0x5C, 3 << 20),
        (0xA8, 1 << LOG),
        (0xA9, 9 << 28),
        (0xB0, None),
    ],
)
@pytest.mark.parametrize("descriptor", [0x00, 0x42, 0xC3])
def test_windows_of_zstd(byte: int, size: int | None, descriptor: int) -> None:
    """A power of two from 1 KiB on, and eighths of it; none has more than 31 bits."""
    assert _window(frame(descriptor, byte)) == size


def test_a_kernel_unpacks_what_it_was_built_for() -> None:
    """Its configuration tells; /sys/module/compression says it, and a module is loaded so."""
    config = {"MODULE_DECOMPRESS": "y", "MODULE_COMPRESS_XZ": "y", "XZ_DEC_X86": "y", "XZ_DEC_ARM": "n"}
    assert build_options(config).compression == "xz"
    assert build_options(config).xz_filters == "x86"
    assert build_options(config | {"MODULE_DECOMPRESS": "n"}).compression == ""
    kernel = kernel_with("xz")
    assert lookup(kernel, "/sys/module/compression").read() == b"xz\n"
    assert insert(kernel, xz(), flags=COMPRESSED_FILE).name == "hello_export"
