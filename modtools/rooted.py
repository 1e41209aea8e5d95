"""Files by their paths, on the host or below a folder that stands for a machine's `/`.

Below such a root a path is resolved as if the root were `/`: absolute links are relative to it, `..` in it stays in it.
Linux does that in one step, in which nobody can come between: openat2(2) with RESOLVE_IN_ROOT, since Linux 5.6.
Elsewhere it is done here, name by name, as path_resolution(7) describes it. So it is for the first few paths on Linux,
too, because what is needed to call openat2 takes longer to import; that nobody came between is looked at then.

    disk = Rooted("/srv/machine")
    disk.read("/srv/machine/etc/hostname")      the machine's, even where etc is a link to /etc
    disk.read("/tmp/module.ko")                 the host's: no path of the machine
"""

from __future__ import annotations

import errno
import os
import stat
import sys

from modtools.light import TYPE_CHECKING, cache, contextmanager

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

MOST_LINKS = 40
"""Links in one path, `include/linux/namei.h: MAXSYMLINKS`."""
_OPENAT2, _RESOLVE_IN_ROOT = 437, 0x10
"""`include/uapi/asm-generic/unistd.h`, `include/uapi/linux/openat2.h`."""
_FEW = 64
"""Paths that are resolved here before openat2 is worth its import."""
_BASIC = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = getattr(os, "O_DIRECTORY", 0)
_PATH = getattr(os, "O_PATH", 0)


class Host:
    """Files of the host. A path is what the user sees; `root` is what stands before those of the machine."""

    root = ""

    def open(self, path: str, flags: int = os.O_RDONLY, mode: int = 0o666) -> int:
        """Return a descriptor. Can be the `opener` of open(). Raises OSError with the path, as all else here."""
        return os.open(path, flags | _BASIC, mode)

    def read(self, path: str) -> bytes:
        """Return the whole content of a file."""
        with open(path, "rb", opener=self.open) as file:
            return file.read()

    def stat(self, path: str, *, follow: bool = True) -> os.stat_result:
        """Return what stat(2) tells; without `follow`, of a link itself."""
        return os.stat(path, follow_symlinks=follow)  # noqa: PTH116

    def is_folder(self, path: str) -> bool:
        """Return whether there is a folder of this name."""
        try:
            return stat.S_ISDIR(self.stat(path).st_mode)
        except OSError:
            return False

    def entries(self, path: str) -> list[tuple[str, int]]:
        """Return the names in a folder, in the order in which it is read, each with its type, such as S_IFREG."""
        with os.scandir(path) as found:
            return [(entry.name, _type(entry)) for entry in found]

    def names(self, path: str) -> list[str]:
        """Return the names in a folder, in the order in which it is read."""
        return [name for name, _ in self.entries(path)]

    def readlink(self, path: str) -> str:
        """Return the path that a symbolic link points to."""
        return os.readlink(path)  # noqa: PTH115

    def real(self, path: str) -> str:
        """Return the path by which it can be reached, too, but not past a link out of the machine's root."""
        return path


HOST = Host()


def _type(entry: os.DirEntry[str]) -> int:
    if entry.is_file(follow_symlinks=False):
        return stat.S_IFREG
    if entry.is_dir(follow_symlinks=False):
        return stat.S_IFDIR
    return stat.S_IFMT(entry.stat(follow_symlinks=False).st_mode)


