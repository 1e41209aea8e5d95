"""depmod's cache: what runs on a tree leave for the next one, in the user's cache folder.

A file has, one after another: a line with the format and the Python that wrote it, a digest of 16 bytes of what
follows, and values as `marshal` writes them, which reads 200 000 symbols in hundredths of a second.

    pymod 3 3.11<LF>  <16 bytes>  ...

Who can write a file here could have Python read anything, so only files of this very user count, and only those that
nobody else may write to. A file that is damaged, or of another format, is as good as none. Files are replaced whole, so
that several runs at once leave one or the other, and the oldest go when all together get too large. Nothing is written
or removed through a link, in a folder of another user, or that is not such a file by its name and its first line.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
import time
from _blake2 import blake2b  # hashlib would load OpenSSL first
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from modtools import hostfile
from modtools.light import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any, Final

FORMAT: Final = 5
"""Grows when what is kept changes its meaning."""
LIMIT: Final = 64 << 20
"""Bytes that all files may have together."""
_HEAD: Final = f"pymod {FORMAT} {sys.version_info[0]}.{sys.version_info[1]}\n".encode()
_DIGEST_SIZE: Final = 16
_HEXADECIMAL: Final = frozenset("0123456789abcdef")
_SIGN: Final = b"pymod "
"""What files of every format begin with."""
_ABANDONED: Final = 3600.0
"""Seconds after which nobody writes a temporary file any more."""


def digest(value: Any) -> bytes:
    """Return a digest of plain values. Equal values have equal ones."""
    # Version 2 of the format writes nothing that depends on where Python keeps a value.
    return digest_of(marshal.dumps(value, 2))


def digest_of(data: bytes) -> bytes:
    """Return the digest of some bytes, 16 bytes of BLAKE2."""
    return blake2b(data, digest_size=_DIGEST_SIZE).digest()


class Cache:
    """A folder of such files; it need not exist. What cannot be read or written there is left alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, name: str) -> Any:
        """Return the values of a file, None if there is none that counts."""
        try:
            with hostfile.opened(self._folder / name, follow=False) as file:
                if not _is_ours(os.fstat(file.fileno())):
                    return None
                data = file.read()
            start = len(_HEAD) + _DIGEST_SIZE
            if data[:start] != _HEAD + digest_of(data[start:]):
                return None
            with suppress(OSError, NotImplementedError):
                os.utime(self._folder / name, follow_symlinks=False)
            return marshal.loads(data[start:])
        except (OSError, EOFError, ValueError, TypeError):
            return None

    def store(self, name: str, values: Any) -> None:
        """Keep values, if that can be. The name is a tree's digest in hexadecimal, a dot, and what is kept of it."""
        data = marshal.dumps(values)
        with suppress(OSError):
            self._folder.mkdir(0o700, parents=True, exist_ok=True)
            folder = self._folder.lstat()
            if stat.S_ISDIR(folder.st_mode) and _is_users(folder):
                hostfile.replace(self._folder / name, _HEAD + digest_of(data) + data, 0o600, sync=False)
                self._prune()

    def _prune(self) -> None:
        """Remove the files that were not used for the longest time, until the others are small enough, and those that
        a run which was killed left unfinished."""
        total = 0
        abandoned = time.time() - _ABANDONED
        for path, status in sorted(self._files(), key=lambda row: row[1].st_mtime_ns, reverse=True):
            total += status.st_size
            if total > LIMIT or (path.suffix == ".tmp" and status.st_mtime < abandoned):
                with suppress(OSError):
                    path.unlink()

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        """Yield the files in the folder that a run of depmod has written, with their status."""
        for path in self._folder.iterdir():
            with suppress(OSError):
                if _is_name(path.name):
                    with hostfile.opened(path, follow=False) as file:
                        # One that was not written to its end may still be empty.
                        if _SIGN.startswith(file.read(len(_SIGN))):
                            yield path, os.fstat(file.fileno())


def _is_name(name: str) -> bool:
    """Return whether a file can be such a one by its name: a tree's digest, and what is kept of it."""
    tree, dot, kept = name.partition(".")
    return len(tree) == 2 * _DIGEST_SIZE and _HEXADECIMAL.issuperset(tree) and bool(dot and kept)


def _is_ours(status: os.stat_result) -> bool:
    """Return whether this user has written a file. Where there are no users as in Unix, the folder's place must do."""
    return _is_users(status) and not (hasattr(os, "geteuid") and status.st_mode & (stat.S_IWGRP | stat.S_IWOTH))


def _is_users(status: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or status.st_uid == os.geteuid()
