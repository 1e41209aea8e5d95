# chains of whoever wants to know: kernel/notifier.c and the chains of many subsystems
  $ insmod calls/kernel_notifier.ko
  k|<4>kernel_notifier: loading out-of-tree module taints kernel.
  k|<5>kernel_notifier: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>kernel_notifier: atomic_notifier_chain_register(&atomic, &middle) = 0
  k|<6>kernel_notifier: atomic_notifier_chain_register(&atomic, &high) = 0
  k|<6>kernel_notifier: atomic_notifier_chain_register(&atomic, &low) = 0
  k|<6>kernel_notifier: priority 5 hears 1 7
  k|<6>kernel_notifier: priority 0 hears 1 7
  k|<6>kernel_notifier: priority -1 hears 1 7
  k|<6>kernel_notifier: atomic_notifier_call_chain(&atomic, 1, (void *)7) = 0x1
  k|<6>kernel_notifier: priority 5 hears 3 0
  k|<6>kernel_notifier: atomic_notifier_call_chain(&atomic, 3, NULL) = 0x8001
  k|<6>kernel_notifier: priority 5 hears 4 0
  k|<6>kernel_notifier: atomic_notifier_call_chain(&atomic, 4, NULL) = 0x8011
  k|<6>kernel_notifier: atomic_notifier_chain_unregister(&atomic, &middle) = 0
  k|<6>kernel_notifier: priority 5 hears 2 0
  k|<6>kernel_notifier: priority -1 hears 2 0
  k|<6>kernel_notifier: atomic_notifier_call_chain(&atomic, 2, NULL) = 0x1
  k|<6>kernel_notifier: atomic_notifier_chain_unregister(&atomic, &middle) = -2
  k|<6>kernel_notifier: atomic_notifier_chain_unregister(&atomic, &high) = 0
  k|<6>kernel_notifier: atomic_notifier_chain_unregister(&atomic, &low) = 0
  k|<6>kernel_notifier: atomic_notifier_call_chain(&atomic, 2, NULL) = 0x0
  k|<6>kernel_notifier: blocking_notifier_chain_register(&blocking, &middle) = 0
  k|<6>kernel_notifier: blocking_notifier_chain_register(&blocking, &high) = 0
  k|<6>kernel_notifier: blocking_notifier_chain_register(&blocking, &low) = 0
  k|<6>kernel_notifier: priority 5 hears 1 7
  k|<6>kernel_notifier: priority 0 hears 1 7
  k|<6>kernel_notifier: priority -1 hears 1 7
  k|<6>kernel_notifier: blocking_notifier_call_chain(&blocking, 1, (void *)7) = 0x1
  k|<6>kernel_notifier: priority 5 hears 3 0
  k|<6>kernel_notifier: blocking_notifier_call_chain(&blocking, 3, NULL) = 0x8001
  k|<6>kernel_notifier: priority 5 hears 4 0
  k|<6>kernel_notifier: blocking_notifier_call_chain(&blocking, 4, NULL) = 0x8011
  k|<6>kernel_notifier: blocking_notifier_chain_unregister(&blocking, &middle) = 0
  k|<6>kernel_notifier: priority 5 hears 2 0
  k|<6>kernel_notifier: priority -1 hears 2 0
  k|<6>kernel_notifier: blocking_notifier_call_chain(&blocking, 2, NULL) = 0x1
  k|<6>kernel_notifier: blocking_notifier_chain_unregister(&blocking, &middle) = -2
  k|<6>kernel_notifier: blocking_notifier_chain_unregister(&blocking, &high) = 0
  k|<6>kernel_notifier: blocking_notifier_chain_unregister(&blocking, &low) = 0
  k|<6>kernel_notifier: blocking_notifier_call_chain(&blocking, 2, NULL) = 0x0
  k|<6>kernel_notifier: raw_notifier_chain_register(&raw, &middle) = 0
  k|<6>kernel_notifier: raw_notifier_chain_register(&raw, &high) = 0
  k|<6>kernel_notifier: raw_notifier_chain_register(&raw, &low) = 0
  k|<6>kernel_notifier: priority 5 hears 1 7
  k|<6>kernel_notifier: priority 0 hears 1 7
  k|<6>kernel_notifier: priority -1 hears 1 7
  k|<6>kernel_notifier: raw_notifier_call_chain(&raw, 1, (void *)7) = 0x1
  k|<6>kernel_notifier: priority 5 hears 3 0
  k|<6>kernel_notifier: raw_notifier_call_chain(&raw, 3, NULL) = 0x8001
  k|<6>kernel_notifier: priority 5 hears 4 0
  k|<6>kernel_notifier: raw_notifier_call_chain(&raw, 4, NULL) = 0x8011
  k|<6>kernel_notifier: raw_notifier_chain_unregister(&raw, &middle) = 0
  k|<6>kernel_notifier: priority 5 hears 2 0
  k|<6>kernel_notifier: priority -1 hears 2 0
  k|<6>kernel_notifier: raw_notifier_call_chain(&raw, 2, NULL) = 0x1
  k|<6>kernel_notifier: raw_notifier_chain_unregister(&raw, &middle) = -2
  k|<6>kernel_notifier: raw_notifier_chain_unregister(&raw, &high) = 0
  k|<6>kernel_notifier: raw_notifier_chain_unregister(&raw, &low) = 0
  k|<6>kernel_notifier: raw_notifier_call_chain(&raw, 2, NULL) = 0x0
  k|<6>kernel_notifier: srcu.head is NULL
  k|<6>kernel_notifier: register_die_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_die_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_die_notifier(&n_) = -2
  k|<6>kernel_notifier: register_reboot_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_reboot_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_reboot_notifier(&n_) = -2
  k|<6>kernel_notifier: register_restart_handler(&n_) = 0
  k|<6>kernel_notifier: unregister_restart_handler(&n_) = 0
  k|<6>kernel_notifier: unregister_restart_handler(&n_) = -2
  k|<6>kernel_notifier: register_oom_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_oom_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_oom_notifier(&n_) = -2
  k|<6>kernel_notifier: register_pm_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_pm_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_pm_notifier(&n_) = -2
  k|<6>kernel_notifier: register_keyboard_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_keyboard_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_keyboard_notifier(&n_) = -2
  k|<6>kernel_notifier: register_vt_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_vt_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_vt_notifier(&n_) = -2
  k|<6>kernel_notifier: register_inetaddr_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_inetaddr_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_inetaddr_notifier(&n_) = -2
  k|<6>kernel_notifier: register_inetaddr_validator_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_inetaddr_validator_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_inetaddr_validator_notifier(&n_) = -2
  k|<6>kernel_notifier: register_inet6addr_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_inet6addr_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_inet6addr_notifier(&n_) = -2
  k|<6>kernel_notifier: register_inet6addr_validator_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_inet6addr_validator_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_inet6addr_validator_notifier(&n_) = -2
  k|<6>kernel_notifier: register_netevent_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_netevent_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_netevent_notifier(&n_) = -2
  k|<6>kernel_notifier: netlink_register_notifier(&n_) = 0
  k|<6>kernel_notifier: netlink_unregister_notifier(&n_) = 0
  k|<6>kernel_notifier: netlink_unregister_notifier(&n_) = -2
  k|<6>kernel_notifier: register_switchdev_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_switchdev_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_switchdev_notifier(&n_) = -2
  k|<6>kernel_notifier: register_switchdev_blocking_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_switchdev_blocking_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_switchdev_blocking_notifier(&n_) = -2
  k|<6>kernel_notifier: register_blocking_lsm_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_blocking_lsm_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_blocking_lsm_notifier(&n_) = -2
  k|<6>kernel_notifier: register_acpi_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_acpi_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_acpi_notifier(&n_) = -2
  k|<6>kernel_notifier: register_dcbevent_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_dcbevent_notifier(&n_) = 0
  k|<6>kernel_notifier: unregister_dcbevent_notifier(&n_) = -2
  k|<6>kernel_notifier: power_supply_reg_notifier(&n_)
  k|<6>kernel_notifier: power_supply_unreg_notifier(&n_)
  k|<6>kernel_notifier: fb_register_client(&n_) = 0
  k|<6>kernel_notifier: fb_unregister_client(&n_) = 0
  k|<6>kernel_notifier: fb_unregister_client(&n_) = -2
  k|<6>kernel_notifier: mce_register_decode_chain(&n_)
  k|<6>kernel_notifier: mce_unregister_decode_chain(&n_)
  $ rmmod kernel_notifier
