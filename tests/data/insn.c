// SPDX-License-Identifier: GPL-2.0
/* insn: carry out one instruction, or a few, and tell what is in the registers afterwards.
 *   what=NAME   which of the list below     n=NUMBER   for int: the vector; else what is in RCX (an MSR's number)
 * Each ends with the error ECANCELED, so that it can be inserted again.
 */
#include <linux/module.h>
#include <linux/moduleparam.h>

static char *what = "nop";
module_param(what, charp, 0);
static unsigned int n;
module_param(n, uint, 0);
static unsigned long area[1024] __aligned(4096);

/* In each: RBX and RDI hold area's address, RCX n, RAX and RDX area[0] and area[1], which are 0 and 0 at first. */
#define LIST \
	X(nop, "nop") X(rdrand, "rdrand %rax; setc %al; movzbl %al, %eax") X(rdseed, "rdseed %rax") \
	X(rdrand16, "xor %eax, %eax; rdrand %ax; setc %al; movzbl %al, %eax") \
	X(rdtscp, "rdtscp") X(rdpmc, "rdpmc") X(xgetbv, "xgetbv") X(xsetbv, "xsetbv") X(rdpid, "rdpid %rax") \
	X(rdpkru, "rdpkru") X(wrpkru, "wrpkru") X(clac, "clac") X(stac, "stac") \
	X(sgdt, "sgdt (%rbx)") X(sidt, "sidt (%rbx)") X(sldt, "sldt %rax") X(str, "str %rax") X(smsw, "smsw %rax") \
	X(lgdt, "sgdt (%rbx); lgdt (%rbx)") X(lidt, "sidt (%rbx); lidt (%rbx)") X(lldt, "sldt %ax; lldt %ax") \
	X(ltr, "str %ax; ltr %ax") X(lmsw, "smsw %ax; lmsw %ax") X(clts, "clts") \
	X(rcr0, "mov %cr0, %rax") X(rcr2, "mov %cr2, %rax") X(rcr3, "mov %cr3, %rax") X(rcr4, "mov %cr4, %rax") \
	X(rcr8, "mov %cr8, %rax") X(wcr0, "mov %cr0, %rax; mov %rax, %cr0") X(wcr2, "mov %rbx, %cr2; mov %cr2, %rax; sub %rbx, %rax") \
	X(wcr3, "mov %cr3, %rax; mov %rax, %cr3; xor %eax, %eax") X(wcr4, "mov %cr4, %rax; mov %rax, %cr4") \
	X(wcr8, "mov %cr8, %rax; mov %rax, %cr8") X(wcr4bad, "mov %cr4, %rax; bts $60, %rax; mov %rax, %cr4") \
	X(wcr0bad, "mov %cr0, %rax; bts $40, %rax; mov %rax, %cr0") X(rcr1, ".byte 0x0f,0x20,0xc8") \
	X(wcr0wp, "mov %cr0, %rax; mov %rax, %rdx; btr $16, %rax; mov %rax, %cr0; mov %rdx, %cr0") \
	X(rdr0, "mov %db0, %rax") X(rdr3, "mov %db3, %rax") X(rdr4, "mov %db4, %rax") X(rdr6, "mov %db6, %rax") \
	X(rdr7, "mov %db7, %rax") X(wdr0, "mov %rbx, %db0; mov %db0, %rax; sub %rbx, %rax") X(wdr7, "mov %db7, %rax; mov %rax, %db7") \
	X(rdmsr, "rdmsr") X(wrmsr, "rdmsr; wrmsr") X(wrmsr0, "wrmsr") \
	X(invd, "invd") X(wbinvd, "wbinvd") X(wbnoinvd, "wbnoinvd") X(invlpg, "invlpg (%rbx)") X(invpcid, "invpcid (%rbx), %rax") \
	X(cli, "pushf; cli; pushf; pop %rax; popf") X(sti, "sti; pushf; pop %rax") X(stihlt, "sti; hlt") X(clihlt, "cli; hlt") \
	X(hlt, "hlt") X(pushf, "pushf; pop %rax") X(popf_ac, "pushf; pop %rax; push %rax; or $0x40000, %rax; push %rax; popf; pushf; pop %rax; popf") \
	X(popf_iopl, "pushf; pop %rdx; mov %rdx, %rax; or $0x3000, %rax; push %rax; popf; pushf; pop %rax; push %rdx; popf") \
	X(popf_id, "pushf; pop %rdx; mov %rdx, %rax; xor $0x200000, %rax; push %rax; popf; pushf; pop %rax; push %rdx; popf") \
	X(popf_nt, "pushf; pop %rdx; mov %rdx, %rax; or $0x4000, %rax; push %rax; popf; pushf; pop %rax; push %rdx; popf") \
	X(popf_df, "std; pushf; pop %rax; cld") X(popf_tf, "pushf; pop %rax; or $0x100, %rax; push %rax; popf; nop; nop") \
	X(syscall, "syscall") X(sysenter, "sysenter") X(sysret, "sysretl") X(sysretq, "sysretq") X(sysexit, "sysexit") \
	X(iret, "mov %rsp, %rdx; mov %ss, %eax; push %rax; push %rdx; pushf; mov %cs, %eax; push %rax; lea 1f(%rip), %rax; push %rax; iretq; 1: xor %eax, %eax; xor %edx, %edx") \
	X(iretbad, "xor %eax, %eax; push %rax; push %rax; push %rax; push %rax; push %rax; iretq") \
	X(swapgs, "cli; swapgs; swapgs; sti") X(swapgs1, "swapgs") \
	X(int3, "int3") X(int3long, ".byte 0xcd, 3") X(int1, ".byte 0xf1") X(int0, "int $0") X(into, ".byte 0xce") \
	X(ud0, ".byte 0x0f,0xff,0xc0") X(ud1, ".byte 0x0f,0xb9,0xc0") X(ud2, "ud2") \
	X(vmcall, "vmcall") X(vmmcall, "vmmcall") X(vmxon, "vmxon (%rbx)") X(vmptrst, "vmptrst (%rbx)") X(vmread, "vmread %rax, %rdx") X(vmfunc, "vmfunc") \
	X(vmrun, "vmrun") X(vmload, "vmload") X(vmsave, "vmsave") X(stgi, "stgi") X(clgi, "clgi; stgi") X(skinit, "skinit") X(invlpga, "invlpga") \
	X(monitor, "monitor") X(mwait, "mwait") X(monitorx, "monitorx") X(mwaitx, "mwaitx") X(umonitor, "umonitor %rax") X(tpause, "tpause %eax") \
	X(xsave, "xsave (%rbx)") X(xrstor, "xrstor (%rbx)") X(xsaveopt, "xsaveopt (%rbx)") X(fxsave, "fxsave (%rbx)") X(fxrstor, "fxsave (%rbx); fxrstor (%rbx)") \
	X(fninit, "fninit") X(fnstcw, "movq $0, (%rbx); fnstcw (%rbx); mov (%rbx), %rax") X(fld1, "fld1; fistpll (%rbx); mov (%rbx), %rax") X(emms, "emms") X(ldmxcsr, "stmxcsr (%rbx); ldmxcsr (%rbx); mov (%rbx), %eax") \
	X(sse, "movaps %xmm0, %xmm1") X(sse2, "movd %ecx, %xmm0; movd %xmm0, %eax") X(sse3, "haddps %xmm0, %xmm0") X(ssse3, "pabsb %xmm0, %xmm0") X(sse41, "pmulld %xmm0, %xmm0") \
	X(sse42, "pcmpgtq %xmm0, %xmm0") X(sse4a, "extrq $1, $1, %xmm0") X(avx, "vaddps %ymm0, %ymm0, %ymm0") X(avx2, "vpaddb %ymm0, %ymm0, %ymm0") X(vzeroupper, "vzeroupper") X(avx512, "vaddps %zmm0, %zmm0, %zmm0") \
	X(mmx, "movd %ecx, %mm0; movd %mm0, %eax; emms") X(pnow, "pfadd %mm0, %mm0") X(femms, "femms") \
	X(aesenc, "aesenc %xmm0, %xmm0") X(pclmul, "pclmulqdq $0, %xmm0, %xmm0") X(sha1, "sha1msg1 %xmm0, %xmm0") X(gfni, "gf2p8mulb %xmm0, %xmm0") \
	X(crc32, "crc32b %cl, %eax") X(popcnt, "popcnt %rcx, %rax") X(lzcnt, "mov $8, %ecx; lzcnt %rcx, %rax") X(tzcnt, "mov $8, %ecx; tzcnt %rcx, %rax") X(movbe, "movbe (%rbx), %rax") \
	X(andn, "andn %rcx, %rax, %rdx") X(bextr, "bextr %rcx, %rax, %rdx") X(blsr, "blsr %rcx, %rax") X(pdep, "pdep %rcx, %rax, %rdx") X(mulx, "mulx %rcx, %rax, %rdx") X(rorx, "rorx $3, %rcx, %rax") X(adcx, "adcx %rcx, %rax") \
	X(rdfsbase, "rdfsbase %rax") X(wrgsbase, "rdgsbase %rax; wrgsbase %rax") X(cmpxchg16b, "cmpxchg16b (%rbx)") X(prefetchw, "prefetchw (%rbx)") \
	X(clflush, "clflush (%rbx)") X(clflushopt, "clflushopt (%rbx)") X(clwb, "clwb (%rbx)") X(clzero, "clzero") X(movnti, "movnti %rax, (%rbx)") X(movdir64b, "movdir64b (%rbx), %rax") X(movdiri, "movdiri %rax, (%rbx)") \
	X(pause, "pause") X(lfence, "lfence") X(mfence, "mfence") X(sfence, "sfence") X(serialize, "serialize") X(endbr, "endbr64") X(rdsspq, "rdsspq %rax") X(xbegin, "xbegin 1f; xend; 1:") X(xtest, "xtest; setz %al") X(xabort, "xabort $1") \
	X(lockmov, ".byte 0xf0,0x89,0xc0") X(locknop, ".byte 0xf0,0x90") X(lockadd, "lock addl $1, (%rbx); mov (%rbx), %eax") X(lockaddreg, ".byte 0xf0,0x01,0xc0") X(locklea, ".byte 0xf0,0x8d,0x03") X(lockcmp, ".byte 0xf0,0x39,0x03") \
	X(lockxchg, "lock xchg %rax, (%rbx)") X(lockbt, ".byte 0xf0,0x0f,0xa3,0x03") \
	X(movss, "mov %ss, %eax; mov %eax, %ss") X(movds, "mov %ds, %eax; mov %eax, %ds") X(movdsbad, "mov $0x1234, %eax; mov %eax, %ds") X(movfs, "mov %fs, %eax; mov %eax, %fs") X(movcs, ".byte 0x8e,0xc8") X(rseg, "mov %cs, %eax; mov %ss, %edx; shl $16, %edx; or %rdx, %rax; mov %ds, %edx; mov %gs, %ecx") \
	X(lar, "mov $0x10, %ecx; lar %ecx, %eax") X(lsl, "mov $0x10, %ecx; lsl %ecx, %eax") X(lslcpu, "mov $0x7b, %ecx; lsl %ecx, %eax") X(verr, "mov %ss, %ecx; verr %cx; setz %al") \
	X(lret, "mov %cs, %eax; push %rax; lea 1f(%rip), %rax; push %rax; lretq; 1: xor %eax, %eax") X(lcallbad, "lcall *(%rbx)") \
	X(aaa, ".byte 0x37") X(pusha, ".byte 0x60") X(salc, ".byte 0xd6") X(bound, ".byte 0x62,0x03") X(icebp2, ".byte 0xf1") X(rsm, "rsm") X(getsec, "getsec") X(encls, ".byte 0x0f,0x01,0xcf") X(pconfig, ".byte 0x0f,0x01,0xc5") X(loadall, ".byte 0x0f,0x07") \
	X(inb80, "in $0x80, %al") X(out80, "out %al, $0x80") X(div0, "xor %ecx, %ecx; div %ecx") X(idivmin, "mov $0x80000000, %eax; cltd; mov $-1, %ecx; idiv %ecx") X(aam0, ".byte 0xd4,0x00") \
	X(noncanon, "mov $0x8000000000000000, %rax; mov (%rax), %rax") X(ssnoncanon, "mov $0x8000000000000000, %rax; xchg %rax, %rsp; pop %rdx") X(jmpnoncanon, "mov $0x8000000000000000, %rax; jmp *%rax") \
	X(unalignedsse, "movaps 1(%rbx), %xmm0") X(alignac, "nop") X(long16, ".byte 0x66,0x66,0x66,0x66,0x66,0x66,0x66,0x66,0x66,0x66,0x66,0x66,0x66,0x66,0x66,0x90") \
	X(cpuidtop, "mov $0x80000008, %eax; cpuid") X(spin, "cli; 1: jmp 1b")

