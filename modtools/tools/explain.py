"""explain: what a line of a kernel's log, of a module tool or of a build means, what it comes from, what to do.

The lines are anybody's, of any machine: the tables of `modtools/diagnose/messages` tell what is known of them.
"""

from __future__ import annotations

import sys

from modtools.command import Call, command, operand
from modtools.diagnose.messages.recognise import Explained, explain
from modtools.diagnose.messages.tell import tell
from modtools.report import Message, Report, Table, Value


@command(lists=True)
@operand("texts", metavar="TEXT...", many=True, required=True)
def tool(call: Call, *, texts: tuple[str, ...]) -> Report:  # noqa: ARG001  # every tool gets its call
    """Explain lines of dmesg, of module tools or of a build: what they mean, why that happens, what to do.

    TEXT is a line, or several; - reads them from standard input. What decides comes first. Exit status: 0, something is
    known; 1, nothing is.
    """
    explained = explain(_text(texts))
    if not explained:
        return Report((Message(f"nothing is known of {'these lines' if '-' in texts else 'this line'}"),), status=1)
    gaps = ("", *(len(explained) - 1) * ("\n",))
    rows = [{**_row(one), "_text": gap + text} for one, text, gap in zip(explained, tell(explained), gaps, strict=True)]
    return Report((Table("explained", rows, "{_text}"),))


def _text(texts: tuple[str, ...]) -> str:
    """Return the lines that are meant: words that were not quoted are one line."""
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
        "causes": [{**cause._asdict(), "rules": list(cause.rules)} for cause in one.causes],
        "lines": list(one.lines),
    }
