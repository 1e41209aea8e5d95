"""modprobe: load modules by name with all that they need, or remove them.

Words, order and exit status are those of kmod 34: `tools/modprobe.c`, modprobe(8); for carrying out also
`tools/log.c: log_printf()` and `libkmod/libkmod-module.c: command_do()`.

`plan` says what is to be done next, `Executor` does it on the virtual kernel, `Modprobe` is one call of the tool. The
kernel is held from the first look at it to the end, so that loading a thousand modules writes its state once. It is
let go while a command of modprobe.d runs, because the command may well call modprobe.
"""

# ruff: noqa: E101  # the help text is indented as kmod indents it

from __future__ import annotations

import os
import sys
import time

from modtools import finit, render
from modtools.command import Call, command, operand, option
from modtools.config import KINDS, softdep_as_shown, weakdep
from modtools.errors import FormatError, KernelError, Killed
from modtools.light import TYPE_CHECKING, NamedTuple, cached_property
from modtools.linuxerrno import EAGAIN, EEXIST, EINVAL, ENOENT, strerror
from modtools.notes import ERROR, FATAL, INFO, WARNING, WORDS, Aborted, LibkmodError, Note
from modtools.plan import Action, Complaint, Rules, Step, Walk, allow_chains, insertion, removal
from modtools.report import Hint, Message, Part, Report, Table, Text, Value
from modtools.rooted import Host
from modtools.shared.context import Context, libkmod_messages, no_index, tool_messages
from modtools.shared.norun import STRICT, with_no_run
from modtools.shared.toollog import REGISTERED, RELEASED, ToolLog, options
from modtools.tree.index import ALIAS, DEP, SYMBOLS, Tree
from modtools.tree.lookup import KnownModule, Lookup

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, Final

    from modtools.shared.kernel_calls import KernelCall
    from modtools.shared.libkmod import Session

_STRERROR: Final = {
    ENOENT: "Unknown symbol in module, or unknown parameter (see dmesg)",
    EEXIST: "Module already in kernel",
}
"""modprobe's own words for errors of loading. From kmod 34: `tools/modprobe.c: mod_strerror()`."""
_OPTIONS: Final = "$CMDLINE_OPTS"
"""What stands in an install command for the module's parameters."""
_WAIT: Final = r"[ \t\n\v\f\r]*\+?(?P<sign>-?)(?P<digits>0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)"

_HELP = """\
Usage:
	{name} [options] [-i] [-b] modulename
	{name} [options] -a [-i] [-b] modulename [modulename...]
	{name} [options] -r [-i] modulename
	{name} [options] -r -a [-i] modulename [modulename...]
	{name} [options] -c
	{name} [options] --dump-modversions filename
Management Options:
	-a, --all                   Consider every non-argument to
	                            be a module name to be inserted
	                            or removed (-r)
	-r, --remove                Remove modules instead of inserting
	    --remove-dependencies   Deprecated: use --remove-holders
	    --remove-holders        Also remove module holders (use together with -r)
	-w, --wait=<MSEC>           When removing a module, wait up to MSEC for
	                            module's refcount to become 0 so it can be
	                            removed (use together with -r)
	    --first-time            Fail if module already inserted or removed
	-i, --ignore-install        Ignore install commands
	-i, --ignore-remove         Ignore remove commands
	-b, --use-blacklist         Apply blacklist to resolved alias.
	-f, --force                 Force module insertion or removal.
	                            implies --force-modversions and
	                            --force-vermagic
	    --force-modversion      Ignore module's version
	    --force-vermagic        Ignore module's version magic

Query Options:
	-R, --resolve-alias         Only lookup and print alias and exit
	-D, --show-depends          Only print module dependencies and exit
	-c, --showconfig            Print out known configuration and exit
	-c, --show-config           Same as --showconfig
	    --show-modversions      Dump module symbol version and exit
	    --dump-modversions      Same as --show-modversions
	    --show-exports          Only print module exported symbol versions and exit

General Options:
	-n, --dry-run               Do not execute operations, just print out
	-n, --show                  Same as --dry-run
	-C, --config=FILE           Use FILE instead of default search paths
	-d, --dirname=DIR           Use DIR as filesystem root for /lib/modules
	-S, --set-version=VERSION   Use VERSION instead of `uname -r`
	-s, --syslog                print to syslog, not stderr
	-q, --quiet                 disable messages
	-v, --verbose               enables more messages
	-V, --version               show version
	-h, --help                  show this help
"""

