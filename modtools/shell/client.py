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
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from modtools.linuxerrno import EIO
from modtools.place import Place
from modtools.shell import keeper

_LOST = keeper.FAILED, EIO
"""The answer, EIO, to who has asked a keeper that has died."""
_PAUSE = 0.2
"""Seconds before another one is started."""
_LOOK = 0.1
"""Seconds between two looks at whether a program that waits has got a signal."""


class _Question:
    """What a thread waits for."""

    def __init__(self) -> None:
        self.answered = threading.Event()
        self.answer: tuple[int, Any] = _LOST


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
                    question.answer = answer[0], answer[1]
                    question.answered.set()
        except (EOFError, OSError):
            process.wait()
            time.sleep(_PAUSE)
        with self._lock:
            lost, self._questions = self._questions, {}
            self._connection = self._start()
        for question in lost.values():
            question.answered.set()

    def ask(
        self, what: str, who: tuple[int, int, int], path: str, *words: Any, signals: Callable[[], int] = int
    ) -> tuple[int, Any]:
        """Ask for something for a thread of a program, with its user and group; return how it went and its value.

        While the answer is waited for, `signals` tells which ones the program has got, as a set: bit 0 for the first.
        """
        question, sent = _Question(), 0
        with self._lock:
            number = next(self._numbers)
            self._questions[number] = question
            with suppress(OSError):  # it has died, which is noticed
                self._connection.send((number, what, who, path, *words))
        while not question.answered.wait(_LOOK):
            found = signals()
            if found != sent:
                sent = found
                with self._lock, suppress(OSError):
                    self._connection.send((0, "signal", who, path, number, found))
        return question.answer
