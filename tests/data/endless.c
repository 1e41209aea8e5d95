// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>
#include <linux/hrtimer.h>
#include <linux/workqueue.h>
#include <linux/timer.h>
#include <linux/rbtree.h>
#include <linux/notifier.h>
#include <linux/list_sort.h>
#include <linux/slab.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/jiffies.h>
#include <linux/seq_file.h>
#include <linux/proc_fs.h>
static char *what = "";
module_param(what, charp, 0);
static struct hrtimer timer;
static struct work_struct work, work2;
static struct timer_list tl;
static struct rb_node a, b;
static struct rb_root root;
static struct notifier_block n1, n2;
static RAW_NOTIFIER_HEAD(chain);
static LIST_HEAD(head);
static struct list_head one, two;
static DECLARE_WAIT_QUEUE_HEAD(wq);
static int flag;

static enum hrtimer_restart again(struct hrtimer *t) { return HRTIMER_RESTART; }
static enum hrtimer_restart fwd(struct hrtimer *t) { hrtimer_forward_now(t, ns_to_ktime(1)); return HRTIMER_RESTART; }
static void requeue(struct work_struct *w) { schedule_work(w); }
static void spinwork(struct work_struct *w) { for (;;) cpu_relax(); }
static void rearm(struct timer_list *t) { mod_timer(t, jiffies); }
static int note(struct notifier_block *n, unsigned long x, void *p) { return NOTIFY_OK; }
static int cmp(void *p, const struct list_head *x, const struct list_head *y) { return x > y; }
static int thread(void *p) { for (;;) cond_resched(); return 0; }
static int threadspin(void *p) { for (;;) cpu_relax(); return 0; }
static void *s_start(struct seq_file *m, loff_t *pos) { return (void *)1; }
static void *s_next(struct seq_file *m, void *v, loff_t *pos) { ++*pos; return (void *)1; }
static void s_stop(struct seq_file *m, void *v) { }
static int s_show(struct seq_file *m, void *v) { seq_puts(m, "line\n"); return 0; }
static const struct seq_operations sops = { s_start, s_stop, s_next, s_show };

static int __init endless_init(void)
{
	unsigned long end, i;
	pr_info("endless: %s begins\n", what);
	if (!strcmp(what, "spin")) for (;;) cpu_relax();
	if (!strcmp(what, "call")) for (;;) flag += strlen(what);
	if (!strcmp(what, "kfree")) for (;;) kfree(kmalloc(8, GFP_KERNEL));
	if (!strcmp(what, "printk")) for (;;) pr_info("endless: line\n");
	if (!strcmp(what, "mix")) for (;;) { for (i = 0; i < 100000; i++) barrier(); cond_resched(); }
	if (!strcmp(what, "hrtimer") || !strcmp(what, "hrtimerfwd")) {
		hrtimer_init(&timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
		timer.function = !strcmp(what, "hrtimer") ? again : fwd;
		hrtimer_start(&timer, 0, HRTIMER_MODE_REL);
	}
	if (!strcmp(what, "work")) { INIT_WORK(&work, requeue); schedule_work(&work); }
	if (!strcmp(what, "workflush")) { INIT_WORK(&work, requeue); INIT_WORK(&work2, requeue); schedule_work(&work); schedule_work(&work2); wait_event(wq, flag); }
	if (!strcmp(what, "workspin")) { INIT_WORK(&work, spinwork); schedule_work(&work); flush_work(&work); }
	if (!strcmp(what, "timer")) { timer_setup(&tl, rearm, 0); mod_timer(&tl, jiffies); msleep(100); }
	if (!strcmp(what, "msleep")) for (;;) msleep(1);
	if (!strcmp(what, "msleep20")) for (;;) msleep(1000);
	if (!strcmp(what, "udelay")) for (;;) udelay(100);
	if (!strcmp(what, "jiffies")) { end = jiffies + HZ / 2; while (time_before(jiffies, end)) cpu_relax(); pr_info("endless: over\n"); }
	if (!strcmp(what, "rbtree")) {
		a.__rb_parent_color = (unsigned long)&b; b.__rb_parent_color = (unsigned long)&a; a.rb_left = &b; b.rb_left = &a; root.rb_node = &a;
		pr_info("endless: %d\n", rb_first(&root) != NULL);
	}
	if (!strcmp(what, "rbnext")) {
		a.__rb_parent_color = (unsigned long)&b; b.__rb_parent_color = (unsigned long)&a; a.rb_right = NULL; b.rb_right = &a; root.rb_node = &a; a.rb_right = &b; 
		for (;;) rb_next(&a);
	}
	if (!strcmp(what, "notifier")) {
		n1.notifier_call = n2.notifier_call = note; n1.next = &n2; n2.next = &n1; chain.head = &n1;
		raw_notifier_call_chain(&chain, 0, NULL);
	}
	if (!strcmp(what, "listsort")) {
		one.next = &two; two.next = &one; head.next = &one; head.prev = &two;
		list_sort(NULL, &head, cmp);
	}
	if (!strcmp(what, "thread")) wake_up_process(kthread_create(thread, NULL, "endless"));
	if (!strcmp(what, "threadspin")) { wake_up_process(kthread_create(threadspin, NULL, "endless")); msleep(10); }
	if (!strcmp(what, "seq")) proc_create_seq("endless", 0444, NULL, &sops);
	return 0;
}
static void __exit endless_exit(void) { remove_proc_entry("endless", NULL); }
module_init(endless_init);
module_exit(endless_exit);
MODULE_LICENSE("GPL");
