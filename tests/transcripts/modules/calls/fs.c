#include "calls.h"
#include <linux/bitmap.h>
#include <linux/cred.h>
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/kstrtox.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>
#include <linux/uidgid.h>
#include <linux/user_namespace.h>
#include <linux/capability.h>
#include <net/net_namespace.h>

struct item { struct list_head list; struct hlist_node hlist; int n; };
static LIST_HEAD(items);
static HLIST_HEAD(hitems);
static struct item three[3];

static int va(struct seq_file *m, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	seq_vprintf(m, fmt, args);
	va_end(args);
	return 0;
}

static int single_show(struct seq_file *m, void *v)
{
	seq_puts(m, "puts ");
	seq_putc(m, 'c');
	seq_put_decimal_ull(m, " ", 18446744073709551615ULL);
	seq_put_decimal_ll(m, ",", -42);
	seq_put_decimal_ull(m, "", 0);
	va(m, " %s-%d\n", "vprintf", 3);
	seq_printf(m, "seq_write %d\n", seq_write(m, "wr\0te\n", 6));
	seq_printf(m, "private %ld\n", (long)m->private);
	return 0;
}
static int single_open_(struct inode *inode, struct file *file) { return single_open(file, single_show, (void *)5); }
static int sized_open(struct inode *inode, struct file *file) { return single_open_size(file, single_show, (void *)6, 4096); }
static const struct proc_ops single_ops = { .proc_open = single_open_, .proc_read = seq_read, .proc_lseek = seq_lseek, .proc_release = single_release };

static void *start(struct seq_file *m, loff_t *pos) { return seq_list_start(&items, *pos); }
static void *next(struct seq_file *m, void *v, loff_t *pos) { return seq_list_next(v, &items, pos); }
static void stop(struct seq_file *m, void *v) { }
static int show(struct seq_file *m, void *v) { seq_printf(m, "item %d\n", list_entry(v, struct item, list)->n); return 0; }
static const struct seq_operations ops = { start, stop, next, show };
static int seq_open_(struct inode *inode, struct file *file) { return seq_open(file, &ops); }
static const struct proc_ops seq_ops = { .proc_open = seq_open_, .proc_read_iter = seq_read_iter, .proc_lseek = seq_lseek, .proc_release = seq_release };

static void *hstart(struct seq_file *m, loff_t *pos) { *(int *)m->private += 1; return seq_hlist_start(&hitems, *pos); }
static void *hnext(struct seq_file *m, void *v, loff_t *pos) { return seq_hlist_next(v, &hitems, pos); }
static int hshow(struct seq_file *m, void *v) { seq_printf(m, "hitem %d, started %d\n", hlist_entry(v, struct item, hlist)->n, *(int *)m->private); return 0; }
static const struct seq_operations hops = { hstart, stop, hnext, hshow };
static int private_open(struct inode *inode, struct file *file) { return seq_open_private(file, &hops, sizeof(int)); }
static const struct proc_ops private_ops = { .proc_open = private_open, .proc_read = seq_read, .proc_lseek = seq_lseek, .proc_release = seq_release_private };
static int list_open(struct inode *inode, struct file *file) { int *p = __seq_open_private(file, &hops, sizeof(int)); if (!p) return -ENOMEM; *p = 10; return 0; }
static const struct file_operations list_fops = { .open = list_open, .read = seq_read, .llseek = seq_lseek, .release = seq_release_private };

static ssize_t data_read(struct file *file, char __user *buf, size_t n, loff_t *pos) { char *text = pde_data(file_inode(file)); return simple_read_from_buffer(buf, n, pos, text, strlen(text)); }
static const struct proc_ops data_ops = { .proc_open = simple_open, .proc_read = data_read, .proc_lseek = noop_llseek };
static int data_show(struct seq_file *m, void *v) { seq_printf(m, "single %s", (char *)m->private); return 0; }

