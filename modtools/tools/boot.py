"""boot: start the virtual kernel afresh."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from modtools import profiles
from modtools.boot import Folders, Source, boot, save_booted
from modtools.command import Call, command, operand, option
from modtools.errors import PymodError
from modtools.kernel.facts import FACTS
from modtools.kernel.state import Kernel
from modtools.options import FILE, FOLDER
from modtools.report import Field, Fields, Message, Report, Table, Value
from modtools.shared import identity
from modtools.store import Store


@command(lists=True)
@option("--release", metavar="RELEASE", help="Set the kernel's release, as in `uname -r`.")
@option("--symvers", type=FILE, help="Take the kernel's symbols and their CRCs from its Module.symvers.")
@option("--system-map", type=FILE, help="Take the kernel's symbols and their addresses from its System.map.")
@option("--tree", type=FOLDER, metavar="DIR", help="Boot the kernel that the modules in DIR were built for.")
@option("--like", type=FILE, metavar="FILE.ko", help="Boot the kernel that this module was built for.")
@option("--cmdline", metavar="TEXT", help="Set the kernel command line, such as 'module_blacklist=pcspkr'.")
@option("--save", metavar="NAME", help="Save the kernel under a name, which is a KERNEL from then on.")
@option("--list", "listed", is_flag=True, help="Show the kernels that come with pymod or were saved, and boot none.")
@option("-f", "--force", is_flag=True, help="Replace the state even if it is no state, and a saved kernel.")
@operand("kernel", many=True, metavar="[KERNEL]...")
def tool(
    call: Call, *, force: bool, listed: bool, save: str | None, kernel: Sequence[str], **source: str | None
) -> Report:
    """Start the virtual kernel afresh, with nothing loaded.

    KERNEL is a kernel of `--list`, or what a person has of another one: an image, a folder of headers, a module tree, a
    Module.symvers, a System.map, a module. Several complete each other. Without any this is Debian 12's kernel; with
    --save NAME alone the machine's own kernel is saved, and nothing is booted.
    """
    folders = Folders(call.place.image_cache, call.place.saved_kernels)
    if listed:
        return _list(folders.saved)
    named = Source(tuple(kernel), **{key: value for key, value in source.items() if value is not None})
    store = Store(call.place.state)
    if save is not None and named == Source():
        return _shown(call, save_booted(store, save, folders, force=force), ())
    found = boot(store, named, folders, save=save, force=force)
    return _shown(call, found.kernel, found.notes)


_LINE = "{alias:<16} {release:<24} {machine:<9} {_known}"
_HEADER = f"{'KERNEL':<16} {'RELEASE':<24} {'MACHINE':<9} KNOWN"


def _list(saved: Path | None) -> Report:
    """Return the list of all kernels; a saved one that cannot be read is named in a message."""
    rows: list[dict[str, Value]] = []
    messages: list[Message] = []
    built_in = profiles.names()
    for name in (*built_in, *(name for name in profiles.names(saved) if name not in built_in)):
        try:
            rows.append(_row(profiles.load(name, saved), name in built_in))
        except PymodError as error:
            messages.append(Message(str(error)))
    return Report((Table("kernels", rows, _LINE, _HEADER), *messages), status=int(bool(messages)))


def _row(profile: profiles.Profile, built_in: bool) -> dict[str, Value]:
    """Return a profile as a row of the list."""
    return {
        "alias": profile.alias or profile.name,
        "name": profile.name,
        "title": profile.title,
        "release": profile.release,
        "machine": profile.machine,
        "saved": not built_in,
        "unknown": [fact for fact in FACTS if fact in profile.unknown],
        "_known": identity.summary(profile.unknown),
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
