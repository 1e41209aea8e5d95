"""depmod: write the index files of a module tree.

Words, order and exit status are those of kmod 34: `tools/depmod.c`, depmod(8).
"""

# ruff: noqa: E101  # the help text is indented as kmod indents it

from __future__ import annotations

import re
from typing import Any, Final

from modtools.command import Call, command, operand, option
from modtools.names import checked_release
from modtools.report import Message, Report
from modtools.rooted import HOST
from modtools.tools.context import MODULES, Context
from modtools.tools.depmod_run import Settings, run
from modtools.tree.depmod_config import DIRECTORIES
from modtools.tree.found import Request
from modtools.tree.lookup import absolute_path

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


@command(kmod_help=_HELP)
@option("-a", "--all", "everything", is_flag=True)
@option("-A", "--quick", is_flag=True)
@option("-e", "--errsyms", is_flag=True)
@option("-n", "--show", "--dry-run", is_flag=True)
@option("-P", "--symbol-prefix")
@option("-C", "--config", multiple=True)
@option("-v", "--verbose", counts=True)
@option("-w", "--warn", is_flag=True)
@option("-b", "--basedir")
@option("-m", "--moduledir", default=MODULES)
@option("-o", "--outdir")
@option("-F", "--filesyms")
@option("-E", "--symvers")
@option("--strict", is_flag=True, own=True, help="Exit with 1 after any warning; warn about more than kmod does.")
@option("--json", is_flag=True, own=True, help="Print what would be written, and why (docs/json.md).")
@option("--no-cache", is_flag=True, own=True, help="Read all modules, write all files, remember nothing.")
@operand("words", many=True)
def tool(call: Call, *, words: tuple[str, ...], **given: Any) -> Report:
    """Write the files by which modprobe finds modules, what they need, and their aliases."""
    prefix = given["symbol_prefix"]
    if prefix is not None and len(prefix.encode("utf-8", "surrogateescape")) != 1:
        return Report((Message("-P only takes a single char", "FATAL"),), status=1)
    if words and not _VERSION.match(words[0]):
        return Report((Message(f"Bad version passed {words[0]}"),), status=1)
    settings = Settings(
        quick=given["quick"],
        show=given["show"],
        as_json=given["json"],
        verbose=given["verbose"],
        cache=not given["no_cache"],
    )
    return run(call, _request(call, words, given), settings)


def _request(call: Call, words: tuple[str, ...], given: dict[str, Any]) -> Request:
    context = Context(call)
    root = context.root if given["basedir"] is None else absolute_path(given["basedir"])
    target = root if given["outdir"] is None else absolute_path(given["outdir"])
    release = words[0] if words else context.release
    disk = HOST if given["basedir"] is not None else call.place.disk
    if disk.root:
        checked_release(release)  # elsewhere kmod's way stays
    folder = f"{given['moduledir'].lstrip('/')}/{release}"
    whole = given["everything"] or given["quick"] or len(words) < 2
    return Request(
        folder=f"{root}/{folder}",
        target=disk.real(f"{target}/{folder}"),
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
        plain=call.linked,
        disk=disk,
    )
