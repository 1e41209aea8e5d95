"""libkmod for the virtual kernel: what lies between a tool of kmod and the kernel.

From kmod 34: `libkmod/libkmod-module.c` (kmod_module_new_from_path, _new_from_name, _insert_module, _remove_module,
_get_initstate, _get_holders, _get_refcnt, _get_size), `shared/util.c: modname_normalize(), path_to_modname()`.
"""

from __future__ import annotations

import stat
import time
from contextlib import ExitStack, contextmanager, nullcontext, suppress

from modtools.errors import KernelError, PymodError
from modtools.light import TYPE_CHECKING
from modtools.linuxerrno import ENOENT, ENOSYS, of_host, strerror
from modtools.names import module_name
from modtools.notes import INFO
from modtools.place import Place, uid
from modtools.report import Hint
from modtools.rooted import HOST, Host

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from contextlib import AbstractContextManager
    from typing import Any, Self

    from modtools.command import Call
    from modtools.kernel.files.nodes import Node
    from modtools.kernel.modules import LoadedModule
    from modtools.kernel.runner import Runner
    from modtools.kernel.state import Kernel
    from modtools.shared.kernel_calls import KernelCall
    from modtools.shared.toollog import ToolLog
    from modtools.tree.index import Tree
    from modtools.tree.kofile import KoFile


def name_of_file(path: str, disk: Host = HOST) -> str:
    """Return the module name for a file's path. Raises KernelError if there is no file, or no name in the path."""
    try:
        # kmod makes the path absolute first, so that "" is the working folder.
        disk.stat(path or ".")
    except (OSError, ValueError) as error:
        raise KernelError(of_host(error)) from None
    base = path.rpartition("/")[2]
    if not base:
        raise KernelError(ENOENT)
    return module_name(base)


def _inode(path: str, disk: Host) -> str:
    """Return what tells a file from others, by whatever path: its device and its inode."""
    status = disk.stat(path)
    return f"{status.st_dev}:{status.st_ino}"


def session(call: Call, log: ToolLog) -> Session:
    """Return a session with the virtual kernel of this call, which others cannot change meanwhile."""

    from modtools.store import Store

    store = Store(call.place.state)

    def kernel() -> Iterator[Kernel]:
        from modtools.shared.userspace import enter

        with store.transaction() as kernel:
            enter(kernel, call)
            yield kernel

    kind = InnerSession if store.is_held else Session
    return kind(contextmanager(kernel), log, call.place, uid=uid(), zlib=not call.linked)


def dry_session(kernel: Kernel, log: ToolLog, place: Place) -> Session:
    """Return a session with a kernel of which nothing is stored."""
    return Session(lambda: nullcontext(kernel), log, place, uid=uid())


