# numbers and what they stand for: lib/idr.c, lib/xarray.c, lib/radix-tree.c
  $ insmod calls/lib_idr.ko
  k|<4>lib_idr: loading out-of-tree module taints kernel.
  k|<5>lib_idr: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>lib_idr: idr_alloc(&idr, &item[0], 0, 0, GFP_KERNEL) = 0
  k|<6>lib_idr: idr_alloc(&idr, &item[1], 0, 0, GFP_KERNEL) = 1
  k|<6>lib_idr: idr_alloc(&idr, &item[2], 100, 102, GFP_KERNEL) = 100
  k|<6>lib_idr: idr_alloc(&idr, &item[3], 100, 102, GFP_KERNEL) = 101
  k|<6>lib_idr: idr_alloc(&idr, &item[4], 100, 102, GFP_KERNEL) = -28
  k|<6>lib_idr: idr_alloc(&idr, NULL, 7, 8, GFP_KERNEL) = 7
  k|<6>lib_idr: idr_alloc(&idr, &item[4], 2000, 0, GFP_KERNEL) = 2000
  k|<6>lib_idr: idr_alloc(&idr, &item[4], INT_MAX, 0, GFP_KERNEL) = 2147483647
  k|<6>lib_idr: idr_find(&idr, 0) = 1
  k|<6>lib_idr: idr_find(&idr, 1) = 2
  k|<6>lib_idr: idr_find(&idr, 100) = 3
  k|<6>lib_idr: idr_find(&idr, 7) = 0
  k|<6>lib_idr: idr_find(&idr, 3) = 0
  k|<6>lib_idr: each 0 0
  k|<6>lib_idr: each 1 1
  k|<6>lib_idr: each 100 2
  k|<6>lib_idr: each 101 3
  k|<6>lib_idr: each 2000 4
  k|<6>lib_idr: each 2147483647 4
  k|<6>lib_idr: idr_for_each(&idr, each, &stop) = 0
  k|<6>lib_idr: each 0 0
  k|<6>lib_idr: each 1 1
  k|<6>lib_idr: each 100 2
  k|<6>lib_idr: idr_for_each(&idr, each, &stop) = 100
  k|<6>lib_idr: idr_get_next 0
  k|<6>lib_idr: idr_get_next 1
  k|<6>lib_idr: idr_get_next 100
  k|<6>lib_idr: idr_get_next 101
  k|<6>lib_idr: idr_get_next 2000
  k|<6>lib_idr: idr_get_next 2147483647
  k|<6>lib_idr: idr_get_next_ul(&idr, &ul) = 5
  k|<6>lib_idr: ul = 2000
  k|<6>lib_idr: idr_replace(&idr, &item[9], 1) = 2
  k|<6>lib_idr: idr_find(&idr, 1) = 10
  k|<6>lib_idr: idr_replace(&idr, &item[9], 55) = -2
  k|<6>lib_idr: idr_remove(&idr, 1) = 10
  k|<6>lib_idr: idr_remove(&idr, 1) = 0
  k|<6>lib_idr: idr_alloc_cyclic(&idr, &item[5], 0, 10, GFP_KERNEL) = 1
  k|<6>lib_idr: idr_alloc_cyclic(&idr, &item[5], 0, 10, GFP_KERNEL) = 2
  k|<6>lib_idr: idr_remove(&idr, 1) = 6
  k|<6>lib_idr: idr_alloc_cyclic(&idr, &item[5], 0, 10, GFP_KERNEL) = 3
  k|<6>lib_idr: idr_alloc_cyclic(&idr, &item[5], 0, 5, GFP_KERNEL) = 4
  k|<6>lib_idr: idr_alloc_u32(&idr, &item[6], &u, 6, GFP_KERNEL) = 0
  k|<6>lib_idr: u = 5
  k|<6>lib_idr: idr_alloc_u32(&idr, &item[6], &u, 6, GFP_KERNEL) = 0
  k|<6>lib_idr: u = 6
  k|<6>lib_idr: idr_alloc_u32(&idr, &item[6], &u, 6, GFP_KERNEL) = -28
  k|<6>lib_idr: idr_alloc(&idr, &item[7], 4000, 0, GFP_NOWAIT) = 4000
  k|<6>lib_idr: idr_is_empty(&idr) = 0
  k|<6>lib_idr: idr_destroy(&idr)
  k|<6>lib_idr: idr_is_empty(&idr) = 1
  k|<6>lib_idr: ida_alloc_range(&ida, 0, 3, GFP_KERNEL) = 0
  k|<6>lib_idr: ida_alloc_range(&ida, 0, 3, GFP_KERNEL) = 1
  k|<6>lib_idr: ida_alloc_range(&ida, 3, 3, GFP_KERNEL) = 3
  k|<6>lib_idr: ida_alloc_range(&ida, 3, 3, GFP_KERNEL) = -28
  k|<6>lib_idr: ida_alloc_range(&ida, 1000, 0x7fffffff, GFP_KERNEL) = 1000
  k|<6>lib_idr: ida_alloc_range(&ida, 5, 4, GFP_KERNEL) = -28
  k|<6>lib_idr: ida_alloc_range(&ida, 0x80000000, 0xffffffff, GFP_KERNEL) = -28
  k|<6>lib_idr: ida_free(&ida, 0)
  k|<6>lib_idr: ida_alloc_range(&ida, 0, 3, GFP_KERNEL) = 0
  k|<6>lib_idr: ida_free(&ida, 1000)
  k|<6>lib_idr: ida_is_empty(&ida) = 0
  k|<6>lib_idr: ida_destroy(&ida)
  k|<6>lib_idr: ida_is_empty(&ida) = 1
  k|<6>lib_idr: xa_err(xa_store(&plain, 3, &item[3], GFP_KERNEL)) = 0
  k|<6>lib_idr: xa_err(xa_store(&plain, 70, &item[7], GFP_KERNEL)) = 0
  k|<6>lib_idr: xa_err(xa_store(&plain, -1UL, xa_mk_value(77), GFP_KERNEL)) = 0
  k|<6>lib_idr: xa_store(&plain, 3, &item[4], GFP_KERNEL) = 4
  k|<6>lib_idr: xa_load(&plain, 3) = 5
  k|<6>lib_idr: xa_load(&plain, 4) = 0
  k|<6>lib_idr: xa_to_value(xa_load(&plain, -1UL)) = 77
  k|<6>lib_idr: xa_set_mark(&plain, 3, XA_MARK_1)
  k|<6>lib_idr: xa_set_mark(&plain, 4, XA_MARK_1)
  k|<6>lib_idr: xa_set_mark(&plain, 70, XA_MARK_0)
  k|<6>lib_idr: xa_get_mark(&plain, 3, XA_MARK_1) = 1
  k|<6>lib_idr: xa_get_mark(&plain, 4, XA_MARK_1) = 0
  k|<6>lib_idr: xa_get_mark(&plain, 3, XA_MARK_0) = 0
  k|<6>lib_idr: xa_marked(&plain, XA_MARK_1) = 1
  k|<6>lib_idr: xa_marked(&plain, XA_MARK_2) = 0
  k|<6>lib_idr: xa_find(&plain, &at, ULONG_MAX, XA_PRESENT) = 5
  k|<6>lib_idr: at = 3
  k|<6>lib_idr: xa_find_after(&plain, &at, ULONG_MAX, XA_PRESENT) = 8
  k|<6>lib_idr: at = 70
  k|<6>lib_idr: xa_find_after(&plain, &at, 100, XA_PRESENT) is NULL
  k|<6>lib_idr: at = 70
  k|<6>lib_idr: xa_find_after(&plain, &at, ULONG_MAX, XA_PRESENT) is there
  k|<6>lib_idr: at = -1
  k|<6>lib_idr: xa_find_after(&plain, &at, ULONG_MAX, XA_PRESENT) is NULL
  k|<6>lib_idr: at = -1
  k|<6>lib_idr: xa_find(&plain, &at, ULONG_MAX, XA_MARK_0) = 8
  k|<6>lib_idr: at = 70
  k|<6>lib_idr: xa_find(&plain, &at, 2, XA_MARK_1) = 0
  k|<6>lib_idr: at = 0
  k|<6>lib_idr: xa_extract(&plain, found, 0, 100, 8, XA_PRESENT) = 2
  k|<6>lib_idr: found[i] = 5
  k|<6>lib_idr: found[i] = 8
  k|<6>lib_idr: xa_extract(&plain, found, 0, 100, 1, XA_PRESENT) = 1
  k|<6>lib_idr: xa_extract(&plain, found, 0, 100, 8, XA_MARK_0) = 1
  k|<6>lib_idr: xa_clear_mark(&plain, 3, XA_MARK_1)
  k|<6>lib_idr: xa_marked(&plain, XA_MARK_1) = 0
  k|<6>lib_idr: __xa_store(&plain, 5, &item[5], GFP_KERNEL) = 0
  k|<6>lib_idr: __xa_set_mark(&plain, 5, XA_MARK_2)
  k|<6>lib_idr: xa_marked(&plain, XA_MARK_2) = 1
  k|<6>lib_idr: __xa_clear_mark(&plain, 5, XA_MARK_2)
  k|<6>lib_idr: xa_marked(&plain, XA_MARK_2) = 0
  k|<6>lib_idr: __xa_cmpxchg(&plain, 5, &item[4], &item[6], GFP_KERNEL) = 6
  k|<6>lib_idr: __xa_cmpxchg(&plain, 5, &item[5], &item[6], GFP_KERNEL) = 6
  k|<6>lib_idr: __xa_cmpxchg(&plain, 6, NULL, &item[6], GFP_KERNEL) = 0
  k|<6>lib_idr: __xa_insert(&plain, 5, &item[1], GFP_KERNEL) = -16
  k|<6>lib_idr: __xa_insert(&plain, 9, &item[1], GFP_KERNEL) = 0
  k|<6>lib_idr: __xa_erase(&plain, 5) = 7
  k|<6>lib_idr: __xa_erase(&plain, 5) = 0
  k|<6>lib_idr: xa_erase(&plain, 3) = 5
  k|<6>lib_idr: xa_load(&plain, 3) = 0
  k|<6>lib_idr: xa_empty(&plain) = 0
  k|<6>lib_idr: xa_destroy(&plain)
  k|<6>lib_idr: xa_empty(&plain) = 1
  k|<6>lib_idr: xa_err(xa_store_range(&plain, 8, 15, &item[8], GFP_KERNEL)) = 0
  k|<6>lib_idr: xa_load(&plain, 7) = 0
  k|<6>lib_idr: xa_load(&plain, 8) = 9
  k|<6>lib_idr: xa_load(&plain, 15) = 9
  k|<6>lib_idr: xa_load(&plain, 16) = 0
  k|<6>lib_idr: xa_destroy(&plain)
  k|<6>lib_idr: __xa_alloc(&xa, &id, &item[1], XA_LIMIT(0, 3), GFP_KERNEL) = 0
  k|<6>lib_idr: id = 1
  k|<6>lib_idr: __xa_alloc(&xa, &id, &item[2], XA_LIMIT(0, 3), GFP_KERNEL) = 0
  k|<6>lib_idr: id = 2
  k|<6>lib_idr: __xa_alloc(&xa, &id, &item[3], XA_LIMIT(0, 3), GFP_KERNEL) = 0
  k|<6>lib_idr: id = 3
  k|<6>lib_idr: __xa_alloc(&xa, &id, &item[3], XA_LIMIT(0, 3), GFP_KERNEL) = -16
  k|<6>lib_idr: id = 3
  k|<6>lib_idr: __xa_alloc_cyclic(&xa, &id, &item[4], XA_LIMIT(1, 6), &next, GFP_KERNEL) = 0
  k|<6>lib_idr: id = 2
  k|<6>lib_idr: next = 3
  k|<6>lib_idr: __xa_alloc_cyclic(&xa, &id, &item[4], XA_LIMIT(1, 4), &next, GFP_KERNEL) = 0
  k|<6>lib_idr: id = 4
  k|<6>lib_idr: next = 5
  k|<6>lib_idr: __xa_alloc_cyclic(&xa, &id, &item[4], XA_LIMIT(1, 4), &next, GFP_KERNEL) = -16
  k|<6>lib_idr: next = 5
  k|<6>lib_idr: xa_destroy(&xa)
  k|<6>lib_idr: radix_tree_insert(&tree, 0, &item[0]) = 0
  k|<6>lib_idr: radix_tree_insert(&tree, 9, &item[9]) = 0
  k|<6>lib_idr: radix_tree_insert(&tree, 9, &item[8]) = -17
  k|<6>lib_idr: radix_tree_insert(&tree, 1000000, &item[10]) = 0
  k|<6>lib_idr: radix_tree_insert(&tree, 11, &item[11]) = 0
  k|<6>lib_idr: radix_tree_lookup(&tree, 9) = 10
  k|<6>lib_idr: radix_tree_lookup(&tree, 10) = 0
  k|<6>lib_idr: radix_tree_deref_slot(slot) = 10
  k|<6>lib_idr: radix_tree_lookup(&tree, 9) = 6
  k|<6>lib_idr: radix_tree_lookup_slot(&tree, 10) is NULL
  k|<6>lib_idr: radix_tree_tag_set(&tree, 9, 1) = 6
  k|<6>lib_idr: radix_tree_tag_get(&tree, 9, 1) = 1
  k|<6>lib_idr: radix_tree_tag_get(&tree, 9, 0) = 0
  k|<6>lib_idr: radix_tree_tag_get(&tree, 8, 1) = 0
  k|<6>lib_idr: radix_tree_tagged(&tree, 1) = 268435456
  k|<6>lib_idr: radix_tree_tagged(&tree, 2) = 0
  k|<6>lib_idr: radix_tree_gang_lookup(&tree, found, 0, 8) = 4
  k|<6>lib_idr: radix_tree_gang_lookup(&tree, found, 1, 2) = 2
  k|<6>lib_idr: found[0] = 6
  k|<6>lib_idr: found[1] = 12
  k|<6>lib_idr: radix_tree_gang_lookup_tag(&tree, found, 0, 8, 1) = 1
  k|<6>lib_idr: found[0] = 6
  k|<6>lib_idr: radix_tree_tag_clear(&tree, 9, 1) = 6
  k|<6>lib_idr: radix_tree_tagged(&tree, 1) = 0
  k|<6>lib_idr: slot 0
  k|<6>lib_idr: slot 9
  k|<6>lib_idr: slot 11
  k|<6>lib_idr: slot 1000000
  k|<6>lib_idr: radix_tree_lookup(&tree, 11) = 0
  k|<6>lib_idr: radix_tree_delete_item(&tree, 9, &item[9]) = 0
  k|<6>lib_idr: radix_tree_delete_item(&tree, 9, &item[5]) = 6
  k|<6>lib_idr: radix_tree_delete_item(&tree, 1000000, NULL) = 11
  k|<6>lib_idr: radix_tree_delete(&tree, 0) = 1
  k|<6>lib_idr: radix_tree_delete(&tree, 0) = 0
  k|<6>lib_idr: radix_tree_empty(&tree) = 1
  k|<6>lib_idr: radix_tree_preload(GFP_KERNEL) = 0
  k|<6>lib_idr: radix_tree_insert(&tree, 5, &item[1]) = 0
  k|<6>lib_idr: radix_tree_maybe_preload(GFP_KERNEL) = 0
  k|<6>lib_idr: radix_tree_delete(&tree, 5) = 2
  $ rmmod lib_idr
