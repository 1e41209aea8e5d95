"""The hardware of the virtual machine: one value, which a profile names.

The values here are those of the machine on which the comparisons were recorded: QEMU's type pc with one `qemu64`
processor. What the kernel brings with it, whatever it runs on, is in `modtools.emulate.machine.builtin`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from modtools.light import NamedTuple
from modtools.profiles.acpi import NAMESPACE, Object


class PciDevice(NamedTuple):
    """A function on the PCI bus: place, identification, class code, revision.

    `bars` are its resources: number, first and last address, and flags (`include/linux/ioport.h`: 0x100 ports, 0x200
    memory, 0x2000 prefetchable). `registers` are what is not 0 of its configuration space: bytes by their offset.
    """

    slot: str
    vendor: int
    device: int
    class_code: int
    subsystem: tuple[int, int] = (0, 0)
    revision: int = 0
    bars: tuple[tuple[int, int, int, int], ...] = ()
    registers: Mapping[int, str] = MappingProxyType({})

    @property
    def configuration(self) -> bytes:
        """Return the 256 bytes of its configuration space, as Linux leaves them after boot."""
        space = bytearray(256)
        for offset, text in self.registers.items():
            space[offset : offset + len(text) // 2] = bytes.fromhex(text)
        return bytes(space)


class Ports(NamedTuple):
    """I/O ports from the first to the last, and what the kernel has reserved them as, "" if it has not."""

    first: int
    last: int
    name: str = ""


class Reserved(NamedTuple):
    """Ports or memory from the first to the last, who has them, and whether a driver may not take a part of them."""

    first: int
    last: int
    name: str
    busy: bool = False


class InputDevice(NamedTuple):
    """An input device: its name and where it is plugged in, the devices of /sys/devices/platform that it is behind.

    `identity` is bus, vendor, product and version; the rest are bitmaps of the types of events, keys, miscellaneous
    events and lights that it has.
    """

    name: str
    phys: str
    parents: tuple[str, ...]
    identity: tuple[int, int, int, int]
    events: int
    keys: int = 0
    misc: int = 0
    lights: int = 0


_KEYBOARD = InputDevice(
    "AT Translated Set 2 keyboard",
    "isa0060/serio0/input0",
    ("i8042", "serio0"),
    (0x11, 1, 1, 0xAB41),
    0x120013,
    0x000000040200000203803078F800D001FEFFFFDFFFEFFFFFFFFFFFFFFFFFFFFE,
    0x10,
    0x7,
)


_BITS = (
    "fpu:0 vme:1 de:2 pse:3 tsc:4 msr:5 pae:6 mce:7 cx8:8 apic:9 sep:11 mtrr:12 pge:13 mca:14 cmov:15 pat:16 pse36:17 "
    "clflush:19 mmx:23 fxsr:24 sse:25 sse2:26 syscall:43 nx:52 lm:61 rep_good:112 nopl:116 cpuid:121 pni:128 cx16:141 "
    "x2apic:149 popcnt:151 rdrand:158 hypervisor:159 lahf_lm:192 svm:194 abm:197 3dnowprefetch:200 vmmcall:271"
)
_FEATURES = {name: int(bit) for name, bit in (pair.split(":") for pair in _BITS.split())}
"""Numbers of features, 32 for each word of `arch/x86/include/asm/cpufeatures.h`: 0 and 4 are what CPUID says in EDX and
ECX of leaf 1, 1 and 6 in those of leaf 0x80000001."""
_ALIASES = 0x0183F3FF
"""Bits of leaf 1's EDX that AMD's processors repeat in leaf 0x80000001."""


def _text(twelve: str) -> tuple[int, int, int]:
    """Return a maker's name in EBX, ECX, EDX, whose order is first, third, second."""
    words = [int.from_bytes(twelve.encode().ljust(12)[at : at + 4], "little") for at in (0, 4, 8)]
    return words[0], words[2], words[1]


