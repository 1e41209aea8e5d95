#include "calls.h"
#include <linux/kfifo.h>
#include <linux/list.h>
#include <linux/list_sort.h>
#include <linux/llist.h>
#include <linux/rbtree.h>
#include <linux/uio.h>

static char b[40];

static void plain(void)
{
	DECLARE_KFIFO_PTR(f, char) = { };
	struct __kfifo *k = &f.kfifo;
	static char room[33];

	INT(__kfifo_alloc(k, 10, 1, GFP_KERNEL));
	pr_info("mask %u esize %u\n", k->mask, k->esize);
	INT(__kfifo_in(k, "abcdefgh", 8));
	INT(__kfifo_in(k, "ijklmnopqrst", 12));
	INT(__kfifo_in(k, "x", 1));
	memset(b, 0, sizeof(b));
	INT(__kfifo_out_peek(k, b, 5)); STR(b);
	INT(__kfifo_out(k, b, 7)); STR(b);
	INT(__kfifo_in(k, "uvw", 3));
	memset(b, 0, sizeof(b));
	INT(__kfifo_out(k, b, 30)); STR(b);
	INT(__kfifo_out(k, b, 3));
	DO(__kfifo_free(k));
	pr_info("mask %u esize %u %d\n", k->mask, k->esize, !k->data);
	INT(__kfifo_alloc(k, 1, 1, GFP_KERNEL));
	INT(__kfifo_init(k, room, 33, 4));
	pr_info("mask %u esize %u\n", k->mask, k->esize);
	INT(__kfifo_in(k, "one-two-thr-", 3));
	INT(__kfifo_out(k, b, 1));
	b[4] = 0;
	STR(b);
	INT(__kfifo_init(k, room, 7, 4));
}

static void records(void)
{
	struct __kfifo k;
	static char room[16];

	INT(__kfifo_init(&k, room, 16, 1));
	INT(__kfifo_in_r(&k, "hello", 5, 1));
	INT(__kfifo_in_r(&k, "0123456789", 10, 1));
	INT(__kfifo_in_r(&k, "abc", 3, 1));
	INT(__kfifo_len_r(&k, 1));
	memset(b, 0, sizeof(b));
	INT(__kfifo_out_peek_r(&k, b, 40, 1)); STR(b);
	INT(__kfifo_out_r(&k, b, 2, 1)); STR(b);
	INT(__kfifo_len_r(&k, 1));
	DO(__kfifo_skip_r(&k, 1));
	INT(__kfifo_out_r(&k, b, 40, 1));
	INT(__kfifo_out_peek_r(&k, b, 40, 1));
	INT(__kfifo_in_r(&k, "two bytes", 9, 2));
	INT(__kfifo_len_r(&k, 2));
	memset(b, 0, sizeof(b));
	INT(__kfifo_out_r(&k, b, 40, 2)); STR(b);
	INT(__kfifo_max_r(1000, 1));
	INT(__kfifo_max_r(100, 1));
	INT(__kfifo_max_r(1000, 2));
	INT(__kfifo_max_r(100000, 2));
}

struct thing { struct list_head list; struct llist_node l; struct rb_node rb; int key, serial; };

static int compare(void *priv, const struct list_head *x, const struct list_head *y)
{
	return list_entry(x, struct thing, list)->key - list_entry(y, struct thing, list)->key;
}

static void put(struct rb_root *root, struct thing *t)
{
	struct rb_node **link = &root->rb_node, *parent = NULL;

	while (*link) {
		parent = *link;
		link = t->key < rb_entry(parent, struct thing, rb)->key ? &parent->rb_left : &parent->rb_right;
	}
	rb_link_node(&t->rb, parent, link);
	rb_insert_color(&t->rb, root);
}

#define KEY(call) pr_info("%s = %d\n", #call, ({ struct rb_node *n_ = (call); n_ ? rb_entry(n_, struct thing, rb)->key : -1; }))

static void lists(void)
{
	static struct thing things[20], other;
	LIST_HEAD(head);
	LLIST_HEAD(lock_free);
	struct rb_root root = RB_ROOT;
	struct llist_node *n;
	struct thing *t;
	struct rb_node *r;
	int i;

	for (i = 0; i < 20; i++) {
		things[i].key = i * 7 % 20 / 2 * 2;
		things[i].serial = i;
		list_add_tail(&things[i].list, &head);
	}
	list_del(&things[4].list);
	list_sort(NULL, &head, compare);
	list_for_each_entry(t, &head, list)
		pr_info("list %d %d\n", t->key, t->serial);
	for (i = 0; i < 3; i++)
		INT(llist_add_batch(&things[i].l, &things[i].l, &lock_free));
	n = llist_del_first(&lock_free);
	INT(llist_entry(n, struct thing, l)->serial);
	n = llist_reverse_order(llist_del_all(&lock_free));
	llist_for_each_entry(t, n, l)
		pr_info("llist %d\n", t->serial);
	NIL(llist_del_first(&lock_free));
	for (i = 0; i < 10; i++) {
		things[i].key = i * 7 % 10;
		put(&root, &things[i]);
	}
	KEY(rb_first(&root));
	KEY(rb_last(&root));
	KEY(rb_next(rb_first(&root)));
	KEY(rb_prev(rb_first(&root)));
	KEY(rb_prev(rb_last(&root)));
	KEY(root.rb_node);
	rb_erase(&things[3].rb, &root);
	other.key = 5;
	rb_replace_node(&things[5].rb, &other.rb, &root);
	for (r = rb_first(&root); r; r = rb_next(r))
		pr_info("tree %d\n", rb_entry(r, struct thing, rb)->key);
	for (r = rb_first_postorder(&root); r; r = rb_next_postorder(r))
		pr_info("post %d\n", rb_entry(r, struct thing, rb)->key);
	root = RB_ROOT;
	KEY(rb_first(&root));
	KEY(rb_last(&root));
	KEY(rb_first_postorder(&root));
}

static void iterators(void)
{
	char one[6] = "-----", two[11] = "==========";
	struct kvec v[2] = { { one, 5 }, { two, 10 } };
	struct iov_iter i;

	iov_iter_kvec(&i, READ, v, 2, 15);
	ULONG(_copy_to_iter("abcdefgh", 8, &i));
	ULONG(iov_iter_count(&i));
	ULONG(iov_iter_zero(3, &i));
	ULONG(_copy_to_iter("0123456789", 10, &i));
	ULONG(iov_iter_count(&i));
	pr_info("%*pE %*pE\n", 5, one, 10, two);
	DO(iov_iter_revert(&i, 9));
	ULONG(iov_iter_count(&i));
	iov_iter_kvec(&i, WRITE, v, 2, 12);
	memset(b, 0, sizeof(b));
	ULONG(_copy_from_iter(b, 3, &i));
	DO(iov_iter_advance(&i, 4));
	ULONG(_copy_from_iter_nocache(b + 10, 3, &i));
	ULONG(_copy_from_iter(b + 20, 30, &i));
	pr_info("%*pE\n", 30, b);
	ULONG(iov_iter_count(&i));
	DO(iov_iter_advance(&i, 4));
	ULONG(iov_iter_count(&i));
}

static int __init calls_init(void)
{
	plain();
	records();
	lists();
	iterators();
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
