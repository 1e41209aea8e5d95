"""The rules by which findings are made: what each is about, and which causes of the kernel it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from modtools import causes
from modtools.light import NamedTuple


class Rule(NamedTuple):
    """A rule: what is found, in a few words, and the function of Linux, or the file, that decides it."""

    summary: str
    source: str


RULES: Final[Mapping[str, Rule]] = {
    "elf-invalid": Rule(
        "The file is no ELF file that the kernel takes.",
        "kernel/module/main.c: elf_validity_check() in 6.1, elf_validity_cache_copy() since 6.4",
    ),
    "elf-machine": Rule(
        "The module was built for another processor.",
        "kernel/module/main.c: elf_validity_check() in 6.1, elf_validity_cache_copy() since 6.4",
    ),
    "elf-stripped": Rule(
        "The file lacks its symbol table, `struct module` or .modinfo.",
        "kernel/module/main.c: setup_load_info() in 6.1, elf_validity_cache_copy() since 6.4",
    ),
    "elf-truncated": Rule(
        "The file ends before its contents do.",
        "kernel/module/main.c: elf_validity_check() in 6.1, elf_validity_cache_copy() since 6.4",
    ),
    "compression-unsupported": Rule(
        "The kernel cannot unpack the file.", "kernel/module/decompress.c: module_decompress()"
    ),
    "signature-bad": Rule(
        "The module is not what was signed.",
        "kernel/module/signing.c: module_sig_check(), mod_verify_sig(); kernel/module_signature.c: mod_check_sig()",
    ),
    "signature-missing": Rule("The module is not signed.", "kernel/module/signing.c: module_sig_check()"),
    "signature-unknown-key": Rule(
        "The module is signed with a key that the kernel does not trust.",
        "kernel/module/signing.c: module_sig_check(); certs/system_keyring.c: verify_pkcs7_signature()",
    ),
    "vermagic-mismatch": Rule(
        "The module was built for another kernel version or configuration.",
        "kernel/module/main.c: check_modinfo(); kernel/module/version.c: same_magic()",
    ),
    "struct-module-size": Rule(
        "The module's `struct module` has another size than the kernel's.",
        "kernel/module/main.c: elf_validity_cache_copy() since 6.4, elf_validity_cache_index_mod() since 6.13",
    ),
    "symbol-version-mismatch": Rule(
        "A symbol's CRC is another one than the kernel's.",
        "kernel/module/version.c: check_version(), check_modstruct_version()",
    ),
    "symbol-version-missing": Rule(
        "The module has no CRC for a symbol that it uses.",
        "kernel/module/version.c: check_version(), check_modstruct_version()",
    ),
    "symbol-unknown": Rule(
        "Nobody exports a symbol that the module needs.", "kernel/module/main.c: simplify_symbols(), resolve_symbol()"
    ),
    "symbol-not-loaded": Rule(
        "A symbol that the module needs is exported by a module that is not loaded.",
        "kernel/module/main.c: simplify_symbols(), resolve_symbol_wait()",
    ),
    "symbol-not-known": Rule(
        "It is not known whether the kernel exports a symbol.", "kernel/module/main.c: simplify_symbols()"
    ),
    "symbol-gpl-only": Rule(
        "The module is not under the GPL, and uses a symbol that is only for those that are.",
        "kernel/module/main.c: find_symbol()",
    ),
    "symbol-namespace": Rule(
        "The module uses a symbol of a namespace that it does not import, or that is not for it.",
        "kernel/module/main.c: verify_namespace_is_imported(), verify_module_namespace() since 6.16",
    ),
    "symbol-proprietary-owner": Rule(
        "The module uses GPL-only symbols and symbols of a proprietary module.",
        "kernel/module/main.c: inherit_taint()",
    ),
    "symbol-duplicate": Rule(
        "The module exports a symbol that is exported already.", "kernel/module/main.c: verify_exported_symbols()"
    ),
    "symbol-common": Rule("The module has a common symbol.", "kernel/module/main.c: simplify_symbols()"),
    "export-flags": Rule(
        "The module's exports have no flags.", "kernel/module/main.c: check_export_symbol_sections() since 7.1"
    ),
    "export-versions": Rule(
        "The module exports symbols without CRCs.",
        "kernel/module/main.c: check_module_license_and_versions() in 6.1, check_export_symbol_versions() in 6.18,"
        " check_export_symbol_sections() since 7.1",
    ),
    "relocation-unsupported": Rule(
        "The module has a relocation that the kernel does not know, or that pymod does not apply.",
        "arch/*/kernel/module.c: apply_relocate_add()",
    ),
    "relocation-overflow": Rule(
        "A relocation's value does not fit into its field.", "arch/*/kernel/module.c: apply_relocate_add()"
    ),
    "relocation-nonzero-target": Rule(
        "The place of a relocation holds something already.",
        "arch/x86/kernel/module.c: __apply_relocate_add() in 6.1, __write_relocate_add() in 6.12",
    ),
    "btf-mismatch": Rule("The module's BTF does not fit the kernel's.", "kernel/bpf/btf.c: btf_module_notify()"),
    "name-loaded": Rule(
        "A module of this name is loaded.",
        "kernel/module/main.c: add_unformed_module(), module_patient_check_exists() since 6.4",
    ),
    "name-builtin": Rule("A module of this name is built into the kernel.", "kernel/module/sysfs.c: mod_sysfs_init()"),
    "name-empty": Rule("The module has no name.", "kernel/module/sysfs.c: mod_sysfs_init()"),
    "name-mismatch": Rule(
        "The module has another name than its file.", "kernel/module/main.c: load_module(); modprobe(8)"
    ),
    "blacklisted": Rule(
        "The kernel's command line or modprobe's configuration keeps the module out.",
        "kernel/module/main.c: blacklisted(); modprobe.d(5)",
    ),
    "parameter-unknown": Rule(
        "A parameter that the module does not have.", "kernel/module/main.c: unknown_module_param_cb()"
    ),
    "parameter-invalid": Rule("A parameter does not accept its value.", "kernel/params.c: parse_args()"),
    "livepatch-unsupported": Rule(
        "The module is a live patch, and the kernel takes none.", "kernel/module/main.c: check_modinfo_livepatch()"
    ),
    "force-needed": Rule("Only force would load the module.", "kernel/module/main.c: try_to_force_load()"),
    "loading-disabled": Rule("The kernel loads no modules at all.", "kernel/module/main.c: may_init_module()"),
    "too-large": Rule(
        "The module wants more memory than there is.", "kernel/module/main.c: layout_and_allocate(), move_module()"
    ),
    "loader-oops": Rule("The kernel itself oopses on this file.", "kernel/module/main.c: load_module()"),
    "file-unreadable": Rule("The file cannot be read.", "fs/kernel_read_file.c: kernel_read_file()"),
    "init-refused": Rule("The module's init returned an error.", "kernel/module/main.c: do_init_module()"),
    "init-oops": Rule("The module's init oopsed or does not end.", "kernel/module/main.c: do_init_module()"),
    "init-unknown": Rule(
        "The module's init was not run to its end, for something is not provided.",
        "kernel/module/main.c: do_init_module()",
    ),
    "kernel-not-known": Rule(
        "What decides about the module is not known of the kernel.", "the files that the kernel was named by"
    ),
    "taint": Rule(
        "Loading the module taints the kernel.",
        "kernel/module/main.c: check_modinfo(), check_module_license_and_versions() in 6.1,"
        " module_augment_kernel_taints() since 6.4; Documentation/admin-guide/tainted-kernels.rst",
    ),
    "retpoline": Rule(
        "The module was built without retpolines.",
        "kernel/module/main.c: check_modinfo_retpoline(); arch/x86/kernel/cpu/bugs.c: retpoline_module_ok()",
    ),
}
"""All rules, by the names that findings have for them."""

OF_CAUSE: Final[Mapping[causes.Kind, str]] = {
    causes.MODULES_DISABLED: "loading-disabled",
    causes.SIGNATURE_BAD: "signature-bad",
    causes.SIGNATURE_ENFORCED: "signature-missing",
    causes.SIGNATURE_LOCKDOWN: "signature-missing",
    causes.COMPRESSION_REFUSED: "compression-unsupported",
    causes.ELF_TOO_SHORT: "elf-truncated",
    causes.ELF_INVALID: "elf-invalid",
    causes.ELF_MACHINE: "elf-machine",
    causes.ELF_DAMAGED: "elf-invalid",
    causes.PARTS_MISSING: "elf-stripped",
    causes.STRUCT_SIZE: "struct-module-size",
    causes.BLACKLISTED: "blacklisted",
    causes.VERMAGIC_MISMATCH: "vermagic-mismatch",
    causes.FORCE_NOT_ALLOWED: "force-needed",
    causes.LIVEPATCH_DISABLED: "livepatch-unsupported",
    causes.NAME_TAKEN: "name-loaded",
    causes.NAME_EMPTY: "name-empty",
    causes.NAME_BUILT_IN: "name-builtin",
    causes.CRC_MISMATCH: "symbol-version-mismatch",
    causes.CRC_MISSING: "symbol-version-missing",
    causes.SYMBOL_UNKNOWN: "symbol-unknown",
    causes.SYMBOL_NOT_KNOWN: "symbol-not-known",
    causes.SYMBOL_LICENSE: "symbol-gpl-only",
    causes.SYMBOL_NAMESPACE: "symbol-namespace",
    causes.SYMBOL_OF_MODULES: "symbol-namespace",
    causes.NAMESPACE_IMPORTED: "symbol-namespace",
    causes.SYMBOL_COMMON: "symbol-common",
    causes.SYMBOL_SECTION: "elf-invalid",
    causes.EXPORTER_LOADING: "symbol-not-loaded",
    causes.EXPORTER_UNLOADING: "symbol-not-loaded",
    causes.BTF_MISMATCH: "btf-mismatch",
    causes.EXPORT_FLAGS: "export-flags",
    causes.EXPORT_DUPLICATE: "symbol-duplicate",
    causes.TOO_LARGE: "too-large",
    causes.RELOCATION_REFUSED: "relocation-unsupported",
    causes.PAGE_FAULT: "loader-oops",
    causes.PARAMETER_INVALID: "parameter-invalid",
    causes.PARAMETER_TOO_LARGE: "parameter-invalid",
    causes.PARAMETER_TOO_MANY: "parameter-invalid",
    causes.CODE_REFUSED: "init-refused",
    causes.CODE_OOPSED: "init-oops",
    causes.CODE_STUCK: "init-oops",
    causes.CODE_INTERRUPTED: "init-oops",
    causes.CODE_STOPPED: "init-unknown",
}
"""The rule for each cause of a refused load, unless its evidence tells of another one."""
