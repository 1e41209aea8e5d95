"""Build a release and try it: `python -m tools.release`.

Version and changelog must agree. Source distribution and wheel are built; each is installed in an environment of its
own, with the extra `run`, and does the lesson's first steps there. Then what is in dist/ can be published.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from modtools import __version__
from tests.reference import CHECKOUT

DIST = CHECKOUT / "dist"
_SECTION = re.compile(r"^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d$", re.MULTILINE)


def problems(version: str, changelog: str) -> list[str]:
    """What keeps a version from being released, in words."""
    found = _SECTION.findall(changelog)
    pending = changelog.partition("## [Unreleased]")[2].partition("\n## ")[0].strip()
    wrong = [] if found[:1] == [version] else [f"CHANGELOG.md has no section '## [{version}] - YYYY-MM-DD' on top"]
    return wrong + (["CHANGELOG.md has lines under [Unreleased]"] if pending else [])


def build(target: Path) -> list[Path]:
    """Build the source distribution and the wheel into a folder that is emptied first; return both."""
    shutil.rmtree(target, ignore_errors=True)
    for kind in ("sdist", "wheel"):
        _run([sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(target)], CHECKOUT)
    return sorted(target.iterdir())


def attempt(archive: Path) -> None:
    """Install an archive in a new environment, and use it from a folder where nothing else is."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        _run([sys.executable, "-m", "venv", "env"], folder)
        _run(["env/bin/pip", "install", "--quiet", "--disable-pip-version-check", f"{archive}[run]"], folder)
        state = ["env", "-u", "PYTHONPATH", f"PYMOD_STATE={folder}/state.json", "env/bin/pymod"]
        _run([*state, "insmod", "--strict", str(CHECKOUT / "examples/hello_export.ko")], folder)
        loaded, version = _run([*state, "lsmod"], folder), _run([*state, "--version"], folder)
        if "hello_export" not in loaded:
            raise RuntimeError(f"{archive.name}: the lesson's module is not among the loaded ones:\n{loaded}")
        if __version__ not in version:
            raise RuntimeError(f"{archive.name} says that it is {version.strip()}")


def main() -> int:
    """Do all of it; return the exit status."""
    wrong = problems(__version__, (CHECKOUT / "CHANGELOG.md").read_text("utf-8"))
    if wrong:
        print("\n".join(f"tools.release: {line}" for line in wrong), file=sys.stderr)
        return 1
    try:
        for archive in build(DIST):
            attempt(archive)
            print(f"{archive.stat().st_size:8} {archive.relative_to(CHECKOUT)}: installed and tried")
    except (RuntimeError, subprocess.CalledProcessError) as error:
        print(f"tools.release: {error}\n{getattr(error, 'stderr', '')}", file=sys.stderr)
        return 1
    return 0


def _run(words: Sequence[str], folder: Path) -> str:
    return subprocess.run(words, cwd=folder, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
