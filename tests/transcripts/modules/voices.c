// SPDX-License-Identifier: GPL-2.0-or-later
/* How modules speak: levels, formats, once and now and then, dumps, warnings; what they export and are made of. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/module.h>
#include <linux/net.h>
#include <linux/proc_fs.h>
#include <linux/ratelimit.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/version.h>

#undef pr_fmt
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

static int tone;
module_param(tone, int, 0644);

int voice_of(const char *name);
int voice_of(const char *name)
{
	return strlen(name) + tone;
}
EXPORT_SYMBOL_GPL(voice_of);

static void levels(void)
{
	pr_emerg("emergency\n");
	pr_alert("alert\n");
	pr_crit("critical\n");
	pr_err("error %pe\n", ERR_PTR(-ENOSPC));
	pr_warn("warning\n");
	pr_notice("notice\n");
	pr_info("information\n");
	pr_debug("nobody sees it\n");
	printk("no level\n");
	printk(KERN_INFO "half ");
	printk(KERN_CONT "a line\n");
}

static void formats(void)
{
	u8 bytes[] = { 0xde, 0xad, 0xbe, 0xef };
	u32 address = htonl(0x7f000001);
	unsigned long bits = 0xf1;
	struct resource place = DEFINE_RES_MEM(0x1000, 0x100);

	pr_info("%5d|%-5d|%05d|%+d|%x|%#x|%o|%c|%%\n", 42, 42, 42, 42, 255, 255, 8, 'x');
	pr_info("%llu %lld %hhu %zd %lx\n", ~0ULL, -1LL, (unsigned char)300, (ssize_t)-3, 0xabcUL);
	pr_info("%10s|%-10s|%.3s|%*d|%s\n", "right", "left", "three", 6, 7, (char *)NULL);
	pr_info("%*ph %*phC %pI4 %pM\n", 4, bytes, 4, bytes, &address, "\1\2\3\4\5\6");
	pr_info("%*pb %*pbl %pR\n", 8, &bits, 8, &bits, &place);
	pr_info("%ps %pS\n", voice_of, levels);
	print_hex_dump(KERN_INFO, "dump: ", DUMP_PREFIX_OFFSET, 16, 1, "sixteen bytes and more", 22, true);
	print_hex_dump_bytes("bytes: ", DUMP_PREFIX_NONE, bytes, 4);
}

static void rarely(void)
{
	int i;

	for (i = 0; i < 3; i++) {
		pr_info_once("once\n");
		printk_once("once, too\n");
		pr_info_ratelimited("limited %d\n", i);
	}
	for (i = 0; i < 15; i++)
		if (printk_ratelimit())
			pr_info("not all of these %d\n", i);
}

static void complains(void)
{
	WARN_ON_ONCE(tone == 3);
	WARN(tone > 2, "tone is %d\n", tone);
	pr_info("still there\n");
}

static ssize_t voices_write(struct file *file, const char __user *buffer, size_t size, loff_t *position)
{
	static void (*const parts[])(void) = { levels, formats, rarely, complains };
	unsigned int part;
	int error = kstrtouint_from_user(buffer, size, 10, &part);

	if (error)
		return error;
	if (part >= ARRAY_SIZE(parts))
		return -EDOM;
	parts[part]();
	return size;
}

static const struct proc_ops ops = { .proc_write = voices_write };
static int plan __initdata = LINUX_VERSION_CODE >= KERNEL_VERSION(6, 0, 0);

static int __init voices_init(void)
{
	pr_info("plan %d, %s, %d of %s\n", plan, THIS_MODULE->name, voice_of("abc"), KBUILD_BASENAME);
	return proc_create("voices", 0200, NULL, &ops) ? 0 : -ENOMEM;
}

static void __exit voices_exit(void)
{
	remove_proc_entry("voices", NULL);
	pr_info("%s\n", __func__);
}

module_init(voices_init);
module_exit(voices_exit);
MODULE_LICENSE("GPL v2");
MODULE_AUTHOR("One");
MODULE_AUTHOR("Another");
MODULE_DESCRIPTION("How modules speak");
MODULE_VERSION("0.9");
MODULE_ALIAS("voice-of-modules");
MODULE_INFO(mood, "cheerful");
