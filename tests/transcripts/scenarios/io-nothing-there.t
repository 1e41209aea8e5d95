# ports and memory where there is no device: reserved, read and written; what cannot be mapped
  $ insmod io_mod.ko
  k|<4>io_mod: loading out-of-tree module taints kernel.
  k|<5>io_mod: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>io_mod: p is there
  k|<6>io_mod: ff ffff ffffffff
  k|<6>io_mod: ff ffff ffffffff, is port 1
  k|<6>io_mod: ioport_map(0x1fff0, 8) is NULL
  k|<6>io_mod: request_region(0x300, 16, "io_mod"): [io  0x0300-0x030f] io_mod in PCI Bus 0000:00, flags 80000100
  k|<6>io_mod: request_region(0x300, 16, "again"): NULL
  k|<6>io_mod: request_region(0x30f, 4, "overlap"): NULL
  k|<6>io_mod: request_region(0x2fe, 4, "overlap"): NULL
  k|<6>io_mod: request_region(0x310, 4, "behind"): [io  0x0310-0x0313] behind in PCI Bus 0000:00, flags 80000100
  k|<6>io_mod: request_region(0x60, 1, "keyboard"): NULL
  k|<6>io_mod: request_region(0x20, 1, "pic"): NULL
  k|<6>io_mod: request_region(0xfffe, 4, "beyond"): NULL
  k|<6>io_mod: request_region(0x320, 0, "empty"): NULL
  k|<4>resource: Trying to free nonexistent resource <0x0000000000000300-0x0000000000000307>
  k|<4>resource: Trying to free nonexistent resource <0x0000000000000500-0x0000000000000507>
  k|<6>io_mod: request_mem_region(0xd0000000, 0x1000, "io_mod"): [mem 0xd0000000-0xd0000fff] io_mod in PCI Bus 0000:00, flags 80000200
  k|<6>io_mod: request_mem_region(0xd0000000, 0x1000, "again"): NULL
  k|<6>io_mod: request_mem_region(0xcffff000, 0x2000, "overlap"): NULL
  k|<6>io_mod: __request_mem_region(0xd0001000, 0x1000, "exclusive", IORESOURCE_EXCLUSIVE): [mem 0xd0001000-0xd0001fff] exclusive in PCI Bus 0000:00, flags 88000200
  k|<6>io_mod: request_mem_region(0x2000000, 0x1000, "ram"): NULL
  k|<6>io_mod: request_mem_region(0x1000000, 0x1000, "kernel"): NULL
  k|<6>io_mod: request_mem_region(0xfee00000, 0x1000, "apic"): NULL
  k|<6>io_mod: request_mem_region(0xfec00000, 0x400, "ioapic"): NULL
  k|<6>io_mod: request_mem_region(0xfed00000, 0x400, "hpet"): [mem 0xfed00000-0xfed003ff] hpet in PNP0103:00, flags 80000200
  k|<6>io_mod: request_mem_region(0x4000000000ULL, 0x1000, "high"): [mem 0x4000000000-0x4000000fff] high in PCI mem, flags 80000200
  k|<6>io_mod: request_mem_region(0x10000000000ULL, 0x1000, "beyond"): NULL
  k|<4>resource: Trying to free nonexistent resource <0x00000000d0000000-0x00000000d00007ff>
  k|<6>io_mod: 0x00000000d0000000 is there, aligned 1
  k|<6>io_mod: 0 0 0 0
  k|<6>io_mod: 0 0
  k|<6>io_mod: 00 00 00 00, 0 0
  k|<6>io_mod: 0
  k|<6>io_mod: 0x00000000e0000000 is there, aligned 1
  k|<6>io_mod: 0 0 0 0
  k|<6>io_mod: 0 0
  k|<6>io_mod: 00 00 00 00, 0 0
  k|<6>io_mod: 0
  k|<6>io_mod: 0x0000004000000000 is there, aligned 1
  k|<6>io_mod: 0 0 0 0
  k|<6>io_mod: 0 0
  k|<6>io_mod: 00 00 00 00, 0 0
  k|<6>io_mod: 0
  k|<6>io_mod: ioremap(0xd0000000, 0) is NULL
  k|<4>ioremap: invalid physical address 10000000000
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 88 at arch/x86/mm/ioremap.c:201 __ioremap_caller.cold+0x59/0x60
  k|<...>
  k|<6>io_mod: ioremap(0x10000000000ULL, 4096) is NULL
  k|<6>io_mod: ioremap(0xfffffffffffff000ULL, 8192) is NULL
  k|<6>io_mod: offset 123
  k|<6>io_mod: p is there
  k|<4>------------[ cut here ]------------
  k|<4>ioremap on RAM at 0x0000000005e80000 - 0x0000000005e80fff
  k|<4>WARNING: CPU: 0 PID: 88 at arch/x86/mm/ioremap.c:211 __ioremap_caller+0x345/0x360
  k|<...>
  k|<6>io_mod: ioremap(virt_to_phys(p), PAGE_SIZE) is NULL
  k|<6>io_mod: p == phys_to_virt(0x2000000) = 0x1
  k|<4>------------[ cut here ]------------
  k|<4>memremap attempted on ram 0x0000000002000000 size: 0x1000
  k|<4>WARNING: CPU: 0 PID: 88 at kernel/iomem.c:107 memremap+0x18d/0x210
  k|<...>
  k|<6>io_mod: memremap(0x2000000, 4096, MEMREMAP_WT) is NULL
  k|<6>io_mod: memremap(0x2000000, 4096, 0) is NULL
  k|<6>io_mod: p = memremap(0xd0000000, 4096, MEMREMAP_WB) is there
  $ grep _mod /proc/ioports /proc/iomem
  /proc/ioports:  0300-030f : io_mod
  /proc/iomem:  d0000000-d0000fff : io_mod
  $ rmmod io_mod
  $ su user -c 'grep -m 1 PCI /proc/iomem'
  00000000-00000000 : PCI Bus 0000:00
