"""The tool that changes the code: what it changes, and that its list of survivors is about code that there is."""

from __future__ import annotations

import ast
import json
import os
import resource
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from modtools import integers
from tests.mutants import __main__ as mutants_main
from tests.mutants.__main__ import AREAS, drawn, holds, reasons
from tests.mutants.calls import IMPORT, Calls, Notes, files_in
from tests.mutants.mutation import mutants
from tests.mutants.session import limit_processor_time, replace_functions
from tests.reference import CHECKOUT

TEXT = '''"""Docs."""
from x import y
LIMIT: Final = 3
Rows = dict[str, int]
Name = str | None
Call = Callable[..., Rows] | None
@function("int f(int a)")
def f(a: int | None = None, b: int = 1) -> int:
    """More docs."""
    if a is None and not b:
        a += (b) << 2
        call(f"{a + 1}")
        assert all(x < y for x, y in zip(b, b, strict=True))
        both(zip(b, b[1], strict=False))
    return a % 7
'''


def test_all_that_is_done_is_changed_and_nothing_that_is_declared() -> None:
    """Comparisons, operators, numbers, conditions, statements and returns; nothing that only annotates or claims."""
    assert {(m.old, m.new) for m in mutants("x.py", TEXT)} == {
        ("3", "4"),
        ("a is None and not b", "not (a is None and not b)"),
        ("and", "or"),
        ("is", "is not"),
        ("not b", "(b)"),
        ("a += (b) << 2", "pass"),
        ("<<", ">>"),
        ("2", "3"),
        ('call(f"{a + 1}")', "pass"),
        ("both(zip(b, b[1], strict=False))", "pass"),
        ("1", "2"),
        ("a % 7", "None"),
        ("%", "+"),
        ("7", "8"),
    }


@pytest.mark.parametrize("area", AREAS)
def test_a_changed_file_is_still_python(area: str) -> None:
    """Each change that can be made parses."""
    for mutant in drawn(1, 100, area):
        text = (CHECKOUT / mutant.file).read_text("utf-8")
        ast.parse(mutant.applied(text))


def test_the_same_seed_draws_the_same_changes() -> None:
    """And another seed others; each area has its part."""
    assert drawn(1, 20, "") == drawn(1, 20, "") != drawn(2, 20, "")
    assert all(any(mutant.file.startswith(area) for mutant in drawn(1, 20, "")) for area in AREAS)


def test_a_survivor_is_named_with_a_reason_and_can_still_be_made() -> None:
    """A line of the list is about code that there is; else it goes."""
    there = {str(mutant) for mutant in drawn(1, 1 << 30, "")}
    assert reasons().keys() <= there
    assert all(reasons().values())


def test_what_a_test_calls_is_noted_and_its_file_is_asked(tmp_path: Path) -> None:
    """In the test's process or in a fork of it; those that call a function come first, and of them the quick ones.

    A file is asked as a whole, that of the changed code's own tests first, others not for more than ten seconds.
    """
    notes = Notes(tmp_path / "notes")
    with notes.of(IMPORT):
        pass
    with notes.of("test_a.py::one"):
        integers.signed(1, 8)
    with notes.of("test_a.py::other"):
        pass
    with notes.of("test_b.py::forked"):
        if not (pid := os.fork()):
            integers.signed(1, 8)
            os._exit(0)
        os.waitpid(pid, 0)
    with notes.of("test_c.py::none"):
        pass
    calls = Calls([tmp_path / "notes"])
    assert set(calls.seconds) == {"test_a.py::one", "test_a.py::other", "test_b.py::forked", "test_c.py::none"}
    calls.seconds |= {"test_a.py::one": 2, "test_b.py::forked": 1}
    tests = ["test_b.py::forked", "test_a.py::one", "test_a.py::other"]
    assert calls.tests("modtools/integers.py", "signed") == calls.tests("modtools/integers.py") == tests
    calls.seconds["test_a.py::other"] = 11
    assert calls.tests("modtools/integers.py", "signed") == tests[:2]
    calls.seconds["tests/test_integers.py::own"] = 30
    calls.seconds["test_a.py::other"] = 9
    calls.functions["modtools/integers.py", "signed"].add("tests/test_integers.py::own")
    assert calls.tests("modtools/integers.py", "signed") == ["tests/test_integers.py::own", *tests]
    calls.seconds["test_a.py::one"] = 20
    assert calls.tests("modtools/integers.py", "signed") == ["tests/test_integers.py::own", tests[0]]
    assert not calls.at_import("modtools/integers.py", "signed")
    assert calls.at_import("modtools/integers.py", "module")
    assert calls.known("modtools/integers.py", "signed")
    assert not calls.known("modtools/integers.py", "unsigned")


