# what modules register in the network: netfilter, protocols, queues, congestion control, tunnels
  $ insmod calls/net_registered.ko
  k|<4>net_registered: loading out-of-tree module taints kernel.
  k|<5>net_registered: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>net_registered: nf_log_register(NFPROTO_IPV4, &logger) = 0
  k|<6>net_registered: nf_log_register(NFPROTO_IPV4, &logger) = -16
  k|<6>net_registered: nf_log_set(&init_net, NFPROTO_IPV4, &logger) = 0
  k|<6>net_registered: nf_register_sockopt(&opts) = 0
  k|<6>net_registered: nf_register_sockopt(&overlap) = -16
  k|<6>net_registered: sock_diag_register(&diag) = 0
  k|<6>net_registered: sock_diag_register(&diag) = -16
  k|<6>net_registered: proto_register(&proto, 0) = 0
  k|<6>net_registered: register_qdisc(&qdisc) = 0
  k|<6>net_registered: register_qdisc(&qdisc2) = -17
  k|<6>net_registered: register_tcf_proto_ops(&cls) = 0
  k|<6>net_registered: register_tcf_proto_ops(&cls2) = -17
  k|<6>net_registered: tcf_em_register(&em) = 0
  k|<6>net_registered: tcf_em_register(&em) = -17
  k|<6>net_registered: tcp_register_congestion_control(&cong) = 0
  k|<5>TCP: callscong already registered or non-unique key
  k|<6>net_registered: tcp_register_congestion_control(&cong) = -17
  k|<3>TCP: callsbad does not implement required ops
  k|<6>net_registered: tcp_register_congestion_control(&bad) = -22
  k|<6>net_registered: tcp_register_ulp(&ulp) = 0
  k|<6>net_registered: tcp_register_ulp(&ulp) = -17
  k|<6>net_registered: lwtunnel_encap_add_ops(&lw, LWTUNNEL_ENCAP_MPLS) = 0
  k|<6>net_registered: lwtunnel_encap_add_ops(&lw, LWTUNNEL_ENCAP_MPLS) = -1
  k|<6>net_registered: lwtunnel_encap_add_ops(&lw, 1000) = -34
  k|<6>net_registered: lwtunnel_encap_del_ops(&lw, LWTUNNEL_ENCAP_MPLS) = 0
  k|<6>net_registered: lwtunnel_encap_del_ops(&lw, LWTUNNEL_ENCAP_MPLS) = -1
  k|<6>net_registered: xfrm4_protocol_register(&x4, IPPROTO_AH) = 0
  k|<6>net_registered: xfrm4_protocol_register(&x4, IPPROTO_AH) = -17
  k|<6>net_registered: xfrm4_protocol_register(&x4, 250) = -22
  k|<6>net_registered: xfrm4_protocol_deregister(&x4, IPPROTO_AH) = 0
  k|<3>xfrm4_protocol_deregister: can't remove protocol
  k|<6>net_registered: xfrm4_protocol_deregister(&x4, IPPROTO_AH) = -11
  k|<6>net_registered: h is there
  k|<6>net_registered: register_nexthop_notifier(&init_net, &nexthop, NULL) = 0
  k|<6>net_registered: unregister_nexthop_notifier(&init_net, &nexthop) = 0
  k|<6>net_registered: cn_add_callback(&id, "calls", NULL) = 0
  k|<6>net_registered: cn_add_callback(&id, "calls", NULL) = -22
  k|<6>net_registered: ipv6_mod_enabled() = 1
  $ rmmod net_registered
