"""Rules of loading that only odd modules meet: wide CRCs, odd alignments, tracepoints of tainted modules."""

from __future__ import annotations

import ctypes
import struct
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from modtools.emulate.runner import EmulatedRunner
from modtools.errors import KernelError, Killed
from modtools.finit import IGNORE_MODVERSIONS, IGNORE_VERMAGIC
from modtools.kernel.log import raw_lines
from modtools.kernel.module.load import insert
from modtools.kernel.modules import LoadedModule, ModuleState
from modtools.kernel.runner import INTERRUPTED, Outcome
from modtools.kernel.space import allocate
from modtools.kernel.state import Kernel
from modtools.kernel.taint import Taint
from modtools.link.areas import Area, Kind
from modtools.link.layout import place_at
from modtools.linuxerrno import ENOEXEC
from modtools.module import Module
from modtools.store import Store
from tests.reference import CHECKOUT
from tests.small_modules import loadable

KO = CHECKOUT / "tests/transcripts/ko"


def _kernel() -> Kernel:
    return Store(Path("/nonexistent/state.json")).default()


def _texts(kernel: Kernel) -> list[str]:
    return [f"<{record.level}>{record.text}" for record in kernel.log.records]


@pytest.mark.parametrize("bit", [0, 31, 32, 63])
@pytest.mark.parametrize("symbol", ["module_layout", "_printk"])
def test_all_64_bits_of_a_crc_count(bit: int, symbol: str) -> None:
    """Any bit of an entry's CRC that differs is another version, in its upper half as well."""
    image = bytearray((KO / "hello_export.ko").read_bytes())
    at = image.index(symbol.encode().ljust(56, b"\0")) - 8
    struct.pack_into("<Q", image, at, struct.unpack_from("<Q", image, at)[0] ^ 1 << bit)
    kernel = _kernel()
    with pytest.raises(KernelError):
        insert(kernel, bytes(image))
    assert f"<4>hello_export: disagrees about version of symbol {symbol}" in _texts(kernel)


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**64 - 1) | st.integers(0, 63).map(lambda bit: 1 << bit))
@example(0x1000, 0)
@example(0x1001, (1 << 30) + 4)
@example(0x1001, 1 << 32)
def test_a_section_is_aligned_in_32_bits(size: int, boundary: int) -> None:
    """As the expression in C comes out with an `unsigned int` size and whatever sh_addralign says."""
    mask = ctypes.c_uint32(ctypes.c_uint32(boundary or 1).value - 1).value
    assert place_at(size, boundary) == ctypes.c_uint32(ctypes.c_uint32(size + mask).value & ~mask).value


def _with_alignment(boundary: int) -> bytes:
    """A module whose read-only data want to lie at multiples of this."""
    image = bytearray((KO / "params_quiet.ko").read_bytes())
    elf = Module.from_bytes(bytes(image)).elf
    section = elf.section(".rodata")
    assert section is not None
    struct.pack_into("<Q", image, elf.header.shoff + 64 * section.index + 48, boundary)
    return bytes(image)


@pytest.mark.parametrize("boundary", [3, 12, 4097, 1 << 12, 1 << 16, (1 << 20) + 4])
def test_a_module_with_an_odd_or_large_alignment_loads(boundary: int) -> None:
    """Its sections lie where the arithmetic puts them, and relocations find them there."""
    loaded = insert(_kernel(), _with_alignment(boundary))
    place = dict(loaded.details.sections)[".rodata"] - loaded.address
    assert 0 <= place < loaded.core_size
    assert boundary & boundary - 1 or place % boundary == 0


@pytest.mark.parametrize("boundary", [1 << 32, 1 << 63])
def test_sections_that_overlap_meet_in_the_relocations(boundary: int) -> None:
    """With an alignment of which no bit is left, the data lie on the code, and a place is filled twice."""
    kernel = _kernel()
    with pytest.raises(KernelError):
        insert(kernel, _with_alignment(boundary))
    assert "Skipping invalid relocation target, existing value is nonzero" in _texts(kernel)[-1]