class Processor(NamedTuple):
    """What CPUID tells. `features` are names as in /proc/cpuinfo; `cache` is in KiB, `cache_line` in bytes."""

    name: str = "QEMU Virtual CPU version 2.5+"
    vendor: str = "AuthenticAMD"
    family: int = 15
    model: int = 107
    stepping: int = 1
    features: frozenset[str] = frozenset(
        "fpu de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 syscall nx lm "
        "rep_good nopl cpuid pni cx16 hypervisor lahf_lm svm 3dnowprefetch vmmcall rdrand".split()
    )
    virtual_bits: int = 48
    physical_bits: int = 40
    cache: int = 512
    cache_line: int = 64

    @property
    def flags(self) -> int:
        """Return the features as a number, a bit for each."""
        return sum(1 << bit for name, bit in _FEATURES.items() if name in self.features)

    def _word(self, number: int) -> int:
        return self.flags >> 32 * number & 0xFFFFFFFF

    def cpuid(self, leaf: int) -> tuple[int, int, int, int] | None:
        """Return EAX, EBX, ECX, EDX of a leaf; None for one that is not known. QEMU's own leaves name its emulator."""
        if leaf in (0, 0x80000000):
            return (0xD if leaf == 0 else 0x8000000A, *_text(self.vendor))
        if leaf == 1:
            return self._signature, self.cache_line // 8 << 8, self._word(4), self._word(0)
        if leaf == 0x80000001:
            return self._signature, 0, self._word(6), self._word(1) | self._word(0) & _ALIASES
        if leaf == 0x80000007:  # ways to save power, and a counter that is always as fast: none
            return 0, 0, 0, 0
        if leaf == 0x80000008:
            return self.virtual_bits << 8 | self.physical_bits, 0, 0, 0
        if leaf == 0x40000000:
            return (0x40000001, *_text("TCGTCGTCGTCG"))
        beyond = leaf == 0xD or 0x40000100 <= leaf <= 0x40010000  # which is answered like the highest leaf
        return (0, 0, 0, 0) if beyond and "xsave" not in self.features else None

    @property
    def _signature(self) -> int:
        """Return family, model and stepping as CPUID packs them."""
        base, extended = min(self.family, 15), max(self.family - 15, 0)
        return extended << 20 | self.model >> 4 << 16 | base << 8 | (self.model & 15) << 4 | self.stepping


class System(NamedTuple):
    """Registers of the processor that only a kernel may touch, as Linux has set them when modules are loaded.

    `descriptors` and `interrupts` are limit and address of their tables, `task` is a selector. What varies from boot to
    boot, as CR2 and CR3, is in no table.
    """

    control: Mapping[int, int] = MappingProxyType({0: 0x80050033, 4: 0x6F0, 8: 1})
    debug: Mapping[int, int] = MappingProxyType(
        {0: 0, 1: 0, 2: 0, 3: 0, 4: 0xFFFF0FF0, 5: 0x400, 6: 0xFFFF0FF0, 7: 0x400}
    )
    descriptors: tuple[int, int] = 0x7F, 0xFFFFFE0000001000
    interrupts: tuple[int, int] = 0xFFF, 0xFFFFFE0000000000
    task: int = 0x40
    msrs: Mapping[int, int] = MappingProxyType({
        0x1B: 0xFEE00900, 0x8B: 0x01000065, 0xFE: 0x508, 0x174: 0x10, 0x1A0: 1, 0x277: 0x0407050600070106,
        0xC0000080: 0xD01, 0xC0000081: 0x0023001000000000, 0xC0000103: 0,
    })  # fmt: skip

    def msr(self, number: int) -> int | None:
        """Return a model-specific register's value; 0 for one that QEMU does not have, None for one that varies."""
        varies = any(first <= number <= last for first, last in _VARYING)
        return self.msrs.get(number, None if varies else 0)


