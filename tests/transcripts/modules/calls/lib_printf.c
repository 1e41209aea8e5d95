#include "calls.h"
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/inet.h>
#include <linux/ioport.h>
#include <linux/rtc.h>

#define SAY(format, ...) pr_info("%s [" format "]\n", #format, ##__VA_ARGS__)
#define INTS(format) do { int i_; for (i_ = 0; i_ < ARRAY_SIZE(ints); i_++) SAY(format, ints[i_]); } while (0)
#define LONGS(format) do { int i_; for (i_ = 0; i_ < ARRAY_SIZE(longs); i_++) SAY(format, longs[i_]); } while (0)
static const int ints[] = { 0, 1, -1, 42, -42, 2147483647, -2147483647 - 1 };
static const long long longs[] = { 0, 255, -256, 0x123456789abcdefLL, -9223372036854775807LL - 1 };

static void numbers(void)
{
	INTS("%d"); INTS("%u"); INTS("%x"); INTS("%#X"); INTS("%#o"); INTS("%+d"); INTS("% d"); INTS("%+ d"); INTS("%08d"); INTS("%-8d|");
	INTS("%-08d|"); INTS("%8.3d"); INTS("%-8.3d|"); INTS("%08.3d"); INTS("%.0d"); INTS("%.5x"); INTS("%#.5x"); INTS("%#8x"); INTS("%#08x");
	INTS("%#-8x|"); INTS("%+08d"); INTS("% 08d"); INTS("%hhd"); INTS("%hhu"); INTS("%hd"); INTS("%hx"); INTS("%hho"); INTS("%+u"); INTS("%+x");
	LONGS("%ld"); LONGS("%lu"); LONGS("%llx"); LONGS("%Lx"); LONGS("%zd"); LONGS("%zu"); LONGS("%td"); LONGS("%#lo"); LONGS("%20lld"); LONGS("%020lld");
	SAY("%*d", 5, 7); SAY("%*d|", -5, 7); SAY("%.*d", 3, 7); SAY("%.*d", -3, 7); SAY("%0*d", 5, 7); SAY("%-*d|", 5, 7); SAY("%*.*d", 6, 3, 7);
	SAY("%c%c", 'a', 'b'); SAY("%5c", 'a'); SAY("%-5c|", 'a'); SAY("%.0c", 'a'); SAY("%%"); SAY("%5%"); SAY("%i", 5);
}
static void texts(void)
{
	char *none = NULL;

	SAY("%s", ""); SAY("%s", "abc"); SAY("%5s", "abc"); SAY("%-5s|", "abc"); SAY("%.0s|", "abc"); SAY("%.2s", "abc"); SAY("%5.2s", "abc");
	SAY("%-5.2s|", "abc"); SAY("%.9s", "abc"); SAY("%.*s", -1, "abc"); SAY("%.*s", 1, "abc"); SAY("%*s", 5, "abc"); SAY("%*s|", -5, "abc"); SAY("%05s", "abc");
	SAY("%s", none); SAY("%10s", none); SAY("%.3s", none); SAY("%-10s|", none); SAY("%s", (char *)1); SAY("%12s", (char *)4095);
	SAY("%s", (char *)-1L); SAY("%s", (char *)-4095L);
}
static void bits(void)
{
	unsigned long map[3] = { 0x80000001f000f0f1UL, 0x3UL, 0xffffffffffffffffUL };
	static const int sizes[] = { 0, 1, 3, 4, 5, 8, 12, 16, 31, 32, 33, 35, 36, 37, 60, 63, 64, 65, 66, 67, 96, 100, 128, 129, 160, 192 };
	int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		SAY("%*pb", sizes[i], map);
		SAY("%*pbl", sizes[i], map);
	}
	SAY("%20pb", map); SAY("%20pbl", map); SAY("%pb", map); SAY("%pbl", map); SAY("%*pb", -8, map);
	SAY("%*pb", 8, NULL); SAY("%*pbl", 8, NULL);
}
static void bytes(void)
{
	u8 raw[80];
	char odd[] = "a\nb\r\t\v\f\\\"\a\x1b\x01\x7f\x80\xff z'\0q";
	static const int sizes[] = { -1, 0, 1, 2, 3, 16, 63, 64, 65, 80 };
	int i;

	for (i = 0; i < ARRAY_SIZE(raw); i++)
		raw[i] = i * 7 + 3;
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		SAY("%*ph", sizes[i], raw); SAY("%*phC", sizes[i], raw); SAY("%*phD", sizes[i], raw); SAY("%*phN", sizes[i], raw);
	}
	SAY("%ph", raw); SAY("%3ph", raw); SAY("%-3ph|", raw); SAY("%*phX", 3, raw); SAY("%*ph", 3, NULL); SAY("%*phN", 0, NULL); SAY("%*pE", 0, NULL); SAY("%*pb", 0, NULL);
	SAY("%*pE", (int)sizeof(odd) - 1, odd); SAY("%*pEa", (int)sizeof(odd) - 1, odd); SAY("%*pEc", (int)sizeof(odd) - 1, odd);
	SAY("%*pEh", (int)sizeof(odd) - 1, odd); SAY("%*pEn", (int)sizeof(odd) - 1, odd); SAY("%*pEo", (int)sizeof(odd) - 1, odd);
	SAY("%*pEp", (int)sizeof(odd) - 1, odd); SAY("%*pEs", (int)sizeof(odd) - 1, odd); SAY("%*pEhp", (int)sizeof(odd) - 1, odd);
	SAY("%*pEsc", (int)sizeof(odd) - 1, odd); SAY("%*pEnop", (int)sizeof(odd) - 1, odd); SAY("%*pExh", (int)sizeof(odd) - 1, odd); SAY("%*pEhx", (int)sizeof(odd) - 1, odd);
	SAY("%*pE", 0, odd); SAY("%*pE", -1, odd); SAY("%pE", odd); SAY("%5pE", odd); SAY("%*pE", 4, NULL);
}
static void addresses(void)
{
	u8 mac[6] = { 0x00, 0x1b, 0x44, 0x11, 0x3a, 0xb7 };
	u8 four[4] = { 192, 168, 1, 10 };
	static const u8 six[][16] = {
		{ 0x20, 0x01, 0x0d, 0xb8, [15] = 1 }, { [15] = 1 }, { [0] = 0 }, { [10] = 0xff, 0xff, 1, 2, 3, 4 }, { [9] = 1, 0xff, 0xff, 1, 2, 3, 4 },
		{ [1] = 1, [5] = 2, [13] = 3 }, { 0xfe, 0x80, [8] = 2, 0, 0x5e, 0xfe, 10, 0, 0, 1 }, { 0xfe, 0x80, [10] = 0x5e, 0xfe, 10, 0, 0, 1 },
		{ 0xfe, 0x80, [8] = 4, 0, 0x5e, 0xfe, 10, 0, 0, 1 }, { 0xfe, 0x80, [8] = 2, 1, 0x5e, 0xfe, 10, 0, 0, 1 },
		{ 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1 }, { 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1 }, { 0xff, 2, [14] = 0xab, 0xcd },
	};
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons(8080) };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6, .sin6_port = htons(80), .sin6_flowinfo = htonl(0xf0000005), .sin6_scope_id = 7 };
	struct sockaddr other = { .sa_family = AF_UNIX };
	int i;

	SAY("%pM", mac); SAY("%pMR", mac); SAY("%pMF", mac); SAY("%pMFR", mac); SAY("%pm", mac); SAY("%pmR", mac); SAY("%20pM", mac); SAY("%-20pM|", mac); SAY("%.5pM", mac); SAY("%pM", NULL);
	SAY("%pI4", four); SAY("%pi4", four); SAY("%pI4h", four); SAY("%pI4n", four); SAY("%pI4b", four); SAY("%pI4l", four); SAY("%pi4l", four); SAY("%20pI4", four); SAY("%-20pI4|", four); SAY("%pI4", NULL);
	for (i = 0; i < ARRAY_SIZE(six); i++) {
		SAY("%pI6", six[i]); SAY("%pi6", six[i]); SAY("%pI6c", six[i]); SAY("%pi6c", six[i]);
		memcpy(&in6.sin6_addr, six[i], 16);
		SAY("%pIS", &in6); SAY("%pISc", &in6); SAY("%pISpc", &in6); SAY("%pISpfsc", &in6);
	}
	memcpy(&in.sin_addr, four, 4);
	SAY("%pIS", &in); SAY("%piS", &in); SAY("%pISp", &in); SAY("%pISh", &in); SAY("%pISl", &in); SAY("%pISpn", &in); SAY("%pISb", &in); SAY("%pISphl", &in); SAY("%pISplh", &in); SAY("%pISfs", &in);
	SAY("%piS", &in6); SAY("%piSc", &in6); SAY("%piSp", &in6); SAY("%pISf", &in6); SAY("%pISs", &in6); SAY("%pISp", &in6); SAY("%pISsfp", &in6);
	SAY("%pIS", &other); SAY("%pI", four); SAY("%pI5", four); SAY("%30pI", four); SAY("%pIS", NULL);
}
static void others(void)
{
	static const u8 id[16] = { 0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff };
	phys_addr_t where = 0x12345678;
	u32 formats[] = { 0x3231564e, 0xb231564e, 0x10111213, 0x7f7e2120 };
	struct rtc_time then = { .tm_sec = 1, .tm_min = 2, .tm_hour = 3, .tm_mday = 4, .tm_mon = 5, .tm_year = 99 };
	struct resource r = { .start = 0x1000, .end = 0x1fff, .flags = IORESOURCE_MEM };
	static const unsigned long flags[] = {
		IORESOURCE_MEM, IORESOURCE_IO, IORESOURCE_IRQ, IORESOURCE_DMA, IORESOURCE_BUS, 0, IORESOURCE_MEM | IORESOURCE_PREFETCH, IORESOURCE_MEM | IORESOURCE_MEM_64,
		IORESOURCE_MEM | IORESOURCE_WINDOW, IORESOURCE_MEM | IORESOURCE_DISABLED, IORESOURCE_MEM | IORESOURCE_UNSET, IORESOURCE_IO | IORESOURCE_UNSET, IORESOURCE_UNSET,
		IORESOURCE_MEM | IORESOURCE_PREFETCH | IORESOURCE_MEM_64 | IORESOURCE_WINDOW | IORESOURCE_DISABLED, IORESOURCE_MEM | IORESOURCE_READONLY,
	};
	int i;

	SAY("%pUb", id); SAY("%pUB", id); SAY("%pUl", id); SAY("%pUL", id); SAY("%pU", id); SAY("%40pUb", id); SAY("%-40pUb|", id); SAY("%.8pUb", id); SAY("%pUb", NULL);
	SAY("%pa", &where); SAY("%pap", &where); SAY("%pad", &where); SAY("%30pa", &where); SAY("%pa", NULL);
	for (i = 0; i < ARRAY_SIZE(formats); i++)
		SAY("%p4cc", &formats[i]);
	SAY("%p4", formats); SAY("%p4cd", formats); SAY("%p4cc", NULL);
	SAY("%ptR", &then); SAY("%ptRd", &then); SAY("%ptRt", &then); SAY("%ptRr", &then); SAY("%ptRs", &then); SAY("%ptRdr", &then); SAY("%pt", &then); SAY("%ptR", NULL); SAY("%30ptR", &then);
	for (i = 0; i < ARRAY_SIZE(flags); i++) {
		r.flags = flags[i];
		SAY("%pR", &r); SAY("%pr", &r);
	}
	r.start = r.end = 5;
	r.flags = IORESOURCE_IRQ;
	SAY("%pR", &r); SAY("%pr", &r); SAY("%20pR", &r); SAY("%-20pR|", &r); SAY("%pR", NULL);
	r.start = 0; r.end = 0xffffffffffUL; r.flags = IORESOURCE_MEM;
	SAY("%pR", &r); SAY("%pr", &r);
	r.flags |= IORESOURCE_UNSET;
	SAY("%pR", &r);
	SAY("%pe", ERR_PTR(-EINVAL)); SAY("%pe", ERR_PTR(-517)); SAY("%pe", ERR_PTR(-4095)); SAY("%pe", ERR_PTR(-1)); SAY("%pe", ERR_PTR(-600)); SAY("%12pe", ERR_PTR(-ENOMEM)); SAY("%-12pe|", ERR_PTR(-ENOMEM)); SAY("%pe", NULL);
	SAY("%p", NULL); SAY("%20p", NULL); SAY("%-20p|", NULL); SAY("%p", ERR_PTR(-1)); SAY("%5p", ERR_PTR(-1));
	SAY("%px", NULL); SAY("%px", (void *)0x1234); SAY("%8px", (void *)0x1234); SAY("%-20px|", (void *)0x1234); SAY("%20px", (void *)0x1234); SAY("%2px", (void *)0x1234);
	SAY("%pK", NULL); SAY("%pV", NULL); SAY("%20pV", NULL); SAY("%-20pK|", NULL); SAY("%20pK", NULL); SAY("%020px", (void *)0x1234); SAY("%#px", (void *)0x1234); SAY("%.6px", (void *)0x1234);
	SAY("%pS", NULL); SAY("%ps", (void *)0x1234); SAY("%pS", (void *)0x1234); SAY("%pB", (void *)0x1234); SAY("%20pS", (void *)0x1234); SAY("%-20ps|", (void *)0x1234);
	SAY("%pS", (void *)_printk); SAY("%ps", (void *)_printk); SAY("%pS", (void *)_printk + 5); SAY("%ps", (void *)_printk + 5); SAY("%pB", (void *)_printk + 5); SAY("%30pS", (void *)_printk);
	SAY("%pN", id); SAY("%pf", id); SAY("%pO", id); SAY("%pOF", id); SAY("%pk", id); SAY("%pu", id); SAY("%pks", "text"); SAY("%.2pks", "text");
}

static int __init calls_init(void)
{
	numbers();
	texts();
	bits();
	bytes();
	addresses();
	others();
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
