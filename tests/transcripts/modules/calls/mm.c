#include "calls.h"
#include <linux/gfp.h>
#include <linux/mempool.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/percpu_counter.h>
#include <linux/vmalloc.h>
#include <linux/list_lru.h>
#include <linux/shrinker.h>
#include <linux/backing-dev.h>
#include <crypto/algapi.h>
#include <linux/swap.h>

static int made;
static void construct(void *p) { made++; *(int *)p = 42; }
static const char constant[] = "constant";

static void slabs(void)
{
	struct kmem_cache *c = kmem_cache_create("calls_cache", 100, 0, SLAB_HWCACHE_ALIGN, construct), *u;
	void *p, *many[4];

	INT(kmem_cache_size(c));
	p = kmem_cache_alloc(c, GFP_KERNEL);
	INT(*(int *)p);
	INT((unsigned long)p % 64);
	INT(ksize(p));
	kmem_cache_free(c, p);
	p = kmem_cache_alloc_node(c, GFP_KERNEL, 0);
	INT(*(int *)p);
	kmem_cache_free(c, p);
	INT(kmem_cache_alloc_bulk(c, GFP_KERNEL, 4, many));
	kmem_cache_free_bulk(c, 4, many);
	INT(made > 0);
	INT(kmem_cache_shrink(c));
	DO(kmem_cache_destroy(c));
	DO(kmem_cache_destroy(NULL));
	u = kmem_cache_create_usercopy("calls_user", 64, 8, 0, 16, 16, NULL);
	INT(kmem_cache_size(u));
	p = kmem_cache_alloc(u, GFP_KERNEL | __GFP_ZERO);
	INT(memchr_inv(p, 0, 64) == NULL);
	kmem_cache_free(u, p);
	kmem_cache_destroy(u);
	c = kmem_cache_create("calls_watched", 152, 0, SLAB_POISON | SLAB_HWCACHE_ALIGN, NULL);
	p = kmem_cache_alloc(c, GFP_KERNEL);
	INT(ksize(p));
	kmem_cache_free(c, p);
	kmem_cache_destroy(c);
	c = kmem_cache_create("calls_odd", 13, 0, 0, NULL);
	INT(kmem_cache_size(c));
	kmem_cache_destroy(c);
}

static void kmallocs(void)
{
	char *p, *q;

	p = kmalloc(100, GFP_KERNEL);
	INT(ksize(p));
	strcpy(p, "kept");
	p = krealloc(p, 120, GFP_KERNEL);
	STR(p);
	p = krealloc(p, 1000, GFP_KERNEL);
	STR(p);
	INT(ksize(p));
	INT(krealloc(p, 0, GFP_KERNEL) == ZERO_SIZE_PTR);
	INT(kmalloc(0, GFP_KERNEL) == ZERO_SIZE_PTR);
	INT(ksize(ZERO_SIZE_PTR));
	INT(ksize(NULL));
	kfree(ZERO_SIZE_PTR);
	kfree(NULL);
	p = krealloc(NULL, 9, GFP_KERNEL);
	INT(ksize(p));
	kfree(p);
	p = kzalloc_node(33, GFP_KERNEL, 0);
	INT(memchr_inv(p, 0, 33) == NULL);
	kfree_sensitive(p);
	kfree_sensitive(NULL);
	p = kmalloc(8193, GFP_KERNEL);
	INT(ksize(p));
	kfree(p);
	p = kmalloc_large(10000, GFP_KERNEL);
	INT(ksize(p));
	kfree(p);
	p = kvmalloc_node(100000, GFP_KERNEL | __GFP_ZERO, 0);
	INT(memchr_inv(p, 0, 100000) == NULL);
	kvfree(p);
	p = kvmalloc(16, GFP_KERNEL);
	INT(is_vmalloc_addr(p));
	kvfree(p);
	p = kstrdup("text", GFP_KERNEL); STR(p); kfree(p);
	NIL(kstrdup(NULL, GFP_KERNEL));
	p = kstrndup("longer text", 6, GFP_KERNEL); STR(p); kfree(p);
	p = kstrndup("short", 60, GFP_KERNEL); STR(p); kfree(p);
	NIL(kstrndup(NULL, 6, GFP_KERNEL));
	p = kmemdup("a\0b", 4, GFP_KERNEL); pr_info("%*phN\n", 4, p); kfree(p);
	p = kmemdup_nul("abcdef", 3, GFP_KERNEL); STR(p); kfree(p);
	NIL(kmemdup_nul(NULL, 3, GFP_KERNEL));
	q = (char *)kstrdup_const(constant, GFP_KERNEL); STR(q); INT(q == constant); kfree_const(q);
	p = kmalloc_array(1000, 3, GFP_KERNEL); INT(ksize(p)); kfree(p);
	NIL(kmalloc_array(~0UL, 3, GFP_KERNEL));
	p = __vmalloc(5000, GFP_KERNEL | __GFP_ZERO); INT(is_vmalloc_addr(p)); INT(memchr_inv(p, 0, 5000) == NULL); vfree(p);
	p = vmalloc(1); INT(is_vmalloc_addr(p)); INT((unsigned long)p % PAGE_SIZE); vfree(p);
	p = vzalloc(5000); INT(memchr_inv(p, 0, 5000) == NULL); vfree(p);
	p = vmalloc_node(5000, 0); vfree(p);
	p = vzalloc_node(5000, 0); INT(memchr_inv(p, 0, 5000) == NULL); vfree(p);
	p = vmalloc_32(5000); vfree(p);
	p = vmalloc_user(5000); INT(memchr_inv(p, 0, 8192) == NULL); vfree(p);
	vfree(NULL);
}

