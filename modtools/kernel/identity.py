"""Which kernel it is: its names, the options that it was built with, and what is not known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from modtools.kernel.facts import SYMBOLS

if TYPE_CHECKING:
    from modtools.kernel.features import Features


class BuildOptions(NamedTuple):
    """The kernel's build options that loading depends on, as in Debian's 6.1.0-56-amd64."""

    modversions: bool = True
    module_sig: bool = True
    force_load: bool = True
    force_unload: bool = True
    kallsyms_all: bool = True
    retpoline: bool = True
    livepatch: bool = True


class Identity(NamedTuple):
    """Which kernel it is. `version` is the text of /proc/version.

    `profile` names the profile in the package that its symbols, keys and built-in modules come from; `symbols` is the
    file beside the state that has the symbols instead. `booted_from` says in words what was booted. `unknown` are the
    `facts` that this does not tell: what stands here for them is only assumed.
    """

    release: str
    machine: str
    vermagic: str
    version: str
    cmdline: str
    profile: str = ""
    symbols: str = ""
    booted_from: str = ""
    config: BuildOptions = BuildOptions()
    unknown: tuple[str, ...] = ()

    @property
    def features(self) -> Features:
        """Return what this kernel does in its own way."""
        from modtools.kernel.features import features_of  # `pymod lsmod` does not load, and would start later

        return features_of(self.machine, self.release, self.vermagic)

    @property
    def symbols_complete(self) -> bool:
        """Return whether the kernel exports no other symbols than are listed."""
        return SYMBOLS not in self.unknown
