"""boot: start the virtual kernel afresh."""

from __future__ import annotations

from collections.abc import Sequence

from modtools import profiles
from modtools.boot import Folders, Source, boot
from modtools.command import Call, command, operand, option
from modtools.kernel.state import Kernel
from modtools.options import FILE, FOLDER
from modtools.report import Field, Fields, Message, Report, Table, Value
from modtools.store import Store
from modtools.tools import identity


@command(lists=True)
@option("--release", metavar="RELEASE", help="Set the kernel's release, as in `uname -r`.")
@option("--symvers", type=FILE, help="Take the kernel's symbols and their CRCs from its Module.symvers.")
@option("--system-map", type=FILE, help="Take the kernel's symbols and their addresses from its System.map.")
@option("--tree", type=FOLDER, metavar="DIR", help="Boot the kernel that the modules in DIR were built for.")
@option("--like", type=FILE, metavar="FILE.ko", help="Boot the kernel that this module was built for.")
@option("--cmdline", metavar="TEXT", help="Set the kernel command line, such as 'module_blacklist=pcspkr'.")
@option("--list", "listed", is_flag=True, help="Show the kernels that come with pymod, and boot none.")
@option("-f", "--force", is_flag=True, help="Replace the file that --state names even if it is not a state.")
@operand("kernel", many=True, metavar="[KERNEL]...")
def tool(call: Call, *, force: bool, listed: bool, kernel: Sequence[str], **source: str | None) -> Report:
    """Start the virtual kernel afresh, with nothing loaded.

    KERNEL is a kernel of `--list`, or what a person has of another one: a Module.symvers, a System.map, a folder of
    headers, a module tree, a module. Several complete each other. Without any this is Debian 12's kernel.
    """
    if listed:
        return Report((Table("kernels", [_row(profiles.load(name)) for name in profiles.names()], _LINE, _HEADER),))
    named = {key: value for key, value in source.items() if value is not None}
    folders = Folders(call.place.image_cache, call.place.saved_kernels)
    found = boot(Store(call.place.state), Source(tuple(kernel), **named), folders, force=force)
    return _shown(call, found.kernel, found.notes)


_LINE = "{alias:<12} {release:<24} {machine:<9} {_known}"
_HEADER = f"{'KERNEL':<12} {'RELEASE':<24} {'MACHINE':<9} KNOWN"


def _row(profile: profiles.Profile) -> dict[str, Value]:
    """Return a profile as a row of the list: a profile tells everything of its kernel."""
    return {
        "alias": profile.alias or profile.name,
        "name": profile.name,
        "title": profile.title,
        "release": profile.release,
        "machine": profile.machine,
        "unknown": (),
        "_known": "everything",
    }


def _shown(call: Call, kernel: Kernel, notes: Sequence[str]) -> Report:
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
