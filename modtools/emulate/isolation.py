"""A process of its own for each call into a module.

The child has a copy of everything, runs the code under limits, and tells what has changed: memory, tables, log, taint,
reference counts. If it dies, or takes too long, nothing of it is taken over but the knowledge that it did. Of a call
that was not run to its end, only what it logged is taken over: what it has begun, nobody would finish or take back. It
ends when its parent does.
"""

from __future__ import annotations

import gc
import json
import mmap
import os
import select
import signal
import struct
import time
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from modtools.emulate.memory.snapshot import decode, encode
from modtools.forks import Lifeline
from modtools.kernel.log import Record
from modtools.kernel.modules import LoadedModule, ModuleState
from modtools.kernel.passing import from_plain, to_plain
from modtools.kernel.runner import End, Outcome
from modtools.kernel.state import Kernel
from modtools.link.memory import PAGE, Memory

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


POSSIBLE = hasattr(os, "fork")
SECONDS, PROCESSOR_SECONDS = 1200, 300
"""Limits of wall clock and of processor time for one call. Nothing comes near them: `effort` ends it long before."""
BYTES = 1 << 30
"""Bytes of address space that a child may have beyond what the process has before."""
_PRECISION = 16 << 20
_LENGTH = struct.Struct("<II")
_MODULE = ("state", "refcount", "users", "uses", "taints")
_KERNEL = ("taint", "lock_debugging", "time", "modules_disabled", "switches")
_UNFINISHED = (End.NEEDS, End.FAILED)
Arrive = Callable[[LoadedModule], None]
"""What links a module that the child has loaded, and puts it into the parent's memory."""


def run(guest: Guest, perform: Callable[[], Outcome], arrive: Arrive) -> Outcome:
    """Perform a call in a child process, take over what it changed, and return its outcome."""
    guest.abi.engine()  # loaded before the fork, once for all calls
    guest.images.came.clear()
    log = guest.kernel.log
    known = log.first + max(len(log.records) - 1, 0)  # the last record may still be continued
    before = {name: (module, _changeable(module)) for name, module in guest.kernel.modules.items()}
    reader, writer = os.pipe()
    lifeline = Lifeline()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.close(reader)
            gc.freeze()  # the collector would touch, and so copy, each page of the parent's
            _limit()
            for window in guest.memory.windows:
                window.begin()
            guest.memory_changed()
            lifeline.follow()  # not before: while the limit is looked for, no thread could get memory
            _send(writer, _pack(guest, _try(perform), known, before))
            status = 0
        finally:
            os._exit(status)
    os.close(writer)
    try:
        data = _receive(reader, time.monotonic() + SECONDS)
    finally:
        os.close(reader)
        lifeline.close()  # which has it end, with all that it has started
        if not _ended(pid):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    return _unpack(guest, data, arrive) if data else Outcome(End.FAILED, 0, "the emulator did not come to an end")


def _try(perform: Callable[[], Outcome]) -> Outcome:
    """Return the outcome of a call; a mistake in pymod itself becomes one that blames the emulator and not the
    module.
    """
    try:
        return perform()
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent is told
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(where.filename).name}:{where.lineno}"
        return Outcome(End.FAILED, 0, f"the emulator failed: {type(error).__name__}: {error} ({place})")


def _ended(pid: int) -> bool:
    """Return whether the child is gone, after a moment to go by itself."""
    for _ in range(50):
        if os.waitpid(pid, os.WNOHANG)[0]:
            return True
        time.sleep(0.002)
    return False


