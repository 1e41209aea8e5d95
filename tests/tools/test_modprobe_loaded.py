"""modprobe's dry runs beside kmod 34's while modules are loaded: the reference sees pymod's kernel as its /sys."""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from modtools import cli
from modtools.kernel.files.paths import lookup
from tests.beside_kmod import KO, Answer, tree
from tests.depmod_trees import pymod
from tests.reference import RELEASE
from tests.transcripts.kernelfs import KernelTree
from tests.transcripts.toolbox import STATE
from tests.virtualfs import mounts
from tests.virtualfs.apart import run_apart
from tests.virtualfs.server import serving

pytestmark = [pytest.mark.kmod, pytest.mark.machine, pytest.mark.slow]

MODULES = (
    "softdep_mod softdep_multi chain_c chain_b chain_a dia_base dia_right dia_left dia_top soft_pre soft_post"
    " hello_export hello_use_export weakdep_mod"
).split()
KINDS = {"softdep": 5, "alias": 1, "blacklist": 1, "options": 1, "install": 1, "remove": 1}
QUESTIONS = (
    "-nv", "-nv -a", "-nvv --first-time", "-nvb", "-nvi", "-nv -r", "-nv -r -a", "-nv -r --remove-holders", "-nvq -r",
    "-nv -r --first-time", "-nv -r -w5", "-nv -r -i --remove-holders", "-nv -rf", "-D", "-r -D", "-n -r",
)  # fmt: skip
ROUNDS, ASKED = 6, 12


class Open(KernelTree):
    """The machine's files, read by the server itself: its root is the test's own."""

    def read(self, path: str, uid: int) -> bytes:
        """What the file says."""
        return lookup(self._kernel(), path, uid).read()


def lines(choice: random.Random) -> Iterator[str]:
    """A file of modprobe.d. Soft dependencies lead to later modules, for kmod dies in circles."""
    for kind in choice.choices([*KINDS], [*KINDS.values()], k=5):
        at = choice.randrange(len(MODULES) - 1)
        name, others = MODULES[at], MODULES[at + 1 :]
        before, after = (" ".join(choice.choices(others, k=choice.randint(0, 2))) for _ in range(2))
        yield {
            "softdep": f"softdep {name} pre: {before} post: {after}",
            "alias": f"alias other-{choice.choice('ab*')} {name}",
            "options": f"options {name} x=1",
        }.get(kind, f"{kind} {name} echo {kind}")


def answer(done: subprocess.CompletedProcess[bytes]) -> Answer:
    """What a modprobe said, without addresses in kmod's own memory."""
    return Answer(done.stdout, re.sub(rb"0x[0-9a-f]{12}", b"0x", done.stderr), done.returncode)


def asked(root: Path, kmod_tools: Path, seed: int) -> list[tuple[list[str], Answer, Answer]]:
    """Questions about a kernel with some modules in it, with pymod's answers and kmod's."""
    choice = random.Random(seed)
    shown = root / "kernel"
    shown.mkdir()
    inside = choice.sample(MODULES, 2 + seed)
    cli.main(["modprobe", "-a", "-i", *inside])
    serving(Open(root), shown)
    mounts.bind(shown / "sys", Path("/sys"))
    answers = []
    for _ in range(ASKED):
        (root / "c.conf").write_text("\n".join(lines(choice)) + "\n")
        names = choice.sample(["dia_base", *inside, choice.choice(MODULES), "other_a", "nosuch"], 3)
        words = ["-d", str(root), "-S", RELEASE, "-C", str(root / "c.conf"), *choice.choice(QUESTIONS).split(), *names]
        theirs = subprocess.run([str(kmod_tools / "modprobe"), *words], capture_output=True, stdin=subprocess.DEVNULL)
        answers.append((words[6:], answer(pymod(words, called="modprobe")), answer(theirs)))
    return answers


@pytest.mark.parametrize("seed", range(1, ROUNDS + 1))
def test_dry_runs(seed: int, kmod_tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there already, in use or held decides about what would be done."""
    root = tree(kmod_tools, tmp_path / "root", [KO / f"{name}.ko" for name in MODULES])
    monkeypatch.setenv("PYMOD_ROOT", str(root))
    monkeypatch.setenv("PYMOD_STATE", str(root / STATE.relative_to("/")))
    monkeypatch.setenv("PYMOD_RUN", "0")
    answers = run_apart(lambda: asked(root, kmod_tools, seed))
    assert len(answers) == ASKED
    for words, ours, theirs in answers:
        assert ours == theirs, words
