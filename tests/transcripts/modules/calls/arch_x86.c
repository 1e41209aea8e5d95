#include "calls.h"
#include <asm/cpu_device_id.h>
#include <asm/fpu/api.h>
#include <asm/io.h>
#include <asm/processor.h>
#include <linux/dmi.h>
#include <linux/acpi.h>
#include <linux/mc146818rtc.h>
#include <linux/jump_label.h>

static long twice(void) { return 42; }
/* A call as the compiler makes it through a register, with a table of nothing else. */
#define THUNK(reg) do { long r_; asm volatile("movq %1, %%" #reg "; call __x86_indirect_thunk_" #reg : "=a"(r_) : "m"(target) : \
	"rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "rbx", "memory", "cc"); pr_info("by " #reg " %ld\n", r_); } while (0)
static long (*target)(void) = twice;

static void rbp(void)
{
	long r;

	asm volatile("pushq %%rbp; movq %1, %%rbp; call __x86_indirect_thunk_rbp; popq %%rbp" : "=a"(r) : "r"(target) :
		"rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "memory", "cc");
	pr_info("by rbp %ld\n", r);
}

static const struct x86_cpu_id none[] = { { X86_VENDOR_CENTAUR, 1, 1 }, { } };
static int matched(const struct dmi_system_id *id) { pr_info("matched %s\n", id->ident); return 0; }
static const struct dmi_system_id qemu[] = {
	{ matched, "qemu", { DMI_MATCH(DMI_SYS_VENDOR, "QEMU") } }, { matched, "pc", { DMI_MATCH(DMI_PRODUCT_NAME, "Standard PC") } },
	{ matched, "other", { DMI_MATCH(DMI_SYS_VENDOR, "Other") } }, { matched, "exact", { DMI_EXACT_MATCH(DMI_SYS_VENDOR, "QE") } }, { },
};

static int __init calls_init(void)
{
	const struct dmi_system_id *first;

	THUNK(rbx); THUNK(rcx); THUNK(rdx); THUNK(rsi); THUNK(rdi); THUNK(r8); THUNK(r9);
	THUNK(r10); THUNK(r11); THUNK(r12); THUNK(r13); THUNK(r14); THUNK(r15);
	rbp();
	INT(__sw_hweight32(0xf0f0f0f0));
	INT(__sw_hweight64(-1UL));
	INT(__sw_hweight64(0));
	NIL(x86_match_cpu(none));
	INT(irq_fpu_usable());
	kernel_fpu_begin();
	kernel_fpu_end();
	INT(boot_cpu_data.x86_vendor == X86_VENDOR_AMD);
	INT(cpu_has_xfeatures(XFEATURE_MASK_YMM, NULL));
	INT(dmi_check_system(qemu));
	first = dmi_first_match(qemu);
	STR(first ? first->ident : "none");
	STR(dmi_get_system_info(DMI_SYS_VENDOR));
	NIL(dmi_get_system_info(DMI_BOARD_SERIAL));
	INT(dmi_match(DMI_SYS_VENDOR, "QEMU"));
	INT(dmi_match(DMI_SYS_VENDOR, "QE"));
	INT(dmi_name_in_vendors("QEMU"));
	INT(dmi_name_in_vendors("Nobody"));
	NIL(dmi_find_device(DMI_DEV_TYPE_IPMI, NULL, NULL));
	INT(acpi_disabled);
	INT(acpi_dev_found("NONE0000"));
	INT(acpi_dev_present("NONE0000", NULL, -1));
	NIL(acpi_dev_get_next_match_dev(NULL, "NONE0000", NULL, -1));
	spin_lock(&rtc_lock);
	spin_unlock(&rtc_lock);
	native_io_delay();
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
