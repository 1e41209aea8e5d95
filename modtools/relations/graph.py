"""Which modules need which, directly, and by which symbols: read from the modules' own files, or of a running kernel.

modules.dep names all that a module needs, be it directly or not. Of these it needs directly what exports a symbol that
it wants, as depmod finds it; what is left over then, because a file cannot be read, counts as needed directly, too.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Protocol

from modtools.formats.linkagevalues import SYMBOLS, WANTED, Linkage
from modtools.formats.strtab import listed
from modtools.kernel.state import Kernel
from modtools.light import NamedTuple
from modtools.relations.bringers import Bringers
from modtools.relations.outline import Line
from modtools.rooted import HOST
from modtools.tree.lookup import KnownModule
from modtools.tree.reading import read_linkage

_MOST: Final = 3
"""Symbols that text shows of an edge."""
KINDS: Final = {"dependency": "", "pre": "softdep pre", "post": "softdep post", "weak": "weakdep"}
"""The kinds of edges, and what is written beside them."""


class Node(NamedTuple):
    """A module: its file, None where there is none, whether it is builtin; and its state where it is loaded."""

    name: str
    path: str | None = None
    builtin: bool = False
    state: str = ""


class Edge(NamedTuple):
    """One module needs another one: a kind of KINDS, the symbols for which it does, and the line that says so."""

    user: str
    needed: str
    kind: str = "dependency"
    symbols: tuple[str, ...] = ()
    source: str = ""


class Graph(NamedTuple):
    """Modules and edges between them; `roots` are where a tree begins. `problems` are files that cannot be read."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    roots: tuple[str, ...]
    problems: tuple[str, ...] = ()


class Source(Protocol):
    """Where nodes and edges come from."""

    problems: list[str]

    def names(self) -> list[str]:
        """Return all modules that there are."""

    def node(self, name: str) -> Node:
        """Return a module by its name."""

    def needs(self, name: str) -> list[Edge]:
        """Return what a module needs."""

    def users(self, name: str) -> list[Edge]:
        """Return who needs a module."""


def graph(source: Source, roots: Sequence[str], *, reverse: bool = False, depth: int = -1) -> Graph:
    """Return what is needed by some modules, or in `reverse` who needs them, as far away as `depth` steps.

    Without roots it is the graph of all modules.
    """
    found: dict[str, Node] = {}
    edges: dict[Edge, None] = {}
    names = list(roots or source.names())
    while names:
        found.update((name, source.node(name)) for name in names)
        if not depth:
            break
        depth -= 1
        ahead: dict[str, None] = {}
        for name in names:
            for edge in source.users(name) if reverse else source.needs(name):
                edges[edge] = None
                ahead[edge.user if reverse else edge.needed] = None
        names = [name for name in ahead if name not in found]
    below = {edge.user if reverse else edge.needed for edge in edges}
    tops = tuple(roots) or tuple(name for name in found if name not in below) or tuple(found)
    return Graph(tuple(found.values()), tuple(edges), tops, tuple(source.problems))


class TreeSource:
    """The modules of a tree. `hard`: without soft and weak dependencies."""

    def __init__(self, place: Bringers, *, hard: bool = False) -> None:
        self.place, self.hard = place, hard
        self.problems: list[str] = []
        self._lookup = place.lookup()
        self._linkages: dict[str, Linkage] = {}

    def names(self) -> list[str]:
        return sorted(self.place.needs)

    def node(self, name: str) -> Node:
        module = self._module(name)
        path = self._lookup.path(module)
        return Node(name, path, path is None and self._lookup.is_builtin(module))

    def needs(self, name: str) -> list[Edge]:
        wanted = frozenset(listed(self._linkage(name).wanted))
        all_needed = self.place.needs.get(name, frozenset())
        edges = [self._edge(name, needed, wanted) for needed in sorted(all_needed)]
        direct = {edge.needed for edge in edges if edge.symbols}
        reached = direct.union(*(self.place.needs.get(needed, frozenset()) for needed in direct))
        found = [edge for edge in edges if edge.symbols or edge.needed not in reached]
        return found if self.hard else [*found, *self._soft(name)]

    def users(self, name: str) -> list[Edge]:
        above = sorted(user for user, needed in self.place.needs.items() if name in needed)
        edges = [edge for user in above for edge in self._needed_directly(user, name)]
        if self.hard:
            return edges
        soft = [by for by in self.place.of(name) if by.kind in ("pre", "post", "weak")]
        return [*edges, *(Edge(by.by, name, by.kind, (), by.source) for by in soft)]

    def _needed_directly(self, user: str, name: str) -> list[Edge]:
        edge = self._edge(user, name, frozenset(listed(self._linkage(user).wanted)))
        if edge.symbols:
            return [edge]
        # Nothing that it wants is in there: then it needs the module by way of another one, if its file can be read.
        return [] if not self._linkage(user).problems else [each for each in self.needs(user) if each.needed == name]

    def _edge(self, user: str, needed: str, wanted: frozenset[str]) -> Edge:
        exports = listed(self._linkage(needed).exports)
        return Edge(user, needed, "dependency", tuple(sorted(wanted.intersection(exports))))

    def _soft(self, name: str) -> list[Edge]:
        module = self._module(name)
        pre, post, source = self._lookup.softdeps(module)
        weak = self._lookup.weakdeps(module)
        kinds = (("pre", pre, source), ("post", post, source), ("weak", weak.modules, weak.source))
        return [Edge(name, other.name, kind, (), line) for kind, others, line in kinds for other in others]

    def _module(self, name: str) -> KnownModule:
        return next((module for module in self.place.find(name) if module.name == name), KnownModule(name))

    def _linkage(self, name: str) -> Linkage:
        if name not in self._linkages:
            path = self._lookup.path(self._module(name))
            self._linkages[name] = Linkage() if path is None else self._read(path)
        return self._linkages[name]

    def _read(self, path: str) -> Linkage:
        disk = self.place.place.tree.disk
        if not stat.S_ISREG(disk.stat(path).st_mode):  # a FIFO would be waited for
            self.problems.append(f"{path} is no regular file")
            return Linkage()
        read = read_linkage(path, disk=disk)
        self.problems += _problems(path, read)
        return read