_PASSED_ON = {"config": "-C", "syslog": "-s", "quiet": "-q", "verbose": "-v"}
"""Options that a modprobe in an install command gets, too, by its environment."""


def words_of_environment() -> list[str]:
    """Return the words of $MODPROBE_OPTIONS, taken apart as kmod does: two blanks make an empty word between them."""
    words: list[str] = []
    word, quote, opened = "", "", 0
    for char in os.environ.get("MODPROBE_OPTIONS", ""):
        if not quote and char == " ":
            words.append(word)
            word = ""
        elif not quote or char != quote:
            if not quote and char in "\"'":
                quote, opened = char, len(word)
            word += char
        else:
            word, quote = word[:opened] + word[opened + 1 :], ""
            if not opened:
                words.append(word)
                word = ""
    return [*words, word] if word else words


@command(kmod_help=_HELP, lists=True, prepend=words_of_environment)
@option("-a", "--all", is_flag=True)
@option("-r", "--remove", is_flag=True)
@option("--remove-dependencies", "--remove-holders", is_flag=True)
@option("-w", "--wait")
@option("-R", "--resolve-alias", is_flag=True)
@option("--first-time", is_flag=True)
@option("-i", "--ignore-install", "--ignore-remove", is_flag=True)
@option("-b", "--use-blacklist", is_flag=True)
@option("-f", "--force", is_flag=True)
@option("--force-modversion", is_flag=True)
@option("--force-vermagic", is_flag=True)
@option("-D", "--show-depends", is_flag=True)
@option("-c", "--showconfig", "--show-config", is_flag=True)
@option("--show-modversions", "--dump-modversions", is_flag=True)
@option("--show-exports", is_flag=True)
@option("-n", "--dry-run", "--show", is_flag=True)
@option("-C", "--config", multiple=True)
@option("-d", "--dirname")
@option("-S", "--set-version")
@option("-s", "--syslog", is_flag=True)
@option("-q", "--quiet", is_flag=True)
@option("-v", "--verbose", counts=True)
@option("--strict", is_flag=True, own=True, help=STRICT)
@operand("words", many=True)
@with_no_run
def tool(call: Call, *, wait: str | None, words: tuple[str, ...], **given: Any) -> Report:
    """Load or remove modules of the virtual kernel by name, or show what that would do."""
    waited = 0 if wait is None else _number(wait)
    if waited is None:
        return Report((Message(f"unexpected wait value '{wait}'."),), status=1)
    if not words and not given["showconfig"]:
        return Report((Message("missing parameters. See -h."),), status=1, syslog=given["syslog"])
    return Modprobe(call, given, _settings(call, given, waited)).report(words)


def _number(text: str) -> int | None:
    """Return the number of 64 bits that strtoul() makes of a text, None if that is not all of it."""
    import re

    found = re.fullmatch(_WAIT, text)
    if found is None:
        return None
    digits = found["digits"].lower()
    base = 16 if digits.startswith("0x") else 8 if digits.startswith("0") else 10
    return int(found["sign"] + digits, base) % (1 << 64)


def _settings(call: Call, given: Mapping[str, Any], wait: int) -> ModprobeSettings:
    priority = WARNING
    for key, _ in call.given:
        priority = 0 if key == "quiet" else priority + (key == "verbose")
    forced = given["force"]
    flags = (forced or given["force_modversion"]) and finit.IGNORE_MODVERSIONS
    return ModprobeSettings(
        Rules(
            ignore_loaded=given["show_depends"],
            ignore_commands=given["ignore_install"],
            use_blacklist=given["use_blacklist"],
            first_time=given["first_time"],
            remove_holders=given["remove_dependencies"],
            wait=wait > 0,
        ),
        priority,
        complaints=WARNING if given["all"] else FATAL,
        show=given["show_depends"] or priority > WARNING,
        dry_run=given["dry_run"] or given["show_depends"],
        force=forced,
        flags=flags | ((forced or given["force_vermagic"]) and finit.IGNORE_VERMAGIC),
        wait=wait,
        environment=_environment(call),
    )


