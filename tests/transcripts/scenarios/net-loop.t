# sockets of IPv4 over the loopback device
  $ insmod net_loop.ko
  k|<4>net_loop: loading out-of-tree module taints kernel.
  k|<5>net_loop: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>net_loop: sock_create_kern(&init_net, PF_INET, SOCK_DGRAM, IPPROTO_UDP, &s) = 0
  k|<6>net_loop: say(s, "away", address(0x0a000001, 7)) = -101
  k|<6>net_loop: CONNECT(s, 0x0a000001, 7) = -101
  k|<6>net_loop: dev_change_flags(lo, lo->flags | IFF_UP, NULL) = 0
  k|<6>net_loop: sock_create_kern(&init_net, PF_INET, SOCK_DGRAM, IPPROTO_UDP, &a) = 0
  k|<6>net_loop: sock_create_kern(&init_net, PF_INET, SOCK_DGRAM, 0, &b) = 0
  k|<6>net_loop: sock_create_kern(&init_net, PF_INET, SOCK_DGRAM, IPPROTO_UDP, &c) = 0
  k|<6>net_loop: type 2 state 1 protocol 17 family 2
  k|<6>net_loop: BIND(a, INADDR_LOOPBACK, 5555) = 0
  k|<6>net_loop: kernel_bind(b, address(INADDR_LOOPBACK, 5555), sizeof(struct sockaddr_in)) = -98
  k|<6>net_loop: BIND(b, INADDR_ANY, 5555) = -98
  k|<6>net_loop: BIND(b, 0x0a000001, 5556) = -99
  k|<6>net_loop: kernel_bind(b, address(INADDR_ANY, 0), 4) = -22
  k|<6>net_loop: BIND(b, INADDR_ANY, 0) = 0
  k|<6>net_loop: BIND(b, INADDR_ANY, 7777) = -22
  k|<6>net_loop: kernel_getsockname(a, (struct sockaddr *)&name) = 16
  k|<6>net_loop: named 127.0.0.1:5555
  k|<6>net_loop: kernel_getsockname(b, (struct sockaddr *)&name) = 16
  k|<6>net_loop: 0.0.0.0, has a port 1
  k|<6>net_loop: kernel_getpeername(a, (struct sockaddr *)&name) = -107
  k|<6>net_loop: say(b, "hello", address(INADDR_LOOPBACK, 5555)) = 5
  k|<6>net_loop: say(b, "second message", address(INADDR_LOOPBACK, 5555)) = 14
  k|<6>net_loop: say(b, "", address(INADDR_LOOPBACK, 5555)) = 0
  k|<6>net_loop: heard 5 "hello" flags 0 from 127.0.0.1, 16 bytes of name, port known 1
  k|<6>net_loop: heard 6 "second" flags 20 from 127.0.0.1, 16 bytes of name, port known 1
  k|<6>net_loop: heard 0 "" flags 0 from 127.0.0.1, 16 bytes of name, port known 1
  k|<6>net_loop: heard -11 "" flags 0 from 0.0.0.0, 0 bytes of name, port known 0
  k|<6>net_loop: heard -11 "" flags 0 from 0.0.0.0, 0 bytes of name, port known 0
  k|<6>net_loop: say(b, "to nobody", address(INADDR_LOOPBACK, 6666)) = 9
  k|<6>net_loop: say(b, "where to", NULL) = -89
  k|<6>net_loop: say(b, "port 0", address(INADDR_LOOPBACK, 0)) = -22
  k|<6>net_loop: CONNECT(c, INADDR_LOOPBACK, 5555) = 0
  k|<6>net_loop: kernel_getpeername(c, (struct sockaddr *)&name) = 16
  k|<6>net_loop: peer 127.0.0.1:5555
  k|<6>net_loop: kernel_getsockname(c, (struct sockaddr *)&name) = 16
  k|<6>net_loop: own 127.0.0.1, state 1
  k|<6>net_loop: say(c, "connected", NULL) = 9
  k|<6>net_loop: heard 9 "connected" flags 0 from 127.0.0.1, 16 bytes of name, port known 1
  k|<6>net_loop: heard 9 "connected" flags 0 from 127.0.0.1, 16 bytes of name, port known 1
  k|<6>net_loop: say(b, "not for c", (struct sockaddr *)&name) = 9
  k|<6>net_loop: heard -11 "" flags 0 from 0.0.0.0, 0 bytes of name, port known 0
  k|<6>net_loop: say(c, "refused", NULL) = 7
  k|<6>net_loop: say(c, "told", NULL) = -111
  k|<6>net_loop: say(c, "not told twice", NULL) = 14
  k|<6>net_loop: heard -111 "" flags 0 from 0.0.0.0, 0 bytes of name, port known 0
  k|<6>net_loop: kernel_listen(b, 1) = -95
  k|<6>net_loop: sock_create_kern(&init_net, PF_INET, SOCK_STREAM, IPPROTO_TCP, &listener) = 0
  k|<6>net_loop: sock_create_kern(&init_net, PF_INET, SOCK_STREAM, IPPROTO_TCP, &c) = 0
  k|<6>net_loop: operations 1
  k|<6>net_loop: type 1 state 1 protocol 6 sk_state 7
  k|<6>net_loop: kernel_accept(listener, &s, O_NONBLOCK) = -22
  k|<6>net_loop: say(c, "early", NULL) = -32
  k|<6>net_loop: heard -107 "" flags 0 from 0.0.0.0, 0 bytes of name, port known 0
  k|<6>net_loop: CONNECT(c, INADDR_LOOPBACK, 8080) = -111
  k|<6>net_loop: state 1
  k|<6>net_loop: BIND(listener, INADDR_ANY, 8080) = 0
  k|<6>net_loop: kernel_listen(listener, 5) = 0
  k|<6>net_loop: sk_state 10
  k|<6>net_loop: kernel_accept(listener, &s, O_NONBLOCK) = -11
  k|<6>net_loop: accepted 0
  k|<6>net_loop: kernel_connect(c, address(INADDR_LOOPBACK, 8080), sizeof(struct sockaddr_in), 0) = 0
  k|<6>net_loop: state 3 sk_state 1
  k|<6>net_loop: CONNECT(c, INADDR_LOOPBACK, 8080) = -106
  k|<6>net_loop: kernel_getpeername(c, (struct sockaddr *)&name) = 16
  k|<6>net_loop: peer 127.0.0.1:8080
  k|<6>net_loop: say(c, "first", NULL) = 5
  k|<6>net_loop: heard 5 "first" flags 0 from 0.0.0.0, 0 bytes of name, port known 0
  k|<6>net_loop: answer 6
  k|<6>net_loop: heard 6 "answer" flags 0 from 0.0.0.0, 0 bytes of name, port known 0
  k|<6>net_loop: say(c, "second and long", NULL) = 15
  k|<6>net_loop: heard 15 "second and long" flags 0 from 0.0.0.0, 0 bytes of name, port known 0
  k|<6>net_loop: answer 6
  k|<6>net_loop: heard 3 "ans" flags 0 from 0.0.0.0, 0 bytes of name, port known 0
  k|<6>net_loop: heard 3 "wer" flags 0 from 0.0.0.0, 0 bytes of name, port known 0
  k|<6>net_loop: heard -11 "" flags 0 from 0.0.0.0, 0 bytes of name, port known 0
  k|<6>net_loop: kernel_sock_shutdown(c, SHUT_WR) = 0
  k|<6>net_loop: heard 0 "" flags 0 from 0.0.0.0, 0 bytes of name, port known 0
  k|<6>net_loop: kernel_sock_shutdown(s, SHUT_RDWR) = 0
  k|<6>net_loop: say(c, "after", NULL) = -32
  k|<6>net_loop: heard 0 "" flags 0 from 0.0.0.0, 0 bytes of name, port known 0
  k|<6>net_loop: sk_state 7
  k|<6>net_loop: sock_create_kern(&init_net, PF_INET, SOCK_STREAM, IPPROTO_TCP, &c) = 0
  k|<6>net_loop: CONNECT(c, INADDR_LOOPBACK, 8080) = 0
  k|<6>net_loop: say(c, "waits in a queue", NULL) = 16
  k|<6>net_loop: kernel_accept(listener, &s, 0) = 0
  k|<6>net_loop: accepted: state 3 type 1 sk_state 1
  k|<6>net_loop: kernel_getsockname(s, (struct sockaddr *)&name) = 16
  k|<6>net_loop: own 127.0.0.1:8080
  k|<6>net_loop: heard 16 "waits in a queue" flags 0 from 0.0.0.0, 0 bytes of name, port known 0
  k|<6>net_loop: heard 0 "" flags 0 from 0.0.0.0, 0 bytes of name, port known 0
  k|<6>net_loop: say(c, "to nobody", NULL) = 9
  k|<6>net_loop: say(c, "broken", NULL) = -32
  k|<6>net_loop: sock_create_kern(&init_net, PF_INET, SOCK_STREAM, IPPROTO_TCP, &c) = 0
  k|<6>net_loop: CONNECT(c, INADDR_LOOPBACK, 8080) = -111
  k|<6>net_loop: sock_create_kern(&init_net, PF_INET, SOCK_DGRAM, IPPROTO_UDP, &u) = 0
  k|<6>net_loop: u->ops->listen(u, 1) = -95
  k|<6>net_loop: u->ops->accept(u, u, 0, true) = -95
  k|<6>net_loop: u->ops->shutdown(u, SHUT_RDWR) = -107
  k|<6>net_loop: sock_create_kern(&init_net, PF_INET, SOCK_STREAM, IPPROTO_TCP, &l) = 0
  k|<6>net_loop: sock_create_kern(&init_net, PF_INET, SOCK_STREAM, IPPROTO_TCP, &c) = 0
  k|<6>net_loop: sock_create_kern(&init_net, PF_INET, SOCK_STREAM, IPPROTO_TCP, &s) = 0
  k|<6>net_loop: BIND(l, INADDR_LOOPBACK, 9999) = 0
  k|<6>net_loop: BIND(s, INADDR_LOOPBACK, 9999) = -98
  k|<6>net_loop: l->ops->listen(l, 0) = 0
  k|<6>net_loop: CONNECT(c, INADDR_LOOPBACK, 9999) = 0
  k|<6>net_loop: kernel_accept(l, &s, O_NONBLOCK) = 0
  k|<6>net_loop: s->ops->getname(s, (struct sockaddr *)&name, 1) = 16
  k|<6>net_loop: peer 127.0.0.1
  k|<6>net_loop: l->ops->accept(l, l, O_NONBLOCK, true) = -11
  k|<6>net_loop: c->ops->sendmsg(c, &message, 8) = 8
  k|<6>net_loop: s->ops->recvmsg(s, &message, 8, MSG_DONTWAIT) = 8
  k|<6>net_loop: text directly
  k|<6>net_loop: sent 5
  k|<6>net_loop: sock_recvmsg(s, &message, MSG_DONTWAIT) = 5
  k|<6>net_loop: text again
  k|<6>net_loop: c->ops->shutdown(c, 7) = -22
  k|<6>net_loop: say(s, "unread", NULL) = 6
  k|<6>net_loop: say(s, "to nobody", NULL) = -104
  k|<6>net_loop: heard 0 "" flags 0 from 0.0.0.0, 0 bytes of name, port known 0
  k|<6>net_loop: l->ops->shutdown(l, SHUT_RDWR) = 0
  k|<6>net_loop: sock_create_kern(&init_net, PF_INET, SOCK_STREAM, IPPROTO_TCP, &listener) = 0
  k|<6>net_loop: sock_create_kern(&init_net, PF_INET, SOCK_STREAM, IPPROTO_TCP, &c) = 0
  k|<6>net_loop: BIND(listener, INADDR_ANY, 8081) = 0
  k|<6>net_loop: kernel_listen(listener, 5) = 0
  k|<6>net_loop: CONNECT(c, INADDR_LOOPBACK, 8081) = 0
  k|<6>net_loop: kernel_sock_shutdown(listener, SHUT_WR) = 0
  k|<6>net_loop: kernel_sock_shutdown(listener, SHUT_RDWR) = 0
  k|<6>net_loop: sk_state 7
  k|<6>net_loop: heard -104 "" flags 0 from 0.0.0.0, 0 bytes of name, port known 0
  k|<6>net_loop: kernel_listen(listener, 5) = 0
  k|<6>net_loop: kernel_sock_shutdown(listener, SHUT_RDWR) = 0
  k|<6>net_loop: accepted -22
  k|<6>net_loop: sock_create_kern(&init_net, PF_INET, SOCK_DGRAM, IPPROTO_UDP, &s) = 0
  k|<6>net_loop: say(s, "away", address(0x0a000001, 7)) = -101
  k|<6>net_loop: CONNECT(s, 0x0a000001, 7) = -101
  $ rmmod net_loop
