"""One forked child for each target, some at a time, each with a time limit.

The parent has what is read and nothing that runs; a child may crash or hang without harm.
"""

from __future__ import annotations

import json
import os
import select
import signal
import time
import traceback
from collections.abc import Iterator
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

from modtools.emulate.symbols import registry
from tests.inits.replay import Difference, Verdict, new_kernel, replay


class _Child:
    def __init__(self, record: dict[str, Any], tree: Path, seconds: float, kernel: str) -> None:
        self.target, self.deadline = record["target"], time.monotonic() + seconds
        self._parts: list[bytes] = []
        self.reader, writer = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self.reader)
            _work(record, tree, writer, kernel)
        os.close(writer)

    def read(self) -> bool:
        """Take what is there; False at its end."""
        part = os.read(self.reader, 1 << 16)
        self._parts.append(part)
        return bool(part)

    def verdict(self) -> Verdict:
        """What the child found out; it is gone after this."""
        os.close(self.reader)
        if time.monotonic() > self.deadline:
            os.kill(self.pid, signal.SIGKILL)
        _, status = os.waitpid(self.pid, 0)
        try:
            told = json.loads(b"".join(self._parts))
        except ValueError:
            why = "no end within the time" if time.monotonic() > self.deadline else f"the replay ended with {status}"
            return Verdict(self.target, "", [Difference("time", "", "", why)])
        return Verdict(told["target"], told["needs"], [Difference(**row) for row in told["differences"]])


def _work(record: dict[str, Any], tree: Path, writer: int, kernel: str) -> None:
    status = 1
    try:
        with os.fdopen(writer, "w", encoding="utf-8") as out:
            json.dump(asdict(replay(record, tree, kernel)), out)
        status = 0
    except Exception:  # noqa: BLE001 - shown, and counted as a difference
        traceback.print_exc()
    finally:
        os._exit(status)


def replay_all(records: list[dict[str, Any]], tree: Path, jobs: int, seconds: float, kernel: str) -> Iterator[Verdict]:
    """A verdict for each record, as they end."""
    _warm(kernel)
    waiting, running = list(reversed(records)), dict[int, _Child]()
    while waiting or running:
        while waiting and len(running) < jobs:
            child = _Child(waiting.pop(), tree, seconds, kernel)
            running[child.reader] = child
        ready, _, _ = select.select(list(running), [], [], 0.5)
        ended = [reader for reader in ready if not running[reader].read()]
        ended += [
            reader for reader, child in running.items() if time.monotonic() > child.deadline and reader not in ended
        ]
        for reader in ended:
            yield running.pop(reader).verdict()


def _warm(kernel: str) -> None:
    """Import and read in the parent what every child needs."""
    import_module("modtools.emulate.cpu.x86_64.engine")
    for name in registry.index():
        registry.find(name)
    len(new_kernel(kernel).symbols)