def _environment(call: Call) -> str | None:
    """Return $MODPROBE_OPTIONS as the commands of modprobe.d get it."""
    before = os.environ.get("MODPROBE_OPTIONS")
    passed = [word for key, value in call.given if key in _PASSED_ON for word in (_PASSED_ON[key], value) if word]
    return " ".join([*([] if before is None else [before]), *passed]) if passed else before


class GaveUp(Exception):
    """modprobe gave up after a FATAL message."""


class ModprobeSettings(NamedTuple):
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


class Output:
    """Collects what modprobe prints, in order."""

    def __init__(self, call: Call, priority: int, *, syslog: bool = False) -> None:
        self.call = call
        self.priority = priority
        self.syslog = syslog
        self.parts: list[Part] = []

    def print(self, text: str) -> None:
        """Add a line for standard output."""
        self.parts.append(Text(text + "\n"))

    def say(self, priority: int, text: str) -> None:
        """Add a message if the priority is high enough. Raises GaveUp after a FATAL one."""
        if priority > self.priority:
            return
        self.parts.append(Message(text, WORDS[priority]))
        if priority == FATAL:
            raise GaveUp

    def flush(self, *, lines: bool) -> None:
        """Print now, before a command does. Without `lines` only messages: C buffers lines for a file."""
        now = [part for part in self.parts if lines or isinstance(part, Message)]
        self.parts = [part for part in self.parts if not lines and not isinstance(part, Message)]
        if not self.call.as_json:
            style = render.Style(self.call.name, linked=self.call.linked)
            render.show(Report(now, syslog=self.syslog), style)


