"""What runs on a tree leave for the next one, in the user's cache folder.

A file has, one after another: a line with the format and the Python that wrote it, a digest of 16 bytes of what
follows, and values as `marshal` writes them, which reads 200 000 symbols in hundredths of a second.

    pymod 3 3.11<LF>  <16 bytes>  ...

Who can write a file here could have Python read anything, so only files of this very user count, and only those that
nobody else may write to. A file that is damaged, or of another format, is as good as none. Files are replaced whole, so
that several runs at once leave one or the other, and the oldest go when all together get too large.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

FORMAT: Final = 4
"""Grows when what is kept changes its meaning."""
LIMIT: Final = 64 << 20
"""Bytes that all files may have together."""
_HEAD: Final = f"pymod {FORMAT} {sys.version_info[0]}.{sys.version_info[1]}\n".encode()
_DIGEST_SIZE: Final = 16


def digest(value: Any) -> bytes:
    """A digest of plain values. Equal values have equal ones."""
    # Version 2 of the format writes nothing that depends on where Python keeps a value.
    return digest_of(marshal.dumps(value, 2))


def digest_of(data: bytes) -> bytes:
    """A digest of some bytes."""
    return hashlib.blake2b(data, digest_size=_DIGEST_SIZE).digest()


class Cache:
    """A folder of such files; it need not exist. What cannot be read or written there is left alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, name: str) -> Any:
        """The values of a file, None if there is none that counts."""
        try:
            with (self._folder / name).open("rb") as file:
                if not _is_ours(os.fstat(file.fileno())):
                    return None
                data = file.read()
            start = len(_HEAD) + _DIGEST_SIZE
            if data[:start] != _HEAD + digest_of(data[start:]):
                return None
            with suppress(OSError):
                os.utime(self._folder / name)
            return marshal.loads(data[start:])
        except (OSError, EOFError, ValueError, TypeError):
            return None

    def store(self, name: str, values: Any) -> None:
        """Keep values, if that can be."""
        data = marshal.dumps(values)
        temporary = self._folder / f"{name}.{os.getpid()}"
        try:
            self._folder.mkdir(0o700, parents=True, exist_ok=True)
            descriptor = os.open(temporary, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
            with open(descriptor, "wb") as file:  # noqa: PTH123, a descriptor
                file.write(_HEAD + digest_of(data) + data)
            temporary.replace(self._folder / name)
            self._prune()
        except OSError:
            with suppress(OSError):
                temporary.unlink()

    def _prune(self) -> None:
        """Remove the files that were not used for the longest time, until the others are small enough."""
        total = 0
        for path, status in sorted(self._files(), key=lambda row: row[1].st_mtime_ns, reverse=True):
            total += status.st_size
            if total > LIMIT:
                with suppress(OSError):
                    path.unlink()

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        for path in self._folder.iterdir():
            with suppress(OSError):
                yield path, path.stat()


def _is_ours(status: os.stat_result) -> bool:
    """Whether this user has written a file. Where there are no users as in Unix, the folder's place must do."""
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
