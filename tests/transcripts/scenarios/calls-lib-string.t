# what lib/string.c and lib/string_helpers.c return for many arguments
  $ insmod calls/lib_string.ko
  k|<4>lib_string: loading out-of-tree module taints kernel.
  k|<5>lib_string: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>lib_string: strcpy(b, "copied") == b = 1, copied\x00############# (esc)
  k|<6>lib_string: strncpy(b, "ab", 6) == b = 1, ab\x00\x00\x00\x00############## (esc)
  k|<6>lib_string: strncpy(b, "abcdefgh", 6) == b = 1, abcdef##############
  k|<6>lib_string: strlcpy(b, "abcdefgh", 6) = 8, abcde\x00############## (esc)
  k|<6>lib_string: strlcpy(b, "abc", 0) = 3, ####################
  k|<6>lib_string: strlcpy(b, "", 3) = 0, \x00################### (esc)
  k|<6>lib_string: strscpy(b, "abcdefgh", 6) = -7, abcde\x00############## (esc)
  k|<6>lib_string: strscpy(b, "abcde", 6) = 5, abcde\x00############## (esc)
  k|<6>lib_string: strscpy(b, "abcde", 0) = -7, ####################
  k|<6>lib_string: strscpy(b, "abcdefghijklmnopqrstuvwxyz", 12) = -7, abcdefghijk\x00######## (esc)
  k|<6>lib_string: strscpy_pad(b, "abc", 10) = 3, abc\x00\x00\x00\x00\x00\x00\x00########## (esc)
  k|<6>lib_string: strscpy_pad(b, "abcdefghijkl", 10) = -7, abcdefghi\x00########## (esc)
  k|<6>lib_string: strscpy_pad(b, "abc", 0) = -7, ####################
  k|<6>lib_string: strcat(b, " two") == b = 1, one two\x00############ (esc)
  k|<6>lib_string: strncat(b, "twothree", 3) == b = 1, onetwo\x00############# (esc)
  k|<6>lib_string: strncat(b, "two", 30) == b = 1, onetwo\x00############# (esc)
  k|<6>lib_string: strncat(b, "two", 0) == b = 1, one\x00################ (esc)
  k|<6>lib_string: strlcat(b, "twothree", 6) = 11, onetw\x00############## (esc)
  k|<6>lib_string: strlcat(b, "two", 30) = 6, onetwo\x00############# (esc)
  k|<6>lib_string: memmove(b + 2, b, 6) == b + 2 = 1, 0101234589\x00######### (esc)
  k|<6>lib_string: memmove(b, b + 2, 6) == b = 1, 2345676789\x00######### (esc)
  k|<6>lib_string: memcpy(b, "xyz", 3) == b = 1, xyz3456789\x00######### (esc)
  k|<6>lib_string: memset(b + 3, 0x141, 4) == b + 3 = 1, 012AAAA789\x00######### (esc)
  k|<6>lib_string: strim(b) - b = 2,   both ends\x00	 (esc)
  k|<6>\x00##### (esc)
  k|<6>lib_string: strim(b) - b = 0, \x00 (esc)
  k|<6> \x00################ (esc)
  k|<6>lib_string: strim(b) - b = 0, \x00################### (esc)
  k|<6>lib_string: strreplace(b, '-', '_') - b = 5, a_b_c\x00############## (esc)
  k|<6>lib_string: strreplace(b, 'x', '_') - b = 5, a-b-c\x00############## (esc)
  k|<6>lib_string: strcmp("abc", "abc") = 0
  k|<6>lib_string: strcmp("abc", "abd") = -1
  k|<6>lib_string: strcmp("abc", "ab") = 1
  k|<6>lib_string: strcmp("", "b") = -1
  k|<6>lib_string: strcmp("\xff", "a") = 1
  k|<6>lib_string: strncmp("abc", "abd", 2) = 0
  k|<6>lib_string: strncmp("abc", "abd", 3) = -1
  k|<6>lib_string: strncmp("abc", "abd", 0) = 0
  k|<6>lib_string: strncmp("ab", "abc", 9) = -1
  k|<6>lib_string: strcasecmp("Hello", "hELLO") = 0
  k|<6>lib_string: strcasecmp("a", "B") = -1
  k|<6>lib_string: strcasecmp("[", "a") = -6
  k|<6>lib_string: strcasecmp("\xc4", "\xe4") = 0
  k|<6>lib_string: strncasecmp("HELp", "help!", 4) = 0
  k|<6>lib_string: strncasecmp("HELp", "help!", 5) = -33
  k|<6>lib_string: strncasecmp("x", "y", 0) = 0
  k|<6>lib_string: memcmp("abc", "abd", 2) = 0
  k|<6>lib_string: memcmp("abc", "abd", 3) = -1
  k|<6>lib_string: memcmp("b", "a", 1) = 1
  k|<6>lib_string: memcmp("\xff", "\x01", 1) = 254
  k|<6>lib_string: memcmp("a", "b", 0) = 0
  k|<6>lib_string: !!bcmp("abc", "abd", 3) = 1
  k|<6>lib_string: bcmp("abc", "abd", 2) = 0
  k|<6>lib_string: sysfs_streq("on", "on\n") = 1
  k|<6>lib_string: sysfs_streq("on\n", "on") = 1
  k|<6>lib_string: sysfs_streq("on\n", "on\n") = 1
  k|<6>lib_string: sysfs_streq("on", "on\n\n") = 0
  k|<6>lib_string: sysfs_streq("on", "off") = 0
  k|<6>lib_string: sysfs_streq("", "\n") = 1
  k|<6>lib_string: match_string(names, 5, "gamma") = 2
  k|<6>lib_string: match_string(names, 5, "delta") = -22
  k|<6>lib_string: match_string(names, -1, "beta") = 1
  k|<6>lib_string: match_string(names, 2, "gamma") = -22
  k|<6>lib_string: __sysfs_match_string(names, 5, "beta\n") = 1
  k|<6>lib_string: __sysfs_match_string(names, 5, "bet") = -22
  k|<6>lib_string: __sysfs_match_string(names, 1, "beta") = -22
  k|<6>lib_string: strlen("") = 0
  k|<6>lib_string: strlen(s) = 19
  k|<6>lib_string: strnlen(s, 4) = 4
  k|<6>lib_string: strnlen(s, 400) = 19
  k|<6>lib_string: strchr(s, 'q') = 4
  k|<6>lib_string: strchr(s, 'z') = -1
  k|<6>lib_string: strchr(s, 0) = 19
  k|<6>lib_string: strchr(s, 'q' + 256) = 4
  k|<6>lib_string: strrchr(s, 'o') = 17
  k|<6>lib_string: strrchr(s, 'z') = -1
  k|<6>lib_string: strrchr(s, 0) = 19
  k|<6>lib_string: strnchr(s, 4, 'q') = -1
  k|<6>lib_string: strnchr(s, 5, 'q') = 4
  k|<6>lib_string: strnchr(s, 50, 'z') = -1
  k|<6>lib_string: strchrnul(s, 'z') = 19
  k|<6>lib_string: strchrnul(s, 'b') = 10
  k|<6>lib_string: strstr(s, "brown") = 10
  k|<6>lib_string: strstr(s, "") = 0
  k|<6>lib_string: strstr(s, "browner") = -1
  k|<6>lib_string: strstr("", "a") = -1
  k|<6>lib_string: strnstr(s, "quick", 9) = 4
  k|<6>lib_string: strnstr(s, "quick", 8) = -1
  k|<6>lib_string: strnstr(s, "", 8) = 0
  k|<6>lib_string: strpbrk(s, "xkb") = 8
  k|<6>lib_string: strpbrk(s, "") = -1
  k|<6>lib_string: strspn(s, "eht") = 3
  k|<6>lib_string: strspn(s, "") = 0
  k|<6>lib_string: strcspn(s, "q ") = 3
  k|<6>lib_string: strcspn(s, "") = 19
  k|<6>lib_string: memchr(s, 'k', sizeof(s)) = 8
  k|<6>lib_string: memchr(s, 'k', 3) = -1
  k|<6>lib_string: memchr(s, 0, sizeof(s)) = 19
  k|<6>lib_string: memchr_inv(m, 7, sizeof(m)) = 30
  k|<6>lib_string: memchr_inv(m, 7, 30) = -1
  k|<6>lib_string: memchr_inv(m, 8, 3) = 0
  k|<6>lib_string: memchr_inv(m + 31, 7, 9) = -1
  k|<6>lib_string: memscan((void *)s, 'q', 19) = 4
  k|<6>lib_string: memscan((void *)s, 'z', 19) = 19
  k|<6>lib_string: skip_spaces(s) = 0
  k|<6>lib_string: skip_spaces(" \t\n\v\f\r x ") = "x "
  k|<6>lib_string: skip_spaces("   ") = ""
  k|<6>lib_string: strsep "one"
  k|<6>lib_string: strsep "two"
  k|<6>lib_string: strsep ""
  k|<6>lib_string: strsep "three"
  k|<6>lib_string: strsep(&rest, ",") is NULL
  k|<6>lib_string: strsep(&rest, ",") = ""
  k|<6>lib_string: rest is NULL
  k|<6>lib_string: strsep(&rest, "") = "all"
  k|<6>lib_string: rest is NULL
  k|<6>5c 31 34 31 5c 6e 5c 74 5c 22 5c 5c 5c 30 30 31 5c 31 37 37 5c 33 37 37 23 23 23 23 23 23 23 23  \141\n\t\"\\\001\177\377########
  k|<6>lib_string: string_escape_mem("a\n\t\"\\\x01\x7f\xff", 40, ESCAPE_ANY, NULL) = 24
  k|<6>61 5c 6e 5c 74 22 5c 01 7f ff 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23  a\n\t"\...######################
  k|<6>lib_string: string_escape_mem("a\n\t\"\\\x01\x7f\xff", 40, ESCAPE_SPACE, NULL) = 10
  k|<6>61 0a 09 5c 22 5c 5c 01 7f ff 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23  a..\"\\...######################
  k|<6>lib_string: string_escape_mem("a\n\t\"\\\x01\x7f\xff", 40, ESCAPE_SPECIAL, NULL) = 10
  k|<6>5c 31 34 31 5c 30 31 32 5c 30 31 31 5c 30 34 32 5c 31 33 34 5c 30 30 31 5c 31 37 37 5c 33 37 37  \141\012\011\042\134\001\177\377
  k|<6>lib_string: string_escape_mem("a\n\t\"\\\x01\x7f\xff", 40, ESCAPE_OCTAL, NULL) = 32
  k|<6>5c 78 36 31 5c 78 30 61 5c 78 30 39 5c 78 32 32 5c 78 35 63 5c 78 30 31 5c 78 37 66 5c 78 66 66  \x61\x0a\x09\x22\x5c\x01\x7f\xff
  k|<6>lib_string: string_escape_mem("a\n\t\"\\\x01\x7f\xff", 40, ESCAPE_HEX, NULL) = 32
  k|<6>61 5c 6e 5c 74 22 5c 5c 30 30 31 5c 31 37 37 ff 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23  a\n\t"\\001\177.################
  k|<6>lib_string: string_escape_mem("a\n\t\"\\\x01\x7f\xff", 40, ESCAPE_ANY_NP, NULL) = 16
  k|<6>61 5c 78 30 61 5c 78 30 39 22 5c 5c 78 30 31 5c 78 37 66 ff 23 23 23 23 23 23 23 23 23 23 23 23  a\x0a\x09"\\x01\x7f.############
  k|<6>lib_string: string_escape_mem("a\n\t\"\\\x01\x7f\xff", 40, ESCAPE_NP | ESCAPE_HEX, NULL) = 20
  k|<6>61 0a 09 22 5c 01 7f 5c 78 66 66 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23  a.."\..\xff#####################
  k|<6>lib_string: string_escape_mem("a\n\t\"\\\x01\x7f\xff", 40, ESCAPE_NA | ESCAPE_HEX, NULL) = 11
  k|<6>61 5c 78 30 61 5c 78 30 39 22 5c 5c 78 30 31 5c 78 37 66 5c 78 66 66 23 23 23 23 23 23 23 23 23  a\x0a\x09"\\x01\x7f\xff#########
  k|<6>lib_string: string_escape_mem("a\n\t\"\\\x01\x7f\xff", 40, ESCAPE_NAP | ESCAPE_HEX, NULL) = 23
  k|<6>5c 31 34 31 5c 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23  \141\###########################
  k|<6>lib_string: string_escape_mem("a\n\t\"\\\x01\x7f\xff", 5, ESCAPE_ANY, NULL) = 24
  k|<6>23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23  ################################
  k|<6>lib_string: string_escape_mem("a\n\t\"\\\x01\x7f\xff", 0, ESCAPE_ANY, NULL) = 24
  k|<6>61 5c 78 36 32 63 5c 78 32 30 64 65 66 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23  a\x62c\x20def###################
  k|<6>lib_string: string_escape_mem("abc def", 40, ESCAPE_HEX, "b ") = 13
  k|<6>61 5c 78 36 32 63 5c 78 32 30 64 65 66 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23  a\x62c\x20def###################
  k|<6>lib_string: string_escape_mem("abc def", 40, ESCAPE_HEX | ESCAPE_APPEND | ESCAPE_NP, "b ") = 13
  k|<6>61 5c 30 62 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23  a\0b############################
  k|<6>lib_string: string_escape_mem("a\0b", 40, ESCAPE_NULL, NULL) = 4
  k|<6>5c 31 34 31 5c 30 5c 31 34 32 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23  \141\0\142######################
  k|<6>lib_string: string_escape_mem("a\0b", 40, ESCAPE_NULL | ESCAPE_OCTAL, NULL) = 10
  k|<6>61 0a 62 09 63 5c 00 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23  a.b.c\.#########################
  k|<6>lib_string: string_unescape("a\\nb\\tc\\\\", 40, UNESCAPE_ANY) = 6
  k|<6>61 5c 6e 62 5c 74 63 5c 5c 00 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23  a\nb\tc\\.######################
  k|<6>lib_string: string_unescape("a\\nb\\tc\\\\", 40, UNESCAPE_HEX) = 9
  k|<6>41 04 67 5c 78 7a 7a 00 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23  A.g\xzz.########################
  k|<6>lib_string: string_unescape("\\x41\\x4g\\xzz", 40, UNESCAPE_HEX) = 7
  k|<6>41 07 00 20 30 5c 39 00 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23  A.. 0\9.########################
  k|<6>lib_string: string_unescape("\\101\\7\\0\\400\\9", 40, UNESCAPE_OCTAL) = 7
  k|<6>22 07 1b 5c 71 00 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23  "..\q.##########################
  k|<6>lib_string: string_unescape("\\\"\\a\\e\\q", 40, UNESCAPE_SPECIAL) = 5
  k|<6>0c 0a 0d 09 0b 5c 61 00 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23  .....\a.########################
  k|<6>lib_string: string_unescape("\\f\\n\\r\\t\\v\\a", 40, UNESCAPE_SPACE) = 7
  k|<6>61 0a 00 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23  a..#############################
  k|<6>lib_string: string_unescape("a\\nbcdef", 4, UNESCAPE_ANY) = 2
  k|<6>61 0a 62 00 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23  a.b.############################
  k|<6>lib_string: string_unescape("a\\nb", 0, UNESCAPE_ANY) = 3
  k|<6>65 6e 64 5c 00 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23 23  end\.###########################
  k|<6>lib_string: string_unescape("end\\", 40, UNESCAPE_ANY) = 4
  k|<6>lib_string: string_get_size(0, 512, STRING_UNITS_10, 20) "0 B"
  k|<6>lib_string: string_get_size(1, 512, STRING_UNITS_2, 20) "512 B"
  k|<6>lib_string: string_get_size(8192, 4096, STRING_UNITS_10, 20) "33.6 MB"
  k|<6>lib_string: string_get_size(8192, 4096, STRING_UNITS_2, 20) "32.0 MiB"
  k|<6>lib_string: string_get_size(1999, 1, STRING_UNITS_10, 20) "2.00 kB"
  k|<6>lib_string: string_get_size(1023, 1, STRING_UNITS_2, 20) "1023 B"
  k|<6>lib_string: string_get_size(1024, 1, STRING_UNITS_2, 20) "1.00 KiB"
  k|<6>lib_string: string_get_size(999999, 1, STRING_UNITS_10, 20) "1000 kB"
  k|<6>lib_string: string_get_size(-1ULL, 1, STRING_UNITS_10, 20) "18.4 EB"
  k|<6>lib_string: string_get_size(-1ULL, 4096, STRING_UNITS_2, 20) "64.0 ZiB"
  k|<6>lib_string: string_get_size(123456789, 512, STRING_UNITS_10, 6) "63.2 "
  k|<6>lib_string: string_get_size(123456789, 0, STRING_UNITS_10, 20) "0 B"
  k|<6>lib_string: p = "a\\x0a\x01\\x22quoted\\x22 \\x5c \xe4" (esc)
  k|<6>lib_string: kstrdup_quotable(NULL, GFP_KERNEL) is NULL
  $ rmmod lib_string
