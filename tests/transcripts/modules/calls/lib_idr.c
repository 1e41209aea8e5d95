#include "calls.h"
#include <linux/idr.h>
#include <linux/radix-tree.h>
#include <linux/xarray.h>

static long item[16];
#define WHICH(call) pr_info("%s = %ld\n", #call, ({ void *p_ = (call); p_ ? IS_ERR(p_) ? PTR_ERR(p_) : (long *)p_ - item + 1 : 0; }))

static int each(int id, void *p, void *data)
{
	pr_info("each %d %ld\n", id, (long)((long *)p - item));
	return id == *(int *)data ? id : 0;
}

static void ids(void)
{
	DEFINE_IDR(idr);
	DEFINE_IDA(ida);
	int id, stop = -1;
	unsigned long ul;
	u32 u = 5;

	INT(idr_alloc(&idr, &item[0], 0, 0, GFP_KERNEL));
	INT(idr_alloc(&idr, &item[1], 0, 0, GFP_KERNEL));
	INT(idr_alloc(&idr, &item[2], 100, 102, GFP_KERNEL));
	INT(idr_alloc(&idr, &item[3], 100, 102, GFP_KERNEL));
	INT(idr_alloc(&idr, &item[4], 100, 102, GFP_KERNEL));
	INT(idr_alloc(&idr, NULL, 7, 8, GFP_KERNEL));
	INT(idr_alloc(&idr, &item[4], 2000, 0, GFP_KERNEL));
	INT(idr_alloc(&idr, &item[4], INT_MAX, 0, GFP_KERNEL));
	WHICH(idr_find(&idr, 0));
	WHICH(idr_find(&idr, 1));
	WHICH(idr_find(&idr, 100));
	WHICH(idr_find(&idr, 7));
	WHICH(idr_find(&idr, 3));
	INT(idr_for_each(&idr, each, &stop));
	stop = 100;
	INT(idr_for_each(&idr, each, &stop));
	for (id = 0; id >= 0 && id < 3000 && idr_get_next(&idr, &id); id++)
		pr_info("idr_get_next %d\n", id);
	ul = 102;
	WHICH(idr_get_next_ul(&idr, &ul));
	ULONG(ul);
	WHICH(idr_replace(&idr, &item[9], 1));
	WHICH(idr_find(&idr, 1));
	WHICH(idr_replace(&idr, &item[9], 55));
	WHICH(idr_remove(&idr, 1));
	WHICH(idr_remove(&idr, 1));
	INT(idr_alloc_cyclic(&idr, &item[5], 0, 10, GFP_KERNEL));
	INT(idr_alloc_cyclic(&idr, &item[5], 0, 10, GFP_KERNEL));
	WHICH(idr_remove(&idr, 1));
	INT(idr_alloc_cyclic(&idr, &item[5], 0, 10, GFP_KERNEL));
	INT(idr_alloc_cyclic(&idr, &item[5], 0, 5, GFP_KERNEL));
	INT(idr_alloc_u32(&idr, &item[6], &u, 6, GFP_KERNEL));
	ULONG(u);
	u = 5;
	INT(idr_alloc_u32(&idr, &item[6], &u, 6, GFP_KERNEL));
	ULONG(u);
	u = 5;
	INT(idr_alloc_u32(&idr, &item[6], &u, 6, GFP_KERNEL));
	idr_preload(GFP_KERNEL);
	INT(idr_alloc(&idr, &item[7], 4000, 0, GFP_NOWAIT));
	idr_preload_end();
	INT(idr_is_empty(&idr));
	DO(idr_destroy(&idr));
	INT(idr_is_empty(&idr));

	INT(ida_alloc_range(&ida, 0, 3, GFP_KERNEL));
	INT(ida_alloc_range(&ida, 0, 3, GFP_KERNEL));
	INT(ida_alloc_range(&ida, 3, 3, GFP_KERNEL));
	INT(ida_alloc_range(&ida, 3, 3, GFP_KERNEL));
	INT(ida_alloc_range(&ida, 1000, 0x7fffffff, GFP_KERNEL));
	INT(ida_alloc_range(&ida, 5, 4, GFP_KERNEL));
	INT(ida_alloc_range(&ida, 0x80000000, 0xffffffff, GFP_KERNEL));
	DO(ida_free(&ida, 0));
	INT(ida_alloc_range(&ida, 0, 3, GFP_KERNEL));
	DO(ida_free(&ida, 1000));
	INT(ida_is_empty(&ida));
	DO(ida_destroy(&ida));
	INT(ida_is_empty(&ida));
}

