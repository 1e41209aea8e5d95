# variables of the kernel, and what is called by few modules
  $ insmod calls/kernel_odds.ko
  k|<4>kernel_odds: loading out-of-tree module taints kernel.
  k|<5>kernel_odds: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>kernel_odds: fg_console = 0
  k|<6>kernel_odds: fips_enabled = 0
  k|<6>kernel_odds: reset_devices = 0
  k|<6>kernel_odds: sys_tz.tz_minuteswest = 0
  k|<6>kernel_odds: pci_pci_problems = 4
  k|<6>kernel_odds: edac_op_state = -1
  k|<6>kernel_odds: x86_hyper_type = 0
  k|<6>kernel_odds: xen_domain_type = 0
  k|<6>kernel_odds: efi.flags != 0 = 0
  k|<6>kernel_odds: vmalloc_base = 0xffffc90000000000
  k|<6>kernel_odds: page_offset_base = 0xffff888000000000
  k|<6>kernel_odds: vmemmap_base = 0xffffea0000000000
  k|<6>kernel_odds: atomic_notifier_chain_register(&panic_notifier_list, &nb) = 0
  k|<6>kernel_odds: atomic_notifier_chain_unregister(&panic_notifier_list, &nb) = 0
  k|<6>kernel_odds: crypto_register_notifier(&cb) = 0
  k|<6>kernel_odds: crypto_unregister_notifier(&cb) = 0
  k|<6>kernel_odds: zpool_unregister_driver(&pool) = 0
  k|<6>kernel_odds: zlib_inflate_workspacesize() = 42312
  k|<6>kernel_odds: dma_set_mask(&pdev->dev, DMA_BIT_MASK(32)) = 0
  k|<6>kernel_odds: dma_set_coherent_mask(&pdev->dev, DMA_BIT_MASK(32)) = 0
  k|<6>kernel_odds: dev_get_regmap(&pdev->dev, NULL) is NULL
  k|<6>kernel_odds: bdi is there
  k|<6>kernel_odds: bdi_register(bdi, "calls-%d", 1) = 0
  k|<6>kernel_odds: fb_get_options("callsfb", &option) = 0
  k|<6>kernel_odds: option is NULL
  k|<6>kernel_odds: drm_firmware_drivers_only() = 0
  k|<6>kernel_odds: acpi_quirk_skip_acpi_ac_and_battery() = 0
  k|<6>kernel_odds: acpi_osi_is_win8() = 0
  k|<6>kernel_odds: module_refcount(THIS_MODULE) = 2
  k|<6>kernel_odds: module_refcount(THIS_MODULE) = 1
  k|<6>kernel_odds: !!__symbol_get("calls_no_such") = 0
  k|<4>failing symbol_get of non-GPLONLY symbol _printk.
  k|<6>kernel_odds: __symbol_get("_printk") is NULL
  k|<6>kernel_odds: kobject_set_name(&own.kobj, "calls_own_set") = 0
  k|<6>kernel_odds: kset_register(&own) = 0
  k|<6>kernel_odds: release calls_own_set
  $ rmmod kernel_odds
