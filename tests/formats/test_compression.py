"""gzip, xz and zstd files are unpacked by magic number, within bounds."""

from __future__ import annotations

import contextlib
import gzip
import lzma
import random
import sys
import time
import zlib
from collections.abc import Callable

import pytest

from modtools.errors import FormatError
from modtools.formats import compression
from modtools.formats.compression import FLOOR, RATIO, decompress, kind
from tests.samples import KO

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

HELLO = (KO / "hello_export.ko").read_bytes()
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "xz": lambda data: lzma.compress(data, preset=0),
    "zstd": zstd.compress,
}
names = pytest.mark.parametrize("name", PACKERS)


@names
def test_what_was_packed_is_unpacked(name: str) -> None:
    """The three kinds are known by their beginning, and several streams in one file are one file."""
    packed = PACKERS[name](HELLO)
    assert kind(packed) == name
    assert kind(memoryview(packed)) == name
    assert decompress(packed) == HELLO
    assert decompress(packed + PACKERS[name](b"more")) == HELLO + b"more"
    assert decompress(PACKERS[name](b"")) == b""


@pytest.mark.parametrize("data", [b"", b"\x7fELF", HELLO, b"\x1f", b"\xfd7zXZ", b"BZh91AY"])
def test_other_files_stay_as_they_are(data: bytes) -> None:
    """What has no magic number of these is given back itself."""
    assert kind(data) == ""
    assert decompress(data) is data


@names
def test_a_cut_file_is_refused_wherever_it_is_cut(name: str) -> None:
    """Every beginning of a packed file that has its magic number raises FormatError."""
    packed = PACKERS[name](HELLO)
    for size in (*range(len(packed) - 40, len(packed)), *range(6, len(packed), 97)):
        with pytest.raises(FormatError, match=f"damaged {name} file"):
            decompress(packed[:size])


@names
def test_a_changed_file_is_refused(name: str) -> None:
    """Random contents raise FormatError where the format's own checks find them."""
    packed = bytearray(PACKERS[name](HELLO))
    packed[20:-20] = random.Random(1).randbytes(len(packed) - 40)
    with pytest.raises(FormatError):
        decompress(bytes(packed))


@names
def test_a_bomb_is_stopped(name: str) -> None:
    """A small file that unpacks to a lot is refused soon; one that unpacks to as much as modules do is not."""
    small = PACKERS[name](bytes(FLOOR))
    assert len(decompress(small)) == FLOOR
    bomb = small * 4
    assert len(bomb) * RATIO < 2 * FLOOR
    start = time.process_time()
    with pytest.raises(FormatError, match="unpacks to more than"):
        decompress(bomb)
    assert time.process_time() - start < 1


def test_a_large_dictionary_is_no_memory() -> None:
    """An xz file that asks for a dictionary of gigabytes, and does not fill it, is read or refused, not fatal."""
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 1 << 20}]
    packed = bytearray(lzma.compress(HELLO, filters=filters))
    # Block header: size, flags, filter 0x21, its size 1, the dictionary's size as 2^(n/2 + 11) or so; then a CRC.
    assert packed[14:16] == b"\x21\1"
    packed[16] = 40
    end = 12 + (packed[12] + 1) * 4 - 4
    packed[end : end + 4] = zlib.crc32(packed[12:end]).to_bytes(4, "little")
    with contextlib.suppress(FormatError):
        assert decompress(bytes(packed)) == HELLO


def outcome(data: bytes) -> bytes | str:
    """What an xz file unpacks to, or why it does not."""
    try:
        return decompress(data, "xz")
    except FormatError as problem:
        return f"{problem}: {problem.__cause__!r}"


def test_both_libraries_for_xz_answer_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """With lzma-mt a file, however it is damaged, unpacks to the same, or is refused in the same words, as without."""
    lzma_mt = pytest.importorskip("lzma_mt")
    chance = random.Random(7)
    answers: dict[str, list[bytes | str]] = {}
    files = [lzma.compress(HELLO, preset=0) + rest for rest in (b"", bytes(4), b"more", lzma.compress(b"more"))]
    for _ in range(300):
        data = bytearray(chance.choice(files[:4]))
        data[chance.choice((chance.randrange(len(data)), chance.randrange(30)))] ^= 1 << chance.randrange(8)
        files.append(bytes(data[: chance.choice((len(data), chance.randrange(12, len(data))))]))
    for library in (lzma, lzma_mt):
        monkeypatch.setattr(compression, "xz_library", lambda library=library: library)
        answers[library.__name__] = [outcome(data) for data in files]
    assert answers["lzma"] == answers["lzma_mt"]
    assert HELLO in answers["lzma"]
    assert len(set(answers["lzma"])) > 4


def test_without_lzma_mt_python_s_own_library_unpacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What unpacks xz is Python's own where lzma-mt is not installed."""
    monkeypatch.setitem(sys.modules, "lzma_mt", None)
    compression.xz_library.cache_clear()
    try:
        assert compression.xz_library() is lzma
        assert decompress(lzma.compress(HELLO, preset=0)) == HELLO
    finally:
        compression.xz_library.cache_clear()
