"""Answers the requests of one FUSE mount: a thread for each program that waits, and one that reads the next request.

Whoever reads /dev/fuse gets one request; a thread that has got one sees to it that another one reads. A program that
closes a file waits on Linux until that is done. FUSE only tells of it before all that the program does next, so that
is what waits here. Linux tells of a signal to a program that waits by a request of its own
(`Documentation/filesystems/fuse.rst`, "Interrupting filesystem operations").
"""

from __future__ import annotations

import errno
import os
import threading
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress

from modtools.shell import fuse
from modtools.shell.fuse import Op, Request
from modtools.shell.restarting import Interrupted, given_back

_MAY_WAIT = frozenset({Op.OPEN, Op.READ, Op.WRITE, Op.IOCTL, Op.POLL, Op.FLUSH})
_SPARE = 4
"""How many threads may wait for requests."""
_UNANSWERED = (Op.FORGET, Op.BATCH_FORGET)
_UNORDERED = frozenset({*_UNANSWERED, Op.INTERRUPT, Op.RELEASE, Op.INIT, Op.DESTROY})
"""What does not wait until files are closed that were before."""
_PATIENCE = 1.0
"""Seconds that others wait until a file is closed: its driver may sleep for longer."""

Operation = Callable[[Request], bytes]
"""Does what a request asks for, and returns the body of the reply. Raises OSError, whose errno the program gets."""


class Answering:
    """Answers what is asked by a descriptor of /dev/fuse with operations, by their opcodes; `refused` says with which
    errno others are answered. At most `most` programs may wait at once.
    """

    def __init__(self, device: int, operations: Mapping[int, Operation], refused: Mapping[int, int], most: int) -> None:
        self._device, self._operations, self._refused, self._most = device, operations, refused, most
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._running: dict[int, Request] = {}
        self._closing: dict[int, threading.Event] = {}
        self._threads = self._reading = 0
        self._ended = threading.Event()

    def run(self) -> None:
        """Answer until the file system is unmounted."""
        self._begin_thread()
        self._ended.wait()

    def notify_poll(self, told_by: int) -> None:
        """Have a program poll again."""
        self._write(fuse.poll_notice(told_by))

    def _begin_thread(self) -> None:
        self._threads += 1
        self._reading += 1
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        buffer = bytearray(fuse.BUFFER)
        while (request := self._next(buffer)) is not None:
            with self._lock:
                self._reading -= 1
                if self._reading == 0 and self._threads <= self._most:
                    self._begin_thread()
                last = self._reading == 0
            self._answer(request, refuse=last and request.op in _MAY_WAIT)
            with self._lock:
                if self._reading >= _SPARE:
                    self._threads -= 1
                    return
                self._reading += 1
        self._ended.set()

    def _next(self, buffer: bytearray) -> Request | None:
        """Return the next request; None if there are no more. They are entered in the order in which they come."""
        with self._turn:
            size = self._read(buffer)
            if size is None:
                return None
            request = fuse.parse(bytes(memoryview(buffer)[:size]))
            with self._lock:
                self._running[request.unique] = request
                request.after = () if request.op in _UNORDERED else (*self._closing.items(),)
                if request.op == Op.RELEASE:
                    self._closing[request.unique] = threading.Event()
            return request

    def _wait_for_closed(self, request: Request) -> None:
        for unique, closed in request.after:
            if not closed.wait(_PATIENCE):
                self._closed(unique)

    def _closed(self, unique: int) -> None:
        with self._lock:
            closed = self._closing.pop(unique, None)
        if closed is not None:
            closed.set()

    def _read(self, buffer: bytearray) -> int | None:
        while True:
            try:
                return os.readv(self._device, [buffer])
            except OSError as error:
                if error.errno == errno.ENODEV:
                    return None
                if error.errno not in (errno.ENOENT, errno.EINTR, errno.EAGAIN):  # ENOENT: it was given up meanwhile
                    raise

    def _answer(self, request: Request, *, refuse: bool) -> None:
        error, body, restart = errno.EIO, b"", 0
        try:
            if refuse:
                error = errno.ENOMEM
            else:
                self._wait_for_closed(request)
                error, body = 0, self._do(request)
        except Interrupted as ended:
            error, restart = errno.EINTR, ended.restart
        except OSError as failed:
            error = failed.errno or errno.EIO
        except Exception as mistake:  # noqa: BLE001 - of pymod's own: the other files stay
            with suppress(OSError):
                traceback.print_exception(mistake)
        self._closed(request.unique)
        with self._lock:
            self._running.pop(request.unique, None)  # those that nobody answers share a number
        if request.op not in _UNANSWERED and (request.op != Op.INTERRUPT or error):
            with given_back(request.pid, restart):
                self._write(fuse.reply(request.unique, error, body))

    def _do(self, request: Request) -> bytes:
        if request.op == Op.INTERRUPT:
            return self._interrupt(fuse.interrupted(request.body))
        operation = self._operations.get(request.op)
        if operation is None:
            raise OSError(self._refused.get(request.op, errno.ENOSYS), "")
        return operation(request)

    def _interrupt(self, unique: int) -> bytes:
        with self._lock:
            found = self._running.get(unique)
        if found is None:
            raise OSError(errno.EAGAIN, "")  # it was not read yet, or is answered already: Linux knows which
        found.interrupted = True
        found.wake()
        return b""

    def _write(self, message: bytes) -> None:
        with suppress(OSError):  # ENOENT: nobody waits for it any more
            os.write(self._device, message)
