"""The layers of ARCHITECTURE.md: who may import what, and how long functions are."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.parsed import facts
from tests.reference import CHECKOUT

PACKAGE = CHECKOUT / "modtools"


def picture() -> tuple[list[tuple[str, ...]], dict[str, list[tuple[str, ...]]]]:
    """The layers of ARCHITECTURE.md, the lowest first, and those within a package.

    A line of the picture begins with names, each a module or a package; those within the package of the line above are
    indented by four blanks, and a line with more blanks only goes on with the one before.
    """
    text = (CHECKOUT / "ARCHITECTURE.md").read_text("utf-8").split("```")[1]
    layers: list[tuple[str, ...]] = []
    within: dict[str, list[tuple[str, ...]]] = {}
    for line in text.splitlines()[1:]:
        names = tuple(
            word.removesuffix("/").removesuffix(".py") for word in re.split(r"\s{2,}", line.strip())[0].split()
        )
        if not line.startswith(" "):
            layers.insert(0, names)
        elif re.match(r" {4}\S", line):
            within.setdefault(layers[0][-1], []).insert(0, names)
    return layers, within


LAYERS, WITHIN = picture()
LAYER_OF = {package: height for height, packages in enumerate(LAYERS) for package in packages}

# (importer, imported) that is forbidden although the imported one is in a lower layer: kernel and tree meet in plan,
# and a report is made of a document, wherever that comes from.
FORBIDDEN_PAIRS = {
    ("kernel", "tree"),
    *(("reports", package) for package in ("diagnose", "emulate", "kernel", "link", "sources", "tree")),
}

# The folders of kernel/, the lowest first; below them are its modules that lie in no folder.
FOLDERS = [names for names in WITHIN["kernel"] if (PACKAGE / "kernel" / names[0]).is_dir()]

# What all of the emulator is handed, and what holds all of it: the only module that circles may go through.
CONTEXT = "modtools.emulate.guest"

# The dependencies, and their only allowed importers: modules or packages.
ALLOWED_IMPORTERS = {
    "backports": {"formats/compression.py"},
    "click": {"clicked.py"},
    "elftools": {"formats/elf.py"},
    "filelock": {"statelock.py"},
    "lzma_mt": {"formats/compression.py"},
    "platformdirs": {"place.py"},
    "rich": {"render.py"},
    "unicorn": {"emulate/"},
}

LONGEST_FUNCTION = 40

# Functions that may be longer, each with its reason.
LONG_FUNCTIONS: dict[str, str] = {}

SOURCES = sorted(PACKAGE.rglob("*.py"))
OURS = [
    *SOURCES,
    *(path for name in ("tools", "tests", "benchmarks") for path in sorted((CHECKOUT / name).rglob("*.py"))),
]


def relative(path: Path) -> str:
    """The path of a file in the checkout."""
    return path.relative_to(CHECKOUT).as_posix()


def package_of(module: str) -> str:
    """The module or package directly under modtools that a dotted name lies in; "" for modtools itself."""
    return module.removeprefix("modtools").lstrip(".").split(".")[0]


def package_holding(path: Path) -> str:
    """The module or package directly under modtools that a file of ours is, or lies in."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> tuple[tuple[int, str], ...]:
    """Line and dotted name of everything that a file imports, at its top or inside a function."""
    found = facts(path).imports
    relatives = [line for line, name in found if name.startswith(".")]
    assert not relatives, f"{relative(path)}:{relatives}: a relative import hides its layer"
    return found


def own_imports() -> Iterator[tuple[str, str, str]]:
    """Each import of modtools by itself: file and line, the package it stands in, and the one that it names."""
    known = {*LAYER_OF, ""}
    for path in SOURCES:
        for line, name in imports(path):
            if name.split(".")[0] == "modtools":
                # `from modtools import __version__` is in no package.
                package = package_of(name)
                there = package in known or (PACKAGE / package).exists()
                yield f"{relative(path)}:{line}", package_holding(path), package if there else ""


# A rule is one test for all files, which lists each offender: a test for each file would be thousands.


