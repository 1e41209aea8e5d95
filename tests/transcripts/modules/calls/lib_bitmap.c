#include "calls.h"
#include <linux/bitmap.h>
#include <linux/bsearch.h>
#include <linux/crc-ccitt.h>
#include <linux/crc32.h>
#include <linux/crc32c.h>
#include <linux/gcd.h>
#include <linux/glob.h>
#include <linux/parser.h>
#include <linux/random.h>
#include <linux/sort.h>
#include <linux/uuid.h>

static DECLARE_BITMAP(a, 150);
static DECLARE_BITMAP(c, 150);
static DECLARE_BITMAP(d, 150);
static char b[80];

#define SHOW(call) do { bitmap_zero(d, 150); call; pr_info("%s: %*pbl\n", #call, 150, d); } while (0)

static void set(void)
{
	bitmap_parselist("0,3-7,64,70-99:3/10,149", a, 150);
	bitmap_parselist("3-5,63-65,100-149", c, 150);
}

static void finds(void)
{
	static const unsigned long none[3], full[3] = { -1UL, -1UL, -1UL };

	set();
	pr_info("%*pbl / %*pbl\n", 150, a, 150, c);
	ULONG(_find_first_bit(a, 150));
	ULONG(_find_first_bit(none, 150));
	ULONG(_find_first_bit(c, 3));
	ULONG(_find_first_bit(c, 0));
	ULONG(_find_first_zero_bit(a, 150));
	ULONG(_find_first_zero_bit(full, 150));
	ULONG(_find_first_zero_bit(full, 0));
	ULONG(_find_next_bit(a, 150, 8));
	ULONG(_find_next_bit(a, 150, 64));
	ULONG(_find_next_bit(a, 150, 150));
	ULONG(_find_next_bit(a, 140, 100));
	ULONG(_find_next_bit(a, 150, 1000));
	ULONG(_find_next_zero_bit(a, 150, 3));
	ULONG(_find_next_zero_bit(full, 150, 3));
	ULONG(_find_next_zero_bit(a, 150, 150));
	ULONG(_find_last_bit(a, 150));
	ULONG(_find_last_bit(a, 149));
	ULONG(_find_last_bit(none, 149));
	ULONG(_find_last_bit(a, 0));
	ULONG(_find_next_and_bit(a, c, 150, 0));
	ULONG(_find_next_and_bit(a, c, 150, 6));
	ULONG(_find_next_and_bit(a, none, 150, 6));
	ULONG(bitmap_find_next_zero_area_off(a, 150, 0, 20, 0, 0));
	ULONG(bitmap_find_next_zero_area_off(a, 150, 0, 20, 15, 0));
	ULONG(bitmap_find_next_zero_area_off(a, 150, 0, 20, 15, 3));
	ULONG(bitmap_find_next_zero_area_off(a, 150, 100, 49, 0, 0));
	INT(bitmap_find_next_zero_area_off(a, 150, 100, 50, 0, 0) >= 150);
}

static void sets(void)
{
	set();
	INT(__bitmap_weight(a, 150));
	INT(__bitmap_weight(a, 0));
	INT(__bitmap_weight(a, 5));
	INT(__bitmap_weight_and(a, c, 150));
	INT(__bitmap_equal(a, a, 150));
	INT(__bitmap_equal(a, c, 150));
	INT(__bitmap_equal(a, c, 0));
	INT(__bitmap_intersects(a, c, 150));
	INT(__bitmap_intersects(a, c, 3));
	INT(__bitmap_subset(a, a, 150));
	INT(__bitmap_subset(c, a, 150));
	INT(__bitmap_subset(c, a, 3));
	SHOW(INT(__bitmap_and(d, a, c, 150)));
	SHOW(INT(__bitmap_and(d, a, c, 3)));
	SHOW(__bitmap_or(d, a, c, 150));
	SHOW(__bitmap_xor(d, a, c, 150));
	SHOW(INT(__bitmap_andnot(d, a, c, 150)));
	SHOW(__bitmap_complement(d, a, 150));
	SHOW(__bitmap_replace(d, a, c, c, 150));
	SHOW(__bitmap_shift_right(d, a, 3, 150));
	SHOW(__bitmap_shift_right(d, a, 64, 150));
	SHOW(__bitmap_shift_right(d, a, 70, 150));
	SHOW(__bitmap_shift_left(d, a, 3, 150));
	SHOW(__bitmap_shift_left(d, a, 64, 150));
	SHOW(__bitmap_shift_left(d, a, 145, 150));
	SHOW(__bitmap_set(d, 60, 10));
	SHOW(__bitmap_set(d, 60, 0));
	SHOW(__bitmap_set(d, 0, 150); __bitmap_clear(d, 3, 140));
	SHOW(INT(bitmap_find_free_region(d, 150, 3)); INT(bitmap_find_free_region(d, 150, 0)); INT(bitmap_find_free_region(d, 150, 3)));
	SHOW(INT(bitmap_find_free_region(d, 4, 3)));
	SHOW(INT(bitmap_allocate_region(d, 16, 2)); INT(bitmap_allocate_region(d, 16, 1)); bitmap_release_region(d, 16, 1));
	SHOW(bitmap_from_arr32(d, (const u32[]) { 0x80000001, 0xff, 0xffffffff }, 70));
	bitmap_to_arr32((u32 *)b, a, 70);
	pr_info("%*phN\n", 12, b);
}

