"""The watchdog: sees to it that code that runs without a break is looked at now and then."""

from __future__ import annotations

import threading
from typing import Any

_SLICE_SECONDS = 0.02


class Watchdog:
    """A thread that stops the processor when it has run for a moment without a break."""

    def __init__(self, engine: Any) -> None:
        self.fired = False
        self._engine = engine
        self._running = self._closed = False
        self._runs = 0
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self.fired, self._running = False, True
        self._runs += 1
        if self._thread is None:
            self._thread = threading.Thread(target=self._watch, daemon=True)
            self._thread.start()

    def stop(self) -> None:
        self._running = False

    def close(self) -> None:
        self._closed = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def _watch(self) -> None:
        while not self._wake.wait(_SLICE_SECONDS) and not self._closed:
            before = self._runs
            if self._wake.wait(_SLICE_SECONDS):
                return
            if self._running and self._runs == before:
                self.fired = True
                self._engine.emu_stop()
