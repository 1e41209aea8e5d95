"""The process that has the machine while a shell is open: what programs do with its files is done here, one by one.

It is a process of its own, because whatever modules' code does to it, the file system of the shell stays; the server
starts another one then. It holds the kernel in memory (`statehold`), so that a system call does not have to load and
store it. A call that has to wait is a task of the kernel's: others are made meanwhile, and its answer is sent when it
has ended, whoever ended it.

The server sends (number, what, caller, path, words...), and gets (number, how it went, value); and (0, WOKEN, numbers)
for open files of which the driver has told those who poll.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from modtools.errors import KernelError, Killed, PymodError
from modtools.kernel.files import by_hand, nodes
from modtools.kernel.files.module_files import CodeFile, check_outcome
from modtools.kernel.files.paths import lookup
from modtools.kernel.runner import Caller, OpenEntry, Outcome, Runner
from modtools.kernel.state import DeviceNode, Kernel
from modtools.linuxerrno import EBADF, EINTR, EIO
from modtools.place import Place
from modtools.shared.userspace import MachineUserSpace
from modtools.shell.clock import Clock
from modtools.shell.opened import close_left, end_calls, lives
from modtools.shell.tree import Tree
from modtools.statehold import Hold
from modtools.store import LOCK_SECONDS, Store

DONE, FAILED, KILLED, WOKEN = range(4)
"""How a call went: its value is what it gave, an errno, or the number of the signal that ends the program."""
_IDLE = 0.05
"""Seconds after which the machine is given up when nobody calls; when somebody else wants it, it is at once."""
_LOOK, _SOON = 0.02, 0.004
"""Seconds between two looks at whether others have changed the machine, and whether they want it or have it."""
_LONG = 0.5
"""Seconds after which a close(2) does not wait any more for another process that has the machine."""
_SECONDS = 120
"""Seconds of processor time that one call may have: nothing comes near them, `effort` ends it long before."""
_MANY = 1000
"""How many threads are remembered."""
_ACCESS = {os.O_RDONLY: nodes.READ, os.O_WRONLY: nodes.WRITE, os.O_RDWR: nodes.READ | nodes.WRITE}


@dataclass
class Request:
    """What a program waits for: what is done with a file, by its path and if it is open its number, one after the
    other; and the number of the system call that is being made.
    """

    number: int
    caller: Caller
    path: str
    steps: deque[tuple[Any, ...]] = field(default_factory=deque)
    file: int = -1
    since: float = field(default_factory=time.monotonic)


class Keeper:
    """Keeps the machine of a place, and answers the server at the other end of a connection, which is the process
    `server`. `host` is where the host's files are seen, `realtime` says whether time always passes.
    """

    def __init__(self, place: Place, host: Path, connection: Connection, server: int, *, realtime: bool) -> None:
        self._place, self._connection, self._server = place, connection, server
        self._hold = Hold(Store(place.state), self._prepare)
        self._tree = Tree(lambda: self._hold.kernel, host)
        self._queue: deque[Request] = deque()
        self._calls: dict[int, Request] = {}
        self._polled: set[int] = set()
        self._callers = _Callers()
        self._clock = Clock(always=realtime)
        self._last = 0.0
        self._seen = 0  # which of the states that others have stored was looked at

    def _prepare(self, kernel: Kernel) -> None:
        kernel.userspace = MachineUserSpace(kernel, self._place)
        runner = kernel.runner
        if runner is not None:
            runner.isolated = False

    @property
    def _runner(self) -> Runner | None:
        """What runs modules' code, None where none was ever loaded."""
        kernel = self._hold.kernel
        return kernel.runner if kernel.memory_file or kernel.made_runner is not None else None

    # The loop.

    def run(self) -> None:
        """Do what is asked for until nobody can ask any more; then close what programs have left open."""
        with suppress(EOFError, OSError):
            self._end_calls_of_another()
            while True:
                if self._connection.poll(self._pause()):
                    self._receive(*self._connection.recv())
                try:
                    self._work()
                except PymodError as error:
                    self._fail_all(error)
        self._end()

    def _fail_all(self, error: PymodError) -> None:
        """Let nobody wait for a machine that cannot be had, such as one whose state is damaged."""
        _log(error)
        for request in (*self._queue, *self._calls.values()):
            self._send(request.number, FAILED, EIO)
        self._queue.clear()
        self._calls.clear()
        self._polled.clear()
        with suppress(PymodError):
            self._hold.give()
        time.sleep(_IDLE)

    def _end_calls_of_another(self) -> None:
        """End what a keeper that has died had begun: who waited for it was told that it failed."""
        runner = self._runner
        if runner is not None and self._server in runner.calls().values():
            while not self._hold.take():
                time.sleep(_SOON)
            end_calls(self._hold.kernel, lambda holder: holder == self._server)

    def _pause(self) -> float | None:
        """Return for how many seconds nothing has to be done unless somebody asks; None for ever."""
        if self._queue and self._hold.is_held:
            return 0.0
        if self._queue or self._hold.is_held:
            return _SOON
        return self._clock.pause(_LOOK) if self._waits else None

    @property
    def _waits(self) -> bool:
        """Whether programs wait for what others may do with the machine."""
        return bool(self._calls or self._polled) or self._clock.always

    def _work(self) -> None:
        changed = self._hold.is_changed_by_others or self._hold.loads != self._seen
        if self._waits and changed and self._hold.take():
            self._look_after_calls()
        if self._clock.is_due(self._runner, passes=self._waits) and self._hold.take():
            self._pass_time()
        if self._queue and self._hold.take():
            self._pass_time()
            self._step(self._queue.popleft())
            self._last = time.monotonic()
        elif self._queue:
            self._look_after_queue()
        if self._hold.is_held and (self._is_idle or self._hold.is_wanted):
            self._give()

    def _look_after_queue(self) -> None:
        """Let nobody wait for ever for a machine that another process has, which may wait for this program itself: that
        of the first close(2) is told later.
        """
        now = time.monotonic()
        for request in self._queue:
            if request.steps[0][0] == "flush" and now - request.since > _LONG:
                self._send(request.number, DONE, (0, b""))
                request.number = 0
        if now - self._queue[0].since > LOCK_SECONDS:
            self._send(self._queue.popleft().number, FAILED, EIO)

    @property
    def _is_idle(self) -> bool:
        return not self._queue and not self._clock.always and time.monotonic() - self._last > _IDLE

    def _pass_time(self) -> None:
        """Let the time that has passed on the host pass on the machine, where somebody waits for it."""
        runner, owed = self._runner, self._clock.take(passes=self._waits)
        if owed:
            kernel = self._hold.kernel
            target = kernel.time + owed // 1000
            if runner is not None:
                self._limited(lambda: runner.tick(owed))
            kernel.time = max(kernel.time, target)
            self._deliver()

    def _give(self) -> None:
        if self._clock.always:
            self._pass_time()
        if self._hold.kernel.made_runner is not None:
            self._hold.kernel.made_runner.forget_programs(lives)
        try:
            self._hold.give()
        except PymodError as error:
            _log(error)
            self._look_after_calls()

    # What is asked for.

    def _receive(self, number: int, what: str, who: tuple[int, int, int], path: str, *words: Any) -> None:
        if what in _LOOKS:
            self._answer(number, lambda: _LOOKS[what](self._tree, path))
        elif what == "signal":
            self._signal(*words)
        elif what == "open":
            self._open(Request(number, self._callers.get(*who), path), *words)
        elif what == "call":
            file, *steps = words
            self._queue.append(Request(number, self._callers.get(*who), path, deque(steps), file))
        else:
            self._queue.append(Request(number, self._callers.get(*who), path, deque([(what, *words)])))

    def _open(self, request: Request, flags: int) -> None:
        """Let a file be opened: one of a module's by its driver, any other without more."""

        def check() -> nodes.Node:
            node = self._tree.node(request.path)
            nodes.check(node, request.caller.user, _ACCESS[flags & os.O_ACCMODE])
            return node

        try:
            code = isinstance(check(), CodeFile)
        except KernelError as error:
            return self._send(request.number, FAILED, error.errno)
        if not code:
            return self._send(request.number, DONE, None)
        request.steps.append(("open", flags))
        self._queue.append(request)
        return None

    def _step(self, request: Request) -> None:
        """Do the next of what a program wants; a system call is answered when it has ended."""
        kernel, (what, *words) = self._hold.kernel, request.steps.popleft()
        kernel.program = request.caller.name
        if what in _AT_ONCE:
            self._answer(request.number, lambda: self._limited(lambda: _AT_ONCE[what](kernel, request, *words)))
            self._deliver()
            return
        try:
            self._calls[self._limited(lambda: self._begin(kernel, request, what, *words))] = request
        except BaseException as error:  # noqa: BLE001 - the program is told

            def fail(error: BaseException = error) -> None:
                raise error

            self._answer(request.number, fail)
        self._deliver()

    def _begin(self, kernel: Kernel, request: Request, what: str, *words: Any) -> int:
        """Begin a system call; return its number."""
        runner = self._runner
        if runner is None:
            raise KernelError(EBADF)
        runner.forget_programs(lives)
        if what == "open":
            node, entry = lookup(kernel, request.path), OpenEntry(request.path, self._server)
            if not isinstance(node, CodeFile):
                raise KernelError(EIO)
            return check_outcome(
                kernel, request.path, runner.begin_open(request.caller, node.entry.key, words[0], entry)
            )
        opened = runner.open_files().get(request.file)
        if opened is None or (opened.path, opened.holder) != (request.path, self._server):
            raise KernelError(EBADF)  # another machine was booted
        if what == "poll" and words[-1]:
            self._polled.add(request.file)
        return check_outcome(kernel, request.path, runner.begin_call(request.caller, request.file, what, *words))

    def _deliver(self) -> None:
        """Answer those whose system calls have ended, or go on with what they want next; tell those who poll."""
        runner = self._hold.kernel.made_runner
        if runner is None:
            return
        for program, number in runner.signalled():  # before its call ends
            self._callers.signal(program, number)
        for call, outcome, data in runner.ended_calls(self._server):
            request = self._calls.pop(call, None)
            if request is None:
                continue
            if outcome.value >= 0 and request.steps:
                self._step(request)
            else:
                self._answer(request.number, lambda r=request, o=outcome, d=data: self._value(r, o, d))  # type: ignore[misc]
        woken = self._polled and runner.woken(self._polled)
        if woken:
            self._polled -= woken
            self._send(0, WOKEN, sorted(woken))

    def _value(self, request: Request, outcome: Outcome, data: bytes) -> tuple[int, bytes]:
        return check_outcome(self._hold.kernel, request.path, outcome), data

    def _look_after_calls(self) -> None:
        """Answer the calls that another process has ended; those that are not there any more have failed."""
        runner = self._runner
        there = runner.calls() if runner is not None else ()
        self._seen = self._hold.loads
        for call in [call for call in self._calls if call not in there]:
            self._send(self._calls.pop(call).number, FAILED, EIO)
        self._deliver()

    def _signal(self, number: int, signals: int) -> None:
        """Send a set of signals to the program that waits for a request."""
        for request in [request for request in self._queue if request.number == number]:
            self._queue.remove(request)
            self._send(number, FAILED, EINTR)
        for call, request in self._calls.items():
            if request.number == number:
                step = ("signal", call, signals)
                self._queue.appendleft(Request(0, request.caller, request.path, deque([step])))

    # How it is done.

    def _limited(self, do: Callable[[], Any]) -> Any:
        """Do something for which this process gets so much processor time, and no more."""
        signal.setitimer(signal.ITIMER_PROF, _SECONDS)
        try:
            return do()
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    def _answer(self, number: int, get: Callable[[], Any]) -> None:
        """Send what a function gives, or how it fails."""
        try:
            self._send(number, DONE, get())
        except KernelError as error:
            self._send(number, FAILED, error.errno)
        except Killed as killed:
            self._send(number, KILLED, killed.number)
        except Exception as error:  # noqa: BLE001 - a mistake of pymod's own: the file system stays
            _log(error)
            self._send(number, FAILED, EIO)

    def _send(self, number: int, how: int, value: Any) -> None:
        if number or how == WOKEN:
            self._connection.send((number, how, value))

    def _end(self) -> None:
        """End what programs have begun, and store the machine: nobody can ask any more."""
        deadline = time.monotonic() + _SECONDS
        while not self._hold.take() and time.monotonic() < deadline:
            time.sleep(_SOON)
        with suppress(PymodError):
            if self._hold.is_held:
                close_left(self._hold.kernel, {self._server})
                if (runner := self._runner) is not None:
                    runner.forget_programs(lambda _: False)
                self._hold.give()