#define PARSE(call) do { bitmap_zero(d, 150); int r_ = call; pr_info("%s = %d: %*pbl\n", #call, r_, 150, d); } while (0)

static void texts(void)
{
	unsigned long *got;
	static const char *const lists[] = { "", "0", "1-3", "1-3,", ",1", "1,,2", "3-1", "149", "150", "0-149:2/5", "0-20:2/5", "0-20:6/5", "0-20:0/5",
		"all", "N", "0-N", "N-N", " 1 2\t3\n4", "x", "1-", "-1", "1-2:", "1-2:3", "1-2:3/", "99999999999", "all:1/3", "1 ", "0x3" };
	static const char *const masks[] = { "", "0", "f", "ffffffff", "1,00000000", "1,0,0,0,0,0,0", "123456789", "f,f", "g", " f", "f ", "f\n", ",f", "f,", "f,,f",
		"200000,00000000,00000000,00000000,00000000", "400000,00000000,00000000,00000000,00000000" };
	int i;

	for (i = 0; i < ARRAY_SIZE(lists); i++) {
		pr_info("\"%*pE\"\n", (int)strlen(lists[i]), lists[i]);
		PARSE(bitmap_parselist(lists[i], d, 150));
	}
	for (i = 0; i < ARRAY_SIZE(masks); i++) {
		pr_info("\"%*pE\"\n", (int)strlen(masks[i]), masks[i]);
		PARSE(bitmap_parse(masks[i], UINT_MAX, d, 150));
	}
	PARSE(bitmap_parse("ff1", 2, d, 150));
	set();
	got = (unsigned long *)get_zeroed_page(GFP_KERNEL);
	INT(bitmap_print_to_pagebuf(true, (char *)got, a, 150));
	STR(got);
	INT(bitmap_print_to_pagebuf(false, (char *)got, a, 150));
	STR(got);
	free_page((unsigned long)got);
	got = bitmap_zalloc(100, GFP_KERNEL);
	pr_info("%*pbl.\n", 100, got);
	bitmap_free(got);
	got = bitmap_alloc(100, GFP_KERNEL);
	NIL(got);
	bitmap_free(got);
	got = bitmap_zalloc_node(100, GFP_KERNEL, NUMA_NO_NODE);
	pr_info("%*pbl.\n", 100, got);
	bitmap_free(got);
	got = bitmap_alloc_node(1, GFP_KERNEL, 0);
	NIL(got);
	bitmap_free(got);
	bitmap_free(NULL);
}

static int by_number(const void *x, const void *y) { return *(const int *)x - *(const int *)y; }
static int by_first(const void *x, const void *y) { return *(const char *)x - *(const char *)y; }

