"""The guest's file system: a cpio archive that the kernel unpacks into memory before init runs.

The form is that of `Documentation/driver-api/early-userspace/buffer-format.rst`, "newc": for each file a header of
ASCII (magic 070701, then 13 numbers of 8 hex digits: inode, mode, uid, gid, links, time, size, four of devices, length
of the name with its zero byte, checksum), the name, the contents; both padded with zeros to a multiple of 4. The file
TRAILER!!! ends it. Everything belongs to root.
"""

from __future__ import annotations

import stat
from pathlib import Path, PurePosixPath


class Archive:
    """Files by path; the folders above them come by themselves."""

    def __init__(self) -> None:
        self._entries: dict[str, tuple[int, bytes]] = {}

    def file(self, path: str, data: bytes, mode: int = 0o644) -> None:
        """Add a file."""
        self._add(path, stat.S_IFREG | mode, data)

    def link(self, path: str, target: str) -> None:
        """Add a symbolic link."""
        self._add(path, stat.S_IFLNK | 0o777, target.encode())

    def folder(self, path: str, contents: Path | None = None) -> None:
        """Add a folder, empty or with copies of all the files of one on this machine."""
        self._add(path, stat.S_IFDIR | 0o755, b"")
        for file in sorted(contents.rglob("*")) if contents else ():
            name = f"{path}/{file.relative_to(contents or file).as_posix()}"
            if file.is_file():
                self.file(name, file.read_bytes())
            else:
                self.folder(name)

    def _add(self, path: str, mode: int, data: bytes) -> None:
        for parent in PurePosixPath(path).parents:
            if parent.name:
                self._entries.setdefault(str(parent), (stat.S_IFDIR | 0o755, b""))
        self._entries[path] = mode, data

    def encode(self) -> bytes:
        """All of it, sorted by path: the order of a folder's entries in the guest follows from that."""
        entries = (_entry(path, *self._entries[path]) for path in sorted(self._entries))
        return b"".join(entries) + _entry("TRAILER!!!", 0, b"")


def _entry(path: str, mode: int, data: bytes) -> bytes:
    name = path.encode() + b"\0"
    numbers = (0, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name), 0)
    head = b"070701" + b"".join(b"%08X" % number for number in numbers) + name
    return _padded(head) + _padded(data)


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)