static void arrays(void)
{
	DEFINE_XARRAY_ALLOC1(xa);
	DEFINE_XARRAY(plain);
	unsigned long at;
	void *found[8];
	u32 id = 0, next = 0;
	int i;

	INT(xa_err(xa_store(&plain, 3, &item[3], GFP_KERNEL)));
	INT(xa_err(xa_store(&plain, 70, &item[7], GFP_KERNEL)));
	INT(xa_err(xa_store(&plain, -1UL, xa_mk_value(77), GFP_KERNEL)));
	WHICH(xa_store(&plain, 3, &item[4], GFP_KERNEL));
	WHICH(xa_load(&plain, 3));
	WHICH(xa_load(&plain, 4));
	ULONG(xa_to_value(xa_load(&plain, -1UL)));
	DO(xa_set_mark(&plain, 3, XA_MARK_1));
	DO(xa_set_mark(&plain, 4, XA_MARK_1));
	DO(xa_set_mark(&plain, 70, XA_MARK_0));
	INT(xa_get_mark(&plain, 3, XA_MARK_1));
	INT(xa_get_mark(&plain, 4, XA_MARK_1));
	INT(xa_get_mark(&plain, 3, XA_MARK_0));
	INT(xa_marked(&plain, XA_MARK_1));
	INT(xa_marked(&plain, XA_MARK_2));
	at = 0;
	WHICH(xa_find(&plain, &at, ULONG_MAX, XA_PRESENT)); ULONG(at);
	WHICH(xa_find_after(&plain, &at, ULONG_MAX, XA_PRESENT)); ULONG(at);
	NIL(xa_find_after(&plain, &at, 100, XA_PRESENT)); ULONG(at);
	NIL(xa_find_after(&plain, &at, ULONG_MAX, XA_PRESENT)); LONG(at);
	NIL(xa_find_after(&plain, &at, ULONG_MAX, XA_PRESENT)); LONG(at);
	at = 4;
	WHICH(xa_find(&plain, &at, ULONG_MAX, XA_MARK_0)); ULONG(at);
	at = 0;
	WHICH(xa_find(&plain, &at, 2, XA_MARK_1)); ULONG(at);
	INT(xa_extract(&plain, found, 0, 100, 8, XA_PRESENT));
	for (i = 0; i < 2; i++)
		WHICH(found[i]);
	INT(xa_extract(&plain, found, 0, 100, 1, XA_PRESENT));
	INT(xa_extract(&plain, found, 0, 100, 8, XA_MARK_0));
	DO(xa_clear_mark(&plain, 3, XA_MARK_1));
	INT(xa_marked(&plain, XA_MARK_1));
	xa_lock(&plain);
	WHICH(__xa_store(&plain, 5, &item[5], GFP_KERNEL));
	DO(__xa_set_mark(&plain, 5, XA_MARK_2));
	INT(xa_marked(&plain, XA_MARK_2));
	DO(__xa_clear_mark(&plain, 5, XA_MARK_2));
	INT(xa_marked(&plain, XA_MARK_2));
	WHICH(__xa_cmpxchg(&plain, 5, &item[4], &item[6], GFP_KERNEL));
	WHICH(__xa_cmpxchg(&plain, 5, &item[5], &item[6], GFP_KERNEL));
	WHICH(__xa_cmpxchg(&plain, 6, NULL, &item[6], GFP_KERNEL));
	INT(__xa_insert(&plain, 5, &item[1], GFP_KERNEL));
	INT(__xa_insert(&plain, 9, &item[1], GFP_KERNEL));
	WHICH(__xa_erase(&plain, 5));
	WHICH(__xa_erase(&plain, 5));
	xa_unlock(&plain);
	WHICH(xa_erase(&plain, 3));
	WHICH(xa_load(&plain, 3));
	INT(xa_empty(&plain));
	DO(xa_destroy(&plain));
	INT(xa_empty(&plain));
	INT(xa_err(xa_store_range(&plain, 8, 15, &item[8], GFP_KERNEL)));
	WHICH(xa_load(&plain, 7));
	WHICH(xa_load(&plain, 8));
	WHICH(xa_load(&plain, 15));
	WHICH(xa_load(&plain, 16));
	DO(xa_destroy(&plain));

	xa_lock(&xa);
	INT(__xa_alloc(&xa, &id, &item[1], XA_LIMIT(0, 3), GFP_KERNEL)); ULONG(id);
	INT(__xa_alloc(&xa, &id, &item[2], XA_LIMIT(0, 3), GFP_KERNEL)); ULONG(id);
	INT(__xa_alloc(&xa, &id, &item[3], XA_LIMIT(0, 3), GFP_KERNEL)); ULONG(id);
	INT(__xa_alloc(&xa, &id, &item[3], XA_LIMIT(0, 3), GFP_KERNEL)); ULONG(id);
	__xa_erase(&xa, 2);
	INT(__xa_alloc_cyclic(&xa, &id, &item[4], XA_LIMIT(1, 6), &next, GFP_KERNEL)); ULONG(id); ULONG(next);
	INT(__xa_alloc_cyclic(&xa, &id, &item[4], XA_LIMIT(1, 4), &next, GFP_KERNEL)); ULONG(id); ULONG(next);
	INT(__xa_alloc_cyclic(&xa, &id, &item[4], XA_LIMIT(1, 4), &next, GFP_KERNEL)); LONG(next);
	xa_unlock(&xa);
	DO(xa_destroy(&xa));
}

