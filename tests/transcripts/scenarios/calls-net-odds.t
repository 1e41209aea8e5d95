# devices by their numbers, and their carriers: net/core; the hashes that the network uses, and odds and ends of lib
  $ insmod calls/net_odds.ko
  k|<4>net_odds: loading out-of-tree module taints kernel.
  k|<5>net_odds: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>net_odds: netif_carrier_ok(dev) = 1
  k|<6>net_odds: netif_carrier_ok(dev) = 0
  k|<6>net_odds: atomic_read(&dev->carrier_down_count) = 0
  k|<6>net_odds: netif_carrier_ok(dev) = 1
  k|<6>net_odds: atomic_read(&dev->carrier_up_count) = 0
  k|<6>net_odds: register_netdev(dev) = 0
  k|<6>net_odds: atomic_read(&dev->carrier_down_count) = 1
  k|<6>net_odds: atomic_read(&dev->carrier_up_count) = 1
  k|<6>net_odds: __dev_get_by_index(&init_net, dev->ifindex) == dev = 1
  k|<6>net_odds: __dev_get_by_index(&init_net, 999) is NULL
  k|<6>net_odds: dev_get_by_index(&init_net, dev->ifindex) == dev = 1
  k|<6>net_odds: dev_get_by_index_rcu(&init_net, 1)->name = "lo"
  k|<6>net_odds: __siphash_unaligned(text, 20, &key) = 0x2cdb0179f38b1d8b
  k|<6>net_odds: __siphash_unaligned(text + 1, 8, &key) = 0xa70bbe4d681320dd
  k|<6>net_odds: __siphash_unaligned(text, 0, &key) = 0x726fdb47dd0e0e31
  k|<6>net_odds: siphash_1u64(1, &key) = 0x2b91b2b085e6d1f6
  k|<6>net_odds: siphash_2u64(1, 2, &key) = 0x37382fc97ba06c65
  k|<6>net_odds: siphash_3u64(1, 2, 3, &key) = 0x2ab768fea5b4d0d3
  k|<6>net_odds: siphash_4u64(1, 2, 3, 4, &key) = 0xeab25da98821b69
  k|<6>net_odds: siphash_1u32(0xffffffff, &key) = 0x39dc9ede851c3408
  k|<6>net_odds: siphash_3u32(1, 2, 3, &key) = 0x9e6cc2a60ae0ec59
  k|<6>net_odds: __hsiphash_unaligned(text, 20, &shorter) = 0x2344a326
  k|<6>net_odds: __hsiphash_unaligned(text, 3, &shorter) = 0x5c2bba9e
  k|<6>net_odds: hsiphash_1u32(1, &shorter) = 0xb6e29cff
  k|<6>net_odds: hsiphash_2u32(1, 2, &shorter) = 0xfd3b0a95
  k|<6>net_odds: hsiphash_3u32(1, 2, 3, &shorter) = 0x42bc39b3
  k|<6>net_odds: hsiphash_4u32(1, 2, 3, 4, &shorter) = 0x647ca11c
  k|<6>net_odds: bitmap_cut(4, 2, 150): 0,3-5,62,68-70,78-80,88-90,147
  k|<6>net_odds: bitmap_cut(0, 1, 150): 2-6,63,69-71,79-81,89-91,148
  k|<6>net_odds: bitmap_cut(64, 64, 150): 0,3-7,85
  k|<6>net_odds: bitmap_cut(149, 1, 150): 0,3-7,64,70-72,80-82,90-92
  k|<6>net_odds: bitmap_cut(3, 100, 150): 0,49
  k|<6>net_odds: bitmap_cut(5, 0, 64): 0,3-7
  k|<6>net_odds: most = 6
  k|<6>net_odds: sscanf("0x67", "%2i%i", &a, &b) = 2
  k|<6>net_odds: a = 0
  k|<6>net_odds: b = 67
  k|<6>net_odds: sscanf("0x67", "%1i%i", &a, &b) = 1
  k|<6>net_odds: a = 0
  k|<6>net_odds: sscanf("0xA7", "%2x%x", &a, &b) = 2
  k|<6>net_odds: a = 0
  k|<6>net_odds: b = 167
  k|<6>net_odds: sscanf("-0x67", "%3i%i", &a, &b) = 2
  k|<6>net_odds: a = 0
  k|<6>net_odds: b = 67
  k|<6>net_odds: _find_first_and_bit(from, to, 150) = 5
  k|<6>net_odds: _find_first_and_bit(from, to, 4) = 4
  k|<6>net_odds: __find_nth_bit(from, 150, 0) = 0
  k|<6>net_odds: __find_nth_bit(from, 150, 6) = 64
  k|<6>net_odds: __find_nth_bit(from, 150, 99) = 150
  k|<6>net_odds: __find_nth_and_bit(from, to, 150, 3) = 64
  k|<6>net_odds: __find_nth_and_bit(from, to, 150, 5) = 150
  k|<6>net_odds: __find_nth_andnot_bit(from, to, 150, 2) = 4
  k|<6>net_odds: __find_nth_andnot_bit(from, to, 150, 40) = 150
  k|<6>net_odds: snprintf(b, 80, "%.s|%-3.s|%5.s|%.d|%4.x|%.0s", "ab", "a", "b", 0, 7, "gone") = 20
  k|<6>net_odds: b = "ab|a  |    b|0|   7|"
  k|<6>net_odds: no_hash_pointers = 0
  k|<6>net_odds: bitmap_print_list_to_buf(b, from, 150, 0, 80) = 10
  k|<6>net_odds: b = "0,3-7,64
  k|<6>"
  k|<6>net_odds: bitmap_print_list_to_buf(b, from, 150, 4, 80) = 6
  k|<6>net_odds: b = "7,64
  k|<6>"
  k|<6>net_odds: bitmap_print_list_to_buf(b, from, 150, 99, 80) = 0
  k|<6>net_odds: bitmap_print_list_to_buf(b, from, 150, -1, 80) = -22
  k|<6>net_odds: bitmap_print_bitmask_to_buf(b, from, 70, 0, 80) = 22
  k|<6>net_odds: b = "01,00000000,000000f9
  k|<6>"
  $ rmmod net_odds