_VARYING = (
    (0x3B, 0x3B), (0x175, 0x176), (0x179, 0x17B), (0x200, 0x20F), (0x250, 0x2FF), (0x400, 0x427), (0xD90, 0xD90),
    (0xC0000082, 0xC0000084), (0xC0000100, 0xC0000102), (0xC0010114, 0xC0010117),
)  # fmt: skip
"""MSRs that there are on QEMU's processor, from the first to the last."""


class Firmware(NamedTuple):
    """What SMBIOS tells, named as in /sys/class/dmi/id; "" is not told. There are no texts of a board."""

    bios_vendor: str = "SeaBIOS"
    bios_version: str = "1.16.2-debian-1.16.2-1"
    bios_date: str = "04/01/2014"
    bios_release: str = "0.0"
    sys_vendor: str = "QEMU"
    product_name: str = "Standard PC (i440FX + PIIX, 1996)"
    product_version: str = "pc-i440fx-7.2"
    board_vendor: str = ""
    board_name: str = ""
    chassis_vendor: str = "QEMU"
    chassis_type: str = "1"
    chassis_version: str = "pc-i440fx-7.2"

    @property
    def title(self) -> str:
        """Return the machine in a line, as an oops names it (`dmi_format_ids()`)."""
        board = f"/{self.board_name}" if self.board_name else ""
        return f"{self.sys_vendor} {self.product_name}{board}, BIOS {self.bios_version} {self.bios_date}"


_QUMRANET = (0x1AF4, 0x1100)
_HOST = {
    0x00: "868037120301000002000006", 0x2C: "f41a0011", 0x54: "000000800010111111111133", 0x70: "00000a00",
}  # fmt: skip
_ISA = {
    0x00: "86800070030100020000010600008000", 0x2C: "f41a0011", 0x4C: "4d000300", 0x60: "8a8a8b8b", 0x68: "00020000",
    0x70: "8000000000000c0c02000000", 0x80: "00000200", 0xA0: "08000000", 0xA8: "0f000000",
}  # fmt: skip
_IDE = {0x00: "868010700301800200800101", 0x20: "41c00000", 0x2C: "f41a0011", 0x40: "00800080"}
_POWER = {
    0x00: "868013710301800203008006", 0x2C: "f41a0011", 0x3C: "0901000001060000",
    0x58: "00000002000000900000006000000098", 0x80: "01000000", 0x90: "01070000", 0xD0: "00000900",
}  # fmt: skip
_VGA = {0x00: "341211110301000002000003", 0x10: "080000fd", 0x18: "0000bffe", 0x2C: "f41a00110000befe"}
_NETWORK = {
    0x00: "86800e100301000003000002", 0x10: "0000bcfe01c00000", 0x2C: "f41a00110000b8fe", 0x3C: "0b010000",
}  # fmt: skip
_PCI = (
    PciDevice("0000:00:00.0", 0x8086, 0x1237, 0x060000, _QUMRANET, 2, registers=_HOST),
    PciDevice("0000:00:01.0", 0x8086, 0x7000, 0x060100, _QUMRANET, registers=_ISA),
    PciDevice(
        "0000:00:01.1",
        0x8086,
        0x7010,
        0x010180,
        _QUMRANET,
        0,
        (
            (0, 0x1F0, 0x1F7, 0x110),
            (1, 0x3F6, 0x3F6, 0x110),
            (2, 0x170, 0x177, 0x110),
            (3, 0x376, 0x376, 0x110),
            (4, 0xC040, 0xC04F, 0x101),
        ),
        _IDE,
    ),
    PciDevice(
        "0000:00:01.3",
        0x8086,
        0x7113,
        0x068000,
        _QUMRANET,
        3,
        ((7, 0x600, 0x63F, 0x100), (8, 0x700, 0x70F, 0x100)),
        _POWER,
    ),
    PciDevice(
        "0000:00:02.0",
        0x1234,
        0x1111,
        0x030000,
        _QUMRANET,
        2,
        ((0, 0xFD000000, 0xFDFFFFFF, 0x2208), (2, 0xFEBF0000, 0xFEBF0FFF, 0x200), (6, 0xC0000, 0xDFFFF, 0x212)),
        _VGA,
    ),
    PciDevice(
        "0000:00:03.0",
        0x8086,
        0x100E,
        0x020000,
        _QUMRANET,
        3,
        ((0, 0xFEBC0000, 0xFEBDFFFF, 0x200), (1, 0xC000, 0xC03F, 0x101), (6, 0xFEB80000, 0xFEBBFFFF, 0x2200)),
        _NETWORK,
    ),
)