def _limit() -> None:
    """Limit processor time and address space of this process, and have no core file written."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        limit = _address_space() + BYTES
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _address_space() -> int:
    """Return how many bytes of address space the process has, found by trying: /proc may be a file system that waits
    for this very process.
    """
    import resource

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    low, high = 0, 1 << 47
    while high - low > _PRECISION:
        middle = (low + high) // 2
        resource.setrlimit(resource.RLIMIT_AS, (middle, hard))
        try:
            mmap.mmap(-1, PAGE).close()
            high = middle
        except OSError:
            low = middle
    return high


def _send(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _receive(descriptor: int, deadline: float) -> bytes:
    """Return all that the child sends before the deadline; nothing if it has not finished by then."""
    parts: list[bytes] = []
    while True:
        ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return b""
        part = os.read(descriptor, 1 << 20)
        if not part:
            break
        parts.append(part)
    data = b"".join(parts)
    if len(data) < _LENGTH.size or sum(_LENGTH.unpack_from(data)) + _LENGTH.size != len(data):
        return b""
    return data


def _changeable(module: LoadedModule) -> list[Any]:
    """Return what programs can change of a module that stays loaded: its parameters, while they are not stored."""
    return [] if module.details_file else [parameter.value for parameter in module.details.parameters]


def _pack(guest: Guest, outcome: Outcome, known: int, before: Mapping[str, Any]) -> bytes:
    kernel = guest.kernel
    since = max(known, kernel.log.first)
    gone = [name for name, (module, _) in before.items() if kernel.modules.get(name) is not module]
    new = [to_plain(module) for module in kernel.modules.values() if _is_new(module, before)]
    maps, dirty, pages = changes(guest.memory)
    header = {
        "outcome": [outcome.end, outcome.value, outcome.detail],
        "undone": outcome.end in _UNFINISHED and not gone and not new,
        "log": [[r.level, r.time, r.text, r.facility] for r in kernel.log.records[since - kernel.log.first :]],
        "log_since": since,
        "open": kernel.log.open,
        "dropped": kernel.log.first,
        "kernel": [getattr(kernel, key) for key in _KERNEL],
        "once": sorted(kernel.once),
        "unmounted": sorted(kernel.unmounted),
        "gone": gone,
        "new": new,
        "changed": [to_plain(module) for module in kernel.modules.values() if _is_changed(module, before)],
        "modules": {m.name: [getattr(m, key) for key in _MODULE] for m in kernel.modules.values()},
        "tables": encode(guest.tables),
        "came": guest.images.came,
        "maps": maps,
        "dirty": dirty,
    }
    text = json.dumps(header).encode()
    return _LENGTH.pack(len(text), len(pages)) + text + pages


def _is_new(module: LoadedModule, before: Mapping[str, Any]) -> bool:
    return module.name not in before or before[module.name][0] is not module


def _is_changed(module: LoadedModule, before: Mapping[str, Any]) -> bool:
    return not _is_new(module, before) and before[module.name][1] != _changeable(module)


def _unpack(guest: Guest, data: bytes, arrive: Arrive) -> Outcome:
    size, _ = _LENGTH.unpack_from(data)
    header = json.loads(data[_LENGTH.size : _LENGTH.size + size])
    _take_log(guest.kernel, header)
    if header["undone"]:
        guest.reload()
    else:
        _take_all(guest, header, data[_LENGTH.size + size :], arrive)
    end, value, detail = header["outcome"]
    return Outcome(End(end), value, detail)


def _take_all(guest: Guest, header: dict[str, Any], pages: bytes, arrive: Arrive) -> None:
    for name in header["gone"]:
        guest.images.drop(name)
        for area in guest.kernel.modules[name].placed:
            guest.memory.unmap(area.base, area.size)
    new = _take_modules(guest.kernel, header)
    guest.tables.clear()
    guest.tables.update(decode(header["tables"]))
    guest.reload()
    for name in header["came"]:
        guest.images.link(name)
    for module in new:
        arrive(module)
    take_over(guest.memory, header["maps"], header["dirty"], pages)


def _take_log(kernel: Kernel, header: dict[str, Any]) -> None:
    """Take over what was logged, and what the kernel remembers of that."""
    records = [Record(*record) for record in header["log"]]
    kernel.log.take(header["log_since"], records, still_open=header["open"], first=header["dropped"])
    for key, value in zip(_KERNEL, header["kernel"], strict=True):
        setattr(kernel, key, value)
    kernel.once = set(header["once"])


def _take_modules(kernel: Kernel, header: dict[str, Any]) -> list[LoadedModule]:
    """Take over which modules there are now, and how they are used; return those that are new."""
    kernel.unmounted = set(header["unmounted"])
    for name in header["gone"]:
        del kernel.modules[name]
    for row in header["changed"]:
        kernel.modules[row["name"]].details = from_plain(row).details
    new = [from_plain(row) for row in header["new"]]
    for module in new:
        kernel.modules[module.name] = module
    for name, (state, refcount, users, uses, taints) in header["modules"].items():
        module = kernel.modules[name]
        module.state, module.refcount, module.taints = ModuleState(state), refcount, taints
        module.users[:], module.uses[:] = users, uses
    return new


def changes(memory: Memory) -> tuple[list[list[tuple[int, int, int]]], list[list[int]], bytes]:
    """Return of each window the stretches of mapped pages and the numbers of those that are dirty since `begin()`, and
    what is in these.
    """
    dirty = [sorted(window.dirty) for window in memory.windows]
    rows = zip(memory.windows, dirty, strict=True)
    pages = b"".join(window.content(page) for window, numbers in rows for page in numbers)
    return [list(window.runs()) for window in memory.windows], dirty, pages


def take_over(
    memory: Memory, maps: Iterable[Iterable[Sequence[int]]], dirty: Iterable[list[int]], pages: bytes
) -> None:
    """Make a memory what another one, which was equal when it began, has become by its changes."""
    at = 0
    for window, runs, numbers in zip(memory.windows, maps, dirty, strict=True):
        table = bytearray(len(window.permissions))
        for first, count, permissions in runs:
            table[first : first + count] = bytes((permissions,)) * count
        window.permissions[:] = table
        window.dirty = {page for page in window.dirty.union(numbers) if table[page]}
        for page in numbers:
            window.fill(page, pages[at : at + PAGE])
            at += PAGE
