"""depmod: write the index files of a module tree.

Words, order and exit status are those of kmod 34: `tools/depmod.c`, depmod(8).
"""

# ruff: noqa: E101  # the help text is indented as kmod indents it

from __future__ import annotations

import re
from typing import Any, Final

import click

from modtools.command import Call, Tool, option
from modtools.report import Message, Report, Text
from modtools.tools.context import MODULES, Context, tool_messages
from modtools.tree.cache import Cache
from modtools.tree.depmod_config import DIRECTORIES
from modtools.tree.found import Found, Request, Stopped
from modtools.tree.lookup import absolute_path
from modtools.tree.memory import Memory
from modtools.tree.processes import without_collector
from modtools.tree.quick import is_up_to_date

_WARNING: Final = 4
_VERSION: Final = re.compile(r"[ \t\n\v\f\r]*[+-]?[0-9]+\.[ \t\n\v\f\r]*[+-]?[0-9]")

_HELP = """\
Usage:
	{name} -[aA] [options] [forced_version]

If no arguments (except options) are given, "depmod -a" is assumed

depmod will output a dependency list suitable for the modprobe utility.

Options:
	-a, --all            Probe all modules
	-A, --quick          Only does the work if there's a new module
	-e, --errsyms        Report not supplied symbols
	-n, --show           Write the dependency file on stdout only
	-P, --symbol-prefix  Architecture symbol prefix
	-C, --config=PATH    Read configuration from PATH
	-v, --verbose        Enable verbose mode
	-w, --warn           Warn on duplicates
	-V, --version        show version
	-h, --help           show this help

The following options are useful for people managing distributions:
	-b, --basedir=DIR    Root path (default: /).
	-m, --moduledir=DIR  Module directory (default: /lib/modules).
	-o, --outdir=DIR     Output root path (default: same as <basedir>).
	-F, --filesyms=FILE  Use the file instead of the
	                     current kernel symbols.
	-E, --symvers=FILE   Use Module.symvers file to check
	                     symbol versions.
"""


@click.command(cls=Tool, kmod_help=_HELP, lists=True)
@option("-a", "--all", "everything", is_flag=True)
@option("-A", "--quick", is_flag=True)
@option("-e", "--errsyms", is_flag=True)
@option("-n", "--show", "--dry-run", is_flag=True)
@option("-P", "--symbol-prefix")
@option("-C", "--config", multiple=True)
@option("-v", "--verbose", count=True)
@option("-w", "--warn", is_flag=True)
@option("-b", "--basedir")
@option("-m", "--moduledir", default=MODULES)
@option("-o", "--outdir")
@option("-F", "--filesyms")
@option("-E", "--symvers")
@option("--strict", is_flag=True, own=True, help="Exit with 1 when anything was warned about.")
@option("--no-cache", is_flag=True, own=True, help="Read all modules, and remember nothing.")
@click.argument("words", nargs=-1)
def tool(call: Call, *, words: tuple[str, ...], **given: Any) -> Report:
    """Write the files by which modprobe finds modules, what they need, and their aliases."""
    if given["symbol_prefix"] is not None and len(given["symbol_prefix"].encode("utf-8", "surrogateescape")) != 1:
        return Report((Message("-P only takes a single char", "FATAL"),), status=1)
    if words and not _VERSION.match(words[0]):
        return Report((Message(f"Bad version passed {words[0]}"),), status=1)
    context = Context(call)
    priority = _WARNING + given["verbose"]
    request = _request(context, words, given)
    cache = None if given["no_cache"] else Cache(call.place.cache / "depmod")
    found = Found(request, Memory.open(cache, request.folder, request.target, request.wants_crcs))
    with without_collector():
        texts, status = _work(found, given)
    shown = "".join(found.shown).encode("utf-8", "surrogateescape")
    return Report((Text(shown + texts), *tool_messages(found.notes, priority)), status)


def _request(context: Context, words: tuple[str, ...], given: dict[str, Any]) -> Request:
    root = context.root if given["basedir"] is None else absolute_path(given["basedir"])
    target = root if given["outdir"] is None else absolute_path(given["outdir"])
    release = words[0] if words else context.release
    folder = f"{given['moduledir'].lstrip('/')}/{release}"
    whole = given["everything"] or given["quick"] or len(words) < 2
    return Request(
        folder=f"{root}/{folder}",
        target=f"{target}/{folder}",
        release=release,
        config=given["config"] or [context.root + place for place in DIRECTORIES],
        files=None if whole else words[1:],
        symvers=given["symvers"],
        system_map=given["filesyms"],
        unknown=given["errsyms"],
        prefix=given["symbol_prefix"] or "",
        warn_duplicates=given["warn"] or given["strict"],
        verbose=bool(given["verbose"]),
        strict=given["strict"],
    )


def _work(found: Found, given: dict[str, Any]) -> tuple[bytes, int]:
    """Do it. What goes to standard output, and the exit status."""
    request = found.request
    if given["quick"] and (given["show"] or is_up_to_date(request.folder, found.notes)):
        return b"", 0
    texts = b""
    try:
        found.find()
        if given["show"] or request.verbose or not found.is_unchanged():
            texts = _make(found, texts_only=given["show"])
        else:
            found.notes[:] = found.memory.notes
    except Stopped:
        return b"", 1
    return texts, int(request.strict and any(note.level <= _WARNING for note in found.notes))


def _make(found: Found, *, texts_only: bool) -> bytes:
    """Make the index files and write them, or tell what -n shows."""
    from modtools.tree.depmod import Run

    run = Run(found, anew=texts_only)
    made = run.make(texts_only=texts_only)
    if not texts_only:
        run.write(made)
        return b""
    return b"".join(file.contents or b"" for file in made.values())
