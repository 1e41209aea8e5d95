/* What the modules in this folder share: each call is logged as it is written, with what it returned. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
MODULE_LICENSE("GPL");

#define INT(call) pr_info("%s = %d\n", #call, (int)(call))
#define LONG(call) pr_info("%s = %lld\n", #call, (long long)(call))
#define ULONG(call) pr_info("%s = %llu\n", #call, (unsigned long long)(call))
#define HEX(call) pr_info("%s = %#llx\n", #call, (unsigned long long)(call))
#define STR(call) pr_info("%s = \"%s\"\n", #call, (char *)(call))
#define NIL(call) pr_info("%s is %s\n", #call, (call) ? "there" : "NULL")
#define DO(call) do { call; pr_info("%s\n", #call); } while (0)
/* Where in a text a call points: the offset, or -1 for NULL. */
#define AT(base, call) \
	do { const void *p_ = (call); pr_info("%s = %ld\n", #call, p_ ? (long)((char *)p_ - (char *)(base)) : -1L); } while (0)
