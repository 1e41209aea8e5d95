"""rmmod: remove modules.

From kmod 34: `tools/rmmod.c`, rmmod(8).
"""

# ruff: noqa: E101  # the help text is indented as kmod indents it

from __future__ import annotations

from pathlib import Path

from modtools.command import Call, command, operand, option
from modtools.errors import KernelError
from modtools.linuxerrno import ENOENT, strerror
from modtools.names import module_name
from modtools.notes import ERROR, INFO
from modtools.report import Hint, Report
from modtools.shared import kernel_calls, libkmod, toollog
from modtools.shared.norun import STRICT, with_no_run

HELP = """\
Usage:
	{name} [options] [list of modulenames]
Options:
	-f, --force       DANGEROUS: forces a module unload and may
	                  crash your machine
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
@operand("names", many=True)
@with_no_run
def tool(call: Call, *, force: bool, syslog: bool, verbose: int, strict: bool, names: tuple[str, ...]) -> Report:
    """Remove modules from the virtual kernel."""
    log = toollog.ToolLog(ERROR + verbose)
    if not names:
        log.error("missing module name.")
        return Report(log.messages, status=1, syslog=syslog)
    failed, hints = True, tuple[Hint, ...]()
    log.say(INFO, toollog.REGISTERED)
    session = libkmod.session(call, log)
    with kernel_calls.report_first(call), session:
        failed = _remove_all(session, names, force)
        hints = session.hints()
        log.say(INFO, toollog.RELEASED)
    return kernel_calls.report(call, (*log.messages, *hints), session.calls, int(failed), strict=strict, syslog=syslog)


def _remove_all(session: libkmod.Session, words: tuple[str, ...], force: bool) -> bool:
    """Remove modules one after another. Returns whether any of them failed."""
    failed = False
    for word in words:
        try:
            name, is_file = _name(word)
        except KernelError as error:
            session.log.error(f"could not use module {word}: {strerror(error.errno)}")
            return True
        if not force and not _removable(session, name, is_file):
            _remember(session, word, "remove", name)
            failed = True
            continue
        try:
            session.remove(name, force=force)
        except KernelError as error:
            session.log.error(f"could not remove module {word}: {strerror(error.errno)}")
            _remember(session, word, "kernel", name)
            failed = True
    return failed


def _remember(session: libkmod.Session, word: str, step: str, name: str) -> None:
    """Keep why a module was not removed, in the last words that were said."""
    session.remember(("rmmod", word), step, session.log.last, module=name)


def _name(word: str) -> tuple[str, bool]:
    """Return the module that a word means, and whether the word is a file's path. Raises KernelError."""
    try:
        Path(word).stat()
    except (OSError, ValueError):
        return module_name(word), False
    return (libkmod.name_of_file(word), True) if word else ("", False)


def _removable(session: libkmod.Session, name: str, is_file: bool) -> bool:
    """Return whether a module can be removed, after logging why not. kmod checks this before it asks the kernel."""
    if not is_file and session.is_builtin(name):
        session.log.error(f"Module {name} is builtin.")
        return False
    if not session.initstate(name):
        session.log.error(f"Module {name} is not currently loaded")
        return False
    if holders := session.holders(name):
        session.log.error(f"Module {name} is in use by: {' '.join(holders)}")
        return False
    count = session.refcnt(name)
    if count > 0:
        session.log.error(f"Module {name} is in use")
    elif count == -ENOENT:
        session.log.error("Module unloading is not supported")
    return count == 0
