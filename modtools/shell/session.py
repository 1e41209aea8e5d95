"""A shell in which the virtual machine is the machine: its own mounts, the programs that stand in, and the server.

Four processes take part. The first waits for the others and takes the folder away that they need. The second enters a
mount namespace, in which the machine's files lie over the host's, and becomes the shell. The third serves these files;
it sees none of the mounts that lie over the host's, so that it never waits for itself. The fourth has the machine
(`keeper`). A shell that joins enters the namespaces of the second; what serves them lives until the last one ends.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import stat
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from modtools.errors import PymodError
from modtools.light import NamedTuple
from modtools.place import Place
from modtools.shell import filters, namespaces, standins
from modtools.shell.opened import close_all_left
from modtools.shell.serve import Ends, serve
from modtools.shell.shells import Shell, Shells
from modtools.shell.tree import TOPS
from modtools.store import Store

_FORBIDDEN = (
    "a shell needs mounts of its own, which this system does not allow: sysctl -w kernel.unprivileged_userns_clone=1"
    " (Debian) or kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu), docker run --privileged, or root"
)
_NEEDED = ("lib/modules", "etc/modprobe.d", "etc/modules-load.d")
"""Folders below the machine's root that lie over the host's."""
_COVERED = (
    *("etc/depmod.d", "etc/udev/rules.d", "lib/modprobe.d", "usr/lib/modprobe.d", "usr/local/lib/modprobe.d"),
    *("run/modprobe.d", "lib/depmod.d", "usr/lib/depmod.d", "lib/firmware"),
)
"""More of them, where the host has them."""


_READ_ONLY = ("proc", "sys")
"""What of the host's programs in the shell may not change."""
_SECONDS, _PAUSE = 60, 0.005
"""Seconds that the last shell waits for the end of what has served it, and between two looks."""
_ALIVE, _ENVIRONMENT, _FILTERS = "alive", "environment", "filters"
"""Files in the folder of the mounts: a pipe that a shell has open for writing, what a second one finds set, and a
socket by which each sends what tells of the system calls that it has caught.
"""
_VARIABLES = ("PYMOD_STATE", "PYMOD_ROOT", "PYMOD_SHELL", "PYTHONPATH")


class Options(NamedTuple):
    """What runs in a shell, and how: a command, or without one the user's shell; whether it is one that is open
    already; whether the machine's time always passes as the host's. `links` is the command that makes links to pymod's
    tools in a folder, given last.
    """

    command: Sequence[str]
    links: Sequence[str]
    join: bool = False
    realtime: bool = False


def run(place: Place, options: Options) -> int:
    """Run a shell in the machine of a place. Returns its exit status, 128 and the signal of one that is killed. Raises
    PymodError where the system does not allow it, or where there is none that could be joined.
    """
    store = Store(place.state)
    if options.join:
        shell = next(reversed(Shells(store).living()), None)
        if shell is None:
            raise PymodError("no shell is open on this machine: open one with 'pymod shell'")
        folder, begin = shell.folder, partial(_join, shell)
    else:
        folder = Path(tempfile.mkdtemp(prefix="pymod-shell-"))
        begin = partial(_open, place, store, folder, options)
    try:
        child = os.fork()
        if child == 0:
            _become(store, folder, begin, options)
        with _deaf():
            _, status = os.waitpid(child, 0)
    finally:
        if not Shells(store).others(folder):  # in whose mounts it is
            shutil.rmtree(folder, ignore_errors=True)
    return os.waitstatus_to_exitcode(status) % 256 if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)


class _deaf:  # noqa: N801 - read as a word: with deaf
    """Leave Ctrl-C to the shell."""

    def __enter__(self) -> None:
        self._before = signal.signal(signal.SIGINT, signal.SIG_IGN), signal.signal(signal.SIGQUIT, signal.SIG_IGN)

    def __exit__(self, *error: object) -> None:
        signal.signal(signal.SIGINT, self._before[0])
        signal.signal(signal.SIGQUIT, self._before[1])