_PORTS = (
    Ports(0x0, 0x1F, "dma1"),
    Ports(0x20, 0x21, "pic1"),
    Ports(0x40, 0x43, "timer0"),
    Ports(0x50, 0x53, "timer1"),
    Ports(0x60, 0x60, "keyboard"),
    Ports(0x61, 0x61),
    Ports(0x64, 0x64, "keyboard"),
    Ports(0x70, 0x77, "rtc0"),
    Ports(0x80, 0x8F, "dma page reg"),
    Ports(0x92, 0x92),
    Ports(0xA0, 0xA1, "pic2"),
    Ports(0xB2, 0xB3),
    Ports(0xC0, 0xDF, "dma2"),
    Ports(0xF0, 0xFF, "fpu"),
    Ports(0x170, 0x177),
    Ports(0x1F0, 0x1F7),
    Ports(0x2F8, 0x2FF, "serial"),
    Ports(0x376, 0x376),
    Ports(0x378, 0x37F),
    Ports(0x3B0, 0x3BB),
    Ports(0x3C0, 0x3DF, "vga+"),
    Ports(0x3F1, 0x3F7),
    Ports(0x3F8, 0x3FF, "serial"),
    Ports(0x4D0, 0x4D1),
    Ports(0x510, 0x51B),
    Ports(0x5658, 0x565B),
    Ports(0x600, 0x603, "ACPI PM1a_EVT_BLK"),
    Ports(0x604, 0x605, "ACPI PM1a_CNT_BLK"),
    Ports(0x606, 0x607),
    Ports(0x608, 0x60B, "ACPI PM_TMR"),
    Ports(0x60C, 0x63F),
    Ports(0x700, 0x70F),
    Ports(0xAE00, 0xAE17),
    Ports(0xAF00, 0xAF0B),
    Ports(0xAFE0, 0xAFE3, "ACPI GPE0_BLK"),
    Ports(0xCF8, 0xCFF, "PCI conf1"),
    Ports(0xC000, 0xC04F),
)


_CMOS = MappingProxyType(
    dict.fromkeys(range(0x0E, 0x80), 0)
    | {0x10: 0x50, 0x14: 7, 0x15: 0x80, 0x16: 2, 0x17: 0xFF, 0x18: 0xFF, 0x30: 0xFF, 0x31: 0xFF}
    | {0x35: 0x3F, 0x37: 0x20, 0x38: 0x30, 0x3D: 0x12}
)
"""The bytes behind the real time clock, as the firmware left them; the clock's own registers vary."""
_SCREEN = MappingProxyType({
    0: "SeaBIOS (version 1.16.2-debian-1.16.2-1)",
    3: "iPXE (http://ipxe.org) 00:03.0 CA00 PCI2.10 PnP PMM+3EFCF100+3EF0F100 CA00",
    7: "Booting from ROM...",
    10: "KASLR disabled: 'nokaslr' on cmdline.",
})  # fmt: skip


class Screen(NamedTuple):
    """The text on the screen after boot: its size, what the lines say that are not empty, and where the cursor is."""

    columns: int = 80
    lines: int = 25
    text: Mapping[int, str] = _SCREEN
    cursor: tuple[int, int] = (0, 12)