static void math(void)
{
	int v[] = { 5, -3, 9, 0, 5, 77, -100, 2 }, key = 9, no = 10;
	char w[] = "the quick brown";
	u8 raw[16];
	int i;

	sort(v, ARRAY_SIZE(v), sizeof(*v), by_number, NULL);
	for (i = 0; i < ARRAY_SIZE(v); i++)
		pr_info("sorted %d\n", v[i]);
	sort(w, sizeof(w) - 1, 1, by_first, NULL);
	STR(w);
	sort(w, 0, 1, by_first, NULL);
	AT(v, bsearch(&key, v, ARRAY_SIZE(v), sizeof(*v), by_number));
	AT(v, bsearch(&no, v, ARRAY_SIZE(v), sizeof(*v), by_number));
	AT(v, bsearch(&key, v, 0, sizeof(*v), by_number));
	ULONG(gcd(12, 18));
	ULONG(gcd(0, 18));
	ULONG(gcd(18, 0));
	ULONG(gcd(0, 0));
	ULONG(gcd(17, 5));
	ULONG(gcd(1UL << 63, 1UL << 40));
	ULONG(int_sqrt(0));
	ULONG(int_sqrt(1));
	ULONG(int_sqrt(99));
	ULONG(int_sqrt(100));
	ULONG(int_sqrt(-1UL));
	HEX(crc32_le(~0, "123456789", 9));
	HEX(crc32_le(0, "123456789", 9));
	HEX(crc32_le(0x1234, "", 0));
	HEX(crc32_be(~0, "123456789", 9));
	HEX(crc32_be(0, "123456789", 9));
	HEX(__crc32c_le(~0, "123456789", 9));
	HEX(__crc32c_le(0, "a longer text, not aligned", 25));
	HEX(crc_ccitt(0xffff, "123456789", 9));
	HEX(crc_ccitt(0, "", 0));
	HEX(crc_ccitt_false(0xffff, "123456789", 9));
	HEX(crc_ccitt_table[1]);
	HEX(crc_ccitt_table[255]);
	HEX(crc_ccitt_false_table[1]);
	HEX(crc_ccitt_false_table[255]);
	INT(uuid_parse("01234567-89ab-CDEF-0123-456789abcdef", (uuid_t *)raw));
	pr_info("%*phN\n", 16, raw);
	INT(guid_parse("01234567-89ab-CDEF-0123-456789abcdef", (guid_t *)raw));
	pr_info("%*phN\n", 16, raw);
	INT(guid_parse("01234567-89ab-CDEF-0123-456789abcdefXYZ", (guid_t *)raw));
	INT(uuid_parse("01234567089ab-CDEF-0123-456789abcdef", (uuid_t *)raw));
	INT(uuid_parse("01234567-89ab-CDEF-0123-456789abcde", (uuid_t *)raw));
	INT(uuid_parse("", (uuid_t *)raw));
	get_random_bytes(raw, 16);
	get_random_bytes(raw, 0);
	INT(get_random_u8() <= 0xff);
	INT(get_random_u16() <= 0xffff);
	INT(get_random_u32() == get_random_u32());
	DO(add_device_randomness("serial", 6));
}