def _become(store: Store, folder: Path, begin: Callable[[], Begun], options: Options) -> None:
    """Become a shell, in the machine; this process never returns."""
    status = 1
    try:
        begun = begin()
        shells = Shells(store, folder / "host/proc")
        shells.add(begun.server, folder)
        namespaces.leave_capabilities()
        words = [*options.command] or standins.shell(folder / "bin", store.read(), begun.environment)
        status = _spawn(words, begun.environment, folder / _FILTERS)
        os.close(begun.alive)
        if not shells.others(folder):
            _wait_for_end(begun.server, folder)
            close_all_left(store)
    except PymodError as error:
        os.write(2, f"pymod: ERROR: {error}\n".encode())
    except OSError as error:
        about = f"{error.filename}: " if error.filename else ""
        os.write(2, f"pymod: ERROR: this system does not allow a shell ({about}{error.strerror})\n".encode())
    finally:
        os._exit(status)


class Begun(NamedTuple):
    """A shell that can be run: its environment, the process that serves its files, and a descriptor that tells that
    one, as long as it is open, that there is a shell.
    """

    environment: dict[str, str]
    server: int
    alive: int


def _open(place: Place, store: Store, folder: Path, options: Options) -> Begun:
    """Make the mounts in which a shell is in the machine, and start who serves them."""
    namespaces.enter()
    close_all_left(store)
    device = _mount(folder)
    os.mkfifo(folder / _ALIVE)
    alive = os.open(folder / _ALIVE, os.O_RDWR)
    with _listening(folder / _FILTERS) as filters:
        server = _serve(place, Ends(device, folder / "machine", alive, filters), folder, realtime=options.realtime)
    os.close(device)
    kernel = store.read()
    root = _cover(folder, place, kernel.identity.release)
    environment = standins.write(folder / "bin", kernel, place.state, root, options.links, realtime=options.realtime)
    standins.cover(folder / "bin")
    (folder / _ENVIRONMENT).write_text(json.dumps({name: environment[name] for name in _VARIABLES}))
    return Begun(environment, server, alive)


def _join(shell: Shell) -> Begun:
    """Enter the mounts of a shell that is open."""
    where = os.getcwd()  # noqa: PTH109 - a text
    namespaces.join(shell.process)
    os.chdir(where)
    alive = os.open(shell.folder / _ALIVE, os.O_WRONLY)
    path = f"{shell.folder / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    environment = os.environ | json.loads((shell.folder / _ENVIRONMENT).read_text()) | {"PATH": path}
    return Begun(dict(environment), shell.server, alive)


def _wait_for_end(server: int, folder: Path) -> None:
    """Wait until the process that serves the files is gone, now that there is no shell any more."""
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline and (folder / "host/proc" / str(server)).exists():
        with suppress(ChildProcessError):
            os.waitpid(server, os.WNOHANG)
        time.sleep(_PAUSE)


def _mount(folder: Path) -> int:
    """Mount a private file system with a place for all that is needed; return the descriptor of what is to serve."""
    namespaces.mount("pymod", str(folder), "tmpfs", options="mode=755")
    for name in ("bin", "machine", *(f"host/{top}" for top in TOPS)):
        (folder / name).mkdir(parents=True)
    for top in TOPS:
        namespaces.bind(f"/{top}", folder / "host" / top)
    for top in _READ_ONLY:
        namespaces.forbid_writing(folder / "host" / top)
    return namespaces.mount_fuse(folder / "machine")


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """Be in a folder for a moment: the address of a socket is too short for most paths."""
    here = os.open(".", os.O_PATH)
    try:
        os.chdir(folder)
        yield
    finally:
        os.fchdir(here)
        os.close(here)


def _listening(path: Path) -> socket.socket:
    found = socket.socket(socket.AF_UNIX)
    with _inside(path.parent):
        found.bind(path.name)
    found.listen()
    return found


