"""What each rule is about, at length: the cause, a case of it, and what to do.

These texts make docs/rules (`python -m tools.rules`) and what `pymod explain RULE` prints. Whoever only needs a rule's
name and summary imports `modtools.diagnose.rules`. What they say holds from Linux 6.1 to 7.1; what differs says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from modtools.light import NamedTuple


class Text(NamedTuple):
    """A rule at length: why it is, what its example shows, and what to do."""

    cause: str
    example: str
    fix: str


_REBUILD: Final = "Build the module with the headers of this very kernel: `make -C /lib/modules/RELEASE/build M=$PWD`."

TEXTS: Final[Mapping[str, Text]] = {
    "elf-invalid": Text(
        "A module is a relocatable ELF file (`ET_REL`). Before anything else is looked at, the kernel checks the ELF"
        " header and every section header: type, sizes, offsets within the file, and the table of section names. The"
        " first thing that is wrong ends the load with ENOEXEC; since Linux 5.16 the log says which it was. Linux 6.4"
        " and 6.13 added checks, so that a later kernel may refuse a file that an earlier one takes.",
        "The header names a section that is not there as the one with the names of all sections.",
        "The file is damaged, or is no module: copy or build it again. An executable or a shared library cannot be"
        " loaded; a module is linked by kbuild with `ld -r`.",
    ),
    "elf-machine": Text(
        "The ELF header names the processor that the code is for (`e_machine`), and the kernel takes only its own. It"
        " says so as `Invalid architecture in ELF header`, and insmod as `Invalid module format`.",
        "The header of a module for x86-64 was changed to name another processor.",
        "Build the module for the kernel's processor: `make ARCH=… CROSS_COMPILE=…`, with that kernel's headers.",
    ),
    "elf-stripped": Text(
        "A module needs its symbol table, for its relocations name symbols by it, and the section"
        " `.gnu.linkonce.this_module` with its `struct module`. `strip` without options removes the first, which makes"
        " the file useless: `module has no symbols (stripped?)`.",
        "The module's symbol table is gone.",
        "Strip a module with `strip --strip-debug` only (`make INSTALL_MOD_STRIP=1 modules_install` does that), and"
        " before it is signed.",
    ),
    "elf-truncated": Text(
        "The file is shorter than its own header says: the table of section headers, which stands at the end, lies"
        " beyond it. So end copies and downloads that were cut off, and files on a disk that was full. The kernel says"
        " `Invalid ELF section header overflow`, or that the header's length is invalid.",
        "Only the first 4000 bytes of a module were copied.",
        "Copy or download the file again, and compare its size or checksum with the original.",
    ),
    "compression-unsupported": Text(
        "kmod hands a compressed module to the kernel as it is, if the kernel says that it unpacks this format itself"
        " (`CONFIG_MODULE_DECOMPRESS`, `/sys/module/compression`); else kmod unpacks it. The kernel's own XZ reader is"
        " smaller than the program: it knows the check CRC32 or none, and limits the dictionary. A file that it cannot"
        " read is refused with EINVAL, and the log has `decompression failed with status N`.",
        "The module was compressed by `xz` as it does by default, with CRC64; this kernel unpacks XZ itself.",
        "Compress modules as `make modules_install` does: `xz --check=crc32 --lzma2=dict=1MiB`, or `gzip -n`, or"
        " `zstd`; the kernel's `CONFIG_MODULE_COMPRESS_…` tells which of them. Or do not compress it.",
    ),
    "signature-bad": Text(
        "Something stands behind `~Module signature appended~`, and it is no sound signature of this file: its trailer"
        " or message is damaged (EBADMSG), or the module was changed after it was signed (EKEYREJECTED). This is"
        " refused whether or not the kernel insists on signatures.",
        "The file ends as signed modules do, and what stands before that end is no signature.",
        "Sign the file again after its last change, with `scripts/sign-file`; stripping it or writing into it after"
        " that breaks the signature. A signature that is cut off altogether is no error where unsigned modules load.",
    ),
    "signature-missing": Text(
        "The kernel loads only signed modules: it was built with `CONFIG_MODULE_SIG_FORCE`, booted with"
        " `module.sig_enforce=1` (EKEYREJECTED), or is locked down, as Debian's and others are under Secure Boot"
        " (EPERM). The module has no signature.",
        "The kernel was booted with `module.sig_enforce=1`.",
        "Sign the module with a key that the kernel trusts: one of its own, or one that the owner of the machine has"
        " enrolled with `mokutil --import`. DKMS makes such a key and signs with it.",
    ),
    "signature-unknown-key": Text(
        "The module is signed, and none of the keys that the kernel trusts is the one that signed it (ENOKEY). Trusted"
        " are the keys that were built into the kernel and, on UEFI, those of the firmware's and the machine owner's"
        " lists. Such a module counts as unsigned: it taints the kernel, and is refused only where signatures are"
        " enforced.",
        "A module that somebody has signed with a key of his own, on a kernel that enforces signatures.",
        "Enrol the key's certificate (`mokutil --import KEY.der`, then reboot), or sign with a key that is trusted."
        " A kernel that was built again has a new key, unless `CONFIG_MODULE_SIG_KEY` names one: its modules have to be"
        " those of the same build.",
    ),
    "vermagic-mismatch": Text(
        "`vermagic` in .modinfo names the kernel that a module was built for: its release, and the options that change"
        " how code and kernel fit together (SMP, preempt, mod_unload, modversions, the layout's randomisation). All of"
        " it must be equal. Only where both sides have CRCs of symbols (`CONFIG_MODVERSIONS`) the release is left out,"
        " and the CRCs decide in its place.",
        "The module was built for a kernel with another kind of preemption.",
        _REBUILD + " `modinfo -F vermagic FILE` shows for which kernel a file was built. `modprobe --force-vermagic`"
        " only hides the difference, and most kernels do not allow it.",
    ),
    "struct-module-size": Text(
        "The module brings its own `struct module`, whose size depends on the kernel's version and configuration. Since"
        " Linux 6.4 the kernel compares it with its own and refuses another size with ENOEXEC; earlier kernels do not"
        " look, and may oops.",
        "A module of Linux 6.1 on Linux 6.12.",
        _REBUILD + " Headers of the same release with another configuration are not enough.",
    ),
    "symbol-version-mismatch": Text(
        "With `CONFIG_MODVERSIONS` each exported symbol has a CRC of its prototype and of all structures that it"
        " reaches. The module notes in `__versions` those that it was built with, and the kernel compares each:"
        " `disagrees about version of symbol …`. If `module_layout` differs, the kernels differ in version or"
        " configuration as a whole; if one of many differs, that function or a structure in it was changed.",
        "One CRC of the module was changed.",
        _REBUILD + " For a symbol of another module outside of the tree, build against that module's Module.symvers"
        " (`KBUILD_EXTRA_SYMBOLS`).",
    ),
    "symbol-version-missing": Text(
        "The kernel has CRCs, and the module has none for a symbol that it uses: it was built without"
        ' `CONFIG_MODVERSIONS`, or modpost did not find the symbol in a Module.symvers (`WARNING: modpost: "…"'
        " undefined!`). A module without any CRC would load only by force. Where only some are missing, Linux warns"
        " (`no symbol version for …`) and goes on; Debian's kernels refuse it.",
        "The module's CRC for `_printk` was taken out.",
        "Build the module with the Module.symvers of everything that it uses: that of the kernel's build, and with"
        " `KBUILD_EXTRA_SYMBOLS=…` those of other modules outside of the tree.",
    ),
    "symbol-unknown": Text(
        "The module uses a symbol that nothing exports: neither the kernel nor a module that is loaded, given beside"
        " it, or in the module tree. Mostly it is one that other kernels export: gone or renamed in this version, not"
        " in this configuration, or no longer exported. The kernel says `Unknown symbol … (err -2)`; a weak symbol"
        " would be left out.",
        "A module that uses two symbols of nobody.",
        "Find who has it: `grep SYMBOL Module.symvers` in the kernel's build, `pymod diff` between the kernels that"
        " work and that do not. Load the module that exports it, enable the option that it belongs to, or change the"
        " code to what replaced it.",
    ),
    "symbol-not-loaded": Text(
        "The symbol is exported by a module that is there and not loaded: insmod does not look for it. `pymod check`"
        " loads such modules first, from among the given files and the tree; so this is found where that one does not"
        " load itself, or is just being loaded or removed.",
        "The module that exports the symbol was given too, and is refused.",
        "Load the exporting module first, or use modprobe, which does; for modules outside of the tree after copying"
        " them below `/lib/modules/RELEASE` and `depmod`. If that one is refused, mend it first.",
    ),
    "symbol-not-known": Text(
        "Whether the kernel exports the symbol is not known: what named the kernel (a configuration, a module, a tree)"
        " has no complete list of its symbols. This is no refusal, and the verdict is unknown.",
        "The kernel is named by nothing but its configuration.",
        "Name what has the list as well: the kernel's image, its System.map, or the Module.symvers of its headers or"
        " build; several words with commas between are one kernel.",
    ),
    "symbol-gpl-only": Text(
        "Symbols exported by EXPORT_SYMBOL_GPL() are only for modules whose MODULE_LICENSE() is compatible with the GPL"
        " (`GPL`, `GPL v2`, `GPL and additional rights`, `Dual BSD/GPL`, `Dual MIT/GPL`, `Dual MPL/GPL`). To others"
        " they do not exist: the kernel says `Unknown symbol`. A module without a licence counts as proprietary.",
        "A module under the licence `Proprietary`, which uses symbols of EXPORT_SYMBOL_GPL().",
        "If the code is yours and is under a compatible licence, say so with MODULE_LICENSE(). Otherwise do without the"
        " symbol.",
    ),
    "symbol-namespace": Text(
        "A symbol may be exported into a namespace, which a module has to import with MODULE_IMPORT_NS(); else the load"
        " fails with EINVAL (unless the kernel was built with `CONFIG_MODULE_ALLOW_MISSING_NAMESPACE_IMPORTS`). Since"
        " Linux 6.16 there are also namespaces for named modules only (EXPORT_SYMBOL_FOR_MODULES()): no other module"
        " may use their symbols, and importing one is an error.",
        "The module uses a symbol of a namespace and does not import that.",
        'Add `MODULE_IMPORT_NS("NAME");` to the module (without quotes before Linux 6.13), which `make nsdeps` does'
        " for you. A namespace for modules is not yours to import: do without its symbols.",
    ),
    "symbol-proprietary-owner": Text(
        "A module that uses a symbol of a proprietary module becomes proprietary itself. If it uses GPL-only symbols"
        " as well, the kernel refuses it (since Linux 5.9): `module using GPL-only symbols uses symbols … from"
        " proprietary module …`. So a GPL layer between a proprietary module and the kernel's GPL-only symbols does"
        " not load.",
        "A module that uses symbols of a proprietary module and GPL-only symbols.",
        "Do without one of the two kinds of symbols.",
    ),
    "symbol-duplicate": Text(
        "The module exports a symbol that the kernel or a loaded module exports already: `exports duplicate symbol …"
        " (owned by …)`, ENOEXEC. Two builds of one driver, or a driver's copy with another name, do that.",
        "A module that exports a symbol that another one has.",
        "Load only one of the two: remove the other with `rmmod`, or keep it from being loaded by a line"
        " `blacklist NAME`. If both are wanted, rename the symbol.",
    ),
    "symbol-common": Text(
        "The module has an uninitialised global variable as a common symbol (`SHN_COMMON`), to which no memory is given"
        " in a relocatable file. The kernel says `please compile with -fno-common`.",
        "The module was compiled with -fcommon.",
        "Compile with `-fno-common`, as kbuild does; for objects of others, link with `ld -d -r`, which gives common"
        " symbols their memory.",
    ),
    "export-flags": Text(
        "Since Linux 7.1 the licence class of an exported symbol is a flag in the section `__kflagstab`, in place of a"
        " table of its own for GPL-only symbols. A module that exports symbols and has no such section was built for an"
        " earlier kernel: `no flags for exported symbols`.",
        "A module of Linux 6.1 that exports a symbol, on Linux 7.1.",
        _REBUILD,
    ),
    "export-versions": Text(
        "The kernel was built with `CONFIG_MODVERSIONS`, and the module exports symbols without CRCs (no section"
        " `__kcrctab`). Modules that use them could not be compared, so only force would load it: `no versions for"
        " exported symbols`.",
        "The section with the CRCs of its exports was renamed.",
        "Build the module with `CONFIG_MODVERSIONS`, which the kernel's own headers have set. For symbols of assembler"
        " code declare a prototype in `asm/asm-prototypes.h`, else they get no CRC.",
    ),
    "relocation-unsupported": Text(
        "A relocation is a place in the code that takes an address when the module is loaded. The kernel knows those"
        " that its own build flags bring; another one, such as those of `-fPIC` through a GOT, ends the load with"
        " ENOEXEC. As a note: pymod does not apply the relocations of this processor, and so cannot tell whether their"
        " values fit.",
        "The type of one relocation was changed to one that the kernel does not have.",
        "Build the module by kbuild, which sets the right flags, and with the same compiler as the kernel. Do not link"
        " objects into it that were built for programs.",
    ),
    "relocation-overflow": Text(
        "The address that a relocation is to write does not fit into its field: the target is too far away for 32 bits,"
        " or on other processors for the reach of a branch. The kernel says `overflow in relocation type N val V` and"
        " often `likely not compiled with -mcmodel=kernel`.",
        "The number that is added to an address in the code was changed to a very large one.",
        "Build the module by kbuild with the flags of this kernel (`-mcmodel=kernel` on x86-64). Make it smaller, if it"
        " is larger than what a branch reaches.",
    ),
    "relocation-nonzero-target": Text(
        "On x86-64 the place that a relocation writes to must be zero before, for the value stands in the relocation."
        " Something else there means that the file was relocated already, or is damaged; the kernel says"
        " `Skipping invalid relocation target, existing value is nonzero`, and refuses with ENOEXEC.",
        "Four bytes of the code, where an address is to be written, were changed.",
        "Build the module again. Tools that write into a module after the link (signing aside) do such things.",
    ),
    "btf-mismatch": Text(
        "The module brings BTF, descriptions of its types, which follow those of the kernel that it was built against."
        " If they do not fit, the kernel logs it and loads the module without; one that was built without"
        " `CONFIG_MODULE_ALLOW_BTF_MISMATCH` refuses it with EINVAL.",
        "The header of a module's BTF was changed, and the kernel does not allow that.",
        "Build the module against this kernel's own `vmlinux`, or without BTF: `strip --strip-debug` keeps it, `objcopy"
        " -R .BTF` takes it out.",
    ),
    "name-loaded": Text(
        "A module of this name is loaded: EEXIST, `File exists`. The name is the one inside the file, so a file with"
        " another name can meet it. One that is still loading or being removed gives EBUSY.",
        "The module is loaded already.",
        "Remove the one that is there (`rmmod NAME`), if the new one is to take its place. modprobe takes this for"
        " success, except with `--first-time`.",
    ),
    "name-builtin": Text(
        "The name is that of something built into the kernel, which has a folder in `/sys/module`: the kernel says"
        " `module is already loaded` and refuses with EINVAL.",
        "A module with the name `printk`, which the kernel has.",
        "Nothing has to be loaded. To use another build of the driver, build a kernel where it is a module (`=m`);"
        " a module of your own with that name needs another one.",
    ),
    "name-empty": Text(
        "`struct module` has an empty name, so there can be no folder in `/sys/module`. kbuild writes the name, so that"
        " such a file was made by other means or damaged.",
        "The name in `struct module` was overwritten with zeros.",
        "Build the module by kbuild (`obj-m`), which sets `KBUILD_MODNAME`.",
    ),
    "name-mismatch": Text(
        "The module has a name of its own, in `struct module`, and its file was renamed. depmod and modprobe go by the"
        " file's name; the kernel, lsmod, rmmod and `/sys/module` by the one inside. Options and blacklist lines go by"
        " the file's name.",
        "A module's file was renamed.",
        "Give the file the name that the module has, or rename it in the Makefile (`obj-m := NAME.o`) and build again.",
    ),
    "blacklisted": Text(
        "As an error: `module_blacklist=` on the kernel's command line names the module, and the kernel refuses it with"
        " EPERM, whoever loads it. As a note: a line `blacklist` in modprobe's configuration keeps the module's aliases"
        " from loading it, so that its device gets no driver; by its name, and as a dependency, it loads all the same.",
        "The kernel was booted with `module_blacklist=hello_export`.",
        "Take the name out of the command line, or the line out of the file that the finding names. To keep a module"
        " out wholly by configuration, write `install NAME /bin/false`.",
    ),
    "parameter-unknown": Text(
        "The module has no parameter of this name. The kernel passes over it (`unknown parameter '…' ignored`) and"
        " loads the module, which then is not set up as it was meant.",
        "A parameter was given that the module does not have.",
        "`modinfo -p FILE` lists the parameters; `-` and `_` are the same. Look whether this version of the driver"
        " still has it, and for lines `options` in /etc/modprobe.d.",
    ),
    "parameter-invalid": Text(
        "The parameter's type does not take the value: no number, out of the type's range, too many elements for an"
        " array, no value where one is needed. The kernel says `` `…' invalid for parameter `…' `` and refuses the"
        " module with EINVAL or ERANGE; a text that is too long gives ENOSPC.",
        "A parameter of type `int` was given a word.",
        "Give a value as the finding describes it. `modinfo -p FILE` shows the type.",
    ),
    "livepatch-unsupported": Text(
        "The module says in .modinfo that it is a live patch (`livepatch=Y`), and the kernel was built without"
        " `CONFIG_LIVEPATCH`: ENOEXEC.",
        "A live patch, on a kernel whose configuration has none.",
        "Use a kernel with `CONFIG_LIVEPATCH` on a processor that has it, namely the one that the patch was made for.",
    ),
    "force-needed": Text(
        "Something that tells whether module and kernel fit is missing: its vermagic, or all CRCs. A kernel with"
        " `CONFIG_MODULE_FORCE_LOAD` loads such a module and marks itself as tainted (F); others refuse it with"
        " ENOEXEC.",
        "The module has no vermagic.",
        _REBUILD,
    ),
    "loading-disabled": Text(
        "`kernel.modules_disabled` was set to 1. From then on the kernel loads and removes no modules, until it is"
        " booted again: EPERM.",
        "After `sysctl kernel.modules_disabled=1`.",
        "Boot again, and load all that is needed before the switch is set.",
    ),
    "too-large": Text(
        "The module's sections together ask for more memory than the kernel's area for modules has: on x86-64 about 1.5"
        " GB, on other processors less. ENOMEM. A table of sizes that is damaged looks the same.",
        "A section of the module was made to ask for 3 GB.",
        "Look at `size -A FILE` for the section. Large data belong into memory that is asked for at run time"
        " (`vmalloc()`), or into a firmware file.",
    ),
    "loader-oops": Text(
        "Linux trusts a module's contents in many places, and does not survive some files: it follows an offset or"
        " index that leads outside. The kernel oopses in `load_module()` or below, insmod is killed, and the module"
        " stays in the list, half loaded.",
        "The table of symbols in this file leads outside of it.",
        "Do not load the file. Build or copy it again; which place of it is damaged shows in other findings and by"
        " `readelf -a`.",
    ),
    "file-unreadable": Text(
        "insmod, modprobe or the kernel could not read the file: it is not there or not allowed, it is a folder, or it"
        " cannot be unpacked by kmod either.",
        "A compressed module that was cut off: kmod unpacks it for this kernel, and cannot.",
        "Look at the file itself: `ls -l`, `file`, `xz -t`. An empty file is what is left of a copy to a full disk.",
    ),
    "init-refused": Text(
        "All checks were passed, and the module's own init returned an error. -19 (ENODEV) says that the device is not"
        " there; -16 (EBUSY) that something holds what it needs; others are the driver's own. insmod prints that error"
        " in its words, which sound as if the file was wrong. Only found with `--run`.",
        "A module whose init returns -ENODEV.",
        "Look at what the driver logged, and into its init. Where only hardware is missing, the module is sound.",
    ),
    "init-oops": Text(
        "The module's init does what the processor or the kernel does not allow, such as following a null pointer, or"
        " does not end. The kernel kills the process that loads it, and the module stays in the list and cannot be"
        " removed. Only found with `--run`.",
        "A module whose init writes to address 0.",
        "The log names the instruction as function+offset: `addr2line -e FILE` or `gdb FILE` lead to the line in the"
        " source.",
    ),
    "init-unknown": Text(
        "The module's init was run in the emulator until it needed something that pymod does not provide: a function of"
        " the kernel, hardware, a structure. What it would have done after that is not known. Only found with"
        " `--run`.",
        "A module whose init calls a function that pymod does not have.",
        "Everything before init was checked, and holds. For the rest, load it on a machine or in a virtual one.",
    ),
    "kernel-not-known": Text(
        "The verdict rests on a fact that the named files do not tell of the kernel, such as its version magic or its"
        " CRCs. So it is unknown, and the exit status 3.",
        "The kernel is named by its Module.symvers, which does not tell its release and options.",
        "Name more of the kernel: its image, its headers or build, its Module.symvers; several with commas between are"
        " one kernel. `pymod boot` says what each of them tells.",
    ),
    "taint": Text(
        "Loading the module sets a letter in the kernel's taint, which stays until the next boot, and which those who"
        " get bug reports look at: P proprietary, O built outside of the tree, E not signed, C staging, K live patch,"
        " N test, F forced. The module works all the same.",
        "A module that was built outside of the kernel's tree and is not signed.",
        "Nothing has to be done. E goes if a trusted key signs it, P with a compatible licence; O stays with all that"
        " is not in the kernel's own tree.",
    ),
    "retpoline": Text(
        "The kernel was built with retpolines, against Spectre v2, and the module says nothing of them: .modinfo has no"
        " `retpoline=Y`. On a processor that needs them the kernel warns (`loading module not compiled with retpoline"
        " compiler`) and counts as vulnerable; it loads the module. Found on x86 only.",
        "The line `retpoline=Y` was taken out of .modinfo.",
        "Build the module by kbuild with a compiler that has `-mindirect-branch=thunk-extern` (GCC) or"
        " `-mretpoline-external-thunk` (Clang), and this kernel's configuration.",
    ),
}
"""The texts, by the names of the rules."""
