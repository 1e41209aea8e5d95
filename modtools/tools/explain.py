"""explain: what a line of a kernel's log, of a module tool or of a build means, what it comes from, what to do.

The lines are anybody's, of any machine: the tables of `modtools/diagnose/messages` tell what is known of them. What was
refused here, and modules that are at hand, are checked besides, so that it is known which of the causes it is.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from modtools.boot import Folders
from modtools.command import Call, command, operand, option
from modtools.diagnose import refusals, stories
from modtools.diagnose.messages.recognise import Explained, explain
from modtools.diagnose.messages.tell import paragraph, tell
from modtools.diagnose.rules import RULES
from modtools.errors import PymodError
from modtools.kernel.state import REFUSED_AT
from modtools.names import is_module
from modtools.relations.commands import Commands
from modtools.report import Message, Report, Table, Text, Value
from modtools.store import Store
from modtools.visible import printable

USAGE = 2
"""Exit status for what was named wrongly: nothing was explained then."""


@command(lists=True, misused=USAGE)
@option("--module", metavar="MODULE", help="Tell which of the causes it is for this module: a file, or a name.")
@option("--kernel", "kernels", metavar="KERNEL", multiple=True, help="On this kernel (see boot), not the machine's.")
@operand("texts", metavar="[TEXT]...", many=True)
def tool(call: Call, *, module: str | None, kernels: Sequence[str], texts: Sequence[str]) -> Report:
    """Explain lines of dmesg, of module tools or of a build: what they mean, why that happens, what to do.

    TEXT is a line, or several; - reads them from standard input. What decides comes first. With a module in its place,
    a file or a name, that is checked and its refusal explained; with a rule of check, the rule. Without: what the
    machine's kernel refused last. Exit status: 0, something is known; 1, nothing is; 2, usage
    or an error.
    """
    if module is None and len(texts) == 1 and texts[0] in RULES:
        return _rule(texts[0])
    named = module or (_as_module(texts) if len(texts) == 1 else None)
    if kernels and not named:
        raise PymodError("--kernel is for a module: name its file, or the module, with --module")
    if not named and not texts:
        return _last_refusal(call)
    text = _text(texts)
    unknown = ""
    try:
        row = _checked(call, named, kernels) if named else None
    except PymodError as error:
        if module is not None or kernels:
            return Report((Message(str(error)),), status=USAGE)
        row, unknown = None, f", and {error}"
    if row is None:
        what = "these lines" if texts == ("-",) else "this line"
        return _report(explain(text), f"nothing is known of {what}{unknown}")
    explained = stories.story("" if module is None else text, row)
    told = Text(printable(stories.verdict(row)) + "\n" + ("\n" if explained else ""))
    return Report((told, *_report(explained, "").parts), status=0)


def _rule(name: str) -> Report:
    about = RULES[name]
    row: dict[str, Value] = {"rule": name, "summary": about.summary, "source": about.source}
    return Report((Table("rules", [{**row, "_text": stories.rule(name)}], "{_text}"),))


def _last_refusal(call: Call) -> Report:
    kernel = Store(call.place.state).read()
    refusal = kernel.refusal
    if refusal is None:
        lines = [line for record in kernel.log.readable() for line in record.text.split("\n")]
        return _report(explain(stories.last_refusal(lines)), "this machine has refused nothing since it was booted")
    told = list(refusals.story(refusal, kernel, Commands(("pymod", *call.place.options))))
    row: dict[str, Value] = {
        **refusal._asdict(),
        "causes": [cause._asdict() for cause in refusal.causes],
        "story": [{"what": what, "do": do} for what, do in told],
    }
    explained = explain("\n".join((*refusal.log, *refusal.said)))
    if refusal.causes or refusal.step != REFUSED_AT[0]:  # then what a kernel means by an errno tells nothing more
        explained = tuple(one for one in explained if one.message.rank != "tool")
    gap = "\n" if explained else ""
    table = Table("refusal", [{**row, "_text": printable(_told(refusal.command, told), "\n\t") + gap}], "{_text}")
    return Report((table, *(_report(explained, "").parts if explained else ())))


def _told(command: str, told: Sequence[tuple[str, str]]) -> str:
    """Return what was typed with what became of it, in paragraphs."""
    lines = [command]
    for number, (what, do) in enumerate(told):
        indent = "  - " if number else "  "
        lines += paragraph(what, indent)
        lines += paragraph(do, " " * len(indent) + "-> ") if do else ()
    return "\n".join(lines)


def _as_module(texts: Sequence[str]) -> str | None:
    """Return a single word that may be a module's file or name."""
    word = texts[0]
    is_file = is_module(word) and Path(word).is_file()
    return word if is_file or (word != "-" and word.replace("-", "_").isidentifier()) else None


def _checked(call: Call, module: str, kernels: Sequence[str]) -> stories.Checked:
    """Return what a check says of a module. Raises PymodError where nothing is named so."""
    # Only who names a module pays for what checks it.
    from modtools.diagnose.request import Machine, Request, answer

    place = call.place
    folders = Folders(place.image_cache, place.saved_kernels)
    machine = Machine(Store(place.state), folders, str(place.root).rstrip("/"), place.disk)
    rows: Sequence[stories.Checked] = answer(Request((module,), kernels, jobs=1), machine)["modules"]
    return rows[0]


def _report(explained: Sequence[Explained], nothing: str) -> Report:
    if not explained:
        return Report((Message(nothing),) if nothing else (), status=1)
    gaps = ("", *(len(explained) - 1) * ("\n",))
    rows = [
        {**_row(one), "_text": gap + printable(text, "\n\t")}
        for one, text, gap in zip(explained, tell(explained), gaps, strict=True)
    ]
    return Report((Table("explained", rows, "{_text}"),))


def _text(texts: Sequence[str]) -> str:
    """Return the lines that are meant: words that were not quoted are one line."""
    if texts == ("-",) and sys.stdin is None:
        raise PymodError("standard input is closed: give the text as words, or by a pipe")
    if texts == ("-",):
        return sys.stdin.buffer.read().decode("utf-8", "replace")
    if all(" " in text.strip() for text in texts):
        return "\n".join(texts)
    return " ".join(texts)


def _row(one: Explained) -> dict[str, Value]:
    return {
        "message": one.message.name,
        "rank": one.message.rank,
        "means": one.means,
        "place": one.place,
        "fields": {name: value for name, value in one.fields.items() if name != "line"},
        "causes": [
            {
                **cause._asdict(),
                "rules": list(cause.rules),
                "found": list(one.found.get(cause.name, ())),
                "missed": cause.name in one.missed,
            }
            for cause in one.causes
        ],
        "lines": list(one.lines),
    }
