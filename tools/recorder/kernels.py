"""The kernels that are recorded: where the files of each one's sessions lie, its image, and what builds modules for it.

Modules for a kernel of another Debian than this machine's are built in a root of that Debian's (`reference.root13()`).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests import reference
from tests.transcripts import HERE


class Recorded(NamedTuple):
    """A kernel of which there are recordings."""

    folder: Path
    """The folder with `scenarios/` and `ko/`."""
    release: str
    marker: str
    """What tests that need its package are marked with, and so those that need what builds modules for it."""
    headers_marker: str
    tree: Callable[[], Path]
    """Returns where its package lies."""
    modules_in: str
    """Where its modules lie in it."""
    root: Callable[[], Path | None] = lambda: None
    """Returns the root that its modules are built in, None for this machine's own."""

    @property
    def modules(self) -> Path:
        """Its folder /lib/modules/RELEASE."""
        return self.tree() / self.modules_in / self.release

    @property
    def image(self) -> Path:
        """What QEMU boots."""
        return self.tree() / f"boot/vmlinuz-{self.release}"

    @property
    def headers(self) -> Path:
        """What modules are built with, as the root has it."""
        return reference.kernel_headers(self.release)


DEBIAN_12 = Recorded(HERE, reference.RELEASE, "debian", "headers", reference.debian_tree, "lib/modules")
DEBIAN_13 = Recorded(
    HERE / "debian-13",
    reference.RELEASE_13,
    "debian13",
    "headers13",
    reference.debian13_tree,
    "usr/lib/modules",
    reference.root13,
)
ALL = {"debian-12": DEBIAN_12, "debian-13": DEBIAN_13}
