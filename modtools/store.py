"""The virtual kernel on disk: one JSON file, a folder for what is bulky, a lock.

`state.json` is replaced as a whole by a synced temporary file, so that at any moment it is the old or the new state.
What it refers to lies in a folder beside it (`stateparts`). Writers take a lock, which the system frees when its holder
dies; readers take none. A state that is reached by a link lies where the link leads, and so does all else.

What only some commands need is imported where it is used, so that `pymod lsmod` starts sooner.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path

from modtools import hostfile, statejson
from modtools.errors import FormatError, KernelError, Killed, PymodError, StateError
from modtools.jsonfields import ODD, brief, loads
from modtools.kernel.facts import FACTS
from modtools.kernel.identity import Identity, build_options
from modtools.kernel.modules import Details
from modtools.kernel.state import Kernel, Sources
from modtools.light import TYPE_CHECKING, NamedTuple
from modtools.statefile import LIMIT, exists, held, is_stored
from modtools.statejson import Json, Later
from modtools.stateparts import Foreign, Parts, is_part, new_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from modtools.kernel.runner import Runner
    from modtools.profiles import Profile
    from modtools.profiles.exports import ExportedSymbol, ExportTable

LOCK_SECONDS = 60
"""How long a writer waits for the others."""
READ_SECONDS = 1
"""How long a reader waits for who holds the machine; it reads what is stored then."""
_CHUNK = 50
"""Modules whose bulky parts a process puts together at a time."""
_KERNEL_LIMIT = 64 << 20
"""The same for the profile of a kernel: twenty times what Debian's come to."""
_MEMORY_LIMIT = 512 << 20
"""The same for modules' memory."""