class Rooted(Host):
    """Files below `root`, an absolute path; and those of the host where a path is not below it."""

    _opened: int | None = None
    _paths = 0
    _real = ""

    def __init__(self, root: str) -> None:
        self.root = root

    def __del__(self) -> None:
        if self._opened is not None:
            os.close(self._opened)

    def open(self, path: str, flags: int = os.O_RDONLY, mode: int = 0o666) -> int:
        """Return a descriptor, as `Host.open` does. A new file is made with O_EXCL."""
        inside = self._inside(path)
        if inside is None:
            return super().open(path, flags, mode)
        with _naming(path):
            return self._open_inside(inside, flags | _BASIC, mode if flags & os.O_CREAT else 0)

    def _open_inside(self, inside: str, flags: int, mode: int) -> int:
        if self._is_early():
            resolved = self.resolve(inside, follow=not flags & (_NOFOLLOW | os.O_EXCL))
            if not _PATH:
                return os.open(self.root + resolved, flags | _NOFOLLOW, mode)
            with self._place(resolved) as (folder, name):
                if folder is not None:
                    return os.open(name, flags | _NOFOLLOW, mode, dir_fd=folder)
        if (at_once := _openat2()) is None:
            raise OSError(errno.EAGAIN, "")
        return at_once(self._folder(), inside, flags, mode)

    def _is_early(self) -> bool:
        """Return whether a path is one of the first, or openat2 cannot be had."""
        self._paths += 1
        return self._paths <= _FEW or _openat2() is None

    @contextmanager
    def _place(self, resolved: str) -> Iterator[tuple[int | None, str]]:
        """The opened folder of a resolved path, None if somebody came between, and the last name."""
        above, _, name = resolved.rpartition("/")
        with _closing(os.open(f"{self.root}{above}" or "/", _PATH | _FOLDER | _BASIC)) as folder:
            yield folder if self._is_at(folder, above) else None, name or "."

    def _is_at(self, folder: int, inside: str) -> bool:
        """Return whether an open folder is at this place in the machine, and not elsewhere through a new link."""
        self._real = self._real or os.path.realpath(self.root or "/").rstrip("/")
        try:
            return os.readlink(f"/proc/self/fd/{folder}") == (self._real + inside or "/")  # noqa: PTH115
        except OSError:  # there is no /proc
            return _openat2() is None

    def stat(self, path: str, *, follow: bool = True) -> os.stat_result:
        inside = self._inside(path)
        if inside is None:
            return super().stat(path, follow=follow)
        with _naming(path):
            if not _PATH:
                return os.lstat(self.root + self.resolve(inside, follow=follow))
            if self._is_early():
                with self._place(self.resolve(inside, follow=follow)) as (folder, name):
                    if folder is not None:
                        return os.stat(name, dir_fd=folder, follow_symlinks=False)
            with _closing(self.open(path, _PATH | (0 if follow else _NOFOLLOW))) as descriptor:
                return os.fstat(descriptor)

    def entries(self, path: str) -> list[tuple[str, int]]:
        inside = self._inside(path)
        if inside is None:
            return super().entries(path)
        if _PATH:
            with _closing(self.open(path, os.O_RDONLY | _FOLDER)) as descriptor, os.scandir(descriptor) as found:
                return [(entry.name, _type(entry)) for entry in found]
        with _naming(path):
            return super().entries(self.root + self.resolve(inside))

    def readlink(self, path: str) -> str:
        inside = self._inside(path)
        if inside is None:
            return super().readlink(path)
        if _PATH:
            with _closing(self.open(path, _PATH | _NOFOLLOW)) as descriptor:
                return os.readlink("", dir_fd=descriptor)
        with _naming(path):
            return super().readlink(self.root + self.resolve(inside, follow=False))

    def real(self, path: str) -> str:
        inside = self._inside(path)
        with _naming(path):
            return path if inside is None else self.root + self.resolve(inside, missing=True)

    def make_folders(self, path: str) -> None:
        """Make a folder with all those above it. Raises OSError where something else has a name."""
        os.makedirs(self.root, exist_ok=True)  # noqa: PTH103
        made = self.root
        for name in filter(None, (self._inside(path) or "").split("/")):
            with _naming(f"{made}/{name}"):
                self._make_folder(made, name)
            made = f"{made}/{name}"

    def _make_folder(self, above: str, name: str) -> None:
        try:
            if not _PATH:
                os.mkdir(f"{self.real(above)}/{name}")  # noqa: PTH102
                return
            with _closing(self.open(above, _PATH | _FOLDER)) as descriptor:
                os.mkdir(name, dir_fd=descriptor)
        except FileExistsError:
            if not self.is_folder(f"{above}/{name}"):
                raise

    def _folder(self) -> int:
        if self._opened is None:
            self._opened = os.open(self.root or "/", _PATH | _FOLDER | _BASIC)
        return self._opened

    def _inside(self, path: str) -> str | None:
        """Return the path in the machine, None for one that is not below its root."""
        start, path = (self.root, path) if os.sep == "/" else (_slashes(self.root), _slashes(path))
        if "\0" in path:
            raise ValueError("embedded null byte")
        return path[len(start) :] or "/" if f"{path}/".startswith(f"{start}/") else None

    def resolve(self, inside: str, *, follow: bool = True, missing: bool = False, mounts: Collection[str] = ()) -> str:
        """Return a path in the machine, which begins with `/`, without links, `.` and `..`; "" for the root itself.

        Without `follow` its last name may be a link, or missing; with `missing` names that do not exist stay. What is
        below a name in `mounts` (`/proc`) stays as it is: it is in another file system. Raises OSError.
        """
        rest = inside.split("/")[::-1]
        at, mode, links = "", stat.S_IFDIR, 0
        while rest:
            name = rest.pop()
            if name in ("", ".", ".."):
                if not stat.S_ISDIR(mode):
                    raise OSError(errno.ENOTDIR, "")
                at = at.rpartition("/")[0] if name == ".." else at
                continue
            here = f"{at}/{name}"
            if here in mounts:
                return "/".join([here, *reversed(rest)])
            if not rest and not follow:
                return here
            try:
                mode = os.lstat(self.root + here).st_mode
            except FileNotFoundError:
                if not missing:
                    raise
            if not stat.S_ISLNK(mode):
                at = here
                continue
            links += 1
            if links > MOST_LINKS:
                raise OSError(errno.ELOOP, "")
            target = _slashes(os.readlink(self.root + here))  # noqa: PTH115
            at, mode = "" if target.startswith("/") else at, stat.S_IFDIR
            rest += target.split("/")[::-1]
        return at


