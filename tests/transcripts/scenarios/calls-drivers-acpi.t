# names in ACPI's namespace: drivers/acpi
  $ insmod calls/drivers_acpi.ko
  k|<4>drivers_acpi: loading out-of-tree module taints kernel.
  k|<5>drivers_acpi: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>drivers_acpi: \_SB: 0x0
  k|<6>drivers_acpi: \_SB.PCI0: 0x0
  k|<6>drivers_acpi: \_SB_.PCI0._HID: 0x0
  k|<6>drivers_acpi: \_SB.PCCH: 0x5
  k|<6>drivers_acpi: PCI0: 0x1001
  k|<6>drivers_acpi: \_SB.LNKA._STA: 0x0
  k|<6>drivers_acpi: \: 0x0
  k|<6>drivers_acpi: acpi_get_handle(NULL, "\\_SB", &sb) = 0
  k|<6>drivers_acpi: acpi_get_handle(sb, "PCI0", &h) = 0
  k|<6>drivers_acpi: acpi_get_handle(sb, "PCI0._UID", &h) = 0
  k|<6>drivers_acpi: acpi_get_handle(sb, "NONE", &h) = 5
  k|<6>drivers_acpi: acpi_get_handle(sb, NULL, &h) = 0x1001
  k|<6>drivers_acpi: acpi_get_handle(sb, "PCI0", NULL) = 0x1001
  k|<6>drivers_acpi: acpi_has_method(sb, "PCCH") = 0
  k|<6>drivers_acpi: acpi_has_method(sb, "IQCR") = 1
  k|<6>drivers_acpi: PNP0C0F at 2
  k|<6>drivers_acpi: PNP0C0F at 2
  k|<6>drivers_acpi: PNP0C0F at 2
  k|<6>drivers_acpi: PNP0C0F at 2
  k|<6>drivers_acpi: PNP0C0F at 2
  k|<6>drivers_acpi: acpi_walk_namespace(ACPI_TYPE_DEVICE, ACPI_ROOT_OBJECT, ACPI_UINT32_MAX, seen, NULL, "PNP0C0F", NULL) = 0
  k|<6>drivers_acpi: PNP0A03 at 2
  k|<6>drivers_acpi: acpi_walk_namespace(ACPI_TYPE_DEVICE, ACPI_ROOT_OBJECT, ACPI_UINT32_MAX, NULL, seen, "PNP0A03", NULL) = 0
  k|<6>drivers_acpi: acpi_walk_namespace(ACPI_TYPE_DEVICE, ACPI_ROOT_OBJECT, ACPI_UINT32_MAX, seen, NULL, "device-none", NULL) = 0
  k|<6>drivers_acpi: acpi_walk_namespace(ACPI_TYPE_ANY, sb, 1, count, NULL, NULL, NULL) = 0
  k|<6>drivers_acpi: objects = 14
  k|<6>drivers_acpi: acpi_walk_namespace(ACPI_TYPE_DEVICE, sb, 1, first, NULL, NULL, &found) = 0
  k|<6>drivers_acpi: objects = 1
  k|<6>drivers_acpi: acpi_get_handle(sb, "PCI0", &h) = 0
  k|<6>drivers_acpi: h == found = 1
  k|<6>drivers_acpi: acpi_walk_namespace(ACPI_TYPE_ANY, sb, 9, flat, NULL, NULL, NULL) = 0
  k|<6>drivers_acpi: objects = 1
  k|<6>drivers_acpi: acpi_walk_namespace(ACPI_TYPE_ANY, sb, 9, fails, NULL, NULL, NULL) = 0x10
  k|<6>drivers_acpi: acpi_walk_namespace(ACPI_TYPE_ANY, sb, 0, count, NULL, NULL, NULL) = 0x1001
  k|<6>drivers_acpi: acpi_walk_namespace(ACPI_TYPE_ANY, sb, 1, NULL, NULL, NULL, NULL) = 0x1001
  k|<6>drivers_acpi: acpi_get_handle(sb, "PCI0._HID", &h) = 0
  k|<6>drivers_acpi: acpi_fetch_acpi_dev(h) is NULL
  k|<6>drivers_acpi: acpi_device_hid(acpi_fetch_acpi_dev(found)) = "PNP0A03"
  k|<6>drivers_acpi: acpi_device_hid(acpi_fetch_acpi_dev(sb)) = "LNXSYBUS"
  k|<6>drivers_acpi: entry = proc_mkdir("calls", acpi_root_dir) is there
  $ rmmod drivers_acpi
