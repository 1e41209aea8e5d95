// Caches with a constructor: when it is called, and what of an object is kept.
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>

#define SAY(format, ...) pr_info("slab_ctor: " format "\n", ##__VA_ARGS__)
#define MOST 40

static unsigned int size = 1000, align, flags;
module_param(size, uint, 0);
module_param(align, uint, 0);
module_param(flags, uint, 0);

static unsigned int made;

static void construct(void *object)
{
	made++;
	*(unsigned int *)object = 0x1234;
}

static int __init slab_ctor_init(void)
{
	static void *objects[MOST];
	struct kmem_cache *cache = kmem_cache_create("slab_ctor", size, align, flags, construct);
	unsigned int i, first;

	if (!cache)
		return -ENOMEM;
	SAY("size %u: made %u", kmem_cache_size(cache), made);
	for (i = 0; i < MOST; i++) {
		unsigned int before = made;

		objects[i] = kmem_cache_alloc(cache, GFP_KERNEL);
		if (made != before)
			SAY("object %u: %u made", i, made - before);
		if (*(unsigned int *)objects[i] != 0x1234)
			SAY("object %u has %#x", i, *(unsigned int *)objects[i]);
	}
	first = *(unsigned int *)objects[0] = 0x5678;
	kmem_cache_free(cache, objects[0]);
	first = made;
	objects[0] = kmem_cache_alloc(cache, GFP_KERNEL);
	SAY("again: %u made, has %#x", made - first, *(unsigned int *)objects[0]);
	for (i = 0; i < MOST; i++)
		kmem_cache_free(cache, objects[i]);
	kmem_cache_destroy(cache);
	SAY("all: %u made", made);
	return 0;
}

static void __exit slab_ctor_exit(void)
{
}

module_init(slab_ctor_init);
module_exit(slab_ctor_exit);
MODULE_LICENSE("GPL");
