"""What kernels have of their own when no module is loaded."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.char import misc
from modtools.emulate.linux.drivers.input import input as input_
from modtools.emulate.linux.fs import char_dev
from modtools.emulate.linux.net.netlink import genetlink
from modtools.emulate.machine.builtin import builtin
from modtools.emulate.objects import sysfs
from modtools.emulate.symbols.structs import new, view
from tests.emulated import boot_profile

_DYNAMIC = 255


@pytest.fixture(params=["debian-12", "debian-13"])
def kernel(request: pytest.FixtureRequest) -> Guest:
    """Each of the built-in kernels, just booted."""
    pytest.importorskip("unicorn")
    return boot_profile(request.param)


def test_the_numbers_that_are_free(kernel: Guest) -> None:
    """Minors of miscellaneous devices go down from 127 or up from 256, majors from 254 down; each has taken some."""
    device, newer = new(kernel, "miscdevice"), kernel.profile.release.startswith("6.12")
    device.minor, device.name = _DYNAMIC, kernel.new_text(b"demo")
    assert misc.misc_register(kernel, device.address()) == 0
    assert device.minor == (260 if newer else 124)
    misc.misc_deregister(kernel, device.address())
    assert device.minor == (_DYNAMIC if newer else 124)
    name = kernel.new_text(b"demo")
    assert char_dev.register_region(kernel, 0, 0, 1, name) == (245 if newer else 246)


def test_the_number_of_the_first_input_device(kernel: Guest) -> None:
    """It is behind those that the kernel has made itself."""
    device = view(kernel, "input_dev", input_.input_allocate_device(kernel))
    assert sysfs.name(kernel, device.dev.address()) == f"input{1 + builtin(kernel).input_numbers}"


@pytest.mark.parametrize(("release", "first"), [("5.10.1", 127), ("6.1.9", 127), ("6.11", 127), ("6.12", 256)])
def test_another_kernel_has_what_the_one_before_has(release: str, first: int) -> None:
    """Of those that were looked at the newest one that is not newer, or the oldest."""
    guest = SimpleNamespace(profile=SimpleNamespace(release=release))
    assert builtin(guest).free_misc[0] == first  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "number", "group"), [(b"NET_DM", 20, 1), (b"VFS_DQUOT", 17, 17), (b"pmcraid", 18, 18), (b"demo", 20, 16)]
)
def test_some_families_have_a_multicast_group_of_their_own(guest: Guest, name: bytes, number: int, group: int) -> None:
    """As they have abused these numbers in earlier kernels."""
    family = new(guest, "genl_family")
    guest.memory.write(family.address("name"), name + b"\0")
    family.n_mcgrps = 1
    assert genetlink.genl_register_family(guest, family.address()) == 0
    assert (family.id, family.mcgrp_offset) == (number, group)
