"""modprobe: load modules by name with all that they need, or remove them.

Words, order and exit status are those of kmod 34: `tools/modprobe.c`, modprobe(8).
"""

# ruff: noqa: E101  # the help text is indented as kmod indents it

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any, Final

from modtools.command import Call, command, operand, option
from modtools.plan import Rules
from modtools.report import Message, Report
from modtools.tools.norun import STRICT, may_not_run
from modtools.tools.probe_run import Run
from modtools.tools.probing import FATAL, WARNING, Settings

_WAIT: Final = re.compile(r"[ \t\n\v\f\r]*\+?(?P<sign>-?)(?P<digits>0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)")

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

IGNORE_MODVERSIONS, IGNORE_VERMAGIC = 1, 2
_PASSED_ON = {"config": "-C", "syslog": "-s", "quiet": "-q", "verbose": "-v"}
"""Options that a modprobe in an install command gets, too, by its environment."""


def words_of_environment() -> list[str]:
    """The words of $MODPROBE_OPTIONS, taken apart as kmod does: two blanks make an empty word between them."""
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
@may_not_run
def tool(call: Call, *, wait: str | None, words: tuple[str, ...], **given: Any) -> Report:
    """Load or remove modules of the virtual kernel by name, or show what that would do."""
    waited = _WAIT.fullmatch("0" if wait is None else wait)
    if waited is None:
        return Report((Message(f"unexpected wait value '{wait}'."),), status=1)
    if not words and not given["showconfig"]:
        return Report((Message("missing parameters. See -h."),), status=1, syslog=given["syslog"])
    return Run(call, given, _settings(call, given, _number(waited))).report(words)


def _number(text: re.Match[str]) -> int:
    """What strtoul() makes of it, as a number of 64 bits."""
    digits = text["digits"].lower()
    base = 16 if digits.startswith("0x") else 8 if digits.startswith("0") else 10
    return int(text["sign"] + digits, base) % (1 << 64)


def _settings(call: Call, given: Mapping[str, Any], wait: int) -> Settings:
    priority = WARNING
    for key, _ in call.given:
        priority = 0 if key == "quiet" else priority + (key == "verbose")
    forced = given["force"]
    flags = (forced or given["force_modversion"]) and IGNORE_MODVERSIONS
    return Settings(
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
        flags=flags | ((forced or given["force_vermagic"]) and IGNORE_VERMAGIC),
        wait=wait,
        environment=_environment(call),
    )


def _environment(call: Call) -> str | None:
    """$MODPROBE_OPTIONS as the commands of modprobe.d get it."""
    before = os.environ.get("MODPROBE_OPTIONS")
    passed = [word for key, value in call.given if key in _PASSED_ON for word in (_PASSED_ON[key], value) if word]
    return " ".join([*([] if before is None else [before]), *passed]) if passed else before
