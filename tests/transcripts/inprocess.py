"""A machine for one scenario inside this process: no root, no mounts, no programs but pymod's own tools.

Played here are recordings whose commands are tools of pymod or in `_BUILTINS`, of the shell's, and whose
modules are there. `lacks` tells, by what a recording says, what else it takes.

Paths of the machine lie below a folder: that is put before them in the words of tools, and taken off what they print.
"""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from modtools import cli, endings
from modtools.errors import KernelError
from modtools.kernel.files import nodes
from modtools.kernel.module import transitions
from modtools.linuxerrno import EACCES, ENOENT, strerror
from modtools.place import Place
from modtools.shared import machine
from modtools.store import Store
from modtools.tools import KMOD_TOOLS
from tests.running import captured
from tests.transcripts import kernellog, script
from tests.transcripts.format import Scenario, Step, render
from tests.transcripts.play import Player
from tests.transcripts.script import Command, Needs
from tests.transcripts.world import World

_KMOD = (*KMOD_TOOLS, "kmod")
_OWN = ("dmesg", "ls", "umount")
"""Tools of pymod that stand for other programs."""
_OF_THE_KERNEL = re.compile(r"/(proc|sys|dev)(/|$)")
_FOLDERS = ("etc/modprobe.d", "etc/depmod.d", "lib/modprobe.d", "tmp", "proc", "sys", "dev")
_USERS_FILE = "root:x:0:0:root:/root:/bin/sh\nuser:x:1000:1000:user:/tmp:/bin/sh\n"
_USERS = {"root": 0, "user": 1000}
_STATE = "state.json"
_SIGNALLED = 128
"""What a shell adds to the number of the signal that ended a command."""


class Machine:
    """The machine: its files lie below the folder `root`, its kernel of this release in the file `state`."""

    def __init__(self, root: Path, state: Path, release: str) -> None:
        self.root = root
        self.state = state
        self.release = release
        self.folder = "/t"

    def run(self, command: str) -> Step:
        """Run one line as `sh -c` in /t does, and tell what came of it."""
        before = Path.cwd()
        try:
            with captured() as output, _not_killed(), _unwatched():
                self._enter("/t")
                status = self._shell(command)
        finally:
            os.chdir(before)
        stdout, stderr = map(self._text, output)
        return Step(command, stdout, stderr, kernellog.take(Store(self.state)), status)

    def _shell(self, text: str, uid: int = 0) -> int:
        """Run one line as this user."""
        values = {"PYMOD_STATE": str(self.state), "PYMOD_ROOT": str(self.root), "PYMOD_UID": str(uid)}
        status = 0
        with patch.dict(os.environ, values):
            for command in script.parse(text, self.release):
                if not (command.if_well and status):
                    status = self._run(command)
        return status

    def _text(self, data: bytes) -> str:
        return data.replace(os.fsencode(self.root), b"").decode("utf-8", "surrogateescape")

    def _run(self, command: Command) -> int:
        name, *words = command.words
        builtin = _BUILTINS.get(name)
        if command.into:
            return self._write(command.into, name, _TEXTS[name](words))
        return builtin(self, words) if builtin else self._tool(name, words)

    def _tool(self, name: str, words: list[str]) -> int:
        """Run a tool of pymod; if it is killed, say so as a shell does (strsignal(3))."""
        line = [name, *map(self._path_in, words)] if name in _KMOD else ["pymod", name, *words]
        status = cli.main(line)
        if status > _SIGNALLED:
            sys.stderr.write(f"{signal.strsignal(status - _SIGNALLED)}\n")
        return status

    def _path_in(self, word: str) -> str:
        """A word with the path that it is, or that an option has as its value, as a path of this system."""
        option, equal, path = word.partition("=") if word.startswith("--") else ("", "", word)
        is_path = path.startswith("/") and not _OF_THE_KERNEL.match(path)
        return f"{option}{equal}{self.root}{path}" if is_path else word

    def _print(self, text: bytes) -> int:
        sys.stdout.buffer.write(text)
        return 0

    def _complain(self, text: str, status: int = 1) -> int:
        sys.stderr.write(f"sh: 1: {text}\n")
        return status

    def _enter(self, folder: str) -> int:
        """Change into a folder, of which this system knows those on the disk alone."""
        self.folder = posixpath.join(self.folder, folder)
        if not _OF_THE_KERNEL.match(self.folder):
            os.chdir(f"{self.root}{self.folder}")
        return 0

    def _cat(self, words: list[str]) -> int:
        """`pymod cat` of absolute paths, whose errors name the paths as they were given."""
        paths = {posixpath.join(self.folder, word): word for word in words}
        with captured() as output:
            status = self._tool("cat", list(paths))
        stdout, stderr = output
        for path, word in paths.items():
            stderr = stderr.replace(os.fsencode(path), os.fsencode(word))
        sys.stdout.buffer.write(stdout)
        sys.stderr.buffer.write(stderr)
        return status

    def _write(self, path: str, name: str, text: bytes) -> int:
        """Write what a builtin says into a file. The words of errors are dash's (`redir.c`, `output.c`)."""
        full = posixpath.join(self.folder, path)
        if not _OF_THE_KERNEL.match(full):
            Path(f"{self.root}{full}").write_bytes(text)
            return 0
        with Store(self.state).transaction() as kernel:
            if full == "/dev/kmsg":
                kernellog.write(kernel, text.decode("utf-8", "surrogateescape"))
                return 0
            try:
                files_of = machine.Machine(kernel, Place())
                node = files_of.allow(files_of.node(full), nodes.WRITE)
            except KernelError as error:
                number = EACCES if error.errno == ENOENT else error.errno  # nobody makes a file of the kernel's
                return self._complain(f"cannot create {path}: {strerror(number)}", 2)
            try:
                if text:
                    node.write(text)
            except KernelError:
                return self._complain(f"{name}: {name}: I/O error")
        return 0


