"""What the machine's ACPI tables describe: the names in their namespace, in order, as Linux has them after boot.

QEMU's type pc. A line has names with the number of their kind (`include/acpi/actypes.h`: 1 integer, 2 string, 3 buffer,
4 package, 6 device, 8 method, 9 mutex, 10 region, 12 processor, 17 field, 27 scope) and, for what Linux has as a
device, its name there; what lies inside follows, one blank further in. `SLOTS` are the slots of the PCI bus from 3 on,
which are alike.
"""

from __future__ import annotations

from collections.abc import Iterator

from modtools.light import NamedTuple

DEVICE = 6
ROOT = "\\"


class Object(NamedTuple):
    """A name in the namespace: its path, the number of its kind, and the device that Linux has for it, "" for none."""

    path: str
    kind: int
    device: str = ""

    @property
    def parent(self) -> str:
        """Return the path of what it lies in."""
        return self.path.rpartition(".")[0] or ROOT


_NAMES = """
_GPE:27
 _HID:2 _E02:8 _E01:8
_PR_:27
_SB_:6:LNXSYBUS:00
 PCI0:6:PNP0A03:00
  _HID:1 _ADR:1 _UID:1 PCST:10 PCIU:17 PCID:17 SEJ_:10 B0EJ:17 BNMR:10 BNUM:17 PIDX:17 BLCK:9 PCEJ:8 AIDX:8
  PDSM:8 _PRT:8
  PRES:6:PNP0A06:00
   _HID:1 _UID:2 CPLK:9 _CRS:3 PRST:10 CPEN:17 CINS:17 CRMV:17 CEJ0:17 CEJF:17 CCMD:17 CSEL:17 CDAT:17
   _INI:8
  _CRS:3
  GPE0:6:PNP0A06:01
   _HID:2 _UID:2 _STA:1 _CRS:3
  PHPR:6:PNP0A06:02
   _HID:2 _UID:2 _STA:1 _CRS:3
  FWCF:6:QEMU0002:00
   _HID:2 _STA:1 _CRS:3
  BSEL:1
  S00_:6:device:00
   _ADR:1 ASUN:1 _DSM:8
  S08_:6:device:01
   _ADR:1 ASUN:1 _DSM:8 P40C:10
   KBD_:6:PNP0303:00
    _HID:1 _STA:1 _CRS:3
   MOU_:6:PNP0F13:00
    _HID:1 _STA:1 _CRS:3
   FDC0:6:PNP0700:00
    _HID:1 _CRS:3
    FLPA:6:device:02
     _ADR:1 _FDI:4
    _FDE:3
   LPT1:6:PNP0400:00
    _HID:1 _UID:1 _STA:1 _CRS:3
   COM2:6:PNP0501:00
    _HID:1 _UID:1 _STA:1 _CRS:3
   COM1:6:PNP0501:01
    _HID:1 _UID:1 _STA:1 _CRS:3
   RTC_:6:PNP0B00:00
    _HID:1 _CRS:3
  S10_:6:device:03
   _ADR:1 ASUN:1 _DSM:8 _S1D:8 _S2D:8 _S3D:8
  SLOTS
  DVNT:8 PCNT:8
 IQST:8 IQCR:8
 LNKA:6:PNP0C0F:00
  _HID:1 _UID:1 _PRS:3 _STA:8 _DIS:8 _CRS:8 _SRS:8
 LNKB:6:PNP0C0F:01
  _HID:1 _UID:1 _PRS:3 _STA:8 _DIS:8 _CRS:8 _SRS:8
 LNKC:6:PNP0C0F:02
  _HID:1 _UID:1 _PRS:3 _STA:8 _DIS:8 _CRS:8 _SRS:8
 LNKD:6:PNP0C0F:03
  _HID:1 _UID:1 _PRS:3 _STA:8 _DIS:8 _CRS:8 _SRS:8
 LNKS:6:PNP0C0F:04
  _HID:1 _UID:1 _PRS:3 _STA:8 _DIS:8 _CRS:8 _SRS:8
 HPET:6:PNP0103:00
  _HID:1 _UID:1 HPTM:10 VEND:17 PRD_:17 _STA:8 _CRS:3
 CPUS:6:ACPI0010:00
  _HID:2 _CID:1 CTFY:8 CSTA:8 CEJ0:8 CSCN:8 COST:8
  C000:12:LNXCPU:00
   _STA:8 _MAT:3 _OST:8
 PRQ0:17 PRQ1:17 PRQ2:17 PRQ3:17
_SI_:27 _TZ_:6:LNXSYBUS:01 _REV:1 _OS_:2 _GL_:9 _OSI:8 DBG_:10 DBGB:17 DBUG:8 _S3_:4 _S4_:4 _S5_:4
"""
_FIRST_SLOT, _LAST_SLOT, _FIRST_DEVICE = 3, 31, 4
_IN_SLOT = "_ADR:1 ASUN:1 _DSM:8 _SUN:1 _EJ0:8"


def _slots(indent: str) -> Iterator[str]:
    for slot in range(_FIRST_SLOT, _LAST_SLOT + 1):
        yield f"{indent}S{slot << 3:02X}_:{DEVICE}:device:{slot - _FIRST_SLOT + _FIRST_DEVICE:02x}"
        yield f"{indent} {_IN_SLOT}"


def _lines() -> Iterator[str]:
    for line in _NAMES.strip("\n").splitlines():
        indent, found, _ = line.partition("SLOTS")
        if found:
            yield from _slots(indent)
        else:
            yield line


def _objects() -> Iterator[Object]:
    inside = [""]
    for line in _lines():
        level = len(line) - len(line.lstrip(" "))
        for word in line.split():
            name, kind, *device = word.split(":", 2)
            path = f"{inside[level]}.{name}" if level else f"{ROOT}{name}"
            yield Object(path, int(kind), *device)
        inside[level + 1 :] = [path]


NAMESPACE = tuple(_objects())
"""Everything in the namespace but its root, what lies in an object behind it."""
