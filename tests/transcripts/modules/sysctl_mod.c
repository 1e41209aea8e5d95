/* Tables of values under /proc/sys, of all the usual kinds. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sysctl.h>
#include <linux/string.h>
#include <linux/jiffies.h>
MODULE_LICENSE("GPL");
static char *what = "table";
module_param(what, charp, 0444);
static int plain = 7, limited = 5, three[3] = { 1, -2, 3 }, zero, ten = 10, readonly = 42, watched, seconds = 250, millis = 500, secret = 9;
static unsigned int positive = 3000000000u, upper = 100, boundless;
static unsigned long big = 1UL << 40, least = 10, most = 1UL << 41, pair[2] = { 4, 5 };
static char text[16] = "hello";
static u8 byte = 200;
static bool flag = true;

static int watch(struct ctl_table *table, int write, void *buffer, size_t *size, loff_t *at)
{
	int before = watched, result = proc_dointvec(table, write, buffer, size, at);

	pr_info("%s %s: %d -> %d, result %d, %zu left, at %lld\n", write ? "write" : "read", table->procname, before, watched, result, *size, *at);
	return result;
}
#define ROW(name, what, length, rights, ...) { .procname = #name, .data = what, .maxlen = length, .mode = rights, __VA_ARGS__ }
static struct ctl_table rows[] = {
	ROW(plain, &plain, sizeof(int), 0644, .proc_handler = proc_dointvec),
	ROW(limited, &limited, sizeof(int), 0644, .proc_handler = proc_dointvec_minmax, .extra1 = &zero, .extra2 = &ten),
	ROW(hundred, &limited, sizeof(int), 0644, .proc_handler = proc_dointvec_minmax, .extra1 = SYSCTL_NEG_ONE, .extra2 = SYSCTL_ONE_HUNDRED),
	ROW(three, three, sizeof(three), 0644, .proc_handler = proc_dointvec),
	ROW(readonly, &readonly, sizeof(int), 0444, .proc_handler = proc_dointvec),
	ROW(watched, &watched, sizeof(int), 0644, .proc_handler = watch),
	ROW(seconds, &seconds, sizeof(int), 0644, .proc_handler = proc_dointvec_jiffies),
	ROW(millis, &millis, sizeof(int), 0644, .proc_handler = proc_dointvec_ms_jiffies),
	ROW(userhz, &seconds, sizeof(int), 0644, .proc_handler = proc_dointvec_userhz_jiffies),
	ROW(positive, &positive, sizeof(int), 0644, .proc_handler = proc_douintvec),
	ROW(upper, &upper, sizeof(int), 0644, .proc_handler = proc_douintvec_minmax, .extra1 = &zero, .extra2 = &ten),
	ROW(boundless, &boundless, sizeof(int), 0644, .proc_handler = proc_douintvec_minmax),
	ROW(big, &big, sizeof(big), 0644, .proc_handler = proc_doulongvec_minmax, .extra1 = &least, .extra2 = &most),
	ROW(pair, pair, sizeof(pair), 0644, .proc_handler = proc_doulongvec_minmax),
	ROW(one, &pair[0], sizeof(long), 0644, .proc_handler = proc_doulongvec_minmax, .extra1 = SYSCTL_LONG_ONE, .extra2 = SYSCTL_LONG_MAX),
	ROW(text, text, sizeof(text), 0644, .proc_handler = proc_dostring),
	ROW(byte, &byte, sizeof(byte), 0644, .proc_handler = proc_dou8vec_minmax),
	ROW(flag, &flag, sizeof(flag), 0644, .proc_handler = proc_dobool),
	ROW(secret, &secret, sizeof(int), 0600, .proc_handler = proc_dointvec),
	ROW(handless, &plain, sizeof(int), 0644),
	ROW(nodata, NULL, sizeof(int), 0644, .proc_handler = proc_dointvec),
	{ }
};
static struct ctl_table inner[] = { ROW(deep, &plain, sizeof(int), 0644, .proc_handler = proc_dointvec), { } };
static struct ctl_table middle[] = { { .procname = "middle", .mode = 0555, .child = inner }, ROW(beside, &limited, sizeof(int), 0644, .proc_handler = proc_dointvec), { } };
static struct ctl_table outer[] = { { .procname = "sysctl_tree", .mode = 0555, .child = middle }, { } };
static struct ctl_table bad_handler[] = { ROW(none, &plain, sizeof(int), 0644), { } };
static struct ctl_table bad_data[] = { ROW(none, NULL, sizeof(int), 0644, .proc_handler = proc_dointvec), { } };
static struct ctl_table bad_size[] = { ROW(none, &plain, 0, 0644, .proc_handler = proc_dointvec), { } };
static struct ctl_table bad_mode[] = { ROW(none, &plain, sizeof(int), 0777, .proc_handler = proc_dointvec), { } };
static struct ctl_table bad_array[] = { ROW(none, three, sizeof(three), 0644, .proc_handler = proc_douintvec), { } };
static struct ctl_table bad_both[] = { ROW(none, NULL, 0, 01644, .proc_handler = proc_dostring), ROW(other, &plain, 4, 0644), { } };
static struct ctl_table good[] = { ROW(plain, &plain, sizeof(int), 0644, .proc_handler = proc_dointvec), { } };
static struct ctl_table nothing[] = { { } };
static struct ctl_table_header *headers[5];
static const struct ctl_path path[] = { { "sysctl_path" }, { "below" }, { } };

static void *try(const char *name, struct ctl_table_header *got)
{
	pr_info("%s is %s\n", name, got ? "there" : "NULL");
	return got;
}
#define TRY(call) try(#call, call)
static int __init sysctl_mod_init(void)
{
	rows[ARRAY_SIZE(rows) - 3] = rows[ARRAY_SIZE(rows) - 1];
	if (!strcmp(what, "table"))
		headers[0] = TRY(register_sysctl("dev/sysctl_mod", rows)), headers[1] = TRY(register_sysctl_table(outer)),
		headers[2] = TRY(register_sysctl("sysctl_tree/middle/more", good)), headers[3] = TRY(register_sysctl_paths(path, good)),
		headers[4] = TRY(register_sysctl_mount_point("fs/sysctl_mount"));
	else if (!strcmp(what, "kernel"))
		headers[0] = TRY(register_sysctl("kernel", good));
	else {
		TRY(register_sysctl("sysctl_mod", bad_handler));
		TRY(register_sysctl("sysctl_mod", bad_data));
		TRY(register_sysctl("sysctl_mod", bad_size));
		TRY(register_sysctl("sysctl_mod", bad_mode));
		TRY(register_sysctl("sysctl_mod", bad_array));
		TRY(register_sysctl("sysctl_mod", bad_both));
		headers[0] = TRY(register_sysctl("sysctl_mod", good));
		TRY(register_sysctl("sysctl_mod", good));
		headers[1] = TRY(register_sysctl("sysctl_mod/nothing", nothing));
		unregister_sysctl_table(NULL);
	}
	return 0;
}
static void __exit sysctl_mod_exit(void)
{
	int i;

	for (i = 4; i >= 0; i--)
		unregister_sysctl_table(headers[i]);
	pr_info("plain %d, limited %d, text %s, flag %d\n", plain, limited, text, flag);
}
module_init(sysctl_mod_init);
module_exit(sysctl_mod_exit);
