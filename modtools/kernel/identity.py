"""Which kernel it is: its names, the options that it was built with, and what is not known of it."""

from __future__ import annotations

from modtools.kernel.facts import SYMBOLS
from modtools.light import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from modtools.kernel.features import Features


class BuildOptions(NamedTuple):
    """The kernel's build options that loading depends on, as in Debian's 6.1.0-56-amd64.

    `compression` is what the kernel unpacks itself: "gzip", "xz", "zstd", or "" for nothing. `xz_filters` are the
    filters for code that it knows then, by the names in `modtools.formats.xzkernel`. `preemption` is how the kernel can
    be preempted, as kernels since 6.15 say it: "PREEMPT(voluntary)", "NONE"; "" where that is not told.
    """

    modversions: bool = True
    module_sig: bool = True
    force_load: bool = True
    force_unload: bool = True
    kallsyms_all: bool = True
    retpoline: bool = True
    livepatch: bool = True
    compression: str = ""
    xz_filters: str = ""
    preemption: str = ""


_ENABLED = {
    "modversions": ("MODVERSIONS",),
    "module_sig": ("MODULE_SIG",),
    "force_load": ("MODULE_FORCE_LOAD",),
    "force_unload": ("MODULE_FORCE_UNLOAD",),
    "kallsyms_all": ("KALLSYMS_ALL",),
    # Linux commit aefb2f2e619b "x86/bugs: Rename CONFIG_RETPOLINE => CONFIG_MITIGATION_RETPOLINE" (v6.9).
    "retpoline": ("RETPOLINE", "MITIGATION_RETPOLINE"),
    "livepatch": ("LIVEPATCH",),
}
"""The build options, without CONFIG_, of which one being "y" makes a field of `BuildOptions` true."""
_COMPRESSIONS = ("gzip", "xz", "zstd")


def build_options(config: Mapping[str, str]) -> BuildOptions:
    """Return what a kernel's whole configuration, of options without CONFIG_, says of loading."""
    from modtools.formats.xzkernel import FILTERS  # `pymod lsmod` reads no configuration, and would start later

    on = {name for name, value in config.items() if value == "y"}
    chosen = [name for name in _COMPRESSIONS if f"MODULE_COMPRESS_{name.upper()}" in on]
    return BuildOptions(
        **{field: not on.isdisjoint(names) for field, names in _ENABLED.items()},
        compression=chosen[0] if chosen and "MODULE_DECOMPRESS" in on else "",
        xz_filters=" ".join(name for name in FILTERS if f"XZ_DEC_{name.upper()}" in on),
        preemption=_preemption(on),
    )


MODELS = ("none", "voluntary", "lazy", "full")
"""What a kernel can be told to do at boot that was built with CONFIG_PREEMPT_DYNAMIC."""


def _preemption(on: Set[str]) -> str:
    """Return how a kernel with these options can be preempted, as it says it itself; "" where no option tells.

    From Linux 6.15: `kernel/sched/core.c: preempt_model_str(), preempt_dynamic_init()`.
    """
    if "PREEMPT_BUILD" not in on:
        words = {"PREEMPT_VOLUNTARY_BUILD": "VOLUNTARY", "PREEMPT_NONE_BUILD": "NONE"}
        return next((word for option, word in words.items() if option in on), "")
    model = next((model for model in MODELS if f"PREEMPT_{model.upper()}" in on), "full")
    dynamic, lazy = "PREEMPT_DYNAMIC" in on, "PREEMPT_LAZY" in on
    told = f"({model})" if dynamic else "LAZY" if lazy else ""
    if "PREEMPT_RT" not in on:
        return f"PREEMPT{told}"
    return f"PREEMPT_{{RT,{told}}}" if dynamic or lazy else "PREEMPT_RT"


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
