"""Check all recorded defects: `python -m tests.diagnose [K/N]` (the Kth of N parts).

All but those of modules that were loaded twice: a check judges each file by itself and once, however often it is named,
and says in a note of several files of one name that a kernel takes only one of them. What the real kernel answers to
the second load, EEXIST, is what `pymod insmod` answers (`python -m tests.defects twice`), and what a check says of a
module that is loaded in the kernel that it is made on.
"""

from __future__ import annotations

import os
import sys

from tests.defects.replay import cases
from tests.diagnose.damaged import checked
from tests.reference import RELEASE, debian_tree


def main(part: int, parts: int) -> None:
    """Print what is not as on the real kernel, and the counts."""
    tree = debian_tree() / "lib/modules" / RELEASE
    mine = [case for case in cases() if "-twice" not in case["target"]][part - 1 :: parts]
    right = 0
    for case in mine:
        pid = os.fork()
        if not pid:
            differences = checked(case, tree).differences
            for difference in differences:
                sys.stdout.write(f"{case['target']} of {case['of']} ({case['what']}): {difference}\n")
            sys.stdout.flush()
            os._exit(bool(differences))
        right += not os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    sys.stdout.write(f"{right} of {len(mine)} are right\n")


if __name__ == "__main__":
    main(*(map(int, sys.argv[1].split("/")) if sys.argv[1:] else (1, 1)))
