"""The symbolic links on the way to a file, and the file itself: an image needs them all.

Paths are resolved as path_resolution(7) says, with the machine's root as `/`: an absolute link leads to a place below
that root, and `..` does not lead out of it.

    /lib/firmware/nvidia/ga103/gsp/gsp-535.bin      with  gsp -> ../ga102/gsp  is found by way of
        /lib/firmware/nvidia/ga103/gsp              a link
        /lib/firmware/nvidia/ga102/gsp/gsp-535.bin  the file
"""

from __future__ import annotations

import errno
import os
import stat

from modtools.light import NamedTuple
from modtools.rooted import MOST_LINKS, Host


class Link(NamedTuple):
    """A symbolic link, and where it says that it leads."""

    path: str
    target: str


class Trail(NamedTuple):
    """The links on the way to a file, those that are met first in front; the file itself, and what stat(2) tells."""

    links: tuple[Link, ...]
    path: str
    status: os.stat_result


class Folder:
    """A folder of a machine, and the ways to files in it. Raises OSError if it is not there.

    Links above it do not count: what lies in it is shown as in it, whatever links lead to the folder itself. Its path
    begins with the root, which is "" for the host.
    """

    def __init__(self, path: str, root: str, disk: Host) -> None:
        self.path, self.root, self.disk = path, root, disk
        walk = _Walk(root, disk)
        walk.go(path[len(root) :])
        self._at = walk.at

    def trail(self, name: str) -> Trail:
        """Return the way to a file by its path in the folder. Raises OSError where it leads nowhere."""
        walk = _Walk(self.root, self.disk, self._at)
        walk.go(name)
        links = tuple(Link(self._shown(at), target) for at, target in walk.links)
        return Trail(links, self._shown(walk.at), self.disk.stat(f"{self.root}{walk.at}" or "/", follow=False))

    def names(self, name: str) -> list[str]:
        """Return the sorted names in a folder in it, by its path; none where there is no such folder."""
        try:
            return sorted(self.disk.names(self.trail(name).path))
        except OSError:
            return []

    def _shown(self, at: str) -> str:
        if at == self._at or at.startswith(f"{self._at}/"):
            return self.path + at[len(self._at) :]
        return self.root + at


class _Walk:
    """Goes along a path, name by name. `at` is where it is, a path without links below the root; "" is the root."""

    def __init__(self, root: str, disk: Host, at: str = "") -> None:
        self.root, self.disk, self.at = root, disk, at
        self.links: list[Link] = []

    def go(self, path: str) -> None:
        """Go on along a path. Raises OSError where there is no such name, or links lead in a circle."""
        rest = path.split("/")[::-1]
        while rest:
            name = rest.pop()
            if name == "..":
                self.at = self.at.rpartition("/")[0]
            elif name not in ("", "."):
                rest += self._enter(f"{self.at}/{name}")

    def _enter(self, here: str) -> list[str]:
        """Go to a name, and return what its link adds to the way, in reverse."""
        mode = self.disk.stat(self.root + here, follow=False).st_mode
        if not stat.S_ISLNK(mode):
            self.at = here
            return []
        target = self.disk.readlink(self.root + here)
        self.links.append(Link(here, target))
        if len(self.links) > MOST_LINKS:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), self.root + here)
        if target.startswith("/"):
            self.at = ""
        return target.split("/")[::-1]
