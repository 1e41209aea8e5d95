"""What the machine of the recordings had on its disk, and where it is taken from.

A folder of scenarios may have `ko/`, `world/` and `WILDCARDS` beside it; else those of this package are used. The file
`KERNEL` beside them names the kernel that it was recorded on, as `pymod boot` knows it; without one it is the built-in
kernel. A module that `modules.order` names and that lies in neither is one of Debian's own and comes from Debian's
kernel package.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests import reference
from tests.transcripts import HERE

_TREES = Path("lib/modules")


@dataclass(frozen=True)
class World:
    """The files to begin with: `ko` for /t, `tree` for /lib/modules/RELEASE, `debian` for what `tree` lacks.

    `kernel` is the kernel's name, "" for the built-in one.
    """

    ko: Path
    tree: Path
    wildcards: Path
    debian: Path
    kernel: str = ""

    @classmethod
    def of(cls, scenarios: Path, given: Path | None = None) -> World:
        """The world for a folder of scenarios: `given` (or $PYMOD_TRANSCRIPTS), its neighbours, or this package's."""
        named = given or (Path(value) if (value := os.environ.get("PYMOD_TRANSCRIPTS")) else None)
        places = [place for place in (named, scenarios.resolve().parent, scenarios.resolve(), HERE) if place]
        tree = _first(tree for place in places for tree in sorted((place / "world" / _TREES).glob("*")))
        packages = [root / _TREES / tree.name for root in (reference.debian_tree(), reference.debian13_tree())]
        kernel = next((file for place in places[:-1] if (file := place / "KERNEL").is_file()), None)
        return cls(
            ko=_first(place / "ko" for place in places),
            tree=tree,
            wildcards=_first(place / "WILDCARDS" for place in places),
            debian=next((path for path in packages if path.is_dir()), packages[0]),
            kernel=kernel.read_text().strip() if kernel else "",
        )

    @property
    def release(self) -> str:
        """The release of the kernel."""
        return self.tree.name

    @cached_property
    def modules(self) -> dict[str, Path]:
        """The module files of the tree by their path in it; those that are nowhere to be found are left out."""
        names = (self.tree / "modules.order").read_text().split()
        found = {name: self._find(name) for name in names}
        return {name: path for name, path in found.items() if path is not None}

    @property
    def missing(self) -> list[str]:
        """The modules of the tree that are nowhere to be found."""
        return [name for name in (self.tree / "modules.order").read_text().split() if name not in self.modules]

    def _find(self, name: str) -> Path | None:
        folder, _, file = name.rpartition("/")
        places = [root / path for root in (self.tree, self.debian) for path in (name, f"{name}.xz")]
        places += [self.ko / file] * (folder == "extra")
        return next((place for place in places if place.is_file()), None)

    def make(self, root: Path) -> None:
        """Put /t and /lib/modules/RELEASE under `root`."""
        _copy_tree(self.ko, root / "t")
        tree = root / _TREES / self.release
        tree.mkdir(parents=True)
        for file in self.tree.glob("modules.*"):
            _copy(file, tree / file.name)
        for name, file in self.modules.items():
            target = (tree / name).with_name(file.name)
            target.parent.mkdir(parents=True, exist_ok=True)
            _copy(file, target)


def _first(places: Iterable[Path]) -> Path:
    candidates = list(places)
    return next((place for place in candidates if place.exists()), candidates[-1])


def _copy_tree(source: Path, target: Path) -> None:
    target.mkdir()
    for path in sorted(source.iterdir()):
        (_copy_tree if path.is_dir() else _copy)(path, target / path.name)


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    target.chmod(0o644)
