#include "calls.h"
#include <linux/async.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/jump_label.h>
#include <linux/lockref.h>
#include <linux/once.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/rhashtable.h>
#include <linux/scatterlist.h>
#include <linux/textsearch.h>
#include <linux/backing-dev.h>
#include <linux/moduleparam.h>
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/uio.h>
#include <linux/uaccess.h>
#include <linux/swait.h>
#include <linux/utsname.h>
#include <linux/ioport.h>
#include <linux/prandom.h>

static DEFINE_STATIC_KEY_FALSE(key);
static ASYNC_DOMAIN(domain);
static void run_async(void *data, async_cookie_t cookie) { pr_info("async %ld\n", (long)data); }
static void task_fn(struct tasklet_struct *t) { pr_info("tasklet\n"); }
static void old_fn(unsigned long data) { pr_info("old tasklet %lu\n", data); }
static struct tasklet_struct task, high;
static int vsaid(const char *fmt, ...)
{
	va_list args;
	int r;

	va_start(args, fmt);
	r = vprintk(fmt, args);
	va_end(args);
	return r;
}

struct object { struct rhash_head node; int key; };
static const struct rhashtable_params params = { .head_offset = offsetof(struct object, node), .key_offset = offsetof(struct object, key), .key_len = sizeof(int) };
static int cpu_up_(unsigned int cpu) { pr_info("up %u\n", cpu); return 0; }
static int cpu_down_(unsigned int cpu) { pr_info("down %u\n", cpu); return 0; }
static int nup(unsigned int cpu, struct hlist_node *n) { pr_info("node up %u\n", cpu); return 0; }
static int ndown(unsigned int cpu, struct hlist_node *n) { pr_info("node down %u\n", cpu); return 0; }
static struct hlist_node hnode;

static void keys(void)
{
	INT(static_branch_unlikely(&key));
	INT(static_key_enabled(&key));
	static_branch_enable(&key);
	INT(static_branch_unlikely(&key));
	INT(static_key_count(&key.key));
	static_branch_disable(&key);
	INT(static_branch_unlikely(&key));
	static_branch_inc(&key);
	static_branch_inc(&key);
	INT(static_key_count(&key.key));
	INT(static_branch_unlikely(&key));
	static_branch_dec(&key);
	INT(static_branch_unlikely(&key));
	static_branch_dec(&key);
	INT(static_branch_unlikely(&key));
	INT(static_key_count(&key.key));
	static_key_enable_cpuslocked(&key.key);
	INT(static_branch_unlikely(&key));
	static_key_disable_cpuslocked(&key.key);
	INT(static_branch_unlikely(&key));
}

static int __init calls_init(void)
{
	struct rhashtable table;
	struct rhltable list;
	cpumask_var_t mask;
	struct scatterlist sg[3];
	char buffer[16];
	async_cookie_t cookie;
	struct lockref ref = { .count = 1 };
	struct ts_config *conf;
	struct rnd_state rnd = { 2, 8, 16, 0xdeadbeef };
	int i, state;

	keys();
	cookie = async_schedule(run_async, (void *)1);
	async_synchronize_cookie(cookie + 1);
	async_synchronize_full_domain(&domain);
	async_schedule(run_async, (void *)3);
	async_synchronize_full();
	tasklet_setup(&task, task_fn);
	tasklet_schedule(&task);
	tasklet_schedule(&task);
	msleep(10);
	tasklet_init(&high, old_fn, 5);
	tasklet_hi_schedule(&high);
	msleep(10);
	tasklet_unlock_wait(&task);
	tasklet_unlock_spin_wait(&task);
	tasklet_kill(&task);
	tasklet_kill(&high);
	for (i = 0; i < 3; i++)
		pr_info_once("only once\n");
	for (i = 0; i < 2; i++)
		DO_ONCE(old_fn, 77);
	INT(_printk(KERN_INFO "four\n"));
	INT(_printk(KERN_NOTICE "no newline"));
	INT(_printk("\n"));
	INT(vsaid(KERN_WARNING "vprintk %s\n", "text"));
	INT(printk_ratelimit());
	INT(rhashtable_init(&table, &params));
	DO(rhashtable_free_and_destroy(&table, NULL, NULL));
	INT(rhashtable_init(&table, &params));
	DO(rhashtable_destroy(&table));
	INT(rhltable_init(&list, &params));
	rhltable_destroy(&list);
	INT(alloc_cpumask_var(&mask, GFP_KERNEL));
	cpumask_clear(mask);
	free_cpumask_var(mask);
	INT(zalloc_cpumask_var_node(&mask, GFP_KERNEL, 0));
	INT(cpumask_weight(mask));
	free_cpumask_var(mask);
	sg_init_table(sg, 3);
	INT(sg_is_last(&sg[2]));
	INT(sg_is_last(&sg[1]));
	sg_init_one(sg, kmalloc(16, GFP_KERNEL), 16);
	INT(sg_is_last(&sg[0]));
	INT(sg->length);
	kfree(sg_virt(sg));
	lockref_get(&ref);
	INT(ref.count);
	STR(init_uts_ns.name.sysname);
	STR(init_uts_ns.name.release);
	STR(ioport_resource.name);
	STR(iomem_resource.name);
	HEX(ioport_resource.end);
	conf = textsearch_prepare("calls-none", "x", 1, GFP_KERNEL, 0);
	INT(PTR_ERR_OR_ZERO(conf) < 0);
	state = cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "calls:online", cpu_up_, cpu_down_);
	INT(state > 0);
	cpuhp_remove_state(state);
	state = cpuhp_setup_state_multi(CPUHP_AP_ONLINE_DYN, "calls:multi", nup, ndown);
	INT(cpuhp_state_add_instance(state, &hnode));
	INT(cpuhp_state_remove_instance(state, &hnode));
	cpuhp_remove_multi_state(state);
	memset(buffer, 0, 16);
	HEX(prandom_u32_state(&rnd));
	pr_info("%#x %#x %#x %#x\n", rnd.s1, rnd.s2, rnd.s3, rnd.s4);
	prandom_bytes_state(&rnd, buffer, 7);
	pr_info("%16ph\n", buffer);
	HEX(prandom_u32_state(&rnd));
	prandom_bytes_state(&rnd, buffer, 0);
	HEX(prandom_u32_state(&rnd));
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
