#include "calls.h"
#include <linux/moduleparam.h>

static char got[PAGE_SIZE];

#define TRY(kind, type, text) do { type v_ = (type)7; struct kernel_param p_ = { .name = "p", .arg = &v_ }; int r_ = param_set_##kind(text, &p_); \
	strcpy(got, "-"); int g_ = param_get_##kind(got, &p_); pr_info("%s %s: %d, %d %*pE\n", #kind, #text, r_, g_, (int)strlen(got), got); } while (0)
#define GET(kind, type, value) do { type v_ = value; struct kernel_param p_ = { .name = "p", .arg = &v_ }; \
	INT(param_get_##kind(got, &p_)); pr_info("%*pE\n", (int)strlen(got), got); } while (0)
#define NUMBER(kind, type) do { TRY(kind, type, "0"); TRY(kind, type, "12"); TRY(kind, type, "-1"); TRY(kind, type, "0x1f"); TRY(kind, type, "010"); TRY(kind, type, "256"); \
	TRY(kind, type, "70000"); TRY(kind, type, "4294967296"); TRY(kind, type, "18446744073709551616"); TRY(kind, type, ""); TRY(kind, type, "1x"); TRY(kind, type, "1\n"); } while (0)
#define SWITCH(kind, type) do { TRY(kind, type, "1"); TRY(kind, type, "n"); TRY(kind, type, "Yes"); TRY(kind, type, "off"); TRY(kind, type, "maybe"); TRY(kind, type, ""); \
	TRY(kind, type, NULL); } while (0)

static int __init calls_init(void)
{
	char *text = "";
	struct kernel_param p = { .name = "text", .arg = &text };

	NUMBER(byte, unsigned char);
	NUMBER(short, short);
	NUMBER(ushort, unsigned short);
	NUMBER(int, int);
	NUMBER(uint, unsigned int);
	NUMBER(long, long);
	NUMBER(ulong, unsigned long);
	NUMBER(ullong, unsigned long long);
	NUMBER(hexint, unsigned int);
	SWITCH(bool, bool);
	SWITCH(invbool, bool);
	SWITCH(bint, int);
	GET(int, int, -5);
	INT(param_set_charp("some text", &p));
	STR(text);
	INT(param_get_charp(got, &p));
	pr_info("%*pE\n", (int)strlen(got), got);
	INT(param_set_charp("another", &p));
	INT(param_set_charp("", &p));
	STR(text);
	{
		unsigned int v = 3;
		struct kernel_param q = { .name = "q", .arg = &v };

		INT(param_set_uint_minmax("5", &q, 2, 8)); INT(v);
		INT(param_set_uint_minmax("9", &q, 2, 8)); INT(v);
		INT(param_set_uint_minmax("1", &q, 2, 8)); INT(v);
		INT(param_set_uint_minmax("x", &q, 2, 8)); INT(v);
		INT(param_set_uint_minmax(NULL, &q, 2, 8));
	}
	kernel_param_lock(THIS_MODULE);
	kernel_param_unlock(THIS_MODULE);
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
