"""The house stands as ARCHITECTURE.md draws it: floors, who may import what, and how long things are."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reference import CHECKOUT

PACKAGE = CHECKOUT / "modtools"

# From the ground up. A module imports from its own floor or from one further down.
FLOORS = (
    ("names", "causes", "errors", "linuxerrno", "hostfile", "jsonfields", "rooted", "forks"),
    ("formats", "profiles"),
    ("module",),
    ("config",),
    ("tree",),
    ("link",),
    ("kernel",),
    ("emulate",),
    ("store", "statejson", "stateparts", "statelock", "sources", "boot", "place"),
    ("plan", "diagnose"),
    ("report", "render"),
    ("getopt", "options", "clicked", "command"),
    ("tools",),
    ("cli", "__main__", "completion"),
)
FLOOR_OF = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}

# (importer, imported): rooms that do not know each other although one lies below; they meet in plan and diagnose.
STRANGERS = {("kernel", "tree")}

# The only places that a dependency may be imported from.
DEPENDENCIES = {
    "backports": {"formats/compression.py"},
    "click": {"clicked.py", "command.py"},
    "elftools": {"formats/elf.py"},
    "filelock": {"statelock.py"},
    "platformdirs": {"place.py"},
    "rich": {"render.py"},
    "unicorn": {"emulate/"},
}

LONGEST_FILE, LONGEST_FUNCTION = 300, 40

# Files that may be longer, each with its reason.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}

SOURCES = sorted(PACKAGE.rglob("*.py"))
OURS = [*SOURCES, *sorted((CHECKOUT / "tests").rglob("*.py")), *sorted((CHECKOUT / "benchmarks").rglob("*.py"))]


def relative(path: Path) -> str:
    """The name of a file as a person would say it."""
    return path.relative_to(CHECKOUT).as_posix()


def room(module: str) -> str:
    """The file or folder directly under modtools that a dotted name lies in; "" for modtools itself."""
    return module.removeprefix("modtools").lstrip(".").split(".")[0]


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything that a file imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{relative(path)}:{node.lineno}: a relative import hides its floor"
            # `from modtools import errors` names a room, `from modtools.kernel import load` a file of it.
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def inside(path: Path) -> Iterator[tuple[int, str]]:
    """Line and room of each import of the house itself."""
    known = {*FLOOR_OF, ""}
    for line, name in imports(path):
        if name.split(".")[0] == "modtools":
            # `from modtools import __version__` is in no room.
            yield line, room(name) if room(name) in known or (PACKAGE / room(name)).exists() else ""


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_every_room_has_a_floor(path: Path) -> None:
    """A file lies in a room of the plan; a new room gets its floor in the table above first."""
    name = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    assert name == "__init__" or name in FLOOR_OF


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_imports_go_down(path: Path) -> None:
    """A file imports only from its own floor or from one further down."""
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    height = FLOOR_OF.get(own, -1)
    upwards = [
        f"line {line}: {own} imports {other}" for line, other in inside(path) if FLOOR_OF.get(other, -1) > height
    ]
    assert not upwards


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_strangers_do_not_meet(path: Path) -> None:
    """The kernel and the tree do not know each other."""
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    assert not [f"line {line}: {own} imports {other}" for line, other in inside(path) if (own, other) in STRANGERS]


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_each_dependency_has_its_door(path: Path) -> None:
    """elftools, unicorn, rich, click and the others are imported where the plan says and nowhere else."""
    name = path.relative_to(PACKAGE).as_posix()
    for line, imported in imports(path):
        doors = DEPENDENCIES.get(imported.split(".")[0])
        assert doors is None or any(name == door or (door.endswith("/") and name.startswith(door)) for door in doors), (
            f"line {line}: {name} imports {imported}"
        )


@pytest.mark.parametrize("path", OURS, ids=relative)
def test_files_are_short(path: Path) -> None:
    """A file has at most 300 lines, so that it holds one thing, or stands in the list with a reason."""
    lines = len(path.read_text("utf-8").splitlines())
    assert (lines > LONGEST_FILE) == (relative(path) in LONG_FILES), f"{lines} lines"


@pytest.mark.parametrize("path", OURS, ids=relative)
def test_functions_are_short(path: Path) -> None:
    """A function has at most 40 lines from its def to its end, or stands in the list with a reason."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            name = f"{relative(path)}:{node.name}"
            assert (lines > LONGEST_FUNCTION) == (name in LONG_FUNCTIONS), f"{name}: {lines} lines"


def test_the_table_of_dependencies_is_the_projects() -> None:
    """Each dependency of the package has its door in the table, under the name that it is imported by."""
    import tomllib

    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    required = [*project["dependencies"], *project["optional-dependencies"]["run"]]
    names = {requirement.split(">")[0] for requirement in required}
    imported = {{"pyelftools": "elftools", "backports.zstd": "backports"}.get(name, name) for name in names}
    assert imported == DEPENDENCIES.keys()
