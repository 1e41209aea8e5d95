"""The calls that a tool made to the kernel, how they ended, and which code was not run to its end.

A module whose init stopped at something that pymod does not have counts as loaded. The user is told so, and with
--strict the exit status is NOT_RUN.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress

from modtools import causes
from modtools.command import Call
from modtools.errors import Cause, KernelError, Killed
from modtools.kernel.module.relocation import applies
from modtools.kernel.modules import InitRecord
from modtools.kernel.runner import INTERRUPTED, End
from modtools.kernel.state import REFUSED_AT, Kernel, Refusal
from modtools.light import NamedTuple
from modtools.report import Message, Part, Report, Table, Value

NOT_RUN = 3
"""Exit status with --strict where code was not run to its end, and nothing failed."""


_MOST = 100
"""Lines and causes of a refusal that are kept."""


class KernelCall(NamedTuple):
    """One call to the kernel, to `insert` or `remove` a module, and its outcome.

    `code` is how init or exit ended, None where it was not reached; `log` are the lines that were logged meanwhile;
    `died` is how the kernel killed the process, None if it did not; `linked` is false for a module whose relocations
    were not applied.
    """

    action: str
    module: str
    path: str
    errno: int = 0
    causes: tuple[Cause, ...] = ()
    code: InitRecord | None = None
    log: tuple[str, ...] = ()
    died: Killed | None = None
    linked: bool = True

    @property
    def function(self) -> str:
        """The name of the module's function that the call runs."""
        return "init" if self.action == "insert" else "exit"

    @property
    def stopped(self) -> bool:
        """Whether its code was begun, and not run to its end."""
        return self.code is not None and self.code.how in (End.NEEDS, End.FAILED)

    @property
    def succeeded(self) -> bool:
        """Whether the kernel did what it was asked for."""
        return not self.errno and self.died is None

    @property
    def assumed(self) -> bool:
        """Whether it succeeded, and its code was not run, or not to its end."""
        return self.succeeded and self.code is not None and self.code.how not in ("none", End.RETURNED)


Ended = tuple[str, InitRecord]
"""The name of a module, and how its init or exit ended."""


@contextmanager
def recorded(
    calls: list[KernelCall], kernel: Kernel, action: str, module: str, path: str = ""
) -> Iterator[list[Ended]]:
    """Record the call that is made in a `with` block, also where it raises KernelError or Killed.

    A call that succeeds appends the module's name, and how its code ended, to the list that is yielded.
    """
    log, ended = kernel.log, list[Ended]()
    start = log.first + len(log.records)
    this = KernelCall(action, module, path)
    try:
        yield ended
    except (KernelError, Killed) as error:
        errno, died = (0, error) if isinstance(error, Killed) else (error.errno, None)
        this = this._replace(errno=errno, causes=error.causes, died=died, code=_by_cause(this, error.causes))
        said = shlex.join((kernel.program, path or module))
        kernel.refusal = Refusal(said, REFUSED_AT[0], module, path, errno, causes=error.causes[:_MOST])
        raise
    else:
        linked = action != "insert" or applies(kernel)
        this = this._replace(module=ended[0][0], code=ended[0][1], linked=linked)
    finally:
        lines = [line for record in log.readable()[max(0, start - log.first) :] for line in record.text.split("\n")]
        calls.append(this._replace(log=tuple(lines)))
        if not calls[-1].succeeded and kernel.refusal is not None:
            kernel.refusal = kernel.refusal._replace(log=tuple(lines[-_MOST:]))


_BY_CAUSE = {
    causes.CODE_REFUSED: End.RETURNED,
    causes.CODE_OOPSED: End.KILLED,
    causes.CODE_STUCK: End.STUCK,
    causes.CODE_INTERRUPTED: INTERRUPTED,
}


def _by_cause(this: KernelCall, found: Sequence[Cause]) -> InitRecord | None:
    """Return how init or exit ended, if that is why the kernel refused or killed; None for other causes."""
    for cause in found:
        if cause.kind in _BY_CAUSE and cause.subject.endswith(f": {this.function}"):
            value = int(cause.detail) if cause.kind == causes.CODE_REFUSED else 0
            return InitRecord(_BY_CAUSE[cause.kind], value, "" if value else cause.detail)
    return None


def report(
    call: Call,
    parts: Sequence[Part],
    calls: Sequence[KernelCall],
    status: int,
    *,
    strict: bool,
    syslog: bool,
) -> Report:
    """Return the tool's report: its own parts, warnings about code that was not run, and for JSON all calls."""
    more: list[Part] = [] if call.linked else list(_warnings(call, calls, strict))
    died = next((each.died for each in calls if each.died is not None), None)
    if call.as_json:
        more.append(Table("calls", [_row(each) for each in calls], ""))
    if died is not None:
        status = 128 + died.number
    elif strict and not status and any(each.assumed or not each.linked for each in calls):
        status = NOT_RUN
    return Report((*parts, *more), status=status, syslog=syslog, died=died)


def report_first(call: Call) -> AbstractContextManager[None]:
    """With --json, let the report be printed before the process dies: suppress Killed until then."""
    return suppress(Killed) if call.as_json else nullcontext()


def _warnings(call: Call, calls: Sequence[KernelCall], strict: bool) -> Iterator[Message]:
    if call.has("quiet"):
        return
    for each in calls:
        if each.assumed and each.code is not None and (each.stopped or strict):
            begun = "not run to its end" if each.stopped else "not run"
            why = f"needs {each.code.detail}" if each.code.how == End.NEEDS else each.code.detail
            taken = ", taken to return 0" if each.function == "init" else ""
            yield Message(f"{each.module}: {each.function} was {begun}{taken}: {why}", "WARNING")
        if strict and not each.linked:
            yield Message(f"{each.module}: its relocations were not applied: they may not fit", "WARNING")


def _row(each: KernelCall) -> dict[str, Value]:
    """Return a call as a row for JSON (docs/json.md)."""
    code = each.code
    return {
        "action": each.action,
        "module": each.module,
        "path": each.path,
        "errno": each.errno,
        "killed": each.died is not None,
        "causes": [cause._asdict() for cause in each.causes],
        "linked": each.linked,
        "function": each.function,
        "how": None if code is None else str(code.how),
        "value": None if code is None else code.value,
        "detail": "" if code is None else code.detail,
        "log": list(each.log),
    }
