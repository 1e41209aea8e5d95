"""What a tool asked of the kernel, how that went, and what of it nobody knows.

A module whose init stopped at something that pymod does not have counts as loaded. Who loads it is told so, and with
--strict nothing counts as done that was not really run to its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import NamedTuple

from modtools import causes
from modtools.command import Call
from modtools.errors import Cause, KernelError, Killed
from modtools.kernel.modules import InitRecord
from modtools.kernel.runner import INTERRUPTED, End
from modtools.kernel.state import Kernel
from modtools.report import Message, Part, Report, Table, Value

NOT_RUN = 3
"""Exit status with --strict where code was not run to its end, and nothing else went wrong."""


class Asked(NamedTuple):
    """One thing that was asked: to `insert` or `remove` a module, and what came of it.

    `code` is how init or exit went, None where it did not come to that; `log` are the lines that were logged meanwhile;
    `died` says that the process was killed.
    """

    action: str
    module: str
    path: str
    errno: int = 0
    causes: tuple[Cause, ...] = ()
    code: InitRecord | None = None
    log: tuple[str, ...] = ()
    died: bool = False

    @property
    def function(self) -> str:
        """Which of the module's functions is run."""
        return "init" if self.action == "insert" else "exit"

    @property
    def stopped(self) -> bool:
        """Whether its code was begun, and not run to its end."""
        return self.code is not None and self.code.how in (End.NEEDS, End.FAILED)

    @property
    def unproved(self) -> bool:
        """Whether it succeeded, and its code was not run, or not to its end."""
        return self.code is not None and self.code.how not in ("none", End.RETURNED) and not (self.errno or self.died)


Went = tuple[str, InitRecord]
"""The name of a module, and how its init or exit went."""


@contextmanager
def noted(asked: list[Asked], kernel: Kernel, action: str, module: str, path: str = "") -> Iterator[list[Went]]:
    """Note what is asked in a `with`, also where it raises KernelError or Killed.

    Who succeeds puts into the list which module it was, and how its code went.
    """
    log, went = kernel.log, list[Went]()
    start = log.first + len(log.records)
    this = Asked(action, module, path)
    try:
        yield went
    except (KernelError, Killed) as error:
        errno, died = (0, True) if isinstance(error, Killed) else (error.errno, False)
        this = this._replace(errno=errno, causes=error.causes, died=died, code=_by_cause(this, error.causes))
        raise
    else:
        this = this._replace(module=went[0][0], code=went[0][1])
    finally:
        lines = [line for record in log.readable()[max(0, start - log.first) :] for line in record.text.split("\n")]
        asked.append(this._replace(log=tuple(lines)))


_BY_CAUSE = {
    causes.CODE_REFUSED: End.RETURNED,
    causes.CODE_OOPSED: End.KILLED,
    causes.CODE_STUCK: End.STUCK,
    causes.CODE_INTERRUPTED: INTERRUPTED,
}


def _by_cause(this: Asked, found: Sequence[Cause]) -> InitRecord | None:
    """How init or exit went that is why the kernel refused, or killed."""
    for cause in found:
        if cause.kind in _BY_CAUSE and cause.subject.endswith(f": {this.function}"):
            value = int(cause.detail) if cause.kind == causes.CODE_REFUSED else 0
            return InitRecord(_BY_CAUSE[cause.kind], value, "" if value else cause.detail)
    return None


def report(
    call: Call,
    parts: Sequence[Part],
    asked: Sequence[Asked],
    status: int,
    *,
    strict: bool,
    syslog: bool,
) -> Report:
    """The tool's answer: its own parts, what nobody knows, and for JSON all that was asked."""
    more: list[Part] = [] if call.linked else list(_warnings(call, asked, strict))
    died = any(each.died for each in asked)
    if call.as_json:
        more.append(Table("calls", [_row(each) for each in asked], ""))
    if died:
        status = 128 + Killed.number
    elif strict and not status and any(each.unproved for each in asked):
        status = NOT_RUN
    return Report((*parts, *more), status=status, syslog=syslog, died=died)


def last_words(call: Call) -> AbstractContextManager[None]:
    """Let the report be written before the process dies, where it is JSON."""
    return suppress(Killed) if call.as_json else nullcontext()


def _warnings(call: Call, asked: Sequence[Asked], strict: bool) -> Iterator[Message]:
    if call.has("quiet"):
        return
    for each in asked:
        if each.unproved and each.code is not None and (each.stopped or strict):
            begun = "not run to its end" if each.stopped else "not run"
            why = f"needs {each.code.detail}" if each.code.how == End.NEEDS else each.code.detail
            taken = ", taken to return 0" if each.function == "init" else ""
            yield Message(f"{each.module}: {each.function} was {begun}{taken}: {why}", "WARNING")


def _row(each: Asked) -> dict[str, Value]:
    """Return a call as a row for JSON (docs/json.md)."""
    code = each.code
    return {
        "action": each.action,
        "module": each.module,
        "path": each.path,
        "errno": each.errno,
        "killed": each.died,
        "causes": [cause._asdict() for cause in each.causes],
        "function": each.function,
        "how": None if code is None else str(code.how),
        "value": None if code is None else code.value,
        "detail": "" if code is None else code.detail,
        "log": list(each.log),
    }
