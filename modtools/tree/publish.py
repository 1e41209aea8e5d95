"""Putting files into a folder so that each appears whole or not at all.

All are written beside their places and synced first, then renamed in a row, with modules.dep as the last one: its time
of change is what tells `depmod -A` that the index is new.
"""

from __future__ import annotations

import errno
import os
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from modtools.config import Note
from modtools.tree.levels import ERROR, FATAL

_FLAGS: Final = os.O_CREAT | os.O_EXCL | os.O_WRONLY
_MODE: Final = 0o644
_LAST: Final = "modules.dep"


class Refused(Exception):
    """The files could not be written; nothing of a file that was not is left behind. Its note says why."""

    def __init__(self, text: str, level: int = FATAL) -> None:
        super().__init__(text)
        self.note = Note(text, level)


@dataclass
class Publication:
    """Files on their way into a folder."""

    folder: str
    notes: list[Note]
    _waiting: dict[str, str] = field(default_factory=dict)

    def publish(self, contents: Mapping[str, bytes]) -> list[str]:
        """Write the files and tell which are there. One that cannot be begun is noted, as by kmod. Raises Refused."""
        self._make_folder()
        stamp = time.time_ns() // 1000
        with _ending_by_exception():
            try:
                for name, content in contents.items():
                    self._write(name, content, f"{name}.{os.getpid()}.{stamp % 1_000_000}.{stamp // 1_000_000}")
                with _undisturbed():
                    return list(self._rename())
            finally:
                for temporary in self._waiting.values():
                    with suppress(OSError):
                        os.unlink(temporary)  # noqa: PTH108

    def _make_folder(self) -> None:
        folder = Path(self.folder)
        try:
            for path in (*reversed(folder.parents), folder):
                if not path.is_dir():
                    path.mkdir(0o755, exist_ok=True)
        except FileExistsError as error:
            words = os.strerror(errno.ENOTDIR)
            raise Refused(f"could not create directory {self.folder}: {words}") from error
        except OSError as error:
            raise Refused(f"could not create directory {self.folder}: {error.strerror}") from error

    def _write(self, name: str, content: bytes, temporary: str) -> None:
        path = f"{self.folder}/{temporary}"
        try:
            descriptor = os.open(path, _FLAGS | getattr(os, "O_BINARY", 0), _MODE)
        except OSError as error:
            problem = f"openat({self.folder}, {temporary}, 301, {_MODE:o}): {error.strerror}"
            self.notes.append(Note(problem))
            return
        self._waiting[name] = path
        try:
            with open(descriptor, "wb") as file:  # noqa: PTH123, a descriptor
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise Refused(f"Could not create index '{name}'. Output is truncated: {error.strerror}", ERROR) from error

    def _rename(self) -> Iterator[str]:
        for name in sorted(self._waiting, key=_LAST.__eq__):
            temporary = self._waiting[name]
            try:
                os.replace(temporary, f"{self.folder}/{name}")  # noqa: PTH105
            except OSError as error:
                was = temporary.rpartition("/")[2]
                problem = f"renameat({self.folder}, {was}, {self.folder}, {name}): {error.strerror}"
                raise Refused(problem) from error
            del self._waiting[name]
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
