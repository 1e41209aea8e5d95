// SPDX-License-Identifier: GPL-2.0-or-later
/* Sockets of the kernel's own families that a module makes, over the loopback device: UDP and TCP of IPv4. */
#include <linux/delay.h>
#include <linux/in.h>
#include <linux/inet.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/net.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <net/sock.h>
#include <net/inet_common.h>
#include <net/tcp.h>

#define SAY(format, ...) pr_info("net_loop: " format "\n", ##__VA_ARGS__)
#define INT(call) SAY("%s = %d", #call, (int)(call))

static char text[64];

static struct sockaddr *address(u32 host, u16 port)
{
	static struct sockaddr_in place;

	memset(&place, 0, sizeof(place));
	place.sin_family = AF_INET;
	place.sin_addr.s_addr = htonl(host);
	place.sin_port = htons(port);
	return (struct sockaddr *)&place;
}

#define BIND(s, host, port) (s)->ops->bind(s, address(host, port), sizeof(struct sockaddr_in))
#define CONNECT(s, host, port) (s)->ops->connect(s, address(host, port), sizeof(struct sockaddr_in), 0)

static int say(struct socket *s, const char *words, struct sockaddr *to)
{
	struct msghdr message = { .msg_name = to, .msg_namelen = to ? sizeof(struct sockaddr_in) : 0, .msg_flags = MSG_NOSIGNAL };
	struct kvec part = { .iov_base = (void *)words, .iov_len = strlen(words) };

	return kernel_sendmsg(s, &message, &part, 1, part.iov_len);
}

static int hear(struct socket *s, int size, int flags)
{
	struct sockaddr_in from = { 0 };
	struct msghdr message = { .msg_name = &from };
	struct kvec part = { .iov_base = text, .iov_len = size };
	int found;

	memset(text, 0, sizeof(text));
	found = kernel_recvmsg(s, &message, &part, 1, size, flags);
	SAY("heard %d \"%s\" flags %x from %pI4, %d bytes of name, port known %d", found, text, message.msg_flags & ~MSG_NOSIGNAL,
	    &from.sin_addr, message.msg_namelen, !!from.sin_port);
	return found;
}

static void lo_up(void)
{
	struct net_device *lo = init_net.loopback_dev;

	rtnl_lock();
	INT(dev_change_flags(lo, lo->flags | IFF_UP, NULL));
	rtnl_unlock();
}

static void udp(void)
{
	struct socket *a, *b, *c;
	struct sockaddr_in name;

	INT(sock_create_kern(&init_net, PF_INET, SOCK_DGRAM, IPPROTO_UDP, &a));
	INT(sock_create_kern(&init_net, PF_INET, SOCK_DGRAM, 0, &b));
	INT(sock_create_kern(&init_net, PF_INET, SOCK_DGRAM, IPPROTO_UDP, &c));
	SAY("type %d state %d protocol %d family %d", a->type, a->state, a->sk->sk_protocol, a->sk->sk_family);
	INT(BIND(a, INADDR_LOOPBACK, 5555));
	INT(kernel_bind(b, address(INADDR_LOOPBACK, 5555), sizeof(struct sockaddr_in)));
	INT(BIND(b, INADDR_ANY, 5555));
	INT(BIND(b, 0x0a000001, 5556));
	INT(kernel_bind(b, address(INADDR_ANY, 0), 4));
	INT(BIND(b, INADDR_ANY, 0));
	INT(BIND(b, INADDR_ANY, 7777));
	INT(kernel_getsockname(a, (struct sockaddr *)&name));
	SAY("named %pISpc", &name);
	INT(kernel_getsockname(b, (struct sockaddr *)&name));
	SAY("%pI4, has a port %d", &name.sin_addr, ntohs(name.sin_port) >= 32768 && ntohs(name.sin_port) <= 60999);
	INT(kernel_getpeername(a, (struct sockaddr *)&name));
	INT(say(b, "hello", address(INADDR_LOOPBACK, 5555)));
	INT(say(b, "second message", address(INADDR_LOOPBACK, 5555)));
	INT(say(b, "", address(INADDR_LOOPBACK, 5555)));
	hear(a, 60, 0);
	hear(a, 6, 0);
	hear(a, 60, 0);
	hear(a, 60, MSG_DONTWAIT);
	a->sk->sk_rcvtimeo = 5;
	hear(a, 60, 0);
	INT(say(b, "to nobody", address(INADDR_LOOPBACK, 6666)));
	INT(say(b, "where to", NULL));
	INT(say(b, "port 0", address(INADDR_LOOPBACK, 0)));
	INT(CONNECT(c, INADDR_LOOPBACK, 5555));
	INT(kernel_getpeername(c, (struct sockaddr *)&name));
	SAY("peer %pISpc", &name);
	INT(kernel_getsockname(c, (struct sockaddr *)&name));
	SAY("own %pI4, state %d", &name.sin_addr, c->sk->sk_state);
	INT(say(c, "connected", NULL));
	hear(a, 60, MSG_PEEK);
	hear(a, 60, 0);
	INT(say(b, "not for c", (struct sockaddr *)&name));
	hear(c, 60, MSG_DONTWAIT);
	sock_release(a);
	INT(say(c, "refused", NULL));
	INT(say(c, "told", NULL));
	INT(say(c, "not told twice", NULL));
	hear(c, 60, MSG_DONTWAIT);
	INT(kernel_listen(b, 1));
	sock_release(b);
	sock_release(c);
}