#define GLOB(p, t) pr_info("glob_match(%s, %s) = %d\n", #p, #t, glob_match(p, t))
#define DUMP(len, row, group, room, ascii) do { int r_; memset(b, '#', 79); r_ = hex_dump_to_buffer(w, len, row, group, b, room, ascii); \
	b[78] = 0; pr_info("hex_dump_to_buffer(%d, %d, %d, %d, %s) = %d \"%*pE\"\n", len, row, group, room, #ascii, r_, 78, b); } while (0)

static void digits(void)
{
	static const char w[] = "The quick\x01\xff fox jumps over";
	u8 raw[8] = { 0 };

	STR(hex_asc);
	STR(hex_asc_upper);
	INT(hex_to_bin('0'));
	INT(hex_to_bin('9'));
	INT(hex_to_bin('a'));
	INT(hex_to_bin('F'));
	INT(hex_to_bin('g'));
	INT(hex_to_bin(0));
	INT(hex2bin(raw, "0aF9", 2));
	INT(hex2bin(raw, "0a1x", 2));
	INT(hex2bin(raw, "x0", 1));
	INT(hex2bin(raw, "", 0));
	pr_info("%*phN\n", 4, raw);
	memset(b, '#', 20);
	AT(b, bin2hex(b, w, 4));
	pr_info("%*pE\n", 10, b);
	DUMP(16, 16, 1, 79, true);
	DUMP(16, 16, 1, 79, false);
	DUMP(20, 16, 1, 79, true);
	DUMP(20, 32, 1, 79, true);
	DUMP(5, 16, 1, 79, true);
	DUMP(16, 16, 2, 79, true);
	DUMP(16, 16, 4, 79, true);
	DUMP(16, 16, 8, 79, true);
	DUMP(7, 16, 4, 79, true);
	DUMP(16, 16, 3, 79, false);
	DUMP(16, 7, 1, 79, false);
	DUMP(16, 16, 1, 20, true);
	DUMP(16, 16, 1, 1, true);
	DUMP(16, 16, 1, 0, true);
	DUMP(0, 16, 1, 79, true);
	GLOB("*.ko", "a.ko");
	GLOB("*.ko", "a.kox");
	GLOB("a?c", "abc");
	GLOB("a?c", "ac");
	GLOB("[a-c]x", "bx");
	GLOB("[!a-c]x", "bx");
	GLOB("[!a-c]x", "dx");
	GLOB("[]x]", "]");
	GLOB("[a", "[a");
	GLOB("\\*", "*");
	GLOB("\\*", "x");
	GLOB("", "");
	GLOB("*", "");
	GLOB("**a**b*", "xxaxxbxx");
	GLOB("a*b*c", "abbbbcbbb");
}

static const match_table_t options = {
	{ 1, "size=%u" }, { 2, "mode=%o" }, { 3, "name=%s" }, { 4, "hex=%x" }, { 5, "n=%d:%d" }, { 6, "ro" }, { 7, "two%3s" }, { 8, "100%%" }, { 99, NULL },
};

static void parses(void)
{
	static char text[][24] = { "size=12", "size=", "size=-1", "mode=0755", "mode=8", "name=joe", "name=", "hex=ff", "hex=0xfg", "n=3:-4", "n=3", "ro", "rox", "twoabc",
		"twoabcd", "100%", "", "size=99999999999", "n=0x10:010" };
	substring_t args[MAX_OPT_ARGS];
	char word[8], *s, *param, *val, **argv;
	int i, n, r, ints[6];
	u64 wide;
	unsigned int u;

	for (i = 0; i < ARRAY_SIZE(text); i++) {
		memset(args, 0, sizeof(args));
		r = match_token(text[i], options, args);
		pr_info("match_token(\"%s\") = %d\n", text[i], r);
		if (r == 99 || r == 6 || r == 8)
			continue;
		s = match_strdup(&args[0]);
		n = match_strlcpy(word, &args[0], sizeof(word));
		pr_info("\"%s\", \"%s\" of %d\n", s, word, n);
		kfree(s);
		n = -7, wide = 7, u = 7;
		INT(match_int(&args[0], &n));
		pr_info("%d\n", n);
		INT(match_octal(&args[0], &n));
		pr_info("%d\n", n);
		INT(match_hex(&args[0], &n));
		pr_info("%d\n", n);
		INT(match_uint(&args[0], &u));
		pr_info("%u\n", u);
		INT(match_u64(&args[0], &wide));
		pr_info("%llu\n", wide);
	}
	strcpy(b, "one=1 two \"three= 3 4\" five=\"6 7\" eight= =9");
	for (s = b; *s;) {
		s = next_arg(s, &param, &val);
		pr_info("next_arg %s %s\n", param, val ?: "(none)");
	}
	s = "5,-6,7-9";
	INT(get_option(&s, &n)); pr_info("%d \"%s\"\n", n, s);
	INT(get_option(&s, &n)); pr_info("%d \"%s\"\n", n, s);
	INT(get_option(&s, &n)); pr_info("%d \"%s\"\n", n, s);
	s = "x";
	INT(get_option(&s, &n)); pr_info("%d \"%s\"\n", n, s);
	s = "-";
	INT(get_option(&s, &n)); pr_info("%d \"%s\"\n", n, s);
	INT(get_option(&s, NULL));
	memset(ints, 0, sizeof(ints));
	STR(get_options("1,4-6,9 rest", 6, ints));
	pr_info("%d: %d %d %d %d %d\n", ints[0], ints[1], ints[2], ints[3], ints[4], ints[5]);
	STR(get_options("1,4-6,9", 3, ints));
	pr_info("%d: %d %d\n", ints[0], ints[1], ints[2]);
	STR(get_options("1,4-6,9", 0, ints));
	pr_info("%d\n", ints[0]);
	LONG(memparse("12k", &s)); STR(s);
	LONG(memparse("0x10M rest", &s)); STR(s);
	LONG(memparse("3Gg", &s)); STR(s);
	LONG(memparse("1E", &s)); STR(s);
	LONG(memparse("16E", &s)); STR(s);
	LONG(memparse("k", &s)); STR(s);
	LONG(memparse("5X", NULL));
	argv = argv_split(GFP_KERNEL, "  one two\tthree  ", &n);
	for (i = 0; i < n; i++)
		STR(argv[i]);
	NIL(argv[n]);
	argv_free(argv);
	argv = argv_split(GFP_KERNEL, "", &n);
	INT(n);
	argv_free(argv);
}

static int __init calls_init(void)
{
	finds();
	sets();
	texts();
	math();
	digits();
	parses();
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
