"""What kmod 34's modprobe would do while modules are loaded: its dry runs, asked at random and recorded.

`modprobe-loaded.json` has its answers, so that pymod is compared with them wherever there is no kmod. It sees pymod's
kernel as its /sys, which takes root and /dev/fuse: `python -m tests.tools.loaded_answers` writes the file again.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from modtools import cli
from modtools.kernel.files.paths import lookup
from tests import reference
from tests.reference import RELEASE
from tests.transcripts.kernelfs import KernelTree
from tests.transcripts.toolbox import STATE

FILE = Path(__file__).with_name("modprobe-loaded.json")
KO = reference.CHECKOUT / "tests/transcripts/ko"
MODULES = (
    "softdep_mod softdep_multi chain_c chain_b chain_a dia_base dia_right dia_left dia_top soft_pre soft_post"
    " hello_export hello_use_export weakdep_mod"
).split()
KINDS = {"softdep": 5, "alias": 1, "blacklist": 1, "options": 1, "install": 2, "remove": 2}
QUESTIONS = (
    "-nv", "-nv -a", "-nvv --first-time", "-nvb", "-nvi", "-nv -r", "-nv -r -a", "-nv -r --remove-holders", "-nvq -r",
    "-nv -r --first-time", "-nv -r -w5", "-nv -r -i --remove-holders", "-nv -rf", "-D", "-r -D", "-n -r",
)  # fmt: skip
SEEDS, ASKED = range(1, 7), 40
_ROOT = "/ROOT"


class Question(NamedTuple):
    """A file of modprobe.d, and what modprobe is asked with it."""

    lines: list[str]
    words: list[str]


class Answer(NamedTuple):
    """What it says, its root and addresses in its own memory made equal."""

    output: str
    errors: str
    status: int


class Asked(NamedTuple):
    """The modules in a kernel, and what is asked about it."""

    inside: list[str]
    questions: list[Question]


def questions(seed: int) -> Asked:
    """A kernel and questions, drawn at random."""
    choice = random.Random(seed)
    inside = choice.sample(MODULES, 2 + seed)
    asked = []
    for _ in range(ASKED):
        names = choice.sample(["dia_base", *inside, choice.choice(MODULES), "other_a", "nosuch"], 3)
        asked.append(Question([*_lines(choice)], [*choice.choice(QUESTIONS).split(), *names]))
    return Asked(inside, asked)


def _lines(choice: random.Random) -> Iterator[str]:
    """A file of modprobe.d, half of it about one module. Soft dependencies lead to later ones: kmod dies in circles."""
    often = choice.randrange(len(MODULES) - 1)
    for kind in choice.choices([*KINDS], [*KINDS.values()], k=6):
        at = choice.choice((often, choice.randrange(len(MODULES) - 1)))
        name, others = MODULES[at], MODULES[at + 1 :]
        before, after = (" ".join(choice.choices(others, k=choice.randint(0, 2))) for _ in range(2))
        yield {
            "softdep": f"softdep {name} pre: {before} post: {after}",
            "alias": f"alias other-{choice.choice('ab*')} {name}",
            "options": f"options {name} x=1",
        }.get(kind, f"{kind} {name} echo {kind}")


def answered(root: Path, question: Question, run: Callable[[Sequence[str]], tuple[str, str, int]]) -> Answer:
    """What a modprobe, which is called with words, says for the tree below a root."""
    (root / "c.conf").write_text("\n".join(question.lines) + "\n")
    output, errors, status = run(["-d", str(root), "-S", RELEASE, "-C", str(root / "c.conf"), *question.words])
    plain = [re.sub(r"0x[0-9a-f]{12}", "0x", text).replace(str(root), _ROOT) for text in (output, errors)]
    return Answer(plain[0], plain[1], status)


class Open(KernelTree):
    """The machine's files, read by the server itself: its root is the machine's own."""

    def read(self, path: str, uid: int) -> bytes:
        """What the file says."""
        return lookup(self._kernel(), path, uid).read()


def of_kmod(root: Path, asked: Asked) -> list[Answer]:
    """What kmod answers. What this process becomes is left behind: call it in one of its own, as root."""
    from tests.virtualfs import mounts
    from tests.virtualfs.server import serving

    os.environ |= {"PYMOD_ROOT": str(root), "PYMOD_STATE": str(root / STATE.relative_to("/")), "PYMOD_RUN": "0"}
    cli.main(["modprobe", "-a", "-i", *asked.inside])
    (shown := root / "kernel").mkdir()
    serving(Open(root), shown)
    mounts.bind(shown / "sys", Path("/sys"))

    def run(words: Sequence[str]) -> tuple[str, str, int]:
        command = [str(reference.kmod_tools() / "modprobe"), *words]
        done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        return done.stdout, done.stderr, done.returncode

    return [answered(root, question, run) for question in asked.questions]


def recorded() -> list[tuple[Asked, list[Answer]]]:
    """What kmod was asked, and answered, about each kernel."""
    return [
        (
            Asked(entry["inside"], [Question(*each["question"]) for each in entry["asked"]]),
            [Answer(*each["answer"]) for each in entry["asked"]],
        )
        for entry in json.loads(FILE.read_text("utf-8"))
    ]


def main() -> int:
    """Ask kmod, and write the file."""
    from tests.beside_kmod import tree
    from tests.virtualfs.apart import run_apart

    kernels = []
    for asked in map(questions, SEEDS):
        with tempfile.TemporaryDirectory() as folder:
            root = tree(reference.kmod_tools(), Path(folder), [KO / f"{name}.ko" for name in MODULES])
            answers = run_apart(partial(of_kmod, root, asked))
        pairs = zip(asked.questions, answers, strict=True)
        kernels.append({"inside": asked.inside, "asked": [{"question": q, "answer": a} for q, a in pairs]})
    FILE.write_text(json.dumps(kernels, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
