"""Recorded modules with one defect each, checked: what the real kernel answered, and what `check` says."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import NamedTuple

from modtools import emulate
from modtools.diagnose.check import Against, check
from modtools.diagnose.exporters import Exporters
from modtools.diagnose.findings import Row, Severity
from modtools.diagnose.given import Candidate
from modtools.diagnose.scratch import Scratch
from tests.defects.replay import ONCE, Case, damaged, kind
from tests.inits.replay import new_kernel

RULES: dict[str, set[str]] = {
    "bad_signature": {"signature-bad"},
    "crc": {"symbol-version-mismatch"},
    "crc_gone": {"symbol-version-missing"},
    "crc_layout": {"symbol-version-mismatch"},
    "dep": {"symbol-not-loaded", "symbol-unknown", "symbol-version-mismatch", "symbol-gpl-only", "symbol-namespace"},
    "dependency_missing": {"symbol-not-loaded", "symbol-unknown"},
    "export": {"symbol-duplicate"},
    "license": {"symbol-gpl-only"},
    "license_gone": {"symbol-gpl-only"},
    "machine": {"elf-machine"},
    "name": {"name-builtin", "name-empty", "name-loaded"},
    "namespace": {"symbol-namespace"},
    "no_versions": {"force-needed", "symbol-version-missing"},
    "no_versions_release": {"vermagic-mismatch"},
    "parameters": {"parameter-invalid"},
    "relocation": {"relocation-unsupported", "relocation-overflow", "relocation-nonzero-target"},
    "truncated": {"elf-truncated", "elf-invalid"},
    "unknown": {"symbol-unknown"},
    "vermagic_flags": {"vermagic-mismatch"},
    "vermagic_gone": {"vermagic-mismatch"},
    "vermagic_release": {"vermagic-mismatch"},
}
"""The rules by which a defect of a kind is found where the kernel refuses the module for it."""


class Checked(NamedTuple):
    """The row of the last module of a case, and what differs from the real kernel's answer, in words."""

    row: Row
    differences: tuple[str, ...]


def checked(case: Case, tree: Path) -> Checked:
    """Check the last module of a case; its init is run where that is what refused it, or oopsed."""
    row = _row(case, tree, run=False)
    if case["steps"][-1]["errno"] != 0 and not row.errno and row.error != "Killed":
        row = _row(case, tree, run=True)
    return Checked(row, tuple(_differences(case, row)))


def _row(case: Case, tree: Path, *, run: bool) -> Row:
    given = [_candidate(step, tree) for step in case["steps"]]
    args = {each.name: step["args"] for each, step in zip(given, case["steps"], strict=True) if step.get("args")}
    kernel = new_kernel()
    kernel.runner_source = emulate.make_runner
    against = Against("the recorded kernel", Scratch(kernel, run=run), Exporters(given, None), args)
    return check(against, given[-1])


def _candidate(step: Case, tree: Path) -> Candidate:
    return Candidate(str(tree / step["path"]), partial(damaged, step, tree), None)


def _differences(case: Case, row: Row) -> list[str]:
    last = case["steps"][-1]
    found = []
    if last["errno"] is None:
        return [] if row.error == "Killed" else [f"the kernel oopsed, and the verdict is {row.verdict}"]
    if last["errno"] != row.errno:
        found.append(f"errno {last['errno']}, not {row.errno}")
    if not row.errno:
        return found
    told = [line[3:] for line in last.get("log", ()) if not ONCE.search(line)]
    ours = [_as_recorded(line) for line in row.log if not ONCE.search(line)]
    if told and told[:1] != ours[:1] and row.findings[0].step not in ("run_init", "relocate"):
        found.append(f"{told[:1]}, not {ours[:1]}")
    wanted = RULES.get(kind(case))
    rules = {each.rule for each in row.findings if each.severity is Severity.ERROR}
    if wanted and not rules & wanted and "init-refused" not in rules:
        found.append(f"one of {sorted(wanted)}, not {sorted(rules)}")
    return found


def _as_recorded(line: str) -> str:
    """Return a line as the recordings have it, with a letter for each byte."""
    return line.encode("utf-8", "surrogateescape").decode("latin-1")
