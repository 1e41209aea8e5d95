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
        {
            "op": "insert",
            "module": "kernel/arch/x86/crypto/cast5-avx-x86_64.ko",
            "errno": 19,
            "log": ["<6>CPU feature 'AVX registers' is not supported."],
        },
        remove("cast5_generic"),
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
