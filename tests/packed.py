"""Package files for tests, made of their parts: what is in them, how it is packed, and what a hostile one has."""

from __future__ import annotations

import gzip
import io
import lzma
import tarfile
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from modtools.formats.compression import zstd_library

PACKERS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "gz": lambda data: gzip.compress(data, mtime=0),
    "xz": lambda data: lzma.compress(data, preset=0),
    "zst": lambda data: bytes(zstd_library().compress(data)),
}
"""How the archives in packages are packed, by the ends of their names."""


def tar(files: Mapping[str, bytes], form: int = tarfile.GNU_FORMAT, others: Iterable[tarfile.TarInfo] = ()) -> bytes:
    """Return a tar archive of files, behind members that are no files."""
    output = io.BytesIO()
    with tarfile.open(fileobj=output, mode="w", format=form, encoding="utf-8", errors="surrogateescape") as archive:
        for other in others:
            archive.addfile(other)
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return output.getvalue()


def other(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    """Return a member that is no file: a folder, a link, a device."""
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member


def ar(members: Mapping[str, bytes]) -> bytes:
    """Return an archive as ar(5) has it."""
    parts = [b"!<arch>\n"]
    for name, content in members.items():
        parts += (f"{name:<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(content):<10}`\n".encode(), content)
        parts += [b"\n"] * (len(content) % 2)
    return b"".join(parts)


def deb(data: bytes, pack: str = "xz", control: bytes = b"Package: linux-image\n") -> bytes:
    """Return a Debian package that installs what is in a tar archive, with these fields."""
    control = PACKERS["xz"](tar({"./control": control}))
    packed = PACKERS[pack](data) if pack else data
    return ar({"debian-binary": b"2.0\n", "control.tar.xz": control, f"data.tar.{pack}".rstrip("."): packed})


def cpio(files: Mapping[str, bytes], others: Mapping[str, tuple[int, bytes]] | None = None) -> bytes:
    """Return a cpio archive of files, behind members of other modes."""
    members = [*(others or {}).items(), *((name, (0o100644, content)) for name, content in files.items())]
    members.append(("TRAILER!!!", (0, b"")))
    parts = []
    for name, (mode, content) in members:
        path = name.encode("utf-8", "surrogateescape") + b"\0"
        numbers = (1, mode, 0, 0, 1, 0, len(content), 0, 0, 0, 0, len(path), 0)
        head = b"070701" + b"".join(b"%08x" % number for number in numbers) + path
        parts += [head, bytes(-len(head) % 4), content, bytes(-len(content) % 4)]
    return b"".join(parts)


def rpm(data: bytes, pack: str = "xz") -> bytes:
    """Return a package of RPM's that installs what is in a cpio archive; its headers have nothing that counts."""
    header = b"\x8e\xad\xe8\x01" + bytes(4) + (1).to_bytes(4, "big") + (5).to_bytes(4, "big") + bytes(16) + b"words"
    start = b"\xed\xab\xee\xdb\3\0" + bytes(90) + header
    return start + bytes(-len(start) % 8) + header + (PACKERS[pack](data) if pack else data)
