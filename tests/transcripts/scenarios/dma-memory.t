# memory for devices that read and write it themselves: masks, coherent and mapped memory, pools; a device without a mask
  $ insmod dma_mod.ko
  k|<4>dma_mod: loading out-of-tree module taints kernel.
  k|<5>dma_mod: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>dma_mod: dev->coherent_dma_mask = 0xffffffff
  k|<6>dma_mod: dma_get_mask(dev) = 0xffffffff
  k|<6>dma_mod: dma_set_mask(dev, DMA_BIT_MASK(32)) = 0
  k|<6>dma_mod: dma_set_coherent_mask(dev, DMA_BIT_MASK(32)) = 0
  k|<6>dma_mod: dma_set_mask_and_coherent(dev, DMA_BIT_MASK(64)) = 0
  k|<6>dma_mod: dma_get_mask(dev) = 0xffffffffffffffff
  k|<6>dma_mod: dma_set_mask(dev, DMA_BIT_MASK(8)) = -5
  k|<6>dma_mod: dma_set_coherent_mask(dev, DMA_BIT_MASK(8)) = -5
  k|<6>dma_mod: dma_set_mask(dev, DMA_BIT_MASK(24)) = 0
  k|<6>dma_mod: dma_max_mapping_size(dev) = 0xffffffffffffffff
  k|<6>dma_mod: dma_opt_mapping_size(dev) = 0xffffffffffffffff
  k|<6>dma_mod: dma_need_sync(dev, 4096) = 0
  k|<6>dma_mod: dma_get_required_mask(dev) >= 0xfffffff = 1
  k|<6>dma_mod: dma_can_mmap(dev) = 1
  k|<6>dma_mod: dma_get_cache_alignment() = 1
  k|<6>dma_mod: dma_set_max_seg_size(dev, 4096) = 0
  k|<6>dma_mod: dma_get_max_seg_size(dev) = 4096
  k|<6>dma_mod: dma_set_mask_and_coherent(dev, DMA_BIT_MASK(64)) = 0
  k|<6>dma_mod: 64 bytes: there, address is physical, zeroed 1, aligned 1
  k|<6>dma_mod: 4096 bytes: there, address is physical, zeroed 1, aligned 1
  k|<6>dma_mod: 70000 bytes: there, address is physical, zeroed 1, aligned 1
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 88 at mm/page_alloc.c:5634 __alloc_pages+0x2a9/0x330
  k|<...>
  k|<6>dma_mod: 16777216 bytes: NULL, address is -, zeroed -1, aligned -1
  k|<6>dma_mod: mapped: error 0, physical 1
  k|<6>dma_mod: page: error 0, physical 1
  k|<6>dma_mod: dma_map_sg(dev, sg, 2, DMA_FROM_DEVICE) = 2
  k|<6>dma_mod: 1 1, 128 512
  k|<6>dma_mod: dma_pool_create("none", dev, 0, 8, 0) is NULL
  k|<6>dma_mod: dma_pool_create("odd", dev, 64, 24, 0) is NULL
  k|<6>dma_mod: dma_pool_create("small", dev, 64, 8, 32) is NULL
  k|<6>dma_mod: pool is there
  k|<6>dma_mod: 1 1, 64 apart, 0
  k|<6>dma_mod: the same again 1
  k|<6>dma_mod: p = devm_ioremap(dev, 0xd0000000, 4096) is there
  k|<6>dma_mod: 0
  k|<6>dma_mod: devm_ioremap_uc(dev, 0xd0001000, 4096) is there
  k|<6>dma_mod: devm_ioremap_wc(dev, 0xd0002000, 4096) is there
  k|<6>dma_mod: dmam_alloc_coherent(dev, 128, &(dma_addr_t){ 0 }, GFP_KERNEL) is there
  k|<6>dma_mod: dmam_pool_create("managed", dev, 32, 0, 0) is there
  $ rmmod dma_mod
  $ insmod dma_mod.ko what=simple
  k|<6>dma_mod: 64 bytes: there, address is physical, zeroed 1, aligned 1
  k|<6>dma_mod: mapped: error 0, physical 1
  k|<6>dma_mod: page: error 0, physical 1
  k|<6>dma_mod: dma_map_sg(dev, sg, 2, DMA_FROM_DEVICE) = 2
  k|<6>dma_mod: 1 1, 128 512
  $ rmmod dma_mod
  $ insmod dma_mod.ko what=bare
  k|<6>dma_mod: dma_set_mask(&bare, DMA_BIT_MASK(32)) = -5
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 39 at kernel/dma/mapping.c:499 dma_alloc_attrs+0x49/0x60
  k|<...>
  k|<6>dma_mod: 64 bytes: NULL, address is -, zeroed -1, aligned -1
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 39 at kernel/dma/mapping.c:152 dma_map_page_attrs+0x1d0/0x270
  k|<...>
  k|<6>dma_mod: mapped: error -12, physical 0
  k|<6>dma_mod: page: error -12, physical 0
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 39 at kernel/dma/mapping.c:190 __dma_map_sg_attrs+0x81/0x90
  k|<...>
  k|<6>dma_mod: dma_map_sg(dev, sg, 2, DMA_FROM_DEVICE) = 0
  k|<6>dma_mod: 0 0, 0 0
  $ rmmod dma_mod
  $ insmod dma_mod.ko what=null
  2| Killed
  k|<1>BUG: kernel NULL pointer dereference, address: 0000000000000238
  k|<1>#PF: supervisor read access in kernel mode
  k|<1>#PF: error_code(0x0000) - not-present page
  k|<...>
  k|<4>Oops: 0000 [#1] PREEMPT SMP NOPTI
  k|<...>
  [137]
