# probes on functions: a module's own, the kernel's, those that cannot be probed; the trick that finds kallsyms_lookup_name()
  $ insmod kprobe_mod.ko
  k|<4>kprobe_mod: loading out-of-tree module taints kernel.
  k|<5>kprobe_mod: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>kprobe_mod: register_kprobe(&kp) = 0
  k|<6>kprobe_mod: found kallsyms_lookup_name, flags 1a
  k|<6>kprobe_mod: sys_call_table 1, strlen 1, nothing 0
  k|<6>kprobe_mod: printk 1, own 1, own with name 1, other's name 0
  k|<6>kprobe_mod: register_kprobe(&first) = 0
  k|<6>kprobe_mod: addr 1, opcode 0, flags 18
  k|<6>kprobe_mod: pre: kprobe_mod_add kprobe_mod_add [kprobe_mod], ip - addr = 1, di = 1, atomic 1, flags 18
  k|<6>kprobe_mod: post: kprobe_mod_add, ip - addr = 5, flags = 0
  k|<6>kprobe_mod: adding 1 and 2
  k|<6>kprobe_mod: kprobe_mod_add(1, 2) = 3
  k|<6>kprobe_mod: register_kprobe(&first) = -22
  k|<6>kprobe_mod: register_kprobe(&second) = 0
  k|<6>kprobe_mod: second pre
  k|<6>kprobe_mod: pre: kprobe_mod_add kprobe_mod_add [kprobe_mod], ip - addr = 1, di = 3, atomic 1, flags 18
  k|<6>kprobe_mod: post: kprobe_mod_add, ip - addr = 5, flags = 0
  k|<6>kprobe_mod: adding 3 and 4
  k|<6>kprobe_mod: kprobe_mod_add(3, 4) = 7
  k|<6>kprobe_mod: disable_kprobe(&first) = 0
  k|<6>kprobe_mod: second pre
  k|<6>kprobe_mod: adding 5 and 6
  k|<6>kprobe_mod: kprobe_mod_add(5, 6) = 11
  k|<6>kprobe_mod: enable_kprobe(&first) = 0
  k|<6>kprobe_mod: second pre
  k|<6>kprobe_mod: pre: kprobe_mod_add kprobe_mod_add [kprobe_mod], ip - addr = 1, di = 7, atomic 1, flags 18
  k|<6>kprobe_mod: post: kprobe_mod_add, ip - addr = 5, flags = 0
  k|<6>kprobe_mod: adding 7 and 8
  k|<6>kprobe_mod: kprobe_mod_add(7, 8) = 15
  k|<6>kprobe_mod: second pre
  k|<6>kprobe_mod: adding 9 and 10
  k|<6>kprobe_mod: kprobe_mod_add(9, 10) = 19
  k|<6>kprobe_mod: adding 11 and 12
  k|<6>kprobe_mod: kprobe_mod_add(11, 12) = 23
  k|<6>kprobe_mod: addr 1, flags 1a, nmissed 0
  k|<6>kprobe_mod: register_kprobe(&first) = 0
  k|<6>kprobe_mod: adding 40 and 2
  k|<6>kprobe_mod: kprobe_mod_add(1, 2) = 42
  k|<6>kprobe_mod: register_kprobe(&second) = 0
  k|<6>kprobe_mod: the other one got 1
  k|<6>kprobe_mod: kprobe_mod_add(1, 2) = 1
  k|<6>kprobe_mod: register_kprobes(both, 2) = 0
  k|<6>kprobe_mod: pre of kstrtoint: 10
  k|<6>kprobe_mod: kstrtoint("12", 10, &value) = 0
  k|<6>kprobe_mod: pre of kstrtoint: 10
  k|<6>kprobe_mod: kstrtoint("x", 10, &value) = -22
  k|<6>kprobe_mod: kstrtoint("13", 10, &value) = 0
  k|<6>kprobe_mod: 13 1
  k|<6>kprobe_mod: register_kretprobe(&back) = 0
  k|<6>kprobe_mod: maxactive 10, data_size 4, nmissed 0
  k|<6>kprobe_mod: entry: di = 1, atomic 1
  k|<6>kprobe_mod: adding 1 and 2
  k|<6>kprobe_mod: return of kprobe_mod_add [kprobe_mod]: 3, di was 1
  k|<6>kprobe_mod: kprobe_mod_add(1, 2) = 3
  k|<6>kprobe_mod: entry: di = 7, atomic 1
  k|<6>kprobe_mod: adding 7 and 1
  k|<6>kprobe_mod: kprobe_mod_add(7, 1) = 8
  k|<6>kprobe_mod: entry: di = 50, atomic 1
  k|<6>kprobe_mod: adding 50 and 49
  k|<6>kprobe_mod: return of kprobe_mod_add [kprobe_mod]: 99, di was 50
  k|<6>kprobe_mod: kprobe_mod_add(50, 49) = 100
  k|<6>kprobe_mod: register_kretprobe(&back) = -22
  k|<6>kprobe_mod: adding 1 and 3
  k|<6>kprobe_mod: kprobe_mod_add(1, 3) = 4
  k|<6>kprobe_mod: register_kretprobes(both, 2) = 0
  k|<6>kprobe_mod: return of kstrtoint: 0, di was 0
  k|<6>kprobe_mod: kstrtoint("77", 10, &value) = 0
  k|<6>kprobe_mod: adding 4 and 5
  k|<6>kprobe_mod: kprobe_mod_add(4, 5) = 9
  k|<6>kprobe_mod: register_kretprobe(&back) = -2
  k|<6>kprobe_mod: register_kretprobe(&back) = -22
  k|<6>kprobe_mod: register_kretprobe(&back) = -7
  k|<6>kprobe_mod: register_kprobe(p) = 0
  k|<6>kprobe_mod: flags 10
  k|<6>kprobe_mod: pre: kprobe_mod_plain kprobe_mod_plain [kprobe_mod], ip - addr = 1, di = 4, atomic 1, flags 10
  k|<6>kprobe_mod: post: kprobe_mod_plain, ip - addr = 1, flags = 0
  k|<6>kprobe_mod: untraced 4
  k|<6>kprobe_mod: kprobe_mod_plain(4) = 8
  k|<6>kprobe_mod: untraced 5
  k|<6>kprobe_mod: kprobe_mod_plain(5) = 10
  k|<6>kprobe_mod: register_kprobe(&p) = -2
  k|<6>kprobe_mod: register_kprobe(&p) = -2
  k|<6>kprobe_mod: register_kprobe(&p) = -22
  k|<6>kprobe_mod: register_kprobe(&p) = -22
  k|<6>kprobe_mod: register_kprobe(&p) = 0
  k|<6>kprobe_mod: register_kprobe(&p) = -84
  k|<6>kprobe_mod: register_kprobe(&p) = 0
  k|<6>kprobe_mod: register_kprobe(&p) = -22
  k|<6>kprobe_mod: register_kprobe(&p) = -2
  k|<6>kprobe_mod: register_kprobe(&p) = -22
  k|<6>kprobe_mod: register_kprobe(&p) = -22
  k|<6>kprobe_mod: register_kprobe(&p) = -22
  k|<6>kprobe_mod: register_kprobe(&p) = -22
  k|<6>kprobe_mod: register_kprobe(&p) = -22
  k|<6>kprobe_mod: register_kprobe(&p) = -22
  k|<6>kprobe_mod: register_kprobe(&p) = 0
  k|<6>kprobe_mod: register_kprobe(&p) = -2
  k|<6>kprobe_mod: register_kprobe(&p) = 0
  k|<6>kprobe_mod: register_kprobe(&p) = 0
  k|<6>kprobe_mod: register_kprobe(&p) = 0
  k|<6>kprobe_mod: register_kprobe(&p) = -22
  k|<6>kprobe_mod: register_kprobe(&p) = 0
  k|<6>kprobe_mod: register_kprobe(&p) = 0
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 88 at kernel/kprobes.c:1532 register_kprobe+0x47f/0x660
  k|<...>
  k|<6>kprobe_mod: register_kprobe(&p) = -22
  k|<6>kprobe_mod: disable_kprobe(&p) = -22
  k|<6>kprobe_mod: enable_kprobe(&p) = -22
  $ rmmod kprobe_mod
  $ insmod kprobe_mod.ko what=given symbol=no_such_function
  2| insmod: ERROR: could not insert module kprobe_mod.ko: Unknown symbol in module
  k|<6>kprobe_mod: register_kprobe(&given) = -2
  [1]
  $ insmod kprobe_mod.ko what=given symbol=kprobe_mod_add offset=5
  k|<6>kprobe_mod: register_kprobe(&given) = 0
  $ rmmod kprobe_mod
