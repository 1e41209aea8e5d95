"""What several tools need: kmod's library, hints, trees, the host's programs, and what the kernel answered."""

from __future__ import annotations

from modtools.light import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Final

KMOD_TOOLS: Final = ("insmod", "rmmod", "lsmod", "modprobe", "depmod", "modinfo")
"""The tools that kmod installs as links to itself (kmod 34: `tools/kmod.c`), and `pymod links` as links to pymod."""

HOLDER: Final = "PYMOD_KERNEL"
"""The environment variable that names the socket of a process which holds the kernel in the middle of a call, and does
what the commands that the kernel waits for ask of it (`inside`).
"""
