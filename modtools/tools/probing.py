"""Carries out what modprobe plans, on the virtual kernel.

From kmod 34: `tools/modprobe.c` (command_do, rmmod_do_remove_module, print_action), `tools/log.c: log_printf()`,
`libkmod/libkmod-module.c: command_do()`.

The kernel is held from the first look at it to the end, so that loading a thousand modules writes its state once. It is
let go while a command runs, because the command may well call modprobe.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from modtools import render
from modtools.command import Call
from modtools.errors import KernelError
from modtools.place import uid
from modtools.plan import Action, Complaint, Rules, Step, Walk
from modtools.report import Hint, Message, Part, Report, Text, Value
from modtools.rooted import Host
from modtools.tools.context import Context, tool_messages
from modtools.tools.libkmod import Log, Session, session
from modtools.tools.wording import strerror
from modtools.tree.index import Tree
from modtools.tree.lookup import Lookup

if TYPE_CHECKING:
    from modtools.tools.asked import Asked

FATAL, ERROR, WARNING, INFO = 2, 3, 4, 6
"""Priorities of syslog(3)."""
ENOENT, EAGAIN, EINVAL = 2, 11, 22
_LEVELS = {FATAL: "FATAL", ERROR: "ERROR", WARNING: "WARNING", INFO: "INFO"}


class Stopped(Exception):
    """modprobe said something FATAL, and that was the end of it."""


class Settings(NamedTuple):
    """modprobe's options that carrying out depends on. `priority`: what is more important than this is said."""

    rules: Rules = Rules()
    priority: int = WARNING
    complaints: int = FATAL
    show: bool = False
    dry_run: bool = False
    force: bool = False
    flags: int = 0
    wait: int = 0
    environment: str | None = None


class Voice:
    """What modprobe prints, in order."""

    def __init__(self, call: Call, priority: int, *, syslog: bool = False) -> None:
        self.call = call
        self.priority = priority
        self.syslog = syslog
        self.parts: list[Part] = []

    def print(self, text: str) -> None:
        """A line for standard output."""
        self.parts.append(Text(text + "\n"))

    def say(self, priority: int, text: str) -> None:
        """A message, if it is important enough. Raises Stopped after a FATAL one."""
        if priority > self.priority:
            return
        self.parts.append(Message(text, _LEVELS[priority]))
        if priority == FATAL:
            raise Stopped

    def flush(self, *, lines: bool) -> None:
        """Print now, before somebody else does. Without `lines` only messages: C keeps lines for a file back."""
        now = [part for part in self.parts if lines or isinstance(part, Message)]
        self.parts = [part for part in self.parts if not lines and not isinstance(part, Message)]
        if not self.call.as_json:
            reader = render.Reader(self.call.name, linked=self.call.linked)
            render.show(Report(now, syslog=self.syslog), reader)


