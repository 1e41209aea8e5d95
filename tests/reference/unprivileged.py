"""Running pymod as a user without rights, which root can become."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig

from tests.reference import CHECKOUT

USER = 65534
"""The number of the user, and of its group."""
_PROBE = "from modtools.shell import session; import unicorn; print(session.why_not())"


def python() -> list[str]:
    """The command by which that user runs Python: the system's, since one of root's own may be closed to others."""
    found = shutil.which("python3", path="/usr/bin:/usr/local/bin") or "python3"
    return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", found]


def environment() -> dict[str, str]:
    """In which that Python finds this checkout, and what is installed for it."""
    return {"PYTHONPATH": os.pathsep.join((str(CHECKOUT), sysconfig.get_path("purelib")))}


def missing() -> str:
    """Why that user can have no shell; "" where it can."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("setpriv"):
        return "needs root, to become another user by setpriv(1)"
    done = subprocess.run(
        [*python(), "-c", _PROBE], env=os.environ | environment(), capture_output=True, text=True, check=False
    )
    return (done.stdout or done.stderr).strip().rpartition("\n")[2]
