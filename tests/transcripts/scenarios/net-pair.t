# two network devices of a module send packets to each other, and show themselves in /proc and /sys (IPv6 would send more)
#:cmdline ipv6.disable=1
  $ insmod net_pair.ko
  k|<4>net_pair: loading out-of-tree module taints kernel.
  k|<5>net_pair: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>pair0: event 17, flags 1082
  k|<6>pair0: event 5, flags 1082
  k|<6>register_netdev() = 0
  k|<6>pair1: event 17, flags 1082
  k|<6>pair1: event 5, flags 1082
  k|<6>register_netdev() = 0
  k|<6>pair0: event 14, flags 1082
  k|<6>pair0: open
  k|<6>pair0: event 1, flags 1083
  k|<6>dev_open() = 0
  k|<6>pair1: event 14, flags 1082
  k|<6>pair1: open
  k|<6>pair1: event 1, flags 1083
  k|<6>dev_open() = 0
  k|<6>dev_open() again = 0
  k|<6>flags 1083 110c3, carrier 1, running 1
  k|<6>dev_hard_header() = 14
  k|<6>pair0: sends 26 bytes, in softirq 0
  k|<6>pair1: receives 12 bytes "to the other" from 02:00:00:00:00:01, type 0, protocol 88b5
  k|<6>pair1: polled 1 of 64, in softirq 1
  k|<6>napi_complete_done() = 1
  k|<6>dev_queue_xmit() = 0
  k|<6>dev_hard_header() = 14
  k|<6>pair1: sends 22 bytes, in softirq 0
  k|<6>netif_rx() = 0
  k|<6>pair0: receives 8 bytes "and back" from 02:00:00:00:00:02, type 0, protocol 88b5
  k|<6>dev_queue_xmit() = 0
  k|<6>dev_hard_header() = 14
  k|<6>pair0: sends 23 bytes, in softirq 0
  k|<6>pair1: receives 9 bytes "not yours" from 02:00:00:00:00:01, type 3, protocol 88b5
  k|<6>pair1: polled 1 of 64, in softirq 1
  k|<6>napi_complete_done() = 1
  k|<6>dev_queue_xmit() = 0
  k|<6>pair0: event 23, flags 1083
  k|<6>pair0: mtu 1400
  k|<6>pair0: event 7, flags 1083
  k|<6>dev_set_mtu() = 0
  k|<3>pair0: mtu less than device minimum
  k|<6>dev_set_mtu() = -22
  k|<6>mtu 1400
  k|<6>pair1: event 10, flags 1083
  k|<6>pair1: stop, queue stopped 1
  k|<6>pair1: event 2, flags 1082
  k|<6>dev_change_flags() = 0
  k|<6>pair1: event 14, flags 1002
  k|<6>pair1: open
  k|<6>pair1: event 1, flags 1003
  k|<6>pair1: event 4, flags 1003
  k|<6>dev_change_flags() = 0
  k|<6>pair1: event 4, flags 1083
  k|<6>dev_change_flags() = 0
  k|<6>pair0: event 10, flags 1083
  k|<6>pair0: stop, queue stopped 1
  k|<6>pair0: event 2, flags 1082
  k|<6>dev_hard_header() = 14
  k|<6>dev_queue_xmit() = 2
  k|<6>pair0: event 14, flags 1082
  k|<6>pair0: open
  k|<6>pair0: event 1, flags 1083
  k|<6>dev_open() = 0
  k|<6>dev_hard_header() = 14
  k|<6>pair0: sends 19 bytes, in softirq 0
  k|<6>dev_queue_xmit() = 0
  k|<6>softirqs are enabled
  k|<6>pair1: receives 5 bytes "later" from 02:00:00:00:00:01, type 0, protocol 88b5
  k|<6>pair1: polled 1 of 64, in softirq 1
  k|<6>napi_complete_done() = 1
  k|<6>dev_hard_header() = 14
  k|<6>dev_queue_xmit() = 0
  k|<6>dev_hard_header() = 14
  k|<6>dev_queue_xmit() = 0
  k|<6>wake
  k|<6>pair0: sends 27 bytes, in softirq 1
  k|<6>pair0: sends 23 bytes, in softirq 1
  k|<6>pair1: receives 13 bytes "while stopped" from 02:00:00:00:00:01, type 0, protocol 88b5
  k|<6>pair1: receives 9 bytes "and again" from 02:00:00:00:00:01, type 0, protocol 88b5
  k|<6>pair1: polled 2 of 64, in softirq 1
  k|<6>napi_complete_done() = 0
  k|<6>pair1: polled 0 of 64, in softirq 1
  k|<6>napi_complete_done() = 1
  k|<6>dev_hard_header() = 14
  k|<6>pair0: sends 24 bytes, in softirq 0
  k|<6>pair1: polled 1 of 64, in softirq 1
  k|<6>napi_complete_done() = 1
  k|<6>dev_queue_xmit() = 0
  $ cat /proc/net/dev
  Inter-|   Receive                                                |  Transmit
   face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
      lo:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
   pair0:      22       1    0    0    0     0          0         0      142       6    0    0    0     0       0          0
   pair1:     142       6    0    1    0     0          0         0       22       1    0    0    0     0       0          0
  $ ls /sys/class/net /sys/class/net/pair0/statistics
  /sys/class/net:
  lo
  pair0
  pair1
  
  /sys/class/net/pair0/statistics:
  collisions
  multicast
  rx_bytes
  rx_compressed
  rx_crc_errors
  rx_dropped
  rx_errors
  rx_fifo_errors
  rx_frame_errors
  rx_length_errors
  rx_missed_errors
  rx_nohandler
  rx_over_errors
  rx_packets
  tx_aborted_errors
  tx_bytes
  tx_carrier_errors
  tx_compressed
  tx_dropped
  tx_errors
  tx_fifo_errors
  tx_heartbeat_errors
  tx_packets
  tx_window_errors
  $ cd /sys/class/net/pair0; cat addr_assign_type addr_len address broadcast carrier carrier_changes dev_id dev_port dormant
  0
  6
  02:00:00:00:00:01
  ff:ff:ff:ff:ff:ff
  1
  0
  0x0
  0
  0
  $ cd /sys/class/net/pair0; cat flags gro_flush_timeout ifalias ifindex iflink link_mode mtu name_assign_type
  0x1083
  0
  2
  2
  0
  1400
  1
  $ cd /sys/class/net/pair0; cat netdev_group operstate proto_down testing threaded tx_queue_len type uevent
  0
  unknown
  0
  0
  0
  1000
  1
  INTERFACE=pair0
  IFINDEX=2
  $ cat /sys/class/net/pair0/speed
  2| cat: read error: Invalid argument
  [1]
  $ cat /sys/class/net/pair0/phys_port_id
  2| cat: read error: Operation not supported
  [1]
  $ cd /sys/class/net/pair0/statistics; cat rx_bytes rx_packets tx_bytes tx_packets rx_dropped rx_nohandler multicast
  22
  1
  142
  6
  0
  0
  0
  $ echo 1300 > /sys/class/net/pair0/mtu
  k|<6>pair0: event 23, flags 1083
  k|<6>pair0: mtu 1300
  k|<6>pair0: event 7, flags 1083
  $ cat /sys/class/net/pair0/mtu
  1300
  $ echo 10 > /sys/class/net/pair0/mtu
  2| sh: 1: echo: echo: I/O error
  k|<3>pair0: mtu less than device minimum
  [1]
  $ echo 0x1002 > /sys/class/net/pair1/flags
  k|<6>pair1: event 10, flags 1003
  k|<6>pair1: stop, queue stopped 1
  k|<6>pair1: event 2, flags 1002
  $ cat /sys/class/net/pair1/flags
  0x1002
  $ cat /sys/class/net/pair1/operstate
  down
  $ cat /sys/class/net/pair1/carrier
  2| cat: read error: Invalid argument
  [1]
  $ cat /proc/net/dev
  Inter-|   Receive                                                |  Transmit
   face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
      lo:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
   pair0:      22       1    0    0    0     0          0         0      142       6    0    0    0     0       0          0
   pair1:     142       6    0    1    0     0          0         0       22       1    0    0    0     0       0          0
  $ rmmod net_pair
  k|<6>pair0: event 10, flags 1083
  k|<6>pair0: stop, queue stopped 1
  k|<6>pair0: event 2, flags 1082
  k|<6>pair0: event 6, flags 1082
  k|<6>pair1: event 6, flags 1002
  $ ls /sys/class/net
  lo