def test_notes_hold_until_a_file_changes_that_they_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What tests call depends on what they call, and on their own helpers; on no other file."""
    monkeypatch.setattr(mutants_main, "CHECKOUT", tmp_path)
    state_of, content_of = mutants_main.state_of, mutants_main.content_of
    notes = tmp_path / "notes"
    notes.write_text("modtools/a.py f\ntests/helper.py g\ntest 0.5 tests/test_a.py::one\n")
    assert files_in(notes.read_text()) == {"modtools/a.py", "tests/helper.py"}
    assert not holds(notes)
    for file in ("modtools/a.py", "tests/helper.py"):
        (tmp_path / file).parent.mkdir()
        (tmp_path / file).write_text("before")
    notes.with_suffix(".json").write_text(json.dumps({file: state_of(file) for file in files_in(notes.read_text())}))
    for change, held in (("modtools/b.py", True), ("tests/helper.py", False)):
        (tmp_path / change).write_text("now")
        content_of.cache_clear()
        assert holds(notes) is held
    content_of.cache_clear()


def test_what_works_on_and_on_is_ended() -> None:
    """After three times what a test took before, and five seconds: of the processor, so a busy machine ends none."""
    if not (pid := os.fork()):
        limit_processor_time(0.5)
        left = resource.getrlimit(resource.RLIMIT_CPU)[0] - time.process_time()
        os._exit(not 6.5 <= left < 8)
    assert os.waitpid(pid, 0)[1] == 0


_BEFORE = """
TABLE = 3
def one(a):
    return a + 1
class Two:
    def three(self):
        return [a + 1 for a in range(TABLE)]
"""


@pytest.mark.parametrize(
    ("old", "new", "one", "three"),
    [
        ("return a + 1", "return a - 1", 1, [1, 2, 3]),
        ("[a + 1", "[a - 1", 3, [-1, 0, 1]),
        ("return a + 1", "return None", None, [1, 2, 3]),
    ],
)
def test_functions_that_others_have_imported_are_changed(
    old: str, new: str, one: int, three: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has a function, or a method, calls what it has become."""
    module = ModuleType("made_up")
    monkeypatch.setitem(sys.modules, "made_up", module)
    exec(compile(_BEFORE, "/somewhere/made_up.py", "exec"), module.__dict__)
    function, method = module.one, module.Two().three
    assert (function(2), method()) == (3, [1, 2, 3])
    assert replace_functions("made_up.py", _BEFORE, _BEFORE.replace(old, new))
    assert (function(2), method()) == (one, three)


def test_what_was_done_at_import_takes_a_new_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table is not a function; a file that nobody has imported is read as it is now."""
    module = ModuleType("made_up")
    assert replace_functions("made_up.py", _BEFORE, _BEFORE.replace("TABLE = 3", "TABLE = 4"))
    monkeypatch.setitem(sys.modules, "made_up", module)
    exec(compile(_BEFORE, "/somewhere/made_up.py", "exec"), module.__dict__)
    assert not replace_functions("made_up.py", _BEFORE, _BEFORE.replace("TABLE = 3", "TABLE = 4"))
