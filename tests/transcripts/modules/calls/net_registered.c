#include "calls.h"
#include <linux/connector.h>
#include <linux/netfilter.h>
#include <linux/skbuff.h>
#include <linux/sock_diag.h>
#include <linux/sysctl.h>
#include <net/inet_frag.h>
#include <net/inet_common.h>
#include <net/ip.h>
#include <net/lwtunnel.h>
#include <net/netfilter/nf_log.h>
#include <net/netfilter/nf_queue.h>
#include <net/nexthop.h>
#include <net/pkt_cls.h>
#include <net/pkt_sched.h>
#include <net/act_api.h>
#include <linux/net.h>
#include <net/protocol.h>
#include <net/rtnetlink.h>
#include <net/tcp.h>
#include <net/xfrm.h>
#include <net/ipv6.h>
#include <linux/if_bridge.h>
#include <linux/if_vlan.h>
#include <linux/netdevice.h>

static void logfn(struct net *net, u_int8_t pf, unsigned int h, const struct sk_buff *skb, const struct net_device *in, const struct net_device *out,
	const struct nf_loginfo *li, const char *prefix) { }
static struct nf_logger logger = { .name = "calls_log", .type = NF_LOG_TYPE_ULOG, .logfn = logfn, .me = THIS_MODULE };
static int outfn(struct nf_queue_entry *e, unsigned int q) { return -1; }
static void drop(struct net *net) { }
static const struct nf_queue_handler queue = { .outfn = outfn, .nf_hook_drop = drop };
static int get(struct sock *sk, int opt, void __user *user, int *len) { return -ENOPROTOOPT; }
static struct nf_sockopt_ops opts = { .pf = PF_INET, .get_optmin = 5000, .get_optmax = 5002, .get = get, .owner = THIS_MODULE };
static struct nf_sockopt_ops overlap = { .pf = PF_INET, .get_optmin = 5001, .get_optmax = 5003, .get = get, .owner = THIS_MODULE };
static int dump(struct sk_buff *skb, struct nlmsghdr *nlh) { return -EINVAL; }
static const struct sock_diag_handler diag = { .family = 44, .dump = dump };
static struct proto proto = { .name = "CALLSRAW", .owner = THIS_MODULE, .obj_size = sizeof(struct inet_sock) };
static struct inet_protosw sw = { .type = SOCK_DGRAM, .protocol = 201, .prot = &proto, .ops = &inet_dgram_ops };
static int enqueue(struct sk_buff *skb, struct Qdisc *q, struct sk_buff **f) { return 0; }
static struct sk_buff *dequeue(struct Qdisc *q) { return NULL; }
static struct Qdisc_ops qdisc = { .id = "callsq", .enqueue = enqueue, .dequeue = dequeue, .peek = dequeue, .owner = THIS_MODULE };
static struct Qdisc_ops qdisc2 = { .id = "callsq", .enqueue = enqueue, .dequeue = dequeue, .peek = dequeue, .owner = THIS_MODULE };
static struct tcf_proto_ops cls = { .kind = "callscls", .owner = THIS_MODULE }, cls2 = { .kind = "callscls", .owner = THIS_MODULE };
static int match(struct sk_buff *skb, struct tcf_ematch *em, struct tcf_pkt_info *i) { return 0; }
static struct tcf_ematch_ops em = { .kind = 77, .match = match, .owner = THIS_MODULE, .link = LIST_HEAD_INIT(em.link) };
static u32 ssthresh(struct sock *sk) { return 2; }
static void avoid(struct sock *sk, u32 ack, u32 acked) { }
static u32 undo(struct sock *sk) { return 2; }
static struct tcp_congestion_ops cong = { .name = "callscong", .ssthresh = ssthresh, .cong_avoid = avoid, .undo_cwnd = undo, .owner = THIS_MODULE };
static struct tcp_congestion_ops bad = { .name = "callsbad", .owner = THIS_MODULE };
static int ulp_init(struct sock *sk) { return -EINVAL; }
static struct tcp_ulp_ops ulp = { .name = "callsulp", .init = ulp_init, .owner = THIS_MODULE };
static int encap(struct net *net, struct nlattr *nla, unsigned int family, const void *cfg, struct lwtunnel_state **ts, struct netlink_ext_ack *a) { return -EINVAL; }
static const struct lwtunnel_encap_ops lw = { .build_state = encap, .owner = THIS_MODULE };
static int input(struct sk_buff *skb) { return 0; }
static int err4(struct sk_buff *skb, u32 info) { return 0; }
static int cb4(struct sk_buff *skb, int e) { return 0; }
static struct xfrm4_protocol x4 = { .handler = input, .cb_handler = cb4, .err_handler = err4, .input_handler = (void *)input, .priority = 7 };
static int number = 3;
static struct ctl_table table[] = { { .procname = "calls_net", .data = &number, .maxlen = sizeof(int), .mode = 0644, .proc_handler = proc_dointvec }, { } };
static int nh(struct notifier_block *nb, unsigned long e, void *p) { return NOTIFY_DONE; }
static struct notifier_block nexthop = { .notifier_call = nh };
static struct rtnl_af_ops af = { .family = 44 };