class Store:
    """A state file. Every error is a StateError that names the file and says what to do."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = Path(os.path.realpath(path))  # resolve() raises for links in a circle
        self.parts = Parts(self._file)

    def exists(self) -> bool:
        """Return whether anything was stored yet."""
        return exists(str(self.path))

    @property
    def is_held(self) -> bool:
        """Whether this kernel waits in this process for the program that asks, and is changed without being stored."""
        return str(self._file) in held

    @contextmanager
    def held(self, kernel: Kernel) -> Iterator[None]:
        """Let this kernel, which waits for a program, be what is found in the file meanwhile. Others see nothing."""
        before = held.get(str(self._file))
        held[str(self._file)] = kernel
        try:
            yield
        finally:
            if before is None:
                del held[str(self._file)]

    def read(self) -> Kernel:
        """Return the kernel as it is now; the built-in one where nothing was stored. Takes no lock."""
        if str(self._file) in held:
            return held[str(self._file)]
        if not is_stored(str(self.path)):
            from modtools.statelock import wait_until_stored

            wait_until_stored(self.parts.ahead, READ_SECONDS)
        return self.load()[0]

    def load(self) -> tuple[Kernel, Before]:
        """Return the kernel as it is stored, and what was found."""
        text = self._text()
        kernel = self.default() if text is None else self._decode(text)
        kernel.runner_source = self._runner
        return kernel, Before(text, _named_by(kernel))

    @property
    def version(self) -> tuple[int, ...]:
        """Return what is another each time that something else was stored."""
        try:
            found = self._file.stat()
        except OSError:
            return ()
        return found.st_ino, found.st_mtime_ns, found.st_size

    def _runner(self, kernel: Kernel) -> Runner | None:
        """Return what runs modules' code, with the memory that they have so far; None if nothing can."""
        from modtools import emulate

        kernel.no_runner = emulate.why_not(kernel)
        return emulate.make_runner(kernel, partial(self._memory, kernel.memory_file))

    def _memory(self, file: str) -> bytes:
        try:
            return self.parts.read(file, _MEMORY_LIMIT) if file else b""
        except OSError as error:
            raise self._unusable("refers to memory that cannot be read", error) from error

    def default(self) -> Kernel:
        """Return the kernel that is there where none was booted, just booted."""
        from modtools.profiles import DEFAULT

        return self.of_profile(DEFAULT)

    def of_profile(self, name: str) -> Kernel:
        """Return the kernel of a profile, just booted."""
        profile = self._profile(name)
        return self.boot(identity_of(profile, f"the built-in profile {profile.title}"))

    def boot(self, identity: Identity) -> Kernel:
        """Return a kernel of this identity, with nothing loaded and the parts that it names."""
        return booted(identity, self._sources(identity.profile, identity.symbols))

    @contextmanager
    def transaction(self) -> Iterator[Kernel]:
        """Yield the kernel under the lock and store it, also when it refuses or oopses: log and taint stay.

        One that is held is yielded as it is: who holds it has the lock, and will store it.
        """
        if str(self._file) in held:
            kernel = held[str(self._file)]
            before = kernel.program, kernel.visible_until
            try:
                yield kernel
            finally:
                kernel.program, kernel.visible_until = before
            return
        if not self.parts.folder.exists():
            self.read()  # beside a file that is no state, nothing is made
        with self.lock():
            kernel, found = self.load()
            try:
                yield kernel
            except (KernelError, Killed):
                self.write(kernel, found)
                raise
            self.write(kernel, found)

    def replace(
        self, kernel: Kernel, *, symbols: bytes | None = None, profile: bytes | None = None, force: bool = False
    ) -> None:
        """Store this kernel in the place of any other.

        `symbols`, a table of exports, and `profile`, an archive (`profiles.archive`), are for the parts that its
        identity names. Raises StateError for a file that is no state of this or an older schema, unless `force` is
        given.
        """
        parts = {kernel.identity.symbols: symbols, kernel.identity.profile: profile}
        if str(self._file) in held:
            raise StateError(f"{self.path} cannot be replaced while a module of its kernel waits for this command")
        self._check_replaceable(force)
        with self.lock():
            self._check_replaceable(force)
            new = {name: data for name, data in parts.items() if data is not None}
            self.write(kernel, Before(None, self._named_before()), new)

    def _check_replaceable(self, force: bool) -> None:
        try:
            with hostfile.opened(self._file) as file:
                content = file.read(0 if force else LIMIT)
        except FileNotFoundError:
            return
        except OSError as error:  # a folder or a device is replaced by nobody
            raise self._unusable("cannot be replaced", error) from error
        if not force and not statejson.is_state(content):
            raise StateError(
                f"{self.path} is not a state that this pymod can read, so it was left as it was; name another file "
                f"with --state, or replace this one with 'pymod boot --force'"
            )

    def _named_before(self) -> set[str]:
        """Return the names of the parts of the state that is to be replaced, as far as it can be read."""
        try:
            text = self._text()
            return set() if text is None else _named_by(self._decode(text))
        except StateError:
            return set()

    def _text(self) -> str | None:
        try:
            return hostfile.read(self._file, LIMIT).decode("utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeError) as error:
            raise self._unusable("cannot be read", error) from error

    def _unusable(self, what: str, error: object) -> StateError:
        return StateError(
            f"state file {self.path} {what}: {brief(error)}. It was left as it was; name another one with --state"
        )

    def _decode(self, text: str) -> Kernel:
        try:
            state = loads(text)
            kernel = state["kernel"]
            sources = self._sources(kernel["profile"], kernel["symbols"])
            return finished(statejson.kernel_from_json(state, Later(self._details, self._exports), sources))
        except StateError as error:
            raise self._unusable("cannot be used", error) from error
        except ODD as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> StateError:
        reason = f"{type(error).__name__}: {brief(error)}"
        return StateError(
            f"state file {self.path} is damaged ({reason}). It was left as it was; repair it, or start afresh with "
            f"'pymod boot --force'"
        )

    def _exports(self, entry: Json) -> dict[str, ExportedSymbol]:
        try:
            return statejson.exports_from_json(entry)
        except ODD as error:
            raise self._damaged(error) from error

    def _sources(self, profile: str, symbols: str) -> Sources:
        own = cache(partial(self._profile, profile)) if profile or not symbols else None
        table = partial(self._symbols, symbols) if symbols else None
        return sources_of(own, table)

    def _symbols(self, symbols: str) -> ExportTable:
        from modtools.profiles.exports import decode

        try:
            return decode(self.parts.read(symbols, LIMIT))
        except (OSError, FormatError) as error:
            raise self._unusable("refers to a symbol table that cannot be read", error) from error

    def _profile(self, name: str) -> Profile:
        from modtools import profiles

        try:
            return self._kept_profile(name) if is_part(name) else profiles.load(name)
        except PymodError as error:
            raise self._unusable("refers to a kernel that this pymod does not know", error) from error

    def _kept_profile(self, part: str) -> Profile:
        """Return the profile in a part beside the state: that of a kernel that was booted from files."""
        from modtools import profiles

        data = self.archive(part)
        try:
            return profiles.of_archive(part, data)
        except FormatError as error:
            raise self._unusable("refers to a kernel that cannot be read", error) from error

    def archive(self, part: str) -> bytes:
        """Return the archive of a kernel in a part beside the state. Raises StateError where it cannot be read."""
        try:
            return self.parts.read(part, _KERNEL_LIMIT)
        except (OSError, FormatError) as error:
            raise self._unusable("refers to a kernel that cannot be read", error) from error

    def _details(self, file: str) -> Details:
        try:
            return statejson.details_from_json(loads(self.parts.read(file, LIMIT)))
        except (OSError, *ODD) as error:
            raise self._unusable(f"refers to {self.parts.folder / file}, which cannot be read", error) from error

    @contextmanager
    def lock(self, seconds: float = LOCK_SECONDS) -> Iterator[None]:
        """Be the one who changes the state. Raises StateError where others do so that long."""
        from modtools.statelock import acquire  # start-up: what only looks, such as lsmod, takes no lock

        try:
            self.parts.make()
            release = acquire(self.parts.lock, seconds)
        except Foreign as error:
            raise StateError(
                f"state file {self.path} keeps its parts in {error.filename}, but what is there was not made by pymod; "
                f"move that away, or name another state with --state"
            ) from error
        except TimeoutError as error:
            raise self._unusable(f"is locked by another command for {seconds} seconds", error) from error
        except OSError as error:
            raise self._unusable("cannot be locked", error) from error
        try:
            yield
        finally:
            release()

    def write(self, kernel: Kernel, before: Before, symbols: dict[str, bytes] | None = None) -> Before:
        """Store a kernel; return what who comes next finds."""
        if kernel.changed:
            from modtools.kernel.files import by_hand

            by_hand.forget_gone(kernel)
        new = _new_parts(kernel) | (symbols or {})
        try:
            self.parts.write(new)
            text = statejson.to_text(statejson.kernel_to_json(kernel))
            if text != before.text:
                self.parts.publish(text.encode(), before.parts, _named_by(kernel))
        except OSError as error:
            self.parts.discard(new)
            raise self._unusable("cannot be written", error) from error
        return Before(text, _named_by(kernel))


def booted(identity: Identity, sources: Sources) -> Kernel:
    """Return a kernel of this identity, with nothing loaded."""
    kernel = Kernel(identity, sources)
    kernel.modules_disabled = kernel.policy.no_modules
    return kernel


def identity_of(profile: Profile, booted_from: str) -> Identity:
    """Return the identity of a profile's kernel."""
    unknown = profile.unknown
    return Identity(
        profile.release,
        profile.machine,
        profile.vermagic,
        profile.version,
        profile.cmdline,
        profile=profile.name,
        booted_from=booted_from,
        config=build_options(profile.config),
        unknown=tuple(fact for fact in FACTS if fact in unknown),
    )


def sources_of(profile: Callable[[], Profile] | None, symbols: Callable[[], ExportTable] | None = None) -> Sources:
    """Return where a kernel of a profile finds what it needs only sometimes, with other `symbols` if they are given.

    A kernel without a profile has nothing but symbols.
    """
    if profile is None:
        assert symbols is not None
        return Sources(symbols)
    return Sources(
        symbols or (lambda: profile().exports),
        lambda: profile().builtin,
        lambda: profile().certificates,
        lambda: profile().kallsyms,
        profile,
    )


class Before(NamedTuple):
    """The state that a transaction found: its text, None for none, and the parts that it named."""

    text: str | None
    parts: set[str]


def _named_by(kernel: Kernel) -> set[str]:
    """Return the names of the parts of a kernel's state."""
    details = (module.details_file for module in kernel.modules.values())
    profile = kernel.identity.profile if is_part(kernel.identity.profile) else ""
    return {*details, kernel.identity.symbols, profile, kernel.memory_file} - {""}


def _new_parts(kernel: Kernel) -> dict[str, bytes]:
    """Return the parts that are new, by the names that they get here."""
    waiting = [(new_name("json", at), module) for at, module in enumerate(kernel.modules.values())]
    waiting = [(name, module) for name, module in waiting if not module.details_file]
    stored = _stored([module.details for _, module in waiting])
    new: dict[str, bytes] = {}
    for (name, module), content in zip(waiting, stored, strict=True):
        module.details_file, new[name] = name, content
    runner = kernel.made_runner
    if runner is not None and runner.changed:
        kernel.memory_file = new_name("memory")
        new[kernel.memory_file] = runner.save()
        runner.changed = False
    return new


def _stored(details: Sequence[Details]) -> list[bytes]:
    """Return modules' bulky parts as they are stored; those of many modules are put together by all cores."""

    def do(number: int) -> list[bytes]:
        some = details[number * _CHUNK : (number + 1) * _CHUNK]
        return [json.dumps(statejson.details_to_json(each)).encode() for each in some]

    if len(details) <= _CHUNK:
        return do(0)
    from modtools.forks import without_collector
    from modtools.tree.processes import cores, shared_out

    with without_collector():
        parts = shared_out(-(-len(details) // _CHUNK), do, cores(), lambda _: None)
    return [content for part in parts for content in part]


def finished(kernel: Kernel) -> Kernel:
    """Return the kernel after all transitions of modules whose time is over."""
    if kernel.file_loads or any(module.until for module in kernel.modules.values()):
        from modtools.kernel.module.transitions import finish_elapsed

        finish_elapsed(kernel, time.time())
    return kernel
