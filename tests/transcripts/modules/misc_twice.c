/* Registers two misc devices of one name; the second one fails, and leaves nothing behind. */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>

static const struct file_operations fops = { .owner = THIS_MODULE };
static struct miscdevice one = { .minor = MISC_DYNAMIC_MINOR, .name = "twice", .fops = &fops };
static struct miscdevice other = { .minor = MISC_DYNAMIC_MINOR, .name = "twice", .fops = &fops };
static struct miscdevice third = { .minor = MISC_DYNAMIC_MINOR, .name = "third", .fops = &fops };

static int __init misc_twice_init(void)
{
	int result = misc_register(&one);

	pr_info("misc_twice: the first: %d\n", result);
	result = misc_register(&other);
	pr_info("misc_twice: the second: %d, minor %d\n", result, other.minor);
	result = misc_register(&third);
	pr_info("misc_twice: the third: %d, minor %d below the first\n", result, one.minor - third.minor);
	misc_deregister(&third);
	return 0;
}

static void __exit misc_twice_exit(void)
{
	misc_deregister(&one);
}

module_init(misc_twice_init);
module_exit(misc_twice_exit);
MODULE_LICENSE("GPL");
