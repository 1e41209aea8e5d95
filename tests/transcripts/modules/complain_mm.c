// One misuse of memory each, chosen by a parameter: what the kernel says of it.
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/refcount.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

static char *what = "";
module_param(what, charp, 0);

static char in_data[64];
static volatile unsigned long n;

static struct kmem_cache *cache(const char *name, unsigned int size)
{
	return kmem_cache_create(name, size, 0, 0, NULL);
}

static void kfree_twice(void)
{
	void *p = kmalloc(64, GFP_KERNEL);

	kfree(p);
	kfree(p);
}

static void kfree_twice_with_another_between(void)
{
	void *p = kmalloc(64, GFP_KERNEL), *q = kmalloc(64, GFP_KERNEL);

	kfree(p);
	kfree(q);
	kfree(p);
}

static void kfree_data(void)
{
	kfree(in_data);
}

static void kfree_text(void)
{
	kfree((void *)vfree);
}

static void kfree_page(void)
{
	unsigned long p = __get_free_page(GFP_KERNEL);

	kfree((void *)p);
	kfree((void *)p);
}

static void kfree_stack(void)
{
	char buffer[64];

	OPTIMIZER_HIDE_VAR(n);
	buffer[n & 1] = 1;
	kfree(buffer + (n & 8));
}

static void kfree_vmalloc(void)
{
	kfree(vmalloc(4096));
}

static void kfree_small_number(void)
{
	kfree((void *)(n + 4096));
}

static void kfree_large_twice(void)
{
	void *p = kmalloc(16384, GFP_KERNEL);

	kfree(p);
	kfree(p);
}

static void vfree_kmalloc(void)
{
	vfree(kmalloc(4096, GFP_KERNEL));
}

static void vfree_twice(void)
{
	void *p = vmalloc(4096);

	vfree(p);
	vfree(p);
}

static void vfree_middle(void)
{
	vfree(vmalloc(8192) + 4096);
}

static void vfree_unaligned(void)
{
	vfree(vmalloc(4096) + 8);
}

static void vfree_data(void)
{
	vfree((void *)((unsigned long)in_data & PAGE_MASK));
}

static void wrong_cache(void)
{
	struct kmem_cache *a = cache("complain_a", 1000), *b = cache("complain_b", 2000);
	void *p = kmem_cache_alloc(a, GFP_KERNEL);

	kmem_cache_free(b, p);
	pr_info("complain_mm: after\n");
	kmem_cache_destroy(a);
	kmem_cache_destroy(b);
}

static void wrong_cache_kmalloc(void)
{
	struct kmem_cache *a = cache("complain_a", 1000);

	kmem_cache_free(a, kmalloc(64, GFP_KERNEL));
	pr_info("complain_mm: after\n");
}

static void cache_free_twice(void)
{
	struct kmem_cache *a = cache("complain_a", 1000);
	void *p = kmem_cache_alloc(a, GFP_KERNEL);

	kmem_cache_free(a, p);
	kmem_cache_free(a, p);
}

static void cache_with_objects(void)
{
	struct kmem_cache *a = cache("complain_a", 1000);
	void *p = kmem_cache_alloc(a, GFP_KERNEL);

	kmem_cache_destroy(a);
	pr_info("complain_mm: %d\n", p != NULL);
}

static void cache_twice(void)
{
	struct kmem_cache *a = cache("complain_a", 1000), *b = cache("complain_a", 1000);

	pr_info("complain_mm: %d %d\n", a != NULL, b != NULL);
}

static void free_page_twice(void)
{
	unsigned long p = __get_free_page(GFP_KERNEL);

	free_page(p);
	free_page(p);
}

static void free_page_of_slab(void)
{
	free_page((unsigned long)kmalloc(64, GFP_KERNEL) & PAGE_MASK);
}

static void free_pages_of_wrong_order(void)
{
	free_pages(__get_free_pages(GFP_KERNEL, 1), 0);
}

static void put_page_twice(void)
{
	struct page *p = alloc_page(GFP_KERNEL);

	put_page(p);
	put_page(p);
}

static void kmalloc_too_large(void)
{
	void *p = kmalloc(n + (1UL << 30), GFP_KERNEL);

	pr_info("complain_mm: %d\n", p != NULL);
}

static void kmalloc_too_large_quietly(void)
{
	void *p = kmalloc(n + (1UL << 30), GFP_KERNEL | __GFP_NOWARN);

	pr_info("complain_mm: %d\n", p != NULL);
}

static void kmalloc_array_overflow(void)
{
	void *p = kmalloc_array(n + (1UL << 40), 1UL << 40, GFP_KERNEL);

	pr_info("complain_mm: %d\n", p != NULL);
}

static void pages_too_large(void)
{
	unsigned long p = __get_free_pages(GFP_KERNEL, n + 20);

	pr_info("complain_mm: %d\n", p != 0);
}

static void vmalloc_too_large(void)
{
	void *p = vmalloc(n + (1UL << 40));

	pr_info("complain_mm: %d\n", p != NULL);
}

static void vmalloc_nothing(void)
{
	void *p = vmalloc(n);

	pr_info("complain_mm: %d\n", p != NULL);
}

static void kvmalloc_too_large(void)
{
	void *p = kvmalloc(n + (1UL << 32), GFP_KERNEL);

	pr_info("complain_mm: %d\n", p != NULL);
}

static void copied_from(const void *from, unsigned long size)
{
	pr_info("complain_mm: %lu left of %lu\n", copy_to_user((void __user *)(n + 4096), from, size), size);
}