def _log(error: Exception) -> None:
    """Note what nobody can be told, where there is room for it."""
    with suppress(OSError):
        if not isinstance(error, PymodError):
            traceback.print_exception(error)
        sys.stderr.write(f"{error}\n")
        sys.stderr.flush()


class _Callers:
    """Who the threads of the host's are; one that is gone is who it was."""

    def __init__(self) -> None:
        self._known: dict[int, Caller] = {}

    def get(self, pid: int, user: int, group: int) -> Caller:
        """Return a thread of a user and a group by its number."""
        known = self._known.pop(pid, Caller(pid, pid, "program"))
        name, tgid = known.name, known.tgid
        with suppress(OSError):
            folder = Path(f"/proc/{pid}")
            name = (folder / "comm").read_bytes().rstrip(b"\n").decode("utf-8", "surrogateescape")
            lines = (folder / "status").read_text("utf-8", "surrogateescape").splitlines()
            tgid = next(int(line.split()[1]) for line in lines if line.startswith("Tgid:"))
        found = self._known[pid] = Caller(pid, tgid, name, user, group)
        if len(self._known) > _MANY:
            del self._known[next(iter(self._known))]
        return found

    def signal(self, pid: int, number: int) -> None:
        """Send a signal to a program that has called the kernel here, or one of its threads, to no other of the host's;
        to a group of programs, of which one has, where the number is negative.
        """
        with suppress(OSError):
            if any(pid in (caller.pid, caller.tgid) for caller in self._known.values()):
                os.kill(pid, number)
            elif pid < 0 and any(_group(caller.pid) == -pid for caller in self._known.values()):
                os.killpg(-pid, number)


