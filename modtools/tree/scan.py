"""Which module files a tree has, which of several with one name counts, and in what order depmod lists them.

Sources: depmod(8), depmod.d(5), and for what these pages leave open kmod 34's `tools/depmod.c` (depmod_modules_search,
depmod_module_is_higher_priority, depmod_modules_sort).

Files are found in the order in which the folder is read. They are listed in that of modules.order, and those that it
lacks after them in the order of kmod's hash table (`hashorder.py`).
"""

from __future__ import annotations

from contextlib import suppress

from modtools.light import TYPE_CHECKING, NamedTuple
from modtools.names import module_name
from modtools.notes import WARNING, Note
from modtools.rooted import HOST, Host
from modtools.tree.depmod_config import BUILT_IN, EXTERNAL, DepmodConfig
from modtools.tree.hashorder import MODULES, in_listing_order
from modtools.tree.walk import module_files

if TYPE_CHECKING:
    from typing import Final

ORDER: Final = "modules.order"
SKIPPED: Final = frozenset(("build", "source"))
"""Names in a tree that are never looked at: links to the kernel's own files."""


class ModuleFile(NamedTuple):
    """A module file: its path as kmod puts it together, the module's name, and its path in the tree if it is there.
    `root` is what stands before the machine's own paths."""

    path: str
    name: str
    relative: str | None
    root: str = ""

    @property
    def listed(self) -> str:
        """The path by which index files name it."""
        if self.relative is not None:
            return self.relative
        return self.path.removeprefix(self.root) if self.path.startswith(f"{self.root}/") else self.path

    @property
    def stem(self) -> int:
        """Where the path without extension, which is how `override` names a module, ends."""
        return self.path.rindex("/") + 1 + len(self.name)

    @property
    def order_name(self) -> str | None:
        """What modules.order calls it: the path in the tree up to the name and .ko, whatever is behind."""
        if self.relative is None:
            return None
        return self.relative[: self.relative.rfind("/") + 1 + len(self.name) + len(".ko")]


class Shadowed(NamedTuple):
    """A file that is ignored because another one has the same module name; `ruled` if configuration says so."""

    path: str
    by: str
    ruled: bool


class Scan:
    """The modules of a tree: `paths` are all that were found, `modules` by name those that count."""

    def __init__(
        self, folder: str, config: DepmodConfig, extensions: tuple[str, ...], notes: list[Note], disk: Host = HOST
    ) -> None:
        self.folder = folder
        self.disk = disk
        self.config = config
        self.notes = notes
        self.paths: list[str] = []
        self.modules: dict[str, ModuleFile] = {}
        self.shadowed: list[Shadowed] = []
        self._extensions = extensions

    def find(self) -> None:
        """Find the files of the tree and the external folders. Raises OSError if the tree cannot be read."""
        excludes = SKIPPED.union(self.config.excludes)
        self._add(module_files(self.folder, excludes, self._extensions, self.notes, self.disk))
        for place in self.config.externals:
            with suppress(OSError):
                self._add(module_files(place, excludes, self._extensions, self.notes, self.disk))

    def _add(self, paths: list[str]) -> None:
        """Add files, gzipped ones last, so that these never win over what Debian's kmod would see."""
        late = [path for path in paths if path.endswith(".gz")]
        self.paths += [path for path in paths if not path.endswith(".gz")] + late if late else paths

    def choose(self) -> None:
        """Choose, of files with one module name, the one that counts."""
        for path in self.paths:
            self.offer(self.file(path))

    def file(self, path: str) -> ModuleFile:
        """Return the module file of an absolute path."""
        start = f"{self.folder}/"
        relative = path[len(start) :] if path.startswith(start) else None
        return ModuleFile(path, module_name(path[path.rindex("/") + 1 :]), relative, self.disk.root)

    def offer(self, new: ModuleFile) -> None:
        """Add a file, unless one with its module's name counts more."""
        old = self.modules.setdefault(new.name, new)
        if old is new:
            return
        rank, old_rank = self._ranks(new, old)
        if rank > old_rank:
            self.modules[new.name] = new
            old, new = new, old
        self.shadowed.append(Shadowed(new.path, old.path, rank != old_rank))

    def _ranks(self, new: ModuleFile, old: ModuleFile) -> tuple[int, int]:
        """Return how much two files of one name count; of equal ones the first one found does."""
        for override in self.config.overrides:
            for file, ranks in ((new, (1, 0)), (old, (0, 1))):
                if self._stem(file) == override:
                    return ranks
        return self._search_ranks(new, old)

    def _stem(self, file: ModuleFile) -> str | None:
        return file.path[len(self.folder) + 1 : file.stem] if file.path.startswith(self.folder) else None

    def _search_ranks(self, new: ModuleFile, old: ModuleFile) -> tuple[int, int]:
        """Return the places in the search list. It is read backwards, so that the later a place the more it counts."""
        built_in = rank = old_rank = -1
        place = 0
        for entry in self.config.search:
            if entry == BUILT_IN:
                built_in = place
            elif entry == EXTERNAL:
                for folder in self.config.externals:
                    rank = place if new.path[: new.stem].startswith(f"{folder}/") else rank
                    old_rank = place if old.path[: old.stem].startswith(f"{folder}/") else old_rank
                    place += 1
            elif (self._stem(new) or "").startswith(f"{entry}/"):
                rank = place
            elif (self._stem(old) or "").startswith(f"{entry}/"):
                old_rank = place
            place += 1
        return (built_in if rank < 0 else rank), (built_in if old_rank < 0 else old_rank)

    def ordered(self) -> list[ModuleFile]:
        """Return the modules in the order in which depmod lists them."""
        by_name = {file.order_name: file for file in self.modules.values()}
        chosen = {by_name[name].name: by_name[name] for name in self._order() if name in by_name}
        others = {
            name.encode("utf-8", "surrogateescape"): file for name, file in self.modules.items() if name not in chosen
        }
        return [*chosen.values(), *map(others.__getitem__, in_listing_order(others, MODULES))]

    def _order(self) -> list[str]:
        """Return the lines of modules.order; none of a file that is missing, or one that ends within a line."""
        try:
            text = self.disk.read(f"{self.folder}/{ORDER}").decode("utf-8", "surrogateescape")
        except IsADirectoryError:
            return []
        except OSError as error:
            self.notes.append(missing(ORDER, self.folder, error))
            return []
        *lines, last = text.split("\n")
        # For C a line ends at a zero byte; one that has nothing before it is passed over.
        broken = [number for number, line in enumerate((*lines, last), 1) if "\0" in line and line[0] != "\0"]
        if broken or last.partition("\0")[0]:
            number = min((*broken, len(lines) + 1))
            self.notes.append(Note(f"{self.folder}/{ORDER}:{number} corrupted line misses '\\n'"))
            return []
        return lines


def missing(name: str, folder: str, error: OSError) -> Note:
    """Return what kmod says when it cannot open a file of the tree that it wants to read."""
    return Note(f"could not open {name} at {folder}: {error.strerror}", WARNING)