static void broadcast_away(void)
{
	struct socket *s;

	INT(sock_create_kern(&init_net, PF_INET, SOCK_DGRAM, IPPROTO_UDP, &s));
	INT(say(s, "away", address(0x0a000001, 7)));
	INT(CONNECT(s, 0x0a000001, 7));
	sock_release(s);
}

static struct socket *listener;

static int serve(void *unused)
{
	struct socket *s;
	int found;

	found = kernel_accept(listener, &s, 0);
	SAY("accepted %d", found);
	if (found)
		return 0;
	while (hear(s, 20, 0) > 0)
		SAY("answer %d", say(s, "answer", NULL));
	INT(kernel_sock_shutdown(s, SHUT_RDWR));
	sock_release(s);
	return 0;
}

static void tcp(void)
{
	struct socket *c, *s;
	struct sockaddr_in name;
	struct task_struct *server;

	INT(sock_create_kern(&init_net, PF_INET, SOCK_STREAM, IPPROTO_TCP, &listener));
	INT(sock_create_kern(&init_net, PF_INET, SOCK_STREAM, IPPROTO_TCP, &c));
	SAY("operations %d", c->ops == &inet_stream_ops && c->ops->family == PF_INET);
	SAY("type %d state %d protocol %d sk_state %d", c->type, c->state, c->sk->sk_protocol, c->sk->sk_state);
	INT(kernel_accept(listener, &s, O_NONBLOCK));
	INT(say(c, "early", NULL));
	hear(c, 20, 0);
	INT(CONNECT(c, INADDR_LOOPBACK, 8080));
	SAY("state %d", c->state);
	INT(BIND(listener, INADDR_ANY, 8080));
	INT(kernel_listen(listener, 5));
	SAY("sk_state %d", listener->sk->sk_state);
	INT(kernel_accept(listener, &s, O_NONBLOCK));
	server = kthread_run(serve, NULL, "server");
	get_task_struct(server);
	schedule_timeout_uninterruptible(2);
	INT(kernel_connect(c, address(INADDR_LOOPBACK, 8080), sizeof(struct sockaddr_in), 0));
	SAY("state %d sk_state %d", c->state, c->sk->sk_state);
	INT(CONNECT(c, INADDR_LOOPBACK, 8080));
	INT(kernel_getpeername(c, (struct sockaddr *)&name));
	SAY("peer %pISpc", &name);
	INT(say(c, "first", NULL));
	hear(c, 20, 0);
	INT(say(c, "second and long", NULL));
	hear(c, 3, 0);
	hear(c, 20, 0);
	hear(c, 20, MSG_DONTWAIT);
	INT(kernel_sock_shutdown(c, SHUT_WR));
	schedule_timeout_uninterruptible(2);
	INT(say(c, "after", NULL));
	hear(c, 20, 0);
	schedule_timeout_uninterruptible(5);
	SAY("sk_state %d", c->sk->sk_state);
	sock_release(c);
	put_task_struct(server);
	INT(sock_create_kern(&init_net, PF_INET, SOCK_STREAM, IPPROTO_TCP, &c));
	INT(CONNECT(c, INADDR_LOOPBACK, 8080));
	INT(say(c, "waits in a queue", NULL));
	INT(kernel_accept(listener, &s, 0));
	SAY("accepted: state %d type %d sk_state %d", s->state, s->type, s->sk->sk_state);
	INT(kernel_getsockname(s, (struct sockaddr *)&name));
	SAY("own %pISpc", &name);
	hear(s, 60, 0);
	sock_release(s);
	hear(c, 20, 0);
	INT(say(c, "to nobody", NULL));
	INT(say(c, "broken", NULL));
	sock_release(c);
	sock_release(listener);
	INT(sock_create_kern(&init_net, PF_INET, SOCK_STREAM, IPPROTO_TCP, &c));
	INT(CONNECT(c, INADDR_LOOPBACK, 8080));
	sock_release(c);
}

