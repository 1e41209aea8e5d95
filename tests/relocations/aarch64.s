// Each function NAME__TYPE of .text leaves in x0 what its NAME says, by way of a relocation of that TYPE: xN is the number N
// (in base 16), any other name the value of that symbol. Built by
//     aarch64-linux-gnu-as -o aarch64.ko aarch64.s

.macro begin name
	.globl	\name
	.type	\name, %function
\name:
.endm

	.text
begin target__ADR_PREL_PG_HI21
	adrp	x0, target
	add	x0, x0, :lo12:target
	ret
begin target__ADR_PREL_PG_HI21_NC
	adrp	x0, :pg_hi21_nc:target
	add	x0, x0, :lo12:target
	ret
begin target__ADD_ABS_LO12_NC
	adrp	x0, target
	add	x0, x0, :lo12:target
	ret
begin x2a__LDST8_ABS_LO12_NC
	adrp	x1, byte
	ldrb	w0, [x1, :lo12:byte]
	ret
begin x1234__LDST16_ABS_LO12_NC
	adrp	x1, half
	ldrh	w0, [x1, :lo12:half]
	ret
begin x12345678__LDST32_ABS_LO12_NC
	adrp	x1, word
	ldr	w0, [x1, :lo12:word]
	ret
begin target__LDST64_ABS_LO12_NC
	adrp	x1, pointer
	ldr	x0, [x1, :lo12:pointer]
	ret
begin target__LDST128_ABS_LO12_NC
	adrp	x1, pair
	ldr	q0, [x1, :lo12:pair]
	umov	x0, v0.d[1]
	ret
begin before__ADR_PREL_PG_HI21
	adrp	x0, before
	add	x0, x0, :lo12:before
	ret
begin before__ADR_PREL_LO21
	adr	x0, before
	ret
begin near__ADR_PREL_LO21
	adr	x0, near
	ret
begin target__LD_PREL_LO19
	ldr	x0, near
	ret
begin target__MOVW_UABS_G3
	movz	x0, #:abs_g3:target
	movk	x0, #:abs_g2_nc:target
	movk	x0, #:abs_g1_nc:target
	movk	x0, #:abs_g0_nc:target
	ret
begin small16__MOVW_UABS_G0
	movz	x0, #:abs_g0:small16
	ret
begin small32__MOVW_UABS_G1
	movz	x0, #:abs_g1:small32
	movk	x0, #:abs_g0_nc:small32
	ret
begin small48__MOVW_UABS_G2
	movz	x0, #:abs_g2:small48
	movk	x0, #:abs_g1_nc:small48
	movk	x0, #:abs_g0_nc:small48
	ret
begin minus16__MOVW_SABS_G0
	movz	x0, #:abs_g0_s:minus16
	ret
begin small16__MOVW_SABS_G0
	movn	x0, #:abs_g0_s:small16
	ret
begin minus32__MOVW_SABS_G1
	movz	x0, #:abs_g1_s:minus32
	movk	x0, #:abs_g0_nc:minus32
	ret
begin minus48__MOVW_SABS_G2
	movz	x0, #:abs_g2_s:minus48
	movk	x0, #:abs_g1_nc:minus48
	movk	x0, #:abs_g0_nc:minus48
	ret
begin near__MOVW_PREL_G0
	adr	x1, 0f
0:	movz	x0, #:prel_g0:near
	add	x0, x0, x1
	ret
begin near__MOVW_PREL_G1
	adr	x1, 0f
0:	movz	x0, #:prel_g1:near
	movk	x0, #:prel_g0_nc:near + 4
	add	x0, x0, x1
	ret
begin before__MOVW_PREL_G1
	adr	x1, 0f
0:	movz	x0, #:prel_g1:before
	movk	x0, #:prel_g0_nc:before + 4
	add	x0, x0, x1
	ret
begin far__MOVW_PREL_G2
	adr	x1, 0f
0:	movz	x0, #:prel_g2:far
	movk	x0, #:prel_g1_nc:far + 4
	movk	x0, #:prel_g0_nc:far + 8
	add	x0, x0, x1
	ret
begin before__MOVW_PREL_G3
	adr	x1, 0f
0:	movz	x0, #:prel_g3:before
	movk	x0, #:prel_g2_nc:before + 4
	movk	x0, #:prel_g1_nc:before + 8
	movk	x0, #:prel_g0_nc:before + 12
	add	x0, x0, x1
	ret
begin x7__TSTBR14
	mov	x0, #0
	tbz	x0, #0, seven
	ret
begin x7__CONDBR19
	mov	x0, #0
	cbz	x0, seven
	ret
begin x7__TSTBR14_back
	mov	x0, #0
	tbz	x0, #0, back
	ret
begin x7__CONDBR19_back
	mov	x0, #0
	cbz	x0, back
	ret
begin x7__JUMP26_back
	b	back
begin x7__JUMP26
	b	seven
begin x7__CALL26
	mov	x19, x30
	bl	seven
	ret	x19
begin x7__CALL26_far
	mov	x19, x30
	bl	far
	ret	x19
begin x7__JUMP26_far
	b	far
begin target__ABS64
	ldr	x0, 0f
	ret
	.balign	8
0:	.xword	target
begin x12345678__ABS32
	ldr	w0, 0f
	ret
0:	.word	small32
begin x1234__ABS16
	adr	x1, 0f
	ldrh	w0, [x1]
	ret
0:	.hword	small16
	.balign	8
begin target__PREL64
	adr	x1, 0f
	ldr	x0, [x1]
	add	x0, x0, x1
	ret
	.balign	8
0:	.xword	target - .
begin target__PREL32
	adr	x1, 0f
	ldrsw	x0, [x1]
	add	x0, x0, x1
	ret
0:	.word	target - .
begin near__PREL16
	adr	x1, 0f
	ldrsh	x0, [x1]
	add	x0, x0, x1
	ret
0:	.hword	near - .
	.balign	4
	.reloc	., R_AARCH64_NONE, near
	nop

	.section .text.near, "ax", %progbits
	.globl	seven, near
seven:	mov	x0, #7
	ret
	.balign	8
near:	.xword	target

	// As Linux has it: filled when branches do not reach. There is room for one veneer, which two branches share.
	.section .plt, "ax", %progbits
	.skip	12

	.data
	.skip	0x1e30
	.globl	target
target:	.xword	0
byte:	.byte	0x2a
	.balign	2
half:	.hword	0x1234
	.balign	4
word:	.word	0x12345678
	.balign	8
pointer: .xword	target
	.balign	16
pair:	.xword	0, target