def _serve(place: Place, ends: Ends, folder: Path, *, realtime: bool) -> int:
    """Start what serves the machine's files as long as there is a shell, whose end of the pipe it is given; return its
    process's number.
    """
    child = os.fork()
    if child == 0:
        try:
            os.setpgid(0, 0)  # out of reach of Ctrl-C
            namespaces.leave_mounts()
            log = os.open(folder / "server.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
            os.dup2(log, 1)
            os.dup2(log, 2)  # what is wrong with pymod itself
            shells = os.open(folder / _ALIVE, os.O_RDONLY)
            os.close(ends.shells)
            serve(place, folder / "host", ends._replace(shells=shells), realtime=realtime)
        finally:
            os._exit(1)
    return child


def _link_headers(modules: Path) -> None:
    """Let modules be built for a kernel whose headers the host has."""
    headers, link = Path("/usr/src") / f"linux-headers-{modules.name}", modules / "build"
    if headers.is_dir() and not os.path.lexists(link):
        modules.mkdir(parents=True, exist_ok=True)
        link.symlink_to(headers)


def _make_place(wanted: Path, folder: Path) -> None:
    """Let there be a folder that the host does not have, for the shell alone. Raises OSError."""
    upper, work = folder / "upper", folder / "work"
    (upper / wanted.name).mkdir(parents=True)
    work.mkdir()
    where = os.path.realpath(wanted.parent)
    namespaces.mount("pymod", where, "overlay", options=f"lowerdir={where},upperdir={upper},workdir={work}")


def _cover(folder: Path, place: Place, release: str) -> Path:
    """Lay the machine's files over the host's; return where the machine's root is seen then."""
    place.make_ready(release)
    _link_headers(place.root / "lib/modules" / release)
    for number, path in enumerate(_NEEDED):
        if not Path("/", path).is_dir():
            with suppress(OSError):
                _make_place(Path("/", path), folder / f"over{number}")
    done: set[str] = set()
    for path in (*_NEEDED, *_COVERED):
        target = os.path.realpath(f"/{path}")
        if os.path.isdir(target) and target not in done:  # noqa: PTH112 - a text
            done.add(target)
            (place.root / path).mkdir(parents=True, exist_ok=True)
            namespaces.bind(place.root / path, target)
    for top in reversed(TOPS):
        namespaces.bind(folder / "machine" / top, f"/{top}")
    return Path("/") if all(Path("/", path).is_dir() for path in _NEEDED) else place.root


def _catch(filters_of: Path) -> None:
    """Have who serves the files decide on some system calls of this process, where Linux can be told so."""
    with socket.socket(socket.AF_UNIX) as server, _inside(filters_of.parent):
        server.connect(filters_of.name)
        try:
            listener = filters.install()
        except OSError:
            return
        # From here on, a system call that is caught waits until the server has the listener.
        socket.send_fds(server, [b"!"], [listener])
        if not server.recv(1):
            os._exit(1)
        os.close(listener)


def _spawn(words: Sequence[str], environment: dict[str, str], filters_of: Path) -> int:
    """Run a program and wait for its end; return its exit status, as a shell tells it."""
    child = os.fork()
    if child == 0:
        with suppress(OSError):
            _catch(filters_of)
        for number in (signal.SIGPIPE, signal.SIGXFSZ):  # which Python ignores
            signal.signal(number, signal.SIG_DFL)
        with suppress(OSError):
            os.execvpe(words[0], list(words), environment)
        os.write(2, f"pymod: ERROR: {words[0]} cannot be run\n".encode())
        os._exit(127)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGQUIT, signal.SIG_IGN)
    _, status = os.waitpid(child, 0)
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)


def why_not() -> str:
    """Return why there can be no shell on this system, and what to do; "" where there can be one."""
    if not hasattr(os, "fork") or not stat.S_ISCHR(_mode("/dev/fuse")):
        return "a shell needs Linux with FUSE (/dev/fuse); `modprobe fuse`, or docker run --device /dev/fuse"
    if not os.access("/dev/fuse", os.R_OK | os.W_OK):
        return "/dev/fuse may not be used by this user"
    return "" if _may_enter() else _FORBIDDEN


def _may_enter() -> bool:
    """Return whether this user may have mounts of its own, found by trying."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            namespaces.enter()
            status = 0
        finally:
            os._exit(status)
    return os.waitpid(child, 0)[1] == 0


def _mode(path: str) -> int:
    try:
        return os.stat(path).st_mode  # noqa: PTH116
    except OSError:
        return 0
