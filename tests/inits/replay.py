"""Replay one recorded target on a kernel that was just booted, and compare what it answers.

A recording is a line of JSON: `target`, and `events`, each an `insert` of a module's path or a `remove` of its name
with `errno`, and after a successful insert `size` and `taint`; `log` has the lines as `<level>text`, `late` those that
came just after. `unstable_lines` are numbers of lines that differ between recordings; where an event is `unstable`, how
many lines there are differs, too.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from modtools import profiles
from modtools.emulate import compatibility
from modtools.emulate.runner import EmulatedRunner
from modtools.errors import KernelError, Killed
from modtools.formats import compression
from modtools.kernel.identity import build_options
from modtools.kernel.module.load import insert
from modtools.kernel.module.unload import delete
from modtools.kernel.modules import LoadedModule
from modtools.kernel.runner import End, Outcome
from modtools.kernel.state import Kernel
from modtools.kernel.taint import module_letters
from modtools.store import Store

COMMAND_LINE = (
    "loglevel=1 quiet nokaslr tsc=unstable clocksource=hpet nowatchdog rcupdate.rcu_cpu_stall_suppress=1 "
    "log_buf_len=4M printk.devkmsg=on panic=-1 console=ttyS1"
)
"""That of the recorded machine."""
_UNFINISHED = ": not run to its end, needs "


@dataclass(frozen=True, slots=True)
class Difference:
    """What is not as recorded: kind (errno, size, taint, log, time), the event, both sides in words."""

    kind: str
    event: str
    expected: str
    actual: str


@dataclass(slots=True)
class Verdict:
    """How a target went: equal if nothing is noted. `needs` is the first thing that was not provided."""

    target: str
    needs: str = ""
    differences: list[Difference] = field(default_factory=list)

    @property
    def word(self) -> str:
        """One of the three sorts that are counted."""
        return "needs" if self.needs else "different" if self.differences else "equal"


class Recorder(EmulatedRunner):
    """A runner that remembers the first call that could not be run to its end."""

    stopped = ""

    def _run(self, call: Any) -> Outcome:
        try:
            outcome = super()._run(call)
        except Exception as error:  # noqa: BLE001 - a mistake in a kernel function counts as one that is not there
            where = traceback.extract_tb(error.__traceback__)[-1]
            outcome = Outcome(
                End.FAILED, 0, f"{type(error).__name__} {error} ({Path(where.filename).name}:{where.lineno})"
            )
        if outcome.end in (End.NEEDS, End.FAILED):
            self.stopped = self.stopped or outcome.detail
        return outcome

    def init(self, module: LoadedModule) -> Outcome:
        """Call init; a module that another one kept from running counts for what that one needs."""
        outcome = super().init(module)
        if outcome.end is End.NEEDS:
            self.stopped = self.stopped or outcome.detail
        return outcome


@cache
def image(path: Path) -> bytes:
    """The contents of a module's file, unpacked."""
    return compression.decompress(path.read_bytes())


def new_kernel(name: str = profiles.DEFAULT) -> Kernel:
    """A kernel like the recorded one, just booted."""
    profile, store = profiles.load(name), Store(Path("/nonexistent/state.json"))
    kernel = store.boot(
        store.default().identity._replace(
            release=profile.release,
            vermagic=profile.vermagic,
            version=profile.version,
            profile=profile.name,
            booted_from=f"the built-in profile {profile.title}",
            machine=profile.machine,
            config=build_options(profile.config),
            cmdline=COMMAND_LINE,
        )
    )
    kernel.program = "init"
    return kernel


def replay(record: dict[str, Any], tree: Path, kernel_name: str = profiles.DEFAULT) -> Verdict:
    """Do all that was done, and compare, until something is missing or differs."""
    kernel = new_kernel(kernel_name)
    if why := compatibility.why_not(kernel):
        return _without_code(record, tree, kernel, why)
    runner = kernel.runner = Recorder(kernel, isolated=False)
    verdict = Verdict(record["target"])
    for event in record["events"]:
        known = kernel.log.first + len(kernel.log.records)
        errno, module = _perform(kernel, event, tree)
        lines = _lines(kernel, known)
        runner.stopped = runner.stopped or _unfinished(lines)
        if runner.stopped:
            verdict.needs = runner.stopped
            break
        verdict.differences += _compare(event, errno, module, lines)
        if verdict.differences:
            break
    return verdict


def _without_code(record: dict[str, Any], tree: Path, kernel: Kernel, why: str) -> Verdict:
    """Compare what does not depend on modules' code, as far as what depends on it does not show.

    That are sizes, taints, and the lines that loading logs: each of ours must be among the recorded ones.
    """
    verdict, kernel.no_runner = Verdict(record["target"]), why
    for event in record["events"]:
        known = kernel.log.first + len(kernel.log.records)
        errno, module = _perform(kernel, event, tree)
        lines = [line for line in _lines(kernel, known) if ": not run, " not in line]
        if errno == 0 != event["errno"]:
            verdict.needs = f"the code of {Path(event['module']).name.partition('.')[0]}"
            break
        recorded = event["log"] + event.get("late", [])
        told = {
            "log": [line for line in lines if line in recorded],
            "late": [],
            "unstable": False,
            "unstable_lines": (),
        }
        verdict.differences += _compare(event | told, errno, module, lines)
        if verdict.differences:
            break
    return verdict


def _perform(kernel: Kernel, event: dict[str, Any], tree: Path) -> tuple[int | None, LoadedModule | None]:
    """Insert or remove; the errno, None if the call did not return, and the module that is there now."""
    try:
        if event["op"] == "remove":
            delete(kernel, event["module"])
            return 0, None
        path = tree / event["module"]
        return 0, insert(kernel, image(path), path=str(path))
    except Killed:
        return None, None
    except KernelError as error:
        return error.errno, None


def _lines(kernel: Kernel, known: int) -> list[str]:
    """The messages from a number on, the open one included."""
    records = kernel.log.records[max(known - kernel.log.first, 0) :]
    return [f"<{record.facility * 8 + record.level}>{record.text}" for record in records]


def _unfinished(lines: list[str]) -> str:
    """What work that runs by itself could not be done without."""
    return next((line.partition(_UNFINISHED)[2] for line in lines if _UNFINISHED in line), "")


def _compare(
    event: dict[str, Any], errno: int | None, module: LoadedModule | None, lines: list[str]
) -> Iterator[Difference]:
    name = f"{event['op']} {Path(event['module']).stem}"
    if errno != event["errno"]:
        yield Difference("errno", name, str(event["errno"]), str(errno))
    elif module is not None:
        for kind, actual in (("size", module.core_size), ("taint", module_letters(module.taints))):
            if event[kind] != actual:
                yield Difference(kind, name, str(event[kind]), str(actual))
    if not same_lines(event, lines):
        yield Difference("log", name, "\n".join(event["log"] + event.get("late", [])), "\n".join(lines))


def same_lines(event: dict[str, Any], lines: list[str]) -> bool:
    """Whether the log is as recorded, the unstable lines left out."""
    unstable = set(event.get("unstable_lines", ()))
    recorded = event["log"]
    stable = [line for at, line in enumerate(recorded) if at not in unstable] + event.get("late", [])
    if event.get("unstable"):
        remaining = iter(lines)
        return all(line in remaining for line in stable)
    if not unstable:
        return bool(lines == stable)
    if len(lines) != len(recorded) + len(event.get("late", ())):
        return False
    expected = recorded + event.get("late", [])
    return all(at in unstable or line == expected[at] for at, line in enumerate(lines))
