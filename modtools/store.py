"""The virtual kernel on disk: one JSON file, a folder for what is bulky, a lock.

`state.json` is replaced as a whole by a synced temporary file, so that at any moment it is the old or the new state.
What it refers to lies in `state.json.d/`: written and synced before, never changed, removed some time after nobody
refers to it. Writers take the lock `state.json.lock`, which the system frees when its holder dies; readers take none.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from modtools import statejson
from modtools.errors import KernelError, Killed, PymodError, StateError
from modtools.kernel.state import Config, Details, Identity, Kernel, Sources
from modtools.statelock import acquire

if TYPE_CHECKING:
    from modtools.kernel.runner import Runner
    from modtools.profiles import Profile
    from modtools.profiles.exports import ExportedSymbol, ExportTable

LOCK_SECONDS = 60
"""How long a writer waits for the others."""
_GRACE_SECONDS = 60
"""How long a file that nobody refers to stays, for the sake of readers that have just read the state."""
_MANY = 32
"""Files that are sooner on the disk with all else that the system has to write than one by one."""


class Store:
    """A state file. Every error is a StateError that names the file and says what to do."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.folder = path.with_name(path.name + ".d")

    def exists(self) -> bool:
        """Whether anything was stored yet."""
        return self.path.exists()

    def read(self) -> Kernel:
        """The kernel as it is now; the built-in one where nothing was stored. Takes no lock."""
        text = self._text()
        return self._with_runner(self.default() if text is None else self._decode(text))

    def _with_runner(self, kernel: Kernel) -> Kernel:
        kernel.runner_source = self._runner
        return kernel

    def _runner(self, kernel: Kernel) -> Runner | None:
        """What runs modules' code, with the memory that they have so far."""
        from modtools import emulate

        kernel.no_runner = emulate.why_not(kernel)
        return emulate.make_runner(kernel, partial(self._memory, kernel.memory_file))

    def _memory(self, file: str) -> bytes:
        try:
            return (self.folder / file).read_bytes() if file else b""
        except OSError as error:
            raise self._unusable("refers to memory that cannot be read", error) from error

    def default(self) -> Kernel:
        """The built-in kernel, just booted."""
        from modtools.profiles import DEFAULT

        profile = self._profile(DEFAULT)
        has = {key: profile.config.get(name) == "y" for key, name in _CONFIG_NAMES.items()}
        identity = Identity(
            profile.release,
            profile.machine,
            profile.vermagic,
            profile.version,
            profile.cmdline,
            profile=profile.name,
            booted_from=f"the built-in profile {profile.title}",
            config=Config(**has),
        )
        return self.boot(identity)

    def boot(self, identity: Identity) -> Kernel:
        """A kernel of this identity, with nothing loaded."""
        return Kernel(identity, self._sources(identity.profile, identity.symbols))

    @contextmanager
    def transaction(self) -> Iterator[Kernel]:
        """Change the kernel under the lock. Stored also when the kernel refuses or oopses: log and taint survive."""
        with self._lock():
            before = self._text()
            kernel = self._with_runner(self.default() if before is None else self._decode(before))
            try:
                yield kernel
            except (KernelError, Killed):
                self._write(kernel, before)
                raise
            self._write(kernel, before)

    def replace(self, kernel: Kernel, symbols: list[ExportedSymbol] | None = None) -> None:
        """Store this kernel whatever was there before, with `symbols` in the file that its identity names."""
        with self._lock():
            if symbols is not None:
                from modtools.profiles.exports import encode

                _write_file(self.folder / kernel.identity.symbols, encode(symbols))
            self._write(kernel, None)

    def _text(self) -> str | None:
        try:
            return self.path.read_text("utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeError) as error:
            raise self._unusable("cannot be read", error) from error

    def _unusable(self, what: str, error: object) -> StateError:
        return StateError(
            f"state file {self.path} {what}: {error}. It was left as it was; name another one with --state"
        )

    def _decode(self, text: str) -> Kernel:
        try:
            state = json.loads(text)
            kernel = state["kernel"]
            sources = self._sources(kernel["profile"], kernel["symbols"])
            return _settled(statejson.kernel_from_json(state, self._details, sources))
        except StateError as error:
            raise self._unusable("cannot be used", error) from error
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
            reason = f"{type(error).__name__}: {error}"
            raise StateError(
                f"state file {self.path} is damaged ({reason}). It was left as it was; repair it, or start afresh "
                f"with 'pymod boot'"
            ) from error

    def _sources(self, profile: str, symbols: str) -> Sources:
        if not profile:
            return Sources(partial(self._symbols, profile, symbols))
        return Sources(
            partial(self._symbols, profile, symbols),
            lambda: self._profile(profile).builtin,
            lambda: self._profile(profile).certificates,
        )

    def _symbols(self, profile: str, symbols: str) -> ExportTable:
        from modtools.profiles.exports import decode

        if not symbols:
            return self._profile(profile).exports
        try:
            return decode((self.folder / symbols).read_bytes())
        except OSError as error:
            raise self._unusable("refers to a symbol table that cannot be read", error) from error

    def _profile(self, name: str) -> Profile:
        from modtools import profiles

        try:
            return profiles.load(name)
        except PymodError as error:
            raise self._unusable("refers to a kernel that this pymod does not know", error) from error

    def _details(self, file: str) -> Details:
        path = self.folder / file
        try:
            return statejson.details_from_json(json.loads(path.read_bytes()))
        except (OSError, KeyError, TypeError, ValueError) as error:
            raise self._unusable(f"refers to {path}, which cannot be read", error) from error

    @contextmanager
    def _lock(self) -> Iterator[None]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            release = acquire(f"{self.path}.lock", LOCK_SECONDS)
        except TimeoutError as error:
            raise self._unusable(f"is locked by another command for {LOCK_SECONDS} seconds", error) from error
        except OSError as error:
            raise self._unusable("cannot be locked", error) from error
        try:
            yield
        finally:
            release()

    def _write(self, kernel: Kernel, before: str | None) -> None:
        try:
            beside = self._write_beside(kernel)
            text = statejson.to_text(statejson.kernel_to_json(kernel, beside))
            if text != before:
                self._replace(text.encode())
                self._remove_unused({*beside.values(), kernel.identity.symbols, kernel.memory_file})
        except OSError as error:
            raise self._unusable("cannot be written", error) from error

    def _write_beside(self, kernel: Kernel) -> dict[str, str]:
        """Write what is bulky, and new, into files of new names; the file of each module's details."""
        serial = time.time_ns()
        files = {}
        new: dict[str, bytes] = {}
        for number, module in enumerate(kernel.modules.values()):
            if not module.details_file:
                module.details_file = f"{serial}.{number}.json"
                new[module.details_file] = json.dumps(statejson.details_to_json(module.details)).encode()
            files[module.name] = module.details_file
        runner = kernel.made_runner
        if runner is not None and runner.changed:
            kernel.memory_file = f"{serial}.memory"
            new[kernel.memory_file] = runner.save()
        # One by one, each would wait for the disk; it is the state file that must not be there before them.
        together = len(new) > _MANY and sys.platform == "linux"
        for name, content in new.items():
            _write_file(self.folder / name, content, sync=not together)
        if together:
            os.sync()
        elif new:
            _sync_folder(self.folder)
        return files

    def _replace(self, content: bytes) -> None:
        """Replace the state file by a synced temporary one."""
        temporary = self.folder / f"{self.path.name}.{os.getpid()}.tmp"
        _write_file(temporary, content)
        with _removed_on_error(temporary):
            temporary.replace(self.path)
        _sync_folder(self.path.parent)

    def _remove_unused(self, used: set[str]) -> None:
        oldest = time.time() - _GRACE_SECONDS
        for file in self.folder.iterdir():
            if file.name not in used:
                with suppress(OSError):
                    _unlink_if_older(file, oldest)


def _settled(kernel: Kernel) -> Kernel:
    """The kernel with all that has ended by now."""
    if any(module.until for module in kernel.modules.values()):
        from modtools.kernel.lingering import settle

        settle(kernel, time.time())
    return kernel


def _unlink_if_older(file: Path, oldest: float) -> None:
    if file.stat().st_mtime < oldest:
        file.unlink()


_CONFIG_NAMES = {
    "modversions": "MODVERSIONS",
    "module_sig": "MODULE_SIG",
    "force_load": "MODULE_FORCE_LOAD",
    "force_unload": "MODULE_FORCE_UNLOAD",
    "kallsyms_all": "KALLSYMS_ALL",
    "retpoline": "RETPOLINE",
    "livepatch": "LIVEPATCH",
}


def _write_file(path: Path, content: bytes, *, sync: bool = True) -> None:
    with _removed_on_error(path), path.open("wb") as file:
        file.write(content)
        if sync:
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def _removed_on_error(path: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    """Make a rename durable; not every system lets a folder be opened."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