class Executor:
    """Carries out the steps of plans, and tells the plans what is loaded (plan.Loaded)."""

    def __init__(self, context: Context, output: Output, settings: ModprobeSettings, disk: Host) -> None:
        self.context = context
        self.disk = disk
        self.output = output
        self.settings = settings
        self.done: list[dict[str, Value]] = []
        self.typed: tuple[str, ...] = ("modprobe",)
        self._log = ToolLog(output.priority)
        self._compiled_in: frozenset[str] | None = None

    def walk(self, walk: Walk, lookup: Lookup) -> int:
        """Carry out a plan. Returns the errno that it ends with, 0 for success. Raises GaveUp."""
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
                self.remember("remove", item.text)
                self.output.say(self.settings.complaints, item.text)
            else:
                answer = self._do(item)

    def remember(self, step: str, text: str = "", **told: Any) -> None:
        """Keep why a module is not loaded or removed, if anybody wants to know."""
        wanted = not self.output.call.has("quiet") and not self.settings.dry_run
        if wanted and not self.context.place.standalone:
            level = f"{WORDS[self.settings.complaints]}: " if step in ("find", "remove") else "ERROR: "
            self.session.remember(self.typed, step, level + text if text else "", **told)

    def relay(self, lookup: Lookup) -> None:
        """Add the messages that libkmod has logged."""
        self.output.parts += [*tool_messages(lookup.notes, self.output.priority), *self._log.messages]
        lookup.notes.clear()
        self._log.messages.clear()

    def _do(self, step: Step) -> int:
        """Carry out one step. Returns 0 or an errno."""
        if self.settings.show and (step.path is not None or step.action != Action.INSERT):
            self.output.print(_LINES[step.action](step))
        error = 0 if self.settings.dry_run else _ACTIONS[step.action](self, step)
        self.output.parts += self._log.messages
        self._log.messages.clear()
        self.done.append(_row(step, error))
        return error

    def insert(self, step: Step) -> int:
        """Load a module from its file. Returns 0 or an errno."""
        if step.path is None:
            self.output.say(ERROR, f"could not find module by name='{step.name}'")
            return ENOENT
        try:
            self.session.insert(step.path, step.options, self.settings.flags, self.disk)
        except KernelError as error:
            return error.errno
        return 0

    def install_command(self, step: Step) -> int:
        """Run the install command that replaces loading. Returns 0 or an errno."""
        self.output.flush(lines=sys.stdout.isatty())
        command = step.command.replace(_OPTIONS, step.options)
        status = self._command("install", command, step.name)
        if not status:
            return 0
        about = f"install command '{command}' for module {step.name}"
        self.output.say(ERROR, f"Error running {about}: retcode {status}")
        return EINVAL

    def remove_command(self, step: Step) -> int:
        """Run the remove command that replaces removing. Returns its exit status."""
        self.output.flush(lines=True)
        status = self._command("remove", step.command.replace(_OPTIONS, ""), step.name)
        if status:
            self.output.say(self.settings.complaints, f"Error running remove command for {step.name}")
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
            self.output.say(ERROR, f"could not remove '{step.name}': {strerror(error)}")
        return error

    def _delete(self, name: str) -> int:
        try:
            self.session.delete(name, force=self.settings.force)
        except KernelError as error:
            if not self.settings.wait:
                self.output.say(ERROR, f"could not remove '{name}': {strerror(error.errno)}")
            return error.errno
        return 0

    def _command(self, kind: str, command: str, module: str) -> int:
        """Run a command while the kernel is unlocked. Returns its exit status; 0 if killed, or not run."""
        from modtools import emulate
        from modtools.shared import host_command

        if emulate.is_switched_off():
            self.output.say(WARNING, f"{kind} command '{command}' for module {module} was not run: {emulate.OFF}")
            return 0

        self.release()
        place = self.context.place
        changed = {"MODPROBE_MODULE": module}
        if not place.standalone:
            changed |= {"PYMOD_STATE": str(place.state), "PYMOD_ROOT": str(place.root)}
        if self.settings.environment is not None:
            changed["MODPROBE_OPTIONS"] = self.settings.environment
        run = host_command.run_inside if self.context.store.is_held else host_command.run
        return run(command, changed)

    @cached_property
    def session(self) -> Session:
        """The session with the kernel, which is locked to be changed; in a dry run with a copy of it."""
        from modtools.shared import libkmod

        if self.settings.dry_run:
            return libkmod.dry_session(self.context.kernel, self._log, self.context.place)
        return libkmod.session(self.output.call, self._log)

    @property
    def calls(self) -> Sequence[KernelCall]:
        """The calls to the kernel so far."""
        return self.session.calls if "session" in self.__dict__ else ()

    def hints(self, tree: Tree) -> Sequence[Hint]:
        """Return what to advise about all that the kernel refused."""
        optional = {str(step["path"]) for step in self.done if step["path"] and not step["required"]}
        return self.session.hints(tree, optional) if self.calls else ()

    def release(self) -> None:
        """Store the kernel and unlock it, if it was ever asked for."""
        if "session" in self.__dict__:
            self.session.close()

    def initstate(self, name: str) -> str:
        """Return the state of a module, as `plan.Loaded` says. Not read from /sys, for thousands are asked for."""
        kernel = self.session.kernel
        module = kernel.modules.get(name)
        if module is not None:
            return str(module.state)
        if self._compiled_in is None:
            self._compiled_in = frozenset(kernel.sources.builtin())
        return "coming" if name in self._compiled_in else ""

    def refcnt(self, name: str) -> int:
        """Return how often a module is in use, -ENOENT where it is not loaded."""
        module = self.session.kernel.modules.get(name)
        return -ENOENT if module is None else module.refcount

    def holders(self, name: str) -> list[str]:
        """Return the modules that use a module, in the kernel's order."""
        return self.session.holders(name)


_LINES: dict[str, Callable[[Step], str]] = {
    Action.INSERT: lambda step: f"insmod {step.path} {step.options}",
    Action.INSTALL_COMMAND: lambda step: f"install {step.command} {step.options}",
    Action.BUILTIN: lambda step: f"builtin {step.name}",
    Action.REMOVE: lambda step: f"rmmod {step.name}",
    Action.REMOVE_COMMAND: lambda step: f"remove {step.command.replace(_OPTIONS, '')}",
}
_ACTIONS = {
    Action.INSERT: Executor.insert,
    Action.INSTALL_COMMAND: Executor.install_command,
    Action.BUILTIN: Executor.insert,
    Action.REMOVE: Executor.remove,
    Action.REMOVE_COMMAND: Executor.remove_command,
}


