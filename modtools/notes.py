"""What libkmod answers: messages, each with a priority of syslog(3), and the errors that end its attempts."""

from __future__ import annotations

from modtools.errors import FormatError
from modtools.light import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Final

FATAL, ERROR, WARNING, NOTICE, INFO = 2, 3, 4, 5, 6
"""LOG_CRIT, which kmod calls FATAL and ends after, LOG_ERR, LOG_WARNING, LOG_NOTICE, LOG_INFO."""

WORDS: Final = {FATAL: "FATAL", ERROR: "ERROR", WARNING: "WARNING", NOTICE: "NOTICE", INFO: "INFO"}
"""What stands before a message of each priority. From kmod 34: `tools/log.c: prio_to_str()`."""

CONTEXT_ADDRESS, LOGGER_ADDRESS = "0x55d0c0de0d10", "0x55d0c0de3340"
"""Stand where kmod prints addresses in its own memory: of a kmod_ctx, and of the function that logs."""


class Note(NamedTuple):
    """A message of libkmod: its `level` is a priority of syslog(3), `function` the function of libkmod that logs it."""

    text: str
    level: int = ERROR
    function: str = ""


class LibkmodError(FormatError):
    """libkmod fails with this errno, one of Linux's."""

    def __init__(self, number: int, what: str, offset: int | None = None) -> None:
        super().__init__(what, offset)
        self.errno = number


class Aborted(FormatError):
    """libkmod ends the program by abort(): one of its own assertions does not hold."""

    def __init__(self, line: int, assertion: str, offset: int | None = None) -> None:
        super().__init__(f"assertion {assertion}", offset)
        self.text = f"../libkmod/libkmod-elf.c:{line}: elf_get_section_header_offset: Assertion `{assertion}' failed."