static char user[32];
static ssize_t user_read(struct file *file, char __user *buf, size_t n, loff_t *pos) { return simple_read_from_buffer(buf, n, pos, user, strlen(user)); }
static ssize_t user_write(struct file *file, const char __user *buf, size_t n, loff_t *pos)
{
	char *p;
	u8 c;
	u16 s;
	u32 l;
	u64 q;

	p = memdup_user(buf, n); pr_info("memdup_user %*pE\n", (int)n, p); kfree(p);
	p = memdup_user_nul(buf, n); STR(strim(p)); kfree(p);
	p = vmemdup_user(buf, n); pr_info("vmemdup_user %*pE\n", (int)n, p); kvfree(p);
	p = strndup_user(buf, 2); pr_info("strndup_user %ld\n", PTR_ERR(p));
	memset(user, 0, sizeof(user));
	INT(strncpy_from_user(user, buf, 4)); STR(user);
	INT(strnlen_user(buf, 4));
	INT(get_user(c, (u8 __user *)buf)); HEX(c);
	INT(get_user(s, (u16 __user *)buf)); HEX(s);
	INT(get_user(l, (u32 __user *)buf)); HEX(l);
	INT(get_user(q, (u64 __user *)buf)); HEX(q);
	INT(__get_user(c, (u8 __user *)buf)); HEX(c);
	INT(__get_user(s, (u16 __user *)buf)); HEX(s);
	INT(__get_user(l, (u32 __user *)buf)); HEX(l);
	INT(__get_user(q, (u64 __user *)buf)); HEX(q);
	INT(get_user(l, (u32 __user *)NULL)); HEX(l);
	INT(put_user(1, (u8 __user *)NULL));
	INT(strncpy_from_user(user, NULL, 4));
	INT(strnlen_user(NULL, 4));
	INT(copy_from_user(user, (void __user *)8, 4));
	INT(clear_user((void __user *)8, 4));
	INT(PTR_ERR(memdup_user((void __user *)8, 4)));
	memset(user, 0, sizeof(user));
	return simple_write_to_buffer(user, sizeof(user) - 1, pos, buf, n);
}
static const struct proc_ops user_ops = { .proc_open = simple_open, .proc_read = user_read, .proc_write = user_write };

static ssize_t room_read(struct file *file, char __user *buf, size_t n, loff_t *pos)
{
	int bad = 0;

	if (*pos)
		return 0;
	*pos = 5;
	bad |= (put_user('a', (u8 __user *)buf));
	bad |= (put_user(0x6362, (u16 __user *)(buf + 1)));
	bad |= (__put_user('d', (u8 __user *)buf + 3));
	bad |= (clear_user(buf + 4, 1));
	bad |= (put_user(0x67666564, (u32 __user *)buf));
	bad |= (put_user(0x3837363534333231, (u64 __user *)buf));
	bad |= (__put_user(0x6362, (u16 __user *)buf));
	bad |= (__put_user(0x67666564, (u32 __user *)buf));
	bad |= (__put_user(0x4847464544434241, (u64 __user *)buf));
	return bad ? -EIO : 5;
}
static const struct proc_ops room_ops = { .proc_open = nonseekable_open, .proc_read = room_read };

static ssize_t numbers_write(struct file *file, const char __user *buf, size_t n, loff_t *pos)
{
	s8 a = 0; u8 b = 0; s16 c = 0; u16 d = 0; unsigned int e = 0; long f = 0; unsigned long g = 0; long long h = 0; unsigned long long i = 0; int j = 0; bool k = 0;

	INT(kstrtos8_from_user(buf, n, 0, &a)); INT(a);
	INT(kstrtou8_from_user(buf, n, 0, &b)); INT(b);
	INT(kstrtos16_from_user(buf, n, 0, &c)); INT(c);
	INT(kstrtou16_from_user(buf, n, 0, &d)); INT(d);
	INT(kstrtouint_from_user(buf, n, 0, &e)); ULONG(e);
	INT(kstrtoint_from_user(buf, n, 0, &j)); INT(j);
	INT(kstrtol_from_user(buf, n, 0, &f)); LONG(f);
	INT(kstrtoul_from_user(buf, n, 0, &g)); ULONG(g);
	INT(kstrtoll_from_user(buf, n, 16, &h)); LONG(h);
	INT(kstrtoull_from_user(buf, n, 0, &i)); ULONG(i);
	INT(kstrtobool_from_user(buf, n, &k)); INT(k);
	return n;
}
static const struct proc_ops numbers_ops = { .proc_open = stream_open, .proc_write = numbers_write };
static ssize_t bits_write(struct file *file, const char __user *buf, size_t n, loff_t *pos)
{
	DECLARE_BITMAP(bits, 70) = { 0 };

	if (pde_data(file_inode(file)))
		INT(bitmap_parselist_user(buf, n, bits, 70));
	else
		INT(bitmap_parse_user(buf, n, bits, 70));
	pr_info("%*pbl\n", 70, bits);
	return n;
}
static const struct proc_ops bits_ops = { .proc_write = bits_write };

