# queues, lists, trees, places to copy to: lib/kfifo.c, lib/list_sort.c, lib/llist.c, lib/rbtree.c, lib/iov_iter.c
  $ insmod calls/lib_kfifo.ko
  k|<4>lib_kfifo: loading out-of-tree module taints kernel.
  k|<5>lib_kfifo: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>lib_kfifo: __kfifo_alloc(k, 10, 1, GFP_KERNEL) = 0
  k|<6>lib_kfifo: mask 15 esize 1
  k|<6>lib_kfifo: __kfifo_in(k, "abcdefgh", 8) = 8
  k|<6>lib_kfifo: __kfifo_in(k, "ijklmnopqrst", 12) = 8
  k|<6>lib_kfifo: __kfifo_in(k, "x", 1) = 0
  k|<6>lib_kfifo: __kfifo_out_peek(k, b, 5) = 5
  k|<6>lib_kfifo: b = "abcde"
  k|<6>lib_kfifo: __kfifo_out(k, b, 7) = 7
  k|<6>lib_kfifo: b = "abcdefg"
  k|<6>lib_kfifo: __kfifo_in(k, "uvw", 3) = 3
  k|<6>lib_kfifo: __kfifo_out(k, b, 30) = 12
  k|<6>lib_kfifo: b = "hijklmnopuvw"
  k|<6>lib_kfifo: __kfifo_out(k, b, 3) = 0
  k|<6>lib_kfifo: __kfifo_free(k)
  k|<6>lib_kfifo: mask 0 esize 0 1
  k|<6>lib_kfifo: __kfifo_alloc(k, 1, 1, GFP_KERNEL) = -22
  k|<6>lib_kfifo: __kfifo_init(k, room, 33, 4) = 0
  k|<6>lib_kfifo: mask 7 esize 4
  k|<6>lib_kfifo: __kfifo_in(k, "one-two-thr-", 3) = 3
  k|<6>lib_kfifo: __kfifo_out(k, b, 1) = 1
  k|<6>lib_kfifo: b = "one-"
  k|<6>lib_kfifo: __kfifo_init(k, room, 7, 4) = -22
  k|<6>lib_kfifo: __kfifo_init(&k, room, 16, 1) = 0
  k|<6>lib_kfifo: __kfifo_in_r(&k, "hello", 5, 1) = 5
  k|<6>lib_kfifo: __kfifo_in_r(&k, "0123456789", 10, 1) = 0
  k|<6>lib_kfifo: __kfifo_in_r(&k, "abc", 3, 1) = 3
  k|<6>lib_kfifo: __kfifo_len_r(&k, 1) = 5
  k|<6>lib_kfifo: __kfifo_out_peek_r(&k, b, 40, 1) = 5
  k|<6>lib_kfifo: b = "hello"
  k|<6>lib_kfifo: __kfifo_out_r(&k, b, 2, 1) = 2
  k|<6>lib_kfifo: b = "hello"
  k|<6>lib_kfifo: __kfifo_len_r(&k, 1) = 3
  k|<6>lib_kfifo: __kfifo_skip_r(&k, 1)
  k|<6>lib_kfifo: __kfifo_out_r(&k, b, 40, 1) = 0
  k|<6>lib_kfifo: __kfifo_out_peek_r(&k, b, 40, 1) = 0
  k|<6>lib_kfifo: __kfifo_in_r(&k, "two bytes", 9, 2) = 9
  k|<6>lib_kfifo: __kfifo_len_r(&k, 2) = 9
  k|<6>lib_kfifo: __kfifo_out_r(&k, b, 40, 2) = 9
  k|<6>lib_kfifo: b = "two bytes"
  k|<6>lib_kfifo: __kfifo_max_r(1000, 1) = 255
  k|<6>lib_kfifo: __kfifo_max_r(100, 1) = 100
  k|<6>lib_kfifo: __kfifo_max_r(1000, 2) = 1000
  k|<6>lib_kfifo: __kfifo_max_r(100000, 2) = 65535
  k|<6>lib_kfifo: list 0 0
  k|<6>lib_kfifo: list 0 3
  k|<6>lib_kfifo: list 2 6
  k|<6>lib_kfifo: list 2 9
  k|<6>lib_kfifo: list 4 12
  k|<6>lib_kfifo: list 4 15
  k|<6>lib_kfifo: list 6 1
  k|<6>lib_kfifo: list 6 18
  k|<6>lib_kfifo: list 8 7
  k|<6>lib_kfifo: list 10 10
  k|<6>lib_kfifo: list 10 13
  k|<6>lib_kfifo: list 12 16
  k|<6>lib_kfifo: list 12 19
  k|<6>lib_kfifo: list 14 2
  k|<6>lib_kfifo: list 14 5
  k|<6>lib_kfifo: list 16 8
  k|<6>lib_kfifo: list 16 11
  k|<6>lib_kfifo: list 18 14
  k|<6>lib_kfifo: list 18 17
  k|<6>lib_kfifo: llist_add_batch(&things[i].l, &things[i].l, &lock_free) = 1
  k|<6>lib_kfifo: llist_add_batch(&things[i].l, &things[i].l, &lock_free) = 0
  k|<6>lib_kfifo: llist_add_batch(&things[i].l, &things[i].l, &lock_free) = 0
  k|<6>lib_kfifo: llist_entry(n, struct thing, l)->serial = 2
  k|<6>lib_kfifo: llist 0
  k|<6>lib_kfifo: llist 1
  k|<6>lib_kfifo: llist_del_first(&lock_free) is NULL
  k|<6>lib_kfifo: rb_first(&root) = 0
  k|<6>lib_kfifo: rb_last(&root) = 9
  k|<6>lib_kfifo: rb_next(rb_first(&root)) = 1
  k|<6>lib_kfifo: rb_prev(rb_first(&root)) = -1
  k|<6>lib_kfifo: rb_prev(rb_last(&root)) = 8
  k|<6>lib_kfifo: root.rb_node = 4
  k|<6>lib_kfifo: tree 0
  k|<6>lib_kfifo: tree 2
  k|<6>lib_kfifo: tree 3
  k|<6>lib_kfifo: tree 4
  k|<6>lib_kfifo: tree 5
  k|<6>lib_kfifo: tree 6
  k|<6>lib_kfifo: tree 7
  k|<6>lib_kfifo: tree 8
  k|<6>lib_kfifo: tree 9
  k|<6>lib_kfifo: post 0
  k|<6>lib_kfifo: post 3
  k|<6>lib_kfifo: post 2
  k|<6>lib_kfifo: post 6
  k|<6>lib_kfifo: post 5
  k|<6>lib_kfifo: post 9
  k|<6>lib_kfifo: post 8
  k|<6>lib_kfifo: post 7
  k|<6>lib_kfifo: post 4
  k|<6>lib_kfifo: rb_first(&root) = -1
  k|<6>lib_kfifo: rb_last(&root) = -1
  k|<6>lib_kfifo: rb_first_postorder(&root) = -1
  k|<6>lib_kfifo: _copy_to_iter("abcdefgh", 8, &i) = 8
  k|<6>lib_kfifo: iov_iter_count(&i) = 7
  k|<6>lib_kfifo: iov_iter_zero(3, &i) = 3
  k|<6>lib_kfifo: _copy_to_iter("0123456789", 10, &i) = 4
  k|<6>lib_kfifo: iov_iter_count(&i) = 0
  k|<6>lib_kfifo: abcde fgh\0\0\00123
  k|<6>lib_kfifo: iov_iter_revert(&i, 9)
  k|<6>lib_kfifo: iov_iter_count(&i) = 9
  k|<6>lib_kfifo: _copy_from_iter(b, 3, &i) = 3
  k|<6>lib_kfifo: iov_iter_advance(&i, 4)
  k|<6>lib_kfifo: _copy_from_iter_nocache(b + 10, 3, &i) = 3
  k|<6>lib_kfifo: _copy_from_iter(b + 20, 30, &i) = 2
  k|<6>lib_kfifo: abc\0\0\0\0\0\0\0h\0\0\0\0\0\0\0\0\0\00\0\0\0\0\0\0\0\0
  k|<6>lib_kfifo: iov_iter_count(&i) = 0
  k|<6>lib_kfifo: iov_iter_advance(&i, 4)
  k|<6>lib_kfifo: iov_iter_count(&i) = 0
  $ rmmod lib_kfifo
