# memory of every kind: mm/slub.c, mm/slab_common.c, mm/util.c, mm/vmalloc.c, mm/page_alloc.c, mm/mempool.c, mm/percpu.c, lib/percpu_counter.c
  $ insmod calls/mm.ko
  k|<4>mm: loading out-of-tree module taints kernel.
  k|<5>mm: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>mm: kmem_cache_size(c) = 100
  k|<6>mm: *(int *)p = 42
  k|<6>mm: (unsigned long)p % 64 = 0
  k|<6>mm: ksize(p) = 128
  k|<6>mm: *(int *)p = 42
  k|<6>mm: kmem_cache_alloc_bulk(c, GFP_KERNEL, 4, many) = 4
  k|<6>mm: made > 0 = 1
  k|<6>mm: kmem_cache_shrink(c) = 0
  k|<6>mm: kmem_cache_destroy(c)
  k|<6>mm: kmem_cache_destroy(NULL)
  k|<6>mm: kmem_cache_size(u) = 64
  k|<6>mm: memchr_inv(p, 0, 64) == NULL = 1
  k|<6>mm: ksize(p) = 152
  k|<6>mm: kmem_cache_size(c) = 13
  k|<6>mm: ksize(p) = 128
  k|<6>mm: p = "kept"
  k|<6>mm: p = "kept"
  k|<6>mm: ksize(p) = 1024
  k|<6>mm: krealloc(p, 0, GFP_KERNEL) == ZERO_SIZE_PTR = 1
  k|<6>mm: kmalloc(0, GFP_KERNEL) == ZERO_SIZE_PTR = 1
  k|<6>mm: ksize(ZERO_SIZE_PTR) = 0
  k|<6>mm: ksize(NULL) = 0
  k|<6>mm: ksize(p) = 16
  k|<6>mm: memchr_inv(p, 0, 33) == NULL = 1
  k|<6>mm: ksize(p) = 16384
  k|<6>mm: ksize(p) = 16384
  k|<6>mm: memchr_inv(p, 0, 100000) == NULL = 1
  k|<6>mm: is_vmalloc_addr(p) = 0
  k|<6>mm: p = "text"
  k|<6>mm: kstrdup(NULL, GFP_KERNEL) is NULL
  k|<6>mm: p = "longer"
  k|<6>mm: p = "short"
  k|<6>mm: kstrndup(NULL, 6, GFP_KERNEL) is NULL
  k|<6>mm: 61006200
  k|<6>mm: p = "abc"
  k|<6>mm: kmemdup_nul(NULL, 3, GFP_KERNEL) is NULL
  k|<6>mm: q = "constant"
  k|<6>mm: q == constant = 0
  k|<6>mm: ksize(p) = 4096
  k|<6>mm: kmalloc_array(~0UL, 3, GFP_KERNEL) is NULL
  k|<6>mm: is_vmalloc_addr(p) = 1
  k|<6>mm: memchr_inv(p, 0, 5000) == NULL = 1
  k|<6>mm: is_vmalloc_addr(p) = 1
  k|<6>mm: (unsigned long)p % PAGE_SIZE = 0
  k|<6>mm: memchr_inv(p, 0, 5000) == NULL = 1
  k|<6>mm: memchr_inv(p, 0, 5000) == NULL = 1
  k|<6>mm: memchr_inv(p, 0, 8192) == NULL = 1
  k|<6>mm: a % PAGE_SIZE = 0
  k|<6>mm: memchr_inv((void *)z, 0, PAGE_SIZE) == NULL = 1
  k|<6>mm: memchr_inv(x, 0, PAGE_SIZE * 3) == NULL = 1
  k|<6>mm: page_count(p) = 1
  k|<6>mm: page_to_virt(p) == page_address(p) = 1
  k|<6>mm: virt_to_page(page_address(p)) == p = 1
  k|<6>mm: memchr_inv(page_address(p), 0, PAGE_SIZE) == NULL = 1
  k|<6>mm: folio_ref_count(f) = 1
  k|<6>mm: folio_size(f) = 4096
  k|<6>mm: memchr_inv((void *)empty_zero_page, 0, PAGE_SIZE) == NULL = 1
  k|<6>mm: info.totalram == totalram_pages() = 1
  k|<6>mm: info.mem_unit = 4096
  k|<6>mm: nr_free_buffer_pages() > 0 = 1
  k|<6>mm: m->min_nr = 2
  k|<6>mm: m->curr_nr = 2
  k|<6>mm: m->curr_nr = 2
  k|<6>mm: mempool_destroy(m)
  k|<6>mm: ksize(a) = 128
  k|<6>mm: page_count(a) = 1
  k|<6>mm: m->curr_nr = 1
  k|<6>mm: mempool_init(&own, 2, mempool_alloc_slab, mempool_free_slab, c) = 0
  k|<6>mm: own.curr_nr = 2
  k|<6>mm: mempool_exit(&own)
  k|<6>mm: mempool_init_node(&own, 2, mempool_kmalloc, mempool_kfree, (void *)16, GFP_KERNEL, 0) = 0
  k|<6>mm: percpu_counter_init(&c, 5, GFP_KERNEL) = 0
  k|<6>mm: percpu_counter_read(&c) = 5
  k|<6>mm: percpu_counter_sum(&c) = 15
  k|<6>mm: percpu_counter_read(&c) = 1015
  k|<6>mm: percpu_counter_sum(&c) = -985
  k|<6>mm: percpu_counter_compare(&c, -985) = 0
  k|<6>mm: percpu_counter_compare(&c, 0) = -1
  k|<6>mm: percpu_counter_compare(&c, -100000) = 1
  k|<6>mm: percpu_counter_sync(&c)
  k|<6>mm: c.count = -985
  k|<6>mm: percpu_counter_set(&c, 77)
  k|<6>mm: percpu_counter_sum(&c) = 77
  k|<6>mm: percpu_counter_sum_positive(&c) = 77
  k|<6>mm: percpu_counter_destroy(&c)
  k|<6>mm: percpu_counter_batch = 32
  k|<6>mm: *this_cpu_ptr(p) = 0
  k|<6>mm: per_cpu(*p, 0) = 1
  k|<6>mm: per_cpu(mine, 0) = 3
  k|<6>mm: nr_cpu_ids = 1
  k|<6>mm: num_online_cpus() = 1
  k|<6>mm: cpu_online(0) = 1
  k|<6>mm: cpu_possible(0) = 1
  k|<6>mm: cpu_present(0) = 1
  k|<6>mm: cpu_active(0) = 1
  k|<6>mm: cpu_online(1) = 0
  k|<6>mm: raw_smp_processor_id() = 0
  k|<6>mm: numa_node_id() = 0
  k|<6>mm: __crypto_memneq("abc", "abc", 3) = 0
  k|<6>mm: !!__crypto_memneq("abc", "abd", 3) = 1
  k|<6>mm: __crypto_memneq("abc", "abd", 2) = 0
  k|<6>mm: register_shrinker(&shrinker, "calls") = 0
  k|<6>mm: unregister_shrinker(&shrinker)
  k|<6>mm: list_lru_init(&lru) = 0
  k|<6>mm: list_lru_destroy(&lru)
  $ rmmod mm