static void usercopy_fits(void)
{
	copied_from(kmalloc(64, GFP_KERNEL), n + 64);
}

static void usercopy_kmalloc(void)
{
	copied_from(kmalloc(64, GFP_KERNEL) + 16, n + 64);
}

static void usercopy_into_kmalloc(void)
{
	void *p = kmalloc(100, GFP_KERNEL);

	pr_info("complain_mm: %lu\n", copy_from_user(p, (void __user *)(n + 4096), n + 200));
}

static void usercopy_large(void)
{
	copied_from(kmalloc(16384, GFP_KERNEL) + 100, n + 16384);
}

static void usercopy_page(void)
{
	copied_from((void *)__get_free_page(GFP_KERNEL) + 4000, n + 200);
}

static void usercopy_cache(void)
{
	copied_from(kmem_cache_alloc(cache("complain_a", 1000), GFP_KERNEL), n + 10);
}

static void usercopy_region(void)
{
	struct kmem_cache *a = kmem_cache_create_usercopy("complain_u", 1000, 0, 0, 100, 50, NULL);
	void *p = kmem_cache_alloc(a, GFP_KERNEL);

	copied_from(p + 100, n + 50);
	copied_from(p + 120, n + 50);
}

static void usercopy_vmalloc(void)
{
	copied_from(vmalloc(4096) + 96, n + 4096);
}

static void usercopy_stack(void)
{
	char buffer[64];

	OPTIMIZER_HIDE_VAR(n);
	buffer[n & 1] = 1;
	copied_from(buffer, n + 32768);
}

static void usercopy_text(void)
{
	copied_from((void *)vfree, n + 16);
}

static void usercopy_data(void)
{
	copied_from(in_data, n + 64);
	copied_from(in_data, n + 640);
}

static void usercopy_null(void)
{
	copied_from((void *)(n + 16), n + 64);
}

static void usercopy_zero_size(void)
{
	copied_from(kmalloc(n, GFP_KERNEL), n + 64);
}

static void usercopy_wraps(void)
{
	copied_from((void *)(n - 16), n + 64);
}

static refcount_t count;

static void refcount_underflow(void)
{
	refcount_set(&count, 1);
	pr_info("complain_mm: %d\n", refcount_dec_and_test(&count));
	pr_info("complain_mm: %d\n", refcount_dec_and_test(&count));
	pr_info("complain_mm: %d\n", refcount_dec_and_test(&count));
	pr_info("complain_mm: %x\n", refcount_read(&count));
}

static void refcount_from_zero(void)
{
	refcount_set(&count, 0);
	refcount_inc(&count);
	pr_info("complain_mm: %x\n", refcount_read(&count));
}

static void refcount_saturated(void)
{
	refcount_set(&count, INT_MAX);
	refcount_inc(&count);
	pr_info("complain_mm: %x\n", refcount_read(&count));
	pr_info("complain_mm: %d\n", refcount_inc_not_zero(&count));
}

static void refcount_leaked(void)
{
	refcount_set(&count, 1);
	refcount_dec(&count);
	pr_info("complain_mm: %x\n", refcount_read(&count));
}

#define DEED(name) { #name, name }
static const struct {
	const char *name;
	void (*run)(void);
} deeds[] = {
	DEED(kfree_twice),
	DEED(kfree_twice_with_another_between),
	DEED(kfree_data),
	DEED(kfree_text),
	DEED(kfree_page),
	DEED(kfree_stack),
	DEED(kfree_vmalloc),
	DEED(kfree_small_number),
	DEED(kfree_large_twice),
	DEED(vfree_kmalloc),
	DEED(vfree_twice),
	DEED(vfree_middle),
	DEED(vfree_unaligned),
	DEED(vfree_data),
	DEED(wrong_cache),
	DEED(wrong_cache_kmalloc),
	DEED(cache_free_twice),
	DEED(cache_with_objects),
	DEED(cache_twice),
	DEED(free_page_twice),
	DEED(free_page_of_slab),
	DEED(free_pages_of_wrong_order),
	DEED(put_page_twice),
	DEED(kmalloc_too_large),
	DEED(kmalloc_too_large_quietly),
	DEED(kmalloc_array_overflow),
	DEED(pages_too_large),
	DEED(vmalloc_too_large),
	DEED(vmalloc_nothing),
	DEED(kvmalloc_too_large),
	DEED(usercopy_fits),
	DEED(usercopy_kmalloc),
	DEED(usercopy_into_kmalloc),
	DEED(usercopy_large),
	DEED(usercopy_page),
	DEED(usercopy_cache),
	DEED(usercopy_region),
	DEED(usercopy_vmalloc),
	DEED(usercopy_stack),
	DEED(usercopy_text),
	DEED(usercopy_data),
	DEED(usercopy_null),
	DEED(usercopy_zero_size),
	DEED(usercopy_wraps),
	DEED(refcount_underflow),
	DEED(refcount_from_zero),
	DEED(refcount_saturated),
	DEED(refcount_leaked),
};

static int __init complain_mm_init(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(deeds); i++)
		if (!strcmp(what, deeds[i].name))
			deeds[i].run();
	pr_info("complain_mm: end\n");
	return 0;
}

static void __exit complain_mm_exit(void)
{
	pr_info("complain_mm: exit\n");
}

module_init(complain_mm_init);
module_exit(complain_mm_exit);
MODULE_LICENSE("GPL");
