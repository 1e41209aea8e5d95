#include "calls.h"
#include <linux/net.h>
#include <linux/skbuff.h>
#include <linux/socket.h>
#include <net/sock.h>

/* A family that no module of Debian's has loaded: PF_ASH was given up long ago. */
#define FAMILY AF_ASH
static struct proto proto = { .name = "CALLS", .owner = THIS_MODULE, .obj_size = sizeof(struct sock) + 8 };

static int release(struct socket *s)
{
	struct sock *sk = s->sk;
	pr_info("release, wmem %d refs %d\n", sk_wmem_alloc_get(sk), module_refcount(THIS_MODULE));
	lock_sock(sk);
	INT(sock_owned_by_user(sk));
	sock_orphan(sk);
	s->sk = NULL;
	release_sock(sk);
	INT(sock_owned_by_user(sk));
	sock_put(sk);
	return 0;
}
static int bind(struct socket *s, struct sockaddr *a, int n) { pr_info("bind %d %d\n", a->sa_family, n); return -EADDRINUSE; }
static int listen(struct socket *s, int n) { pr_info("listen %d\n", n); return 0; }
static int connect(struct socket *s, struct sockaddr *a, int n, int flags) { pr_info("connect %d %#x\n", n, flags); return 0; }
static int shutdown(struct socket *s, int how) { pr_info("shutdown %d\n", how); return 0; }
static int name(struct socket *s, struct sockaddr *a, int peer) { a->sa_family = FAMILY; return 16 + peer; }
static int sendmsg(struct socket *s, struct msghdr *m, size_t n)
{
	char text[32] = "";
	int error = 0, big = s->sk->sk_sndbuf;
	struct sk_buff *skb = sock_alloc_send_skb(s->sk, n, m->msg_flags & MSG_DONTWAIT, &error);
	if (!skb) {
		pr_info("no packet: %d\n", error);
		return error;
	}
	INT(memcpy_from_msg(skb_put(skb, n), m, n));
	INT(skb_copy_bits(skb, 2, text, n - 2));
	INT(skb_copy_bits(skb, 3, text, n));
	pr_info("send %zu %s, owner %d, wmem %d\n", n, text, skb->sk == s->sk, sk_wmem_alloc_get(s->sk) == skb->truesize);
	s->sk->sk_sndbuf = 1;
	NIL(sock_alloc_send_skb(s->sk, n, 1, &error));
	INT(error);
	s->sk->sk_sndbuf = big;
	s->sk->sk_shutdown = SEND_SHUTDOWN;
	NIL(sock_alloc_send_skb(s->sk, n, 1, &error));
	INT(error);
	s->sk->sk_shutdown = 0;
	kfree_skb(skb);
	INT(sk_wmem_alloc_get(s->sk));
	return n;
}
static int recvmsg(struct socket *s, struct msghdr *m, size_t n, int flags)
{
	pr_info("receive %zu %#x\n", n, flags);
	return memcpy_to_msg(m, "received", min(n, (size_t)9)) ?: min(n, (size_t)9);
}
static const struct proto_ops ops = { .family = FAMILY, .owner = THIS_MODULE, .release = release, .bind = bind, .listen = listen,
	.connect = connect, .shutdown = shutdown, .getname = name, .sendmsg = sendmsg, .recvmsg = recvmsg };

static int create(struct net *net, struct socket *s, int protocol, int kern)
{
	struct sock *sk;
	pr_info("create type %d protocol %d kern %d refs %d\n", s->type, protocol, kern, module_refcount(THIS_MODULE));
	if (protocol)
		return -EPROTONOSUPPORT;
	s->ops = &ops;
	sk = sk_alloc(net, FAMILY, GFP_KERNEL, &proto, kern);
	sock_init_data(s, sk);
	return 0;
}
static const struct net_proto_family family = { .family = FAMILY, .create = create, .owner = THIS_MODULE };

static void look(struct socket *s)
{
	struct sock *sk = s->sk;
	INT(s->state);
	INT(sk->sk_family == FAMILY);
	INT(sk->sk_type);
	INT(sk->sk_state);
	INT(sk->sk_sndbuf);
	INT(sk->sk_rcvbuf);
	INT(sk->sk_rcvlowat);
	INT(sk->sk_rcvtimeo == MAX_SCHEDULE_TIMEOUT);
	INT(sk->sk_kern_sock);
	INT(sk->sk_net_refcnt);
	INT(refcount_read(&sk->sk_refcnt));
	INT(sock_flag(sk, SOCK_ZAPPED));
	INT(sock_flag(sk, SOCK_DEAD));
	INT(sk->sk_socket == s);
	INT(skb_queue_empty(&sk->sk_receive_queue));
	DO(sk->sk_data_ready(sk));
	DO(sk->sk_state_change(sk));
	DO(sk->sk_error_report(sk));
	INT(module_refcount(THIS_MODULE));
}

static int __init net_sockets_init(void)
{
	struct socket *s = NULL;
	struct sockaddr a = { .sa_family = FAMILY };
	char text[16] = "a message";
	struct kvec vec = { text, 10 };
	struct msghdr m = { };
	struct sk_buff *skb;
	INT(proto_register(&proto, 0));
	INT(sock_register(&family));
	INT(sock_create_kern(&init_net, FAMILY, SOCK_DGRAM, 7, &s));
	INT(module_refcount(THIS_MODULE));
	INT(sock_create_kern(&init_net, FAMILY, SOCK_DGRAM, 0, &s));
	look(s);
	INT(kernel_bind(s, &a, 14));
	INT(kernel_listen(s, 3));
	INT(kernel_connect(s, &a, 15, O_NONBLOCK));
	INT(kernel_getsockname(s, &a));
	INT(kernel_getpeername(s, &a));
	INT(kernel_sendmsg(s, &m, &vec, 1, 10));
	vec.iov_base = text, vec.iov_len = 10;
	iov_iter_kvec(&m.msg_iter, WRITE, &vec, 1, 10);
	INT(sock_sendmsg(s, &m));
	skb = alloc_skb(10, GFP_KERNEL);
	DO(skb_set_owner_w(skb, s->sk));
	INT(sk_wmem_alloc_get(s->sk) == skb->truesize);
	DO(kfree_skb(skb));
	INT(sk_wmem_alloc_get(s->sk));
	vec.iov_base = text, vec.iov_len = 10;
	INT(kernel_recvmsg(s, &m, &vec, 1, 10, MSG_DONTWAIT));
	STR(text);
	INT(kernel_sock_shutdown(s, SHUT_RDWR));
	DO(sock_release(s));
	INT(module_refcount(THIS_MODULE));
	DO(sock_unregister(FAMILY));
	DO(proto_unregister(&proto));
	return 0;
}
static void __exit net_sockets_exit(void) { }
module_init(net_sockets_init);
module_exit(net_sockets_exit);