def _slashes(path: str) -> str:
    return path if os.sep == "/" else path.replace(os.sep, "/")


@contextmanager
def _naming(path: str) -> Iterator[None]:
    """Give OSErrors raised inside this path as their file name."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, os.strerror(error.errno or 0), path) from None


@contextmanager
def _closing(descriptor: int) -> Iterator[int]:
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@cache
def _openat2() -> Callable[[int, str, int, int], int] | None:
    """openat2(2) with RESOLVE_IN_ROOT: folder, path, flags, mode -> descriptor. None where the system has it not."""
    if sys.platform != "linux":
        return None
    import ctypes

    class OpenHow(ctypes.Structure):
        _fields_ = [(name, ctypes.c_uint64) for name in ("flags", "mode", "resolve")]

    syscall = ctypes.CDLL(None, use_errno=True).syscall

    def at_once(folder: int, path: str, flags: int, mode: int) -> int:
        how = OpenHow(flags, mode, _RESOLVE_IN_ROOT)
        while True:
            descriptor: int = syscall(_OPENAT2, folder, os.fsencode(path), ctypes.byref(how), ctypes.sizeof(how))
            if descriptor >= 0:
                return descriptor
            number = ctypes.get_errno()
            if number not in (errno.EAGAIN, errno.EINTR):  # EAGAIN: something was moved meanwhile
                raise OSError(number, os.strerror(number), path)

    with _closing(os.open("/", _PATH | _BASIC)) as root:
        try:
            os.close(at_once(root, "/", _PATH, 0))
        except OSError:  # ENOSYS, or EPERM in a container
            return None
    return at_once
