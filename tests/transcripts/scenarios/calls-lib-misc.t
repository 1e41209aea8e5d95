# switches in code, work at once, tasklets, once, messages: kernel/jump_label.c, kernel/async.c, kernel/softirq.c, kernel/printk, lib/rhashtable.c, kernel/cpu.c and others
  $ insmod calls/lib_misc.ko
  k|<4>lib_misc: loading out-of-tree module taints kernel.
  k|<5>lib_misc: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>lib_misc: static_branch_unlikely(&key) = 0
  k|<6>lib_misc: static_key_enabled(&key) = 0
  k|<6>lib_misc: static_branch_unlikely(&key) = 1
  k|<6>lib_misc: static_key_count(&key.key) = 1
  k|<6>lib_misc: static_branch_unlikely(&key) = 0
  k|<6>lib_misc: static_key_count(&key.key) = 2
  k|<6>lib_misc: static_branch_unlikely(&key) = 1
  k|<6>lib_misc: static_branch_unlikely(&key) = 1
  k|<6>lib_misc: static_branch_unlikely(&key) = 0
  k|<6>lib_misc: static_key_count(&key.key) = 0
  k|<6>lib_misc: static_branch_unlikely(&key) = 1
  k|<6>lib_misc: static_branch_unlikely(&key) = 0
  k|<6>lib_misc: async 1
  k|<6>lib_misc: async 3
  k|<6>lib_misc: tasklet
  k|<6>lib_misc: old tasklet 5
  k|<6>lib_misc: only once
  k|<6>lib_misc: old tasklet 77
  k|<6>four
  k|<6>lib_misc: _printk(KERN_INFO "four\n") = 4
  k|<5>no newline
  k|<6>lib_misc: _printk(KERN_NOTICE "no newline") = 10
  k|<4>
  k|<6>lib_misc: _printk("\n") = 0
  k|<4>vprintk text
  k|<6>lib_misc: vsaid(KERN_WARNING "vprintk %s\n", "text") = 12
  k|<6>lib_misc: printk_ratelimit() = 1
  k|<6>lib_misc: rhashtable_init(&table, &params) = 0
  k|<6>lib_misc: rhashtable_free_and_destroy(&table, NULL, NULL)
  k|<6>lib_misc: rhashtable_init(&table, &params) = 0
  k|<6>lib_misc: rhashtable_destroy(&table)
  k|<6>lib_misc: rhltable_init(&list, &params) = 0
  k|<6>lib_misc: alloc_cpumask_var(&mask, GFP_KERNEL) = 1
  k|<6>lib_misc: zalloc_cpumask_var_node(&mask, GFP_KERNEL, 0) = 1
  k|<6>lib_misc: cpumask_weight(mask) = 0
  k|<6>lib_misc: sg_is_last(&sg[2]) = 1
  k|<6>lib_misc: sg_is_last(&sg[1]) = 0
  k|<6>lib_misc: sg_is_last(&sg[0]) = 1
  k|<6>lib_misc: sg->length = 16
  k|<6>lib_misc: ref.count = 2
  k|<6>lib_misc: init_uts_ns.name.sysname = "Linux"
  k|<6>lib_misc: init_uts_ns.name.release = "6.1.0-56-amd64"
  k|<6>lib_misc: ioport_resource.name = "PCI IO"
  k|<6>lib_misc: iomem_resource.name = "PCI mem"
  k|<6>lib_misc: ioport_resource.end = 0xffff
  k|<6>lib_misc: PTR_ERR_OR_ZERO(conf) < 0 = 1
  k|<6>lib_misc: up 0
  k|<6>lib_misc: state > 0 = 1
  k|<6>lib_misc: down 0
  k|<6>lib_misc: node up 0
  k|<6>lib_misc: cpuhp_state_add_instance(state, &hnode) = 0
  k|<6>lib_misc: node down 0
  k|<6>lib_misc: cpuhp_state_remove_instance(state, &hnode) = 0
  k|<6>lib_misc: prandom_u32_state(&rnd) = 0xb7dab424
  k|<6>lib_misc: 0x80000 0x20 0x800 0xb7d2bc04
  k|<6>lib_misc: bd 84 84 57 63 be 8e 00 00 00 00 00 00 00 00 00
  k|<6>lib_misc: prandom_u32_state(&rnd) = 0xd78a6fa3
  k|<6>lib_misc: prandom_u32_state(&rnd) = 0x2cf7daa1
  $ rmmod lib_misc
