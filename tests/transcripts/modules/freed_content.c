// What is in memory that was freed: all of it but the pointer to the next free object, in the middle.
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

#define SAY(format, ...) pr_info("freed_content: " format "\n", ##__VA_ARGS__)

static void look(const char *what, const unsigned char *object, unsigned int size)
{
	unsigned int i, words = 0, first = 0;

	for (i = 0; i + 8 <= size; i += 8)
		if (*(const u64 *)(object + i) != 0xaaaaaaaaaaaaaaaaULL) {
			if (!words++)
				first = i;
		}
	SAY("%s of %u: %u words changed, the first at %u", what, size, words, first);
}

static void try_kmalloc(unsigned int size)
{
	unsigned char *object = kmalloc(size, GFP_KERNEL);

	if (!object)
		return;
	memset(object, 0xaa, size);
	kfree(object);
	look("kmalloc", object, size);
}

static void try_cache(unsigned int size, slab_flags_t flags)
{
	struct kmem_cache *cache = kmem_cache_create_usercopy("freed_content", size, 0, flags, 0, size, NULL);
	unsigned char *object = cache ? kmem_cache_alloc(cache, GFP_KERNEL) : NULL;

	if (!object)
		return;
	memset(object, 0xaa, size);
	kmem_cache_free(cache, object);
	look(flags ? "object freed by RCU" : "object", object, size);
	kmem_cache_destroy(cache);
}

static int __init freed_content_init(void)
{
	static const unsigned int sizes[] = { 8, 16, 24, 64, 96, 100, 192, 200, 1000, 1024, 4096, 8192 };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++)
		try_kmalloc(sizes[i]);
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		try_cache(sizes[i], 0);
		try_cache(sizes[i], SLAB_TYPESAFE_BY_RCU);
	}
	return 0;
}

static void __exit freed_content_exit(void)
{
}

module_init(freed_content_init);
module_exit(freed_content_exit);
MODULE_LICENSE("GPL");