def _row(step: Step, error: int) -> dict[str, Value]:
    """Return a step as a row for JSON (docs/json.md)."""
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


class Modprobe:
    """One call of modprobe: its options, its machine, and what it has printed."""

    def __init__(self, call: Call, given: Mapping[str, Any], settings: ModprobeSettings) -> None:
        self.call = call
        self.given = given
        self.settings = settings
        self.output = Output(call, self.settings.priority, syslog=given["syslog"])
        self.context = Context(call)
        self.tree = self.context.tree(given["dirname"], given["set_version"])
        self.executor = Executor(self.context, self.output, self.settings, self.tree.disk)
        self.parameters: Sequence[str] = ()
        notes: list[Note] = []
        self.config = self.context.config(self.tree.folder, given["config"] or None, notes)
        allow_chains(self.config)
        self.output.parts += libkmod_messages(notes)

    def report(self, words: Sequence[str]) -> Report:
        """Do what the options and words ask for, and return the report."""
        try:
            self.output.say(INFO, REGISTERED)
            self.output.parts += tool_messages(self.tree.load(), self.settings.priority)
            error = self._work(words)
            self.output.say(INFO, RELEASED)
        except GaveUp:
            error = EINVAL
        except Aborted as death:
            from modtools.shared.aborting import die

            return die(death.text)
        except Killed:
            if not self.call.as_json:
                raise
            error = EINVAL
        finally:
            self.executor.release()
        if error and self.tree.index(DEP) is None:
            commands = self.context.commands(self.tree, self.given["dirname"], self.given["set_version"])
            self.output.parts.append(Hint(no_index(self.tree, commands)))
        if error:
            self.output.parts += self.executor.hints(self.tree)
        calls, status, syslog = self.executor.calls, int(error != 0), self.given["syslog"]
        if not calls:
            return Report(self._parts(), status, syslog)
        from modtools.shared import kernel_calls

        return kernel_calls.report(self.call, self._parts(), calls, status, strict=self.given["strict"], syslog=syslog)

    def _parts(self) -> list[Part]:
        if not self.call.as_json:
            return self.output.parts
        messages = [part for part in self.output.parts if isinstance(part, Message | Hint)]
        return [Table("directives" if self.given["showconfig"] else "steps", self.executor.done, ""), *messages]

    def _work(self, words: Sequence[str]) -> int:
        """Do what the options ask for. Returns 0 or an errno."""
        if self.given["showconfig"]:
            return self._show_config()
        if self.given["show_modversions"]:
            return self._dump(words[0], "modversions")
        if self.given["show_exports"]:
            return self._dump(words[0], "symbols")
        if self.given["remove"]:
            return self._each(self._remove, words)
        if self.given["all"]:
            return self._each(self._insert, words)
        self.parameters = words[1:]
        return self._insert(words[0], options(words[1:]))

    @staticmethod
    def _each(work: Callable[[str], int], words: Sequence[str]) -> int:
        """Do the work for each word. Returns the last error, 0 if there is none."""
        errors = [work(word) for word in words]
        return next(filter(None, reversed(errors)), 0)

    def _complain(self, text: str) -> int:
        self.executor.remember("find", text, errno=ENOENT)
        self.output.say(self.settings.complaints, text)
        return ENOENT

    def _insert(self, name: str, more: str = "") -> int:
        self.executor.typed = ("modprobe", name, *self.parameters)
        lookup = Lookup(self.tree, self.config)
        if name.startswith(("/", "./")):
            try:
                found = [lookup.at_path(name)]
            except OSError as error:
                return self._complain(f"Failed to get module from path {name}: {error.strerror}")
        else:
            found = self._find(lookup, name)
        if not found:
            return self._complain(f"Module {name} not found in directory {self.tree.folder}")
        return [self._insert_one(lookup, module, more) for module in found][-1]

    def _find(self, lookup: Lookup, name: str) -> list[KnownModule]:
        try:
            found = lookup.find(name)
        except FormatError:
            found = []
        self.executor.relay(lookup)
        return found

    def _insert_one(self, lookup: Lookup, module: KnownModule, more: str) -> int:
        if self.given["resolve_alias"]:
            self.output.print(module.name)
            return 0
        before = len(self.executor.done)
        error = self.executor.walk(insertion(lookup, module, self.executor, self.settings.rules, more), lookup)
        if error:
            text = f"could not insert '{module.name}': {strerror(error, _STRERROR)}"
            self._remember_failure(self.executor.done[before:], module.name, error, text)
            self.output.say(ERROR, text)
        elif len(self.executor.done) == before and (step := self._passed_over(lookup, module)):
            self.executor.remember(step, module=module.name)
        return error

    def _remember_failure(self, done: Sequence[Mapping[str, Value]], name: str, error: int, text: str) -> None:
        """Keep where a plan failed whose last step is the one that did; `text` is what is said of it."""
        last = done[-1] if done else {}
        calls = self.executor.calls
        if last.get("action") == Action.INSTALL_COMMAND:
            messages = [part.text for part in self.output.parts if isinstance(part, Message)]
            self.executor.remember("command", messages[-1] if messages else text, module=name)
        elif calls and not calls[-1].succeeded and calls[-1].path == last.get("path"):
            self.executor.remember("kernel", text, module=name, errno=error)
        else:
            self.executor.remember("file", text, module=name, path=str(last.get("path") or ""), errno=error)

    def _passed_over(self, lookup: Lookup, module: KnownModule) -> str:
        """Return why nothing was done for a module, and nothing said; "" where it is loaded."""
        if lookup.is_builtin(module):
            return "builtin"
        return "" if self.executor.initstate(module.name) else "blacklist"

    def _remove(self, name: str) -> int:
        self.executor.typed = ("modprobe", "-r", name)
        lookup = Lookup(self.tree, self.config)
        try:
            found = lookup.find(name)
        except FormatError:
            return EINVAL
        self.executor.relay(lookup)
        if not found:
            return self._complain(f"Module {name} not found.")
        for module in found:
            number = self.executor.walk(removal(lookup, module, self.executor, self.settings.rules), lookup)
            if number:
                return number
        return 0

    def _dump(self, path: str, what: str) -> int:
        """Print the symbols of a file that it wants ("modversions") or exports, with CRCs. Returns 0 or an errno."""
        self.executor.typed = ("modprobe", f"--show-{what}", path)
        from modtools.formats.kmodelf import KmodElf
        from modtools.tree.kofile import open_file

        lookup = Lookup(self.tree, self.config)
        try:
            file = lookup.at_path(path).path
        except OSError:
            return self._complain(f"Module {path} not found.")
        try:
            opened = open_file(file or path, self.tree.disk, zlib=not self.output.call.linked)
            elf = KmodElf(opened.contents(lookup.notes))
            symbols = elf.versions() if what == "modversions" else elf.symbols()
        except OSError as error:
            return self._complain(f"could not get {what} of {path}: {error.strerror}")
        except LibkmodError as problem:
            self.executor.relay(lookup)
            return self._complain(f"could not get {what} of {path}: {strerror(problem.errno)}")
        for crc, name in symbols:
            self.output.print(f"0x{crc:08x}\t{name}")
        return 0

    def _show_config(self) -> int:
        """Print the configuration, then the indexes of aliases and symbols. Returns 0."""
        for kind in KINDS:
            for line in getattr(self.config, kind):
                value = _SHOWN[kind](line.value) if kind in _SHOWN else f" {line.value}"
                self.output.print(f"{kind} {line.key}{value}")
                self.executor.done.append({"kind": kind} | line._asdict())
        self.output.print("\n# End of configuration files. Dumping indexes now:\n")
        for index in (ALIAS, SYMBOLS):
            lines = [f"alias {key} {value}\n" for key, value in self.tree.items(index)]
            self.output.parts.append(Text("".join(lines)))
        return 0


_SHOWN: Final[dict[str, Callable[[str], str]]] = {
    "blacklist": lambda _: "",
    "softdep": lambda value: f" {softdep_as_shown(value)}",
    "weakdep": lambda value: f" {' '.join(weakdep(value).weak)}",
}
"""The values of directives that are not shown as they were read."""
