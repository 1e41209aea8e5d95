"""Where the virtual machine is kept: its state file, and the folder that stands for its `/`.

State: `--state`, $PYMOD_STATE, else `state.json` in the user's state folder. Root, under which /lib/modules and
/etc/modprobe.d are looked up: `--root`, $PYMOD_ROOT, else `root/` in the user's data folder. Called by one of kmod's
own names with neither a root nor a state given, pymod stands in for kmod: the root is `/`, the release the host's. The
links of `pymod links` do so only where they were made with --system.

The folders of a user are platformdirs' (on Linux: the XDG Base Directory Specification), in a folder `pymod`.
"""

from __future__ import annotations

import os
import sys

from modtools.errors import PymodError
from modtools.light import TYPE_CHECKING, cached_property, suppress
from modtools.rooted import HOST, Host, Rooted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Final

MACHINE: Final = "pymod-machine"
"""The script that those links lead to which work on pymod's own machine."""
SYSTEM: Final = "pymod-system"
"""The script that those links lead to which stand in for kmod."""


class Place:
    """Where the virtual machine is: by options (`state`, `root`), then environment. `linked`: called by one of kmod's
    own names. `passing`: the state is there for one command only. `options` are those before a tool's name that name
    this place, for commands that are told to a person.
    """

    def __init__(
        self,
        state: str = "",
        root: str = "",
        *,
        linked: bool = False,
        passing: bool = False,
        options: tuple[str, ...] | None = None,
    ) -> None:
        named = (*(("--state", state) if state else ()), *(("--root", root) if root else ()))
        self.options = named if options is None else options
        self._state = state or os.environ.get("PYMOD_STATE", "")
        self._root = root or os.environ.get("PYMOD_ROOT", "")
        self.standalone = linked and not self._state and not self._root
        self.passing = passing

    def for_one_command(self, state: Path, kernels: Sequence[str]) -> Place:
        """Return the same place with a state of its own, which is removed after one command, for these kernels."""
        named = tuple(word for kernel in kernels for word in ("--kernel", kernel))
        return Place(str(state), self._root, passing=True, options=(*self.options, *named))

    @cached_property
    def state_name(self) -> str:
        """Return the path of the state file, absolute. It need not exist."""
        return _absolute(self._state) if self._state else f"{_folder_of_user('state')}/state.json"

    @cached_property
    def root_name(self) -> str:
        """Return the path of the folder that stands for `/`, absolute. It need not exist."""
        if self._root:
            return _absolute(self._root)
        return "/" if self.standalone else f"{_folder_of_user('data')}/root"

    @property
    def state(self) -> Path:
        """Return the state file as a Path, which is much to import."""
        return _path(self.state_name)

    @property
    def root(self) -> Path:
        """Return the folder that stands for `/` as a Path."""
        return _path(self.root_name)

    @property
    def cache(self) -> Path:
        """Return the folder for what can be made again. It need not exist."""
        return _path(_folder_of_user("cache"))

    @property
    def image_cache(self) -> Path:
        """Return the folder in which what was read from kernel images is remembered. It need not exist."""
        return self.cache / "kernels"

    @property
    def saved_kernels(self) -> Path:
        """Return the folder of the kernels that the user has saved. It need not exist."""
        return _path(f"{_folder_of_user('data')}/kernels")

    @cached_property
    def disk(self) -> Host:
        """Return the machine's files. No path leads out of a root that is not `/`."""
        return HOST if self.root_name == "/" else Rooted(self.root_name)

    def make_ready(self, release: str) -> None:
        """Make the folders into which modules and configuration go, unless the root is this host's own.

        A new tree gets the lists that kbuild installs with a kernel, empty: depmod warns where one is missing. Nothing
        that is there is changed, and nothing is made outside of the root. Raises OSError.
        """
        if not isinstance(self.disk, Rooted):
            return
        self.disk.make_folders(f"{self.root_name}/etc/modprobe.d")
        tree = f"{self.root_name}/lib/modules/{release}"
        if not self._is_there(tree):
            self.disk.make_folders(tree)
            for name in _OF_KBUILD:
                with suppress(FileExistsError):  # another command may have been quicker
                    os.close(self.disk.open(f"{tree}/{name}", _NEW))

    def _is_there(self, path: str) -> bool:
        try:
            return bool(self.disk.stat(path))
        except FileNotFoundError:
            return False

    def release(self, virtual: str) -> str:
        """Return the release that `uname -r` means here; `virtual` is that of the virtual kernel."""
        if not self.standalone:
            return virtual
        if hasattr(os, "uname"):
            return os.uname().release
        import platform

        return platform.release()


_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY
_OF_KBUILD = ("modules.order", "modules.builtin", "modules.builtin.modinfo")
"""From Linux 6.1: `Makefile: __modinst_pre`."""

_XDG = {
    "state": ("XDG_STATE_HOME", ".local/state"),
    "data": ("XDG_DATA_HOME", ".local/share"),
    "cache": ("XDG_CACHE_HOME", ".cache"),
}


def _path(name: str) -> Path:
    from pathlib import Path

    return Path(name)


def _absolute(name: str) -> str:
    """Return an absolute path, as pathlib spells it."""
    if name.startswith("/") and not name.endswith(("/", "/.")) and "//" not in name and "/./" not in name:
        return name
    return str(_path(name).absolute())


def _folder_of_user(kind: str) -> str:
    """Return the folder for pymod's state, data or cache: that of platformdirs.

    On Linux its rule is applied here, because every command asks, and importing platformdirs would take a tenth of the
    time of a whole command.
    """
    if sys.platform == "linux":
        variable, below_home = _XDG[kind]
        given = os.environ.get(variable, "")
        if not given.startswith("/"):
            home = os.path.expanduser("~")  # noqa: PTH111
            given = f"{home if home.startswith('/') else _path('~').expanduser()}/{below_home}"
        return _absolute(f"{given}/pymod")
    import platformdirs

    folders = {
        "state": platformdirs.user_state_dir,
        "data": platformdirs.user_data_dir,
        "cache": platformdirs.user_cache_dir,
    }
    return str(_path(folders[kind]("pymod", appauthor=False)))


def uid() -> int:
    """Return the user that the virtual kernel sees, from $PYMOD_UID; 0 if that is unset. Raises PymodError."""
    text = os.environ.get("PYMOD_UID") or "0"
    if not (text.isascii() and text.isdecimal()):
        raise PymodError(f"PYMOD_UID must be a numeric user ID, not {text!r}")
    return int(text)
