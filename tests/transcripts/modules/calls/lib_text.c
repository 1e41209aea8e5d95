#include "calls.h"
#include <linux/parser.h>
#include <linux/kstrtox.h>

static char b[48];
static const char *const texts[] = {
	"0", "1", "-1", "+7", "127", "128", "-128", "-129", "255", "256", "32767", "32768", "65535", "65536", "010", "08", "0x1F", "0X", "0x",
	"2147483647", "2147483648", "-2147483648", "-2147483649", "4294967295", "4294967296", "9223372036854775807",
	"9223372036854775808", "-9223372036854775808", "18446744073709551615", "18446744073709551616", "", " 1", "1 ", "1\n", "1\n\n", "1x", "+", "-",
	"--1", "+-1", "y", "Y", "n", "on", "ON", "off", "of", "o", "true", "false", "t", "2",
};
#define TRY(kind, format, function, ...) do { kind v_ = 77; int r_ = function(text, ##__VA_ARGS__, &v_); \
	pr_info("%s \"%*pE\" = %d, " format "\n", #function, (int)strlen(text), text, r_, v_); } while (0)

static void numbers(const char *text)
{
	TRY(int, "%d", kstrtoint, 0);
	TRY(unsigned int, "%u", kstrtouint, 0);
	TRY(long, "%ld", _kstrtol, 10);
	TRY(unsigned long, "%lu", _kstrtoul, 16);
	TRY(long long, "%lld", kstrtoll, 0);
	TRY(unsigned long long, "%llu", kstrtoull, 0);
	TRY(unsigned long long, "%llu", kstrtoull, 8);
	TRY(s8, "%d", kstrtos8, 0);
	TRY(u8, "%u", kstrtou8, 0);
	TRY(s16, "%d", kstrtos16, 10);
	TRY(u16, "%u", kstrtou16, 10);
	TRY(bool, "%d", kstrtobool);
}
#define SIMPLE(function, text, base) do { const char *s_ = text; char *e_ = NULL; long long r_ = function(s_, &e_, base); \
	pr_info("%s(%s, %d) = %lld, %d taken\n", #function, #text, base, r_, (int)(e_ - s_)); } while (0)

static void simple(void)
{
	SIMPLE(simple_strtol, "-42abc", 10);
	SIMPLE(simple_strtol, "- 42", 10);
	SIMPLE(simple_strtol, "+42", 10);
	SIMPLE(simple_strtol, "-9223372036854775809", 10);
	SIMPLE(simple_strtoul, "0x1fg", 0);
	SIMPLE(simple_strtoul, "0x1fg", 16);
	SIMPLE(simple_strtoul, "0xg", 16);
	SIMPLE(simple_strtoul, "0789", 0);
	SIMPLE(simple_strtoul, "zz", 36);
	SIMPLE(simple_strtoul, "12", 2);
	SIMPLE(simple_strtoul, "-1", 10);
	SIMPLE(simple_strtoull, "18446744073709551617", 10);
	SIMPLE(simple_strtoull, "", 10);
	SIMPLE(simple_strtoll, "-0x10", 0);
	SIMPLE(simple_strtoll, "99999999999", 0);
	LONG(simple_strtol("12", NULL, 0));
}
#define PRINT(call) do { memset(b, '#', sizeof(b)); b[sizeof(b) - 1] = 0; int r_ = call; pr_info("%s = %d, %*pEp\n", #call, r_, 24, b); } while (0)

static int vs(int how, size_t size, const char *format, ...)
{
	va_list args;
	int r;

	va_start(args, format);
	r = how == 0 ? vsnprintf(b, size, format, args) : how == 1 ? vscnprintf(b, size, format, args) : vsprintf(b, format, args);
	va_end(args);
	return r;
}

static char *kv(const char *format, ...)
{
	va_list args;
	char *r;

	va_start(args, format);
	r = kvasprintf(GFP_KERNEL, format, args);
	va_end(args);
	return r;
}

static void prints(void)
{
	char *p;

	PRINT(snprintf(b, 8, "%s", "0123456789"));
	PRINT(snprintf(b, 0, "%s", "0123456789"));
	PRINT(snprintf(NULL, 0, "%d-%d", 1, 22));
	PRINT(scnprintf(b, 8, "%s", "0123456789"));
	PRINT(scnprintf(b, 1, "%s", "0123456789"));
	PRINT(scnprintf(b, 0, "%s", "0123456789"));
	PRINT(scnprintf(b, 20, "%c%c", 'a', 0));
	PRINT(sprintf(b, "%5d|%-5d|", 42, 42));
	PRINT(sprintf(b, "%x", 1));
	PRINT(vs(0, 6, "%x %o", 0xbeef, 8));
	PRINT(vs(1, 6, "%x %o", 0xbeef, 8));
	PRINT(vs(2, 0, "%x %o", 0xbeef, 8));
	PRINT(vs(0, 30, "%llu %hhd", ~0ULL, 255));
	p = kasprintf(GFP_KERNEL, "%s=%d", "key", -3);
	STR(p);
	kfree(p);
	p = kv("%03d.%s", 7, "end");
	STR(p);
	kfree(p);
	p = kasprintf(GFP_KERNEL, "");
	STR(p);
	kfree(p);
}
#define SCAN(text, format, ...) do { int a = -1, c = -1; unsigned int u = 9; char s[24] = "-"; long long l = -1; unsigned char h = 9; \
	(void)a, (void)c, (void)u, (void)l, (void)h; int r_ = sscanf(text, format, ##__VA_ARGS__); \
	pr_info("sscanf(%s, %s) = %d: %d %d %u %s %lld %u\n", #text, #format, r_, a, c, u, s, l, h); } while (0)

static int vscan(const char *text, const char *format, ...)
{
	va_list args;
	int r;

	va_start(args, format);
	r = vsscanf(text, format, args);
	va_end(args);
	return r;
}

static void scans(void)
{
	int x = 0, y = 0;

	SCAN("12 34", "%d %d", &a, &c);
	SCAN("12,34", "%d,%d", &a, &c);
	SCAN("12;34", "%d,%d", &a, &c);
	SCAN("", "%d", &a);
	SCAN("   ", "%d", &a);
	SCAN("x", "%d", &a);
	SCAN("-5 +6", "%d%d", &a, &c);
	SCAN("0x1f", "%x", &u);
	SCAN("0x1f", "%i", &a);
	SCAN("017 010", "%i %o", &a, &u);
	SCAN("-7", "%u", &u);
	SCAN("word another", "%s", s);
	SCAN("  word", "%3s", s);
	SCAN("word", "%2s%d", s, &a);
	SCAN("abcdef", "%3c", s);
	SCAN("123456", "%3d%2d", &a, &c);
	SCAN("300", "%hhu", &h);
	SCAN("12345678901234", "%lld", &l);
	SCAN("9 8", "%*d %d", &a);
	SCAN("a1", "a%d", &a);
	SCAN("a 1", "a%d", &a);
	SCAN("100%", "%d%%", &a);
	SCAN("12abc", "%d%n", &a, &c);
	SCAN("abc123", "%[a-c]%d", s, &a);
	SCAN("abc123", "%20[abc]%d", s, &a);
	SCAN("abc123", "%20[^0-9]%d", s, &a);
	SCAN("12 34 56", "%d %d %u", &a, &c, &u);
	SCAN("1 2", "%d\t \n%d", &a, &c);
	SCAN("5", "%d %s", &a, s);
	INT(vscan("7/8", "%d/%d", &x, &y));
	pr_info("%d %d\n", x, y);
}

static const match_table_t tokens = {
	{ 1, "d=%d" }, { 2, "u=%u" }, { 3, "o=%o" }, { 4, "x=%x" }, { 5, "s=%s,more" }, { 6, "two=%2s%s" }, { 7, "%d:%d:%d" },
	{ 8, "%%%s" }, { 9, "c=%c" }, { 10, "four=%d%1s%1s%s" }, { 11, "width=%2d" }, { 12, "end%" }, { -1, NULL } };
#define TOKEN(text) do { char b_[] = text; substring_t a_[MAX_OPT_ARGS]; int i_ = 99, t_ = match_token(b_, tokens, a_), r_; \
	if (t_ < 0) { pr_info("%s is %d\n", b_, t_); break; } \
	r_ = match_int(&a_[0], &i_); \
	pr_info("%s is %d, from %d to %d, a number %d: %d\n", b_, t_, (int)(a_[0].from - b_), (int)(a_[0].to - b_), r_, i_); } while (0)

static void options(void)
{
	TOKEN("d=5"); TOKEN("d=+5"); TOKEN("d=-"); TOKEN("d=-7"); TOKEN("d=08"); TOKEN("d=07"); TOKEN("d=0x"); TOKEN("d=0x1F"); TOKEN("d=");
	TOKEN("d=2147483648"); TOKEN("d=18446744073709551615"); TOKEN("d=5 ");
	TOKEN("u=-1"); TOKEN("u=7"); TOKEN("o=78"); TOKEN("o=77"); TOKEN("x=0x"); TOKEN("x=ff"); TOKEN("x=0xfg");
	TOKEN("s=a,more"); TOKEN("s="); TOKEN("two=abc"); TOKEN("two=a"); TOKEN("two=ab"); TOKEN("1:2:3"); TOKEN("1:2:");
	TOKEN("%tail"); TOKEN("%"); TOKEN("c=x"); TOKEN("four=1abc"); TOKEN("width=12345"); TOKEN("end%"); TOKEN("end"); TOKEN("none");
}

static int __init calls_init(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(texts); i++)
		numbers(texts[i]);
	INT(kstrtobool(NULL, NULL));
	simple();
	prints();
	scans();
	options();
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
