# sockets of a family that a module has, for the module: net/socket.c, net/core/sock.c
  $ insmod calls/net_sockets.ko
  k|<4>net_sockets: loading out-of-tree module taints kernel.
  k|<5>net_sockets: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>net_sockets: proto_register(&proto, 0) = 0
  k|<6>NET: Registered PF_ASH protocol family
  k|<6>net_sockets: sock_register(&family) = 0
  k|<6>net_sockets: create type 2 protocol 7 kern 1 refs 2
  k|<6>net_sockets: sock_create_kern(&init_net, FAMILY, SOCK_DGRAM, 7, &s) = -93
  k|<6>net_sockets: module_refcount(THIS_MODULE) = 1
  k|<6>net_sockets: create type 2 protocol 0 kern 1 refs 2
  k|<6>net_sockets: sock_create_kern(&init_net, FAMILY, SOCK_DGRAM, 0, &s) = 0
  k|<6>net_sockets: s->state = 1
  k|<6>net_sockets: sk->sk_family == FAMILY = 1
  k|<6>net_sockets: sk->sk_type = 2
  k|<6>net_sockets: sk->sk_state = 7
  k|<6>net_sockets: sk->sk_sndbuf = 212992
  k|<6>net_sockets: sk->sk_rcvbuf = 212992
  k|<6>net_sockets: sk->sk_rcvlowat = 1
  k|<6>net_sockets: sk->sk_rcvtimeo == MAX_SCHEDULE_TIMEOUT = 1
  k|<6>net_sockets: sk->sk_kern_sock = 1
  k|<6>net_sockets: sk->sk_net_refcnt = 0
  k|<6>net_sockets: refcount_read(&sk->sk_refcnt) = 1
  k|<6>net_sockets: sock_flag(sk, SOCK_ZAPPED) = 1
  k|<6>net_sockets: sock_flag(sk, SOCK_DEAD) = 0
  k|<6>net_sockets: sk->sk_socket == s = 1
  k|<6>net_sockets: skb_queue_empty(&sk->sk_receive_queue) = 1
  k|<6>net_sockets: sk->sk_data_ready(sk)
  k|<6>net_sockets: sk->sk_state_change(sk)
  k|<6>net_sockets: sk->sk_error_report(sk)
  k|<6>net_sockets: module_refcount(THIS_MODULE) = 3
  k|<6>net_sockets: bind 18 14
  k|<6>net_sockets: kernel_bind(s, &a, 14) = -98
  k|<6>net_sockets: listen 3
  k|<6>net_sockets: kernel_listen(s, 3) = 0
  k|<6>net_sockets: connect 15 0x800
  k|<6>net_sockets: kernel_connect(s, &a, 15, O_NONBLOCK) = 0
  k|<6>net_sockets: kernel_getsockname(s, &a) = 16
  k|<6>net_sockets: kernel_getpeername(s, &a) = 17
  k|<6>net_sockets: memcpy_from_msg(skb_put(skb, n), m, n) = 0
  k|<6>net_sockets: skb_copy_bits(skb, 2, text, n - 2) = 0
  k|<6>net_sockets: skb_copy_bits(skb, 3, text, n) = -14
  k|<6>net_sockets: send 10 message, owner 1, wmem 1
  k|<6>net_sockets: sock_alloc_send_skb(s->sk, n, 1, &error) is NULL
  k|<6>net_sockets: error = -11
  k|<6>net_sockets: sock_alloc_send_skb(s->sk, n, 1, &error) is NULL
  k|<6>net_sockets: error = -32
  k|<6>net_sockets: sk_wmem_alloc_get(s->sk) = 0
  k|<6>net_sockets: kernel_sendmsg(s, &m, &vec, 1, 10) = 10
  k|<6>net_sockets: memcpy_from_msg(skb_put(skb, n), m, n) = 0
  k|<6>net_sockets: skb_copy_bits(skb, 2, text, n - 2) = 0
  k|<6>net_sockets: skb_copy_bits(skb, 3, text, n) = -14
  k|<6>net_sockets: send 10 message, owner 1, wmem 1
  k|<6>net_sockets: sock_alloc_send_skb(s->sk, n, 1, &error) is NULL
  k|<6>net_sockets: error = -11
  k|<6>net_sockets: sock_alloc_send_skb(s->sk, n, 1, &error) is NULL
  k|<6>net_sockets: error = -32
  k|<6>net_sockets: sk_wmem_alloc_get(s->sk) = 0
  k|<6>net_sockets: sock_sendmsg(s, &m) = 10
  k|<6>net_sockets: skb_set_owner_w(skb, s->sk)
  k|<6>net_sockets: sk_wmem_alloc_get(s->sk) == skb->truesize = 1
  k|<6>net_sockets: kfree_skb(skb)
  k|<6>net_sockets: sk_wmem_alloc_get(s->sk) = 0
  k|<6>net_sockets: receive 10 0x40
  k|<6>net_sockets: kernel_recvmsg(s, &m, &vec, 1, 10, MSG_DONTWAIT) = 9
  k|<6>net_sockets: text = "received"
  k|<6>net_sockets: shutdown 2
  k|<6>net_sockets: kernel_sock_shutdown(s, SHUT_RDWR) = 0
  k|<6>net_sockets: release, wmem 0 refs 3
  k|<6>net_sockets: sock_owned_by_user(sk) = 1
  k|<6>net_sockets: sock_owned_by_user(sk) = 0
  k|<6>net_sockets: sock_release(s)
  k|<6>net_sockets: module_refcount(THIS_MODULE) = 1
  k|<6>NET: Unregistered PF_ASH protocol family
  k|<6>net_sockets: sock_unregister(FAMILY)
  k|<6>net_sockets: proto_unregister(&proto)
  $ rmmod net_sockets
