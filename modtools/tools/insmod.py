"""insmod: load a module from its file.

From kmod 34: `tools/insmod.c`, insmod(8).
"""

# ruff: noqa: E101  # the help text is indented as kmod indents it

from __future__ import annotations

from modtools import finit
from modtools.command import Call, command, operand, option
from modtools.errors import KernelError
from modtools.linuxerrno import INSMOD_WORDS, strerror
from modtools.notes import ERROR, INFO, Aborted
from modtools.report import Hint, Part, Report
from modtools.shared import kernel_calls, libkmod, toollog
from modtools.shared.norun import STRICT, with_no_run

HELP = """\
Usage:
	{name} [options] filename [module options]
Options:
	-f, --force       DANGEROUS: forces a module load, may cause
	                  data corruption and crash your machine
	-s, --syslog      print to syslog, not stderr
	-v, --verbose     enables more messages
	-V, --version     show version
	-h, --help        show this help
"""


@command(kmod_help=HELP, lists=True)
@option("-f", "--force", is_flag=True)
@option("-s", "--syslog", is_flag=True)
@option("-v", "--verbose", counts=True)
@option("--strict", is_flag=True, own=True, help=STRICT)
@operand("words", many=True)
@with_no_run
def tool(call: Call, *, force: bool, syslog: bool, verbose: int, strict: bool, words: tuple[str, ...]) -> Report:
    """Load a module into the virtual kernel."""
    log = toollog.ToolLog(ERROR + verbose)
    session = libkmod.session(call, log)
    hints: tuple[Hint, ...] | None = ()
    try:
        with kernel_calls.report_first(call):
            hints = _insert(session, words, force)
    except Aborted as death:
        from modtools.shared.aborting import die

        return die(death.text)
    parts: list[Part] = [*log.messages, *(hints or ())]
    return kernel_calls.report(call, parts, session.calls, int(hints is not None), strict=strict, syslog=syslog)


def _insert(session: libkmod.Session, words: tuple[str, ...], force: bool) -> tuple[Hint, ...] | None:
    """Load the file. What to advise if that fails, None if it does not."""
    path, log = words[0] if words else None, session.log
    if path is None or path == "-":
        log.error("missing filename." if path is None else "this tool does not support loading from stdin!")
        return ()
    log.say(INFO, toollog.REGISTERED)
    hints = _load(session, path, words[1:], force)
    log.say(INFO, toollog.RELEASED)
    return hints


def _load(session: libkmod.Session, path: str, words: tuple[str, ...], force: bool) -> tuple[Hint, ...] | None:
    """Load the file of this path. Returns what to advise if that fails, None if it does not."""
    log = session.log
    typed = ("insmod", path, *words)
    try:
        libkmod.name_of_file(path)
    except KernelError as error:
        log.error(f"could not load module {path}: {strerror(error.errno)}")
        with session:
            session.remember(typed, "file", log.last, path=path, errno=error.errno)
        return ()
    flags = finit.IGNORE_MODVERSIONS | finit.IGNORE_VERMAGIC if force else 0
    with session:
        try:
            session.insert(path, toollog.options(words), flags)
        except KernelError as error:
            log.error(f"could not insert module {path}: {strerror(error.errno, INSMOD_WORDS)}")
            asked = any(call.path == path for call in session.calls)
            step = "kernel" if asked else "file"
            session.remember(typed, step, log.last, path=path, errno=error.errno)
            return session.hints()
    return None
