// Takes device numbers of all kinds, for /proc/devices and /proc/misc to tell.
#include <linux/blkdev.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/miscdevice.h>
#include <linux/module.h>

#define GIVEN 245

static const struct file_operations fops = { .owner = THIS_MODULE };
static struct miscdevice some = { .minor = MISC_DYNAMIC_MINOR, .name = "some_misc", .fops = &fops };
static struct miscdevice fixed = { .minor = 200, .name = "fixed_misc", .fops = &fops };
static dev_t found;
static int whole, block;

static int __init device_numbers_init(void)
{
	pr_info("device_numbers: %d\n", register_chrdev_region(MKDEV(GIVEN, 8), 8, "second half"));
	pr_info("device_numbers: %d\n", register_chrdev_region(MKDEV(GIVEN, 0), 8, "first half"));
	pr_info("device_numbers: %d\n", register_chrdev_region(MKDEV(153, 0), 1, "taken"));
	pr_info("device_numbers: %d\n", register_chrdev_region(MKDEV(202, 0), 1, "free"));
	pr_info("device_numbers: %d\n", alloc_chrdev_region(&found, 3, 2, "found"));
	whole = register_chrdev(0, "a name that is longer than sixty-four letters, of which the table keeps the first ones", &fops);
	pr_info("device_numbers: %d, %d\n", MAJOR(found), whole);
	block = register_blkdev(0, "blocks");
	pr_info("device_numbers: %d\n", block);
	pr_info("device_numbers: %d\n", misc_register(&some));
	pr_info("device_numbers: %d\n", misc_register(&fixed));
	return 0;
}

static void __exit device_numbers_exit(void)
{
	misc_deregister(&fixed);
	misc_deregister(&some);
	unregister_blkdev(block, "blocks");
	unregister_chrdev(whole, "whatever");
	unregister_chrdev_region(found, 2);
	unregister_chrdev_region(MKDEV(202, 0), 1);
	unregister_chrdev_region(MKDEV(GIVEN, 0), 16);
}

module_init(device_numbers_init);
module_exit(device_numbers_exit);
MODULE_LICENSE("GPL");
