// SPDX-License-Identifier: GPL-2.0-or-later
/* Memory of all kinds behind files: pages that are mapped, a ring of records, caches, bitmaps, ids, xarrays. */
#include <linux/bitmap.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/idr.h>
#include <linux/kref.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <linux/xarray.h>

struct record {
	struct kref users;
	int id;
	size_t size;
	char *text;
};

static struct kmem_cache *cache;
static DEFINE_IDR(records);
static DEFINE_MUTEX(lock);
static DECLARE_BITMAP(kept, 32);
static DEFINE_XARRAY(seen);
static unsigned long page;

static void record_free(struct kref *users)
{
	struct record *record = container_of(users, struct record, users);

	pr_info("record %d of %zu is free\n", record->id, record->size);
	vfree(record->text);
	kmem_cache_free(cache, record);
}

static int store_open(struct inode *inode, struct file *file)
{
	struct record *record = kmem_cache_zalloc(cache, GFP_KERNEL);

	if (!record)
		return -ENOMEM;
	kref_init(&record->users);
	mutex_lock(&lock);
	record->id = idr_alloc(&records, record, 1, 4, GFP_KERNEL);
	mutex_unlock(&lock);
	if (record->id < 0) {
		int error = record->id;

		kmem_cache_free(cache, record);
		return error;
	}
	__set_bit(record->id, kept);
	xa_store(&seen, record->id, xa_mk_value(current->tgid > 0), GFP_KERNEL);
	file->private_data = record;
	return stream_open(inode, file);
}

static int store_release(struct inode *inode, struct file *file)
{
	struct record *record = file->private_data;

	mutex_lock(&lock);
	idr_remove(&records, record->id);
	mutex_unlock(&lock);
	__clear_bit(record->id, kept);
	kref_put(&record->users, record_free);
	return 0;
}

static ssize_t store_write(struct file *file, const char __user *buffer, size_t size, loff_t *position)
{
	struct record *record = file->private_data;
	char *text = vmalloc(size + 1);

	if (!text)
		return -ENOMEM;
	if (copy_from_user(text, buffer, size)) {
		vfree(text);
		return -EFAULT;
	}
	text[size] = 0;
	vfree(record->text);
	record->text = text;
	record->size = size;
	strscpy((char *)page, text, PAGE_SIZE);
	return size;
}

static ssize_t store_read(struct file *file, char __user *buffer, size_t size, loff_t *position)
{
	struct record *record = file->private_data, *other;
	char text[128];
	int length, id;

	length = scnprintf(text, sizeof(text), "record %d of %*pbl:", record->id, 32, kept);
	idr_for_each_entry(&records, other, id)
		length += scnprintf(text + length, sizeof(text) - length, " %d/%zu", id, other->size);
	length += scnprintf(text + length, sizeof(text) - length, " seen %d\n", xa_empty(&seen) ? 0 : 1);
	return copy_to_user(buffer, text, min_t(size_t, size, length)) ? -EFAULT : min_t(size_t, size, length);
}

static int store_mmap(struct file *file, struct vm_area_struct *area)
{
	return vm_insert_page(area, area->vm_start, virt_to_page(page));
}

static const struct file_operations fops = {
	.owner = THIS_MODULE, .open = store_open, .release = store_release, .read = store_read, .write = store_write,
	.mmap = store_mmap,
};
static struct miscdevice misc = { .minor = MISC_DYNAMIC_MINOR, .name = "store", .fops = &fops, .mode = 0666 };

static int __init store_init(void)
{
	cache = KMEM_CACHE(record, SLAB_HWCACHE_ALIGN);
	page = get_zeroed_page(GFP_KERNEL);
	if (!cache || !page)
		return -ENOMEM;
	return misc_register(&misc);
}

static void __exit store_exit(void)
{
	misc_deregister(&misc);
	xa_destroy(&seen);
	idr_destroy(&records);
	free_page(page);
	kmem_cache_destroy(cache);
}

module_init(store_init);
module_exit(store_exit);
MODULE_DESCRIPTION("Records, one for each open file");
MODULE_LICENSE("GPL");
