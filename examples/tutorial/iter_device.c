// SPDX-License-Identifier: GPL-2.0-or-later
/* A device that is read and written the newer way, by iterators: what is written comes back in capitals. */
#include <linux/ctype.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/uio.h>

static char kept[256];
static size_t length;

static ssize_t capitals_read(struct kiocb *request, struct iov_iter *to)
{
	size_t left = request->ki_pos < length ? length - request->ki_pos : 0;
	size_t moved = copy_to_iter(kept + request->ki_pos, min_t(size_t, left, 4), to);

	request->ki_pos += moved;
	return moved;
}

static ssize_t capitals_write(struct kiocb *request, struct iov_iter *from)
{
	size_t i;

	length = copy_from_iter(kept, min(sizeof(kept), iov_iter_count(from)), from);
	for (i = 0; i < length; i++)
		kept[i] = toupper(kept[i]);
	pr_info("iter_device: %zu bytes, %zu left\n", length, iov_iter_count(from));
	return length;
}

static const struct file_operations capitals_ops = {
	.owner = THIS_MODULE,
	.read_iter = capitals_read,
	.write_iter = capitals_write,
};

static struct miscdevice capitals = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "capitals",
	.fops = &capitals_ops,
	.mode = 0666,
};

module_misc_device(capitals);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A device with read_iter() and write_iter()");
