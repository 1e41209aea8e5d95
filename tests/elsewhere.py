"""Run pymod as on a system that lacks what Windows lacks: `python -m tests.elsewhere TOOL ...`.

Names are taken out of Python's modules, and modules made impossible to import, before anything of pymod is imported;
links are refused as an ordinary user of Windows is refused them. What this cannot show: another separator in paths,
files that cannot be replaced while they are open, other numbers of errors.
"""

from __future__ import annotations

import errno
import mmap
import os
import signal
import sys
import sysconfig
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

MODULES = ("fcntl", "resource", "syslog", "pwd", "grp", "termios", "pty")
LACKING = {
    os: """
        fork register_at_fork waitpid WNOHANG pread pwrite preadv pwritev openat sched_getaffinity uname geteuid getuid
        getegid getgid O_NOFOLLOW O_NONBLOCK O_NOCTTY O_DIRECTORY O_PATH O_CLOEXEC O_NOATIME O_SYNC chown lchown
        fchown mkfifo mknod getpgid setsid killpg posix_fadvise posix_fallocate sendfile copy_file_range
        memfd_create getxattr
    """,
    signal: """
        SIGKILL SIGHUP SIGALRM SIGUSR1 SIGCHLD SIGPIPE SIGXCPU SIG_BLOCK SIG_UNBLOCK SIG_SETMASK pthread_sigmask alarm
        setitimer sigwait sigpending pthread_kill
    """,
    mmap: "MAP_PRIVATE MAP_ANONYMOUS MAP_NORESERVE MAP_SHARED PROT_READ PROT_WRITE",
}
PLATFORM = "win32"


def _refuse(_target: object, link: object, *_more: object, **_options: object) -> NoReturn:
    raise OSError(errno.EPERM, "A required privilege is not held by the client", str(link))


def _whole(function: object) -> object:
    """An os function that knows neither `dir_fd` nor descriptors for folders."""

    def plain(path: object, *words: object, **options: object) -> object:
        if "dir_fd" in options or (isinstance(path, int) and function is os.scandir):
            raise NotImplementedError("dir_fd unavailable on this platform")
        return function(path, *words, **options)  # type: ignore[operator]

    return plain


def take_away() -> None:
    """From now on this process lacks it all."""
    for module in MODULES:
        sys.modules[module] = None  # type: ignore[assignment]
    for holder, names in LACKING.items():
        for name in names.split():
            if hasattr(holder, name):
                delattr(holder, name)
    vars(os).update(symlink=_refuse, link=_refuse)
    for name in ("mkdir", "rename", "replace", "unlink", "readlink", "utime"):
        setattr(os, name, _whole(getattr(os, name)))
    opened = os.open

    def no_folder(path: str, flags: int, *words: int, **options: int) -> int:
        if options or Path(path).is_dir():
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, flags, *words)

    os.open = no_folder  # type: ignore[assignment]
    sys.platform = PLATFORM


def _keep_for_others() -> None:
    """What others make of a system is not tried here: filelock locks, and unicorn runs, as on this one."""
    import click  # noqa: F401
    import filelock  # noqa: F401
    import platformdirs  # noqa: F401

    with suppress(ImportError):
        import unicorn  # noqa: F401
    own = SimpleNamespace(**vars(os))
    for module in [module for name, module in sys.modules.items() if name.startswith("filelock")]:
        vars(module).update({"os": own} if "os" in vars(module) else {})


def main() -> int:
    """Run pymod with the words of the command line."""
    sysconfig.get_paths()  # Python's own, while it knows where it is
    _keep_for_others()
    take_away()
    from modtools import cli

    return cli.main(["pymod", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
