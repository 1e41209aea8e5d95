// SPDX-License-Identifier: GPL-2.0
// Code that only computes: a checksum over 16 MB, a sort, and MD5.
#include <linux/module.h>

static u8 data[1 << 16];
static u32 table[256], numbers[1 << 15], sines[64];
static const u8 turns[4][4] = { { 7, 12, 17, 22 }, { 5, 9, 14, 20 }, { 4, 11, 16, 23 }, { 6, 10, 15, 21 } };

static void prepare(void)
{
	u32 i, bit, value = 1;

	for (i = 0; i < sizeof(data); i++) {
		value = value * 1664525 + 1013904223;
		data[i] = value >> 24;
	}
	for (i = 0; i < ARRAY_SIZE(numbers); i++) {
		value = value * 1664525 + 1013904223;
		numbers[i] = value;
	}
	for (i = 0; i < ARRAY_SIZE(sines); i++)
		sines[i] = (i + 1) * 0x9e3779b1;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		table[i] = i;
		for (bit = 0; bit < 8; bit++)
			table[i] = table[i] & 1 ? table[i] >> 1 ^ 0xedb88320 : table[i] >> 1;
	}
}

/* The CRC-32 of the data, so many times one after the other. */
noinline u32 checksum(u32 times)
{
	u32 i, crc = ~0;

	while (times--)
		for (i = 0; i < sizeof(data); i++)
			crc = crc >> 8 ^ table[(crc ^ data[i]) & 0xff];
	return ~crc;
}

/* Sort the numbers by a heap; return how often two were exchanged. */
noinline u32 order(void)
{
	u32 count = ARRAY_SIZE(numbers), start = count / 2, end = count, root, child, swaps = 0;

	while (end > 1) {
		if (start) {
			start--;
		} else {
			end--;
			swap(numbers[0], numbers[end]);
		}
		for (root = start; (child = 2 * root + 1) < end; root = child) {
			if (child + 1 < end && numbers[child] < numbers[child + 1])
				child++;
			if (numbers[root] >= numbers[child])
				break;
			swap(numbers[root], numbers[child]);
			swaps++;
		}
	}
	return swaps;
}

/* MD5's rounds, with constants of their own, over the data, so many times. */
noinline u32 digest(u32 times)
{
	u32 state[4] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476 }, a, b, c, d, f, g, i, at;

	while (times--)
		for (at = 0; at < sizeof(data); at += 64) {
			const u32 *word = (const u32 *)(data + at);

			a = state[0], b = state[1], c = state[2], d = state[3];
			for (i = 0; i < 64; i++) {
				if (i < 16)
					f = (b & c) | (~b & d), g = i;
				else if (i < 32)
					f = (d & b) | (~d & c), g = (5 * i + 1) % 16;
				else if (i < 48)
					f = b ^ c ^ d, g = (3 * i + 5) % 16;
				else
					f = c ^ (b | ~d), g = 7 * i % 16;
				f += a + sines[i] + word[g];
				a = d, d = c, c = b;
				b += rol32(f, turns[i / 16][i % 4]);
			}
			state[0] += a, state[1] += b, state[2] += c, state[3] += d;
		}
	return state[0] ^ state[1] ^ state[2] ^ state[3];
}

static int __init compute_init(void)
{
	prepare();
	pr_info("checksum %08x\n", checksum(256));
	pr_info("digest %08x\n", digest(16));
	pr_info("%u exchanges", order());
	pr_cont(", from %08x to %08x\n", numbers[0], numbers[ARRAY_SIZE(numbers) - 1]);
	return 0;
}

static void __exit compute_exit(void)
{
}

module_init(compute_init);
module_exit(compute_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Computes");
