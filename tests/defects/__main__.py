"""Replay all recorded defects: `python -m tests.defects [REGEX]` (the targets to take), one process after another."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter

from tests.defects.replay import cases, replay
from tests.reference import RELEASE, debian_tree


def main(wanted: str) -> None:
    """Print what is not equal, and the counts."""
    tree = debian_tree() / "lib/modules" / RELEASE
    counts: Counter[str] = Counter()
    words = ("equal", "needs", "different")
    for case in cases():
        if not re.search(wanted, case["target"]):
            continue
        pid = os.fork()
        if pid == 0:
            verdict = replay(case, tree)
            if verdict.word != "equal":
                sys.stdout.write(f"{verdict.word} {case['target']} of {case['of']}: {case['what']} {verdict.needs}\n")
            for difference in () if verdict.needs else verdict.differences:
                sys.stdout.write(f"    {difference.kind}: kernel {difference.expected}\n")
                sys.stdout.write(f"    {difference.kind}: pymod {difference.actual}\n")
            sys.stdout.flush()
            os._exit(words.index(verdict.word))
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        counts[words[status] if status in range(len(words)) else "crashed"] += 1
    sys.stdout.write(f"{dict(counts)}\n")


if __name__ == "__main__":
    main(sys.argv[1] if sys.argv[1:] else "")
