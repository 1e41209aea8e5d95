"""All for which a kernel would refuse a module, and not only the first: the loading steps, gone on with after each.

What a step that fails would have found for the next ones is taken as it can be had: symbols that nobody exports have
no address, a module whose relocations are refused exports what its file says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from modtools import causes
from modtools.diagnose.findings import Met
from modtools.errors import Cause, FormatError, KernelError, Killed
from modtools.formats.elf import ElfFile
from modtools.kernel.module import place_module
from modtools.kernel.module.load import STEPS, name_module
from modtools.kernel.module.load_info import Load
from modtools.kernel.modules import LoadedModule, ModuleState
from modtools.kernel.state import Kernel
from modtools.light import NamedTuple


class Collected(NamedTuple):
    """What was met, in the order of the steps, and the work as far as it went."""

    met: tuple[Met, ...]
    load: Load


_NOT_TRIED: Final = frozenset(
    ("choose_runner", "enter_list", "remember_file", "add_trace_events", "tell_coming", "run_init")
)
"""Steps that refuse nothing, or run code."""
_BEFORE_FILE: Final = frozenset(("check_signature",))
_OF_FILE: Final = frozenset(
    ("check_elf", "check_elf_header", "check_elf_with_struct", "check_elf_and_parts", "check_length", "find_parts")
)
_OF_MODINFO: Final = frozenset(("check_blacklist", "check_struct_version", "check_vermagic", "check_livepatch"))
"""Steps that look only at what a module says of itself, and at its CRCs."""
_IN_MEMORY: Final = frozenset(("relocate", "refuse_duplicates", "add_btf"))


def collect(kernel: Kernel, image: bytes, args: str = "") -> Collected:
    """Go through all steps of loading a module that is not compressed. The kernel is left as if nothing was done."""
    loaded = LoadedModule("", ModuleState.COMING, args=args)
    load = Load(kernel, image, 0, loaded)
    met: list[Met] = []
    for name in kernel.identity.features.steps:
        if name in _NOT_TRIED or not _has_what_it_takes(name, load, met):
            continue
        try:
            STEPS[name](load)
        except KernelError as error:
            met += (Met(name, cause) for cause in error.causes)
        except FormatError as error:
            met.append(Met(name, Cause(causes.ELF_DAMAGED, load.label, str(error))))
        except Killed as killed:
            met += (Met(name, cause) for cause in killed.causes)
            break
        else:
            continue
        _GO_ON.get(name, _nothing)(load)
    for undo in reversed(load.undo):
        undo()
    load.undo.clear()
    return Collected(tuple(met), load)


def _has_what_it_takes(step: str, load: Load, met: Sequence[Met]) -> bool:
    """Return whether a step finds what those before it make. Of what is no module, only little is looked at."""
    if step in _BEFORE_FILE:
        return True
    is_module = not any(each.step in _OF_FILE and each.cause.kind != causes.STRUCT_SIZE for each in met)
    if step in _OF_FILE or step == "name_module":
        return is_module and (load.elf is not None or step.startswith("check_elf"))
    if load.module is None or not (is_module or step in _OF_MODINFO):
        return False
    if step == "refuse_duplicates" and any(each.cause.kind == causes.NAME_TAKEN for each in met):
        return False  # it would be itself that exports the same
    return load.layout is not None or step not in _IN_MEMORY


def _nothing(_: Load) -> None:
    return None


def _open_anyway(load: Load) -> None:
    """Take a file apart that the kernel refuses, as far as it can be."""
    try:
        load.elf = ElfFile.open(load.image)
        name_module(load)
    except (FormatError, AssertionError):
        load.elf = load.module = None


def _without_addresses(load: Load) -> None:
    load.addresses = dict.fromkeys(symbol.name for symbol in load.parsed.elf.symbols[1:] if not symbol.shndx)


def _fill_in(load: Load) -> None:
    assert load.layout is not None
    place_module.fill_in(load.kernel, load.loaded, load.parsed, load.layout)


_GO_ON: Final[Mapping[str, Callable[[Load], None]]] = {
    **dict.fromkeys(_OF_FILE, _open_anyway),
    "resolve_symbols": _without_addresses,
    "relocate": _fill_in,
}
"""What makes the next steps possible after one that refused."""
