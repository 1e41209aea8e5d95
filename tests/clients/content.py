"""What is in a folder or an initramfs image, as values that can be compared."""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
from pathlib import Path

Content = dict[str, str]
"""Name of each file: its mode and, for a file, a digest; for a link, where it leads."""


def of_folder(folder: Path) -> Content:
    """All that is below a folder."""
    return {str(path.relative_to(folder)): _described(path) for path in sorted(folder.rglob("*"))}


def of_image(image: Path, folder: Path) -> Content:
    """All that is in an initramfs image, which is unpacked into a folder that is not there yet."""
    subprocess.run(["unmkinitramfs", str(image), str(folder)], check=True, capture_output=True)
    return of_folder(folder)


def different(ours: Content, theirs: Content) -> set[str]:
    """The names in both of which something else is said."""
    return {name for name in ours.keys() & theirs.keys() if ours[name] != theirs[name]}


def _described(path: Path) -> str:
    status = path.lstat()
    mode = status.st_mode
    if stat.S_ISLNK(mode):
        return f"-> {path.readlink()}"
    if not stat.S_ISREG(mode):
        return f"{mode:o}"
    return f"{mode:o} {_digest(path, status)}"


_DIGESTS: dict[tuple[int, ...], str] = {}
"""Digests by what tells a file from others: the modules of all machines are hard links to the same files."""


def _digest(path: Path, status: os.stat_result) -> str:
    identity = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
    if identity not in _DIGESTS:
        _DIGESTS[identity] = hashlib.sha256(path.read_bytes()).hexdigest()
    return _DIGESTS[identity]
