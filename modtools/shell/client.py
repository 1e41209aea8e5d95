"""The server's end of the connection to the process that has the machine (`keeper`), which it starts."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from modtools.linuxerrno import EIO
from modtools.place import Place
from modtools.shell import keeper, memory
from modtools.shell.fuse import Request

_LOST = keeper.FAILED, EIO
"""The answer, EIO, to who has asked a keeper that has died."""
_PAUSE = 0.2
"""Seconds before another one is started."""
_LOOK = 0.1
"""Seconds between two looks at whether a program that waits has got more signals than the first one."""
Who = tuple[int, int, int]
"""The number of a thread, its user and its group."""


class _Question:
    """What a thread waits for; `changed` is set when it is answered, or when the thread is to look for signals."""

    def __init__(self) -> None:
        self.changed = threading.Event()
        self.answer: tuple[int, Any] | None = None

    def give(self, answer: tuple[int, Any]) -> None:
        """Let the thread go on with an answer."""
        self.answer = answer
        self.changed.set()


class Client:
    """Asks whoever keeps the machine of a place. `woken` is called with the numbers of open files of which a driver has
    told those who poll.
    """

    def __init__(self, place: Place, host: Path, woken: Callable[[Iterable[int]], None], *, realtime: bool) -> None:
        self._what: dict[str, Any] = {"state": str(place.state), "root": str(place.root), "host": str(host)}
        self._what |= {"server": os.getpid(), "realtime": realtime}
        self._woken = woken
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._questions: dict[int, _Question] = {}
        self._connection = self._start()

    def _start(self) -> Connection:
        own, other = Pipe()
        words = [
            sys.executable,
            "-P",
            "-m",
            "modtools.shell.keeper",
            json.dumps(self._what | {"connection": other.fileno()}),
        ]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        process = subprocess.Popen(
            words, pass_fds=[other.fileno()], stdin=subprocess.DEVNULL, start_new_session=True, env=environment
        )
        other.close()
        threading.Thread(target=self._listen, args=(own, process), daemon=True).start()
        return own

    def _listen(self, connection: Connection, process: subprocess.Popen[bytes]) -> None:
        """Hand the answers to those who wait; when the keeper has died, start another one."""
        try:
            while True:
                number, *answer = connection.recv()
                if number == 0:
                    self._woken(answer[1])
                elif (question := self._questions.pop(number, None)) is not None:
                    question.give((answer[0], answer[1]))
        except (EOFError, OSError):
            process.wait()
            time.sleep(_PAUSE)
        with self._lock:
            lost, self._questions = self._questions, {}
            self._connection = self._start()
        for question in lost.values():
            question.give(_LOST)

    def ask(self, request: Request, who: Who, what: str, path: str, *words: Any) -> tuple[int, Any]:
        """Ask for something that a program's request needs, for a thread with its user and group; return how it went
        and its value. While the answer is waited for, signals that the program gets are told.
        """
        question, sent = _Question(), 0
        signals = request.signals or partial(memory.signals, request.pid)
        request.wake = question.changed.set
        with self._lock:
            number = next(self._numbers)
            self._questions[number] = question
            with suppress(OSError):  # it has died, which is noticed
                self._connection.send((number, what, who, path, *words))
        while question.answer is None:
            found = signals() if request.interrupted else 0
            if found != sent:
                sent = found
                with self._lock, suppress(OSError):
                    self._connection.send((0, "signal", who, path, number, found))
            question.changed.wait(_LOOK if request.interrupted else None)
            question.changed.clear()
        return question.answer
