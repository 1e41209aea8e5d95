"""Build modules for sessions: tests/transcripts/modules/NAME.c becomes ko/NAME.ko, a folder below it stays one.

They are built away from the checkout, by the Makefile beside them, and stripped of what only a debugger reads.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.transcripts import HERE
from tools.recorder.kernels import Recorded

ROOTS = (HERE / "modules", HERE / "modules2")


def build_all(sources: Sequence[Path], kernel: Recorded) -> int:
    """Build each source that is named for a kernel, and return the exit status of the command."""
    for folder in sorted({source.resolve().parent for source in sources}):
        root = next((root for root in ROOTS if folder.is_relative_to(root)), None)
        if root is None:
            print(f"{folder} is not in {' or '.join(map(str, ROOTS))}", file=sys.stderr)
            return 2
        target = kernel.folder / "ko" / folder.relative_to(root)
        target.mkdir(exist_ok=True)
        names = [source.stem for source in sources if source.resolve().parent == folder]
        if not _build(folder, names, target, kernel):
            return 1
    return 0


def _build(folder: Path, names: list[str], target: Path, kernel: Recorded) -> bool:
    root = kernel.root()
    with tempfile.TemporaryDirectory(dir=root and root / "tmp") as place:
        copy = Path(shutil.copytree(folder, Path(place, folder.name)))
        inside = f"/{copy.relative_to(root or '/')}"
        words = [*(["chroot", str(root)] if root else []), "make", "-j2", "-C", inside, f"KDIR={kernel.headers}"]
        makefile = copy / "Makefile"
        all_modules = makefile.read_text()
        for text in (_only(names, all_modules), all_modules):  # some use the symbols of others
            makefile.write_text(text)
            built = subprocess.run(words, capture_output=True, text=True, check=False)
            missing = [name for name in names if not (copy / f"{name}.ko").exists()]
            if not missing:
                break
        if missing:
            print(f"{built.stdout}{built.stderr}{', '.join(missing)} not built", file=sys.stderr)
            return False
        for name in names:
            subprocess.run(["strip", "--strip-debug", copy / f"{name}.ko", "-o", target / f"{name}.ko"], check=True)
            print(target / f"{name}.ko")
    return True


def _only(names: list[str], makefile: str) -> str:
    """Return a makefile without the lines that ask for other modules."""
    wanted = {f"obj-m += {name}.o" for name in names}
    return "".join(
        line for line in makefile.splitlines(keepends=True) if not line.startswith("obj-m") or line.strip() in wanted
    )