def _with_trace_events(image: bytes) -> bytes:
    """The module with its strings called a table of trace events."""
    assert image.count(b".rodata.str1.1\0") == 1
    return image.replace(b".rodata.str1.1\0", b"_ftrace_events\0")


@pytest.mark.parametrize(
    ("name", "flags", "taint", "said"),
    [
        ("hello_export", 0, Taint.OOT_MODULE, False),
        ("intree_staging", 0, Taint.CRAP, False),
        ("test_mod", 0, Taint.TEST, False),
        ("hello_export", IGNORE_VERMAGIC, Taint.FORCED_MODULE, True),
        ("bad/license_unknown", 0, Taint.PROPRIETARY_MODULE, True),
        ("livepatch_mod", 0, Taint.LIVEPATCH, True),
    ],
)
def test_trace_events_of_a_module_with_a_bad_taint_are_not_made(
    name: str, flags: int, taint: Taint, said: bool
) -> None:
    """It is said of each such module, and not of one without trace events."""
    image = (KO / f"{name}.ko").read_bytes()
    for changed, expected in ((image, False), (_with_trace_events(image), said)):
        kernel = _kernel()
        loaded = insert(kernel, changed, flags=flags)
        line = f"<3>{loaded.name}: module has bad taint, not creating trace events"
        assert loaded.taints >> taint & 1
        assert (line in _texts(kernel)) is expected


@pytest.mark.parametrize("section", [".rela.gnu.linkonce.this_module", ".rela__ksymtab", ".rela.init.text"])
@pytest.mark.parametrize("bit", [8, 20, 31])
def test_an_unknown_type_of_relocation_is_logged_wherever_it_stands(section: str, bit: int) -> None:
    """All 32 bits of the type count, and the kernel reads nothing out of a section before it has been relocated."""
    image = bytearray((KO / "hello_export.ko").read_bytes())
    table = next(found for found in Module.from_bytes(bytes(image)).elf.sections if found.name == section)
    at = table.offset + 8
    kind = struct.unpack_from("<I", image, at)[0] ^ 1 << bit
    struct.pack_into("<I", image, at, kind)
    kernel = _kernel()
    with pytest.raises(KernelError):
        insert(kernel, bytes(image))
    assert _texts(kernel)[-1] == f"<3>module: hello_export: Unknown rela relocation: {kind}"


@pytest.mark.parametrize("section", [".rela.gnu.linkonce.this_module", ".rela__ksymtab", ".rela.init.text"])
def test_a_symbol_far_outside_of_the_table_is_a_page_fault(section: str) -> None:
    """The kernel looks for its value behind the symbol table, where at some distance nothing is mapped."""
    image = bytearray((KO / "hello_export.ko").read_bytes())
    table = next(found for found in Module.from_bytes(bytes(image)).elf.sections if found.name == section)
    image[table.offset + 15] ^= 0x10
    kernel = _kernel()
    with pytest.raises(Killed):
        insert(kernel, bytes(image))
    assert any("BUG: unable to handle page fault" in text for text in _texts(kernel))


def test_an_init_that_a_signal_ended_but_that_returns_0_has_loaded() -> None:
    """`do_init_module()` asks for the value alone: who ends well after a signal leaves a live module."""

    class Interrupted(EmulatedRunner):
        def init(self, loaded: LoadedModule) -> Outcome:
            return super().init(loaded)._replace(detail=INTERRUPTED)

    kernel = _kernel()
    kernel.runner = Interrupted(kernel)
    loaded = insert(kernel, (KO / "hello_export.ko").read_bytes())
    assert (loaded.state, loaded.init.value) == (ModuleState.LIVE, 0)


