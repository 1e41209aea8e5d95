# files that a module makes: fs/seq_file.c, fs/proc, fs/debugfs, fs/libfs.c
  $ insmod calls/fs.ko
  k|<4>fs: loading out-of-tree module taints kernel.
  k|<5>fs: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>fs: proc_create("single", 0, dir, &single_ops) is there
  k|<6>fs: proc_create("seq", 0444, dir, &seq_ops) is there
  k|<6>fs: proc_create("private", 0444, dir, &private_ops) is there
  k|<6>fs: proc_create_data("data", 0444, dir, &data_ops, "data\n") is there
  k|<6>fs: proc_create_single_data("single_data", 0, dir, data_show, "data\n") is there
  k|<6>fs: proc_create("user", 0644, dir, &user_ops) is there
  k|<6>fs: proc_create("room", 0444, dir, &room_ops) is there
  k|<6>fs: proc_create("numbers", 0200, dir, &numbers_ops) is there
  k|<6>fs: proc_create_data("list", 0200, dir, &bits_ops, "list") is there
  k|<6>fs: proc_create("mask", 0200, dir, &bits_ops) is there
  k|<6>fs: proc_symlink("link", dir, "data") is there
  k|<6>fs: _proc_mkdir("deep", 0, sub, "x", false) is there
  k|<6>fs: proc_mkdir_mode("mode", 0500, dir) is there
  k|<6>fs: proc_create_mount_point("calls_mount") is there
  k|<6>fs: debugfs_initialized() = 1
  k|<6>fs: debugfs_create_blob("blob", 0444, debug, &blob) is there
  k|<6>fs: debugfs_create_symlink("link", debug, "u8") is there
  k|<6>fs: debugfs_lookup("gone", debug) is NULL
  k|<6>fs: from_kuid(&init_user_ns, current_uid()) = 0
  k|<6>fs: from_kgid(&init_user_ns, current_gid()) = 0
  k|<6>fs: from_kuid_munged(&init_user_ns, KUIDT_INIT(1000)) = 1000
  k|<6>fs: from_kgid_munged(&init_user_ns, KGIDT_INIT(-1)) = 65534
  k|<6>fs: from_kuid_munged(&init_user_ns, INVALID_UID) = 65534
  k|<6>fs: from_kuid(&init_user_ns, INVALID_UID) = -1
  k|<6>fs: __kuid_val(make_kuid(&init_user_ns, 1000)) = 1000
  k|<6>fs: __kgid_val(make_kgid(&init_user_ns, 7)) = 7
  k|<6>fs: capable(CAP_SYS_ADMIN) = 1
  k|<6>fs: ns_capable_noaudit(&init_user_ns, CAP_NET_ADMIN) = 1
  k|<6>fs: c is there
  k|<6>fs: __kuid_val(c->uid) = 0
  $ cat /proc/calls/single /proc/calls/seq /proc/calls/private /proc/calls/data /proc/calls/single_data /proc/calls/link
  puts c 18446744073709551615,-420 vprintf-3
  wr\x00te (esc)
  seq_write 0
  private 5
  item 0
  item 1
  item 2
  hitem 2, started 1
  hitem 1, started 1
  hitem 0, started 1
  data
  single data
  data
  $ echo written > /proc/calls/user
  k|<6>fs: memdup_user written\n
  k|<6>fs: strim(p) = "written"
  k|<6>fs: vmemdup_user written\n
  k|<6>fs: strndup_user -22
  k|<6>fs: strncpy_from_user(user, buf, 4) = 4
  k|<6>fs: user = "writ"
  k|<6>fs: strnlen_user(buf, 4) = 5
  k|<6>fs: get_user(c, (u8 __user *)buf) = 0
  k|<6>fs: c = 0x77
  k|<6>fs: get_user(s, (u16 __user *)buf) = 0
  k|<6>fs: s = 0x7277
  k|<6>fs: get_user(l, (u32 __user *)buf) = 0
  k|<6>fs: l = 0x74697277
  k|<6>fs: get_user(q, (u64 __user *)buf) = 0
  k|<6>fs: q = 0xa6e657474697277
  k|<6>fs: __get_user(c, (u8 __user *)buf) = 0
  k|<6>fs: c = 0x77
  k|<6>fs: __get_user(s, (u16 __user *)buf) = 0
  k|<6>fs: s = 0x7277
  k|<6>fs: __get_user(l, (u32 __user *)buf) = 0
  k|<6>fs: l = 0x74697277
  k|<6>fs: __get_user(q, (u64 __user *)buf) = 0
  k|<6>fs: q = 0xa6e657474697277
  k|<6>fs: get_user(l, (u32 __user *)NULL) = -14
  k|<6>fs: l = 0x0
  k|<6>fs: put_user(1, (u8 __user *)NULL) = -14
  k|<6>fs: strncpy_from_user(user, NULL, 4) = -14
  k|<6>fs: strnlen_user(NULL, 4) = 0
  k|<6>fs: copy_from_user(user, (void __user *)8, 4) = 4
  k|<6>fs: clear_user((void __user *)8, 4) = 4
  k|<6>fs: PTR_ERR(memdup_user((void __user *)8, 4)) = -14
  $ cat /proc/calls/user
  written
  $ echo 1 > /proc/calls/numbers
  k|<6>fs: kstrtos8_from_user(buf, n, 0, &a) = 0
  k|<6>fs: a = 1
  k|<6>fs: kstrtou8_from_user(buf, n, 0, &b) = 0
  k|<6>fs: b = 1
  k|<6>fs: kstrtos16_from_user(buf, n, 0, &c) = 0
  k|<6>fs: c = 1
  k|<6>fs: kstrtou16_from_user(buf, n, 0, &d) = 0
  k|<6>fs: d = 1
  k|<6>fs: kstrtouint_from_user(buf, n, 0, &e) = 0
  k|<6>fs: e = 1
  k|<6>fs: kstrtoint_from_user(buf, n, 0, &j) = 0
  k|<6>fs: j = 1
  k|<6>fs: kstrtol_from_user(buf, n, 0, &f) = 0
  k|<6>fs: f = 1
  k|<6>fs: kstrtoul_from_user(buf, n, 0, &g) = 0
  k|<6>fs: g = 1
  k|<6>fs: kstrtoll_from_user(buf, n, 16, &h) = 0
  k|<6>fs: h = 1
  k|<6>fs: kstrtoull_from_user(buf, n, 0, &i) = 0
  k|<6>fs: i = 1
  k|<6>fs: kstrtobool_from_user(buf, n, &k) = 0
  k|<6>fs: k = 1
  $ echo -1 > /proc/calls/numbers
  k|<6>fs: kstrtos8_from_user(buf, n, 0, &a) = 0
  k|<6>fs: a = -1
  k|<6>fs: kstrtou8_from_user(buf, n, 0, &b) = -22
  k|<6>fs: b = 0
  k|<6>fs: kstrtos16_from_user(buf, n, 0, &c) = 0
  k|<6>fs: c = -1
  k|<6>fs: kstrtou16_from_user(buf, n, 0, &d) = -22
  k|<6>fs: d = 0
  k|<6>fs: kstrtouint_from_user(buf, n, 0, &e) = -22
  k|<6>fs: e = 0
  k|<6>fs: kstrtoint_from_user(buf, n, 0, &j) = 0
  k|<6>fs: j = -1
  k|<6>fs: kstrtol_from_user(buf, n, 0, &f) = 0
  k|<6>fs: f = -1
  k|<6>fs: kstrtoul_from_user(buf, n, 0, &g) = -22
  k|<6>fs: g = 0
  k|<6>fs: kstrtoll_from_user(buf, n, 16, &h) = 0
  k|<6>fs: h = -1
  k|<6>fs: kstrtoull_from_user(buf, n, 0, &i) = -22
  k|<6>fs: i = 0
  k|<6>fs: kstrtobool_from_user(buf, n, &k) = -22
  k|<6>fs: k = 0
  $ echo 300 > /proc/calls/numbers
  k|<6>fs: kstrtos8_from_user(buf, n, 0, &a) = -34
  k|<6>fs: a = 0
  k|<6>fs: kstrtou8_from_user(buf, n, 0, &b) = -34
  k|<6>fs: b = 0
  k|<6>fs: kstrtos16_from_user(buf, n, 0, &c) = 0
  k|<6>fs: c = 300
  k|<6>fs: kstrtou16_from_user(buf, n, 0, &d) = 0
  k|<6>fs: d = 300
  k|<6>fs: kstrtouint_from_user(buf, n, 0, &e) = 0
  k|<6>fs: e = 300
  k|<6>fs: kstrtoint_from_user(buf, n, 0, &j) = 0
  k|<6>fs: j = 300
  k|<6>fs: kstrtol_from_user(buf, n, 0, &f) = 0
  k|<6>fs: f = 300
  k|<6>fs: kstrtoul_from_user(buf, n, 0, &g) = 0
  k|<6>fs: g = 300
  k|<6>fs: kstrtoll_from_user(buf, n, 16, &h) = 0
  k|<6>fs: h = 768
  k|<6>fs: kstrtoull_from_user(buf, n, 0, &i) = 0
  k|<6>fs: i = 300
  k|<6>fs: kstrtobool_from_user(buf, n, &k) = -22
  k|<6>fs: k = 0
  $ echo 70000 > /proc/calls/numbers
  k|<6>fs: kstrtos8_from_user(buf, n, 0, &a) = -34
  k|<6>fs: a = 0
  k|<6>fs: kstrtou8_from_user(buf, n, 0, &b) = -34
  k|<6>fs: b = 0
  k|<6>fs: kstrtos16_from_user(buf, n, 0, &c) = -34
  k|<6>fs: c = 0
  k|<6>fs: kstrtou16_from_user(buf, n, 0, &d) = -34
  k|<6>fs: d = 0
  k|<6>fs: kstrtouint_from_user(buf, n, 0, &e) = 0
  k|<6>fs: e = 70000
  k|<6>fs: kstrtoint_from_user(buf, n, 0, &j) = 0
  k|<6>fs: j = 70000
  k|<6>fs: kstrtol_from_user(buf, n, 0, &f) = 0
  k|<6>fs: f = 70000
  k|<6>fs: kstrtoul_from_user(buf, n, 0, &g) = 0
  k|<6>fs: g = 70000
  k|<6>fs: kstrtoll_from_user(buf, n, 16, &h) = 0
  k|<6>fs: h = 458752
  k|<6>fs: kstrtoull_from_user(buf, n, 0, &i) = 0
  k|<6>fs: i = 70000
  k|<6>fs: kstrtobool_from_user(buf, n, &k) = -22
  k|<6>fs: k = 0
  $ echo 99999999999 > /proc/calls/numbers
  k|<6>fs: kstrtos8_from_user(buf, n, 0, &a) = -34
  k|<6>fs: a = 0
  k|<6>fs: kstrtou8_from_user(buf, n, 0, &b) = -34
  k|<6>fs: b = 0
  k|<6>fs: kstrtos16_from_user(buf, n, 0, &c) = -34
  k|<6>fs: c = 0
  k|<6>fs: kstrtou16_from_user(buf, n, 0, &d) = -34
  k|<6>fs: d = 0
  k|<6>fs: kstrtouint_from_user(buf, n, 0, &e) = -34
  k|<6>fs: e = 0
  k|<6>fs: kstrtoint_from_user(buf, n, 0, &j) = -34
  k|<6>fs: j = 0
  k|<6>fs: kstrtol_from_user(buf, n, 0, &f) = 0
  k|<6>fs: f = 99999999999
  k|<6>fs: kstrtoul_from_user(buf, n, 0, &g) = 0
  k|<6>fs: g = 99999999999
  k|<6>fs: kstrtoll_from_user(buf, n, 16, &h) = 0
  k|<6>fs: h = 10555311626649
  k|<6>fs: kstrtoull_from_user(buf, n, 0, &i) = 0
  k|<6>fs: i = 99999999999
  k|<6>fs: kstrtobool_from_user(buf, n, &k) = -22
  k|<6>fs: k = 0
  $ echo x > /proc/calls/numbers
  k|<6>fs: kstrtos8_from_user(buf, n, 0, &a) = -22
  k|<6>fs: a = 0
  k|<6>fs: kstrtou8_from_user(buf, n, 0, &b) = -22
  k|<6>fs: b = 0
  k|<6>fs: kstrtos16_from_user(buf, n, 0, &c) = -22
  k|<6>fs: c = 0
  k|<6>fs: kstrtou16_from_user(buf, n, 0, &d) = -22
  k|<6>fs: d = 0
  k|<6>fs: kstrtouint_from_user(buf, n, 0, &e) = -22
  k|<6>fs: e = 0
  k|<6>fs: kstrtoint_from_user(buf, n, 0, &j) = -22
  k|<6>fs: j = 0
  k|<6>fs: kstrtol_from_user(buf, n, 0, &f) = -22
  k|<6>fs: f = 0
  k|<6>fs: kstrtoul_from_user(buf, n, 0, &g) = -22
  k|<6>fs: g = 0
  k|<6>fs: kstrtoll_from_user(buf, n, 16, &h) = -22
  k|<6>fs: h = 0
  k|<6>fs: kstrtoull_from_user(buf, n, 0, &i) = -22
  k|<6>fs: i = 0
  k|<6>fs: kstrtobool_from_user(buf, n, &k) = -22
  k|<6>fs: k = 0
  $ echo 1-3,7 > /proc/calls/list
  k|<6>fs: bitmap_parselist_user(buf, n, bits, 70) = 0
  k|<6>fs: 1-3,7
  $ echo ff > /proc/calls/mask
  k|<6>fs: bitmap_parse_user(buf, n, bits, 70) = 0
  k|<6>fs: 0-7
  $ cat /proc/calls/room
  ABCDE (no-eol)
  $ rmmod fs
  $ ls /proc/calls
  2| ls: /proc/calls: No such file or directory
  [1]