static int __init calls_init(void)
{
	struct ctl_table_header *h;
	struct cb_id id = { 40, 1 };

	INT(nf_log_register(NFPROTO_IPV4, &logger));
	INT(nf_log_register(NFPROTO_IPV4, &logger));
	INT(nf_log_set(&init_net, NFPROTO_IPV4, &logger));
	nf_log_unset(&init_net, &logger);
	nf_log_unregister(&logger);
	nf_register_queue_handler(&queue);
	nf_unregister_queue_handler();
	INT(nf_register_sockopt(&opts));
	INT(nf_register_sockopt(&overlap));
	nf_unregister_sockopt(&opts);
	INT(sock_diag_register(&diag));
	INT(sock_diag_register(&diag));
	sock_diag_unregister(&diag);
	sock_diag_register_inet_compat((void *)dump);
	sock_diag_unregister_inet_compat((void *)dump);
	INT(proto_register(&proto, 0));
	inet_register_protosw(&sw);
	inet_unregister_protosw(&sw);
	proto_unregister(&proto);
	INT(register_qdisc(&qdisc));
	INT(register_qdisc(&qdisc2));
	unregister_qdisc(&qdisc);
	INT(register_tcf_proto_ops(&cls));
	INT(register_tcf_proto_ops(&cls2));
	unregister_tcf_proto_ops(&cls);
	INT(tcf_em_register(&em));
	INT(tcf_em_register(&em));
	tcf_em_unregister(&em);
	INT(tcp_register_congestion_control(&cong));
	INT(tcp_register_congestion_control(&cong));
	INT(tcp_register_congestion_control(&bad));
	tcp_unregister_congestion_control(&cong);
	INT(tcp_register_ulp(&ulp));
	INT(tcp_register_ulp(&ulp));
	tcp_unregister_ulp(&ulp);
	INT(lwtunnel_encap_add_ops(&lw, LWTUNNEL_ENCAP_MPLS));
	INT(lwtunnel_encap_add_ops(&lw, LWTUNNEL_ENCAP_MPLS));
	INT(lwtunnel_encap_add_ops(&lw, 1000));
	INT(lwtunnel_encap_del_ops(&lw, LWTUNNEL_ENCAP_MPLS));
	INT(lwtunnel_encap_del_ops(&lw, LWTUNNEL_ENCAP_MPLS));
	INT(xfrm4_protocol_register(&x4, IPPROTO_AH));
	INT(xfrm4_protocol_register(&x4, IPPROTO_AH));
	INT(xfrm4_protocol_register(&x4, 250));
	INT(xfrm4_protocol_deregister(&x4, IPPROTO_AH));
	INT(xfrm4_protocol_deregister(&x4, IPPROTO_AH));
	h = register_net_sysctl(&init_net, "net/calls", table);
	NIL(h);
	unregister_net_sysctl_table(h);
	INT(register_nexthop_notifier(&init_net, &nexthop, NULL));
	INT(unregister_nexthop_notifier(&init_net, &nexthop));
	rtnl_af_register(&af);
	rtnl_af_unregister(&af);
	INT(cn_add_callback(&id, "calls", NULL));
	INT(cn_add_callback(&id, "calls", NULL));
	cn_del_callback(&id);
	brioctl_set(NULL);
	INT(ipv6_mod_enabled());
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
