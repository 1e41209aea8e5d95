"""Records are what typing's NamedTuple makes; and what most calls need imports nothing heavy."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import typing
from copy import copy
from pathlib import Path
from typing import Any

import pytest

from modtools import light
from tests.reference import CHECKOUT
from tests.running import KO, Run, runner


class Ours(light.NamedTuple):
    """A record."""

    x: int
    y: str = "y"
    z: tuple[int, ...] = ()

    @property
    def both(self) -> str:
        """Two fields."""
        return f"{self.x}{self.y}"


class Theirs(typing.NamedTuple):
    """A record."""

    x: int
    y: str = "y"
    z: tuple[int, ...] = ()

    @property
    def both(self) -> str:
        """Two fields."""
        return f"{self.x}{self.y}"


USES: dict[str, typing.Callable[[Any], Any]] = {
    "all fields": lambda made: made(1, "a", (2,)),
    "defaults": lambda made: made(1),
    "names": lambda made: made(z=(1,), x=2),
    "none": lambda made: made(),
    "too many": lambda made: made(1, 2, 3, 4),
    "a name that is none": lambda made: made(1, w=2),
    "twice": lambda made: made(1, x=2),
    "property": lambda made: made(1, "b").both,
    "replace": lambda made: made(1)._replace(y="c"),
    "replace what is not there": lambda made: made(1)._replace(w="c"),
    "make": lambda made: made._make([1, 2, 3]),
    "make too few": lambda made: made._make([1]),
    "dictionary": lambda made: made(1)._asdict(),
    "fields": lambda made: (made._fields, made._field_defaults, made.__match_args__, made.__doc__),
    "equal": lambda made: (made(1) == (1, "y", ()), hash(made(1)) == hash((1, "y", ())), made(1) < made(2)),
    "copies": lambda made: (copy(made(1)), pickle.loads(pickle.dumps(made(1)))),
    "a tuple": lambda made: (isinstance(made(1), tuple), made(1)[1:], len(made(1)), [*made(1)]),
    "cannot be changed": lambda made: setattr(made(1), "x", 2),
    "has no others": lambda made: setattr(made(1), "w", 2),
    "derived": lambda made: type("Derived", (made,), {"w": 3})(1).w,
}


@pytest.mark.parametrize("use", USES)
def test_a_record_is_a_named_tuple(use: str) -> None:
    """By position, by name, with defaults; changed, taken apart, compared, pickled; and refused in the same words."""

    def answer(made: Any) -> str:
        try:
            return repr(USES[use](made)).replace("Theirs", "Ours")
        except (TypeError, ValueError, AttributeError) as error:
            return f"{type(error).__name__}: {error}".replace("Theirs", "Ours")

    assert answer(Ours) == answer(Theirs)


def test_fields_with_defaults_come_last() -> None:
    """As in typing's."""
    with pytest.raises(TypeError, match="without a default"):
        exec("class Wrong(light.NamedTuple):\n    x: int = 1\n    y: int", {"light": light, "__name__": "wrong"})


HEAVY = {"re", "typing", "enum", "pathlib", "dataclasses", "inspect", "json", "ctypes", "threading", "atexit", "click"}
QUICK = (("modprobe", "-D", "hello_use_export"), ("modinfo", "-F", "depends", "hello_use_export"))


@pytest.fixture
def tree(capfd: pytest.CaptureFixture[str]) -> Run:
    """A machine whose tree has two modules, and a state of its own."""
    pymod = runner(capfd)
    assert pymod("boot")[2] == 0
    folder = Path(pymod("root")[0].strip()) / "lib/modules" / pymod("uname", "-r")[0].strip()
    for name in ("hello_export", "hello_use_export"):
        shutil.copy(KO / f"{name}.ko", folder)
    assert pymod("depmod")[2] == 0
    return pymod


@pytest.mark.parametrize("words", QUICK, ids=" ".join)
def test_what_is_called_by_the_hundred_imports_nothing_heavy(words: tuple[str, ...], tree: Run) -> None:
    """A `mkinitramfs` makes hundreds of such calls, each of which is over when its imports are."""
    code = "import sys; from modtools import cli; cli.main(['pymod', *sys.argv[1:]]); print(*sys.modules)"
    command = [sys.executable, "-S", "-E", "-c", f"import sys; sys.path.append({str(CHECKOUT)!a}); {code}", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith(tree(*words)[0])
    imported = set(done.stdout.splitlines()[-1].split())
    assert HEAVY & imported == set()
    assert not {name for name in imported if name.startswith(("modtools.kernel", "modtools.store", "modtools.emulate"))}


@pytest.mark.usefixtures("tree")
def test_a_command_ends_without_being_taken_apart() -> None:
    """Its output and status are the same, where it goes on to the end, too: with a watcher, or something to be done."""
    for before in ("", "import atexit; atexit.register(print, 'end'); ", "sys.setprofile(lambda *_: None); "):
        code = f"import sys; {before}sys.argv[1:] = ['modprobe', '-D', 'nothing']; from modtools.cli import run; run()"
        environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
        assert (done.stdout, done.returncode) == ("end\n" * ("atexit" in before), 1)
        assert "nothing not found" in done.stderr