class Hand:
    """Does the steps of plans, and looks at the kernel for them (plan.Loaded)."""

    def __init__(self, context: Context, voice: Voice, settings: Settings, disk: Host) -> None:
        self.context = context
        self.disk = disk
        self.voice = voice
        self.settings = settings
        self.done: list[dict[str, Value]] = []
        self._log = Log(voice.priority)
        self._compiled_in: frozenset[str] | None = None

    def walk(self, walk: Walk, lookup: Lookup) -> int:
        """Go through a plan. Returns the errno it ends with; raises Stopped."""
        answer = 0
        started = False
        while True:
            try:
                item = walk.send(answer) if started else next(walk)
            except StopIteration as end:
                self.relay(lookup)
                return int(end.value)
            started = True
            self.relay(lookup)
            if isinstance(item, Complaint):
                self.voice.say(self.settings.complaints, item.text)
            else:
                answer = self._do(item)

    def relay(self, lookup: Lookup) -> None:
        """Say what libkmod has to say."""
        self.voice.parts += [*tool_messages(lookup.notes, self.voice.priority), *self._log.messages]
        lookup.notes.clear()
        self._log.messages.clear()

    def _do(self, step: Step) -> int:
        """One step: 0 or an errno."""
        if self.settings.show and (step.path is not None or step.action is not Action.INSERT):
            self.voice.print(_LINES[step.action](step))
        error = 0 if self.settings.dry_run else _DEEDS[step.action](self, step)
        self.voice.parts += self._log.messages
        self._log.messages.clear()
        self.done.append(_row(step, error))
        return error

    def insert(self, step: Step) -> int:
        """Load a file."""
        if step.path is None:
            self.voice.say(ERROR, f"could not find module by name='{step.name}'")
            return ENOENT
        try:
            self.session.insert(step.path, step.options, self.settings.flags, self.disk)
        except KernelError as error:
            return error.errno
        return 0

    def install_command(self, step: Step) -> int:
        """Run the command that stands in for loading."""
        self.voice.flush(lines=sys.stdout.isatty())
        command = step.command.replace(_OPTIONS, step.options)
        status = self._command("install", command, step.name)
        if not status:
            return 0
        about = f"install command '{command}' for module {step.name}"
        self.voice.say(ERROR, f"Error running {about}: retcode {status}")
        return EINVAL

    def remove_command(self, step: Step) -> int:
        """Run the command that stands in for removing."""
        self.voice.flush(lines=True)
        status = self._command("remove", step.command.replace(_OPTIONS, ""), step.name)
        if status:
            self.voice.say(self.settings.complaints, f"Error running remove command for {step.name}")
        return status

    def remove(self, step: Step) -> int:
        """Remove a module; with --wait, try again until the time is up, which is no error then."""
        end = time.monotonic() + self.settings.wait / 1000
        pause = 0.002
        error = self._delete(step.name)
        while error == EAGAIN and self.settings.wait:
            left = end - time.monotonic()
            if left <= 0:
                return 0
            self.release()
            time.sleep(min(pause, left))
            pause *= 2
            error = self._delete(step.name)
        if error and self.settings.wait:
            self.voice.say(ERROR, f"could not remove '{step.name}': {strerror(error)}")
        return error

    def _delete(self, name: str) -> int:
        try:
            self.session.delete(name, force=self.settings.force)
        except KernelError as error:
            if not self.settings.wait:
                self.voice.say(ERROR, f"could not remove '{name}': {strerror(error.errno)}")
            return error.errno
        return 0

    def _command(self, kind: str, command: str, module: str) -> int:
        """Run a command while the kernel is let go. Its exit status; 0 if a signal ended it, or nothing is to run."""
        from modtools import emulate
        from modtools.tools import shell

        if emulate.is_switched_off():
            self.voice.say(WARNING, f"{kind} command '{command}' for module {module} was not run: {emulate.OFF}")
            return 0

        self.release()
        place = self.context.place
        changed = {"MODPROBE_MODULE": module}
        if not place.standalone:
            changed |= {"PYMOD_STATE": str(place.state), "PYMOD_ROOT": str(place.root)}
        if self.settings.environment is not None:
            changed["MODPROBE_OPTIONS"] = self.settings.environment
        return shell.run(command, changed)

    @cached_property
    def session(self) -> Session:
        """The kernel, held to be changed; in a dry run a picture of it."""
        if self.settings.dry_run:
            return Session(lambda: nullcontext(self.context.kernel), self._log, self.context.place, uid=uid())
        return session(self.voice.call, self._log)

    @property
    def asked(self) -> Sequence[Asked]:
        """What the kernel was asked to do so far."""
        return self.session.asked if "session" in self.__dict__ else ()

    def hints(self, tree: Tree) -> Sequence[Hint]:
        """What to advise about all that the kernel refused."""
        return self.session.hints(tree) if self.asked else ()

    def release(self) -> None:
        """Store the kernel, and let others have it."""
        self.session.close()

    def initstate(self, name: str) -> str:
        """As plan.Loaded has it. Not by way of /sys, as it is asked for thousands of modules."""
        kernel = self.session.kernel
        module = kernel.modules.get(name)
        if module is not None:
            return str(module.state)
        if self._compiled_in is None:
            self._compiled_in = frozenset(kernel.sources.builtin())
        return "coming" if name in self._compiled_in else ""

    def refcnt(self, name: str) -> int:
        """As plan.Loaded has it."""
        module = self.session.kernel.modules.get(name)
        return -ENOENT if module is None else module.refcount

    def holders(self, name: str) -> list[str]:
        """As plan.Loaded has it."""
        return self.session.holders(name)


_OPTIONS = "$CMDLINE_OPTS"
_LINES: dict[Action, Callable[[Step], str]] = {
    Action.INSERT: lambda step: f"insmod {step.path} {step.options}",
    Action.INSTALL_COMMAND: lambda step: f"install {step.command} {step.options}",
    Action.BUILTIN: lambda step: f"builtin {step.name}",
    Action.REMOVE: lambda step: f"rmmod {step.name}",
    Action.REMOVE_COMMAND: lambda step: f"remove {step.command.replace(_OPTIONS, '')}",
}
_DEEDS = {
    Action.INSERT: Hand.insert,
    Action.INSTALL_COMMAND: Hand.install_command,
    Action.BUILTIN: Hand.insert,
    Action.REMOVE: Hand.remove,
    Action.REMOVE_COMMAND: Hand.remove_command,
}


def _row(step: Step, error: int) -> dict[str, Value]:
    """A step for JSON."""
    return {
        "action": str(step.action),
        "module": step.name,
        "path": step.path,
        "options": step.options.strip(),
        "command": step.command,
        "reason": {
            "why": step.reason.why,
            "of": step.reason.of,
            "source": step.reason.source,
            "words": str(step.reason),
        },
        "required": step.required,
        "error": error,
    }
