"""Where modules come to lie on machines that have them right below the kernel."""

from __future__ import annotations

from pathlib import Path

import pytest

from modtools.errors import KernelError
from modtools.kernel import space
from modtools.kernel.module.load import insert
from modtools.kernel.module.load_info import Load
from modtools.kernel.module.relocation import known_addresses
from modtools.kernel.modules import LoadedModule, ModuleState
from modtools.kernel.space import Range, allocate, copy_of_file, distance_known, memory_of, ranges
from modtools.kernel.state import Kernel
from modtools.link.areas import Area
from modtools.link.areas import Kind as AreaKind
from modtools.profiles import Extent
from modtools.store import Store
from tests.reference import CHECKOUT

BEGIN, END = 0xFFFF800080000000, 0xFFFF800082510000
FIRST = 0xFFFF80007A510000
"""Where the recorded kernel begins and ends, and where its first module is."""
KO = CHECKOUT / "tests/data/modules-6.12/arm64"


@pytest.fixture
def kernel(tmp_path: Path) -> Kernel:
    """Debian 13's kernel for arm64."""
    return Store(tmp_path / "state.json").of_profile("debian-13-arm64")


def test_modules_lie_below_the_kernel_where_calls_reach(kernel: Kernel) -> None:
    """128 MiB before its end, and where these are full, 2 GiB before."""
    memory = memory_of(kernel)
    assert memory is not None
    assert (memory.begin, memory.end) == (BEGIN, END)
    assert ranges(kernel) == [Range(END - (128 << 20), BEGIN), Range(END - (2 << 30), BEGIN)]
    assert ranges(kernel)[0].start == FIRST
    assert distance_known(kernel)
    assert copy_of_file(kernel) == END + 4096


def test_each_part_is_where_it_was_recorded(kernel: Kernel) -> None:
    """Text, data, read-only data, and those of init, each with a guard page behind; init's place is taken again."""
    image = (KO / "hello_export.ko").read_bytes()
    bases = [area.base for area in insert(kernel, image).areas if area.base]
    assert bases == [FIRST, FIRST + 0x2000, FIRST + 0x4000]
    second = insert(kernel, (KO / "noinit.ko").read_bytes())
    assert second.address == FIRST + 0x6000


def test_the_second_range_is_tried_where_the_first_is_full(kernel: Kernel) -> None:
    """The guard page must fit, too; what fits nowhere is out of memory."""
    direct = BEGIN - FIRST
    assert allocate(kernel, direct - 4096, 8192) == [FIRST, END - (2 << 30)]
    assert allocate(kernel, direct) == [END - (2 << 30)]
    with pytest.raises(KernelError):
        allocate(kernel, 2 << 30)


def test_a_kernel_of_unknown_place_has_modules_at_the_usual_one(
    kernel: Kernel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then nobody can say how far its symbols are: those that modules export are as far as ever."""
    monkeypatch.setattr(space, "memory_of", lambda _: None)
    assert not distance_known(kernel)
    assert ranges(kernel)[0].start == kernel.arch.modules_base
    assert copy_of_file(kernel) == ranges(kernel)[0].end


def test_a_kernel_too_large_for_direct_calls_has_its_modules_further_away(
    kernel: Kernel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of 128 MiB leaves nothing of the first range."""
    monkeypatch.setattr(space, "memory_of", lambda _: Extent(BEGIN, BEGIN + (128 << 20)))
    assert ranges(kernel) == [Range(BEGIN + (128 << 20) - (2 << 30), BEGIN)]


def test_where_modules_lie_does_not_depend_on_x86_64s_kernel(tmp_path: Path) -> None:
    """They have an area of their own there."""
    kernel = Store(tmp_path / "state.json").default()
    assert [place.start for place in ranges(kernel)] == [kernel.arch.modules_base]
    assert distance_known(kernel)


def test_a_per_cpu_variable_of_another_module_may_be_anywhere(kernel: Kernel) -> None:
    """What a module exports from its own memory is where it is; x_tables' xt_recseq is not there."""
    module = insert(kernel, (KO / "hello_export.ko").read_bytes())
    name, export = next(iter(module.exports.items()))
    assert export.address
    load = Load(kernel, b"", 0, module, addresses={name: export.address, "_printk": BEGIN, "gone": None})
    assert known_addresses(load) == {name: export.address, "_printk": BEGIN, "gone": None}
    load.addresses[name] = 0x40
    assert known_addresses(load) == {name: None, "_printk": BEGIN, "gone": None}


def test_the_first_gap_that_is_large_enough(kernel: Kernel) -> None:
    """Between two modules, if it holds the area with its guard page; of one that loads, its init part counts, too."""
    for name, base, init in (("one", FIRST, 0), ("two", FIRST + 0x5000, FIRST + 0x8000)):
        areas = Area(AreaKind.TEXT, base, 0x1000), Area(AreaKind.INIT_TEXT, init, 0x1000 * bool(init))
        kernel.modules[name] = LoadedModule(name, ModuleState.LIVE, areas)
    assert allocate(kernel, 0x2000, 0, 0x1000) == [FIRST + 0x2000, 0, FIRST + 0xA000]
    assert allocate(kernel, 0x3000) == [FIRST + 0xA000]
    assert allocate(kernel, 0x1000, 0x1000) == [FIRST + 0x2000, FIRST + 0xA000]
    kernel.modules["two"].free_init()
    assert allocate(kernel, 0x3000) == [FIRST + 0x7000]
