"""Programs in the middle of a call: pymod's tools work on the kernel that waits for them.

While a module's code waits for a program, the kernel is in the memory of one process, its holder, and the state file
says what was before. What the kernel starts itself is done by the holder in its own process (`perform`). Commands that
such a program runs have processes of their own: a pymod among them hands its command line, environment, folder and
streams over by the socket that $PYMOD_KERNEL names (`hand_over`), the holder does what it asks for (`answer`), and it
ends as that has ended.
"""

from __future__ import annotations

import importlib
import json
import os
import socket
import struct
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import Any, Final

from modtools import endings
from modtools.errors import Killed
from modtools.light import NamedTuple
from modtools.shared import HOLDER

_STREAMS: Final = (0, 1, 2)
_LENGTH: Final = struct.Struct("<I")
_LONGEST: Final = 16 << 20
"""Bytes of a command line with its environment, more than a system lets a process have."""
_closed: tuple[int, ...] = ()
"""The standard streams that the program whose work is done here does not have."""


class Program(NamedTuple):
    """A process whose work another one does: its words, environment, folder, umask, and the streams that it has, each
    with its descriptor here.
    """

    words: Sequence[str]
    environment: Mapping[str, str]
    folder: str
    umask: int
    streams: Mapping[int, int]


def closed_streams() -> tuple[int, ...]:
    """Return which of the standard streams the program whose work is done here does not have."""
    return _closed


def perform(program: Program) -> int:
    """Do what a program of pymod's would; return its status as wait(2) tells it. Raises NeverEnds and NotRun."""
    with being(program), endings.raised():
        try:
            status: int = importlib.import_module("modtools.cli").main(program.words)
        except Killed as killed:
            return killed.number
    return (status & 0xFF) << 8


@contextmanager
def being(program: Program) -> Iterator[None]:
    """Have this process be like another one."""
    global _closed
    environment, folder, umask, closed = dict(os.environ), _folder(), os.umask(program.umask), _closed
    try:
        with _streams(program.streams):
            _closed = tuple(number for number in _STREAMS if number not in program.streams)
            _set_environment(program.environment)
            _enter(program.folder)
            yield
    finally:
        _closed = closed
        _set_environment(environment)
        _enter(folder)
        os.umask(umask)


def _folder() -> str:
    """Return the current folder, "" for one that is gone."""
    try:
        return os.getcwd()  # noqa: PTH109
    except OSError:
        return ""


def _enter(folder: str) -> None:
    with suppress(OSError):
        os.chdir(folder)


def _set_environment(environment: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)


@contextmanager
def _streams(given: Mapping[int, int]) -> Iterator[None]:
    """Have these standard streams, each with its descriptor, and nothing in the place of others."""
    files = sys.stdin, sys.stdout, sys.stderr
    _flush()
    kept = [os.dup(number) for number in _STREAMS]
    nowhere = os.open(os.devnull, os.O_RDWR)
    try:
        for number in _STREAMS:
            os.dup2(given.get(number, nowhere), number)
        sys.stdin, sys.stdout, sys.stderr = (_text_stream(number) for number in _STREAMS)
        yield
        _flush()
    finally:
        sys.stdin, sys.stdout, sys.stderr = files
        for number, descriptor in zip(_STREAMS, kept, strict=True):
            os.dup2(descriptor, number)
            os.close(descriptor)
        os.close(nowhere)


def _flush() -> None:
    for file in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            file.flush()


def _text_stream(number: int) -> TextIOWrapper:
    mode = "wb" if number else "rb"
    return TextIOWrapper(open(number, mode, closefd=False), "utf-8", "surrogateescape", write_through=True)


# The two ends of the socket.


class Connection(NamedTuple):
    """A connection to the holder of the kernel, and the standard streams that were open before it was made."""

    socket: socket.socket
    streams: Sequence[int]


def connect(path: str) -> Connection | None:
    """Return a connection to the holder of the kernel; None where nobody holds it any more."""
    streams = [number for number in _STREAMS if _is_open(number)]
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(path)
    except OSError:
        connection.close()
        return None
    return Connection(connection, streams)


def hand_over(holder: Connection, words: Sequence[str]) -> int:
    """Have the holder of the kernel do a command; return its status. Raises Killed as the command does."""
    with holder.socket as connection:
        socket.send_fds(connection, [b"\0"], holder.streams)
        umask = os.umask(0)
        os.umask(umask)
        _send(connection, [list(words), _environment(), _folder(), umask, list(holder.streams)])
        answer = _receive(connection)
    if answer is None:
        endings.tell("pymod", "ERROR: the command that holds the virtual kernel has ended")
        return 1
    status, signal = answer
    if signal:
        raise _by(signal)
    return int(status)


def _by(number: int) -> Killed:
    """Return what ends a process by the signal of a number."""
    kinds: list[type[Killed]] = [Killed, *Killed.__subclasses__()]
    return next((kind() for kind in kinds if kind.number == number), Killed())


def answer(connection: socket.socket) -> None:
    """Do what a command of pymod asks for by a connection, and tell it how that ended."""
    with connection:
        _, streams, _, _ = socket.recv_fds(connection, 1, len(_STREAMS))
        try:
            asked = _receive(connection)
            if asked is None:
                return
            words, environment, folder, umask, numbers = asked
            status = perform(Program(words, environment, folder, umask, dict(zip(numbers, streams, strict=True))))
        finally:
            for descriptor in streams:
                os.close(descriptor)
        with suppress(OSError):  # who asked may be gone
            _send(connection, [status >> 8, status & 0x7F])


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != HOLDER}


def _send(connection: socket.socket, value: object) -> None:
    data = json.dumps(value).encode()
    connection.sendall(_LENGTH.pack(len(data)) + data)


def _receive(connection: socket.socket) -> Any:
    """Return what the other end has sent; None if it is gone."""
    with connection.makefile("rb") as file:
        head = file.read(_LENGTH.size)
        if len(head) < _LENGTH.size or (length := _LENGTH.unpack(head)[0]) > _LONGEST:
            return None
        data = file.read(length)
    return json.loads(data) if len(data) == length else None
