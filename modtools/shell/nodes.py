"""What Linux was answered with for the names in a FUSE mount, and has not forgotten."""

from __future__ import annotations

import itertools
import stat
import threading
from dataclasses import dataclass

from modtools.shell import fuse
from modtools.shell.fuse import Attributes


@dataclass
class Node:
    """What a name was answered with so often that Linux has not forgotten it: a path as it is, or one that is opened.
    `attributes` are those that it had last.
    """

    path: str
    attributes: Attributes
    opened: bool = False
    answers: int = 0


class Nodes:
    """What Linux has been answered with, and has not forgotten."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count(fuse.ROOT + 1)
        self.devices: dict[int, Attributes] = {}  # what is open, by its st_ino
        self._nodes = {fuse.ROOT: Node("/", Attributes(stat.S_IFDIR | 0o755, number=fuse.ROOT), answers=1)}
        self._shared: dict[tuple[str, int], int] = {}

    def __getitem__(self, number: int) -> Node:
        with self._lock:
            return self._nodes[number]

    def answer(self, path: str, attributes: Attributes, *, opened: bool) -> int:
        """Return the number of the node for a path, another one for each who opens it."""
        key = path, stat.S_IFMT(attributes.mode)
        with self._lock:
            number = None if opened else self._shared.get(key)
            if number is None:
                number = next(self._numbers)
                self._nodes[number] = Node(path, attributes, opened)
                if not opened:
                    self._shared[key] = number
            self._nodes[number].answers += 1
            return number

    def forget(self, number: int, times: int) -> None:
        """Forget a node that was answered with so often; the last time, it is gone."""
        with self._lock:
            node = self._nodes[number]
            node.answers -= times
            if node.answers <= 0 and number != fuse.ROOT:
                del self._nodes[number]
                key = node.path, stat.S_IFMT(node.attributes.mode)
                if self._shared.get(key) == number:
                    del self._shared[key]
