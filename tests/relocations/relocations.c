// SPDX-License-Identifier: GPL-2.0-or-later
/* Reaches one function by each type of relocation that Linux does on x86-64, and prints what the processor found. */
#include <linux/module.h>

unsigned long target(unsigned long value);
extern const long target_distance;

noinline unsigned long target(unsigned long value)
{
	return value * 3;
}

asm(".weak absolute_and_nowhere\n");

asm(".pushsection .data\n"
    ".global target_distance\n"
    "target_distance: .quad target - .\n"		/* R_X86_64_PC64 */
    ".popsection\n");

static int __init relocations_init(void)
{
	unsigned long by_64, by_32s, by_pc32, by_call, by_32;

	asm volatile(".reloc ., R_X86_64_NONE, target\n\t"
		     "movabs $target, %0" : "=r" (by_64));
	asm volatile("movq $target, %0" : "=r" (by_32s));
	asm volatile("leaq target(%%rip), %0" : "=r" (by_pc32));
	asm volatile("movl $absolute_and_nowhere + 0x89abcdef, %k0" : "=r" (by_32));
	by_call = target(14);
	pr_info("R_X86_64_64 %px\n", (void *)by_64);
	pr_info("R_X86_64_32S %px\n", (void *)by_32s);
	pr_info("R_X86_64_PC32 %px\n", (void *)by_pc32);
	pr_info("R_X86_64_PC64 %px\n", (void *)((long)&target_distance + target_distance));
	pr_info("R_X86_64_PLT32 %lu\n", by_call);
	pr_info("R_X86_64_32 %lx\n", by_32);
	return 0;
}

static void __exit relocations_exit(void)
{
}

module_init(relocations_init);
module_exit(relocations_exit);

MODULE_LICENSE("GPL");
