#include "calls.h"
#include <linux/kdebug.h>
#include <linux/keyboard.h>
#include <linux/notifier.h>
#include <linux/oom.h>
#include <linux/reboot.h>
#include <linux/suspend.h>
#include <linux/vt_kern.h>
#include <linux/fb.h>
#include <linux/inetdevice.h>
#include <linux/netlink.h>
#include <linux/power_supply.h>
#include <linux/security.h>
#include <linux/acpi.h>
#include <net/addrconf.h>
#include <net/netevent.h>
#include <net/switchdev.h>
#include <net/dcbevent.h>
#include <asm/mce.h>

static int hear(struct notifier_block *nb, unsigned long action, void *data)
{
	pr_info("priority %d hears %lu %ld\n", nb->priority, action, (long)data);
	return action == 3 && nb->priority == 5 ? NOTIFY_STOP : action == 4 && nb->priority == 5 ? notifier_from_errno(-EBUSY) : NOTIFY_OK;
}
static struct notifier_block low = { .notifier_call = hear, .priority = -1 }, middle = { .notifier_call = hear }, high = { .notifier_call = hear, .priority = 5 };
static int quiet(struct notifier_block *nb, unsigned long action, void *data) { return NOTIFY_DONE; }
static ATOMIC_NOTIFIER_HEAD(atomic);
static BLOCKING_NOTIFIER_HEAD(blocking);
static RAW_NOTIFIER_HEAD(raw);

#define CHAIN(kind, head) do { \
	INT(kind##_notifier_chain_register(&head, &middle)); INT(kind##_notifier_chain_register(&head, &high)); INT(kind##_notifier_chain_register(&head, &low)); \
	HEX(kind##_notifier_call_chain(&head, 1, (void *)7)); HEX(kind##_notifier_call_chain(&head, 3, NULL)); HEX(kind##_notifier_call_chain(&head, 4, NULL)); \
	INT(kind##_notifier_chain_unregister(&head, &middle)); HEX(kind##_notifier_call_chain(&head, 2, NULL)); INT(kind##_notifier_chain_unregister(&head, &middle)); \
	INT(kind##_notifier_chain_unregister(&head, &high)); INT(kind##_notifier_chain_unregister(&head, &low)); HEX(kind##_notifier_call_chain(&head, 2, NULL)); } while (0)
#define PAIR(register, unregister) do { static struct notifier_block n_ = { .notifier_call = quiet }; INT(register(&n_)); INT(unregister(&n_)); INT(unregister(&n_)); } while (0)
#define VOID(register, unregister) do { static struct notifier_block n_ = { .notifier_call = quiet }; DO(register(&n_)); DO(unregister(&n_)); } while (0)

static int __init calls_init(void)
{
	struct srcu_notifier_head srcu;

	CHAIN(atomic, atomic);
	CHAIN(blocking, blocking);
	CHAIN(raw, raw);
	srcu_init_notifier_head(&srcu);
	NIL(srcu.head);
	srcu_cleanup_notifier_head(&srcu);
	PAIR(register_die_notifier, unregister_die_notifier);
	PAIR(register_reboot_notifier, unregister_reboot_notifier);
	PAIR(register_restart_handler, unregister_restart_handler);
	PAIR(register_oom_notifier, unregister_oom_notifier);
	PAIR(register_pm_notifier, unregister_pm_notifier);
	PAIR(register_keyboard_notifier, unregister_keyboard_notifier);
	PAIR(register_vt_notifier, unregister_vt_notifier);
	PAIR(register_inetaddr_notifier, unregister_inetaddr_notifier);
	PAIR(register_inetaddr_validator_notifier, unregister_inetaddr_validator_notifier);
	PAIR(register_inet6addr_notifier, unregister_inet6addr_notifier);
	PAIR(register_inet6addr_validator_notifier, unregister_inet6addr_validator_notifier);
	PAIR(register_netevent_notifier, unregister_netevent_notifier);
	PAIR(netlink_register_notifier, netlink_unregister_notifier);
	PAIR(register_switchdev_notifier, unregister_switchdev_notifier);
	PAIR(register_switchdev_blocking_notifier, unregister_switchdev_blocking_notifier);
	PAIR(register_blocking_lsm_notifier, unregister_blocking_lsm_notifier);
	PAIR(register_acpi_notifier, unregister_acpi_notifier);
	PAIR(register_dcbevent_notifier, unregister_dcbevent_notifier);
	VOID(power_supply_reg_notifier, power_supply_unreg_notifier);
	PAIR(fb_register_client, fb_unregister_client);
	VOID(mce_register_decode_chain, mce_unregister_decode_chain);
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
