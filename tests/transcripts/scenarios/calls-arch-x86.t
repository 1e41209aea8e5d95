# calls through registers, the processor, the firmware's tables: arch/x86/lib/retpoline.S, drivers/firmware/dmi_scan.c
  $ insmod calls/arch_x86.ko
  k|<4>arch_x86: loading out-of-tree module taints kernel.
  k|<5>arch_x86: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>arch_x86: by rbx 42
  k|<6>arch_x86: by rcx 42
  k|<6>arch_x86: by rdx 42
  k|<6>arch_x86: by rsi 42
  k|<6>arch_x86: by rdi 42
  k|<6>arch_x86: by r8 42
  k|<6>arch_x86: by r9 42
  k|<6>arch_x86: by r10 42
  k|<6>arch_x86: by r11 42
  k|<6>arch_x86: by r12 42
  k|<6>arch_x86: by r13 42
  k|<6>arch_x86: by r14 42
  k|<6>arch_x86: by r15 42
  k|<6>arch_x86: by rbp 42
  k|<6>arch_x86: __sw_hweight32(0xf0f0f0f0) = 16
  k|<6>arch_x86: __sw_hweight64(-1UL) = 64
  k|<6>arch_x86: __sw_hweight64(0) = 0
  k|<6>arch_x86: x86_match_cpu(none) is NULL
  k|<6>arch_x86: irq_fpu_usable() = 1
  k|<6>arch_x86: boot_cpu_data.x86_vendor == X86_VENDOR_AMD = 1
  k|<6>arch_x86: cpu_has_xfeatures(XFEATURE_MASK_YMM, NULL) = 0
  k|<6>arch_x86: matched qemu
  k|<6>arch_x86: matched pc
  k|<6>arch_x86: dmi_check_system(qemu) = 2
  k|<6>arch_x86: first ? first->ident : "none" = "qemu"
  k|<6>arch_x86: dmi_get_system_info(DMI_SYS_VENDOR) = "QEMU"
  k|<6>arch_x86: dmi_get_system_info(DMI_BOARD_SERIAL) is NULL
  k|<6>arch_x86: dmi_match(DMI_SYS_VENDOR, "QEMU") = 1
  k|<6>arch_x86: dmi_match(DMI_SYS_VENDOR, "QE") = 0
  k|<6>arch_x86: dmi_name_in_vendors("QEMU") = 1
  k|<6>arch_x86: dmi_name_in_vendors("Nobody") = 0
  k|<6>arch_x86: dmi_find_device(DMI_DEV_TYPE_IPMI, NULL, NULL) is NULL
  k|<6>arch_x86: acpi_disabled = 0
  k|<6>arch_x86: acpi_dev_found("NONE0000") = 0
  k|<6>arch_x86: acpi_dev_present("NONE0000", NULL, -1) = 0
  k|<6>arch_x86: acpi_dev_get_next_match_dev(NULL, "NONE0000", NULL, -1) is NULL
  $ rmmod arch_x86