def _group(thread: int) -> int:
    """Return the group of programs that a thread belongs to, 0 for one that is gone."""
    try:
        return os.getpgid(thread)
    except OSError:
        return 0


def _read_own(tree: Tree, path: str) -> bytes | None:
    """Return the text of a file of the kernel's own; None for one whose reading may run code."""
    node = tree.node(path)
    return None if node.runs else node.read()


_LOOKS: dict[str, Callable[[Tree, str], Any]] = {
    "stat": Tree.stat,
    "names": Tree.names,
    "target": Tree.target,
    "look": _read_own,
}
"""What is done whoever has the machine: modprobe may have it, and read the rest by a command."""


def _send_signal(kernel: Kernel, _request: Request, call: int, signals: int) -> None:
    if kernel.made_runner is not None:
        kernel.made_runner.signal_call(call, signals)


def _make_node(kernel: Kernel, request: Request, *node: Any) -> None:
    by_hand.make_node(kernel, request.path, DeviceNode(*node), uid=request.caller.user)


def _by_hand(call: Callable[..., None]) -> Callable[..., None]:
    return lambda kernel, request, *words: call(kernel, request.path, *words, uid=request.caller.user)


_AT_ONCE: dict[str, Callable[..., Any]] = {
    "text": lambda kernel, request: lookup(kernel, request.path).read(),
    "store": lambda kernel, request, data: lookup(kernel, request.path).write(data),
    "signal": _send_signal,
    "change_mode": _by_hand(by_hand.change_mode),
    "change_owner": _by_hand(by_hand.change_owner),
    "remove": _by_hand(by_hand.remove),
    "make_node": _make_node,
}
"""What does not wait for other programs."""


def main() -> None:
    """Keep the machine for the server that has started this process, told by the words of the command."""
    what = json.loads(sys.argv[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    place = Place(what["state"], what["root"])
    connection = Connection(what["connection"])
    Keeper(place, Path(what["host"]), connection, what["server"], realtime=what["realtime"]).run()


if __name__ == "__main__":
    main()