def _echo(words: list[str]) -> bytes:
    if any("\\" in word or word == "-n" for word in words):
        raise Needs("echo's options and escapes")
    return os.fsencode(" ".join(words) + "\n")


def _printf(words: list[str]) -> bytes:
    if len(words) != 1 or "%" in words[0]:
        raise Needs("printf's conversions")
    return os.fsencode(re.sub(r"\\(.)", lambda match: _ESCAPES[match[1]], words[0]))


_ESCAPES = {"n": "\n", "t": "\t", "\\": "\\", "0": "\0"}
_TEXTS: dict[str, Callable[[list[str]], bytes]] = {"echo": _echo, "printf": _printf}
_BUILTINS: dict[str, Callable[[Machine, list[str]], int]] = {
    "cat": Machine._cat,
    "cd": lambda machine, words: machine._enter(words[0]),
    "echo": lambda machine, words: machine._print(_echo(words)),
    "printf": lambda machine, words: machine._print(_printf(words)),
    "su": lambda machine, words: machine._shell(words[2], _USERS[words[0]]),
    "true": lambda _, __: 0,
}


@contextmanager
def _not_killed() -> Iterator[None]:
    """Have tools that end by a signal return the status that a shell would give."""
    with patch.object(endings, "_die", lambda killed: _SIGNALLED + killed.number):
        yield


@contextmanager
def _unwatched() -> Iterator[None]:
    """Have nobody wait while a module sleeps: its time passes for the kernel, and no other command looks meanwhile."""
    with patch.object(transitions, "LONGEST", 0.0):
        yield


def lacks(recorded: Scenario, world: World) -> str:
    """What a scenario needs that there is not in this process; "" if it can be played."""
    try:
        for step in recorded.steps:
            for command in script.parse(step.command, world.release):
                _check(command)
    except Needs as needs:
        return str(needs)
    if any(re.match(r"sh: 1: .*not found", step.stderr) for step in recorded.steps) and not _sh_is_dash():
        return "dash as sh"
    text = render(recorded)
    if re.search(r'call_usermodehelper.*"/bin/\w+".* = 0', text):
        return "programs of the machine, which a module runs"
    words = set(re.findall(r"[\w-]+", text))
    absent = sorted(words & {Path(name).stem for name in world.missing})
    return f"Debian's {absent[0]}" if absent else ""


def _sh_is_dash() -> bool:
    return Path("/bin/sh").resolve().name == "dash"


_OF_THE_MACHINE = re.compile(rb"^(?:install|remove)\s.*[\s<>]/(?!s?bin/|dev/null\b)", re.MULTILINE)
"""A command of modprobe.d with a file of the machine: in this process a shell would take the host's."""


def _check(command: Command) -> None:
    name, *words = command.words
    if name == "su":
        _check_as_user(words)
    elif name in _TEXTS:
        if _OF_THE_MACHINE.search(_TEXTS[name](words)):
            raise Needs("a shell below the machine's root, for a command of modprobe.d")
    elif command.into:
        raise Needs(f"a shell, for {name} > {command.into}")
    elif name not in (*_KMOD, *_OWN, *_BUILTINS):
        raise Needs(name)


def _check_as_user(words: list[str]) -> None:
    for command in script.parse(words[2]):
        if command.words[0] == "depmod":
            raise Needs("a disk that refuses a user")
        _check(command)


class InProcessPlayer(Player):
    """Plays each scenario on such a machine, if it can be played so."""

    def replay(self, recorded: Scenario) -> Scenario:
        booted = self.booted(recorded)
        with self._disk() as root, tempfile.TemporaryDirectory(dir=self.folder) as folder:
            state = Path(folder) / "kernel"
            shutil.copytree(booted, state)
            machine = Machine(root, state / _STATE, self.world.release)
            return replace(recorded, steps=tuple(machine.run(step.command) for step in recorded.steps))

    def boot(self, cmdline: str, state: Path) -> None:
        def run(words: list[str]) -> Step:
            with captured() as output:
                status = cli.main(["pymod", "--state", str(state / _STATE), *words])
            stdout, stderr = (text.decode() for text in output)
            return Step(" ".join(words), stdout, stderr, status=status)

        self.boot_one_of(run, cmdline, self.world.tree)

    @contextmanager
    def _disk(self) -> Iterator[Path]:
        """The machine's files, as they are to begin with; made anew only after a scenario that changed them."""
        root = self.folder.resolve() / f"disk-{os.getpid()}"
        if not root.exists():
            for name in _FOLDERS:
                (root / name).mkdir(parents=True)
            (root / "etc/passwd").write_text(_USERS_FILE)
            self.world.make(root)
        before = _listing(root)
        yield root
        if _listing(root) != before:
            shutil.rmtree(root)


def _listing(root: Path) -> list[tuple[str, int, int]]:
    """What lies below a folder: each path with its inode and the time of its last change."""
    found = [entry for folder, _, names in os.walk(root) for entry in (folder, *(f"{folder}/{name}" for name in names))]
    return [(path, status.st_ino, status.st_ctime_ns) for path in found for status in [os.lstat(path)]]
