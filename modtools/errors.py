"""The errors that one layer raises and another one handles."""

from __future__ import annotations

from modtools.light import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from modtools.causes import Kind


class PymodError(Exception):
    """Something that the user can act on: what is wrong, where, and what to do, in one sentence."""


class FormatError(PymodError):
    """Bytes that are not what their format promises.

    `offset` is a file offset in bytes, or None where the whole is wrong.
    """

    def __init__(self, what: str, offset: int | None = None) -> None:
        super().__init__(what if offset is None else f"{what} at offset {offset:#x}")
        self.offset = offset


class StateError(PymodError):
    """The state file cannot be used. It is left as it was."""


class Cause(NamedTuple):
    """Why the kernel refused: one of `causes`, whom it concerns, and what there is to add."""

    kind: Kind
    subject: str = ""
    detail: str = ""


class KernelError(Exception):
    """The virtual kernel's answer to a system call that failed: an errno (Linux's, positive) and causes. `before` is
    what a file has said before its reading failed, `opening` says that it was not even opened.
    """

    opening = False

    def __init__(self, errno: int, *causes: Cause, before: bytes = b"") -> None:
        super().__init__(f"errno {errno}", *causes)
        self.errno = errno
        self.before = before
        self.causes = causes


class Killed(Exception):
    """The kernel oopsed on behalf of the caller: its process is gone, as if by the signal of this name and number."""

    signal, number = "SIGKILL", 9

    def __init__(self, *causes: Cause) -> None:
        super().__init__(*causes)
        self.causes = causes


class Segfault(Killed):
    """The kernel oopsed, on x86-64 by another exception than a page fault: SIGSEGV ends the caller."""

    signal, number = "SIGSEGV", 11


class Abort(Killed):
    """A tool ends itself where kmod's own does so by abort(3)."""

    signal, number = "SIGABRT", 6
