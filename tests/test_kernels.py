"""How a load is counted in the matrix of kernels."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.kernels import loads

OOPS = "[    0.000000] BUG: unable to handle page fault for address: ffffffffa0020018"


@pytest.mark.parametrize(
    ("log", "code", "word", "why"),
    [
        (f"[    0.000000] x: fine\n{OOPS}\n", -9, "oops", OOPS),
        ("[    0.000000] x: fine\n", -9, "error", "it ended by signal 9"),
        (OOPS, 3, "error", "it ended with 3"),
    ],
)
def test_a_process_that_the_kernel_kills_has_oopsed(
    monkeypatch: pytest.MonkeyPatch, log: str, code: int, word: str, why: str
) -> None:
    """The log says so; without a complaint there it is a fault of pymod's."""
    monkeypatch.setattr(loads, "run", lambda *_words: (0, log, ""))
    assert loads._ended("x", code) == loads.Load("x", word, why)


def call(module: str, **different: Any) -> dict[str, Any]:
    """A call of the kernel as modprobe --json tells it."""
    fine = {"errno": 0, "linked": True, "killed": False, "log": [], "how": "returned", "detail": "", "causes": []}
    return {"module": module, **fine, **different}


@pytest.mark.parametrize(
    ("status", "calls", "word"),
    [
        (0, [call("soft", errno=19), call("x")], "loaded"),
        (1, [call("x", errno=19)], "init"),
        (0, [call("soft", how="needs", detail="f"), call("x")], "needs"),
        (1, [call("x", errno=22, how=None)], "refused"),
        (1, [call("x", errno=22, how=None, linked=False)], "refused"),
        (0, [call("soft", errno=22, how=None), call("x")], "refused"),
        (0, [call("x", log=["WARNING: CPU: 0"])], "oops"),
        (1, [call("x", how="failed")], "error"),
    ],
)
def test_the_worst_of_all_calls_counts(tmp_path: Path, status: int, calls: list[dict[str, Any]], word: str) -> None:
    """But that the init of a soft dependency fails, after which its user is loaded all the same."""
    (tmp_path / "answer").write_text(json.dumps([status, json.dumps({"calls": calls}), ""]))
    assert loads._judged("x", tmp_path / "answer").word == word