def assert_none(offenders: list[str]) -> None:
    """Fail with a line for each of them."""
    assert not offenders, "\n".join(offenders)


def test_every_package_has_a_layer() -> None:
    """Each file lies in a package of the picture; a new package is given its layer there first."""
    assert_none([relative(path) for path in SOURCES if package_holding(path) not in {"__init__", *LAYER_OF}])


def test_imports_go_down() -> None:
    """A file imports only from its own layer or from a lower one."""
    assert_none(
        [
            f"{where}: {own} imports {other}"
            for where, own, other in own_imports()
            # The package itself gives out the names of the library, and imports them when they are asked for.
            if LAYER_OF.get(other, -1) > LAYER_OF.get(own, -1) and (own, other) != ("__init__", "api")
        ]
    )


def test_forbidden_pairs_are_not_imported() -> None:
    """The kernel and the tree do not know each other, and reports know of neither."""
    assert_none(
        [f"{where}: {own} imports {other}" for where, own, other in own_imports() if (own, other) in FORBIDDEN_PAIRS]
    )


def test_what_the_emulator_is_made_of_does_not_import_linux() -> None:
    """Functions of the kernel, below `emulate/linux`, are built on the rest of the emulator, never the other way."""
    below = PACKAGE / "emulate/linux"
    assert_none(
        [
            f"{relative(path)}:{line}: {name}"
            for path in (PACKAGE / "emulate").rglob("*.py")
            if below not in path.parents
            for line, name in imports(path)
            if name.startswith("modtools.emulate.linux")
        ]
    )


def test_dependencies_are_imported_in_one_place() -> None:
    """elftools, unicorn, rich, click and the others are imported by their allowed importers and by nothing else."""
    assert_none(
        [
            f"{relative(path)}:{line}: {imported}"
            for path in SOURCES
            for line, imported in imports(path)
            if not may_import(path.relative_to(PACKAGE).as_posix(), imported.split(".")[0])
        ]
    )


def may_import(name: str, dependency: str) -> bool:
    """Whether a file, named as it lies in modtools, is one of a dependency's importers, or this is no dependency."""
    allowed = ALLOWED_IMPORTERS.get(dependency)
    return allowed is None or any(
        name == place or (place.endswith("/") and name.startswith(place)) for place in allowed
    )


def test_functions_are_short() -> None:
    """A function has at most 40 lines from its def to its end, or stands in the list with a reason."""
    wrong = []
    for path in OURS:
        for found in facts(path).definitions:
            if found.kind in (ast.FunctionDef, ast.AsyncFunctionDef):
                name = f"{relative(path)}:{found.name}"
                if (found.lines > LONGEST_FUNCTION) != (name in LONG_FUNCTIONS):
                    wrong.append(f"{name}: {found.lines} lines")
    assert_none(wrong)


def modules_in(folder: Path) -> set[str]:
    """The modules and packages directly in a folder."""
    packages = {path.parent.name for path in folder.glob("*/__init__.py")}
    return packages | {path.stem for path in folder.glob("*.py") if path.name[:2] != "__"}


def test_the_picture_is_complete() -> None:
    """Each module and package is in the picture, and what is in the picture is there."""
    assert LAYER_OF.keys() == modules_in(PACKAGE) | {"__main__"}
    assert WITHIN.keys() == {"emulate", "kernel"}
    for package, layers in WITHIN.items():
        assert modules_in(PACKAGE / package) == {name for names in layers for name in names}


def test_imports_go_down_within_the_kernel() -> None:
    """What shows the kernel is built on what loads, that on parameters, and all on the state: never the other way."""
    heights = {f"modtools.kernel.{name}": height for height, names in enumerate(FOLDERS) for name in names}

    def height(module: str) -> int:
        """The height of the layer that a module lies in; all modules that lie in no folder are the lowest."""
        return heights.get(".".join(module.split(".")[:3]), -1)

    assert len(heights) > 2
    assert_none(
        [
            f"{importer} imports {imported}"
            for importer, found in import_graph().items()
            if importer.startswith("modtools.kernel.")
            for imported in found
            if imported.startswith("modtools.kernel.") and height(imported) > height(importer)
        ]
    )


