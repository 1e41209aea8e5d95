"""Damaged modules: each gets an errno, soon and in little memory, and never a traceback."""

from __future__ import annotations

import io
import pickle
import resource
import struct
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from modtools.errors import KernelError, Killed
from modtools.kernel.module.load import insert
from modtools.kernel.state import Kernel
from modtools.store import Store
from tests.properties import examples
from tests.reference import CHECKOUT

KO = CHECKOUT / "tests/transcripts/ko"
_SEEDS = [
    (KO / name).read_bytes()
    for name in (
        "hello_export.ko",
        "hello_use_export.ko",
        "params_all.ko",
        "kallsyms_mod.ko",
        "ns_user.ko",
        "dia_top.ko",
    )
]
SECONDS = 1.0
MEMORY = 500 << 20


def _kernel() -> Kernel:
    """A kernel of its own with some modules, made as a copy, which is fifty times as quick as loading them again."""
    pickled, frozen = _made()
    unpickler = pickle.Unpickler(io.BytesIO(pickled))
    unpickler.persistent_load = frozen.__getitem__  # type: ignore[method-assign]
    kernel = unpickler.load()
    assert isinstance(kernel, Kernel)
    return kernel


@cache
def _made() -> tuple[bytes, dict[int, object]]:
    """The kernel, pickled, and its parts that no loading changes, which all copies share."""
    kernel = Store(Path("/nonexistent/state.json")).default()
    for name in ("hello_export", "ns_export", "dia_base", "dia_left", "dia_right"):
        insert(kernel, (KO / f"{name}.ko").read_bytes())
    shared = (kernel.identity, kernel.sources, kernel.symbols, kernel.runner_source, kernel.visible_until)
    frozen: dict[int, object] = {id(part): part for part in shared}
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream)
    pickler.persistent_id = lambda part: id(part) if id(part) in frozen else None  # type: ignore[method-assign]
    pickler.dump(kernel)
    return stream.getvalue(), frozen


def _inserted(image: bytes) -> None:
    """Insert into a kernel; nothing but KernelError or an oops, with a cause, may come out, within the time.

    What takes longer is tried once more: Python may have tidied up its memory meanwhile.
    """
    if _seconds(image) >= SECONDS:
        assert _seconds(image) < SECONDS


def _seconds(image: bytes) -> float:
    """Insert into a kernel, and return how much processor time that took."""
    kernel = _kernel()
    before = set(kernel.modules)
    start = time.process_time()
    try:
        insert(kernel, image)
    except (KernelError, Killed) as error:
        told, after = bool(error.causes), set(kernel.modules)
    else:
        told = True
        after = set(kernel.modules) - {list(kernel.modules)[-1]}
    assert after == before
    assert told
    return time.process_time() - start


@st.composite
def _flipped(draw: st.DrawFn) -> bytes:
    image = bytearray(draw(st.sampled_from(_SEEDS)))
    for _ in range(draw(st.integers(1, 8))):
        image[draw(st.integers(0, len(image) - 1))] = draw(st.integers(0, 255))
    return bytes(image)


@st.composite
def _numbers_changed(draw: st.DrawFn) -> bytes:
    """A field of the ELF header or of a section header set to an odd number."""
    image = bytearray(draw(st.sampled_from(_SEEDS)))
    (shoff,) = struct.unpack_from("<Q", image, 40)
    (count,) = struct.unpack_from("<H", image, 60)
    number = draw(st.sampled_from([0, 1, 2, 3, 7, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, len(image), len(image) - 1, 1 << 63]))
    if draw(st.booleans()):
        offset = shoff + 64 * draw(st.integers(0, count - 1)) + draw(st.sampled_from([0, 4, 8, 24, 32, 40, 44, 48, 56]))
    else:
        offset = draw(st.sampled_from([4, 5, 16, 18, 40, 58, 60, 62]))
    width = 8 if offset >= shoff or offset == 40 else 2
    image[offset : offset + width] = (number & ((1 << 8 * width) - 1)).to_bytes(width, "little")
    return bytes(image)


@st.composite
def _spliced(draw: st.DrawFn) -> bytes:
    one, other = draw(st.sampled_from(_SEEDS)), draw(st.sampled_from(_SEEDS))
    return one[: draw(st.integers(0, len(one)))] + other[draw(st.integers(0, len(other))) :]


@pytest.mark.slow
@examples(2500)
@given(st.one_of(_flipped(), _numbers_changed(), _spliced(), st.binary(max_size=4096)))
def test_damaged_modules_get_an_errno(image: bytes) -> None:
    """Bit flips, odd numbers in headers, splices and random bytes give an errno or load, and leave no half a module."""
    _inserted(image)


@pytest.mark.parametrize("seed", _SEEDS[:2])
def test_truncated_modules_get_an_errno(seed: bytes) -> None:
    """A module cut after any number of bytes (in steps of 37) is refused with an errno."""
    for end in range(0, len(seed), 37):
        with pytest.raises(KernelError):
            insert(_kernel(), seed[:end])


def _hostile() -> dict[str, bytes]:
    """Files that ask for much: counts, sizes and names far beyond what is there."""
    seed = _SEEDS[0]
    (shoff,) = struct.unpack_from("<Q", seed, 40)
    files = {}
    for index, section in enumerate(range(shoff, shoff + 37 * 64, 64)):
        grown = bytearray(seed)
        struct.pack_into("<Q", grown, section + 32, 1 << 40)  # sh_size
        struct.pack_into("<I", grown, section + 4, 8)  # sh_type SHT_NOBITS: needs no bytes in the file
        files[f"bss-{index}"] = bytes(grown)
    aligned = bytearray(seed)
    struct.pack_into("<Q", aligned, shoff + 64 + 48, 1 << 62)  # sh_addralign
    files["alignment"] = bytes(aligned)
    files["long names"] = seed + b"\x01" * (64 << 20)
    return files


@pytest.mark.parametrize("name", ["bss-1", "bss-29", "alignment", "long names"])
def test_hostile_modules_stay_within_bounds(name: str, tmp_path: Path) -> None:
    """Huge counts, sizes and tails are answered within two seconds of work, start-up included, and 500 MB."""
    path = tmp_path / "x.ko"
    path.write_bytes(_hostile()[name])

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (2, 2))

    done = subprocess.run(
        [sys.executable, "-m", "modtools", "insmod", str(path)],
        preexec_fn=limit,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "mistake" not in done.stderr
    assert done.returncode in (0, 1)
