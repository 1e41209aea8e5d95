"""root: print the folder that stands for the machine's `/`."""

from __future__ import annotations

from modtools.command import Call, command
from modtools.report import Report, Text
from modtools.store import Store


@command()
def tool(call: Call) -> Report:
    """Print the folder that stands for the machine's /. The folder for modules is created in it if needed.

    To install modules: cp *.ko "$(pymod root)/lib/modules/$(pymod uname)/"
    """
    release = Store(call.place.state).read().identity.release
    call.place.make_ready(release)
    return Report((Text(f"{call.place.root}\n"),))
