"""How a call into a module's code ended, and what the kernel makes of that: the same ends for every kind of call."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from modtools import causes
from modtools.errors import KernelError, Killed, Segfault
from modtools.kernel.files.module_files import CodeFile
from modtools.kernel.module.init import run_init
from modtools.kernel.module.load_info import Load
from modtools.kernel.module.unload import delete
from modtools.kernel.modules import InitRecord, LoadedModule, ModuleState, Parameter
from modtools.kernel.params.live_params import get_parameter, set_parameter
from modtools.kernel.params.types import OWN
from modtools.kernel.runner import INTERRUPTED, End, FileEntry, Outcome
from modtools.kernel.state import Kernel
from modtools.linuxerrno import EACCES, EBUSY, EEXIST, EIO, ENODEV
from tests.kernel.module.test_resolve import kernel, log

ENDS = {
    "good": Outcome(End.RETURNED, 0),
    "refused": Outcome(End.RETURNED, -ENODEV),
    "interrupted": Outcome(End.RETURNED, -4, INTERRUPTED),
    "needs": Outcome(End.NEEDS, 0, "strlen"),
    "failed": Outcome(End.FAILED, 0, "too much"),
    "oops": Outcome(End.KILLED, 0, "Oops"),
    "fault": Outcome(End.KILLED, 0, "general protection fault"),
    "killed": Outcome(End.KILLED),
    "stuck": Outcome(End.STUCK, 0, "for ever"),
}
KILLED = {
    "oops": (Killed, causes.CODE_OOPSED), "fault": (Segfault, causes.CODE_OOPSED),
    "killed": (Killed, causes.CODE_OOPSED), "stuck": (Killed, causes.CODE_STUCK),
}  # fmt: skip
"""The ends that take the calling process with them."""
NOT_RUN = {"needs": "needs strlen", "failed": "too much"}
"""The ends of which nobody knows what would have come, in words."""


class Runner:
    """Answers every call in the same way, and notes what is asked."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome, self.asked = outcome, list[str]()

    def __getattr__(self, name: str) -> Any:
        def call(*_: object) -> Any:
            if name == "tell":  # which nobody listens to
                return Outcome(End.RETURNED)
            self.asked.append(name)
            both = {"read_file": b"text", "get_parameter": "text\n"}
            return (self.outcome, both[name]) if name in both else self.outcome

        return call


def end_of(call: Any, *arguments: Any, **named: Any) -> tuple[object, ...]:
    """What a call returns, or what it raises with which cause."""
    try:
        return "returned", call(*arguments, **named)
    except Killed as error:
        return type(error), error.causes[0].kind, error.causes[0].subject, error.causes[0].detail
    except KernelError as error:
        return error.errno, error.causes[0].kind, error.causes[0].subject, error.causes[0].detail


def running(end: str) -> tuple[Kernel, Runner]:
    """A kernel with such a runner."""
    into, runner = kernel(), Runner(ENDS[end])
    into.runner = runner
    return into, runner


def expected(end: str, what: str, good: object) -> tuple[object, ...]:
    """What comes of a call for somebody who wants its result."""
    if end in KILLED:
        return (*KILLED[end], what, ENDS[end].detail)
    if end in NOT_RUN:
        return EIO, causes.CODE_STOPPED, what, ENDS[end].detail
    if end == "refused":
        return ENODEV, causes.CODE_REFUSED, what, str(-ENODEV)
    return "returned", good


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("call", ["read", "write"])
def test_files_of_modules(end: str, call: str) -> None:
    """What a read or write ends with; a signal that came meanwhile ends the caller."""
    into, runner = running(end)
    node = CodeFile(0o100644, into, "/proc/mine", FileEntry(0o100644, ("proc", 1, 2), size=7, user=3, group=4))
    found = end_of(node.read) if call == "read" else end_of(node.write, b"x")
    if end == "interrupted":
        assert found == (Killed, causes.CODE_INTERRUPTED, "/proc/mine", "")
    else:
        assert found == expected(end, "/proc/mine", b"text" if call == "read" else None)
    said = [f"<4>/proc/mine: its function was not run to its end, {NOT_RUN[end]}"] if end in NOT_RUN else []
    assert (log(into), runner.asked) == (said, [f"{call}_file"])
    assert (node.size, node.owner, node.root_may, node.runs) == (7, (3, 4), True, True)


@pytest.mark.parametrize("key", ["proc", "dev", "sys", "bin", "own", "sysctl"])
def test_files_without_a_runner(key: str) -> None:
    """They are not to be had; those of sysfs and /proc/sys look at root's permissions, too."""
    into = kernel()
    node = CodeFile(0o100644, into, "/x", FileEntry(0o100644, (key, 1, 2)))
    for call in (node.read, lambda: node.write(b"x")):
        with pytest.raises(KernelError) as refused:
            call()
        assert refused.value.errno == EACCES
    assert node.root_may is (key in {"proc", "dev"})


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("call", ["get", "set"])
def test_parameters_with_functions_of_their_own(end: str, call: str) -> None:
    """They are fetched and stored around a call that sets; what interrupts is a value as any other."""
    into, runner = running(end)
    module, parameter = LoadedModule("m", ModuleState.LIVE), Parameter("p", OWN, 0o644, None)
    if call == "get":
        found = end_of(get_parameter, into, module, parameter)
    else:
        found = end_of(set_parameter, into, module, runner, parameter, "1")
    if end == "interrupted":
        assert found == (4, causes.CODE_REFUSED, "m: parameter p", "-4")
    else:
        assert found == expected(end, "m: parameter p", "text\n" if call == "get" else None)
    said = [f"<4>m: parameter p: its function was not run to its end, {NOT_RUN[end]}"] if end in NOT_RUN else []
    assert log(into) == said
    assert runner.asked == (["get_parameter"] if call == "get" else ["fetch", "store", "set_parameter"])