_IOPORTS = (
    Reserved(0x0, 0xCF7, "PCI Bus 0000:00"),
    Reserved(0x0, 0x1F, "dma1", busy=True),
    Reserved(0x20, 0x21, "pic1", busy=True),
    Reserved(0x40, 0x43, "timer0", busy=True),
    Reserved(0x50, 0x53, "timer1", busy=True),
    Reserved(0x60, 0x60, "keyboard", busy=True),
    Reserved(0x64, 0x64, "keyboard", busy=True),
    Reserved(0x70, 0x77, "rtc0", busy=True),
    Reserved(0x80, 0x8F, "dma page reg", busy=True),
    Reserved(0xA0, 0xA1, "pic2", busy=True),
    Reserved(0xC0, 0xDF, "dma2", busy=True),
    Reserved(0xF0, 0xFF, "fpu", busy=True),
    Reserved(0x170, 0x177, "0000:00:01.1"),
    Reserved(0x1F0, 0x1F7, "0000:00:01.1"),
    Reserved(0x2F8, 0x2FF, "serial", busy=True),
    Reserved(0x376, 0x376, "0000:00:01.1"),
    Reserved(0x3C0, 0x3DF, "vga+", busy=True),
    Reserved(0x3F6, 0x3F6, "0000:00:01.1"),
    Reserved(0x3F8, 0x3FF, "serial", busy=True),
    Reserved(0x510, 0x51B, "QEMU0002:00"),
    Reserved(0x600, 0x63F, "0000:00:01.3"),
    Reserved(0x600, 0x603, "ACPI PM1a_EVT_BLK", busy=True),
    Reserved(0x604, 0x605, "ACPI PM1a_CNT_BLK", busy=True),
    Reserved(0x608, 0x60B, "ACPI PM_TMR", busy=True),
    Reserved(0x700, 0x70F, "0000:00:01.3"),
    Reserved(0xCF8, 0xCFF, "PCI conf1", busy=True),
    Reserved(0xD00, 0xFFFF, "PCI Bus 0000:00"),
    Reserved(0xAFE0, 0xAFE3, "ACPI GPE0_BLK", busy=True),
    Reserved(0xC000, 0xC03F, "0000:00:03.0"),
    Reserved(0xC040, 0xC04F, "0000:00:01.1"),
)
_IOMEM = (
    Reserved(0x0, 0xFFF, "Reserved", busy=True),
    Reserved(0x1000, 0x9FBFF, "System RAM", busy=True),
    Reserved(0x9FC00, 0x9FFFF, "Reserved", busy=True),
    Reserved(0xA0000, 0xBFFFF, "PCI Bus 0000:00"),
    Reserved(0xC0000, 0xC9BFF, "Video ROM", busy=True),
    Reserved(0xCA000, 0xCADFF, "Adapter ROM", busy=True),
    Reserved(0xCB000, 0xCB5FF, "Adapter ROM", busy=True),
    Reserved(0xF0000, 0xFFFFF, "Reserved", busy=True),
    Reserved(0xF0000, 0xFFFFF, "System ROM", busy=True),
    Reserved(0x100000, 0x3FFDFFFF, "System RAM", busy=True),
    Reserved(0x3FFE0000, 0x3FFFFFFF, "Reserved"),
    Reserved(0x40000000, 0xFEBFFFFF, "PCI Bus 0000:00"),
    Reserved(0xFD000000, 0xFDFFFFFF, "0000:00:02.0"),
    Reserved(0xFEB80000, 0xFEBBFFFF, "0000:00:03.0"),
    Reserved(0xFEBC0000, 0xFEBDFFFF, "0000:00:03.0"),
    Reserved(0xFEBF0000, 0xFEBF0FFF, "0000:00:02.0"),
    Reserved(0xFEC00000, 0xFEC003FF, "IOAPIC 0", busy=True),
    Reserved(0xFED00000, 0xFED003FF, "HPET 0"),
    Reserved(0xFED00000, 0xFED003FF, "PNP0103:00"),
    Reserved(0xFEE00000, 0xFEE00FFF, "Local APIC", busy=True),
    Reserved(0xFFFC0000, 0xFFFFFFFF, "Reserved"),
    Reserved(0x100000000, 0x17FFFFFFF, "PCI Bus 0000:00"),
    Reserved(0xFD00000000, 0xFFFFFFFFFF, "Reserved"),
)