class Session:
    """A tool's connection to the virtual kernel: as which user, with which runner, with zlib or not, and its log.

    The kernel is locked from its first use until `close()` or the end of a `with`. `calls` are the calls so far.
    """

    _shortest = 0.1
    """Seconds: what sleeps for less nobody sees sleep."""

    def __init__(
        self,
        kernel: Callable[[], AbstractContextManager[Kernel]],
        log: ToolLog,
        place: Place,
        *,
        uid: int = 0,
        zlib: bool = False,
        runner: Runner | None = None,
    ) -> None:
        self.log = log
        self._zlib = zlib
        self.place = place
        self.uid = uid
        self.runner = runner
        self.calls: list[KernelCall] = []
        self._open = kernel
        self._held = ExitStack()
        self._kernel: Kernel | None = None
        self._alone = False  # nobody else's module has been in its init since the kernel was locked
        self._until = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: Any) -> None:
        self._kernel = None
        self._held.__exit__(*error)

    @property
    def kernel(self) -> Kernel:
        """The virtual kernel, locked until `close()` so that it can be changed."""
        if self._kernel is None:
            self._kernel = self._held.enter_context(self._open())
            self._kernel.visible_until, self._alone = self._slept, False
        return self._kernel

    def close(self) -> None:
        """Store the kernel and unlock it."""
        self.__exit__(None, None, None)

    def _slept(self, microseconds: int) -> float:
        """Return until when others see a module whose code slept as busy, in seconds since the epoch, 0.0 for never."""
        from modtools.kernel.module.transitions import LONGEST

        seconds = microseconds / 1_000_000
        self._until = time.time() + min(seconds, LONGEST) if seconds >= self._shortest else 0.0
        return self._until

    def _wait(self, until: float) -> None:
        """Unlock the kernel and wait until then, in seconds since the epoch."""
        if until:
            self.close()
            time.sleep(max(0.0, until - time.time()))

    def _await_others(self) -> None:
        """Wait for modules whose init still sleeps. (Linux waits for one of this name, or whose symbols it needs.)"""
        modules = self.kernel.modules
        while not self._alone:
            until = max((each.until for each in modules.values() if each.state == "coming"), default=0.0)
            self._wait(until)
            self._alone, modules = not until, self.kernel.modules

    def insert(self, path: str, args: str, flags: int = 0, disk: Host = HOST) -> None:
        """Hand a file of a disk to the kernel. Raises KernelError."""
        from modtools.shared import kernel_calls, modfile

        file = modfile.read(path, disk, zlib=self._zlib)
        if self._joined(file, path, disk):
            return
        self._await_others()
        self._until = 0.0
        try:
            with kernel_calls.recorded(self.calls, self.kernel, "insert", name_of_file(path, disk), path) as code:
                loaded = self._hand_over(file, args, flags, disk)
                code.append((loaded.name, loaded.init))
            self._wait(self._until)
        except KernelError as error:
            self._wait(self._until)
            self._say_failed(path, error)
            raise

    def _say_failed(self, path: str, error: KernelError) -> None:
        from pathlib import Path

        self.log.say(INFO, f"Failed to insert module '{Path.cwd() / path}': {strerror(error.errno)}")

    def _joined(self, file: KoFile, path: str, disk: Host) -> bool:
        """Wait for a load of the same file where there is one, and return whether there was. Raises KernelError.

        From Linux 6.12: `kernel/module/main.c: idempotent_init_module()`, for finit_module(2) alone.
        """
        loads = self.kernel.file_loads
        other = loads.get(_inode(path, disk)) if loads else None
        if other is None or self.uid or self.kernel.modules_disabled or self._finit_flags(file) is None:
            return False
        from modtools.shared.kernel_calls import KernelCall

        self._wait(other.until)
        self.calls.append(KernelCall("insert", name_of_file(path, disk), path, other.errno))
        if other.errno:
            error = KernelError(other.errno)
            self._say_failed(path, error)
            raise error
        return True

    @contextmanager
    def _shared(self, path: str, disk: Host) -> Iterator[None]:
        """Let others that load a file see for how long it was being loaded, and how that ended."""
        from modtools.kernel.state import FileLoad

        kernel, start = self.kernel, self.kernel.time

        def ended(errno: int) -> None:
            shares = kernel.identity.features.shares_loads
            if shares and (until := self._slept(kernel.time - start)):
                kernel.file_loads[_inode(path, disk)] = FileLoad(until, errno)

        try:
            yield
        except KernelError as error:
            ended(error.errno)
            raise
        ended(0)

    def _hand_over(self, file: KoFile, args: str, flags: int, disk: Host) -> LoadedModule:
        path = disk.real(file.path)
        try:
            with self._shared(file.path, disk):
                return self._finit(file, args, flags, path)
        except KernelError as error:
            # Of init's own -ENOSYS, too, libkmod thinks that the kernel has no finit_module(2).
            if error.errno != ENOSYS:
                raise
            return self._init(file, args, flags, path)

    def _finit(self, file: KoFile, args: str, flags: int, path: str) -> LoadedModule:
        from modtools.kernel.module.load import insert

        how = self._finit_flags(file)
        if how is None:
            raise KernelError(ENOSYS)
        flags |= how
        return insert(self.kernel, bytes(file.data), args, flags, path=path, runner=self.runner, uid=self.uid)

    def _finit_flags(self, file: KoFile) -> int | None:
        """Return what finit_module(2) is told of a file; None where the kernel cannot unpack it."""
        return file.finit_flags(self._kernels_compression() if file.compression else "")

    def _kernels_compression(self) -> str:
        """Return what /sys says that the kernel can unpack; "" where it does not say. (`libkmod/libkmod.c:
        get_kernel_compression()`)
        """
        node = self._node("compression")
        return "" if node is None else node.read().decode().rstrip("\n")

    def _init(self, file: KoFile, args: str, flags: int, path: str) -> LoadedModule:
        from modtools.kernel.module.load import insert
        from modtools.shared import modfile

        image = modfile.unpack(file, self.log.error)
        if flags:
            image = modfile.strip(image, flags, self.log.error)
        return insert(self.kernel, image, args, path=path, runner=self.runner, uid=self.uid, copied=True)

    def delete(self, name: str, *, force: bool = False) -> None:
        """Have the kernel remove a module. Raises KernelError."""
        from modtools.kernel.module.unload import delete
        from modtools.shared import kernel_calls

        with kernel_calls.recorded(self.calls, self.kernel, "remove", name) as code:
            code.append((name, delete(self.kernel, name, force=force, runner=self.runner, uid=self.uid)))
        self._wait(self._until)

    def remove(self, name: str, *, force: bool = False) -> None:
        """Have the kernel remove a module, and log why if it refuses. Raises KernelError."""
        try:
            self.delete(name, force=force)
        except KernelError as error:
            self.log.error(f"could not remove '{name}': {strerror(error.errno)}")
            raise

    def remember(
        self, typed: Sequence[str], step: str, said: str, *, module: str = "", path: str = "", errno: int = 0
    ) -> None:
        """Keep what was refused before the kernel was asked, or what was typed and said of what it refused: `step` as
        of a Refusal, `said` is the last line for standard error, without the tool's name.

        Not where pymod stands in for kmod on the host, and not if that would be another error.
        """
        if self.place.standalone:
            return
        import shlex

        from modtools.kernel.state import Refusal

        lines = (f"{typed[0]}: {said}",) if said else ()
        this = Refusal(shlex.join(typed), step, module, path, errno, lines)
        with suppress(PymodError, OSError):
            before = self.kernel.refusal
            if step == "kernel" and before is not None:
                this = before._replace(command=this.command, said=this.said)
            self.kernel.refusal = this

    def hints(self, tree: Tree | None = None, passed_over: Collection[str] = ()) -> tuple[Hint, ...]:
        """Return advice for all that the kernel refused; `tree`, by default the kernel's, knows who exports what.

        `passed_over` are files whose refusal does not count.
        """
        refused = [each for each in self.calls if each.causes and each.path not in passed_over]
        if not refused:
            return ()
        from modtools.shared import advice

        tree = tree or self.tree
        here = advice.Here(tree, self.place, self._kernel)
        return tuple(hint for each in refused for hint in advice.hints(each, here))

    def is_builtin(self, name: str) -> bool:
        """Return whether modules.builtin.bin of the kernel's module tree has this name."""
        from modtools.tree.index import BUILTIN

        return self.tree.line(BUILTIN, name) is not None

    @property
    def tree(self) -> Tree:
        """The module tree of the kernel's release."""
        from modtools.tree.index import Tree

        release = self.place.release(self.kernel.identity.release)
        return Tree(str(self.place.root / "lib/modules" / release), self.place.disk)

    def initstate(self, name: str) -> str:
        """ "live", "coming", "going", or "" for a name that is not in /sys/module."""
        node = self._node(f"{name}/initstate")
        if node is not None:
            return node.read().decode().rstrip("\n")
        folder = self._node(name)
        return "coming" if folder is not None and stat.S_ISDIR(folder.mode) else ""

    def holders(self, name: str) -> list[str]:
        """Return the modules that use this one, in the order of a listing of its folder in /sys."""
        node = self._node(f"{name}/holders")
        if node is None:
            self.log.error(f"could not open '/sys/module/{name}/holders': {strerror(ENOENT)}")
            return []
        return [module_name(holder) for holder in node.names()]

    def refcnt(self, name: str) -> int:
        """Return how often a module is in use; -2 (-ENOENT) where /sys does not say."""
        return self._number(f"{name}/refcnt")

    def size(self, name: str) -> int:
        """Return the size of a module's core in bytes; -2 (-ENOENT) where /sys does not say."""
        return self._number(f"{name}/coresize")

    def _number(self, path: str) -> int:
        node = self._node(path)
        return -ENOENT if node is None else int(node.read())

    def _node(self, path: str) -> Node | None:
        from modtools.kernel.files.paths import lookup

        try:
            return lookup(self.kernel, f"/sys/module/{path}", self.uid)
        except KernelError:
            return None


class InnerSession(Session):
    """The connection of a program that the kernel waits for, in the middle of somebody else's call.

    The kernel is held by whom the program was started for, who waits for as long as its modules' code sleeps.
    """

    _shortest = float("inf")

    def _hand_over(self, file: KoFile, args: str, flags: int, disk: Host) -> LoadedModule:
        """Load a module. Raises NeverEnds for one that is being loaded already: the call that does so waits for us."""
        from modtools import causes
        from modtools.kernel.userspace import NeverEnds

        try:
            return super()._hand_over(file, args, flags, disk)
        except KernelError as error:
            if any(cause.kind == causes.NAME_TAKEN and cause.detail == "coming" for cause in error.causes):
                raise NeverEnds from None
            raise
