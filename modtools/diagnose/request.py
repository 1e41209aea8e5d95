"""A whole check: each module on each kernel, on as many cores as there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil
from pathlib import Path

from modtools import config as configuration
from modtools.boot import Folders
from modtools.config import Config
from modtools.diagnose.check import Against, check
from modtools.diagnose.document import Document, document, kernel_facts, module_facts
from modtools.diagnose.findings import Severity
from modtools.diagnose.given import Candidate, candidates, distinct
from modtools.diagnose.kernels import Named, kernels
from modtools.diagnose.kernels import distinct as distinct_kernels
from modtools.diagnose.scratch import Scratch
from modtools.errors import PymodError
from modtools.forks import without_collector
from modtools.kernel.state import Kernel
from modtools.light import NamedTuple
from modtools.rooted import HOST, Host
from modtools.store import Store
from modtools.tree.index import DEP, Tree
from modtools.tree.lookup import Lookup, absolute_path
from modtools.tree.processes import cores, shared_out

_CHUNK = 50
"""Modules that a process takes at a time."""


class Machine(NamedTuple):
    """The machine whose kernel, module tree and configuration count where nothing else is named."""

    store: Store
    folders: Folders
    root: str
    disk: Host


class Request(NamedTuple):
    """What is to be checked: `modules` on `kernels`, by the words that name them.

    `args` are parameters by module; findings of the rules in `ignored` are left out, unless they refuse. `shard` is
    which part of how many is checked, from 1. `jobs` processes work at a time, 0 for one on each core.
    """

    modules: Sequence[str]
    kernels: Sequence[str] = ()
    tree: str | None = None
    configs: Sequence[str] = ()
    args: Mapping[str, str] = {}
    run: bool = False
    ignored: frozenset[str] = frozenset()
    shard: tuple[int, int] = (1, 1)
    jobs: int = 0


def _nobody(_done: int, _all: int) -> None:
    return None


def answer(request: Request, machine: Machine, progress: Callable[[int, int], None] = _nobody) -> Document:
    """Return the document of a check. `progress` is told how many of how many modules are done. Raises PymodError."""
    facts, modules, notes = [], list[Document](), list[str]()
    for named in kernels(distinct_kernels(request.kernels), machine.folders, machine.store):
        facts.append(kernel_facts(named.word, named.kernel))
        notes += named.notes
        modules += _on(named, request, machine, progress)
    made = document(facts, modules, notes)
    return (
        made if request.shard == (1, 1) else made | {"shard": dict(zip(("number", "of"), request.shard, strict=True))}
    )


def _on(named: Named, request: Request, machine: Machine, progress: Callable[[int, int], None]) -> list[Document]:
    """Return what is found of all modules on one kernel."""
    lookup = _lookup(named.word, named.kernel, request, machine)
    given = distinct(candidates(request.modules, lookup))
    _check_args(request.args, given, lookup)
    number, parts = request.shard
    mine = given[len(given) * (number - 1) // parts : len(given) * number // parts]
    scratch = Scratch(named.kernel, run=request.run)
    against = Against.of(named.word, scratch, given, lookup, request.args)

    def do(chunk: int) -> list[Document]:
        return [_kept(against, each, request.ignored) for each in mine[chunk * _CHUNK :][:_CHUNK]]

    chunks = ceil(len(mine) / _CHUNK)
    workers = request.jobs or cores()
    with without_collector():
        if len(mine) > _CHUNK:
            against.exporters.read_all(workers)
        done = shared_out(chunks, do, workers, lambda chunk: progress((chunk + 1) * _CHUNK, len(mine)))
    return [module for part in done for module in part]


def _check_args(args: Mapping[str, str], given: Sequence[Candidate], lookup: Lookup) -> None:
    """Raise PymodError for parameters of a module that is neither given nor in the tree."""
    names = {each.name for each in given}
    for name in args:
        if name not in names and lookup.path(lookup.known(name)) is None:
            raise PymodError(
                f"--args names {name}, which is none of the modules that are checked, and in no module tree"
            )


def _kept(against: Against, candidate: Candidate, ignored: frozenset[str]) -> Document:
    row = check(against, candidate)
    kept = (each for each in row.findings if each.rule not in ignored or each.severity is Severity.ERROR)
    return module_facts(row._replace(findings=tuple(kept)))


def _lookup(word: str, kernel: Kernel, request: Request, machine: Machine) -> Lookup:
    """Return what names mean: in the tree that is named, maybe as the kernel, or in the machine's for this kernel."""
    told = request.tree or _tree_in(word)
    folder = told or f"{machine.root}/lib/modules/{kernel.identity.release}"
    disk = HOST if told else machine.disk
    tree = Tree(absolute_path(folder), disk)
    return Lookup(tree, _config(kernel, tree.folder, request, machine), zlib=True)


def _tree_in(word: str) -> str | None:
    """Return the module tree, with its index, among the sources of a kernel; None if none is."""
    sources = (word, *word.split(","))
    return next((each for each in sources if each and Path(each, f"{DEP}.bin").is_file()), None)


def _config(kernel: Kernel, tree: str, request: Request, machine: Machine) -> Config:
    configuration.assert_there(request.configs, machine.disk)
    places = request.configs or configuration.places(machine.root)
    return configuration.read_places(places, tree, kernel.identity.cmdline, [], machine.disk)
