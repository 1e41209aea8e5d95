"""A profile in one file: that of a kernel which was booted from files, or was saved under a name.

It is a zip file (APPNOTE.TXT of PKWARE) whose members are stored, because each of them is packed already; the members
are the files of a profile's folder, and those of them that are not known are absent. `kernel.json` is always there.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any, Final

from modtools.errors import FormatError

MAGIC: Final = b"PK\x03\x04"
LARGEST: Final = 64 << 20
"""Bytes that an archive may have: twenty times what Debian's kernel comes to."""
_DATE: Final = (1980, 1, 1, 0, 0, 0)


def pack(facts: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """Return the archive of a profile with these facts in its kernel.json, and these other files. Alike is the same."""
    output = io.BytesIO()
    text = json.dumps(dict(facts), ensure_ascii=False) + "\n"  # with an indent it would take ten times as long
    members = {**files, "kernel.json": text.encode("utf-8", "surrogateescape")}
    with zipfile.ZipFile(output, "w") as archive:
        for name in sorted(members):
            archive.writestr(zipfile.ZipInfo(name, _DATE), members[name])
    return output.getvalue()


class Archive:
    """The files in an archive. Raises FormatError for what is none, and where a member is damaged."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
            raise FormatError(f"not an archive of a kernel: {error}", 0) from error
        self._members = {member.filename: member for member in self._zip.infolist()}

    def has(self, name: str) -> bool:
        """Return whether there is such a file."""
        return name in self._members

    def read(self, name: str) -> bytes | None:
        """Return what a file has, None where there is no such file."""
        member = self._members.get(name)
        if member is None:
            return None
        if member.compress_type != zipfile.ZIP_STORED or member.file_size > LARGEST:
            raise FormatError(f"the kernel's {name} is not stored as it is, or has {member.file_size} bytes")
        try:
            return self._zip.read(member)
        except (zipfile.BadZipFile, ValueError, EOFError, RuntimeError, NotImplementedError, OSError) as error:
            raise FormatError(f"the kernel's {name} is damaged: {error}") from error
