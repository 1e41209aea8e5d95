"""Serves a tree of nodes as a mounted file system, like sysfs does: nothing is cached, nothing can be created.

The permissions of a node are checked by Linux itself (`default_permissions`), so they hold for whoever asks. On top,
as in `fs/kernfs/file.c: kernfs_fop_open()`, a file that nobody may read (write) is not opened for it by root either.
"""

from __future__ import annotations

import errno
import itertools
import os
import stat
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from modtools.shell import fuse
from modtools.shell.fuse import Attributes, Op, Request
from tests.virtualfs import mounts


class Node(Protocol):
    """A file, folder or symbolic link; `mode` as st_mode, `size` as st_size shows it."""

    @property
    def mode(self) -> int:
        """Type and permission bits."""

    @property
    def size(self) -> int:
        """What stat shows, which says nothing about what can be read."""

    @property
    def target(self) -> str:
        """Where a symbolic link leads."""

    def names(self) -> Sequence[str]:
        """The entries of a folder, in order."""


class Held(Protocol):
    """A file that stays open until its last close(2). Each method raises OSError, whose errno the program gets."""

    @property
    def seekable(self) -> bool:
        """Whether it has positions."""

    def read(self, size: int, offset: int) -> bytes:
        """What one read(2) of so many bytes gives."""

    def write(self, data: bytes, offset: int) -> int:
        """How many of these bytes one write(2) takes."""

    def close(self) -> None:
        """Give it up."""


class CallerKilled(Exception):
    """Raised by a tree where the process that asked is ended by a signal of this number."""

    def __init__(self, signal: int) -> None:
        super().__init__(signal)
        self.signal = signal


class Tree(Protocol):
    """What is served. Each method raises OSError, whose errno the asking program gets."""

    def lookup(self, path: str, uid: int) -> Node:
        """The node at an absolute path inside the tree, as this user sees it."""

    def open(self, path: str, uid: int, flags: int) -> Held | None:
        """The file at this path, opened with the flags of open(2); None for one whose text is made as a whole."""

    def read(self, path: str, uid: int) -> bytes:
        """The whole text of the file at this path."""

    def write(self, path: str, uid: int, data: bytes) -> None:
        """Write into the file at this path what one write(2) carried."""


@dataclass(slots=True)
class _Open:
    path: str
    uid: int
    content: bytes | None = None
    entries: list[bytes] | None = None
    held: Held | None = None


_REFUSED: dict[int, int] = {
    Op.CREATE: errno.EACCES,
    Op.MKNOD: errno.EACCES,
    Op.MKDIR: errno.EPERM,
    Op.SYMLINK: errno.EPERM,
    Op.LINK: errno.EPERM,
    Op.UNLINK: errno.EPERM,
    Op.RMDIR: errno.EPERM,
    Op.RENAME: errno.EPERM,
    Op.RENAME2: errno.EPERM,
}
_ANYBODY = {os.O_RDONLY: (0o444,), os.O_WRONLY: (0o222,), os.O_RDWR: (0o444, 0o222)}
_SLOW = (Op.OPEN, Op.READ, Op.WRITE, Op.RELEASE)
ALL_CLOSED = ".closed"
"""A name that is looked for, and not found, when every file is closed whose last close(2) was before."""
_UNANSWERED = (Op.FORGET, Op.BATCH_FORGET, Op.INTERRUPT)


