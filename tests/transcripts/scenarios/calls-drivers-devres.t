# what goes with a device, platform devices and drivers, interrupts, PCI: drivers/base/devres.c, platform.c, kernel/irq, drivers/pci/search.c
  $ insmod calls/drivers_devres.ko
  k|<4>drivers_devres: loading out-of-tree module taints kernel.
  k|<5>drivers_devres: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>drivers_devres: platform_device_add_data(made[0], "data", 5) = 0
  k|<6>drivers_devres: platform_device_add_data(made[0], NULL, 0) = 0
  k|<6>drivers_devres: platform_device_add_data(made[0], "again", 6) = 0
  k|<6>drivers_devres: platform_device_add(made[0]) = 0
  k|<6>drivers_devres: probe calls_platform 3
  k|<6>drivers_devres: memchr_inv(p, 0, 100) == NULL = 1
  k|<6>drivers_devres: devm_kmalloc(dev, 0, GFP_KERNEL) == ZERO_SIZE_PTR = 1
  k|<6>drivers_devres: devm_kstrdup(dev, "copied", GFP_KERNEL) = "copied"
  k|<6>drivers_devres: devm_kstrdup(dev, NULL, GFP_KERNEL) is NULL
  k|<6>drivers_devres: devm_kstrdup_const(dev, "const", GFP_KERNEL) = "const"
  k|<6>drivers_devres: devm_kmemdup(dev, "mem", 4, GFP_KERNEL) = "mem"
  k|<6>drivers_devres: devm_kasprintf(dev, GFP_KERNEL, "%s-%d", "fmt", 3) = "fmt-3"
  k|<6>drivers_devres: format(dev, "%x", 255) = "ff"
  k|<6>drivers_devres: devm_add_action(dev, action, (void *)1) = 0
  k|<6>drivers_devres: devm_add_action(dev, action, (void *)2) = 0
  k|<6>drivers_devres: devm_add_action(dev, action, (void *)3) = 0
  k|<6>drivers_devres: devm_remove_action(dev, action, (void *)2)
  k|<6>drivers_devres: action 3
  k|<6>drivers_devres: devm_release_action(dev, action, (void *)3)
  k|<6>drivers_devres: *(int *)devres_find(dev, freed, is, &v) = 2
  k|<6>drivers_devres: devres_find(dev, freed, is, &w) is NULL
  k|<6>drivers_devres: *(int *)p = 2
  k|<6>drivers_devres: resource 3 of calls_platform.3
  k|<6>drivers_devres: devres_release(dev, freed, is, &v) = 0
  k|<6>drivers_devres: devres_release(dev, freed, is, &v) = -2
  k|<6>drivers_devres: devres_destroy(dev, freed, is, &v) = 0
  k|<6>drivers_devres: devres_destroy(dev, freed, is, &v) = -2
  k|<6>drivers_devres: platform_get_irq_optional(pdev, 0) = -6
  k|<6>drivers_devres: platform_get_irq_byname_optional(pdev, "none") = -6
  k|<6>drivers_devres: dev->platform_data = "again"
  k|<6>drivers_devres: platform_driver_register(&driver) = 0
  k|<6>drivers_devres: probe calls_platform 5
  k|<6>drivers_devres: memchr_inv(p, 0, 100) == NULL = 1
  k|<6>drivers_devres: devm_kmalloc(dev, 0, GFP_KERNEL) == ZERO_SIZE_PTR = 1
  k|<6>drivers_devres: devm_kstrdup(dev, "copied", GFP_KERNEL) = "copied"
  k|<6>drivers_devres: devm_kstrdup(dev, NULL, GFP_KERNEL) is NULL
  k|<6>drivers_devres: devm_kstrdup_const(dev, "const", GFP_KERNEL) = "const"
  k|<6>drivers_devres: devm_kmemdup(dev, "mem", 4, GFP_KERNEL) = "mem"
  k|<6>drivers_devres: devm_kasprintf(dev, GFP_KERNEL, "%s-%d", "fmt", 3) = "fmt-3"
  k|<6>drivers_devres: format(dev, "%x", 255) = "ff"
  k|<6>drivers_devres: devm_add_action(dev, action, (void *)1) = 0
  k|<6>drivers_devres: devm_add_action(dev, action, (void *)2) = 0
  k|<6>drivers_devres: devm_add_action(dev, action, (void *)3) = 0
  k|<6>drivers_devres: devm_remove_action(dev, action, (void *)2)
  k|<6>drivers_devres: action 3
  k|<6>drivers_devres: devm_release_action(dev, action, (void *)3)
  k|<6>drivers_devres: *(int *)devres_find(dev, freed, is, &v) = 2
  k|<6>drivers_devres: devres_find(dev, freed, is, &w) is NULL
  k|<6>drivers_devres: *(int *)p = 2
  k|<6>drivers_devres: resource 3 of calls_platform.5
  k|<6>drivers_devres: devres_release(dev, freed, is, &v) = 0
  k|<6>drivers_devres: devres_release(dev, freed, is, &v) = -2
  k|<6>drivers_devres: devres_destroy(dev, freed, is, &v) = 0
  k|<6>drivers_devres: devres_destroy(dev, freed, is, &v) = -2
  k|<6>drivers_devres: platform_get_irq_optional(pdev, 0) = -6
  k|<6>drivers_devres: platform_get_irq_byname_optional(pdev, "none") = -6
  k|<4>calls_platform: probe of calls_platform.5 failed with error -5
  k|<6>drivers_devres: resource 1 of calls_platform.5
  k|<6>drivers_devres: action 1
  k|<6>drivers_devres: made[1]->dev.driver is NULL
  k|<6>drivers_devres: probe calls_platform 7
  k|<6>drivers_devres: memchr_inv(p, 0, 100) == NULL = 1
  k|<6>drivers_devres: devm_kmalloc(dev, 0, GFP_KERNEL) == ZERO_SIZE_PTR = 1
  k|<6>drivers_devres: devm_kstrdup(dev, "copied", GFP_KERNEL) = "copied"
  k|<6>drivers_devres: devm_kstrdup(dev, NULL, GFP_KERNEL) is NULL
  k|<6>drivers_devres: devm_kstrdup_const(dev, "const", GFP_KERNEL) = "const"
  k|<6>drivers_devres: devm_kmemdup(dev, "mem", 4, GFP_KERNEL) = "mem"
  k|<6>drivers_devres: devm_kasprintf(dev, GFP_KERNEL, "%s-%d", "fmt", 3) = "fmt-3"
  k|<6>drivers_devres: format(dev, "%x", 255) = "ff"
  k|<6>drivers_devres: devm_add_action(dev, action, (void *)1) = 0
  k|<6>drivers_devres: devm_add_action(dev, action, (void *)2) = 0
  k|<6>drivers_devres: devm_add_action(dev, action, (void *)3) = 0
  k|<6>drivers_devres: devm_remove_action(dev, action, (void *)2)
  k|<6>drivers_devres: action 3
  k|<6>drivers_devres: devm_release_action(dev, action, (void *)3)
  k|<6>drivers_devres: *(int *)devres_find(dev, freed, is, &v) = 2
  k|<6>drivers_devres: devres_find(dev, freed, is, &w) is NULL
  k|<6>drivers_devres: *(int *)p = 2
  k|<6>drivers_devres: resource 3 of calls_platform.7
  k|<6>drivers_devres: devres_release(dev, freed, is, &v) = 0
  k|<6>drivers_devres: devres_release(dev, freed, is, &v) = -2
  k|<6>drivers_devres: devres_destroy(dev, freed, is, &v) = 0
  k|<6>drivers_devres: devres_destroy(dev, freed, is, &v) = -2
  k|<6>drivers_devres: platform_get_irq_optional(pdev, 0) = 11
  k|<6>drivers_devres: platform_get_irq_byname_optional(pdev, "none") = -6
  k|<6>drivers_devres: dev->platform_data = "full"
  k|<6>drivers_devres: made[2]->num_resources = 2
  k|<6>drivers_devres: platform_register_drivers(both, 2) = 0
  k|<6>drivers_devres: probe calls_second -1
  k|<6>drivers_devres: memchr_inv(p, 0, 100) == NULL = 1
  k|<6>drivers_devres: devm_kmalloc(dev, 0, GFP_KERNEL) == ZERO_SIZE_PTR = 1
  k|<6>drivers_devres: devm_kstrdup(dev, "copied", GFP_KERNEL) = "copied"
  k|<6>drivers_devres: devm_kstrdup(dev, NULL, GFP_KERNEL) is NULL
  k|<6>drivers_devres: devm_kstrdup_const(dev, "const", GFP_KERNEL) = "const"
  k|<6>drivers_devres: devm_kmemdup(dev, "mem", 4, GFP_KERNEL) = "mem"
  k|<6>drivers_devres: devm_kasprintf(dev, GFP_KERNEL, "%s-%d", "fmt", 3) = "fmt-3"
  k|<6>drivers_devres: format(dev, "%x", 255) = "ff"
  k|<6>drivers_devres: devm_add_action(dev, action, (void *)1) = 0
  k|<6>drivers_devres: devm_add_action(dev, action, (void *)2) = 0
  k|<6>drivers_devres: devm_add_action(dev, action, (void *)3) = 0
  k|<6>drivers_devres: devm_remove_action(dev, action, (void *)2)
  k|<6>drivers_devres: action 3
  k|<6>drivers_devres: devm_release_action(dev, action, (void *)3)
  k|<6>drivers_devres: *(int *)devres_find(dev, freed, is, &v) = 2
  k|<6>drivers_devres: devres_find(dev, freed, is, &w) is NULL
  k|<6>drivers_devres: *(int *)p = 2
  k|<6>drivers_devres: resource 3 of calls_second
  k|<6>drivers_devres: devres_release(dev, freed, is, &v) = 0
  k|<6>drivers_devres: devres_release(dev, freed, is, &v) = -2
  k|<6>drivers_devres: devres_destroy(dev, freed, is, &v) = 0
  k|<6>drivers_devres: devres_destroy(dev, freed, is, &v) = -2
  k|<6>drivers_devres: platform_get_irq_optional(pdev, 0) = -6
  k|<6>drivers_devres: platform_get_irq_byname_optional(pdev, "none") = -6
  k|<6>drivers_devres: platform_device_register(&own) = 0
  k|<6>drivers_devres: probe calls_third 1
  k|<6>drivers_devres: memchr_inv(p, 0, 100) == NULL = 1
  k|<6>drivers_devres: devm_kmalloc(dev, 0, GFP_KERNEL) == ZERO_SIZE_PTR = 1
  k|<6>drivers_devres: devm_kstrdup(dev, "copied", GFP_KERNEL) = "copied"
  k|<6>drivers_devres: devm_kstrdup(dev, NULL, GFP_KERNEL) is NULL
  k|<6>drivers_devres: devm_kstrdup_const(dev, "const", GFP_KERNEL) = "const"
  k|<6>drivers_devres: devm_kmemdup(dev, "mem", 4, GFP_KERNEL) = "mem"
  k|<6>drivers_devres: devm_kasprintf(dev, GFP_KERNEL, "%s-%d", "fmt", 3) = "fmt-3"
  k|<6>drivers_devres: format(dev, "%x", 255) = "ff"
  k|<6>drivers_devres: devm_add_action(dev, action, (void *)1) = 0
  k|<6>drivers_devres: devm_add_action(dev, action, (void *)2) = 0
  k|<6>drivers_devres: devm_add_action(dev, action, (void *)3) = 0
  k|<6>drivers_devres: devm_remove_action(dev, action, (void *)2)
  k|<6>drivers_devres: action 3
  k|<6>drivers_devres: devm_release_action(dev, action, (void *)3)
  k|<6>drivers_devres: *(int *)devres_find(dev, freed, is, &v) = 2
  k|<6>drivers_devres: devres_find(dev, freed, is, &w) is NULL
  k|<6>drivers_devres: *(int *)p = 2
  k|<6>drivers_devres: resource 3 of calls_third.1
  k|<6>drivers_devres: devres_release(dev, freed, is, &v) = 0
  k|<6>drivers_devres: devres_release(dev, freed, is, &v) = -2
  k|<6>drivers_devres: devres_destroy(dev, freed, is, &v) = 0
  k|<6>drivers_devres: devres_destroy(dev, freed, is, &v) = -2
  k|<6>drivers_devres: platform_get_irq_optional(pdev, 0) = -6
  k|<6>drivers_devres: platform_get_irq_byname_optional(pdev, "none") = -6
  k|<6>drivers_devres: probe calls_third 2
  k|<6>drivers_devres: memchr_inv(p, 0, 100) == NULL = 1
  k|<6>drivers_devres: devm_kmalloc(dev, 0, GFP_KERNEL) == ZERO_SIZE_PTR = 1
  k|<6>drivers_devres: devm_kstrdup(dev, "copied", GFP_KERNEL) = "copied"
  k|<6>drivers_devres: devm_kstrdup(dev, NULL, GFP_KERNEL) is NULL
  k|<6>drivers_devres: devm_kstrdup_const(dev, "const", GFP_KERNEL) = "const"
  k|<6>drivers_devres: devm_kmemdup(dev, "mem", 4, GFP_KERNEL) = "mem"
  k|<6>drivers_devres: devm_kasprintf(dev, GFP_KERNEL, "%s-%d", "fmt", 3) = "fmt-3"
  k|<6>drivers_devres: format(dev, "%x", 255) = "ff"
  k|<6>drivers_devres: devm_add_action(dev, action, (void *)1) = 0
  k|<6>drivers_devres: devm_add_action(dev, action, (void *)2) = 0
  k|<6>drivers_devres: devm_add_action(dev, action, (void *)3) = 0
  k|<6>drivers_devres: devm_remove_action(dev, action, (void *)2)
  k|<6>drivers_devres: action 3
  k|<6>drivers_devres: devm_release_action(dev, action, (void *)3)
  k|<6>drivers_devres: *(int *)devres_find(dev, freed, is, &v) = 2
  k|<6>drivers_devres: devres_find(dev, freed, is, &w) is NULL
  k|<6>drivers_devres: *(int *)p = 2
  k|<6>drivers_devres: resource 3 of calls_third.2
  k|<6>drivers_devres: devres_release(dev, freed, is, &v) = 0
  k|<6>drivers_devres: devres_release(dev, freed, is, &v) = -2
  k|<6>drivers_devres: devres_destroy(dev, freed, is, &v) = 0
  k|<6>drivers_devres: devres_destroy(dev, freed, is, &v) = -2
  k|<6>drivers_devres: platform_get_irq_optional(pdev, 0) = -6
  k|<6>drivers_devres: platform_get_irq_byname_optional(pdev, "none") = -6
  k|<6>drivers_devres: platform_add_devices(list, 2) = 0
  k|<6>drivers_devres: probe calls_fourth -1
  k|<6>drivers_devres: memchr_inv(p, 0, 100) == NULL = 1
  k|<6>drivers_devres: devm_kmalloc(dev, 0, GFP_KERNEL) == ZERO_SIZE_PTR = 1
  k|<6>drivers_devres: devm_kstrdup(dev, "copied", GFP_KERNEL) = "copied"
  k|<6>drivers_devres: devm_kstrdup(dev, NULL, GFP_KERNEL) is NULL
  k|<6>drivers_devres: devm_kstrdup_const(dev, "const", GFP_KERNEL) = "const"
  k|<6>drivers_devres: devm_kmemdup(dev, "mem", 4, GFP_KERNEL) = "mem"
  k|<6>drivers_devres: devm_kasprintf(dev, GFP_KERNEL, "%s-%d", "fmt", 3) = "fmt-3"
  k|<6>drivers_devres: format(dev, "%x", 255) = "ff"
  k|<6>drivers_devres: devm_add_action(dev, action, (void *)1) = 0
  k|<6>drivers_devres: devm_add_action(dev, action, (void *)2) = 0
  k|<6>drivers_devres: devm_add_action(dev, action, (void *)3) = 0
  k|<6>drivers_devres: devm_remove_action(dev, action, (void *)2)
  k|<6>drivers_devres: action 3
  k|<6>drivers_devres: devm_release_action(dev, action, (void *)3)
  k|<6>drivers_devres: *(int *)devres_find(dev, freed, is, &v) = 2
  k|<6>drivers_devres: devres_find(dev, freed, is, &w) is NULL
  k|<6>drivers_devres: *(int *)p = 2
  k|<6>drivers_devres: resource 3 of calls_fourth
  k|<6>drivers_devres: devres_release(dev, freed, is, &v) = 0
  k|<6>drivers_devres: devres_release(dev, freed, is, &v) = -2
  k|<6>drivers_devres: devres_destroy(dev, freed, is, &v) = 0
  k|<6>drivers_devres: devres_destroy(dev, freed, is, &v) = -2
  k|<6>drivers_devres: platform_get_irq_optional(pdev, 0) = -6
  k|<6>drivers_devres: platform_get_irq_byname_optional(pdev, "none") = -6
  k|<6>drivers_devres: IS_ERR(made[3]) = 0
  k|<6>drivers_devres: platform_driver_probe(&fifth, probe) = -19
  k|<6>drivers_devres: platform_bus_type.name = "platform"
  k|<6>drivers_devres: dev_name(&platform_bus) = "platform"
  k|<6>drivers_devres: devm_request_irq(dev, 1, handler, IRQF_SHARED, "calls", dev) = 0
  k|<6>drivers_devres: disable_irq(1)
  k|<6>drivers_devres: enable_irq(1)
  k|<6>drivers_devres: disable_irq_nosync(1)
  k|<6>drivers_devres: enable_irq(1)
  k|<6>drivers_devres: synchronize_irq(1)
  k|<6>drivers_devres: devm_request_irq(dev, 1000, handler, 0, "calls", dev) = -22
  k|<6>drivers_devres: pci_match_id(ids, &own) = 0
  k|<6>drivers_devres: pci_match_id(none, &own) = -1
  k|<6>drivers_devres: pci_match_id(any, &own) = 0
  k|<6>drivers_devres: pci_match_id(NULL, &own) is NULL
  k|<6>drivers_devres: pci_dev_get(NULL) is NULL
  k|<6>drivers_devres: pci_dev_present(none) = 0
  k|<6>drivers_devres: pci_get_class(PCI_CLASS_NOT_DEFINED_VGA << 8, NULL) is NULL
  k|<6>drivers_devres: pci_get_subsys(0x1234, 0x5678, PCI_ANY_ID, PCI_ANY_ID, NULL) is NULL
  $ rmmod drivers_devres
  k|<6>drivers_devres: remove calls_fourth -1
  k|<6>drivers_devres: resource 1 of calls_fourth
  k|<6>drivers_devres: action 1
  k|<6>drivers_devres: remove calls_third 2
  k|<6>drivers_devres: resource 1 of calls_third.2
  k|<6>drivers_devres: action 1
  k|<6>drivers_devres: release calls_third.2
  k|<6>drivers_devres: remove calls_third 1
  k|<6>drivers_devres: resource 1 of calls_third.1
  k|<6>drivers_devres: action 1
  k|<6>drivers_devres: release calls_third.1
  k|<6>drivers_devres: remove calls_second -1
  k|<6>drivers_devres: resource 1 of calls_second
  k|<6>drivers_devres: action 1
  k|<6>drivers_devres: release calls_second
  k|<6>drivers_devres: remove calls_platform 7
  k|<6>drivers_devres: resource 1 of calls_platform.7
  k|<6>drivers_devres: action 1
  k|<6>drivers_devres: remove calls_platform 3
  k|<6>drivers_devres: resource 1 of calls_platform.3
  k|<6>drivers_devres: action 1
