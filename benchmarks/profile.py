"""The built-in kernel profile: what each command that resolves symbols pays for the kernel's ten thousand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure, seconds
from modtools import profiles

_LOOKUPS = 50


def figures() -> Iterator[Figure]:
    """Read and decode the table, then look fifty symbols up."""
    names = profiles.load().exports.names
    wanted = names[:: len(names) // _LOOKUPS][:_LOOKUPS]

    def look_up() -> None:
        exports = profiles.load().exports
        assert all(exports.get(name) for name in wanted)

    yield Figure("kernel profile: decode, and look 50 symbols up", seconds(look_up) * 1000, "ms", 10)
    folder = Path(profiles.__file__).parent / profiles.DEFAULT
    size = sum(path.stat().st_size for path in folder.iterdir())
    yield Figure("kernel profile: size in the package", size / 1000, "kB", 200)