class Server:
    """Answers the requests of one mount."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._paths = {fuse.ROOT: "/"}
        self._nodes = {"/": fuse.ROOT}
        self._open: dict[int, _Open] = {}
        self._handles = itertools.count(1)
        self._closing: set[int] = set()
        self._fuse = -1
        self._handlers: dict[int, Callable[[Request], bytes]] = {
            Op.INIT: lambda request: fuse.init_out(request.body),
            Op.LOOKUP: self._lookup,
            Op.GETATTR: self._getattr,
            Op.SETATTR: self._getattr,
            Op.READLINK: self._readlink,
            Op.OPEN: self._open_file,
            Op.OPENDIR: self._open_folder,
            Op.READ: self._read,
            Op.READDIR: self._readdir,
            Op.WRITE: self._write,
            Op.RELEASE: self._release,
            Op.RELEASEDIR: self._release,
            Op.STATFS: lambda _: fuse.STATFS_OUT,
            Op.FLUSH: lambda _: b"",
            Op.DESTROY: lambda _: b"",
        }

    def mount(self, target: Path) -> None:
        """Mount on `target`, for all users; programs that look there wait until `serve` runs."""
        self._fuse = os.open("/dev/fuse", os.O_RDWR | os.O_CLOEXEC)
        options = f"fd={self._fuse},rootmode=40000,user_id=0,group_id=0,default_permissions,allow_other"
        mounts.mount("pymod", target, "fuse", mounts.MS_NOSUID | mounts.MS_NODEV, options)

    def close(self) -> None:
        """Leave the mount to the process that serves it."""
        os.close(self._fuse)

    def serve(self) -> None:
        """Answer until the file system is unmounted. What may wait for other programs does not hold up the rest."""
        while (message := self._next()) is not None:
            request = fuse.parse(message)
            if request.op == Op.RELEASE:
                self._closing.add(request.unique)
            if request.op in _SLOW or _asks_for_all_closed(request):
                threading.Thread(target=self._answer, args=(request,), daemon=True).start()
            elif request.op not in _UNANSWERED:
                self._answer(request)

    def _next(self) -> bytes | None:
        while True:
            try:
                return os.read(self._fuse, fuse.BUFFER)
            except OSError as error:
                if error.errno == errno.ENODEV:
                    return None
                if error.errno not in (errno.ENOENT, errno.EINTR):  # ENOENT: the request was given up meanwhile
                    raise

    def _answer(self, request: Request) -> None:
        try:
            message = fuse.reply(request.unique, body=self._handle(request))
        except OSError as error:
            message = fuse.reply(request.unique, error.errno or errno.EIO)
        except CallerKilled as end:
            os.kill(request.pid, end.signal)
            message = fuse.reply(request.unique, errno.EINTR)
        except Exception:  # noqa: BLE001  a file that cannot be told must not take the others with it
            traceback.print_exc()
            message = fuse.reply(request.unique, errno.EIO)
        try:
            os.write(self._fuse, message)
        except OSError as error:
            if error.errno != errno.ENOENT:
                raise

    def _handle(self, request: Request) -> bytes:
        handler = self._handlers.get(request.op)
        if handler is None:
            raise OSError(_REFUSED.get(request.op, errno.ENOSYS), "")
        return handler(request)

    def _node(self, request: Request) -> Node:
        return self._tree.lookup(self._paths[request.node], request.uid)

    def _lookup(self, request: Request) -> bytes:
        while _asks_for_all_closed(request) and self._closing:
            time.sleep(0.01)
        [name] = fuse.names(request.body)
        path = self._paths[request.node].rstrip("/") + "/" + name
        node = self._tree.lookup(path, request.uid)
        number = self._nodes.setdefault(path, len(self._nodes) + 1)
        self._paths[number] = path
        return fuse.entry_out(number, Attributes(node.mode, node.size, number=number))

    def _getattr(self, request: Request) -> bytes:
        node = self._node(request)
        return fuse.attr_out(Attributes(node.mode, node.size, number=request.node))

    def _readlink(self, request: Request) -> bytes:
        return os.fsencode(self._node(request).target)

    def _open_file(self, request: Request) -> bytes:
        mode, access = self._node(request).mode, fuse.open_flags(request.body) & os.O_ACCMODE
        if not all(mode & anybody for anybody in _ANYBODY.get(access, ())):
            raise OSError(errno.EACCES, "")
        path, flags = self._paths[request.node], fuse.open_flags(request.body)
        held = self._tree.open(path, request.uid, flags)
        how = fuse.OPEN_DIRECT_IO | (0 if held and held.seekable else fuse.OPEN_NONSEEKABLE)
        return fuse.open_out(self._remember(request, held), how)

    def _open_folder(self, request: Request) -> bytes:
        self._node(request)
        return fuse.open_out(self._remember(request))

    def _remember(self, request: Request, held: Held | None = None) -> int:
        handle = next(self._handles)
        self._open[handle] = _Open(self._paths[request.node], request.uid, held=held)
        return handle

    def _read(self, request: Request) -> bytes:
        wanted = fuse.read_in(request.body)
        file = self._open[wanted.handle]
        if file.held:
            return file.held.read(wanted.size, wanted.offset)
        if file.content is None or wanted.offset == 0:
            file.content = self._tree.read(file.path, file.uid)
        return file.content[wanted.offset : wanted.offset + wanted.size]

    def _readdir(self, request: Request) -> bytes:
        wanted = fuse.folder_in(request.body)
        folder = self._open[wanted.handle]
        if folder.entries is None or wanted.offset == 0:
            names = [".", "..", *self._tree.lookup(folder.path, folder.uid).names()]
            modes = [stat.S_IFDIR, stat.S_IFDIR] + [0] * (len(names) - 2)
            pairs = enumerate(zip(names, modes, strict=True), start=1)
            folder.entries = [fuse.dirent(number, number, os.fsencode(name), mode) for number, (name, mode) in pairs]
        return fuse.page(folder.entries, wanted)

    def _write(self, request: Request) -> bytes:
        wanted = fuse.read_in(request.body)
        data = request.body[fuse.WRITE_IN_SIZE :][: wanted.size]
        file = self._open[wanted.handle]
        done = len(data)
        if file.held:
            done = file.held.write(data, wanted.offset)
        else:
            self._tree.write(file.path, file.uid, data)
        return fuse.written(done)

    def _release(self, request: Request) -> bytes:
        file = self._open.pop(fuse.handle_in(request.body), None)
        try:
            if file and file.held:
                file.held.close()
        finally:
            self._closing.discard(request.unique)
        return b""


def _asks_for_all_closed(request: Request) -> bool:
    return request.op == Op.LOOKUP and request.body.rstrip(b"\0") == ALL_CLOSED.encode()


def serving(tree: Tree, target: Path) -> int:
    """Mount the tree on `target` and serve it from a child process; return the child's id."""
    server = Server(tree)
    server.mount(target)
    child = os.fork()
    if child:
        server.close()
        return child
    try:
        server.serve()
    finally:
        os._exit(0)