static void radix(void)
{
	RADIX_TREE(tree, GFP_KERNEL);
	void *found[8];
	void __rcu **slot;
	struct radix_tree_iter iter;

	INT(radix_tree_insert(&tree, 0, &item[0]));
	INT(radix_tree_insert(&tree, 9, &item[9]));
	INT(radix_tree_insert(&tree, 9, &item[8]));
	INT(radix_tree_insert(&tree, 1000000, &item[10]));
	INT(radix_tree_insert(&tree, 11, &item[11]));
	WHICH(radix_tree_lookup(&tree, 9));
	WHICH(radix_tree_lookup(&tree, 10));
	slot = radix_tree_lookup_slot(&tree, 9);
	WHICH(radix_tree_deref_slot(slot));
	radix_tree_replace_slot(&tree, slot, &item[5]);
	WHICH(radix_tree_lookup(&tree, 9));
	NIL(radix_tree_lookup_slot(&tree, 10));
	WHICH(radix_tree_tag_set(&tree, 9, 1));
	INT(radix_tree_tag_get(&tree, 9, 1));
	INT(radix_tree_tag_get(&tree, 9, 0));
	INT(radix_tree_tag_get(&tree, 8, 1));
	INT(radix_tree_tagged(&tree, 1));
	INT(radix_tree_tagged(&tree, 2));
	INT(radix_tree_gang_lookup(&tree, found, 0, 8));
	INT(radix_tree_gang_lookup(&tree, found, 1, 2));
	WHICH(found[0]);
	WHICH(found[1]);
	INT(radix_tree_gang_lookup_tag(&tree, found, 0, 8, 1));
	WHICH(found[0]);
	WHICH(radix_tree_tag_clear(&tree, 9, 1));
	INT(radix_tree_tagged(&tree, 1));
	radix_tree_for_each_slot(slot, &tree, &iter, 0) {
		pr_info("slot %lu\n", iter.index);
		if (iter.index == 9) {
			slot = radix_tree_iter_resume(slot, &iter);
			continue;
		}
		if (iter.index == 11)
			radix_tree_iter_delete(&tree, &iter, slot);
	}
	WHICH(radix_tree_lookup(&tree, 11));
	WHICH(radix_tree_delete_item(&tree, 9, &item[9]));
	WHICH(radix_tree_delete_item(&tree, 9, &item[5]));
	WHICH(radix_tree_delete_item(&tree, 1000000, NULL));
	WHICH(radix_tree_delete(&tree, 0));
	WHICH(radix_tree_delete(&tree, 0));
	INT(radix_tree_empty(&tree));
	INT(radix_tree_preload(GFP_KERNEL));
	INT(radix_tree_insert(&tree, 5, &item[1]));
	radix_tree_preload_end();
	INT(radix_tree_maybe_preload(GFP_KERNEL));
	radix_tree_preload_end();
	WHICH(radix_tree_delete(&tree, 5));
}

static int __init calls_init(void)
{
	ids();
	arrays();
	radix();
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