static struct proc_dir_entry *dir, *sub;
static struct dentry *debug, *gone;
static u8 u8v = 8, x8v = 0x18; static u16 u16v = 16, x16v = 0x1616; static u32 u32v = 32, x32v = 0x3232; static u64 u64v = 64, x64v = 0x646464; static size_t sizev = 77; static ulong ulongv = 99;
static atomic_t atomicv = ATOMIC_INIT(-3); static bool boolv;
static u32 arrayv[] = { 1, 22, 333 };
static struct debugfs_blob_wrapper blob = { "blob\n", 5 };
static struct debugfs_u32_array array = { arrayv, 3 };
static s64 signedv = -9;
static int signed_get(void *data, u64 *v) { *v = *(s64 *)data; return 0; }
static int signed_set(void *data, u64 v) { *(s64 *)data = v; return 0; }
DEFINE_SIMPLE_ATTRIBUTE(signed_fops, signed_get, signed_set, "%lld!\n");

static void ids(void)
{
	struct cred *c;

	INT(from_kuid(&init_user_ns, current_uid()));
	INT(from_kgid(&init_user_ns, current_gid()));
	INT(from_kuid_munged(&init_user_ns, KUIDT_INIT(1000)));
	INT(from_kgid_munged(&init_user_ns, KGIDT_INIT(-1)));
	INT(from_kuid_munged(&init_user_ns, INVALID_UID));
	INT(from_kuid(&init_user_ns, INVALID_UID));
	INT(__kuid_val(make_kuid(&init_user_ns, 1000)));
	INT(__kgid_val(make_kgid(&init_user_ns, 7)));
	INT(capable(CAP_SYS_ADMIN));
	INT(ns_capable_noaudit(&init_user_ns, CAP_NET_ADMIN));
	c = prepare_kernel_cred(NULL);
	NIL(c);
	put_cred(c);
	c = prepare_kernel_cred(&init_task);
	INT(__kuid_val(c->uid));
	put_cred(c);
}

static int __init calls_init(void)
{
	int i;

	for (i = 0; i < 3; i++) {
		three[i].n = i;
		list_add_tail(&three[i].list, &items);
		hlist_add_head(&three[i].hlist, &hitems);
	}
	dir = proc_mkdir("calls", NULL);
	NIL(proc_create("single", 0, dir, &single_ops));
	NIL(proc_create("seq", 0444, dir, &seq_ops));
	NIL(proc_create("private", 0444, dir, &private_ops));
	NIL(proc_create_data("data", 0444, dir, &data_ops, "data\n"));
	NIL(proc_create_single_data("single_data", 0, dir, data_show, "data\n"));
	NIL(proc_create("user", 0644, dir, &user_ops));
	NIL(proc_create("room", 0444, dir, &room_ops));
	NIL(proc_create("numbers", 0200, dir, &numbers_ops));
	NIL(proc_create_data("list", 0200, dir, &bits_ops, "list"));
	NIL(proc_create("mask", 0200, dir, &bits_ops));
	NIL(proc_symlink("link", dir, "data"));
	sub = proc_mkdir_data("sub", 0555, dir, "above\n");
	NIL(_proc_mkdir("deep", 0, sub, "x", false));
	NIL(proc_mkdir_mode("mode", 0500, dir));
	NIL(proc_create_mount_point("calls_mount"));
	INT(debugfs_initialized());
	debug = debugfs_create_dir("calls", NULL);
	debugfs_create_u8("u8", 0644, debug, &u8v);
	debugfs_create_u16("u16", 0644, debug, &u16v);
	debugfs_create_u32("u32", 0644, debug, &u32v);
	debugfs_create_u64("u64", 0644, debug, &u64v);
	debugfs_create_x8("x8", 0644, debug, &x8v);
	debugfs_create_x16("x16", 0644, debug, &x16v);
	debugfs_create_x32("x32", 0644, debug, &x32v);
	debugfs_create_x64("x64", 0644, debug, &x64v);
	debugfs_create_size_t("size_t", 0644, debug, &sizev);
	debugfs_create_ulong("ulong", 0644, debug, &ulongv);
	debugfs_create_atomic_t("atomic", 0644, debug, &atomicv);
	debugfs_create_bool("bool", 0644, debug, &boolv);
	debugfs_create_u32_array("array", 0444, debug, &array);
	NIL(debugfs_create_blob("blob", 0444, debug, &blob));
	NIL(debugfs_create_symlink("link", debug, "u8"));
	debugfs_create_file("string", 0444, debug, NULL, &list_fops);
	debugfs_create_file_unsafe("signed", 0644, debug, &signedv, &signed_fops);
	gone = debugfs_create_dir("gone", debug);
	debugfs_lookup_and_remove("gone", debug);
	debugfs_lookup_and_remove("never", debug);
	NIL(debugfs_lookup("gone", debug));
	ids();
	return 0;
}
static void __exit calls_exit(void)
{
	debugfs_remove(debug);
	remove_proc_entry("calls_mount", NULL);
	proc_remove(dir);
	proc_remove(NULL);
}
module_init(calls_init);
module_exit(calls_exit);
