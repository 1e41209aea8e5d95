/* Copies more than there is room for, which the compiler sees and the kernel stops. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

static char source[64];

static int __init fortify_init(void)
{
	char *small = kmalloc(16, GFP_KERNEL);

	pr_info("complain_fortify: copying\n");
	memcpy(small, source, sizeof source);
	pr_info("complain_fortify: copied\n");
	kfree(small);
	return 0;
}
static void __exit fortify_exit(void) { }
module_init(fortify_init);
module_exit(fortify_exit);
MODULE_LICENSE("GPL");