def test_a_module_is_placed_behind_the_init_part_of_one_that_still_loads() -> None:
    """Each area is followed by a guard page (`kernel/module/main.c: module_alloc()`), and none overlaps another."""
    kernel = _kernel()
    loading = insert(kernel, (KO / "hello_export.ko").read_bytes())
    [base] = allocate(kernel, 0x2000)
    loading.areas = (loading.areas[0], Area(Kind.INIT, base, 0x2000))
    kernel.modules[loading.name] = loading
    assert allocate(kernel, 0x1000, 0, 0x1000) == [base + 0x3000, 0, base + 0x5000]
    with pytest.raises(KernelError):
        allocate(kernel, kernel.arch.modules_area + 1)


def test_what_pymod_says_does_not_end_a_message_that_linux_forgot_to_end() -> None:
    """It is read before that, and the message with the next one of the kernel's own."""
    kernel = _kernel()
    kernel.printk_unfinished(3, "no newline")
    kernel.note("init: not run")
    assert list(raw_lines(kernel.log.readable())) == ["<4>init: not run"]
    kernel.printk(4, "next")
    assert list(raw_lines(kernel.log.readable())) == ["<4>init: not run", "<3>no newline", "<4>next"]
    kernel.note("last")
    assert list(raw_lines(kernel.log.readable()))[-1] == "<4>last"


def _arm64() -> Kernel:
    vermagic = "6.12.118+deb13-arm64 SMP mod_unload modversions aarch64"
    kernel = _kernel()
    kernel.identity = kernel.identity._replace(release="6.12.118", machine="aarch64", vermagic=vermagic)
    return kernel


def test_arm64_reads_behind_its_copy_of_the_file() -> None:
    """Where a table's section is none of the file, while it looks how much room the code needs."""
    image = bytearray((CHECKOUT / "tests/data/modules-6.12/arm64/hello_export.ko").read_bytes())
    elf = Module.from_bytes(bytes(image)).elf
    table = next(each for each in elf.sections if each.name == ".rela.init.text")
    struct.pack_into("<I", image, elf.header.shoff + 64 * table.index + 44, 1 << 24)
    kernel = _arm64()
    with pytest.raises(Killed):
        insert(kernel, bytes(image), flags=IGNORE_MODVERSIONS)
    assert "<1>  ESR = 0x0000000096000005" in _texts(kernel), "a read"


@pytest.mark.parametrize(
    ("section", "said"),
    [
        (".plt", ["<3>hello_export: module PLT section(s) missing"]),
        (".init.plt", ["<3>hello_export: module PLT section(s) missing"]),
        (".text.ftrace_trampoline", []),
        (".init.text.ftrace_trampoline", []),
    ],
)
def test_arm64_refuses_a_module_without_room_for_its_code(section: str, said: list[str]) -> None:
    """Without room for veneers at once, and without room for trampolines at last, where it says nothing."""
    kernel = _arm64()
    image = bytearray((CHECKOUT / "tests/data/modules-6.12/arm64/hello_export.ko").read_bytes())
    elf = Module.from_bytes(bytes(image)).elf
    header = next(each for each in elf.sections if each.name == section)
    # Names share their ends, so that the section takes the next one of them: without the dot.
    struct.pack_into("<I", image, elf.header.shoff + 64 * header.index, header.name_offset + 1)
    with pytest.raises(KernelError) as refusal:
        insert(kernel, bytes(image), flags=IGNORE_MODVERSIONS)
    assert refusal.value.errno == ENOEXEC
    assert [line for line in _texts(kernel) if line.startswith("<3>hello_export:")] == said
    assert not kernel.modules


@pytest.mark.parametrize(("size", "said"), [(0, False), (7, False), (8, True), (16, True)])
def test_a_trace_event_is_a_pointer(size: int, said: bool) -> None:
    """What a section has less than one is none (`section_objs()`), and nothing is said."""
    kernel = _kernel()
    insert(kernel, loadable("small", sections={"_ftrace_events": bytes(size)}), flags=IGNORE_VERMAGIC)
    assert ("<3>small: module has bad taint, not creating trace events" in _texts(kernel)) is said
