"""A kernel that stays in memory from one transaction to the next, for who makes many: a shell's programs.

While it is held, nobody else changes the state, and who reads it waits: `statelock`. It is given up, and stored, when
nothing has happened for a moment, when somebody else wants it, and at the end. What is in memory is used again when it
is taken the next time, unless somebody has stored something else meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack

from modtools import hostfile
from modtools.errors import StateError
from modtools.kernel.state import Kernel
from modtools.statelock import WANTED, acquire
from modtools.store import Before, Store, finished

_TURN = 0.03
"""Seconds for which others who want the machine get it first: more than they wait between two attempts."""


class Hold:
    """The kernel of a state. `prepare` is called with each that is read. Errors are StateErrors, and OSErrors where
    there can be no folder for its parts.
    """

    def __init__(self, store: Store, prepare: Callable[[Kernel], None]) -> None:
        self._store, self._prepare = store, prepare
        self._kernel: Kernel | None = None
        self._before = Before(None, set())
        self._version: tuple[int, ...] = ()
        self._locks: ExitStack | None = None
        self._turn = 0.0
        self.loads = 0  # how often what others had stored was read
        store.parts.make()
        self._wanted = hostfile.open_or_create(store.parts.folder / WANTED)
        hostfile.open_or_create(store.parts.ahead)

    @property
    def is_held(self) -> bool:
        """Whether nobody else can change the kernel."""
        return self._locks is not None

    @property
    def is_changed_by_others(self) -> bool:
        """Whether something else was stored than what is in memory."""
        return not self.is_held and self._version != self._store.version

    @property
    def kernel(self) -> Kernel:
        """The kernel as it is now; where somebody else changes it, as it was before that."""
        if self._kernel is None or self.is_changed_by_others:
            self._version = self._store.version
            self._kernel, self._before = self._store.load()
            self.loads += 1
            self._prepare(self._kernel)
        return finished(self._kernel)

    def take(self) -> bool:
        """Hold the kernel; return whether that can be, and nobody else has it or is to have it."""
        if self._locks is not None:
            return True
        if time.monotonic() < self._turn and self.is_wanted:
            return False
        with ExitStack() as locks:
            try:
                for path in (self._store.parts.lock, self._store.parts.ahead):
                    locks.callback(acquire(path, 0))
            except TimeoutError:
                return False
            except OSError as error:
                raise StateError(f"{self._store.path} cannot be locked: {error}") from error
            self._locks = locks.pop_all()
        if self._version != self._store.version:
            self._kernel = None
        return True

    @property
    def is_wanted(self) -> bool:
        """Whether somebody waits for the kernel."""
        try:
            hostfile.lock(self._wanted)
        except TimeoutError:
            return True
        hostfile.unlock(self._wanted)
        return False

    def give(self) -> None:
        """Store the kernel, and let others have it. What cannot be stored is lost."""
        locks, self._locks = self._locks, None
        if locks is None:
            return
        with locks:
            try:
                if self._kernel is not None:
                    self._before = self._store.write(self._kernel, self._before)
                    self._version = self._store.version
            except BaseException:
                self._kernel = None
                raise
            finally:
                self._turn = time.monotonic() + _TURN
