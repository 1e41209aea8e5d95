"""modprobe's dry runs while modules are loaded, beside kmod 34's: as it answered once, and as it answers here."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from modtools import cli
from tests.beside_kmod import tree
from tests.reference import RELEASE
from tests.tools.loaded_answers import KO, MODULES, Answer, Asked, answered, of_kmod, recorded
from tests.virtualfs.apart import run_apart

RECORDED = recorded()
IDS = [" ".join(asked.inside) for asked, _ in RECORDED]


@pytest.mark.parametrize(("asked", "answers"), RECORDED, ids=IDS)
def test_dry_runs(
    asked: Asked, answers: list[Answer], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is there already, in use or held decides about what would be done, as it did for kmod."""
    monkeypatch.setenv("PYMOD_RUN", "0")
    root = Path(os.environ["PYMOD_ROOT"])
    folder = root / "lib/modules" / RELEASE / "extra"
    folder.mkdir(parents=True)
    for name in MODULES:
        shutil.copy(KO / f"{name}.ko", folder)
    for name in ("modules.order", "modules.builtin", "modules.builtin.modinfo"):
        (folder.parent / name).touch()
    assert cli.main(["depmod", "-b", str(root), RELEASE]) == 0
    cli.main(["modprobe", "-a", "-i", *asked.inside])

    def run(words: Sequence[str]) -> tuple[str, str, int]:
        capfd.readouterr()
        status = cli.main(["modprobe", *words])
        return (*capfd.readouterr(), status)

    for question, theirs in zip(asked.questions, answers, strict=True):
        assert answered(root, question, run) == theirs, question


@pytest.mark.kmod
@pytest.mark.machine
@pytest.mark.slow
@pytest.mark.parametrize(("asked", "answers"), RECORDED, ids=IDS)
def test_kmod_answers_so(asked: Asked, answers: list[Answer], kmod_tools: Path, tmp_path: Path) -> None:
    """What is recorded is what kmod says about the same kernels."""
    root = tree(kmod_tools, tmp_path / "root", [KO / f"{name}.ko" for name in MODULES])
    assert run_apart(lambda: of_kmod(root, asked)) == answers
