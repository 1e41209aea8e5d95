"""symvers: the Module.symvers lines of module files.

From Linux 6.1: `scripts/mod/modpost.c: write_dump()`. A module is named by its path without .ko: an external one by its
absolute path, one that came with the kernel by its path in the kernel's sources.
"""

from __future__ import annotations

import os
import re

from modtools.command import Call, command, operand
from modtools.errors import FormatError
from modtools.formats import symvers
from modtools.module import Module, read_module
from modtools.report import Message, Report, Table, Value

LINE = "{_line}"
_ENDING = re.compile(r"\.ko(\.(gz|xz|zst))?\Z")
_IN_TREE = re.compile(r".*/lib/modules/[^/]+/kernel/")


@command(lists=True)
@operand("files", metavar="FILE...", many=True, required=True)
def tool(call: Call, *, files: tuple[str, ...]) -> Report:  # noqa: ARG001  # every tool gets its call
    """Print the lines that kbuild writes into Module.symvers for these modules."""
    rows: list[dict[str, Value]] = []
    messages: list[Message] = []
    for path in files:
        try:
            module = read_module(path)
            rows += map(_row, module.symvers(_module_path(path, module)))
        except OSError as error:
            messages.append(Message(f"{path}: {error.strerror}"))
        except FormatError as error:
            messages.append(Message(f"{path} is not a module: {error}"))
    return Report((Table("symbols", rows, LINE), *messages), status=int(bool(messages)))


def _row(line: symvers.SymversLine) -> dict[str, Value]:
    return {**line._asdict(), "crc": f"0x{line.crc:08x}", "_line": symvers.format(line)}


def _module_path(path: str, module: Module) -> str:
    """Return the path that kbuild names a module by, without .ko."""
    absolute = _ENDING.sub("", os.path.abspath(path))  # noqa: PTH100  # kbuild does not follow links
    return absolute if module.info("intree") is None else _IN_TREE.sub("", absolute)
