"""What keeps a module from being unloaded, in the kernel's order, and what force can do."""

from __future__ import annotations

from typing import Any

import pytest

from modtools import causes
from modtools.causes import Kind
from modtools.errors import KernelError
from modtools.kernel.module.unload import delete
from modtools.kernel.modules import InitRecord, LoadedModule, ModuleState
from modtools.kernel.taint import Taint
from modtools.linuxerrno import EBUSY, ENOENT, EPERM, EWOULDBLOCK
from tests.kernel.module.test_resolve import kernel, log

LONG = "x" * 56


@pytest.mark.parametrize(
    ("fields", "errno", "kind", "force"),
    [
        ({}, 0, None, False),
        ({"users": ["a"], "refcount": 1}, EWOULDBLOCK, causes.USED_BY_MODULES, True),
        ({"users": ["a"], "refcount": 1, "state": ModuleState.GOING}, EWOULDBLOCK, causes.USED_BY_MODULES, True),
        ({"state": ModuleState.COMING}, EBUSY, causes.NOT_LIVE, True),
        ({"state": ModuleState.GOING, "refcount": 1}, EBUSY, causes.NOT_LIVE, True),
        ({"has_init": True}, EBUSY, causes.NO_EXIT, False),
        ({"has_init": True}, 0, None, True),
        ({"refcount": 2}, EWOULDBLOCK, causes.REFERENCES_HELD, False),
        ({"refcount": 2}, 0, None, True),
        ({"refcount": 2, "has_init": True}, EBUSY, causes.NO_EXIT, False),
        ({"has_init": True, "has_exit": True}, 0, None, False),
    ],
)
def test_why_a_module_stays(fields: dict[str, Any], errno: int, kind: Kind | None, force: bool) -> None:
    """With force, which taints, only what has no exit or is held goes, where the kernel was built for that."""
    for allowed in (True, False):
        into = kernel(force_unload=allowed)
        into.modules["m"] = LoadedModule("m", **{"state": ModuleState.LIVE, **fields})
        expected = errno or (0 if allowed or not force else EBUSY if fields.get("has_init") else EWOULDBLOCK)
        if expected:
            with pytest.raises(KernelError) as refused:
                delete(into, "m", force=force)
            assert refused.value.errno == expected
            assert kind is None or refused.value.causes[0].kind == kind
            assert (into.taint, list(into.modules)) == (0, ["m"])
        else:
            delete(into, "m", force=force)
            assert (into.taint, list(into.modules)) == (force << Taint.FORCED_RMMOD, [])


@pytest.mark.parametrize(
    ("name", "uid", "disabled", "errno", "kind"),
    [
        ("other", 0, False, ENOENT, causes.NOT_LOADED),
        ("other", 7, False, EPERM, causes.NOT_ROOT),
        ("m", 7, True, EPERM, causes.NOT_ROOT),
        ("m", 0, True, EPERM, causes.MODULES_DISABLED),
        ("", 0, False, ENOENT, causes.NOT_LOADED),
        (LONG, 0, False, ENOENT, causes.NOT_LOADED),
        (LONG[:55], 0, False, 0, None),
    ],
)
def test_who_may_unload_what(name: str, uid: int, disabled: bool, errno: int, kind: Kind | None) -> None:
    """Root, what is loaded and has a name of at most 55 bytes, until modules are disabled."""
    into = kernel()
    for each in ("m", "", LONG, LONG[:55]):
        into.modules[each] = LoadedModule(each, ModuleState.LIVE)
    into.modules_disabled = disabled
    if not errno:
        delete(into, name, uid=uid)
        assert name not in into.modules
        return
    with pytest.raises(KernelError) as refused:
        delete(into, name, uid=uid)
    assert (refused.value.errno, refused.value.causes[0].kind) == (errno, kind)


def test_what_a_module_used_is_given_back() -> None:
    """The module that it refers to can go then."""
    into = kernel()
    owner, user = LoadedModule("owner", ModuleState.LIVE), LoadedModule("user", ModuleState.LIVE)
    owner.users, owner.refcount, user.uses = ["user"], 1, ["owner"]
    into.modules["owner"], into.modules["user"] = owner, user
    delete(into, "user")
    assert (owner.users, owner.refcount) == ([], 0)
    delete(into, "owner")
    assert not into.modules


@pytest.mark.parametrize(
    ("init", "no_runner", "went", "lines"),
    [
        ("returned", "", "its code was not run", []),
        ("none", "", "its code was not run", []),
        ("returned", "no emulator", "no emulator", ["<4>m: exit: not run: no emulator"]),
        ("assumed", "", "as init was not", []),
        ("assumed", "no emulator", "as init was not", ["<4>m: exit: not run, as init was not"]),
    ],
)
def test_an_exit_that_is_not_run(init: str, no_runner: str, went: str, lines: list[str]) -> None:
    """It is taken for done, and said where somebody might expect otherwise."""
    into = kernel()
    into.no_runner = no_runner
    into.modules["m"] = LoadedModule("m", ModuleState.LIVE, has_exit=True, init=InitRecord(init))
    assert delete(into, "m") == InitRecord("assumed", 0, went)
    assert [line.partition(">")[2] for line in log(into)] == [line.partition(">")[2] for line in lines]
