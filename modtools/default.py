"""The kernel that is booted when nothing else was, as far as most commands ask for it: what its kernel.json says.

`profiles` knows all of it, and is a lot to import.
"""

from __future__ import annotations

from modtools import hostfile
from modtools.jsonfields import loads
from modtools.light import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

DEFAULT = "debian-6.1.0-56-amd64"
"""The name of its profile."""
_LIMIT = 1 << 20


def facts() -> dict[str, Any]:
    """Return what its kernel.json says (`profiles`). Raises OSError."""
    folder = __file__.rpartition("default.py")[0]
    facts: dict[str, Any] = loads(hostfile.read(f"{folder}profiles/{DEFAULT}/kernel.json", _LIMIT).decode("utf-8"))
    return facts
