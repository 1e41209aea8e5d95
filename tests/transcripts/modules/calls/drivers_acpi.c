#include "calls.h"
#include <linux/acpi.h>
#include <linux/proc_fs.h>

static acpi_status seen(acpi_handle h, u32 level, void *context, void **result)
{
	struct acpi_device *d = acpi_fetch_acpi_dev(h);
	if (d && !strcmp(acpi_device_hid(d), context))
		pr_info("%s at %u\n", (char *)context, level);
	return AE_OK;
}
static int objects;
static acpi_status count(acpi_handle h, u32 level, void *context, void **result) { objects++; return AE_OK; }
static acpi_status first(acpi_handle h, u32 level, void *context, void **result) { *result = h; objects++; return AE_CTRL_TERMINATE; }
static acpi_status flat(acpi_handle h, u32 level, void *context, void **result) { objects = max(objects, (int)level); return AE_CTRL_DEPTH; }
static acpi_status fails(acpi_handle h, u32 level, void *context, void **result) { return AE_LIMIT; }

static int __init drivers_acpi_init(void)
{
	struct proc_dir_entry *entry;
	static const char * const names[] = { "\\_SB", "\\_SB.PCI0", "\\_SB_.PCI0._HID", "\\_SB.PCCH", "PCI0", "\\_SB.LNKA._STA", "\\" };
	acpi_handle sb = NULL, h, found = NULL;
	int i;
	for (i = 0; i < ARRAY_SIZE(names); i++)
		pr_info("%s: %#x\n", names[i], acpi_get_handle(NULL, (char *)names[i], &h));
	INT(acpi_get_handle(NULL, "\\_SB", &sb));
	INT(acpi_get_handle(sb, "PCI0", &h));
	INT(acpi_get_handle(sb, "PCI0._UID", &h));
	INT(acpi_get_handle(sb, "NONE", &h));
	HEX(acpi_get_handle(sb, NULL, &h));
	HEX(acpi_get_handle(sb, "PCI0", NULL));
	INT(acpi_has_method(sb, "PCCH"));
	INT(acpi_has_method(sb, "IQCR"));
	INT(acpi_walk_namespace(ACPI_TYPE_DEVICE, ACPI_ROOT_OBJECT, ACPI_UINT32_MAX, seen, NULL, "PNP0C0F", NULL));
	INT(acpi_walk_namespace(ACPI_TYPE_DEVICE, ACPI_ROOT_OBJECT, ACPI_UINT32_MAX, NULL, seen, "PNP0A03", NULL));
	INT(acpi_walk_namespace(ACPI_TYPE_DEVICE, ACPI_ROOT_OBJECT, ACPI_UINT32_MAX, seen, NULL, "device-none", NULL));
	INT(acpi_walk_namespace(ACPI_TYPE_ANY, sb, 1, count, NULL, NULL, NULL));
	INT(objects);
	objects = 0;
	INT(acpi_walk_namespace(ACPI_TYPE_DEVICE, sb, 1, first, NULL, NULL, &found));
	INT(objects);
	INT(acpi_get_handle(sb, "PCI0", &h));
	INT(h == found);
	objects = 0;
	INT(acpi_walk_namespace(ACPI_TYPE_ANY, sb, 9, flat, NULL, NULL, NULL));
	INT(objects);
	HEX(acpi_walk_namespace(ACPI_TYPE_ANY, sb, 9, fails, NULL, NULL, NULL));
	HEX(acpi_walk_namespace(ACPI_TYPE_ANY, sb, 0, count, NULL, NULL, NULL));
	HEX(acpi_walk_namespace(ACPI_TYPE_ANY, sb, 1, NULL, NULL, NULL, NULL));
	INT(acpi_get_handle(sb, "PCI0._HID", &h));
	NIL(acpi_fetch_acpi_dev(h));
	STR(acpi_device_hid(acpi_fetch_acpi_dev(found)));
	STR(acpi_device_hid(acpi_fetch_acpi_dev(sb)));
	NIL(entry = proc_mkdir("calls", acpi_root_dir));
	proc_remove(entry);
	return 0;
}
static void __exit drivers_acpi_exit(void) { }
module_init(drivers_acpi_init);
module_exit(drivers_acpi_exit);