class LoadedSource:
    """The modules that a kernel has loaded, and who uses whom; with `symbols` those that a module's file wants."""

    def __init__(self, kernel: Kernel, *, symbols: bool = False) -> None:
        self.kernel, self.symbols = kernel, symbols
        self.problems: list[str] = []
        self._wanted: dict[str, frozenset[str]] = {}

    def names(self) -> list[str]:
        return list(self.kernel.modules)

    def node(self, name: str) -> Node:
        module = self.kernel.modules[name]
        return Node(name, module.path or None, state=str(module.state))

    def needs(self, name: str) -> list[Edge]:
        return [self._edge(name, needed) for needed in sorted(self.kernel.modules[name].uses)]

    def users(self, name: str) -> list[Edge]:
        return [self._edge(user, name) for user in sorted(self.kernel.modules[name].users)]

    def _edge(self, user: str, needed: str) -> Edge:
        if not self.symbols:
            return Edge(user, needed)
        exports = self.kernel.modules[needed].exports
        return Edge(user, needed, "dependency", tuple(sorted(self._wants(user).intersection(exports))))

    def _wants(self, name: str) -> frozenset[str]:
        if name not in self._wanted:
            read = read_linkage(self.kernel.modules[name].path, disk=HOST)
            self.problems += _problems(self.kernel.modules[name].path, read)
            self._wanted[name] = frozenset(listed(read.wanted))
        return self._wanted[name]


def _problems(path: str, read: Linkage) -> Iterable[str]:
    reasons = dict.fromkeys(why for part, _, why in read.problems if part in (SYMBOLS, WANTED))
    return [f"cannot read {path}: {why}" for why in reasons]


def outline(found: Graph, *, reverse: bool, symbols: bool) -> list[Line]:
    """Return the trees of a graph, one for each root; what was shown with all below it is not shown so again."""
    below: dict[str, list[Edge]] = {}
    for edge in found.edges:
        below.setdefault(edge.needed if reverse else edge.user, []).append(edge)
    builtin = frozenset(node.name for node in found.nodes if node.builtin)
    return _Outline(below, builtin, reverse, symbols).of(found.roots)


class _Outline:
    def __init__(self, below: Mapping[str, list[Edge]], builtin: frozenset[str], reverse: bool, symbols: bool) -> None:
        self.below, self.builtin = below, builtin
        self.reverse, self.symbols = reverse, symbols
        self.shown: set[str] = set()

    def of(self, roots: Iterable[str]) -> list[Line]:
        return [self._line(name, self._named(name)) for name in roots]

    def _named(self, name: str) -> str:
        return f"{name} (builtin)" if name in self.builtin else name

    def _line(self, name: str, text: str) -> Line:
        edges = self.below.get(name, [])
        if name in self.shown and edges:
            return Line(f"{text}, see above")
        self.shown.add(name)
        return Line(text, tuple(self._below(edge) for edge in edges))

    def _below(self, edge: Edge) -> Line:
        name = edge.user if self.reverse else edge.needed
        kind = f" ({KINDS[edge.kind]}, {edge.source})" if KINDS[edge.kind] else ""
        some = edge.symbols[:_MOST] if self.symbols else ()
        more = f" and {len(edge.symbols) - len(some)} more" if some and len(edge.symbols) > len(some) else ""
        return self._line(name, f"{self._named(name)}{kind}{': ' if some else ''}{', '.join(some)}{more}")