class Hardware(NamedTuple):
    """What a kernel would find in the machine. `memory` is in bytes, `tick` in hertz.

    `platform` names devices that are where they always are, `tables` the ACPI tables, `acpi` the hardware ids in them,
    `serio` the types of the ports behind the keyboard controller (`include/uapi/linux/serio.h`: 6 translated keyboard,
    1 mouse), `inputs` the input devices, `uarts` the first names of the serial ports, `hypervisor` the number of the
    one that the kernel would recognise (`enum x86_hypervisor_type`: 0 none), `hpet` whether there is such a timer.
    At I/O ports that are not among `ports` there is nothing: they read as all ones. At those in `sinks` a device
    is, and what is written there shows nowhere but in what it answers: ports of the floppy controller that can only
    be read, what the serial ports do with their queues, and the lines of the parallel port. `cmos` are the bytes
    behind the real time clock, by number.
    `ioports` and `iomem` are what /proc/ioports and /proc/iomem show, without the kernel's own memory: in the order of
    their beginnings, what contains another before it. `no_memory` are addresses where there is nothing, from the first
    to the last, with the byte that is read there.
    `namespace` is what the ACPI tables describe; `terminals` are those that a program has open: the one that it talks
    through, and the console. `level_interrupts` are the lines that are level triggered, all others are edges.
    """

    cpu: Processor = Processor()
    system: System = System()
    cpus: int = 1
    memory: int = 1 << 30
    tick: int = 250
    firmware: Firmware = Firmware()
    hypervisor: int = 0
    hpet: bool = True
    platform: frozenset[str] = frozenset("pcspkr rtc_cmos i8042 platform-framebuffer vesa-framebuffer".split())
    acpi: frozenset[str] = frozenset(
        "LNXSYSTM LNXSYBUS LNXPWRBN LNXCPU ACPI0010 ACPI0007 PNP0A03 PNP0A06 PNP0B00 PNP0303 PNP0F13 PNP0700 PNP0501 "
        "PNP0103 PNP0C0F QEMU0002 PNP0400".split()
    )
    tables: frozenset[str] = frozenset("DSDT FACP FACS APIC HPET WAET".split())
    pci: tuple[PciDevice, ...] = _PCI
    ports: tuple[Ports, ...] = _PORTS
    ioports: tuple[Reserved, ...] = _IOPORTS
    iomem: tuple[Reserved, ...] = _IOMEM
    no_memory: tuple[tuple[int, int, int], ...] = (
        (0xA0000, 0xB7FFF, 0xFF),
        (0x40000000, 0xFCFFFFFF, 0),
        (0x100000000, 0xFCFFFFFFFF, 0),
    )
    serio: tuple[int, ...] = (6, 1)
    inputs: tuple[InputDevice, ...] = (_KEYBOARD,)
    uarts: str = "ttyS"
    sinks: frozenset[int] = frozenset((0x2FA, 0x378, 0x37A, 0x3F0, 0x3F1, 0x3FA))
    cmos: Mapping[int, int] = _CMOS
    screen: Screen = Screen()
    namespace: tuple[Object, ...] = NAMESPACE
    terminals: frozenset[str] = frozenset(("ttyS0", "ttyS1"))
    level_interrupts: frozenset[int] = frozenset((5, 9, 10, 11))

    def port(self, number: int, size: int) -> Ports | None:
        """Return what is at a port and those behind it, `size` in all; None for nothing."""
        return next((there for there in self.ports if there.first < number + size and number <= there.last), None)


PC = Hardware()
"""QEMU's `pc` with `-cpu qemu64,+rdrand -smp 1 -m 1024` and no devices but the usual ones."""

MACHINES: Mapping[str, Hardware] = {"qemu-pc": PC}
"""By the name that a profile has for its machine."""
