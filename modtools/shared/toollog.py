"""What kmod's tools have in common: what they log, and how they join parameters.

From kmod 34: `tools/log.c`, `tools/opt.c: options_from_array()`.
"""

from __future__ import annotations

from modtools.light import TYPE_CHECKING
from modtools.notes import CONTEXT_ADDRESS, ERROR, LOGGER_ADDRESS, WORDS
from modtools.report import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

REGISTERED = f"custom logging function {LOGGER_ADDRESS} registered"
RELEASED = f"context {CONTEXT_ADDRESS} released"
"""What libkmod says (INFO) when a tool begins and ends to use it."""


class ToolLog:
    """Collects what a tool and libkmod log, up to the priority that the tool sets."""

    def __init__(self, priority: int = ERROR) -> None:
        self.priority = priority
        self.messages: list[Message] = []

    def error(self, text: str) -> None:
        """Log an error, as kmod's macro ERR() does."""
        self.say(ERROR, text)

    def say(self, priority: int, text: str) -> None:
        """Log a message, if its priority is high enough."""
        if priority <= self.priority:
            self.messages.append(Message(text, WORDS[priority]))

    @property
    def last(self) -> str:
        """The last error, as it is printed behind the tool's name; "" without one."""
        return next((f"ERROR: {each.text}" for each in reversed(self.messages) if each.level == "ERROR"), "")


def options(words: Sequence[str]) -> str:
    """Return a module's parameters as one text; a value with a blank gets quotes, unless it begins with one."""
    return " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    name, equals, value = word.partition("=")
    return f'{name}="{value}"' if equals and " " in value and value[:1] not in ('"', "'") else word
