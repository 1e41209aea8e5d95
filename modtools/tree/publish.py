"""Putting index files into a folder so that each appears whole or not at all.

All are written in a folder of their own and synced first, then renamed in a row, in an order in which modprobe reads
them rightly at each moment (modtools.tree.replacing).
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from modtools import hostfile
from modtools.linuxerrno import ENOTDIR, strerror
from modtools.notes import ERROR, FATAL, Note
from modtools.tree.replacing import in_order
from modtools.tree.staging import staging

_MODE: Final = 0o644


class NotPublished(Exception):
    """The files could not be written; nothing of a file that was not is left behind. Its note says why."""

    def __init__(self, text: str, level: int = FATAL) -> None:
        super().__init__(text)
        self.note = Note(text, level)


class Publication:
    """Files on their way into a folder."""

    def __init__(self, folder: str, notes: list[Note]) -> None:
        self.folder, self.notes = folder, notes
        self._waiting: list[tuple[str, str]] = []

    def publish(self, contents: Mapping[str, bytes]) -> list[str]:
        """Write the files. Returns the names of those that are there. Raises NotPublished.

        A file that cannot be begun is noted, as by kmod.
        """
        self._make_folder()
        with _ending_by_exception(), ExitStack() as held:
            try:
                place = held.enter_context(staging(self.folder))
            except OSError as error:
                self.notes += (self._not_begun(name, error) for name in contents)
                return []
            for name, content in in_order(self.folder, contents):
                self._write(name, content, place)
            with _undisturbed():
                written = list(dict.fromkeys(self._rename()))
        hostfile.sync_folder(self.folder)
        return written

    def _make_folder(self) -> None:
        folder = Path(self.folder)
        try:
            for path in (*reversed(folder.parents), folder):
                if not path.is_dir():
                    path.mkdir(0o755, exist_ok=True)
        except FileExistsError as error:
            words = strerror(ENOTDIR)
            raise NotPublished(f"could not create directory {self.folder}: {words}") from error
        except OSError as error:
            raise NotPublished(f"could not create directory {self.folder}: {error.strerror}") from error

    def _write(self, name: str, content: bytes, place: str) -> None:
        path = f"{place}/{name}"
        if (name, path) in self._waiting:  # there for a while, and then as it is to stay
            path += ".last"
        try:
            hostfile.write_new(path, content, _MODE)
        except OSError as error:
            raise NotPublished(
                f"Could not create index '{name}'. Output is truncated: {error.strerror}", ERROR
            ) from error
        self._waiting.append((name, path))

    def _not_begun(self, name: str, error: OSError) -> Note:
        """In kmod's words, which have the name that it would have begun: NAME.PID.MICROSECONDS.SECONDS."""
        seconds, rest = divmod(time.time_ns() // 1000, 1_000_000)
        temporary = f"{name}.{os.getpid()}.{rest}.{seconds}"
        return Note(f"openat({self.folder}, {temporary}, 301, {_MODE:o}): {error.strerror}")

    def _rename(self) -> Iterator[str]:
        for name, path in self._waiting:
            try:
                os.replace(path, f"{self.folder}/{name}")  # noqa: PTH105
            except OSError as error:
                was = path.removeprefix(f"{self.folder}/")
                problem = f"renameat({self.folder}, {was}, {self.folder}, {name}): {error.strerror}"
                raise NotPublished(problem) from error
            yield name


@contextmanager
def _ending_by_exception() -> Iterator[None]:
    """Let a request to end the process come as an exception, so that it cleans up behind itself."""

    def end(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    try:
        before = signal.signal(signal.SIGTERM, end)
    except ValueError:  # not in the main thread: then it is not ours to decide
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let signals that end the process wait, where that can be had."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
