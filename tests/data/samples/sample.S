/*
 * What kbuild leaves in a module, and nothing else, for an assembler of any architecture.
 *
 *   BITS    32 or 64
 *   PREL    1: __ksymtab has 32-bit differences to their own place; 0: pointers
 *   SPACES  1: with namespaces, since Linux 5.4; 0: without
 *   CRCS    0: CRCs stand in __kcrctab; 1: in absolute symbols; 2: in read-only data, found by differences;
 *           3: in pointer-sized absolute symbols, before Linux 4.11
 *   FLAGS   1: what is GPL-only stands in __kflagstab; 0: it is in tables of its own
 */

.macro pointer value
	.if BITS == 64
	.8byte \value
	.else
	.4byte \value
	.endif
.endm

.macro reference value
	.if PREL
	.4byte \value - .
	.else
	pointer \value
	.endif
.endm

.macro export name, gpl, crc, space
	.if FLAGS
	.section __kflagstab, "a", %progbits
	.byte \gpl
	export_to \name, "", \crc, "\space"
	.elseif \gpl
	export_to \name, _gpl, \crc, "\space"
	.else
	export_to \name, "", \crc, "\space"
	.endif
.endm

.macro export_to name, suffix, crc, space
	.section __ksymtab_strings, "aMS", %progbits, 1
__kstrtab_\name:
	.asciz "\name"
__kstrtabns_\name:
	.asciz "\space"
	.section __ksymtab\suffix, "a", %progbits
	.balign 4
__ksymtab_\name:
	reference \name
	reference __kstrtab_\name
	.if SPACES
	reference __kstrtabns_\name
	.endif
	.if CRCS == 2
	.section .rodata, "a", %progbits
	.balign 4
	.globl __crc_\name
__crc_\name:
	.4byte \crc
	.endif
	.if CRCS & 1
	.globl __crc_\name
	.set __crc_\name, \crc
	.endif
	.section __kcrctab\suffix, "a", %progbits
	.if CRCS == 0
__crc_\name:
	.4byte \crc
	.endif
	.if CRCS == 1
	.4byte __crc_\name
	.endif
	.if CRCS == 2
	.4byte __crc_\name - .
	.endif
	.if CRCS == 3
	pointer __crc_\name
	.endif
.endm

.macro version crc, name
	.section __versions, "a", %progbits
9:	pointer \crc
	.ascii "\name"
	.zero 64 - (. - 9b)
.endm

.macro parameter name, ops, mode, level, flags, place
	.section .rodata, "a", %progbits
__param_str_\name:
	.asciz "\name"
	.section __param, "aw", %progbits
	pointer __param_str_\name
	pointer __this_module
	pointer \ops
	.2byte \mode
	.byte \level, \flags
	.if BITS == 64
	.4byte 0
	.endif
	pointer \place
.endm

	.text
	.globl init_module, cleanup_module, alpha, gamma
	.zero 16
alpha:	.zero 16
init_module:
	.zero 16
cleanup_module:
	.zero 16

	.section .rodata, "a", %progbits
	.asciz "padding"

	.data
	.globl beta
	.zero 8
beta:	.zero 8
number:	.zero 4
	.balign 8
text:	.zero 8
gamma:	.zero 4

	.section .bss, "aw", %nobits
	.zero 32
	.weak maybe
	.globl needed
	.section .data.refs, "aw", %progbits
	pointer needed
	pointer maybe
	pointer text + 8

	export alpha, 0, 0x11223344, ""
	export beta, 0, 0xfedcba98, "SAMPLE_NS"
	export gamma, 1, 0x00000007, ""

	version 0x89abcdef, module_layout
	version 0x00000001, needed

	parameter number, param_ops_int, 0644, -1, 0, number
	parameter text, param_ops_charp, 0400, 5, 1, text + 0

	.section .modinfo, "a", %progbits
	.asciz "license=GPL"
	.zero 5
	.asciz "parmtype=number:int"
	.asciz "vermagic=6.1.0 SMP mod_unload modversions "
	.asciz "name=sample"

	.section .gnu.linkonce.this_module, "aw", %progbits
	.globl __this_module
__this_module:
	.zero 3 * BITS / 8		/* state and list */
	.asciz "sample"
	.zero 57
	.balign 8
	pointer init_module
	.zero 32
	pointer cleanup_module
