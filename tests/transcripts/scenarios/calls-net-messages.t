# messages of netlink, which nobody listens to: lib/nlattr.c, net/netlink, net/core/rtnetlink.c
  $ insmod calls/net_messages.ko
  k|<4>net_messages: loading out-of-tree module taints kernel.
  k|<5>net_messages: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>net_messages: h = 0
  k|<6>net_messages: header: 24 bytes, 15 00 00 00 10 00 02 00 05 00 00 00 07 00 00 00 00 00 00 00 00 00 00 00
  k|<6>net_messages: nla_put(m, 1, 3, "abc") = 0
  k|<6>net_messages: nla_put(m, 2, 0, NULL) = 0
  k|<6>net_messages: __nla_put(m, 3, 1, "d")
  k|<6>net_messages: nla_put_64bit(m, 4, 8, "12345678", 9) = 0
  k|<6>net_messages: nla_put_nohdr(m, 1, "k") = 0
  k|<6>net_messages: nla_append(m, 2, "lm") = 0
  k|<6>net_messages: 94 bytes, 000000000000000007000100616263000400020005000300640000000c0004003132333435363738060005006566000005000600670000000c00070038373635
  k|<6>net_messages: 3433323168696a006b0000006c6d
  k|<6>net_messages: nla_find(a, m->len - 24, 1) = 0
  k|<6>net_messages: nla_find(a, m->len - 24, 4) = 20
  k|<6>net_messages: nla_find(a, m->len - 24, 77) = -1
  k|<6>net_messages: nla_put(m, 1, 4000, m->data) = -90
  k|<6>net_messages: nla_reserve(m, 1, 4000) is NULL
  k|<6>net_messages: nla_reserve_nohdr(m, 4000) is NULL
  k|<6>net_messages: nla_append(m, 4000, m->data) = -90
  k|<6>net_messages: nla_put_nohdr(m, 4000, m->data) = -90
  k|<6>net_messages: rtnl_notify(m, &init_net, 0, RTNLGRP_LINK, NULL, GFP_KERNEL)
  k|<6>net_messages: rtnl_set_sk_err(&init_net, RTNLGRP_LINK, -ENOBUFS)
  k|<6>net_messages: genl_register_family(&family) = 0
  k|<6>net_messages: genlmsg_put(m, 9, 4, &family, NLM_F_ACK, 6) = 20
  k|<6>net_messages: generic: 24 bytes, 16 00 00 00 00 00 04 00 04 00 00 00 09 00 00 00 06 03 00 00 00 00 00 00
  k|<6>net_messages: genlmsg_multicast(&family, m, 0, 0, GFP_KERNEL) = -3
  k|<6>net_messages: genlmsg_multicast_allns(&family, m, 0, 0) = -3
  k|<6>net_messages: netlink_broadcast(init_net.genl_sock, m, 0, family.mcgrp_offset, GFP_KERNEL) = -3
  k|<6>net_messages: netlink_unicast(init_net.genl_sock, m, 4711, MSG_DONTWAIT) = -111
  k|<6>net_messages: netlink_has_listeners(init_net.genl_sock, family.mcgrp_offset) = 0
  k|<6>net_messages: netlink_set_err(init_net.genl_sock, 0, family.mcgrp_offset, -ENOBUFS) = 0
  k|<6>net_messages: genlmsg_put(m, 9, 4, &family, 0, 6) is NULL
  k|<6>net_messages: genl_unregister_family(&family) = 0
  k|<6>net_messages: m->dev->flags & IFF_UP = 0
  k|<6>net_messages: dev_queue_xmit(m) = 2
  $ rmmod net_messages
