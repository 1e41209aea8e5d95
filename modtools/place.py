"""Where the virtual machine lives: its state file, and the folder that stands for its `/`.

State: `--state`, $PYMOD_STATE, else `state.json` in the user's state folder. Root, under which /lib/modules and
/etc/modprobe.d are looked up: `--root`, $PYMOD_ROOT, else `root/` in the user's data folder. Called by one of kmod's
own names with neither a root nor a state given, pymod stands in for kmod: the root is `/`, the release the host's.

The folders of a user are platformdirs' (on Linux: the XDG Base Directory Specification), in a folder `pymod`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from modtools.errors import PymodError


@dataclass(frozen=True)
class Place:
    """The machine's place. `given_state` and `given_root` are "" where nobody named one."""

    given_state: str = ""
    given_root: str = ""
    linked: bool = False

    @classmethod
    def find(cls, state: str = "", root: str = "", *, linked: bool = False) -> Place:
        """The place by options, then environment. `linked`: called by one of kmod's names."""
        return cls(state or os.environ.get("PYMOD_STATE", ""), root or os.environ.get("PYMOD_ROOT", ""), linked)

    @property
    def standalone(self) -> bool:
        """pymod stands in for kmod on this host."""
        return self.linked and not self.given_state and not self.given_root

    @cached_property
    def state(self) -> Path:
        """The state file, absolute. It need not exist."""
        if self.given_state:
            return Path(self.given_state).absolute()
        import platformdirs

        return Path(platformdirs.user_state_dir("pymod", appauthor=False)) / "state.json"

    @cached_property
    def root(self) -> Path:
        """The folder that stands for `/`, absolute. It need not exist."""
        if self.given_root:
            return Path(self.given_root).absolute()
        if self.standalone:
            return Path("/")
        import platformdirs

        return Path(platformdirs.user_data_dir("pymod", appauthor=False)) / "root"

    def release(self, virtual: str) -> str:
        """The release that `uname -r` means here; `virtual` is that of the virtual kernel."""
        if not self.standalone:
            return virtual
        import platform

        return platform.release()


def uid() -> int:
    """The user that the virtual kernel sees, from $PYMOD_UID; 0 if that is unset."""
    text = os.environ.get("PYMOD_UID") or "0"
    if not (text.isascii() and text.isdecimal()):
        raise PymodError(f"PYMOD_UID must be a user's number, not {text!r}")
    return int(text)
