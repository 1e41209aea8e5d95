"""The machine is one value: drivers see another one when another one is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from modtools.emulate.runner import EmulatedRunner
from modtools.kernel.log import raw_lines
from modtools.kernel.module.load import insert
from modtools.kernel.state import Kernel
from modtools.profiles.hardware import PC, Firmware, Hardware, Processor
from modtools.store import Store
from tests.reference import RELEASE, debian_tree

pytest.importorskip("unicorn")

PRESENT = "needs "


def load(tmp_path: Path, hardware: Hardware, *modules: str) -> Kernel:
    """A kernel on a machine, after loading some of Debian's modules."""
    kernel = Store(tmp_path / "state.json").default()
    kernel.runner = EmulatedRunner(kernel, hardware=hardware, isolated=False)
    for module in modules:
        path = debian_tree() / "lib/modules" / RELEASE / "kernel" / module
        insert(kernel, path.read_bytes(), path=str(path))
    return kernel


def log(kernel: Kernel) -> str:
    """All messages."""
    return "\n".join(raw_lines(kernel.log.readable()))


@pytest.mark.debian
@pytest.mark.parametrize(
    ("module", "without"),
    [
        ("drivers/net/ethernet/intel/e1000/e1000.ko", PC._replace(pci=())),
        ("drivers/input/mouse/psmouse.ko", PC._replace(serio=())),
        ("drivers/firmware/qemu_fw_cfg.ko", PC._replace(acpi=frozenset())),
        ("drivers/input/misc/pcspkr.ko", PC._replace(platform=frozenset())),
    ],
)
def test_drivers_meet_the_devices_of_the_machine(tmp_path: Path, module: str, without: Hardware) -> None:
    """A driver whose device is there stops at it and says so; without that device it is just registered."""
    assert PRESENT in log(load(tmp_path, PC, module))
    assert PRESENT not in log(load(tmp_path, without, module))


def test_the_first_line_of_an_oops_names_the_machine() -> None:
    """Maker, model and BIOS as SMBIOS has them, the board only where one is told (`dmi_format_ids()`)."""
    assert PC.firmware.title == "QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16.2-debian-1.16.2-1 04/01/2014"
    assert Firmware(board_name="Board")._replace(product_name="Model").title.startswith("QEMU Model/Board, BIOS ")


def leaf(processor: Processor, number: int) -> tuple[int, int, int, int]:
    """A leaf that is known."""
    found = processor.cpuid(number)
    assert found is not None
    return found


def test_cpuid_tells_the_processor() -> None:
    """Leaf 0 has the maker's twelve letters in EBX, EDX, ECX; leaf 1 packs family, model and stepping."""
    _, first, third, second = leaf(Processor(vendor="GenuineIntel"), 0)
    assert b"".join(part.to_bytes(4, "little") for part in (first, second, third)) == b"GenuineIntel"
    assert leaf(Processor(family=6, model=0x9E, stepping=10), 1)[0] == 0x906EA
    assert leaf(Processor(family=0x19, model=0x21, stepping=2), 1)[0] == 0xA20F12


def test_cpuid_tells_the_features() -> None:
    """SSE2 is bit 26 of leaf 1's EDX, RDRAND bit 30 of its ECX, long mode bit 29 of leaf 0x80000001's EDX."""
    _, _, more, basic = leaf(PC.cpu, 1)
    assert (basic >> 26 & 1, more >> 30 & 1, more >> 25 & 1, leaf(PC.cpu, 0x80000001)[3] >> 29 & 1) == (1, 1, 0, 1)
    assert not leaf(Processor(features=frozenset()), 1)[3]
    assert PC.cpu.cpuid(4) is None
    assert leaf(PC.cpu, 0x80000007) == (0, 0, 0, 0)
