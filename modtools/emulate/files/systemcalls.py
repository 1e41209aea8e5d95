"""System calls of programs on files: each is a task of the scheduler's, which sleeps while its driver waits.

Table `calls`, by number: the task, who is told of the end, what is called (a key of `fileops.STEPS`), the number of the
open file, or for "open" the row that it will have, and what `fileops.Prepared` keeps; when it has ended, "end" and
"detail" of an `Outcome`, the result and bytes. Whoever waits for it may be another process of the host than the one in
which it ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from modtools.emulate.files import openfiles
from modtools.emulate.files.fileops import STEPS, Answer, Key, OpenFile, Prepared
from modtools.emulate.files.openfiles import Row
from modtools.emulate.tasks import callers, signals, threads
from modtools.integers import signed
from modtools.kernel.runner import Caller, End, OpenEntry, Outcome
from modtools.linuxerrno import EBADF

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


SEEKABLE, FLUSHES = 1, 2
"""What is told of a file that has been opened: it can be sought, its driver is told of each close(2)."""


def table(guest: Guest) -> dict[int, Row]:
    """Return the system calls that nobody has been told of the end of, by their numbers."""
    return guest.table("calls")


def begin_open(guest: Guest, caller: Caller, key: Key, flags: int, entry: OpenEntry) -> int:
    """Begin to open a file with the flags of open(2); return the number of the call, whose result is the file's."""
    opened = openfiles.new_row(guest, key, flags, entry)
    if not openfiles.has_structures(opened):
        return _ended(
            guest, {"what": "open", "holder": entry.holder}, (openfiles.add(guest, opened), bytes([SEEKABLE]))
        )
    file = OpenFile(guest, stored=opened)
    prepared = STEPS["open"][0](file, key)
    opened |= file.store()
    return _begin(guest, caller, {"what": "open", "holder": entry.holder, "row": opened}, prepared)


def begin(guest: Guest, caller: Caller, number: int, what: str, *arguments: Any) -> int:
    """Begin a system call on an open file; return the number of the call, or -EBADF where no such file is open."""
    opened = openfiles.table(guest).get(number)
    if opened is None:
        return -EBADF
    call: Row = {"what": what, "holder": opened["holder"], "file": number}
    answer = openfiles.at_once(guest, opened, what, *arguments)
    if answer is not None:
        return _ended(guest, call, answer)
    return _begin(guest, caller, call, STEPS[what][0](OpenFile(guest, stored=opened), *arguments))


def _begin(guest: Guest, caller: Caller, call: Row, prepared: Prepared | Answer) -> int:
    if not isinstance(prepared, Prepared):
        return _ended(guest, call, prepared)
    number = _number(guest, call)
    task = callers.task_of(guest, caller, number)
    call |= {"task": task, "kept": prepared.kept}
    threads.begin(guest, task, prepared.function, *prepared.arguments)
    guest.table("tasks")[task] |= {"call": number, "signals": 0}
    guest.scheduler.resume(task)
    return number


def _number(guest: Guest, call: Row) -> int:
    numbers = guest.table("serial")
    numbers["call"] = numbers.get("call", 0) + 1
    table(guest)[numbers["call"]] = call
    return int(numbers["call"])


def _ended(guest: Guest, call: Row, answer: Answer) -> int:
    """Enter a call that has ended already; return its number."""
    number = _number(guest, call)
    _tell(guest, call, answer)
    return number


def _tell(guest: Guest, call: Row, answer: Answer) -> None:
    """Note what a call has come to."""
    result, data = answer
    if call["what"] == "open" and result == 0 and "row" in call:
        file = OpenFile(guest, stored=call["row"])
        data = bytes([SEEKABLE * file.seekable | FLUSHES * bool(file.functions.flush)])
        result = openfiles.add(guest, call["row"])
    if call["what"] == "release" or (call["what"] == "open" and result < 0):
        openfiles.forget(guest, call.get("file", 0))
    call |= {"end": str(End.RETURNED), "detail": "", "result": result, "data": data}


def finish(guest: Guest) -> None:
    """Finish the calls whose driver has returned, or has come to an end in another way."""
    tasks = guest.table("tasks")
    for call in [call for call in table(guest).values() if "end" not in call and tasks[call["task"]]["done"]]:
        task = tasks[call["task"]]
        end, _, detail = task.pop("stopped", None) or (End.RETURNED if "value" in task else End.KILLED, 0, "")
        task["call"] = 0
        if end != End.RETURNED:
            call |= {"end": str(end), "detail": detail, "result": 0, "data": b""}
            callers.lose(guest, call["task"])
            continue
        signals.send(guest, call["task"], 0)
        opened = call["row"] if call["what"] == "open" else openfiles.table(guest)[call["file"]]
        result = signed(task.pop("value"))
        _tell(guest, call, STEPS[call["what"]][1](OpenFile(guest, stored=opened), call["kept"], result))


def holders(guest: Guest) -> dict[int, int]:
    """Return who is to be told of each call, by its number: the process that is going to close its file."""
    return {number: call["holder"] for number, call in table(guest).items()}


def take_ended(guest: Guest, holder: int) -> list[tuple[int, Outcome, bytes]]:
    """Take the calls that have ended, of which this process is to be told, out of the table; return number, outcome and
    bytes of each.
    """
    ended = [(number, call) for number, call in table(guest).items() if "end" in call and call["holder"] == holder]
    for number, _ in ended:
        del table(guest)[number]
    return [(number, Outcome(End(c["end"]), c["result"], c["detail"]), c["data"]) for number, c in ended]


def signal(guest: Guest, number: int, found: int) -> int:
    """Send a set of signals to the program that waits for a call; return 0."""
    call = table(guest).get(number)
    if call is not None and "end" not in call:
        signals.send(guest, call["task"], found)
    return 0
