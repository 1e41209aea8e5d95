#include "calls.h"
#include <linux/acpi.h>
#include <linux/capability.h>
#include <linux/inet.h>
#include <linux/user_namespace.h>

static void addresses(void)
{
	static const char *const texts[] = { "127.0.0.1", "1.2.3.4", "255.255.255.255", "256.0.0.1", "1.2.3", "1.2.3.4.5", "1.2.3.4:80",
		"1..2.3", ".1.2.3", "", "a.b.c.d", "001.02.3.04", "1.2.3.4/8", " 1.2.3.4", "0.0.0.0", "1.2.3.", "10.0.0.1 x" };
	static const int delimiters[] = { -1, 0, '/', ' ' };
	const char *end;
	u8 a[4] = { 9, 9, 9, 9 };
	int i, j;

	for (i = 0; i < ARRAY_SIZE(texts); i++)
		for (j = 0; j < ARRAY_SIZE(delimiters); j++) {
			int result = in4_pton(texts[i], -1, a, delimiters[j], &end);

			pr_info("\"%s\" %d: %d %pI4 %ld\n", texts[i], delimiters[j], result, a, (long)(end - texts[i]));
		}
	INT(in4_pton("1.2.3.45", 7, a, -1, &end));
	pr_info("%pI4\n", a);
	INT(in4_pton("1.2.3.4", 5, a, -1, NULL));
}

static int __init calls_init(void)
{
	static struct fwnode_handle none;

	addresses();
	INT(is_acpi_device_node(NULL));
	INT(is_acpi_device_node(&none));
	INT(is_acpi_device_node(ERR_PTR(-ENODEV)));
	INT(is_acpi_data_node(NULL));
	INT(is_acpi_data_node(&none));
	INT(ns_capable(&init_user_ns, CAP_NET_ADMIN));
	INT(ns_capable(&init_user_ns, CAP_SYS_RAWIO));
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