def test_parameters_in_memory() -> None:
    """Code may have changed a value, so it is fetched; one that is refused is stored as it was."""
    into, runner = running("good")
    module, parameter = LoadedModule("m", ModuleState.LIVE), Parameter("p", "int", 0o644, 7)
    assert get_parameter(into, module, parameter) == "7\n"
    set_parameter(into, module, runner, parameter, "8")
    with pytest.raises(KernelError):
        set_parameter(into, module, runner, parameter, "x")
    assert (parameter.value, runner.asked) == (8, ["fetch", "fetch", "store", "fetch", "store"])
    bare = kernel()
    set_parameter(bare, module, None, parameter, "9")
    assert get_parameter(bare, module, parameter) == "9\n"


def loading(into: Kernel, runner: Runner | None, *, has_init: bool = True) -> Load:
    """A module before its last step."""
    loaded = LoadedModule("m", ModuleState.COMING, refcount=1, has_init=has_init)
    load = Load(into, b"", 0, loaded, runner)
    load.undo.append(SimpleNamespace)  # type: ignore[arg-type]
    return load


@pytest.mark.parametrize("end", ENDS)
def test_init(end: str) -> None:
    """A module stays where its code died; what it needed is said, and it counts as loaded."""
    into, runner = running(end)
    load = loading(into, runner)
    found = end_of(run_init, load)
    if end == "interrupted":
        assert found == (Killed, causes.CODE_INTERRUPTED, "m: init", "")
    elif end in NOT_RUN:
        assert found == ("returned", None)
    else:
        assert found == expected(end, "m: init", None)
    lives = found[0] == "returned"
    assert load.loaded.init == InitRecord(ENDS[end].end, ENDS[end].value, ENDS[end].detail)
    assert (load.loaded.state is ModuleState.LIVE, load.loaded.refcount) == (lives, 1 if end in KILLED else 0)
    assert bool(load.undo) is (end not in KILLED)
    assert runner.asked == (["init", "live"] if lives else ["init"])
    assert log(into) == ([f"<4>m: init: not run to its end, {NOT_RUN[end]}"] if end in NOT_RUN else [])


@pytest.mark.parametrize(("release", "errno"), [("6.1", EEXIST), ("7.1", EBUSY)])
def test_an_init_that_says_it_is_there(release: str, errno: int) -> None:
    """Newer kernels keep EEXIST for a module that is loaded already."""
    into = kernel(release=release)
    assert end_of(run_init, loading(into, Runner(Outcome(End.RETURNED, -EEXIST))))[0] == errno


@pytest.mark.parametrize(("value", "said"), [(1, True), (0, False)])
def test_an_init_with_an_odd_value(value: int, said: bool) -> None:
    """It is loaded anyway, and the kernel wonders."""
    into = kernel()
    run_init(loading(into, Runner(Outcome(End.RETURNED, value))))
    lines = log(into)
    assert bool(lines) is said
    if said:
        assert lines[:2] == [
            "<4>do_init_module: 'm'->init suspiciously returned 1, it should follow 0/-E convention",
            "<4>do_init_module: loading module anyway...",
        ]
        assert "Comm: insmod" in lines[2]


@pytest.mark.parametrize(
    ("why", "no_runner", "detail"),
    [
        ("", "", "its code was not run"),
        ("", "no emulator", "no emulator"),
        ("another kernel", "no emulator", "another kernel"),
    ],
)
def test_an_init_that_is_not_run(why: str, no_runner: str, detail: str) -> None:
    """It is taken to return 0, with the reason; a module without init has none."""
    into = kernel()
    into.no_runner = no_runner
    load = loading(into, None)
    load.not_run = why
    run_init(load)
    assert load.loaded.init == InitRecord("assumed", 0, detail)
    assert (load.loaded.state, bool(log(into))) == (ModuleState.LIVE, bool(why or no_runner))
    none = loading(into, Runner(ENDS["refused"]), has_init=False)
    run_init(none)
    assert none.loaded.init == InitRecord("none")


@pytest.mark.parametrize("end", ENDS)
def test_exit(end: str) -> None:
    """Its value does not count; where it died the module is going for ever; what it needed is said."""
    into, runner = running(end)
    into.modules["m"] = module = LoadedModule("m", ModuleState.LIVE, has_exit=True)
    found = end_of(delete, into, "m")
    if end in KILLED:
        assert found == (*KILLED[end], "m: exit", ENDS[end].detail)
        assert (module.state, runner.asked) == (ModuleState.GOING, ["exit"])
    else:
        assert found == ("returned", InitRecord(ENDS[end].end, ENDS[end].value, ENDS[end].detail))
        assert ("m" in into.modules, runner.asked) == (False, ["exit", "forget"])
    assert log(into) == ([f"<4>m: exit: not run to its end, {NOT_RUN[end]}"] if end in NOT_RUN else [])
