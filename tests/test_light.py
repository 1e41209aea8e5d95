"""What is made without typing, functools and contextlib is what they make."""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import typing
from collections.abc import Iterator
from copy import copy
from typing import Any

import pytest

from modtools import light
from tests.reference import CHECKOUT
from tests.running import Run, small_machine


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


IN_OTHER_WORDS = {"none", "too many", "a name that is none", "twice"}
"""What Python's own functions would refuse."""


@pytest.mark.parametrize("use", USES)
def test_a_record_is_a_named_tuple(use: str) -> None:
    """By position, by name, with defaults; changed, taken apart, compared, pickled; and what is refused."""

    def answer(made: Any) -> str:
        try:
            return repr(USES[use](made)).replace("Theirs", "Ours")
        except (TypeError, ValueError, AttributeError) as error:
            words = "" if use in IN_OTHER_WORDS else f": {error}"
            return f"{type(error).__name__}{words}".replace("Theirs", "Ours")

    assert answer(Ours) == answer(Theirs)


def test_fields_with_defaults_come_last() -> None:
    """As in typing's."""
    with pytest.raises(TypeError, match="without a default"):
        exec("class Wrong(light.NamedTuple):\n    x: int = 1\n    y: int", {"light": light, "__name__": "wrong"})


KINDS = (None, ValueError("one"), KeyError("two"), StopIteration("three"), RuntimeError("four"), KeyboardInterrupt())


def _hands_on() -> Iterator[str]:
    yield "a"


def _swallows() -> Iterator[str]:
    with contextlib.suppress(ValueError, StopIteration):
        yield "a"


def _raises_another() -> Iterator[str]:
    try:
        yield "a"
    except ValueError as error:
        raise LookupError("another") from error


def _raises_at_the_end() -> Iterator[str]:
    yield "a"
    raise LookupError("late")


def _goes_on() -> Iterator[str]:
    with contextlib.suppress(ValueError):
        yield "a"
    yield "b"


GENERATORS = (_hands_on, _swallows, _raises_another, _raises_at_the_end, _goes_on)


@pytest.mark.parametrize("raised", KINDS, ids=repr)
@pytest.mark.parametrize("function", GENERATORS)
def test_a_context_manager_is_that_of_contextlib(function: Any, raised: BaseException | None) -> None:
    """Whatever is raised inside, and whatever the generator makes of it; what is suppressed, too."""

    def answer(made: Any, suppress: Any) -> str:
        try:
            with suppress(KeyError), made(function)() as value:
                if raised is not None:
                    raise raised
                return f"returned {value}"
        except BaseException as error:  # noqa: BLE001, any of KINDS
            return f"{type(error).__name__}: {error}, {type(error.__cause__).__name__}"
        return "suppressed"

    ours, theirs = answer(light.contextmanager, light.suppress), answer(contextlib.contextmanager, contextlib.suppress)
    assert ours == theirs


class _Counts:
    calls = 0

    @light.cached_property
    def value(self) -> list[int]:
        """A new list."""
        self.calls += 1
        return [self.calls]


def test_a_value_is_made_once() -> None:
    """It stands in the object, can be set and removed there, and each object has its own."""
    one, other = _Counts(), _Counts()
    assert "value" not in vars(one)
    assert (one.value, one.value is one.value, one.calls, other.calls) == ([1], True, 1, 0)
    del one.value
    assert (one.value, vars(one)["value"]) == ([2], [2])
    one.value = [7]
    assert one.value == [7]
    assert _Counts.value.__doc__ == "A new list."


def test_an_answer_is_remembered() -> None:
    """For the same words; what is raised is not."""
    calls: list[object] = []

    @light.cache
    def quotient(number: int, by: int = 1) -> float:
        calls.append((number, by))
        return number / by

    assert [quotient(4, 2), quotient(4, 2), quotient(4), quotient(4)] == [2, 2, 4, 4]
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            quotient(1, 0)
    assert calls == [(4, 2), (4, 1), (1, 0), (1, 0)]
    quotient.cache_clear()
    assert (quotient(4, 2), calls[4:]) == (2, [(4, 2)])


@pytest.fixture
def tree(capfd: pytest.CaptureFixture[str]) -> Run:
    """A machine whose tree has two modules, and a state of its own."""
    return small_machine(capfd)


@pytest.mark.usefixtures("tree")
def test_a_command_ends_without_being_taken_apart() -> None:
    """Its output and status are the same, where it does so, too: for a watcher, a thread, something to be done."""
    thread = "import threading, time; threading.Thread(target=lambda: [time.sleep(0.5), print('end')]).start(); "
    idle = "import atexit, threading; "
    for before in (
        "",
        idle,
        "import atexit; atexit.register(print, 'end'); ",
        thread,
        "sys.setprofile(lambda *_: 0); ",
    ):
        code = f"import sys; {before}sys.argv[1:] = ['modprobe', '-D', 'nothing']; from modtools.cli import run; run()"
        environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
        assert (done.stdout, done.returncode) == ("end\n" * ("'end'" in before), 1)
        assert "nothing not found" in done.stderr
