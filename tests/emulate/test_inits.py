"""Debian's own modules do on the virtual kernel what they did on the real one; and how that is compared."""

from __future__ import annotations

from typing import Any

import pytest

from tests.inits.replay import Verdict, replay, same_lines
from tests.reference import RELEASE, debian_tree

pytest.importorskip("unicorn")


def insert(path: str, size: int, *log: str) -> dict[str, Any]:
    """A recorded event: a module was loaded."""
    return {"op": "insert", "module": path, "errno": 0, "size": size, "taint": "", "log": list(log)}


def refused(path: str, errno: int, *log: str) -> dict[str, Any]:
    """A recorded event: a module's init said no."""
    return {"op": "insert", "module": path, "errno": errno, "log": list(log)}


def remove(name: str, *log: str) -> dict[str, Any]:
    """A recorded event: a module was removed."""
    return {"op": "remove", "module": name, "errno": 0, "log": list(log)}


# From recordings on that kernel in QEMU.
RECORDS: dict[str, list[dict[str, Any]]] = {
    "dummy": [insert("kernel/drivers/net/dummy.ko", 16384), remove("dummy")],
    "usbcore": [
        insert("kernel/drivers/usb/common/usb-common.ko", 20480),
        insert(
            "kernel/drivers/usb/core/usbcore.ko",
            348160,
            "<6>ACPI: bus type USB registered",
            "<6>usbcore: registered new interface driver usbfs",
            "<6>usbcore: registered new interface driver hub",
            "<6>usbcore: registered new device driver usb",
        ),
        remove(
            "usbcore",
            "<6>usbcore: deregistering device driver usb",
            "<6>usbcore: deregistering interface driver usbfs",
            "<6>usbcore: deregistering interface driver hub",
            "<6>ACPI: bus type USB unregistered",
        ),
        remove("usb_common"),
    ],
    "avx": [
        insert("kernel/crypto/cryptd.ko", 28672, "<6>cryptd: max_cpu_qlen set to 1000"),
        insert("kernel/crypto/crypto_simd.ko", 16384),
        insert("kernel/crypto/cast_common.ko", 16384),
        insert("kernel/crypto/cast5_generic.ko", 24576),
        refused("kernel/arch/x86/crypto/cast5-avx-x86_64.ko", 19, "<6>CPU feature 'AVX registers' is not supported."),
        remove("cast5_generic"),
    ],
    "pkcs8_key_parser": [
        insert(
            "kernel/crypto/asymmetric_keys/pkcs8_key_parser.ko", 16384, "<5>Asymmetric key parser 'pkcs8' registered"
        ),
        remove("pkcs8_key_parser", "<5>Asymmetric key parser 'pkcs8' unregistered"),
    ],
    "pata_legacy": [
        insert("kernel/drivers/scsi/scsi_common.ko", 16384),
        insert("kernel/drivers/scsi/scsi_mod.ko", 286720, "<5>SCSI subsystem initialized"),
        insert("kernel/drivers/ata/libata.ko", 409600, "<7>libata version 3.00 loaded."),
        refused("kernel/drivers/ata/pata_legacy.ko", 19),
        remove("libata"),
        remove("scsi_mod"),
        remove("scsi_common"),
    ],
    "target_core_file": [
        insert("kernel/crypto/crct10dif_common.ko", 16384),
        insert("kernel/fs/configfs/configfs.ko", 57344),
        insert("kernel/crypto/crct10dif_generic.ko", 16384),
        insert("kernel/lib/crc-t10dif.ko", 20480),
        insert("kernel/drivers/scsi/scsi_common.ko", 16384),
        insert(
            "kernel/drivers/target/target_core_mod.ko",
            450560,
            "<6>Rounding down aligned max_sectors from 4294967295 to 4294967288",
            "<3>db_root: cannot open: /etc/target",
        ),
        insert("kernel/drivers/target/target_core_file.ko", 28672),
        remove("target_core_file"),
        remove("target_core_mod"),
        remove("scsi_common"),
        remove("crc_t10dif"),
        remove("crct10dif_generic"),
        remove("configfs"),
        remove("crct10dif_common"),
    ],
    "usb_f_ecm": [
        insert("kernel/fs/configfs/configfs.ko", 57344),
        insert("kernel/drivers/usb/common/usb-common.ko", 20480),
        insert("kernel/drivers/usb/gadget/udc/udc-core.ko", 81920),
        insert("kernel/drivers/usb/gadget/libcomposite.ko", 90112),
        insert("kernel/drivers/usb/gadget/function/u_ether.ko", 32768),
        insert("kernel/drivers/usb/gadget/function/usb_f_ecm.ko", 24576),
        remove("usb_f_ecm"),
        remove("u_ether"),
        remove("libcomposite"),
        remove("udc_core"),
        remove("usb_common"),
        remove("configfs"),
    ],
    "it87_wdt": [
        insert("kernel/drivers/watchdog/watchdog.ko", 45056),
        refused("kernel/drivers/watchdog/it87_wdt.ko", 19, "<3>it87_wdt: no device"),
        remove("watchdog"),
    ],
    "test_static_keys": [
        insert("kernel/lib/test_static_key_base.ko", 16384),
        insert("kernel/lib/test_static_keys.ko", 20480),
        remove("test_static_keys"),
        remove("test_static_key_base"),
    ],
    "ts_fsm": [
        insert("kernel/lib/ts_fsm.ko", 16384),
        remove("ts_fsm"),
    ],
}


@pytest.mark.debian
@pytest.mark.parametrize("name", RECORDS)
def test_modules_do_what_they_did_on_the_real_kernel(name: str) -> None:
    """errno, size, taint and every line of the log are those of the recording."""
    tree = debian_tree() / "lib/modules" / RELEASE
    assert replay({"target": name, "events": RECORDS[name]}, tree) == Verdict(name)


@pytest.mark.debian
def test_a_difference_is_told() -> None:
    """What is not as recorded makes a target different, with both sides in words."""
    tree = debian_tree() / "lib/modules" / RELEASE
    verdict = replay({"target": "dummy", "events": [insert("kernel/drivers/net/dummy.ko", 4096)]}, tree)
    assert (verdict.word, verdict.differences[0].kind) == ("different", "size")
    assert (verdict.differences[0].expected, verdict.differences[0].actual) == ("4096", "16384")


@pytest.mark.parametrize(
    ("event", "lines", "same"),
    [
        ({"log": ["<6>a", "<6>b"]}, ["<6>a", "<6>b"], True),
        ({"log": ["<6>a", "<6>b"]}, ["<6>b", "<6>a"], False),
        ({"log": ["<6>a"]}, ["<5>a"], False),
        ({"log": ["<6>a", "<6>1 ms"], "unstable_lines": [1]}, ["<6>a", "<6>2 ms"], True),
        ({"log": ["<6>a", "<6>1 ms"], "unstable_lines": [1]}, ["<6>a"], False),
        ({"log": ["<6>a", "<6>x"], "unstable_lines": [1], "unstable": True}, ["<6>a"], True),
        ({"log": ["<6>a"], "late": ["<6>b"]}, ["<6>a", "<6>b"], True),
    ],
)
def test_unstable_lines_are_left_out(event: dict[str, Any], lines: list[str], same: bool) -> None:
    """A line that differs between recordings need only be there; if the event is unstable, not even that."""
    assert same_lines(event, lines) == same
