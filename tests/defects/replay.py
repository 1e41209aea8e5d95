"""Damage modules as recorded, insert them into a kernel just booted, and compare what it answers."""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from modtools.errors import KernelError, Killed
from modtools.kernel.module.load import insert
from modtools.kernel.modules import LoadedModule
from modtools.kernel.state import Kernel
from modtools.kernel.taint import module_letters
from tests.inits.replay import Difference as Unlike
from tests.inits.replay import Recorder, Verdict, new_kernel

Case = dict[str, Any]

ONCE = re.compile(
    r"loading out-of-tree module taints|module verification failed: |module license .* taints kernel|"
    r": kernel tainted\.$|Disabling lock debugging|loading test module taints|TAINT_LIVEPATCH|"
    r"is from the staging directory|not compiled with retpoline|Spectre V2 : System may|See https://wiki[.]|MB/sec|"
    r"alg: No test for fips"
)
"""What the kernel says once in a boot, or with numbers that vary."""


def cases() -> list[Case]:
    """All recorded cases."""
    with lzma.open(Path(__file__).with_name("recorded.jsonl.xz"), "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def kind(case: Case) -> str:
    """What was done to the module, in one word."""
    return str(case["target"].partition("-")[2])


def damaged(step: Case, tree: Path) -> bytes:
    """The file that was inserted."""
    image = bytearray((tree / step["path"]).read_bytes())
    for offset, content in step.get("patch", ()):
        image[offset : offset + len(content) // 2] = bytes.fromhex(content)
    return bytes(image[: step.get("size_of_file")])


def replay(case: Case, tree: Path) -> Verdict:
    """Insert all, and compare each errno, the whole log, and size and taint of the last."""
    kernel = new_kernel()
    kernel.program = "insmod"
    runner = kernel.runner = Recorder(kernel, isolated=False)
    verdict = Verdict(case["target"])
    module = None
    for step in case["steps"]:
        errno, module = _insert(kernel, step, tree)
        if errno != step["errno"]:
            verdict.differences.append(Unlike("errno", step["path"], str(step["errno"]), str(errno)))
    verdict.needs = runner.stopped
    verdict.differences += () if case.get("dead") else _compare(case, kernel)
    verdict.differences += _size_and_taint(case["steps"][-1], module)
    return verdict


def _insert(kernel: Kernel, step: Case, tree: Path) -> tuple[int | None, LoadedModule | None]:
    try:
        return 0, insert(kernel, damaged(step, tree), step.get("args", ""), path=str(tree / step["path"]))
    except Killed:
        return None, None
    except KernelError as error:
        return error.errno, None


def _compare(case: Case, kernel: Kernel) -> Iterator[Unlike]:
    """Of the log only what is said each time counts. A line that is still open was told by the recorder."""
    records = [f"<{record.facility * 8 + record.level}>{record.text}" for record in kernel.log.records]
    lines = _comparable(records)
    expected = _comparable([line for step in case["steps"] for line in step["log"]])
    rest = iter(lines)
    varies = any(step.get("unstable") for step in case["steps"])
    if not (all(line in rest for line in expected) if varies else lines == expected):
        yield Unlike("log", case["target"], "\n".join(expected), "\n".join(lines))


def _comparable(records: list[str]) -> list[str]:
    """A line for each newline, hashed pointers and bytes that are not ASCII left out on both sides."""
    lines = []
    for record in records:
        level, text = record[:3], record[3:]
        text = re.sub(r"[^\0-\x7f]+", "?", re.sub(r"\b(loc|val) [0-9a-f]{16}", r"\1 *", text))
        lines += [level + line for line in text.split("\n")]
    return [line for line in lines if not ONCE.search(line)]


def _size_and_taint(step: Case, module: LoadedModule | None) -> Iterator[Unlike]:
    if module is not None and step.get("size") is not None:
        for what, actual in (("size", module.core_size), ("taint", module_letters(module.taints))):
            if actual != step[what]:
                yield Unlike(what, step["path"], str(step[what]), str(actual))