#define X(name, code) asm(".text\n.p2align 4\n.globl insn_" #name "\ninsn_" #name ": " code "\nret\nint3\n"); extern char insn_##name[];
LIST
#undef X
asm(".text\n.p2align 4\ninsn_vectors:\n.set i, 0\n.rept 256\n.byte 0xcd, i\nret\nint3\n.set i, i + 1\n.endr\n");
extern char insn_vectors[];

static const struct { const char *name; char *code; } list[] = {
#define X(name, code) { #name, insn_##name },
LIST
};

static noinline void go(char *code)
{
	unsigned long a = area[0], d = area[1], c = n, b = (unsigned long)area;

	asm volatile("call *%[code]" : "+a"(a), "+d"(d), "+c"(c), "+b"(b) : [code] "r"(code), "D"(b)
		     : "memory", "cc", "r8", "r9", "r10", "r11", "r12", "r13", "r14");
	pr_info("insn: %s: rax=%lx rdx=%lx rcx=%lx moved=%ld area=%lx %lx\n", what, a, d, c, b - (unsigned long)area, area[0], area[1]);
}

static int __init insn_init(void)
{
	size_t i;

	if (!strcmp(what, "int")) {
		go(insn_vectors + 4 * (n & 255));
		return -ECANCELED;
	}
	for (i = 0; i < ARRAY_SIZE(list); i++)
		if (!strcmp(what, list[i].name)) {
			go(list[i].code);
			return -ECANCELED;
		}
	return -EINVAL;
}
module_init(insn_init);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("carries out single instructions");
