# bitmaps, sorting, checksums, digits, patterns, options: lib/bitmap.c, lib/find_bit.c, lib/sort.c, lib/crc32.c, lib/hexdump.c, lib/parser.c, lib/cmdline.c and others
  $ insmod calls/lib_bitmap.ko
  k|<4>lib_bitmap: loading out-of-tree module taints kernel.
  k|<5>lib_bitmap: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>lib_bitmap: 0,3-7,64,70-72,80-82,90-92,149 / 3-5,63-65,100-149
  k|<6>lib_bitmap: _find_first_bit(a, 150) = 0
  k|<6>lib_bitmap: _find_first_bit(none, 150) = 150
  k|<6>lib_bitmap: _find_first_bit(c, 3) = 3
  k|<6>lib_bitmap: _find_first_bit(c, 0) = 0
  k|<6>lib_bitmap: _find_first_zero_bit(a, 150) = 1
  k|<6>lib_bitmap: _find_first_zero_bit(full, 150) = 150
  k|<6>lib_bitmap: _find_first_zero_bit(full, 0) = 0
  k|<6>lib_bitmap: _find_next_bit(a, 150, 8) = 64
  k|<6>lib_bitmap: _find_next_bit(a, 150, 64) = 64
  k|<6>lib_bitmap: _find_next_bit(a, 150, 150) = 150
  k|<6>lib_bitmap: _find_next_bit(a, 140, 100) = 140
  k|<6>lib_bitmap: _find_next_bit(a, 150, 1000) = 150
  k|<6>lib_bitmap: _find_next_zero_bit(a, 150, 3) = 8
  k|<6>lib_bitmap: _find_next_zero_bit(full, 150, 3) = 150
  k|<6>lib_bitmap: _find_next_zero_bit(a, 150, 150) = 150
  k|<6>lib_bitmap: _find_last_bit(a, 150) = 149
  k|<6>lib_bitmap: _find_last_bit(a, 149) = 92
  k|<6>lib_bitmap: _find_last_bit(none, 149) = 149
  k|<6>lib_bitmap: _find_last_bit(a, 0) = 0
  k|<6>lib_bitmap: _find_next_and_bit(a, c, 150, 0) = 3
  k|<6>lib_bitmap: _find_next_and_bit(a, c, 150, 6) = 64
  k|<6>lib_bitmap: _find_next_and_bit(a, none, 150, 6) = 150
  k|<6>lib_bitmap: bitmap_find_next_zero_area_off(a, 150, 0, 20, 0, 0) = 8
  k|<6>lib_bitmap: bitmap_find_next_zero_area_off(a, 150, 0, 20, 15, 0) = 16
  k|<6>lib_bitmap: bitmap_find_next_zero_area_off(a, 150, 0, 20, 15, 3) = 13
  k|<6>lib_bitmap: bitmap_find_next_zero_area_off(a, 150, 100, 49, 0, 0) = 100
  k|<6>lib_bitmap: bitmap_find_next_zero_area_off(a, 150, 100, 50, 0, 0) >= 150 = 1
  k|<6>lib_bitmap: __bitmap_weight(a, 150) = 17
  k|<6>lib_bitmap: __bitmap_weight(a, 0) = 0
  k|<6>lib_bitmap: __bitmap_weight(a, 5) = 3
  k|<6>lib_bitmap: __bitmap_weight_and(a, c, 150) = 5
  k|<6>lib_bitmap: __bitmap_equal(a, a, 150) = 1
  k|<6>lib_bitmap: __bitmap_equal(a, c, 150) = 0
  k|<6>lib_bitmap: __bitmap_equal(a, c, 0) = 1
  k|<6>lib_bitmap: __bitmap_intersects(a, c, 150) = 1
  k|<6>lib_bitmap: __bitmap_intersects(a, c, 3) = 0
  k|<6>lib_bitmap: __bitmap_subset(a, a, 150) = 1
  k|<6>lib_bitmap: __bitmap_subset(c, a, 150) = 0
  k|<6>lib_bitmap: __bitmap_subset(c, a, 3) = 1
  k|<6>lib_bitmap: __bitmap_and(d, a, c, 150) = 1
  k|<6>lib_bitmap: INT(__bitmap_and(d, a, c, 150)): 3-5,64,149
  k|<6>lib_bitmap: __bitmap_and(d, a, c, 3) = 0
  k|<6>lib_bitmap: INT(__bitmap_and(d, a, c, 3)): 
  k|<6>lib_bitmap: __bitmap_or(d, a, c, 150): 0,3-7,63-65,70-72,80-82,90-92,100-149
  k|<6>lib_bitmap: __bitmap_xor(d, a, c, 150): 0,6-7,63,65,70-72,80-82,90-92,100-148
  k|<6>lib_bitmap: __bitmap_andnot(d, a, c, 150) = 1
  k|<6>lib_bitmap: INT(__bitmap_andnot(d, a, c, 150)): 0,6-7,70-72,80-82,90-92
  k|<6>lib_bitmap: __bitmap_complement(d, a, 150): 1-2,8-63,65-69,73-79,83-89,93-148
  k|<6>lib_bitmap: __bitmap_replace(d, a, c, c, 150): 0,3-7,63-65,70-72,80-82,90-92,100-149
  k|<6>lib_bitmap: __bitmap_shift_right(d, a, 3, 150): 0-4,61,67-69,77-79,87-89,146
  k|<6>lib_bitmap: __bitmap_shift_right(d, a, 64, 150): 0,6-8,16-18,26-28,85
  k|<6>lib_bitmap: __bitmap_shift_right(d, a, 70, 150): 0-2,10-12,20-22,79
  k|<6>lib_bitmap: __bitmap_shift_left(d, a, 3, 150): 3,6-10,67,73-75,83-85,93-95
  k|<6>lib_bitmap: __bitmap_shift_left(d, a, 64, 150): 64,67-71,128,134-136,144-146
  k|<6>lib_bitmap: __bitmap_shift_left(d, a, 145, 150): 145,148-149
  k|<6>lib_bitmap: __bitmap_set(d, 60, 10): 60-69
  k|<6>lib_bitmap: __bitmap_set(d, 60, 0): 
  k|<6>lib_bitmap: __bitmap_set(d, 0, 150); __bitmap_clear(d, 3, 140): 0-2,143-149
  k|<6>lib_bitmap: bitmap_find_free_region(d, 150, 3) = 0
  k|<6>lib_bitmap: bitmap_find_free_region(d, 150, 0) = 8
  k|<6>lib_bitmap: bitmap_find_free_region(d, 150, 3) = 16
  k|<6>lib_bitmap: INT(bitmap_find_free_region(d, 150, 3)); INT(bitmap_find_free_region(d, 150, 0)); INT(bitmap_find_free_region(d, 150, 3)): 0-8,16-23
  k|<6>lib_bitmap: bitmap_find_free_region(d, 4, 3) = -12
  k|<6>lib_bitmap: INT(bitmap_find_free_region(d, 4, 3)): 
  k|<6>lib_bitmap: bitmap_allocate_region(d, 16, 2) = 0
  k|<6>lib_bitmap: bitmap_allocate_region(d, 16, 1) = -16
  k|<6>lib_bitmap: INT(bitmap_allocate_region(d, 16, 2)); INT(bitmap_allocate_region(d, 16, 1)); bitmap_release_region(d, 16, 1): 18-19
  k|<6>lib_bitmap: bitmap_from_arr32(d, (const u32[]) { 0x80000001, 0xff, 0xffffffff }, 70): 0,31-39,64-69
  k|<6>lib_bitmap: f90000000000000001000000
  k|<6>lib_bitmap: ""
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = 0: 
  k|<6>lib_bitmap: "0"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = 0: 0
  k|<6>lib_bitmap: "1-3"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = 0: 1-3
  k|<6>lib_bitmap: "1-3,"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = 0: 1-3
  k|<6>lib_bitmap: ",1"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = 0: 1
  k|<6>lib_bitmap: "1,,2"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = 0: 1-2
  k|<6>lib_bitmap: "3-1"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = -22: 
  k|<6>lib_bitmap: "149"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = 0: 149
  k|<6>lib_bitmap: "150"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = -34: 
  k|<6>lib_bitmap: "0-149:2/5"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = 0: 0-1,5-6,10-11,15-16,20-21,25-26,30-31,35-36,40-41,45-46,50-51,55-56,60-61,65-66,70-71,75-76,80-81,85-86,90-91,95-96,100-101,105-106,110-111,115-116,120-121,125-126,130-131,135-136,140-141,145-146
  k|<6>lib_bitmap: "0-20:2/5"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = 0: 0-1,5-6,10-11,15-16,20
  k|<6>lib_bitmap: "0-20:6/5"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = -22: 
  k|<6>lib_bitmap: "0-20:0/5"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = 0: 
  k|<6>lib_bitmap: "all"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = 0: 0-149
  k|<6>lib_bitmap: "N"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = 0: 149
  k|<6>lib_bitmap: "0-N"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = 0: 0-149
  k|<6>lib_bitmap: "N-N"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = 0: 149
  k|<6>lib_bitmap: " 1 2\t3\n4"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = 0: 1-3
  k|<6>lib_bitmap: "x"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = -22: 
  k|<6>lib_bitmap: "1-"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = -22: 
  k|<6>lib_bitmap: "-1"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = -22: 
  k|<6>lib_bitmap: "1-2:"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = -22: 
  k|<6>lib_bitmap: "1-2:3"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = -22: 
  k|<6>lib_bitmap: "1-2:3/"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = -22: 
  k|<6>lib_bitmap: "99999999999"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = -75: 
  k|<6>lib_bitmap: "all:1/3"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = 0: 0,3,6,9,12,15,18,21,24,27,30,33,36,39,42,45,48,51,54,57,60,63,66,69,72,75,78,81,84,87,90,93,96,99,102,105,108,111,114,117,120,123,126,129,132,135,138,141,144,147
  k|<6>lib_bitmap: "1 "
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = 0: 1
  k|<6>lib_bitmap: "0x3"
  k|<6>lib_bitmap: bitmap_parselist(lists[i], d, 150) = -22: 
  k|<6>lib_bitmap: ""
  k|<6>lib_bitmap: bitmap_parse(masks[i], UINT_MAX, d, 150) = 0: 
  k|<6>lib_bitmap: "0"
  k|<6>lib_bitmap: bitmap_parse(masks[i], UINT_MAX, d, 150) = 0: 
  k|<6>lib_bitmap: "f"
  k|<6>lib_bitmap: bitmap_parse(masks[i], UINT_MAX, d, 150) = 0: 0-3
  k|<6>lib_bitmap: "ffffffff"
  k|<6>lib_bitmap: bitmap_parse(masks[i], UINT_MAX, d, 150) = 0: 0-31
  k|<6>lib_bitmap: "1,00000000"
  k|<6>lib_bitmap: bitmap_parse(masks[i], UINT_MAX, d, 150) = 0: 32
  k|<6>lib_bitmap: "1,0,0,0,0,0,0"
  k|<6>lib_bitmap: bitmap_parse(masks[i], UINT_MAX, d, 150) = -75: 
  k|<6>lib_bitmap: "123456789"
  k|<6>lib_bitmap: bitmap_parse(masks[i], UINT_MAX, d, 150) = -75: 
  k|<6>lib_bitmap: "f,f"
  k|<6>lib_bitmap: bitmap_parse(masks[i], UINT_MAX, d, 150) = 0: 0-3,32-35
  k|<6>lib_bitmap: "g"
  k|<6>lib_bitmap: bitmap_parse(masks[i], UINT_MAX, d, 150) = -22: 
  k|<6>lib_bitmap: " f"
  k|<6>lib_bitmap: bitmap_parse(masks[i], UINT_MAX, d, 150) = 0: 0-3
  k|<6>lib_bitmap: "f "
  k|<6>lib_bitmap: bitmap_parse(masks[i], UINT_MAX, d, 150) = 0: 0-3
  k|<6>lib_bitmap: "f\n"
  k|<6>lib_bitmap: bitmap_parse(masks[i], UINT_MAX, d, 150) = 0: 0-3
  k|<6>lib_bitmap: ",f"
  k|<6>lib_bitmap: bitmap_parse(masks[i], UINT_MAX, d, 150) = 0: 0-3
  k|<6>lib_bitmap: "f,"
  k|<6>lib_bitmap: bitmap_parse(masks[i], UINT_MAX, d, 150) = 0: 0-3
  k|<6>lib_bitmap: "f,,f"
  k|<6>lib_bitmap: bitmap_parse(masks[i], UINT_MAX, d, 150) = 0: 0-3,32-35
  k|<6>lib_bitmap: "200000,00000000,00000000,00000000,00000000"
  k|<6>lib_bitmap: bitmap_parse(masks[i], UINT_MAX, d, 150) = 0: 149
  k|<6>lib_bitmap: "400000,00000000,00000000,00000000,00000000"
  k|<6>lib_bitmap: bitmap_parse(masks[i], UINT_MAX, d, 150) = -75: 
  k|<6>lib_bitmap: bitmap_parse("ff1", 2, d, 150) = 0: 0-7
  k|<6>lib_bitmap: bitmap_print_to_pagebuf(true, (char *)got, a, 150) = 31
  k|<6>lib_bitmap: got = "0,3-7,64,70-72,80-82,90-92,149
  k|<6>"
  k|<6>lib_bitmap: bitmap_print_to_pagebuf(false, (char *)got, a, 150) = 43
  k|<6>lib_bitmap: got = "200000,00000000,1c0701c1,00000000,000000f9
  k|<6>"
  k|<6>lib_bitmap: .
  k|<6>lib_bitmap: got is there
  k|<6>lib_bitmap: .
  k|<6>lib_bitmap: got is there
  k|<6>lib_bitmap: sorted -100
  k|<6>lib_bitmap: sorted -3
  k|<6>lib_bitmap: sorted 0
  k|<6>lib_bitmap: sorted 2
  k|<6>lib_bitmap: sorted 5
  k|<6>lib_bitmap: sorted 5
  k|<6>lib_bitmap: sorted 9
  k|<6>lib_bitmap: sorted 77
  k|<6>lib_bitmap: w = "  bcehiknoqrtuw"
  k|<6>lib_bitmap: bsearch(&key, v, ARRAY_SIZE(v), sizeof(*v), by_number) = 24
  k|<6>lib_bitmap: bsearch(&no, v, ARRAY_SIZE(v), sizeof(*v), by_number) = -1
  k|<6>lib_bitmap: bsearch(&key, v, 0, sizeof(*v), by_number) = -1
  k|<6>lib_bitmap: gcd(12, 18) = 6
  k|<6>lib_bitmap: gcd(0, 18) = 18
  k|<6>lib_bitmap: gcd(18, 0) = 18
  k|<6>lib_bitmap: gcd(0, 0) = 0
  k|<6>lib_bitmap: gcd(17, 5) = 1
  k|<6>lib_bitmap: gcd(1UL << 63, 1UL << 40) = 1099511627776
  k|<6>lib_bitmap: int_sqrt(0) = 0
  k|<6>lib_bitmap: int_sqrt(1) = 1
  k|<6>lib_bitmap: int_sqrt(99) = 9
  k|<6>lib_bitmap: int_sqrt(100) = 10
  k|<6>lib_bitmap: int_sqrt(-1UL) = 4294967295
  k|<6>lib_bitmap: crc32_le(~0, "123456789", 9) = 0x340bc6d9
  k|<6>lib_bitmap: crc32_le(0, "123456789", 9) = 0x2dfd2d88
  k|<6>lib_bitmap: crc32_le(0x1234, "", 0) = 0x1234
  k|<6>lib_bitmap: crc32_be(~0, "123456789", 9) = 0x376e6e7
  k|<6>lib_bitmap: crc32_be(0, "123456789", 9) = 0x89a1897f
  k|<6>lib_bitmap: __crc32c_le(~0, "123456789", 9) = 0x1cf96d7c
  k|<6>lib_bitmap: __crc32c_le(0, "a longer text, not aligned", 25) = 0xab802e39
  k|<6>lib_bitmap: crc_ccitt(0xffff, "123456789", 9) = 0x6f91
  k|<6>lib_bitmap: crc_ccitt(0, "", 0) = 0x0
  k|<6>lib_bitmap: crc_ccitt_false(0xffff, "123456789", 9) = 0x29b1
  k|<6>lib_bitmap: crc_ccitt_table[1] = 0x1189
  k|<6>lib_bitmap: crc_ccitt_table[255] = 0xf78
  k|<6>lib_bitmap: crc_ccitt_false_table[1] = 0x1021
  k|<6>lib_bitmap: crc_ccitt_false_table[255] = 0x1ef0
  k|<6>lib_bitmap: uuid_parse("01234567-89ab-CDEF-0123-456789abcdef", (uuid_t *)raw) = 0
  k|<6>lib_bitmap: 0123456789abcdef0123456789abcdef
  k|<6>lib_bitmap: guid_parse("01234567-89ab-CDEF-0123-456789abcdef", (guid_t *)raw) = 0
  k|<6>lib_bitmap: 67452301ab89efcd0123456789abcdef
  k|<6>lib_bitmap: guid_parse("01234567-89ab-CDEF-0123-456789abcdefXYZ", (guid_t *)raw) = 0
  k|<6>lib_bitmap: uuid_parse("01234567089ab-CDEF-0123-456789abcdef", (uuid_t *)raw) = -22
  k|<6>lib_bitmap: uuid_parse("01234567-89ab-CDEF-0123-456789abcde", (uuid_t *)raw) = -22
  k|<6>lib_bitmap: uuid_parse("", (uuid_t *)raw) = -22
  k|<6>lib_bitmap: get_random_u8() <= 0xff = 1
  k|<6>lib_bitmap: get_random_u16() <= 0xffff = 1
  k|<6>lib_bitmap: get_random_u32() == get_random_u32() = 0
  k|<6>lib_bitmap: add_device_randomness("serial", 6)
  k|<6>lib_bitmap: hex_asc = "0123456789abcdef"
  k|<6>lib_bitmap: hex_asc_upper = "0123456789ABCDEF"
  k|<6>lib_bitmap: hex_to_bin('0') = 0
  k|<6>lib_bitmap: hex_to_bin('9') = 9
  k|<6>lib_bitmap: hex_to_bin('a') = 10
  k|<6>lib_bitmap: hex_to_bin('F') = 15
  k|<6>lib_bitmap: hex_to_bin('g') = -1
  k|<6>lib_bitmap: hex_to_bin(0) = -1
  k|<6>lib_bitmap: hex2bin(raw, "0aF9", 2) = 0
  k|<6>lib_bitmap: hex2bin(raw, "0a1x", 2) = -22
  k|<6>lib_bitmap: hex2bin(raw, "x0", 1) = -22
  k|<6>lib_bitmap: hex2bin(raw, "", 0) = 0
  k|<6>lib_bitmap: 0af90000
  k|<6>lib_bitmap: bin2hex(b, w, 4) = 8
  k|<6>lib_bitmap: 54686520##
  k|<6>lib_bitmap: hex_dump_to_buffer(16, 16, 1, 79, true) = 65 "54 68 65 20 71 75 69 63 6b 01 ff 20 66 6f 78 20  The quick.. fox \0############"
  k|<6>lib_bitmap: hex_dump_to_buffer(16, 16, 1, 79, false) = 47 "54 68 65 20 71 75 69 63 6b 01 ff 20 66 6f 78 20\0##############################"
  k|<6>lib_bitmap: hex_dump_to_buffer(20, 16, 1, 79, true) = 65 "54 68 65 20 71 75 69 63 6b 01 ff 20 66 6f 78 20  The quick.. fox \0############"
  k|<6>lib_bitmap: hex_dump_to_buffer(20, 32, 1, 79, true) = 117 "54 68 65 20 71 75 69 63 6b 01 ff 20 66 6f 78 20 6a 75 6d 70                   "
  k|<6>lib_bitmap: hex_dump_to_buffer(5, 16, 1, 79, true) = 54 "54 68 65 20 71                                   The q\0#######################"
  k|<6>lib_bitmap: hex_dump_to_buffer(16, 16, 2, 79, true) = 57 "6854 2065 7571 6369 016b 20ff 6f66 2078  The quick.. fox \0####################"
  k|<6>lib_bitmap: hex_dump_to_buffer(16, 16, 4, 79, true) = 53 "20656854 63697571 20ff016b 20786f66  The quick.. fox \0########################"
  k|<6>lib_bitmap: hex_dump_to_buffer(16, 16, 8, 79, true) = 51 "6369757120656854 20786f6620ff016b  The quick.. fox \0##########################"
  k|<6>lib_bitmap: hex_dump_to_buffer(7, 16, 4, 79, true) = 56 "54 68 65 20 71 75 69                             The qui\0#####################"
  k|<6>lib_bitmap: hex_dump_to_buffer(16, 16, 3, 79, false) = 47 "54 68 65 20 71 75 69 63 6b 01 ff 20 66 6f 78 20\0##############################"
  k|<6>lib_bitmap: hex_dump_to_buffer(16, 7, 1, 79, false) = 47 "54 68 65 20 71 75 69 63 6b 01 ff 20 66 6f 78 20\0##############################"
  k|<6>lib_bitmap: hex_dump_to_buffer(16, 16, 1, 20, true) = 65 "54 68 65 20 71 75 6\0##########################################################"
  k|<6>lib_bitmap: hex_dump_to_buffer(16, 16, 1, 1, true) = 65 "\0#############################################################################"
  k|<6>lib_bitmap: hex_dump_to_buffer(16, 16, 1, 0, true) = 65 "##############################################################################"
  k|<6>lib_bitmap: hex_dump_to_buffer(0, 16, 1, 79, true) = 0 "\0#############################################################################"
  k|<6>lib_bitmap: glob_match("*.ko", "a.ko") = 1
  k|<6>lib_bitmap: glob_match("*.ko", "a.kox") = 0
  k|<6>lib_bitmap: glob_match("a?c", "abc") = 1
  k|<6>lib_bitmap: glob_match("a?c", "ac") = 0
  k|<6>lib_bitmap: glob_match("[a-c]x", "bx") = 1
  k|<6>lib_bitmap: glob_match("[!a-c]x", "bx") = 0
  k|<6>lib_bitmap: glob_match("[!a-c]x", "dx") = 1
  k|<6>lib_bitmap: glob_match("[]x]", "]") = 1
  k|<6>lib_bitmap: glob_match("[a", "[a") = 1
  k|<6>lib_bitmap: glob_match("\\*", "*") = 1
  k|<6>lib_bitmap: glob_match("\\*", "x") = 0
  k|<6>lib_bitmap: glob_match("", "") = 1
  k|<6>lib_bitmap: glob_match("*", "") = 1
  k|<6>lib_bitmap: glob_match("**a**b*", "xxaxxbxx") = 1
  k|<6>lib_bitmap: glob_match("a*b*c", "abbbbcbbb") = 0
  k|<6>lib_bitmap: match_token("size=12") = 1
  k|<6>lib_bitmap: "12", "12" of 2
  k|<6>lib_bitmap: match_int(&args[0], &n) = 0
  k|<6>lib_bitmap: 12
  k|<6>lib_bitmap: match_octal(&args[0], &n) = 0
  k|<6>lib_bitmap: 10
  k|<6>lib_bitmap: match_hex(&args[0], &n) = 0
  k|<6>lib_bitmap: 18
  k|<6>lib_bitmap: match_uint(&args[0], &u) = 0
  k|<6>lib_bitmap: 12
  k|<6>lib_bitmap: match_u64(&args[0], &wide) = 0
  k|<6>lib_bitmap: 12
  k|<6>lib_bitmap: match_token("size=") = 99
  k|<6>lib_bitmap: match_token("size=-1") = 99
  k|<6>lib_bitmap: match_token("mode=0755") = 2
  k|<6>lib_bitmap: "0755", "0755" of 4
  k|<6>lib_bitmap: match_int(&args[0], &n) = 0
  k|<6>lib_bitmap: 493
  k|<6>lib_bitmap: match_octal(&args[0], &n) = 0
  k|<6>lib_bitmap: 493
  k|<6>lib_bitmap: match_hex(&args[0], &n) = 0
  k|<6>lib_bitmap: 1877
  k|<6>lib_bitmap: match_uint(&args[0], &u) = 0
  k|<6>lib_bitmap: 755
  k|<6>lib_bitmap: match_u64(&args[0], &wide) = 0
  k|<6>lib_bitmap: 493
  k|<6>lib_bitmap: match_token("mode=8") = 99
  k|<6>lib_bitmap: match_token("name=joe") = 3
  k|<6>lib_bitmap: "joe", "joe" of 3
  k|<6>lib_bitmap: match_int(&args[0], &n) = -22
  k|<6>lib_bitmap: -7
  k|<6>lib_bitmap: match_octal(&args[0], &n) = -22
  k|<6>lib_bitmap: -7
  k|<6>lib_bitmap: match_hex(&args[0], &n) = -22
  k|<6>lib_bitmap: -7
  k|<6>lib_bitmap: match_uint(&args[0], &u) = -22
  k|<6>lib_bitmap: 7
  k|<6>lib_bitmap: match_u64(&args[0], &wide) = -22
  k|<6>lib_bitmap: 7
  k|<6>lib_bitmap: match_token("name=") = 99
  k|<6>lib_bitmap: match_token("hex=ff") = 4
  k|<6>lib_bitmap: "ff", "ff" of 2
  k|<6>lib_bitmap: match_int(&args[0], &n) = -22
  k|<6>lib_bitmap: -7
  k|<6>lib_bitmap: match_octal(&args[0], &n) = -22
  k|<6>lib_bitmap: -7
  k|<6>lib_bitmap: match_hex(&args[0], &n) = 0
  k|<6>lib_bitmap: 255
  k|<6>lib_bitmap: match_uint(&args[0], &u) = -22
  k|<6>lib_bitmap: 7
  k|<6>lib_bitmap: match_u64(&args[0], &wide) = -22
  k|<6>lib_bitmap: 7
  k|<6>lib_bitmap: match_token("hex=0xfg") = 99
  k|<6>lib_bitmap: match_token("n=3:-4") = 5
  k|<6>lib_bitmap: "3", "3" of 1
  k|<6>lib_bitmap: match_int(&args[0], &n) = 0
  k|<6>lib_bitmap: 3
  k|<6>lib_bitmap: match_octal(&args[0], &n) = 0
  k|<6>lib_bitmap: 3
  k|<6>lib_bitmap: match_hex(&args[0], &n) = 0
  k|<6>lib_bitmap: 3
  k|<6>lib_bitmap: match_uint(&args[0], &u) = 0
  k|<6>lib_bitmap: 3
  k|<6>lib_bitmap: match_u64(&args[0], &wide) = 0
  k|<6>lib_bitmap: 3
  k|<6>lib_bitmap: match_token("n=3") = 99
  k|<6>lib_bitmap: match_token("ro") = 6
  k|<6>lib_bitmap: match_token("rox") = 99
  k|<6>lib_bitmap: match_token("twoabc") = 7
  k|<6>lib_bitmap: "abc", "abc" of 3
  k|<6>lib_bitmap: match_int(&args[0], &n) = -22
  k|<6>lib_bitmap: -7
  k|<6>lib_bitmap: match_octal(&args[0], &n) = -22
  k|<6>lib_bitmap: -7
  k|<6>lib_bitmap: match_hex(&args[0], &n) = 0
  k|<6>lib_bitmap: 2748
  k|<6>lib_bitmap: match_uint(&args[0], &u) = -22
  k|<6>lib_bitmap: 7
  k|<6>lib_bitmap: match_u64(&args[0], &wide) = -22
  k|<6>lib_bitmap: 7
  k|<6>lib_bitmap: match_token("twoabcd") = 99
  k|<6>lib_bitmap: match_token("100%") = 8
  k|<6>lib_bitmap: match_token("") = 99
  k|<6>lib_bitmap: match_token("size=99999999999") = 1
  k|<6>lib_bitmap: "99999999999", "9999999" of 11
  k|<6>lib_bitmap: match_int(&args[0], &n) = -34
  k|<6>lib_bitmap: -7
  k|<6>lib_bitmap: match_octal(&args[0], &n) = -22
  k|<6>lib_bitmap: -7
  k|<6>lib_bitmap: match_hex(&args[0], &n) = -34
  k|<6>lib_bitmap: -7
  k|<6>lib_bitmap: match_uint(&args[0], &u) = -34
  k|<6>lib_bitmap: 7
  k|<6>lib_bitmap: match_u64(&args[0], &wide) = 0
  k|<6>lib_bitmap: 99999999999
  k|<6>lib_bitmap: match_token("n=0x10:010") = 5
  k|<6>lib_bitmap: "0x10", "0x10" of 4
  k|<6>lib_bitmap: match_int(&args[0], &n) = 0
  k|<6>lib_bitmap: 16
  k|<6>lib_bitmap: match_octal(&args[0], &n) = 0
  k|<6>lib_bitmap: 0
  k|<6>lib_bitmap: match_hex(&args[0], &n) = 0
  k|<6>lib_bitmap: 16
  k|<6>lib_bitmap: match_uint(&args[0], &u) = -22
  k|<6>lib_bitmap: 7
  k|<6>lib_bitmap: match_u64(&args[0], &wide) = 0
  k|<6>lib_bitmap: 16
  k|<6>lib_bitmap: next_arg one 1
  k|<6>lib_bitmap: next_arg two (none)
  k|<6>lib_bitmap: next_arg three  3 4
  k|<6>lib_bitmap: next_arg five 6 7
  k|<6>lib_bitmap: next_arg eight 
  k|<6>lib_bitmap: next_arg =9 (none)
  k|<6>lib_bitmap: get_option(&s, &n) = 2
  k|<6>lib_bitmap: 5 "-6,7-9"
  k|<6>lib_bitmap: get_option(&s, &n) = 2
  k|<6>lib_bitmap: -6 "7-9"
  k|<6>lib_bitmap: get_option(&s, &n) = 3
  k|<6>lib_bitmap: 7 "-9"
  k|<6>lib_bitmap: get_option(&s, &n) = 0
  k|<6>lib_bitmap: 0 "x"
  k|<6>lib_bitmap: get_option(&s, &n) = 0
  k|<6>lib_bitmap: 0 ""
  k|<6>lib_bitmap: get_option(&s, NULL) = 0
  k|<6>lib_bitmap: get_options("1,4-6,9 rest", 6, ints) = " rest"
  k|<6>lib_bitmap: 5: 1 4 5 6 9
  k|<6>lib_bitmap: get_options("1,4-6,9", 3, ints) = "6,9"
  k|<6>lib_bitmap: 3: 1 4
  k|<6>lib_bitmap: get_options("1,4-6,9", 0, ints) = ""
  k|<6>lib_bitmap: 5
  k|<6>lib_bitmap: memparse("12k", &s) = 12288
  k|<6>lib_bitmap: s = ""
  k|<6>lib_bitmap: memparse("0x10M rest", &s) = 16777216
  k|<6>lib_bitmap: s = " rest"
  k|<6>lib_bitmap: memparse("3Gg", &s) = 3221225472
  k|<6>lib_bitmap: s = "g"
  k|<6>lib_bitmap: memparse("1E", &s) = 1152921504606846976
  k|<6>lib_bitmap: s = ""
  k|<6>lib_bitmap: memparse("16E", &s) = 0
  k|<6>lib_bitmap: s = ""
  k|<6>lib_bitmap: memparse("k", &s) = 0
  k|<6>lib_bitmap: s = ""
  k|<6>lib_bitmap: memparse("5X", NULL) = 5
  k|<6>lib_bitmap: argv[i] = "one"
  k|<6>lib_bitmap: argv[i] = "two"
  k|<6>lib_bitmap: argv[i] = "three"
  k|<6>lib_bitmap: argv[n] is NULL
  k|<6>lib_bitmap: n = 0
  $ rmmod lib_bitmap
