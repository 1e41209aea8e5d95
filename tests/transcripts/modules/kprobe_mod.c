/* Probes on functions of the kernel and of the module, as tutorials set them; all of them, or with what=given the one that is named. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/preempt.h>
#include <linux/slab.h>
#include <linux/string.h>
MODULE_LICENSE("GPL");
static char *what = "", *symbol = "";
static int offset;
module_param(what, charp, 0444);
module_param(symbol, charp, 0444);
module_param(offset, int, 0444);

noinline int kprobe_mod_add(int a, int b) { pr_info("adding %d and %d\n", a, b); return a + b; }
noinline int kprobe_mod_other(int a) { pr_info("the other one got %d\n", a); return a; }
noinline notrace int kprobe_mod_plain(int a) { pr_info("untraced %d\n", a); return 2 * a; }

static int pre(struct kprobe *p, struct pt_regs *regs)
{
	pr_info("pre: %s %ps, ip - addr = %ld, di = %ld, atomic %d, flags %x\n", p->symbol_name ?: "-", p->addr, regs->ip - (long)p->addr, (long)(int)regs->di, in_atomic(), p->flags);
	return 0;
}
static void post(struct kprobe *p, struct pt_regs *regs, unsigned long flags)
{
	pr_info("post: %s, ip - addr = %ld, flags = %lx\n", p->symbol_name ?: "-", regs->ip - (long)p->addr, flags);
}
static int pre_quiet(struct kprobe *p, struct pt_regs *regs) { pr_info("pre of %ps: %ld\n", p->addr, (long)regs->si); return 0; }
static int pre_second(struct kprobe *p, struct pt_regs *regs) { pr_info("second pre\n"); return 0; }
static int pre_change(struct kprobe *p, struct pt_regs *regs) { regs->di = 40; return 0; }
static int pre_divert(struct kprobe *p, struct pt_regs *regs) { regs->ip = (long)kprobe_mod_other; return 1; }
struct mine { int di; };
static int entry(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	((struct mine *)ri->data)->di = regs->di;
	pr_info("entry: di = %d, atomic %d\n", (int)regs->di, in_atomic());
	return (int)regs->di == 7;
}
static int leave(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	pr_info("return of %ps: %ld, di was %d\n", get_kretprobe(ri)->kp.addr, (long)regs_return_value(regs), ((struct mine *)ri->data)->di);
	if ((int)regs_return_value(regs) == 99)
		regs_set_return_value(regs, 100);
	return 0;
}
static int say(const char *name, int result) { pr_info("%s = %d\n", name, result); return result; }
#define INT(call) say(#call, call)

static struct kprobe first = { .symbol_name = "kprobe_mod_add", .pre_handler = pre, .post_handler = post };
static struct kprobe second = { .symbol_name = "kprobe_mod_add", .pre_handler = pre_second };
static struct kretprobe back = { .kp.symbol_name = "kprobe_mod_add", .handler = leave, .entry_handler = entry, .data_size = sizeof(struct mine) };
static struct kprobe given;

static void lookup(void)
{
	static struct kprobe kp = { .symbol_name = "kallsyms_lookup_name" };
	unsigned long (*find)(const char *name);

	if (INT(register_kprobe(&kp)))
		return;
	find = (void *)kp.addr;
	unregister_kprobe(&kp);
	pr_info("found %ps, flags %x\n", find, kp.flags);
	pr_info("sys_call_table %d, strlen %d, nothing %d\n", find("sys_call_table") != 0, find("strlen") == (long)strlen, find("no_such_symbol") != 0);
	pr_info("printk %d, own %d, own with name %d, other's name %d\n", find("_printk") == (long)_printk, find("kprobe_mod_add") == (long)kprobe_mod_add, find("kprobe_mod:kprobe_mod_add") == (long)kprobe_mod_add, find("nobody:kprobe_mod_add") != 0);
}
static void own(void)
{
	INT(register_kprobe(&first));
	pr_info("addr %d, opcode %x, flags %x\n", first.addr == (void *)kprobe_mod_add, first.opcode, first.flags);
	INT(kprobe_mod_add(1, 2));
	INT(register_kprobe(&first));
	INT(register_kprobe(&second));
	INT(kprobe_mod_add(3, 4));
	INT(disable_kprobe(&first));
	INT(kprobe_mod_add(5, 6));
	INT(enable_kprobe(&first));
	INT(kprobe_mod_add(7, 8));
	unregister_kprobe(&first);
	INT(kprobe_mod_add(9, 10));
	unregister_kprobe(&second);
	INT(kprobe_mod_add(11, 12));
	unregister_kprobe(&second);
	pr_info("addr %d, flags %x, nmissed %lu\n", first.addr == (void *)kprobe_mod_add, first.flags, first.nmissed);
}
static void change(void)
{
	first = (struct kprobe){ .symbol_name = "kprobe_mod_add", .pre_handler = pre_change };
	second = (struct kprobe){ .symbol_name = "kprobe_mod_add" }, second.pre_handler = pre_divert;
	INT(register_kprobe(&first));
	INT(kprobe_mod_add(1, 2));
	unregister_kprobe(&first);
	INT(register_kprobe(&second));
	INT(kprobe_mod_add(1, 2));
	unregister_kprobe(&second);
}
static void kernel(void)
{
	static struct kprobe kp = { .symbol_name = "kstrtoint", .pre_handler = pre_quiet }, kp2 = { .symbol_name = "kfree_const" };
	struct kprobe *both[] = { &kp, &kp2 };
	int value = 0;

	kp.addr = NULL;
	INT(register_kprobes(both, 2));
	INT(kstrtoint("12", 10, &value));
	INT(kstrtoint("x", 10, &value));
	unregister_kprobes(both, 2);
	INT(kstrtoint("13", 10, &value));
	pr_info("%d %d\n", value, kp.addr == (void *)kstrtoint);
}
static void ret(void)
{
	static struct kretprobe kernel = { .kp.symbol_name = "kstrtoint", .handler = leave, .data_size = sizeof(struct mine) }, *both[] = { &kernel, &back };
	int value;

	INT(register_kretprobe(&back));
	pr_info("maxactive %d, data_size %zu, nmissed %d\n", back.maxactive, back.data_size, back.nmissed);
	INT(kprobe_mod_add(1, 2));
	INT(kprobe_mod_add(7, 1));
	INT(kprobe_mod_add(50, 49));
	INT(register_kretprobe(&back));
	unregister_kretprobe(&back);
	INT(kprobe_mod_add(1, 3));
	back.kp.addr = NULL;
	INT(register_kretprobes(both, 2));
	INT(kstrtoint("77", 10, &value));
	INT(kprobe_mod_add(4, 5));
	unregister_kretprobes(both, 2);
	back.kp.addr = NULL, back.kp.symbol_name = "no_such_function";
	INT(register_kretprobe(&back));
	back.kp.addr = NULL, back.kp.symbol_name = "kprobe_mod_add", back.kp.offset = 7;
	INT(register_kretprobe(&back));
	back.kp.addr = NULL, back.kp.offset = 0, back.data_size = 5000;
	INT(register_kretprobe(&back));
}
static void errors(void)
{
	static struct kprobe p;

#define TRY(...) (p = (struct kprobe){ __VA_ARGS__ }, INT(register_kprobe(&p)) ? 0 : (unregister_kprobe(&p), 1))
	TRY(.symbol_name = "no_such_function");
	TRY(.symbol_name = "");
	TRY(.offset = 0);
	TRY(.symbol_name = "kprobe_mod_add", .addr = (void *)kprobe_mod_add);
	TRY(.addr = (void *)kprobe_mod_add);
	TRY(.addr = (void *)kprobe_mod_add, .offset = 1);
	TRY(.addr = (void *)kprobe_mod_add, .offset = 5);
	TRY(.addr = (void *)&second);
	TRY(.addr = (void *)8);
	TRY(.symbol_name = "kprobe_dispatcher");
	TRY(.symbol_name = "get_kprobe");
	TRY(.symbol_name = "do_int3");
	TRY(.symbol_name = "exc_int3");
	TRY(.symbol_name = "memcpy");
	TRY(.symbol_name = "jiffies");
	TRY(.symbol_name = "kprobe_mod:kprobe_mod_add");
	TRY(.symbol_name = "nobody:kprobe_mod_add");
	TRY(.symbol_name = "kprobe_mod_plain");
	TRY(.symbol_name = "kernel_clone", .pre_handler = pre);
	TRY(.symbol_name = "do_sys_openat2");
	TRY(.symbol_name = "start_kernel");
	TRY(.symbol_name = "init_module");
	p = (struct kprobe){ .symbol_name = "kprobe_mod_add" };
	INT(register_kprobe(&p));
	p.symbol_name = NULL;
	INT(register_kprobe(&p));
	unregister_kprobe(&p);
	INT(disable_kprobe(&p));
	INT(enable_kprobe(&p));
}
static void untraced(void)
{
	static struct kprobe plain = { .symbol_name = "kprobe_mod_plain", .pre_handler = pre, .post_handler = post }, *p = &plain;

	INT(register_kprobe(p));
	pr_info("flags %x\n", p->flags);
	INT(kprobe_mod_plain(4));
	unregister_kprobe(p);
	INT(kprobe_mod_plain(5));
}
static int __init kprobe_mod_init(void)
{
	if (!strcmp(what, "given")) {
		given = (struct kprobe){ .symbol_name = symbol, .offset = offset, .pre_handler = pre_quiet };
		return INT(register_kprobe(&given));
	}
	lookup();
	own();
	change();
	kernel();
	ret();
	untraced();
	errors();
	return 0;
}
static void __exit kprobe_mod_exit(void)
{
	if (!strcmp(what, "given"))
		unregister_kprobe(&given);
}
module_init(kprobe_mod_init);
module_exit(kprobe_mod_exit);
