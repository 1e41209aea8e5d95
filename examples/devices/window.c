// SPDX-License-Identifier: GPL-2.0-or-later
/* A device with a page of memory that programs can map. */
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/uaccess.h>

static char *page;

static int window_mmap(struct file *file, struct vm_area_struct *area)
{
	unsigned long size = area->vm_end - area->vm_start;

	if (size > PAGE_SIZE || area->vm_pgoff)
		return -EINVAL;
	return remap_pfn_range(area, area->vm_start, virt_to_phys(page) >> PAGE_SHIFT, size, area->vm_page_prot);
}

static ssize_t window_read(struct file *file, char __user *buffer, size_t size, loff_t *offset)
{
	return simple_read_from_buffer(buffer, size, offset, page, strlen(page));
}

static const struct file_operations window_ops = {
	.owner = THIS_MODULE,
	.mmap = window_mmap,
	.read = window_read,
};

static struct miscdevice window = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "window",
	.fops = &window_ops,
	.mode = 0666,
};

static int __init window_init(void)
{
	page = (char *)get_zeroed_page(GFP_KERNEL);
	if (!page)
		return -ENOMEM;
	strcpy(page, "written by the kernel\n");
	return misc_register(&window);
}

static void __exit window_exit(void)
{
	misc_deregister(&window);
	free_page((unsigned long)page);
}

module_init(window_init);
module_exit(window_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A page that programs can map");
