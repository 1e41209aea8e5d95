# packets, devices and all that is registered in the network: net/core and others
  $ insmod calls/net_core.ko
  k|<4>net_core: loading out-of-tree module taints kernel.
  k|<5>net_core: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>net_core: skb_tailroom(a) >= 100 = 1
  k|<6>net_core: skb_headroom(c) >= NET_SKB_PAD = 1
  k|<6>net_core: a->len = 6
  k|<6>net_core: skb_pull(a, 2) = "llo"
  k|<6>net_core: a->len = 2
  k|<6>net_core: skb_push(a, 1) != NULL = 1
  k|<6>net_core: skb_queue_len(&queue) = 2
  k|<6>net_core: skb_queue_len(&queue) = 1
  k|<6>net_core: skb_dequeue(&queue) == c = 1
  k|<6>net_core: skb_dequeue_tail(&queue) is NULL
  k|<6>net_core: dev_valid_name("eth0") = 1
  k|<6>net_core: dev_valid_name("") = 0
  k|<6>net_core: dev_valid_name("a/b") = 0
  k|<6>net_core: dev_valid_name("a:b") = 0
  k|<6>net_core: dev_valid_name(".") = 0
  k|<6>net_core: dev_valid_name("..") = 0
  k|<6>net_core: dev_valid_name("123456789012345") = 1
  k|<6>net_core: dev_valid_name("1234567890123456") = 0
  k|<6>net_core: dev_valid_name("with space") = 0
  k|<6>net_core: register_netdevice_notifier(&nb) = 0
  k|<6>net_core: dev->name = "calls%d"
  k|<6>(unnamed net_device) (uninitialized): not registered
  k|<6>net_core: event 17 of calls0
  k|<6>net_core: event 5 of calls0
  k|<6>net_core: register_netdev(dev) = 0
  k|<6>net_core: dev->name = "calls0"
  k|<6>net_core: other->name = "eth%d"
  k|<6>net_core: dev_alloc_name(other, "calls%d") = 1
  k|<6>net_core: other->name = "calls1"
  k|<6>net_core: event 17 of calls1
  k|<6>net_core: event 5 of calls1
  k|<6>net_core: register_netdevice(other) = 0
  k|<6>net_core: other->name = "calls1"
  k|<6>net_core: __dev_get_by_name(&init_net, "calls0") is there
  k|<6>net_core: __dev_get_by_name(&init_net, "calls7") is NULL
  k|<6>net_core: dev_get_by_name_rcu(&init_net, "calls1") is there
  k|<6>net_core: dev_get_by_name_rcu(&init_net, "none") is NULL
  k|<0>calls0: emerg 1
  k|<1>calls0: alert 2
  k|<2>calls0: crit 3
  k|<3>calls0: err 4
  k|<4>calls0: warn 5
  k|<5>calls0: notice 6
  k|<6>calls0: info 7
  k|<6>(NULL net_device): nobody
  k|<6>net_core: dev->mtu = 1500
  k|<6>net_core: dev->addr_len = 6
  k|<6>net_core: dev->type = 1
  k|<6>net_core: dev->tx_queue_len = 1000
  k|<6>net_core: dev->ifindex > 0 = 1
  k|<6>net_core: dev->flags = 4098
  k|<6>net_core: eth_prepare_mac_addr_change(dev, &a) = 0
  k|<6>net_core: eth_prepare_mac_addr_change(dev, &bad) = -99
  k|<6>net_core: 02:00:00:00:00:02
  k|<6>net_core: eth_mac_addr(dev, &bad) = -99
  k|<6>net_core: eth_validate_addr(dev) = 0
  k|<6>net_core: 02:00:00:00:00:07
  k|<6>net_core: napi.weight = 64
  k|<6>net_core: gro_cells_init(&cells, dev) = 0
  k|<6>net_core: dst_cache_init(&cache, GFP_KERNEL) = 0
  k|<6>net_core: event 6 of calls0
  k|<6>net_core: dev->reg_state = 3
  k|<6>net_core: event 6 of calls1
  k|<6>net_core: event 17 of callsx
  k|<6>net_core: event 5 of callsx
  k|<6>net_core: register_netdev(dev) = 0
  k|<6>net_core: register_netdev(other) = -17
  k|<6>net_core: event 6 of callsx
  k|<6>net_core: unregister_netdevice_notifier(&nb) = 0
  k|<6>net_core: namespace begins, first 1
  k|<6>net_core: register_pernet_subsys(&subsys) = 0
  k|<6>net_core: id > 0 = 1
  k|<6>net_core: net_generic(&init_net, id) is there
  k|<6>net_core: namespace ends
  k|<6>net_core: namespace begins, first 1
  k|<6>net_core: register_pernet_device(&device) = 0
  k|<6>net_core: namespace ends
  k|<6>net_core: rtnl_link_register(&link) = 0
  k|<6>net_core: rtnl_link_register(&same) = -17
  k|<6>net_core: __rtnl_link_register(&link2) = 0
  k|<6>net_core: rtnl_register_module(THIS_MODULE, PF_UNSPEC, RTM_BASE + 100, doit, NULL, 0) = 0
  k|<6>net_core: rtnl_unregister(PF_UNSPEC, RTM_BASE + 100) = 0
  k|<6>net_core: rtnl_unregister(PF_UNSPEC, RTM_BASE + 100) = 0
  k|<6>net_core: nf_register_net_hook(&init_net, &hooks[0]) = 0
  k|<6>net_core: nf_register_net_hooks(&init_net, hooks, 2) = 0
  k|<6>net_core: genl_register_family(&family) = 0
  k|<6>net_core: genl_register_family(&twin) = -17
  k|<6>net_core: genl_unregister_family(&family) = 0
  k|<6>NET: Registered PF_SMC protocol family
  k|<6>net_core: sock_register(&af) = 0
  k|<6>NET: Registered PF_SMC protocol family
  k|<6>net_core: sock_register(&af) = -17
  k|<6>NET: Unregistered PF_SMC protocol family
  k|<6>net_core: proto_register(&proto, 1) = 0
  k|<6>net_core: inet_add_protocol(&ip4, 200) = 0
  k|<6>net_core: inet_add_protocol(&ip4b, 200) = -1
  k|<6>net_core: inet_del_protocol(&ip4b, 200) = -1
  k|<6>net_core: inet_del_protocol(&ip4, 200) = 0
  k|<6>net_core: inet6_add_protocol(&ip6, 200) = 0
  k|<6>net_core: inet6_del_protocol(&ip6, 200) = 0
  k|<6>net_core: sk is there
  k|<6>net_core: proc_create_net_single("calls_net", 0444, init_net.proc_net, show, NULL) is there
  k|<6>net_core: __ipv6_addr_type(&(struct in6_addr) IN6ADDR_LOOPBACK_INIT) & 0xffff = 17
  k|<6>net_core: __ipv6_addr_type(&(struct in6_addr) IN6ADDR_ANY_INIT) & 0xffff = 0
  k|<6>net_core: __ipv6_addr_type(&(struct in6_addr) { .s6_addr = { 0xfe, 0x80, [15] = 1 } }) & 0xffff = 33
  k|<6>net_core: __ipv6_addr_type(&(struct in6_addr) { .s6_addr = { 0xff, 0x02, [15] = 1 } }) & 0xffff = 34
  k|<6>net_core: __ipv6_addr_type(&(struct in6_addr) { .s6_addr = { 0x20, 0x01, [15] = 1 } }) & 0xffff = 1
  k|<6>net_core: __ipv6_addr_type(&(struct in6_addr) { .s6_addr = { [10] = 0xff, 0xff, 1, 2, 3, 4 } }) & 0xffff = 4096
  k|<6>net_core: list_empty(&net_namespace_list) = 0
  $ rmmod net_core
