# interrupts: who may have a line, and what a handler gets: kernel/irq
  $ insmod calls/kernel_irq.ko
  k|<4>kernel_irq: loading out-of-tree module taints kernel.
  k|<5>kernel_irq: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>kernel_irq: devm_request_irq(dev, 7, handler, 0, "managed", &one) = 0
  k|<6>kernel_irq: irq_has_action(7) = 1
  k|<6>kernel_irq: devm_free_irq(dev, 7, &one)
  k|<6>kernel_irq: irq_has_action(7) = 0
  k|<6>kernel_irq: irq_has_action(8) = 1
  k|<6>kernel_irq: irq_has_action(99) = 0
  k|<6>kernel_irq: devm_request_any_context_irq(dev, 7, handler, 0, NULL, &one) = 0
  k|<6>kernel_irq: devm_request_threaded_irq(dev, 6, handler, thread, 0, "woken", &two) = 0
  k|<6>kernel_irq: irq_wake_thread(6, &two)
  k|<6>kernel_irq: irq_wake_thread(7, &one)
  k|<6>kernel_irq: thread of irq 6: in_hardirq 0, irq/6-woken
  k|<6>kernel_irq: irq_has_action(7) = 0
  k|<6>kernel_irq: request_irq(5, handler, IRQF_SHARED, "nodev", NULL) = -22
  k|<6>kernel_irq: request_irq(5, NULL, 0, "nohandler", &one) = -22
  k|<6>kernel_irq: request_irq(2, handler, 0, "cascade", &one) = 0
  k|<6>kernel_irq: request_irq(100, handler, 0, "absent", &one) = -22
  k|<3>genirq: Flags mismatch irq 0. 00000000 (timer) vs. 00015a00 (timer)
  k|<6>kernel_irq: request_irq(0, handler, 0, "timer", &one) = -16
  k|<3>genirq: Flags mismatch irq 1. 00000000 (keyboard) vs. 00000080 (i8042)
  k|<6>kernel_irq: request_irq(1, handler, 0, "keyboard", &one) = -16
  k|<6>kernel_irq: request_irq(1, handler, IRQF_SHARED, "keyboard", &one) = 0
  k|<6>kernel_irq: request_irq(12, handler, IRQF_SHARED, "mouse", &one) = 0
  k|<3>genirq: Flags mismatch irq 8. 00000080 (clock) vs. 00000000 (rtc0)
  k|<6>kernel_irq: request_irq(8, handler, IRQF_SHARED, "clock", &one) = -16
  k|<6>kernel_irq: request_irq(9, handler, IRQF_SHARED, "acpi", &one) = 0
  k|<3>genirq: Flags mismatch irq 9. 00000081 (acpi) vs. 00000080 (acpi)
  k|<6>kernel_irq: request_irq(9, handler, IRQF_SHARED | IRQF_TRIGGER_RISING, "acpi", &one) = -16
  k|<3>genirq: Flags mismatch irq 9. 00002080 (acpi) vs. 00000080 (acpi)
  k|<6>kernel_irq: request_threaded_irq(9, NULL, thread, IRQF_SHARED | IRQF_ONESHOT, "acpi", &one) = -16
  k|<3>genirq: Threaded irq requested with handler=NULL and !ONESHOT for acpi (irq 9)
  k|<6>kernel_irq: request_threaded_irq(9, NULL, thread, IRQF_SHARED, "acpi", &one) = -22
  k|<6>kernel_irq: request_irq(3, handler, 0, "serial", &one) = 0
  k|<3>genirq: Flags mismatch irq 4. 00000000 (serial) vs. 00000000 (ttyS0)
  k|<6>kernel_irq: request_irq(4, handler, 0, "serial", &one) = -16
  k|<6>kernel_irq: handler of irq 12, in_hardirq 1, irqs_disabled 1
  k|<6>kernel_irq: handler of irq 1, in_hardirq 1, irqs_disabled 1
  k|<6>kernel_irq: request_irq(IRQ_NOTCONNECTED, handler, 0, "none", &one) = -107
  k|<6>kernel_irq: request_irq(5, handler, 0, "five", &one) = 0
  k|<3>genirq: Flags mismatch irq 5. 00000080 (five_too) vs. 00000000 (five)
  k|<6>kernel_irq: request_irq(5, handler, IRQF_SHARED, "five_too", &two) = -16
  k|<6>kernel_irq: request_irq(5, handler, IRQF_SHARED | IRQF_PROBE_SHARED, "probing", &two) = -16
  k|<6>kernel_irq: handler of irq 5, in_hardirq 1, irqs_disabled 1
  k|<6>kernel_irq: hits = 3
  k|<6>kernel_irq: hits = 3
  k|<6>kernel_irq: hits = 3
  k|<6>kernel_irq: hits = 3
  k|<6>kernel_irq: hits = 3
  k|<6>kernel_irq: hits = 3
  k|<6>kernel_irq: (char *)free_irq(5, &one) = "five"
  k|<6>kernel_irq: request_irq(5, handler, IRQF_SHARED, "shared one", &one) = 0
  k|<6>kernel_irq: request_irq(5, quiet, IRQF_SHARED, "shared two", &two) = 0
  k|<6>kernel_irq: handler of irq 5, in_hardirq 1, irqs_disabled 1
  k|<6>kernel_irq: hits = 5
  k|<0>__common_interrupt: 0.39 No irq handler for vector
  k|<6>kernel_irq: hits = 5
  k|<0>__common_interrupt: 0.40 No irq handler for vector
  k|<6>kernel_irq: hits = 5
  k|<6>kernel_irq: (char *)free_irq(5, &two) = "shared two"
  k|<6>kernel_irq: (char *)free_irq(5, &one) = "shared one"
  k|<4>------------[ cut here ]------------
  k|<4>Trying to free already-free IRQ 5
  k|<4>WARNING: CPU: 0 PID: 88 at kernel/irq/manage.c:1887 free_irq+0x1d3/0x340
  k|<...>
  k|<6>kernel_irq: free_irq(5, &one) is NULL
  k|<6>kernel_irq: request_threaded_irq(6, wake, thread, 0, "both", &one) = 0
  k|<6>kernel_irq: request_threaded_irq(7, NULL, thread, IRQF_ONESHOT, "lower", &two) = 0
  k|<3>genirq: Threaded irq requested with handler=NULL and !ONESHOT for no oneshot (irq 10)
  k|<6>kernel_irq: request_threaded_irq(10, NULL, thread, 0, "no oneshot", &two) = -22
  k|<6>kernel_irq: first half of irq 6
  k|<0>__common_interrupt: 0.40 No irq handler for vector
  k|<6>kernel_irq: threaded = 1
  k|<6>kernel_irq: thread of irq 6: in_hardirq 0, irq/6-both
  k|<6>kernel_irq: thread of irq 7: in_hardirq 0, irq/7-lower
  k|<6>kernel_irq: threaded = 3
  k|<6>kernel_irq: request_irq(5, bad, 0, "bad", &one) = 0
  k|<3>irq event 5: bogus return value 11
  k|<...>
  k|<3>handlers:
  k|<3>[<00000000578d0b35>] bad [kernel_irq]
  k|<6>kernel_irq: hits = 6
  k|<0>__common_interrupt: 0.40 No irq handler for vector
  k|<0>__common_interrupt: 0.41 No irq handler for vector
  k|<6>kernel_irq: hits = 6
  k|<6>kernel_irq: request_irq(6, handler, 0, "edge", &one) = 0
  k|<6>kernel_irq: handler of irq 6, in_hardirq 1, irqs_disabled 1
  k|<6>kernel_irq: enable_irq(6)
  k|<6>kernel_irq: enable_irq(6)
  k|<6>kernel_irq: handler of irq 6, in_hardirq 1, irqs_disabled 1
  k|<6>kernel_irq: enable_irq(6)
  k|<4>------------[ cut here ]------------
  k|<4>Unbalanced enable for IRQ 6
  k|<4>WARNING: CPU: 0 PID: 88 at kernel/irq/manage.c:781 __enable_irq+0x37/0x60
  k|<...>
  k|<6>kernel_irq: enable_irq(6)
  k|<6>kernel_irq: request_irq(6, wake, 0, "no thread", &one) = 0
  k|<6>kernel_irq: first half of irq 6
  k|<4>IRQ 6 device no thread returned IRQ_WAKE_THREAD but no thread function available.
  k|<6>kernel_irq: first half of irq 6
  k|<6>kernel_irq: request_any_context_irq(5, handler, 0, "any", &one) = 0
  k|<6>kernel_irq: request_irq(11, handler, IRQF_NO_AUTOEN, "later", &one) = 0
  k|<6>kernel_irq: irq_set_irq_type(11, IRQ_TYPE_EDGE_RISING) = 0
  k|<6>kernel_irq: irq_set_irq_wake(11, 1) = 0
  $ grep -E 'CPU| (1|2|5|6|7|8|9|10|11|12):' /proc/interrupts
             CPU0       
    1:         10   IO-APIC   1-edge      i8042, keyboard
    2:          0    XT-PIC      cascade
    5:          3   IO-APIC   5-fasteoi 
    6:          5   IO-APIC   6-edge    
    7:          1   IO-APIC   7-edge    
    8:          1   IO-APIC   8-edge      rtc0
    9:          1   IO-APIC   9-fasteoi   acpi
   11:          0   IO-APIC  11-fasteoi   later
   12:          4   IO-APIC  12-edge      i8042, mouse
  $ rmmod kernel_irq
  k|<4>------------[ cut here ]------------
  k|<4>Trying to free already-free IRQ 9
  k|<4>WARNING: CPU: 0 PID: 39 at kernel/irq/manage.c:1887 free_irq+0x1d3/0x340
  k|<...>
  $ grep 11: /proc/interrupts
  [1]