static void pages(void)
{
	unsigned long a = __get_free_pages(GFP_KERNEL, 2), z = get_zeroed_page(GFP_KERNEL);
	struct page *p;
	struct folio *f;
	struct sysinfo info;
	void *x;

	INT(a % PAGE_SIZE);
	INT(memchr_inv((void *)z, 0, PAGE_SIZE) == NULL);
	free_pages(a, 2);
	free_page(z);
	free_page(0);
	x = alloc_pages_exact(PAGE_SIZE * 3, GFP_KERNEL | __GFP_ZERO);
	INT(memchr_inv(x, 0, PAGE_SIZE * 3) == NULL);
	free_pages_exact(x, PAGE_SIZE * 3);
	p = alloc_pages(GFP_KERNEL, 1);
	INT(page_count(p));
	INT(page_to_virt(p) == page_address(p));
	INT(virt_to_page(page_address(p)) == p);
	__free_pages(p, 1);
	p = __alloc_pages(GFP_KERNEL | __GFP_ZERO, 0, 0, NULL);
	INT(memchr_inv(page_address(p), 0, PAGE_SIZE) == NULL);
	__free_page(p);
	f = folio_alloc(GFP_KERNEL, 0);
	INT(folio_ref_count(f));
	INT(folio_size(f));
	folio_put(f);
	INT(memchr_inv((void *)empty_zero_page, 0, PAGE_SIZE) == NULL);
	si_meminfo(&info);
	INT(info.totalram == totalram_pages());
	INT(info.mem_unit);
	INT(nr_free_buffer_pages() > 0);
}

static void pools(void)
{
	struct kmem_cache *c = kmem_cache_create("calls_pool", 64, 0, 0, NULL);
	mempool_t *m = mempool_create(2, mempool_alloc_slab, mempool_free_slab, c), own;
	void *a, *b;

	INT(m->min_nr);
	INT(m->curr_nr);
	a = mempool_alloc(m, GFP_KERNEL);
	b = mempool_alloc(m, GFP_KERNEL);
	INT(m->curr_nr);
	mempool_free(a, m);
	mempool_free(b, m);
	mempool_free(NULL, m);
	DO(mempool_destroy(m));
	mempool_destroy(NULL);
	m = mempool_create_kmalloc_pool(3, 100);
	a = mempool_alloc(m, GFP_KERNEL);
	INT(ksize(a));
	mempool_free(a, m);
	mempool_destroy(m);
	m = mempool_create_page_pool(1, 0);
	a = mempool_alloc(m, GFP_KERNEL);
	INT(page_count(a));
	mempool_free(a, m);
	mempool_destroy(m);
	m = mempool_create_node(1, mempool_alloc_slab, mempool_free_slab, c, GFP_KERNEL, 0);
	INT(m->curr_nr);
	mempool_destroy(m);
	INT(mempool_init(&own, 2, mempool_alloc_slab, mempool_free_slab, c));
	INT(own.curr_nr);
	DO(mempool_exit(&own));
	INT(mempool_init_node(&own, 2, mempool_kmalloc, mempool_kfree, (void *)16, GFP_KERNEL, 0));
	mempool_exit(&own);
	kmem_cache_destroy(c);
}

static unsigned long count(struct shrinker *s, struct shrink_control *c) { return 0; }
static unsigned long scan(struct shrinker *s, struct shrink_control *c) { return SHRINK_STOP; }
static struct shrinker shrinker = { .count_objects = count, .scan_objects = scan, .seeks = DEFAULT_SEEKS };
static DEFINE_PER_CPU(int, mine);

static void counts(void)
{
	struct percpu_counter c;
	int __percpu *p;
	struct list_lru lru;

	INT(percpu_counter_init(&c, 5, GFP_KERNEL));
	percpu_counter_add(&c, 10);
	LONG(percpu_counter_read(&c));
	LONG(percpu_counter_sum(&c));
	percpu_counter_add(&c, 1000);
	LONG(percpu_counter_read(&c));
	percpu_counter_add(&c, -2000);
	LONG(percpu_counter_sum(&c));
	INT(percpu_counter_compare(&c, -985));
	INT(percpu_counter_compare(&c, 0));
	INT(percpu_counter_compare(&c, -100000));
	DO(percpu_counter_sync(&c));
	LONG(c.count);
	DO(percpu_counter_set(&c, 77));
	LONG(percpu_counter_sum(&c));
	LONG(percpu_counter_sum_positive(&c));
	DO(percpu_counter_destroy(&c));
	INT(percpu_counter_batch);
	p = alloc_percpu(int);
	INT(*this_cpu_ptr(p));
	(*this_cpu_ptr(p))++;
	INT(per_cpu(*p, 0));
	free_percpu(p);
	p = alloc_percpu_gfp(int, GFP_KERNEL);
	free_percpu(p);
	free_percpu(NULL);
	this_cpu_add(mine, 3);
	INT(per_cpu(mine, 0));
	INT(nr_cpu_ids);
	INT(num_online_cpus());
	INT(cpu_online(0));
	INT(cpu_possible(0));
	INT(cpu_present(0));
	INT(cpu_active(0));
	INT(cpu_online(1));
	INT(raw_smp_processor_id());
	INT(numa_node_id());
	INT(__crypto_memneq("abc", "abc", 3));
	INT(!!__crypto_memneq("abc", "abd", 3));
	INT(__crypto_memneq("abc", "abd", 2));
	INT(register_shrinker(&shrinker, "calls"));
	DO(unregister_shrinker(&shrinker));
	INT(list_lru_init(&lru));
	DO(list_lru_destroy(&lru));
}

static int __init calls_init(void)
{
	slabs();
	kmallocs();
	pages();
	pools();
	counts();
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
