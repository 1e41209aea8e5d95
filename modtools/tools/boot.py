"""boot: start the virtual kernel afresh."""

from __future__ import annotations

from modtools.boot import Source, boot
from modtools.command import Call, command, option
from modtools.options import FILE, FOLDER
from modtools.report import Field, Fields, Message, Report
from modtools.store import Store
from modtools.tools import identity


@command(lists=True)
@option("--release", metavar="RELEASE", help="Set the kernel's release, as in `uname -r`.")
@option("--symvers", type=FILE, help="Take the kernel's symbols and their CRCs from its Module.symvers.")
@option("--system-map", type=FILE, help="Take the kernel's symbols and their addresses from its System.map.")
@option("--tree", type=FOLDER, metavar="DIR", help="Boot the kernel that the modules in DIR were built for.")
@option("--like", type=FILE, metavar="FILE.ko", help="Boot the kernel that this module was built for.")
@option("--cmdline", metavar="TEXT", help="Set the kernel command line, such as 'module_blacklist=pcspkr'.")
@option("-f", "--force", is_flag=True, help="Replace the file that --state names even if it is not a state.")
def tool(call: Call, *, force: bool, **source: str | None) -> Report:
    """Start the virtual kernel afresh, with nothing loaded.

    Without options this is the built-in kernel. The options name files that describe another one, and can be combined.
    """
    named = {key: value for key, value in source.items() if value is not None}
    kernel, notes = boot(Store(call.place.state), Source(**named), force=force)
    call.place.make_ready(kernel.identity.release)
    count = len(kernel.symbols)
    more = "" if kernel.identity.symbols_complete else ", as far as is known"
    symbols = Field("symbols", "Symbols", count, f"{count} are exported{more}")
    return Report(
        (
            *(Message(note, "WARNING") for note in notes),
            Fields("machine", (*identity.fields(kernel), symbols)),
        )
    )