static void by_operations(void)
{
	struct socket *l, *c, *s, *u;
	struct sockaddr_in name;
	struct msghdr message = { .msg_flags = MSG_NOSIGNAL };
	struct kvec part = { .iov_base = "directly", .iov_len = 8 };
	int sent;

	INT(sock_create_kern(&init_net, PF_INET, SOCK_DGRAM, IPPROTO_UDP, &u));
	INT(u->ops->listen(u, 1));
	INT(u->ops->accept(u, u, 0, true));
	INT(u->ops->shutdown(u, SHUT_RDWR));
	sock_release(u);
	INT(sock_create_kern(&init_net, PF_INET, SOCK_STREAM, IPPROTO_TCP, &l));
	INT(sock_create_kern(&init_net, PF_INET, SOCK_STREAM, IPPROTO_TCP, &c));
	INT(sock_create_kern(&init_net, PF_INET, SOCK_STREAM, IPPROTO_TCP, &s));
	INT(BIND(l, INADDR_LOOPBACK, 9999));
	INT(BIND(s, INADDR_LOOPBACK, 9999));
	INT(l->ops->listen(l, 0));
	INT(CONNECT(c, INADDR_LOOPBACK, 9999));
	sock_release(s);
	s = NULL;
	INT(kernel_accept(l, &s, O_NONBLOCK));
	INT(s->ops->getname(s, (struct sockaddr *)&name, 1));
	SAY("peer %pI4", &name.sin_addr);
	INT(l->ops->accept(l, l, O_NONBLOCK, true));
	iov_iter_kvec(&message.msg_iter, WRITE, &part, 1, 8);
	INT(c->ops->sendmsg(c, &message, 8));
	part.iov_base = text;
	memset(text, 0, sizeof(text));
	iov_iter_kvec(&message.msg_iter, READ, &part, 1, 8);
	INT(s->ops->recvmsg(s, &message, 8, MSG_DONTWAIT));
	SAY("text %s", text);
	part.iov_base = "again";
	iov_iter_kvec(&message.msg_iter, WRITE, &part, 1, 5);
	sent = sock_sendmsg(c, &message);
	SAY("sent %d", sent);
	part.iov_base = text;
	memset(text, 0, sizeof(text));
	iov_iter_kvec(&message.msg_iter, READ, &part, 1, 8);
	INT(sock_recvmsg(s, &message, MSG_DONTWAIT));
	SAY("text %s", text);
	INT(c->ops->shutdown(c, 7));
	INT(say(s, "unread", NULL));
	sock_release(c);
	INT(say(s, "to nobody", NULL));
	hear(s, 20, MSG_DONTWAIT);
	sock_release(s);
	INT(l->ops->shutdown(l, SHUT_RDWR));
	sock_release(l);
}

static int accept_once(void *unused)
{
	struct socket *s;

	SAY("accepted %d", kernel_accept(listener, &s, 0));
	return 0;
}

static void ended_listener(void)
{
	struct socket *c;

	INT(sock_create_kern(&init_net, PF_INET, SOCK_STREAM, IPPROTO_TCP, &listener));
	INT(sock_create_kern(&init_net, PF_INET, SOCK_STREAM, IPPROTO_TCP, &c));
	INT(BIND(listener, INADDR_ANY, 8081));
	INT(kernel_listen(listener, 5));
	INT(CONNECT(c, INADDR_LOOPBACK, 8081));
	INT(kernel_sock_shutdown(listener, SHUT_WR));
	INT(kernel_sock_shutdown(listener, SHUT_RDWR));
	SAY("sk_state %d", listener->sk->sk_state);
	hear(c, 20, MSG_DONTWAIT);
	sock_release(c);
	INT(kernel_listen(listener, 5));
	kthread_run(accept_once, NULL, "server");
	schedule_timeout_uninterruptible(2);
	INT(kernel_sock_shutdown(listener, SHUT_RDWR));
	schedule_timeout_uninterruptible(2);
	sock_release(listener);
}

static int __init net_loop_init(void)
{
	broadcast_away();
	lo_up();
	udp();
	tcp();
	by_operations();
	ended_listener();
	broadcast_away();
	return 0;
}

static void __exit net_loop_exit(void)
{
}

module_init(net_loop_init);
module_exit(net_loop_exit);
MODULE_DESCRIPTION("sockets of IPv4 over the loopback device");
MODULE_LICENSE("GPL");
