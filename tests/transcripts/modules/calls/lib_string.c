#include "calls.h"
#include <linux/string_helpers.h>
#include <linux/uaccess.h>

static char b[64], t[64];
static const char *const names[] = { "alpha", "beta", "gamma", NULL, "delta" };

static void fill(const char *text) { memset(b, '#', sizeof(b)); b[sizeof(b) - 1] = 0; if (text) strcpy(b, text); }
#define COPY(text, call) do { fill(text); long r_ = (long)(call); \
	pr_info("%s = %ld, %*pEp\n", #call, r_ == (long)b ? 0 : r_, 20, b); } while (0)

static void copies(void)
{
	COPY("", strcpy(b, "copied") == b);
	COPY("", strncpy(b, "ab", 6) == b);
	COPY("", strncpy(b, "abcdefgh", 6) == b);
	COPY(NULL, strlcpy(b, "abcdefgh", 6));
	COPY(NULL, strlcpy(b, "abc", 0));
	COPY(NULL, strlcpy(b, "", 3));
	COPY(NULL, strscpy(b, "abcdefgh", 6));
	COPY(NULL, strscpy(b, "abcde", 6));
	COPY(NULL, strscpy(b, "abcde", 0));
	COPY(NULL, strscpy(b, "abcdefghijklmnopqrstuvwxyz", 12));
	COPY(NULL, strscpy_pad(b, "abc", 10));
	COPY(NULL, strscpy_pad(b, "abcdefghijkl", 10));
	COPY(NULL, strscpy_pad(b, "abc", 0));
	COPY("one", strcat(b, " two") == b);
	COPY("one", strncat(b, "twothree", 3) == b);
	COPY("one", strncat(b, "two", 30) == b);
	COPY("one", strncat(b, "two", 0) == b);
	COPY("one", strlcat(b, "twothree", 6));
	COPY("one", strlcat(b, "two", 30));
	COPY("0123456789", memmove(b + 2, b, 6) == b + 2);
	COPY("0123456789", memmove(b, b + 2, 6) == b);
	COPY("0123456789", memcpy(b, "xyz", 3) == b);
	COPY("0123456789", memset(b + 3, 0x141, 4) == b + 3);
	COPY("  both ends \t\n", strim(b) - b);
	COPY(" \n ", strim(b) - b);
	COPY("", strim(b) - b);
	COPY("a-b-c", strreplace(b, '-', '_') - b);
	COPY("a-b-c", strreplace(b, 'x', '_') - b);
}

static void compares(void)
{
	INT(strcmp("abc", "abc"));
	INT(strcmp("abc", "abd"));
	INT(strcmp("abc", "ab"));
	INT(strcmp("", "b"));
	INT(strcmp("\xff", "a"));
	INT(strncmp("abc", "abd", 2));
	INT(strncmp("abc", "abd", 3));
	INT(strncmp("abc", "abd", 0));
	INT(strncmp("ab", "abc", 9));
	INT(strcasecmp("Hello", "hELLO"));
	INT(strcasecmp("a", "B"));
	INT(strcasecmp("[", "a"));
	INT(strcasecmp("\xc4", "\xe4"));
	INT(strncasecmp("HELp", "help!", 4));
	INT(strncasecmp("HELp", "help!", 5));
	INT(strncasecmp("x", "y", 0));
	INT(memcmp("abc", "abd", 2));
	INT(memcmp("abc", "abd", 3));
	INT(memcmp("b", "a", 1));
	INT(memcmp("\xff", "\x01", 1));
	INT(memcmp("a", "b", 0));
	INT(!!bcmp("abc", "abd", 3));
	INT(bcmp("abc", "abd", 2));
	INT(sysfs_streq("on", "on\n"));
	INT(sysfs_streq("on\n", "on"));
	INT(sysfs_streq("on\n", "on\n"));
	INT(sysfs_streq("on", "on\n\n"));
	INT(sysfs_streq("on", "off"));
	INT(sysfs_streq("", "\n"));
	INT(match_string(names, 5, "gamma"));
	INT(match_string(names, 5, "delta"));
	INT(match_string(names, -1, "beta"));
	INT(match_string(names, 2, "gamma"));
	INT(__sysfs_match_string(names, 5, "beta\n"));
	INT(__sysfs_match_string(names, 5, "bet"));
	INT(__sysfs_match_string(names, 1, "beta"));
}

static void searches(void)
{
	static const char s[] = "the quick brown fox";
	static const unsigned char m[40] = { [0 ... 29] = 7, 8, [31 ... 39] = 7 };

	ULONG(strlen(""));
	ULONG(strlen(s));
	ULONG(strnlen(s, 4));
	ULONG(strnlen(s, 400));
	AT(s, strchr(s, 'q'));
	AT(s, strchr(s, 'z'));
	AT(s, strchr(s, 0));
	AT(s, strchr(s, 'q' + 256));
	AT(s, strrchr(s, 'o'));
	AT(s, strrchr(s, 'z'));
	AT(s, strrchr(s, 0));
	AT(s, strnchr(s, 4, 'q'));
	AT(s, strnchr(s, 5, 'q'));
	AT(s, strnchr(s, 50, 'z'));
	AT(s, strchrnul(s, 'z'));
	AT(s, strchrnul(s, 'b'));
	AT(s, strstr(s, "brown"));
	AT(s, strstr(s, ""));
	AT(s, strstr(s, "browner"));
	AT(s, strstr("", "a"));
	AT(s, strnstr(s, "quick", 9));
	AT(s, strnstr(s, "quick", 8));
	AT(s, strnstr(s, "", 8));
	AT(s, strpbrk(s, "xkb"));
	AT(s, strpbrk(s, ""));
	ULONG(strspn(s, "eht"));
	ULONG(strspn(s, ""));
	ULONG(strcspn(s, "q "));
	ULONG(strcspn(s, ""));
	AT(s, memchr(s, 'k', sizeof(s)));
	AT(s, memchr(s, 'k', 3));
	AT(s, memchr(s, 0, sizeof(s)));
	AT(m, memchr_inv(m, 7, sizeof(m)));
	AT(m, memchr_inv(m, 7, 30));
	AT(m, memchr_inv(m, 8, 3));
	AT(m, memchr_inv(m + 31, 7, 9));
	AT(s, memscan((void *)s, 'q', 19));
	AT(s, memscan((void *)s, 'z', 19));
	AT(s, skip_spaces(s));
	STR(skip_spaces(" \t\n\v\f\r x "));
	STR(skip_spaces("   "));
}

static void separates(void)
{
	char *rest = b, *word;

	fill("one,two;;three");
	while ((word = strsep(&rest, ",;")))
		pr_info("strsep \"%s\"\n", word);
	NIL(strsep(&rest, ","));
	rest = b;
	fill("");
	STR(strsep(&rest, ","));
	NIL(rest);
	rest = b;
	fill("all");
	STR(strsep(&rest, ""));
	NIL(rest);
}

#define ESCAPE(src, size, flags, only) do { memset(b, '#', 40); \
	int r_ = string_escape_mem(src, sizeof(src) - 1, b, size, flags, only); \
	print_hex_dump(KERN_INFO, "", DUMP_PREFIX_NONE, 32, 1, b, 32, true); \
	pr_info("string_escape_mem(%s, %d, %s, %s) = %d\n", #src, size, #flags, #only, r_); } while (0)
#define UNESCAPE(src, size, flags) do { memset(b, '#', 40); \
	int r_ = string_unescape((char *)src, b, size, flags); \
	print_hex_dump(KERN_INFO, "", DUMP_PREFIX_NONE, 32, 1, b, 32, true); \
	pr_info("string_unescape(%s, %d, %s) = %d\n", #src, size, #flags, r_); } while (0)
#define SIZE(size, block, units, len) do { strcpy(t, "-"); string_get_size(size, block, units, t, len); \
	pr_info("string_get_size(%s, %s, %s, %d) \"%s\"\n", #size, #block, #units, len, t); } while (0)

static void helpers(void)
{
	char *p;

	ESCAPE("a\n\t\"\\\x01\x7f\xff", 40, ESCAPE_ANY, NULL);
	ESCAPE("a\n\t\"\\\x01\x7f\xff", 40, ESCAPE_SPACE, NULL);
	ESCAPE("a\n\t\"\\\x01\x7f\xff", 40, ESCAPE_SPECIAL, NULL);
	ESCAPE("a\n\t\"\\\x01\x7f\xff", 40, ESCAPE_OCTAL, NULL);
	ESCAPE("a\n\t\"\\\x01\x7f\xff", 40, ESCAPE_HEX, NULL);
	ESCAPE("a\n\t\"\\\x01\x7f\xff", 40, ESCAPE_ANY_NP, NULL);
	ESCAPE("a\n\t\"\\\x01\x7f\xff", 40, ESCAPE_NP | ESCAPE_HEX, NULL);
	ESCAPE("a\n\t\"\\\x01\x7f\xff", 40, ESCAPE_NA | ESCAPE_HEX, NULL);
	ESCAPE("a\n\t\"\\\x01\x7f\xff", 40, ESCAPE_NAP | ESCAPE_HEX, NULL);
	ESCAPE("a\n\t\"\\\x01\x7f\xff", 5, ESCAPE_ANY, NULL);
	ESCAPE("a\n\t\"\\\x01\x7f\xff", 0, ESCAPE_ANY, NULL);
	ESCAPE("abc def", 40, ESCAPE_HEX, "b ");
	ESCAPE("abc def", 40, ESCAPE_HEX | ESCAPE_APPEND | ESCAPE_NP, "b ");
	ESCAPE("a\0b", 40, ESCAPE_NULL, NULL);
	ESCAPE("a\0b", 40, ESCAPE_NULL | ESCAPE_OCTAL, NULL);
	UNESCAPE("a\\nb\\tc\\\\", 40, UNESCAPE_ANY);
	UNESCAPE("a\\nb\\tc\\\\", 40, UNESCAPE_HEX);
	UNESCAPE("\\x41\\x4g\\xzz", 40, UNESCAPE_HEX);
	UNESCAPE("\\101\\7\\0\\400\\9", 40, UNESCAPE_OCTAL);
	UNESCAPE("\\\"\\a\\e\\q", 40, UNESCAPE_SPECIAL);
	UNESCAPE("\\f\\n\\r\\t\\v\\a", 40, UNESCAPE_SPACE);
	UNESCAPE("a\\nbcdef", 4, UNESCAPE_ANY);
	UNESCAPE("a\\nb", 0, UNESCAPE_ANY);
	UNESCAPE("end\\", 40, UNESCAPE_ANY);
	SIZE(0, 512, STRING_UNITS_10, 20);
	SIZE(1, 512, STRING_UNITS_2, 20);
	SIZE(8192, 4096, STRING_UNITS_10, 20);
	SIZE(8192, 4096, STRING_UNITS_2, 20);
	SIZE(1999, 1, STRING_UNITS_10, 20);
	SIZE(1023, 1, STRING_UNITS_2, 20);
	SIZE(1024, 1, STRING_UNITS_2, 20);
	SIZE(999999, 1, STRING_UNITS_10, 20);
	SIZE(-1ULL, 1, STRING_UNITS_10, 20);
	SIZE(-1ULL, 4096, STRING_UNITS_2, 20);
	SIZE(123456789, 512, STRING_UNITS_10, 6);
	SIZE(123456789, 0, STRING_UNITS_10, 20);
	p = kstrdup_quotable("a\n\x01\"quoted\" \\ \xe4", GFP_KERNEL);
	STR(p);
	kfree(p);
	NIL(kstrdup_quotable(NULL, GFP_KERNEL));
}

static int __init calls_init(void)
{
	copies();
	compares();
	searches();
	separates();
	helpers();
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
