"""Programs that build initramfs images: initramfs-tools and dracut."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clients import content, machine
from tests.clients.machine import Machine
from tests.reference import RELEASE

pytestmark = [pytest.mark.clients, pytest.mark.kmod, pytest.mark.debian, pytest.mark.slow]

ITSELF = {"usr/bin/kmod", "main/usr/bin/kmod"}
"""The program itself, which is put into images and is another one here."""


@pytest.fixture
def machines(tmp_path: Path) -> tuple[Machine, Machine]:
    """A machine with pymod, and one with kmod."""
    return machine.both(tmp_path)


def compare_images(machines: tuple[Machine, Machine], name: str) -> content.Content:
    """Both machines' images have the same files, with the same in them but for kmod itself. Returns kmod's."""
    ours, theirs = (content.of_image(one.folder / name, one.folder / "unpacked") for one in machines)
    assert ours.keys() == theirs.keys()
    assert content.different(ours, theirs) <= ITSELF
    return theirs


def modules(image: content.Content) -> list[str]:
    """The names of the modules in an image."""
    return [name for name in image if name.endswith(".ko")]


@pytest.mark.parametrize(("kinds", "least"), [("most", 500), ("list", 1)])
def test_initramfs_tools_make_the_same_image(machines: tuple[Machine, Machine], kinds: str, least: int) -> None:
    """update-initramfs, and by it mkinitramfs, with some 800 calls of modprobe and modinfo and one of depmod."""
    for one in machines:
        one.run("sh", "-c", _UPDATE, KINDS=kinds)
    assert len(modules(compare_images(machines, f"boot/initrd.img-{RELEASE}"))) >= least


_UPDATE = f"""
sed "s/^MODULES=.*/MODULES=$KINDS/" /etc/initramfs-tools/initramfs.conf >/mnt/initramfs.conf
echo ext4 >/mnt/modules
for file in initramfs.conf modules; do mount --bind /mnt/$file /etc/initramfs-tools/$file; done
update-initramfs -c -k {RELEASE}
"""


def test_dracut_makes_the_same_image(machines: tuple[Machine, Machine]) -> None:
    """dracut with everything that it can put into an image, for any machine."""
    for one in machines:
        one.run("dracut", "--no-hostonly", "--compress=gzip -1", "--kver", RELEASE, "/mnt/image")
    assert len(modules(compare_images(machines, "out/image"))) > 500
