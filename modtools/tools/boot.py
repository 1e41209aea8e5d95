"""boot: start the virtual kernel afresh."""

from __future__ import annotations

from modtools.boot import Source, boot
from modtools.command import Call, command, option
from modtools.options import FILE, FOLDER
from modtools.report import Field, Fields, Report
from modtools.store import Store


@command(lists=True)
@option("--release", metavar="RELEASE", help="The kernel's release, as in `uname -r`.")
@option("--symvers", type=FILE, help="The kernel's symbols and their CRCs, from its Module.symvers.")
@option("--system-map", type=FILE, help="The kernel's symbols and their addresses, from its System.map.")
@option("--tree", type=FOLDER, metavar="DIR", help="A kernel that the modules in DIR were built for.")
@option("--like", type=FILE, metavar="FILE.ko", help="A kernel that this module was built for.")
@option("--cmdline", metavar="TEXT", help="The kernel command line, such as 'module_blacklist=pcspkr'.")
@option("-f", "--force", is_flag=True, help="Replace the file that --state names even if it is not a state.")
def tool(call: Call, *, force: bool, **source: str | None) -> Report:
    """Start the virtual kernel afresh, with nothing loaded.

    Without options it is the built-in one; otherwise the kernel that the files tell of.
    """
    known = Source(**{key: value for key, value in source.items() if value is not None})
    kernel = boot(Store(call.place.state), known, force=force)
    call.place.make_ready(kernel.identity.release)
    identity = kernel.identity
    return Report(
        (
            Fields(
                "machine",
                (
                    Field("release", "Kernel", identity.release, f"{identity.release} for {identity.machine}"),
                    Field("machine", "Processor", identity.machine),
                    Field("booted_from", "Booted from", identity.booted_from),
                    Field("vermagic", "Version magic", identity.vermagic),
                    Field("cmdline", "Command line", identity.cmdline),
                    Field("symbols", "Symbols", len(kernel.symbols), f"{len(kernel.symbols)} are exported"),
                ),
            ),
        )
    )
