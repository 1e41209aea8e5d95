"""What a module says of itself, and what the kernel says then and is tainted by."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from modtools import causes
from modtools.errors import KernelError
from modtools.kernel.module import modinfo_check as checks
from modtools.kernel.modules import LoadedModule, ModuleState
from modtools.kernel.state import Kernel
from modtools.kernel.taint import Taint
from modtools.linuxerrno import ENOEXEC
from tests.kernel.module.test_resolve import kernel, log

Check = Callable[[Kernel, LoadedModule, Mapping[str, str]], None]
SPECTRE = "<3>Spectre V2 : System may be vulnerable to spectre v2"
NO_RETPOLINE = "<4>mine: loading module not compiled with retpoline compiler."
STAGING = "<4>mine: module is from the staging directory, the quality is unknown, you have been warned."
OUT_OF_TREE = "<4>mine: loading out-of-tree module taints kernel."
LOCKDEP = "<4>Disabling lock debugging due to kernel taint"


@pytest.mark.parametrize(
    ("check", "fields", "taint", "lines"),
    [
        (checks.taint_out_of_tree, {}, Taint.OOT_MODULE, [OUT_OF_TREE]),
        (checks.taint_out_of_tree, {"intree": "Y"}, None, []),
        (checks.taint_staging, {"staging": "Y"}, Taint.CRAP, [STAGING]),
        (checks.taint_staging, {}, None, []),
        (checks.taint_test, {"test": "Y"}, Taint.TEST, ["<4>mine: loading test module taints kernel."]),
        (checks.taint_test, {}, None, []),
        (
            checks.taint_livepatch,
            {"livepatch": "Y"},
            Taint.LIVEPATCH,
            ["<5>mine: tainting kernel with TAINT_LIVEPATCH"],
        ),
        (checks.taint_livepatch, {}, None, []),
        (
            checks.taint_license,
            {},
            Taint.PROPRIETARY_MODULE,
            ["<4>mine: module license 'unspecified' taints kernel.", LOCKDEP],
        ),
        (
            checks.taint_license,
            {"license": "gpl"},
            Taint.PROPRIETARY_MODULE,
            ["<4>mine: module license 'gpl' taints kernel.", LOCKDEP],
        ),
        *((checks.taint_license, {"license": text}, None, []) for text in ("GPL", "GPL v2", "Dual MIT/GPL")),
        *(
            (checks.taint_license, {"license": text}, None, [])
            for text in ("GPL and additional rights", "Dual BSD/GPL", "Dual MPL/GPL")
        ),
    ],
)
def test_taints(check: Check, fields: dict[str, str], taint: Taint | None, lines: list[str]) -> None:
    """Kernel and module get the bit; what the kernel says of it, it says once."""
    into, module = kernel(), LoadedModule("mine", ModuleState.COMING)
    check(into, module, fields)
    bits = 0 if taint is None else 1 << taint
    assert (into.taint, module.taints, log(into)) == (bits, bits, lines)
    check(into, module, fields)
    assert log(into) == lines + lines * (check is checks.taint_staging)


@pytest.mark.parametrize(
    ("name", "of_kernel", "of_module"), [("driverloader", 1, 1), ("lve", 1, 1), ("ndiswrapper", 1, 0), ("mine", 0, 0)]
)
def test_names_that_taint(name: str, of_kernel: int, of_module: int) -> None:
    """Two are proprietary whatever they say; one may use what is for the GPL, and taints the kernel."""
    into, module = kernel(), LoadedModule(name, ModuleState.COMING)
    checks.taint_name(into, module, {"license": "GPL"})
    assert (into.taint, module.taints) == (of_kernel, of_module)


@pytest.mark.parametrize(
    ("retpoline", "fields", "lines"),
    [(True, {}, [SPECTRE, NO_RETPOLINE]), (True, {"retpoline": "Y"}, []), (False, {}, [])],
)
def test_retpolines(retpoline: bool, fields: dict[str, str], lines: list[str]) -> None:
    """A kernel that was built with them warns of modules that were not."""
    into = kernel(retpoline=retpoline)
    checks.warn_retpoline(into, LoadedModule("mine", ModuleState.COMING), fields)
    assert log(into) == lines


@pytest.mark.parametrize("livepatch", [True, False])
def test_live_patches(livepatch: bool) -> None:
    """A kernel without them refuses one, with a line that it forgets to end."""
    into, module = kernel(livepatch=livepatch), LoadedModule("mine", ModuleState.COMING)
    checks.check_livepatch(into, module, {})
    if livepatch:
        checks.check_livepatch(into, module, {"livepatch": "Y"})
        assert into.log.records == []
        return
    with pytest.raises(KernelError) as refused:
        checks.check_livepatch(into, module, {"livepatch": "Y"})
    assert (refused.value.errno, refused.value.causes[0].kind) == (ENOEXEC, causes.LIVEPATCH_DISABLED)
    text = "mine: module is marked as livepatch module, but livepatch support is disabled"
    assert ([record.text for record in into.log.records], into.log.open) == ([text], True)


@pytest.mark.parametrize(
    ("vermagic", "versioned", "refused"),
    [
        ("6.1 SMP ", False, False),
        ("6.1 SMP ", True, False),
        ("6.2 SMP ", True, False),
        ("6.2 SMP ", False, True),
        ("6.1 SMP preempt ", True, True),
        ("6.1", True, True),
        (" SMP ", True, False),
    ],
)
def test_vermagic(vermagic: str, versioned: bool, refused: bool) -> None:
    """With CRCs, the release in it does not count."""
    into, forced = kernel(), list[str]()
    assert checks.same_magic(vermagic, into.identity.vermagic, versioned) is not refused
    assert checks.same_magic(into.identity.vermagic, vermagic, versioned) is not refused
    if not refused:
        checks.check_vermagic(into, vermagic, "mine", versioned, forced.append)
        assert log(into) == []
    else:
        with pytest.raises(KernelError) as error:
            checks.check_vermagic(into, vermagic, "mine", versioned, forced.append)
        assert error.value.errno == ENOEXEC
        assert log(into) == [f"<3>mine: version magic '{vermagic}' should be '6.1 SMP '"]
    checks.check_vermagic(into, None, "mine", versioned, forced.append)
    assert forced == ["bad vermagic"]


def test_magics_of_one_word() -> None:
    """Without a blank nothing of them counts where CRCs are compared."""
    assert checks.same_magic("6.1", "6.2", True)
    assert not checks.same_magic("6.1", "6.2", False)
    assert not checks.same_magic("6.1", "6.2 SMP", True)