def test_the_files_that_are_named_exist() -> None:
    """ARCHITECTURE.md speaks of files that are there."""
    text = (CHECKOUT / "ARCHITECTURE.md").read_text("utf-8").split("```")[2]
    named = re.findall(r"`([\w/]+(?:\.\w+|/))`", text)
    assert len(named) > 20
    assert not [name for name in named if not (PACKAGE / name).exists() and not (CHECKOUT / name).exists()]


def test_tests_lie_as_the_code_lies() -> None:
    """A folder with tests has the name of the folder whose code they test; `clients` tests whole programs with it."""
    folders = {path.parent.relative_to(CHECKOUT / "tests") for path in (CHECKOUT / "tests").rglob("test_*.py")}
    assert not [folder for folder in folders if folder.name != "clients" and not (PACKAGE / folder).is_dir()]


def test_no_circles() -> None:
    """Importing goes one way, imports within functions and for types counted, but for those of the context object."""
    graph = {name: found - {CONTEXT} for name, found in import_graph().items() if name != CONTEXT}
    assert circles(graph) == []


def test_a_circle_is_found() -> None:
    """Modules that reach each other are a circle, whoever else reaches them or is reached."""
    graph = {"top": {"a"}, "a": {"b"}, "b": {"c", "low"}, "c": {"a"}, "low": set[str](), "self": {"low"}}
    assert circles(graph) == [{"a", "b", "c"}]


def import_graph() -> dict[str, set[str]]:
    """Which modules of the package each of them imports, anywhere in its text."""
    names = {".".join(path.relative_to(CHECKOUT).with_suffix("").parts): path for path in SOURCES}
    names = {name.removesuffix(".__init__"): path for name, path in names.items()}

    def module(imported: str) -> str:
        """`from a.b import c` means the module a.b.c, or a name in a.b."""
        return imported if imported in names else imported.rpartition(".")[0]

    return {
        name: ({module(found) for _, found in imports(path)} & names.keys()) - {name} for name, path in names.items()
    }


def circles(graph: dict[str, set[str]]) -> list[set[str]]:
    """The sets of more than one node that all reach each other."""
    reached = {node: reachable(graph, node) for node in graph}
    found: list[set[str]] = []
    for node in graph:
        circle = {other for other in reached[node] if node in reached[other]}
        if len(circle) > 1 and circle not in found:
            found.append(circle)
    return found


def reachable(graph: dict[str, set[str]], start: str) -> set[str]:
    """All nodes that are reached from one."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = graph[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def test_records_are_lights() -> None:
    """Each NamedTuple is that of `light`, which takes a fourth of the time of typing's to make."""
    light = PACKAGE / "light.py"
    assert_none(
        [
            f"{relative(path)}:{line}"
            for path in SOURCES
            for line, name in facts(path).imports
            if path != light and name in ("typing.NamedTuple", "collections.namedtuple")
        ]
    )


def test_docstrings_can_be_read_alone() -> None:
    """A docstring has more than three words: "Gone." or "The same." say nothing without their neighbours."""
    assert_none(
        [
            f"{relative(path)}:{found.name}"
            for path in SOURCES
            for found in facts(path).definitions
            if found.kind in (ast.FunctionDef, ast.ClassDef) and 0 < len(found.text.split()) <= 3
        ]
    )


def test_the_table_of_dependencies_is_the_projects() -> None:
    """Each dependency of the package has its allowed importers in the table, under the name that it is imported by."""
    import tomllib

    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    required = [
        *project["dependencies"],
        *project["optional-dependencies"]["run"],
        *project["optional-dependencies"]["xz"],
    ]
    names = {requirement.split(">")[0] for requirement in required}
    renamed = {"pyelftools": "elftools", "backports.zstd": "backports", "lzma-mt": "lzma_mt"}
    imported = {renamed.get(name, name) for name in names}
    assert imported == ALLOWED_IMPORTERS.keys()
